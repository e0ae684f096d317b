"""What does not hold in a table: each kind with a table that has it, and tables that only seem to."""

from __future__ import annotations

import pytest
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.tables.statements import find
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

Said = list[tuple[str, int | None, str, str]]


def _found(text: str, before: str = "") -> Said:
    found, _ = find(cells(text, before=before))
    return [(one.why, one.place.line, one.stated, one.found) for one in found]


SURVEYED = """
STT | Lĩnh vực | Điểm tối đa | Điểm tự chấm | Điểm thẩm định
1 | Chỉ đạo, điều hành | 8,5 | 7 | 7,78
2 | Thể chế | 10 | 5 | 9,11
3 | Thủ tục hành chính | 13,5 | 13,49 | 13,49
4 | Tổ chức bộ máy | 11,5 | 6 | 9,42
5 | Điều tra xã hội học | 6,5 | 0 | 5,07
 | TỔNG ĐIỂM | 50 | 31,49 | {total}
"""


def test_a_total_of_a_part() -> None:
    """The total leaves out what a survey scores, although the row's maximum counts it."""
    assert _found(SURVEYED.format(total="44,87")) == []
    assert _found(SURVEYED.format(total="39,80")) == [("total_of_a_part", 8, "39,80", "44,87")]


CODED = """
STT | Tiêu chí | Điểm chuẩn | Điểm năm 2020 | Mục tiêu 2021
1 | Điều hành | 4 | 3,4 | 4
1.1 | Kế hoạch | 2,5 | 1,9 | 2,5
1.1.1 | Ban hành | 1 | 1 | 1
{code} | Hoàn thành | 1,5 | 0,9 | {target}
1.2 | Báo cáo | 1,5 | 1,5 | 1,5

STT | Tiêu chí | Điểm chuẩn | Điểm năm 2020 | Mục tiêu 2021
2 | Thể chế | 3 | 2,25 | 3
2.1 | Theo dõi | 2 | 1,25 | 2
2.2 | Rà soát | 1 | 1 | 1
 | TỔNG | 7 | 5,65 | 7
"""


@pytest.mark.parametrize(
    ("code", "target", "expected"),
    [
        ("1.1.2", "1,5", []),
        ("1.1.2", "1,25", [("group_sum_differs", 4, "2,5", "2,25")]),
        ("1.1.1", "1,5", [("code_twice", 6, "1.1.1", "1.1.2")]),
    ],
)
def test_groups_over_two_pages(code: str, target: str, expected: Said) -> None:
    assert _found(CODED.format(code=code, target=target)) == expected


CUT = """
STT | Tiêu chí | Điểm
1 | Dịch vụ | 4,94
1.1 | Cấp tỉnh | 1,46
1.2 | Cấp huyện | 1,48
1.3 | Cấp xã | 0,99
1.4 | Xin lỗi | 0,25
1.5 | Chất lượng | 0,75
2 | Tài chính | {sum}
2.1 | Giải ngân | 0,56
2.2 | Kinh phí | 0
2.3 | Thanh tra | 0,78
3 | Hiện đại | 1,21
3.1 | Trực tuyến | 0,21
3.2 | Bưu chính | 1
"""


@pytest.mark.parametrize("sum_", ["1,34", "1,35"])
def test_parts_that_were_cut_fall_short_of_their_sum(sum_: str) -> None:
    assert _found(CUT.format(sum=sum_)) == []


def test_more_than_cutting_can_lose() -> None:
    assert _found(CUT.format(sum="1,43")) == [("group_sum_differs", 9, "1,43", "1,34")]


def test_thousands_or_decimals() -> None:
    """1.280 may be 1,28: a sum that holds by one habit of the whole table is right."""
    table = "Đơn vị | Số tiền\nSở A | 1.280\nSở B | 2.500\nSở C | 3.125\nSở D | 1.000\nTổng | {}"
    assert _found(table.format("7.905")) == []
    assert _found(table.format("7.509")) == [("total_differs", 7, "7.509", "7.905")]


