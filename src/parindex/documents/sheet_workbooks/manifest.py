"""What the workbook says about itself on a sheet that nobody sees: whose it is, which cells it has, what they held.

It is packed, so that no spreadsheet program changes a letter of it, and sealed, so that a changed one is noticed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.documents.sheet_workbooks.cell_contents import stored_text
from parindex.documents.sheet_workbooks.layout import FIRST_ROW, EntryKind, PlannedCell, SheetKind
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, Value

#: The sheet that holds it and the one that holds the choices of drop-down lists.
MANIFEST_SHEET = "parindex"
CHOICES_SHEET = "parindex_choices"
#: The first cell: by it a workbook is known.
MARK = "parindex-sheet-workbook/1"
_CHUNK = 30_000
_MOST_BYTES = 32 * 2**20
_NUMBER = re.compile(r"(-?[0-9]{1,200})/([0-9]{0,199}[1-9][0-9]{0,199})")

Position = tuple[int, int]


class BrokenSeal(Exception):
    """The manifest is not the one that was written."""


@dataclass(frozen=True, slots=True)
class EntryCell:
    """An unlocked cell as it was written: where, what it takes, and what had been entered."""

    sheet: SheetKind
    row: int
    column: int
    kind: EntryKind
    key: str
    base: Value | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """``locked``: the text of every locked cell, by sheet and position; ``names``: how the sheets are called."""

    sheet_id: str
    version: str
    cycle_title: str
    unit_title: str
    set_title: str
    set_fingerprint: str
    made_at: str
    names: Mapping[SheetKind, str]
    locked: Mapping[SheetKind, Mapping[Position, str]]
    entries: tuple[EntryCell, ...]

    def row_keys(self, sheet: SheetKind) -> dict[int, str]:
        """What stands in the first column of every row of data, by its row: an item's code, a figure's number."""
        first = self.locked[sheet].items()
        return {row: text for (row, column), text in first if column == 0 and row >= FIRST_ROW}


def lines_of(
    book: SheetWorkbook, cells: Sequence[PlannedCell], names: Mapping[SheetKind, str], seal_key: bytes
) -> list[str]:
    """The cells of the hidden sheet, one below the other: the mark, the seal, and the packed manifest."""
    data = {
        "sheet": [book.sheet_id, book.version, book.cycle_title, book.unit_title],
        "set": [book.set_title, book.set_fingerprint],
        "made_at": book.made_at.isoformat(timespec="minutes"),
        "names": {kind.value: name for kind, name in names.items()},
        "locked": [
            [one.sheet.value, one.row, one.column, stored_text(one.content)] for one in cells if one.entry is None
        ],
        "entries": [
            [one.sheet.value, one.row, one.column, one.entry.value, one.key, _value_data(one.base)]
            for one in cells
            if one.entry is not None
        ],
    }
    packed = base64.b64encode(zlib.compress(json.dumps(data).encode(), 9)).decode()
    chunks = [packed[at : at + _CHUNK] for at in range(0, len(packed), _CHUNK)]
    return [MARK, _seal(packed, seal_key), *chunks]


def read_lines(lines: Iterable[str], seal_key: bytes) -> Manifest:
    """The manifest that :func:`lines_of` wrote. Raises :class:`BrokenSeal` for any other."""
    _, seal, *chunks = [*lines, "", ""][:10_000]
    packed = "".join(chunks)
    if not hmac.compare_digest(_seal(packed, seal_key).encode(), seal.encode()):
        raise BrokenSeal
    try:
        unpacker = zlib.decompressobj()
        data = json.loads(unpacker.decompress(base64.b64decode(packed, validate=True), _MOST_BYTES))
        return _manifest(data)
    except (ValueError, TypeError, KeyError, RecursionError, zlib.error, binascii.Error) as error:
        raise BrokenSeal from error


def _seal(packed: str, seal_key: bytes) -> str:
    return hmac.new(seal_key, packed.encode(), hashlib.sha256).hexdigest()


def _manifest(data: Any) -> Manifest:
    sheet_id, version, cycle_title, unit_title = (str(one) for one in data["sheet"])
    set_title, set_fingerprint = (str(one) for one in data["set"])
    locked: dict[SheetKind, dict[Position, str]] = {kind: {} for kind in SheetKind}
    for sheet, row, column, text in data["locked"]:
        locked[SheetKind(sheet)][int(row), int(column)] = str(text)
    entries = tuple(
        EntryCell(SheetKind(sheet), int(row), int(column), EntryKind(kind), str(key), _value(base))
        for sheet, row, column, kind, key, base in data["entries"]
    )
    names = {kind: str(data["names"][kind.value]) for kind in SheetKind}
    made_at = str(data["made_at"])
    return Manifest(
        sheet_id, version, cycle_title, unit_title, set_title, set_fingerprint, made_at, names, locked, entries
    )


def _value_data(value: Value | None) -> Any:
    if isinstance(value, Fraction):
        return {"number": f"{value.numerator}/{value.denominator}"}
    return list(value) if isinstance(value, tuple) else value


def _value(data: Any) -> Value | None:
    if isinstance(data, dict):
        found = _NUMBER.fullmatch(data["number"])
        if found is None:
            raise ValueError(data)
        return Fraction(int(found[1]), int(found[2]))
    if isinstance(data, list):
        return tuple(str(one) for one in data)
    return None if data is None else str(data)
