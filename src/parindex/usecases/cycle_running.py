"""Running an open cycle: extensions, each with its reason in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.database.models import (
    Cycle,
    Extension,
    ScoreSheet,
)
from parindex.database.queries.score_sheets import deadline_of, sheet_facts, sheets
from parindex.domain.review.permissions import (
    check_can_answer_extension,
    check_can_ask_for_extension,
    check_can_change_deadline,
)
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import SheetState
from parindex.usecases import audit_log, submissions
from parindex.usecases.actors import Session
from parindex.usecases.latest_days import check_not_too_far
from parindex.usecases.written_texts import reason_of


@transaction.atomic
def extend(
    *, by: Session, at: datetime, sheet_ids: Sequence[int], until: datetime, reason: str, unlocking: bool = False
) -> list[ScoreSheet]:
    """Give units until ``until``; all of them or none. Those of the office's own unit are decided by the chair.

    ``unlocking``: sheets that are locked are opened again in the same act.
    """
    why = reason_of(reason)
    done: list[_Extended] = []
    for sheet in _locked(sheet_ids):
        check_can_change_deadline(by.actor, sheet_facts(sheet, list(sheet.parts.all())))
        before = deadline_of(sheet)
        _check_is_later(sheet, until, at)
        Extension.objects.create(sheet=sheet, until=until, reason=why, decided_by=by.user, decided_at=at, approved=True)
        ScoreSheet.objects.filter(pk=sheet.pk).update(extended_until=until)
        locked = unlocking and sheet.state == SheetState.LOCKED
        opened = submissions.open_locked(by=by, at=at, sheet_id=sheet.pk, reason=why) if locked else None
        done.append(_Extended(sheet, before, opened))
    audit_log.hold_chains(one.sheet.cycle_id for one in done)
    for one in done:
        what = audit_log.target(one.sheet, unit=one.sheet.unit_id, cycle=one.sheet.cycle_id)
        audit_log.record(
            "extend", what, by=by, at=at, reason=why, before={"deadline": one.before}, after={"deadline": until}
        )
        if one.opened is not None:
            submissions.record_opening(one.opened, by=by, at=at)
    return [one.sheet for one in done]


@dataclass(frozen=True, slots=True)
class _Extended:
    """A sheet that was given more time: the deadline before, and what was opened again with it."""

    sheet: ScoreSheet
    before: datetime | None
    opened: submissions.Opened | None


def _check_is_later(sheet: ScoreSheet, until: datetime, at: datetime) -> None:
    """A new deadline is later than now and than the one that holds; so far ahead it is a slip of the pen."""
    if until <= at:
        raise Refusal("extension_in_the_past", until=until)
    before = deadline_of(sheet)
    if before is not None and until <= before:
        raise Refusal("extension_shortens", unit=sheet.unit_name, deadline=before)
    check_not_too_far(sheet.cycle_id, until, at)


@transaction.atomic
def ask_for_extension(*, by: Session, at: datetime, sheet_id: int, until: datetime, reason: str) -> Extension:
    """A unit asks for more time; the standing office decides. Of two who ask at once, one has asked already."""
    [sheet] = _locked([sheet_id])
    check_can_ask_for_extension(by.actor, sheet_facts(sheet, list(sheet.parts.all())))
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
    made = Extension.objects.select_for_update(no_key=True).get(pk=extension_id)
    check = check_can_change_deadline if approve else check_can_answer_extension
    check(by.actor, sheet_facts(sheet, list(sheet.parts.all())))
    if made.approved is not None:
        raise Refusal("already_decided")
    if approve:
        _check_is_later(sheet, made.until, at)
    made.approved, made.decided_by, made.decided_at, made.decision_reason = approve, by.user, at, reason_of(reason)
    made.save()
    before = deadline_of(sheet)
    if approve:
        ScoreSheet.objects.filter(pk=sheet.pk).update(extended_until=made.until)
    locked = approve and unlocking and sheet.state == SheetState.LOCKED
    opened = submissions.open_locked(by=by, at=at, sheet_id=sheet.pk, reason=made.decision_reason) if locked else None
    audit_log.record(
        "decide_extension", audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id), by=by, at=at,
        reason=made.decision_reason, before={"deadline": before}, after={"approved": approve, "until": made.until},
    )  # fmt: skip
    if opened is not None:
        submissions.record_opening(opened, by=by, at=at)
    return made


@transaction.atomic
def log_export(*, by: Session, at: datetime, cycle_id: int, rows: int) -> None:
    """That somebody took the overview with them."""
    cycle = Cycle.objects.get(pk=cycle_id)
    what = audit_log.target(cycle, unit=cycle.owner_id, cycle=cycle)
    audit_log.record("export_progress", what, by=by, at=at, after={"rows": rows})


def _locked(sheet_ids: Sequence[int]) -> list[ScoreSheet]:
    list(
        ScoreSheet.objects.select_for_update(no_key=True)
        .filter(pk__in=sheet_ids)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return list(sheets().filter(pk__in=sheet_ids).order_by("pk").prefetch_related("parts"))
