"""Small tables as files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from parindex.domain.errors import Problem

Value = str | int | float | date | None


def csv_file(folder: Path, *lines: str) -> Path:
    path = folder / "bang.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def workbook(folder: Path, *rows: Sequence[Value]) -> Path:
    """A sheet that begins in A1; None is an empty cell."""
    path = folder / "bang.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Danh sách")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)
                elif value is not None:
                    sheet.write(at, column, value)
    return path


def told(problems: Sequence[Problem]) -> list[tuple[str, str | None]]:
    """Kind and cell (or line) of every problem."""
    return [(one.kind, one.place.cell or (str(one.place.line) if one.place.line else None)) for one in problems]
