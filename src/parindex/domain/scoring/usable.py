"""Whether a criteria set can be computed with, and its rules ready to be evaluated."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.domain.criteria.criteria_set import CriteriaSet, Node
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.scoring.batches import Batch, batched
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.rule_table import parse_rule


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """An item with its maximum and its rule; ``rule`` is None where points are typed by hand."""

    node: Node
    max_points: Fraction
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A criteria set made ready: its items in reading order, and their rules in batches that are evaluated together."""

    items: tuple[ItemPlan, ...]
    batches: tuple[Batch, ...]


def require_usable(criteria_set: CriteriaSet) -> Plan:
    """The items of ``criteria_set`` with their rules bound to its year.

    Raises :class:`InvalidInput` with every reason at once why nothing can be computed: a code twice, an item without
    a maximum, a rule that cannot be read, a year missing, a part, total or identity that names what does not exist.
    """
    problems = [*_structure_problems(criteria_set)]
    items: list[ItemPlan] = []
    for node in criteria_set.items():
        if node.max_points is None or node.max_points < 0:
            problems.append(Problem("item_without_maximum", _place(node), {"code": node.code}))
            continue
        try:
            items.append(ItemPlan(node, node.max_points, _rule(criteria_set, node, node.max_points)))
        except InvalidInput as error:
            problems.extend(_placed(problem, node) for problem in error.problems)
    if problems:
        raise InvalidInput(problems)
    return Plan(tuple(items), batched([(item.node.code, item.rule) for item in items if item.rule is not None]))


def _rule(criteria_set: CriteriaSet, node: Node, max_points: Fraction) -> Rule | None:
    if node.rule is None:
        return None
    year = criteria_set.year or 0
    return parse_rule(node.rule.data, max_points=max_points, year=year, measures=criteria_set.measures)


def _structure_problems(criteria_set: CriteriaSet) -> list[Problem]:
    problems = []
    if criteria_set.year is None:
        problems.append(Problem("set_without_year", Place(), {"set": criteria_set.id}))
    if not criteria_set.areas:
        problems.append(Problem("set_without_items", Place(), {"set": criteria_set.id}))
    counts = Counter(node.code for node in criteria_set.walk())
    for node in criteria_set.walk():
        if counts.pop(node.code, 0) > 1:
            problems.append(Problem("code_twice", _place(node), {"code": node.code}))
    return problems + _reference_problems(criteria_set)


def _reference_problems(criteria_set: CriteriaSet) -> list[Problem]:
    parts = {part.id for part in criteria_set.parts}
    items = {node.code for node in criteria_set.items()}
    problems = []
    for node in criteria_set.items():
        if node.part and node.part not in parts:
            problems.append(Problem("unknown_part", _place(node), {"part": node.part, "known": sorted(parts)}))
    for part in criteria_set.index.absent_parts:
        if part not in parts:
            problems.append(
                Problem("unknown_part", Place(path="index/absent_parts"), {"part": part, "known": sorted(parts)})
            )
    for total in criteria_set.totals:
        for code in total.items:
            if code not in items:
                problems.append(Problem("unknown_item", Place(path=f"totals/{total.id}"), {"item": code}))
    for identity in criteria_set.identities:
        if not identity.left or not identity.right:
            problems.append(Problem("identity_empty", Place(path="identities"), {}))
        for measure in (*identity.left, *identity.right):
            if measure not in criteria_set.measures:
                problems.append(Problem("unknown_measure", Place(path="identities"), {"measure": measure}))
    return problems


def _place(node: Node) -> Place:
    return replace(node.place, code=node.code)


def _placed(problem: Problem, node: Node) -> Problem:
    return Problem(problem.kind, replace(problem.place, code=node.code), problem.facts)
