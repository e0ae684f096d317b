"""Numbers and dates as official papers print them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction

import pytest

from parindex.wording import language, numbers


@pytest.fixture
def english() -> Iterator[None]:
    before = language.current()
    language.use(language.Language.ENGLISH)
    yield
    language.use(before)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Fraction("13.4873"), "13,4873"),
        (Fraction("0.5"), "0,5"),
        (Fraction("-0.25"), "−0,25"),
        (Fraction(0), "0"),
        (Fraction(100), "100"),
        (Fraction(2, 3), "0,66667"),
        (Fraction("0.000005"), "0,00001"),
        (Fraction(53576), "53576"),
        (None, "–"),
    ],
)
def test_points_have_a_comma_and_no_padding(value: Fraction | None, words: str) -> None:
    assert numbers.points_text(value) == words


def test_figures_have_dots_between_thousands() -> None:
    assert numbers.number(53576) == "53.576"
    assert numbers.number(Fraction("2726592.66268")) == "2.726.592,66268"
    assert numbers.number(Fraction("-1234.5")) == "−1.234,5"
    assert numbers.number(Fraction(2, 3), 2) == "0,67"
    assert numbers.number(None) == "–"


def test_per_cents_and_shares() -> None:
    assert numbers.percent(Fraction("84.68919")) == "84,69%"
    assert numbers.percent(Fraction("84.68919"), 5) == "84,68919%"
    assert numbers.share(Fraction(178, 572), 5) == "31,11888%"
    assert numbers.percent(None) == numbers.share(None) == "–"


@pytest.mark.usefixtures("english")
def test_english_changes_the_marks() -> None:
    assert numbers.points_text(Fraction("13.4873")) == "13.4873"
    assert numbers.number(Fraction("53576.5")) == "53,576.5"
    assert numbers.time_text(datetime(2021, 3, 31, 17)) == "17:00 on 31/03/2021"


def test_dates_begin_with_the_day() -> None:
    assert numbers.date_text(date(2020, 12, 8)) == "08/12/2020"
    assert numbers.date_text(None) == "–"
    assert numbers.time_text(datetime(2021, 3, 31, 17)) == "17:00 ngày 31/03/2021"
