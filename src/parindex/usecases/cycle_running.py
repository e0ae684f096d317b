"""Running an open cycle: extensions, the timetable, what is proposed; each with its reason in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import (
    Cycle,
    CycleGroup,
    Extension,
    NotAssessedProposal,
    Phase,
    ScoreSheet,
)
from parindex.database.models.cycles import PhaseKind
from parindex.database.queries.score_sheets import cycle_facts, deadline_of, sheet_facts, sheets
from parindex.domain.review.permissions import check_can_change_deadline, check_can_run_cycle
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import SheetState
from parindex.usecases import audit_log, submissions
from parindex.usecases.actors import Session
from parindex.usecases.written_texts import reason_of, whole

#: No deadline lies further behind the last phase of its cycle than this.
FURTHEST = timedelta(days=2 * 365)
PHASE_TITLE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class NewPhase:
    """One line of the timetable as typed."""

    kind: PhaseKind
    title: str
    starts_at: datetime | None
    ends_at: datetime | None


@transaction.atomic
def extend(
    *, by: Session, at: datetime, sheet_ids: Sequence[int], until: datetime, reason: str, unlocking: bool = False
) -> list[ScoreSheet]:
    """Give units until ``until``; all of them or none. Those of the office's own unit are decided by the chair.

    ``unlocking``: sheets that are locked are opened again in the same act.
    """
    why = reason_of(reason)
    done = []
    for sheet in _locked(sheet_ids):
        check_can_change_deadline(by.actor, sheet_facts(sheet))
        before = deadline_of(sheet)
        _check_is_later(sheet, until, at)
        Extension.objects.create(sheet=sheet, until=until, reason=why, decided_by=by.user, decided_at=at, approved=True)
        ScoreSheet.objects.filter(pk=sheet.pk).update(extended_until=until)
        audit_log.record(
            "extend", audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id), by=by, at=at, reason=why,
            before={"deadline": before}, after={"deadline": until},
        )  # fmt: skip
        if unlocking and sheet.state == SheetState.LOCKED:
            submissions.unlock(by=by, at=at, sheet_id=sheet.pk, reason=why)
        done.append(sheet)
    return done


def _check_is_later(sheet: ScoreSheet, until: datetime, at: datetime) -> None:
    """A new deadline is later than now and than the one that holds; so far ahead it is a slip of the pen."""
    if until <= at:
        raise Refusal("extension_in_the_past", until=until)
    before = deadline_of(sheet)
    if before is not None and until <= before:
        raise Refusal("extension_shortens", unit=sheet.unit_name, deadline=before)
    latest = Phase.objects.filter(cycle=sheet.cycle_id).aggregate(ends=Max("ends_at"))["ends"]
    last = max(filter(None, (latest, at))) + FURTHEST
    if until > last:
        raise Refusal("extension_too_far", until=until, last=last)


@transaction.atomic
def ask_for_extension(*, by: Session, at: datetime, sheet_id: int, until: datetime, reason: str) -> Extension:
    """A unit asks for more time; the standing office decides."""
    sheet = sheets().get(pk=sheet_id)
    if by.actor.role_at(sheet.unit_path, Role.UNIT_OFFICER, Role.UNIT_LEADER) is None:
        raise Refusal("sheet_of_other_unit")
    if Extension.objects.filter(sheet=sheet, approved=None).exists():
        raise Refusal("extension_already_asked")
    _check_is_later(sheet, until, at)
    made = Extension.objects.create(
        sheet=sheet, until=until, reason=reason_of(reason), requested_by=by.user, requested_at=at
    )
    audit_log.record(
        "ask_for_extension", audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id), by=by, at=at,
        reason=made.reason, after={"until": until},
    )  # fmt: skip
    return made


@transaction.atomic
def decide_extension(
    *, by: Session, at: datetime, extension_id: int, approve: bool, reason: str, unlocking: bool = False
) -> Extension:
    """Grant or refuse what a unit asked for; what is granted is later than the deadline that holds by then.

    ``unlocking``: a sheet that is locked is opened again when more time is granted.
    """
    [sheet] = _locked(list(Extension.objects.filter(pk=extension_id).values_list("sheet", flat=True)))
    made = Extension.objects.select_for_update().get(pk=extension_id)
    check_can_change_deadline(by.actor, sheet_facts(sheet))
    if made.approved is not None:
        raise Refusal("already_decided")
    if approve:
        _check_is_later(sheet, made.until, at)
    made.approved, made.decided_by, made.decided_at, made.decision_reason = approve, by.user, at, reason_of(reason)
    made.save()
    before = deadline_of(sheet)
    if approve:
        ScoreSheet.objects.filter(pk=sheet.pk).update(extended_until=made.until)
    audit_log.record(
        "decide_extension", audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id), by=by, at=at,
        reason=made.decision_reason, before={"deadline": before}, after={"approved": approve, "until": made.until},
    )  # fmt: skip
    if approve and unlocking and sheet.state == SheetState.LOCKED:
        submissions.unlock(by=by, at=at, sheet_id=sheet.pk, reason=made.decision_reason)
    return made


@transaction.atomic
def set_timetable(*, by: Session, at: datetime, cycle_id: int, phases: Sequence[NewPhase], reason: str = "") -> None:
    """Replace the timetable; once the cycle is open, with a reason. Phases may overlap; none ends before it starts."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    check_can_run_cycle(by.actor, cycle_facts(cycle, cycle.owner_path))
    if cycle.opened_at is not None:
        reason = reason_of(reason)
        if all(one.kind != PhaseKind.SELF_SCORING for one in phases):
            raise Refusal("timetable_without_self_scoring")
    for one in phases:
        whole(one.title, PHASE_TITLE_LENGTH)
        if one.starts_at and one.ends_at and one.ends_at < one.starts_at:
            raise Refusal("phase_ends_before_start", phase=one.title)
    before = [_phase_data(one) for one in Phase.objects.filter(cycle=cycle)]
    Phase.objects.filter(cycle=cycle).delete()
    made = [
        Phase(cycle=cycle, kind=one.kind, title=one.title, starts_at=one.starts_at, ends_at=one.ends_at)
        for one in phases
    ]
    Phase.objects.bulk_create(made)
    audit_log.record(
        "set_timetable", audit_log.target(cycle, unit=cycle.owner_id, cycle=cycle), by=by, at=at, reason=reason,
        before={"phases": before}, after={"phases": [_phase_data(one) for one in made]},
    )  # fmt: skip


