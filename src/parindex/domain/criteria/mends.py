"""Mending a criteria set: small acts on it as data, each a pure function from one set to another.

Rows are named by their position in reading order, from 0: a set with contradictions may have a code twice. Acts are
applied one after the other, each on what the one before has left.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.criteria_set import CriteriaSet, Measure, Node
from parindex.domain.errors import InvalidValue, Place

#: Rows of one group, in their order.
Nodes = tuple[Node, ...]
#: What of a row may be changed where it stands.
ROW_FIELDS = frozenset(
    {
        "bonus", "code", "display_title", "evidence", "max_points", "note", "options", "outside", "part",
        "printed_code", "rule", "source", "survey", "title",
    }
)  # fmt: skip
#: What of the set itself may be changed; its id names it through all versions.
SET_FIELDS = frozenset(
    {
        "declared", "excerpt", "feeds", "forms", "grades", "identities", "index", "legal_basis", "level", "parts",
        "printed_total", "reference", "rounding", "timetable", "title", "totals", "unit_groups", "year",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EditRow:
    """Give a row other values."""

    row: int
    values: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class EditSet:
    """Give the set itself other values."""

    values: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class EditMeasure:
    """Declare a measure, give it other properties, or take it away (None)."""

    id: str
    measure: Measure | None


@dataclass(frozen=True, slots=True)
class AddGroup:
    """Put a row that the paper lacks above some neighbours: ``first`` and the ``count`` - 1 siblings after it."""

    first: int
    count: int
    code: str
    title: str
    max_points: Fraction | None = None


@dataclass(frozen=True, slots=True)
class FoldOptions:
    """Turn the rows below an item into its option lines: they are ways to earn its points and no parts of it."""

    row: int


@dataclass(frozen=True, slots=True)
class AddRow:
    """Put a new row after the row and all below it, or (``inside``) as the last one below it."""

    row: int
    node: Node
    inside: bool = False


@dataclass(frozen=True, slots=True)
class RemoveRow:
    """Take a row away, with all below it."""

    row: int


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Let a row change places with the one before it in its group (``by`` -1) or after it (1)."""

    row: int
    by: int


Mend = EditRow | EditSet | EditMeasure | AddGroup | FoldOptions | AddRow | RemoveRow | MoveRow


def mended(criteria_set: CriteriaSet, mends: Iterable[Mend]) -> CriteriaSet:
    """``criteria_set`` after ``mends``.

    Raises :class:`InvalidValue`: ``unknown_row`` (fact ``row``), ``not_editable`` (``field``), ``unknown_measure``,
    ``nowhere_to_move``.
    """
    for one in mends:
        criteria_set = _once(criteria_set, one)
    return criteria_set


def row_at(criteria_set: CriteriaSet, row: int) -> Node:
    """The node at a position; raises :class:`InvalidValue` (``unknown_row``)."""
    found = next((node for at, node in enumerate(criteria_set.walk()) if at == row), None)
    if found is None:
        raise InvalidValue("unknown_row", row=row)
    return found


def position_of(criteria_set: CriteriaSet, place: Place) -> int | None:
    """The row that stands at ``place``, whose code may have been corrected since; None where no row does."""
    plain = replace(place, code=None)
    if plain != Place():
        for at, node in enumerate(criteria_set.walk()):
            if replace(node.place, code=None) == plain:
                return at
    alike = [at for at, node in enumerate(criteria_set.walk()) if node.code == place.code]
    return alike[-1] if alike else None


def _once(criteria_set: CriteriaSet, one: Mend) -> CriteriaSet:
    if isinstance(one, EditSet):
        _require_known(one.values, SET_FIELDS)
        return replace(criteria_set, **one.values)
    if isinstance(one, EditMeasure):
        return _with_measure(criteria_set, one)
    if isinstance(one, EditRow):
        _require_known(one.values, ROW_FIELDS)
        values = dict(one.values)
        return _at(criteria_set, one.row, lambda node: replace(node, **values))
    if isinstance(one, AddGroup):
        return _regrouped(criteria_set, one.first, lambda nodes, at: _with_group(nodes, at, one))
    if isinstance(one, AddRow) and not one.inside:
        return _regrouped(criteria_set, one.row, lambda nodes, at: (*nodes[: at + 1], one.node, *nodes[at + 1 :]))
    if isinstance(one, AddRow):
        new = one.node
        return _at(criteria_set, one.row, lambda node: replace(node, children=(*node.children, new)))
    if isinstance(one, RemoveRow):
        return _regrouped(criteria_set, one.row, lambda nodes, at: (*nodes[:at], *nodes[at + 1 :]))
    if isinstance(one, MoveRow):
        return _regrouped(criteria_set, one.row, lambda nodes, at: _moved(nodes, at, one.by))
    return _at(criteria_set, one.row, _folded)


def _require_known(values: Mapping[str, Any], known: frozenset[str]) -> None:
    for name in values:
        if name not in known:
            raise InvalidValue("not_editable", field=name)


def _with_measure(criteria_set: CriteriaSet, one: EditMeasure) -> CriteriaSet:
    measures = dict(criteria_set.measures)
    if one.measure is not None:
        measures[one.id] = one.measure
    elif one.id in measures:
        del measures[one.id]
    else:
        raise InvalidValue("unknown_measure", measure=one.id)
    return replace(criteria_set, measures=measures)


def _at(criteria_set: CriteriaSet, row: int, change: Callable[[Node], Node]) -> CriteriaSet:
    row_at(criteria_set, row)
    counter = itertools.count()

    def visit(node: Node) -> Node:
        here = next(counter) == row
        below = replace(node, children=tuple(visit(child) for child in node.children))
        return change(below) if here else below

    return replace(criteria_set, areas=tuple(visit(area) for area in criteria_set.areas))


def _folded(node: Node) -> Node:
    lines = (*node.options, *(_option_line(child) for child in node.children))
    return replace(node, children=(), options=lines)


def _option_line(node: Node) -> str:
    return node.title if node.max_points is None else f"{node.title}: {node.max_points}"


def _with_group(nodes: Nodes, at: int, one: AddGroup) -> Nodes:
    group = Node(one.code, one.title, one.max_points, children=nodes[at : at + one.count])
    return (*nodes[:at], group, *nodes[at + one.count :])


def _moved(nodes: Nodes, at: int, by: int) -> Nodes:
    to = at + by
    if not 0 <= to < len(nodes):
        raise InvalidValue("nowhere_to_move")
    rows = list(nodes)
    rows[at], rows[to] = rows[to], rows[at]
    return tuple(rows)


def _regrouped(criteria_set: CriteriaSet, row: int, change: Callable[[Nodes, int], Nodes]) -> CriteriaSet:
    """The set with the siblings of a row changed; ``change`` gets them and the place of the row among them."""
    row_at(criteria_set, row)
    counter = itertools.count()

    def visit(nodes: Nodes) -> Nodes:
        starts = []
        below = []
        for node in nodes:
            starts.append(next(counter))
            below.append(replace(node, children=visit(node.children)))
        return change(tuple(below), starts.index(row)) if row in starts else tuple(below)

    return replace(criteria_set, areas=visit(criteria_set.areas))
