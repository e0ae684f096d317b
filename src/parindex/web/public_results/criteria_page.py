"""The criteria of a published cycle: the tree of each group's set, with the rules in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import CycleGroup
from parindex.domain.criteria.criteria_set import Node
from parindex.wording.rule_words import rule_words
from parindex.wording.terms import source


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One row of the tree; ``rule`` in words, "" where points are given by others."""

    level: int
    node: Node
    source: str
    rule: str
    clause: str
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class CriteriaPage:
    """The set of one group: an area of it, or all where ``area`` is ""."""

    group: CycleGroup
    groups: Sequence[CycleGroup]
    frozen: FrozenSet
    area: str
    rows: Sequence[CriterionRow]


def criteria_page(groups: Sequence[CycleGroup], code: str, area: str, *, whole: bool) -> CriteriaPage:
    """The page of a group; one area at a time, so that it stays light, or everything to be printed."""
    group = next((one for one in groups if one.code == code), groups[0])
    frozen = frozen_set(group.set_version)
    codes = [one.code for one in frozen.criteria_set.areas]
    shown = "" if whole else area if area in codes else codes[0]
    rows = [_row(frozen, level, node) for level, node in _walk(frozen, shown)]
    return CriteriaPage(group, groups, frozen, shown, rows)


def _walk(frozen: FrozenSet, area: str) -> list[tuple[int, Node]]:
    found, inside = [], False
    for level, node in frozen.criteria_set.walk_with_depth():
        if level == 1:
            inside = area in ("", node.code)
        if inside:
            found.append((level, node))
    return found


def _row(frozen: FrozenSet, level: int, node: Node) -> CriterionRow:
    plan, data = frozen.items.get(node.code), node.rule
    words = ""
    if plan is not None and plan.rule is not None and plan.rule.kind != "given":
        words = rule_words(plan.rule, frozen.criteria_set.measures)
    return CriterionRow(
        level, node, source(node.source) if node.is_item else "", words,
        data.clause if data is not None else "", data is not None and data.assumed,
    )  # fmt: skip
