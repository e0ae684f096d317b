"""The maximum split by source: "Điểm tối đa" with "Điểm tự chấm, thẩm định" and "Điểm ĐTXHH" beside it, which add up to
it. Such columns give no points to a unit; they say who gives them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.documents.criteria_tables.head_words import Column
from parindex.documents.criteria_tables.heads import Head, Row
from parindex.documents.criteria_tables.row_cells import cell_text
from parindex.documents.criteria_tables.row_sources import source_of_note
from parindex.documents.printed_text import joined, read_points
from parindex.domain.criteria.criteria_set import SURVEYED

_LONGEST = 60
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class SourceColumns:
    """The column of the maximum, those of its parts with their words, and the head in which these are notes."""

    maximum: int
    parts: dict[int, str]
    head: Head

    def with_notes(self, rows: Sequence[Row]) -> list[Row]:
        """The rows with the words of the one part that has all the points in its place, and nothing in the others."""
        return [self._row(row) for row in rows]

    def _row(self, row: Row) -> Row:
        filled = [at for at in self.parts if read_points(cell_text(row, at))]
        cells = list(row)
        for at in self.parts:
            if at < len(cells):
                words = self.parts[at] if filled == [at] else ""
                cells[at] = replace(cells[at], text=words, covered=False, is_number=False)
        return tuple(cells)


def find(head: Head, rows: Sequence[Row]) -> SourceColumns | None:
    """The columns of parts by source below ``head``; None where they are none.

    Asked for: at least two columns of numbers whose heads name different sources, a survey among them, and rows in
    which their numbers, each part somewhere alone, add up to the maximum, all but every tenth.
    """
    named = {at: source_of_note(words) for at, words in head.texts.items() if len(words) <= _LONGEST}
    own = (Column.CODE, Column.TITLE)
    maximum = next(
        (at for at, column in head.columns.items() if column is Column.MAX_POINTS and not named.get(at)), None
    )
    if maximum is None:
        return None
    parts = {
        at: joined(head.texts[at])
        for at, source in named.items()
        if source is not None and head.columns.get(at) not in own and _is_of_numbers(rows, at)
    }
    sources = {named[at] for at in parts}
    if len(sources) < _FEWEST or sources.isdisjoint(SURVEYED) or not _adds_up(rows, maximum, list(parts)):
        return None
    columns = {at: column for at, column in head.columns.items() if at not in parts} | dict.fromkeys(parts, Column.NOTE)
    unread = tuple(one for one in head.unread if one[0] not in parts.values())
    guessed = tuple(column for column in head.guessed if column in columns.values() and column is not Column.MAX_POINTS)
    return SourceColumns(maximum, parts, replace(head, columns=columns, unread=unread, guessed=guessed))


def _is_of_numbers(rows: Sequence[Row], at: int) -> bool:
    texts = [joined(cell_text(row, at)) for row in rows]
    filled = [text for text in texts if text]
    return bool(filled) and all(read_points(text) is not None for text in filled)


def _adds_up(rows: Sequence[Row], maximum: int, parts: Sequence[int]) -> bool:
    split = list(_split(rows, maximum, parts))
    agree = sum(sum(points, Fraction(0)) == most for most, points in split)
    alone = [{at for at, value in enumerate(points) if value} for _, points in split]
    return 10 * agree >= 9 * len(split) > 0 and all({at} in alone for at in range(len(parts)))


def _split(rows: Sequence[Row], maximum: int, parts: Sequence[int]) -> Iterator[tuple[Fraction, list[Fraction]]]:
    """The maximum of each row that has one with some part of it, and these parts."""
    for row in rows:
        most = read_points(cell_text(row, maximum))
        points = [read_points(cell_text(row, at)) or Fraction(0) for at in parts]
        if most is not None and any(points):
            yield most, points
