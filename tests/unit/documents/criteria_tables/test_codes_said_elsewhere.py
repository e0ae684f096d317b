"""Codes that a Word style counts, and points that a line of text says after its title."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from docx import Document

from parindex.documents.read_paper import read_paper


def test_a_paragraph_style_numbers_the_rows(tmp_path: Path) -> None:
    document = Document()
    rows = (("STT", "Tiêu chí", "Điểm"), ("I", "CHỈ ĐẠO", "10"), ("", "Kế hoạch", "4"), ("", "Báo cáo", "6"))
    table = document.add_table(rows=len(rows), cols=3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for row in table.rows[2:]:
        row.cells[0].paragraphs[0].style = document.styles["List Number"]
    path = tmp_path / "style.docx"
    document.save(str(path))
    assert [row.code for row in read_paper(path).tables[0].rows] == ["I", "I.1", "I.2"]


def test_points_after_a_colon_or_in_brackets(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text(
        "1. CHỈ ĐẠO: 10 điểm\n1.1. Kế hoạch: 6 điểm\n1.2. Báo cáo: 4 điểm\n2. THỂ CHẾ: 5 điểm\n2.1. Rà soát (5 điểm)\n",
        "utf-8",
    )
    rows = read_paper(path).tables[0].rows
    assert [(row.code, row.title, row.max_points) for row in rows] == [
        ("1", "CHỈ ĐẠO", Fraction(10)),
        ("1.1", "Kế hoạch", Fraction(6)),
        ("1.2", "Báo cáo", Fraction(4)),
        ("2", "THỂ CHẾ", Fraction(5)),
        ("2.1", "Rà soát", Fraction(5)),
    ]
