"""What figures, typed points and rules contradict: listed beside the result, never mended in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np

from parindex.domain.criteria.criteria_set import CriteriaSet, Identity
from parindex.domain.errors import Place, Problem
from parindex.domain.index.item_points import ItemColumn, ItemState
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.outcome import NoPoints, needs_decision
from parindex.domain.scoring.score_sheet import EntryState, Origin, ScoreSheets
from parindex.domain.scoring.usable import ItemPlan, Plan
from parindex.domain.values import Mask, number_text, total

# Beside columns of int8 a plain int8 compares ten times faster than a member of an enumeration.
_ENTRY_ANSWERED, _NO_ORIGIN = np.int8(EntryState.ANSWERED), np.int8(Origin.NONE)
_REQUESTED = np.int8(EntryState.NOT_ASSESSED_REQUESTED)
_UNANSWERED, _ANSWERED = np.int8(ItemState.UNANSWERED), np.int8(ItemState.ANSWERED)
_ABSENT = np.int8(ItemState.ABSENT)
#: Typed points that should be what the rule gives; the council may have its reasons, so those only ask to be looked
#: at.
_COMPARED = (Origin.SELF, Origin.EXTERNAL, Origin.APPRAISED)


def problems_of(
    criteria_set: CriteriaSet,
    plan: Plan,
    figures: Figures,
    sheets: ScoreSheets,
    items: Mapping[str, ItemColumn],
) -> tuple[Problem, ...]:
    """Every contradiction at once: rule against typed points, undecided rules, points above the maximum, broken
    identities.
    """
    found: list[Problem] = []
    positions = {code: position for position, code in enumerate(sheets.items)}
    for item in plan.items:
        column = items[item.node.code]
        found.extend(_undecided(item, column, sheets))
        found.extend(_typed(item, column, sheets))
        found.extend(_answered_without_points(item, column, sheets, positions[item.node.code]))
        found.extend(_set_aside(item, column, sheets))
        found.extend(_requests(item, column, sheets, positions[item.node.code]))
    found.extend(_without_group(criteria_set, figures))
    for identity in criteria_set.identities:
        found.extend(_identity(identity, figures))
    return tuple(found)


def blocking(sheets: ScoreSheets, items: Mapping[str, ItemColumn], problems: tuple[Problem, ...]) -> list[Problem]:
    """Why a result cannot be final: what is pending, and the problems that block."""
    found = [problem for problem in problems if problem.facts.get("blocks")]
    for code, column in items.items():
        for row in map(int, np.flatnonzero(column.pending())):
            found.append(Problem("pending", Place(code=code), {"unit": sheets.units[row].id, "item": code}))
    return found


def _undecided(plan: ItemPlan, column: ItemColumn, sheets: ScoreSheets) -> Iterator[Problem]:
    if column.rule is None or not column.rule.open:
        return
    branch = column.rule.outcome.branch
    open_rows = needs_decision(branch) & (column.state == _UNANSWERED)
    for row in map(int, np.flatnonzero(open_rows)):
        reason = NoPoints(int(branch[row]))
        facts = {"unit": sheets.units[row].id, "item": plan.node.code, "reason": reason.name.lower(), "blocks": True}
        yield Problem("rule_undecided", Place(code=plan.node.code), facts)


def _typed(plan: ItemPlan, column: ItemColumn, sheets: ScoreSheets) -> Iterator[Problem]:
    for origin, table in sheets.typed.items():
        typed = table.get(plan.node.code)
        if typed is None:
            continue
        above = typed.present & typed.numbers.above(plan.max_points)
        for row in map(int, np.flatnonzero(above)):
            facts = _facts(plan, sheets, row, origin, typed.numbers.row(row))
            yield Problem("points_above_maximum", Place(code=plan.node.code), {**facts, "blocks": True})
        if column.rule is None or origin not in _COMPARED:
            continue
        for row in map(int, np.flatnonzero(typed.present & column.rule.scored)):
            value = column.rule.points.row(row)
            if not typed.agrees(row, value):
                facts = _facts(plan, sheets, row, origin, typed.numbers.row(row))
                yield Problem("rule_differs", Place(code=plan.node.code), {**facts, "rule_points": number_text(value)})


def _facts(plan: ItemPlan, sheets: ScoreSheets, row: int, origin: Origin, points: Fraction) -> dict[str, object]:
    return {
        "unit": sheets.units[row].id,
        "item": plan.node.code,
        "origin": origin.name.lower(),
        "points": number_text(points),
        "max_points": number_text(plan.max_points),
    }


def _answered_without_points(
    plan: ItemPlan, column: ItemColumn, sheets: ScoreSheets, position: int
) -> Iterator[Problem]:
    """An entry that says "answered" although neither the sheet nor the rule gives points."""
    empty = (sheets.state[position] == _ENTRY_ANSWERED) & (column.origin == _NO_ORIGIN)
    if not empty.any():
        return
    for row in map(int, np.flatnonzero(empty)):
        facts = {"unit": sheets.units[row].id, "item": plan.node.code}
        yield Problem("answered_without_points", Place(code=plan.node.code), facts)


def _set_aside(plan: ItemPlan, column: ItemColumn, sheets: ScoreSheets) -> Iterator[Problem]:
    """Typed points that the state of the entry keeps from counting: they stay, and somebody should look."""
    unused = (column.state != _ANSWERED) & (column.state != _ABSENT)
    if not unused.any():
        return
    for origin, table in sheets.typed.items():
        typed = table.get(plan.node.code)
        if typed is not None:
            for row in map(int, np.flatnonzero(unused & typed.present)):
                facts = _facts(plan, sheets, row, origin, typed.numbers.row(row))
                state = ItemState(int(column.state[row])).name.lower()
                yield Problem("points_set_aside", Place(code=plan.node.code), {**facts, "state": state})


def _requests(plan: ItemPlan, column: ItemColumn, sheets: ScoreSheets, position: int) -> Iterator[Problem]:
    """Requests not to assess that nobody has decided: the item counts as unanswered, and no result is final."""
    asked = (sheets.state[position] == _REQUESTED) & (column.state == _UNANSWERED)
    if not asked.any():
        return
    for row in map(int, np.flatnonzero(asked)):
        facts = {"unit": sheets.units[row].id, "item": plan.node.code, "blocks": True}
        yield Problem("request_open", Place(code=plan.node.code), facts)


def _without_group(criteria_set: CriteriaSet, figures: Figures) -> Iterator[Problem]:
    """Units of no declared group, where the set declares several: they cannot be ranked with anybody."""
    for row in np.flatnonzero(~grouped(criteria_set, figures)):
        facts = {
            "unit": figures.units[row].id,
            "groups": [group.id for group in criteria_set.unit_groups],
            "blocks": True,
        }
        yield Problem("unit_without_group", Place(), facts)


def grouped(criteria_set: CriteriaSet, figures: Figures) -> Mask:
    """The units that can be ranked: all, unless the set declares several groups and a unit is in none of them."""
    declared = {group.id for group in criteria_set.unit_groups}
    if len(declared) < 2:
        return np.ones(len(figures.units), dtype=bool)
    return np.array([unit.group in declared for unit in figures.units], dtype=bool)


def _identity(identity: Identity, figures: Figures) -> Iterator[Problem]:
    """Where every measure of the identity has been entered and the sums contradict it."""
    rows = len(figures.units)
    columns = {name: figures.column(name, figures.year) for name in (*identity.left, *identity.right)}
    present = np.logical_and.reduce([column.present for column in columns.values()])
    left, right = (total([columns[name].numbers for name in side], rows) for side in (identity.left, identity.right))
    sign = left.compare_rows(right)
    broken = present & ((sign > 0) if identity.at_most else (sign != 0))
    for row in map(int, np.flatnonzero(broken)):
        facts = {
            "unit": figures.units[row].id,
            "left": list(identity.left),
            "right": list(identity.right),
            "at_most": identity.at_most,
        }
        yield Problem("identity_broken", Place(), facts)
