"""Forms as the figures of a cycle: what is counted joins what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from parindex.documents.cycles.attempted_tables import Said, attempted
from parindex.documents.cycles.row_problems import Problems
from parindex.documents.dossiers.dossier_file import (
    Forms,
    form_layout,
    officials_of,
    read_forms,
)
from parindex.documents.dossiers.form_rows import FormRows
from parindex.domain.criteria.criteria_set import CriteriaSet, Measure
from parindex.domain.criteria.form_declarations import Scored
from parindex.domain.errors import Place
from parindex.domain.procedures.forms import Counted, upward, with_children
from parindex.domain.procedures.periods import Period
from parindex.domain.scoring.figures import FigureColumn, Figures
from parindex.domain.units import Unit
from parindex.domain.values import Numbers


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

    Problems: those of the files, ``set_without_forms``, ``checked_needs_forms``, ``table_without_rows`` (of all of
    them: one office may have had no dossier).
    """
    if files.checked and not files.forms:
        problems.add("checked_needs_forms", Place(file=files.checked[0].name))
    if not files.forms:
        return None
    if criteria_set.forms is None:
        problems.add("set_without_forms", Place(file=files.forms[0].name), set=criteria_set.id)
        return None
    layout = form_layout(criteria_set.forms)
    read = [attempted(path, layout, problems, said) for path in (*files.forms, *files.checked)]
    tables = [table for table in read if table is not None]
    if len(tables) < len(read):
        return None
    own = tables[: len(files.forms)]
    if not any(table.rows for table in own):
        for table in own:
            problems.add("table_without_rows", Place(file=table.file, sheet=table.sheet))
        return None
    for table in tables:
        if table.unread:
            problems.note("column_unused", Place(file=table.file), heads=list(table.unread), known=list(layout.columns))
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
    for name, counted in forms.counted().items():
        measure, key = criteria_set.measures.get(name), (name, figures.year)
        typed = numbers.get(key)
        if measure is not None and typed is not None:
            numbers[key] = _joined(measure, typed, counted, figures.units, problems)
        elif measure is not None:  # else the set is refused for it
            whole = with_children(counted, figures.units) if measure.sum_of_children else counted
            numbers[key] = FigureColumn(Numbers.fixed(whole.counts, 0), whole.present)
    return Figures(figures.year, figures.units, numbers, figures.choices)


def _joined(
    measure: Measure, typed: FigureColumn, counted: Counted, units: Sequence[Unit], problems: Problems
) -> FigureColumn:
    """Figures of one measure of which some units typed a number and some have forms.

    What ``typed`` holds of a unit with others below it is their sum, which is made anew here from what either source
    gives of each of them.
    """
    below = list(upward(units)) if measure.sum_of_children else []
    own = typed.present.copy()
    own[[parent for _, parent in below]] = False
    for row in np.flatnonzero(own & counted.present).tolist():
        problems.add("figure_from_forms", None, measure=measure.id, unit=units[row].id)
    values = [typed.numbers.row(row) if own[row] else Fraction(int(counted.counts[row])) for row in range(len(units))]
    present = own | counted.present
    for row, parent in below:
        values[parent] += values[row]
        present[parent] |= present[row]
    return FigureColumn(Numbers.of(values), present)


def figures_by_period(
    criteria_set: CriteriaSet, forms: Forms, whole: tuple[Period | None, int], typed: bool, problems: Problems
) -> tuple[tuple[Period, Figures], ...]:
    """The figures of each period inside the ``whole`` one (and year) that the set wants scored for itself and that has
    any form.

    Nothing where the whole is no longer than one of them, and where some figures or points are ``typed``: these are
    of the whole, and of no part of it (``periods_of_forms_alone``). A form that belongs to none of them, because it
    has no date or is of a longer time, counts in the whole alone (``forms_of_no_single_period``). Both are noted.
    """
    (period, year), length = whole, forms.declaration.periods
    stretches = () if period is None or length is None else period.stretches(length.months)
    if stretches in ((), (period,)):
        return ()
    if typed:
        problems.note("periods_of_forms_alone", Place(), period=str(period))
        return ()
    of_each = [(one, forms.within(one)) for one in stretches]
    left = len(forms) - sum(len(mine) for _, mine in of_each)
    if left:
        problems.note("forms_of_no_single_period", Place(), count=left, period=str(period))
    return tuple(
        (one, with_counted(criteria_set, Figures(year, forms.units), mine, problems))
        for one, mine in of_each
        if len(mine)
    )
