"""Figures as tables of results print them: a number with its sign, its per cent sign and the decimals that it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.printed_text import folded, joined
from parindex.domain.values import parse_number

#: A number as it stands in a cell: "82,96%", "+2.85", "−0,3 %", "tăng 2,86", "(0,42)" for a loss.
FIGURE = r"[-+−–]?\s?\d{1,6}(?:[.,]\d{1,17})?(?:[eE]-\d{1,2})?\s?%?"
_FIGURE = re.compile(
    r"^(?P<open>\()?(?P<words>tang|giam)?\s*(?P<sign>[-+−–])?\s?(?P<number>\d{1,6}(?:[.,]\d{1,17})?)(?:[eE]-(?P<power>\d{1,2}))?"
    r"\s?(?P<percent>%)?\s*(?:diem)?\s*\)?$"
)
#: A spreadsheet stores 2,85 as 2.8499999999999943: beyond so many places a number is the nearest short one.
_NOISE = 9


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, the decimals that it is printed with, and whether a per cent sign stands behind it."""

    value: Fraction
    places: int
    percent: bool = False


def read_figure(text: str) -> Figure | None:
    """The figure in a cell; None where it holds none or more than one."""
    found = _FIGURE.match(folded(text))
    if found is None:
        return None
    value = parse_number(found["number"]) / 10 ** int(found["power"] or 0)
    places = len(re.sub(r"^\d+[.,]?", "", found["number"])) + int(found["power"] or 0)
    if places > _NOISE:
        scaled = value * 10**_NOISE
        value = Fraction((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**_NOISE)
        places = _places(value)
    negative = (found["sign"] or "") in "-−–" and bool(found["sign"])
    negative = negative or found["words"] == "giam" or bool(found["open"])
    return Figure(-value if negative else value, places, bool(found["percent"]))


def read_figures(text: str) -> list[Figure]:
    """All figures of a text that holds nothing else; none where it holds words too."""
    pieces = [piece for piece in re.findall(FIGURE, joined(text)) if piece.strip()]
    if not pieces or re.sub(FIGURE, "", joined(text)).strip(" |;\t"):
        return []
    read = [read_figure(piece) for piece in pieces]
    return [figure for figure in read if figure is not None]


def _places(value: Fraction) -> int:
    return next(places for places in range(_NOISE + 1) if (value * 10**places).denominator == 1)
