"""Rule kind ``bands``: rows 3, 7, 8, 9, 10, 15, 16, 17, 25 and 28 of the catalogue, with their own figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.builders import answers

HALF = Fraction(1, 2)


def bands(*listed: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A rule of kind bands."""
    return {"kind": "bands", "bands": list(listed), **more}


def test_row_3_lateness_in_time() -> None:
    """Issued at most 1 month after the event: 2; "quá 01 tháng sau khi ban hành": 1; never issued: 0."""
    late = bands({"up_to": 1, "points": 2}, {"above": 1, "points": 1}, of="months_late")
    assert answers(late, 2, {"months_late": [0, 1, "1,01", 12, None]}) == [2, 2, 1, 1, "missing"]
    never = {"kind": "option", "of": "issued", "options": {"never": {"points": 0}, "issued": {"points": 0}}}
    found = answers(
        {"kind": "best", "alternatives": [late, never]},
        2,
        {"months_late": [0, 3, None]},
        {"issued": (["issued", "never"], ["issued", "issued", "never"])},
    )
    assert found == [2, 1, 0]


def test_row_7_bands_on_a_percentage() -> None:
    """Analysis of 2024, 7.3.4: 80,81 % gives 0,5 of 1. "100 % / từ 50 % – dưới 100 % / dưới 50 %": an edge is in
    the upper band.
    """
    rule = bands(
        {"from": "100%", "points": 1},
        {"from": "50%", "below": "100%", "points": "0,5"},
        {"below": "50%", "points": 0},
        of="done",
        to="all",
    )
    found = answers(rule, 1, {"done": [8081, 10000, 9999, 5000, 4999], "all": [10000] * 5})
    assert found == [HALF, 1, HALF, HALF, 0]


def test_row_8_bands_some_linear() -> None:
    """Sheet of 2020, 5.6: from 80 % of the plan by formula, below 80 % nothing; more than the plan counts as the
    plan.
    """
    rule = bands(
        {"from": "80%", "rule": {"kind": "ratio"}}, {"below": "80%", "points": 0}, of="done", to="planned", over="cap"
    )
    found = answers(rule, 1, {"done": [28394, 20640, 20639, 23220], "planned": [25800] * 4})
    assert found == [1, Fraction(4, 5), 0, Fraction(9, 10)]


def test_row_9_bands_on_a_fraction() -> None:
    """¾ of the reports or more: 1; less: 0. Three of four are exactly ¾."""
    rule = bands({"from": "3/4", "points": 1}, {"below": "3/4", "points": 0}, of="sent", to="due")
    assert answers(rule, 1, {"sent": [3, 8, 9], "due": [4, 12, 12]}) == [1, 0, 1]


def test_row_10_bands_on_a_count() -> None:
    """Forms of propaganda: 3 or more 3 points, 1 to 2 1,5 points, none 0."""
    rule = bands(
        {"from": 3, "points": 3}, {"from": 1, "up_to": 2, "points": "1,5"}, {"up_to": 0, "points": 0}, of="forms"
    )
    assert answers(rule, 3, {"forms": [4, 3, 2, 1, 0]}) == [3, 3, Fraction(3, 2), Fraction(3, 2), 0]


GROWTH = {"of": ["x", {"measure": "x", "year": -1, "weight": -1}]}


def test_row_15_growth_against_last_year() -> None:
    """Analysis of 2024, 8.3.2: capital 876,27 after 999,61 gives 0. sheet of 2020, 8.5: growth of GRDP 7,2 → 1,82
    % gives 0.
    """
    rule = bands(
        {"above": 0, "points": "0,5"}, {"from": 0, "up_to": 0, "share": "50%"}, {"below": 0, "points": 0}, **GROWTH
    )
    figures = {"x": ["876,27", "1,82%", "1,1", 7], ("x", 2023): ["999,61", "7,2%", "1,0", 7]}
    assert answers(rule, "0,5", figures) == [0, 0, HALF, Fraction(1, 4)]


def test_row_15_last_years_figure_is_not_the_officers_omission() -> None:
    rule = bands({"above": 0, "points": 1}, {"up_to": 0, "points": 0}, **GROWTH)
    found = answers(rule, 1, {"x": [5, None, None], ("x", 2023): [None, 5, None]})
    assert found == ["no_earlier", "missing", "no_earlier"]


