"""The input tables of the commands: units, figures, entries, points. Long tables in CSV, XLSX or Parquet.

========  =========================================================================================================
units     ``unit, title, unit_group, parent, ranked``
figures   ``unit, measure, value``, optional ``year``; a choice has its option's key as value; a list measure has
one row an
          entry: ``unit, measure, entry``, optional ``title`` and ``accepted`` (yes, no or blank; blank counts)
entries   ``unit, item, state, self_points, external_points, appraised_points, reason``
points    ``unit, item, points, se, source`` (surveys), optional ``estimate`` (from 0 to 1: what the points were made
          of), ``answers`` (how many it rests on), ``state`` (pending: no points yet) and ``reason``
forms     one row a form, see :mod:`parindex.documents.dossiers.dossier_file`; counted into figures
any       ``note``: remarks of whoever keeps the table, read by nobody
========  =========================================================================================================

:func:`read_cycle` reads them together, so that all problems of all tables are reported at once and nothing is
half-read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from parindex.documents.cycles.attempted_tables import Said, attempted
from parindex.documents.cycles.figure_table import read_figures_table
from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.sheet_tables import read_entries_table, read_points_table, sheets_of
from parindex.documents.cycles.table_files import DataTable, Layout
from parindex.documents.cycles.unit_table import read_units_table
from parindex.documents.dossiers.counted_figures import (
    FormFiles,
    figures_by_period,
    form_rows,
    read_counted,
    scored_units,
    with_counted,
)
from parindex.documents.dossiers.dossier_file import Forms
from parindex.documents.dossiers.form_dates import period_of
from parindex.documents.dossiers.form_rows import FormRows
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import Place, Problem
from parindex.domain.procedures.periods import Period
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.score_sheet import ScoreSheets
from parindex.domain.units import Unit

UNITS = Layout("units", required=("unit",), optional=("title", "unit_group", "parent", "ranked"))
FIGURES = Layout(
    "figures", required=("unit", "measure"), any_of=("value", "entry"), optional=("year", "title", "accepted")
)
ENTRIES = Layout(
    "entries",
    required=("unit", "item"),
    any_of=("state", "self_points", "external_points", "appraised_points"),
    optional=("reason",),
)
POINTS = Layout(
    "points",
    required=("unit", "item", "points"),
    optional=("se", "estimate", "answers", "source", "state", "reason"),
    heads={"ước_lượng": "estimate", "số_câu_trả_lời": "answers"},
)

_LAYOUTS = {layout.name: layout for layout in (UNITS, FIGURES, ENTRIES, POINTS)}


@dataclass(frozen=True, slots=True)
class CycleFiles:
    """Where the tables of a cycle are; each is optional."""

    figures: Path | None = None
    entries: Path | None = None
    points: Path | None = None
    units: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Cycle:
    """Figures and sheets of the same units in the same order, ready for ``compute``."""

    figures: Figures
    sheets: ScoreSheets
    #: What of the tables was not read, or stands where one would not expect it.
    notes: tuple[Problem, ...] = ()
    #: The period of the figures, where it is asked for or the forms tell it.
    period: Period | None = None
    #: The figures of the periods inside that one which the set declares, where they are counted from forms.
    periods: tuple[tuple[Period, Figures], ...] = ()


def read_cycle(
    criteria_set: CriteriaSet, files: CycleFiles, said: Said | None = None, forms: FormFiles | None = None
) -> Cycle:
    """Read the tables of one cycle of ``criteria_set``; ``forms`` are counted into figures.

    Where no year is asked for, the figures are of the year of the forms. Without a table of units these are the units
    that the other tables name, in order of appearance, in the only unit group of the set.
    ``said`` is told which table is being read. Raises :class:`InvalidInput` with every problem of every table at once.
    """
    problems = Problems()
    tables = _tables(files, problems, said)
    if files.units is not None and "units" not in tables:
        problems.refuse()  # without the units every row of the other tables would seem to be wrong
    rows = None if forms is None else form_rows(criteria_set, forms, problems, said)
    period = None if forms is None else forms.period
    if rows is not None and forms is not None:
        period = period_of(rows, forms.period, problems)
        if period is not None and forms.period is None and forms.year is None:
            criteria_set = replace(criteria_set, year=period.last.year)
    units = scored_units(criteria_set, rows, _units(criteria_set, tables, rows, problems))
    if not units:
        if not problems.found:
            _say_why_no_units([*tables.values(), *(() if rows is None else rows.tables)], problems)
        problems.refuse()
    periods: tuple[tuple[Period, Figures], ...] = ()
    figures = read_figures_table(tables.get("figures"), criteria_set, units, problems)
    entries = read_entries_table(tables.get("entries"), criteria_set, units, problems)
    points = read_points_table(tables.get("points"), criteria_set, units, problems)
    if rows is not None and forms is not None:
        counted = read_counted(criteria_set, rows, units, forms.period, problems)
        figures = with_counted(criteria_set, figures, counted, problems)
        typed = bool(tables.keys() - {"units"})
        periods = figures_by_period(criteria_set, counted, (period, figures.year), typed, problems)
    problems.refuse()
    return Cycle(figures, sheets_of(criteria_set, units, entries, points), tuple(problems.notes), period, periods)


def read_form_cycle(
    criteria_set: CriteriaSet, files: FormFiles, units: Path | None = None, said: Said | None = None
) -> Forms:
    """The forms of a cycle alone, without what they are scored to. Raises as :func:`read_cycle`."""
    problems = Problems()
    tables = _tables(CycleFiles(units=units), problems, said)
    rows = form_rows(criteria_set, files, problems, said)
    problems.refuse()
    if rows is None:
        raise ValueError(files)
    period_of(rows, files.period, problems)
    offices = _units(criteria_set, tables, rows, problems)
    if not offices and not problems.found:
        _say_why_no_units(rows.tables, problems)
    problems.refuse()
    return read_counted(criteria_set, rows, scored_units(criteria_set, rows, offices), files.period, problems)


def form_problems(files: CycleFiles) -> list[Problem]:
    """What is wrong with the tables as files, whatever set they are for: missing, unreadable, columns missing."""
    problems = Problems()
    _tables(files, problems, None)
    return list(problems.found)


def _tables(files: CycleFiles, problems: Problems, said: Said | None) -> dict[str, DataTable]:
    read = {
        layout.name: attempted(path, layout, problems, said)
        for path, layout in (
            (files.units, UNITS),
            (files.figures, FIGURES),
            (files.entries, ENTRIES),
            (files.points, POINTS),
        )
        if path is not None
    }
    tables = {name: table for name, table in read.items() if table is not None}
    for name, table in tables.items():
        if table.unread:
            known = list(_LAYOUTS[name].columns)
            problems.note("column_unused", Place(file=table.file), heads=list(table.unread), known=known)
    return tables


def _say_why_no_units(tables: Iterable[DataTable], problems: Problems) -> None:
    """Tables with a head and nothing below it are named; without any table some are asked for."""
    for table in tables:
        if table.rows == 0:
            problems.add("table_without_rows", Place(file=table.file, sheet=table.sheet))
    if not problems.found:
        problems.add("no_units", None)


def _units(
    criteria_set: CriteriaSet, tables: dict[str, DataTable], rows: FormRows | None, problems: Problems
) -> tuple[Unit, ...]:
    if "units" in tables:
        return read_units_table(tables["units"], criteria_set, problems)
    groups = criteria_set.unit_groups
    group = groups[0].id if len(groups) == 1 else ""
    named = [*tables.values(), *(() if rows is None else rows.tables)]
    return tuple(Unit(name, name, group) for name in _names(named))


def _names(tables: Iterable[DataTable]) -> Sequence[str]:
    found: dict[str, None] = {}
    for table in tables:
        names = table.column("unit").drop_nulls().unique(maintain_order=True)
        found.update(dict.fromkeys(names.cast(pl.String).to_list()))
    return list(found)
