"""Tables as offices make them: right ones of many sorts yield nothing, and one wrong cell or word is named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.arithmetic.findings import StatementFinding
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

RIGHT: dict[str, str] = yaml.safe_load(Path(__file__).with_name("tables_right.yaml").read_text(encoding="utf-8"))
MONTHS = """
Tháng | Cơ sở mới | Vốn (tỷ đồng) | Vốn bình quân (tỷ đồng/cơ sở) | Ngừng
Tháng 1 | 124 | 1.054,0 | 8,50 | 31
Tháng 2 | 86 | 627,8 | 7,30 | 18
Tháng 3 | 153 | 1.407,6 | 9,20 | 26
Quý I | 363 | 3.089,4 | 8,51 | 75
Tháng 4 | 140 | 1.134,0 | 8,10 | 22
4 tháng | 503 | 4.223,4 | 8,40 | 97
"""
RANKS = """
Hạng | Đơn vị | Giấy tờ | Tiến độ | Số hóa | Tổng điểm | Hạng quý I | Thay đổi
 | Điểm tối đa | 30,0 | 40,0 | 30,0 | 100,0 | |
1 | Phường Đông Hải | 28,4 | 38,6 | 27,2 | 94,2 | 1 | 0
2 | Phường Tây Sơn | 27,9 | 37,1 | 26,8 | 91,8 | 4 | +2
3 | Xã Nam Hưng | 27,2 | 36,3 | 25,7 | 89,2 | 2 | -1
4 | Xã Bắc Lũng | 26,8 | 35,5 | 24,4 | 86,7 | 3 | -1
5 | Xã Trung Nghĩa | 25,1 | 33,9 | 22,3 | 81,3 | 5 | 0
"""
LETTERS = RIGHT["points of several people, with codes of letters and a row of ranks"]


def _found(table: str, *sentences: str) -> list[StatementFinding]:
    prose = [Paragraph(one, Place(line=100 + at)) for at, one in enumerate(sentences)]
    return list(check_papers([PrintedPaper("báo cáo.docx", [*cells(table.strip()), *prose])])[0].findings)


@pytest.mark.parametrize("table", [*RIGHT.values(), MONTHS, RANKS], ids=[*RIGHT, "months", "ranks"])
def test_a_right_table_yields_nothing(table: str) -> None:
    assert _found(table) == []


@pytest.mark.parametrize(
    ("table", "right", "wrong", "stated", "found"),
    [
        (MONTHS, "Tháng 2 | 86 |", "Tháng 2 | 68 |", "68", "86"),
        (MONTHS, "| 9,20 |", "| 8,50 |", "8,50", "9,20"),
        (MONTHS, "Quý I | 363", "Quý I | 210", "210", "363"),
        (RANKS, "| 4 | +2", "| 4 | +1", "+1", "2"),
        (RANKS, "| 27,2 | 36,3 | 25,7 | 89,2 | 2 | -1", "| 27,2 | 36,3 | 36,3 | 25,7 | 89,2 | 2", "36,3", ""),
        (LETTERS, "A2 | Việc", "A1 | Việc", "A1", "A2"),
        (LETTERS, "B1 | Đúng hạn | 20 | 19,0", "B1 | Đúng hạn | 20 | 16,0", "36,0", "33,0"),
    ],
)
def test_one_wrong_cell_is_named(table: str, right: str, wrong: str, stated: str, found: str) -> None:
    assert right in table
    told = _found(table.replace(right, wrong))
    assert (stated, found) in [(one.stated, one.found) for one in told], told


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("Phường Tây Sơn tăng 02 bậc; xã Nam Hưng và xã Bắc Lũng cùng giảm 01 bậc so với quý I.", None),
        ("Xã Trung Nghĩa không tăng 2 bậc như kế hoạch.", None),
        ("Về lĩnh vực số hóa, xã Nam Hưng tăng 3 bậc.", None),
        ("Xã Nam Hưng và xã Bắc Lũng cùng tụt 02 bậc.", "02"),
        ("So với quý I, Phường Tây Sơn vươn lên, tăng 3 hạng.", "3"),
    ],
)
def test_places_that_units_moved_by_are_held_against_the_table(sentence: str, stated: str | None) -> None:
    assert [one.stated for one in _found(RANKS, sentence)] == ([] if stated is None else [stated])
