"""Roll-up over the tree: points and maxima are summed, the not-assessed removed at every level; per cents are never
averaged.

In reading order the items below a node stand side by side, so every node is the sum of a stretch of items.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from parindex.domain.criteria.criteria_set import CriteriaSet, IndexDeclaration, Outside
from parindex.domain.index.item_points import ScoredItems
from parindex.domain.index.item_states import in_maximum
from parindex.domain.scoring.usable import Plan
from parindex.domain.values import Mask, Numbers, Rounding, block_sum, integer_type

HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """Points and maximum of a node, a part or the whole, per unit; the maximum is of what is assessed."""

    points: Numbers
    max_points: Numbers

    def assessed(self) -> Mask:
        """The units for which anything is left to assess; the others have no per cent."""
        return self.max_points.above(Fraction(0))

    def per_cent(self, step: Rounding | None = None) -> Numbers:
        """points ÷ maximum × 100, rounded by ``step`` if declared; 0 where nothing is assessed (see
        :meth:`assessed`).
        """
        quotient = self.points.times(HUNDRED).over(self.max_points, self.assessed())
        return quotient if step is None else quotient.rounded(step)


@dataclass(frozen=True, slots=True, eq=False)
class ItemTotals:
    """Points of every item, and its maximum where it counts: stacks of one block an item, in reading order."""

    points: Numbers
    max_points: Numbers
    positions: Mapping[str, int]
    rows: int

    def of(self, blocks: slice | Sequence[int]) -> Totals:
        """Numerators and denominators of some items summed."""
        return Totals(block_sum(self.points, self.rows, blocks), block_sum(self.max_points, self.rows, blocks))

    def at(self, codes: Iterable[str]) -> list[int]:
        """The blocks of the items ``codes``."""
        return [self.positions[code] for code in codes]


def item_totals(plan: Plan, items: ScoredItems) -> ItemTotals:
    """Every item with its points, and its maximum where it counts."""
    den = lcm(*(item.max_points.denominator for item in plan.items))
    maxima = [item.max_points.numerator * (den // item.max_points.denominator) for item in plan.items]
    bound = max(maxima)
    tops = np.array(maxima, dtype=integer_type(bound))
    max_points = Numbers((in_maximum(items.states) * tops[:, None]).reshape(-1), den, bound, den, not_negative=True)
    return ItemTotals(items.points, max_points, items.positions, items.rows)


class NodeTotals(Mapping[str, Totals]):
    """The totals of every node by code, in reading order; a node is added up when it is first asked for."""

    def __init__(self, criteria_set: CriteriaSet, items: ItemTotals) -> None:
        self._nodes = {node.code: node for node in criteria_set.walk()}
        self._items = items
        self._found: dict[str, Totals] = {}

    def __getitem__(self, code: str) -> Totals:
        if code not in self._found:
            below = list(self._nodes[code].items())
            first = self._items.positions[below[0].code]
            self._found[code] = self._items.of(slice(first, first + len(below)))
        return self._found[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)


def part_totals(criteria_set: CriteriaSet, plan: Plan, items: ItemTotals) -> dict[str, Totals]:
    """The totals of every declared part of the hundred; an item that counts in none is in none."""
    members: dict[str, list[str]] = {part.id: [] for part in criteria_set.parts}
    for item in plan.items if members else ():
        part = criteria_set.part_of(item.node)
        if part in members and item.node.code not in plan.outside:
            members[part].append(item.node.code)
    return {part: items.of(items.at(codes)) for part, codes in members.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """The whole sheet: what counts inside the hundred, what is added and taken outside it (after caps), and the
    result.
    """

    inside: Totals
    bonus: Numbers
    penalty: Numbers
    result: Totals


def whole_totals(declaration: IndexDeclaration, plan: Plan, items: ItemTotals) -> Whole:
    """Everything inside the hundred, plus capped bonus, minus capped penalty, never below zero."""
    outside = plan.outside
    inside = items.of(items.at(code for code in items.positions if code not in outside) if outside else slice(None))
    bonus = _outside_points(items, outside, Outside.BONUS).limited(high=declaration.bonus_cap)
    penalty = _outside_points(items, outside, Outside.PENALTY).limited(high=declaration.penalty_cap)
    points = inside.points
    if outside:
        points = points.plus(bonus).minus(penalty).limited(low=Fraction(0))
    return Whole(inside, bonus, penalty, Totals(points, inside.max_points))


def _outside_points(items: ItemTotals, outside: Mapping[str, Outside], kind: Outside) -> Numbers:
    blocks = items.at(code for code, one in outside.items() if one is kind)
    return block_sum(items.points, items.rows, blocks)


def index_of(whole: Whole, declaration: IndexDeclaration, step: Rounding | None) -> Numbers:
    """The index in per cent after the declared cap and rounding step; grade and rank use this value and no other."""
    per_cent = whole.result.per_cent(None)
    if declaration.cap is not None:
        per_cent = per_cent.limited(high=declaration.cap)
    return per_cent if step is None else per_cent.rounded(step)
