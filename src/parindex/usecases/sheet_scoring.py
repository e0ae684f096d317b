"""Points of a sheet, by the method of the domain: of the items that a change touches, or of the whole sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from parindex.database.mapping.figures import Key, figure_columns, sheet_columns
from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry, ScoreSheet
from parindex.domain.index.compute import compute
from parindex.domain.index.item_points import scored_items
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.result import Result
from parindex.domain.scoring.batches import batched
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.outcome import Outcome
from parindex.domain.scoring.rule_table import RuleTrace, explain_row
from parindex.domain.scoring.usable import Plan
from parindex.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rule of an item was evaluated on and what came out; None: it has not been evaluated yet."""

    figures: Figures
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class ItemPoints:
    """One item of one sheet: what it counts as, its points (None without), what the rule alone gives, its branch."""

    state: ItemState
    points: Fraction | None
    rule_points: Fraction | None
    branch: int | None
    reading: Reading = field(repr=False, compare=False)


def unit_of(sheet: ScoreSheet) -> Unit:
    """The unit of a sheet as the domain knows it."""
    return Unit(str(sheet.unit_id), sheet.unit_name, sheet.group.code)


def item_points(
    sheet: ScoreSheet,
    frozen: FrozenSet,
    entries: Iterable[Entry],
    values: Mapping[Key, str],
    codes: frozenset[str],
) -> dict[str, ItemPoints]:
    """The points of the items in ``codes``; ``entries`` are theirs, ``values`` every figure that their rules read."""
    plan = _plan_of(frozen, codes)
    unit = unit_of(sheet)
    figures = figure_columns(values, frozen, unit)
    sheets = sheet_columns(entries, frozen, unit, [one.node.code for one in plan.items])
    scored = scored_items(plan, figures, sheets, frozen.criteria_set.rounding.item, ())
    found = {}
    for one in plan.items:
        column = scored[one.node.code]
        state = ItemState(int(column.state[0]))
        rule = column.rule
        found[one.node.code] = ItemPoints(
            state,
            column.points.row(0) if state is ItemState.ANSWERED else None,
            rule.points.row(0) if rule is not None and rule.scored[0] else None,
            int(rule.outcome.branch[0]) if rule is not None else None,
            Reading(figures, None if rule is None else rule.outcome),
        )
    return found


@lru_cache(maxsize=1024)
def _plan_of(frozen: FrozenSet, codes: frozenset[str]) -> Plan:
    """Some items of a set made ready; the same ones are saved again and again."""
    items = tuple(one for code, one in frozen.items.items() if code in codes)
    return Plan(items, batched([(one.node.code, one.rule) for one in items if one.rule is not None]), {})


def reading_of(sheet: ScoreSheet, frozen: FrozenSet, values: Mapping[Key, str]) -> Reading:
    """The figures of a sheet's unit, ready to evaluate a rule on."""
    return Reading(figure_columns(values, frozen, unit_of(sheet)))


def trace_of(frozen: FrozenSet, code: str, reading: Reading) -> RuleTrace | None:
    """How the rule of an item comes to its points with the figures of one unit; None where it has none."""
    rule = frozen.items[code].rule
    return None if rule is None else explain_row(rule, reading.figures, 0, reading.outcome)


def claimed_result(sheet: ScoreSheet, frozen: FrozenSet, entries: Iterable[Entry], values: Mapping[Key, str]) -> Result:
    """What the claim of the whole sheet would give: the full computation, for one unit."""
    unit = unit_of(sheet)
    figures = figure_columns(values, frozen, unit)
    return compute(
        frozen.criteria_set, figures, sheet_columns(entries, frozen, unit, list(frozen.items)), plan=frozen.plan
    )
