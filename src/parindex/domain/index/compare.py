"""Two results side by side: what changed in points, per cent, grade and rank, and in which items.

Only what both results hold is compared; units and items that stand in one result alone are listed, never matched by
guess (a unit that was merged or renamed has another id, and its comparison must be declared).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.result import ItemResult, PointsOfMaximum, UnitResult
from parindex.domain.units import Unit


class Comparable(Protocol):
    """What a comparison asks of a result: one that has just been computed, or one that was stored."""

    @property
    def criteria_set(self) -> CriteriaSet:
        """The nodes with their titles."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units in row order."""

    @property
    def items(self) -> Mapping[str, Any]:
        """Anything by item code."""

    def unit(self, row: int) -> UnitResult:
        """Everything of one unit."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item of one unit in both results; ``points`` is after minus before, None where either side is not assessed
    or pending.
    """

    code: str
    before: ItemResult
    after: ItemResult
    points: Fraction | None


@dataclass(frozen=True, slots=True)
class NodeChange:
    """One area or criterion in both results; ``per_cent`` is after minus before in percentage points."""

    code: str
    before: PointsOfMaximum
    after: PointsOfMaximum
    per_cent: Fraction | None


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One unit in both results.

    ``index`` is after minus before in percentage points; ``rank_change`` is positive for places won (before minus
    after), as newspapers and reports count it (20 → 35 is −15). Both None where either side has none.
    """

    unit: str
    title: str
    before: UnitResult
    after: UnitResult
    index: Fraction | None
    rank_change: int | None
    nodes: tuple[NodeChange, ...]
    items: tuple[ItemChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two results: the units of both, and what stands in one alone.

    ``retitled`` lists codes whose titles differ between the sets (before, after): the same code may mean something
    else another year.
    """

    units: tuple[UnitChange, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    items_only_before: tuple[str, ...]
    items_only_after: tuple[str, ...]
    retitled: Mapping[str, tuple[str, str]]


def compare_results(before: Comparable, after: Comparable) -> Comparison:
    """Set ``after`` beside ``before``, unit by unit and item by item."""
    old, new = ({unit.id: row for row, unit in enumerate(one.units)} for one in (before, after))
    shared = [unit for unit in new if unit in old]
    return Comparison(
        units=tuple(_unit(before.unit(old[unit]), after.unit(new[unit])) for unit in shared),
        only_before=tuple(unit for unit in old if unit not in new),
        only_after=tuple(unit for unit in new if unit not in old),
        items_only_before=tuple(code for code in before.items if code not in after.items),
        items_only_after=tuple(code for code in after.items if code not in before.items),
        retitled=_retitled(before, after),
    )


def _retitled(before: Comparable, after: Comparable) -> dict[str, tuple[str, str]]:
    titles = {node.code: node.title for node in before.criteria_set.walk()}
    changed = ((node, titles.get(node.code)) for node in after.criteria_set.walk())
    return {node.code: (old, node.title) for node, old in changed if old is not None and old != node.title}


def _unit(before: UnitResult, after: UnitResult) -> UnitChange:
    return UnitChange(
        unit=after.unit.id,
        title=after.unit.full_title,
        before=before,
        after=after,
        index=None if before.index is None or after.index is None else after.index - before.index,
        rank_change=None if before.rank is None or after.rank is None else before.rank - after.rank,
        nodes=tuple(
            _node(code, before.nodes[code], of)
            for code, of in after.nodes.items()
            if code in before.nodes and code not in after.items
        ),
        items=tuple(_item(code, before.items[code], one) for code, one in after.items.items() if code in before.items),
    )


def _node(code: str, before: PointsOfMaximum, after: PointsOfMaximum) -> NodeChange:
    old, new = before.per_cent, after.per_cent
    return NodeChange(code, before, after, None if old is None or new is None else new - old)


def _item(code: str, before: ItemResult, after: ItemResult) -> ItemChange:
    counted = max(before.state, after.state) <= ItemState.ANSWERED
    return ItemChange(code, before, after, after.points - before.points if counted else None)
