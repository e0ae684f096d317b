"""Signing and submitting: a part by the leader of its lead unit, a whole sheet by the body's head.

A sheet that its unit alone fills has one part, which is the sheet: both are signed, submitted and withdrawn as one. A
sheet in parts is submitted once every part is signed and the standing office of the body has compiled it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from parindex.database.models import AuditRecord, Entry, ScoreSheet, SheetPart, Submission
from parindex.database.models.entries import EntryState
from parindex.database.queries.score_sheets import deadline_of, part_facts, sheet_facts, sheets
from parindex.documents.receipts.claim import fingerprint_of
from parindex.domain.review.permissions import (
    PartFacts,
    check_can_change_deadline,
    check_can_compile,
    check_can_move_part,
    check_can_send_back_sheet,
    check_can_submit_sheet,
    check_can_withdraw_sheet,
)
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import SIGNED, Act, SheetState, transition
from parindex.usecases import audit_log, notices
from parindex.usecases.actors import Session
from parindex.usecases.citations import link_opened
from parindex.usecases.claims import Review, claim_text, is_in_parts, require_consistent, review_of
from parindex.usecases.written_texts import reason_of

#: What opens for writing what had been closed.
_OPENING = frozenset({Act.SEND_BACK, Act.WITHDRAW, Act.RETURN, Act.UNLOCK})


@transaction.atomic
def present(*, by: Session, at: datetime, part_id: int) -> SheetPart:
    """Ask the leader to sign: the part is closed for writing until it is signed or sent back."""
    held = _held_part(part_id)
    check_can_move_part(by.actor, held.part_facts, Act.PRESENT, at)
    _require_complete(review_of(held.sheet, held.part))
    _move_part(held, Act.PRESENT, by, at)
    notices.presented(held.sheet, held.part)
    return held.part


@transaction.atomic
def send_back(*, by: Session, at: datetime, part_id: int, reason: str) -> SheetPart:
    """Open a presented part for writing again, with the reason."""
    held = _held_part(part_id)
    check_can_move_part(by.actor, held.part_facts, Act.SEND_BACK, at)
    why = reason_of(reason)
    _move_part(held, Act.SEND_BACK, by, at, why)
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
    held = _held_part(part_id)
    whole = not held.in_parts
    done = _done_before(held.sheet, None if whole else held.part, by, seen)
    if done is not None:
        return done
    check_can_move_part(by.actor, held.part_facts, Act.SUBMIT, at)
    review = review_of(held.sheet, None if whole else held.part)
    claim = _claim_as_seen(review, seen)
    why = reason_of(incomplete_reason, needed=False)
    _require_reason(review, why)
    after = held.after(Act.SUBMIT)
    if whole:
        submission = _signed(held.sheet, None, "submit", held.sheet, after, claim, by, at, why)
    else:
        submission = _signed(held.sheet, held.part, "sign", held.part, after, claim, by, at, why)
    held.part.state = after
    held.part.save(update_fields=["state"])
    if whole:
        _stand(held.sheet, after, Act.SUBMIT, by, at, submitted_at=at)
        notices.submitted(held.sheet, submission)
    else:
        _stand(held.sheet, SheetState(held.sheet.state), Act.SUBMIT, by, at)
        notices.part_signed(held.sheet, held.part)
    return submission


@transaction.atomic
def compile_sheet(*, by: Session, at: datetime, sheet_id: int) -> ScoreSheet:
    """Put the signed parts together for the body's head to submit; from now on no part changes."""
    sheet, parts = _held_sheet(sheet_id)
    check_can_compile(by.actor, sheet_facts(sheet, parts), at)
    _require_signed(sheet, parts)
    _move_sheet(sheet, parts, Act.COMPILE, by, at, (Role.STANDING_OFFICE,))
    notices.compiled(sheet)
    return sheet


