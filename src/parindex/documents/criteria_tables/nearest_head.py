"""What looks most like the head of a table in a paper where none was found: the message names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parindex.documents.criteria_tables.head_words import column_of_words
from parindex.documents.papers import Block, Grid, Paragraph
from parindex.documents.printed_text import joined
from parindex.domain.errors import Place

_LONGEST = 60
_FEWEST = 2
#: So many lines one below another may be the cells of one head.
_LINES = 6


def nearest_head(blocks: Sequence[Block]) -> tuple[Place, list[str]] | None:
    """The words that name most kinds of columns side by side in one row, or one below another, and where they stand;
    None where nothing names two of them.
    """
    best: tuple[Place, list[str]] | None = None
    most = _FEWEST - 1
    for place, texts in (*_rows(blocks), *_columns(blocks)):
        kinds = {column_of_words(text) for text in texts} - {None}
        if len(kinds) > most:
            best, most = (place, texts), len(kinds)
    return best


def _rows(blocks: Sequence[Block]) -> Iterator[tuple[Place, list[str]]]:
    for block in blocks:
        for row in block.rows if isinstance(block, Grid) else ():
            cells = [cell for cell in row if cell.text]
            texts = [joined(cell.text) for cell in cells]
            if texts and all(len(text) <= _LONGEST for text in texts):
                yield cells[0].place, texts


def _columns(blocks: Sequence[Block]) -> Iterator[tuple[Place, list[str]]]:
    """Runs of short lines that each name a column."""
    run: list[Paragraph] = []
    for block in (*blocks, None):
        text = joined(block.text) if isinstance(block, Paragraph) else ""
        if isinstance(block, Paragraph) and text and len(text) <= _LONGEST and column_of_words(text) is not None:
            run.append(block)
            continue
        if run:
            yield run[0].place, [joined(line.text) for line in run[:_LINES]]
        run = []
