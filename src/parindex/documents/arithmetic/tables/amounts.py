"""The figure of a cell in every form of Vietnamese papers, and a figure written back in the form of its neighbours.

A dot or a comma before three digits parts thousands or decimals; which of the two is a habit of the whole table, so a
cell has one value for each (:class:`Marks`) and a statement is wrong only if it is by both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from parindex.documents.arithmetic.figures import readings_of
from parindex.documents.papers import Cell
from parindex.documents.printed_text import joined

_DIGITS = r"\d{1,18}(?:[.,]\d{1,18}){0,6}"
_CELL = re.compile(
    rf"^(?P<open>\()?\s?(?P<words>tăng|giảm|lên|xuống|tụt|[▲▼↑↓])?\s?(?P<sign>[-+−–])?\s?(?P<digits>{_DIGITS})(?:e-(?P<power>\d{{1,2}}))?"
    r"\s{0,2}(?P<percent>%)?\s?(?:điểm|đ|bậc|hạng)?\s?(?:\))?\s?[.;*]?$",
    re.IGNORECASE,
)
_DOWN = ("giảm", "xuống", "tụt", "▼", "↓")
#: Thousands parted by blanks: "10 482".
_BLANKS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})+(?![\d.])")
#: A count with its share in one cell: "260 (52,0%)".
_WITH_SHARE = re.compile(rf"^(?P<count>{_DIGITS}) ?\((?P<share>{_DIGITS} ?%)\)$")
_SEVERAL = re.compile(rf"^(?:{_DIGITS}\s?%?\s)+{_DIGITS}\s?%?$")
#: A spreadsheet stores 2,85 as 2.8499999999999943: beyond so many places a number is the nearest short one.
_NOISE = 9
_GROUP = 3
#: A cell longer than this holds words.
_LONGEST = 40


class Marks(StrEnum):
    """What parts the decimals of a table."""

    COMMA = ","
    POINT = "."


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of a cell: its value, the decimals it is printed with, its text, whether a per cent sign follows."""

    value: Fraction
    places: int
    text: str
    percent: bool = False

    @property
    def unit(self) -> Fraction:
        """One in the last printed place."""
        return Fraction(1, 10**self.places)


@dataclass(frozen=True, slots=True)
class CellFigure:
    """The readings of a cell: the one where commas part decimals, the one where points do."""

    comma: Amount
    point: Amount
    decided: Marks | None = None

    def by(self, marks: Marks) -> Amount:
        """The reading by the habit of the table."""
        return self.comma if marks is Marks.COMMA else self.point


def cell_figure(cell: Cell) -> CellFigure | None:
    """The figure of a cell; None where it holds none, words beside it, or more than one."""
    text = joined(cell.text)
    plain = _BLANKS.sub(lambda one: one[0].replace(" ", ""), text) if " " in text else text
    found = _CELL.match(plain) if plain and len(text) <= _LONGEST else None
    if found is None:
        pair = _WITH_SHARE.match(plain) if plain.endswith("%)") else None
        return cell_figure(replace(cell, text=pair["count"])) if pair is not None else None
    readings = readings_of(found["digits"])
    if cell.is_number:
        readings = tuple(one for one in readings if "." not in found["digits"] or one[1]) or readings
    if not readings:
        return None
    negative = found["sign"] in ("-", "−", "–") or (found["open"] is not None and ")" in text)
    negative = negative or (found["words"] or "").lower() in _DOWN
    power = int(found["power"] or 0)
    made = [_amount(value, places, power, negative, text, bool(found["percent"])) for value, places in readings]
    if len(made) == 1:
        mark = _decimal_mark(found["digits"], readings[0][1])
        return CellFigure(made[0], made[0], mark)
    whole, decimal = sorted(made, key=lambda one: one.places)
    comma = "," in found["digits"]
    return CellFigure(decimal, whole) if comma else CellFigure(whole, decimal)


def share_beside(cell: Cell) -> CellFigure | None:
    """The share that stands in brackets behind a count; None where none does."""
    text = joined(cell.text)
    pair = _WITH_SHARE.match(text) if text.endswith("%)") else None
    return cell_figure(replace(cell, text=pair["share"])) if pair is not None else None


def figures_of(text: str) -> list[str]:
    """The figures of a cell that holds several and nothing else ("1,5 1,5 1,5"); none where it holds words."""
    plain = joined(text)
    return plain.split() if len(plain) <= 2 * _LONGEST and _SEVERAL.match(plain) else []


def _amount(value: Fraction, places: int, power: int, negative: bool, text: str, percent: bool) -> Amount:
    value, places = value / 10**power, places + power
    if places > _NOISE:
        scaled = value * 10**_NOISE
        value = Fraction((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**_NOISE)
        places = next(count for count in range(_NOISE + 1) if (value * 10**count).denominator == 1)
    return Amount(-value if negative else value, places, text, percent)


def _decimal_mark(digits: str, places: int) -> Marks | None:
    """The mark that a figure with one reading shows to part decimals, where it shows any."""
    marks = [one for one in digits if one in ".,"]
    if not marks:
        return None
    if places:
        return Marks(marks[-1])
    return Marks.COMMA if marks[-1] == "." else Marks.POINT


def _parts_with_comma(model: Amount) -> bool:
    """Whether a figure parts its decimals with a comma, or would, since its thousands are not parted so."""
    marks = [one for one in model.text if one in ".,"]
    if not marks:
        return True
    return (marks[-1] == ",") == (model.places > 0)


def printed_like(value: Fraction, model: Amount, *, places: int | None = None) -> str:
    """``value`` in the form of ``model``: its mark of decimals, its thousands, at least its decimals."""
    most = places if places is not None else model.places
    while most < _NOISE and places is None and (value * 10**most).denominator != 1:
        most += 1
    scaled = value * 10**most
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(most + 1, "0")
    before, after = (digits[:-most], digits[-most:]) if most else (digits, "")
    comma = _parts_with_comma(model)
    thousands = "." if comma else ","
    if _BLANKS.search(model.text):
        thousands = " "
    if re.search(r"\d[., ]\d{3}(?:[.,]|\D|$)", model.text) and len(before) > _GROUP:
        before = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", thousands, before)
    sign = "-" if value < 0 and whole else ""
    shown = sign + before + ((("," if comma else ".") + after) if after else "")
    return shown + (" %" if " %" in model.text else "%" if model.percent else "")
