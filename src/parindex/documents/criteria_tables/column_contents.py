"""How the cells of the columns of a table look: what decides where the words of a head leave it open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from parindex.documents.criteria_tables.printed_codes import looks_like_code
from parindex.documents.criteria_tables.row_sources import source_of_note
from parindex.documents.papers import Cell
from parindex.documents.printed_text import joined, read_points

_SHORT_NOTE = 40
_SEVERAL_NUMBERS = re.compile(r"^\d+(?:[.,]\d+)?(?:\s+\d+(?:[.,]\d+)?)+$")


class Contents:
    """Shares of codes and numbers among the filled cells of each column, mean length of their texts."""

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self.width = max((len(row) for row in rows), default=0)
        self._columns = [
            {number: joined(row[at].text) for number, row in enumerate(rows) if at < len(row) and row[at].text}
            for at in range(self.width)
        ]

    def filled(self, at: int) -> int:
        """How many cells of a column hold something."""
        return len(self._texts(at))

    def codes(self, at: int) -> float:
        """The share of cells that hold a code and nothing else."""
        return self._share(at, looks_like_code)

    def numbers(self, at: int) -> float:
        """The share of cells that hold points."""
        return self._share(at, _is_points)

    def sources(self, at: int) -> float:
        """The share of cells that name who gives the points ("ĐTXHH", "Tự chấm") in a few words."""
        return self._share(at, lambda text: len(text) <= _SHORT_NOTE and source_of_note(text) is not None)

    def length(self, at: int) -> float:
        """The mean length of the texts."""
        texts = self._texts(at)
        return sum(map(len, texts)) / len(texts) if texts else 0.0

    def is_text(self, at: int) -> bool:
        """Whether most cells hold words: neither codes nor points."""
        return self.filled(at) > 0 and self.codes(at) < 0.5 and self.numbers(at) < 0.5

    def take_turns(self, columns: Sequence[int]) -> bool:
        """Whether the columns are all filled, and hardly a row fills two of them: one column by levels."""
        rows = [set(self._columns[at]) for at in columns if at < len(self._columns)]
        if len(rows) < 2 or not all(rows):
            return False
        union = set().union(*rows)
        return sum(map(len, rows)) - len(union) <= len(union) // 4

    def _texts(self, at: int) -> list[str]:
        return list(self._columns[at].values()) if at < len(self._columns) else []

    def _share(self, at: int, test: Callable[[str], bool]) -> float:
        texts = self._texts(at)
        return sum(map(test, texts)) / len(texts) if texts else 0.0


def _is_points(text: str) -> bool:
    """One number of points, or several that a lost column put into one cell."""
    return read_points(text) is not None or bool(_SEVERAL_NUMBERS.match(text))
