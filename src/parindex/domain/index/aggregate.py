"""Roll-up over the tree: points and maxima are summed, the not-assessed removed at every level; per cents are never
averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.criteria.criteria_set import CriteriaSet, IndexDeclaration, Node, Outside
from parindex.domain.index.item_points import ItemColumn
from parindex.domain.scoring.usable import ItemPlan
from parindex.domain.values import Mask, Numbers, Rounding, total

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


def item_totals(plan: ItemPlan, column: ItemColumn) -> Totals:
    """One item: its points, and its maximum where it counts."""
    if column.in_maximum is None:
        return Totals(column.points, Numbers.constant(plan.max_points, len(column.state)))
    return Totals(column.points, Numbers.constant_on(plan.max_points, column.in_maximum))


def summed(parts: Iterable[Totals], rows: int) -> Totals:
    """Numerators and denominators summed."""
    listed = list(parts)
    return Totals(total([one.points for one in listed], rows), total([one.max_points for one in listed], rows))


def node_totals(criteria_set: CriteriaSet, items: Mapping[str, Totals], rows: int) -> dict[str, Totals]:
    """The totals of every node by code, areas to items."""
    found: dict[str, Totals] = {}

    def roll_up(node: Node) -> Totals:
        totals = items[node.code] if node.is_item else summed((roll_up(child) for child in node.children), rows)
        found[node.code] = totals
        return totals

    for area in criteria_set.areas:
        roll_up(area)
    return found


def part_totals(criteria_set: CriteriaSet, items: Mapping[str, Totals], rows: int) -> dict[str, Totals]:
    """The totals of every declared part of the hundred; an item that counts in none is in none."""
    members: dict[str, list[Totals]] = {part.id: [] for part in criteria_set.parts}
    outside = outside_items(criteria_set)
    for node in criteria_set.items():
        part = criteria_set.part_of(node)
        if part in members and node.code not in outside:
            members[part].append(items[node.code])
    return {part: summed(listed, rows) for part, listed in members.items()}


def outside_items(criteria_set: CriteriaSet) -> dict[str, Outside]:
    """The items that count outside the hundred: those of a node declared bonus or penalty."""
    found: dict[str, Outside] = {}

    def visit(node: Node, inherited: Outside | None) -> None:
        here = node.outside or inherited
        if node.is_item and here is not None:
            found[node.code] = here
        for child in node.children:
            visit(child, here)

    for area in criteria_set.areas:
        visit(area, None)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """The whole sheet: what counts inside the hundred, what is added and taken outside it (after caps), and the
    result.
    """

    inside: Totals
    bonus: Numbers
    penalty: Numbers
    result: Totals


def whole_totals(criteria_set: CriteriaSet, nodes: Mapping[str, Totals], rows: int) -> Whole:
    """Everything inside the hundred, plus capped bonus, minus capped penalty, never below zero."""
    outside = outside_items(criteria_set)
    if outside:
        inside = summed((nodes[node.code] for node in criteria_set.items() if node.code not in outside), rows)
    else:
        inside = summed((nodes[area.code] for area in criteria_set.areas), rows)
    bonus = _outside_points(nodes, outside, Outside.BONUS, criteria_set.index.bonus_cap, rows)
    penalty = _outside_points(nodes, outside, Outside.PENALTY, criteria_set.index.penalty_cap, rows)
    points = inside.points
    if outside:
        points = points.plus(bonus).minus(penalty).limited(low=Fraction(0))
    return Whole(inside, bonus, penalty, Totals(points, inside.max_points))


def _outside_points(
    items: Mapping[str, Totals], outside: Mapping[str, Outside], kind: Outside, cap: Fraction | None, rows: int
) -> Numbers:
    points = total([items[code].points for code, one in outside.items() if one is kind], rows)
    return points.limited(high=cap)


def index_of(whole: Whole, declaration: IndexDeclaration, step: Rounding | None) -> Numbers:
    """The index in per cent after the declared cap and rounding step; grade and rank use this value and no other."""
    per_cent = whole.result.per_cent(None)
    if declaration.cap is not None:
        per_cent = per_cent.limited(high=declaration.cap)
    return per_cent if step is None else per_cent.rounded(step)
