"""The points that a rule can give at all, where they are a few values."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.scoring.possible_points import possible_points
from parindex.domain.scoring.rule_table import parse_rule
from parindex.domain.values import Rounding

MEASURES = {
    "n": Measure("n", "Số văn bản", integer=True),
    "x": Measure("x", "Tỷ lệ"),
    "ideas": Measure("ideas", "Sáng kiến", MeasureKind.LIST),
    "plan": Measure("plan", "Kế hoạch", MeasureKind.CHOICE, choices={"a": "Kịp thời", "b": "Chậm"}),
}
OPTION = {"kind": "option", "of": "plan", "options": {"a": {"share": "100%"}, "b": {"points": "0.5"}}}
BANDS = {
    "kind": "bands", "of": "n", "to": "x",
    "bands": [{"from": "80%", "points": 2}, {"from": "50%", "below": "80%", "points": 1}],
}  # fmt: skip
RATIO = {"kind": "ratio", "of": "n", "to": "x"}


def possible(rule: dict[str, Any], most: str = "2", step: Rounding | None = None) -> list[str] | None:
    made = parse_rule(rule, max_points=Fraction(most), year=2025, measures=MEASURES)
    found = possible_points(made, MEASURES, step)
    return None if found is None else [str(one) for one in found]


@pytest.mark.parametrize(
    ("rule", "points"),
    [
        (OPTION, ["2", "1/2", "0"]),
        (BANDS, ["2", "1", "0"]),
        (BANDS | {"nothing_when": "x", "nothing_arose": {"points": "0.25"}}, ["2", "1", "1/4", "0"]),
        ({"kind": "count", "of": "ideas", "each": "0.75"}, ["2", "3/2", "3/4", "0"]),
        ({"kind": "count", "of": "x", "each": "0.75"}, None),
        ({"kind": "count", "of": "n", "each": "0.001"}, None),
        (RATIO, None),
        ({"kind": "given"}, None),
        ({"kind": "best", "alternatives": [OPTION, BANDS]}, ["2", "1", "1/2", "0"]),
        ({"kind": "best", "alternatives": [OPTION, RATIO]}, None),
        ({"kind": "sum", "parts": [OPTION | {"max_points": 1}] * 2}, ["2", "3/2", "1", "0"]),
        ({"kind": "sum", "parts": [OPTION | {"max_points": 1}, RATIO | {"max_points": 1}]}, None),
        ({"kind": "bands", "of": "n", "bands": [{"from": 1, "rule": OPTION}, {"below": 1, "points": 0}]},
         ["2", "1/2", "0"]),
        ({"kind": "bands", "of": "n", "bands": [{"from": 1, "rule": RATIO}, {"below": 1, "points": 0}]}, None),
        ({"kind": "option", "of": "plan", "options": {"a": {"points": "1.26"}, "b": {"points": 0}},
          "round": {"places": 1}}, ["13/10", "0"]),
    ],
)  # fmt: skip
def test_the_values_of_a_rule(rule: dict[str, Any], points: list[str] | None) -> None:
    assert possible(rule) == points


def test_the_step_of_the_set_rounds_what_the_rule_does_not() -> None:
    thirds = {"kind": "option", "of": "plan", "options": {"a": {"share": "100%"}, "b": {"points": "1/3"}}}
    assert possible(thirds, "2", Rounding(2)) == ["2", "33/100", "0"]
    assert possible({"kind": "option", "of": "plan", "options": {"a": {"share": "100%"}, "b": {"points": 0}}}, "1/8",
                    Rounding(2)) == ["1/8", "0"]  # fmt: skip


def test_without_a_rule_any_points_can_be_given() -> None:
    assert possible_points(None, MEASURES) is None


def test_too_many_sums_are_no_list() -> None:
    part = {"kind": "count", "of": "n", "each": "0.01", "max_points": "0.5"}
    assert possible({"kind": "sum", "parts": [part, part | {"each": "0.013"}, part | {"each": "0.017"}]}) is None
