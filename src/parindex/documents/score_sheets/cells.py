"""Which words of a row belong to which cell, where the text layer only gives one line after the other.

The layer writes the cells of a row in the order of the columns, and each cell line by line; cells whose lines stand
at the same height share a printed line, so the next cell begins on the same line exactly where the cell before it has
only one. After a page break the cells that go on are written in the order of the columns again. All readings that
this allows are weighed against what is known of the columns: no line is wider than its column, a line breaks only
where the next word does not fit, a cell goes on after a page break only if it had reached the end of the page, points
are no higher than the maximum, an opinion begins as opinions do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parindex.documents.score_sheets.columns import NUMBERS, Column
from parindex.documents.score_sheets.knowledge import Knowledge, Reading
from parindex.documents.score_sheets.lines import Line
from parindex.documents.score_sheets.opinions import LEVEL
from parindex.documents.score_sheets.row_starts import is_number
from parindex.documents.score_sheets.widths import room_left, text_width
from parindex.domain.values import parse_number

#: What speaks against a reading, in points; one point is about what tossing a coin twice can bring about.
_TOO_WIDE = 12  # a line wider than its column by far
_WIDER = 4  # a line wider than those that the width was learnt from
_BROKE_EARLY = 4  # a line broke although the next word would have fitted
_BROKE_EARLY_SENTENCE = 2  # the same after the end of a sentence: a paragraph may have ended
_NOT_SHARED = 3  # the next cell should have begun on the same line
_NO_NUMBER = 5  # a column of points is empty
_ABOVE_MAX = 4  # points above the maximum
_NO_LEAD = 4  # an opinion that does not begin as opinions do
_HIDDEN_LEAD = 8  # the beginning of an opinion inside another cell
_SHORT_OF_PAGE = 3  # a cell goes on that ended higher on the page than others of its row; twice, if above their half
_NEW_CELL_LATER = 6  # a cell begins after the page break that should have begun with its row
_NEW_SENTENCE = 3  # a cell that ended a sentence goes on in lower case
#: A cell that had reached the end of the page stops there, by whether its last word is known to end cells.
_ENDS = {True: 0, None: 1, False: 3}
_NO_END = 2  # the last word of the row's cell never ends one
_CUT_PAIR = 2  # a printed line is cut between words that stand together elsewhere

#: Readings kept from page to page, how much dearer than the best they may be, and where a cell is given up; how much
#: dearer the next best must be for the best to count as sure.
_KEPT = 4
_MARGIN = 12
_HOPELESS = 36
SURE = 5
_NO_LIMIT = 10**9

LEAD = re.compile(LEVEL)
_HIDDEN = re.compile(r"(?:^|(?:^|\s)\d{1,3}(?:[.,]\d+)?\s+)" + LEVEL)
_SENTENCE_END = (".", ";", ":", "!", "?", ")", "%", "…", ".”", '."')
_FULL_STOP = (".", "!", "?")


@dataclass(frozen=True, slots=True)
class _Piece:
    """One cell's part on one page."""

    column: Column
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A reading of the lines of one page."""

    cost: int
    pieces: tuple[_Piece, ...]


def read_row(pages: Sequence[Sequence[Line]], known: Knowledge) -> list[Reading]:
    """The cheapest readings of one row, best first; ``pages`` holds its lines (the code taken off) page by page."""
    readings = [Reading(0, {})]
    for number, lines in enumerate(pages):
        grown: list[Reading] = []
        for reading in readings:
            page = _PageReader(lines, known, reading, first=number == 0)
            grown += [_grown(reading, part, number) for part in page.parts(_HOPELESS) or page.parts(_NO_LIMIT)]
        readings = _cheapest(grown)
    return _cheapest(Reading(each.cost + _end_cost(each, known), each.cells) for each in readings)


def _grown(reading: Reading, part: _Part, page: int) -> Reading:
    cells = {column: pieces + ((),) * (page - len(pieces)) for column, pieces in reading.cells.items()}
    for piece in part.pieces:
        cells[piece.column] = (*cells.get(piece.column, ((),) * page), piece.lines)
    return Reading(reading.cost + part.cost, cells)


def _cheapest(readings: Iterable[Reading]) -> list[Reading]:
    seen: dict[tuple[tuple[Column, tuple[str, ...]], ...], Reading] = {}
    ordered = sorted(readings, key=lambda each: each.cost)
    for reading in ordered:
        if reading.cost > ordered[0].cost + _MARGIN:
            break
        key = tuple((column, tuple(reading.lines(column))) for column in sorted(reading.cells))
        seen.setdefault(key, reading)
    return list(seen.values())[:_KEPT]


def _end_cost(reading: Reading, known: Knowledge) -> int:
    cost = 0
    for column in known.texts:
        lines = reading.lines(column)
        if lines and known.words.ends(column, lines[-1].split()[-1]) is False:
            cost += _NO_END
    return cost


class _PageReader:
    """All readings of the lines of one page of one row, given what was read of it on the pages before."""

    def __init__(self, lines: Sequence[Line], known: Knowledge, before: Reading, *, first: bool) -> None:
        self._lines = lines
        self._known = known
        self._before = before
        self._first = first
        self._columns = tuple(
            column for column in known.columns if column is not Column.CODE and (first or column not in NUMBERS)
        )
        self._last_line = {column: before.lines(column)[-1] for column in known.columns if before.lines(column)}
        self._reach = _reach(before)
        self._limit = _HOPELESS
        self._memo: dict[tuple[int, int, int, bool, str], list[_Part]] = {}

    def parts(self, limit: int) -> list[_Part]:
        """The cheapest readings of the page in which nothing that speaks against one cell adds up to ``limit``."""
        self._limit = limit
        self._memo.clear()
        return self._fill(0, 0, 0, False, "")

    def _fill(self, at: int, line: int, word: int, alone: bool, maximum: str) -> list[_Part]:
        """Readings of what follows for the columns from ``at``; ``alone``: the cell before was one line, now over."""
        if line == len(self._lines):
            return [_Part(self._empty_cost(at), ())]
        if at == len(self._columns):
            return []
        key = (at, line, word, alone, maximum)
        if key not in self._memo:
            column = self._columns[at]
            found = self._number(at, line, word, alone, maximum) if column in NUMBERS else self._text(*key)
            found += self._left_empty(*key)
            self._memo[key] = sorted(found, key=lambda part: part.cost)[:_KEPT]
        return self._memo[key]

    def _empty_cost(self, at: int) -> int:
        return sum(self._absent_cost(column) for column in self._columns[at:])

    def _absent_cost(self, column: Column) -> int:
        """What speaks against a column having nothing on this page."""
        if column in NUMBERS:
            return _NO_NUMBER
        above = self._last_line.get(column)
        if above is None or self._reach[column]:
            return 0
        known = self._known.words.ends(column, above.split()[-1])
        # where pairs say much, a word that fits is expected of a cell that goes on, so stopping must cost half as much
        return _ENDS[known] + (0 if known or above.endswith(_FULL_STOP) else self._known.pair_weight // 2)

    def _left_empty(self, at: int, line: int, word: int, alone: bool, maximum: str) -> list[_Part]:
        column = self._columns[at]
        if column is Column.TITLE and self._first:
            return []
        cost = self._absent_cost(column)
        return [_Part(part.cost + cost, part.pieces) for part in self._fill(at + 1, line, word, alone, maximum)]

    def _number(self, at: int, line: int, word: int, alone: bool, maximum: str) -> list[_Part]:
        column, text = self._columns[at], self._lines[line].words[word]
        if not is_number(text):
            return []
        cost = _NOT_SHARED if alone and word == 0 else 0
        if column is Column.MAX:
            maximum = text
        elif maximum and parse_number(text) > parse_number(maximum):
            cost += _ABOVE_MAX
        ended = word + 1 == len(self._lines[line].words)
        following = (line + 1, 0, True) if ended else (line, word + 1, False)
        rest = self._fill(at + 1, *following, maximum)
        return _with_piece(cost, _Piece(column, (text,)), rest)

    def _text(self, at: int, line: int, word: int, alone: bool, maximum: str) -> list[_Part]:
        """A text cell from here: one line or a part of one, or lines to the end of any line below."""
        column = self._columns[at]
        begin = self._begin_cost(column, line, word) + (_NOT_SHARED if alone and word == 0 else 0)
        out = self._shared(at, line, word, begin, maximum)
        texts: list[str] = []
        cost = begin
        for below in range(line, len(self._lines)):
            here = self._lines[below].words[word:] if below == line else self._lines[below].words
            texts.append(" ".join(here))
            cost += self._line_cost(column, texts[-1])
            if below == line:
                cost += self._join_cost(column, texts[0])
            else:
                cost += self._break_cost(column, texts[-2], texts[-1])
            if cost >= self._limit:
                break
            rest = self._fill(at + 1, below + 1, 0, below == line, maximum)
            if rest:
                out += _with_piece(cost, _Piece(column, tuple(texts)), rest)
        return out

    def _shared(self, at: int, line: int, word: int, begin: int, maximum: str) -> list[_Part]:
        """A text cell of a single line that another cell shares."""
        column, words = self._columns[at], self._lines[line].words
        before_number = at + 1 < len(self._columns) and self._columns[at + 1] in NUMBERS
        out: list[_Part] = []
        for end in range(word + 1, len(words)):
            if before_number and not is_number(words[end]):
                continue
            rest = self._fill(at + 1, line, end, False, maximum)
            if rest:
                text = " ".join(words[word:end])
                cost = begin + self._line_cost(column, text)
                cost += self._pair_cost(words[end - 1], words[end])
                out += _with_piece(cost + self._join_cost(column, text), _Piece(column, (text,)), rest)
        return out

    # --- what speaks against a piece ------------------------------------------------------------------------------

    def _begin_cost(self, column: Column, line: int, word: int) -> int:
        continued = column in self._last_line
        if not self._first and not continued:
            return _NEW_CELL_LATER
        if column is not Column.OPINION or continued or not self._known.has_leads:
            return 0
        return 0 if LEAD.match(" ".join(self._lines[line].words[word : word + 3])) else _NO_LEAD

    def _line_cost(self, column: Column, text: str) -> int:
        width = self._known.widths.get(column, 0)
        excess = text_width(text) - width - self._known.slacks.get(column, 0) if width else 0
        cost = (_WIDER if excess > 0 else 0) + (_TOO_WIDE - _WIDER if excess * 12 > width else 0)
        if column is not Column.OPINION and self._known.has_leads and _HIDDEN.search(text):
            cost += _HIDDEN_LEAD
        return cost

    def _break_cost(self, column: Column, above: str, below: str) -> int:
        width = self._known.widths.get(column, 0)
        if not width or room_left(above, below, width) <= width // 20:
            return 0
        return _BROKE_EARLY_SENTENCE if above.endswith(_SENTENCE_END) and not below[0].islower() else _BROKE_EARLY

    def _pair_cost(self, left: str, right: str) -> int:
        """Cutting a printed line between two words that stand together elsewhere too."""
        if not self._known.pair_weight:
            return 0
        return _CUT_PAIR if self._known.words.neighbours(left, right, own=1) else 0

    def _join_cost(self, column: Column, text: str) -> int:
        """What speaks against ``text`` going on with a cell from the page before."""
        above = self._last_line.get(column)
        if above is None:
            return 0
        cost = self._break_cost(column, above, text)
        if not self._known.words.neighbours(above.split()[-1], text.split()[0]):
            cost += self._known.pair_weight
        if above.endswith(_FULL_STOP) and text[0].islower():
            cost += _NEW_SENTENCE
        return cost + self._reach[column]


def _reach(before: Reading) -> dict[Column, int]:
    """What speaks against each cell going on: how far above the others of its row it ended on the page before."""
    if not before.cells:
        return {}
    last = max(len(pieces) for pieces in before.cells.values()) - 1
    lengths = {column: len(pieces[last]) if len(pieces) > last else 0 for column, pieces in before.cells.items()}
    most = max(lengths.values())
    return {
        column: _SHORT_OF_PAGE * ((most - length >= 2 and length * 4 < most * 3) + (length * 2 < most))
        for column, length in lengths.items()
    }


def _with_piece(cost: int, piece: _Piece, rest: Sequence[_Part]) -> list[_Part]:
    return [_Part(part.cost + cost, (piece, *part.pieces)) for part in rest]
