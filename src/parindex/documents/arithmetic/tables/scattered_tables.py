"""Tables with codes whose layout is lost: a cell or a few words a line, one after the other.

A row is its code, its title, its figures side by side or one a line, and the words of its other cells; the row of the
total ends the table and tells how many figures each row has. What the lines say of rows is sure only where the total
agrees with the rows in some column: other tables are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from parindex.documents.arithmetic.figures import readings_of
from parindex.documents.arithmetic.tables.amounts import Amount, CellFigure
from parindex.documents.arithmetic.tables.labels import NO_CODE, Code, CodeStyle, RowRole, code_of, role_of
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.scattered_heads import head_above
from parindex.documents.arithmetic.tables.table_rows import TableRow
from parindex.documents.papers import Block, Cell, Paragraph
from parindex.documents.printed_text import folded, joined

_FIGURE = re.compile(r"^[-+−–]?\d{1,3}(?:[.,]\d{1,4})?$")
_TOTAL = ("tong", "cong", "total")
_MOST_TOTAL_WORDS = 6
_FEWEST_COLUMNS, _MOST_COLUMNS = 2, 8
_FEWEST_ROWS = 3
#: The code and the title stand before the figures.
_BESIDE = 2
#: Words of a title at most, lines between two rows at most, codes tried above a total at most.
_TITLE, _GAP, _MOST_ROWS = 80, 80, 400


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a paper; ``line`` counts the lines with words, ``begins``: it is the first of its line."""

    text: str
    line: int
    begins: bool

    @property
    def is_figure(self) -> bool:
        return _FIGURE.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row by the positions of its words: the code, and the first of its figures."""

    code: Code
    at: int
    first: int


class _Text:
    """The words of a stretch of lines, with the codes and the runs of figures among them."""

    def __init__(self, lines: Sequence[Paragraph]) -> None:
        self.lines = lines
        self.words = [
            _Word(text, number, not at)
            for number, line in enumerate(lines)
            for at, text in enumerate(joined(line.text).split())
        ]
        #: How many figures stand one after the other from each word on.
        self.runs = [0] * (len(self.words) + 1)
        for at in range(len(self.words) - 1, -1, -1):
            self.runs[at] = self.runs[at + 1] + 1 if self.words[at].is_figure else 0
        self._codes: dict[CodeStyle, dict[int, Code]] = {CodeStyle.DOTTED: {}, CodeStyle.NUMBER: {}}
        for at, word in enumerate(self.words[:-1]):
            code = code_of(word.text) if word.begins and word.text[0] in "123456789" else NO_CODE
            if code.style in self._codes and self.words[at + 1].text.lstrip("\"“”'(")[:1].isupper():
                self._codes[code.style][at] = code
        self._places = {style: list(codes) for style, codes in self._codes.items()}
        self._behind: dict[tuple[int, int, CodeStyle], int | None] = {}

    def rows(self, start: int, end: int, columns: int, style: CodeStyle) -> list[_Row]:
        """Every code with a title and so many figures behind it."""
        places = self._places[style]
        low, high = bisect_left(places, start), bisect_left(places, end)
        out: list[_Row] = []
        past = start
        for at in places[max(low, high - _MOST_ROWS) : high]:
            key = (at, columns, style)
            if at >= past and key not in self._behind:
                self._behind[key] = self._figures_behind(at + 1, columns, style)
            first = self._behind.get(key) if at >= past else None
            if first is not None and first + columns <= end:
                out.append(_Row(self._codes[style][at], at, first))
                past = first + columns
        return out

    def _figures_behind(self, at: int, columns: int, style: CodeStyle) -> int | None:
        """Where the figures of a row begin: so many one after the other, no other row begun before them."""
        last = min(at + _TITLE, len(self.words))
        while at < last and at not in self._codes[style]:
            length = self.runs[at]
            if length == columns:
                return at
            if length > columns:
                if self.words[at + columns].begins:
                    return at
                late = at + length - columns
                return late if self.words[late].begins else None
            at += max(1, length)
        return None


def scattered_tables(blocks: Sequence[Block]) -> tuple[list[PrintedTable], set[int]]:
    """The tables without a layout among the blocks, and the identities of the lines that they take."""
    tables: list[PrintedTable] = []
    taken: set[int] = set()
    for is_text, stretch in groupby(blocks, key=lambda block: isinstance(block, Paragraph)):
        if not is_text:
            continue
        lines = [block for block in stretch if isinstance(block, Paragraph) and block.text.strip()]
        for table, first, last in _in_lines(lines):
            tables.append(table)
            taken |= {id(line) for line in lines[first : last + 1]}
    return tables, taken


def _in_lines(lines: Sequence[Paragraph]) -> Iterator[tuple[PrintedTable, int, int]]:
    """The tables in a stretch of lines, each with its first and its last line."""
    text = _Text(lines)
    words = text.words
    start = 0
    for at, first in _totals(words):
        read = next(_read(text, start, at, first), None)
        if read is not None:
            table, begin = read
            last = first + table.width - _BESIDE - 1
            yield table, begin, words[last].line
            start = last


def _totals(words: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    """The rows of totals: where the name begins, and where its figures do."""
    for at, word in enumerate(words):
        if not word.begins or folded(word.text).rstrip(":") not in _TOTAL:
            continue
        first = next((one for one in range(at, min(at + _MOST_TOTAL_WORDS, len(words))) if words[one].is_figure), None)
        if first is not None:
            name = " ".join(one.text for one in words[at:first])
            if role_of(name, has_figures=True) is RowRole.TOTAL:
                yield at, first


def _read(text: _Text, start: int, total: int, first: int) -> Iterator[tuple[PrintedTable, int]]:
    """The table above a total and the first of its lines, for each number of figures that the total may have."""
    words = text.words
    ends = [one for one in range(1, text.runs[first] + 1) if first + one == len(words) or words[first + one].begins]
    for columns in reversed(ends):
        if not _FEWEST_COLUMNS <= columns <= _MOST_COLUMNS:
            continue
        for style in (CodeStyle.DOTTED, CodeStyle.NUMBER):
            rows = _chain(words, text.rows(start, total, columns, style), total)
            if len(rows) < _FEWEST_ROWS:
                continue
            table = _table(text, rows, (total, first), columns)
            if _agrees(table):
                yield table, words[rows[0].at].line


def _chain(words: Sequence[_Word], rows: Sequence[_Row], total: int) -> list[_Row]:
    """The rows above a total whose codes rise to it without a long gap."""
    out: list[_Row] = []
    below, line = None, words[total].line
    for row in reversed(rows):
        rises = below is None or _follows(row.code, below)
        if not rises or line - words[row.first].line > _GAP:
            break
        out.append(row)
        below, line = row.code, words[row.at].line
    return out[::-1]


def _follows(code: Code, after: Code) -> bool:
    """Whether ``after`` may stand below ``code``: dotted codes may leave items out, numbers of rows none."""
    if code.style is CodeStyle.NUMBER:
        return after.numbers[0] == code.numbers[0] + 1
    return code.numbers < after.numbers


def _table(text: _Text, rows: Sequence[_Row], total: tuple[int, int], columns: int) -> PrintedTable:
    head = head_above(text.lines[: text.words[rows[0].at].line], columns)
    made = [
        *(_made(text, row.code, (row.at + 1, row.first), columns) for row in rows),
        _made(text, NO_CODE, total, columns),
    ]
    titles = ("STT", head.rows, *head.columns)
    table = PrintedTable(titles, tuple(map(folded, titles)), tuple(_under_codes(made)), made[0].place, head.captions)
    for at, row in enumerate(table.rows):
        for column in range(_BESIDE, columns + _BESIDE):
            table.set_figure(at, column, _points(row.cells[column].text))
    return table


def _under_codes(rows: Sequence[TableRow]) -> Iterator[TableRow]:
    """The rows with the row each stands under: the one with the beginning of its code, where it is listed at all."""
    known: dict[tuple[int, ...], int] = {}
    for at, row in enumerate(rows):
        numbers = row.code.numbers
        above = [known[numbers[:depth]] for depth in range(1, len(numbers)) if numbers[:depth] in known]
        known[numbers] = at
        yield replace(row, parent=above[-1] if above else None)


def _made(text: _Text, code: Code, title: tuple[int, int], columns: int) -> TableRow:
    """A row of a table: its code, the words of its title and the figures behind these."""
    begin, first = title
    name = " ".join(word.text for word in text.words[begin:first])
    figures = text.words[first : first + columns]
    places = [replace(text.lines[word.line].place, code=code.text or None) for word in figures]
    texts = [Cell(word.text, place) for word, place in zip(figures, places, strict=True)]
    cells = (Cell(code.text, places[0]), Cell(name, places[0]), *texts)
    role = RowRole.DATA if code is not NO_CODE else RowRole.TOTAL
    return TableRow(cells, places[0], code, name, role, len(cells))


def _points(text: str) -> CellFigure:
    """A figure of so few digits before its mark: the mark parts decimals, whichever it is."""
    value, places = max(readings_of(text.lstrip("-+−–")), key=lambda one: one[1])
    amount = Amount(-value if text[0] in "-−–" else value, places, text)
    return CellFigure(amount, amount)


def _agrees(table: PrintedTable) -> bool:
    """Whether the total is the sum of the rows in some column."""
    children = table.children()
    leaves = [at for at, row in enumerate(table.rows) if row.role is RowRole.DATA and at not in children]
    last = len(table.rows) - 1
    for column in range(_BESIDE, table.width):
        parts = [one.value for at in leaves if (one := table.amount(at, column)) is not None and one.value]
        whole = table.amount(last, column)
        if whole is not None and len(parts) >= _FEWEST_ROWS and sum(parts, Fraction(0)) == whole.value:
            return True
    return False
