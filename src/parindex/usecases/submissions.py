"""Signing and submitting: a part by the leader of its lead unit, a whole sheet by the body's head.

A sheet that its unit alone fills has one part, which is the sheet: both are signed, submitted and withdrawn as one. A
sheet in parts is submitted once every part is signed and the standing office of the body has compiled it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from parindex.database.models import Entry, ScoreSheet, SheetPart, Submission
from parindex.database.models.entries import EntryState
from parindex.database.queries.score_sheets import deadline_of, sheet_facts, sheets
from parindex.documents.receipts.claim import fingerprint_of
from parindex.domain.review.permissions import (
    check_can_change_deadline,
    check_can_compile,
    check_can_move_part,
    check_can_return_sheet,
    check_can_send_back_sheet,
    check_can_submit_sheet,
    check_can_withdraw_sheet,
)
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import SIGNED, UNSIGNED, Act, CycleState, SheetState, transition
from parindex.usecases import audit_log, notices
from parindex.usecases.actors import Session
from parindex.usecases.appraisals import follow_submission
from parindex.usecases.asked_items import require_answers
from parindex.usecases.citations import Linked
from parindex.usecases.claims import Review, claim_text, require_consistent, review_of
from parindex.usecases.further_explanations import answered
from parindex.usecases.sheet_moves import (
    held_part,
    held_sheet,
    log_move,
    move_part,
    move_sheet,
    stand,
    void,
    was_returned,
)
from parindex.usecases.unscanned_evidence import unscanned_of
from parindex.usecases.written_texts import reason_of


@transaction.atomic
def present(*, by: Session, at: datetime, part_id: int) -> SheetPart:
    """Ask the leader to sign: the part is closed for writing until it is signed or sent back."""
    held = held_part(part_id)
    check_can_move_part(by.actor, held.part_facts, Act.PRESENT, at)
    require_answers(held.sheet, held.part)
    _require_complete(review_of(held.sheet, held.part))
    move_part(held, Act.PRESENT, by, at)
    notices.presented(held.sheet, held.part)
    return held.part


@transaction.atomic
def send_back(*, by: Session, at: datetime, part_id: int, reason: str) -> SheetPart:
    """Open a presented part for writing again, with the reason."""
    held = held_part(part_id)
    check_can_move_part(by.actor, held.part_facts, Act.SEND_BACK, at)
    why = reason_of(reason)
    move_part(held, Act.SEND_BACK, by, at, why)
    notices.sent_back(held.sheet, held.part, why)
    return held.part


@transaction.atomic
def submit_part(*, by: Session, at: datetime, part_id: int, incomplete_reason: str = "", seen: str = "") -> Submission:
    """Sign a part. Where it is the whole sheet, this submits the sheet.

    Items that are not entered earn nothing and stay in the maximum: a leader may sign with some left, saying why
    (``incomplete_reason``); else refused (``incomplete_reason_needed``). ``seen`` is the fingerprint of the claim that
    the leader was shown: what has changed since is refused (``claim_changed``), what the same click has done is not
    done again.
    """
    held = held_part(part_id)
    whole = not held.in_parts
    done = _done_before(held.sheet, None if whole else held.part, by, seen)
    if done is not None:
        return done
    check_can_move_part(by.actor, held.part_facts, Act.SUBMIT, at)
    require_answers(held.sheet, held.part)
    review = review_of(held.sheet, None if whole else held.part)
    claim = _claim_as_seen(review, seen)
    why = reason_of(incomplete_reason, needed=False)
    _require_reason(review, why)
    after = held.after(Act.SUBMIT)
    if whole:
        _answer(held.sheet, by, at)
        submission = _signed(held.sheet, None, "submit", held.sheet, after, claim, by, at, why)
    else:
        submission = _signed(held.sheet, held.part, "sign", held.part, after, claim, by, at, why)
    held.part.state = after
    held.part.save(update_fields=["state"])
    if whole:
        stand(held.sheet, after, Act.SUBMIT, by, at, submitted_at=at)
        follow_submission(held.sheet, by=by, at=at, role=Role.UNIT_LEADER)
        notices.submitted(held.sheet, submission)
    else:
        stand(held.sheet, SheetState(held.sheet.state), Act.SUBMIT, by, at)
        notices.part_signed(held.sheet, held.part)
    return submission


@transaction.atomic
def compile_sheet(*, by: Session, at: datetime, sheet_id: int) -> ScoreSheet:
    """Put the signed parts together for the body's head to submit; from now on no part changes."""
    sheet, parts = held_sheet(sheet_id)
    check_can_compile(by.actor, sheet_facts(sheet, parts), at)
    _require_signed(sheet, parts)
    move_sheet(sheet, parts, Act.COMPILE, by, at, (Role.STANDING_OFFICE,))
    notices.compiled(sheet)
    return sheet


