"""Rows of cells become columns of codes as they are read: a table of millions of rows is never kept as rows.

A row of fifteen short cells takes a kilobyte as a list of texts and sixty bytes as codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parindex.documents.cycles.coded_columns import coded

#: So many rows are kept as rows before they become codes; few enough to stay in the processor's cache.
_AT_ONCE = 512


class StoredNumber(str):
    """The text of a cell that stores a number with decimals: as a code it may have lost a zero (1.10 became 1.1)."""

    __slots__ = ()


class _Texts(dict[str, int]):
    """The distinct texts of a column in order of appearance, each with its position."""

    def __missing__(self, text: str) -> int:
        position = self[text] = len(self)
        return position


class ColumnsOfRows:
    """The columns ``names`` (with their positions in a row) of rows that come one after the other.

    Rows ``of_sheet`` may hold numbers that the file stores (:class:`StoredNumber`).
    """

    def __init__(self, names: Mapping[str, int], *, of_sheet: bool) -> None:
        self._names = names
        self._of_sheet = of_sheet
        self._texts = {name: _Texts() for name in names}
        self._codes: dict[str, list[NDArray[np.uint32]]] = {name: [] for name in names}
        self._kinds: dict[str, set[bool]] = {name: set() for name in names}
        self._waiting: list[Sequence[str]] = []

    def add(self, row: Sequence[str]) -> None:
        """One more row; it has a cell for every column."""
        self._waiting.append(row)
        if len(self._waiting) == _AT_ONCE:
            self._settle()

    def _settle(self) -> None:
        for name, index in self._names.items():
            cells = [row[index] for row in self._waiting]
            self._codes[name].append(np.fromiter(map(self._texts[name].__getitem__, cells), np.uint32, len(cells)))
            if self._of_sheet:
                self._kinds[name].update(isinstance(cell, StoredNumber) for cell in cells if "." in cell)
        self._waiting.clear()

    def stored(self) -> frozenset[str]:
        """The columns that have decimals, all of which are numbers of the file."""
        self._settle()
        return frozenset(name for name, kinds in self._kinds.items() if kinds == {True})

    def series(self) -> dict[str, pl.Series]:
        """The columns as codes with clean texts; they are given up here one by one, as they are no longer needed."""
        self._settle()
        return {name: _series(name, self._texts.pop(name), self._codes.pop(name)) for name in self._names}


def _series(name: str, texts: _Texts, codes: Sequence[NDArray[np.uint32]]) -> pl.Series:
    clean = cleaned(pl.Series(name, list(texts), dtype=pl.String)).replace("", None)
    return coded(clean.gather(np.concatenate(codes)))


def cleaned(texts: pl.Series) -> pl.Series:
    """Without blanks around, each letter as one sign."""
    return texts.str.strip_chars(" \t\r\n\u00a0\ufeff").str.normalize("NFC")
