"""Rows whose figures stand one column off, and cells that are named for what they break elsewhere."""

from __future__ import annotations

import pytest
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.tables.statements import find

STAFF = """
STT | Cơ quan | Kế hoạch | Đã tuyển | Còn lại | Tỷ lệ (%)
1 | Sở Nội vụ | 412 | 301 | 111 | 73,1
2 | Sở Y tế | 286 | 241 | 45 | 84,3
{third}
4 | Sở Tư pháp | 97 | 90 | 7 | 92,8
5 | Sở Công Thương | 632 | 610 | 22 | 96,5
6 | Sở Xây dựng | 118 | 84 | 34 | 71,2
 | Tổng số | 1.699 | 1.414 | 285 | 83,2
"""
RIGHT = "3 | Sở Tài chính | 154 | 88 | 66 | 57,1"


def _found(table: str, before: str = "") -> list[tuple[str, int | None, str, str]]:
    return [(one.why, one.place.line, one.stated, one.found) for one in find(cells(table, before=before))[0]]


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        (RIGHT, []),
        ("3 | Sở Tài chính | 154 | 66 | 57,1 | ", [("row_cell_lost", 5, "", "")]),
        ("3 | Sở Tài chính | 154 | 88 | 88 | 66", [("row_cell_twice", 5, "88", "")]),
        ("3 | Sở Tài chính | 154 | 88 | 66 | ", []),  # nothing was reported
        ("3 | Sở Tài chính | 154 | 88 | 76 | 57,1", [("row_difference_differs", 5, "76", "66")]),
        ("3 | Sở Tài chính | 154 | 78 | 66 | 57,1", [("cell_differs", 5, "78", "88")]),
    ],
)
def test_a_cell_that_was_lost_or_stands_twice(third: str, expected: list[tuple[str, int, str, str]]) -> None:
    assert _found(STAFF.format(third=third)) == expected


TREE = """
Nội dung | Dự toán | Thực hiện
Tổng thu trên địa bàn | 843.540 | {whole}
{mark}Thu nội địa | 812.340 | 901.220
{mark}Thu xuất nhập khẩu | 31.200 | {part}
Tổng chi | 700.500 | 655.120
{mark}Chi đầu tư | 300.500 | 255.020
{mark}Chi thường xuyên | 400.000 | 400.100
"""


@pytest.mark.parametrize("mark", ["- ", "+ ", ""])
def test_parts_below_a_total(mark: str) -> None:
    assert _found(TREE.format(mark=mark, whole="941.335", part="40.115")) == []
    assert _found(TREE.format(mark=mark, whole="914.335", part="40.115")) == [
        ("rows_below_differ", 3, "914.335", "941.335")
    ]


def test_some_of_the_parts_are_no_sum() -> None:
    some = TREE.format(mark="- ", whole="941.335", part="40.115").replace("- Thu xuất", "- Trong đó thu xuất")
    assert _found(some.replace("812.340", "702.340").replace("901.220", "801.220")) == []


ROWS = """
STT | Đơn vị | Tiếp nhận | Đúng hạn
1 | Huyện A | 1.120 | 1.110
2 | Huyện B | 2.310 | 2.300
{rows}5 | Huyện E | 3.410 | 3.405
6 | Huyện G | 1.077 | 1.070
 | Tổng cộng | 11.717 | 11.585
"""
BOTH = "3 | Huyện C | 1.410 | 1.400\n4 | Huyện D | 2.390 | 2.300\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (BOTH, []),
        (BOTH.partition("\n")[0] + "\n", [("row_left_out", 8, "", "")]),
        (BOTH.replace("4 |", "4 | Huyện C | 1.410 | 1.400\n5 |"), [("row_twice", 6, "", "")]),
    ],
)
def test_a_row_that_was_lost_or_stands_twice(rows: str, expected: list[tuple[str, int, str, str]]) -> None:
    assert _found(ROWS.format(rows=rows)) == expected


def test_a_share_without_which_the_shares_make_no_whole() -> None:
    head, rows = (
        "Nội dung | Số tiền (triệu đồng) | Tỷ trọng (%)\n",
        "A | 1.250,5 | 41,7\nB | 1.000,2 | {}\nC | 750 | 25,0\n",
    )
    table = f"{head}{rows}Cộng | 3.000,7 | 100,0"
    assert _found(table.format("33,3")) == []
    assert _found(table.format("35,3")) == [("share_of_total_differs", 4, "35,3", "33,3")]


MAXIMA = """
Cơ quan | Thể chế | Thủ tục | Bộ máy | Tổng điểm
Điểm tối đa | 8 | 18 | 10 | 36
Sở Nội vụ | 7,75 | 17,5 | 9,5 | 34,75
Sở Y tế | 6,5 | 15,6 | 8,5 | 30,6
Sở Tư pháp | {cell} | 16,9 | 9 | 33,9
Sở Xây dựng | 7 | 14,85 | 9 | 30,85
Sở Công Thương | 7,25 | 16,1 | 9,25 | 32,6
Trung bình | 7,3 | 16,19 | 9,05 | 32,54
"""


def test_a_row_of_maxima_and_a_row_of_means() -> None:
    assert _found(MAXIMA.format(cell="8")) == []
    assert _found(MAXIMA.format(cell="8,5")) == [("cell_differs", 6, "8,5", "8,0")]


def test_columns_that_their_numbers_explain() -> None:
    table = """
STT | Đơn vị | Vốn giao | Giải ngân | Kết quả | Còn
A | B | (1) | (2) | (3)=(2)/(1) | (4)=(1)-(2)
1 | Huyện A | 1.200 | 900 | 75,0 | 300
2 | Huyện B | 2.500 | 1.000 | {share} | 1.500
3 | Huyện C | 3.000 | 2.700 | 90,0 | 300
4 | Huyện D | 1.600 | 1.200 | 75,0 | 400
"""
    assert _found(table.format(share="40,0")) == []
    assert _found(table.format(share="44,0")) == [("row_ratio_differs", 5, "44,0", "40,0")]


def test_a_rank_of_two_rows() -> None:
    table = "\n".join(
        ["STT | Đơn vị | Điểm | Hạng 2024"]
        + [f"{at} | Sở số {at} | {95 - 3 * at},5 | {at if at != 5 else 4}" for at in range(1, 9)]
    )
    assert _found(table) == [("rank_differs", 7, "4", "5")]
