"""How far the sum of printed figures may lie from a printed sum: the rounding or cutting of every part and of the sum.

A column of whole counts, or of points in steps of a quarter, is not rounded: its sums are exact. In other columns a sum
may have been made of the unrounded parts. Where so many sums hold to the last digit that this cannot be, the column is
exact, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from parindex.documents.arithmetic.tables.amounts import Amount

#: The chance that a sum of so many rounded parts equals the rounded sum of the unrounded ones.
_EXACT_BY_CHANCE = (1.0, 1.0, 0.75, 0.67, 0.6, 0.55, 0.51, 0.48)
#: Below this chance exact sums are a habit and no luck.
_LUCK = 0.0003
#: Steps of a column that is not rounded are so many units of its last place; so many cells show it.
_STEP = 5
_FEWEST_CELLS = 6
_MONEY = re.compile(r"\b(?:trieu|ty|nghin|ngan)(?: dong)?\b")


@dataclass(frozen=True, slots=True)
class ColumnHabit:
    """``places``: the decimals that a column is printed with; ``exact``: its figures are not rounded."""

    places: int
    exact: bool

    def unit(self, amount: Amount) -> Fraction:
        """One in the last place that a figure of the column has, dropped zeros counted."""
        return Fraction(1, 10 ** max(self.places, amount.places))


def habit_of(amounts: Sequence[Amount], head: str) -> ColumnHabit:
    """The habit of a column with such figures under such a (folded) head."""
    counted = Counter(one.places for one in amounts if one.places)
    usual = [places for places, count in counted.items() if 5 * count >= sum(counted.values())]
    places = max(usual, default=0)
    if places > 1 and _only_filled_up(amounts, places):
        places -= 1
    if not places:
        return ColumnHabit(0, exact=not _MONEY.search(head))
    steps = {abs(one.value) * 10**places for one in amounts if one.value}
    whole = len(steps) >= 2 and len(amounts) >= _FEWEST_CELLS and all(one.denominator == 1 for one in steps)
    return ColumnHabit(places, whole and gcd(*(int(one) for one in steps)) >= _STEP)


def _only_filled_up(amounts: Sequence[Amount], places: int) -> bool:
    """Whether the figures with most decimals end in a nought, beside others with fewer ("1.296,30", "396,3")."""
    most = [one for one in amounts if one.places == places]
    fewer = [one for one in amounts if 0 < one.places < places]
    return bool(fewer) and all((one.value * 10 ** (places - 1)).denominator == 1 for one in most)


@dataclass(frozen=True, slots=True)
class Fit:
    """A printed sum against its parts. ``gap`` is the printed figure less the found one; ``prone`` are the parts that
    may have been rounded.
    """

    gap: Fraction
    allowed: Fraction
    prone: int

    @property
    def is_exact(self) -> bool:
        """Whether the printed sum is that of the printed parts."""
        return self.gap == 0

    @property
    def holds(self) -> bool:
        """Whether rounding or cutting the parts can make the printed sum."""
        return abs(self.gap) <= self.allowed


def sum_fit(total: Amount, parts: Sequence[Amount], habit: ColumnHabit) -> Fit:
    """How a printed sum stands to its printed parts."""
    gap = total.value - sum((one.value for one in parts), Fraction(0))
    prone = sum(1 for one in parts if one.value and one.places >= habit.places) if habit.places else 0
    own = Fraction(1, 2 * 10**total.places) if total.places < habit.places else Fraction(0)
    if habit.exact:
        return Fit(gap, Fraction(0), 0)
    units = [habit.unit(one) for one in parts if one.value]
    cut = sum(units, Fraction(0))
    rounded = cut / 2 + habit.unit(total) / 2
    allowed = max(rounded, own)
    # Cutting loses up to a unit of every part, so that the printed parts fall short of the sum.
    return Fit(gap, max(allowed, cut - min(units, default=Fraction(0)) / 10) if gap > 0 else allowed, prone)


def mean_fit(mean: Amount, parts: Sequence[Amount], habit: ColumnHabit) -> Fit:
    """How a printed mean stands to its printed parts."""
    gap = mean.value - sum((one.value for one in parts), Fraction(0)) / len(parts)
    half = max((habit.unit(one) for one in parts), default=Fraction(0)) / 2
    return Fit(gap, half + mean.unit, len(parts))


def are_exact(fits: Sequence[Fit]) -> bool:
    """Whether the sums of a column are those of the printed parts by habit: nearly all hold to the last digit, and so
    many that luck is ruled out.
    """
    luck = 1.0
    for fit in fits:
        if fit.is_exact:
            luck *= _EXACT_BY_CHANCE[min(fit.prone, len(_EXACT_BY_CHANCE) - 1)]
    near = sum(fit.holds and not fit.is_exact for fit in fits)
    return luck < _LUCK and 20 * near <= max(20, len(fits))
