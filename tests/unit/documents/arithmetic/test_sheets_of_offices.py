"""Sheets with a letterhead above their table, rows of a set whose groups are not printed, totals of money."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

RIGHT: dict[str, str] = yaml.safe_load(Path(__file__).with_name("tables_right.yaml").read_text(encoding="utf-8"))
LETTERHEAD = """
UBND HUYỆN THANH HÒA | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | |
PHÒNG NỘI VỤ | | Độc lập - Tự do - Hạnh phúc | |
TỔNG HỢP KẾT QUẢ NĂM 2023 | | | |
 | | | |
"""
POINTS = """
STT | Tiêu chí | Điểm tối đa | Điểm tự chấm | Điểm thẩm định
1 | Chỉ đạo điều hành | 3,5 | 3,25 | 3
1.1 | Kế hoạch | 1,5 | 1,5 | 1,25
1.2 | Báo cáo | 1 | 1 | 1
1.3 | Kiểm tra | 1 | 0,75 | 0,75
2 | Thể chế | 3 | 2,5 | 2
2.1 | Rà soát văn bản | 2 | 1,5 | 1
2.2 | Theo dõi thi hành | 1 | 1 | 1
 | TỔNG ĐIỂM | 6,5 | 5,75 | 5
"""
MONEY = """
TT | Nội dung chi | Thực hiện năm 2020 | Dự toán năm 2021 | Tăng thêm
I | TUYÊN TRUYỀN | 487 | 555 | 68
1 | Hội thi | 170 | 185 | 15
2 | Tập huấn | 317 | 370 | 53
II | KHEN THƯỞNG, CHI KHÁC | 72 | 83 | 11
1 | Khen thưởng | 49 | 55 | 6
2 | Văn phòng phẩm | 23 | 28 | 5
 | TỔNG KINH PHÍ | 559 | 638 | 79
"""
PLAN = """
Mã | Tiêu chí | Điểm tối đa | Điểm năm 2022 | Mục tiêu 2023 | Mức tăng | Cơ quan chủ trì
1.1 | Thực hiện kế hoạch | 1,50 | 1,20 | 1,50 | 0,30 | Sở Nội vụ
1.2 | Kiểm tra | 2,00 | 1,50 | 2,00 | 0,50 | Sở Nội vụ
1.3 | Nhiệm vụ được giao | 2,00 | 1,63 | 1,85 | 0,22 | Văn phòng
2.1 | Theo dõi thi hành | 1,50 | 1,30 | 1,50 | 0,20 | Sở Tư pháp
2.2 | Xử lý văn bản | 1,00 | 0,50 | 1,00 | 0,50 | Sở Tư pháp
3.1 | Công khai thủ tục | 1,50 | 1,35 | 1,50 | 0,15 | Văn phòng
3.2 | Giải quyết thủ tục | 4,00 | 3,20 | 3,75 | 0,55 | Các sở
3.3 | Xử lý phản ánh | 1,00 | 0,85 | 1,00 | 0,15 | Văn phòng
4.1 | Cơ chế tự chủ | 2,50 | 1,40 | 2,00 | 0,60 | Sở Tài chính
 | Tổng cộng | 17,00 | 12,93 | 16,10 | 3,17 |
"""
MOVES = """
TT | Cơ quan | Điểm năm 2023 | Điểm năm 2024 | Tăng, giảm
1 | Sở Công Thương | 89,51 | 91,14 | +1,63
2 | Sở Giao thông | 88,12 | 90,35 | +2,23
3 | Sở Giáo dục | 86,90 | 89,41 | +2,51
4 | Sở Khoa học | 87,64 | 86,07 | -1,57
5 | Sở Y tế | 83,27 | 82,66 | -0,61
"""


def _found(table: str, *sentences: str) -> list[tuple[str, str, str]]:
    prose = [Paragraph(one, Place(line=100 + at)) for at, one in enumerate(sentences)]
    findings = check_papers([PrintedPaper("biểu.xlsx", [*cells(table.strip()), *prose])])[0].findings
    return [(one.why, one.stated, one.found) for one in findings]


@pytest.mark.parametrize("table", [*RIGHT.values(), POINTS, MONEY, PLAN], ids=[*RIGHT, "points", "money", "plan"])
def test_a_right_table_below_a_letterhead_yields_nothing(table: str) -> None:
    assert _found(LETTERHEAD.strip("\n") + "\n" + table.strip()) == []


def test_points_above_their_maximum_are_the_one_fault_of_a_sheet() -> None:
    table = (LETTERHEAD.strip("\n") + POINTS).replace("1.2 | Báo cáo | 1 | 1 |", "1.2 | Báo cáo | 1 | 1,25 |")
    assert [(stated, found) for _, stated, found in _found(table)] == [("1,25", "1,00")]


def test_a_total_of_money_is_no_part_of_the_last_group() -> None:
    assert _found(MONEY) == []
    assert ("total_differs", "569", "559") in _found(MONEY.replace("KINH PHÍ | 559", "KINH PHÍ | 569"))


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("| 4,00 | 3,20 | 3,75 | 0,55 | Các sở", "| 4,00 | 3,75 | 0,55 | Các sở |", ("row_cell_lost", "", "")),
        ("| 17,00 | 12,93 | 16,10 | 3,17", "| 14,50 | 11,53 | 14,10 | 2,57", ("total_of_a_part", "14,50", "17,00")),
    ],
)
def test_rows_whose_groups_are_not_printed_are_read_as_printed(
    right: str, wrong: str, told: tuple[str, str, str]
) -> None:
    assert told in _found(PLAN.replace(right, wrong))


def test_what_rose_and_fell_is_counted_where_both_are_all_rows() -> None:
    assert _found(MOVES, "So với năm trước, 3 cơ quan tăng điểm, 2 cơ quan giảm điểm.") == []
    told = _found(MOVES, "So với năm trước, 4 cơ quan tăng điểm, 1 cơ quan giảm điểm.")
    assert told == [("count_differs", "4", "3"), ("count_differs", "1", "2")]
    # Of another table, of seven rows.
    assert _found(MOVES, "So với năm trước, 4 cơ quan tăng điểm, 3 cơ quan giảm điểm.") == []
