"""Counts over the codes right behind them: ``05 tiêu chí thành phần (1.2.1, 2.3, 4.1.2, 5.6 và 7.1.10)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of, readings_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding

_CODE = r"\d{1,2}(?:\.\d{1,2}){1,4}"
_AND = r"\s?(?:[,;]|,?\svà)\s?(?:(?:tiêu chí(?: thành phần)?|tctp|mục)\s)?"
#: A count of items whose codes follow, and nothing else.
_CODES = re.compile(
    r"(?<![\d.,/])(?P<count>\d{1,2})\s(?P<unit>tiêu chí(?: thành phần)?|tctp|chỉ số(?: thành phần)?|nội dung)"
    rf"[^.;:()\d]{{0,80}}(?::|\(|gồm)\s?(?:gồm|là|các|tiêu chí(?: thành phần)?|tctp|:|\s){{0,6}}"
    rf"(?P<list>{_CODE}(?:{_AND}{_CODE}){{1,40}})"
    r"(?=\s?(?:[).;]|$))",
    re.IGNORECASE,
)


def named_lists(text: MarkedText) -> Iterator[Checked]:
    """Every count with its codes behind it."""
    printed = text.passage.text
    for found in _CODES.finditer(printed):
        yield _counted(text, found, len(set(re.findall(_CODE, found["list"]))), Sure.CERTAIN)


def _counted(text: MarkedText, found: re.Match[str], count: int, sure: Sure) -> Checked:
    start, end = text.letter(found.start()), text.letter(found.end())
    digits = found["count"]
    if int(digits) == count:
        return Checked("counts", Fit.RIGHT, start, end)
    read = readings_of(digits)
    figure = TextFigure(digits, 0, 0, tuple(value for value, _ in read), tuple(places for _, places in read))
    told = finding(
        text, start, end, StatementKind.COUNT, "count_listed", stated=digits,
        found=in_form_of(figure, Fraction(count)), sure=sure, facts={"unit": found["unit"]},
    )  # fmt: skip
    return Checked("counts", Fit.WRONG, start, end, told)
