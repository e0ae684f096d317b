"""Quantities: what is measured, before it becomes points.

A quantity is a weighted sum of terms ``of``, optionally divided by a weighted sum of terms ``to``. A term is a
``measure``, a ``number`` or another ``quantity``, with

- ``weight``: an exact number, 1 where none is stated;
- ``year``: 0 this year, −1 last year …, or a calendar year such as 2015; a quantity with a year is evaluated with the
  figures of that year;
- ``within_group``: ``best`` (the largest value of any unit of the group) or ``rank`` (competition rank, 1 is the
  largest), over the units of the same group that have the figure.

A term is written as the bare id of its measure where nothing else is to be said. A rule whose ``of`` is one quantity
and nothing more *is* about that quantity: that is how a rule rounds its quantity.

On a quantity with ``to``:

- ``over`` says what more than the whole means. Compared are the counts: every term with weight 1 in place of its
  weight, −1 where the weight is negative. ``refuse`` (default): no points (OVER). ``cap``: 100 %; the counts are taken
  down to the whole in the proportions reported, so that with weights 1 the quantity is 1. ``allow``: it stands.
- ``zero_base`` (with ``cap`` or ``allow``, on the quantity of a rule): what some over nothing gives.
- ``round``: ``places`` and ``mode`` of a declared rounding of the quantity itself. 31,12 % is 0,3112: four places.

No value, and why: the reason of a term that has none, the gravest of several; over a denominator of 0, UNDECIDED where
the numerator is 0 too, or is above 0 and ``over`` is not ``refuse``; otherwise IMPOSSIBLE, as for a denominator
below 0 (weighted or counted).

Source: catalogue of ARCHITECTURE.md, row 4, 6, 12, 15, 16, 29, 35, 48; ARCHITECTURE "The rule language".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

import numpy as np

from parindex.domain.scoring.context import Context, shifted
from parindex.domain.scoring.outcome import Branches, NoPoints
from parindex.domain.scoring.parameters import Amount
from parindex.domain.values import Mask, Numbers, Positions, Rounding, total

ONE = Fraction(1)

#: A column of values with the reasons of the rows that have none (0: has one); None: every row has one.
Values = tuple[Numbers, Branches | None]


class Over(StrEnum):
    """What more than the whole means."""

    REFUSE = "refuse"
    CAP = "cap"
    ALLOW = "allow"


class WithinGroup(StrEnum):
    """How a term is compared with its peers."""

    BEST = "best"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a sum; exactly one of ``measure``, ``number`` and ``quantity`` is set."""

    measure: str = ""
    number: Fraction | None = None
    quantity: Quantity | None = None
    weight: Fraction = ONE
    year: int = 0
    within_group: WithinGroup | None = None

    def own(self, context: Context) -> Values:
        """The unit's own value, before any comparison and weight."""
        if self.number is not None:
            return Numbers.constant(self.number, context.rows), None
        there = context.at(self.year)
        if self.quantity is not None:
            measured = self.quantity.measure(there)
            return measured.value, measured.reason
        column = there.column(self.measure)
        return column.numbers, None if column.all_present else there.absent(column.present)

    def value(self, context: Context) -> Values:
        """The value after the comparison with the group, before the weight."""
        if self.within_group is None:
            return self.own(context)
        key = (self.within_group, self.measure, self.number, self.quantity, context.at(self.year).year)
        if key not in context.shared.compared:
            compare = _best if self.within_group is WithinGroup.BEST else _rank
            context.shared.compared[key] = compare(*self.own(context), context)
        return context.shared.compared[key]

    def figures(self, year: int) -> Iterator[tuple[str, int]]:
        """The measures that this term reads, each with its year as an offset or a calendar year."""
        here = shifted(year, self.year)
        if self.quantity is not None:
            yield from self.quantity.figures(here)
        elif self.number is None:
            yield self.measure, here

    def above(self, year: int) -> Iterator[tuple[str, int]]:
        """As :meth:`figures`, but of a quantity only what stands above its line."""
        if self.quantity is None:
            yield from self.figures(year)
        else:
            yield from self.quantity.above(shifted(year, self.year))

    @property
    def compares(self) -> bool:
        """Whether peers have a part in the value."""
        return self.within_group is not None or (self.quantity is not None and self.quantity.compares)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The values of a quantity.

    ``value`` is meaningful where ``reason`` is 0 (None: everywhere) and not at ``zero_base``, the rows whose points the
    rule states for a base of zero. ``capped`` marks the rows where more than the whole was taken as 100 %.
    ``whole`` is True where no meaningful value can be above 1.
    """

    value: Numbers
    reason: Branches | None
    zero_base: Positions | None = None
    capped: Mask | None = None
    whole: bool = False

    def counted(self) -> Measured:
        """The same as a number of cases: below 0 it is IMPOSSIBLE."""
        if self.value.not_negative:
            return self
        return replace(self, reason=marked(self.reason, ~self.value.at_least(Fraction(0)), NoPoints.IMPOSSIBLE))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A weighted sum of terms, over another where ``to`` is not empty."""

    of: tuple[Term, ...]
    to: tuple[Term, ...] = ()
    over: Over = Over.REFUSE
    zero_base: Amount | None = None
    round: Rounding | None = None

    def measure(self, context: Context) -> Measured:
        """The values of this quantity over all units."""
        of = summed(self.of, context)
        measured = self._quotient(of, summed(self.to, context)) if self.to else Measured(of.weighted, of.reason)
        if self.round is None:
            return measured
        rounded = measured.value.rounded(self.round)
        return Measured(rounded, measured.reason, measured.zero_base, measured.capped, measured.whole)

    def figures(self, year: int) -> Iterator[tuple[str, int]]:
        """The measures that this quantity reads, each with its year as an offset or a calendar year."""
        for term in (*self.of, *self.to):
            yield from term.figures(year)

    def above(self, year: int) -> Iterator[tuple[str, int]]:
        """The measures above the line: what is counted."""
        for term in self.of:
            yield from term.above(year)

    @property
    def compares(self) -> bool:
        """Whether peers have a part in the value."""
        return any(term.compares for term in (*self.of, *self.to))

    def _quotient(self, of: Summed, to: Summed) -> Measured:
        reason = gravest(of.reason, to.reason)
        positive = to.weighted.num > 0
        odd: Positions | None = None
        zero_base: Positions | None = None
        if np.count_nonzero(positive) < len(positive):
            odd = np.flatnonzero(~positive)
            reason, zero_base = self._not_positive(of.weighted, to.weighted, reason, odd)
        if self.over is Over.ALLOW:
            return Measured(of.weighted.over_except(to.weighted, odd), reason, zero_base)
        if to.counts is not to.weighted:
            reason = marked(reason, positive & (to.counts.num <= 0), NoPoints.IMPOSSIBLE)
        more = of.counts.exceeds(to.counts)
        if self.over is Over.REFUSE:
            # Where the denominator is not positive there is a reason already, so that none is marked twice.
            reason = marked(reason, more, NoPoints.OVER)
            return Measured(of.weighted.over_except(to.weighted, odd), reason, zero_base, whole=plain(of, to))
        more &= positive if reason is None else positive & (reason == 0)
        return Measured(_capped(of, to, odd, more), reason, zero_base, more, plain(of, to))

    def _not_positive(
        self, above: Numbers, below: Numbers, reason: Branches | None, rows: Positions
    ) -> tuple[Branches, Positions | None]:
        """The reasons with those of ``rows``, where the denominator is not above 0; and the rows with stated points."""
        over, under = above.num[rows], below.num[rows]
        codes = np.full(rows.size, int(NoPoints.IMPOSSIBLE), dtype=np.int8)
        zero = under == 0
        codes[zero & (over == 0)] = NoPoints.UNDECIDED
        some = zero & (over > 0)
        if self.over is not Over.REFUSE:
            codes[some] = NoPoints.UNDECIDED if self.zero_base is None else 0
        if reason is None:
            reason = np.zeros(len(above), dtype=np.int8)
        else:
            earlier = reason[rows]
            codes = np.where(earlier < 0, earlier, codes)
            reason = reason.copy()
        reason[rows] = codes
        return reason, None if self.zero_base is None else rows[codes == 0]


