"""What the text tells of a table of the same paper: counts of rows, figures of a named row."""

from __future__ import annotations

import pytest
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

TABLE = """
STT | Đơn vị | Điểm năm 2024 | Xếp hạng | Xếp loại
1 | Sở Nội vụ | 94,62 | 1 | Tốt
2 | Sở Tư pháp | 93,18 | 2 | Tốt
3 | Sở Tài chính | 91,07 | 3 | Tốt
4 | Sở Xây dựng | 89,54 | 4 | Khá
5 | Sở Công Thương | 88,36 | 5 | Khá
6 | Sở Y tế | 86,91 | 6 | Khá
7 | Thanh tra tỉnh | 85,25 | 7 | Khá
8 | Ban Dân tộc | 78,43 | 8 | Trung bình
 | Trung bình | 88,42 | |
"""

RIGHT = [
    "Có 03 đơn vị xếp loại Tốt, 04 đơn vị xếp loại Khá và 01 đơn vị xếp loại Trung bình.",
    "Có 4/8 đơn vị có điểm năm 2024 trên mức trung bình.",
    "Có 3 đơn vị đạt trên 90 điểm, 04 đơn vị đạt từ 85 đến dưới 90 điểm, 1 đơn vị đạt dưới 80 điểm.",
    "Năm 2023, có 6/8 đơn vị đạt trên 90 điểm.",
    "Có 02 sở thuộc khối tổng hợp đạt trên 90 điểm; dưới 80 điểm có 1 đơn vị.",
    "Sở Nội vụ dẫn đầu với 94,62 điểm, tăng 1,26 điểm so với năm 2023.",
    "Năm 2023, Sở Nội vụ đạt 94,26 điểm.",
    "Sở Tư pháp tăng 93,81% số hồ sơ.",
    "Sở Xây dựng và Sở Công Thương đạt bình quân 88,95 điểm.",
    "Sở Y tế có 86,19% hồ sơ đúng hạn và 12 thủ tục.",
]
WRONG = [
    ("Có 05 đơn vị xếp loại Tốt, 04 đơn vị xếp loại Khá.", "05", "03"),
    ("Loại Tốt có 3 đơn vị; loại Khá: 5 đơn vị.", "5", "4"),
    ("Có 5/8 đơn vị có điểm năm 2024 trên mức trung bình.", "5/8", "4/8"),
    ("Kết quả trên 90 điểm gồm 4 đơn vị; dưới 80 điểm: 1 đơn vị.", "4", "3"),
    ("Có 3/8 đơn vị đạt dưới 80 điểm.", "3/8", "1/8"),
    ("Năm 2024, Sở Nội vụ dẫn đầu toàn tỉnh, đạt 94,26 điểm.", "94,26", "94,62"),
    ("Sở Tài chính xếp thứ 3 với 91,70 điểm.", "91,70", "91,07"),
    ("Sở Tài chính xếp thứ 3 với 97,07 điểm.", "97,07", "91,07"),
]


def _found(sentence: str) -> list[tuple[str, str]]:
    blocks = [*cells(TABLE), Paragraph(sentence, Place(file="drawn", line=40))]
    findings = check_papers([PrintedPaper("drawn", blocks)])[0].findings
    return [(one.stated, one.found) for one in findings]


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_is_right_or_cannot_be_told(sentence: str) -> None:
    assert _found(sentence) == []


@pytest.mark.parametrize(("sentence", "stated", "found"), WRONG)
def test_what_the_table_has_otherwise(sentence: str, stated: str, found: str) -> None:
    assert _found(sentence) == [(stated, found)]


STAFF = """
STT | Cơ quan | Chỉ tiêu giao | Hiện diện | Nữ
1 | Phòng Nội vụ | 41 | 38 | 15
2 | Phòng Tư pháp | 27 | 26 | 12
3 | Phòng Y tế | 33 | 31 | 18
4 | Phòng Văn hóa | 68 | 64 | 35
 | Cộng | 169 | 159 | 80
"""


def told_of_staff(sentence: str) -> list[tuple[str, str]]:
    blocks = [*cells(STAFF), Paragraph(sentence, Place(file="x", line=90))]
    return [(one.stated, one.found) for one in check_papers([PrintedPaper("x", blocks)])[0].findings]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Các phòng được giao 169 chỉ tiêu, hiện diện 195 người.", [("195", "159")]),
        ("Các phòng được giao 159 chỉ tiêu, hiện diện 169 người.", [("159", "169"), ("169", "159")]),
        ("Tổng số 5 phòng được giao 169 chỉ tiêu, hiện diện 159 người.", [("5", "4")]),
        ("Tổng số 4 phòng được giao 169 chỉ tiêu, hiện diện 159 người.", []),
        ("Các phòng được giao 169 chỉ tiêu; các trường hiện diện 195 người.", []),
        ("Năm trước các phòng được giao 196 chỉ tiêu.", []),
    ],
)
def test_totals_are_told_as_the_table_has_them(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert told_of_staff(sentence) == expected
