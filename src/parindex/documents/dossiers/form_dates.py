"""The day or period of every form, and whether it lies in the period that is evaluated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parindex.documents.cycles.coded_columns import codes, distinct
from parindex.documents.cycles.row_problems import Problems
from parindex.documents.dossiers.form_rows import FormRows
from parindex.domain.errors import InvalidValue, Place
from parindex.domain.procedures.periods import Period, parse_period, years_of
from parindex.domain.values import Mask


@dataclass(frozen=True, slots=True, eq=False)
class FormDates:
    """``codes`` is the position in ``written`` of the day or period of each row, however it is written there, and one
    beyond where none stands; ``usable`` are the rows whose date can be read, ``missing`` those that lack the date that
    they need, ``inside`` those that belong to the period.
    """

    written: tuple[Period, ...]
    codes: NDArray[np.int64]
    usable: Mask
    missing: Mask
    inside: Mask


def read_dates(rows: FormRows, period: Period | None, problems: Problems) -> FormDates:
    """Read the column ``date`` of ``rows``.

    Without a ``period`` every row is inside, dated or not. With one, a row of another part of the same years is left
    out, which is noted (``forms_of_other_periods``); a row of another year is a problem (``form_outside_period``),
    and so is a row without a date, but for the check of a dossier, which has the date of its form.
    """
    column = rows.column("date")
    texts = distinct(column).to_list()
    read = [_read(text) for text in texts]
    numbers = {one: number for number, one in enumerate(dict.fromkeys(one for one in read if one is not None))}
    number = np.array([*(-1 if one is None else numbers[one] for one in read), len(numbers)], dtype=np.int64)
    found = number[codes(column)]
    there = column.is_not_null().to_numpy()
    bad = found == -1
    rows.problems(problems, "not_a_date", bad, "date")
    if period is None:
        all_rows = np.ones(len(rows), dtype=bool)
        return FormDates(tuple(numbers), np.maximum(found, 0), ~bad, ~all_rows, all_rows)
    near = np.array([*(one is not None and period.shares_year(one) for one in read), True])[codes(column)]
    inside = np.array([*(one is not None and period.holds(one) for one in read), False])[codes(column)]
    of_form = rows.is_check & rows.column("dossier").is_not_null().to_numpy()
    missing = ~there & ~of_form
    rows.problems(problems, "date_missing", missing)
    rows.problems(problems, "form_outside_period", ~near & ~bad & ~of_form, "date", period=str(period))
    others = int(np.count_nonzero(near & ~inside & there & ~rows.is_check))
    if others:
        problems.note("forms_of_other_periods", Place(), count=others, period=str(period))
    return FormDates(tuple(numbers), np.maximum(found, 0), ~bad, missing, inside)


def period_of(rows: FormRows, asked: Period | None, problems: Problems) -> Period | None:
    """The period that is ``asked`` for, else the one year that all dated forms are of; None where none has a date.

    That year is noted (``period_of_forms``). Forms of several years are a problem (``forms_of_several_years``): no
    evaluation is of all of them, and nobody has said which one is meant.
    """
    if asked is not None:
        return asked
    own = rows.column("date").filter(pl.Series(~rows.is_check))
    years = years_of(one for text in own.drop_nulls().unique().cast(pl.String) if (one := _read(text)) is not None)
    if len(years) > 1:
        problems.add("forms_of_several_years", Place(file=rows.tables[0].file), years=[str(year) for year in years])
    if len(years) != 1:
        return None
    problems.note("period_of_forms", Place(), year=str(years[0]))
    return parse_period(str(years[0]))


def overlapping(dates: FormDates, subjects: NDArray[np.int32], among: Mask) -> NDArray[np.intp]:
    """For each row of ``among`` whose period shares a day with that of another row of the same unit, which begins no
    later: that other row; −1 for all others. Rows without a date share none.
    """
    found = np.full(len(among), -1, dtype=np.intp)
    days = np.array([(one.first.toordinal(), one.last.toordinal()) for one in dates.written], dtype=np.int64)
    rows = np.flatnonzero(among & (dates.codes < len(dates.written)))
    if not len(rows):
        return found
    first, last = days[dates.codes[rows]].T
    order = np.lexsort((-last, first, subjects[rows]))
    rows, first, last = rows[order], first[order], last[order]
    # Units lie apart on one line of days, so that the latest day so far is always one of the same unit.
    apart = subjects[rows].astype(np.int64) * (int(days.max()) + 1)
    latest = np.maximum.accumulate((apart + last) * len(rows) + np.arange(len(rows)))
    again = np.flatnonzero(apart[1:] + first[1:] <= latest[:-1] // len(rows)) + 1
    found[rows[again]] = rows[latest[again - 1] % len(rows)]
    return found


def _read(text: str) -> Period | None:
    try:
        return parse_period(text)
    except InvalidValue:
        return None