@dataclass(frozen=True, slots=True, eq=False)
class Summed:
    """A sum of terms: with their weights, and as counts (the same column where every weight is 1 or −1)."""

    weighted: Numbers
    counts: Numbers
    reason: Branches | None


def summed(terms: tuple[Term, ...], context: Context) -> Summed:
    """The sum of ``terms`` over all units."""
    values: list[Numbers] = []
    reason: Branches | None = None
    for term in terms:
        numbers, why = term.value(context)
        values.append(numbers)
        reason = gravest(reason, why)
    weights = [term.weight for term in terms]
    weighted = _sum(values, weights)
    signs = [-ONE if weight < 0 else ONE for weight in weights]
    return Summed(weighted, weighted if signs == weights else _sum(values, signs), reason)


def _sum(values: list[Numbers], weights: list[Fraction]) -> Numbers:
    weighted = [one if weight == 1 else one.times(weight) for one, weight in zip(values, weights, strict=True)]
    return total(weighted, len(weighted[0]))


def plain(of: Summed, to: Summed) -> bool:
    """Whether the counts are what is divided, so that a quantity that is not over the whole is at most 1."""
    return of.counts is of.weighted and to.counts is to.weighted


def _capped(of: Summed, to: Summed, odd: Positions | None, more: Mask) -> Numbers:
    """The quotient where the counts ``more`` than the whole are taken down to it; 0 at ``odd``."""
    if not np.count_nonzero(more):
        return of.weighted.over_except(to.weighted, odd)
    if plain(of, to):
        return to.weighted.where(more, of.weighted).over_except(to.weighted, odd)
    quotient = of.weighted.over_except(to.weighted, odd)
    excess = of.counts.over(to.counts, more)
    return quotient.over(excess, more).where(more, quotient)


