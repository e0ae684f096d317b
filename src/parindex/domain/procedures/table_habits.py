"""What a printed table of evaluations goes by: how its totals are rounded, its grades, its order, its ranks.

A paper seldom states these, so they are learnt from its rows: what most rows follow is the habit, and a row that does
not is the finding. Where no habit covers enough rows, nothing is held against any of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.criteria.criteria_set import Grade
from parindex.domain.procedures.printed_table import EvaluationTable, PrintedUnit
from parindex.domain.values import Rounding, RoundingMode

#: A rounding other than none must explain at least so many rows more than none does.
_EVIDENCE = 2
_MOST_PLACES = 2
#: The square of the standard score from which rows are taken to be in order (1,9).
_CERTAIN = Fraction(36, 10)


@dataclass(frozen=True, slots=True)
class Totalled:
    """A unit with the sum of its indicators (None where one is missing) after the table's rounding.

    ``agrees``: the printed total is that sum, or there is nothing to compare.
    """

    unit: PrintedUnit
    found: Fraction | None

    @property
    def agrees(self) -> bool:
        """Whether the printed total is the sum, or there is nothing to compare."""
        return None in (self.found, self.unit.total) or self.found == self.unit.total

    @property
    def totals(self) -> tuple[Fraction, ...]:
        """What the total may be: the found one first, then the printed one where it differs."""
        known = (self.found, self.unit.total)
        return tuple(dict.fromkeys(total for total in known if total is not None))


def totalled(units: Sequence[PrintedUnit]) -> tuple[Totalled, ...]:
    """The units with their sums, rounded as most printed totals are: not at all, half-up or cut to 0–2 places."""
    sums = [_sum(unit) for unit in units]
    pairs = [(found, unit.total) for found, unit in zip(sums, units, strict=True) if found is not None]

    def fitting(step: Rounding | None) -> int:
        return sum(_after(step, found) == stated for found, stated in pairs)

    steps = [Rounding(places, mode) for places in range(_MOST_PLACES, -1, -1) for mode in RoundingMode]
    best = max(steps, key=fitting)
    step = best if fitting(best) >= fitting(None) + _EVIDENCE else None
    return tuple(
        Totalled(unit, None if found is None else _after(step, found)) for found, unit in zip(sums, units, strict=True)
    )


def adds_up(rows: Sequence[Totalled]) -> bool:
    """Whether the totals of the table are sums at all: at least half of them are."""
    compared = [row for row in rows if row.found is not None and row.unit.total is not None]
    return 2 * sum(row.agrees for row in compared) >= len(compared)


def _sum(unit: PrintedUnit) -> Fraction | None:
    points = [value for value in unit.indicators if value is not None]
    return sum(points, Fraction(0)) if len(points) == len(unit.indicators) else None


def _after(step: Rounding | None, value: Fraction) -> Fraction:
    return value if step is None else step.apply(value)


# --- grades --------------------------------------------------------------------------------------------------------


def grade_of(total: Fraction, bands: Sequence[Grade]) -> str:
    """The grade of a total: the highest band that begins at or below it (closed at the lower edge)."""
    return next((band.title for band in bands if total >= band.lower), bands[-1].title)


def bands_hold(table: EvaluationTable, rows: Sequence[Totalled]) -> bool:
    """Whether the table goes by its bands: where the paper states them for half of its rows, else for two thirds."""
    graded = [row for row in rows if row.unit.grade and row.totals]
    if not table.bands or not graded:
        return False
    fitting = sum(row.unit.grade in {grade_of(total, table.bands) for total in row.totals} for row in graded)
    return 2 * fitting >= len(graded) if table.declared_bands else 3 * fitting >= 2 * len(graded)


# --- order and ranks -----------------------------------------------------------------------------------------------


def out_of_place(values: Sequence[Fraction]) -> list[int]:
    """The fewest positions without which ``values`` never rise (the later one of two that could go)."""
    tails: list[Fraction] = []  # the last value of the best falling run of each length, negated
    lengths: list[int] = []
    for value in values:
        at = bisect_right(tails, -value)
        tails[at : at + 1] = [-value]
        lengths.append(at)
    kept: set[int] = set()
    wanted, last = len(tails) - 1, None
    for at in range(len(values) - 1, -1, -1):
        if lengths[at] == wanted and (last is None or values[at] >= values[last]):
            kept.add(at)
            wanted, last = wanted - 1, at
    return [at for at in range(len(values)) if at not in kept]


def discordant(values: Sequence[Fraction]) -> tuple[int, int]:
    """How many pairs of different values stand with the smaller one first, and how many such pairs there are."""
    before: list[Fraction] = []
    wrong = 0
    for value in values:
        wrong += bisect_left(before, value)
        insort(before, value)
    same = sum(count * (count - 1) // 2 for count in Counter(values).values())
    return wrong, len(values) * (len(values) - 1) // 2 - same


def is_ordered(columns: Sequence[Sequence[Fraction]]) -> bool:
    """Whether groups are listed by falling totals, save a few rows.

    Kendall's test: pairs in order less pairs out of order, against what rows in no order at all would give; the chance
    of taking such a table for an ordered one is about three in a hundred.
    """
    counts = [discordant(values) for values in columns]
    score = sum(pairs - 2 * wrong for wrong, pairs in counts)
    spread = sum(len(values) * (len(values) - 1) * (2 * len(values) + 5) for values in columns)
    return score > 0 and score**2 * 18 >= _CERTAIN * spread


Ranking = Callable[[Sequence[Fraction]], list[int]]


def competition(totals: Sequence[Fraction]) -> list[int]:
    """1, 2, 2, 4."""
    ascending = sorted(totals)
    return [1 + len(ascending) - bisect_right(ascending, total) for total in totals]


def dense(totals: Sequence[Fraction]) -> list[int]:
    """1, 2, 2, 3."""
    places = {total: place for place, total in enumerate(sorted(set(totals), reverse=True), start=1)}
    return [places[total] for total in totals]


def ordinal(totals: Sequence[Fraction]) -> list[int]:
    """1, 2, 3, 4: ties by the order of the rows."""
    order = sorted(range(len(totals)), key=lambda at: -totals[at])
    places = {at: place for place, at in enumerate(order, start=1)}
    return [places[at] for at in range(len(totals))]


RANKINGS: tuple[Ranking, ...] = (competition, dense, ordinal)
