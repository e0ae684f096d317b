"""One misprint of a figure: which two figures differ by one, and what a figure may have been meant to be."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.misprints import (
    MisprintKind,
    are_exchanged,
    are_reordered,
    as_meant,
    digits_of,
    is_misprint,
    misprint_between,
    neighbours_exchanged,
    with_another_digit,
)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("463", "436", MisprintKind.EXCHANGED),
        ("463", "364", MisprintKind.EXCHANGED),
        ("463", "461", MisprintKind.OTHER),
        ("463", "463", None),
        ("463", "634", None),
        ("463", "451", None),
        ("463", "4630", None),
    ],
)
def test_one_misprint_exchanges_two_digits_or_makes_one_another(one: str, other: str, kind: MisprintKind) -> None:
    assert (misprint_between(one, other), misprint_between(other, one)) == (kind, kind)


def test_few_digits_are_exchanged_by_accident() -> None:
    assert [are_exchanged("46", "64"), are_exchanged("46", "64", 2), are_exchanged("463", "436")] == [False, True, True]
    assert [are_reordered("463", "634"), are_reordered("463", "463")] == [True, False]


def test_marks_stay_where_they_are() -> None:
    assert digits_of("1.045,5%") == "10455"
    assert list(neighbours_exchanged("1.045")) == ["0.145", "1.405", "1.054"]
    assert list(with_another_digit("4,"))[:3] == ["0,", "1,", "2,"]


def test_a_figure_may_have_been_meant_in_few_ways() -> None:
    assert as_meant("1,2", 1, MisprintKind.EXCHANGED) == ((21, 1),)
    assert as_meant("1,2", 1, MisprintKind.MOVED) == ((12, 0), (12, 2), (12, 3))
    assert as_meant("122", 0, MisprintKind.ADDED) == ((22, 0), (12, 0))
    assert len(as_meant("122", 0, MisprintKind.OTHER)) == 27
    assert as_meant("5", 0, MisprintKind.OTHER) == ()


@pytest.mark.parametrize(
    ("printed", "meant", "is_one"),
    [
        ("1346", 1364, True),
        ("13460", 13450, False),
        ("13465", 13455, True),
        ("1346", 1345, False),
        ("1346", 1346, False),
    ],
)
def test_one_of_many_digits_may_be_another(printed: str, meant: int, is_one: bool) -> None:
    figure = TextFigure(printed, 0, len(printed), (Fraction(printed),), (0,))
    assert is_misprint(figure, Fraction(meant)) is is_one