# --- reasons -------------------------------------------------------------------------------------------------------


def gravest(one: Branches | None, two: Branches | None) -> Branches | None:
    """The graver reason per row; None where every row has a value."""
    if one is None or two is None:
        return two if one is None else one
    return np.minimum(one, two)


def marked(reason: Branches | None, mask: Mask, code: NoPoints) -> Branches | None:
    """``code`` on the rows of ``mask`` that have no reason yet."""
    if not np.count_nonzero(mask):
        return reason
    if reason is None:
        return np.where(mask, np.int8(code), np.int8(0))
    return np.where(mask & (reason == 0), np.int8(code), reason)


# --- comparison within the group ------------------------------------------------------------------------------------


def _best(numbers: Numbers, reason: Branches | None, context: Context) -> Values:
    """The largest value of the group on each of its rows, also where the unit itself has none."""
    keys = numbers.order_keys()
    source = np.arange(context.rows)
    found = np.ones(context.rows, dtype=bool) if reason is None else reason == 0
    known = found.copy()
    for rows in context.groups():
        members = rows[known[rows]]
        if members.size:
            source[rows] = members[np.argmax(keys[members])]
            found[rows] = True
    return numbers.take(source), None if reason is None or found.all() else np.where(found, np.int8(0), reason)


def _rank(numbers: Numbers, reason: Branches | None, context: Context) -> Values:
    """The competition rank in the group of each row that has the figure."""
    keys = numbers.order_keys()
    ranks = np.ones(context.rows, dtype=np.int64)
    for rows in context.groups():
        members = rows if reason is None else rows[reason[rows] == 0]
        ordered = np.sort(keys[members])
        ranks[members] = members.size - np.searchsorted(ordered, keys[members], side="right") + 1
    return Numbers.fixed(ranks), reason