@transaction.atomic
def send_back_sheet(*, by: Session, at: datetime, sheet_id: int, reason: str) -> ScoreSheet:
    """Open a compiled sheet again: the standing office may then return the parts that something is to change in."""
    sheet, parts = _held_sheet(sheet_id)
    check_can_send_back_sheet(by.actor, sheet_facts(sheet, parts), at)
    why = reason_of(reason)
    _move_sheet(sheet, parts, Act.SEND_BACK, by, at, (Role.UNIT_LEADER, Role.STANDING_OFFICE), why)
    notices.sheet_sent_back(sheet, why)
    return sheet


@transaction.atomic
def submit_sheet(*, by: Session, at: datetime, sheet_id: int, seen: str = "") -> Submission:
    """Submit a compiled sheet; ``seen`` as in :func:`submit_part`."""
    sheet, parts = _held_sheet(sheet_id)
    done = _done_before(sheet, None, by, seen)
    if done is not None:
        return done
    check_can_submit_sheet(by.actor, sheet_facts(sheet, parts), at)
    _require_signed(sheet, parts)
    review = review_of(sheet)
    claim = _claim_as_seen(review, seen)
    after = transition(Act.SUBMIT, SheetState(sheet.state), again=_was_returned(sheet, parts)).after
    submission = _signed(sheet, None, "submit", sheet, after, claim, by, at, "")
    _stand(sheet, after, Act.SUBMIT, by, at, submitted_at=at)
    notices.submitted(sheet, submission)
    return submission


@transaction.atomic
def withdraw(*, by: Session, at: datetime, sheet_id: int, reason: str) -> ScoreSheet:
    """Take a submission back, until the appraisal begins; the receipt stays and is marked as withdrawn.

    The parts of a sheet in parts stay signed.
    """
    sheet, parts = _held_sheet(sheet_id)
    check_can_withdraw_sheet(by.actor, sheet_facts(sheet, parts), at)
    why = reason_of(reason)
    _void(sheet, None, by, at, why)
    after = _move_sheet(sheet, parts, Act.WITHDRAW, by, at, (Role.UNIT_LEADER,), why)
    if not is_in_parts(sheet, parts):
        SheetPart.objects.filter(pk=parts[0].pk).update(state=after)
        link_opened(sheet.pk)
    notices.withdrawn(sheet, why)
    return sheet


@transaction.atomic
def withdraw_part(*, by: Session, at: datetime, part_id: int, reason: str) -> SheetPart:
    """The leader of a lead unit takes a signature back, until the sheet is compiled."""
    held = _held_part(part_id)
    if not held.in_parts:
        withdraw(by=by, at=at, sheet_id=held.sheet.pk, reason=reason)
        return SheetPart.objects.get(pk=part_id)
    check_can_move_part(by.actor, held.part_facts, Act.WITHDRAW, at)
    why = reason_of(reason)
    _void(held.sheet, held.part, by, at, why)
    _move_part(held, Act.WITHDRAW, by, at, why)
    return held.part


@transaction.atomic
def return_part(*, by: Session, at: datetime, part_id: int, reason: str) -> SheetPart:
    """The standing office of the body returns a signed part, with the reason; its signature no longer holds."""
    held = _held_part(part_id)
    check_can_move_part(by.actor, held.part_facts, Act.RETURN, at)
    why = reason_of(reason)
    _void(held.sheet, held.part, by, at, why)
    _move_part(held, Act.RETURN, by, at, why)
    held.part.returned_reason = why
    held.part.save(update_fields=["returned_reason"])
    notices.returned(held.sheet, held.part, why)
    return held.part


@transaction.atomic
def unlock(*, by: Session, at: datetime, sheet_id: int, reason: str) -> ScoreSheet:
    """Open a locked sheet again; somebody must have extended its deadline first, or it locks at once."""
    sheet, parts = _held_sheet(sheet_id)
    check_can_change_deadline(by.actor, sheet_facts(sheet, parts))
    move = transition(Act.UNLOCK, SheetState(sheet.state))
    deadline = deadline_of(sheet)
    if deadline is not None and deadline <= at:
        raise Refusal("unlock_needs_extension", units=[sheet.unit_name])
    why = reason_of(reason)
    role = by.actor.role_at(sheet.cycle.owner_path, Role.STANDING_OFFICE, Role.CHAIR, cycle=sheet.cycle_id)
    SheetPart.objects.filter(sheet=sheet, state=SheetState.LOCKED).update(state=move.after)
    _log(sheet, sheet, Act.UNLOCK, sheet.state, move.after, by, at, role, why)
    _stand(sheet, move.after, Act.UNLOCK, by, at)
    return sheet


