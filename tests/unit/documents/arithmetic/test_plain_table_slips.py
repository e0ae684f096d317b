"""Plain slips of tables that one look shows: right tables yield nothing, and one wrong cell or row is named."""

from __future__ import annotations

import pytest
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.arithmetic.findings import StatementFinding
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

DOSSIERS = """
STT | Cơ quan | Tiếp nhận | Đúng hạn | Quá hạn | Đang giải quyết | Tỷ lệ đúng hạn (%)
1 | Sở Nội vụ | 1.284 | 1.241 | 12 | 31 | 99,04
2 | Sở Tài chính | 3.562 | 3.397 | 45 | 120 | 98,69
3 | Sở Y tế | 2.203 | 2.098 | 40 | 65 | 98,13
4 | Sở Công Thương | 4.431 | 4.316 | 27 | 88 | 99,38
5 | Sở Tư pháp | 1.975 | 1.926 | 9 | 40 | 99,53
 | Tổng cộng | 13.455 | 12.978 | 133 | 344 | 98,99
"""
#: A row that is left out of the total in every column.
QUARTERS = """
TT | Đơn vị | Quý I | Quý II | Quý III | Cả năm
1 | Huyện A Lưới | 120 | 135 | 98 | 353
2 | Huyện Nam Đông | 88 | 92 | 105 | 285
3 | Thị xã Hương Trà | 210 | 198 | 225 | 633
4 | Thị xã Hương Thủy | 176 | 181 | 169 | 526
 | Cộng | 594 | 606 | 597 | 1.797
"""
SIDEWAYS = """
TT | Nội dung | Sở A | Sở B | Sở C | Sở D | Cộng
1 | Số hồ sơ tiếp nhận | 1.250 | 3.420 | 876 | 2.205 | 7.751
2 | Giải quyết đúng hạn | 1.190 | 3.302 | 851 | 2.011 | 7.354
3 | Giải quyết quá hạn | 22 | 45 | 5 | 87 | 159
4 | Hồ sơ đang giải quyết | 38 | 73 | 20 | 107 | 238
5 | Tỷ lệ đúng hạn (%) | 98,2 | 98,7 | 99,4 | 95,9 | 97,9
 | Xếp hạng | 3 | 2 | 1 | 4 |
"""
TWO_YEARS = """
STT | Nội dung | Năm 2023 | Năm 2024
1 | Tổng số hồ sơ tiếp nhận | 5.420 | 6.118
- | Trực tuyến | 3.210 | 4.205
- | Trực tiếp | 2.210 | 1.913
2 | Hồ sơ đã giải quyết | 5.236 | 5.974
3 | Hồ sơ đang giải quyết | 184 | 144
"""
GRADES = """
TT | Khối | Số đơn vị | Xuất sắc | Tốt | Khá | Trung bình
1 | Khối sở, ngành | 20 | 6 | 11 | 3 | -
2 | Khối huyện | 11 | 3 | 6 | 2 | -
3 | Khối xã | 148 | 31 | 92 | 21 | 4
 | Tổng cộng | 179 | 40 | 109 | 26 | 4
 | Tỷ lệ (%) | 100 | 22,3 | 60,9 | 14,5 | 2,2
"""
ANSWERS = """
STT | Nội dung | Rất hài lòng | Hài lòng | Bình thường | Tổng số phiếu
1 | Tiếp cận dịch vụ | 182 (36,4%) | 243 (48,6%) | 75 (15,0%) | 500
2 | Thủ tục hành chính | 165 (33,0%) | 260 (52,0%) | 75 (15,0%) | 500
3 | Thái độ công chức | 210 (42,0%) | 233 (46,6%) | 57 (11,4%) | 500
"""
FRACTIONS = """
STT | Đơn vị | Số chỉ tiêu hoàn thành/tổng số | Tỷ lệ (%)
1 | Phường Quang Trung | 12/15 | 80,0
2 | Phường Lê Lợi | 9/10 | 90,0
3 | Xã Hưng Lộc | 14/16 | 87,5
4 | Xã Nghi Phú | 7/8 | 87,5
 | Tổng | 42/49 | 85,7
"""
MARKED = """
STT | Đơn vị | Ban hành kế hoạch | Số hóa hồ sơ | Ký số văn bản
1 | Sở Nội vụ | x | x |
2 | Sở Tư pháp | x | |
3 | Sở Y tế | x | x | x
4 | Sở Tài chính | | x | x
 | Tổng cộng | 3 | 3 | 2
"""
PRICES = """
STT | Tên thiết bị | Số lượng | Đơn giá | Thành tiền
1 | Máy quét | 5 | 12.500.000 | 62.500.000
2 | Máy tính | 18 | 14.200.000 | 255.600.000
3 | Ki-ốt | 3 | 48.600.000 | 145.800.000
 | Tổng cộng | | | 463.900.000
"""
BLANKS = """
STT | Địa phương | Tổng số hồ sơ | Đúng hạn | Quá hạn
1 | Thành phố Vinh | 10 482 | 10 211 | 271
2 | Thị xã Cửa Lò | 3 961 | 3 905 | 56
3 | Huyện Nam Đàn | 5 127 | 5 040 | 87
 | Tổng | 19 570 | 19 156 | 414
"""
LATE = """
STT | Lĩnh vực | Tiếp nhận | Đã giải quyết | Quá hạn | Tỷ lệ đúng hạn (%)
1 | Đất đai | 41.250 | 40.742 | 607 | 98,51
2 | Hộ tịch | 12.310 | 12.204 | 98 | 99,20
3 | Xây dựng | 5.218 | 5.102 | 131 | 97,43
4 | Y tế | 3.117 | 3.060 | 44 | 98,56
5 | Giáo dục | 1.240 | 1.230 | 15 | 98,78
"""
TABLES = {
    "dossiers": DOSSIERS, "quarters": QUARTERS, "sideways": SIDEWAYS, "two years": TWO_YEARS, "grades": GRADES,
    "answers": ANSWERS, "fractions": FRACTIONS, "marked": MARKED, "prices": PRICES, "blanks": BLANKS, "late": LATE,
}  # fmt: skip


