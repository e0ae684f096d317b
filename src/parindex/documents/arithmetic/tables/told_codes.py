"""Codes that the text gives for a figure of a table: ``Tiêu chí cao nhất là 4.2 (89,02%)``. Where not the row with this
code has the figure, but exactly one other row, the code is misprinted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import readings_of
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted
from parindex.documents.arithmetic.tables.labels import CodeStyle
from parindex.documents.arithmetic.tables.told_tables import ToldTable

_CODE = r"(?<![\d.,/])(?P<code>\d{1,2}(?:\.\d{1,2}){1,3})"
_FIGURE = r"(?P<figure>\d{1,3}(?:[.,]\d{1,4}))(?![\d.,/])"
_TOLD = (
    re.compile(rf"{_CODE}\s?\((?:[^\W\d]+\s){{0,2}}{_FIGURE}"),
    re.compile(
        rf"(?:tiêu chí(?: thành phần)?|tctp|chỉ số(?: thành phần)?)\s{_CODE}[^.;()\d]{{0,90}}?"
        rf"(?:đạt|là|với|:|được)\s(?:tỷ lệ |điểm )?{_FIGURE}",
        re.IGNORECASE,
    ),
)
_MOVES = re.compile(r"(?<!\w)(?:tăng|giảm|tối đa|năm trước|so với|mất|trừ)(?!\w)")
_FEWEST_DIGITS = 3


def told_codes(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The codes of the text that stand beside a figure of another row."""
    coded = [table for table in tables if _codes(table)]
    for passage in text if coded else ():
        said: set[int] = set()
        for pattern in _TOLD:
            for found in pattern.finditer(passage.text):
                if found.start("code") in said or _MOVES.search(found[0].lower()):
                    continue
                told = (_right(table, found["code"], found["figure"]) for table in coded)
                right = {code for code in told if code is not None}
                if len(right) == 1 and found["code"] not in right:
                    said.add(found.start("code"))
                    yield _finding(passage, found, right.pop())


def _codes(table: ToldTable) -> dict[str, list[int]]:
    """The rows of each dotted code."""
    out: dict[str, list[int]] = {}
    for at, row in enumerate(table.printed.rows):
        if row.code.style is CodeStyle.DOTTED and row.code.text:
            out.setdefault(row.code.text.strip("."), []).append(at)
    return out


def _right(table: ToldTable, code: str, figure: str) -> str | None:
    """The code of the one row with a figure, where the row of ``code`` has it not; ``code`` itself where it has; None
    where the table does not tell.
    """
    codes = _codes(table)
    if len(codes.get(code, ())) != 1 or len(re.sub(r"\D", "", figure)) < _FEWEST_DIGITS:
        return None
    values = {value for value, _ in readings_of(figure)}
    having = [
        other for other, rows in codes.items()
        if other.count(".") == code.count(".") and any(_has(table, row, values) for row in rows)
    ]  # fmt: skip
    if code in having:
        return code
    return having[0] if len(having) == 1 else None


def _has(table: ToldTable, row: int, values: set[Fraction]) -> bool:
    return any(
        amount.value in values
        for reading in table.readings
        for column in range(reading.width)
        if (amount := reading.amount(row, column)) is not None
    )


def _finding(passage: Passage, found: re.Match[str], right: str) -> StatementFinding:
    return StatementFinding(
        StatementKind.CODE, Severity.SLIP, Sure.LIKELY, passage.place_at(found.start("code")),
        quoted(passage.text, found.start(), found.end()), found["code"], right, "told_code_apart",
        {"figure": found["figure"]},
    )  # fmt: skip