@transaction.atomic
def send_back_sheet(*, by: Session, at: datetime, sheet_id: int, reason: str) -> ScoreSheet:
    """Open a compiled sheet again: the standing office may then return the parts that something is to change in."""
    sheet, parts = held_sheet(sheet_id)
    check_can_send_back_sheet(by.actor, sheet_facts(sheet, parts), at)
    why = reason_of(reason)
    move_sheet(sheet, parts, Act.SEND_BACK, by, at, (Role.UNIT_LEADER, Role.STANDING_OFFICE), why)
    notices.sheet_sent_back(sheet, why)
    return sheet


@transaction.atomic
def submit_sheet(*, by: Session, at: datetime, sheet_id: int, seen: str = "") -> Submission:
    """Submit a compiled sheet; ``seen`` as in :func:`submit_part`."""
    sheet, parts = held_sheet(sheet_id)
    done = _done_before(sheet, None, by, seen)
    if done is not None:
        return done
    check_can_submit_sheet(by.actor, sheet_facts(sheet, parts), at)
    _require_signed(sheet, parts)
    require_answers(sheet)
    review = review_of(sheet)
    claim = _claim_as_seen(review, seen)
    after = transition(Act.SUBMIT, SheetState(sheet.state), again=was_returned(sheet, parts)).after
    _answer(sheet, by, at)
    submission = _signed(sheet, None, "submit", sheet, after, claim, by, at, "")
    stand(sheet, after, Act.SUBMIT, by, at, submitted_at=at)
    follow_submission(sheet, by=by, at=at, role=Role.UNIT_LEADER)
    notices.submitted(sheet, submission)
    return submission


@transaction.atomic
def withdraw(*, by: Session, at: datetime, sheet_id: int, reason: str) -> ScoreSheet:
    """Take a submission back, until the appraisal begins; the receipt stays and is marked as withdrawn.

    The parts of a sheet in parts stay signed.
    """
    sheet, parts = held_sheet(sheet_id)
    check_can_withdraw_sheet(by.actor, sheet_facts(sheet, parts), at)
    why = reason_of(reason)
    void(sheet, None, by, at, why)
    move_sheet(sheet, parts, Act.WITHDRAW, by, at, (Role.UNIT_LEADER,), why)
    notices.withdrawn(sheet, why)
    return sheet


@transaction.atomic
def withdraw_part(*, by: Session, at: datetime, part_id: int, reason: str) -> SheetPart:
    """The leader of a lead unit takes a signature back, until the sheet is compiled."""
    held = held_part(part_id)
    if not held.in_parts:
        withdraw(by=by, at=at, sheet_id=held.sheet.pk, reason=reason)
        return SheetPart.objects.get(pk=part_id)
    check_can_move_part(by.actor, held.part_facts, Act.WITHDRAW, at)
    why = reason_of(reason)
    void(held.sheet, held.part, by, at, why)
    move_part(held, Act.WITHDRAW, by, at, why)
    return held.part


@transaction.atomic
def return_part(*, by: Session, at: datetime, part_id: int, reason: str) -> SheetPart:
    """The standing office of the body returns a signed part, with the reason; its signature no longer holds."""
    held = held_part(part_id)
    check_can_move_part(by.actor, held.part_facts, Act.RETURN, at)
    why = reason_of(reason)
    void(held.sheet, held.part, by, at, why)
    move_part(held, Act.RETURN, by, at, why)
    held.part.returned_reason = why
    held.part.save(update_fields=["returned_reason"])
    notices.returned(held.sheet, held.part, why)
    return held.part


