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
from parindex.documents.readers import contents, limits, ods_sheets, xls_sheets, xlsx_sheets
from parindex.documents.readers.sheet_area import Area
from parindex.documents.readers.sheet_cells import cell_name
from parindex.documents.readers.sheet_layout import SheetLayout
from parindex.domain.errors import Place, Problem

Value = str | float | int | bool | date | datetime | time | timedelta
Progress = Callable[[int, int], None]


def read(path: Path, data: bytes, progress: Progress | None = None) -> tuple[list[Block], list[Problem]]:
    """Every visible sheet of the workbook as one grid, without its hidden rows and columns.

    Raises :class:`~parindex.domain.errors.InvalidInput` (``file_encrypted``, ``file_damaged``, ``too_many_cells``,
    ``cell_far_away``, ``file_with_entities``, ``file_unpacks_too_large``). Doubts name what was left out
    (``hidden_sheet_left_out``, ``hidden_rows_left_out``, ``hidden_columns_left_out``) and the formulas whose results
    the file does not hold (``formula_without_result``).
    """
    if not limits.is_compound(data):
        limits.require_safe_archive(path, data)
    elif limits.is_encrypted_compound(data):
        raise limits.refused(path, "file_encrypted")
    layouts = _layouts(path, data)
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
    for number, meta in enumerate(book.sheets_metadata):
        place = Place(file=path.name, sheet=meta.name)
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != python_calamine.SheetVisibleEnum.Visible:
            doubts.append(Problem("hidden_sheet_left_out", place))
            continue
        grid, left_out = _sheet_grid(path, book, number, place, layouts(number, meta.name))
        doubts += left_out
        cells += sum(len(row) for row in grid.rows)
        if cells > limits.MAX_CELLS:
            raise limits.refused(path, "too_many_cells", limit=limits.MAX_CELLS)
        if grid.rows:
            blocks.append(grid)
        if progress is not None:
            progress(number + 1, len(book.sheets_metadata))
    return blocks, doubts


def _layouts(path: Path, data: bytes) -> Callable[[int, str], SheetLayout]:
    """The layout of a sheet by its number and name; for a sheet that the scan does not know, one without anything."""
    if limits.is_compound(data):
        numbered = xls_sheets.layouts(path, data)
        return lambda number, _: numbered[number] if number < len(numbered) else SheetLayout()
    # An archive may hold the parts of both formats, and python-calamine decides by itself which it reads.
    if contents.content_of(data) == ".xlsb":
        raise limits.refused(path, "extension_differs", content=".xlsb")
    named = {**ods_sheets.layouts(path, data), **xlsx_sheets.layouts(path, data)}
    return lambda _, name: named.get(name, SheetLayout())


def _sheet_grid(path: Path, book: Any, number: int, place: Place, layout: SheetLayout) -> tuple[Grid, list[Problem]]:
    try:
        sheet = book.get_sheet_by_index(number)
        if sheet.height * sheet.width > limits.MAX_CELLS or sheet.width > limits.MAX_COLUMNS:
            raise limits.refused(path, "too_many_cells", place=place, limit=limits.MAX_CELLS)
        values = sheet.to_python(skip_empty_area=True)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise limits.refused(path, "file_damaged", place=place, reason=type(error).__name__) from None
    top, left = sheet.start or (0, 0)
    merges = sheet.merged_cell_ranges or layout.merges
    area = Area(top, left, len(values), max(map(len, values), default=0))
    covered = area.covered(merges)
    rows = [
        [_cell(value, place, top + r, left + c, (r, c) in covered) for c, value in enumerate(row)]
        for r, row in enumerate(values)
    ]
    shown, doubts = area.shown(rows, layout, merges, place)
    return Grid(shown, place), doubts


def _cell(value: Value, place: Place, row: int, column: int, covered: bool) -> Cell:
    at = Place(file=place.file, sheet=place.sheet, cell=cell_name(row, column))
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
