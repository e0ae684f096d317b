"""Whether a value can have been printed as a figure: rounded half up or cut off at its places, from figures that were
themselves rounded or cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from itertools import islice, product

from parindex.documents.arithmetic.about_words import ABOUT, NEARLY, one_of
from parindex.documents.arithmetic.figures import TextFigure

_ROUNDS = one_of("hơn", "trên", *NEARLY, *ABOUT)
#: Words by which a figure is not meant to the last place.
_ABOUT = re.compile(rf"(?<!\w)(?:{_ROUNDS}|~|≈)\s{{0,2}}$|{one_of('hơn', 'gần', 'trên')} mức $")
_LONGEST_ABOUT = 16
#: Their last words: most figures have another word before them, and cost no search.
_LAST_OF_ABOUT = (
    "khoảng", "gần", "hơn", "trên", "xỉ", "ước", "đạt", "tính", "dưới", "chừng", "~", "≈", "mức",
)  # fmt: skip
#: So much of a figure that is "about" may be off.
_LOOSENESS = Fraction(3, 100)
#: Maxima are multiples of a quarter, and weights of a twentieth: such decimals are exact, whatever their places.
_QUARTERS, _TWENTIETHS = 4, 20
#: Readings of several figures together.
_MOST_READINGS = 24


class Fit(IntEnum):
    """How well a statement holds, worst first: by no reading, only if its figures were rounded before, as printed."""

    WRONG = 0
    ROUNDED_BEFORE = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True)
class Span:
    """The values that a printed figure can stand for."""

    low: Fraction
    high: Fraction


def exactly(value: Fraction) -> Span:
    """One value."""
    return Span(value, value)


def meant(figure: TextFigure, reading: int = 0) -> Span:
    """The values that are printed as ``figure``: itself alone for a count, else half a place less to one place more."""
    value = figure.readings[reading] * figure.scale
    if not figure.places[reading] and figure.scale == 1:
        return exactly(value)
    step = figure.step(reading)
    return Span(value - step / 2, value + step)


def is_exact_decimal(figure: TextFigure, reading: int = 0) -> bool:
    """Whether the decimals of a figure are those of a maximum: a multiple of a quarter."""
    return figure.scale == 1 and (figure.readings[reading] * _QUARTERS).denominator == 1


def is_weight(value: Fraction) -> bool:
    """Whether a value is that of a weight or a target: a multiple of a twentieth."""
    return (value * _TWENTIETHS).denominator == 1


def prints_as(span: Span, figure: TextFigure, reading: int = 0, *, loose: bool = False) -> bool:
    """Whether a value of ``span`` is printed as ``figure`` (its scale counted)."""
    stated, step = figure.readings[reading] * figure.scale, figure.step(reading)
    if loose:
        slack = max(step, abs(stated) * _LOOSENESS)
        return span.high >= stated - slack and span.low <= stated + slack
    if stated < 0:
        return span.low <= stated + step / 2 and span.high > stated - step
    return span.high >= stated - step / 2 and span.low < stated + step


def is_about(text: str, at: int) -> bool:
    """Whether the words before the figure at ``at`` say that it is only about so much."""
    before = text[max(0, at - _LONGEST_ABOUT) : at]
    return before.rstrip().endswith(_LAST_OF_ABOUT) and _ABOUT.search(before) is not None


def readings_of_all(*figures: TextFigure) -> Iterator[tuple[int, ...]]:
    """Every way to read several figures together, the likeliest first, up to a limit."""
    return islice(product(*(range(len(figure.readings)) for figure in figures)), _MOST_READINGS)


def best_fit(figures: tuple[TextFigure, ...], holds: Callable[[tuple[int, ...], bool], bool]) -> Fit:
    """The best fit over all readings; ``holds(reading, slack)`` says whether the statement holds, with the figures as
    printed or with what they can stand for.
    """
    ways = list(readings_of_all(*figures))
    if any(holds(way, False) for way in ways):
        return Fit.RIGHT
    return Fit.ROUNDED_BEFORE if any(holds(way, True) for way in ways) else Fit.WRONG


def span_of(figure: TextFigure, reading: int, slack: bool) -> Span:
    """The figure as printed, or with ``slack`` what it can stand for."""
    return meant(figure, reading) if slack else exactly(figure.readings[reading] * figure.scale)
