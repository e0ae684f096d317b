"""Moving a sheet or a part from stage to stage: what is held, what follows, and its record, which comes last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.database.models import AuditRecord, ScoreSheet, SheetPart, Submission
from parindex.database.queries.score_sheets import part_facts, sheets
from parindex.domain.review.permissions import PartFacts
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import Act, SheetState, transition
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.citations import Linked, link_opened
from parindex.usecases.claims import is_in_parts

#: What opens for writing what had been closed.
_OPENING = frozenset({Act.SEND_BACK, Act.WITHDRAW, Act.RETURN, Act.UNLOCK, Act.ASK})


@dataclass(frozen=True, slots=True)
class Held:
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


def held_part(part_id: int) -> Held:
    """The sheet is held first, then its parts: whoever else takes both does so in the same order."""
    sheet, parts = held_sheet(SheetPart.objects.values_list("sheet", flat=True).get(pk=part_id))
    return Held(sheet, next(part for part in parts if part.pk == part_id), parts)


def held_sheet(sheet_id: int) -> tuple[ScoreSheet, list[SheetPart]]:
    """Two signatures at the same moment come one after the other: the second finds the stage changed."""
    ScoreSheet.objects.select_for_update(no_key=True).only("pk").get(pk=sheet_id)
    parts = list(SheetPart.objects.select_for_update(no_key=True).filter(sheet=sheet_id).order_by("pk"))
    return sheets().get(pk=sheet_id), parts


def was_returned(sheet: ScoreSheet, parts: Sequence[SheetPart]) -> bool:
    """Whether the sheet as a whole had been returned, by the council with questions or by the office; where it has no
    parts, the reason stands with its only one.
    """
    return sheet.answer_until is not None or (not is_in_parts(sheet, parts) and bool(parts[0].returned_reason))


def move_part(held: Held, act: Act, by: Session, at: datetime, reason: str = "") -> None:
    """A part goes where ``act`` takes it, its sheet with it where it is the whole of it."""
    before, after = SheetState(held.part.state), held.after(act)
    roles = transition(act, before).roles
    place = held.sheet.unit_path if act is Act.RETURN else held.part.lead_path
    role = by.actor.role_at(place, *roles, cycle=held.sheet.cycle_id)
    held.part.state = after
    held.part.save(update_fields=["state"])
    linked = stand(held.sheet, SheetState(held.sheet.state) if held.in_parts else after, act, by, at)
    log_move(held.part if held.in_parts else held.sheet, held.sheet, act, before, after, by, at, role, reason, linked)


def move_sheet(
    sheet: ScoreSheet, parts: Sequence[SheetPart], act: Act, by: Session, at: datetime, roles: Sequence[Role],
    reason: str = "",
) -> None:  # fmt: skip
    """A sheet goes where ``act`` takes it; withdrawn or returned, the only part of one without parts goes with it."""
    before, after = sheet.state, transition(act, SheetState(sheet.state), again=was_returned(sheet, parts)).after
    place = sheet.cycle.owner_path if act is Act.RETURN else sheet.unit_path
    role = by.actor.role_at(place, *roles, cycle=sheet.cycle_id)
    if act in (Act.WITHDRAW, Act.RETURN) and not is_in_parts(sheet, parts):
        returned = {"returned_reason": reason} if act is Act.RETURN else {}
        SheetPart.objects.filter(pk=parts[0].pk).update(state=after, **returned)
    linked = stand(sheet, after, act, by, at, submitted_at=None)
    log_move(sheet, sheet, act, before, after, by, at, role, reason, linked)


def stand(
    sheet: ScoreSheet, state: SheetState, act: Act, by: Session | None, at: datetime, **more: datetime | None
) -> Linked:
    """Keep with the sheet where it stands and who moved it last; what it opens for writing is linked anew."""
    sheet.state, sheet.last_act, sheet.last_act_at = state, act, at
    sheet.last_act_by = by.user if by else None
    for name, value in more.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=["state", "last_act", "last_act_at", "last_act_by", *more])
    return link_opened(sheet.pk) if act in _OPENING else Linked()


def void(sheet: ScoreSheet, part: SheetPart | None, by: Session, at: datetime, reason: str) -> None:
    """What was signed last no longer holds; the receipt stays and says so."""
    standing = Submission.objects.filter(sheet=sheet, part=part, withdrawn_at=None).order_by("-number")
    Submission.objects.filter(pk__in=standing.values("pk")[:1]).update(
        withdrawn_at=at, withdrawn_by=by.user, withdrawn_reason=reason
    )


def log_move(
    row: ScoreSheet | SheetPart, sheet: ScoreSheet, act: str, before: str, after: str, by: Session | None,
    at: datetime, role: Role | None, reason: str, linked: Linked, **more: object,
) -> AuditRecord:  # fmt: skip
    """The record of a move, written after all that follows from it: the head of the log is held last."""
    unit = row.lead_unit_id if isinstance(row, SheetPart) else sheet.unit_id
    return audit_log.record(
        act, audit_log.target(row, unit=unit, cycle=sheet.cycle_id), by=by, at=at, role=role, reason=reason,
        before={"state": str(before), **linked.before}, after={"state": str(after), **linked.after, **more},
    )  # fmt: skip