def test_row_15_growth_of_a_rate() -> None:
    """The rate of this year less the rate of last year: 8/10 against 3/4 has grown, 6/8 against 3/4 has not."""
    rate = {"of": "done", "to": "all"}
    rule = bands(
        {"above": 0, "points": 1},
        {"up_to": 0, "points": 0},
        of=[{"quantity": rate}, {"quantity": rate, "year": -1, "weight": -1}],
    )
    figures = {
        "done": [8, 6, 1], "all": [10, 8, 0], ("done", 2023): [3, 3, 3], ("all", 2023): [4, 4, 4],
    }  # fmt: skip
    assert answers(rule, 1, figures) == [1, 0, "impossible"]


def test_row_16_ratio_to_last_year_in_bands() -> None:
    """Analysis of 2024, 8.2: 2.285,44 of last year's 8.786,364 is 26,01 % and gives 0."""
    rule = bands(
        {"from": "100%", "points": 1}, {"from": "80%", "below": "100%", "points": "0,5"}, {"below": "80%", "points": 0},
        of="capital", to={"measure": "capital", "year": -1}, over="allow",
    )  # fmt: skip
    figures = {"capital": ["2285,44", 9, 8, 11], ("capital", 2023): ["8786,364", 10, 10, 10]}
    assert answers(rule, 1, figures) == [0, HALF, HALF, 1]


def test_row_17_plan_and_rank() -> None:
    """Analysis of 2024, 8.4: 1,1 % over the plan and 62nd of 63 gives 0,5 of 2."""
    plan = bands(
        {"from": "105%", "points": 1},
        {"from": "100%", "below": "105%", "points": "0,5"},
        {"below": "100%", "points": 0},
        of="collected", to="planned", over="allow", max_points=1,
    )  # fmt: skip
    rank = bands({"up_to": 10, "points": 1}, {"above": 10, "points": 0}, of="rank", max_points=1)
    rule = {"kind": "sum", "parts": [plan, rank]}
    figures = {"collected": [1011, 1060], "planned": [1000, 1000], "rank": [62, 3]}
    assert answers(rule, 2, figures) == [HALF, 2]


def test_row_17_rank_within_the_group() -> None:
    """The rank is worked out among the units that have the figure: 1 is the highest, ties share a rank."""
    rule = bands(
        {"up_to": 1, "points": 3}, {"above": 1, "up_to": 2, "points": 2}, {"above": 2, "points": 1},
        of={"measure": "revenue", "within_group": "rank"},
    )  # fmt: skip
    assert answers(rule, 3, {"revenue": [7, 9, 9, None, 5, 7]}) == [1, 3, 3, "missing", 1, 1]


def test_row_17_rank_of_a_ratio() -> None:
    """1/3, 2/6 and 1/2: the last is first, the first two tie as second."""
    rate = {"quantity": {"of": "n", "to": "d"}, "within_group": "rank"}
    rule = bands({"up_to": 1, "points": 2}, {"above": 1, "up_to": 2, "points": 1}, {"above": 2, "points": 0}, of=rate)
    assert answers(rule, 2, {"n": [1, 2, 1], "d": [3, 6, 2]}) == [1, 1, 2]


def test_row_25_bands_on_satisfaction() -> None:
    """100 % / 70 to below 100 % / 50 to below 70 % / below 50 %: 2 / 1 / 0,5 / 0."""
    rule = bands(
        {"from": "100%", "points": 2},
        {"from": "70%", "below": "100%", "points": 1},
        {"from": "50%", "below": "70%", "points": "0,5"},
        {"below": "50%", "points": 0},
        of="satisfied",
    )
    found = answers(rule, 2, {"satisfied": ["100%", "99,99%", "70%", "69,99%", "50%", "49,99%"]})
    assert found == [2, 1, 1, HALF, HALF, 0]


def test_row_28_roadmap_attainment() -> None:
    """100 % of the yearly target 5,5 / 85 to below 100 % 3 / 70 to below 85 % 1,5 / below 70 % 0."""
    rule = bands(
        {"from": "100%", "points": "5,5"},
        {"from": "85%", "below": "100%", "points": 3},
        {"from": "70%", "below": "85%", "points": "1,5"},
        {"below": "70%", "points": 0},
        of={"quantity": {"of": "n", "to": "d"}},
        to="target",
        over="allow",
    )
    # 40 % reached; the target of the year is 40, 45, 50, 60 and 35 %.
    figures = {"n": [2] * 5, "d": [5] * 5, "target": ["40%", "45%", "50%", "60%", "35%"]}
    assert answers(rule, "5,5", figures) == [Fraction("5.5"), 3, Fraction("1.5"), 0, Fraction("5.5")]


def test_what_falls_between_the_bands_has_no_points() -> None:
    rule = bands({"from": 3, "points": 1}, {"below": 2, "points": 0}, of="n")
    assert answers(rule, 1, {"n": [3, "2,5", 2, "1,9"]}) == [1, "outside", "outside", 0]
