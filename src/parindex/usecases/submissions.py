"""Signing and submitting: a part by the leader of its lead unit, a whole sheet by the body's head."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from parindex.database.mapping.figures import values_of
from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Attachment, Cycle, Entry, Figure, ScoreSheet, SheetPart, Submission
from parindex.database.queries.score_sheets import deadline_of, part_facts, sheet_facts, sheets
from parindex.domain.index.result import Result
from parindex.domain.review.entry_marks import TO_DO, EntryMark
from parindex.domain.review.permissions import (
    check_can_move_part,
    check_can_submit_sheet,
    check_can_withdraw_sheet,
)
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import SIGNED, Act, SheetState, transition
from parindex.domain.values import number_text
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.sheet_counts import SheetCounts, counts_of, mark_of
from parindex.usecases.sheet_scoring import claimed_result


@dataclass(frozen=True, slots=True)
class Remaining:
    """An item with something left to do before it can be signed."""

    code: str
    mark: EntryMark


@dataclass(frozen=True, slots=True)
class Review:
    """A part (or a whole sheet) before it is signed: what is left, what is counted, what the claim would give."""

    sheet: ScoreSheet
    parts: tuple[SheetPart, ...]
    entries: tuple[Entry, ...]
    remaining: tuple[Remaining, ...]
    counts: SheetCounts
    result: Result


def review_of(sheet: ScoreSheet, part: SheetPart | None = None) -> Review:
    """Everything that a leader sees before signing; ``part`` None: of the whole sheet. Four queries."""
    parts = tuple(SheetPart.objects.filter(sheet=sheet).order_by("pk"))
    everything = list(Entry.objects.filter(sheet=sheet).order_by("position"))
    mine = tuple(entry for entry in everything if part is None or entry.part_id == part.pk)
    frozen = frozen_set(sheet.group.set_version)
    years = {frozen.year, frozen.year - 1}
    values = values_of(Figure.objects.filter(unit=sheet.unit_id, year__in=years))
    remaining = tuple(Remaining(entry.item_code, mark) for entry in mine if (mark := mark_of(entry)) in TO_DO)
    return Review(
        sheet, parts, mine, remaining, counts_of(mine, frozen), claimed_result(sheet, frozen, everything, values)
    )


@transaction.atomic
def present(*, by: Session, at: datetime, part_id: int) -> SheetPart:
    """Ask the leader to sign: the part is closed for writing until it is signed or sent back."""
    part, sheet = _locked(part_id)
    check_can_move_part(by.actor, part_facts(part, sheet), Act.PRESENT, at)
    _require_complete(review_of(sheet, part))
    return _moved(part, sheet, Act.PRESENT, by, at)


@transaction.atomic
def send_back(*, by: Session, at: datetime, part_id: int, reason: str) -> SheetPart:
    """Open a presented part for writing again, with the reason."""
    part, sheet = _locked(part_id)
    check_can_move_part(by.actor, part_facts(part, sheet), Act.SEND_BACK, at)
    return _moved(part, sheet, Act.SEND_BACK, by, at, _reason(reason))


@transaction.atomic
def submit_part(*, by: Session, at: datetime, part_id: int, incomplete_reason: str = "") -> Submission:
    """Sign a part. Where it is the whole sheet, the sheet is submitted with it.

    Items that are not entered earn nothing and stay in the maximum: a leader may sign with some left, saying why
    (``incomplete_reason``); else refused (``incomplete``).
    """
    part, sheet = _locked(part_id)
    check_can_move_part(by.actor, part_facts(part, sheet), Act.SUBMIT, at)
    review = review_of(sheet, part)
    _require_complete(review, incomplete_reason)
    _moved(part, sheet, Act.SUBMIT, by, at, incomplete_reason)
    submission = _submitted(review, part, by, at)
    if len(review.parts) == 1 and part.lead_unit_id == sheet.unit_id:
        _submit_whole(review_of(sheet), by, at)
    return submission


@transaction.atomic
def submit_sheet(*, by: Session, at: datetime, sheet_id: int) -> Submission:
    """Submit the whole sheet once every part is signed."""
    sheet = _locked_sheet(sheet_id)
    check_can_submit_sheet(by.actor, sheet_facts(sheet), at)
    review = review_of(sheet)
    unsigned = [part.lead_name for part in review.parts if part.state not in SIGNED]
    if unsigned:
        raise Refusal("parts_not_signed", units=unsigned)
    return _submit_whole(review, by, at)


@transaction.atomic
def withdraw(*, by: Session, at: datetime, sheet_id: int, reason: str) -> ScoreSheet:
    """Take a submission back, until the appraisal begins; the receipt stays and is marked as withdrawn."""
    sheet = _locked_sheet(sheet_id)
    check_can_withdraw_sheet(by.actor, sheet_facts(sheet), at)
    move = transition(Act.WITHDRAW, SheetState(sheet.state))
    why = _reason(reason)
    parts = list(SheetPart.objects.filter(sheet=sheet))
    only_own = len(parts) == 1 and parts[0].lead_unit_id == sheet.unit_id
    Submission.objects.filter(sheet=sheet, withdrawn_at=None).filter(**({} if only_own else {"part": None})).update(
        withdrawn_at=at, withdrawn_by=by.user, withdrawn_reason=why
    )
    if only_own:
        SheetPart.objects.filter(pk=parts[0].pk).update(state=move.after)
    _log_move(sheet, Act.WITHDRAW, sheet.state, move.after, by, at, why)
    sheet.state, sheet.submitted_at = move.after, None
    sheet.last_act, sheet.last_act_at, sheet.last_act_by = Act.WITHDRAW, at, by.user
    sheet.save(update_fields=["state", "submitted_at", "last_act", "last_act_at", "last_act_by"])
    return sheet


@transaction.atomic
def return_part(*, by: Session, at: datetime, part_id: int, reason: str) -> SheetPart:
    """The standing office of the body returns a signed part, with the reason."""
    part, sheet = _locked(part_id)
    check_can_move_part(by.actor, part_facts(part, sheet), Act.RETURN, at)
    part.returned_reason = _reason(reason)
    part.save(update_fields=["returned_reason"])
    return _moved(part, sheet, Act.RETURN, by, at, part.returned_reason)


@transaction.atomic
def unlock(*, by: Session, at: datetime, sheet_id: int, reason: str) -> ScoreSheet:
    """Open a locked sheet again; somebody must have extended its deadline first, or it locks at once."""
    from parindex.domain.review.permissions import check_can_change_deadline

    sheet = _locked_sheet(sheet_id)
    check_can_change_deadline(by.actor, sheet_facts(sheet))
    move = transition(Act.UNLOCK, SheetState(sheet.state))
    deadline = deadline_of(sheet)
    if deadline is not None and deadline <= at:
        raise Refusal("unlock_needs_extension", deadline=deadline)
    why = _reason(reason)
    for part in SheetPart.objects.filter(sheet=sheet, state=SheetState.LOCKED):
        _moved(part, sheet, Act.UNLOCK, by, at, why)
    _log_move(sheet, Act.UNLOCK, sheet.state, move.after, by, at, why)
    sheet.state = move.after
    sheet.save(update_fields=["state"])
    return sheet


@transaction.atomic
def lock_overdue(*, at: datetime) -> int:
    """Lock every sheet whose deadline has passed without a submission; how many. The clock acts, nobody else."""
    locked = 0
    for sheet in sheets().filter(cycle__state="open", state__in=[SheetState.OPEN, SheetState.AWAITING_SIGNATURE]):
        deadline = deadline_of(sheet)
        if deadline is None or at <= deadline:
            continue
        for part in SheetPart.objects.filter(sheet=sheet, state__in=[SheetState.OPEN, SheetState.AWAITING_SIGNATURE]):
            _moved(part, sheet, Act.LOCK, None, at)
        _log_move(sheet, Act.LOCK, sheet.state, SheetState.LOCKED, None, at, "")
        sheet.state = SheetState.LOCKED
        sheet.save(update_fields=["state"])
        locked += 1
    return locked


# --- steps -----------------------------------------------------------------------------------------------------------


def _locked(part_id: int) -> tuple[SheetPart, ScoreSheet]:
    part = SheetPart.objects.select_for_update().get(pk=part_id)
    return part, _locked_sheet(part.sheet_id)


def _locked_sheet(sheet_id: int) -> ScoreSheet:
    """Two signatures at the same moment come one after the other: the second finds the stage changed."""
    ScoreSheet.objects.select_for_update().only("pk").get(pk=sheet_id)
    Cycle.objects.filter(sheets=sheet_id).only("state").get()
    return sheets().get(pk=sheet_id)


def _require_complete(review: Review, reason: str = "") -> None:
    if review.remaining and not reason.strip():
        marks = [one.mark for one in review.remaining]
        raise Refusal("incomplete", counts={mark.value: marks.count(mark) for mark in dict.fromkeys(marks)})


def _reason(text: str) -> str:
    plain = text.strip()
    if not plain:
        raise Refusal("reason_needed")
    return plain


def _moved(
    part: SheetPart, sheet: ScoreSheet, act: Act, by: Session | None, at: datetime, reason: str = ""
) -> SheetPart:
    move = transition(act, SheetState(part.state))
    what = audit_log.target(part, unit=part.lead_unit_id, cycle=sheet.cycle_id)
    audit_log.record(
        act, what, by=by, at=at, role=_role(by, move.roles, part), reason=reason,
        before={"state": part.state}, after={"state": move.after.value},
    )  # fmt: skip
    part.state = move.after
    part.save(update_fields=["state"])
    alone = (
        part.lead_unit_id == sheet.unit_id and not SheetPart.objects.filter(sheet=sheet).exclude(pk=part.pk).exists()
    )
    fields = ["last_act", "last_act_at", "last_act_by"]
    sheet.last_act, sheet.last_act_at, sheet.last_act_by = act, at, by.user if by else None
    if alone and act in (Act.PRESENT, Act.SEND_BACK, Act.RETURN):
        sheet.state = move.after
        fields.append("state")
    sheet.save(update_fields=fields)
    return part


def _role(by: Session | None, roles: tuple[Role, ...], part: SheetPart) -> Role | None:
    return None if by is None else by.actor.role_at(part.lead_path, *roles)


def _submit_whole(review: Review, by: Session, at: datetime) -> Submission:
    sheet = review.sheet
    after = SheetState.RESUBMITTED if sheet.state == SheetState.RETURNED else SheetState.SUBMITTED
    submission = _submitted(review, None, by, at)
    _log_move(sheet, Act.SUBMIT, sheet.state, after, by, at, "")
    sheet.state, sheet.submitted_at = after, at
    sheet.last_act, sheet.last_act_at, sheet.last_act_by = Act.SUBMIT, at, by.user
    sheet.save(update_fields=["state", "submitted_at", "last_act", "last_act_at", "last_act_by"])
    return submission


def _log_move(
    sheet: ScoreSheet, act: Act, before: str, after: str, by: Session | None, at: datetime, reason: str
) -> None:
    what = audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id)
    audit_log.record(act, what, by=by, at=at, before={"state": before}, after={"state": str(after)}, reason=reason)


def _submitted(review: Review, part: SheetPart | None, by: Session, at: datetime) -> Submission:
    claim = json.dumps(claim_of(review), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    fingerprint = hashlib.sha256(claim.encode()).hexdigest()
    last = Submission.objects.filter(sheet=review.sheet, part=part).aggregate(Max("number"))["number__max"] or 0
    what = audit_log.target(part or review.sheet, unit=review.sheet.unit_id, cycle=review.sheet.cycle_id)
    row = audit_log.record(
        "sign", what, by=by, at=at, role=Role.UNIT_LEADER, after={"fingerprint": fingerprint, "number": last + 1}
    )
    return Submission.objects.create(
        sheet=review.sheet, part=part, number=last + 1, submitted_by=by.user, submitted_at=at, claim=claim,
        fingerprint=fingerprint, log_sequence=row.sequence, log_hash=row.hash,
    )  # fmt: skip


def claim_of(review: Review) -> dict[str, Any]:
    """The claim as data: everything that the fingerprint of a submission covers."""
    sheet, version = review.sheet, review.sheet.group.set_version
    codes = [entry.item_code for entry in review.entries]
    frozen = frozen_set(version)
    measures = sorted({measure for code in codes for measure in frozen.measures_of[code]})
    figures = Figure.objects.filter(unit=sheet.unit_id, measure__in=measures, year=frozen.year)
    proofs: dict[int, list[str]] = {}
    attached = Attachment.objects.filter(entry__in=[entry.pk for entry in review.entries], removed_at=None)
    for entry_id, sha in attached.filter(document__versions__isnull=False).values_list(
        "entry", "document__versions__file__sha256"
    ):
        proofs.setdefault(entry_id, []).append(sha)
    return {
        "cycle": {"id": sheet.cycle_id, "title": sheet.cycle.title, "year": sheet.cycle.year},
        "unit": {"id": sheet.unit_id, "name": sheet.unit_name},
        "criteria_set": {"title": version.title, "number": version.number, "fingerprint": version.fingerprint},
        "figures": {one.measure: one.value for one in figures},
        "items": [
            {
                "code": entry.item_code,
                "state": entry.state,
                "self_points": entry.self_points,
                "points": entry.points,
                "explanation": entry.explanation,
                "evidence": sorted(proofs.get(entry.pk, ())),
            }
            for entry in review.entries
        ],
        "points": number_text(review.counts.points),
        "max_points": number_text(review.counts.max_points),
    }
