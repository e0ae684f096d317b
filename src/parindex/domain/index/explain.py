"""The derivation of any figure of a result down to what was entered, for one unit.

Only facts stand here; the sentences are made in :mod:`parindex.wording`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.criteria.criteria_set import Node, RuleData
from parindex.domain.index.child_sums import ChildSum, child_sums
from parindex.domain.index.item_points import TYPED_ORIGINS
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.result import PointsOfMaximum, Result
from parindex.domain.scoring.rule_table import RuleTrace, explain_row
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.units import Unit
from parindex.domain.values import Rounding


@dataclass(frozen=True, slots=True)
class TypedPoints:
    """Points somebody typed: their origin, the decimals written, and whether the rule's value rounds to them.

    ``agrees`` is None where the rule gives nothing to compare with.
    """

    origin: Origin
    points: Fraction
    places: int
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class ItemDerivation:
    """How one item of one unit came to its points.

    ``step`` is the declared rounding that the rule's value went through (None: none). ``survey_error`` is the
    standard error of survey points where it is known; ``sums`` are the figures of child units that figures of the unit
    are the sum of. ``approval_awaited``: the rule asks for not-assessed and nobody
    has approved it.
    """

    unit: Unit
    node: Node
    max_points: Fraction
    part: str
    entry: EntryState
    state: ItemState
    origin: Origin
    points: Fraction
    typed: tuple[TypedPoints, ...]
    rule: RuleData | None
    trace: RuleTrace | None
    rule_points: Fraction | None
    step: Rounding | None
    reason: str
    survey_error: Fraction | None
    survey_source: str
    sums: tuple[ChildSum, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One child in a sum: code, title, points and maximum; the state of an item, None for a node with children."""

    code: str
    title: str
    of: PointsOfMaximum
    state: ItemState | None


@dataclass(frozen=True, slots=True)
class NodeDerivation:
    """How an area or criterion came to its points: the sum of its children, with what left the maximum."""

    unit: Unit
    node: Node
    of: PointsOfMaximum
    children: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """An item that is not in the maximum: how much it would count, and the reason."""

    code: str
    title: str
    max_points: Fraction
    state: ItemState
    reason: str


@dataclass(frozen=True, slots=True)
class IndexDerivation:
    """How a unit came to its index, grade and rank.

    ``exact`` is points ÷ maximum × 100 before cap and rounding; ``graded`` is what grade and rank go by, the index or
    the points; ``next_grade`` is the lower edge above it;
    ``tied`` and ``ranked`` count the units of the group that share the rank and that are ranked at all.
    """

    unit: Unit
    areas: tuple[Line, ...]
    inside: PointsOfMaximum
    bonus: Fraction
    penalty: Fraction
    points: Fraction
    removed: tuple[Removed, ...]
    exact: Fraction | None
    cap: Fraction | None
    step: Rounding | None
    index: Fraction | None
    graded: Fraction | None
    grade: str | None
    grade_lower: Fraction | None
    next_grade: tuple[str, Fraction] | None
    rank: int | None
    tied: int
    ranked: int
    provisional: bool


def explain(result: Result, unit: str, code: str | None = None) -> ItemDerivation | NodeDerivation | IndexDerivation:
    """Derive an item, an area or criterion, or (without ``code``) the index of ``unit``.

    Raises :class:`~parindex.domain.errors.InvalidValue` for a unit or code that does not exist.
    """
    row = result.sheets.row_of(unit)
    if code is None:
        return _index(result, row)
    node = result.criteria_set.node(code)
    return _item(result, row, node) if node.is_item else _node(result, row, node)


