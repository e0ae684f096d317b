"""The rules proposed from option lines."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tests.builders import criteria_set, node

from parindex.documents.criteria_tables.proposed_rules import measure_id, propose
from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.domain.criteria.findings import Severity
from parindex.domain.scoring.check import check


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


def test_options_with_commas_between_them_are_taken_apart() -> None:
    proposal = propose("1.1", "Kế hoạch", ["Có: 3 điểm, Không: 0 điểm"])
    assert proposal is not None
    assert proposal.rule.data["options"] == {"co": {"points": "3"}, "khong": {"points": "0"}}