def _found(table: str, before: str = "", *after: str) -> list[StatementFinding]:
    prose = [Paragraph(one, Place(line=100 + at)) for at, one in enumerate(after)]
    blocks = [*cells(table.strip(), before=before), *prose]
    return list(check_papers([PrintedPaper("báo cáo.docx", blocks)])[0].findings)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_right_table_yields_nothing(table: str) -> None:
    assert _found(table) == []


@pytest.mark.parametrize(
    ("table", "right", "wrong", "told"),
    [
        (DOSSIERS, "88 | 99,38", "88 | 96,18", ("row_ratio_differs", "96,18", "99,38")),
        (DOSSIERS, "4 | Sở Công Thương | 4.431 | 4.316 | 27 | 88 | 99,38\n5", "4", ("rows_lost", "13.455", "9.024")),
        (QUARTERS, "594 | 606 | 597 | 1.797", "506 | 514 | 492 | 1.512", ("total_of_a_part", "506", "594")),
        (QUARTERS, "105 | 285", "105 | 258", ("row_sum_differs", "258", "285")),
        (SIDEWAYS, "7.751", "7.571", ("row_sum_differs", "7.571", "7.751")),
        (SIDEWAYS, "99,4 | 95,9", "99,4 | 59,9", ("between_rows_ratio", "59,9", "95,9")),
        (SIDEWAYS, "| 73 |", "| 63 |", ("between_rows_difference", "63", "73")),
        (TWO_YEARS, "| 144", "| 154", ("between_rows_difference", "154", "144")),
        (GRADES, "60,9", "69,0", ("row_ratio_differs", "69,0", "60,9")),
        (ANSWERS, "52,0", "50,2", ("row_ratio_differs", "50,2%", "52,0%")),
        (ANSWERS, "243 (", "234 (", ("cell_differs", "234", "243")),
        (FRACTIONS, "14/16 | 87,5", "14/16 | 78,5", ("row_ratio_differs", "78,5", "87,5")),
        (FRACTIONS, "42/49 | 85,7", "44/49 | 85,7", ("total_differs", "44", "42")),
        (MARKED, "| 3 | 3 | 2", "| 4 | 3 | 2", ("total_differs", "4", "3")),
        (PRICES, "463.9", "436.9", ("total_differs", "436.900.000", "463.900.000")),
        (BLANKS, "19 570", "19 750", ("total_differs", "19 750", "19 570")),
        (LATE, "98 | 99,20", "98 | 92,90", ("row_ratio_differs", "92,90", "99,20")),
    ],
)
def test_a_plain_slip_is_named(table: str, right: str, wrong: str, told: tuple[str, str, str]) -> None:
    assert right in table
    found = _found(table.replace(right, wrong, 1))
    assert [(one.why, one.stated, one.found) for one in found] == [told]


