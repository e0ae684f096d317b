"""Bands of a rule: every value in just one band, edges included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.coherence.best_points import choices, dated, quantity
from parindex.domain.criteria.criteria_set import Measure


@dataclass(frozen=True, slots=True)
class Band:
    """One band: edges (None: open to that side) and whether each edge belongs to it."""

    low: Fraction | None
    low_closed: bool
    high: Fraction | None
    high_closed: bool


@dataclass(frozen=True, slots=True)
class BandFault:
    """What is wrong between two bands or at an end.

    ``kind``: ``bands_overlap`` (``low``–``high`` is in two bands), ``bands_gap`` (in none), ``band_edge`` (exactly
    ``low`` is in two bands or in none: ``twice``). ``low`` or ``high`` None: without end. ``outer``: below the lowest
    or above the highest band.
    """

    kind: str
    low: Fraction | None
    high: Fraction | None
    twice: bool = False
    outer: bool = False


def band_faults(data: Mapping[str, Any], year: int | None, measures: Mapping[str, Measure]) -> Iterator[BandFault]:
    """The faults of the bands of one rule (kind ``bands``), from the lowest value up.

    Raises :class:`~parindex.domain.errors.InvalidValue` (``not_a_number``) for an edge that cannot be read.
    """
    bands = sorted((_band(row, year) for row in choices(data.get("bands"))), key=_from_below)
    if not bands:
        return
    measured = quantity(data)
    whole_numbers = _counts_whole_numbers(measured, bands, measures)
    yield from _bottom(bands[0], signed=_may_be_negative(measured))
    below = bands[0]
    for above in bands[1:]:
        yield from _between(below, above, whole_numbers=whole_numbers)
        below = _higher(below, above)
    yield from _top(below, is_share="to" in measured, maximum=_maximum(measured, measures))


def _band(row: Mapping[str, Any], year: int | None) -> Band:
    def edge(closed: str, opened: str) -> tuple[Fraction | None, bool]:
        if closed in row:
            return dated(row[closed], year), True
        return (dated(row[opened], year), False) if opened in row else (None, False)

    return Band(*edge("from", "above"), *edge("up_to", "below"))


def _from_below(band: Band) -> tuple[bool, Fraction, bool]:
    return (band.low is not None, band.low or Fraction(0), not band.low_closed)


def _higher(one: Band, two: Band) -> Band:
    """The band that reaches higher."""
    return max(one, two, key=lambda band: (band.high is None, band.high or Fraction(0), band.high_closed))


# --- inside --------------------------------------------------------------------------------------------------------


def _between(below: Band, above: Band, *, whole_numbers: bool) -> Iterator[BandFault]:
    high, low = below.high, above.low
    if high is None or low is None or high > low:
        yield BandFault("bands_overlap", low, _lower_end(high, above.high), twice=True)
    elif high == low:
        if below.high_closed == above.low_closed:
            yield BandFault("band_edge", low, low, twice=below.high_closed)
    elif not (whole_numbers and _no_whole_number_between(below, above, high, low)):
        yield BandFault("bands_gap", high, low)


def _lower_end(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    ends = [end for end in (one, two) if end is not None]
    return min(ends) if ends else None


def _no_whole_number_between(below: Band, above: Band, high: Fraction, low: Fraction) -> bool:
    first = high.__floor__() + 1 if below.high_closed or high.denominator > 1 else int(high)
    last = low.__ceil__() - 1 if above.low_closed or low.denominator > 1 else int(low)
    return first > last


# --- the ends ------------------------------------------------------------------------------------------------------


def _bottom(lowest: Band, *, signed: bool) -> Iterator[BandFault]:
    """Nothing is below 0 unless the quantity is a difference."""
    low = lowest.low
    if low is None:
        return
    if signed:
        yield BandFault("bands_gap", None, low, outer=True)
    elif low > 0:
        yield BandFault("bands_gap", Fraction(0), low, outer=True)
    elif low == 0 and not lowest.low_closed:
        yield BandFault("band_edge", low, low, outer=True)


def _top(highest: Band, *, is_share: bool, maximum: Fraction | None) -> Iterator[BandFault]:
    """A share must be covered up to 100 %; another quantity without end, or up to what its measure allows."""
    high = highest.high
    end = Fraction(1) if is_share else maximum
    if high is None or (end is not None and high > end):
        return
    if end is not None and high == end:
        if not highest.high_closed:
            yield BandFault("band_edge", high, high, outer=True)
    else:
        yield BandFault("bands_gap", high, end, outer=True)


# --- the quantity --------------------------------------------------------------------------------------------------


def _terms(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _may_be_negative(data: Mapping[str, Any]) -> bool:
    terms = [term for term in _terms(data.get("of")) if isinstance(term, Mapping)]
    return any(str(term.get("weight", "1")).strip().startswith("-") for term in terms)


def _single_measure(data: Mapping[str, Any], measures: Mapping[str, Measure]) -> Measure | None:
    """The measure that the bands are about, where it is one figure as reported."""
    terms = _terms(data.get("of"))
    if len(terms) != 1 or "to" in data:
        return None
    term = terms[0]
    name = term.get("measure") if isinstance(term, Mapping) and set(term) <= {"measure", "year"} else term
    return measures.get(name) if isinstance(name, str) else None


def _maximum(data: Mapping[str, Any], measures: Mapping[str, Measure]) -> Fraction | None:
    measure = _single_measure(data, measures)
    return measure.maximum if measure is not None else None


def _counts_whole_numbers(data: Mapping[str, Any], bands: Sequence[Band], measures: Mapping[str, Measure]) -> bool:
    """Whether only whole numbers can occur: then nothing lies between 2 and 3."""
    measure = _single_measure(data, measures)
    if measure is not None:
        return measure.integer
    edges = [edge for band in bands for edge in (band.low, band.high) if edge is not None]
    return "to" not in data and all(edge.denominator == 1 for edge in edges)
