"""Exact numbers: one at a time (``Fraction``, ``Decimal``) and as columns (:class:`Numbers`). No float exists here.

Numbers in data files are text: ``"0,5"``, ``"0.5"``, ``"80%"``, ``"3/4"``. :func:`parse_number` is the only reader of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from parindex.domain.errors import InvalidValue

INT64_MAX = 2**63 - 1

#: A column of truth values.
Mask = NDArray[np.bool_]
#: Integer numerators or denominators: ``int64`` where they fit, Python integers (dtype ``object``) where they do not.
Integers = NDArray[Any]

_NUMBER = re.compile(r"^[+-]?\d+(?:[.,]\d+)?$")
_MAX_DIGITS = 60


class RoundingMode(StrEnum):
    """How a declared rounding step treats what it cuts off."""

    HALF_UP = "half_up"  # 0,125 → 0,13; −0,125 → −0,13 (away from zero, as Decimal's ROUND_HALF_UP)
    TRUNCATED = "truncated"  # 0,129 → 0,12; −0,129 → −0,12 (towards zero)


@dataclass(frozen=True, slots=True)
class Rounding:
    """One declared rounding step: ``places`` decimals (0 to 12) and the mode."""

    places: int
    mode: RoundingMode = RoundingMode.HALF_UP

    def __post_init__(self) -> None:
        if not 0 <= self.places <= 12:
            raise InvalidValue("rounding_places", places=self.places)

    def apply(self, value: Fraction) -> Fraction:
        """``value`` after this step, exact."""
        return Fraction(_rounded_int(value.numerator, value.denominator, 10**self.places, self.mode), 10**self.places)


def _rounded_int(num: int, den: int, scale: int, mode: RoundingMode) -> int:
    """|num/den · scale| as an integer by ``mode``, with the sign of ``num`` (den > 0)."""
    size = abs(num) * scale
    whole = (2 * size + den) // (2 * den) if mode is RoundingMode.HALF_UP else size // den
    return -whole if num < 0 else whole


def parse_number(text: object) -> Fraction:
    """Read one exact number written as ``1,5``, ``1.5``, ``80%``, ``3/4`` or an int, Decimal or Fraction.

    A comma and a point are both decimal marks; thousands marks are not accepted here (readers of papers remove them where
    the paper shows what they are). Raises :class:`InvalidValue` (``not_a_number``) for anything else, floats included.
    """
    if isinstance(text, bool):
        raise InvalidValue("not_a_number", text=text)
    if isinstance(text, int | Fraction):
        return Fraction(text)
    if isinstance(text, Decimal) and text.is_finite():
        return Fraction(text)
    if not isinstance(text, str):
        raise InvalidValue("not_a_number", text=text)
    body = text.strip()
    if len(body) > _MAX_DIGITS:
        raise InvalidValue("not_a_number", text=body[:_MAX_DIGITS])
    if body.endswith("%"):
        return parse_number(body[:-1].rstrip()) / 100
    if body.count("/") == 1:
        above, below = (part.strip() for part in body.split("/"))
        if above.lstrip("+-").isdecimal() and below.isdecimal() and int(below) > 0:
            return Fraction(int(above), int(below))
    if not _NUMBER.match(body) or not body.isascii():
        raise InvalidValue("not_a_number", text=body)
    return Fraction(body.replace(",", "."))


def decimal_places(value: Fraction) -> int | None:
    """How many decimals write ``value`` exactly; None where no finite number of decimals does (1/3)."""
    den, places = value.denominator, 0
    while den % 10 == 0:
        den, places = den // 10, places + 1
    twos = fives = 0
    while den % 2 == 0:
        den, twos = den // 2, twos + 1
    while den % 5 == 0:
        den, fives = den // 5, fives + 1
    return places + max(twos, fives) if den == 1 else None


def number_text(value: Fraction) -> str:
    """The shortest exact text of ``value`` with a decimal point; ``a/b`` where decimals do not end."""
    places = decimal_places(value)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """A column of exact numbers: row i is ``num[i] / den`` or ``num[i] / den[i]``.

    ``den`` is one positive integer for all rows (a fixed-point column) or a column of positive integers (quotients).
    ``num_bound`` and ``den_bound`` are Python integers that no ``|num|``, ``den`` exceeds; every operation derives the bounds
    of its result from them and moves to Python integers before ``int64`` could overflow.
    """

    num: Integers
    den: int | Integers
    num_bound: int
    den_bound: int

    # --- making ------------------------------------------------------------------------------------------------

    @classmethod
    def fixed(cls, num: Integers, places: int, bound: int | None = None) -> Self:
        """Fixed-point column: numerators over ``10**places``. ``bound`` may be given where it is known."""
        return cls(num, 10**places, _bound(num) if bound is None else bound, 10**places)

    @classmethod
    def of(cls, values: Iterable[Fraction | Decimal | int]) -> Self:
        """A column from exact values, over their least common denominator."""
        fractions = [Fraction(value) for value in values]
        den = _common_denominator(fractions)
        ints = [value.numerator * (den // value.denominator) for value in fractions]
        bound = max((abs(value) for value in ints), default=0)
        return cls(_integers(ints, bound), den, bound, den)

    @classmethod
    def constant(cls, value: Fraction, rows: int) -> Self:
        """A column of ``rows`` times the same value."""
        bound = abs(value.numerator)
        dtype = np.int64 if bound <= INT64_MAX else object
        return cls(np.full(rows, value.numerator, dtype=dtype), value.denominator, bound, value.denominator)

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

    def take(self, rows: Sequence[int] | NDArray[np.intp] | Mask) -> Numbers:
        """The rows at ``rows`` (positions or a mask)."""
        picked = np.asarray(rows)
        den = self.den if isinstance(self.den, int) else self.den[picked]
        return Numbers(self.num[picked], den, self.num_bound, self.den_bound)

    # --- arithmetic --------------------------------------------------------------------------------------------

    def times(self, factor: Fraction) -> Numbers:
        """Every row times one exact factor."""
        num = _multiplied(self.num, self.num_bound, factor.numerator)
        den = _multiplied_den(self.den, self.den_bound, factor.denominator)
        return Numbers(num, den, self.num_bound * abs(factor.numerator), self.den_bound * factor.denominator)

    def plus(self, other: Numbers) -> Numbers:
        """Row by row sum."""
        left, right, den, den_bound = _aligned(self, other)
        bound = left.num_bound + right.num_bound
        one, two = _wide(left.num, bound), _wide(right.num, bound)
        return Numbers(one + two, den, bound, den_bound)

    def minus(self, other: Numbers) -> Numbers:
        """Row by row difference."""
        return self.plus(other.times(Fraction(-1)))

    def over(self, other: Numbers, where: Mask) -> Numbers:
        """Row by row quotient on the rows in ``where`` (there ``other`` must be > 0); elsewhere the row is 0."""
        num_bound, den_bound = self.num_bound * other.den_bound, self.den_bound * other.num_bound
        num = _wide(self.num, num_bound) * _wide_den(other.den, num_bound)
        den = _wide(other.num, den_bound) * _wide_den(self.den, den_bound)
        return Numbers(np.where(where, num, 0), np.where(where, den, 1), num_bound, max(den_bound, 1))

    def rounded(self, step: Rounding) -> Numbers:
        """A fixed-point column after one declared rounding step."""
        scale = 10**step.places
        if isinstance(self.den, int) and scale % self.den == 0:
            return Numbers(
                _multiplied(self.num, self.num_bound, scale // self.den),
                scale,
                self.num_bound * (scale // self.den),
                scale,
            )
        half = step.mode is RoundingMode.HALF_UP
        peak = max(2 * self.num_bound * scale + self.den_bound, 2 * self.den_bound) if half else self.num_bound * scale
        peak = max(peak, self.den_bound)
        num, den = _wide(self.num, peak), _wide_den(self.den, peak)
        negative = None if self._not_negative() else num < 0
        size = num if negative is None else np.where(negative, -num, num)
        whole = (size * (2 * scale) + den) // (den * 2) if half else (size * scale) // den
        out = whole if negative is None else np.where(negative, -whole, whole)
        bound = self.num_bound * scale + 1
        return Numbers(_narrow(out, bound), scale, bound, scale)

    def _not_negative(self) -> bool:
        return len(self.num) == 0 or bool(self.num.min() >= 0)

    # --- comparing and choosing --------------------------------------------------------------------------------

    def compare(self, value: Fraction) -> Integers:
        """−1, 0 or 1 per row: below, equal to or above ``value``. Exact."""
        left_bound = self.num_bound * value.denominator
        right_bound = self.den_bound * abs(value.numerator)
        peak = left_bound + right_bound
        left = _wide(self.num, peak) * _scalar(value.denominator, peak)
        right = _wide_den(self.den, peak) * _scalar(value.numerator, peak)
        return _signs(left, right)

    def at_least(self, value: Fraction) -> Mask:
        """Rows ≥ ``value``. Exact."""
        return np.asarray(self.compare(value) >= 0)

    def above(self, value: Fraction) -> Mask:
        """Rows > ``value``. Exact."""
        return np.asarray(self.compare(value) > 0)

    def compare_rows(self, other: Numbers) -> Integers:
        """−1, 0 or 1 per row: this row below, equal to or above the other's. Exact."""
        left, right, _, _ = _aligned(self, other)
        return _signs(left.num, right.num)

    def where(self, mask: Mask, other: Numbers) -> Numbers:
        """This column where ``mask`` holds, the other elsewhere."""
        left, right, den, den_bound = _aligned(self, other)
        bound = max(left.num_bound, right.num_bound)
        return Numbers(np.where(mask, left.num, right.num), den, bound, den_bound)

    def limited(self, *, low: Fraction | None = None, high: Fraction | None = None) -> Numbers:
        """Rows pulled up to ``low`` and down to ``high``."""
        out = self
        if low is not None:
            out = out.where(out.at_least(low), Numbers.constant(low, len(out)))
        if high is not None:
            out = Numbers.constant(high, len(out)).where(out.above(high), out)
        return out


