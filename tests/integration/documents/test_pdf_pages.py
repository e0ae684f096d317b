"""What the pages of a PDF do to a table: rows left open at the end of a page, titles that go on, heads on every
page, no rules.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    path = tmp_path / "paper.pdf"
    _write(path, rules=rules, height=height, head_on_each_page=head_on_each_page, split=split)
    (read,) = read_paper(path).tables
    return read


def _write(
    path: Path,
    *,
    rules: tuple[Any, ...] | None,
    height: float,
    head_on_each_page: bool,
    split: bool,
    style: Sequence[tuple[Any, ...]] = (("VALIGN", (0, 0), (-1, -1), "TOP"),),
) -> None:
    rows = [["STT", "Tiêu chí", "Điểm tối đa", "Ghi chú"]]
    rows += [[row.code, row.title, decimal(row.points), row.note] for row in SHOWN.rows]
    rows.append(["", "TỔNG ĐIỂM", decimal(SHOWN.total), ""])
    table = Table(
        [[Paragraph(text, paper_style()) for text in row] for row in rows],
        colWidths=[50, 220, 60, 60],
        style=TableStyle([*style, *([rules] if rules else [])]),
        repeatRows=int(head_on_each_page),
        splitInRow=int(split),
    )
    document = SimpleDocTemplate(str(path), pagesize=(A4[0], height))
    document.build([Paragraph("Bảng 1", paper_style()), table], onFirstPage=page_number, onLaterPages=page_number)


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


@pytest.mark.parametrize("align", ["TOP", "MIDDLE", "BOTTOM"])
@pytest.mark.parametrize("padding", [0, 3], ids=["rows close", "rows apart"])
@pytest.mark.parametrize("rules", [None, BETWEEN_ROWS], ids=["no rules", "rules between rows"])
def test_without_columns_the_places_of_words_carry_the_reading(
    tmp_path: Path, rules: tuple[Any, ...] | None, padding: int, align: str
) -> None:
    """A row is read as printed, or a doubt names it: never does a line go to the row beside it in silence."""
    style = [("VALIGN", (0, 0), (-1, -1), align), ("TOPPADDING", (0, 0), (-1, -1), padding)]
    style.append(("BOTTOMPADDING", (0, 0), (-1, -1), padding))
    path = tmp_path / "paper.pdf"
    _write(path, rules=rules, height=400, head_on_each_page=True, split=False, style=style)
    paper = read_paper(path)
    (read,) = paper.tables
    named = {code for doubt in paper.doubts for code in doubt.facts["codes"]}
    assert [row.code for row in read.rows] == [row.code for row in SHOWN.rows]
    wrong = {row.code for row, was in zip(read.rows, SHOWN.rows, strict=True) if row.title != was.title}
    assert wrong <= named
    assert {doubt.kind for doubt in paper.doubts} <= {"row_bounds_unsure"}
    assert len(named) < len(SHOWN.rows) / 3
    assert read.doubts == ()
    assert [row.max_points for row in read.rows] == [row.points for row in SHOWN.rows]
    assert [row.note for row in read.rows] == [row.note for row in SHOWN.rows]
    assert read.printed_total == SHOWN.total
