"""Columns of exact numbers: :class:`Numbers`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm
from typing import Self

import numpy as np
from numpy.typing import NDArray

from parindex.domain.errors import InvalidValue
from parindex.domain.values.exact import Rounding
from parindex.domain.values.integers import INT64_MAX, Integers, divided, extremes, integer_type, product, wide

#: A column of truth values.
Mask = NDArray[np.bool_]
#: Rows by position.
Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """A column of exact numbers: row i is ``num[i] / den`` or ``num[i] / den[i]``.

    ``den`` is one positive integer for all rows (a fixed-point column) or a column of positive integers (quotients).
    ``num_bound`` and ``den_bound`` are Python integers that no ``|num|``, ``den`` exceeds; every operation derives the
    bounds of its result from them and moves to Python integers before ``int64`` could overflow. ``not_negative`` is
    True where it is known that no row is below zero, so that what follows need not look.
    """

    num: Integers
    den: int | Integers
    num_bound: int
    den_bound: int
    not_negative: bool = False

    # --- making ------------------------------------------------------------------------------------------------

    @classmethod
    def fixed(cls, num: Integers, places: int = 0, bound: int | None = None) -> Self:
        """Fixed-point column: integer numerators over ``10**places``. ``bound`` may be given where it is known.

        Raises :class:`InvalidValue` (``not_integers``) for an array of anything but integers.
        """
        if num.dtype.kind not in "iuO" or (num.dtype == object and not all(isinstance(one, int) for one in num)):
            raise InvalidValue("not_integers", dtype=str(num.dtype))
        low, high = extremes(num)
        known = max(abs(low), abs(high)) if bound is None else bound
        dtype = integer_type(known)
        return cls(num.astype(dtype, copy=False), 10**places, known, 10**places, low >= 0)

    @classmethod
    def of(cls, values: Iterable[Fraction | Decimal | int]) -> Self:
        """A column from exact values, over their least common denominator."""
        fractions = [value if type(value) is Fraction else Fraction(value) for value in values]
        den = lcm(*(value.denominator for value in fractions))
        ints = [value.numerator * (den // value.denominator) for value in fractions]
        bound = max((abs(value) for value in ints), default=0)
        num = np.array(ints, dtype=integer_type(bound))
        return cls(num, den, bound, den, min(ints, default=0) >= 0)

    @classmethod
    def constant(cls, value: Fraction, rows: int) -> Self:
        """A column of ``rows`` times the same value (one row is enough beside another column)."""
        bound = abs(value.numerator)
        num = np.full(rows, value.numerator, dtype=integer_type(bound))
        return cls(num, value.denominator, bound, value.denominator, value >= 0)

    # --- reading -----------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.num)

    def row(self, index: int) -> Fraction:
        """Row ``index`` as an exact fraction."""
        den = self.den if isinstance(self.den, int) else self.den[index]
        return Fraction(int(self.num[index]), int(den))

    def to_fractions(self) -> list[Fraction]:
        """All rows as exact fractions."""
        return [self.row(index) for index in range(len(self))]

    def take(self, rows: Positions) -> Numbers:
        """The rows at ``rows``."""
        den = self.den if isinstance(self.den, int) else self.den.take(rows)
        return Numbers(self.num.take(rows), den, self.num_bound, self.den_bound, self.not_negative)

    def cut(self, piece: slice) -> Numbers:
        """The rows of ``piece``, as a view."""
        den = self.den if isinstance(self.den, int) else self.den[piece]
        return Numbers(self.num[piece], den, self.num_bound, self.den_bound, self.not_negative)

    # --- arithmetic --------------------------------------------------------------------------------------------

    def times(self, factor: Fraction) -> Numbers:
        """Every row times one exact factor."""
        over, under = factor.numerator, factor.denominator
        den = self.den
        if isinstance(den, int):
            shared = gcd(den, over)
            den, over = den // shared * under, over // shared
            den_bound = den
        else:
            den_bound = self.den_bound * under
            den = product(den, self.den_bound, under, under)
        num = product(self.num, self.num_bound, over, abs(over))
        return Numbers(num, den, self.num_bound * abs(over), den_bound, self.not_negative and over >= 0)

    def plus(self, other: Numbers) -> Numbers:
        """Row by row sum."""
        left, right = _aligned(self, other)
        bound = left.num_bound + right.num_bound
        num = wide(left.num, bound) + wide(right.num, bound)
        return Numbers(num, left.den, bound, left.den_bound, left.not_negative and right.not_negative)

    def minus(self, other: Numbers) -> Numbers:
        """Row by row difference."""
        return self.plus(other.times(Fraction(-1)))

    def over(self, other: Numbers, where: Mask | None = None) -> Numbers:
        """Row by row quotient on the rows in ``where`` (None: all), on which ``other`` must be above 0; elsewhere 0."""
        if where is None:
            return self.over_except(other, None)
        return self.zero_where(~where).over_except(other, np.flatnonzero(~where))

    def over_except(self, other: Numbers, rows: Positions | None) -> Numbers:
        """Row by row quotient; without meaning at ``rows``, which hold every row on which ``other`` is not above 0."""
        up, up_bound, down, down_bound = other.den, other.den_bound, self.den, self.den_bound
        if isinstance(up, int) and isinstance(down, int):
            shared = gcd(up, down)
            up, down = up // shared, down // shared
            up_bound, down_bound = up, down
        num = product(self.num, self.num_bound, up, up_bound)
        den = product(other.num, other.num_bound, down, down_bound)
        if rows is not None and rows.size:
            den = den.copy()
            den[rows] = 1
        return Numbers(num, den, self.num_bound * up_bound, max(other.num_bound * down_bound, 1), self.not_negative)

    def rounded(self, step: Rounding) -> Numbers:
        """A fixed-point column after one declared rounding step."""
        scale = 10**step.places
        den, den_bound, up = self.den, self.den_bound, scale
        if isinstance(den, int):
            shared = gcd(den, scale)
            den, up = den // shared, scale // shared
            den_bound = den
            if den == 1:
                num = product(self.num, self.num_bound, up, up)
                return Numbers(num, scale, self.num_bound * up, scale, self.not_negative)
        whole = divided(self._size(), self.num_bound, den, den_bound, up, step.mode)
        if not self.not_negative:
            whole = np.where(self.num < 0, -whole, whole)
        if self.not_negative:
            low, bound = 0, int(whole.max(initial=0))
        else:
            low, high = extremes(whole)
            bound = max(abs(low), abs(high))
        if bound <= INT64_MAX:  # one large intermediate must not slow all that follows
            whole = whole.astype(np.int64, copy=False)
        return Numbers(whole, scale, bound, scale, low >= 0)

    def _size(self) -> Integers:
        return self.num if self.not_negative else np.abs(self.num)

    # --- comparing and choosing --------------------------------------------------------------------------------

    def at_least(self, value: Fraction) -> Mask:
        """Rows ≥ ``value``. Exact."""
        left, right = self._beside(value)
        return np.asarray(left >= right, dtype=bool)

    def above(self, value: Fraction) -> Mask:
        """Rows > ``value``. Exact."""
        left, right = self._beside(value)
        return np.asarray(left > right, dtype=bool)

    def _beside(self, value: Fraction) -> tuple[Integers, int | Integers]:
        """Two sides that compare as the rows compare with ``value``: num · b and den · a for ``value`` = a/b."""
        left = product(self.num, self.num_bound, value.denominator, value.denominator)
        if isinstance(self.den, int):
            return left, self.den * value.numerator
        return left, product(self.den, self.den_bound, value.numerator, abs(value.numerator))

    def is_zero(self) -> Mask:
        """Rows that are 0."""
        return np.asarray(self.num == 0, dtype=bool)

    def exceeds(self, other: Numbers) -> Mask:
        """Rows above the other's row. Exact."""
        left, right = _aligned(self, other)
        return np.asarray(left.num > right.num, dtype=bool)

    def compare_rows(self, other: Numbers) -> NDArray[np.int8]:
        """−1, 0 or 1 per row: this row below, equal to or above the other's. Exact."""
        left, right = _aligned(self, other)
        above, below = np.greater(left.num, right.num), np.less(left.num, right.num)
        return np.asarray(above, dtype=np.int8) - np.asarray(below, dtype=np.int8)

    def order_keys(self) -> Integers:
        """Integers that stand in the same order as the rows, equal exactly where the rows are equal.

        Two different quotients with denominators up to D are at least 1/D² apart, so ⌊row · D²⌋ tells them apart.
        """
        if isinstance(self.den, int):
            return self.num
        scale = self.den_bound**2
        num = product(self.num, self.num_bound, scale, scale)
        return np.asarray(num // self.den)

    def where(self, mask: Mask, other: Numbers) -> Numbers:
        """This column where ``mask`` holds, the other elsewhere; a column of one row stands for every row."""
        left, right = self, other
        if isinstance(left.den, int) and isinstance(right.den, int):
            left, right = _aligned(left, right)
            den: int | Integers = left.den
        else:
            den = np.where(mask, den_column(left), den_column(right))
        return Numbers(
            np.where(mask, left.num, right.num),
            den,
            max(left.num_bound, right.num_bound),
            max(left.den_bound, right.den_bound),
            left.not_negative and right.not_negative,
        )

    def replaced(self, rows: Positions, value: Fraction) -> Numbers:
        """``value`` on the (few) rows at ``rows``, this column elsewhere."""
        column, den = self, self.den
        if isinstance(den, int):
            common = lcm(den, value.denominator)
            column = rescaled(self, common)
            here = value.numerator * (common // value.denominator)
            den, den_bound = common, common
        else:
            here, den_bound = value.numerator, max(self.den_bound, value.denominator)
            den = wide(den, den_bound).copy()
            den[rows] = value.denominator
        bound = max(column.num_bound, abs(here))
        num = wide(column.num, bound).copy()
        num[rows] = here
        return Numbers(num, den, bound, den_bound, self.not_negative and value >= 0)

    def zero_where(self, mask: Mask) -> Numbers:
        """0 where ``mask`` holds, this column elsewhere."""
        return Numbers(np.where(mask, 0, self.num), self.den, self.num_bound, self.den_bound, self.not_negative)

    def limited(self, *, low: Fraction | None = None, high: Fraction | None = None) -> Numbers:
        """Rows pulled up to ``low`` and down to ``high``."""
        out = self
        if low is not None and not (low == 0 and self.not_negative):
            out = out._pulled(low, np.maximum)
        return out if high is None else out._pulled(high, np.minimum)

    def _pulled(self, limit: Fraction, choose: np.ufunc) -> Numbers:
        if isinstance(self.den, int):
            left, right = _aligned(self, Numbers.constant(limit, 1))
            num, den, den_bound = choose(left.num, right.num), left.den, left.den_bound
            bound = max(left.num_bound, right.num_bound)
        else:
            # min(n/d; a/b) = min(n·b; d·a) / d·b, without looking for common denominators.
            over, under = limit.numerator, limit.denominator
            left_num = product(self.num, self.num_bound, under, under)
            right_num = product(self.den, self.den_bound, over, abs(over))
            num = choose(left_num, right_num)
            bound = max(self.num_bound * under, self.den_bound * abs(over))
            den, den_bound = product(self.den, self.den_bound, under, under), self.den_bound * under
        # The larger of two is not negative where one is not, the smaller where both are not.
        signs = (self.not_negative, limit >= 0)
        return Numbers(num, den, bound, den_bound, any(signs) if choose is np.maximum else all(signs))


def total(columns: Sequence[Numbers], rows: int) -> Numbers:
    """Row by row sum of any number of columns; zeros where there is none."""
    if not columns:
        return Numbers.constant(Fraction(0), rows)
    out = columns[0]
    for column in columns[1:]:
        out = out.plus(column)
    return out


# --- the same denominator ---------------------------------------------------------------------------------------------


def den_column(column: Numbers) -> Integers:
    """The denominators row by row."""
    if isinstance(column.den, int):
        return np.full(len(column), column.den, dtype=integer_type(column.den))
    return column.den


def _aligned(left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
    """Both columns over the same denominator."""
    if isinstance(left.den, int) and isinstance(right.den, int):
        if left.den == right.den:
            return left, right
        den = lcm(left.den, right.den)
        return rescaled(left, den), rescaled(right, den)
    if left.den is right.den:
        return left, right
    bound = left.den_bound * right.den_bound
    if max(bound, left.num_bound * right.den_bound, right.num_bound * left.den_bound) <= INT64_MAX:
        common = product(den_column(left), left.den_bound, right.den, right.den_bound)
        return _crossed(left, right, common, bound), _crossed(right, left, common, bound)
    return _over_least_common(left, right)


def rescaled(column: Numbers, den: int) -> Numbers:
    """A fixed-point column over ``den``, a multiple of its own denominator."""
    if column.den == den:
        return column
    factor = den // column.den_bound
    num = product(column.num, column.num_bound, factor, factor)
    return Numbers(num, den, column.num_bound * factor, den, column.not_negative)


def _crossed(column: Numbers, other: Numbers, den: Integers, bound: int) -> Numbers:
    """``column`` over ``den``, the product of both denominators."""
    num = product(column.num, column.num_bound, other.den, other.den_bound)
    return Numbers(num, den, column.num_bound * other.den_bound, bound, column.not_negative)


def _over_least_common(left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
    """Quotients too large for ``int64`` over the least common denominator of their row: they grow no further."""
    one, two = den_column(left).astype(object), den_column(right).astype(object)
    den = np.lcm(one, two)
    bound = extremes(den)[1] or 1
    out = []
    for column, own in ((left, one), (right, two)):
        num = column.num.astype(object) * (den // own)
        low, high = extremes(num)
        out.append(Numbers(num, den, max(abs(low), abs(high)), bound, low >= 0))
    return out[0], out[1]
