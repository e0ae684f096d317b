"""The layout of the sheets of an old .xls, scanned out of its records before its values are read."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from parindex.documents.readers import limits
from parindex.documents.readers.compound_files import CompoundFile
from parindex.documents.readers.sheet_layout import Extent, SheetLayout
from parindex.domain.errors import Place

_BEGIN, _END, _SHEET, _SIZE, _ROW, _COLUMNS, _SEVERAL = 0x0809, 0x000A, 0x0085, 0x0200, 0x0208, 0x007D, 0x00BD
#: Records that hold one cell: formula, number, label, error or truth, rich label, shared label, compressed number.
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E})
#: The format has no more rows and columns.
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01

Record = tuple[int, bytes]


def layouts(path: Path, data: bytes) -> list[SheetLayout]:
    """The layout of every sheet in the order of the workbook.

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``cell_far_away``, ``too_many_cells``, ``file_damaged``.
    """
    try:
        book = CompoundFile(data)
        stream = book.stream("Workbook") or book.stream("Book")
        if stream is None:
            raise ValueError("no workbook")
        starts = [struct.unpack_from("<I", body)[0] for kind, body in _records(stream, 0) if kind == _SHEET]
        return [_sheet(path, stream, start) for start in starts]
    except (ValueError, struct.error, IndexError) as error:
        raise limits.refused(path, "file_damaged", reason=type(error).__name__) from None


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from ``at`` to the end of what begins there; charts inside a sheet are passed through."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        depth += (kind == _BEGIN) - (kind == _END)
        if kind == _END and depth <= 0:
            return
        at += 4 + length


def _sheet(path: Path, stream: bytes, start: int) -> SheetLayout:
    layout, extent = SheetLayout(), Extent(path, Place(file=path.name))
    for kind, body in _records(stream, start):
        if kind == _SIZE:
            _require_possible(path, body)
        elif kind in _CELLS:
            extent.take(*struct.unpack_from("<HH", body))
        elif kind == _SEVERAL:
            row, first = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0]
            extent.take(row, first, 1, max(last - first + 1, (len(body) - 6) // 6, 1))
        elif kind == _ROW and struct.unpack_from("<H", body, 12)[0] & _ROW_HIDDEN:
            row = struct.unpack_from("<H", body)[0]
            layout.hidden_rows.append((row, row))
        elif kind == _COLUMNS:
            first, last, width, _, marks = struct.unpack_from("<5H", body)
            if marks & _COLUMN_HIDDEN or width == 0:
                layout.hidden_columns.append((first, min(last, _MOST_COLUMNS)))
    return layout


def _require_possible(path: Path, body: bytes) -> None:
    """The declared size is what the reader of values reserves memory for."""
    first, last, left, right = struct.unpack_from("<IIHH" if len(body) >= 12 else "<HHHH", body)
    if last > _MOST_ROWS or right > _MOST_COLUMNS or first > last or left > right:
        raise limits.refused(path, "file_damaged", reason="size of the sheet")