@transaction.atomic
def propose_not_assessed(
    *, by: Session, at: datetime, group_id: int, unit_kind: str, items: Sequence[str], reason: str, legal_basis: str
) -> int:
    """Propose items not to be assessed for units of one kind, each accepted by its unit with one click; how many."""
    group = CycleGroup.objects.select_related("cycle", "set_version").get(pk=group_id)
    check_can_run_cycle(by.actor, cycle_facts(group.cycle, group.cycle.owner_path))
    why, known = reason_of(reason), frozen_set(group.set_version).items
    unknown = [code for code in items if code not in known]
    if unknown or not items:
        raise Refusal("items_unknown", items=unknown)
    for code in items:
        NotAssessedProposal.objects.update_or_create(
            group=group, unit_kind=unit_kind, item_code=code, defaults={"reason": why, "legal_basis": legal_basis}
        )
    audit_log.record(
        "propose_not_assessed", audit_log.target(group, unit=group.cycle.owner_id, cycle=group.cycle_id), by=by, at=at,
        reason=why, after={"unit_kind": unit_kind, "items": list(items)},
    )  # fmt: skip
    return len(items)


@transaction.atomic
def withdraw_proposal(*, by: Session, at: datetime, proposal_id: int) -> None:
    """Take a proposal back; requests that units have made from it stay."""
    made = NotAssessedProposal.objects.select_related("group__cycle").get(pk=proposal_id)
    cycle = made.group.cycle
    check_can_run_cycle(by.actor, cycle_facts(cycle, cycle.owner_path))
    audit_log.record(
        "withdraw_proposal", audit_log.target(made.group, unit=cycle.owner_id, cycle=cycle), by=by, at=at,
        before={"unit_kind": made.unit_kind, "items": [made.item_code]},
    )  # fmt: skip
    made.delete()


@transaction.atomic
def log_export(*, by: Session, at: datetime, cycle_id: int, rows: int) -> None:
    """That somebody took the overview with them."""
    cycle = Cycle.objects.get(pk=cycle_id)
    what = audit_log.target(cycle, unit=cycle.owner_id, cycle=cycle)
    audit_log.record("export_progress", what, by=by, at=at, after={"rows": rows})


def _locked(sheet_ids: Sequence[int]) -> list[ScoreSheet]:
    list(ScoreSheet.objects.select_for_update().filter(pk__in=sheet_ids).order_by("pk").values_list("pk", flat=True))
    return list(sheets().filter(pk__in=sheet_ids).order_by("pk"))


def _phase_data(one: Phase) -> dict[str, str | None]:
    return {
        "kind": str(one.kind),
        "title": one.title,
        "starts_at": one.starts_at.isoformat() if one.starts_at else None,
        "ends_at": one.ends_at.isoformat() if one.ends_at else None,
    }
