"""What the rule of an item measures, over many units at once: parts above their whole, and who is far from the others.

A quantity is looked at as the rule reads it (a share, a growth, a count): what a rule compares across units can be
compared here too, whatever the size of the units. Robust distance: z = (x − median) / (1,4826 · MAD).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from parindex.domain.review.flag_rules import Part
from parindex.domain.review.flags import FlagKind, FoundFlag, Severity
from parindex.domain.scoring.context import Context
from parindex.domain.scoring.figures import FigureColumn, Figures
from parindex.domain.scoring.quantities import Over, Quantity, summed
from parindex.domain.scoring.rule import Rule
from parindex.domain.values import Mask, Numbers, Rounding, number_text

#: A distance is told with so many places.
_SHOWN = Rounding(4)


@dataclass(frozen=True, slots=True)
class Peers:
    """How far from the middle of its group a value may be: |z| above ``limit`` is far, of at least ``least`` units.

    ``scale`` makes the median of absolute deviations a standard deviation where values are normal.
    """

    limit: Fraction
    scale: Fraction
    least: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Median of a group, the median of the absolute deviations from it (MAD), and of how many units."""

    median: Fraction
    deviation: Fraction
    units: int


def quantities_of(rule: Rule | None) -> tuple[Quantity, ...]:
    """Every quantity that a rule measures, those inside others too, each once, in the order of the rule."""
    return tuple(dict.fromkeys(_quantities(rule))) if rule is not None else ()


def _quantities(rule: Rule) -> Iterator[Quantity]:
    for quantity in rule.quantities():
        yield from _inside(quantity)
    for child in rule.children():
        yield from _quantities(child)


def _inside(quantity: Quantity) -> Iterator[Quantity]:
    yield quantity
    for term in (*quantity.of, *quantity.to):
        if term.quantity is not None:
            yield from _inside(term.quantity)


def above_their_whole(number: int, quantity: Quantity, figures: Figures) -> dict[int, Part]:
    """The rows on which more is counted than the whole, where the quantity does not allow it; by row.

    Counted without weights, as the rule does. ``number`` tells the quantities of an item apart.
    """
    if not quantity.to or quantity.over is Over.ALLOW:
        return {}
    context = Context(figures, figures.year)
    of, to = summed(quantity.of, context), summed(quantity.to, context)
    more = of.counts.exceeds(to.counts)
    for reason in (of.reason, to.reason):
        if reason is not None:
            more &= reason == 0
    if quantity.zero_base is not None:  # the rule says itself what some over nothing gives
        more &= to.counts.num > 0
    refuses = quantity.over is Over.REFUSE
    return {
        row: Part(number, of.counts.row(row), to.counts.row(row), refuses or to.counts.row(row) <= 0)
        for row in np.flatnonzero(more).tolist()
    }


def measured(quantity: Quantity, figures: Figures) -> tuple[Numbers, Mask]:
    """The values of a quantity over all units, and which units have one."""
    found = quantity.measure(Context(figures, figures.year))
    present = np.ones(figures.rows, dtype=bool) if found.reason is None else found.reason == 0
    if found.zero_base is not None:
        present[found.zero_base] = False
    return found.value, present


def spread_of(values: Numbers) -> Spread | None:
    """Median and MAD of a column; None of an empty one. Exact: order is read from integers, never from floats."""
    count = len(values)
    if not count:
        return None
    median = _median(values)
    deviations = _size(values.minus(Numbers.constant(median, count)))
    return Spread(median, _median(deviations), count)


def _median(values: Numbers) -> Fraction:
    order = np.argsort(values.order_keys(), kind="stable")
    middle = len(order) // 2
    if len(order) % 2:
        return values.row(int(order[middle]))
    return (values.row(int(order[middle - 1])) + values.row(int(order[middle]))) / 2


def far_from_peers(number: int, value: Fraction, spread: Spread | None, peers: Peers) -> FoundFlag | None:
    """A value whose robust distance is above the limit: |x − median| > limit · scale · MAD.

    Nothing is said of a group of fewer than ``peers.least`` units, nor where MAD is 0: more than half of the units
    then have the same value, and every other one would be infinitely far.
    """
    if spread is None or spread.units < peers.least or spread.deviation == 0:
        return None
    unit = peers.scale * spread.deviation
    if abs(value - spread.median) <= peers.limit * unit:
        return None
    facts = {
        "value": number_text(value), "median": number_text(spread.median), "deviation": number_text(spread.deviation),
        "units": spread.units, "limit": number_text(peers.limit),
        "z": number_text(_SHOWN.apply((value - spread.median) / unit)),
    }  # fmt: skip
    return FoundFlag(FlagKind.FAR_FROM_PEERS, Severity.INFO, facts, f"q.{number}")


def far_rows(values: Numbers, present: Mask, spread: Spread | None, peers: Peers) -> list[int]:
    """The rows of a column of which :func:`far_from_peers` has something to say."""
    if spread is None or spread.units < peers.least or spread.deviation == 0:
        return []
    apart = values.minus(Numbers.constant(spread.median, len(values)))
    reach = peers.limit * peers.scale * spread.deviation
    return [int(row) for row in np.flatnonzero(present & (apart.above(reach) | ~apart.at_least(-reach)))]


def moved_rows(now: FigureColumn, before: FigureColumn, limit: Fraction) -> list[int]:
    """The rows on which |now − before| > limit · |before|, where both are entered and ``before`` is not 0."""
    apart, base = _size(now.numbers.minus(before.numbers)), _size(before.numbers)
    moved = now.present & before.present & ~before.numbers.is_zero() & apart.exceeds(base.times(limit))
    return [int(row) for row in np.flatnonzero(moved)]


def _size(values: Numbers) -> Numbers:
    """Absolute values."""
    return values.where(values.at_least(Fraction(0)), values.times(Fraction(-1)))
