"""All rows of a score sheet together: the sure rows teach the columns, then every row is read with that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from parindex.documents.score_sheets.cells import LEAD, SURE, read_row
from parindex.documents.score_sheets.columns import Column
from parindex.documents.score_sheets.explanations import breaks_early
from parindex.documents.score_sheets.knowledge import Knowledge, Reading
from parindex.documents.score_sheets.lines import Line
from parindex.documents.score_sheets.row_starts import RowStart, is_number
from parindex.documents.score_sheets.widths import column_width, room_left, text_width
from parindex.documents.score_sheets.words import WordEvidence

#: Fewer lines than this do not tell how wide a column is.
_ENOUGH_LINES = 4
#: A column may be wider than its widest known line by so many per cent at least, and at most.
_LEAST_SLACK, _MOST_SLACK = 3, 25
#: One line that begins as opinions do may be an accident.
_ENOUGH_LEADS = 2


@dataclass(frozen=True, slots=True)
class RowReading:
    """One row: where it starts, its readings best first, and its lines page by page."""

    start: RowStart
    readings: tuple[Reading, ...]
    pages: tuple[tuple[Line, ...], ...]

    @property
    def best(self) -> Reading:
        """The reading that least speaks against."""
        return self.readings[0]

    @property
    def rival(self) -> Reading | None:
        """The next best reading where it is nearly as good as the best."""
        if len(self.readings) < 2 or self.readings[1].cost - self.readings[0].cost >= SURE:
            return None
        return self.readings[1]


def read_rows(
    lines: Sequence[Line], starts: Sequence[RowStart], end: int, columns: tuple[Column, ...]
) -> tuple[tuple[RowReading, ...], Knowledge]:
    """Every row from its start to the next, the last one up to line ``end``; with what was learnt of the columns."""
    rows = [
        (start, _pages(lines, start, following.line if following else end))
        for start, following in zip(starts, [*starts[1:], None], strict=True)
    ]
    words = _neighbours(lines)
    known = Knowledge(
        columns=columns,
        words=words,
        has_leads=_has_leads(lines),
        pair_weight=words.weight([line.words for line in lines]),
    )
    whole = [(start, pages) for start, pages in rows if len(pages) == 1]
    known = _learnt(_read(whole, known), known)
    known = _learnt(_read(whole, known), known)
    if any(column not in known.widths for column in known.texts):
        known = _learnt(_read(rows, known), known)
    return tuple(_read(rows, known)), known


def early_breaks(reading: RowReading, known: Knowledge) -> Iterator[tuple[int, int]]:
    """Lines of the explanation that begin a new paragraph, each with the room that was left on the line before."""
    width = known.widths.get(Column.EXPLANATION, 0)
    lines = reading.best.lines(Column.EXPLANATION)
    for at in range(1, len(lines)):
        if width and breaks_early(lines[at - 1], lines[at], width):
            yield at, room_left(lines[at - 1], lines[at], width)


def _read(rows: Sequence[tuple[RowStart, tuple[tuple[Line, ...], ...]]], known: Knowledge) -> list[RowReading]:
    return [RowReading(start, tuple(read_row(pages, known)), pages) for start, pages in rows]


def _pages(lines: Sequence[Line], start: RowStart, end: int) -> tuple[tuple[Line, ...], ...]:
    first = lines[start.next_line]
    shift = start.next_word
    gaps = frozenset(at - shift for at in first.gaps)
    own = [Line(first.words[shift:], first.place, first.page, gaps), *lines[start.next_line + 1 : end]]
    return tuple(tuple(group) for _, group in groupby(own, key=lambda line: line.page))


def _neighbours(lines: Sequence[Line]) -> WordEvidence:
    words = WordEvidence()
    for line in lines:
        words.learn_line(line.words)
    return words


def _has_leads(lines: Sequence[Line]) -> bool:
    """Whether the opinions of this sheet begin with their level, at the start of a line or after points there."""
    starts = [line.words[is_number(line.words[0]) :][:3] for line in lines]
    return sum(LEAD.match(" ".join(words)) is not None for words in starts) >= _ENOUGH_LEADS


def _learnt(rows: Sequence[RowReading], known: Knowledge) -> Knowledge:
    """Widths and words from the rows of one page that were read without a rival."""
    words = WordEvidence(known.words.pairs.copy() if known.words.lasts else known.words.pairs)
    widths: dict[Column, int] = {}
    slacks: dict[Column, int] = {}
    sure = [row.best for row in rows if row.readings and row.rival is None]
    for column in known.texts:
        printed = [reading.lines(column) for reading in sure]
        several = [text_width(line) for cell in printed if len(cell) > 1 for line in cell]
        if len(several) >= _ENOUGH_LINES:
            widths[column] = column_width(several)
            slacks[column] = _slack(printed, widths[column])
        for cell in printed:
            words.learn_cell(column, cell)
    return replace(known, widths=widths, slacks=slacks, words=words)


def _slack(cells: Sequence[Sequence[str]], width: int) -> int:
    """How much wider than its widest known line a column may be: a word that moved down must not have fitted."""
    too_wide = [width - room_left(above, below, width) for cell in cells for above, below in pairwise(cell)]
    limit = min((each for each in too_wide if each > width), default=width * 2)
    return max(width * _LEAST_SLACK // 100, min(limit - width, width * _MOST_SLACK // 100))
