"""Tables in text files between bars, tabs and columns of blanks, and lines that only seem to be tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from parindex.documents.formats import read_blocks
from parindex.documents.papers import Grid

ROWS = [
    ["STT", "Đơn vị", "Tiếp nhận", "Đúng hạn"],
    ["1", "Sở Nội vụ", "1.204", "99,1"],
    ["2", "Sở Y tế", "873", "97,45"],
    ["3", "Thanh tra tỉnh", "91", "100"],
    ["", "Tổng cộng", "2.168", ""],
]
WIDTHS = (3, 16, 9, 8)


def _bars(row: list[str]) -> str:
    return f"|{'|'.join(row)}|"


def _indented_bars(row: list[str]) -> str:
    return f"  | {' | '.join(row)} |"


def _bars_between(row: list[str]) -> str:
    return " | ".join(row)


def _tabs(row: list[str]) -> str:
    return "\t".join(row)


def _blanks(row: list[str]) -> str:
    return "   ".join(text.ljust(width) for text, width in zip(row, WIDTHS, strict=True)).rstrip()


def _figures_to_the_right(row: list[str]) -> str:
    return "   ".join(
        text.ljust(width) if at < 2 else text.rjust(width)
        for at, (text, width) in enumerate(zip(row, WIDTHS, strict=True))
    ).rstrip()


@pytest.mark.parametrize("form", [_bars, _indented_bars, _bars_between, _tabs, _blanks, _figures_to_the_right])
def test_a_table_in_each_form(form: Callable[[list[str]], str], tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    lines = ["Kết quả cụ thể như sau:", *map(form, ROWS), "Đề nghị các đơn vị tiếp tục duy trì."]
    path.write_text("\n".join(lines), "utf-8")
    blocks, _ = read_blocks(path)
    grids = [block for block in blocks if isinstance(block, Grid)]
    assert [[[cell.text for cell in row] for row in grid.rows] for grid in grids] == [ROWS]
    assert [row[1].place.line for row in grids[0].rows] == [2, 3, 4, 5, 6]


def test_bars_part_the_cells_of_a_criteria_table_with_codes(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    rows = [
        "Mã TC | Tên tiêu chí       | Tối đa | Tự chấm | Thẩm định",
        "1.1   | Kế hoạch           | 2,00   | 2,00    | 1,75",
        "1.3   | Kiểm tra           | 1,50   | 1,50    | 1,50",
        "3.2   | Rà soát thủ tục    | 3,00   | 2,50    | 2,00",
        "      | Cộng               | 6,50   | 6,00    | 5,25",
    ]
    path.write_text("\n".join(["Tổ làm việc về các tiêu chí sau:", *rows, "Biên bản lập thành 02 bản."]), "utf-8")
    grids = [block for block in read_blocks(path)[0] if isinstance(block, Grid)]
    assert [[[cell.text for cell in row] for row in grid.rows] for grid in grids] == [
        [[cell.strip() for cell in row.split("|")] for row in rows]
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Nơi nhận:  Sở Nội vụ;   Lưu: VT",
        "Điện thoại | Thư điện tử | Trang chủ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM     Độc lập - Tự do - Hạnh phúc     2024",
    ],
)
def test_a_line_alone_is_no_table(line: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(f"Báo cáo kết quả.\n{line}\nNăm 2024 tỉnh có 12 huyện.\n", "utf-8")
    assert not any(isinstance(block, Grid) for block in read_blocks(path)[0])
