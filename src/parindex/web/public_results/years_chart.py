"""The index of a unit over the years as a line, every point labelled: places in a picture, texts in its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH, HEIGHT = 1072, 212
_LEFT, _RIGHT, _TOP, _BOTTOM = 66, 1026, 24, 180


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A point of the line, and where its label stands."""

    year: int
    value: Fraction
    x: str
    y: str
    label_y: str


@dataclass(frozen=True, slots=True)
class YearsChart:
    """The points, the line through them, and the lines of the grid with what they stand for."""

    points: Sequence[ChartPoint]
    line: str
    grid: Sequence[tuple[str, int]]


def years_chart(years: Sequence[tuple[int, Fraction]]) -> YearsChart | None:
    """The chart of two years or more, in order; None for fewer. The axis does not begin at 0, and says so by its
    numbers.
    """
    if len(years) < 2:
        return None
    values = [value for _, value in years]
    step = _step(max(values) - min(values))
    low, high = int(min(values) // step) * step, -int(-max(values) // step) * step
    high = max(high, low + step)
    first, last = years[0][0], years[-1][0]

    def x(year: int) -> Fraction:
        return _LEFT + Fraction(year - first, last - first) * (_RIGHT - _LEFT)

    def y(value: Fraction | int) -> Fraction:
        return _BOTTOM - Fraction(value - low) / (high - low) * (_BOTTOM - _TOP)

    points = []
    for at, (year, value) in enumerate(years):
        falls = at > 0 and value < years[at - 1][1] and (at + 1 == len(years) or years[at + 1][1] >= value)
        points.append(
            ChartPoint(year, value, _place(x(year)), _place(y(value)), _place(y(value) + (20 if falls else -10)))
        )
    line = " ".join(f"{one.x},{one.y}" for one in points)
    return YearsChart(points, line, [(_place(y(value)), value) for value in range(low, high + 1, step)])


def _step(spread: Fraction) -> int:
    """The distance of the lines of the grid: at most five of them."""
    return next(size for size in (1, 2, 5, 10, 20, 25, 50, 100, 1000) if spread / size <= 4)


def _place(value: Fraction) -> str:
    tenths = round(value * 10)
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)
