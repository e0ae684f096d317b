"""A file as rows of clean cells: sizes capped, formulas without a result refused, too long cells found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from parindex.documents.cycles.table_files import MAX_SHEET_CELLS, DataTable, Layout, read_rows
from parindex.documents.readers import limits, xlsx_sheets
from parindex.documents.readers.sheet_cells import cell_name
from parindex.documents.unit_tables.cells import one_line, unguarded
from parindex.documents.unit_tables.columns import LONGEST
from parindex.domain.errors import InvalidInput, Place, Problem

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx")
#: A nation has some 3,300 communes and 34 provinces with their departments; a file of this size has another content.
MAX_BYTES = 16 * 2**20
MAX_ROWS = 20_000
#: Columns that a list has for its reader, of which nothing is lost.
_RUNNING_NUMBERS = frozenset({"stt", "tt", "no", "no.", "số tt", "số thứ tự", "#"})
#: So much of a wrong text is shown.
_SHOWN = 80


@dataclass(slots=True)
class SourceRows:
    """The rows of one file, what is wrong with them, and what to look at."""

    table: DataTable
    cells: Mapping[str, list[str]]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows there are; blank ones are not counted."""
        return self.table.rows

    def has(self, column: str) -> bool:
        """Whether the file has the column."""
        return column in self.cells

    def text(self, row: int, column: str) -> str:
        """What a cell says; nothing where the file has no such column."""
        return self.cells[column][row] if column in self.cells else ""

    def place(self, row: int, column: str | None = None) -> Place:
        """Where it says so."""
        return self.table.place(row, column)

    def line(self, row: int) -> int:
        """The number by which a person finds the row: of the sheet or of the text file."""
        return self.table.lines[row] if self.table.lines is not None else row + 1

    def add(self, kind: str, row: int, column: str, **facts: Any) -> None:
        """A problem at a cell; ``text`` is what stands there."""
        text = self.text(row, column)
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        self.problems.append(Problem(kind, self.place(row, column), {"column": column, "text": shown, **facts}))

    def require(self, row: int, *columns: str) -> None:
        """Each of ``columns`` must say something (``cell_missing``)."""
        for column in columns:
            if not self.text(row, column):
                self.add("cell_missing", row, column)

    def sound(self) -> list[int]:
        """The rows with which nothing is wrong so far."""
        wrong = {(one.place.row, one.place.line) for one in self.problems}
        places = [self.place(row) for row in range(self.count)]
        return [row for row, place in enumerate(places) if (place.row, place.line) not in wrong]

    def refuse(self) -> None:
        """Raise :class:`InvalidInput` with every problem, in the order of rows."""
        if self.problems:
            raise InvalidInput(sorted(self.problems, key=lambda one: one.place.row or 0))


def read_source(path: Path, layout: Layout, *, most: int | None = None) -> SourceRows:
    """The rows of ``path``; ``most``: so many are taken of a table that has a row per unit and item.

    Raises :class:`InvalidInput` where the file or its heads cannot be read, has no row (``import_without_rows``) or
    too many (``import_with_too_many_rows``, ``items_with_too_many_rows``). Problems that are only noted:
    ``formula_without_result``, ``cell_too_long``.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise limits.refused(path, "table_format_unknown", suffix=path.suffix or path.name, known=list(SUFFIXES))
    data = limits.file_bytes(path)
    if len(data) > MAX_BYTES:
        raise limits.refused(path, "file_too_large", bytes=len(data), limit=MAX_BYTES)
    table = _as_uploaded(path, layout)
    if table.wrong and not table.rows:
        raise InvalidInput(list(table.wrong))
    if not table.rows:
        raise limits.refused(path, "import_without_rows", place=Place(file=table.file, sheet=table.sheet))
    if table.rows > (most or MAX_ROWS):
        kind = "items_with_too_many_rows" if most else "import_with_too_many_rows"
        raise limits.refused(path, kind, rows=table.rows, limit=most or MAX_ROWS)
    undo = unguarded if table.sheet is None else str
    cells = {name: [one_line(undo(text)) for text in _texts(column)] for name, column in table.columns.items()}
    # A list of roles may stand on several lines of one cell.
    cells |= {name: _texts(table.columns[name]) for name in ("role",) if name in table.columns}
    rows = SourceRows(table, cells, list(table.wrong))
    _find_unknown_results(rows, path, data)
    _find_too_long(rows)
    unread = [head for head in table.unread if head.strip().lower() not in _RUNNING_NUMBERS]
    if unread:
        facts = {"heads": unread, "known": layout.told}
        rows.notes.append(Problem("column_unused", Place(file=table.file, sheet=table.sheet), facts))
    return rows


def _as_uploaded(path: Path, layout: Layout) -> DataTable:
    """The table; what is wrong with its heads is told to somebody at a page, not at a command."""
    try:
        return read_rows(path, layout)
    except InvalidInput as error:
        told = [
            replace(one, facts={**one.facts, "uploaded": True}) if one.kind.startswith("column_") else one
            for one in error.problems
        ]
        raise InvalidInput(told) from None


def _texts(column: pl.Series) -> list[str]:
    return column.cast(pl.String).fill_null("").to_list()


def _find_unknown_results(rows: SourceRows, path: Path, data: bytes) -> None:
    """A formula that was never calculated reads as an empty cell, and nothing would be said of it."""
    if rows.table.sheet is None:
        return
    layout = xlsx_sheets.layouts(path, data, most=MAX_SHEET_CELLS).get(rows.table.sheet)
    if layout is None or not layout.unknown:
        return
    read = {cell for row in range(rows.count) for name in rows.cells if (cell := rows.place(row, name).cell)}
    names = [cell for at in layout.unknown if (cell := cell_name(*at)) in read]
    if names:
        place = Place(file=rows.table.file, sheet=rows.table.sheet, cell=names[0])
        facts = {"count": len(names), "cells": names}
        rows.problems.append(Problem("formula_without_result", place, facts))


def _find_too_long(rows: SourceRows) -> None:
    for column, texts in rows.cells.items():
        for row, text in enumerate(texts):
            if len(text) > LONGEST.get(column, len(text)):
                rows.add("cell_too_long", row, column, found=len(text), limit=LONGEST[column])
