"""What the pages of a PDF do to a table: rows left open at the end of a page, titles that go on, heads on every
page, no rules.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle
from tests.papers.pdf_writer import page_number, paper_style
from tests.papers.sample import Sample, decimal, sample

from parindex.documents.papers import PaperTable
from parindex.documents.read_paper import read_paper

RULED = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
BETWEEN_ROWS = ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)
SHOWN = sample("dien-bien-2024-departments", 3)


def _read(
    tmp_path: Path, *, rules: tuple[Any, ...] | None, height: float, head_on_each_page: bool, split: bool
) -> PaperTable:
    """Write three areas on low pages and read them."""
    rows = [["STT", "Tiêu chí", "Điểm tối đa", "Ghi chú"]]
    rows += [[row.code, row.title, decimal(row.points), row.note] for row in SHOWN.rows]
    rows.append(["", "TỔNG ĐIỂM", decimal(SHOWN.total), ""])
    table = Table(
        [[Paragraph(text, paper_style()) for text in row] for row in rows],
        colWidths=[50, 220, 60, 60],
        style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *([rules] if rules else [])]),
        repeatRows=int(head_on_each_page),
        splitInRow=int(split),
    )
    path = tmp_path / "paper.pdf"
    document = SimpleDocTemplate(str(path), pagesize=(A4[0], height))
    document.build([Paragraph("Bảng 1", paper_style()), table], onFirstPage=page_number, onLaterPages=page_number)
    (read,) = read_paper(path).tables
    return read


def _as_written(read: PaperTable, table: Sample) -> bool:
    return [(row.code, row.title, row.max_points, row.note) for row in read.rows] == [
        (row.code, row.title, row.points, row.note) for row in table.rows
    ]


@pytest.mark.parametrize("height", [400, 407, 413, 429])
@pytest.mark.parametrize("head_on_each_page", [True, False])
def test_rows_and_titles_over_pages(tmp_path: Path, height: float, head_on_each_page: bool) -> None:
    read = _read(tmp_path, rules=RULED, height=height, head_on_each_page=head_on_each_page, split=True)
    assert _as_written(read, SHOWN)
    assert read.printed_total == SHOWN.total
    assert read.doubts == ()
    assert [row.place.row for row in read.rows] == list(range(1, len(SHOWN.rows) + 1))
    assert read.rows[-1].place.page is not None
    assert read.rows[-1].place.page > 5


@pytest.mark.parametrize("rules", [None, BETWEEN_ROWS], ids=["no rules", "rules between rows"])
def test_without_columns_the_codes_carry_the_reading(tmp_path: Path, rules: tuple[Any, ...] | None) -> None:
    read = _read(tmp_path, rules=rules, height=400, head_on_each_page=True, split=False)
    assert _as_written(read, SHOWN)
    assert {doubt.kind for doubt in read.doubts} == {"head_missing", "column_guessed"}
