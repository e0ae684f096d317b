"""Rules as data, and the measures that they may name."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.rule_table import parse_rule

MEASURES = {
    "received": Measure("received", "Số hồ sơ tiếp nhận"),
    "on_time": Measure("on_time", "Số hồ sơ đúng hạn"),
    "initiatives": Measure("initiatives", "Sáng kiến", MeasureKind.LIST),
    "issued": Measure("issued", "Ban hành", MeasureKind.CHOICE, choices={"yes": "Có", "no": "Không"}),
}


def parsed(data: Any, *, maximum: Fraction = Fraction(2), year: int = 2024) -> Rule:
    return parse_rule(data, max_points=maximum, year=year, measures=MEASURES)


def ratio(**more: Any) -> dict[str, Any]:
    return {"kind": "ratio", "of": "on_time", "to": "received", **more}


def bands(*listed: Any, **more: Any) -> dict[str, Any]:
    return {"kind": "bands", "of": "received", "bands": list(listed), **more}


def option(**more: Any) -> dict[str, Any]:
    return {"kind": "option", "of": "issued", "options": {"yes": {"points": 1}}, **more}


def deep(levels: int) -> dict[str, Any]:
    quantity: dict[str, Any] = {"of": ["on_time", "received"]}
    for _ in range(levels - 1):
        quantity = {"of": [{"quantity": quantity}, "received"]}
    return {"kind": "count", "each": 1, "of": [{"quantity": quantity}, "received"]}


def deep_rules(levels: int) -> dict[str, Any]:
    rule: dict[str, Any] = {"kind": "given"}
    for _ in range(levels):
        rule = {"kind": "best", "alternatives": [rule]}
    return rule
