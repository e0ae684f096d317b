"""Forms as the figures of a cycle: what is counted joins what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable, read_table
from parindex.documents.dossiers.dossier_file import (
    Forms,
    form_layout,
    officials_of,
    read_forms,
)
from parindex.documents.dossiers.form_rows import FormRows
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.form_declarations import Scored
from parindex.domain.errors import InvalidInput, Place
from parindex.domain.procedures.forms import Counted
from parindex.domain.procedures.periods import Period
from parindex.domain.scoring.figures import FigureColumn, Figures
from parindex.domain.units import Unit
from parindex.domain.values import Numbers

Said = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class FormFiles:
    """Where forms and checked scores are, and which period of them is counted (None: all, if they are of one year).

    ``year`` is that of the figures, where it is asked for; else it is that of the period.
    """

    forms: tuple[Path, ...] = ()
    checked: tuple[Path, ...] = ()
    period: Period | None = None
    year: int | None = None


def form_rows(criteria_set: CriteriaSet, files: FormFiles, problems: Problems, said: Said | None) -> FormRows | None:
    """The tables of forms as they stand; None where there are none or one of them cannot be read.

    Problems: those of the files, ``set_without_forms``, ``checked_needs_forms``.
    """
    if files.checked and not files.forms:
        problems.add("checked_needs_forms", Place(file=files.checked[0].name))
    if not files.forms:
        return None
    if criteria_set.forms is None:
        problems.add("set_without_forms", Place(file=files.forms[0].name), set=criteria_set.id)
        return None
    tables: list[DataTable] = []
    for path in (*files.forms, *files.checked):
        if said is not None:
            said(path)
        if not path.exists():
            problems.add("file_not_found", Place(file=str(path)))
            continue
        try:
            tables.append(read_table(path, form_layout(criteria_set.forms)))
        except InvalidInput as error:
            problems.extend(error.problems)
    if len(tables) < len(files.forms) + len(files.checked):
        return None
    for table in tables:
        if table.unread:
            known = list(form_layout(criteria_set.forms).columns)
            problems.note("column_unused", Place(file=table.file), heads=list(table.unread), known=known)
    return FormRows(tables, len(files.checked))


def scored_units(criteria_set: CriteriaSet, rows: FormRows | None, offices: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Who is scored: the offices themselves, or their officials where the set says so and there are forms."""
    if rows is None or criteria_set.forms is None or criteria_set.forms.scored is Scored.UNIT:
        return offices
    return officials_of(rows, offices)


def read_counted(
    criteria_set: CriteriaSet,
    rows: FormRows,
    units: tuple[Unit, ...],
    period: Period | None,
    problems: Problems,
) -> Forms:
    """The forms of ``rows``, with a note how many checked scores stand for self scores (``checked_scores_used``)."""
    if criteria_set.forms is None:
        raise TypeError(criteria_set.id)
    forms = read_forms(rows, criteria_set.forms, units, period, problems)
    pairs = [(forms.own[name], checked) for name, checked in forms.checked.items()]
    count = sum(int(np.count_nonzero(checked >= 0)) for _, checked in pairs)
    if count:
        differing = sum(int(np.count_nonzero((checked >= 0) & (checked != own))) for own, checked in pairs)
        problems.note("checked_scores_used", Place(), count=count, differing=differing)
    return forms


def with_counted(criteria_set: CriteriaSet, figures: Figures, forms: Forms, problems: Problems) -> Figures:
    """``figures`` with the counts of ``forms``.

    A figure of a unit that was typed and counted as well is a problem (``figure_from_forms``).
    """
    numbers = dict(figures.numbers)
    for measure, counted in forms.counted(criteria_set).items():
        key = (measure, figures.year)
        numbers[key] = _joined(measure, numbers.get(key), counted, figures.units, problems)
    return Figures(figures.year, figures.units, numbers, figures.choices)


def _joined(
    measure: str, typed: FigureColumn | None, counted: Counted, units: Sequence[Unit], problems: Problems
) -> FigureColumn:
    column = Numbers.fixed(counted.counts, 0)
    if typed is None:
        return FigureColumn(column, counted.present)
    for row in np.flatnonzero(typed.present & counted.present).tolist():
        problems.add("figure_from_forms", None, measure=measure, unit=units[row].id)
    values = [
        typed.numbers.row(row) if typed.present[row] else Fraction(int(counted.counts[row]))
        for row in range(len(units))
    ]
    return FigureColumn(Numbers.of(values), typed.present | counted.present)
