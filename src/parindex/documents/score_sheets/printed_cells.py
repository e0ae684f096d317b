"""The running text in the cells of a score sheet in flowing text, line by line with the place of each line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parindex.documents.papers import Paragraph
from parindex.documents.score_sheets.columns import Column
from parindex.documents.score_sheets.lines import Line
from parindex.documents.score_sheets.readings import RowReading, early_breaks
from parindex.documents.score_sheets.text import SheetReading


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """The explanation or the opinion of a row: its paragraphs, each as lines with their places (the code in them)."""

    code: str
    column: Column
    paragraphs: tuple[tuple[Paragraph, ...], ...]


def printed_cells(sheet: SheetReading) -> Iterator[PrintedCell]:
    """The explanations and opinions of a sheet in reading order."""
    for reading in sheet.readings:
        if not reading.readings:
            continue
        breaks = {at for at, _ in early_breaks(reading, sheet.known)}
        for column, ends in ((Column.EXPLANATION, breaks), (Column.OPINION, set[int]())):
            lines = _placed(reading, column)
            if lines:
                yield PrintedCell(reading.start.code, column, tuple(_cut(lines, ends)))


def around(sheet: SheetReading) -> tuple[list[Paragraph], list[Paragraph]]:
    """The lines above the head of a sheet, and those below its total."""
    above = sheet.printed[: sheet.head.first]
    below = sheet.body[sheet.end + 1 :] if sheet.found.total_line is not None else ()
    return [_paragraph(line) for line in above], [_paragraph(line) for line in below]


def _paragraph(line: Line) -> Paragraph:
    return Paragraph(line.text, line.place)


def _placed(reading: RowReading, column: Column) -> list[Paragraph]:
    """The lines of a cell with the places of the printed lines that hold them."""
    printed = [line for page in reading.pages for line in page]
    placed: list[Paragraph] = []
    at = 0
    for text in reading.best.lines(column):
        here = next((each for each in range(at, len(printed)) if text in printed[each].text), at)
        placed.append(Paragraph(text, replace(printed[here].place, code=reading.start.code)))
        at = here
    return placed


def _cut(lines: Sequence[Paragraph], ends: set[int]) -> Iterator[tuple[Paragraph, ...]]:
    cuts = [0, *sorted(ends), len(lines)]
    for start, end in zip(cuts, cuts[1:], strict=False):
        if start < end:
            yield tuple(lines[start:end])
