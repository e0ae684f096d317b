"""Running an open cycle: extensions, reminders, the timetable; each with its reason in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import (
    Cycle,
    CycleGroup,
    Extension,
    NotAssessedProposal,
    Phase,
    Reminder,
    RoleGrant,
    ScoreSheet,
)
from parindex.database.models.cycles import PhaseKind
from parindex.database.queries.cycle_progress import STANDINGS, SUBMITTED, Standing
from parindex.database.queries.score_sheets import cycle_facts, deadline_of, sheet_facts, sheets
from parindex.domain.review.permissions import check_can_change_deadline, check_can_run_cycle
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.wording.language import text
from parindex.wording.moments import local_day, moment

REASON_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class NewPhase:
    """One line of the timetable as typed."""

    kind: PhaseKind
    title: str
    starts_at: datetime | None
    ends_at: datetime | None


@transaction.atomic
def extend(*, by: Session, at: datetime, sheet_ids: Sequence[int], until: datetime, reason: str) -> list[ScoreSheet]:
    """Give units until ``until``; all of them or none. Those of the office's own unit are decided by the chair."""
    why = _reason(reason)
    if until <= at:
        raise Refusal("extension_in_the_past", until=until)
    done = []
    for sheet in _locked(sheet_ids):
        check_can_change_deadline(by.actor, sheet_facts(sheet))
        before = deadline_of(sheet)
        if before is not None and until <= before:
            raise Refusal("extension_shortens", unit=sheet.unit_name, deadline=before)
        Extension.objects.create(sheet=sheet, until=until, reason=why, decided_by=by.user, decided_at=at, approved=True)
        ScoreSheet.objects.filter(pk=sheet.pk).update(extended_until=until)
        audit_log.record(
            "extend", audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id), by=by, at=at, reason=why,
            before={"deadline": before}, after={"deadline": until},
        )  # fmt: skip
        done.append(sheet)
    return done


@transaction.atomic
def ask_for_extension(*, by: Session, at: datetime, sheet_id: int, until: datetime, reason: str) -> Extension:
    """A unit asks for more time; the standing office decides."""
    sheet = sheets().get(pk=sheet_id)
    if by.actor.role_at(sheet.unit_path, Role.UNIT_OFFICER, Role.UNIT_LEADER) is None:
        raise Refusal("sheet_of_other_unit")
    if Extension.objects.filter(sheet=sheet, approved=None).exists():
        raise Refusal("extension_already_asked")
    made = Extension.objects.create(
        sheet=sheet, until=until, reason=_reason(reason), requested_by=by.user, requested_at=at
    )
    audit_log.record(
        "ask_for_extension", audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id), by=by, at=at,
        reason=made.reason, after={"until": until},
    )  # fmt: skip
    return made


@transaction.atomic
def decide_extension(*, by: Session, at: datetime, extension_id: int, approve: bool, reason: str) -> Extension:
    """Grant or refuse what a unit asked for."""
    made = Extension.objects.select_for_update().get(pk=extension_id)
    sheet = sheets().get(pk=made.sheet_id)
    check_can_change_deadline(by.actor, sheet_facts(sheet))
    if made.approved is not None:
        raise Refusal("already_decided")
    made.approved, made.decided_by, made.decided_at, made.decision_reason = approve, by.user, at, _reason(reason)
    made.save()
    before = deadline_of(sheet)
    if approve:
        ScoreSheet.objects.filter(pk=sheet.pk).update(extended_until=made.until)
    audit_log.record(
        "decide_extension", audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id), by=by, at=at,
        reason=made.decision_reason, before={"deadline": before}, after={"approved": approve, "until": made.until},
    )  # fmt: skip
    return made


@transaction.atomic
def remind(*, by: Session | None, at: datetime, sheet_ids: Sequence[int], words: str = "") -> int:
    """Write to officers and leaders of units that still owe something; how many mails. ``by`` None: the timetable.

    Units that have submitted are left out. Mails leave after the transaction: a reminder that is logged was sent.
    """
    owing = [sheet for sheet in _locked(sheet_ids) if sheet.state not in SUBMITTED]
    mails = []
    for sheet in owing:
        if by is not None:
            check_can_run_cycle(by.actor, cycle_facts(sheet.cycle, sheet.cycle.owner_path))
        people = addresses_of(sheet)
        body = words.strip() or reminder_words(sheet)
        Reminder.objects.create(
            sheet=sheet, sent_at=at, sent_by=by.user if by else None, automatic=by is None, recipients=len(people),
            text=body,
        )  # fmt: skip
        audit_log.record(
            "remind", audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id), by=by, at=at,
            after={"recipients": len(people)},
        )  # fmt: skip
        subject = text("Nhắc nộp phiếu chấm điểm: {cycle}", cycle=sheet.cycle.title)
        mails += [EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [one]) for one in people]
    transaction.on_commit(lambda: _send(mails))
    return len(mails)


def remind_by_timetable(*, at: datetime, days: Sequence[int] = (7, 3, 1)) -> int:
    """Remind every unit whose deadline is in one of ``days`` days and that was not reminded today; how many units."""
    due = []
    for sheet in sheets().filter(cycle__state="open").exclude(STANDINGS[Standing.SUBMITTED]):
        deadline = deadline_of(sheet)
        if deadline is None or (deadline - at).days not in days:
            continue
        if not Reminder.objects.filter(sheet=sheet, automatic=True, sent_at__date=local_day(at)).exists():
            due.append(sheet.pk)
    if due:
        remind(by=None, at=at, sheet_ids=due)
    return len(due)


@transaction.atomic
def set_timetable(*, by: Session, at: datetime, cycle_id: int, phases: Sequence[NewPhase], reason: str = "") -> None:
    """Replace the timetable; once the cycle is open, with a reason. Phases may overlap; none ends before it starts."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    check_can_run_cycle(by.actor, cycle_facts(cycle, cycle.owner_path))
    if cycle.opened_at is not None:
        reason = _reason(reason)
    for one in phases:
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
    why, known = _reason(reason), frozen_set(group.set_version).items
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


def addresses_of(sheet: ScoreSheet) -> list[str]:
    """The mail addresses of those who enter and sign for the unit of a sheet, one query."""
    grants = RoleGrant.objects.filter(
        unit=sheet.unit_id, role__in=[Role.UNIT_OFFICER, Role.UNIT_LEADER], ended_at=None, user__is_active=True
    ).exclude(user__email="")
    return sorted(set(grants.values_list("user__email", flat=True)))


def reminder_words(sheet: ScoreSheet) -> str:
    """The mail: what is due, by when, what is left."""
    deadline = deadline_of(sheet)
    return text(
        "{unit} còn {left} trên {items} mục chưa xong của {cycle}. Hạn nộp: {when}.",
        unit=sheet.unit_name,
        left=sheet.items - sheet.items_done,
        items=sheet.items,
        cycle=sheet.cycle.title,
        when=moment(deadline),
    )


def _send(mails: list[EmailMessage]) -> None:
    if mails:
        get_connection(fail_silently=False).send_messages(mails)


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


def _reason(given: str) -> str:
    plain = given.strip()[:REASON_LENGTH]
    if not plain:
        raise Refusal("reason_needed")
    return plain
