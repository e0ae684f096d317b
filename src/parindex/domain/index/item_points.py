"""The points of one item over all units: rule, typed points and their precedence, and the state that follows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import Self

import numpy as np
from numpy.typing import NDArray

from parindex.domain.scoring.batches import evaluate_batch
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.outcome import Outcome, needs_decision
from parindex.domain.scoring.score_sheet import Origin, PointsColumn, ScoreSheets
from parindex.domain.scoring.usable import Plan
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
_NO_ORIGIN = np.int8(Origin.NONE)

#: What the state of an entry (from NO_ENTRY on) makes of an item that has points. A request not to assess counts as
#: unanswered until it is approved; an entry that says "unanswered" is believed although a rule could give points.
_IMPOSED = np.array(
    [_ANSWERED, _UNANSWERED, _ANSWERED, _UNANSWERED, _NOT_ASSESSED, _PENDING],
    dtype=np.int8,
)


@dataclass(frozen=True, slots=True, eq=False)
class EntryStates:
    """The states of all entries, worked out for all items in one pass.

    ``imposed[i, u]`` is the :class:`ItemState` that the entry makes of an item with points; ``plain[i]`` says that it
    is ANSWERED for every unit, ``inside[i]`` that every unit keeps the item in its maximum.
    """

    positions: dict[str, int]
    imposed: NDArray[np.int8]
    plain: list[bool]
    inside: list[bool]

    @classmethod
    def of(cls, sheets: ScoreSheets) -> Self:
        """From the states of the sheets."""
        imposed = _IMPOSED[sheets.state + np.int8(1)]
        positions = {code: position for position, code in enumerate(sheets.items)}
        plain = (imposed == _ANSWERED).all(axis=1).tolist()
        return cls(positions, imposed, plain, (imposed <= _ANSWERED).all(axis=1).tolist())


@dataclass(frozen=True, slots=True, eq=False)
class RulePoints:
    """What the rule of an item gives, and its points after the declared item step.

    ``scored`` marks the rows that have points; ``open`` says that some row needs a person: see ``checks``.
    """

    outcome: Outcome
    points: Numbers
    scored: Mask
    open: bool


@dataclass(frozen=True, slots=True, eq=False)
class ItemColumn:
    """One item over all units. ``points`` is 0 where the item is not answered; ``rule`` is what the rule alone would
    give.

    ``in_maximum`` is None where the item counts in the maximum of every unit (the common case, kept cheap).
    """

    points: Numbers
    state: NDArray[np.int8]
    origin: NDArray[np.int8]
    rule: RulePoints | None
    in_maximum: Mask | None

    def pending(self) -> Mask:
        """The rows that wait for a result."""
        return np.asarray(self.state == _PENDING)


def rule_points(plan: Plan, figures: Figures, step: Rounding | None) -> dict[str, RulePoints]:
    """The rules of all items, by code. A rule that rounds itself is not rounded by ``step``."""
    rows = len(figures.units)
    found: dict[str, RulePoints] = {}
    for batch in plan.batches:
        outcome = evaluate_batch(batch, figures)
        points = outcome.points
        if step is not None and batch.rule.round is None:
            points = batch.rule.rounded(points, step)
        scored = outcome.scored
        unsettled = not scored.all() and bool(needs_decision(outcome.branch).any())
        for position, code in enumerate(batch.codes):
            piece = slice(position * rows, (position + 1) * rows)
            one = Outcome(outcome.points.cut(piece), outcome.branch[piece])
            found[code] = RulePoints(one, points.cut(piece), scored[piece], unsettled)
    return found


def score_item(
    code: str, by_rule: RulePoints | None, sheets: ScoreSheets, entries: EntryStates, *, absent: bool
) -> ItemColumn:
    """Bring the rule's points and the typed points of an item together.

    ``absent`` says that the item's part is not measured in this cycle.
    """
    rows = len(sheets.units)
    if by_rule is None:
        outcome, points, origin = None, Numbers.constant(Fraction(0), rows), np.zeros(rows, dtype=np.int8)
    else:
        outcome, points = by_rule, by_rule.points
        origin = by_rule.scored.view(np.int8)  # Origin.NONE is 0 and Origin.RULE is 1
    for source in TYPED_ORIGINS:
        typed = sheets.points(source, code)
        if typed is not None:
            points = typed.numbers.where(typed.present, points)
            origin = np.where(typed.present, np.int8(source), origin)
    if absent:
        nothing = Numbers.constant(Fraction(0), rows)
        away = np.full(rows, ItemState.ABSENT, dtype=np.int8)
        return ItemColumn(nothing, away, origin, outcome, np.zeros(rows, dtype=bool))
    state, inside = _states(entries, code, origin, sheets.points(Origin.APPRAISED, code))
    answered = state == _ANSWERED
    if not answered.all():
        points = points.zero_where(~answered)
    return ItemColumn(points, state, origin, outcome, inside)


def _states(
    entries: EntryStates, code: str, origin: NDArray[np.int8], appraised: PointsColumn | None
) -> tuple[NDArray[np.int8], Mask | None]:
    """The state of the item from the state of the entry and from whether points exist, and where it is in the
    maximum.

    Points of the council stand although the entry was left unanswered or not assessed was asked.
    """
    position = entries.positions[code]
    state = (origin > _NO_ORIGIN).view(np.int8)  # UNANSWERED is 0 and ANSWERED is 1
    if entries.plain[position]:
        return state, None
    imposed = entries.imposed[position]
    claimed = imposed if appraised is None else imposed | appraised.present
    if entries.inside[position]:
        return state & claimed, None
    inside = imposed <= _ANSWERED
    return np.where(inside, state & claimed, imposed), inside
