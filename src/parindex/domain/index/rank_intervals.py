"""How sure a rank is where a part of the points comes from samples: the interval of ranks that a unit may have.

Unit *j* is *certainly above* unit *i* where the difference d of their values cannot be the chance of the samples alone:
d > 0 and d² > z² · (eᵢ² + eⱼ²), z = 1.96 (95 %, pair by pair). Where the set declares a tolerance t for ties, a unit is
certainly ranked above only beyond it: (d − t) in the place of d. Then

- best possible rank of *i*: 1 + the number of units certainly ranked above it;
- worst possible rank of *i*: 1 + the number of units that may be above it: all but those certainly below it and those
  that are exactly equal without any error.

The samples of two units are independent of each other, so their errors add up as squares. Items of one unit may be
answered by the same people; whatever the correlation, the error of their sum is at most the sum of their errors, and
that is what :func:`error_of_sum` takes: the interval may be too wide, never too narrow for that reason. Each pair is
looked at by itself: of many pairs some are told apart by chance. Without errors and tolerance the
interval is the rank; with them the rank lies in it.

Nothing is taken the root of: squares are compared, and every value is exact.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

#: The quantile of the normal distribution that 95 % lie within.
Z = Fraction(196, 100)


@dataclass(frozen=True, slots=True)
class Estimated:
    """What a unit is ranked by, and the standard error of it (0: no sample has part in it)."""

    value: Fraction
    error: Fraction


@dataclass(frozen=True, slots=True)
class RankInterval:
    """The ranks from ``best`` to ``worst`` that a unit may have; 1 is the highest."""

    best: int
    worst: int


def error_of_sum(errors: Iterable[Fraction]) -> Fraction:
    """The largest standard error that a sum of estimates can have, however they are correlated."""
    return sum(errors, Fraction(0))


def rank_intervals(
    units: Sequence[Estimated], z: Fraction = Z, tolerance: Fraction = Fraction(0)
) -> list[RankInterval]:
    """The interval of every unit, in the order given; ``tolerance``: of ties, in the unit of the values."""
    scale = lcm(tolerance.denominator, *(number.denominator for one in units for number in (one.value, one.error)))
    values = [one.value.numerator * (scale // one.value.denominator) for one in units]
    squares = [(one.error.numerator * (scale // one.error.denominator) * z.numerator) ** 2 for one in units]
    falling = _certainly_above([-value for value in values], squares, z.denominator)
    beyond = tolerance.numerator * (scale // tolerance.denominator)
    rising = _certainly_above(values, squares, z.denominator, beyond)
    sure = Counter(value for value, square in zip(values, squares, strict=True) if not square)
    return [
        RankInterval(1 + above, len(units) - below - (sure[value] - 1 if not square else 0))
        for above, below, value, square in zip(rising, falling, values, squares, strict=True)
    ]


def _certainly_above(values: Sequence[int], squares: Sequence[int], over: int, beyond: int = 0) -> list[int]:
    """For every unit, how many others are certainly above it, by more than ``beyond``; ``squares`` are (z · error)²
    times ``over`` squared.

    Only units whose distance lies between what the least and the greatest error allow are looked at one by one.
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    least, most = min(squares, default=0), max(squares, default=0)

    def first(unit: int, square: int) -> int:
        """The first place from which on everybody is further above ``unit`` than ``square`` explains."""
        edge = squares[unit] + square
        return bisect_left(
            order, True, key=lambda other: _is_further(values[other] - values[unit] - beyond, over, edge)
        )

    found = []
    for unit in range(len(values)):
        whole = first(unit, most)
        doubtful = order[first(unit, least) : whole]
        told = (
            _is_further(values[other] - values[unit] - beyond, over, squares[unit] + squares[other])
            for other in doubtful
        )
        found.append(len(order) - whole + sum(told))
    return found


def _is_further(distance: int, over: int, edge: int) -> bool:
    """Whether a distance is above 0 and its square is greater than ``edge``."""
    return distance > 0 and (distance * over) ** 2 > edge
