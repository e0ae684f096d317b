"""The rows of tables as the text names them: by the words of their titles ("lĩnh vực Cải cách thể chế"), or the row of
totals where a sentence names none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.quantities.told_bodies import body_before
from parindex.documents.arithmetic.quantities.told_figures import words_of
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.told_columns import NamedColumn, named_columns
from parindex.documents.arithmetic.tables.told_tables import YEAR, ToldTable
from parindex.documents.arithmetic.tables.told_units import scale_of
from parindex.documents.printed_text import joined

#: A name has so many words and letters, so that it is no common word.
_FEWEST_WORDS, _FEWEST_LETTERS, _LONGEST_NAME = 2, 5, 120
#: What a title may begin with and the text leaves out: "Chi cải cách thủ tục hành chính".
_GENERAL = re.compile(r"^(?:chi|lĩnh vực|công tác|về|chỉ số thành phần|chỉ số|tiêu chí|nội dung)\s")
#: Abbreviations in which text and table part.
_SHORT = (
    ("thủ tục hành chính", "tthc"), ("cải cách hành chính", "cchc"), ("quy phạm pháp luật", "qppl"),
    ("công nghệ thông tin", "cntt"), ("dịch vụ công", "dvc"),
)  # fmt: skip
#: A bracket that was open before a name ends.
_CLOSED = re.compile(r"[^()]{0,400}\)")
_WORD = re.compile(r"\w+")
_MOST_ROWS, _LONGEST_TITLE = 200, 200


@dataclass(frozen=True, eq=False)
class ToldRow:
    """A row of a table with its named columns; ``scale``: the unit of money of the table, None where it tells none."""

    table: ToldTable
    at: int
    columns: tuple[NamedColumn, ...]
    scale: int | None
    above: frozenset[str]
    years: frozenset[str]

    @property
    def is_total(self) -> bool:
        """Whether it is the row of totals."""
        return self.table.printed.rows[self.at].role is RowRole.TOTAL

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its title; a total has none of its own."""
        return frozenset() if self.is_total else frozenset(words_of(self.table.printed.rows[self.at].title.lower()))

    @cached_property
    def _cells(self) -> dict[int, tuple[Fraction, bool]]:
        printed = self.table.printed
        return {
            column.at: (amount.value, column.percent)
            for column in self.columns
            if (amount := printed.amount(self.at, column.at)) is not None
        }

    @property
    def values(self) -> frozenset[Fraction]:
        """What its cells are, as printed and with the unit of the table."""
        cells = [value for value, _ in self._cells.values()]
        return frozenset((*cells, *(value * self.scale for value in cells if self.scale)))

    def value(self, figure: TextFigure, column: int) -> Fraction | None:
        """The cell of a column in the unit of ``figure``; None where there is none."""
        found = self._cells.get(column)
        return None if found is None else self._in_unit_of(figure, found[0])

    def holds(self, figure: TextFigure) -> bool:
        """Whether a cell of the row may be told as ``figure``, rounded or cut off."""
        return self._is_among(figure, self._cells.values())

    def has_anywhere(self, figure: TextFigure) -> bool:
        """Whether any cell of the table may be told so."""
        printed = self.table.printed
        cells = (
            (amount.value, column.percent)
            for row in range(min(len(printed.rows), _MOST_ROWS))
            for column in self.columns
            if (amount := printed.amount(row, column.at)) is not None
        )
        return self._is_among(figure, cells)

    def _in_unit_of(self, figure: TextFigure, value: Fraction) -> Fraction:
        return value * self.scale / figure.scale if self.scale and figure.scale > 1 else value

    def _is_among(self, figure: TextFigure, cells: Iterable[tuple[Fraction, bool]]) -> bool:
        steps = [Fraction(1, 10**places) for places in figure.places]
        return any(
            percent == figure.percent and abs(read - self._in_unit_of(figure, value)) < step
            for value, percent in cells
            for read, step in zip(figure.readings, steps, strict=True)
        )


