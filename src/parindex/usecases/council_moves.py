"""How the council moves a sheet from stage to stage, with all parts that stand where the sheet stood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from parindex.database.models import ScoreSheet, SheetPart
from parindex.database.queries.appraisals import items_left
from parindex.database.queries.key_pieces import pieces
from parindex.domain.review.opinions import SETTLED
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import Act, SheetState, befores, transition
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.sheet_moves import log_move, stand

_SETTLED = sorted(str(state) for state in SETTLED)
#: Stages that follow from what is left.
_SETTLING = (SheetState.IN_APPRAISAL, SheetState.RESUBMITTED, SheetState.APPRAISED)


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


def move_all(
    sheets: Sequence[ScoreSheet], act: Act, *, by: Session, at: datetime, reason: str = ""
) -> list[tuple[audit_log.Target, audit_log.Told]]:
    """Held sheets of one cycle go where ``act`` takes them, and so do their parts; the lines for the log, which the
    caller writes once nothing else is left to do. Two queries for some hundred of them.
    """
    states = sorted(befores(act))
    after = transition(act, states[0]).after
    lines = []
    for keys in pieces(one.pk for one in sheets):
        SheetPart.objects.filter(sheet__in=keys, state__in=[str(one) for one in states]).update(state=after)
        ScoreSheet.objects.filter(pk__in=keys).update(state=after, last_act=act, last_act_at=at, last_act_by=by.user)
    for sheet in sheets:
        before, sheet.state = str(sheet.state), after
        sheet.last_act, sheet.last_act_at, sheet.last_act_by = act, at, by.user
        what = audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id)
        lines.append((what, audit_log.Told({"state": before}, {"state": str(sheet.state)}, reason)))
    return lines


def settle_stage(sheet: ScoreSheet, *, by: Session | None, at: datetime) -> None:
    """The stage of a held sheet follows from its items: appraised once nothing is left, taken up again once something
    is. An answer that leaves nothing is taken up first; one that leaves something waits for who looks at it.

    One query where it stays as it is, none where that cannot change.
    """
    if sheet.state not in _SETTLING:
        return
    left = bool(items_left(sheet=sheet.pk, settled=_SETTLED))
    if sheet.state == SheetState.RESUBMITTED and not left:
        move_by_council(sheet, Act.TAKE_UP, by=by, at=at)
    if sheet.state != SheetState.RESUBMITTED and left == (sheet.state == SheetState.APPRAISED):
        move_by_council(sheet, Act.REOPEN if left else Act.APPRAISE, by=by, at=at)
