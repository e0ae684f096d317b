"""Option lines as papers print them, and the rules proposed from them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import criteria_set, node

from parindex.documents.criteria_tables.option_lines import (
    OptionLine,
    is_option,
    measure_id,
    propose,
    read_line,
    split_title,
)
from parindex.documents.criteria_tables.option_ranges import read_range
from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.domain.criteria.findings import Severity
from parindex.domain.scoring.check import check


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


@pytest.mark.parametrize(
    ("options", "data"),
    [
        (
            ["Đạt yêu cầu: 2", "Không đạt yêu cầu: 0"],
            {
                "kind": "option",
                "of": "m_1_1",
                "options": {"dat_yeu_cau": {"points": "2"}, "khong_dat_yeu_cau": {"points": "0"}},
            },
        ),
        (
            ["100%: 1", "Từ 50% - dưới 100%: 0,5", "Dưới 50%: 0"],
            {
                "kind": "bands",
                "of": "m_1_1",
                "to": "m_1_1_total",
                "bands": [
                    {"from": "100%", "points": "1"},
                    {"from": "50%", "below": "100%", "points": "0.5"},
                    {"below": "50%", "points": "0"},
                ],
            },
        ),
        (
            ["Từ 3 hình thức trở lên: 1", "1-2 hình thức: 0,5", "Không có hình thức nào: 0"],
            {
                "kind": "bands",
                "of": "m_1_1",
                "bands": [
                    {"from": "3", "points": "1"},
                    {"from": "1", "up_to": "2", "points": "0.5"},
                    {"from": "0", "up_to": "0", "points": "0"},
                ],
            },
        ),
        (["Mỗi sáng kiến được 0,5 điểm"], {"kind": "count", "of": "m_1_1", "each": "0.5"}),
        (
            ["Mỗi sáng kiến được 0,5 điểm, tối đa 1 điểm"],
            {"kind": "count", "of": "m_1_1", "each": "0.5", "max_points": "1"},
        ),
        (
            ["Mỗi văn bản trái pháp luật: trừ 0,25 điểm"],
            {"kind": "deduction", "classes": [{"of": "m_1_1", "points": "0.25"}], "mode": "each"},
        ),
        (
            ["Xuất sắc: Điểm tối đa", "Tốt: 75% điểm", "Hoàn thành: 50% điểm"],
            {
                "kind": "option",
                "of": "m_1_1",
                "options": {"xuat_sac": {"share": "100%"}, "tot": {"share": "75%"}, "hoan_thanh": {"share": "50%"}},
            },
        ),
    ],
)
def test_the_rule_that_the_lines_state(options: list[str], data: dict[str, Any]) -> None:
    proposal = propose("1.1", "Kế hoạch", options, Fraction(2))
    assert proposal is not None
    assert proposal.rule.data == data
    assert proposal.rule.proposed
    assert proposal.rule.clause == "; ".join(options)


@pytest.mark.parametrize(
    "options",
    [["Đạt yêu cầu: 2"], ["Đạt yêu cầu: 2", "theo hướng dẫn"], ["Vi phạm nhẹ: trừ 50% số điểm", "Không: 1"], []],
)
def test_lines_that_do_not_fit_together_give_no_rule(options: list[str]) -> None:
    assert propose("1.1", "Kế hoạch", options, Fraction(2)) is None


def test_invented_measures_are_listed_and_say_so() -> None:
    proposal = propose("I.1.a", "Sáng kiến", ["Có: 1", "Không có: 0"])
    assert proposal is not None
    (measure,) = proposal.measures
    assert (measure.id, measure.kind, dict(measure.choices)) == (
        "m_i_1_a",
        MeasureKind.CHOICE,
        {"co": "Có", "khong_co": "Không có"},
    )
    assert "đề xuất" in measure.title
    assert measure_id("1.10.2") == "m_1_10_2"


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


def test_options_listed_on_one_line_are_taken_apart() -> None:
    proposal = propose("1.2", "Báo cáo", ["Đúng hạn: 2 điểm; quá 01 tháng: 1 điểm; không nộp: 0 điểm"])
    assert proposal is not None
    assert proposal.rule.data["options"] == {
        "dung_han": {"points": "2"},
        "qua_01_thang": {"points": "1"},
        "khong_nop": {"points": "0"},
    }


def test_one_line_of_which_a_part_is_not_understood_gives_no_rule() -> None:
    options = ["Trên 90%: 2", "Từ 80% số điểm tính theo tỷ lệ; dưới 80%: 0"]
    assert propose("1.2", "Báo cáo", options) is None


def test_a_label_may_hold_a_semicolon() -> None:
    proposal = propose("1.2", "Báo cáo", ["Có kế hoạch năm 2024; có báo cáo: 2", "Không: 0"])
    assert proposal is not None
    assert [option["points"] for option in proposal.rule.data["options"].values()] == ["2", "0"]


def test_shares_taken_off_count_the_gravest_fault() -> None:
    proposal = propose("1.8", "Vi phạm", ["Vi phạm nhẹ: trừ 50% số điểm", "Vi phạm nghiêm trọng: 0 điểm"], Fraction(2))
    assert proposal is not None
    assert proposal.rule.data == {
        "kind": "deduction",
        "classes": [{"of": "m_1_8_1", "share": "50%"}, {"of": "m_1_8_2", "share": "100%"}],
        "mode": "worst",
    }


def kind_of(options: list[str], max_points: int, title: str = "Kiểm tra") -> str | None:
    proposal = propose("1.1", title, options, Fraction(max_points))
    return proposal.rule.data["kind"] if proposal is not None else None


@pytest.mark.parametrize(
    ("options", "max_points"),
    [
        (["Ban hành đúng thời hạn: 1 điểm", "Nội dung đầy đủ: 1 điểm", "Có phân công cụ thể: 1 điểm"], 3),
        (["Ban hành đúng hạn: 4", "Hoàn thành nhiệm vụ: 6"], 10),
        (["Kiểm tra từ 30% đơn vị trở lên: 1", "Xử lý 100% vấn đề phát hiện: 1"], 2),
        (["Kiểm tra từ 30% đơn vị trở lên: 1", "Xử lý từ 80% vấn đề trở lên: 1"], 2),
    ],
)
def test_lines_that_add_up_to_the_maximum_are_parts(options: list[str], max_points: int) -> None:
    proposal = propose("1.1", "Kiểm tra", options, Fraction(max_points))
    assert proposal is not None
    worth = [option.rpartition(": ")[2].partition(" ")[0] for option in options]
    assert proposal.rule.data == {
        "kind": "sum",
        "parts": [
            {
                "kind": "option",
                "of": f"m_1_1_{number}",
                "max_points": points,
                "options": {"co": {"points": points}, "khong": {"points": "0"}},
            }
            for number, points in enumerate(worth, start=1)
        ],
    }
    assert [(measure.id, measure.kind, dict(measure.choices)) for measure in proposal.measures] == [
        (f"m_1_1_{number}", MeasureKind.CHOICE, {"co": "Có", "khong": "Không"}) for number in range(1, len(worth) + 1)
    ]
    made = criteria_set(
        node("1", max_points, rule=proposal.rule), measures={measure.id: measure for measure in proposal.measures}
    )
    assert not [finding for finding in check(made) if finding.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("options", "max_points", "kind"),
    [
        (["Đúng hạn: 3", "Quá hạn: 0"], 3, "option"),
        (["Đúng hạn: 2", "Quá hạn: 1"], 4, "option"),
        (["Từ 80% trở lên: 2", "Từ 50% đến dưới 80%: 1"], 3, "bands"),
        (["Đúng hạn: 2", "Đầy đủ: 1", "Không có: 0"], 3, None),
    ],
)
def test_alternatives_are_no_parts(options: list[str], max_points: int, kind: str | None) -> None:
    """One that is worth the whole, ranges that exclude each other; a line for nothing leaves it open."""
    assert kind_of(options, max_points) == kind


@pytest.mark.parametrize(
    "options",
    [
        ["Đạt 100% và đúng hạn: 2", "Đạt 100% nhưng trễ hạn: 1", "Dưới 100%: 0"],
        ["Hoàn thành 100% trước ngày 30/6: 2", "Hoàn thành 100% sau ngày 30/6: 1", "Hoàn thành dưới 100%: 0"],
        ["Từ 95% trở lên: 2", "Từ 95% đến dưới 100% ở cấp xã: 1", "Dưới 95%: 0"],
        ["Đạt 100% và đúng hạn: 2", "Dưới 100%: 0"],
        ["Cấp tỉnh đạt từ 95%: 2", "Cấp huyện đạt từ 95%: 1"],
    ],
)
def test_words_after_the_number_keep_the_lines_as_labels(options: list[str]) -> None:
    proposal = propose("1.1", "Nhiệm vụ", options, Fraction(2))
    assert proposal is not None
    assert proposal.rule.data["kind"] == "option"
    assert [measure.choices for measure in proposal.measures] == [
        dict(zip(proposal.rule.data["options"], (option.partition(":")[0] for option in options), strict=True))
    ]


def test_the_same_words_after_every_number_tell_nothing_apart() -> None:
    options = ["Từ 80% đơn vị và cá nhân trở lên: 2", "Dưới 80% đơn vị và cá nhân: 0"]
    assert kind_of(options, 2) == "bands"


def test_ranges_that_share_values_are_a_slip_of_the_paper() -> None:
    """The check reports the edge; the reader does not hide it behind labels."""
    assert kind_of(["Từ 90% đến 100%: 2", "Từ 80% đến 90%: 1", "Dưới 80%: 0"], 2) == "bands"


@pytest.mark.parametrize(
    ("title", "options", "bands", "least"),
    [
        (
            "Quá hạn",
            ["Không có hồ sơ quá hạn: 1", "Có dưới 5% hồ sơ quá hạn: 0,5", "Có từ 5% hồ sơ quá hạn trở lên: 0"],
            [("from", "0", "up_to", "0"), ("above", "0%", "below", "5%"), ("from", "5%")],
            0,
        ),
        (
            "Xếp hạng",
            ["Từ 1 đến 10: 2", "Từ 11 đến 20: 1", "Từ 21 trở đi: 0"],
            [("from", "1", "up_to", "10"), ("from", "11", "up_to", "20"), ("from", "21")],
            1,
        ),
        (
            "Số cuộc họp",
            ["4 cuộc/năm: 2", "Từ 2-3 cuộc/năm: 1", "0-1 cuộc: 0"],
            [("from", "4"), ("from", "2", "up_to", "3"), ("from", "0", "up_to", "1")],
            0,
        ),
        (
            "Vi phạm",
            ["Không có: 2", "1 vụ: 1", "2 vụ: 0"],
            [("from", "0", "up_to", "0"), ("from", "1", "up_to", "1"), ("from", "2")],
            0,
        ),
        (
            "Vi phạm",
            ["Không có: 2", "1 vụ: 1"],
            [("from", "0", "up_to", "0"), ("from", "1", "up_to", "1")],
            0,
        ),
    ],
)
def test_what_the_words_leave_unsaid_at_both_ends(
    title: str, options: list[str], bands: list[tuple[str, ...]], least: int
) -> None:
    proposal = propose("1.1", title, options, Fraction(2))
    assert proposal is not None
    edges = [
        tuple(word for key, value in band.items() if key != "points" for word in (key, value))
        for band in proposal.rule.data["bands"]
    ]
    assert (edges, proposal.measures[0].minimum) == (bands, least)
