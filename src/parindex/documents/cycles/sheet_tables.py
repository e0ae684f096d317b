"""The tables of entries and of survey points: what was claimed, granted and surveyed, item by item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parindex.documents.cycles.exact_columns import ExactColumn, exact_column
from parindex.documents.cycles.row_problems import LISTED, Problems, doubled, positions_of
from parindex.documents.cycles.table_files import DataTable
from parindex.documents.cycles.unit_columns import unit_columns
from parindex.domain.criteria.criteria_set import SURVEYED, CriteriaSet, Source
from parindex.domain.criteria.survey_points import EstimateFlaw, PointsWay, StatedPoints, estimate_flaws
from parindex.domain.errors import Place
from parindex.domain.scoring.score_sheet import EntryState, Origin, PointsColumn, ScoreSheets
from parindex.domain.units import Unit
from parindex.domain.values import Mask

_STATES = {state.name.lower(): state for state in EntryState if state is not EntryState.NO_ENTRY}
_FLAWS = {
    EstimateFlaw.OFF_RANGE: "given_estimate_off_range",
    EstimateFlaw.TOO_FEW: "given_answers_too_few",
    EstimateFlaw.OTHER_POINTS: "given_points_not_followed",
    EstimateFlaw.ERROR_OFF_RANGE: "given_error_off_range",
}
#: The column in which it is found.
_FLAWED = {
    EstimateFlaw.OFF_RANGE: "estimate", EstimateFlaw.TOO_FEW: "answers", EstimateFlaw.OTHER_POINTS: "points",
    EstimateFlaw.ERROR_OFF_RANGE: "se",
}  # fmt: skip
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
    units: NDArray[np.int32]
    items: NDArray[np.int32]
    codes: tuple[str, ...]
    maxima: tuple[Fraction | None, ...]
    sources: tuple[Source, ...]
    usable: Mask

    def cells(self, size: int) -> NDArray[np.int64]:
        """One number for item and unit, of ``size`` units."""
        return self.items.astype(np.int64) * size + self.units


def sheets_of(criteria_set: CriteriaSet, units: tuple[Unit, ...], entries: SheetData, points: SheetData) -> ScoreSheets:
    """The sheets of ``units`` from both tables."""
    items = tuple(node.code for node in criteria_set.items())
    state = entries.state
    if state is None:
        state = np.full((len(items), len(units)), EntryState.NO_ENTRY, dtype=np.int8)
    if points.state is not None:
        state = np.where(state == EntryState.NO_ENTRY, points.state, state)
    typed, reasons = {**entries.typed, **points.typed}, {**points.reasons, **entries.reasons}
    return ScoreSheets(units, items, state, typed, reasons, points.errors, points.sources)


def read_entries_table(
    table: DataTable | None, criteria_set: CriteriaSet, units: Sequence[Unit], problems: Problems
) -> SheetData:
    """States, typed points and reasons. A row without a state is answered where it has
    points; else it says nothing."""
    if table is None:
        return SheetData()
    rows = _rows(table, criteria_set, units, problems)
    typed: dict[Origin, Mapping[str, PointsColumn]] = {}
    any_points = np.zeros(table.rows, dtype=bool)
    for name, origin in _TYPED.items():
        if name in table.columns:
            column = exact_column(table.column(name))
            any_points |= column.present
            if found := _typed(rows, name, column, len(units), problems):
                typed[origin] = found
            if origin is Origin.SELF:
                _note(rows, column.present, SURVEYED, "self_points_of_survey", problems)
    states = _states(rows, any_points, problems)
    state = np.full(len(rows.codes) * len(units), EntryState.NO_ENTRY, dtype=np.int8)
    state[rows.cells(len(units))[rows.usable]] = states[rows.usable]
    reasons = _reasons(rows, states, units, problems)
    return SheetData(typed, state.reshape(len(rows.codes), len(units)), reasons)


def read_points_table(
    table: DataTable | None, criteria_set: CriteriaSet, units: Sequence[Unit], problems: Problems
) -> SheetData:
    """Survey points with their standard errors and the survey that they come from, or that they are pending. Where the
    table says what points were made of, they have to follow from it.
    """
    if table is None:
        return SheetData()
    rows = _rows(table, criteria_set, units, problems)
    column = exact_column(table.column("points"))
    points = _typed(rows, "points", column, len(units), problems)
    _note(rows, column.present, frozenset({Source.REPORT}), "survey_points_of_report", problems)
    empty = table.column("points").is_null().to_numpy()
    pending = _pending(rows, problems)
    problems.rows(table, "cell_missing", rows.usable & empty & ~pending, column="points")
    problems.rows(table, "pending_with_points", rows.usable & ~empty & pending, "points")
    error = exact_column(table.column("se"))
    problems.rows(table, "not_a_number", error.bad, "se")
    problems.rows(table, "negative_points", error.negative(), "se")
    _check_estimates(rows, column, error, criteria_set, problems)
    surveyed = np.flatnonzero(error.present & rows.usable)
    errors = dict(zip(_pairs(rows, units, surveyed), map(error.value, surveyed.tolist()), strict=True))
    state = np.full(len(rows.codes) * len(units), EntryState.NO_ENTRY, dtype=np.int8)
    state[rows.cells(len(units))[rows.usable & pending]] = EntryState.PENDING
    said = state.reshape(len(rows.codes), len(units)) if pending.any() else None
    reasons, sources = _texts(rows, units, "reason"), _texts(rows, units, "source")
    return SheetData({Origin.SURVEY: points}, said, reasons, errors, sources)


def _check_estimates(
    rows: _Rows, points: ExactColumn, error: ExactColumn, criteria_set: CriteriaSet, problems: Problems
) -> None:
    """Problem kinds are those of who gives such points: ``given_estimate_unreadable``, ``given_answers_unreadable``
    (``typed``), ``given_estimate_off_range``, ``given_answers_too_few``, ``given_points_not_followed``,
    ``given_error_off_range``.
    """
    table = rows.table
    estimate, answers = exact_column(table.column("estimate")), exact_column(table.column("answers"))
    counted = answers.present & answers.whole() & ~answers.negative()
    _unreadable(table, "estimate", estimate.bad, problems)
    _unreadable(table, "answers", answers.bad | (answers.present & ~counted), problems)
    step = criteria_set.rounding.item
    ways = {node.code: PointsWay(node.survey, node.max_points, step) for node in criteria_set.items()}
    wrong: dict[EstimateFlaw, list[int]] = {flaw: [] for flaw in _FLAWS}
    erring = error.present & ~error.negative()
    for row in np.flatnonzero(rows.usable & points.present & (estimate.present | counted | erring)).tolist():
        stated = StatedPoints(
            points.value(row), estimate.value(row) if estimate.present[row] else None,
            int(answers.value(row)) if counted[row] else None, error.value(row) if erring[row] else None,
        )  # fmt: skip
        for flaw in estimate_flaws(stated, ways[rows.codes[rows.items[row]]]):
            wrong[flaw].append(row)
    for flaw, found in wrong.items():
        for row in found[:LISTED]:
            code = rows.codes[rows.items[row]]
            about = {"item": code, "unit": table.text(row, "unit"), "typed": table.text(row, _FLAWED[flaw])}
            facts = _followed(ways[code], estimate.value(row)) | {"answers": table.text(row, "answers")}
            column = "estimate" if estimate.present[row] else _FLAWED[flaw]
            problems.add(_FLAWS[flaw], table.place(row, column), **about, **facts)
        if len(found) > LISTED:
            rest = len(found) - LISTED
            problems.add("more_of_the_same", Place(file=table.file), of_kind=_FLAWS[flaw], count=rest)


def _followed(way: PointsWay, estimate: Fraction) -> dict[str, object]:
    """What an estimate gives, and what is asked for."""
    most, least = way.max_points, way.least_answers
    return {"estimate": estimate, "expected": way.points(estimate), "most": most, "minimum": least}


def _unreadable(table: DataTable, column: str, wrong: Mask, problems: Problems) -> None:
    for row in np.flatnonzero(wrong)[:LISTED].tolist():
        place, typed = table.place(row, column), table.text(row, column)
        problems.add(f"given_{column}_unreadable", place, typed=typed)


def _rows(table: DataTable, criteria_set: CriteriaSet, units: Sequence[Unit], problems: Problems) -> _Rows:
    nodes = tuple(criteria_set.items())
    problems.require_cells(table, len(nodes), len(units))
    codes = tuple(node.code for node in nodes)
    above = {node.code for node in criteria_set.walk()} - set(codes)
    unit = positions_of(table.column("unit"), [one.id for one in units])
    item = positions_of(table.column("item"), codes)
    unknown = item == -1
    is_sum = unknown & (positions_of(table.column("item"), above) >= 0)
    problems.rows(table, "unknown_unit", unit == -1, "unit")
    problems.rows(table, "cell_missing", unit == -2, column="unit")
    problems.rows(table, "item_is_a_sum", is_sum, "item")
    problems.rows(table, "unknown_item", unknown & ~is_sum, "item")
    problems.rows(table, "cell_missing", item == -2, column="item")
    known = (unit >= 0) & (item >= 0)
    sources = tuple(node.source or Source.REPORT for node in nodes)
    rows = _Rows(table, unit, item, codes, tuple(node.max_points for node in nodes), sources, known)
    again = doubled(rows.cells(len(units)), known)
    problems.rows(table, "entry_of_item_twice", again, "item", "unit")
    return replace(rows, usable=known & ~again)


def _typed(rows: _Rows, name: str, column: ExactColumn, size: int, problems: Problems) -> dict[str, PointsColumn]:
    """One column of points by item, checked against zero and the maximum of each item."""
    table = rows.table
    problems.rows(table, "not_a_number", column.bad, name)
    problems.rows(table, "negative_points", column.negative(), name, "item", "unit")
    among = column.present & rows.usable
    picked = np.flatnonzero(among)
    out = {}
    for item, points in unit_columns(column, picked, rows.items[picked], rows.units[picked], size).items():
        maximum = rows.maxima[item]
        if maximum is not None and (above := points.numbers.above(maximum) & points.present).any():
            at_fault = picked[(rows.items[picked] == item) & above[rows.units[picked]]]
            facts = {"max_points": maximum}
            problems.rows(table, "typed_points_above_maximum", at_fault, name, "item", "unit", **facts)
        out[rows.codes[item]] = PointsColumn(points.numbers, points.present, points.places)
    return out


def _note(rows: _Rows, present: Mask, sources: frozenset[Source], kind: str, problems: Problems) -> None:
    """Points of items whose points come from elsewhere: one note for the table."""
    odd = np.array([*(source in sources for source in rows.sources), False])  # the last stands for unknown items
    among = present & rows.usable & odd[np.maximum(rows.items, -1)]
    if among.any():
        items = [rows.codes[item] for item in np.unique(rows.items[among]).tolist()]
        problems.note(kind, Place(file=rows.table.file), rows=int(among.sum()), items=items)


def _states(rows: _Rows, any_points: Mask, problems: Problems) -> NDArray[np.int8]:
    table = rows.table
    names = tuple(_STATES)
    written = positions_of(table.column("state"), names)
    problems.rows(table, "unknown_state", written == -1, "state", known=list(names))
    # A line with neither state nor points says nothing: figures, rule and survey decide as without it.
    by_points = np.where(any_points, np.int8(EntryState.ANSWERED), np.int8(EntryState.NO_ENTRY))
    # The last two stand for unknown and empty cells.
    values = np.array([*_STATES.values(), EntryState.NO_ENTRY, EntryState.NO_ENTRY], dtype=np.int8)[written]
    return np.where(written >= 0, values, by_points)


def _pending(rows: _Rows, problems: Problems) -> Mask:
    """The rows of survey points that say ``pending``: too few answers, or the survey is still open."""
    known = [EntryState.ANSWERED.name.lower(), EntryState.PENDING.name.lower()]
    written = positions_of(rows.table.column("state"), known)
    problems.rows(rows.table, "unknown_state", written == -1, "state", known=known)
    return np.asarray(written == 1)


def _reasons(
    rows: _Rows, states: NDArray[np.int8], units: Sequence[Unit], problems: Problems
) -> dict[tuple[str, str], str]:
    reason = rows.table.column("reason")
    without = rows.usable & (states == np.int8(EntryState.NOT_ASSESSED)) & reason.is_null().to_numpy()
    problems.rows(rows.table, "not_assessed_without_reason", without, "reason", "item", "unit")
    return _texts(rows, units, "reason")


def _texts(rows: _Rows, units: Sequence[Unit], column: str) -> dict[tuple[str, str], str]:
    """What a column of words says, by item and unit."""
    words = rows.table.column(column)
    named = np.flatnonzero(words.is_not_null().to_numpy() & rows.usable)
    return dict(zip(_pairs(rows, units, named), words.gather(named).cast(pl.String).to_list(), strict=True))


def _pairs(rows: _Rows, units: Sequence[Unit], picked: NDArray[np.intp]) -> Iterator[tuple[str, str]]:
    """Item and unit of the rows ``picked``."""
    items, who = rows.items[picked].tolist(), rows.units[picked].tolist()
    return ((rows.codes[item], units[unit].id) for item, unit in zip(items, who, strict=True))