@transaction.atomic
def unlock_all(*, by: Session, at: datetime, sheet_ids: Sequence[int], reason: str) -> int:
    """Open several locked sheets, all or none; refused with the names of the units that stand in the way."""
    held = [_held_sheet(one)[0] for one in sorted(sheet_ids)]
    for sheet in held:
        check_can_change_deadline(by.actor, sheet_facts(sheet, list(sheet.parts.all())))
    loose = [sheet.unit_name for sheet in held if sheet.state != SheetState.LOCKED]
    if loose:
        raise Refusal("unlock_not_locked", units=loose)
    late = [sheet.unit_name for sheet in held if (ends := deadline_of(sheet)) is not None and ends <= at]
    if late:
        raise Refusal("unlock_needs_extension", units=late)
    for sheet in held:
        unlock(by=by, at=at, sheet_id=sheet.pk, reason=reason)
    return len(held)


def lock_overdue(*, at: datetime) -> int:
    """Lock every sheet whose deadline has passed without a submission; how many. The clock acts, nobody else."""
    due = sheets().filter(cycle__state="open", state__in=[SheetState.OPEN, SheetState.AWAITING_SIGNATURE])
    late = [sheet.pk for sheet in due.order_by("pk") if (ends := deadline_of(sheet)) is not None and at > ends]
    return sum(_lock(sheet, at) for sheet in late)


@transaction.atomic
def _lock(sheet_id: int, at: datetime) -> bool:
    """Read again what stands there now: somebody may have signed, or been given more time, a moment ago."""
    sheet, _ = _held_sheet(sheet_id)
    ends = deadline_of(sheet)
    if sheet.state not in (SheetState.OPEN, SheetState.AWAITING_SIGNATURE) or ends is None or at <= ends:
        return False
    open_parts = SheetPart.objects.filter(sheet=sheet, state__in=[SheetState.OPEN, SheetState.AWAITING_SIGNATURE])
    open_parts.update(state=SheetState.LOCKED)
    move = transition(Act.LOCK, SheetState(sheet.state))
    _log(sheet, sheet, Act.LOCK, sheet.state, move.after, None, at, None)
    _stand(sheet, move.after, Act.LOCK, None, at)
    return True


# --- what is held ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Held:
    """A part with its sheet and the other parts, all held until the end of the transaction."""

    sheet: ScoreSheet
    part: SheetPart
    parts: Sequence[SheetPart]

    @property
    def in_parts(self) -> bool:
        return is_in_parts(self.sheet, self.parts)

    @property
    def part_facts(self) -> PartFacts:
        return part_facts(self.part, self.sheet, self.parts)

    def after(self, act: Act) -> SheetState:
        """Where ``act`` takes the part."""
        return transition(act, SheetState(self.part.state), again=bool(self.part.returned_reason)).after


def _held_part(part_id: int) -> _Held:
    """The sheet is held first, then its parts: whoever else takes both does so in the same order."""
    sheet, parts = _held_sheet(SheetPart.objects.values_list("sheet", flat=True).get(pk=part_id))
    return _Held(sheet, next(part for part in parts if part.pk == part_id), parts)


def _held_sheet(sheet_id: int) -> tuple[ScoreSheet, list[SheetPart]]:
    """Two signatures at the same moment come one after the other: the second finds the stage changed."""
    ScoreSheet.objects.select_for_update().only("pk").get(pk=sheet_id)
    parts = list(SheetPart.objects.select_for_update().filter(sheet=sheet_id).order_by("pk"))
    return sheets().get(pk=sheet_id), parts


