"""The words of a head over several rows of a grid, column by column: a cell that spans columns speaks for each."""

from __future__ import annotations

from collections.abc import Sequence

from parindex.documents.papers import Cell
from parindex.documents.printed_text import folded, joined

Row = Sequence[Cell]


def stacked(rows: Sequence[Row]) -> dict[int, list[str]]:
    """The words of each column from the top row down, empty cells left out."""
    filled = [[joined(cell.text) for cell in row] for row in rows]
    for upper, lower in zip(filled, filled[1:], strict=False):
        for at in range(1, min(len(upper), len(lower))):
            if not upper[at] and lower[at]:
                upper[at] = upper[at - 1]
    width = max((len(row) for row in filled), default=0)
    out = {at: [row[at] for row in filled if at < len(row) and row[at]] for at in range(width)}
    return {at: texts for at, texts in out.items() if texts}


def repeats(texts: Sequence[Sequence[str]], row: Row) -> bool:
    """Whether every filled cell of ``row`` stands in the head's ``texts`` (by column): the head printed again."""
    cells = [(at, folded(cell.text)) for at, cell in enumerate(row) if cell.text]
    known = [" ".join(folded(text) for text in column) for column in texts]
    return len(cells) > 1 and all(at < len(known) and text in known[at] for at, text in cells)


def pieces_of(texts: Sequence[Sequence[str]], row: Row) -> bool:
    """Whether every filled cell of ``row`` is a piece of some words of the head: a head that line breaks took apart."""
    known = [folded(" ".join(column)) for column in texts]
    cells = [folded(cell.text) for cell in row if cell.text]
    return bool(cells) and all(len(text) > 1 and any(text in words for words in known) for text in cells)


def filled(row: Row) -> list[tuple[int, str]]:
    """The filled cells of a row with their columns."""
    return [(at, joined(cell.text)) for at, cell in enumerate(row) if cell.text]
