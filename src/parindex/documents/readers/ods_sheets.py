"""The layout of the sheets of an OpenDocument spreadsheet, scanned out of its XML before its values are read.

Merged cells are read here as well: python-calamine does not give them for this format.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from parindex.documents.readers.sheet_layout import Extent, SheetLayout
from parindex.documents.readers.xml_scan import local, scan
from parindex.domain.errors import Place

_COUNT = re.compile(r"^\+?[0-9]{1,25}$")
_MOST = 2**40
_VALUES = frozenset({"value-type", "value", "string-value", "date-value", "time-value", "boolean-value"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_GROUPS = frozenset({"table-row-group", "table-column-group"})


def layouts(path: Path, data: bytes) -> dict[str, SheetLayout]:
    """The layout of every sheet by its name.

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``cell_far_away``, ``too_many_cells``, ``file_damaged``.
    """
    content = _Content(path)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for member in archive.infolist():
            if member.filename == "content.xml":
                scan(path, archive, member, content.start, content.end)
    return content.sheets


@dataclass(slots=True)
class _Row:
    at: int
    repeated: int
    column: int = 0


@dataclass(slots=True)
class _Cell:
    column: int
    repeated: int
    is_filled: bool
    has_formula: bool


@dataclass(slots=True)
class _Content:
    """One pass over the content; a table inside a cell belongs to its cell."""

    path: Path
    sheets: dict[str, SheetLayout] = field(default_factory=dict)
    layout: SheetLayout = field(default_factory=SheetLayout)
    extent: Extent | None = None
    depth: int = 0
    columns: int = 0
    rows: int = 0
    #: For every open group, whether what it holds is folded away.
    folded: list[bool] = field(default_factory=list)
    row: _Row | None = None
    cell: _Cell | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self.depth += 1
            if self.depth == 1:
                self._sheet(local(attributes).get("name", ""))
        elif self.cell is not None:
            self.cell.is_filled = self.cell.is_filled or name == "p"
        elif name in _CELLS and self.row is not None:
            self._cell(local(attributes), self.row)
        elif name == "table-row":
            self._row(local(attributes))
        elif name == "table-column":
            self._columns(local(attributes))
        elif name in _GROUPS:
            self.folded.append(local(attributes).get("display") == "false")

    def _sheet(self, name: str) -> None:
        self.layout = self.sheets.setdefault(name, SheetLayout())
        self.extent = Extent(self.path, Place(file=self.path.name, sheet=name), whole_rows=True)
        self.columns = self.rows = 0
        self.row = self.cell = None

    def _columns(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, "number-columns-repeated")
        if self._is_hidden(attributes):
            self.layout.hidden_columns.append((self.columns, self.columns + count - 1))
        self.columns += count

    def _row(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, "number-rows-repeated")
        self.row = _Row(self.rows, count)
        if self._is_hidden(attributes):
            self.layout.hidden_rows.append((self.rows, self.rows + count - 1))
        self.rows += count

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        return any(self.folded) or attributes.get("visibility", "visible") in ("collapse", "filter")

    def _cell(self, attributes: dict[str, str], row: _Row) -> None:
        repeated = _count(attributes, "number-columns-repeated")
        across, down = _count(attributes, "number-columns-spanned"), _count(attributes, "number-rows-spanned")
        if (across > 1 or down > 1) and row.repeated == 1:
            self.layout.merges.append(((row.at, row.column), (row.at + down - 1, row.column + across - 1)))
        self.cell = _Cell(row.column, repeated, not _VALUES.isdisjoint(attributes), "formula" in attributes)
        row.column += repeated

    def end(self, name: str) -> None:
        if name == "table":
            self.depth -= 1
        elif self.depth > 1:
            return
        elif name in _CELLS and self.cell is not None and self.row is not None and self.extent is not None:
            cell, row = self.cell, self.row
            self.cell = None
            if cell.is_filled or cell.has_formula:
                self.extent.take(row.at, cell.column, row.repeated, cell.repeated)
            if cell.has_formula and not cell.is_filled:
                self.layout.unknown.append((row.at, cell.column))
        elif name == "table-row":
            self.row = None
        elif name in _GROUPS and self.folded:
            self.folded.pop()


def _count(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "1")
    return min(max(int(value), 1), _MOST) if _COUNT.match(value) else 1
