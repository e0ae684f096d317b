"""Amounts of a table that the text tells in another unit than the table: ``vượt 5.961 tỷ đồng`` of a table in ``triệu
đồng`` in which a row has 115.461 and 109.500.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.told_tables import ToldTable
from parindex.documents.printed_text import folded, joined

_UNIT = re.compile(r"(?:don vi(?: tinh)?|dvt)\s?[:\-]?\s?(?P<unit>nghin|ngan|trieu|ty|ti)?\s?dong")
_SCALES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9, None: 1}
#: The units of money by what one of them is worth in đồng.
SCALES = {1: "đồng", 10**3: "nghìn đồng", 10**6: "triệu đồng", 10**9: "tỷ đồng"}
_MONEY = re.compile(r"\s{0,2}(?:đồng|VNĐ|VND)(?!\w|/)", re.IGNORECASE)
#: "9.374 - 9.212 = 162 triệu đồng": two figures of the table, and what is left.
_LEFT = re.compile(r"(?P<a>\d[\d.,]*)\s?[-–−]\s?(?P<b>\d[\d.,]*)\s?=\s?$")
#: An amount with fewer digits stands in many a table by accident.
_FEWEST_DIGITS, _FEWEST_LEFT = 4, 2
_MOST_ROWS = 200
_REACH = 40


def told_units(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The amounts of the text that a table has in its own unit, and nowhere in theirs."""
    scaled = [(table, scale) for table in tables if (scale := scale_of(table.printed)) is not None]
    if not scaled or len({scale for _, scale in scaled}) > 1:
        return
    known = frozenset().union(*(_values(table.printed) for table, _ in scaled))
    scale = scaled[0][1]
    for passage in text:
        for figure in passage.figures:
            if figure.scale in (1, scale) or figure.named or not _MONEY.match(passage.text, figure.end):
                continue
            if _is_of_table(passage, figure, known) and not _is_right(figure, scale, known):
                yield unit_finding(passage, figure, scale, scale)


def scale_of(table: PrintedTable) -> int | None:
    """The unit of money that the lines above a table or its heads tell."""
    for line in (*(folded(one.text) for one in reversed(table.before)), *table.heads):
        found = _UNIT.search(line)
        if found is not None:
            return _SCALES[found["unit"]]
    return None


def _values(table: PrintedTable) -> frozenset[Fraction]:
    """The figures of a table, and the differences of two in one row."""
    out: set[Fraction] = set()
    for at in range(min(len(table.rows), _MOST_ROWS)):
        row = [one.value for column in range(table.width) if (one := table.amount(at, column)) is not None]
        out.update(row)
        out.update(abs(one - other) for number, one in enumerate(row) for other in row[:number])
    return frozenset(out)


def _is_of_table(passage: Passage, figure: TextFigure, known: frozenset[Fraction]) -> bool:
    """Whether the digits of an amount stand in the table, or are what two of its figures leave."""
    digits = len(digits_of(figure.digits).strip("0"))
    if digits >= _FEWEST_DIGITS and figure.readings[0] in known:
        return True
    left = _LEFT.search(passage.text, max(0, figure.start - _REACH), figure.start)
    if left is None or digits < _FEWEST_LEFT:
        return False
    terms = [one for one in passage.figures if left.start() <= one.start < left.end()]
    if len(terms) != len(("a", "b")) or any(one.scale > 1 or one.readings[0] not in known for one in terms):
        return False
    return abs(terms[0].readings[0]) - abs(terms[1].readings[0]) == figure.readings[0]


def _is_right(figure: TextFigure, scale: int, known: frozenset[Fraction]) -> bool:
    """Whether a table has the amount as it is printed, rounded or not."""
    step = figure.step() / scale
    return any(abs(value - Fraction(figure.value) / scale) <= step / 2 for value in known if value)


def is_money(passage: Passage, figure: TextFigure) -> bool:
    """Whether a figure is an amount of money."""
    return _MONEY.match(passage.text, figure.end) is not None


def unit_finding(passage: Passage, figure: TextFigure, scale: int, of_table: int) -> StatementFinding:
    """An amount that is right in the unit of ``scale`` only; ``of_table``: that of the table which has it."""
    text = passage.text
    money = _MONEY.match(text, figure.end)
    stated = joined(text[figure.start : money.end() if money else figure.end])
    return StatementFinding(
        StatementKind.WRONG_UNIT, Severity.WRONG_FIGURE, Sure.LIKELY, passage.place_at(figure.start),
        quoted(text, figure.start, figure.end), stated, f"{figure.digits} {SCALES[scale]}", "told_unit_apart",
        {"unit": SCALES[of_table]},
    )  # fmt: skip
