"""Tables in which one slip has many consequences, or hides behind words: the slip alone is told."""

from __future__ import annotations

import pytest
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

TASKS = """
STT | Nhóm nhiệm vụ | Được giao | Hoàn thành | Đang làm
1 | Cải cách thể chế | 15 | 14 | 1
1.1 | Xây dựng văn bản | 9 | 8 | 1
1.2 | Rà soát văn bản | 6 | 6 | 0
2 | Cải cách thủ tục | 27 | 21 | 6
2.1 | Đơn giản hóa | 7 | 6 | 1
2.2 | Một cửa liên thông | 12 | 10 | 2
2.3 | Số hóa hồ sơ | 8 | 5 | 3
3 | Tổ chức bộ máy | 18 | 15 | 3
3.1 | Cơ quan chuyên môn | 6 | 6 | 0
3.2 | Đơn vị sự nghiệp | 8 | 6 | 2
3.3 | Phân cấp quản lý | 4 | 3 | 1
 | Tổng cộng | 60 | 50 | 10
"""
MOVES = """
STT | Cơ quan | Tối đa | Điểm | Chỉ số (%) | Hạng 2024 | Hạng 2023 | Tăng/giảm | Xếp loại
1 | Sở Nội vụ | 100 | 95,5 | 95,50 | 1 | 2 | Tăng 1 bậc | Tốt
2 | Sở Tư pháp | 96 | 90,3 | 94,06 | 2 | 1 | Giảm 1 bậc | Tốt
3 | Sở Tài chính | 98 | 90,4 | 92,24 | 3 | 5 | Tăng 2 bậc | Tốt
4 | Sở Xây dựng | 96 | 87,1 | 90,73 | 4 | 4 | Giữ nguyên | Tốt
5 | Sở Y tế | 94 | 84,7 | 90,11 | 5 | 3 | Giảm 2 bậc | Tốt
6 | Sở Công Thương | 98 | 87,3 | 89,08 | 6 | 6 | Giữ nguyên | Khá
7 | Sở Ngoại vụ | 92 | 80,1 | 87,07 | 7 | 8 | Tăng 1 bậc | Khá
8 | Thanh tra tỉnh | 90 | 77,3 | 85,89 | 8 | 7 | Giảm 1 bậc | Khá
"""
LETTERS = """
STT | Số, ký hiệu | Ngày ban hành | Trích yếu | Ngày có hiệu lực
1 | 715/QĐ-UBND | 29/12/2023 | Ban hành kế hoạch | 01/01/2024
2 | 1138/KH-UBND | 28/3/2024 | Kế hoạch kiểm tra | 28/3/2024
3 | 4417/UBND-NC | 30/9/2024 | Đôn đốc nhiệm vụ | 10/10/2024
"""
OFFICES = """
TT | Đơn vị | Kỳ trước | Trong kỳ | Cộng | Đã giải quyết | Còn lại
A | Khối sở | 70 | 640 | 710 | 600 | 110
1 | Sở Xây dựng | 31 | 252 | 283 | 240 | 43
2 | Sở Y tế | 22 | 187 | 209 | 171 | 38
3 | Sở Nội vụ | 17 | 201 | 218 | 189 | 29
B | Khối huyện | 41 | 433 | 474 | 401 | 73
1 | Huyện Cam Lộ | 12 | 206 | 218 | 182 | 36
2 | Huyện Gio Linh | 29 | 227 | 256 | 219 | 37
 | Tổng số | 111 | 1.073 | 1.184 | 1.001 | 183
"""
VOTES = """
TT | Nội dung | Không hài lòng | Bình thường | Hài lòng | Rất hài lòng | Tổng số | Tỷ lệ hài lòng và rất hài lòng (%)
1 | Biển báo | 4 | 30 | 123 | 243 | 400 | 91,5
2 | Thời gian | 8 | 45 | 104 | 243 | 400 | 86,8
3 | Đường dây nóng | 12 | 32 | 148 | 208 | 400 | 89,0
4 | Nhân viên | 16 | 14 | 175 | 195 | 400 | 92,5
5 | Bảo vệ | 6 | 33 | 100 | 261 | 400 | 90,3
"""
PLAN = """
STT | Chỉ tiêu | Kế hoạch | Thực hiện | Tỷ lệ TH/KH (%)
1 | Số xã đạt chuẩn | 12 | 9 | 75,0
2 | Số lớp xóa mù chữ | 40 | 38 | 95,0
3 | Số công trình nước | 25 | 22 | 88,0
4 | Số nhà ở hoàn thành | 320 | 384 | 120,0
5 | Số hợp tác xã | 18 | 18 | 100,0
"""
SHARES = """
TT | Ngành | Số lao động | Cơ cấu (%)
1 | Nông nghiệp | 33 | 16,7
2 | Công nghiệp | 31 | 15,7
3 | Dịch vụ | 61 | 30,8
4 | Giáo dục, y tế | 31 | 15,7
5 | Lĩnh vực khác | 42 | 21,1
 | Tổng số | 198 | 100
"""
TEXT = "Kết quả kiểm tra theo Kế hoạch số 1138/KH-UBND ngày 28/3/2024 đã được thông báo đến các đơn vị."


