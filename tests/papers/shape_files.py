"""A drawn table as a file of each format, below lines that offices print above a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import docx
import xlsxwriter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from tests.papers.drawn_tables import Drawn
from tests.papers.pdf_writer import paper_style

_ABOVE = ("Phụ lục 02", "Kết quả thực hiện năm 2024", "(Kèm theo Báo cáo của Ủy ban nhân dân tỉnh)")
_BELOW = "Các cơ quan, đơn vị tiếp tục thực hiện theo kế hoạch."
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3})+|-?\d+(?:,\d+)?")


def _lines(drawn: Drawn) -> list[list[str]]:
    return [*drawn.head, *drawn.rows]


def write_docx(path: Path, drawn: Drawn) -> None:
    """A Word file."""
    document, lines = docx.Document(), _lines(drawn)
    for line in _ABOVE:
        document.add_paragraph(line)
    table = document.add_table(rows=len(lines), cols=len(lines[0]))
    for row, cells in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph(_BELOW)
    document.save(str(path))


def write_xlsx(path: Path, drawn: Drawn) -> None:
    """A workbook with stored numbers; the lines above stand in cells of the first column."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Biểu")
        for row, line in enumerate(_ABOVE):
            sheet.write_string(row, 0, line)
        for row, cells in enumerate(_lines(drawn), start=len(_ABOVE)):
            for column, text in enumerate(cells):
                if row >= len(_ABOVE) + len(drawn.head) and _NUMBER.fullmatch(text):
                    sheet.write_number(row, column, float(text.replace(".", "").replace(",", ".")))
                elif text:
                    sheet.write_string(row, column, text)
        sheet.write_string(len(_ABOVE) + len(_lines(drawn)), 0, _BELOW)


def write_pdf(path: Path, drawn: Drawn) -> None:
    """A page with a ruled table."""
    style = paper_style()
    cells = [[Paragraph(escape(text), style) for text in row] for row in _lines(drawn)]
    width = (landscape(A4)[0] - 100) / len(cells[0])
    table = Table(
        cells, colWidths=[width] * len(cells[0]), style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    )
    parts = [*(Paragraph(line, style) for line in _ABOVE), table, Paragraph(_BELOW, style)]
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build(parts)


def write_html(path: Path, drawn: Drawn) -> None:
    """A page of a web site."""
    rows = ("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in _lines(drawn))
    above = "".join(f"<p>{line}</p>" for line in _ABOVE)
    path.write_text(f"<html><body>{above}<table>{''.join(rows)}</table><p>{_BELOW}</p></body></html>", encoding="utf-8")


def _write_lines(path: Path, rows: list[str]) -> None:
    path.write_text("\n".join([*_ABOVE, "", *rows, "", _BELOW]) + "\n", encoding="utf-8")


def write_tabs(path: Path, drawn: Drawn) -> None:
    """Lines with tabs."""
    _write_lines(path, ["\t".join(row) for row in _lines(drawn)])


def write_bars(path: Path, drawn: Drawn) -> None:
    """Lines with bars, at both ends, too."""
    _write_lines(path, [f"| {' | '.join(row)} |" for row in _lines(drawn)])


def write_aligned(path: Path, drawn: Drawn) -> None:
    """Columns that only blanks part."""
    widths = [max(map(len, column)) + 3 for column in zip(*_lines(drawn), strict=True)]
    _write_lines(
        path, ["".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in _lines(drawn)]
    )


FILES: dict[str, tuple[str, Callable[[Path, Drawn], None]]] = {
    "docx": ("docx", write_docx),
    "xlsx": ("xlsx", write_xlsx),
    "pdf": ("pdf", write_pdf),
    "html": ("html", write_html),
    "tabs": ("txt", write_tabs),
    "bars": ("txt", write_bars),
    "aligned": ("txt", write_aligned),
}
