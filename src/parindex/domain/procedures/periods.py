"""Periods of an evaluation: a year, a quarter, a month, a day, or from one day to another.

Circular 01/2018/TT-VPCP evaluates officials each quarter and offices each year; a province may choose others.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from parindex.domain.errors import InvalidValue

_DAY_LONG = timedelta(days=1)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From ``first`` to ``last``, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first:%d/%m/%Y} – {self.last:%d/%m/%Y}"

    @property
    def code(self) -> str:
        """The shortest way of writing it that :func:`parse_period` reads: ``2026``, ``2026-Q1``, ``2026-03``,
        ``2026-03-31``, else ``2025-12-15..2026-12-14``.
        """
        first, last = self.first, self.last
        if first == last:
            return first.isoformat()
        year, months = first.year, last.month - first.month + 1
        if self != _months(year, first.month, last.month):
            return f"{first.isoformat()}..{last.isoformat()}"
        whole = {12: f"{year}", 1: f"{year}-{first.month:02}"}
        if months == 3 and first.month % 3 == 1:
            return f"{year}-Q{last.month // 3}"
        return whole.get(months, f"{year}-{first.month:02}..{year}-{last.month:02}")

    def stretches(self, months: int) -> tuple[Period, ...]:
        """The stretches of ``months`` months that this period is made of, counted from its first day.

        The quarters of a calendar year are those of the calendar; those of a reporting year that begins on 15/12 begin
        on 15/12, 15/03, 15/06, 15/09. Days at the end that fill no stretch are in none.
        """
        found: list[Period] = []
        first = self.first
        while (after := _months_after(self.first, months * (len(found) + 1))) <= self.last + _DAY_LONG:
            found.append(Period(first, after - _DAY_LONG))
            first = after
        return tuple(found)

    def holds(self, other: Period) -> bool:
        """Whether ``other`` lies in this period altogether."""
        return self.first <= other.first and other.last <= self.last

    def shares_year(self, other: Period) -> bool:
        """Whether ``other`` lies altogether in the calendar years that this period touches."""
        return self.first.year <= other.first.year and other.last.year <= self.last.year


def years_of(periods: Iterable[Period]) -> tuple[int, ...]:
    """Every calendar year that one of ``periods`` touches, in order."""
    return tuple(sorted({year for one in periods for year in range(one.first.year, one.last.year + 1)}))


def parse_period(text: str) -> Period:
    """A period as it is written: ``2026``, ``2026-Q1``, ``Q1/2026``, ``Quý I/2026``, ``2026-03``, ``03/2026``,
    ``2026-03-31``, ``31/03/2026``, ``6 tháng đầu năm 2026``, and any two of them with ``..`` between.

    Raises :class:`InvalidValue` (``not_a_period``) for anything else, also for a day that no calendar has and for a
    period that ends before it begins.
    """
    pieces = text.split("..")
    try:
        if len(pieces) > 2:
            raise ValueError
        first, last = _one(pieces[0]), _one(pieces[-1])
        if last.last < first.first:
            raise ValueError
    except ValueError:
        raise InvalidValue("not_a_period", text=text) from None
    return Period(first.first, last.last)


def _one(text: str) -> Period:
    plain = " ".join(text.casefold().split())
    for pattern, made in _PATTERNS:
        if found := re.fullmatch(pattern, plain):
            return made(**found.groupdict())
    raise ValueError


def _year(year: str) -> Period:
    return _months(int(year), 1, 12)


def _quarter(quarter: str, year: str) -> Period:
    number = _ROMAN.get(quarter) or int(quarter)
    return _months(int(year), 3 * number - 2, 3 * number)


def _month(month: str, year: str) -> Period:
    return _months(int(year), int(month), int(month))


def _day(day: str, month: str, year: str) -> Period:
    one = date(int(year), int(month), int(day))
    return Period(one, one)


def _months(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _months_after(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or the last day of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _first_months(count: str, year: str) -> Period:
    return _months(int(year), 1, int(count))


def _last_months(count: str, year: str) -> Period:
    return _months(int(year), 13 - int(count), 12)


_YEAR = r"(?P<year>[12]\d{3})"
_QUARTER = r"(?P<quarter>[1-4]|i{1,3}|iv)"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_COUNT = r"(?P<count>[1-9]|1[0-2])"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_PATTERNS: tuple[tuple[str, Callable[..., Period]], ...] = (
    (_YEAR, _year),
    (rf"(?:năm )?{_YEAR}", _year),
    (rf"{_YEAR}[-/]?q{_QUARTER}", _quarter),
    (rf"(?:q|quý ?){_QUARTER}[-/ ]{_YEAR}", _quarter),
    (rf"{_COUNT} tháng đầu năm {_YEAR}", _first_months),
    (rf"{_COUNT} tháng cuối năm {_YEAR}", _last_months),
    (rf"{_YEAR}-{_MONTH}", _month),
    (rf"(?:tháng )?{_MONTH}[-/]{_YEAR}", _month),
    (rf"{_YEAR}-{_MONTH}-{_DAY}(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?", _day),
    (rf"{_DAY}[-/.]{_MONTH}[-/.]{_YEAR}", _day),
)
