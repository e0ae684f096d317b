"""Bands of a rule: every value that the quantity can have in just one band, edges included.

That two bands overlap is found while the rule is read (``bands_overlap``); here: what is in none, and bands that
nothing can fall in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from parindex.domain.scoring.reach import Measures, Range, counts_whole, reach
from parindex.domain.scoring.rules.bands import Band, Bands, Cut


@dataclass(frozen=True, slots=True)
class BandFault:
    """What is wrong with the bands.

    ``kind``: ``bands_gap`` (``low``–``high`` is in no band), ``band_edge`` (exactly ``low`` is in none),
    ``band_unreachable`` (the band from ``low`` begins above ``high``, the most that can occur). ``low`` or ``high``
    None: without end. ``outer``: below the lowest or above the highest band.
    """

    kind: str
    low: Fraction | None
    high: Fraction | None
    outer: bool = False


@dataclass(frozen=True, slots=True)
class Domain:
    """The values that can occur, as cuts: from ``lower`` on (None: no end) and before ``upper``."""

    lower: Cut | None
    upper: Cut | None

    def within(self, band: Band) -> Domain:
        """What of it falls in ``band``."""
        return Domain(_higher(self.lower, band.lower), _lower(self.upper, band.upper))


def domain(possible: Range) -> Domain:
    """The values of ``possible``, ends included."""
    return Domain(
        None if possible.low is None else (possible.low, False),
        None if possible.high is None else (possible.high, True),
    )


def band_faults(rule: Bands, measures: Measures, inside: Domain | None = None) -> Iterator[BandFault]:
    """The faults of the bands of ``rule`` and of those inside them that are about the same quantity.

    ``inside``: the values that are left for it, where it stands in a band of a rule about the same quantity.
    """
    values = domain(reach(rule.quantity, measures)) if inside is None else inside
    yield from _unreachable(rule, values)
    yield from _gaps(rule, values, whole=_whole(rule, measures))
    for band in rule.bands:
        if isinstance(band.gives, Bands) and inherits(band.gives, rule):
            yield from band_faults(band.gives, measures, values.within(band))


def inherits(inner: Bands, outer: Bands) -> bool:
    """Whether ``inner``, in a band of ``outer``, is about the quantity of ``outer``."""
    return inner.quantity is outer.quantity


def _unreachable(rule: Bands, values: Domain) -> Iterator[BandFault]:
    for band in rule.bands:
        if band.lower is not None and values.upper is not None and band.lower >= values.upper:
            yield BandFault("band_unreachable", band.lower[0], values.upper[0])


def _gaps(rule: Bands, values: Domain, *, whole: bool) -> Iterator[BandFault]:
    """The stretches between two cuts that no band covers."""
    ends: list[Cut | None] = [None, *rule.cuts, None]
    start: int | None = None
    for cell, band in enumerate((*rule.cells, 0)):
        if band < 0:
            start = cell if start is None else start
        elif start is not None:
            outer = start == 0 or cell == len(rule.cells)
            yield from _gap(_higher(ends[start], values.lower), _lower(ends[cell], values.upper), outer, whole=whole)
            start = None


def _gap(lower: Cut | None, upper: Cut | None, outer: bool, *, whole: bool) -> Iterator[BandFault]:
    if lower is None or upper is None:
        low, high = None if lower is None else lower[0], None if upper is None else upper[0]
        yield BandFault("bands_gap", low, high, outer)
    elif lower < upper and not (whole and _no_whole_number(lower, upper)):
        kind = "band_edge" if lower[0] == upper[0] else "bands_gap"
        yield BandFault(kind, lower[0], upper[0], outer)


def _no_whole_number(lower: Cut, upper: Cut) -> bool:
    first = floor(lower[0]) + 1 if lower[1] else ceil(lower[0])
    last = floor(upper[0]) if upper[1] else ceil(upper[0]) - 1
    return first > last


def _whole(rule: Bands, measures: Measures) -> bool:
    """Whether only whole numbers can occur: as the measures declare, else as the edges suggest."""
    known = counts_whole(rule.quantity, measures)
    return all(edge.denominator == 1 for edge, _ in rule.cuts) if known is None else known


def _higher(one: Cut | None, two: Cut | None) -> Cut | None:
    return max((cut for cut in (one, two) if cut is not None), default=None)


def _lower(one: Cut | None, two: Cut | None) -> Cut | None:
    return min((cut for cut in (one, two) if cut is not None), default=None)
