"""The normal form of yardsticks: nothing is lost in it, nothing is left to defaults."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from tests.factories.bundles import SETS, example_group, small_group
from tests.property import strategies
from tests.property.strategies import CYCLE

from parindex.documents.bundles.normal_form import normal_form
from parindex.documents.bundles.paths import is_set, set_paths
from parindex.documents.bundles.rule_normal_form import rule_data
from parindex.documents.canonical_json import canonical_bytes, parsed
from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.domain.errors import InvalidInput
from parindex.domain.scoring.rule_table import KINDS, parse_rule
from parindex.domain.scoring.usable import require_usable
from parindex.domain.values import parse_number

Data = dict[str, Any]
_INNER = {"sum": "parts", "best": "alternatives"}


def written(form: Data, *, root: bool = False) -> Data:
    """A rule of the criteria set language that says what the normal form says, everything stated."""
    rule: Data = {"kind": form["kind"], "missing": form["missing"], "max_points": form["max_points"]}
    if root:
        del rule["max_points"]
    if form["round"] is not None:
        rule["round"] = form["round"]
    if form["nothing"] is not None:
        rule |= _nothing(form["nothing"])
    if "quantity" in form:
        rule |= _on_rule(form["quantity"])
    if form["kind"] == "ratio":
        rule |= {"target": form["target"]} | ({"floor": form["floor"]} if form["floor"] else {})
    elif form["kind"] == "count":
        rule["each"] = form["each"]
    elif form["kind"] == "bands":
        rule["bands"] = [_band(one) for one in form["bands"]]
    elif form["kind"] == "option":
        rule["of"] = {"measure": form["measure"], "year": form["year"]}
        rule["options"] = {one["key"]: {"points": one["points"]} for one in form["options"]}
    elif form["kind"] == "deduction":
        rule["mode"] = form["mode"]
        rule["classes"] = [_on_rule(one["quantity"]) | {"points": one["each"]} for one in form["classes"]]
    elif form["kind"] in _INNER:
        name = _INNER[form["kind"]]
        rule[name] = [written(one) for one in form[name]]
    return rule


def _nothing(form: Data) -> Data:
    said: Data = {"nothing_when": [_term(one) for one in form["when"]]}
    if form["gives"] == "points":
        said["nothing_arose"] = {"points": form["points"]}
    elif form["gives"] != "undecided":
        said["nothing_arose"] = form["gives"]
    return said


def _on_rule(form: Data) -> Data:
    """The quantity of a rule: one that rounds itself stands inside ``of``."""
    quantity = _quantity(form)
    if form["zero_base"]:
        quantity["zero_base"] = {"points": form["zero_base"]}
    return {"of": {"quantity": quantity}} if form["round"] is not None else quantity


def _quantity(form: Data) -> Data:
    quantity: Data = {"of": [_term(one) for one in form["of"]]}
    if form["to"]:
        quantity |= {"to": [_term(one) for one in form["to"]], "over": form["over"]}
    return quantity | ({"round": form["round"]} if form["round"] is not None else {})


def _term(form: Data) -> Data:
    term: Data = {"weight": form["weight"], "year": form["year"]}
    if form["within_group"]:
        term["within_group"] = form["within_group"]
    kind = form["kind"]
    return term | {kind: _quantity(form[kind]) if kind == "quantity" else form[kind]}


def _band(form: Data) -> Data:
    band: Data = {"rule": written(form["rule"])} if form["rule"] is not None else {"points": form["points"]}
    for edge, closed, opened in (("lower", "from", "above"), ("upper", "up_to", "below")):
        if form[edge] is not None:
            band[closed if form[edge]["closed"] else opened] = form[edge]["at"]
    return band


def read_again(form: Data, maximum: Fraction, year: int) -> Data:
    """The normal form of what the normal form says."""
    return rule_data(parse_rule(written(form, root=True), max_points=maximum, year=year))


@pytest.mark.parametrize("path", sorted(SETS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_rule_of_every_shipped_set_comes_back(path: Any) -> None:
    made = load_criteria_set(path)
    for item in require_usable(made).items:
        if item.rule is not None:
            form = rule_data(item.rule)
            assert read_again(form, item.rule.max_points, made.year or 0) == form, item.node.code


@settings(max_examples=150, deadline=None)
@given(rule=strategies.rules, maximum=strategies.above_zero)
def test_every_kind_of_rule_comes_back(rule: Data, maximum: str) -> None:
    try:
        made = parse_rule(rule, max_points=parse_number(maximum), year=CYCLE)
    except InvalidInput:  # a draw that no rule allows
        return
    form = rule_data(made)
    assert read_again(form, made.max_points, CYCLE) == form
    assert parsed(canonical_bytes(form)) == form


def test_every_kind_has_a_normal_form() -> None:
    made = [parse_rule(one, max_points=Fraction(2), year=CYCLE) for one in _ONE_OF_EACH]
    assert [rule_data(one)["kind"] for one in made] == list(KINDS)


_ONE_OF_EACH: tuple[Data, ...] = (
    {"kind": "ratio", "of": "a", "to": "b"},
    {"kind": "bands", "of": "a", "bands": [{"from": 1, "points": 1}]},
    {"kind": "option", "of": "k", "options": {"yes": {"share": "50%"}}},
    {"kind": "count", "of": "a", "each": "0,5"},
    {"kind": "deduction", "classes": [{"of": "a", "points": "0.25"}]},
    {"kind": "sum", "parts": [{"kind": "count", "of": "a", "each": 1, "max_points": 1}]},
    {"kind": "best", "alternatives": [{"kind": "given"}]},
    {"kind": "given"},
)


def test_dated_shared_and_inherited_parameters_are_written_out() -> None:
    rule = {
        "kind": "bands", "of": "a", "to": "b", "over": "cap", "zero_base": {"share": "50%"},
        "bands": [
            {"from": {2023: "60%", 2024: "80%"}, "share": "75%"},
            {"below": "80%", "rule": {"kind": "ratio", "target": "3/4", "max_points": 1}},
        ],
    }  # fmt: skip
    form = rule_data(parse_rule(rule, max_points=Fraction(2), year=2024))
    first, second = form["bands"]
    assert (first["lower"], first["points"], second["upper"]) == (
        {"at": "0.8", "closed": True}, "1.5", {"at": "0.8", "closed": False}
    )  # fmt: skip
    assert second["rule"]["quantity"] == form["quantity"]
    assert (second["rule"]["max_points"], second["rule"]["target"], form["quantity"]["zero_base"]) == ("1", "0.75", "1")
    assert form["nothing"]["counted"] == [{"measure": "a", "year": 0}]


def test_the_tree_of_a_shipped_set() -> None:
    form = normal_form(example_group("2024-departments"))
    nodes = {one["code"]: one for one in form["nodes"]}
    codes = [one["code"] for one in form["nodes"]]
    assert all(codes.index(one["parent"]) < codes.index(one["code"]) for one in form["nodes"] if one["parent"])
    parents = {one["parent"] for one in form["nodes"]}
    assert all(one["item"] is (code not in parents) for code, one in nodes.items())
    assert sum(Fraction(one["max_points"]) for one in form["nodes"] if one["item"] and not one["outside"]) == 100


def test_one_spelling() -> None:
    form = normal_form(small_group())
    assert json.loads(canonical_bytes(form)) == form
    assert form["grades"][0] == {"title": "Tốt", "lower": "80"}
    assert form["nodes"][1]["rule"]["options"][1] == {"key": "late", "points": "0.5"}


def test_codes_that_are_no_file_names_stand_by_their_position() -> None:
    found = set_paths(["departments", "Sở, ban/ngành", "nhom-2", "../x"])
    names = [one.removeprefix("criteria_sets/").removesuffix(".json") for one in found]
    assert names == ["departments", "nhom-2", "nhom-3", "nhom-4"]
    assert all(is_set(one) for one in found)
