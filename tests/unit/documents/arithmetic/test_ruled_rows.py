"""Points of rows of a table against the rule that stands in a cell of the same row."""

from __future__ import annotations

import pytest
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers

TABLE = """
TT | Nội dung | Cách tính điểm | Điểm tối đa | Kết quả | Điểm tự chấm | Điểm thẩm định
1 | Hồ sơ trước hạn | từ 85% trở lên: 2 điểm; từ 70% đến dưới 85%: 1 điểm; dưới 70%: 0 điểm | 2 | 88,4% | {first} | 2
2 | Ký số văn bản | điểm = tỷ lệ x 1,5 | 1,5 | 90,0% | 1,35 | {second}
3 | Chế độ báo cáo | mỗi báo cáo chậm trừ 0,25 điểm | 1 | 02 báo cáo chậm | {third} | {third}
"""


def _found(**points: str) -> list[tuple[str, str]]:
    table = TABLE.format(**{"first": "2", "second": "1,35", "third": "0,5"} | points)
    findings = check_papers([PrintedPaper("drawn", cells(table))])[0].findings
    return [(one.stated, one.found) for one in findings if one.kind == "rule_points"]


@pytest.mark.parametrize("points", [{}, {"first": "1"}, {"second": "1,2"}])
def test_points_of_which_one_is_right(points: dict[str, str]) -> None:
    assert _found(**points) == []


def test_points_that_no_result_is_worth() -> None:
    assert _found(third="0,75") == [("0,75", "0,50")]
