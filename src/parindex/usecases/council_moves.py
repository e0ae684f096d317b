"""How the council moves a sheet from stage to stage, with all parts that stand where the sheet stood."""

from __future__ import annotations

from datetime import datetime

from parindex.database.models import ScoreSheet, SheetPart
from parindex.database.queries.appraisals import items_left
from parindex.domain.review.opinions import SETTLED
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import Act, SheetState, befores, transition
from parindex.usecases.actors import Session
from parindex.usecases.sheet_moves import log_move, stand

_SETTLED = sorted(str(state) for state in SETTLED)


def move_by_council(
    sheet: ScoreSheet, act: Act, *, by: Session | None, at: datetime, role: Role | None = None, reason: str = ""
) -> None:
    """A held sheet goes where ``act`` takes it, and so do its parts; with its record, which comes last."""
    before = SheetState(sheet.state)
    move = transition(act, before)
    SheetPart.objects.filter(sheet=sheet, state__in=[str(state) for state in befores(act)]).update(state=move.after)
    linked = stand(sheet, move.after, act, by, at)
    role = role or (by.actor.role_at(sheet.cycle.owner_path, *move.roles, cycle=sheet.cycle_id) if by else None)
    log_move(sheet, sheet, act, before, move.after, by, at, role, reason, linked)


def settle_stage(sheet: ScoreSheet, *, by: Session | None, at: datetime) -> None:
    """The stage of a held sheet follows from its items: appraised once nothing is left, taken up again once something
    is. One query where it stays as it is, none where that cannot change.
    """
    if sheet.state not in (SheetState.IN_APPRAISAL, SheetState.APPRAISED):
        return
    left = bool(items_left(sheet=sheet.pk, settled=_SETTLED))
    if left == (sheet.state == SheetState.APPRAISED):
        move_by_council(sheet, Act.REOPEN if left else Act.APPRAISE, by=by, at=at)