def _item(result: Result, row: int, node: Node) -> ItemDerivation:
    plan = next(item for item in result.plan.items if item.node.code == node.code)
    column, sheets, unit = result.items[node.code], result.sheets, result.units[row]
    view = result.unit(row).items[node.code]
    steps = result.criteria_set.rounding
    key = (node.code, unit.id)
    trace = None if plan.rule is None else explain_row(plan.rule, result.figures, row)
    return ItemDerivation(
        unit=unit,
        node=node,
        max_points=plan.max_points,
        part=result.criteria_set.part_of(node),
        entry=EntryState(int(sheets.state[sheets.items.index(node.code), row])),
        state=ItemState(int(column.state[row])),
        origin=view.origin,
        points=view.points,
        typed=_typed(result, row, node.code),
        rule=node.rule,
        trace=trace,
        rule_points=view.rule_points,
        step=steps.item if plan.rule is not None and plan.rule.round is None else None,
        reason=sheets.reasons.get(key, ""),
        survey_error=sheets.survey_errors.get(key),
        survey_source=sheets.survey_sources.get(key, ""),
        sums=() if trace is None else child_sums(result, unit, trace),
    )


def _typed(result: Result, row: int, code: str) -> tuple[TypedPoints, ...]:
    found = []
    rule = result.items[code].rule
    rule_points = rule.points.row(row) if rule is not None and rule.scored[row] else None
    for origin in TYPED_ORIGINS:
        column = result.sheets.points(origin, code)
        if column is not None and column.present[row]:
            agrees = None if rule_points is None else column.agrees(row, rule_points)
            found.append(TypedPoints(origin, column.numbers.row(row), int(column.places[row]), agrees))
    return tuple(found)


def _node(result: Result, row: int, node: Node) -> NodeDerivation:
    return NodeDerivation(result.units[row], node, _of(result, row, node), _lines(result, row, node.children))


def _lines(result: Result, row: int, nodes: tuple[Node, ...]) -> tuple[Line, ...]:
    return tuple(Line(node.code, node.title, _of(result, row, node), _state(result, row, node)) for node in nodes)


def _of(result: Result, row: int, node: Node) -> PointsOfMaximum:
    totals = result.nodes[node.code]
    return PointsOfMaximum(totals.points.row(row), totals.max_points.row(row))


def _state(result: Result, row: int, node: Node) -> ItemState | None:
    return ItemState(int(result.items[node.code].state[row])) if node.is_item else None


def _index(result: Result, row: int) -> IndexDerivation:
    view, criteria_set = result.unit(row), result.criteria_set
    inside = result.whole.inside
    grades = sorted(criteria_set.grades, key=lambda grade: grade.lower)
    higher = [grade for grade in grades if view.graded is not None and grade.lower > view.graded]
    lower = next((grade.lower for grade in grades if grade.title == view.grade), None)
    tied, ranked = _company(result, row)
    return IndexDerivation(
        unit=view.unit,
        areas=_lines(result, row, criteria_set.areas),
        inside=PointsOfMaximum(inside.points.row(row), inside.max_points.row(row)),
        bonus=view.bonus,
        penalty=view.penalty,
        points=view.points,
        removed=_removed(result, row),
        exact=None if view.index is None else PointsOfMaximum(view.points, view.max_points).per_cent,
        cap=criteria_set.index.cap,
        step=criteria_set.rounding.index,
        index=view.index,
        graded=view.graded,
        grade=view.grade,
        grade_lower=lower,
        next_grade=(higher[0].title, higher[0].lower) if higher else None,
        rank=view.rank,
        tied=tied,
        ranked=ranked,
        provisional=view.provisional,
    )


def _removed(result: Result, row: int) -> tuple[Removed, ...]:
    found = []
    for plan in result.plan.items:
        state = ItemState(int(result.items[plan.node.code].state[row]))
        if state > ItemState.ANSWERED:
            reason = result.sheets.reasons.get((plan.node.code, result.units[row].id), "")
            found.append(Removed(plan.node.code, plan.node.title, plan.max_points, state, reason))
    return tuple(found)


def _company(result: Result, row: int) -> tuple[int, int]:
    """How many units of the group share the rank of this unit, and how many are ranked."""
    members = result.figures.group_rows[result.units[row].group]
    ranks = result.rank[members]
    return int((ranks == result.rank[row]).sum()) if result.rank[row] else 0, int((ranks > 0).sum())
