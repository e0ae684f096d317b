"""Fractions in a spreadsheet: an integer over an integer, times a constant fraction; compared and rounded exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from parindex.documents.bundles.live_workbook.whole_numbers import (
    Flag,
    Integers,
    Term,
    Whole,
    grouped,
    literal,
    never_blank,
    plain,
)
from parindex.domain.values import Rounding, RoundingMode

ZERO, ONE = Fraction(0), Fraction(1)
#: Above the line a figure of this size is taken away where nothing is divided: it would only make numbers longer.
_LARGE = 10**7


@dataclass(frozen=True, slots=True)
class Quotient:
    """``factor`` · ``above`` / ``below`` on each row; ``below`` is above zero everywhere (None: 1)."""

    above: Whole
    below: Whole | None = None
    factor: Fraction = ONE

    def times(self, factor: Fraction) -> Quotient:
        """The same times a constant."""
        return Quotient(self.above, self.below, self.factor * factor)

    @property
    def signed(self) -> bool:
        """Whether a value is below zero."""
        return self.factor < 0 or self.above.signed

    @property
    def values(self) -> list[Fraction]:
        """The exact value on each row."""
        num, den = self.factor.numerator, self.factor.denominator
        if self.below is None:
            return [Fraction(num * a, den) for a in self.above.values]
        return [Fraction(num * a, den * b) for a, b in zip(self.above.values, self.below.values, strict=True)]

    @property
    def text(self) -> str:
        """The value in a double."""
        num, den = self.factor.numerator, self.factor.denominator
        above = self.above.text if num == 1 else f"{grouped(self.above.text)}*{literal(num)}"
        below = "" if self.below is None else grouped(self.below.text)
        if den != 1:
            below = f"({below}*{literal(den)})" if below else literal(den)
        return f"{grouped(above) if num == 1 else above}/{below}" if below else above


class Quotients:
    """Exact arithmetic with fractions on the rows of a sheet."""

    def __init__(self, integers: Integers) -> None:
        self.integers = integers

    def constant(self, value: Fraction) -> Quotient:
        """The same number on every row."""
        return Quotient(self.integers.number(value.numerator), None, Fraction(1, value.denominator))

    def sum(self, terms: Sequence[tuple[Fraction, Quotient]], name: str = "tổng") -> Quotient:
        """Σ weight · number."""
        terms = [(weight, one) for weight, one in terms if weight]
        if not terms:
            return self.constant(ZERO)
        if len(terms) == 1:
            return terms[0][1].times(terms[0][0])
        factors = [weight * one.factor for weight, one in terms]
        unit = Fraction(1, lcm(*(factor.denominator for factor in factors)))
        below: list[Whole] = []
        for _, one in terms:
            if one.below is not None and not any(one.below is known for known in below):
                below.append(one.below)
        found: list[Term] = []
        for factor, (_, one) in zip(factors, terms, strict=True):
            others = [whole for whole in below if whole is not one.below]
            product = reduce(lambda a, b: self._product(a, b, name), others, one.above)
            found.append((int(factor / unit), product))
        whole = reduce(lambda a, b: self._product(a, b, name), below) if below else None
        return Quotient(self.integers.sum(found, name), whole, unit)

    def _product(self, one: Whole, two: Whole, name: str) -> Whole:
        return self.integers.kept(name, self.integers.times(one, two, name))

    def over(self, one: Quotient, two: Quotient, good: Flag, name: str) -> Quotient:
        """``one`` / ``two`` where ``good`` holds (``two`` is above zero there); anything harmless elsewhere."""
        integers = self.integers
        factor = one.factor / two.factor
        above = one.above if two.below is None else integers.times(one.above, two.below, name)
        below = two.above if one.below is None else integers.times(two.above, one.below, name)
        if factor < 0:
            factor, above, below = -factor, integers.sum([(-1, above)]), integers.sum([(-1, below)])
        if above.most > _LARGE:
            above = integers.where(good, above, integers.number(0), f"{name}: tử số")
        if below.is_plain:
            below = plain(f"MAX(1,{below.text})", [max(1, value) for value in below.values])
        else:
            below = integers.where(good, below, integers.number(1), f"{name}: mẫu số")
        return Quotient(integers.kept(f"{name}: tử số", above), integers.kept(f"{name}: mẫu số", below), factor)

    def where(self, flag: Flag, yes: Quotient, no: Quotient, name: str) -> Quotient:
        """``yes`` where the flag holds, else ``no``."""
        integers = self.integers
        unit = _common(yes.factor, no.factor)
        left = integers.sum([(int(yes.factor / unit), yes.above)], name)
        right = integers.sum([(int(no.factor / unit), no.above)], name)
        above = integers.where(flag, left, right, name)
        if yes.below is None and no.below is None:
            return Quotient(above, None, unit)
        if yes.below is no.below:
            return Quotient(integers.kept(name, above), yes.below, unit)
        one = integers.number(1)
        below = integers.where(flag, yes.below or one, no.below or one, f"{name}: mẫu số")
        return Quotient(integers.kept(name, above), integers.kept(f"{name}: mẫu số", below), unit)

    def compared(self, one: Quotient, sign: str, two: Quotient | Fraction) -> Flag:
        """Whether ``one`` stands in the relation ``sign`` (>= > < <= =) to ``two``."""
        other = self.constant(two) if isinstance(two, Fraction) else two
        left, right = self._crossed(one, other), self._crossed(other, one)
        down = reduce(gcd, (abs(factor) for factor, _ in (left, right) if factor), 0) or 1
        return self.integers.compared([(left[0] // down, left[1])], sign, [(right[0] // down, right[1])])

    def _crossed(self, one: Quotient, other: Quotient) -> Term:
        above = one.above
        if other.below is not None:
            above = self.integers.times(above, other.below, "nhân chéo")
        return one.factor.numerator * other.factor.denominator, above

    def least(self, one: Quotient, high: Fraction, name: str) -> Quotient:
        """The smaller of it and a constant."""
        return self._limited(one, high, ">", "MIN", name)

    def most(self, one: Quotient, low: Fraction, name: str) -> Quotient:
        """The larger of it and a constant."""
        return self._limited(one, low, "<", "MAX", name)

    def _limited(self, one: Quotient, limit: Fraction, sign: str, function: str, name: str) -> Quotient:
        integers = self.integers
        unit = _common(one.factor, limit)
        if one.factor < 0:
            one = Quotient(integers.sum([(-1, one.above)]), one.below, -one.factor)
            unit = abs(unit)
        left = integers.sum([(int(one.factor / unit), one.above)], name)
        whole = int(limit / unit)
        right = integers.number(whole) if one.below is None else integers.sum([(whole, one.below)], name)
        if left.is_plain and right.is_plain:
            pick = min if function == "MIN" else max
            values = list(map(pick, left.values, right.values))
            text = f"{function}({never_blank(left.text)},{never_blank(right.text)})"
            return Quotient(plain(text, values), one.below, unit)
        flag = integers.compared([(1, left)], sign, [(1, right)])
        return Quotient(integers.where(flag, right, left, name), one.below, unit)

    def rounded(self, one: Quotient, step: Rounding, name: str) -> Quotient:
        """The number after a declared step: an integer of the last place."""
        scale = Fraction(1, 10**step.places)
        factor = one.factor / scale
        if one.below is None and factor.denominator == 1:
            return Quotient(self.integers.sum([(int(factor), one.above)], name), None, scale)
        integers = self.integers
        half = step.mode is RoundingMode.HALF_UP
        num, den = abs(factor.numerator), factor.denominator
        above = integers.sum([(1 if factor > 0 else -1, one.above)])
        below = one.below if one.below is not None else integers.number(1)
        if above.signed:
            above = integers.kept(name, above)
            negative = integers.compared([(1, above)], "<", [])
            size = integers.kept(name, integers.where(negative, integers.sum([(-1, above)]), above, name))
            up = integers.kept(name, self._quotient(size, below, num, den, name, half=half))
            return Quotient(integers.where(negative, integers.sum([(-1, up)]), up, name), None, scale)
        return Quotient(self._quotient(above, below, num, den, name, half=half), None, scale)

    def _quotient(self, above: Whole, below: Whole, num: int, den: int, name: str, *, half: bool) -> Whole:
        integers = self.integers
        if not half:
            return integers.divided(integers.sum([(num, above)], name), integers.sum([(den, below)], name), name)
        dividend = integers.sum([(2 * num, above), (den, below)], f"{name}, số bị chia")
        return integers.divided(dividend, integers.sum([(2 * den, below)], f"{name}, số chia"), name)


def _common(one: Fraction, two: Fraction) -> Fraction:
    """The largest fraction that both are whole multiples of."""
    den = lcm(one.denominator, two.denominator)
    num = gcd(one.numerator * (den // one.denominator), two.numerator * (den // two.denominator))
    return Fraction(num or 1, den)
