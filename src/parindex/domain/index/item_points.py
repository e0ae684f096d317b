"""The points of one item over all units: rule, typed points and their precedence, and the state that follows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from parindex.domain.scoring.outcome import Outcome
from parindex.domain.scoring.score_sheet import EntryState, Origin, ScoreSheets
from parindex.domain.scoring.usable import ItemPlan
from parindex.domain.values import Mask, Numbers, Rounding

#: Typed points in rising precedence: a later one replaces an earlier one.
TYPED_ORIGINS = (Origin.SELF, Origin.SURVEY, Origin.EXTERNAL, Origin.APPRAISED)


class ItemState(IntEnum):
    """What an item counts as in the result of a unit."""

    UNANSWERED = 0  # earns nothing, stays in the maximum
    ANSWERED = 1  # earns its points, zero included
    NOT_ASSESSED = 2  # has left points and maximum, with an approved reason
    PENDING = 3  # is left out of points and maximum of a provisional index
    ABSENT = 4  # its part is not measured in this cycle: has left points and maximum


# Beside columns of int8 a plain int8 compares ten times faster than a member of an enumeration.
_UNANSWERED, _ANSWERED = np.int8(ItemState.UNANSWERED), np.int8(ItemState.ANSWERED)
_NOT_ASSESSED, _PENDING = np.int8(ItemState.NOT_ASSESSED), np.int8(ItemState.PENDING)
_NO_ORIGIN, _APPRAISED = np.int8(Origin.NONE), np.int8(Origin.APPRAISED)
_ENTRY_UNANSWERED, _ENTRY_ANSWERED = np.int8(EntryState.UNANSWERED), np.int8(EntryState.ANSWERED)


@dataclass(frozen=True, slots=True, eq=False)
class ItemColumn:
    """One item over all units. ``points`` is 0 where the item is not answered; ``rule`` is what the rule alone would
    give.

    ``in_maximum`` is None where the item counts in the maximum of every unit (the common case, kept cheap).
    """

    points: Numbers
    state: NDArray[np.int8]
    origin: NDArray[np.int8]
    rule: Outcome | None
    in_maximum: Mask | None

    def pending(self) -> Mask:
        """The rows that wait for a result."""
        return np.asarray(self.state == _PENDING)


def score_item(
    plan: ItemPlan, outcome: Outcome | None, sheets: ScoreSheets, position: int, step: Rounding | None, *, absent: bool
) -> ItemColumn:
    """Bring the rule's points (rounded by the declared item ``step``) and the typed points together.

    ``position`` is the row of the item in ``sheets.state``; ``absent`` says that the item's part is not measured in
    this cycle.
    """
    rows = len(sheets.units)
    points, origin = _rule_points(outcome, step if plan.rule is None or plan.rule.round is None else None, rows)
    for source in TYPED_ORIGINS:
        typed = sheets.points(source, plan.node.code)
        if typed is not None:
            points = typed.numbers.where(typed.present, points)
            origin = np.where(typed.present, np.int8(source), origin)
    state = np.full(rows, ItemState.ABSENT, dtype=np.int8) if absent else _states(sheets.state[position], origin)
    answered = state == _ANSWERED
    if not answered.all():
        points = points.zero_where(~answered)
    counts = state <= _ANSWERED
    return ItemColumn(points, state, origin, outcome, None if counts.all() else counts)


def _rule_points(outcome: Outcome | None, step: Rounding | None, rows: int) -> tuple[Numbers, NDArray[np.int8]]:
    if outcome is None:
        return Numbers.constant(Fraction(0), rows), np.zeros(rows, dtype=np.int8)
    points = outcome.points if step is None else outcome.points.rounded(step)
    return points, outcome.scored.view(np.int8)  # Origin.NONE is 0 and Origin.RULE is 1


def _states(entry: NDArray[np.int8], origin: NDArray[np.int8]) -> NDArray[np.int8]:
    """The state of the item from the state of the entry and from whether points exist.

    A request not to assess counts as unanswered until it is approved, unless the council granted points. An entry
    that says "unanswered" is believed although a rule could give points: nobody has claimed them.
    """
    state = (origin > _NO_ORIGIN).view(np.int8)  # UNANSWERED is 0 and ANSWERED is 1
    if not ((entry > _ENTRY_ANSWERED) | (entry == _ENTRY_UNANSWERED)).any():
        return state
    granted = np.where(origin == _APPRAISED, state, _UNANSWERED)
    return np.asarray(np.choose(entry + 1, (state, granted, state, granted, _NOT_ASSESSED, _PENDING)))
