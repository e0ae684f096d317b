"""Tables without lines: columns that only their places on the page show, as ``pdftotext -layout`` and PDFs have them.

The head says which columns there are; the gutters (what no row covers between two of them) say where each ends. What
stands where is measured in the unit of the paper: characters and lines in text, points in a PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parindex.documents.criteria_tables.head_words import Column, column_of_words, columns_of_words
from parindex.documents.criteria_tables.printed_codes import looks_like_code
from parindex.documents.printed_text import folded, in_capitals, joined, read_points

_MOST_HEAD_LINES = 4
_MOST_HEAD_TEXT = 60
_MOST_LONE_WORDS = 20
#: How many lines below a head say where its columns begin.
_ROWS_LOOKED_AT = 60
_SCORED = frozenset({Column.MAX_POINTS, Column.SELF_POINTS, Column.APPRAISED_POINTS})


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together in a line, from ``left`` to ``right``."""

    left: float
    right: float
    text: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """The pieces of a line from left to right; ``at`` is its height on the page, ``number`` its line in the file."""

    at: float
    pieces: tuple[Piece, ...]
    number: int | None = None

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: words and kind of each, and the edges between them."""

    texts: tuple[str, ...]
    kinds: tuple[Column | None, ...]
    edges: tuple[float, ...]

    def cells(self, line: Line) -> list[str]:
        """The text of each column in a line; a piece over several columns stands in the one that it covers most."""
        out: list[list[str]] = [[] for _ in self.texts]
        for piece in line.pieces:
            out[self._home(piece)].append(piece.text)
        return [" ".join(texts) for texts in out]

    def crosses(self, line: Line) -> bool:
        """Whether a piece runs from the titles into another column: prose, no row of the table."""
        title = self.kinds.index(Column.TITLE)
        left = self.edges[title - 1] if title else float("-inf")
        right = self.edges[title] if title < len(self.edges) else float("inf")
        width = min(right - left, 1e9)
        return any(
            (piece.left < right < piece.right and piece.right - right > width / 20)
            or (piece.left < left < piece.right and piece.right - left > width / 4)
            for piece in line.pieces
        )

    def at(self, kind: Column) -> int:
        return self.kinds.index(kind)

    def has_code(self, line: Line) -> bool:
        """Whether a line has a code in the column of codes."""
        return looks_like_code(self.cells(line)[self.at(Column.CODE)])

    def _home(self, piece: Piece) -> int:
        borders = [float("-inf"), *self.edges, float("inf")]
        covered = [
            min(piece.right, right) - max(piece.left, left) for left, right in zip(borders, borders[1:], strict=False)
        ]
        return covered.index(max(covered))


def find_columns(lines: Sequence[Line], first: int) -> tuple[Columns, int] | None:
    """The columns of the table whose head begins at line ``first``, and how many lines the head has."""
    best: tuple[list[Piece], int] | None = None
    for count in range(1, _MOST_HEAD_LINES + 1):
        block = lines[first : first + count]
        if len(block) < count or not all(_could_be_head(line, block[0]) for line in block):
            break
        heads = _parted(_stacked(block), lines[first + count : first + count + _ROWS_LOOKED_AT])
        if _is_enough(columns_of_words([head.text for head in heads])):
            if best is not None and not _goes_on(best[0], heads):
                break
            best = heads, count
    if best is None:
        return None
    heads, count = best
    kinds = tuple(columns_of_words([head.text for head in heads]))
    below = lines[first + count :]
    rows = [line for line in below if len(line.pieces) > 1 and looks_like_code(line.pieces[0].text)]
    if kinds.count(Column.TITLE) != 1 or kinds.count(Column.CODE) != 1 or len(rows) < 2:
        return None
    told = [line for line in below[: below.index(rows[-1])] if not _spans(line, heads)]
    edges = tuple(_gutter(left, right, [*told, *rows]) for left, right in zip(heads, heads[1:], strict=False))
    return Columns(tuple(head.text for head in heads), kinds, edges), count


def _could_be_head(line: Line, first: Line) -> bool:
    texts = [joined(piece.text) for piece in line.pieces]
    if line is first and len(texts) < 2 and len(line.text) > _MOST_LONE_WORDS:
        return False  # one piece alone is the first line of a head only where the others stand lower in their cells
    return all(
        len(text) <= _MOST_HEAD_TEXT and read_points(text) is None and not looks_like_code(text) for text in texts
    )


def _is_enough(kinds: Sequence[Column | None]) -> bool:
    return {Column.CODE, Column.TITLE} <= set(kinds) and any(kind in _SCORED for kind in kinds)


def _goes_on(known: Sequence[Piece], longer: Sequence[Piece]) -> bool:
    """Whether one more line belongs to a head: it adds words of heads, not the first title of the table."""
    if len(longer) < len(known):
        return False
    for head, kind in zip(longer, columns_of_words([head.text for head in longer]), strict=True):
        before = next((one for one in known if one.left < head.right and head.left < one.right), None)
        added = head.text if before is None else head.text[len(before.text) :].strip()
        if not added:
            continue
        if kind is None or len(added) > _MOST_HEAD_TEXT:
            return False
        says = column_of_words(added)
        if kind is Column.TITLE and (says is not Column.TITLE or in_capitals(added) != in_capitals(head.text)):
            return False
        if before is not None and kind is not column_of_words(before.text) and says is None:
            return False
    return True


def _stacked(block: Sequence[Line]) -> list[Piece]:
    """The words of a head over several lines, put together where they stand above each other."""
    heads: list[Piece] = []
    for line in block:
        for piece in line.pieces:
            at = next((at for at, one in enumerate(heads) if one.left < piece.right and piece.left < one.right), None)
            if at is None:
                heads.append(piece)
            else:
                one = heads[at]
                text = f"{one.text} {piece.text}"
                heads[at] = Piece(min(one.left, piece.left), max(one.right, piece.right), text)
    return sorted(heads, key=lambda head: head.left)


def _parted(heads: Sequence[Piece], below: Sequence[Line]) -> list[Piece]:
    """The heads with those apart that only a narrow space parts, where both name a column and what stands below them
    stands apart.
    """
    out: list[Piece] = []
    rows = [line for line in below if len(line.pieces) > 1 and looks_like_code(line.pieces[0].text)]
    for head in heads:
        rest: Piece | None = head
        while rest is not None:
            found = _two_heads(rest, rows)
            out.append(rest if found is None else found[0])
            rest = None if found is None else found[1]
    return out


def _two_heads(head: Piece, rows: Sequence[Line]) -> tuple[Piece, Piece] | None:
    """A head cut at the space below which one column ends and the next one begins; None where there is none."""
    unit = (head.right - head.left) / max(len(head.text), 1)
    best: tuple[Piece, Piece] | None = None
    most = 0
    for space in re.finditer(" ", head.text):
        left = Piece(head.left, head.left + unit * space.start(), head.text[: space.start()])
        right = Piece(head.left + unit * space.end(), head.right, head.text[space.end() :])
        kinds = {column_of_words(left.text), column_of_words(right.text)}
        if None not in kinds and len(kinds) == 2 and _stand_apart(left, right, rows, unit):
            begin = 1 + sum(abs(piece.left - right.left) <= unit for line in rows for piece in line.pieces)
            best, most = ((left, right), begin) if begin > most else (best, most)
    return best


def _stand_apart(left: Piece, right: Piece, rows: Sequence[Line], unit: float) -> bool:
    """Whether some row has a piece below each of two heads, and none runs from below one to below the other."""
    over = any(piece.left < left.right and piece.right > right.left for line in rows for piece in line.pieces)
    return not over and any(
        any(right.left - unit <= piece.left <= right.right for piece in line.pieces)
        and any(left.left - unit <= piece.left and piece.right <= left.right for piece in line.pieces)
        for line in rows
    )


def _spans(line: Line, heads: Sequence[Piece]) -> bool:
    """Whether a piece reaches from below one head to below the next, as prose does."""
    return any(
        piece.left < left.middle and right.middle < piece.right
        for piece in line.pieces
        for left, right in zip(heads, heads[1:], strict=False)
    )


def _gutter(left: Piece, right: Piece, rows: Sequence[Line]) -> float:
    """The middle of the widest stretch between two heads that the fewest rows cover."""
    start = left.middle
    # What begins below the right head belongs to it.
    begins = (piece.left for line in rows for piece in line.pieces if right.left <= piece.left)
    end = min(right.middle, *begins, right.middle)
    stops = sorted({start, end, *(stop for stop in _stops(rows) if start < stop < end)})
    stretches: list[tuple[int, float, float]] = []
    for low, high in zip(stops, stops[1:], strict=False):
        middle = (low + high) / 2
        covered = sum(any(piece.left < middle < piece.right for piece in line.pieces) for line in rows)
        if stretches and stretches[-1][0] == covered:
            stretches[-1] = (covered, stretches[-1][1], high)
        else:
            stretches.append((covered, low, high))
    if not stretches:
        return (start + end) / 2
    _, low, high = min(stretches, key=lambda stretch: (stretch[0], stretch[1] - stretch[2]))
    return (low + high) / 2


def _stops(rows: Sequence[Line]) -> Iterator[float]:
    for line in rows:
        for piece in line.pieces:
            yield piece.left
            yield piece.right


def repeats_head(columns: Columns, line: Line) -> bool:
    """Whether a line is one of the head printed again at the top of a page."""
    words = folded(" ".join(columns.texts))
    return len(line.pieces) > 1 and all(folded(piece.text) in words for piece in line.pieces)
