"""Frozen criteria sets ready to compute with; a frozen set never changes, so each is read once per process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import NamedTuple

from parindex.database.models import CriteriaSetVersion
from parindex.documents.criteria_sets.criteria_set_file import parse_criteria_set
from parindex.domain.criteria.criteria_set import CriteriaSet, Node
from parindex.domain.scoring.usable import ItemPlan, Plan, require_usable


class Maxima(NamedTuple):
    """Maximum points as integers over one denominator, so that a sum of them is quick and exact."""

    numerators: Mapping[str, int]
    denominator: int


@dataclass(frozen=True, eq=False)
class FrozenSet:
    """A criteria set with its rules bound, and what pages ask of it again and again."""

    criteria_set: CriteriaSet
    plan: Plan

    @property
    def year(self) -> int:
        """The year of the set; a set without one cannot be frozen."""
        return self.criteria_set.year or 0

    @cached_property
    def items(self) -> dict[str, ItemPlan]:
        """Every item with its rule, by code in reading order."""
        return {item.node.code: item for item in self.plan.items}

    @cached_property
    def ancestors(self) -> dict[str, tuple[Node, ...]]:
        """The nodes above each item, from the area down."""
        found: dict[str, tuple[Node, ...]] = {}

        def visit(node: Node, above: tuple[Node, ...]) -> None:
            if node.is_item:
                found[node.code] = above
            for child in node.children:
                visit(child, (*above, node))

        for area in self.criteria_set.areas:
            visit(area, ())
        return found

    @cached_property
    def codes_above(self) -> dict[str, tuple[str, ...]]:
        """The codes of the nodes above each item, from the area down."""
        return {code: tuple(node.code for node in nodes) for code, nodes in self.ancestors.items()}

    @cached_property
    def measures_of(self) -> dict[str, tuple[str, ...]]:
        """The measures of this year that each item's rule reads, in the order of the rule."""
        return {
            code: tuple(dict.fromkeys(measure for measure, by in item.rule.measures() if by in (0, self.year)))
            if item.rule is not None
            else ()
            for code, item in self.items.items()
        }

    @cached_property
    def maxima(self) -> Maxima:
        """The maxima of the items; those outside the hundred count as 0."""
        points = {code: item.max_points for code, item in self.items.items() if code not in self.plan.outside}
        denominator = lcm(*(one.denominator for one in points.values()))
        inside = {code: one.numerator * (denominator // one.denominator) for code, one in points.items()}
        return Maxima({code: inside.get(code, 0) for code in self.items}, denominator)

    @cached_property
    def read_by(self) -> dict[str, frozenset[str]]:
        """The measures that each item's rule reads, of any year."""
        return {
            code: frozenset(measure for measure, _ in item.rule.measures()) if item.rule is not None else frozenset()
            for code, item in self.items.items()
        }

    @cached_property
    def items_of(self) -> dict[str, tuple[str, ...]]:
        """The items whose rules read each measure, whatever the year."""
        found: dict[str, list[str]] = {}
        for code, item in self.items.items():
            for measure in dict.fromkeys(measure for measure, _ in (item.rule.measures() if item.rule else ())):
                found.setdefault(measure, []).append(code)
        return {measure: tuple(codes) for measure, codes in found.items()}


#: Sets by their fingerprint, which covers all of their content; the oldest goes first.
_known: dict[str, FrozenSet] = {}
_KEPT = 64


def frozen_set(version: CriteriaSetVersion) -> FrozenSet:
    """The set of a frozen version; its content is read only where this process has not met it yet."""
    key = version.fingerprint or version.content
    found = _known.get(key)
    if found is None:
        criteria_set = parse_criteria_set(version.content)
        found = FrozenSet(criteria_set, require_usable(criteria_set))
        if len(_known) >= _KEPT:
            _known.pop(next(iter(_known)), None)
        _known[key] = found
    return found
