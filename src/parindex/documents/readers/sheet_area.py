"""The part of a sheet that holds values, as it is printed: without its hidden rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from parindex.documents.papers import Cell
from parindex.documents.readers import limits
from parindex.documents.readers.sheet_cells import cell_name, column_letters, runs
from parindex.documents.readers.sheet_layout import Merge, Run, SheetLayout
from parindex.domain.errors import Place, Problem

#: A merged cell of more cells than these was made for looks, of whole rows or columns; nothing stands below it.
_MOST_MERGED = 10_000


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a sheet, by its top left cell (from 0) and its size."""

    top: int
    left: int
    height: int
    width: int

    def covered(self, merges: Sequence[Merge]) -> set[tuple[int, int]]:
        """Positions inside the area that a merged cell covers, without its top left."""
        out: set[tuple[int, int]] = set()
        work = 0
        for merge in merges:
            rows, columns = self._inside(merge)
            work += len(rows) * len(columns)
            if work > 2 * limits.MAX_CELLS:
                break  # merged cells that lie over each other: no spreadsheet writes them
            anchor = (merge[0][0] - self.top, merge[0][1] - self.left)
            out |= {(r, c) for r in rows for c in columns if (r, c) != anchor}
        return out

    def _inside(self, merge: Merge) -> tuple[range, range]:
        """The rows and columns of a merged cell inside the area, counted from its top left."""
        (r1, c1), (r2, c2) = merge
        if (r2 - r1 + 1) * (c2 - c1 + 1) > _MOST_MERGED:
            return range(0), range(0)
        rows = range(max(r1 - self.top, 0), min(r2 - self.top + 1, self.height))
        return rows, range(max(c1 - self.left, 0), min(c2 - self.left + 1, self.width))

    def shown(
        self, rows: Sequence[list[Cell]], layout: SheetLayout, merges: Sequence[Merge], place: Place
    ) -> tuple[tuple[tuple[Cell, ...], ...], list[Problem]]:
        """The cells in rows and columns that are not hidden, and doubts about what is missing.

        A merged cell that begins in a hidden row or column is printed in what is left of it.
        """
        hidden_rows = _within(layout.hidden_rows, self.top, self.height)
        hidden_columns = _within(layout.hidden_columns, self.left, self.width)
        if hidden_rows or hidden_columns:
            self._move_to_sight(rows, merges, hidden_rows, hidden_columns)
        lost_rows = sorted(r for r in hidden_rows if any(cell.text for cell in rows[r]))
        lost_columns = sorted(c for c in hidden_columns if any(row[c].text for row in rows if c < len(row)))
        doubts = []
        if lost_rows:
            names = [_run(str(self.top + a + 1), str(self.top + b + 1)) for a, b in runs(lost_rows)]
            doubts.append(Problem("hidden_rows_left_out", place, {"rows": names}))
        if lost_columns:
            names = [_run(column_letters(self.left + a), column_letters(self.left + b)) for a, b in runs(lost_columns)]
            doubts.append(Problem("hidden_columns_left_out", place, {"columns": names}))
        unknown = [
            cell_name(r, c)
            for r, c in layout.unknown
            if r - self.top not in hidden_rows and c - self.left not in hidden_columns
        ]
        if unknown:
            at = replace(place, cell=unknown[0])
            doubts.append(Problem("formula_without_result", at, {"count": len(unknown), "cells": unknown}))
        printed = tuple(
            tuple(cell for c, cell in enumerate(row) if c not in hidden_columns)
            for r, row in enumerate(rows)
            if r not in hidden_rows
        )
        return (printed if any(printed) else ()), doubts

    def _move_to_sight(
        self, rows: Sequence[list[Cell]], merges: Sequence[Merge], hidden_rows: set[int], hidden_columns: set[int]
    ) -> None:
        for merge in merges:
            inside_rows, inside_columns = self._inside(merge)
            r, c = merge[0][0] - self.top, merge[0][1] - self.left
            if r not in inside_rows or c not in inside_columns or (r not in hidden_rows and c not in hidden_columns):
                continue
            row = next((one for one in inside_rows if one not in hidden_rows), None)
            column = next((one for one in inside_columns if one not in hidden_columns), None)
            if row is not None and column is not None and column < len(rows[row]):
                rows[row][column], rows[r][c] = rows[r][c], replace(rows[row][column], covered=True)


def _within(hidden: Iterable[Run], start: int, size: int) -> set[int]:
    return {at - start for first, last in hidden for at in range(max(first, start), min(last, start + size - 1) + 1)}


def _run(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
