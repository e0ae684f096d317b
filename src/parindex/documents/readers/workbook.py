"""Workbooks (.xlsx, .xls, .ods) through python-calamine: one grid a sheet, merged cells once at their top left.

Only stored values are read, never formulas, links or macros. A number is written as the sheet would show it without a
format:
at most fifteen significant digits, as the spreadsheet itself keeps them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import python_calamine

from parindex.documents.papers import Block, Cell, Grid
from parindex.documents.printed_text import clean
from parindex.documents.readers import limits, ods_merges
from parindex.domain.errors import Place, Problem

Value = str | float | int | bool | date | datetime | time | timedelta
Progress = Callable[[int, int], None]


def read(path: Path, data: bytes, progress: Progress | None = None) -> tuple[list[Block], list[Problem]]:
    """Every visible sheet of the workbook as one grid.

    Raises :class:`~parindex.domain.errors.InvalidInput` (``file_encrypted``, ``file_damaged``, ``too_many_cells``,
    ``file_unpacks_too_large``). Hidden sheets are left out and named as doubts (``hidden_sheet_left_out``).
    """
    if not limits.is_compound(data):
        limits.require_safe_archive(path, data)
    elif limits.is_encrypted_compound(data):
        raise limits.refused(path, "file_encrypted")
    try:
        book = python_calamine.load_workbook(BytesIO(data))
    except python_calamine.PasswordError:
        raise limits.refused(path, "file_encrypted") from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        kind = "file_encrypted" if "assword" in str(error) or "ncrypt" in str(error) else "file_damaged"
        raise limits.refused(path, kind, reason=type(error).__name__) from None
    blocks: list[Block] = []
    doubts: list[Problem] = []
    cells = 0
    merges = ods_merges.merged_cells(data) if path.suffix.lower() == ".ods" else []
    for number, meta in enumerate(book.sheets_metadata):
        place = Place(file=path.name, sheet=meta.name)
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != python_calamine.SheetVisibleEnum.Visible:
            doubts.append(Problem("hidden_sheet_left_out", place))
            continue
        grid = _sheet_grid(path, book, number, place, merges[number] if number < len(merges) else [])
        cells += sum(len(row) for row in grid.rows)
        if cells > limits.MAX_CELLS:
            raise limits.refused(path, "too_many_cells", limit=limits.MAX_CELLS)
        if grid.rows:
            blocks.append(grid)
        if progress is not None:
            progress(number + 1, len(book.sheets_metadata))
    return blocks, doubts


def _sheet_grid(path: Path, book: Any, number: int, place: Place, merges: list[ods_merges.Merge]) -> Grid:
    try:
        sheet = book.get_sheet_by_index(number)
        if sheet.height * sheet.width > limits.MAX_CELLS or sheet.width > limits.MAX_COLUMNS:
            raise limits.refused(path, "too_many_cells", place=place, limit=limits.MAX_CELLS)
        values = sheet.to_python(skip_empty_area=True)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise limits.refused(path, "file_damaged", place=place, reason=type(error).__name__) from None
    top, left = sheet.start or (0, 0)
    covered = _covered(sheet.merged_cell_ranges or merges, top, left)
    rows = tuple(
        tuple(_cell(value, place, top + r, left + c, (r, c) in covered) for c, value in enumerate(row))
        for r, row in enumerate(values)
    )
    return Grid(rows, place)


def _covered(ranges: list[ods_merges.Merge], top: int, left: int) -> set[tuple[int, int]]:
    """Positions inside the read area that a merged cell covers, without its top left."""
    out: set[tuple[int, int]] = set()
    for (r1, c1), (r2, c2) in ranges:
        if (r2 - r1 + 1) * (c2 - c1 + 1) > 10_000:
            continue  # whole rows or columns are merged for looks; nothing stands below such a cell
        out |= {(r - top, c - left) for r in range(r1, r2 + 1) for c in range(c1, c2 + 1) if (r, c) != (r1, c1)}
    return out


def _cell(value: Value, place: Place, row: int, column: int, covered: bool) -> Cell:
    at = Place(file=place.file, sheet=place.sheet, cell=f"{column_letters(column)}{row + 1}")
    text, is_number = _value_text(value)
    return Cell("" if covered else text, at, is_number and not covered, covered)


def _value_text(value: Value) -> tuple[str, bool]:
    """The text of a stored value, and whether the file stores a number (dates count: a code may have become one)."""
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), False
    if isinstance(value, int | float):
        text = format(value, ".15g")
        return (text if "e" not in text else format(value, "f")), True
    if isinstance(value, datetime):
        return value.date().isoformat(), True
    if isinstance(value, date | time | timedelta):
        return str(value), True
    return clean(value[: limits.MAX_CELL_CHARACTERS]), False


def column_letters(column: int) -> str:
    """0 → ``A``, 26 → ``AA``."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out
