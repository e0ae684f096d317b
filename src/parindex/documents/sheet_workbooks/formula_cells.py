"""Which cells of a workbook hold a formula: their values are results, and nobody typed them.

python-calamine gives values alone, so the XML is scanned once more, every sheet of it, hidden ones too.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from parindex.documents.readers import limits
from parindex.documents.readers.sheet_layout import Extent
from parindex.documents.readers.xml_scan import local, scan
from parindex.domain.errors import Place

_CELL = re.compile(r"^([A-Za-z]{1,3})([0-9]{1,7})$")
_COUNT = re.compile(r"^[0-9]{1,9}$")
#: A formula over more cells than this is told at its first cell.
_MOST = 10_000

Cells = set[tuple[int, int]]


def formula_cells(path: Path, data: bytes) -> dict[str, Cells]:
    """Rows and columns (from 0) of the formulas, by the name of their sheet.

    Raises :class:`~parindex.domain.errors.InvalidInput` (``file_damaged``, ``file_with_entities``,
    ``cell_far_away``, ``too_many_cells``): a hidden sheet can be as large as one that is shown.
    """
    found: dict[str, Cells] = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {member.filename.lower(): member for member in archive.infolist()}
        for name, target in _sheets(path, archive, members).items():
            if target in members:
                sheet = _XlsxSheet(Extent(path, Place(file=path.name, sheet=name)))
                scan(path, archive, members[target], sheet.start)
                found[name] = sheet.cells
        if "content.xml" in members:
            content = _OdsContent()
            scan(path, archive, members["content.xml"], content.start, content.end)
            for name, cells in content.sheets.items():
                found[name] = found.get(name, set()) | cells
    return found


def _sheets(path: Path, archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """The member of every sheet of an .xlsx by the sheet's name."""
    listed: dict[str, str] = {}
    targets: dict[str, str] = {}

    def workbook(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            plain = local(attributes)
            listed[plain.get("name", "")] = plain.get("id", "")

    def relations(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "").lower()

    for member, start in (("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relations)):
        if member in members:
            scan(path, archive, members[member], start)
    inside = {name: targets.get(identity, "") for name, identity in listed.items()}
    return {
        name: posixpath.normpath(target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}")
        for name, target in inside.items()
    }


@dataclass(slots=True)
class _XlsxSheet:
    extent: Extent
    cells: Cells = field(default_factory=set)
    row: int = -1
    column: int = -1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            number = attributes.get("r", "")
            self.row, self.column = (int(number) - 1 if _COUNT.match(number) else self.row + 1), -1
        elif name == "c":
            self.row, self.column = _position(attributes.get("r", "")) or (self.row, self.column + 1)
        elif name in ("v", "is"):
            self.extent.take(self.row, self.column)
        elif name == "f":
            self.cells.add((self.row, self.column))
            self.cells |= _area(attributes) if len(self.cells) < limits.MAX_CELLS else set()


def _area(attributes: dict[str, str]) -> Cells:
    """The cells that an array formula or a data table fills."""
    first, _, last = attributes.get("ref", "").partition(":")
    start, end = _position(first), _position(last or first)
    if attributes.get("t", "shared") == "shared" or start is None or end is None:
        return set()
    rows, columns = range(start[0], end[0] + 1), range(start[1], end[1] + 1)
    return {(r, c) for r in rows for c in columns} if len(rows) * len(columns) <= _MOST else set()


def _position(address: str) -> tuple[int, int] | None:
    found = _CELL.match(address)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


@dataclass(slots=True)
class _OdsContent:
    sheets: dict[str, Cells] = field(default_factory=dict)
    cells: Cells = field(default_factory=set)
    depth: int = 0
    row: int = 0
    rows: int = 1
    column: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = local(attributes)
        if name == "table":
            self.depth += 1
            if self.depth == 1:
                self.cells = self.sheets.setdefault(plain.get("name", ""), set())
                self.row, self.rows = 0, 0
        elif self.depth != 1:
            return
        elif name == "table-row":
            self.row, self.rows, self.column = self.row + self.rows, _count(plain, "number-rows-repeated"), 0
        elif name in ("table-cell", "covered-table-cell"):
            columns = _count(plain, "number-columns-repeated")
            if "formula" in plain:
                self._formula(
                    max(self.rows, _count(plain, "number-matrix-rows-spanned")),
                    max(columns, _count(plain, "number-matrix-columns-spanned")),
                )
            self.column += columns

    def _formula(self, rows: int, columns: int) -> None:
        self.cells.add((self.row, self.column))
        if rows * columns <= _MOST and len(self.cells) < limits.MAX_CELLS:
            over = range(self.column, self.column + columns)
            self.cells |= {(r, c) for r in range(self.row, self.row + rows) for c in over}

    def end(self, name: str) -> None:
        if name == "table":
            self.depth -= 1


def _count(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "1")
    return max(int(value), 1) if _COUNT.match(value) else 1
