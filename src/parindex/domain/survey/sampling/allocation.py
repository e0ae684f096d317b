"""Dividing a total over strata: proportional, Neyman, power, equal; whole numbers that add up exactly.

With w_h the measure of stratum h (its size; size × standard deviation; size to a power; 1), n_h = n·w_h/Σw. A stratum
gets at least ``minimum`` and never more than it has; what it cannot take goes to the others in the same proportion.
Whole numbers are made by the largest remainders; equal remainders go to the stratum that stands first.

Source: Cochran, Sampling Techniques (3rd ed. 1977), 5.5–5.9; Bankier, The American Statistician 42 (1988), for powers.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from parindex.domain.errors import InvalidValue

#: Roots are cut after so many decimals, so that every machine divides alike.
_ROOT_PLACES = 12


def allocate(total: int, measures: Sequence[Fraction], available: Sequence[int], minimum: int = 1) -> list[int]:
    """How many of ``total`` each stratum gets, by its measure (≥ 0).

    ``available`` are its units. Raises :class:`InvalidValue`: ``total_above_units`` (more than all have together) and
    ``total_below_minimum`` (the minimum alone takes more), with facts ``total``, ``units`` or ``least``.
    """
    least = [min(minimum, units) for units in available]
    if total > sum(available):
        raise InvalidValue("total_above_units", total=total, units=sum(available))
    if total < sum(least):
        raise InvalidValue("total_below_minimum", total=total, least=sum(least), minimum=minimum)
    return _whole(_exact(total, measures, available, least), total)


def power(size: Fraction, exponent: Fraction) -> Fraction:
    """``size`` (≥ 0) to ``exponent`` (≥ 0), exact for whole exponents, else cut after twelve decimals."""
    raised = size**exponent.numerator
    if exponent.denominator == 1:
        return raised
    scaled = raised * 10 ** (_ROOT_PLACES * exponent.denominator)
    return Fraction(_root(int(scaled), exponent.denominator), 10**_ROOT_PLACES)


def _exact(total: int, measures: Sequence[Fraction], available: Sequence[int], least: Sequence[int]) -> list[Fraction]:
    """Shares in proportion to the measures between the least and what is available.

    Those that go beyond a bound are held there and the rest is divided again. In each round only the side that is
    violated more is held, as a bound on the other side may not be violated any more afterwards.
    """
    held: dict[int, int] = {}
    while True:
        free = [h for h in range(len(measures)) if h not in held]
        rest = Fraction(total - sum(held.values()))
        whole = sum((measures[h] for h in free), Fraction(0))
        shares = {h: rest * measures[h] / whole if whole else rest / len(free) for h in free}
        over = {h: shares[h] - available[h] for h in free if shares[h] > available[h]}
        under = {h: least[h] - shares[h] for h in free if shares[h] < least[h]}
        if not over and not under:
            return [shares[h] if h in shares else Fraction(held[h]) for h in range(len(measures))]
        if sum(over.values()) >= sum(under.values()):
            held |= {h: available[h] for h in over}
        else:
            held |= {h: least[h] for h in under}


def _whole(exact: Sequence[Fraction], total: int) -> list[int]:
    found = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda h: (found[h] - exact[h], h))
    short = total - sum(found)
    for h in by_remainder[:short]:
        found[h] += 1
    return found


def _root(value: int, degree: int) -> int:
    """The largest integer whose power does not exceed ``value``."""
    low, high = 0, 1 << (value.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**degree <= value:
            low = middle
        else:
            high = middle - 1
    return low
