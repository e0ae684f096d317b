"""Means of a column that the text tells: ``Giá trị trung bình Chỉ số CCHC năm 2024 của 9 sở là 90,21%, năm 2023 là
91,40%`` over a table in which the column of 2023 has the mean 90,40.

A sentence is of a table where it tells another mean of it, or counts all its rows by their name. A mean in it that is
one misprint from exactly one column's, and stands nowhere in the table, is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of, misprint_between
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.told_tables import ToldTable
from parindex.documents.printed_text import joined

_NO_MEAN = (ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.YEAR)
_MEAN = re.compile(r"(?<!\w)(?:trung bình|bình quân)(?!\w)(?! cả nước| toàn quốc| chung cả nước)", re.IGNORECASE)
_COUNTED = re.compile(r"(?<!\w)(?:của|cả|toàn bộ)\s(?P<count>\d{1,3})\s(?P<noun>[^\W\d_]+)(?!\w)", re.IGNORECASE)
_ENDS = re.compile(r"[.;](?=\s|$)|\n")
#: What tells a change, a mark or the mean of something else.
_OTHERWISE = re.compile(
    r"(?<!\w)(?:tăng|giảm|hơn|chênh lệch|thêm|cả nước|toàn quốc|mục tiêu|từ|trên|dưới|mỗi)\s[^\d]{0,30}\Z"
)
_FEWEST_ROWS, _FEWEST_DIGITS = 4, 3


def told_means(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """Means in the text that no column has, but one nearly."""
    means = [(table, _means(table)) for table in tables if len(table.rows) >= _FEWEST_ROWS]
    for passage in text if means else ():
        for start, figures in _told(passage):
            for table, columns in means:
                yield from _of_sentence(passage, start, figures, table, columns)


def _told(passage: Passage) -> Iterator[tuple[int, list[TextFigure]]]:
    """The figures behind the word of a mean, in its sentence."""
    words = passage.text
    past = 0
    for found in _MEAN.finditer(words):
        if found.start() < past:
            continue
        end = _ENDS.search(words, found.end())
        past = end.start() if end else len(words)
        inside = [one for one in passage.figures if found.end() <= one.start < past]
        figures = [one for one in inside if _is_told(one) and not _OTHERWISE.search(words[found.end() : one.start])]
        if figures:
            yield found.start(), figures


def _is_told(one: TextFigure) -> bool:
    """Whether a figure may be told as a mean: with decimals, and digits enough to know a misprint."""
    many = len(digits_of(one.digits)) >= _FEWEST_DIGITS
    return many and one.places[0] > 0 and not one.named and one.over is None


def _means(table: ToldTable) -> list[tuple[int, Fraction]]:
    """The mean of every column in which all rows have a figure and none is known to be wrong."""
    if any(row in table.doubted for row in table.rows):
        return []
    out = []
    for column in range(table.printed.width):
        amounts = [table.printed.amount(row, column) for row in table.rows]
        values = [one.value for one in amounts if one is not None]
        if table.printed.kind(column) not in _NO_MEAN and len(values) == len(amounts) and len(set(values)) > 1:
            out.append((column, sum(values, Fraction(0)) / len(values)))
    return out


def _of_sentence(
    passage: Passage, start: int, figures: Sequence[TextFigure], table: ToldTable, means: Sequence[tuple[int, Fraction]]
) -> Iterator[StatementFinding]:
    held = [one for one in figures if any(_is_mean(one, mean) for _, mean in means)]
    if not held and not _counts_all(passage.text, start, figures[-1].end, table):
        return
    for one in figures:
        if one in held or _stands_in(table, one):
            continue
        taken = {column for column, mean in means for other in held if _is_mean(other, mean)}
        near = [
            (column, mean) for column, mean in means
            if column not in taken and misprint_between(digits_of(one.digits), digits_of(in_form_of(one, mean)))
        ]  # fmt: skip
        if len(near) == 1:
            yield _finding(passage, one, near[0], table)


def _is_mean(one: TextFigure, mean: Fraction) -> bool:
    return abs(one.readings[0] - mean) <= one.step()


def _counts_all(text: str, start: int, end: int, table: ToldTable) -> bool:
    """Whether a sentence counts all rows of a table by the word that they begin with."""
    found = _COUNTED.search(text, start, end)
    if found is None or int(found["count"]) != len(table.rows):
        return False
    titles = [joined(table.printed.rows[at].title).lower() for at in table.rows]
    return 2 * sum(title.startswith(f"{found['noun'].lower()} ") for title in titles) > len(titles)


def _stands_in(table: ToldTable, one: TextFigure) -> bool:
    printed = table.printed
    return any(
        amount.value in one.readings
        for row in range(len(printed.rows))
        for column in range(printed.width)
        if (amount := printed.amount(row, column)) is not None
    )


def _finding(passage: Passage, one: TextFigure, meant: tuple[int, Fraction], table: ToldTable) -> StatementFinding:
    column, mean = meant
    return StatementFinding(
        StatementKind.SAME_QUANTITY, Severity.WRONG_FIGURE, Sure.LIKELY, passage.place_at(one.start),
        quoted(passage.text, one.start, one.end), one.digits, in_form_of(one, mean), "mean_told_otherwise",
        {"column": table.printed.titles[column]},
    )  # fmt: skip
