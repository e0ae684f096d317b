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
    joined,
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


@pytest.mark.parametrize(
    "array", [np.array([0.5]), np.array(["1"]), np.array([0.5], dtype=object), np.array([1, 0.5], dtype=object)]
)
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


# --- what a column knows of itself: it decides how fast everything after it is ----------------------------------------


def known(column: Numbers) -> tuple[bool, int, int]:
    return column.not_negative, column.num_bound, column.den_bound


def fixed(*values: int, places: int = 0) -> Numbers:
    return Numbers.fixed(np.array(values, dtype=np.int64), places)


def test_a_column_knows_its_bounds_and_whether_it_is_not_negative() -> None:
    assert known(fixed(0, 3, places=2)) == (True, 3, 100)
    assert known(fixed(-4, 3)) == (False, 4, 1)
    assert known(Numbers.of([0, Fraction(3, 4)])) == (True, 3, 4)
    assert known(Numbers.of([Fraction(-1, 2)])) == (False, 1, 2)
    assert known(Numbers.of([])) == (True, 0, 1)
    assert known(Numbers.constant(Fraction(0), 1)) == (True, 0, 1)
    assert known(Numbers.constant(Fraction(-1, 3), 1)) == (False, 1, 3)
    assert known(Numbers(np.array([1], dtype=np.int64), 1, 1, 1)) == (False, 1, 1)  # nothing is assumed


def test_operations_keep_what_is_known() -> None:
    three, minus = fixed(0, 3), fixed(-1, 1)
    assert known(three.times(Fraction(0))) == (True, 0, 1)
    assert known(three.times(Fraction(-2, 3))) == (False, 6, 3)
    assert known(three.plus(three)) == (True, 6, 1)
    assert known(three.plus(minus)) == (False, 4, 1)
    assert known(three.over(fixed(2, 5))) == (True, 3, 5)
    assert known(three.over(fixed(0, 0), np.array([False, False]))) == (True, 3, 1)
    assert known(three.where(np.array([True, False]), minus)) == (False, 3, 1)
    assert known(three.replaced(np.array([0]), Fraction(0))) == (True, 3, 1)
    assert known(three.replaced(np.array([0]), Fraction(-7, 2))) == (False, 7, 2)
    assert known(minus.limited(low=Fraction(0))) == (True, 1, 1)
    assert known(minus.limited(low=Fraction(-1))) == (False, 1, 1)
    assert known(three.limited(high=Fraction(0))) == (True, 3, 1)
    assert known(three.limited(high=Fraction(-1))) == (False, 3, 1)
    assert known(minus.limited(high=Fraction(0))) == (False, 1, 1)
    assert known(total([], 1)) == (True, 0, 1)


def test_a_choice_between_quotients_does_not_grow() -> None:
    quotient = fixed(1, 2).over(fixed(5, 7))
    half = Numbers.constant(Fraction(1, 2), 1)
    chosen = quotient.where(np.array([True, False]), half)
    assert chosen.to_fractions() == [Fraction(1, 5), Fraction(1, 2)]
    assert known(chosen) == (True, 2, 7)
    assert known(half.where(np.array([True, False]), quotient)) == (True, 2, 7)


def test_neighbouring_quotients_have_keys_of_their_own() -> None:
    """97/98, 98/99 and 99/100 differ by less than 1/9000."""
    keys = fixed(97, 98, 99, 196).over(fixed(98, 99, 100, 198)).order_keys().tolist()
    assert keys[0] < keys[1] < keys[2]
    assert keys[3] == keys[1]


def test_a_rounding_looks_at_its_result_anew() -> None:
    """The bounds of a quotient are far from the points that it gives; after a rounding they are exact again."""
    quotient = fixed(0, 9).over(fixed(7, 7))
    assert known(quotient.rounded(Rounding(1))) == (True, 13, 10)
    assert known(fixed(-1, 0).over(fixed(7, 7)).rounded(Rounding(0))) == (True, 0, 1)
    assert known(fixed(-9, 1).over(fixed(7, 7)).rounded(Rounding(1))) == (False, 13, 10)
    assert known(fixed(0, 0).over(fixed(7, 7)).rounded(Rounding(1))) == (True, 0, 10)
    assert known(fixed(0, 5, places=3).rounded(Rounding(2))) == (True, 1, 100)


def test_the_largest_int64_is_still_an_int64() -> None:
    largest = np.array([INT64_MAX], dtype=object)
    assert Numbers.fixed(largest, 0).num.dtype == np.int64
    assert Numbers.of([INT64_MAX]).num.dtype == np.int64
    wide = Numbers(largest, np.array([1], dtype=np.int64), INT64_MAX + 1, 1)
    assert wide.rounded(Rounding(0)).num.dtype == np.int64


@pytest.mark.parametrize(
    ("num", "den", "places"),
    [
        (461_168_601_842_738, 999_999_937, 4),  # 2·num·scale fits in int64, and den on top of it does not
        (500_000_000_000_000, 3, 4),  # num·scale fits, twice of it does not
        (1, 2**62 + 1, 0),  # twice the denominator does not fit
        (2**62 + 1, 2**62 + 3, 0),
    ],
)
def test_a_rounding_at_the_edge_of_int64(num: int, den: int, places: int) -> None:
    column = Numbers(np.array([num], dtype=np.int64), np.array([den], dtype=np.int64), num, den, True)
    for mode in RoundingMode:
        step = Rounding(places, mode)
        assert column.rounded(step).row(0) == step.apply(Fraction(num, den))


def test_a_column_without_rows_knows_that_nothing_is_in_it() -> None:
    assert known(Numbers.fixed(np.array([], dtype=np.int64))) == (True, 0, 1)


def test_columns_of_int64_are_not_copied() -> None:
    array = np.array([1, 2], dtype=np.int64)
    assert np.shares_memory(Numbers.fixed(array).num, array)
    assert np.shares_memory(Numbers.fixed(array).times(Fraction(1, 2)).num, array)
    assert np.shares_memory(Numbers.fixed(array).cut(slice(1, 2)).num, array)


def test_a_piece_of_a_column() -> None:
    assert fixed(1, 2, 3, places=1).cut(slice(1, 3)).to_fractions() == [Fraction(1, 5), Fraction(3, 10)]
    assert fixed(1, 2, 3).over(fixed(4, 5, 6)).cut(slice(0, 2)).to_fractions() == [Fraction(1, 4), Fraction(2, 5)]


def test_columns_end_to_end() -> None:
    long = joined([fixed(1, 2, places=1), Numbers.of([Fraction(1, 3)]), fixed(-5)])
    assert long.to_fractions() == [Fraction(1, 10), Fraction(1, 5), Fraction(1, 3), -5]
    assert known(long) == (False, 150, 30)
    huge = joined([Numbers.of([2**70]), fixed(1)])
    assert huge.to_fractions() == [2**70, 1]
    assert known(huge) == (True, 2**70, 1)
