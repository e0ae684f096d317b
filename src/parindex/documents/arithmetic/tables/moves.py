"""Columns of moves in words: ``Tăng 2 bậc``, ``Xuống 01 hạng``, ``Giữ nguyên``.

Where most rows of a column tell a move with its figure, the words for none are the figure nought.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.tables.amounts import Amount, CellFigure
from parindex.documents.arithmetic.tables.table_rows import TableRow
from parindex.documents.printed_text import joined

_MOVE = re.compile(
    r"^(?:tăng|giảm|lên|xuống|tụt|[▲▼↑↓])\s?\d{1,3}(?:[.,]\d{1,4})?\s?(?:bậc|hạng|điểm|%)?$", re.IGNORECASE
)
_NO_MOVE = re.compile(
    r"^(?:giữ (?:nguyên|hạng|vững)|không (?:đổi|thay đổi|tăng,? không giảm))\b[^\d]{0,20}$", re.IGNORECASE
)
_FEWEST = 2


def unmoved(rows: Sequence[TableRow], width: int) -> Iterator[tuple[int, int, CellFigure]]:
    """The cells that tell no move in a column of moves: row, column, and nought as their figure."""
    for column in range(1, width):
        texts = {at: joined(row.cells[column].text) for at, row in enumerate(rows) if column < len(row.cells)}
        moves = sum(_MOVE.match(text) is not None for text in texts.values())
        still = {at: text for at, text in texts.items() if _NO_MOVE.match(text)}
        if still and moves >= max(_FEWEST, len(still)):
            for at, text in still.items():
                nought = Amount(Fraction(0), 0, text)
                yield at, column, CellFigure(nought, nought)
