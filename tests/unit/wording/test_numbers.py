"""Numbers as official papers print them."""

from __future__ import annotations

from collections.abc import Iterator
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
    assert numbers.percent(None) == numbers.share(None) == numbers.percent_text(None) == numbers.index_text(None) == "–"
    assert numbers.percent_text(Fraction(50)) == "50%"


def test_a_computed_per_cent_keeps_its_places() -> None:
    assert numbers.percent(Fraction(85)) == "85,00%"
    assert numbers.percent(Fraction("84.996")) == "85,00%"


@pytest.mark.parametrize(
    ("index", "edge", "words"),
    [
        (Fraction(75), None, "75,00%"),
        (Fraction("84.68919"), 85, "84,68919%"),
        (Fraction(200, 3), 85, "66,66667%"),
        (Fraction("84.99999995"), 85, "84,99999995%"),
        (Fraction("84.99999995"), None, "85,00000%"),
        (Fraction(85), 100, "85,00%"),
    ],
)
def test_an_index_never_prints_as_the_edge_that_it_does_not_reach(
    index: Fraction, edge: int | None, words: str
) -> None:
    assert numbers.index_text(index, None if edge is None else Fraction(edge)) == words


def test_a_difference_is_never_printed_as_none() -> None:
    assert numbers.short_of(Fraction("0.00000005")) == "0,0000001"
    assert numbers.short_of(Fraction("0.25")) == "0,25"
    assert numbers.short_of(Fraction(0)) == "0"


def test_the_sign_of_a_calculation_says_whether_its_value_is_cut() -> None:
    assert numbers.equals(Fraction(1, 2), None) == "="
    assert numbers.equals(Fraction(1, 2), Fraction(1, 3)) == "≈"
    assert numbers.equals(Fraction("0.0000001")) == "≈"


@pytest.mark.usefixtures("english")
def test_english_changes_the_marks() -> None:
    assert numbers.points_text(Fraction("13.4873")) == "13.4873"
    assert numbers.number(Fraction("53576.5")) == "53,576.5"
