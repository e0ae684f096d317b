"""Tables of figures without lines: each figure stands in the column that its place on the page shows, so that a blank
cell shifts nothing.

The columns are what the rows with figures leave free between them; the head above says what they are, and where nobody
can tell what it says, the lines stay prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from parindex.documents.papers import Cell, Grid
from parindex.documents.printed_figures import read_figure
from parindex.documents.printed_text import clean, joined
from parindex.documents.readers.aligned_columns import Line, Piece
from parindex.documents.readers.aligned_rows import Stretch, homes
from parindex.domain.errors import Place, Problem

#: Rows that show the columns have so many figures.
_FEWEST_FIGURES = 2
_FEWEST_ROWS = 2
#: So many lines without figures part two tables.
_MOST_BETWEEN = 8
_MOST_HEAD_LINES = 8

#: What numbers a column below its head.
_COUNTED = re.compile(r"\(\d{1,2}\)")
_OF_HEAD = re.compile(rf"(?:19|20)\d\d|{_COUNTED.pattern}")
#: The columns of a grid that its first row names; none where that is no head of a table of figures.
Named = Callable[[Sequence[Sequence[Cell]]], frozenset[int]]
#: Whether the words of a row without figures head a group.
IsHeading = Callable[[Sequence[tuple[int, str]]], bool]


class Parted(Enum):
    """What words in a head are that run over several columns: a heading of them together, which names none, or the
    heads of neighbours, each word of the column next to it, or of the one that begins with it.
    """

    NOT = auto()
    NEAREST = auto()
    BEGUN = auto()


@dataclass(frozen=True, slots=True)
class FigureColumns:
    """The columns of a table, each from where its rows begin to where they end; ``figures`` hold figures,
    ``title`` is the widest of the others.
    """

    spans: tuple[tuple[float, float], ...]
    figures: frozenset[int]
    title: int

    @property
    def edges(self) -> list[float]:
        """The middle of what is free between each two columns."""
        return [(left[1] + right[0]) / 2 for left, right in zip(self.spans, self.spans[1:], strict=False)]

    def home(self, piece: Piece) -> int:
        """The column that a piece begins in."""
        return sum(edge <= piece.left for edge in self.edges)

    def cells(self, line: Line) -> list[str]:
        """The text of each column in a line."""
        out: list[list[str]] = [[] for _ in self.spans]
        for piece in line.pieces:
            out[self.home(piece)].append(piece.text)
        return [" ".join(texts) for texts in out]

    def has_figures(self, line: Line) -> bool:
        """Whether a line has a figure where the table has figures."""
        return any(read_figure(piece.text) is not None and self.home(piece) in self.figures for piece in line.pieces)

    def covered(self, piece: Piece) -> int:
        """How many columns a piece runs over."""
        return sum(piece.left < right and left < piece.right for left, right in self.spans)

    def head(self, lines: Sequence[Line], parted: Parted) -> list[str]:
        """The words of each column in the lines of a head."""
        out: list[list[str]] = [[] for _ in self.spans]
        for piece in (piece for line in lines for piece in line.pieces if not _COUNTED.fullmatch(piece.text)):
            if self.covered(piece) < 2:
                out[self._nearest(piece)].append(piece.text)
            elif parted is not Parted.NOT:
                for word in _words(piece):
                    at = self._nearest(word) if parted is Parted.NEAREST else self._begun(word)
                    out[at].append(word.text)
        return [" ".join(texts) for texts in out]

    def _nearest(self, piece: Piece) -> int:
        away = [max(left - piece.right, piece.left - right, 0) for left, right in self.spans]
        middles = [abs((left + right) / 2 - piece.middle) for left, right in self.spans]
        return min(range(len(self.spans)), key=lambda at: (away[at], middles[at]))

    def _begun(self, word: Piece) -> int:
        """The last column that begins left of a word, or with it."""
        slack = (word.right - word.left) / max(len(word.text), 1)
        return max(sum(left <= word.left + slack for left, _ in self.spans) - 1, 0)


def _words(piece: Piece) -> Iterator[Piece]:
    """The words of a piece, about where they stand."""
    unit = (piece.right - piece.left) / len(piece.text)
    for word in re.finditer(r"\S+", piece.text):
        yield Piece(piece.left + unit * word.start(), piece.left + unit * word.end(), word[0])


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A grid that the lines from ``first`` up to ``end`` make up, and the doubts about its rows."""

    first: int
    end: int
    grid: Grid
    doubts: tuple[Problem, ...]
    columns: FigureColumns


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells a table of figures: which columns its head names, and which lines head a group."""

    named: Named
    is_heading: IsHeading


def figure_tables(
    lines: Sequence[Line], place: Place, telling: Telling, known: FigureColumns | None = None
) -> list[FigureTable]:
    """The tables among the lines; ``known`` are the columns of the page before, for a page without a head."""
    out: list[FigureTable] = []
    for start, stop in _runs(lines):
        rows = [line for line in lines[start:stop] if _figures(line) >= _FEWEST_FIGURES]
        columns = _columns(rows) if len(rows) >= _FEWEST_ROWS else None
        above = out[-1].end if out else 0
        found = None if columns is None else _headed(lines, start, stop, above, place, columns, telling)
        if found is None and known is not None and not out and all(_fits(known, line) for line in rows):
            found = _table(lines, (start, start, stop), place, known, telling)
        if found is not None:
            out.append(found)
    return out


def _fits(columns: FigureColumns, line: Line) -> bool:
    """Whether a line stands in columns: nothing runs over two of them, and its figures are where these have figures."""
    homes_of_figures = {columns.home(piece) for piece in line.pieces if read_figure(piece.text) is not None}
    return bool(homes_of_figures & columns.figures) and all(columns.covered(piece) < 2 for piece in line.pieces)


def _figures(line: Line) -> int:
    """How many figures a line has; years and numbers of columns are words of a head."""
    return sum(read_figure(piece.text) is not None and not _OF_HEAD.fullmatch(piece.text) for piece in line.pieces)


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """From the first to the last line with several figures, where few lines stand between two of them."""
    rows = [at for at, line in enumerate(lines) if _figures(line) >= _FEWEST_FIGURES]
    first = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or rows[at] - rows[at - 1] > _MOST_BETWEEN:
            yield rows[first], rows[at - 1] + 1
            first = at


def _columns(rows: Sequence[Line]) -> FigureColumns | None:
    """The columns that rows show; None where there are fewer than two of figures beside one of words."""
    spans: list[tuple[float, float]] = []
    for piece in sorted((piece for row in rows for piece in row.pieces), key=lambda piece: piece.left):
        if spans and piece.left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.right))
        else:
            spans.append((piece.left, piece.right))
    bare = FigureColumns(tuple(spans), frozenset(), 0)
    told: dict[int, list[bool]] = {}
    for row in rows:
        for piece in row.pieces:
            told.setdefault(bare.home(piece), []).append(read_figure(piece.text) is not None)
    of_figures = {at for at, read in told.items() if 2 * sum(read) > len(read)}
    words = set(told) - of_figures
    if not words:
        return None
    title = max(words, key=lambda at: (spans[at][1] - spans[at][0], -at))
    kept = frozenset(at for at in of_figures if at > title)
    return FigureColumns(tuple(spans), kept, title) if len(kept) >= _FEWEST_FIGURES else None


def _headed(
    lines: Sequence[Line], start: int, stop: int, above: int, place: Place, columns: FigureColumns, telling: Telling
) -> FigureTable | None:
    """The table below the lines that name most of its columns, as few of them as do; None where a column of figures is
    not named: what it holds would be lost.
    """
    best, most = None, 0
    while start > above and telling.is_heading(_filled(columns, lines[start - 1])):
        start -= 1
    for first in range(start - 1, max(above, start - _MOST_HEAD_LINES) - 1, -1):
        for parted in Parted:
            found = _table(lines, (first, start, stop), place, columns, telling, parted=parted)
            named = telling.named(found.grid.rows)
            if named >= columns.figures and len(named) > most:
                best, most = found, len(named)
    return best


def _filled(columns: FigureColumns, line: Line) -> list[tuple[int, str]]:
    return [(at, text) for at, text in enumerate(columns.cells(line)) if text]


def _table(
    lines: Sequence[Line],
    bounds: tuple[int, int, int],
    place: Place,
    columns: FigureColumns,
    telling: Telling,
    *,
    parted: Parted = Parted.NOT,
) -> FigureTable:
    """The grid of a head (up to the second of ``bounds``), rows, and what goes on with the last row."""
    first, start, stop = bounds
    while stop < len(lines) and (_is_rest(columns, lines[stop]) or telling.is_heading(_filled(columns, lines[stop]))):
        stop += 1
    body = lines[start:stop]
    cells = [columns.cells(line) for line in body]
    anchors = [
        at for at, line in enumerate(body) if columns.has_figures(line) or telling.is_heading(_filled(columns, line))
    ]
    told = [at for at in range(len(body)) if cells[at][columns.title]]
    stretch = Stretch(
        [body[at].at for at in told], [cells[at][columns.title] for at in told], [body[at].at for at in anchors], True
    )
    found, unsure = homes(stretch, goes_on=False)
    home = {at: row for row, at in enumerate(anchors)} | dict(zip(told, found, strict=True))
    # What stands in other columns on lines of their own goes with the nearest row.
    for at in range(len(body)):
        if at not in home:
            home[at] = min(range(len(anchors)), key=lambda row: abs(body[anchors[row]].at - body[at].at))
    rows: list[tuple[Cell, ...]] = []
    if start > first:
        rows.append(tuple(Cell(clean(text), place) for text in columns.head(lines[first:start], parted)))
    for row in range(len(anchors)):
        own = [at for at in range(len(body)) if home[at] == row]
        texts = ["\n".join(cells[at][n] for at in own if cells[at][n]) for n in range(len(columns.spans))]
        rows.append(tuple(Cell(clean(text), place) for text in texts))
    names = [joined(" ".join(filter(None, cells[anchors[row]][: columns.title + 1]))) for row in sorted(unsure)]
    doubts = (Problem("row_bounds_unsure", place, {"codes": names}),) if unsure else ()
    return FigureTable(first, stop, Grid(tuple(rows), place, continues=start == first), doubts, columns)


def _is_rest(columns: FigureColumns, line: Line) -> bool:
    """Whether a line below the rows is the rest of words in the last one: small letters, each in a column of words."""
    return all(
        piece.text[:1].islower() and columns.home(piece) not in columns.figures and columns.covered(piece) < 2
        for piece in line.pieces
    )
