"""The table of figures: every measure of every unit and year once, as exact columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from parindex.documents.cycles.coded_columns import coded, codes, distinct
from parindex.documents.cycles.exact_columns import ExactColumn, dotted_thousands, exact_column
from parindex.documents.cycles.row_problems import Problems, doubled, positions_of
from parindex.documents.cycles.table_files import DataTable
from parindex.documents.cycles.unit_columns import UnitColumn, unit_columns
from parindex.documents.cycles.unit_table import YES_NO
from parindex.domain.criteria.criteria_set import CriteriaSet, Measure, MeasureKind
from parindex.domain.index.child_sums import summed
from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.units import Unit
from parindex.domain.values import Mask, Numbers, total

_FIRST_YEAR, _LAST_YEAR = 1945, 2200


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The rows of the table with what they name: unit and measure by position, measure and year together by label.

    ``labelled`` are the measures and years that usable rows name; what the other rows have as ``labels`` means nothing.
    """

    table: DataTable
    units: NDArray[np.int32]
    measures: NDArray[np.int32]
    labels: NDArray[np.int32]
    labelled: tuple[tuple[Measure, int], ...]
    listed: tuple[Measure, ...]
    usable: Mask
    size: int

    def of_kind(self, kind: MeasureKind) -> Mask:
        """Usable rows of measures of one kind."""
        return self.where([measure.kind is kind for measure in self.listed]) & self.usable

    def where(self, holds: Sequence[bool]) -> Mask:
        """The rows whose measure is one that ``holds`` says, and rows of no known measure."""
        return np.array([*holds, True])[self.measures]

    def cells(self) -> NDArray[np.int64]:
        """One number for unit, measure and year."""
        return self.labels.astype(np.int64) * self.size + self.units

    def columns(self, values: ExactColumn, among: Mask) -> list[tuple[Measure, int, int, UnitColumn]]:
        """Measure, year, label and column over all units of ``values`` in the rows ``among``."""
        rows = np.flatnonzero(among)
        found = unit_columns(values, rows, self.labels[rows], self.units[rows], self.size)
        return [(*self.labelled[label], label, column) for label, column in found.items()]


def read_figures_table(
    table: DataTable | None, criteria_set: CriteriaSet, units: tuple[Unit, ...], problems: Problems
) -> Figures:
    """The figures of ``units``.

    A list measure is counted: entries that are not refused. A measure declared ``sum_of_children`` is summed over
    the child units of
    every unit that has any; it is missing while one of them has not reported.
    """
    year = criteria_set.year or 0
    if table is None:
        return Figures(year, units)
    rows = _rows(table, criteria_set, units, problems)
    numbers = _numbers(rows, problems)
    numbers.update(_lists(rows, problems))
    choices = _choices(rows, problems)
    _refuse_sums_typed(rows, units, problems)
    for key in [key for key in numbers if criteria_set.measures[key[0]].sum_of_children]:
        numbers[key] = _summed_over_children(numbers[key], units)
    return Figures(year, units, numbers, choices)


def _rows(table: DataTable, criteria_set: CriteriaSet, units: Sequence[Unit], problems: Problems) -> _Rows:
    listed = tuple(criteria_set.measures.values())
    unit = positions_of(table.column("unit"), [one.id for one in units])
    measure = positions_of(table.column("measure"), [one.id for one in listed])
    years, wrong_year = _years(table, criteria_set.year or 0)
    problems.rows(table, "unknown_unit", unit == -1, "unit")
    problems.rows(table, "cell_missing", unit == -2, column="unit")
    problems.rows(table, "unknown_measure", measure == -1, "measure")
    problems.rows(table, "cell_missing", measure == -2, column="measure")
    problems.rows(table, "not_a_year", wrong_year, "year")
    usable = (unit >= 0) & (measure >= 0) & ~wrong_year
    labels, pairs = _labels(measure, years, usable)
    problems.require_cells(table, len(pairs), len(units))
    labelled = tuple((listed[position], year) for position, year in pairs)
    # Rows of no known unit or measure are not usable; the last place of a list may stand for them.
    unit, measure = np.maximum(unit, -1), np.maximum(measure, -1)
    return _Rows(table, unit, measure, labels, labelled, listed, usable, len(units))


def _years(table: DataTable, of_set: int) -> tuple[NDArray[np.int32], Mask]:
    """The year of every row, and the rows whose year is none."""
    if "year" not in table.columns:
        return np.full(table.rows, of_set, dtype=np.int32), np.zeros(table.rows, dtype=bool)
    year = exact_column(table.column("year"))
    outside = (year.digits < _FIRST_YEAR) | (year.digits >= _LAST_YEAR) | ~year.whole()
    wrong = year.bad | (year.present & outside)
    return np.where(year.present & ~wrong, year.digits, of_set).astype(np.int32), wrong


