"""Text to exact numbers, many at once."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.documents.cycles.exact_columns import dotted_thousands, exact_column


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.decimals(allow_nan=False, allow_infinity=False, places=None, min_value=-(10**15), max_value=10**15),
        max_size=20,
    )
)
def test_every_decimal_is_read_exactly(numbers: list[Decimal]) -> None:
    texts = [format(number, "f") for number in numbers]
    column = exact_column(pl.Series(texts, dtype=pl.String))
    for row, text in enumerate(texts):
        if len(text) <= 60:
            assert column.value(row) == Fraction(text)


@pytest.mark.parametrize(
    ("text", "value", "places"),
    [
        ("0,5", Fraction(1, 2), 1),
        ("+7.10", Fraction("7.1"), 2),
        ("-0,25", Fraction("-0.25"), 2),
        ("80%", Fraction("0.8"), 1),
        ("3/4", Fraction("0.75"), 2),
        ("1/3", Fraction(1, 3), 12),
        ("1e-07", Fraction(1, 10**7), 7),
        ("123456789012345678901,5", Fraction("123456789012345678901.5"), 1),
    ],
)
def test_one_number_in_its_many_forms(text: str, value: Fraction, places: int) -> None:
    column = exact_column(pl.Series([text]))
    assert (column.value(0), int(column.places[0]), column.bad.tolist()) == (value, places, [False])


@pytest.mark.parametrize(
    "text", ["", "x", "1.234.567", "1 000", "٣", "1e999", "nan", "inf", "--1", "1,2,3", "12 hồ sơ"]
)
def test_what_is_no_number_is_bad_and_absent(text: str) -> None:
    column = exact_column(pl.Series([text, "1"]))
    assert column.bad.tolist() == [True, False]
    assert column.present.tolist() == [False, True]


def test_integers_stay_integers_however_wide() -> None:
    assert exact_column(pl.Series([1, None, -3])).value(2) == -3
    assert exact_column(pl.Series([2**64 - 1], dtype=pl.UInt64)).value(0) == 2**64 - 1


def test_negative_and_whole_numbers_are_known_in_every_form() -> None:
    column = exact_column(pl.Series(["-1", "1,50", "4,00", "-1/2", "200%", None]))
    assert column.negative().tolist() == [True, False, False, True, False, False]
    assert column.whole().tolist() == [True, False, True, False, True, True]


@pytest.mark.parametrize(
    ("texts", "suspected"),
    [
        (["876.270", "999,61", None], [True, False, False]),
        (["876.270", "0.125", "1.5"], [False, False, False]),
        (["0.125", "12.34", "1,5"], [False, False, False]),
        (["1.234", "56", None], [True, False, False]),
        (["1.234", "12.500", "80%"], [True, True, False]),
        (["1.234", "12.5%", "-2.345"], [False, False, False]),
    ],
)
def test_a_dot_before_three_digits_is_doubted_unless_another_dot_is_surely_decimal(
    texts: list[str | None], suspected: list[bool]
) -> None:
    nowhere = np.zeros(len(texts), dtype=bool)
    assert dotted_thousands(pl.Series(texts, dtype=pl.String), nowhere).tolist() == suspected


def test_where_things_are_counted_such_a_dot_is_always_doubted() -> None:
    column = pl.Series(["1.000", "1.000", "0.5"])
    assert dotted_thousands(column, np.array([True, False, True])).tolist() == [True, False, False]


def test_integers_have_no_dots() -> None:
    assert dotted_thousands(pl.Series([1000, 2]), np.array([True, True])).tolist() == [False, False]