def _found(table: str, *changed: tuple[str, str]) -> list[tuple[str, str, str]]:
    for old, new in changed:
        assert old in table
        table = table.replace(old, new)
    blocks = [*cells(table.strip()), Paragraph(TEXT, Place(line=100))]
    return [
        (one.why, one.stated, one.found) for one in check_papers([PrintedPaper("báo cáo.docx", blocks)])[0].findings
    ]


@pytest.mark.parametrize("table", [TASKS, MOVES, LETTERS, OFFICES, VOTES, PLAN, SHARES])
def test_right_tables_yield_nothing(table: str) -> None:
    assert _found(table) == []


@pytest.mark.parametrize(("old", "new"), [("3.2 | Đơn vị", "2.3 | Đơn vị"), ("3.1 | Cơ", "2.4 | Cơ")])
def test_a_code_that_breaks_sums_is_told_alone(old: str, new: str) -> None:
    assert _found(TASKS, (old, new)) == [("code_misprinted", new[:3], old[:3])]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("4 | 4 | Giữ nguyên", "4 | 4 | Tăng 1 bậc", ("row_difference_differs", "Tăng 1 bậc", "0")),
        ("3 | 5 | Tăng 2 bậc", "3 | 5 | Giảm 2 bậc", ("row_difference_differs", "Giảm 2 bậc", "2")),
        # A maximum is not rounded, so that rounding leaves no room for this.
        ("87,1 | 90,73", "87,1 | 90,98", ("row_ratio_differs", "90,98", "90,73")),
    ],
)
def test_moves_in_words_and_quotients_of_printed_figures(old: str, new: str, expected: tuple[str, str, str]) -> None:
    assert _found(MOVES, (old, new)) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("30/9/2024", "31/9/2024", [("date_impossible", "31/9/2024", "")]),
        ("10/10/2024", "10/13/2024", [("day_impossible", "10/13/2024", "")]),
        ("1138/KH-UBND | 28/3/2024", "1138/KH-UBND | 23/8/2024", [("two_dates", "23/8/2024", "28/3/2024")]),
        # A paper of another body that has the same number.
        ("1138/KH-UBND | 28/3/2024", "1138/KH-UBND | 14/5/2024", []),
    ],
)
def test_days_of_papers_in_cells(old: str, new: str, expected: list[tuple[str, str, str]]) -> None:
    assert _found(LETTERS, (old, new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2 | Sở Y tế | 22 | 187 | 209 | 171 | 38\n", "", "row_left_out"),
        ("1 | Sở Xây dựng | 31 | 252 | 283 | 240 | 43\n", "", "rows_lost"),
        ("2 | Sở Y tế", "2 | Sở Y tế | 22 | 187 | 209 | 171 | 38\n2 | Sở Y tế", "row_twice"),
        ("| 31 | 252 | 283 | 240 | 43", "| 31 | 283 | 240 | 43 |", "row_cell_lost"),
    ],
)
def test_a_row_of_a_group_that_is_lost_or_stands_twice(old: str, new: str, expected: str) -> None:
    assert [one[0] for one in _found(OFFICES, (old, new))] == [expected]


def test_the_share_of_two_columns_together() -> None:
    assert _found(VOTES, ("| 92,5", "| 89,5")) == [("row_ratio_of_several_differs", "89,5", "92,5")]
