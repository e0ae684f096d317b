"""Dots in points: thousands or decimals, by what else the paper holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from parindex.documents.criteria_tables import thousands
from parindex.documents.papers import Block, Cell, Grid, Paragraph
from parindex.documents.read_paper import read_paper
from parindex.domain.errors import Place

HEAD = ("STT", "Tiêu chí", "Điểm tối đa")
Rows = Sequence[tuple[str, str, str]]


def _grid(*rows: Sequence[str], numbers: bool = False) -> Grid:
    cells = [tuple(Cell(text, Place(row=number)) for text in row) for number, row in enumerate(rows, start=1)]
    if numbers:
        cells = [(*row[:2], replace(row[2], is_number="." in row[2].text)) for row in cells]
    return Grid(tuple(cells), Place())


def _points(blocks: Sequence[Block]) -> list[str]:
    return [row[2].text for block in blocks if isinstance(block, Grid) for row in block.rows if row[2].text != HEAD[2]]


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        (("1.200", "700", "500,5"), ["1200", "700", "500,5"]),  # decimals have commas
        (("1.200 điểm", "700 điểm", "500 điểm"), ["1200 điểm", "700 điểm", "500 điểm"]),  # the sum comes out right
        (("1.200.000", "1", "1"), ["1200000", "1", "1"]),
        (("1.200,5", "1", "1"), ["1200,5", "1", "1"]),
        (("1.200", "0.7", "0.5"), ["1.200", "0.7", "0.5"]),  # decimals have dots
        (("1.875", "1", "0.875"), ["1.875", "1", "0.875"]),
        (("0.125", "0.125", "0.500"), ["0.125", "0.125", "0.500"]),
        (("2.125", "1", "1.125"), ["2.125", "1", "1.125"]),  # the sum comes out right
    ],
)
def test_what_else_the_columns_hold_decides(texts: tuple[str, str, str], read: list[str]) -> None:
    codes = ("1", "1.1", "1.2")
    rows = [(code, "Ban hành kế hoạch", text) for code, text in zip(codes, texts, strict=True)]
    blocks, doubts = thousands.settled([_grid(HEAD, *rows)])
    assert (_points(blocks), doubts) == (read, [])


def test_sums_that_come_out_right_both_ways_decide_nothing() -> None:
    rows = [("1", "CHỈ ĐẠO", "2.250"), ("1.1", "Ban hành kế hoạch", "1.125"), ("1.2", "Tuyên truyền", "1.125")]
    blocks, (doubt,) = thousands.settled([_grid(HEAD, *rows)])
    assert _points(blocks) == ["2.250", "1.125", "1.125"]
    assert (doubt.facts["text"], doubt.facts["count"], doubt.facts["read"]) == ("2.250", 3, Fraction("2.25"))


def test_the_total_row_decides() -> None:
    rows = [("1", "CHỈ ĐẠO, ĐIỀU HÀNH", "400"), ("2", "CẢI CÁCH THỂ CHẾ", "600"), ("", "Tổng cộng", "1.000")]
    blocks, doubts = thousands.settled([_grid(HEAD, *rows)])
    assert (_points(blocks), doubts) == (["400", "600", "1000"], [])


@pytest.mark.parametrize(("other", "read"), [("400", "1200"), ("4", "1.200")])
def test_where_nothing_decides_a_doubt_says_what_was_read(other: str, read: str) -> None:
    rows = [("1", "CHỈ ĐẠO, ĐIỀU HÀNH", other), ("2", "CẢI CÁCH THỂ CHẾ", "1.200")]
    blocks, (doubt,) = thousands.settled([Paragraph("Phụ lục", Place()), _grid(HEAD, *rows)])
    assert _points(blocks) == [other, read]
    assert (doubt.kind, doubt.place.row) == ("thousands_unsure", 3)
    assert doubt.facts == {"text": "1.200", "count": 1, "read": Fraction(read)}


def test_a_number_that_the_file_stores_as_one_leaves_nothing_open() -> None:
    rows = [("1", "CHỈ ĐẠO, ĐIỀU HÀNH", "400"), ("2", "CẢI CÁCH THỂ CHẾ", "1.125")]
    grid = _grid(HEAD, *rows, numbers=True)
    assert thousands.settled([grid]) == ([grid], [])


def test_codes_and_text_keep_their_dots() -> None:
    rows = [
        ("1.100", "Quyết định số 1.234/QĐ-UBND", "1.200"),
        ("1.100.1", "Đạt 1.200 điểm", "1.200"),
        ("", "Nhỏ", "0,5"),
    ]
    blocks, _ = thousands.settled([_grid(HEAD, *rows)])
    (grid,) = blocks
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows[1:]] == [
        ["1.100", "Quyết định số 1.234/QĐ-UBND", "1200"],
        ["1.100.1", "Đạt 1200 điểm", "1200"],
        ["", "Nhỏ", "0,5"],
    ]


def test_a_table_that_goes_on_on_the_next_page_stands_under_the_same_head() -> None:
    first = _grid(HEAD, ("1", "CHỈ ĐẠO, ĐIỀU HÀNH", "400"), ("2", "CẢI CÁCH THỂ CHẾ", "600"))
    blocks, doubts = thousands.settled([first, _grid(("", "Tổng cộng", "1.000"))])
    assert (_points(blocks), doubts) == (["400", "600", "1000"], [])


def test_grids_without_any_head_are_left_alone() -> None:
    grid = _grid(("Họ và tên", "Chức vụ", "1.000"), ("A", "B", "C"))
    assert thousands.settled([grid]) == ([grid], [])


def test_a_paper_with_a_thousand_points(tmp_path: Path) -> None:
    path = tmp_path / "nghin-diem.txt"
    path.write_text(
        "Tổng điểm tối đa của Bộ tiêu chí là 1.000 điểm.\n\nSTT\tTiêu chí\tĐiểm tối đa\n"
        "I\tCHỈ ĐẠO, ĐIỀU HÀNH (1.200 điểm)\t\n1\tBan hành kế hoạch công tác\t1.200\n"
        "II\tCẢI CÁCH THỂ CHẾ\t800\n1\tRà soát văn bản\t799,5\n2\tCông khai văn bản\t0,5\n\tTổng cộng\t2.000\n",
        encoding="utf-8",
    )
    paper = read_paper(path)
    (table,) = paper.tables
    assert [row.max_points for row in table.rows] == [1200, 1200, 800, Fraction("799.5"), Fraction("0.5")]
    assert (table.printed_total, table.declared.max_points, paper.doubts) == (2000, 1000, ())


def test_the_doubt_stands_with_its_table(tmp_path: Path) -> None:
    path = tmp_path / "hai-bang.txt"
    head = "STT\tTiêu chí\tĐiểm tối đa\n"
    path.write_text(
        f"Bảng 1\n{head}1\tCHỈ ĐẠO, ĐIỀU HÀNH\t400\n2\tCẢI CÁCH THỂ CHẾ\t300\n\n"
        f"Bảng 2\n{head}1\tCHỈ ĐẠO, ĐIỀU HÀNH\t400\n2\tCẢI CÁCH THỂ CHẾ\t1.200\n",
        encoding="utf-8",
    )
    paper = read_paper(path)
    assert [[(doubt.kind, doubt.place.table) for doubt in table.doubts] for table in paper.tables] == [
        [],
        [("thousands_unsure", "Bảng 2")],
    ]
    assert paper.doubts == ()
