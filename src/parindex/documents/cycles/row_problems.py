"""Collecting the problems of many rows: all of them, up to a number that a person can still use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parindex.documents.cycles.coded_columns import coded, codes, distinct
from parindex.documents.cycles.table_files import DataTable
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.values import Mask

#: More rows with the same fault in the same table are counted, not listed.
LISTED = 1_000
#: So much of a cell is shown.
_SHOWN = 80
#: Cells over all units, filled or not: four hundred times what the units of a nation enter in one year.
MAX_CELLS = 250_000_000
#: Up to so many possible keys for one that is there, a table of all of them is faster than sorting.
_CLOSE = 8


class Problems:
    """Problems in the order in which they were found."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        #: What keeps nothing from being used and must still be said.
        self.notes: list[Problem] = []

    def add(self, kind: str, place: Place | None, **facts: Any) -> None:
        """One problem."""
        self.found.append(Problem(kind, place or Place(), facts))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Problems that something else has found."""
        self.found.extend(problems)

    def rows(self, table: DataTable, kind: str, rows: Mask | NDArray[np.intp], *columns: str, **facts: Any) -> None:
        """A problem for each of ``rows``: what stands in ``columns`` are its facts, the first is the cell at fault."""
        positions = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        for row in positions[:LISTED]:
            written: dict[str, Any] = {name: _written(table, name, int(row)) for name in columns}
            if columns:
                written |= {"column": columns[0], "text": written[columns[0]]}
            place = table.place(int(row), columns[0] if columns else None)
            self.found.append(Problem(kind, place, {**written, **facts}))
        if len(positions) > LISTED:
            self.add("more_of_the_same", Place(file=table.file), of_kind=kind, count=len(positions) - LISTED)

    def note(self, kind: str, place: Place, **facts: Any) -> None:
        """One thing to look at."""
        self.notes.append(Problem(kind, place, facts))

    def require_cells(self, table: DataTable, columns: int, units: int) -> None:
        """Refuse at once (``too_many_cells``) a table that names so much that a column each for all units is too big.

        A few million rows, each with a unit and a year of its own, would else ask for terabytes.
        """
        if columns * units > MAX_CELLS:
            self.add("too_many_cells", Place(file=table.file), limit=MAX_CELLS)
            self.refuse()

    def refuse(self) -> None:
        """Raise :class:`InvalidInput` if anything was found."""
        if self.found:
            files = {file: order for order, file in enumerate(dict.fromkeys(one.place.file for one in self.found))}
            raise InvalidInput(sorted(self.found, key=lambda one: (files[one.place.file], one.place.row or 0)))


def _written(table: DataTable, column: str, row: int) -> str:
    text = table.text(row, column)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def positions_of(column: pl.Series, known: Iterable[str]) -> NDArray[np.int32]:
    """The position in ``known`` of every row: −1 for a name that is not known, −2 for an empty cell."""
    names = {name: position for position, name in enumerate(known)}
    column = coded(column)
    where = np.array([*(names.get(name, -1) for name in distinct(column).to_list()), -2], dtype=np.int32)
    return np.asarray(where[codes(column)])


def doubled(keys: NDArray[np.int64], among: Mask) -> Mask:
    """The rows of ``among`` whose key (0 or above) stood on an earlier row already."""
    out = np.zeros(len(keys), dtype=bool)
    rows = np.flatnonzero(among)
    if _all_different(keys[rows]):
        return out
    _, first = np.unique(keys[rows], return_index=True)
    later = np.ones(len(rows), dtype=bool)
    later[first] = False
    out[rows[later]] = True
    return out


def _all_different(keys: NDArray[np.int64]) -> bool:
    """Whether it is quickly seen that no key stands twice: without sorting, where the keys lie close enough."""
    highest = int(keys.max(initial=0))
    if highest > _CLOSE * (len(keys) + 1_000):
        return False
    seen = np.zeros(highest + 1, dtype=bool)
    seen[keys] = True
    return int(np.count_nonzero(seen)) == len(keys)
