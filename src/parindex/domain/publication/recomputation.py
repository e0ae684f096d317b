"""The result of a snapshot: the same method on the same columns gives the same result, on any machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.domain.index.compute import compute
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.result import Result
from parindex.domain.publication.exact_texts import column_texts, exact_column
from parindex.domain.publication.snapshot import FrozenGroup, Texts
from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.scoring.score_sheet import Origin, PointsColumn, ScoreSheets
from parindex.domain.scoring.usable import Plan
from parindex.domain.units import Unit
from parindex.domain.values import exact_number


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """What came out for one unit, in exact text; ``index`` and ``grade`` are "" and ``rank`` is None where there is
    none.
    """

    code: str
    name: str
    index: str
    points: str
    max_points: str
    grade: str
    rank: int | None
    ranked: bool = True


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What came out for one item: what it counts as for each unit, and its points, "" where it has none."""

    states: Texts
    points: Texts


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """What came out for a group: its units, and the columns of its items in the same order."""

    code: str
    units: tuple[UnitOutcome, ...]
    items: Mapping[str, ItemOutcome]


def units_of(group: FrozenGroup) -> tuple[Unit, ...]:
    """The units as the method knows them."""
    return tuple(Unit(one.code, one.name, group.code, ranked=one.ranked) for one in group.units)


def figures_of(group: FrozenGroup) -> Figures:
    """The figures of a group as columns; a measure that the set does not name is left out."""
    declared = group.criteria_set.measures
    numbers: dict[tuple[str, int], FigureColumn] = {}
    choices: dict[tuple[str, int], ChoiceColumn] = {}
    for (measure, year), texts in group.figures.items():
        if measure not in declared:
            continue
        if declared[measure].kind is MeasureKind.CHOICE:
            choices[measure, year] = _chosen(texts)
        else:
            column = exact_column(texts)
            numbers[measure, year] = FigureColumn(column.numbers, column.present)
    return Figures(group.criteria_set.year or 0, units_of(group), numbers, choices)


def _chosen(texts: Texts) -> ChoiceColumn:
    positions = {key: at for at, key in enumerate(dict.fromkeys(one for one in texts if one))}
    chosen = np.array([positions.get(one, -1) for one in texts], dtype=np.int16)
    return ChoiceColumn(tuple(positions), chosen)


def sheets_of(group: FrozenGroup) -> ScoreSheets:
    """The sheets of a group as columns."""
    units = units_of(group)
    state = np.array([item.states for item in group.items.values()], dtype=np.int8).reshape(-1, len(units))
    typed: dict[Origin, dict[str, PointsColumn]] = {}
    reasons: dict[tuple[str, str], str] = {}
    errors: dict[tuple[str, str], Fraction] = {}
    for code, item in group.items.items():
        for origin, texts in item.typed.items():
            column = exact_column(texts)
            typed.setdefault(origin, {})[code] = PointsColumn(column.numbers, column.present, column.places)
        reasons |= {(code, unit.id): why for unit, why in zip(units, item.reasons, strict=False) if why}
        errors |= {(code, unit.id): exact_number(one) for unit, one in zip(units, item.errors, strict=False) if one}
    return ScoreSheets(units, tuple(group.items), state, typed, reasons, errors)


def recomputed(group: FrozenGroup, *, final: bool = True, plan: Plan | None = None) -> Result:
    """The result of a group of a snapshot; ``final`` refuses (:class:`InvalidInput`) while anything is open.

    ``plan``: the set made ready, where the caller has it.
    """
    return compute(group.criteria_set, figures_of(group), sheets_of(group), final=final, plan=plan)


def outcome_of(code: str, result: Result) -> GroupOutcome:
    """What came out, as texts. A unit that is alone in its group has no rank: nobody is there to be ranked with."""
    index = column_texts(result.index, result.has_index)
    points, maxima = (column_texts(one) for one in (result.whole.result.points, result.whole.result.max_points))
    grades = [result.criteria_set.grades[at].title if at >= 0 else "" for at in result.grade.tolist()]
    ranks = result.rank.tolist() if len(result.units) > 1 else [0] * len(result.units)
    units = tuple(
        UnitOutcome(unit.id, unit.title, index[at], points[at], maxima[at], grades[at], ranks[at] or None, unit.ranked)
        for at, unit in enumerate(result.units)
    )
    return GroupOutcome(code, units, {one: _item(result, one) for one in result.items})


_STATE_NAMES = {int(state): state.name.lower() for state in ItemState}


def _item(result: Result, code: str) -> ItemOutcome:
    column = result.items[code]
    states = tuple(_STATE_NAMES[one] for one in column.state.tolist())
    return ItemOutcome(states, column_texts(column.points, column.state == np.int8(ItemState.ANSWERED)))
