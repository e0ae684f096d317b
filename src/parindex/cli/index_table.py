"""The areas of one unit as a table: what counts inside the hundred, what is added and taken outside it, the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from parindex.cli import terminal
from parindex.domain.criteria.criteria_set import CriteriaSet, Node, Outside
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.result import PointsOfMaximum, UnitResult
from parindex.wording import numbers, terms
from parindex.wording.language import text

PerCent = Callable[[Fraction | None], str]

#: Points outside the hundred stand with their sign: they are no achievement of a maximum.
_SIGNS = {Outside.BONUS: "+", Outside.PENALTY: "−"}


def outside_of(made: CriteriaSet) -> dict[str, Outside]:
    """Every node outside the hundred by code: the items, and what holds nothing but such items of one kind."""
    items = made.outside_items()
    found: dict[str, Outside] = {}
    for node in made.walk():
        kinds = {items.get(item.code) for item in node.items()}
        kind = kinds.pop()
        if kind is not None and not kinds:
            found[node.code] = kind
    return found


def index_table(made: CriteriaSet, view: UnitResult, per_cent: PerCent = numbers.percent) -> str:
    """Areas, then what stands outside the hundred, then points, maximum and index of the unit.

    ``per_cent`` prints shares and index, so that the table shows them as the text around it does.
    """
    outside = outside_of(made)
    inside = [area for area in made.areas if area.code not in outside]
    rows = [_area(area, view, outside, per_cent) for area in inside]
    if outside:
        rows.extend(_outside_rows(made, view, outside))
    rows.append(["", text("Cộng"), *_points(view.points, view.max_points), per_cent(view.index), ""])
    if view.without_figures:  # 0 points would say what nobody knows
        rows = [[code, title, "–", maximum, "–", said] for code, title, _, maximum, _, said in rows]
    if not any(row[-1] for row in rows):
        rows = [row[:-1] for row in rows]
    heads = [text("Mã"), text("Lĩnh vực"), text("Điểm"), text("Điểm tối đa"), text("Tỷ lệ"), ""]
    return terminal.table(heads[: len(rows[0])], rows, "<<>>><"[: len(rows[0])], total=True)


def _area(area: Node, view: UnitResult, outside: Mapping[str, Outside], per_cent: PerCent) -> list[str]:
    below = [view.nodes[item.code] for item in area.items() if item.code in outside]
    of = view.nodes[area.code]
    points = of.points - sum((one.points for one in below), Fraction(0))
    maximum = of.max_points - sum((one.max_points for one in below), Fraction(0))
    own = PointsOfMaximum(points, maximum)
    state = view.items[area.code].state if area.code in view.items else ItemState.ANSWERED
    said = "" if state is ItemState.ANSWERED else terms.item_state(state)
    return [area.code, area.display_title or area.title, *_points(points, maximum), per_cent(own.per_cent), said]


def _outside_rows(made: CriteriaSet, view: UnitResult, outside: Mapping[str, Outside]) -> Iterator[list[str]]:
    sums = {kind: Fraction(0) for kind in Outside}
    for node in _outermost(made.areas, outside):
        kind, points = outside[node.code], view.nodes[node.code].points
        sums[kind] += points
        shown = _SIGNS[kind] + numbers.points_text(points)
        yield [node.code, f"{node.display_title or node.title} ({terms.outside(kind)})", shown, "", "", ""]
    for kind, counted in ((Outside.BONUS, view.bonus), (Outside.PENALTY, view.penalty)):
        if counted != sums[kind]:
            words = text("{kind}, sau mức trần", kind=terms.outside(kind))
            yield ["", words, _SIGNS[kind] + numbers.points_text(counted), "", "", ""]


def _outermost(nodes: tuple[Node, ...], outside: Mapping[str, Outside]) -> Iterator[Node]:
    for node in nodes:
        if node.code in outside:
            yield node
        else:
            yield from _outermost(node.children, outside)


def _points(points: Fraction, max_points: Fraction) -> list[str]:
    return [numbers.points_text(points), numbers.points_text(max_points)]
