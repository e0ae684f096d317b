"""Writers: a laid-out paper as a file of each format that is read."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
import xlwt
from docx.enum.text import WD_BREAK
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from tests.papers.layout import GridCell, GridRow, LaidOut

Writer = Callable[[Path, LaidOut], None]


def spelled(paper: LaidOut, text: str) -> str:
    """``text`` with composed letters, or with letters and accents apart where the layout says so."""
    return unicodedata.normalize("NFD" if paper.layout.decomposed else "NFC", text)


def _sheet_rows(paper: LaidOut) -> list[GridRow]:
    """All rows of a sheet: empty rows, prose in the first column, the pages one below the other, closing lines."""
    rows: list[GridRow] = [[] for _ in range(paper.layout.top)]
    rows.extend([GridCell(line)] for line in paper.before)
    for page in paper.pages:
        rows.extend(page)
    rows.append([])
    rows.extend([GridCell(line)] for line in paper.after)
    return rows


# --- spreadsheets --------------------------------------------------------------------------------------------------


def write_xlsx(path: Path, paper: LaidOut) -> None:
    """A workbook through XlsxWriter."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Bảng tiêu chí")
        two_places = book.add_format({"num_format": "0.00"})
        for r, row in enumerate(_sheet_rows(paper)):
            for c, cell in enumerate(row, start=paper.layout.left):
                if cell is None or not cell.text:
                    continue
                if cell.across > 1 or cell.down > 1:
                    sheet.merge_range(r, c, r + cell.down - 1, c + cell.across - 1, spelled(paper, cell.text))
                elif cell.number:
                    sheet.write_number(r, c, float(cell.text), two_places)
                else:
                    sheet.write_string(r, c, spelled(paper, cell.text))


def write_xls(path: Path, paper: LaidOut) -> None:
    """An old workbook through xlwt."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Bang tieu chi")
    for r, row in enumerate(_sheet_rows(paper)):
        for c, cell in enumerate(row, start=paper.layout.left):
            if cell is None or not cell.text:
                continue
            value: Any = float(cell.text) if cell.number else spelled(paper, cell.text)
            if cell.across > 1 or cell.down > 1:
                sheet.write_merge(r, r + cell.down - 1, c, c + cell.across - 1, value)
            else:
                sheet.write(r, c, value)
    book.save(str(path))


def write_ods(path: Path, paper: LaidOut) -> None:
    """An OpenDocument spreadsheet through odfpy."""
    book = OpenDocumentSpreadsheet()
    sheet = Table(name="Bảng tiêu chí")
    for row in _sheet_rows(paper):
        line = TableRow()
        for _ in range(paper.layout.left):
            line.addElement(TableCell())
        for cell in row:
            line.addElement(CoveredTableCell() if cell is None else _ods_cell(paper, cell))
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(str(path))


def _ods_cell(paper: LaidOut, cell: GridCell) -> TableCell:
    options: dict[str, Any] = {}
    if cell.across > 1:
        options["numbercolumnsspanned"] = cell.across
    if cell.down > 1:
        options["numberrowsspanned"] = cell.down
    if cell.number:
        options |= {"valuetype": "float", "value": cell.text}
    elif cell.text:
        options["valuetype"] = "string"
    out = TableCell(**options)
    for line in spelled(paper, cell.text).split("\n") if cell.text else ():
        out.addElement(P(text=line))
    return out


# --- Word ----------------------------------------------------------------------------------------------------------


def write_docx(path: Path, paper: LaidOut) -> None:
    """A Word file: a table a page, page breaks between."""
    document = docx.Document()
    for line in paper.before:
        document.add_paragraph(spelled(paper, line))
    for number, page in enumerate(paper.pages):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _docx_table(document, paper, page)
    for line in paper.after:
        document.add_paragraph(spelled(paper, line))
    document.save(str(path))


def _docx_table(document: Any, paper: LaidOut, page: list[GridRow]) -> None:
    table = document.add_table(rows=len(page), cols=len(page[0]))
    grid = [list(row.cells) for row in table.rows]
    for r, row in enumerate(page):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            if cell.across > 1 or cell.down > 1:
                grid[r][c].merge(grid[r + cell.down - 1][c + cell.across - 1])
            grid[r][c].text = spelled(paper, cell.text)


# --- text ----------------------------------------------------------------------------------------------------------


def write_txt(path: Path, paper: LaidOut) -> None:
    """Tab-separated lines between lines of prose; a line break inside a cell breaks the line, as text extraction
    does.
    """
    lines = [spelled(paper, line) for line in paper.before]
    for number, page in enumerate(paper.pages):
        if number:
            lines += ["", str(number), ""]
        lines += ["\t".join("" if cell is None else spelled(paper, cell.text) for cell in row) for row in page]
    path.write_text("\n".join([*lines, *paper.after]) + "\n", encoding="utf-8")


def write_csv(path: Path, paper: LaidOut) -> None:
    """A CSV file as a spreadsheet exports it where the comma is the decimal mark: semicolons, or commas and quotes."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";" if paper.layout.mark == "," else ",")
        for row in _sheet_rows(paper):
            writer.writerow(
                [""] * paper.layout.left + ["" if cell is None else spelled(paper, cell.text) for cell in row]
            )
