"""Columns that stand twice or are missing, codes with a part too many, rows that "this table" is said to have."""

from __future__ import annotations

import pytest
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

HOUSEHOLDS = """
TT | Xã | Số hộ | {head} | Tỷ lệ
1 | A Lưới | 120 | {first} | 98,3
2 | Hồng Hạ | 200 | 200 | 100
3 | Hương Lâm | 150 | 150 | 94
4 | Sơn Thủy | 90 | 90 | 100
"""
NUMBERED = """
STT | Xã | Cuối năm | Giảm
(1) | (2) | {numbers}
1 | A Lưới | 100 | 20
2 | Hồng Hạ | 180 | 20
3 | Hương Lâm | 140 | 10
 | Cộng | 420 | 50
"""
RANKED = """
TT | Đơn vị | Năm 2018 (%) | Năm 2019 (%) | {head} | Thay đổi hạng
1 | Sở Nội vụ | 81,42 | 84,1 | 24 | 7
2 | Sở Tư pháp | 83,05 | 85,66 | 19 | 9
3 | Sở Y tế | 84,71 | 84,29 | 27 | -5
"""
CODED = """
Mã | Nội dung | Tối đa | Điểm
1.1 | Kế hoạch | 2 | 2
1.2 | Báo cáo | 1 | 1
{first} | Thể chế | 2 | 1,5
{second} | Rà soát | 2 | 2
"""
POINTS = """
STT | Nội dung | Điểm tối đa | Điểm tự chấm
1 | Thủ tục | 8,5 | 7
1.1 | Công bố | 3 | 2,5
1.2 | Tỷ lệ hồ sơ đúng hạn | 4 | 3,5
1.3 | Xử lý phản ánh | 1,5 | 1
"""
DEFINED = "Thay đổi hạng = Hạng 2018 - Hạng 2019, dấu trừ là tụt hạng."


def _found(table: str, sentence: str = "Số liệu của các đơn vị.") -> list[tuple[str, str, str]]:
    blocks = [Paragraph(sentence, Place(file="drawn", line=1)), *cells(table)]
    return [(one.why, one.stated, one.found) for one in check_papers([PrintedPaper("drawn", blocks)])[0].findings]


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (HOUSEHOLDS.format(head="Số hộ", first="118"), "Số liệu cuối năm."),
        (HOUSEHOLDS.format(head="Kế hoạch", first="120"), "Số liệu cuối năm."),
        (NUMBERED.format(numbers="(3) | (4)"), "Số liệu cuối năm."),
        (RANKED.format(head="Hạng 2019"), "Số liệu của hai năm."),
        (RANKED.format(head="Hạng 2018"), "Thay đổi hạng = Hạng năm trước - Hạng năm nay."),
        (CODED.format(first="2.1", second="2.1.1"), "Số liệu năm 2023."),
        (CODED.format(first="2.1.1", second="2.4"), "Số liệu năm 2023."),
        (POINTS, "Số liệu năm 2023."),
        (HOUSEHOLDS.format(head="Kế hoạch", first="120"), "Bảng này có 03 xã đạt kế hoạch. Bảng trên gồm 04 xã."),
    ],
)
def test_tables_that_are_right(table: str, sentence: str) -> None:
    assert _found(table, sentence) == []


@pytest.mark.parametrize(
    ("table", "sentence", "expected"),
    [
        (HOUSEHOLDS.format(head="Số hộ", first="120"), "Số liệu cuối năm.", ("column_twice", "Số hộ", "")),
        (NUMBERED.format(numbers="(4) | (5)=(3)-(4)"), "Số liệu cuối năm.", ("column_lost", "(5)=(3)-(4)", "(3)")),
        (
            RANKED.format(head="Hạng 2019"),
            DEFINED,
            ("column_lost", "Thay đổi hạng = Hạng 2018 - Hạng 2019", "“Hạng 2018”"),
        ),
        (CODED.format(first="2.1.1", second="2.2"), "Số liệu năm 2023.", ("code_misprinted", "2.1.1", "2.1")),
        (
            HOUSEHOLDS.format(head="Kế hoạch", first="120"),
            "Bảng này có 06 xã được giao kế hoạch.",
            ("count_differs", "06", "4"),
        ),
    ],
)
def test_tables_with_one_slip(table: str, sentence: str, expected: tuple[str, str, str]) -> None:
    assert _found(table, sentence) == [expected]
