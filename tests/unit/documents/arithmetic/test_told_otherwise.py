"""Codes, units and grades that the text or a verdict tells otherwise than the table; numbers of headings."""

from __future__ import annotations

import pytest
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

CODED = """
TT | Nhóm tiêu chí/tiêu chí | MĐHL năm 2023 (%) | MĐHL năm 2024 (%)
I | Tiếp cận dịch vụ | 80,41 | 82,20
1.1 | Nơi ngồi chờ | 82,45 | 84,13
1.2 | Trang thiết bị | 78,36 | 80,27
II | Thủ tục hành chính | 82,46 | 84,99
2.1 | Niêm yết công khai | 85,74 | 86,92
2.2 | Mẫu đơn dễ hiểu | 79,18 | 83,05
"""
MONEY = """
STT | Nội dung (đơn vị: triệu đồng) | Dự toán | Thực hiện
1 | Chi đầu tư | 3.250 | 3.118
2 | Chi thường xuyên | 8.460 | 8.937
3 | Chi khác | 1.245 | 1.102
"""
GRADED = """
STT | Đơn vị | Điểm | Xếp loại
1 | Xã An Hòa | 91,5 | Tốt
2 | Xã Bình Hòa | 84,2 | Khá
3 | Xã Cẩm Hòa | 93,0 | Tốt
4 | Xã Đức Hòa | 88,7 | {grade}
5 | Xã Hải Hòa | 92,3 | Tốt
"""
VERDICTS = """
STT | Chỉ tiêu | Kế hoạch | Thực hiện | Tỷ lệ TH/KH (%) | Đánh giá
1 | Số lớp tập huấn | 8 | 9 | 112,5 | Đạt
2 | Số cuộc kiểm tra | 10 | 10 | 100,0 | Đạt
3 | Số thủ tục cắt giảm | 40 | 31 | 77,5 | {verdict}
4 | Số bài tuyên truyền | 60 | 66 | 110,0 | Đạt
5 | Số đơn vị tự chủ | 12 | 9 | 75,0 | Chưa đạt
6 | Số văn bản rà soát | 25 | 25 | 100,0 | Đạt
"""


def _found(table: str, *sentences: str) -> list[tuple[str, str, str]]:
    lines = [Paragraph(text, Place(file="drawn", line=40 + at)) for at, text in enumerate(sentences)]
    blocks = [*(cells(table) if table else ()), *lines]
    findings = check_papers([PrintedPaper("drawn", blocks)])[0].findings
    return [(one.why, one.stated, one.found) for one in findings]


@pytest.mark.parametrize(
    ("table", "sentence", "expected"),
    [
        (CODED, "Tiêu chí cao nhất là 2.1 (86,92%).", []),
        (CODED, "Tiêu chí cao nhất là 2.2 (86,92%).", [("told_code_apart", "2.2", "2.1")]),
        (CODED, "Tiêu chí 1.2 (tăng 1,91 điểm) đã cải thiện.", []),
        (MONEY, "Chi thường xuyên đạt 8.937 triệu đồng, tức 8,937 tỷ đồng.", []),
        (MONEY, "Chi thường xuyên đạt 8.937 tỷ đồng.", [("told_unit_apart", "8.937 tỷ đồng", "8.937 triệu đồng")]),
        (MONEY, "Chi khác còn 1.245 - 1.102 = 143 triệu đồng.", []),
        (MONEY, "Chi khác còn 1.245 - 1.102 = 143 tỷ đồng.", [("told_unit_apart", "143 tỷ đồng", "143 triệu đồng")]),
        (GRADED.format(grade="Khá"), "Loại Tốt: từ 90 điểm trở lên; Khá: từ 75 đến dưới 90 điểm.", []),
        (
            GRADED.format(grade="Tốt"),
            "Loại Tốt: từ 90 điểm trở lên; Khá: từ 75 đến dưới 90 điểm.",
            [("grade_apart", "Tốt", "Khá")],
        ),
        (VERDICTS.format(verdict="Chưa đạt"), "", []),
        (VERDICTS.format(verdict="Đạt"), "", [("verdict_apart", "Đạt", "")]),
    ],
)
def test_what_a_table_shows_is_told_otherwise(table: str, sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert _found(table, sentence) == expected


CHOICE = """
Mã TC | Tên tiêu chí | Tối đa | Tự chấm | Thẩm định
1.1 | Kế hoạch | 2,00 | 2,00 | 1,75
1.4 | Kiểm tra | 1,50 | 1,50 | 1,50
3.2 | Rà soát thủ tục | 3,00 | 2,50 | 2,00
{code} | Giải quyết hồ sơ | 5,00 | 4,50 | 4,50
5.3 | Đánh giá công chức | 2,50 | 2,50 | 2,50
 | Cộng | 14,00 | 13,00 | 12,25
"""


@pytest.mark.parametrize(("code", "expected"), [("3.5", []), ("3.2", [("code_twice", "3.2", "3.3")])])
def test_a_choice_of_criteria_is_no_criteria_set(code: str, expected: list[tuple[str, str, str]]) -> None:
    assert _found(CHOICE.format(code=code)) == expected


NAMED = (
    "Tiêu chí 1.2 (Báo cáo định kỳ về cải cách hành chính) mất 0,5 điểm.",
    "Tiêu chí 1.3 (Kiểm tra công tác cải cách hành chính) đạt điểm tối đa.",
    "Sở khắc phục tiêu chí 1.2 (Báo cáo định kỳ về cải cách hành chính) trong quý I.",
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("1. Thể chế", "2. Bộ máy", "3. Công vụ", "4. Tài chính"), []),
        (("1. Thể chế", "2. Bộ máy", "2. Công vụ", "4. Tài chính"), [("item_code_apart", "2", "3")]),
        (("1. Thể chế", "2. Bộ máy", "1. Công vụ", "2. Tài chính", "3. Khác"), []),
        (NAMED, []),
        (
            (*NAMED, "Riêng tiêu chí 1.3 (Báo cáo định kỳ về cải cách hành chính) cần theo dõi."),
            [("item_code_apart", "1.3", "1.2")],
        ),
    ],
)
def test_numbers_and_codes_of_other_items(lines: tuple[str, ...], expected: list[tuple[str, str, str]]) -> None:
    assert _found("", *lines) == expected
