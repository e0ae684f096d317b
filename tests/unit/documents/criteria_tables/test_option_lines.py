"""Option lines as papers print them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.documents.criteria_tables.option_lines import (
    OptionLine,
    is_option,
    read_line,
    says_points,
    split_title,
)
from parindex.documents.criteria_tables.option_ranges import read_range


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đạt yêu cầu: 2", OptionLine("Đạt yêu cầu", Fraction(2))),
        ("- Không đạt yêu cầu: 0", OptionLine("Không đạt yêu cầu", Fraction(0))),
        ("Từ 50% - dưới 100%: 0,5", OptionLine("Từ 50% - dưới 100%", Fraction(1, 2))),
        ("quá 01 tháng: 1", OptionLine("quá 01 tháng", Fraction(1))),
        ("Đạt từ 70% đến dưới 85% được 1,5 điểm", OptionLine("Đạt từ 70% đến dưới 85%", Fraction(3, 2))),
        ("Hoàn thành tốt nhiệm vụ: 75% điểm", OptionLine("Hoàn thành tốt nhiệm vụ", share=Fraction(3, 4))),
        ("Hoàn thành xuất sắc: Điểm tối đa", OptionLine("Hoàn thành xuất sắc", share=Fraction(1))),
        ("Không ban hành: không tính điểm", OptionLine("Không ban hành", Fraction(0))),
        ("1 điểm nếu hoàn thành 100%", OptionLine("hoàn thành 100%", Fraction(1))),
        ("Mỗi sáng kiến được 0,5 điểm", OptionLine("Mỗi sáng kiến", Fraction(1, 2), per=True)),
        ("Cộng 0,5 điểm cho mỗi sáng kiến", OptionLine("mỗi sáng kiến", Fraction(1, 2), per=True)),
        (
            "Mỗi văn bản trái pháp luật trừ 0,25 điểm",
            OptionLine("Mỗi văn bản trái pháp luật", Fraction(1, 4), per=True, minus=True),
        ),
        (
            "Mỗi sáng kiến được 0,5 điểm, tối đa 2 điểm",
            OptionLine("Mỗi sáng kiến", Fraction(1, 2), per=True, cap=Fraction(2)),
        ),
    ],
)
def test_a_line_says_what_it_is_worth(text: str, expected: OptionLine) -> None:
    assert read_line(text) == expected


@pytest.mark.parametrize("text", ["Kế hoạch CCHC năm", "Tỷ lệ giảm biên chế so với năm 2021", "thực hiện tốt", ""])
def test_other_lines_are_no_options(text: str) -> None:
    assert read_line(text) is None
    assert not is_option(text)


@pytest.mark.parametrize(
    ("label", "edges", "unit"),
    [
        ("100%", {"from": "100%"}, "%"),
        ("Từ 50% - dưới 100%", {"from": "50%", "below": "100%"}, "%"),
        ("Từ 50% đến 100%", {"from": "50%", "up_to": "100%"}, "%"),
        ("Trên 50% đến dưới 70%", {"above": "50%", "below": "70%"}, "%"),
        ("Trên 90% đến 100%", {"above": "90%", "up_to": "100%"}, "%"),
        ("≥ 60% - < 80%", {"from": "60%", "below": "80%"}, "%"),
        ("Dưới 50%", {"below": "50%"}, "%"),
        ("Trên 50%", {"above": "50%"}, "%"),
        ("Từ 80% trở lên", {"from": "80%"}, "%"),
        ("80% trở lên", {"from": "80%"}, "%"),
        ("¾ số lượng trở lên", {"from": "0.75"}, "%"),
        ("Dưới 2/3 số lượng", {"below": "2/3"}, "%"),
        ("Từ 3 hình thức trở lên", {"from": "3"}, "hinh thuc"),
        ("1-2 hình thức", {"from": "1", "up_to": "2"}, "hinh thuc"),
        ("quá 01 tháng", {"above": "1"}, "thang"),
        ("Trong vòng 10 ngày", {"up_to": "10"}, "ngay"),
        ("Từ 10 ngày trở xuống", {"up_to": "10"}, "ngay"),
        ("Không có hình thức nào", {"from": "0", "up_to": "0"}, ""),
    ],
)
def test_edges_are_taken_as_the_words_say(label: str, edges: dict[str, str], unit: str) -> None:
    found = read_range(label)
    assert found is not None
    assert (found.edges(), found.unit) == (edges, unit)


@pytest.mark.parametrize("label", ["Đạt yêu cầu", "Không đạt yêu cầu", "Kịp thời", "Không ban hành"])
def test_labels_without_a_range(label: str) -> None:
    assert read_range(label) is None


@given(low=st.integers(0, 99), width=st.integers(1, 100))
def test_any_pair_of_percentages(low: int, width: int) -> None:
    found = read_range(f"Từ {low}% đến dưới {low + width}%")
    assert found is not None
    assert (found.low, found.low_closed, found.high, found.high_closed) == (
        Fraction(low, 100),
        True,
        Fraction(low + width, 100),
        False,
    )


def test_a_title_cell_with_options() -> None:
    title = ["Kế hoạch CCHC", "ban hành kịp thời", "- Đạt yêu cầu: 2", "- Không đạt", "yêu cầu: 0"]
    assert split_title(title) == (title[:2], ["- Đạt yêu cầu: 2", "- Không đạt yêu cầu: 0"])
    assert split_title(["Tỷ lệ", "Từ 50% -", "dưới 100%: 0,5", "Dưới 50%: 0"])[1] == [
        "Từ 50% - dưới 100%: 0,5",
        "Dưới 50%: 0",
    ]


@pytest.mark.parametrize(
    ("label", "edges"),
    [
        ("80% ≤ x < 90%", {"from": "80%", "below": "90%"}),
        ("90% ≤ tỷ lệ ≤ 100%", {"from": "90%", "up_to": "100%"}),
        ("50% < tỷ lệ <= 80%", {"above": "50%", "up_to": "80%"}),
        ("5 < số cuộc < 10", {"above": "5", "below": "10"}),
        ("100% ≥ tỷ lệ > 90%", {"above": "90%", "up_to": "100%"}),
        ("100% > tỷ lệ ≥ 90%", {"from": "90%", "below": "100%"}),
        ("70% <= tỷ lệ", {"from": "70%"}),
    ],
)
def test_inequalities_keep_both_edges(label: str, edges: dict[str, str]) -> None:
    found = read_range(label)
    assert found is not None
    assert found.edges() == edges


@pytest.mark.parametrize(
    ("line", "most", "is_one"),
    [
        ("Có: 3 điểm, Không: 0 điểm", 3, True),
        ("Đạt: 2 điểm; không đạt: 0 điểm", 2, True),
        ("Từ 50% đến dưới 100%: 1", 2, True),
        ("Không: 0", 2, True),
        ("Mỗi sáng kiến: 0,5 điểm", 2, True),
        ("Tổng số điểm: 100", 3, False),
        ("Số: 2", 3, False),
        ("Kính gửi: các sở", 3, False),
    ],
)
def test_a_line_in_no_cell_is_an_option_only_beyond_doubt(line: str, most: int, is_one: bool) -> None:
    assert says_points(line, Fraction(most)) is is_one
