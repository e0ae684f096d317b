"""Whether a criteria set can be computed with, and its rules ready to be evaluated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.domain.criteria.coherence.forms import form_problems
from parindex.domain.criteria.criteria_set import CriteriaSet, Measure, Node, Outside, RuleData
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.scoring.batches import Batch, batched
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.rule_table import parse_rule

#: A set without a year reads the latest of dated numbers: the missing year is one problem, not one a rule.
_LATEST_YEAR = 9999
#: Stands in for a maximum that is missing or negative (a problem of its own), so that the rule is still read.
_ANY_MAXIMUM = Fraction(10**9)


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """An item with its maximum and its rule; ``rule`` is None where points are typed by hand."""

    node: Node
    max_points: Fraction
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A criteria set made ready: its items in reading order, their rules in batches that are evaluated together, and
    the items that count outside the hundred.
    """

    items: tuple[ItemPlan, ...]
    batches: tuple[Batch, ...]
    outside: Mapping[str, Outside]


def require_usable(criteria_set: CriteriaSet) -> Plan:
    """The items of ``criteria_set`` with their rules bound to its year.

    Raises :class:`InvalidInput` with every reason at once why nothing can be computed: a code twice, an item without
    a maximum, a rule that cannot be read, a year missing, a part, total or identity that names what does not exist.
    """
    problems = [*set_problems(criteria_set)]
    items: list[ItemPlan] = []
    for node in criteria_set.items():
        try:
            rule = None if node.rule is None else read_rule(node, node.rule, criteria_set, criteria_set.measures)
            items.append(ItemPlan(node, _maximum(node), rule))
        except InvalidInput as error:
            problems.extend(_placed(problem, node) for problem in error.problems)
    if problems:
        raise InvalidInput(problems)
    batches = batched([(item.node.code, item.rule) for item in items if item.rule is not None])
    return Plan(tuple(items), batches, criteria_set.outside_items())


def read_rule(
    node: Node, rule: RuleData, criteria_set: CriteriaSet, measures: Mapping[str, Measure] | None = None
) -> Rule:
    """The rule of ``node`` as scoring reads it; ``measures`` None: whatever measures it names.

    Raises :class:`InvalidInput` with every problem of the rule.
    """
    year = criteria_set.year or _LATEST_YEAR
    return parse_rule(rule.data, max_points=_maximum(node), year=year, measures=measures)


def _maximum(node: Node) -> Fraction:
    return _ANY_MAXIMUM if _without_maximum(node) else node.max_points or Fraction(0)


def _without_maximum(node: Node) -> bool:
    return node.max_points is None or node.max_points < 0


def set_problems(criteria_set: CriteriaSet) -> list[Problem]:
    """What keeps the set as a whole from being computed with, its rules apart."""
    problems = []
    if criteria_set.year is None:
        problems.append(Problem("set_without_year", Place(), {"set": criteria_set.id}))
    if not criteria_set.areas:
        problems.append(Problem("set_without_items", Place(), {"set": criteria_set.id}))
    counts = Counter(node.code for node in criteria_set.walk())
    for node in criteria_set.walk():
        if counts.pop(node.code, 0) > 1:
            problems.append(Problem("code_twice", _place(node), {"code": node.code}))
    for node in criteria_set.items():
        if _without_maximum(node):
            problems.append(Problem("item_without_maximum", _place(node), {"code": node.code}))
    problems += _unknown_parts(criteria_set)
    problems += _unknown_items(criteria_set) + _broken_identities(criteria_set)
    return problems + form_problems(criteria_set)


def _unknown_parts(criteria_set: CriteriaSet) -> list[Problem]:
    known = [part.id for part in criteria_set.parts]
    named = [(_place(node), node.part) for node in criteria_set.items() if node.part]
    named += [(Place(path=f"index/absent_parts/{at}"), part) for at, part in enumerate(criteria_set.index.absent_parts)]
    return [
        Problem("unknown_part", place, {"part": part, "known": known}) for place, part in named if part not in known
    ]


def _unknown_items(criteria_set: CriteriaSet) -> list[Problem]:
    items = {node.code for node in criteria_set.items()}
    return [
        Problem("unknown_item", Place(path=f"totals/{at}/items"), {"item": code, "total": total.title or total.id})
        for at, total in enumerate(criteria_set.totals)
        for code in dict.fromkeys(total.items)
        if code not in items
    ]


def _broken_identities(criteria_set: CriteriaSet) -> list[Problem]:
    problems = []
    for at, identity in enumerate(criteria_set.identities):
        place = Place(path=f"identities/{at}")
        if not identity.left or not identity.right:
            problems.append(Problem("identity_empty", place))
        for measure in dict.fromkeys((*identity.left, *identity.right)):
            if measure not in criteria_set.measures:
                problems.append(Problem("unknown_measure", place, {"measure": measure}))
    return problems


def _place(node: Node) -> Place:
    return replace(node.place, code=node.code)


def _placed(problem: Problem, node: Node) -> Problem:
    return Problem(problem.kind, within_rule(node, problem), problem.facts)


def within_rule(node: Node, problem: Problem) -> Place:
    """The place of a problem inside the rule of ``node``, where the place of the node is a path of a file."""
    place = _place(node)
    if place.path is None:
        return place
    return replace(place, path="/".join(step for step in (place.path, "rule", problem.place.path) if step))
