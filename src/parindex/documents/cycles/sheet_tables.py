"""The tables of entries and of survey points: what was claimed, granted and surveyed, item by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from parindex.documents.cycles.exact_columns import ExactColumn, exact_column
from parindex.documents.cycles.row_problems import Problems, doubled, positions_of
from parindex.documents.cycles.table_files import DataTable
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.scoring.score_sheet import EntryState, Origin, PointsColumn, ScoreSheets
from parindex.domain.units import Unit
from parindex.domain.values import Mask

_STATES = {state.name.lower(): state for state in EntryState if state is not EntryState.NO_ENTRY}
_TYPED = {"self_points": Origin.SELF, "external_points": Origin.EXTERNAL, "appraised_points": Origin.APPRAISED}


@dataclass(frozen=True, slots=True, eq=False)
class SheetData:
    """What one table says of the sheets: typed points by origin and item, states, reasons."""

    typed: Mapping[Origin, Mapping[str, PointsColumn]] = field(default_factory=dict)
    state: NDArray[np.int8] | None = None
    reasons: Mapping[tuple[str, str], str] = field(default_factory=dict)
    errors: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    sources: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    table: DataTable
    units: NDArray[np.int64]
    items: NDArray[np.int64]
    codes: tuple[str, ...]
    maxima: tuple[Fraction | None, ...]
    usable: Mask


def sheets_of(criteria_set: CriteriaSet, units: tuple[Unit, ...], entries: SheetData, points: SheetData) -> ScoreSheets:
    """The sheets of ``units`` from both tables."""
    items = tuple(node.code for node in criteria_set.items())
    state = entries.state
    if state is None:
        state = np.full((len(items), len(units)), EntryState.NO_ENTRY, dtype=np.int8)
    typed = {**entries.typed, **points.typed}
    return ScoreSheets(units, items, state, typed, entries.reasons, points.errors, points.sources)


def read_entries_table(
    table: DataTable | None, criteria_set: CriteriaSet, units: Sequence[Unit], problems: Problems
) -> SheetData:
    """States, typed points and reasons. A row without a state is answered where it has points, else unanswered."""
    if table is None:
        return SheetData()
    rows = _rows(table, criteria_set, units, problems)
    columns = {origin: _points(rows, name, problems) for name, origin in _TYPED.items()}
    any_points = np.logical_or.reduce([column.present for column in columns.values()])
    states = _states(rows, any_points, problems)
    state = np.full((len(rows.codes), len(units)), EntryState.NO_ENTRY, dtype=np.int8)
    state[rows.items[rows.usable], rows.units[rows.usable]] = states[rows.usable]
    typed = {origin: _typed(rows, column, len(units)) for origin, column in columns.items()}
    return SheetData(
        {origin: found for origin, found in typed.items() if found}, state, _reasons(rows, states, units, problems)
    )


def read_points_table(
    table: DataTable | None, criteria_set: CriteriaSet, units: Sequence[Unit], problems: Problems
) -> SheetData:
    """Survey points with their standard errors and the survey that they come from."""
    if table is None:
        return SheetData()
    rows = _rows(table, criteria_set, units, problems)
    points = _points(rows, "points", problems)
    problems.rows(table, "cell_missing", rows.usable & table.column("points").is_null().to_numpy(), column="points")
    error = exact_column(table.column("se"))
    wrong = np.zeros(table.rows, dtype=bool)
    wrong[list(error.bad)] = True
    problems.rows(table, "not_a_number", wrong, "se")
    problems.rows(table, "negative_points", error.negative(), "se")
    errors = {_pair(rows, units, row): error.value(row) for row in np.flatnonzero(error.present & rows.usable).tolist()}
    source = table.column("source")
    named = np.flatnonzero(source.is_not_null().to_numpy() & rows.usable).tolist()
    sources = {_pair(rows, units, row): str(source[row]) for row in named}
    return SheetData({Origin.SURVEY: _typed(rows, points, len(units))}, None, {}, errors, sources)


def _rows(table: DataTable, criteria_set: CriteriaSet, units: Sequence[Unit], problems: Problems) -> _Rows:
    nodes = tuple(criteria_set.items())
    codes = tuple(node.code for node in nodes)
    above = {node.code for node in criteria_set.walk()} - set(codes)
    unit = positions_of(table.column("unit"), [one.id for one in units])
    item = positions_of(table.column("item"), codes)
    unknown = item == -1
    names = table.column("item")
    is_sum = np.zeros(table.rows, dtype=bool)
    is_sum[[row for row in np.flatnonzero(unknown).tolist() if str(names[row]) in above]] = True
    problems.rows(table, "unknown_unit", unit == -1, "unit")
    problems.rows(table, "cell_missing", unit == -2, column="unit")
    problems.rows(table, "item_is_a_sum", is_sum, "item")
    problems.rows(table, "unknown_item", unknown & ~is_sum, "item")
    problems.rows(table, "cell_missing", item == -2, column="item")
    known = (unit >= 0) & (item >= 0)
    again = doubled(item * len(units) + unit, known)
    problems.rows(table, "entry_of_item_twice", again, "item", "unit")
    return _Rows(table, unit, item, codes, tuple(node.max_points for node in nodes), known & ~again)


def _points(rows: _Rows, name: str, problems: Problems) -> ExactColumn:
    """One column of points, checked against zero and the maximum of each item."""
    table = rows.table
    column = exact_column(table.column(name))
    wrong = np.zeros(table.rows, dtype=bool)
    wrong[list(column.bad)] = True
    problems.rows(table, "not_a_number", wrong, name)
    problems.rows(table, "negative_points", column.negative(), name, "item", "unit")
    for item, block in _by_item(rows, column.present & rows.usable):
        maximum = rows.maxima[item]
        if maximum is not None and len(block):
            above = column.spread(block, np.arange(len(block)), len(block)).above(maximum)
            problems.rows(table, "typed_points_above_maximum", block[above], name, "item", "unit", max_points=maximum)
    return column


def _by_item(rows: _Rows, among: Mask) -> list[tuple[int, NDArray[np.intp]]]:
    picked = np.flatnonzero(among)
    order = np.argsort(rows.items[picked], kind="stable")
    distinct, starts = np.unique(rows.items[picked][order], return_index=True)
    return [(int(item), block) for item, block in zip(distinct, np.split(picked[order], starts[1:]), strict=False)]


def _typed(rows: _Rows, column: ExactColumn, size: int) -> dict[str, PointsColumn]:
    out = {}
    for item, block in _by_item(rows, column.present & rows.usable):
        present = np.zeros(size, dtype=bool)
        present[rows.units[block]] = True
        places = np.zeros(size, dtype=np.int8)
        places[rows.units[block]] = column.places[block]
        out[rows.codes[item]] = PointsColumn(column.spread(block, rows.units[block], size), present, places)
    return out


def _states(rows: _Rows, any_points: Mask, problems: Problems) -> NDArray[np.int64]:
    table = rows.table
    names = tuple(_STATES)
    written = positions_of(table.column("state"), names)
    problems.rows(table, "unknown_state", written == -1, "state", known=list(names))
    by_points = np.where(any_points, EntryState.ANSWERED, EntryState.UNANSWERED)
    values = np.array([int(state) for state in _STATES.values()])
    return np.where(written >= 0, values[np.maximum(written, 0)], by_points)


def _reasons(
    rows: _Rows, states: NDArray[np.int64], units: Sequence[Unit], problems: Problems
) -> dict[tuple[str, str], str]:
    table, reason = rows.table, rows.table.column("reason")
    named = reason.is_not_null().to_numpy()
    without = rows.usable & (states == EntryState.NOT_ASSESSED) & ~named
    problems.rows(table, "not_assessed_without_reason", without, "reason", "item", "unit")
    return {_pair(rows, units, row): str(reason[row]) for row in np.flatnonzero(named & rows.usable).tolist()}


def _pair(rows: _Rows, units: Sequence[Unit], row: int) -> tuple[str, str]:
    return rows.codes[int(rows.items[row])], units[int(rows.units[row])].id