def total(columns: Sequence[Numbers], rows: int) -> Numbers:
    """Row by row sum of any number of columns; zeros where there is none."""
    out = Numbers.constant(Fraction(0), rows)
    for column in columns:
        out = out.plus(column)
    return out


# --- integers that do not overflow ---------------------------------------------------------------------------------


def _bound(values: Integers) -> int:
    return max(abs(int(values.max())), abs(int(values.min()))) if values.size else 0


def _integers(values: Sequence[int], bound: int) -> Integers:
    return np.array(values, dtype=np.int64 if bound <= INT64_MAX else object)


def _wide(values: Integers, bound: int) -> Integers:
    """``values`` in a type that can hold ``bound``."""
    return values.astype(object) if bound > INT64_MAX and values.dtype != object else values


def _narrow(values: Integers, bound: int) -> Integers:
    """Back to ``int64`` where the values themselves fit, so that one large intermediate does not slow all that follows."""
    if values.dtype == object and (bound <= INT64_MAX or _bound(values) <= INT64_MAX):
        return values.astype(np.int64)
    return values


def _wide_den(den: int | Integers, bound: int) -> Any:
    return _scalar(den, bound) if isinstance(den, int) else _wide(den, bound)


def _scalar(value: int, bound: int) -> Any:
    """One integer for use beside a column: ``int64``, or a Python integer where ``bound`` does not fit."""
    return np.int64(value) if bound <= INT64_MAX and abs(value) <= INT64_MAX else value