def _done_before(sheet: ScoreSheet, part: SheetPart | None, by: Session, seen: str) -> Submission | None:
    """What this very click has done already: the second of two clicks gets the same receipt."""
    if not seen:
        return None
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
    """The parts that still have to be signed; where surveys give every point, there is nothing to sign. One query."""
    entered = set(
        Entry.objects.filter(sheet=sheet).exclude(state=EntryState.PENDING).order_by().values_list("part", flat=True)
    )
    return [part for part in parts if part.pk in entered and part.state not in SIGNED]


def _was_returned(sheet: ScoreSheet, parts: Sequence[SheetPart]) -> bool:
    """Whether the sheet as a whole had been returned; where it has no parts, the reason stands with its only one."""
    return not is_in_parts(sheet, parts) and bool(parts[0].returned_reason)


# --- steps -----------------------------------------------------------------------------------------------------------


def _move_part(held: _Held, act: Act, by: Session, at: datetime, reason: str = "") -> None:
    before, after = SheetState(held.part.state), held.after(act)
    roles = transition(act, before).roles
    place = held.sheet.unit_path if act is Act.RETURN else held.part.lead_path
    role = by.actor.role_at(place, *roles, cycle=held.sheet.cycle_id)
    _log(held.part if held.in_parts else held.sheet, held.sheet, act, before, after, by, at, role, reason)
    held.part.state = after
    held.part.save(update_fields=["state"])
    _stand(held.sheet, SheetState(held.sheet.state) if held.in_parts else after, act, by, at)


def _move_sheet(
    sheet: ScoreSheet, parts: Sequence[SheetPart], act: Act, by: Session, at: datetime, roles: Sequence[Role],
    reason: str = "",
) -> SheetState:  # fmt: skip
    after = transition(act, SheetState(sheet.state), again=_was_returned(sheet, parts)).after
    role = by.actor.role_at(sheet.unit_path, *roles, cycle=sheet.cycle_id)
    _log(sheet, sheet, act, sheet.state, after, by, at, role, reason)
    _stand(sheet, after, act, by, at, submitted_at=None)
    return after


def _stand(
    sheet: ScoreSheet, state: SheetState, act: Act, by: Session | None, at: datetime, **more: datetime | None
) -> None:
    """Keep with the sheet where it stands and who moved it last."""
    sheet.state, sheet.last_act, sheet.last_act_at = state, act, at
    sheet.last_act_by = by.user if by else None
    for name, value in more.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=["state", "last_act", "last_act_at", "last_act_by", *more])
    if act in _OPENING:
        link_opened(sheet.pk)


def _void(sheet: ScoreSheet, part: SheetPart | None, by: Session, at: datetime, reason: str) -> None:
    """What was signed no longer holds; the receipt stays and says so."""
    Submission.objects.filter(sheet=sheet, part=part, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by=by.user, withdrawn_reason=reason
    )


def _log(
    row: ScoreSheet | SheetPart, sheet: ScoreSheet, act: str, before: str, after: str, by: Session | None,
    at: datetime, role: Role | None, reason: str = "", **more: object,
) -> AuditRecord:  # fmt: skip
    unit = row.lead_unit_id if isinstance(row, SheetPart) else sheet.unit_id
    return audit_log.record(
        act, audit_log.target(row, unit=unit, cycle=sheet.cycle_id), by=by, at=at, role=role, reason=reason,
        before={"state": str(before)}, after={"state": str(after), **more},
    )  # fmt: skip


def _signed(
    sheet: ScoreSheet, part: SheetPart | None, act: str, row: ScoreSheet | SheetPart, after: SheetState, claim: str,
    by: Session, at: datetime, reason: str,
) -> Submission:  # fmt: skip
    """The claim as it was signed, with its place in the log."""
    last = Submission.objects.filter(sheet=sheet, part=part).aggregate(Max("number"))["number__max"] or 0
    fingerprint = fingerprint_of(claim)
    line = _log(
        row, sheet, act, row.state, after, by, at, Role.UNIT_LEADER, reason, fingerprint=fingerprint, number=last + 1
    )
    return Submission.objects.create(
        sheet=sheet, part=part, number=last + 1, submitted_by=by.user, submitted_at=at, claim=claim,
        fingerprint=fingerprint, log_sequence=line.sequence, log_hash=line.hash,
    )  # fmt: skip
