"""Two figures in one cell, as columns of their own: ``260 (52,0%)`` a count with its share, ``12/15`` a part with its
whole.

The count stays where it stands; the others stand right of the table, where its checkers find them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from parindex.documents.arithmetic.tables.amounts import CellFigure, cell_figure, share_beside
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.printed_text import folded, joined

_PART_OF = re.compile(r"^(?P<part>\d{1,6}) ?/ ?(?P<whole>\d{1,6})$")
#: So many rows have a part with its whole; a month with its year is none.
_FEWEST, _YEARS = 3, range(1990, 2100)
_Column = Mapping[int, CellFigure]


def with_pairs_apart(table: PrintedTable) -> PrintedTable:
    """The table with a column more for each second figure of its cells."""
    more = [*_shares(table), *_parts(table)]
    if not more:
        return table
    titles = tuple(title for title, _ in more)
    wide = replace(table, titles=(*table.titles, *titles), heads=(*table.heads, *map(folded, titles)))
    for column, (_, figures) in enumerate(more, start=table.width):
        for at, figure in figures.items():
            wide.set_figure(at, column, figure)
    return wide


def _shares(table: PrintedTable) -> Iterator[tuple[str, _Column]]:
    """The shares that stand in brackets behind most figures of a column."""
    found: dict[int, dict[int, CellFigure]] = {}
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            if cell.text.rstrip().endswith(")") and (share := share_beside(cell)) is not None:
                found.setdefault(column, {})[at] = share
    for column, shares in sorted(found.items()):
        if 2 * len(shares) >= len(table.rows):
            yield f"{table.titles[column]} (tỷ lệ %)", shares


def _parts(table: PrintedTable) -> Iterator[tuple[str, _Column]]:
    """The parts and the wholes of a column that holds nothing else."""
    rows = [at for at, row in enumerate(table.rows) if row.role in (RowRole.DATA, RowRole.TOTAL)]
    for column in range(1, table.width):
        texts = {at: joined(table.rows[at].cells[column].text) for at in rows if column < len(table.rows[at].cells)}
        if not any("/" in text for text in texts.values()):
            continue
        pairs = {at: pair for at, text in texts.items() if (pair := _PART_OF.match(text)) is not None}
        above = sum(int(one["part"]) > int(one["whole"]) or int(one["whole"]) in _YEARS for one in pairs.values())
        if len(pairs) < _FEWEST or len(pairs) < sum(map(bool, texts.values())) or above > 1:
            continue
        for name in ("part", "whole"):
            figures = {
                at: cell_figure(replace(table.rows[at].cells[column], text=one[name])) for at, one in pairs.items()
            }
            yield table.titles[column], {at: one for at, one in figures.items() if one is not None}
