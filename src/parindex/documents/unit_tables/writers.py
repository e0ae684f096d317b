"""The tables as CSV and XLSX, as they are read again; without rows they are forms to be filled in."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from parindex.documents.readers import limits
from parindex.documents.unit_tables.cells import day_text, guarded
from parindex.documents.unit_tables.columns import (
    ACCOUNT_HEADS,
    ACCOUNTS,
    ASSIGNMENT_HEADS,
    ASSIGNMENTS,
    UNIT_HEADS,
    UNITS,
)
from parindex.documents.unit_tables.role_words import OFFICIAL
from parindex.documents.unit_tables.rows import AccountRow, AssignmentRow, Cell, UnitRow
from parindex.domain.review.roles import Role

_DAYS = frozenset({"valid_from", "valid_to", "decision_date", "ending_date"})
#: Rows below the table that a form keeps ready: text stays text there, and roles can be chosen.
_READY = 500
_WIDTHS = {"name": 44, "overlap": 40, "full_name": 28, "email": 32, "role": 32, "position": 28, "title": 72, "lead": 44}
_ROLES_SHEET = "roles"
_UNITS_SHEET = "units"
#: By column: the name of the sheet with the words to choose from, each with its code.
Offers = Mapping[str, tuple[str, Sequence[tuple[str, str]]]]


def write_units(path: Path, rows: Sequence[UnitRow]) -> None:
    """Write ``rows`` to ``path`` (.csv or .xlsx)."""
    _write(path, UNITS.name, UNIT_HEADS, [row.cells() for row in rows])


def write_accounts(path: Path, rows: Sequence[AccountRow]) -> None:
    """Write ``rows`` to ``path`` (.csv or .xlsx)."""
    offers = {"role": (_ROLES_SHEET, [(word, role.value) for role, word in OFFICIAL.items()])}
    _write(path, ACCOUNTS.name, ACCOUNT_HEADS, [row.cells() for row in rows], offers)


def write_assignments(path: Path, rows: Sequence[AssignmentRow], units: Sequence[tuple[str, str]]) -> None:
    """Write ``rows`` to ``path`` (.csv or .xlsx); ``units`` are those that may lead, as written, with their codes."""
    offers = {"lead": (_UNITS_SHEET, units)}
    _write(path, ASSIGNMENTS.name, ASSIGNMENT_HEADS, [row.cells() for row in rows], offers)


def write_rows(path: Path, name: str, heads: Mapping[str, str], rows: Sequence[Mapping[str, Cell]]) -> None:
    """Write the rows of a table that has these official ``heads`` to ``path`` (.csv or .xlsx)."""
    _write(path, name, heads, rows)


def write_form(path: Path, name: str, heads: Mapping[str, str], offers: Offers) -> None:
    """Write a table without rows to ``path`` (.xlsx), to be filled in with words that it offers."""
    _write(path, name, heads, [], offers)


def _write(
    path: Path, name: str, heads: Mapping[str, str], rows: Sequence[Mapping[str, Cell]], offers: Offers | None = None
) -> None:
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise limits.refused(path, "table_format_unknown", suffix=suffix or path.name, known=[".csv", ".xlsx"])
    if suffix == ".csv":
        _write_csv(path, heads, rows)
    else:
        _write_xlsx(path, name, heads, rows, offers or {})


def cell_text(column: str, cell: Cell) -> str:
    """A cell as it is written: days as dd/mm/yyyy, roles by their official words."""
    if isinstance(cell, datetime.date):
        return day_text(cell)
    if isinstance(cell, tuple):
        return "; ".join(OFFICIAL[Role(one)] if column == "role" else one for one in cell)
    return cell or ""


def _write_csv(path: Path, heads: Mapping[str, str], rows: Sequence[Mapping[str, Cell]]) -> None:
    """UTF-8 with its mark, by which spreadsheets know the letters."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads.values())
    writer.writerows([guarded(cell_text(column, row[column])) for column in heads] for row in rows)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))


def _write_xlsx(
    path: Path, name: str, heads: Mapping[str, str], rows: Sequence[Mapping[str, Cell]], offers: Offers
) -> None:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        # A fixed time, so that the same rows are the same file.
        book.set_properties({"created": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, (column, head) in enumerate(heads.items()):
            # A format of the column keeps 00012 a text where somebody goes on typing.
            sheet.set_column(at, at, _WIDTHS.get(column, 18), day if column in _DAYS else text)
            sheet.write_string(0, at, head, bold)
            for row, cells in enumerate(rows, start=1):
                _write_cell(sheet, row, at, column, cells[column], day if column in _DAYS else text)
        for column, (words, offered) in offers.items():
            _offer(book.add_worksheet(words), offered)
            source = f"={words}!$A$1:$A${max(1, len(offered))}"
            at = list(heads).index(column)
            rule = {"validate": "list", "source": source, "error_type": "information"}
            sheet.data_validation(1, at, len(rows) + _READY, at, rule)


def _write_cell(sheet: Any, row: int, at: int, column: str, cell: Cell, shown: Any) -> None:
    # Spreadsheets know no day before 1900: such a day is written as text, which is read as well.
    if isinstance(cell, datetime.date) and cell.year > 1900:
        sheet.write_datetime(row, at, cell, shown)
    elif cell:
        sheet.write_string(row, at, cell_text(column, cell), shown)


def _offer(sheet: Any, words: Sequence[tuple[str, str]]) -> None:
    """Words to choose from, with their codes; others can still be typed, several roles parted by a semicolon."""
    sheet.set_column(0, 1, 36)
    for row, (word, code) in enumerate(words):
        sheet.write_string(row, 0, word)
        sheet.write_string(row, 1, code)
