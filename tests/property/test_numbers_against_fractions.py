"""Every operation on columns gives, row by row, what ``Fraction`` (or ``Decimal`` for roundings) gives."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parindex.domain.values import INT64_MAX, Numbers, Rounding, RoundingMode, total

#: Around the edge of int64, so that each operation is met on both sides of it.
edge = st.sampled_from([INT64_MAX, INT64_MAX - 1, -INT64_MAX, 2**62, 2**31, 3_037_000_500, 2_800_000_000_000])
integers = st.one_of(st.integers(-6, 6), st.integers(-(10**6), 10**6), edge, st.integers(-(10**25), 10**25))
naturals = st.one_of(st.integers(1, 6), st.integers(1, 10**6), edge.map(abs), st.integers(1, 10**25))
small = st.builds(Fraction, st.integers(-6, 6), st.integers(1, 4))
factors = st.one_of(small, small, st.builds(Fraction, integers, naturals))
masks = st.lists(st.booleans(), min_size=4, max_size=4).map(lambda one: np.array(one, dtype=bool))
steps = st.builds(Rounding, st.integers(0, 12), st.sampled_from(RoundingMode))


def column_of(values: list[int]) -> np.ndarray[Any, Any]:
    return np.array(values, dtype=np.int64 if max(map(abs, values)) <= INT64_MAX else object)


@st.composite
def columns(draw: st.DrawFn) -> Numbers:
    """A column of four rows: fixed-point or of quotients, with tight or loose bounds."""
    sign = draw(st.sampled_from([abs, int]))
    num = [sign(one) for one in draw(st.lists(integers, min_size=4, max_size=4))]
    dens = draw(st.lists(naturals, min_size=4, max_size=4))
    slack = draw(st.sampled_from([1, 1, 1000]))
    bound = max(map(abs, num)) * slack
    if draw(st.booleans()):
        return Numbers(column_of(num), dens[0], bound, dens[0], min(num) >= 0)
    return Numbers(column_of(num), column_of(dens), bound, max(dens) * slack, min(num) >= 0)


def sound(made: Numbers) -> list[Fraction]:
    """The rows, after a look at what every column promises."""
    dens = [made.den] * len(made) if isinstance(made.den, int) else made.den.tolist()
    nums = made.num.tolist()
    assert all(isinstance(one, int) for one in (*nums, *dens))
    assert all(abs(one) <= made.num_bound for one in nums)
    assert all(0 < one <= made.den_bound for one in dens)
    assert not made.not_negative or min(nums, default=0) >= 0
    return made.to_fractions()


@settings(max_examples=200, deadline=None)
@given(columns(), columns(), factors)
def test_arithmetic(left: Numbers, right: Numbers, factor: Fraction) -> None:
    one, two = sound(left), sound(right)
    assert sound(left.times(factor)) == [value * factor for value in one]
    assert sound(left.plus(right)) == [a + b for a, b in zip(one, two, strict=True)]
    assert sound(left.minus(right)) == [a - b for a, b in zip(one, two, strict=True)]
    assert sound(left.plus(left)) == [2 * value for value in one]
    assert sound(total([left, right, left], 4)) == [2 * a + b for a, b in zip(one, two, strict=True)]


@settings(max_examples=200, deadline=None)
@given(columns(), columns(), masks)
def test_quotients(left: Numbers, right: Numbers, mask: Any) -> None:
    one, two = sound(left), sound(right)
    mask = mask & np.array([value > 0 for value in two], dtype=bool)
    expected = [a / b if chosen else 0 for a, b, chosen in zip(one, two, mask, strict=True)]
    assert sound(left.over(right, mask)) == expected
    if mask.all():
        assert sound(left.over(right)) == expected


@settings(max_examples=200, deadline=None)
@given(columns(), columns(), masks, factors)
def test_comparing(left: Numbers, right: Numbers, mask: Any, edge_value: Fraction) -> None:
    one, two = sound(left), sound(right)
    for value in (edge_value, one[0], -one[1], Fraction(0)):
        assert left.at_least(value).tolist() == [row >= value for row in one]
        assert left.above(value).tolist() == [row > value for row in one]
    assert left.is_zero().tolist() == [row == 0 for row in one]
    assert left.exceeds(right).tolist() == [a > b for a, b in zip(one, two, strict=True)]
    assert left.compare_rows(right).tolist() == [(a > b) - (a < b) for a, b in zip(one, two, strict=True)]
    keys = left.order_keys().tolist()
    for i in range(4):
        for j in range(4):
            assert (keys[i] > keys[j], keys[i] == keys[j]) == (one[i] > one[j], one[i] == one[j])
    assert sound(left.where(mask, right)) == [a if m else b for a, b, m in zip(one, two, mask, strict=True)]
    assert sound(left.zero_where(mask)) == [0 if m else a for a, m in zip(one, mask, strict=True)]
    rows = np.flatnonzero(mask)
    replaced = [edge_value if m else a for a, m in zip(one, mask, strict=True)]
    assert sound(left.replaced(rows, edge_value)) == replaced
    assert sound(left.take(np.flatnonzero(mask))) == [a for a, m in zip(one, mask, strict=True) if m]


@settings(max_examples=200, deadline=None)
@given(columns(), factors, factors)
def test_limits(column: Numbers, low: Fraction, high: Fraction) -> None:
    rows = sound(column)
    assert sound(column.limited(low=low)) == [max(low, row) for row in rows]
    assert sound(column.limited(high=high)) == [min(high, row) for row in rows]
    assert sound(column.limited(low=Fraction(0))) == [max(Fraction(0), row) for row in rows]
    assume(low <= high)
    assert sound(column.limited(low=low, high=high)) == [min(high, max(low, row)) for row in rows]


@settings(max_examples=200, deadline=None)
@given(columns(), steps)
def test_rounding_against_one_number_at_a_time(column: Numbers, step: Rounding) -> None:
    rows = sound(column)
    rounded = column.rounded(step)
    assert sound(rounded) == [step.apply(row) for row in rows]
    assert rounded.den == 10**step.places
    if not isinstance(column.den, int) and max(abs(row) for row in rows) * 10**step.places < 2**62:
        assert rounded.num.dtype == np.int64


decimals = st.one_of(
    st.decimals(-(10**6), 10**6, places=5), st.integers(-(10**7), 10**7).map(lambda n: Decimal(n) / Decimal(2000))
)


@settings(max_examples=200, deadline=None)
@given(st.lists(decimals, min_size=1, max_size=5), steps)
def test_rounding_is_that_of_decimal(values: list[Decimal], step: Rounding) -> None:
    mode = {RoundingMode.HALF_UP: ROUND_HALF_UP, RoundingMode.TRUNCATED: ROUND_DOWN}[step.mode]
    quantized: Callable[[Decimal], Decimal] = lambda value: value.quantize(  # noqa: E731
        Decimal(1).scaleb(-step.places), rounding=mode, context=Context(prec=60)
    )
    expected = [Fraction(quantized(value)) for value in values]
    assert sound(Numbers.of(values).rounded(step)) == expected
    assert [step.apply(Fraction(value)) for value in values] == expected


@settings(max_examples=200, deadline=None)
@given(st.lists(st.builds(Fraction, integers, naturals), max_size=5), st.integers(0, 3), integers)
def test_making(values: list[Fraction], places: int, constant: int) -> None:
    assert sound(Numbers.of(values)) == values
    ints = [value.numerator for value in values]
    array = np.array(ints, dtype=np.int64 if all(abs(one) <= INT64_MAX for one in ints) else object)
    assert sound(Numbers.fixed(array, places)) == [Fraction(one, 10**places) for one in ints]
    assert sound(Numbers.constant(Fraction(constant, 7), 3)) == [Fraction(constant, 7)] * 3
