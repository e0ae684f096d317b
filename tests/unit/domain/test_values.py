"""Single numbers, and what columns do at their edges (the operations themselves: tests/property)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from parindex.domain.errors import InvalidValue
from parindex.domain.values import (
    INT64_MAX,
    Numbers,
    Rounding,
    RoundingMode,
    decimal_places,
    number_text,
    parse_number,
    total,
)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,5", Fraction(3, 2)),
        ("1.5", Fraction(3, 2)),
        (" 1.10 ", Fraction(11, 10)),
        ("80%", Fraction(4, 5)),
        ("82,96 %", Fraction(8296, 10000)),
        ("3/4", Fraction(3, 4)),
        (" -3 / 4 ", Fraction(-3, 4)),
        ("+2", Fraction(2)),
        ("-0,5", Fraction(-1, 2)),
        (7, Fraction(7)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Fraction(1, 3), Fraction(1, 3)),
        ("9" * 60, Fraction(10**60 - 1)),
        (10**60 - 1, Fraction(10**60 - 1)),
    ],
)
def test_a_number_is_read_exactly(written: object, value: Fraction) -> None:
    assert parse_number(written) == value


@pytest.mark.parametrize(
    "written",
    ["", " ", "a", "1.234,5", "1,", ",5", "1e3", "1_0", "--1", "1/0", "1/2/3", "a/2", "2/a", "1/-2", "½", "٣", "٣/٤",
     "%", "nan", "+-3/4", "5%%", "3/00", "1\n/2", "9" * 61, 10**60, -(10**60), True, None, 0.5, [], Decimal("NaN"),
     Decimal("Infinity"), Decimal("1E+60"), Decimal("1E-60")],
)  # fmt: skip
def test_anything_else_is_not_a_number(written: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_number(written)
    assert caught.value.kind == "not_a_number"
    assert len(str(caught.value.facts["text"])) <= 62


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(0), 0, "0"),
        (Fraction(-12), 0, "-12"),
        (Fraction(1, 2), 1, "0.5"),
        (Fraction(1, 8), 3, "0.125"),
        (Fraction(-1, 25), 2, "-0.04"),
        (Fraction(1234, 100), 2, "12.34"),
        (Fraction(1, 10**4), 4, "0.0001"),
        (Fraction(3, 2000), 4, "0.0015"),
        (Fraction(1, 3), None, "1/3"),
        (Fraction(-2, 7), None, "-2/7"),
        (Fraction(1, 6), None, "1/6"),
    ],
)
def test_the_shortest_exact_text(value: Fraction, places: int | None, text: str) -> None:
    assert decimal_places(value) == places
    assert number_text(value) == text
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("value", "half_up", "truncated"),
    [("80.285", "80.29", "80.28"), ("-0.125", "-0.13", "-0.12"), ("0.1249", "0.12", "0.12"), ("0.125", "0.13", "0.12"),
     ("3", "3", "3")],
)  # fmt: skip
def test_one_rounding_step(value: str, half_up: str, truncated: str) -> None:
    assert Rounding(2).apply(Fraction(value)) == Fraction(half_up)
    assert Rounding(2, RoundingMode.TRUNCATED).apply(Fraction(value)) == Fraction(truncated)


@pytest.mark.parametrize("places", [-1, 13])
def test_a_rounding_step_has_0_to_12_places(places: int) -> None:
    assert Rounding(0).places == 0
    assert Rounding(12).places == 12
    with pytest.raises(InvalidValue) as caught:
        Rounding(places)
    assert (caught.value.kind, caught.value.facts) == ("rounding_places", {"places": places})


def test_a_column_of_narrow_integers_is_widened_before_it_is_multiplied() -> None:
    column = Numbers.fixed(np.array([2_000_000_000], dtype=np.int32), 0)
    assert column.times(Fraction(1000)).row(0) == 2_000_000_000_000


def test_a_column_of_unsigned_integers_beyond_int64_stays_exact() -> None:
    column = Numbers.fixed(np.array([2**64 - 1, 1], dtype=np.uint64), 2)
    assert column.to_fractions() == [Fraction(2**64 - 1, 100), Fraction(1, 100)]


def test_the_lowest_int64_is_negated_exactly() -> None:
    column = Numbers.fixed(np.array([-(2**63)], dtype=np.int64), 0)
    assert column.times(Fraction(-1)).row(0) == 2**63
    assert column.minus(column).row(0) == 0


@pytest.mark.parametrize("array", [np.array([0.5]), np.array(["1"]), np.array([0.5], dtype=object)])
def test_a_column_is_made_of_integers_only(array: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        Numbers.fixed(array, 0)
    assert (caught.value.kind, caught.value.facts["dtype"]) == ("not_integers", str(array.dtype))


def test_a_known_bound_is_believed() -> None:
    column = Numbers.fixed(np.array([1, 2], dtype=np.int64), 4, bound=50_000)
    assert (column.num_bound, column.den, column.den_bound) == (50_000, 10**4, 10**4)
    assert column.num.dtype == np.int64


def test_no_place_means_whole_numbers() -> None:
    assert Numbers.fixed(np.array([3], dtype=np.int64)).row(0) == 3


def test_columns_without_rows() -> None:
    empty = Numbers.of([])
    assert len(empty) == 0
    assert empty.plus(empty).to_fractions() == []
    assert empty.times(Fraction(1, 3)).rounded(Rounding(2)).to_fractions() == []
    quotient = empty.over(empty)
    assert quotient.plus(quotient.times(Fraction(1, 2))).limited(low=Fraction(1), high=Fraction(2)).to_fractions() == []
    assert empty.compare_rows(empty).tolist() == []


def test_the_sum_of_no_columns_is_zero() -> None:
    assert total([], 3).to_fractions() == [0, 0, 0]


def test_int64_is_kept_where_the_bounds_allow_it_and_left_where_they_do_not() -> None:
    fits = Numbers.constant(Fraction(3_037_000_499), 2)
    assert fits.times(Fraction(3_037_000_499)).num.dtype == np.int64
    assert fits.times(Fraction(3_037_000_500)).times(Fraction(3_037_000_500)).num.dtype == object
    assert Numbers.constant(Fraction(INT64_MAX), 2).num.dtype == np.int64
    assert Numbers.constant(Fraction(INT64_MAX + 1), 2).num.dtype == object


def test_equal_denominators_are_not_multiplied() -> None:
    quotient = Numbers.of([1, 2]).over(Numbers.of([3, 5]))
    doubled = quotient.plus(quotient)
    assert doubled.den is quotient.den
    assert doubled.to_fractions() == [Fraction(2, 3), Fraction(4, 5)]


def test_scales_that_cancel_do_not_grow() -> None:
    """2,85 billion with two decimals over 3,1 billion with two decimals stays in int64 through a rounding."""
    above = Numbers.fixed(np.array([285_000_000_000], dtype=np.int64), 2)
    below = Numbers.fixed(np.array([310_000_000_000], dtype=np.int64), 2)
    quotient = above.over(below)
    assert (quotient.num_bound, quotient.den_bound) == (285_000_000_000, 310_000_000_000)
    rounded = quotient.times(Fraction(3, 2)).rounded(Rounding(4))
    assert (rounded.row(0), rounded.num_bound) == (Fraction("1.379"), 13790)