@transaction.atomic
def return_sheet(*, by: Session, at: datetime, sheet_id: int, reason: str) -> ScoreSheet:
    """The standing office of the cycle returns a submitted sheet to its unit, with the reason, until the appraisal
    begins; its signature no longer holds. The parts of a sheet in parts stay signed, as when it is withdrawn.
    """
    sheet, parts = held_sheet(sheet_id)
    check_can_return_sheet(by.actor, sheet_facts(sheet, parts), at)
    why = reason_of(reason)
    void(sheet, None, by, at, why)
    move_sheet(sheet, parts, Act.RETURN, by, at, (Role.STANDING_OFFICE,), why)
    notices.sheet_returned(sheet, why)
    return sheet


@dataclass(frozen=True, slots=True)
class Opened:
    """A locked sheet that was opened again; :func:`record_opening` writes its record, after those of all sheets of the
    act are ready and the heads of all their chains are held.
    """

    sheet: ScoreSheet
    before: str
    after: SheetState
    role: Role | None
    reason: str
    linked: Linked


def open_locked(*, by: Session, at: datetime, sheet_id: int, reason: str) -> Opened:
    """Open a locked sheet again; somebody must have extended its deadline first, or it locks at once."""
    sheet, parts = held_sheet(sheet_id)
    check_can_change_deadline(by.actor, sheet_facts(sheet, parts))
    move = transition(Act.UNLOCK, SheetState(sheet.state))
    deadline = deadline_of(sheet)
    if deadline is not None and deadline <= at:
        raise Refusal("unlock_needs_extension", units=[sheet.unit_name])
    why = reason_of(reason)
    role = by.actor.role_at(sheet.cycle.owner_path, Role.STANDING_OFFICE, Role.CHAIR, cycle=sheet.cycle_id)
    before = sheet.state
    SheetPart.objects.filter(sheet=sheet, state=SheetState.LOCKED).update(state=move.after)
    linked = stand(sheet, move.after, Act.UNLOCK, by, at)
    return Opened(sheet, before, move.after, role, why, linked)


def record_opening(opened: Opened, *, by: Session, at: datetime) -> None:
    """The record of a sheet that was opened again."""
    log_move(
        opened.sheet, opened.sheet, Act.UNLOCK, opened.before, opened.after, by, at, opened.role, opened.reason,
        opened.linked,
    )  # fmt: skip


