"""What others have published of a unit, year by year: a line of each kind of result, its rows with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.database.models import OutsideResult
from parindex.domain.errors import InvalidValue
from parindex.domain.values import parse_number
from parindex.web.public_results.years_chart import YearsChart, years_chart

#: Of fewer years a table says as much as a line.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class OutsideLine:
    """One result of a year: its index as a number where it is one, as it was written besides."""

    result: OutsideResult
    index: Fraction | None


@dataclass(frozen=True, slots=True)
class OutsideSeries:
    """The results of one title, the latest year first, and the line over the years where there are several."""

    title: str
    lines: Sequence[OutsideLine]
    values: Sequence[tuple[int, Fraction]]
    chart: YearsChart | None


def outside_series(results: Sequence[OutsideResult]) -> list[OutsideSeries]:
    """Results by title, in the order in which titles come."""
    found: dict[str, list[OutsideLine]] = {}
    for one in results:
        found.setdefault(one.title, []).append(OutsideLine(one, _number(one.index)))
    return [_series(title, lines) for title, lines in found.items()]


def _series(title: str, lines: Sequence[OutsideLine]) -> OutsideSeries:
    by_year = {one.result.year: one.index for one in reversed(lines) if one.index is not None}
    values = sorted(by_year.items())
    return OutsideSeries(title, lines, values, years_chart(values) if len(values) >= FEWEST else None)


def _number(written: str) -> Fraction | None:
    try:
        return parse_number(written)
    except InvalidValue:
        return None
