"""Cells of a table that the text tells otherwise, by the words of their row and column."""

from __future__ import annotations

import pytest
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

CASES = """
STT | Đơn vị | Tiếp nhận | Đã giải quyết | Đang giải quyết | Quá hạn
1 | Phòng Tài nguyên và Môi trường | 5.210 | 4.918 | 292 | 138
2 | Phòng Tư pháp | 3.126 | 3.084 | 42 | 23
3 | Phòng Quản lý đô thị | 2.315 | 2.212 | 103 | 22
 | Tổng cộng | 10.651 | 10.214 | 437 | 183
"""
POINTS = """
STT | Lĩnh vực | Điểm tối đa | Điểm tự đánh giá | Điểm thẩm định
1 | Chỉ đạo, điều hành | 40,00 | 38,00 | 36,25
2 | Cải cách thể chế | 20,00 | 17,50 | 16,75
3 | Cải cách thủ tục hành chính | 40,00 | 35,00 | 33,50
 | Tổng điểm | 100,00 | 90,50 | 86,50
"""
MONEY = """
STT | Nội dung | Dự toán giao (ĐVT: triệu đồng) | Thực hiện
1 | Chi chuyển đổi số | 14.260 | 12.106
2 | Chi sở hữu trí tuệ | 4.800 | 4.307
3 | Chi nghiên cứu khoa học | 21.340 | 19.846
 | Tổng số | 40.400 | 36.259
"""
ANSWERS = """
STT | Nội dung | Phương án | Số phiếu
1 | Thái độ phục vụ của công chức | Rất hài lòng | 588
 | | Hài lòng | 463
 | | Bình thường | 89
 | | Không hài lòng | 24
 | | Cộng | 1.164
2 | Cơ sở vật chất tại nơi tiếp nhận | Rất hài lòng | 397
 | | Hài lòng | 561
 | | Bình thường | 158
 | | Không hài lòng | 48
 | | Cộng | 1.164
"""

RIGHT = [
    (CASES, "Các đơn vị tiếp nhận 10.651 hồ sơ, đã giải quyết 10.214 hồ sơ; đang giải quyết 437 hồ sơ."),
    (CASES, "Các đơn vị tiếp nhận 10.651 hồ sơ; theo kế hoạch, đã giải quyết 10.241 hồ sơ."),
    (CASES, "Các đơn vị tiếp nhận 10.651 hồ sơ; đến ngày 30/9, đã giải quyết 9.876 hồ sơ."),
    (CASES, "Phòng Tư pháp tiếp nhận 3.126 hồ sơ, trong đó hộ tịch tiếp nhận 1.326 hồ sơ."),
    (CASES, "Phòng Tư pháp tiếp nhận 3.126 hồ sơ. Trung tâm Y tế tiếp nhận 3.216 hồ sơ."),
    (CASES, "Các đơn vị tiếp nhận 10.651 hồ sơ, đã giải quyết 10.200 hồ sơ."),
    (POINTS, "Tổng điểm tự đánh giá là 90,50/100 điểm; điểm thẩm định thấp hơn 4,00 điểm."),
    (POINTS, "Lĩnh vực cải cách thể chế tự đánh giá 17,50/20 điểm, năm 2023 tự đánh giá 15,70/20 điểm."),
    (MONEY, "Chi chuyển đổi số 14,26 tỷ đồng, hỗ trợ mỗi thôn 14,26 triệu đồng."),
    (ANSWERS, "Hài lòng trở lên về thái độ phục vụ 1.051/1.164 phiếu; về cơ sở vật chất 958/1.164 phiếu."),
    (ANSWERS, "Rất hài lòng về thái độ phục vụ 588/1.164 phiếu; về cơ sở vật chất 397/1.164 phiếu."),
]
WRONG = [
    (CASES, "Các đơn vị tiếp nhận 10.651 hồ sơ, đang giải quyết 457 hồ sơ.", "457", "437"),
    (CASES, "Các đơn vị đã giải quyết 10.214 hồ sơ; đang giải quyết 518 hồ sơ.", "518", "437"),
    (CASES, "Phòng Tư pháp tiếp nhận 3.126 hồ sơ, đã giải quyết 3.804 hồ sơ.", "3.804", "3.084"),
    (POINTS, "Tổng điểm tự đánh giá là 90,50/100 điểm; điểm thẩm định là 84,75/100 điểm.", "84,75", "86,50"),
    (POINTS, "Lĩnh vực Cải cách thể chế thẩm định 17,65/20 điểm.", "17,65", "16,75"),
    (MONEY, "Trong đó kinh phí chi chuyển đổi số là 14,26 triệu đồng.", "14,26 triệu đồng", "14,26 tỷ đồng"),
    (
        ANSWERS,
        "Hài lòng trở lên về thái độ phục vụ 1.051/1.164 phiếu; về cơ sở vật chất 998/1.164 phiếu.",
        "998",
        "958",
    ),
]


def _found(table: str, sentence: str) -> list[tuple[str, str]]:
    blocks = [Paragraph(sentence, Place(file="drawn", line=1)), *cells(table)]
    findings = check_papers([PrintedPaper("drawn", blocks)])[0].findings
    return [(one.stated, one.found) for one in findings]


@pytest.mark.parametrize(("table", "sentence"), RIGHT)
def test_what_a_table_has_or_may_not_have(table: str, sentence: str) -> None:
    assert _found(table, sentence) == []


@pytest.mark.parametrize(("table", "sentence", "stated", "found"), WRONG)
def test_a_cell_that_is_told_otherwise(table: str, sentence: str, stated: str, found: str) -> None:
    assert (stated, found) in _found(table, sentence)