class ToldRows:
    """All rows of the tables of a paper that the text may tell of."""

    def __init__(self, tables: Sequence[ToldTable]) -> None:
        self._named: dict[str, list[ToldRow]] = {}
        self._by_start: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._totals: dict[Fraction, list[ToldRow]] = defaultdict(list)
        for table in tables:
            self._add(table)

    def __bool__(self) -> bool:
        return bool(self._named or self._totals)

    def _add(self, table: ToldTable) -> None:
        printed = table.printed
        columns = named_columns(printed)
        if not columns:
            return
        titles = (one.text for one in printed.before if _is_title(one.text))
        above = " ".join((*printed.titles, *titles))
        made = (columns, scale_of(printed), frozenset(words_of(above.lower())), frozenset(YEAR.findall(above)))
        totals = [at for at, row in enumerate(printed.rows) if row.role is RowRole.TOTAL]
        if len(totals) == 1:
            row = ToldRow(table, totals[0], *made)
            for value in row.values:
                self._totals[value].append(row)
        names = {at: _name(row.title) for at, row in enumerate(printed.rows) if row.role is RowRole.DATA}
        counts = Counter(names.values())
        for at, name in names.items():
            if counts[name] == 1 and _tells(name):
                row = ToldRow(table, at, *made)
                for one in _forms(name):
                    if one not in self._named and (pairs := _pairs(one)):
                        self._by_start[pairs[0]].append(one)
                    self._named.setdefault(one, []).append(row)

    def named_in(self, lowered: str, start: int, end: int) -> list[tuple[int, int, str]]:
        """Where names of rows stand in a sentence, the longest where one is part of another."""
        sentence = lowered[start:end]
        found: list[tuple[int, int, str]] = []
        likely = {name for pair in _pairs(sentence) for name in self._by_start.get(pair, ())}
        for name in sorted((one for one in likely if one in sentence), key=lambda one: (-len(one), one)):
            for place in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", sentence):
                first, last = place.start() + start, place.end() + start
                if not any(a < last and first < b for a, b, _ in found):
                    found.append((first, last, name))
        return sorted(found)

    def totals_of(self, figures: Iterable[TextFigure]) -> list[ToldRow]:
        """The rows of totals of which one of the figures is a cell."""
        values = dict.fromkeys(value for one in figures for value in (one.value, *one.readings))
        rows = {id(row): row for value in values for row in self._totals.get(value, ())}
        return list(rows.values())

    def of_figure(
        self, named: Sequence[tuple[int, int, str]], totals: Sequence[ToldRow], text: str, at: int
    ) -> Iterator[ToldRow]:
        """The rows that a figure at a place is told of: those of the name that stands last before it, unless it stands
        in brackets that are closed, or another body is named behind it; the totals where none does.
        """
        last = next(((end, name) for _, end, name in reversed(named) if end <= at), None)
        if last is not None:
            if not _CLOSED.match(text, last[0], at) and not body_before(text, last[0], at):
                yield from self._named[last[1]]
        elif not any(start < at < end for start, end, _ in named):
            yield from totals


def _is_title(line: str) -> bool:
    """Whether a line above a table is a title, and no sentence that may be of anything."""
    return len(line) <= _LONGEST_TITLE and not line.rstrip().endswith((".", ";"))


def _name(title: str) -> str:
    return _GENERAL.sub("", joined(title).lower().strip(" -–+*:."))


def _tells(name: str) -> bool:
    long = len(_WORD.findall(name)) >= _FEWEST_WORDS and sum(map(str.isalpha, name)) >= _FEWEST_LETTERS
    return long and len(name) <= _LONGEST_NAME


def _pairs(text: str) -> list[tuple[str, str]]:
    """The words of a text with those behind them."""
    words = _WORD.findall(text)
    return list(pairwise(words))


def _forms(name: str) -> frozenset[str]:
    """A name, with its abbreviations in full, and with abbreviations."""
    full = short = name
    for words, letters in _SHORT:
        full = re.sub(rf"(?<!\w){letters}(?!\w)", words, full)
        short = short.replace(words, letters)
    return frozenset((name, full, short))