def test_the_rank_of_one_of_those_side_by_side() -> None:
    points = "Nội dung | Ba Vì | Đông Anh | Gia Lâm | Hoài Đức | Mê Linh\nThể chế | 20 | 23,5 | 18 | 24 | 19"
    points += "\nCông vụ | 22,5 | 23,5 | 21,5 | 24 | 16\nTổng điểm | 42,5 | 47 | 39,5 | 48 | 35"
    points += "\nXếp hạng | 3 | {} | 4 | 1 | 5"
    assert _found(points.format("2")) == []
    tied = points.replace("47 | 39,5", "42,5 | 39,5").replace("22,5 | 23,5", "22,5 | 19")
    assert [_found(tied.format(rank)) for rank in ("2", "3")] == [[], []]
    assert [(one.why, one.stated, one.found) for one in _found(points.format("4"))] == [("rank_differs", "4", "2")]


@pytest.mark.parametrize(
    ("before", "stated"),
    [
        ("Tình hình giải quyết hồ sơ của 05 cơ quan đến ngày 31/12/2024", []),
        ("Tình hình giải quyết hồ sơ của 06 cơ quan đến ngày 31/12/2024", ["06"]),
        ("Kết quả của 06 cơ quan, trong đó 05 cơ quan có hồ sơ", []),
    ],
)
def test_how_many_rows_the_title_of_a_table_tells(before: str, stated: list[str]) -> None:
    assert [one.stated for one in _found(DOSSIERS, before)] == stated


def test_a_choice_of_rows_is_no_lost_one() -> None:
    few = DOSSIERS.replace("4 | Sở Công Thương | 4.431 | 4.316 | 27 | 88 | 99,38\n5", "4")
    assert _found(few, "Kết quả của một số cơ quan tiêu biểu") == []


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Cao nhất là Sở Tư pháp (99,53%), thấp nhất là Sở Y tế (98,13%).", []),
        ("Cao nhất là Sở Tư pháp (99,53%), thấp nhất là Sở Y tế (97,13%).", [("97,13", "98,13")]),
        ("Năm nay tiếp nhận 13.455 hồ sơ; quá hạn 133 hồ sơ, đang giải quyết 344 hồ sơ.", []),
        ("Năm nay tiếp nhận 13.455 hồ sơ; quá hạn 133 hồ sơ, đang giải quyết 434 hồ sơ.", [("434", "344")]),
        ("Năm nay tiếp nhận 13.455 hồ sơ; riêng 11 tháng đang giải quyết 434 hồ sơ.", []),
    ],
)
def test_what_the_text_tells_of_a_row_and_of_the_total(sentence: str, told: list[tuple[str, str]]) -> None:
    assert [(one.stated.rstrip("%"), one.found.rstrip("%")) for one in _found(DOSSIERS, "", sentence)] == told