def _multiplied(num: Integers, bound: int, factor: int) -> Integers:
    if factor == 1:
        return num
    peak = bound * abs(factor)
    if peak <= INT64_MAX and abs(factor) <= INT64_MAX:
        return num * np.int64(factor)
    return _wide(num, INT64_MAX + 1) * factor


def _multiplied_den(den: int | Integers, bound: int, factor: int) -> int | Integers:
    return den * factor if isinstance(den, int) else _multiplied(den, bound, factor)


def _common_denominator(values: Iterable[Fraction]) -> int:
    out = 1
    for value in values:
        out = lcm(out, value.denominator)
    return out


def _signs(left: Integers, right: Integers) -> Integers:
    return np.asarray(np.greater(left, right), dtype=np.int8) - np.asarray(np.less(left, right), dtype=np.int8)


def _aligned(left: Numbers, right: Numbers) -> tuple[Numbers, Numbers, int | Integers, int]:
    """Both columns over the same denominator."""
    if isinstance(left.den, int) and isinstance(right.den, int):
        if left.den == right.den:
            return left, right, left.den, left.den_bound
        den = lcm(left.den, right.den)
        return _rescaled(left, den // left.den, den), _rescaled(right, den // right.den, den), den, den
    return _aligned_quotients(left, right)


def _rescaled(column: Numbers, factor: int, den: int) -> Numbers:
    return Numbers(_multiplied(column.num, column.num_bound, factor), den, column.num_bound * factor, den)


def _aligned_quotients(left: Numbers, right: Numbers) -> tuple[Numbers, Numbers, Integers, int]:
    """Quotients row by row over the least common denominator of the row."""
    one = np.full(len(left), left.den, dtype=object) if isinstance(left.den, int) else left.den.astype(object)
    two = np.full(len(right), right.den, dtype=object) if isinstance(right.den, int) else right.den.astype(object)
    den = np.lcm(one, two) if len(one) else one
    left_num, right_num = left.num.astype(object) * (den // one), right.num.astype(object) * (den // two)
    bound = _bound(den)
    return (
        Numbers(left_num, den, _bound(left_num), bound),
        Numbers(right_num, den, _bound(right_num), bound),
        den,
        bound,
    )