@transaction.atomic
def unlock_all(*, by: Session, at: datetime, sheet_ids: Sequence[int], reason: str) -> int:
    """Open several locked sheets, all or none; refused with the names of the units that stand in the way."""
    list(
        ScoreSheet.objects.select_for_update(no_key=True)
        .filter(pk__in=sheet_ids)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    held = [held_sheet(one)[0] for one in sorted(sheet_ids)]
    for sheet in held:
        check_can_change_deadline(by.actor, sheet_facts(sheet, list(sheet.parts.all())))
    loose = [sheet.unit_name for sheet in held if sheet.state != SheetState.LOCKED]
    if loose:
        raise Refusal("unlock_not_locked", units=loose)
    late = [sheet.unit_name for sheet in held if (ends := deadline_of(sheet)) is not None and ends <= at]
    if late:
        raise Refusal("unlock_needs_extension", units=late)
    opened = [open_locked(by=by, at=at, sheet_id=sheet.pk, reason=reason) for sheet in held]
    audit_log.hold_chains(one.sheet.cycle_id for one in opened)
    for one in opened:
        record_opening(one, by=by, at=at)
    return len(held)


def lock_overdue(*, at: datetime) -> int:
    """Lock every sheet whose deadline has passed without a submission; how many. The clock acts, nobody else.

    While the council appraises, those are the late ones, which were opened again with an extension.
    """
    late_ones = Q(cycle__state=CycleState.APPRAISAL, extended_until__isnull=False, answer_until=None)
    due = sheets().filter(
        Q(cycle__state=CycleState.OPEN) | late_ones, state__in=[SheetState.OPEN, SheetState.AWAITING_SIGNATURE]
    )
    late = [sheet.pk for sheet in due.order_by("pk") if (ends := deadline_of(sheet)) is not None and at > ends]
    return sum(_lock(sheet, at) for sheet in late)


@transaction.atomic
def _lock(sheet_id: int, at: datetime) -> bool:
    """Read again what stands there now: somebody may have signed, or been given more time, a moment ago."""
    sheet, _ = held_sheet(sheet_id)
    ends = deadline_of(sheet)
    if sheet.state not in (SheetState.OPEN, SheetState.AWAITING_SIGNATURE) or ends is None or at <= ends:
        return False
    open_parts = SheetPart.objects.filter(sheet=sheet, state__in=[SheetState.OPEN, SheetState.AWAITING_SIGNATURE])
    open_parts.update(state=SheetState.LOCKED)
    before, move = sheet.state, transition(Act.LOCK, SheetState(sheet.state))
    linked = stand(sheet, move.after, Act.LOCK, None, at)
    log_move(sheet, sheet, Act.LOCK, before, move.after, None, at, None, "", linked)
    return True


# --- what is signed --------------------------------------------------------------------------------------------------


def _done_before(sheet: ScoreSheet, part: SheetPart | None, by: Session, seen: str) -> Submission | None:
    """What this very click has done already: the second of two clicks gets the same receipt."""
    if not seen:
        return None
    row = part or sheet
    if row.state in (*UNSIGNED, SheetState.RETURNED):
        return None  # it was opened again since
    last = Submission.objects.filter(sheet=sheet, part=part).order_by("-number").first()
    same = last is not None and last.withdrawn_at is None and last.fingerprint == seen
    return last if same and last is not None and last.submitted_by_id == by.user.pk else None


def _claim_as_seen(review: Review, seen: str) -> str:
    require_consistent(review)
    claim = claim_text(review)
    if seen and fingerprint_of(claim) != seen:
        raise Refusal("claim_changed")
    return claim


def _require_complete(review: Review) -> None:
    if review.remaining:
        raise Refusal("incomplete", counts=_counted(review))


def _require_reason(review: Review, reason: str) -> None:
    """Who signs with items left says why."""
    if review.remaining and not reason:
        raise Refusal("incomplete_reason_needed", counts=_counted(review))


def _counted(review: Review) -> dict[str, int]:
    """How many items are left, by mark."""
    marks = [one.mark for one in review.remaining]
    return {mark.value: marks.count(mark) for mark in dict.fromkeys(marks)}


def _require_signed(sheet: ScoreSheet, parts: Sequence[SheetPart]) -> None:
    unsigned = unsigned_parts(sheet, parts)
    if unsigned:
        raise Refusal("parts_not_signed", units=[part.lead_name for part in unsigned])


def unsigned_parts(sheet: ScoreSheet, parts: Sequence[SheetPart]) -> list[SheetPart]:
    """The parts that still have to be signed; where surveys give every point, there is nothing to sign, and what the
    council has taken up is signed as long as it asks nothing about it. One query.
    """
    entered = set(
        Entry.objects.filter(sheet=sheet).exclude(state=EntryState.PENDING).order_by().values_list("part", flat=True)
    )
    return [part for part in parts if part.pk in entered and part.state not in (*SIGNED, SheetState.IN_APPRAISAL)]


def _answer(sheet: ScoreSheet, by: Session, at: datetime) -> None:
    """What the council asked is answered by this signature."""
    if sheet.answer_until is not None:
        answered(sheet, by=by, at=at)


def _signed(
    sheet: ScoreSheet, part: SheetPart | None, act: str, row: ScoreSheet | SheetPart, after: SheetState, claim: str,
    by: Session, at: datetime, reason: str,
) -> Submission:  # fmt: skip
    """The claim as it was signed, with its place in the log, which names what had not been scanned."""
    last = Submission.objects.filter(sheet=sheet, part=part).aggregate(Max("number"))["number__max"] or 0
    fingerprint = fingerprint_of(claim)
    unscanned = [f"{one.code}: {one.document}" for one in unscanned_of(sheet.pk, part.pk if part else None)]
    facts: dict[str, object] = {"fingerprint": fingerprint, "number": last + 1}
    if unscanned:
        facts["unscanned"] = unscanned
    line = log_move(
        row, sheet, act, row.state, after, by, at, Role.UNIT_LEADER, reason, Linked(), **facts,
    )  # fmt: skip
    return Submission.objects.create(
        sheet=sheet, part=part, number=last + 1, submitted_by=by.user, submitted_at=at, claim=claim,
        fingerprint=fingerprint, log_sequence=line.sequence, log_hash=line.hash,
    )  # fmt: skip
