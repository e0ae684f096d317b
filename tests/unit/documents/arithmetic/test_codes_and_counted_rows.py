"""Codes of items with parts changed round in lists and headings, and how many rows the text says a table has."""

from __future__ import annotations

import pytest
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

ITEMS = ("7.3.4. Dịch vụ có hồ sơ", "Tự chấm 1 điểm.", "7.3.5. Hồ sơ trực tuyến", "7.3.7. Thanh toán trực tuyến")
WORDED = (
    "Thứ nhất, về tiêu chí 1.4 Sáng kiến.",
    "Thứ hai, về tiêu chí 3.5 Hồ sơ.",
    "Thứ ba, về tiêu chí 6.2 Ngân sách.",
)
STAFF = "5.6.1. Công chức cấp xã"


def _lines(*lines: str) -> list[tuple[str, str]]:
    blocks = [Paragraph(line, Place(file="drawn", line=at)) for at, line in enumerate(lines, start=1)]
    return [(one.stated, one.found) for one in check_papers([PrintedPaper("drawn", blocks)])[0].findings]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*ITEMS, "Điểm của 03 tiêu chí thành phần 7.3.4, 7.5.3 và 7.3.7 là đúng."), [("7.5.3", "7.3.5")]),
        ((*ITEMS, "Các tiêu chí 7.3.4, 7.3.5 và 7.5.3 do Sở khác chấm."), []),  # both are named
        ((*ITEMS, "Các tiêu chí 7.3.4, 4.5.3 và 7.3.7 do Sở khác chấm."), []),
        ((*WORDED, "Số liệu ở các tiêu chí 1.4, 5.3 và 6.2 là đúng."), [("5.3", "3.5")]),
        ((*WORDED, "Số liệu ở các tiêu chí 1.4, 5.3 và 6.2 là đúng; tiêu chí 5.1 chưa có."), []),
        ((*WORDED, "Hai tiêu chí 1.4 và 5.3 chưa có."), []),  # of two parts in a list of two
        ((STAFF, "Tiêu chí 5.6.1 tự chấm 0 điểm.", "5.2.6. Cán bộ cấp xã", "Tự chấm 1 điểm."), [("5.2.6", "5.6.2")]),
        ((STAFF, "Tự chấm 0 điểm.", "5.8.2. Cán bộ cấp xã", "Tiêu chí 5.6.2 tự chấm 1 điểm."), [("5.8.2", "5.6.2")]),
        ((STAFF, "Tự chấm 0 điểm.", "5.8.2. Cán bộ cấp xã", "Tự chấm 1 điểm."), []),
        (("2.1.3. Kiểm tra văn bản", "2.4.1. Theo dõi thi hành", "3.2.2. Công khai thủ tục"), []),  # a choice of them
        (("Tiêu chí 2.2 Rà soát", "Tiêu chí 3.2 Kiểm tra", "Tiêu chí 2.4 Phổ biến"), [("3.2", "2.3")]),
        (("Tiêu chí 2.1 Theo dõi", "Tiêu chí 1.2 Báo cáo", "Tiêu chí 2.4 Phổ biến"), []),
        (("4.1.2. Lãnh đạo", "Vì vậy tiêu chí 4.2.1 tự chấm 0,5 điểm."), [("4.2.1", "4.1.2")]),
        (("4.1.2. Lãnh đạo", "Nội dung này liên quan tiêu chí 4.2.1 do Sở khác theo dõi."), []),
        (("1.2.1. Báo cáo định kỳ", "1.2.2. Báo cáo khác", "Đã nộp. Tiêu chí 1.2.2 đề nghị 1 điểm."), []),
    ],
)  # fmt: skip
def test_codes_turned_round(lines: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert _lines(*lines) == expected


LESSONS = """
STT | Đơn vị | Kế hoạch | Thực hiện | Tỷ lệ (%)
1 | Huyện Bắc Sơn | 120 | 108 | 90,0
2 | Huyện Bình Gia | 150 | 141 | 94,0
3 | Huyện Cao Lộc | 200 | 176 | 88,0
4 | Huyện Chi Lăng | 180 | 171 | 95,0
5 | Huyện Hữu Lũng | 160 | 152 | 95,0
 | Tổng cộng | 810 | 748 | 92,3
"""
YEARS = """
STT | Cơ quan | Năm 2023 | Năm 2024 | Tăng/giảm
1 | Sở Nội vụ | 91,20 | 92,75 | +1,55
2 | Sở Tư pháp | 89,40 | 88,10 | -1,30
3 | Sở Tài chính | 87,35 | 90,05 | +2,70
4 | Sở Y tế | 84,15 | 85,60 | +1,45
5 | Sở Công Thương | 86,90 | 86,00 | -0,90
6 | Sở Xây dựng | 88,25 | 88,25 | 0,00
 | Trung bình | 87,88 | 88,46 | +0,58
"""
CODED = """
STT | Cơ quan | Giao | Có mặt
1 | Cấp tỉnh | 1.311 | 1.210
2 | Cấp huyện | 379 | 362
2.1 | Thành phố Lai Châu | 94 | 90
2.2 | Huyện Tam Đường | 98 | 93
2.3 | Huyện Sìn Hồ | 86 | 83
2.2 | Huyện Mường Tè | 101 | 96
"""


@pytest.mark.parametrize(
    ("table", "sentence", "expected"),
    [
        (LESSONS, "Tổng số lớp theo kế hoạch của 07 huyện là 810 lớp.", [("07", "05")]),
        (LESSONS, "Tổng số lớp theo kế hoạch của 05 huyện là 810 lớp.", []),
        (LESSONS, "Toàn tỉnh mở 748 lớp tại 06 huyện.", [("06", "05")]),
        (LESSONS, "Tỉnh có 11 huyện; đã mở 748 lớp.", []),
        (LESSONS, "Năm 2023, tổng số lớp của 07 huyện là 810 lớp.", []),
        (YEARS, "Có 04 cơ quan tăng điểm và 02 cơ quan giảm điểm so với năm 2023.", [("04", "03")]),
        (YEARS, "Có 03/06 cơ quan tăng điểm, 03/06 cơ quan giảm điểm.", [("03/06", "02/06")]),
        (YEARS, "Có 03/06 cơ quan tăng điểm, 02/06 cơ quan giảm điểm.", []),
        (YEARS, "Có 04 cơ quan tăng điểm so với năm 2022.", []),
        (CODED, "Số liệu đến ngày 31/12/2024.", [("2.2", "2.4")]),
    ],
)
def test_rows_that_the_text_counts(table: str, sentence: str, expected: list[tuple[str, str]]) -> None:
    blocks = [Paragraph(sentence, Place(file="drawn", line=1)), *cells(table)]
    assert [(one.stated, one.found) for one in check_papers([PrintedPaper("drawn", blocks)])[0].findings] == expected


def test_a_note_below_the_rows_has_no_code_twice() -> None:
    rows = (
        "Mã | Tiêu chí | Điểm tối đa | Tự chấm\n2.1 | Kế hoạch | 2 | 2\n2.2 | Đúng hạn | 3 | 2,4\n2.3 | Báo cáo | 1 | 1"
    )
    note = "Tiêu chí 2.2: điểm bằng tỷ lệ đúng hạn nhân với 3. Tiêu chí 3.2: như trên. |  |  | "
    found = check_papers([PrintedPaper("drawn", cells(f"{rows}\n{note}\n"))])[0].findings
    assert [one.why for one in found] == []
