"""What is missing to the maximum: the one figure that must rise, and where there is no such answer."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tests.builders import evaluate, figures, units

from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.scoring.rule_table import parse_rule
from parindex.domain.scoring.shortfall import Raised, raised_to_maximum

ONLINE = {"kind": "ratio", "of": "used", "to": "online", "target": "50%"}
MEASURES = {
    "used": Measure("used", "TTHC có phát sinh hồ sơ", integer=True),
    "online": Measure("online", "TTHC trực tuyến", integer=True),
    "money": Measure("money", "Kinh phí", unit="triệu đồng"),
    "papers": Measure("papers", "Văn bản", kind=MeasureKind.LIST),
}


def raised(data: dict[str, Any], maximum: str = "1", **values: Any) -> Raised | None:
    rule = parse_rule(data, max_points=Fraction(maximum), year=2024)
    given: dict[str | tuple[str, int], list[Any]] = {name: [value] for name, value in values.items()}
    given[("used", 2023)] = [10]
    reported = figures(units("a"), given)
    outcome = evaluate(rule, reported)
    points = outcome.points.row(0) if outcome.branch[0] >= 0 else None
    return raised_to_maximum(rule, reported, points, MEASURES)


def test_the_example_of_the_sheet_of_2020() -> None:
    assert raised(ONLINE, "0.5", used=178, online=572) == Raised("used", Fraction(286), Fraction(108))


@pytest.mark.parametrize(
    ("data", "values", "value"),
    [
        ({"kind": "ratio", "of": "used", "to": "online"}, {"used": 3, "online": 7}, 7),
        (ONLINE, {"used": 3, "online": 7}, 4),  # half of 7 is no whole number
        (ONLINE | {"floor": "80%"}, {"used": 3, "online": 10}, 8),
        ({"kind": "ratio", "of": "money", "to": "online", "target": "50%"}, {"money": 3, "online": 7}, "7/2"),
        ({"kind": "ratio", "of": [{"measure": "used", "weight": 2}, {"number": 1}], "to": "online", "over": "cap"},
         {"used": 2, "online": 10}, 5),
        ({"kind": "ratio", "of": ["used", {"measure": "used", "year": -1, "weight": -1}], "target": 20},
         {"used": 12}, 30),
        ({"kind": "count", "of": "papers", "each": "0.3"}, {"papers": 2}, 4),
        ({"kind": "bands", "of": "used", "bands": [
            {"below": 5, "points": 0}, {"from": 5, "up_to": 8, "share": "50%"}, {"above": 8, "points": 1}]},
         {"used": 6}, 9),
    ],
)  # fmt: skip
def test_the_figure_that_gives_the_maximum(data: dict[str, Any], values: dict[str, Any], value: Any) -> None:
    found = raised(data, **values)
    assert found is not None
    assert found.value == Fraction(value)
    assert found.more == Fraction(value) - next(iter(values.values()))


NO_ANSWER: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (ONLINE, {"used": 400, "online": 572}),  # nothing is missing
    (ONLINE, {"used": 3}),  # a figure is missing
    (ONLINE, {"used": 9, "online": 7}),  # refused: more than the whole
    ({"kind": "ratio", "of": "used", "to": "online", "target": "150%"}, {"used": 3, "online": 7}),  # never reached
    ({"kind": "ratio", "of": ["used", "online"], "target": 100}, {"used": 3, "online": 7}),  # two figures could rise
    ({"kind": "ratio", "of": "used", "to": ["used", "online"], "target": "90%"}, {"used": 3, "online": 7}),
    ({"kind": "ratio", "of": [{"quantity": {"of": "used", "to": "online", "round": {"places": 2}}}]},
     {"used": 3, "online": 7}),
    ({"kind": "ratio", "of": "used", "to": [{"number": -1}, "online"], "over": "allow", "zero_base": {"points": 0}},
     {"used": 3, "online": 1}),  # a base of zero: points are stated
    ({"kind": "ratio", "of": "used", "to": [{"number": -1}, "online"], "over": "allow", "nothing_arose": {"points": 0}},
     {"used": 0, "online": 0}),  # nothing arose
    ({"kind": "ratio", "of": "unknown", "to": "online"}, {"unknown": 3, "online": 7}),
    ({"kind": "bands", "of": "money", "bands": [{"up_to": 8, "points": 0}, {"above": 8, "points": 1}]},
     {"money": 6}),  # there is no smallest number above 8
    ({"kind": "bands", "of": "used", "bands": [{"from": 3, "points": 0}, {"below": 3, "points": 1}]},
     {"used": 6}),  # fewer would be needed
    ({"kind": "bands", "of": "used", "bands": [{"from": 2, "below": 5, "points": 1}, {"from": 5, "points": 0}]},
     {"used": 6}),
    ({"kind": "deduction", "classes": [{"of": "used", "points": "0.1"}]}, {"used": 3}),
    ({"kind": "sum", "parts": [{"kind": "count", "of": "used", "each": "0.1", "max_points": 1}]}, {"used": 3}),
]  # fmt: skip


@pytest.mark.parametrize(("data", "values"), NO_ANSWER)
def test_where_no_one_figure_would_do(data: dict[str, Any], values: dict[str, Any]) -> None:
    assert raised(data, **values) is None


def test_one_unit_at_a_time() -> None:
    rule = parse_rule(ONLINE, max_points=Fraction(1), year=2024)
    both = figures(units("a", "b"), {"used": [1, 2], "online": [5, 5]})
    assert raised_to_maximum(rule, both, Fraction(0), MEASURES) is None
