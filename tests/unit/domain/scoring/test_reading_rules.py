"""Reading a rule: every problem is found, each with its path and its facts."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.domain.scoring.rule_data import bands, deep, deep_rules, option, parsed, ratio

from parindex.domain.errors import InvalidInput
from parindex.domain.scoring.parameters import LIST_LIMIT
from parindex.domain.scoring.rule_table import KINDS


def problems(data: Any, **more: Any) -> list[tuple[str, str | None, dict[str, Any]]]:
    with pytest.raises(InvalidInput) as caught:
        parsed(data, **more)
    return [(one.kind, one.place.path, dict(one.facts)) for one in caught.value.problems]


ONE_PROBLEM: list[tuple[Any, tuple[str, str | None, dict[str, Any]]]] = [
    # --- the rule itself
    ([], ("value_wrong_type", None, {"found": "[]", "expected": "object"})),
    ({}, ("key_missing", None, {"key": "kind"})),
    ({"kind": "ration"}, ("unknown_rule_kind", "kind", {"found": "ration", "near": "ratio", "allowed": list(KINDS)})),
    ({"kind": "zzz"}, ("unknown_rule_kind", "kind", {"found": "zzz", "near": "", "allowed": list(KINDS)})),
    ({"kind": ["ratio"]}, ("unknown_rule_kind", "kind", {"found": "[…]", "near": "", "allowed": list(KINDS)})),
    (ratio(flor="50%"), ("key_unknown", "flor", {"key": "flor", "near": "floor"})),
    (ratio(zzz="50%"), ("key_unknown", "zzz", {"key": "zzz", "near": ""})),
    ({"kind": "given", "of": "received"}, ("key_unknown", "of", {"key": "of", "near": ""})),
    (ratio(max_points=3), ("number_out_of_range", "max_points", {"found": "3", "least": "0", "most": "2"})),
    (ratio(max_points=-1), ("number_out_of_range", "max_points", {"found": "-1", "least": "0", "most": "2"})),
    (ratio(missing="full"), ("value_not_allowed", "missing", {"found": "full", "allowed": ["unanswered", "zero"]})),
    (ratio(missing=None), ("value_not_allowed", "missing", {"found": "None", "allowed": ["unanswered", "zero"]})),
    # --- numbers
    (ratio(target="x"), ("value_not_understood", "target", {"found": "x", "expected": "number"})),
    (ratio(target=True), ("value_not_understood", "target", {"found": "true", "expected": "number"})),
    (ratio(target=0.5), ("value_not_understood", "target", {"found": "0.5", "expected": "number"})),
    (ratio(target="9" * 90), ("value_not_understood", "target", {"found": "9" * 80 + "…", "expected": "number"})),
    (ratio(target=10**5000), ("value_not_understood", "target", {"found": "…", "expected": "number"})),
    (ratio(target=0), ("not_above_zero", "target", {"found": "0"})),
    (ratio(target={}), ("not_dated_yet", "target", {"year": 2024, "first": None})),
    (ratio(target={"2025": 1, 2026: 2}), ("not_dated_yet", "target", {"year": 2024, "first": 2025})),
    (ratio(target={"soon": 1}), ("value_not_understood", "target", {"found": "soon", "expected": "year"})),
    (ratio(target={"20240": 1}), ("value_not_understood", "target", {"found": "20240", "expected": "year"})),
    (ratio(target={"1899": 1}), ("value_not_understood", "target", {"found": "1899", "expected": "year"})),
    (ratio(target={2020: 1, "2020": 2}), ("value_not_understood", "target", {"found": "2020", "expected": "year"})),
    (ratio(target={2020: "x"}), ("value_not_understood", "target/2020", {"found": "x", "expected": "number"})),
    (ratio(floor="a"), ("value_not_understood", "floor", {"found": "a", "expected": "number"})),
    (ratio(round=2), ("value_wrong_type", "round", {"found": "2", "expected": "object"})),
    (ratio(round={}), ("key_missing", "round", {"key": "places"})),
    (ratio(round={"places": 13}), ("number_out_of_range", "round/places", {"found": "13", "least": "0", "most": "12"})),
    (ratio(round={"places": "0,5"}), ("value_not_understood", "round/places", {"found": "0.5", "expected": "count"})),
    (ratio(round={"places": 2, "mod": 1}), ("key_unknown", "round/mod", {"key": "mod", "near": "mode"})),
    (
        ratio(round={"places": 2, "mode": "up"}),
        ("value_not_allowed", "round/mode", {"found": "up", "allowed": ["half_up", "truncated"]}),
    ),
    # --- quantities and terms
    ({"kind": "ratio"}, ("key_missing", None, {"key": "of"})),
    (ratio(of=[]), ("list_empty", "of", {})),
    (ratio(of=["on_time"] * 101), ("list_too_long", "of", {"length": 101, "limit": LIST_LIMIT})),
    (ratio(of=7), ("value_wrong_type", "of", {"found": "7", "expected": "object"})),
    (ratio(of=""), ("value_wrong_type", "of", {"found": "", "expected": "string"})),
    (ratio(of=["on_time", 7]), ("value_wrong_type", "of/1", {"found": "7", "expected": "object"})),
    (ratio(of="on_tim"), ("unknown_measure", "of", {"measure": "on_tim", "near": "on_time"})),
    (ratio(to=["received", "zzz"]), ("unknown_measure", "to/1", {"measure": "zzz", "near": ""})),
    (
        ratio(of="issued"),
        ("measure_of_other_kind", "of", {"measure": "issued", "found": "choice", "expected": "number"}),
    ),
    (ratio(of={}), ("key_missing", "of", {"key": "measure"})),
    (ratio(of={"measure": 3}), ("value_wrong_type", "of/measure", {"found": "3", "expected": "string"})),
    (
        ratio(of={"measure": "on_time", "number": 3}),
        ("term_names_several", "of", {"keys": ["measure", "number"]}),
    ),
    (ratio(of={"measure": "on_time", "wight": 1}), ("key_unknown", "of/wight", {"key": "wight", "near": "weight"})),
    (
        ratio(of={"measure": "on_time", "weight": "x"}),
        ("value_not_understood", "of/weight", {"found": "x", "expected": "number"}),
    ),
    (
        ratio(of={"measure": "on_time", "within_group": "mean"}),
        ("value_not_allowed", "of/within_group", {"found": "mean", "allowed": ["best", "rank"]}),
    ),
    (ratio(of={"number": "x"}), ("value_not_understood", "of/number", {"found": "x", "expected": "number"})),
    (ratio(of=[{"quantity": 3}]), ("value_wrong_type", "of/0/quantity", {"found": "3", "expected": "object"})),
    (ratio(of={"quantity": {"of": "x"}}), ("unknown_measure", "of/quantity/of", {"measure": "x", "near": ""})),
    (ratio(of={"quantity": {"of": "received", "x": 1}}), ("key_unknown", "of/quantity/x", {"key": "x", "near": ""})),
    (
        ratio(of={"quantity": {"of": "on_time", "to": "received", "over": "cap", "zero_base": "full"}}),
        ("zero_base_inside", "of/quantity/zero_base", {}),
    ),
    (ratio(over="keep"), ("value_not_allowed", "over", {"found": "keep", "allowed": ["refuse", "cap", "allow"]})),
    ({"kind": "ratio", "of": "received", "over": "cap"}, ("needs_whole", "over", {"key": "over"})),
    (
        {"kind": "ratio", "of": {"quantity": {"of": "received", "zero_base": "full"}}},
        ("needs_whole", "of/quantity/zero_base", {"key": "zero_base"}),
    ),
    (ratio(zero_base="full"), ("zero_base_refused", "zero_base", {})),
    (
        ratio(zero_base="half", over="cap"),
        ("value_not_allowed", "zero_base", {"found": "half", "allowed": ["full", "zero", "points", "share"]}),
    ),
    (deep(9), ("nested_too_deep", "/".join(["of/0/quantity"] * 9), {"limit": 8})),
    (deep_rules(9), ("nested_too_deep", "/".join(["alternatives/0"] * 9), {"limit": 8})),
    # --- nothing arose
    (
        ratio(nothing_arose="half"),
        (
            "value_not_allowed",
            "nothing_arose",
            {"found": "half", "allowed": ["full", "zero", "not_assessed", "last_year", "points", "share"]},
        ),
    ),
    (
        ratio(nothing_arose={"share": 2}),
        ("number_out_of_range", "nothing_arose/share", {"found": "2", "least": "0", "most": "1"}),
    ),
    (ratio(nothing_arose={"points": 1, "x": 2}), ("key_unknown", "nothing_arose/x", {"key": "x", "near": ""})),
    ({"kind": "given", "nothing_arose": "full"}, ("needs_nothing_when", "nothing_arose", {})),
    (ratio(nothing_when="zzz"), ("unknown_measure", "nothing_when", {"measure": "zzz", "near": ""})),
    (
        {"kind": "best", "alternatives": [ratio(nothing_arose="not_assessed")]},
        ("not_assessed_inside", "alternatives/0/nothing_arose", {}),
    ),
    # --- bands
    ({"kind": "bands", "of": "received"}, ("key_missing", None, {"key": "bands"})),
    (bands(), ("list_empty", "bands", {})),
    (bands(bands="x"), ("value_wrong_type", "bands", {"found": "x", "expected": "array"})),
    (bands(bands={}), ("value_wrong_type", "bands", {"found": "{}", "expected": "array"})),
    (bands(3), ("value_wrong_type", "bands/0", {"found": "3", "expected": "object"})),
    (bands({"from": 1}), ("key_missing", "bands/0", {"key": "points"})),
    (bands({"from": "x", "points": 1}), ("value_not_understood", "bands/0/from", {"found": "x", "expected": "number"})),
    (bands({"to": 1, "points": 1}), ("key_unknown", "bands/0/to", {"key": "to", "near": ""})),
    (bands({"points": -1}), ("number_out_of_range", "bands/0/points", {"found": "-1", "least": "0", "most": None})),
    (bands({"share": "101%"}), ("number_out_of_range", "bands/0/share", {"found": "1.01", "least": "0", "most": "1"})),
    (bands({"points": 1, "share": 1}), ("keys_exclude_each_other", "bands/0", {"keys": ["points", "share"]})),
    (bands({"points": 1, "rule": ratio()}), ("keys_exclude_each_other", "bands/0", {"keys": ["rule", "points"]})),
    (bands({"rule": 3}), ("value_wrong_type", "bands/0/rule", {"found": "3", "expected": "object"})),
    (bands({"rule": {}}), ("key_missing", "bands/0/rule", {"key": "kind"})),
    (
        bands({"from": 1, "above": 2, "points": 1}),
        ("keys_exclude_each_other", "bands/0", {"keys": ["from", "above"]}),
    ),
    (bands({"from": 2, "below": 2, "points": 1}), ("band_empty", "bands/0", {"lower": "2", "upper": "2"})),
    (bands({"above": 2, "up_to": 2, "points": 1}), ("band_empty", "bands/0", {"lower": "2", "upper": "2"})),
    (
        bands({"from": 2, "points": 1}, {"up_to": 2, "points": 0}),
        ("bands_overlap", "bands", {"first": 0, "second": 1, "edge": "2", "low": "2", "high": "2", "share": False}),
    ),
    (
        bands({"below": 2, "points": 1}, {"below": 1, "points": 0}),
        ("bands_overlap", "bands", {"first": 0, "second": 1, "edge": "1", "low": None, "high": "1", "share": False}),
    ),
    (
        bands({"below": 1, "points": 1}, {"from": 1, "below": 3, "points": 0}, {"from": 2, "points": 1}),
        ("bands_overlap", "bands", {"first": 1, "second": 2, "edge": "2", "low": "2", "high": "3", "share": False}),
    ),
    (
        bands({"points": 1}, {"points": 0}),
        ("bands_overlap", "bands", {"first": 0, "second": 1, "edge": "", "low": None, "high": None, "share": False}),
    ),
    # --- the other kinds
    ({"kind": "option", "options": {"yes": {"points": 1}}}, ("key_missing", None, {"key": "of"})),
    (
        option(of="received"),
        ("measure_of_other_kind", "of", {"measure": "received", "found": "number", "expected": "choice"}),
    ),
    (option(of={"year": -1}), ("key_missing", "of", {"key": "measure"})),
    (option(of={"measure": "issued", "weight": 2}), ("key_unknown", "of/weight", {"key": "weight", "near": ""})),
    ({"kind": "option", "of": "issued"}, ("key_missing", None, {"key": "options"})),
    (option(options=[]), ("value_wrong_type", "options", {"found": "[]", "expected": "object"})),
    (option(options={}), ("list_empty", "options", {})),
    (
        option(of="zzz", options={str(key): {"points": 0} for key in range(101)}),
        ("unknown_measure", "of", {"measure": "zzz", "near": ""}),
    ),
    (option(options={"yes": 1}), ("value_wrong_type", "options/yes", {"found": "1", "expected": "object"})),
    (
        option(options={"yes": {"points": 1, "note": ""}}),
        ("key_unknown", "options/yes/note", {"key": "note", "near": ""}),
    ),
    (
        option(options={"maybe": {"points": 1}}),
        ("unknown_choice", "options/maybe", {"key": "maybe", "measure": "issued"}),
    ),
    ({"kind": "count", "of": "initiatives"}, ("key_missing", None, {"key": "each"})),
    ({"kind": "count", "of": "initiatives", "each": "-1"}, ("not_above_zero", "each", {"found": "-1"})),
    ({"kind": "count", "of": "initiatives", "each": 0}, ("not_above_zero", "each", {"found": "0"})),
    ({"kind": "count", "each": 1}, ("key_missing", None, {"key": "of"})),
    ({"kind": "deduction"}, ("key_missing", None, {"key": "classes"})),
    ({"kind": "deduction", "classes": [{"of": "received"}]}, ("key_missing", "classes/0", {"key": "points"})),
    ({"kind": "deduction", "classes": [{"points": 1}]}, ("key_missing", "classes/0", {"key": "of"})),
    (
        {"kind": "deduction", "classes": [{"of": "received", "points": 1, "each": 1}]},
        ("key_unknown", "classes/0/each", {"key": "each", "near": ""}),
    ),
    (
        {"kind": "deduction", "classes": [{"of": "received", "points": 1}], "mode": "all"},
        ("value_not_allowed", "mode", {"found": "all", "allowed": ["each", "worst"]}),
    ),
    ({"kind": "sum"}, ("key_missing", None, {"key": "parts"})),
    ({"kind": "sum", "parts": [ratio()]}, ("key_missing", "parts/0", {"key": "max_points"})),
    (
        {"kind": "best", "alternatives": [{"kind": "x"}]},
        (
            "unknown_rule_kind",
            "alternatives/0/kind",
            {"found": "x", "near": "", "allowed": list(KINDS)},
        ),
    ),
]


@pytest.mark.parametrize(("data", "expected"), ONE_PROBLEM)
def test_one_problem(data: Any, expected: tuple[str, str | None, dict[str, Any]]) -> None:
    found = problems(data)
    assert expected in found
    # Beside it stands at most what follows from it: too many options have a limit of their own.
    assert len(found) == 1 or expected[0] == "unknown_measure"


@pytest.mark.parametrize("year", [1, "-0,5", -101, 2025, "x", None, True])
def test_a_year_is_an_offset_or_a_calendar_year_not_after_the_cycle(year: Any) -> None:
    found = "None" if year is None else "true" if year is True else str(year)
    expected = ("value_not_understood", "of/year", {"found": found, "expected": "year"})
    assert problems(ratio(of={"measure": "on_time", "year": year})) == [expected]


@pytest.mark.parametrize(("year", "read"), [(0, 0), ("-1", -1), (-100, -100), ("2024", 2024), (1900, 1900)])
def test_years_that_are_read(year: Any, read: int) -> None:
    assert ("on_time", read) in parsed(ratio(of={"measure": "on_time", "year": year})).measures()


def test_every_problem_at_once() -> None:
    data = {
        "kind": "sum",
        "parts": [
            ratio(max_points=5, of="on_tim", flor=1, round={"places": -1}),
            bands({"from": "x", "points": -1}, {"share": 2}, max_points=1),
            {"kind": "nothing", "max_points": 1},
        ],
        "nothing_arose": "full",
    }
    assert [(kind, path) for kind, path, _ in problems(data)] == [
        ("number_out_of_range", "parts/0/max_points"),
        ("unknown_measure", "parts/0/of"),
        ("number_out_of_range", "parts/0/round/places"),
        ("key_unknown", "parts/0/flor"),
        ("value_not_understood", "parts/1/bands/0/from"),
        ("number_out_of_range", "parts/1/bands/0/points"),
        ("number_out_of_range", "parts/1/bands/1/share"),
        ("bands_overlap", "parts/1/bands"),
        ("unknown_rule_kind", "parts/2/kind"),
        ("needs_nothing_when", "nothing_arose"),
    ]