LATE = """
TT | Đơn vị | Tiếp nhận | Đúng hạn | Tỷ lệ (%)
1 | Sở Nội vụ | 832 | 249 | {first}
2 | Sở Y tế | 1.709 | 1.499 | 87,71
3 | Sở Tư pháp | 45 | 32 | 71,11
4 | Sở Xây dựng | 669 | 582 | 86,99
5 | Sở Công Thương | 1.228 | 1.130 | 92,01
"""


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("29,93", []),
        ("30", []),
        ("29,92", []),
        ("39,93", [("row_ratio_differs", 3, "39,93", "29,93")]),
        ("334,14", [("row_ratio_differs", 3, "334,14", "29,93")]),
    ],
)
def test_ratios_rounded_or_cut(first: str, expected: Said) -> None:
    assert _found(LATE.format(first=first)) == expected


def test_a_ratio_turned_over_is_named_so() -> None:
    found, _ = find(cells(LATE.format(first="334,14")))
    assert [one.kind.value for one in found] == ["swapped_ratio"]


YEARS = """
STT | Nội dung | Năm 2020 | Năm 2021 | Tăng/giảm
1 | Tiếp cận dịch vụ | 80,03% | 82,88% | {change}
2 | Thủ tục hành chính | 85,10% | 84,25% | -0,85%
3 | Công chức | 83,40% | 86,12% | +2,72%
4 | Kết quả | 88,01% | 89,50% | +1,49%
5 | Góp ý | 71,20% | 70,11% | -1,09%
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [("+2,85%", []), ("+2,84%", []), ("+2,58%", [("row_difference_differs", 3, "2,58", "2,85")])],
)
def test_differences_of_years(change: str, expected: Said) -> None:
    assert _found(YEARS.format(change=change)) == expected


RANKED = """
STT | Đơn vị | Tổng điểm | Xếp hạng | Xếp loại
1 | Sở Nội vụ | 91,5 | 1 | Tốt
2 | Sở Y tế | 90,25 | {second} | Tốt
3 | Sở Tư pháp | 90,25 | {third} | Tốt
4 | Sở Xây dựng | 86 | {fourth} | {grade}
5 | Sở Tài chính | 84 | 5 | Tốt
6 | Sở Công Thương | 77,5 | 6 | Khá
7 | Ban Dân tộc | 76 | 7 | Khá
8 | Thanh tra | 74,75 | 8 | Khá
9 | Văn phòng | 70 | 9 | Khá
"""


@pytest.mark.parametrize(
    ("ranks", "grade", "expected"),
    [
        (("2", "2", "4"), "Tốt", []),
        (("2", "3", "4"), "Tốt", []),
        (("2", "2", "6"), "Tốt", [("rank_differs", 6, "6", "4")]),
        (("2", "2", "4"), "Khá", []),
    ],
)
def test_ranks_and_grades(ranks: tuple[str, str, str], grade: str, expected: Said) -> None:
    """Of a grade on the edge nobody can say that it is wrong."""
    second, third, fourth = ranks
    assert _found(RANKED.format(second=second, third=third, fourth=fourth, grade=grade)) == expected


def test_a_grade_deep_in_another_band() -> None:
    table = RANKED.format(second="2", third="2", fourth="4", grade="Tốt").replace("91,5 | 1 | Tốt", "91,5 | 1 | Khá")
    assert _found(table) == [("grade_differs", 3, "Khá", "Tốt")]


def test_points_above_the_maximum() -> None:
    table = CODED.format(code="1.1.2", target="1,5").replace("Rà soát | 1 | 1 | 1", "Rà soát | 1 | 1,5 | 1")
    assert ("cell_differs", 12, "1,5", "1,0") in _found(table)


UNITS = "STT | Tên đơn vị | Điểm\n" + "\n".join(f"{at} | Sở số {at} | {80 + at},5" for at in range(1, 10))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Kết quả chấm điểm của 09 đơn vị như sau:", []),
        ("Kết quả chấm điểm của 10 đơn vị như sau:", [("count_differs", 1, "10", "9")]),
        ("Trong 63 đơn vị được chấm, kết quả các sở như sau:", []),
        ("Kết quả của 10 đơn vị, trong đó 9 đơn vị có bảng sau:", []),
    ],
)
def test_stated_numbers_of_rows(before: str, expected: Said) -> None:
    assert _found(UNITS, before) == expected


PAGES = """
STT | Tiêu chí | Điểm chuẩn | Điểm 2020 | Mục tiêu | Nhiệm vụ | Chủ trì
1 | Điều hành | 4 | 3 | 4 | |
1.1 | Kế hoạch | 1 | 1 | 1 | Hoàn thành kế hoạch | Sở Nội vụ
1.2 | Báo cáo | 1 | 1 | 1 | Báo cáo đúng hạn | Sở Nội vụ
1.3 | Kiểm tra | 1 | 0,5 | 1 | Kiểm tra đủ đơn vị | Sở Nội vụ
1.4 | Tuyên truyền | 1 | 0,5 | 1 | Tuyên truyền thường xuyên | Sở Thông tin
2 | Thể chế | 5 | 4 | 5 | |
2.1 | Theo dõi | 1 | 1 | 1 | Theo dõi thi hành | Sở Tư pháp
2.2 | Rà soát | 1 | 1 | 1 | Rà soát văn bản | Sở Tư pháp
2.3 | Xử lý | 1 | 1 | 1 | Xử lý văn bản | Sở Tư pháp
{row}
2.5 | Tác động | 1 | 0,5 | 1 | Nâng chất lượng | Sở Tư pháp
"""


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2.4 | Công khai | 1 | 0,5 | 1 | Công khai văn bản | Sở Tư pháp", []),
        ("2.4 | Công khai | 1 | 0,5 | | Công khai văn bản | Sở Tư pháp", []),
        ("2.4 | Công khai | 1 | 1 | Công khai văn bản | Sở Tư pháp", [("figure_lost", 12, "", "1")]),
        ("2.4 | Công khai | 1 | 0,5 | 1 | 1 | Công khai", [("figure_twice", 12, "1", "")]),
        ("2.4 | Công khai | 1 0,5 1 1 | Công khai văn bản | Sở Tư pháp", [("figures_together", 12, "1", "")]),
    ],
)
def test_lost_and_doubled_cells(row: str, expected: Said) -> None:
    assert _found(PAGES.format(row=row)) == expected


def test_lines_of_a_list_of_lost_points() -> None:
    """Four figures at the end of a line, the code and the title lines above: maximum, claimed, appraised, lost."""
    lines = ["Điểm chuẩn, tự chấm, thẩm định, bị trừ"]
    rows = (
        "1 0,96 0,9 0,1",
        "1,5 1,5 1,2 0,3",
        "2 1,75 1,5 0,5",
        "0,5 0,5 0,25 0,25",
        "1 0,8 0,66 0,43",
        "3 3 2,1 0,9",
    )
    for number, figures in enumerate(rows, start=1):
        lines += [f"{number}.2 Xử lý vấn đề", "qua kiểm tra", figures, "Do chưa hoàn thành nhiệm vụ"]
    found, _ = find([Paragraph(text, Place(line=at)) for at, text in enumerate(lines, start=1)])
    assert [(one.why, one.place.line, one.place.code, one.stated, one.found) for one in found] == [
        ("row_difference_differs", 20, "5.2", "0,43", "0,34")
    ]


def test_one_wrong_cell_is_one_finding() -> None:
    """The cell is named where the sum of its row and that of its column ask for the same other figure."""
    table = """
Đơn vị | Quý I | Quý II | Cả năm
Huyện A | 120 | 130 | 250
Huyện B | 210 | 95 | 305
Huyện C | 98 | 151 | 241
Huyện D | 77 | 68 | 145
Cộng | 505 | 436 | 941
"""
    assert _found(table) == [("cell_differs", 5, "151", "143")]
