"""The rows of an evaluation table: units in groups, rows of means and of maxima, names that the layout broke."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from parindex.documents.criteria_tables.row_cells import goes_on, is_index_row
from parindex.documents.head_texts import Row, filled, pieces_of, repeats
from parindex.documents.printed_figures import read_figure
from parindex.documents.printed_text import folded, in_capitals, joined
from parindex.documents.procedure_tables.grade_words import grade_word
from parindex.documents.procedure_tables.head_words import Column, Head
from parindex.domain.errors import Place, Problem
from parindex.domain.procedures.printed_table import PrintedUnit

_NUMERAL = re.compile(r"^(?P<numeral>[IVX]{1,5}|[A-HK])(?:[.):/]\s*|\s+|$)(?P<title>.*)$", re.DOTALL)
_MEAN = re.compile(r"^((diem|muc|gia tri|tong|cong) )*(trung binh|binh quan|tb\b|dtb\b)(?! *(?:diem )?cong chuc)")
_MAXIMA = re.compile(r"^(so )?(diem )?(toi da|chuan|thang diem)")
_TOTAL = re.compile(r"^(tong( cong| so)?|cong)\b")
_OF_ALL = re.compile(r"\b(toan|tat ca|ca tinh)\b")
_OF_GROUP = re.compile(r"\b(khoi|nhom|cap)\b")
_GROUP_WORDS = re.compile("khoi|nhom|cac ")
_LONGEST_HEADING = 160
_POINTS = (Column.TOTAL, Column.OFFICIAL)
_NAMED_CELLS = (Column.NUMBER, Column.UNIT, Column.GRADE, Column.RANK)
_LEADING_NUMBER = re.compile(r"^(\d{1,3})[.)]?\s+(\D.*)$", re.DOTALL)


def is_heading(cells: Sequence[tuple[int, str]]) -> bool:
    """Whether the filled cells of a row are the heading of a group: a numeral and a title in capitals."""
    found = _NUMERAL.match(" ".join(dict.fromkeys(words for _, words in cells)))
    return found is not None and in_capitals(found["title"])


def is_mean(text: str) -> bool:
    """Whether the name of a row says that it holds means ("Trung bình", "Điểm bình quân khối sở")."""
    return _MEAN.match(folded(text)) is not None


def _is_no_figure(text: str) -> bool:
    """Whether a cell holds something else than a figure ("NaN", "#REF!", a dash)."""
    return text != "" and read_figure(text) is None


def _cell_of(row: Row, at: int) -> str | None:
    return row[at].place.cell if at < len(row) else None


def is_group_line(text: str) -> bool:
    """Whether a line by itself may be the heading of a group: a numeral and a title, capitals, "Khối …"."""
    found = _NUMERAL.match(text)
    named = (found is not None and found["title"] != "") or in_capitals(text) or _GROUP_WORDS.match(folded(text))
    return bool(named) and len(text) <= _LONGEST_HEADING


@dataclass(slots=True)
class Group:
    """A group while its rows come in."""

    numeral: str
    title: str
    place: Place
    units: list[PrintedUnit] = field(default_factory=list)


@dataclass(slots=True)
class MeanRow:
    """A row of means: its values as those of a unit, the group that it stands in, and whether it says what it is of."""

    unit: PrintedUnit
    group: int | None
    of_all: bool
    of_group: bool


@dataclass(slots=True)
class RowReader:
    """Takes the rows of one table over all its grids."""

    head: Head
    groups: list[Group] = field(default_factory=list)
    means: list[MeanRow] = field(default_factory=list)
    maxima: PrintedUnit | None = None
    doubts: list[Problem] = field(default_factory=list)
    count: int = 0
    #: Whether the last row with figures is one of means or sums: what goes on with it is no unit's name.
    closes: bool = False

    def take(self, head: Head, rows: Iterable[Row], place: Place) -> None:
        """Read ``rows`` under ``head``; ``place`` is that of their grid."""
        self.head = head
        words = [head.texts.get(at, ()) for at in range(max(head.texts, default=-1) + 1)]
        for row in rows:
            cells = filled(row)
            if not cells or is_index_row(row) or goes_on(row) or repeats(words, row) or pieces_of(words, row):
                continue
            self._take_row(row, cells, place)

    def _take_row(self, row: Row, cells: list[tuple[int, str]], place: Place) -> None:
        cell = next(one for one in row if one.text)
        at = replace(cell.place, page=cell.place.page or place.page, sheet=cell.place.sheet or place.sheet)
        unit = self._unit(row, at)
        figures = sum(value is not None for value in unit.indicators)
        words = folded(unit.title or unit.number)
        if figures == 0 and unit.total is None:
            self._take_words(cells, unit, at)
            return
        self.closes = _MAXIMA.match(words) is None and (
            _MEAN.match(words) is not None or (_TOTAL.match(words) is not None and not unit.number)
        )
        if _MAXIMA.match(words):
            self.maxima = unit
        elif self.closes:
            self._take_mean(unit, words)
        else:
            self.count += 1
            self._into_column_group(row, at)
            self._home(at).units.append(replace(unit, place=replace(at, row=self.count)))

    def _into_column_group(self, row: Row, at: Place) -> None:
        """Where a column names the group of each unit, another name begins another group."""
        text = self._text(row, self.head.at(Column.GROUP))
        found = _NUMERAL.match(text)
        named = (found["numeral"], found["title"]) if found is not None and found["title"] else ("", text)
        if text and (not self.groups or (self.groups[-1].numeral, self.groups[-1].title) != named):
            self.groups.append(Group(*named, at))

    def _unit(self, row: Row, at: Place) -> PrintedUnit:
        """The cells of a row by their columns; a figure that is not one is a doubt."""
        texts = {kind: self._text(row, self.head.at(kind)) for kind in Column if kind is not Column.INDICATOR}
        number, title = texts[Column.NUMBER], texts[Column.UNIT]
        leading = _LEADING_NUMBER.match(title) if not number else None
        if leading:
            number, title = leading[1], leading[2]
        rank = read_figure(texts[Column.RANK])
        columns = self._columns()
        unread = {name: text for name, column in columns.items() if _is_no_figure(text := self._text(row, column))}
        return PrintedUnit(
            code="",
            number=number.strip(" .)"),
            title=title,
            place=at,
            indicators=tuple(self._value(self._text(row, column), at) for column in self.head.order),
            total=self._value(texts[Column.TOTAL], at),
            official=self._value(texts[Column.OFFICIAL], at),
            grade=grade_word(texts[Column.GRADE]) or texts[Column.GRADE],
            rank=int(rank.value) if rank is not None and rank.value.denominator == 1 else None,
            cells={name: cell for name, column in self._all_columns().items() if (cell := _cell_of(row, column))},
            unread=unread,
        )

    def _columns(self) -> dict[str, int]:
        """The columns of points by the names that findings use."""
        own = dict(zip(self.head.names, self.head.order, strict=True))
        return own | {kind.value: at for kind in _POINTS if (at := self.head.at(kind)) is not None}

    def _all_columns(self) -> dict[str, int]:
        more = {kind.value: at for kind in _NAMED_CELLS if (at := self.head.at(kind)) is not None}
        return self._columns() | more

    def _text(self, row: Row, at: int | None) -> str:
        """The text of a cell; of a figure or grade that a line below the table was glued to, its own line."""
        if at is None or at >= len(row):
            return ""
        whole, first = joined(row[at].text), row[at].text.split("\n")[0]
        told = at != self.head.at(Column.UNIT) and (read_figure(first) is not None or grade_word(first) != "")
        return first if told and read_figure(whole) is None and not grade_word(whole) else whole

    def _value(self, text: str, at: Place) -> Fraction | None:
        figure = read_figure(text)
        if figure is None and any(letter.isdigit() for letter in text):
            self.doubts.append(Problem("figure_not_read", at, {"text": text[:60]}))
        return None if figure is None else figure.value

    def _take_mean(self, unit: PrintedUnit, words: str) -> None:
        if not _MEAN.match(words):
            return  # a row of sums adds nothing that the units do not say
        self.count += 1
        unit = replace(unit, place=replace(unit.place, row=self.count))
        named = _OF_GROUP.search(words) is not None
        whole = _OF_ALL.search(words) is not None and not named
        self.means.append(MeanRow(unit, len(self.groups) - 1 if self.groups else None, whole, named))

    def _take_words(self, cells: list[tuple[int, str]], unit: PrintedUnit, at: Place) -> None:
        """A row without figures: the heading of a group, or the rest of a name."""
        text = " ".join(dict.fromkeys(words for _, words in cells))
        found = _NUMERAL.match(text)
        last = self.groups[-1] if self.groups else None
        if found is not None and (found["title"] or not last):
            self.groups.append(Group(found["numeral"], joined(found["title"]), at))
        elif last is not None and not last.units and last.title and in_capitals(text) == in_capitals(last.title):
            last.title = f"{last.title} {text}"
        elif in_capitals(text) or (len(cells) == 1 and text[:1].isupper() and _GROUP_WORDS.match(folded(text))):
            self.groups.append(Group("", text, at))
        elif last is not None and last.units and not unit.number and len(cells) == 1:
            self._take_rest(last, text, at)
        else:
            self.doubts.append(Problem("row_not_understood", at, {"text": text[:60]}))

    def _take_rest(self, last: Group, text: str, at: Place) -> None:
        """The rest of the name in the row before; below a row of means a heading may begin another group."""
        if not self.closes:
            before = last.units[-1]
            last.units[-1] = replace(before, title=f"{before.title} {text}")
        elif text[:1].isupper():
            self.groups.append(Group("", text, at))

    def _home(self, at: Place) -> Group:
        if not self.groups:
            self.groups.append(Group("", "", at))
        return self.groups[-1]