def _labels(
    measures: NDArray[np.int32], years: NDArray[np.int32], usable: Mask
) -> tuple[NDArray[np.int32], list[tuple[int, int]]]:
    """A number from 0 for every measure and year that usable rows name, and what each number stands for."""
    if not usable.any():
        return np.zeros(len(usable), dtype=np.int32), []
    first, last = int(years.min()), int(years.max())
    span = last - first + 1
    keys = measures if span == 1 else measures * np.int32(span) + (years - np.int32(first))
    used = np.zeros(int(keys.max()) + 1, dtype=bool)
    used[keys if usable.all() else keys[usable]] = True
    number = np.cumsum(used, dtype=np.int32) - np.int32(1)
    pairs = [(key // span, key % span + first) for key in np.flatnonzero(used).tolist()]
    # Rows that are not usable have any label, their keys may be below 0.
    return np.maximum(number[np.maximum(keys, 0)], 0), pairs


def _numbers(rows: _Rows, problems: Problems) -> dict[tuple[str, int], FigureColumn]:
    table = rows.table
    mine = rows.of_kind(MeasureKind.NUMBER)
    values = exact_column(table.column("value"))
    again = doubled(rows.cells(), mine)
    problems.rows(table, "not_a_number", values.bad & mine, "value")
    problems.rows(table, "figure_twice", again, "measure", "unit")
    if "value" not in table.stored:
        counted = rows.where([measure.integer for measure in rows.listed])
        said = counted & ~values.whole()  # "not_whole" says as much
        suspected = dotted_thousands(table.column("value"), counted) & mine & ~said
        problems.rows(table, "thousands_suspected", suspected, "value", "measure")
    if "entry" in table.columns:
        entries = table.column("entry").is_not_null().to_numpy()
        problems.rows(table, "entry_of_number", mine & entries & ~values.present & ~values.bad, "entry", "measure")
    there = mine & values.present
    _check_counts(rows, there, values, problems)
    out = {}
    for measure, year, label, column in rows.columns(values, there & ~again):
        for kind, limit, beyond in _beyond_limits(measure, column):
            at_fault = there & ~again & (rows.labels == label) & beyond[rows.units]
            problems.rows(table, kind, at_fault, "value", "measure", limit=limit)
        out[measure.id, year] = FigureColumn(column.numbers, column.present)
    return out


def _check_counts(rows: _Rows, there: Mask, values: ExactColumn, problems: Problems) -> None:
    """Counts are whole and not negative."""
    if (broken := ~values.whole() & there).any():
        counted = rows.where([measure.integer for measure in rows.listed])
        problems.rows(rows.table, "not_whole", broken & counted, "value", "measure")
    if (below := values.negative() & there).any():
        counted = rows.where([measure.integer and measure.minimum is None for measure in rows.listed])
        problems.rows(rows.table, "negative_count", below & counted, "value", "measure")


def _beyond_limits(measure: Measure, column: UnitColumn) -> Iterator[tuple[str, Fraction, Mask]]:
    """The limits of a measure that some unit's figure is beyond, and the units."""
    for kind, limit in (("below_minimum", measure.minimum), ("above_maximum", measure.maximum)):
        if limit is None:
            continue
        beyond = ~column.numbers.at_least(limit) if kind == "below_minimum" else column.numbers.above(limit)
        if (beyond & column.present).any():
            yield kind, limit, beyond & column.present


def _choices(rows: _Rows, problems: Problems) -> dict[tuple[str, int], ChoiceColumn]:
    table = rows.table
    mine = rows.of_kind(MeasureKind.CHOICE)
    if not mine.any():
        return {}
    mine &= table.column("value").is_not_null().to_numpy()
    again = doubled(rows.cells(), mine)
    problems.rows(table, "figure_twice", again, "measure", "unit")
    places = np.flatnonzero(mine & ~again)
    labels, picked = rows.labels[places], _picked(rows, places)
    for label in np.unique(labels[picked < 0]).tolist():
        known = list(rows.labelled[label][0].choices)
        at_fault = places[(picked < 0) & (labels == label)]
        problems.rows(table, "unknown_option", at_fault, "value", "measure", known=known)
    chosen = np.full((len(rows.labelled), rows.size), -1, dtype=np.int16)
    chosen[labels, rows.units[places]] = picked
    found = [(label, *rows.labelled[label]) for label in np.flatnonzero(np.bincount(labels)).tolist()]
    return {(measure.id, year): ChoiceColumn(tuple(measure.choices), chosen[label]) for label, measure, year in found}


def _picked(rows: _Rows, places: NDArray[np.intp]) -> NDArray[np.int16]:
    """The position of the chosen option among those of its measure; −1 where it is none of them."""
    options = list(dict.fromkeys(key for measure in rows.listed for key in measure.choices))
    positions = np.full((len(rows.listed), len(options) + 1), -1, dtype=np.int16)
    number = {option: at for at, option in enumerate(options)}
    for measure, of_measure in zip(rows.listed, positions, strict=True):
        for position, key in enumerate(measure.choices):
            of_measure[number[key]] = position
    # The last column belongs to texts that are no option of any measure (−1).
    written = positions_of(rows.table.column("value"), options)
    return positions[rows.measures[places], written[places]]


def _lists(rows: _Rows, problems: Problems) -> dict[tuple[str, int], FigureColumn]:
    """How many entries are accepted. A row without an entry and with the value 0 says that there is none."""
    table = rows.table
    mine = rows.of_kind(MeasureKind.LIST)
    if not mine.any():
        return {}
    entry, value = table.column("entry"), exact_column(table.column("value"))
    named = entry.is_not_null().to_numpy()
    nothing = mine & ~named & value.present & (value.digits == 0)
    problems.rows(table, "list_without_entry", mine & ~named & ~nothing, "entry", "measure")
    accepted = _accepted(table)
    problems.rows(table, "not_yes_no", mine & (accepted < 0), "accepted", column="accepted")
    names = codes(coded(entry)).astype(np.int64)
    again = doubled(rows.cells() * (int(names.max(initial=0)) + 1) + names, mine & named)
    problems.rows(table, "entry_twice", again, "entry", "measure", "unit")
    said = mine & (named | nothing)
    tally = _tally(rows, said)
    counts = _tally(rows, said & (accepted > 0) & named & ~again)
    return {
        (measure.id, year): FigureColumn(Numbers.fixed(counts[label], 0), tally[label] > 0)
        for label, (measure, year) in enumerate(rows.labelled)
        if measure.kind is MeasureKind.LIST and tally[label].any()
    }


def _accepted(table: DataTable) -> NDArray[np.int8]:
    """1 for an entry that is accepted or of which nothing is said, 0 for one that is not, −1 for what is unclear."""
    column = coded(table.column("accepted"))
    said = [YES_NO.get(text.lower()) for text in distinct(column).to_list()]
    meaning = np.array([*(-1 if one is None else int(one) for one in said), 1], dtype=np.int8)
    return np.asarray(meaning[codes(column)])


def _tally(rows: _Rows, among: Mask) -> NDArray[np.int64]:
    """How many rows of ``among`` each label and unit has."""
    return np.bincount(rows.cells()[among], minlength=len(rows.labelled) * rows.size).reshape(-1, rows.size)


# --- sums over child units -----------------------------------------------------------------------------------------


def _children(units: Sequence[Unit]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, unit in enumerate(units):
        if unit.parent is not None:
            found.setdefault(unit.parent, []).append(row)
    return found


def _refuse_sums_typed(rows: _Rows, units: Sequence[Unit], problems: Problems) -> None:
    """A figure that is the sum over child units is not typed for their parent as well."""
    parents = _children(units)
    summed = [measure.sum_of_children for measure in rows.listed]
    if parents and any(summed):
        has_children = np.array([unit.id in parents for unit in units])
        typed = rows.usable & rows.where(summed) & has_children[rows.units]
        problems.rows(rows.table, "figure_of_sum", typed, "measure", "unit")


def _summed_over_children(column: FigureColumn, units: Sequence[Unit]) -> FigureColumn:
    """Each parent's figure from its children's, the lowest level first."""
    children = _children(units)
    values = column.numbers.to_fractions()
    present = column.present.copy()
    rows = {unit.id: row for row, unit in enumerate(units)}

    def settle(row: int) -> None:
        below = children.get(units[row].id, ())
        for child in below:
            settle(child)
        if below:
            whole = summed([values[child] if present[child] else None for child in below])
            present[row], values[row] = whole is not None, whole or Fraction(0)

    for unit in units:
        if unit.parent is None and unit.id in children:
            settle(rows[unit.id])
    return FigureColumn(total([Numbers.of(values)], len(values)), present)
