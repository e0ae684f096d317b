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


LAST = """
Mã | Nội dung | Điểm tối đa | Tự đánh giá | Thẩm định | Số liệu thực hiện | Quy định chấm
1.1 | Hồ sơ trực tuyến | 3,00 | {first} | {second} | 8.644/13.830 hồ sơ | Từ 70%: 3; từ 50% đến dưới 70%: 2; dưới 50%: 0
1.2 | Đơn vị được kiểm tra | 1,00 | 1,00 | 1,00 | 12/30 đơn vị | từ 30% trở lên: 1 điểm; dưới 30%: 0 điểm
1.3 | Số hóa | 2,00 | 1,60 | 1,60 | 480/600 hồ sơ | (b/a) x điểm tối đa
1.4 | Phản ánh kiến nghị | 1,00 | 0 | 0 | 45/47 kiến nghị | 100%: 1; không đạt: 0
"""


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("2,00", "2,00", []),
        ("3,00", "2,00", []),  # a claim that was corrected
        ("2,00", "0", []),  # proof may have lacked
        ("2,00", "3,00", [("3,00", "2,00")]),
        ("3,00", "3,00", [("3,00", "2,00")]),
    ],
)
def test_a_rule_in_the_last_column(first: str, second: str, told: list[tuple[str, str]]) -> None:
    findings = check_papers([PrintedPaper("drawn", cells(LAST.format(first=first, second=second)))])[0].findings
    assert [(one.stated, one.found) for one in findings if one.kind == "rule_points"] == told


NOTED = """
Mã | Tiêu chí | Điểm chuẩn | Điểm tự chấm | Ghi chú
1 | Kỷ luật (mỗi công chức bị kỷ luật trừ 0,5 điểm) | 3,00 | {points} | {note}
2 | Đào tạo, bồi dưỡng | 2,50 | 2,50 | Đạt 100% kế hoạch
"""


@pytest.mark.parametrize(
    ("points", "note", "told"),
    [
        ("2,00", "Có 2 công chức bị kỷ luật khiển trách", []),
        ("2,50", "Có 2 công chức bị kỷ luật khiển trách", [("2,50", "2,00")]),
        ("3,00", "Có 2 công chức được cử đi học", []),
        ("3,00", "Năm trước có 2 công chức bị kỷ luật", []),
    ],
)
def test_cases_counted_in_a_remark(points: str, note: str, told: list[tuple[str, str]]) -> None:
    findings = check_papers([PrintedPaper("drawn", cells(NOTED.format(points=points, note=note)))])[0].findings
    assert [(one.stated, one.found) for one in findings if one.kind == "rule_points"] == told
