"""The table of figures: every measure of every unit and year once, as exact columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from parindex.documents.cycles.exact_columns import ExactColumn, exact_column
from parindex.documents.cycles.row_problems import Problems, doubled, positions_of
from parindex.documents.cycles.table_files import DataTable
from parindex.documents.cycles.unit_table import YES_NO
from parindex.domain.criteria.criteria_set import CriteriaSet, Measure, MeasureKind
from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.units import Unit
from parindex.domain.values import Mask, Numbers, total

_FIRST_YEAR, _LAST_YEAR = 1945, 2200


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The rows of the table with what they name: unit, measure and year by position or number."""

    table: DataTable
    units: NDArray[np.int64]
    measures: NDArray[np.int64]
    years: NDArray[np.int64]
    listed: tuple[Measure, ...]
    usable: Mask

    def of_kind(self, kind: MeasureKind) -> Mask:
        """Usable rows of measures of one kind."""
        kinds = np.array([measure.kind is kind for measure in self.listed] or [False])
        return np.asarray(self.usable & kinds[np.maximum(self.measures, 0)])

    def keys(self) -> NDArray[np.int64]:
        """One number for unit, measure and year."""
        return ((self.units * len(self.listed)) + self.measures) * _LAST_YEAR + self.years

    def columns(self, rows: Mask) -> list[tuple[Measure, int, NDArray[np.intp]]]:
        """The rows of each measure and year among ``rows``."""
        picked = np.flatnonzero(rows)
        keys = self.measures[picked] * _LAST_YEAR + self.years[picked]
        order = np.argsort(keys, kind="stable")
        distinct, starts = np.unique(keys[order], return_index=True)
        blocks = np.split(picked[order], starts[1:])
        return [
            (self.listed[int(key) // _LAST_YEAR], int(key) % _LAST_YEAR, block)
            for key, block in zip(distinct, blocks, strict=False)
        ]


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
    numbers = _numbers(rows, len(units), problems)
    numbers.update(_lists(rows, len(units), problems))
    choices = _choices(rows, len(units), problems)
    _refuse_sums_typed(rows, units, problems)
    for key in [key for key in numbers if criteria_set.measures[key[0]].sum_of_children]:
        numbers[key] = _summed_over_children(numbers[key], units)
    return Figures(year, units, numbers, choices)


def _rows(table: DataTable, criteria_set: CriteriaSet, units: Sequence[Unit], problems: Problems) -> _Rows:
    listed = tuple(criteria_set.measures.values())
    unit = positions_of(table.column("unit"), [one.id for one in units])
    measure = positions_of(table.column("measure"), [one.id for one in listed])
    year = exact_column(table.column("year"))
    years = np.where(year.present, year.digits, criteria_set.year or 0)
    wrong_year = table.column("year").is_not_null().to_numpy() & (
        ~year.present | ~year.whole() | (years < _FIRST_YEAR) | (years >= _LAST_YEAR)
    )
    problems.rows(table, "unknown_unit", unit == -1, "unit")
    problems.rows(table, "cell_missing", unit == -2, column="unit")
    problems.rows(table, "unknown_measure", measure == -1, "measure")
    problems.rows(table, "cell_missing", measure == -2, column="measure")
    problems.rows(table, "not_a_year", wrong_year, "year")
    usable = (unit >= 0) & (measure >= 0) & ~wrong_year
    return _Rows(table, unit, measure, years, listed, usable)


def _numbers(rows: _Rows, size: int, problems: Problems) -> dict[tuple[str, int], FigureColumn]:
    table = rows.table
    mine = rows.of_kind(MeasureKind.NUMBER)
    values = exact_column(table.column("value"))
    bad = np.zeros(table.rows, dtype=bool)
    bad[list(values.bad)] = True
    again = doubled(rows.keys(), mine)
    entries = table.column("entry").is_not_null().to_numpy()
    problems.rows(table, "not_a_number", bad & mine, "value")
    problems.rows(table, "figure_twice", again, "measure", "unit")
    problems.rows(table, "entry_of_number", mine & entries & ~values.present & ~bad, "entry", "measure")
    _check_counts(rows, mine & values.present, values, problems)
    out = {}
    for measure, year, block in rows.columns(mine & values.present & ~again):
        _check_limits(rows, measure, block, values, problems)
        present = np.zeros(size, dtype=bool)
        present[rows.units[block]] = True
        out[measure.id, year] = FigureColumn(values.spread(block, rows.units[block], size), present)
    return out


def _check_counts(rows: _Rows, mine: Mask, values: ExactColumn, problems: Problems) -> None:
    """Counts are whole and not negative."""
    counted = np.array([measure.integer for measure in rows.listed] or [False])[np.maximum(rows.measures, 0)] & mine
    free = np.array([measure.minimum is None for measure in rows.listed] or [False])[np.maximum(rows.measures, 0)]
    problems.rows(rows.table, "not_whole", counted & ~values.whole(), "value", "measure")
    problems.rows(rows.table, "negative_count", counted & free & values.negative(), "value", "measure")


def _check_limits(
    rows: _Rows, measure: Measure, block: NDArray[np.intp], values: ExactColumn, problems: Problems
) -> None:
    for kind, limit in (("below_minimum", measure.minimum), ("above_maximum", measure.maximum)):
        if limit is None:
            continue
        column = values.spread(block, np.arange(len(block)), len(block))
        beyond = ~column.at_least(limit) if kind == "below_minimum" else column.above(limit)
        problems.rows(rows.table, kind, block[beyond], "value", "measure", limit=limit)


def _choices(rows: _Rows, size: int, problems: Problems) -> dict[tuple[str, int], ChoiceColumn]:
    table = rows.table
    filled = table.column("value").is_not_null().to_numpy()
    mine = rows.of_kind(MeasureKind.CHOICE) & filled
    again = doubled(rows.keys(), mine)
    problems.rows(table, "figure_twice", again, "measure", "unit")
    out = {}
    for measure, year, block in rows.columns(mine & ~again):
        keys = tuple(measure.choices)
        picked = positions_of(table.column("value").gather(block.tolist()), keys)
        problems.rows(table, "unknown_option", block[picked < 0], "value", "measure", known=list(keys))
        chosen = np.full(size, -1, dtype=np.int16)
        chosen[rows.units[block]] = picked
        out[measure.id, year] = ChoiceColumn(keys, chosen)
    return out


def _lists(rows: _Rows, size: int, problems: Problems) -> dict[tuple[str, int], FigureColumn]:
    """How many entries are accepted. A row without an entry and with the value 0 says that there is none."""
    table = rows.table
    mine = rows.of_kind(MeasureKind.LIST)
    if not mine.any():
        return {}
    entry, value = table.column("entry"), exact_column(table.column("value"))
    named = entry.is_not_null().to_numpy()
    nothing = mine & ~named & value.present & (value.digits == 0)
    problems.rows(table, "list_without_entry", mine & ~named & ~nothing, "entry", "measure")
    accepted = [True if cell is None else YES_NO.get(str(cell).lower()) for cell in table.column("accepted")]
    unclear = np.array([cell is None for cell in accepted], dtype=bool) & mine
    problems.rows(table, "not_yes_no", unclear, "accepted", column="accepted")
    names = positions_of(entry, [str(one) for one in entry.drop_nulls().unique(maintain_order=True)])
    again = doubled(rows.keys() * (int(names.max(initial=0)) + 1) + names, mine & named)
    problems.rows(table, "entry_twice", again, "entry", "measure", "unit")
    counts = np.array([bool(cell) for cell in accepted], dtype=bool) & named & ~again
    out = {}
    for measure, year, block in rows.columns(mine & (named | nothing)):
        tally = np.bincount(rows.units[block], weights=None, minlength=size)
        accepted_tally = np.bincount(rows.units[block[counts[block]]], minlength=size)
        out[measure.id, year] = FigureColumn(Numbers.fixed(accepted_tally.astype(np.int64), 0), tally > 0)
    return out


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
    summed = np.array([measure.sum_of_children for measure in rows.listed] or [False])
    has_children = np.array([unit.id in parents for unit in units] or [False])
    typed = rows.usable & summed[np.maximum(rows.measures, 0)] & has_children[np.maximum(rows.units, 0)]
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
            present[row] = all(present[child] for child in below)
            values[row] = sum((values[child] for child in below), Fraction(0)) if present[row] else Fraction(0)

    for unit in units:
        if unit.parent is None and unit.id in children:
            settle(rows[unit.id])
    return FigureColumn(total([Numbers.of(values)], len(values)), present)
