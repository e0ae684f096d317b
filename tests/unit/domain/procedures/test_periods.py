"""Periods as officials write them."""

from __future__ import annotations

from datetime import date

import pytest

from parindex.domain.errors import InvalidValue
from parindex.domain.procedures.periods import Period, parse_period, years_of


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("Năm 2026", "2026-01-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026q4", "2026-10-01", "2026-12-31"),
        ("Q2/2026", "2026-04-01", "2026-06-30"),
        ("Quý III/2026", "2026-07-01", "2026-09-30"),
        ("quý 4 2026", "2026-10-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("Tháng 02/2026", "2026-02-01", "2026-02-28"),
        ("31/03/2026", "2026-03-31", "2026-03-31"),
        (" 1.3.2026 ", "2026-03-01", "2026-03-01"),
        ("2026-03-31", "2026-03-31", "2026-03-31"),
        ("2026-03-31 14:05:00", "2026-03-31", "2026-03-31"),
        ("2025-12-15..2026-12-14", "2025-12-15", "2026-12-14"),
        ("2026-Q1..2026-Q2", "2026-01-01", "2026-06-30"),
        ("6 tháng đầu năm 2026", "2026-01-01", "2026-06-30"),
        ("9 tháng đầu năm 2026", "2026-01-01", "2026-09-30"),
        ("6 tháng cuối năm 2026", "2026-07-01", "2026-12-31"),
    ],
)
def test_what_can_be_written(written: str, first: str, last: str) -> None:
    assert parse_period(written) == Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "written",
    ["", "x", "26", "2026-Q5", "2026-13", "30/02/2026", "2026-02-30", "03-2026-1", "2026..2025", "a..2026", "1..2..3",
     "2025..2026..2027", "Quý V/2026", "0999"],
)  # fmt: skip
def test_what_is_no_period(written: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_period(written)
    assert (refused.value.kind, refused.value.facts) == ("not_a_period", {"text": written})


def test_what_lies_in_a_period() -> None:
    quarter, year = parse_period("2026-Q1"), parse_period("2026")
    assert (year.holds(quarter), quarter.holds(year), quarter.holds(quarter)) == (True, False, True)
    assert quarter.holds(parse_period("31/03/2026"))
    assert not quarter.holds(parse_period("01/04/2026"))


def test_what_shares_the_years_of_a_period() -> None:
    reporting = parse_period("2025-12-15..2026-12-14")
    assert reporting.shares_year(parse_period("2025-01"))
    assert reporting.shares_year(parse_period("31/12/2026"))
    assert not reporting.shares_year(parse_period("2027"))
    assert not reporting.shares_year(parse_period("2024-12-31..2025-01-01"))


def test_a_period_prints_as_dates() -> None:
    assert str(parse_period("2026-Q1")) == "01/01/2026 – 31/03/2026"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Năm 2026", "2026"), ("2026-01..2026-12", "2026"), ("Quý I/2026", "2026-Q1"), ("2026-10..2026-12", "2026-Q4"),
        ("Tháng 2/2024", "2024-02"), ("31/03/2026", "2026-03-31"), ("2026-Q1..2026-Q2", "2026-01..2026-06"),
        ("2026-02..2026-04", "2026-02..2026-04"), ("2025-12-15..2026-12-14", "2025-12-15..2026-12-14"),
        ("2025..2026", "2025-01-01..2026-12-31"), ("2026-01-01..2026-03-30", "2026-01-01..2026-03-30"),
    ],
)  # fmt: skip
def test_a_period_is_written_so_that_it_can_be_read_again(written: str, code: str) -> None:
    period = parse_period(written)
    assert period.code == code
    assert parse_period(code) == period


@pytest.mark.parametrize(
    ("period", "months", "stretches"),
    [
        ("2026", 3, ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]),
        ("2026", 6, ["2026-01..2026-06", "2026-07..2026-12"]),
        ("2026", 12, ["2026"]),
        ("2025..2026", 12, ["2025", "2026"]),
        ("2026-Q1", 1, ["2026-01", "2026-02", "2026-03"]),
        ("2026-Q1", 3, ["2026-Q1"]),
        ("2026-02", 3, []),
        ("31/03/2026", 1, []),
        # the quarters of a reporting year begin with it
        ("2025-12-15..2026-12-14", 3, [
            "2025-12-15..2026-03-14", "2026-03-15..2026-06-14", "2026-06-15..2026-09-14", "2026-09-15..2026-12-14",
        ]),
        # what is left at the end fills no quarter
        ("2026-01..2026-08", 3, ["2026-Q1", "2026-Q2"]),
        ("2026-01-01..2026-12-30", 6, ["2026-01..2026-06"]),
        # a month without a 31st ends on its last day, and the next begins there
        ("2026-01-31..2026-03-30", 1, ["2026-01-31..2026-02-27", "2026-02-28..2026-03-30"]),
    ],
)  # fmt: skip
def test_the_stretches_that_a_period_is_made_of(period: str, months: int, stretches: list[str]) -> None:
    assert parse_period(period).stretches(months) == tuple(parse_period(one) for one in stretches)


def test_the_years_that_periods_touch() -> None:
    assert years_of(map(parse_period, ("2026-Q1", "05/06/2026"))) == (2026,)
    assert years_of(map(parse_period, ("2027-01", "2023-12-15..2025-01-14"))) == (2023, 2024, 2025, 2027)
    assert years_of([]) == ()
