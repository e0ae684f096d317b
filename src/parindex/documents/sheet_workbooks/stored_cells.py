"""The cells of a workbook as the program stored them, hidden sheets included, after everything that could stall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import python_calamine

from parindex.documents.readers import contents, limits, ods_sheets, xlsx_sheets
from parindex.documents.sheet_workbooks.cell_contents import Stored
from parindex.documents.sheet_workbooks.formula_cells import formula_cells

_READ = (".xlsx", ".ods")
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """The filled cells of one sheet, and those that hold a formula."""

    cells: Mapping[Position, Stored] = field(default_factory=dict)
    formulas: frozenset[Position] = frozenset()


def stored_sheets(path: Path, data: bytes) -> dict[str, StoredSheet]:
    """Every sheet by its name.

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``file_empty``, ``file_too_large``,
    ``workbook_format_unknown``, and what :func:`~parindex.documents.readers.workbook.read` refuses.
    """
    if not data.strip():
        raise limits.refused(path, "file_empty")
    if len(data) > limits.MAX_FILE_BYTES:
        raise limits.refused(path, "file_too_large", bytes=len(data), limit=limits.MAX_FILE_BYTES)
    if limits.is_compound(data) and limits.is_encrypted_compound(data):
        raise limits.refused(path, "file_encrypted")
    if limits.is_zip(data):
        limits.require_safe_archive(path, data)
    if contents.content_of(data) not in _READ:
        raise limits.refused(path, "workbook_format_unknown", known=list(_READ))
    xlsx_sheets.layouts(path, data)
    ods_sheets.layouts(path, data)
    formulas = formula_cells(path, data)
    try:
        book = python_calamine.load_workbook(BytesIO(data))
        names = list(book.sheet_names)
    except python_calamine.PasswordError:
        raise limits.refused(path, "file_encrypted") from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise limits.refused(path, "file_damaged", reason=type(error).__name__) from None
    return {
        name: StoredSheet(_cells(path, book, number), frozenset(formulas.get(name, ())))
        for number, name in enumerate(names)
    }


def _cells(path: Path, book: Any, number: int) -> dict[Position, Stored]:
    try:
        sheet = book.get_sheet_by_index(number)
        if sheet.height * sheet.width > limits.MAX_CELLS or sheet.width > limits.MAX_COLUMNS:
            raise limits.refused(path, "too_many_cells", limit=limits.MAX_CELLS)
        values = sheet.to_python(skip_empty_area=True)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise limits.refused(path, "file_damaged", reason=type(error).__name__) from None
    top, left = sheet.start or (0, 0)
    return {
        (top + r, left + c): value
        for r, row in enumerate(values)
        for c, value in enumerate(row)
        if not (value is None or (isinstance(value, str) and not value.strip()))
    }
