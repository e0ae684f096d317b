"""The rows of several tables of forms one below the other, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parindex.documents.cycles.coded_columns import coded, codes
from parindex.documents.cycles.row_problems import LISTED, Problems
from parindex.documents.cycles.table_files import DataTable
from parindex.domain.errors import Place
from parindex.domain.values import Mask


@dataclass(frozen=True, eq=False)
class FormRows:
    """All rows of ``tables``; the last ``checks`` of these tables hold checked scores, the others self scores."""

    tables: Sequence[DataTable]
    checks: int = 0
    #: The columns that were asked for: putting those of several tables together takes its time.
    _columns: dict[str, pl.Series] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """The first row of each table, and after them the number of all rows."""
        return np.cumsum([0, *(table.rows for table in self.tables)], dtype=np.intp)

    def __len__(self) -> int:
        return int(self.starts[-1])

    @cached_property
    def is_check(self) -> Mask:
        """The rows of checked scores."""
        return np.asarray(np.arange(len(self)) >= self.starts[len(self.tables) - self.checks])

    def column(self, name: str) -> pl.Series:
        """A column of all tables as codes; a table without it has empty cells there."""
        if name not in self._columns:
            columns = [table.column(name) for table in self.tables]
            one = columns[0] if len(columns) == 1 else pl.concat([column.cast(pl.String) for column in columns])
            self._columns[name] = coded(one)
        return self._columns[name]

    def codes(self, name: str) -> tuple[NDArray[np.int64], Mask]:
        """A number for each text of a column, and the rows where one stands."""
        column = self.column(name)
        return codes(column).astype(np.int64), column.is_not_null().to_numpy()

    def problems(self, problems: Problems, kind: str, rows: Mask, *columns: str, **facts: Any) -> None:
        """A problem for each of ``rows`` in its table."""
        for at, table in enumerate(self.tables):
            part = rows[self.starts[at] : self.starts[at + 1]]
            if part.any():
                problems.rows(table, kind, part, *columns, **facts)

    def repeats(self, problems: Problems, kind: str, first: NDArray[np.intp], *columns: str) -> None:
        """A problem for each row that repeats an earlier one: ``first`` is that row, −1 on all others."""
        later = np.flatnonzero(first >= 0)
        for one in later[:LISTED].tolist():
            table, row = self._in_table(one)
            written = {name: table.text(row, name) for name in columns}
            of, before = self._in_table(int(first[one]))
            facts = {**written, "first": before + 1, "of_file": of.file}
            problems.add(kind, table.place(row, columns[0]), **facts)
        if len(later) > LISTED:
            problems.add("more_of_the_same", Place(), of_kind=kind, count=len(later) - LISTED)

    def _in_table(self, row: int) -> tuple[DataTable, int]:
        at = int(np.searchsorted(self.starts, row, side="right")) - 1
        return self.tables[at], row - int(self.starts[at])
