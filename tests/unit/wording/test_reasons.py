"""How a rule came to its points, in words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.builders import figures, units

from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.scoring.rule_table import explain_row, parse_rule
from parindex.domain.scoring.trace import RuleTrace
from parindex.wording.formulas import formula_text
from parindex.wording.reasons import trace_lines

MEASURES = {
    "x": Measure("x", "Số đúng hạn", unit="hồ sơ"),
    "y": Measure("y", "Số tiếp nhận", unit="hồ sơ"),
    "z": Measure("z", "Số vụ việc"),
    "c": Measure("c", "Kế hoạch", MeasureKind.CHOICE, choices={"in_time": "Kịp thời", "late": "Chậm"}),
    "l": Measure("l", "Sáng kiến", MeasureKind.LIST),
}


def trace(
    rule: dict[str, object],
    *,
    chosen: str | None = None,
    years: dict[str, str] | None = None,
    **values: str | int | None,
) -> RuleTrace:
    """The trace of a rule with M = 1,5 on the first of two units; the second has 1 of everything."""
    both = units("a", "b")
    numbers: dict[str | tuple[str, int], list[str | int | None]] = {name: [value, 1] for name, value in values.items()}
    for name, value in (years or {}).items():
        numbers[name, 2023] = [value, None]
    choices = {"c": (["in_time", "late"], [chosen, None])} if chosen else None
    made = parse_rule(rule, max_points=Fraction("1.5"), year=2024, measures=MEASURES)
    return explain_row(made, figures(both, numbers, choices), 0)


RATIO = {"kind": "ratio", "of": "x", "to": "y"}
WEIGHTED = {**RATIO, "of": ["x", {"measure": "z", "weight": "0,5"}]}
COUNT = {"kind": "count", "of": "z", "each": "0.5"}
TENTHS = {"kind": "count", "of": "z", "each": "0.1"}
DEDUCTION = {"kind": "deduction", "classes": [{"of": "z", "points": "0.25"}]}
GRAVEST = {"kind": "deduction", "mode": "worst", "classes": [{"of": "z", "share": "50%"}]}
HALVES = {**RATIO, "kind": "bands", "bands": [{"from": "1/2", "points": 1}, {"below": "1/2", "points": 0}]}
SIGNS = [{"above": 0, "points": 1}, {"up_to": 0, "points": 0}]
GROWTH = {"kind": "bands", "of": ["x", {"measure": "x", "year": -1, "weight": -1}], "bands": SIGNS}
#: Points by dossier: three for x, one for z.
MEAN = {**RATIO, "of": [{"measure": "x", "weight": 3}, "z"], "target": 3, "over": "allow"}
OPTION = {"kind": "option", "of": "c", "options": {"in_time": {"points": 1}, "late": {"share": "50%"}}}
SUM = {"kind": "sum", "parts": [{**RATIO, "max_points": 1}, {**TENTHS, "max_points": "0.5"}]}
BEST = {"kind": "best", "alternatives": [RATIO, TENTHS]}


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (trace(RATIO, x=53539, y=53576), "53.539 ÷ 53.576 × 1,5 ≈ 1,49896"),
        (trace({**RATIO, "target": "50%"}, x=178, y=572), "178 ÷ 572 ÷ 50% × 1,5 ≈ 0,93357"),
        (trace({**RATIO, "over": "cap"}, x=3, y=2), "3 ÷ 2 (lấy 100%) × 1,5 = 1,5"),
        (trace({**RATIO, "floor": "50%"}, x=1, y=4), "1 ÷ 4 = 25% → 0"),
        (trace(WEIGHTED, x=1, y=4, z=2), "(1 + 0,5 × 2) ÷ 4 × 1,5 = 0,75"),
        (trace({**RATIO, "nothing_arose": "full"}, x=0, y=0), "không phát sinh: 1,5 theo quy tắc"),
        (
            trace({**RATIO, "nothing_arose": "last_year"}, x=0, y=0, years={"x": "1", "y": "2"}),
            "không phát sinh, theo năm trước: 1 ÷ 2 × 1,5 = 0,75",
        ),
        (trace(RATIO, x=1, y=None), "thiếu số liệu"),
        (trace(RATIO, x=3, y=2), "tỷ lệ vượt 100% mà quy tắc không cho phép"),
        (trace(COUNT, z=2), "0,5 × 2 = 1"),
        (trace(COUNT, z=9), "0,5 × 9 → 1,5"),
        (trace(DEDUCTION, z=2), "1,5 − 0,25 × 2 = 1"),
        (trace(GRAVEST, z=2), "1,5 − 0,75 (mức nặng nhất) = 0,75"),
        (trace(HALVES, x=3, y=4), "3 ÷ 4 = 75% → 1"),
        (trace(GROWTH, x="1,82", years={"x": "7.2"}), "1,82 − 7,2 = −5,38 → 0"),
        (trace(OPTION, chosen="late"), "“Chậm” → 0,75"),
        (trace(SUM, x=1, y=2, z=2), "1 ÷ 2 + 0,1 × 2 = 0,7"),
        (trace(BEST, x=1, y=2, z=2), "1 ÷ 2 × 1,5 = 0,75"),
        (trace({"kind": "given"}), "điểm do điều tra, cơ quan khác hoặc hội đồng cho, chưa có"),
    ],
)
def test_a_rule_in_one_line(one: RuleTrace, line: str) -> None:
    assert formula_text(one, MEASURES) == line


def words(one: RuleTrace) -> list[str]:
    return ["  " * line.level + line.words for line in trace_lines(one, MEASURES)]


def test_figures_with_their_years_come_first_then_the_calculation() -> None:
    assert words(trace({**RATIO, "target": "50%", "floor": "10%"}, x=178, y=572)) == [
        "Số đúng hạn (2024): 178 hồ sơ",
        "Số tiếp nhận (2024): 572 hồ sơ",
        "điểm theo tỷ lệ, tối đa 1,5; mức đạt tối đa 50%; mức tối thiểu 10%",
        "  178 ÷ 572 ≈ 31,11888%",
        "tính theo tỷ lệ: 1,5 × 31,11888% ÷ 50% ≈ 0,93357",
    ]


def test_a_missing_figure_is_named() -> None:
    assert words(trace(RATIO, x=1, y=None)) == [
        "Số đúng hạn (2024): 1 hồ sơ",
        "Số tiếp nhận (2024): chưa nhập",
        "điểm theo tỷ lệ, tối đa 1,5",
        "  1 ÷ …: thiếu số liệu",
        "chưa có điểm: thiếu số liệu",
    ]


def test_a_band_is_said_with_its_edges_and_a_shared_quantity_once() -> None:
    rule = {
        **RATIO,
        "kind": "bands",
        "over": "cap",
        "bands": [{"from": "80%", "rule": {"kind": "ratio"}}, {"below": "80%", "points": 0}],
    }
    assert words(trace(rule, x=9, y=10))[2:] == [
        "điểm theo khoảng, tối đa 1,5; ≥ 80% → theo quy tắc riêng; < 80% → 0 điểm",
        "  9 ÷ 10 = 90%",
        "  điểm theo tỷ lệ, tối đa 1,5",
        "  tính theo tỷ lệ: 1,5 × 90% = 1,35",
        "rơi vào khoảng “≥ 80% → theo quy tắc riêng”: 1,35",
    ]


def test_peers_lists_and_options_are_explained() -> None:
    best = {"kind": "ratio", "of": "z", "to": {"measure": "z", "within_group": "best"}}
    assert words(trace(best, z=1))[1] == "Số vụ việc (2024): 1; cao nhất trong nhóm: 1"
    rank = {"kind": "bands", "of": {"measure": "z", "within_group": "rank"}, "bands": [{"from": 1, "points": 1}]}
    assert words(trace(rank, z=5))[0] == "Số vụ việc (2024): 5; xếp thứ 1 trong nhóm"
    assert (
        words(trace({"kind": "count", "of": "l", "each": "0.5"}, l=2))[0]
        == "Sáng kiến (2024): 2 (số mục được công nhận)"
    )
    assert words(trace(OPTION, chosen="late")) == [
        "Kế hoạch (2024): Chậm",
        "điểm theo phương án, tối đa 1,5; Kịp thời: 1 điểm; Chậm: 50% điểm tối đa",
        "chọn phương án “Chậm”: 0,75",
    ]


def test_nested_quantities_keep_their_figures_and_rounding() -> None:
    rate = {"quantity": {"of": "x", "to": "y"}}
    rule = {
        "kind": "bands",
        "of": [rate, {**rate, "year": -1, "weight": -1}],
        "bands": [{"above": 0, "points": 1}, {"up_to": 0, "points": 0}],
    }
    said = words(trace(rule, x=1, y=2, years={"x": "1", "y": "4"}))
    assert said[:4] == [
        "Số đúng hạn (2024): 1 hồ sơ", "Số tiếp nhận (2024): 2 hồ sơ",
        "Số đúng hạn (2023): 1 hồ sơ", "Số tiếp nhận (2023): 4 hồ sơ",
    ]  # fmt: skip
    rounded = {"kind": "ratio", "of": "x", "to": "y", "round": {"places": 4}}
    assert "làm tròn" not in " ".join(words(trace(rounded, x=1, y=3)))
    own = {"kind": "ratio", "of": {"quantity": {"of": "x", "to": "y", "round": {"places": 4}}}}
    assert words(trace(own, x=1, y=3))[-2].strip() == "1 ÷ 3 ≈ 33,33% (làm tròn 4 chữ số)"


def test_a_rounded_value_is_never_said_to_be_equal() -> None:
    thirds = words(trace(RATIO, x=2, y=3))
    assert thirds[-2:] == ["  2 ÷ 3 ≈ 66,66667%", "tính theo tỷ lệ: 1,5 × 66,66667% ≈ 1"]
    parts = words(trace(SUM, x=1, y=3, z=2))
    assert parts[-1] == "cộng các phần: 0,33333 + 0,2 ≈ 0,53333"
    assert words(trace(SUM, x=1, y=2, z=2))[-1] == "cộng các phần: 0,5 + 0,2 = 0,7"


def test_more_than_the_whole_is_shown_before_it_is_cut() -> None:
    said = words(trace({**RATIO, "over": "cap"}, x=28394, y=25800))
    assert said[-2] == "  28.394 ÷ 25.800 ≈ 110,05426% (vượt 100%, lấy 100%)"
    assert words(trace({**RATIO, "over": "cap"}, x=3, y=2))[-2] == "  3 ÷ 2 = 150% (vượt 100%, lấy 100%)"


def test_a_mean_of_points_is_no_share() -> None:
    """One dossier with three points and three with one, of four: 1,5 of 3, and not 150% of 300%."""
    lines = [line.words for line in trace_lines(trace(MEAN, x=1, z=3, y=4), MEASURES)]
    assert "mức đạt tối đa 3" in lines[-3]
    assert lines[-2:] == [
        "(3 × 1 + 3) ÷ 4 = 1,5",
        "tính theo tỷ lệ: 1,5 × 1,5 ÷ 3 = 0,75",
    ]
    thirds = [line.words for line in trace_lines(trace(MEAN, x=1, z=2, y=3), MEASURES)]
    assert thirds[-2] == "(3 × 1 + 2) ÷ 3 ≈ 1,66667"
    assert formula_text(trace(MEAN, x=1, z=3, y=4), MEASURES).startswith("(3 × 1 + 3) ÷ 4 ÷ 3 × 1,5 = 0,75")
