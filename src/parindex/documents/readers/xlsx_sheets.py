"""The layout of the sheets of an .xlsx, scanned out of its XML before its values are read."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from fractions import Fraction
from io import BytesIO
from pathlib import Path

from parindex.documents.readers.sheet_layout import Extent, SheetLayout
from parindex.documents.readers.xml_scan import Enough, local, scan
from parindex.domain.errors import Place

_CELL = re.compile(r"^([A-Za-z]{1,7})([0-9]{1,10})$")
_WORKSHEET = "worksheet"


def layouts(path: Path, data: bytes, *, most: int | None = None) -> dict[str, SheetLayout]:
    """The layout of every sheet that is shown, by its name; ``most``: so many cells a sheet may span.

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``cell_far_away``, ``too_many_cells``, ``file_damaged``.
    """
    out: dict[str, SheetLayout] = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        book = _book(path, archive)
        for member in archive.infolist():
            name, hidden = book.sheets.get(member.filename.lower(), (None, False))
            # Whatever else is a worksheet is measured too: nothing says that the reader of values sees the same parts.
            if (not hidden and member.filename.lower().endswith(".xml")) or (name is not None and not hidden):
                extent = Extent(path, Place(file=path.name, sheet=name), most=most)
                sheet = _Sheet(extent, recalculates=book.recalculates)
                scan(path, archive, member, sheet.start, sheet.end, sheet.text)
                if name is not None:
                    out[name] = sheet.layout
    return out


@dataclass(slots=True)
class _Book:
    """``sheets``: name and whether it is hidden, by the member (in small letters) that holds the sheet."""

    sheets: dict[str, tuple[str, bool]] = field(default_factory=dict)
    #: The program that wrote the file left the results to the one that opens it.
    recalculates: bool = False


def _book(path: Path, archive: zipfile.ZipFile) -> _Book:
    members = {member.filename.lower(): member for member in archive.infolist()}
    listed: list[tuple[str, str, bool]] = []
    targets: dict[str, str] = {}
    book = _Book()

    def workbook(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            plain = local(attributes)
            shown = plain.get("state", "visible") == "visible"
            listed.append((plain.get("name", ""), plain.get("id", ""), not shown))
        elif name == "calcPr":
            book.recalculates = _is_true(attributes.get("fullCalcOnLoad"))

    def relations(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for member, start in (("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relations)):
        if member in members:
            scan(path, archive, members[member], start)
    for name, identity, hidden in listed:
        target = targets.get(identity, "").lower()
        inside = target.lstrip("/") if target.startswith(("/", "xl/")) else posixpath.join("xl", target)
        book.sheets[posixpath.normpath(inside)] = (name, hidden)
    return book


def _is_true(value: str | None) -> bool:
    return value is not None and value.lower() in ("1", "true", "on")


def _is_zero(value: str | None) -> bool:
    try:
        return value is not None and Fraction(value[:30]) == 0
    except (ValueError, ZeroDivisionError):
        return False


@dataclass(slots=True)
class _Sheet:
    """One pass over a worksheet."""

    extent: Extent
    recalculates: bool = False
    layout: SheetLayout = field(default_factory=SheetLayout)
    row: int = -1
    column: int = -1
    at_root: bool = True
    is_filled: bool = False
    has_formula: bool = False
    in_value: bool = False
    kind: str = ""
    value: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.at_root:
            self.at_root = False
            if name != _WORKSHEET:
                raise Enough
        if name == "c":
            self._cell(attributes)
        elif name == "v":
            self.is_filled = self.in_value = True
        elif name == "is":
            self.is_filled = True
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self._row(attributes)
        elif name == "col" and (_is_true(attributes.get("hidden")) or _is_zero(attributes.get("width"))):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.layout.hidden_columns.append((first - 1, last - 1))

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
        self.column = -1
        if _is_true(attributes.get("hidden")) or _is_zero(attributes.get("ht")):
            self.layout.hidden_rows.append((self.row, self.row))

    def _cell(self, attributes: dict[str, str]) -> None:
        self.is_filled = self.has_formula = False
        self.kind, self.value = attributes.get("t", "n"), ""
        self.column += 1
        found = _CELL.match(attributes.get("r", ""))
        if found is not None:
            self.row, self.column = int(found[2]) - 1, _column(found[1])

    def text(self, text: str) -> None:
        if self.in_value and self.has_formula:
            self.value += text

    def end(self, name: str) -> None:
        if name == "v":
            self.in_value = False
        elif name == "c":
            if self.is_filled:
                self.extent.take(self.row, self.column)
            if self.has_formula and self._is_unknown():
                self.layout.unknown.append((self.row, self.column))

    def _is_unknown(self) -> bool:
        """No result, or the zero that programs write which do not calculate."""
        if not self.value:
            return self.kind != "str" or not self.is_filled
        return self.recalculates and _is_zero(self.value)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
