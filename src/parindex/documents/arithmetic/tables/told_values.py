"""Figures that the text gives for a row of a table by its name: "Bộ Tư pháp dẫn đầu, đạt 89,95%".

Much else may be told of a body than the table has. A figure is wrong where no cell of the row is it, but one is with
two digits that changed places; where the text tells the rank of the row, too, also with one other digit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.tables.amounts import Amount
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import CodeStyle
from parindex.documents.arithmetic.tables.slips import severity_of
from parindex.documents.arithmetic.tables.told_tables import ToldTable
from parindex.documents.printed_text import joined

#: A name has so many words and letters, so that it is no common word.
_FEWEST_WORDS, _FEWEST_LETTERS = 2, 5
_LONGEST_NAME = 80
_LONGEST = 4_000
#: How far behind a name its figure may stand.
_REACH = 140
_END = re.compile(r"[.;:](?:\s|$)|[,(]\s?(?:còn|trong khi|nhưng)\s|\ntrong đó")
#: What is told of another time, or of a change.
_OTHER = re.compile(r"\b(?:tăng|giảm|so với|chênh lệch|cao hơn|thấp hơn|hơn|kém|năm trước|thêm|kế hoạch|mục tiêu)\b")
_IS = re.compile(
    r"(?:\b(?:đạt|với|là|được|chiếm|bằng|có|số điểm|tỷ lệ|điểm|chỉ số|(?:cao|thấp|tốt|kém) nhất|chấm|thẩm định)\s"
    r"|[(:]\s?)$"
)
_RANK = re.compile(
    r"\b(?:(?P<first>dẫn đầu|đứng đầu|(?:xếp|đứng|vị trí|hạng) (?:thứ )?nhất|quán quân)|(?P<last>xếp cuối|đứng cuối)"
    r"|(?:xếp|đứng|vị trí|hạng|xếp hạng|vị thứ)(?: vị trí)?(?: thứ| hạng)? (?P<rank>\d{1,3})(?![\d.,]))"
)
_EXTREME = re.compile(r"(?<!\w)(cao|thấp) nhất(?!\w)")
_IN_PART = re.compile(r"\b(?:khối|cụm|nhóm|vùng|khu vực|lĩnh vực|trong số|tiêu chí|chỉ số thành phần|nội dung)\b")
_TELLING = 3
#: What follows a figure that is told of the body itself; "86,19% hồ sơ" is of its papers.
_OF_ITSELF = re.compile(r"\s?(?:điểm(?!\w)|%)?\s?(?:$|[.,;:)(]|(?:và|xếp|đứng|tăng|giảm|cao|so|là)(?!\w))")
#: Heads of columns that may hold per cents; one that is but a year may hold anything.
_PER_CENT = re.compile(r"%|\b(?:ty le|ti le|ty trong|chi so|ket qua)\b|^nam (?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class _Named:
    """A row of a table under its name, and its rank where the table ranks its rows."""

    table: ToldTable
    row: int
    rank: int | None
    rows: int


def told_values(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """Figures of named rows that the tables have otherwise."""
    named = _names(tables)
    if not named:
        return
    for passage in text:
        lowered = passage.text.lower()
        if len(lowered) != len(passage.text) or len(lowered) > _LONGEST:
            continue
        figures = [one for one in passage.figures if one.places[0] and not one.over and not one.named]
        if not figures:
            continue
        for start, end, name in _names_in(lowered, named):
            yield from _of_name(passage, lowered, (start, end), named[name], figures)


def _names(tables: Sequence[ToldTable]) -> dict[str, list[_Named]]:
    """The rows by name; a name that two rows of a table have is none."""
    out: dict[str, list[_Named]] = {}
    for table in tables:
        printed = table.printed
        if any(printed.rows[at].code.style is CodeStyle.DOTTED for at in table.rows):
            continue
        titles = {at: joined(printed.rows[at].title).lower() for at in table.rows}
        counts = Counter(titles.values())
        ranks = _ranks(table)
        for at, title in titles.items():
            letters = sum(map(str.isalpha, title))
            long = len(title.split()) >= _FEWEST_WORDS and letters >= _FEWEST_LETTERS and len(title) <= _LONGEST_NAME
            if long and counts[title] == 1:
                out.setdefault(title, []).append(_Named(table, at, ranks.get(at), len(titles)))
    return out


def _ranks(table: ToldTable) -> dict[int, int]:
    printed = table.printed
    for column in range(printed.width):
        if printed.kind(column) is ColumnKind.RANK:
            amounts = {at: one.value for at in table.rows if (one := printed.amount(at, column)) is not None}
            return {at: int(value) for at, value in amounts.items() if value.denominator == 1}
    return {}


def _names_in(text: str, named: dict[str, list[_Named]]) -> list[tuple[int, int, str]]:
    """Where names stand in a text, the longest where one is part of another."""
    found: list[tuple[int, int, str]] = []
    for name in sorted((one for one in named if one in text), key=len, reverse=True):
        for place in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(start < place.end() and place.start() < end for start, end, _ in found):
                found.append((*place.span(), name))
    return sorted(found)


def _of_name(
    passage: Passage, text: str, at: tuple[int, int], rows: Sequence[_Named], figures: Sequence[TextFigure]
) -> Iterator[StatementFinding]:
    """The first figure behind a name, where every table with that name has it otherwise."""
    start, end = at
    stop = _END.search(text, end, end + _REACH)
    limit = stop.start() if stop else min(len(text), end + _REACH)
    figure = next((one for one in figures if end <= one.start < limit), None)
    if figure is None or not _IS.search(text, max(end, figure.start - 20), figure.start):
        return
    sentence = max(text.rfind(mark, 0, start) for mark in (". ", "; ", ".\n")) + 1
    words, between = text[sentence : figure.end], text[end : figure.start]
    if _OTHER.search(between) or _other_name(between) or not _OF_ITSELF.match(text, figure.start + len(figure.digits)):
        return
    rows = [one for one in rows if one.table.may_be_of(words)]
    if not rows or any(_holds(one, figure) for one in rows):
        return
    for one in rows:
        meant = _meant(one, figure, words)
        if meant is not None:
            yield _finding(passage, start, figure, one, meant)
            return


def _other_name(between: str) -> bool:
    """Whether another body is named between a name and its figure."""
    return re.search(r"\b(?:và|cùng)\s(?:các |những )?(?:sở|bộ|tỉnh|huyện|xã|thành phố|đơn vị)\b", between) is not None


def _cells(one: _Named) -> Iterator[tuple[int, Amount]]:
    for reading in one.table.readings:
        for column in range(reading.width):
            amount = reading.amount(one.row, column)
            if amount is not None and reading.kind(column) not in (ColumnKind.NUMBER, ColumnKind.YEAR):
                yield column, amount


def _holds(one: _Named, figure: TextFigure) -> bool:
    """Whether a cell of the row, or a row with a wrong cell, may be the figure."""
    steps = [Fraction(1, 10**places) for places in figure.places]
    return one.row in one.table.doubted or any(
        abs(value - amount.value) < step or value == amount.value * 100
        for _, amount in _cells(one)
        for value, step in zip(figure.readings, steps, strict=True)
    )


def _is_ranked_so(one: _Named, words: str) -> bool:
    """Whether the text tells the rank of the row, among all rows."""
    found = _RANK.search(words)
    if found is None or one.rank is None or _IN_PART.search(words):
        return False
    rank = 1 if found["first"] else one.rows if found["last"] else int(found["rank"])
    return rank == one.rank


def _is_extreme_so(one: _Named, words: str, column: int) -> bool:
    """Whether the text tells that the row has the highest or the lowest figure of all, as it has in a column."""
    told = _EXTREME.findall(words)
    if not told or _IN_PART.search(words):
        return False
    table = one.table.printed
    values = {at: amount.value for at in one.table.rows if (amount := table.amount(at, column)) is not None}
    ends = max(values.values(), default=None) if told[-1] == "cao" else min(values.values(), default=None)
    return values.get(one.row) == ends is not None


def _meant(one: _Named, figure: TextFigure, words: str) -> tuple[int, Amount] | None:
    """The one cell of the row that the figure is but for a misprint; two equal cells are one. ``words``: the sentence
    up to the figure, which may tell the rank of the row.
    """
    ranked = _is_ranked_so(one, words)
    found = [
        (column, amount)
        for column, amount in _cells(one)
        if amount.places == figure.places[0]
        if _is_slip(figure.digits, amount.text, ranked or _is_extreme_so(one, words, column))
        if not figure.percent or amount.percent or _PER_CENT.search(one.table.printed.heads[column])
    ]
    return found[0] if len({amount.value for _, amount in found}) == 1 else None


def _is_slip(printed: str, meant: str, ranked: bool) -> bool:
    """Whether two neighbouring digits changed places, or where ``ranked`` one is another."""
    left, right = re.sub(r"\D", "", printed), re.sub(r"\D", "", meant)
    if len(left) != len(right) or len(left) < _TELLING:
        return False
    apart = [at for at, (one, other) in enumerate(zip(left, right, strict=True)) if one != other]
    if len(apart) == 2:
        first, second = apart
        return second == first + 1 and left[first] == right[second] and left[second] == right[first]
    return ranked and len(apart) == 1


def _finding(
    passage: Passage, start: int, figure: TextFigure, one: _Named, meant: tuple[int, Amount]
) -> StatementFinding:
    column, amount = meant
    printed = one.table.printed
    facts = {"row": printed.rows[one.row].title, "column": printed.titles[column]}
    words = joined(passage.text[start : figure.end])
    return StatementFinding(
        StatementKind.SAME_QUANTITY, severity_of(printed, column), Sure.LIKELY, passage.place_at(figure.start), words,
        figure.text, in_form_of(figure, amount.value), "table_says_otherwise", facts,
    )  # fmt: skip
