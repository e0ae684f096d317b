"""Explanations of a score sheet: the same in every format, and in the column where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
import xlsxwriter
from reportlab.lib import colors
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
from tests.papers.pdf_writer import paper_style

from parindex.documents.papers import PaperTable
from parindex.documents.read_paper import read_paper

LONG = "Báo cáo số 12/BC-SNV ngày 08/12/2025, đạt 95% (19/20)"
HEAD = ("STT", "Tiêu chí", "Điểm chuẩn", "Điểm tự chấm")
ROWS = (("1", "CHỈ ĐẠO, ĐIỀU HÀNH", "3", "3"), ("1.1", "Ban hành kế hoạch", "1", "1"), ("1.2", "Báo cáo", "2", "2"))


def _rows(heads: Sequence[str], *cells: Sequence[str]) -> list[tuple[str, ...]]:
    return [(*HEAD, *heads), *((*row, *own) for row, own in zip(ROWS, cells, strict=True))]


def _written(path: Path, rows: Sequence[Sequence[str]]) -> PaperTable:
    if path.suffix == ".docx":
        document = docx.Document()
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
        document.save(str(path))
    elif path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    else:
        cells = [[Paragraph(text.replace("\n", "<br/>"), paper_style()) for text in row] for row in rows]
        widths = [40, 110, 50, 50, *[120] * (len(rows[0]) - 4)]
        SimpleDocTemplate(str(path)).build(
            [Table(cells, colWidths=widths, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)])]
        )
    (read,) = read_paper(path).tables
    return read


@pytest.mark.parametrize("end", ["docx", "xlsx", "pdf"])
def test_a_cell_that_the_page_wraps_holds_one_explanation(tmp_path: Path, end: str) -> None:
    read = _written(tmp_path / f"phieu.{end}", _rows(["Giải trình"], [""], [LONG], [LONG]))
    assert [row.explanations for row in read.rows] == [(), (LONG,), (LONG,)]
    assert "further_explanation_unsure" not in {doubt.kind for doubt in read.doubts}


@pytest.mark.parametrize("heads", [("Giải trình", "Giải trình bổ sung"), ("Giải trình", "Thuyết minh")])
@pytest.mark.parametrize("end", ["docx", "xlsx", "pdf"])
def test_two_columns_say_which_is_which(tmp_path: Path, end: str, heads: tuple[str, str]) -> None:
    two = ("Đã ban hành Kế hoạch.\nKết quả đạt 95%.", "Bổ sung Báo cáo số 7/BC-SNV")
    read = _written(tmp_path / f"phieu.{end}", _rows(heads, ["", ""], two, ["Đạt.\nĐã nộp.", ""]))
    assert [row.explanations for row in read.rows] == [
        (),
        ("Đã ban hành Kế hoạch. Kết quả đạt 95%.", "Bổ sung Báo cáo số 7/BC-SNV"),
        ("Đạt. Đã nộp.",),
    ]
    assert "further_explanation_unsure" not in {doubt.kind for doubt in read.doubts}


@pytest.mark.parametrize("end", ["docx", "xlsx", "pdf"])
def test_paragraphs_in_one_column_are_split_with_a_doubt(tmp_path: Path, end: str) -> None:
    cell = "Đã ban hành.\nBổ sung Kế hoạch số 3/KH-SNV"
    read = _written(tmp_path / f"phieu.{end}", _rows(["Giải trình"], [""], [cell], [LONG]))
    assert read.rows[1].explanations == ("Đã ban hành.", "Bổ sung Kế hoạch số 3/KH-SNV")
    assert [(doubt.kind, doubt.facts) for doubt in read.doubts] == [
        ("further_explanation_unsure", {"code": "1.1", "begins": "Bổ sung Kế hoạch số 3/KH-SNV"})
    ]
