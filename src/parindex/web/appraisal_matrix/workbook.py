"""The matrix as a workbook: a sheet of points, a sheet of states, numbers as numbers, texts as texts."""

from __future__ import annotations

import io
from collections.abc import Callable

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from parindex.documents.sheet_workbooks.cell_contents import shown_number
from parindex.web.appraisal_matrix.cells import Cell
from parindex.web.appraisal_matrix.matrix_page import MatrixPage
from parindex.wording.appraisals import appraisal_state
from parindex.wording.language import text


def workbook(page: MatrixPage) -> bytes:
    """Every unit of the page with every item that the council appraises."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        _table(page, book.add_worksheet(text("Điểm thẩm định")), head, _write_granted)
        _table(page, book.add_worksheet(text("Điểm tự chấm")), head, _write_claim)
        _table(page, book.add_worksheet(text("Tình trạng")), head, _write_state)
    return content.getvalue()


def _table(
    page: MatrixPage, table: Worksheet, head: Format, write: Callable[[Worksheet, int, int, Cell], None]
) -> None:
    codes = [code for column in page.columns for code in column.codes]
    table.write_string(0, 0, text("Đơn vị"), head)
    table.write_string(1, 0, text("Điểm tối đa"), head)
    for at, code in enumerate(codes, start=1):
        table.write_string(0, at, code, head)
        _write(table, 1, at, shown_number(page.frozen.items[code].max_points))
    table.freeze_panes(2, 1)
    table.set_column(0, 0, 44)
    for number, row in enumerate(page.rows, start=2):
        table.write_string(number, 0, row.sheet.unit_name)
        for at, code in enumerate(codes, start=1):
            if code in row.cells:
                write(table, number, at, row.cells[code])


def _write_granted(table: Worksheet, row: int, at: int, cell: Cell) -> None:
    if cell.counts is None:
        table.write_string(row, at, cell.shown)
    elif not cell.is_waiting:
        _write(table, row, at, shown_number(cell.counts))


def _write_claim(table: Worksheet, row: int, at: int, cell: Cell) -> None:
    if cell.claim is not None:
        _write(table, row, at, shown_number(cell.claim))


def _write_state(table: Worksheet, row: int, at: int, cell: Cell) -> None:
    table.write_string(row, at, appraisal_state(cell.state) if cell.state else text("Đã có ý kiến"))


def _write(table: Worksheet, row: int, at: int, shown: float | str | None) -> None:
    """A number, or words where a workbook cannot hold its digits."""
    if isinstance(shown, str):
        table.write_string(row, at, shown)
    elif shown is not None:
        table.write_number(row, at, shown)
