"""Rules that can be read: what they then say of themselves; and whatever is written is read or refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.domain.scoring.rule_data import MEASURES, bands, deep, deep_rules, option, parsed, ratio

from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.errors import InvalidInput
from parindex.domain.scoring.rule_table import KINDS, parse_rule
from parindex.domain.values import Rounding, RoundingMode


def test_too_many_options_are_not_read() -> None:
    options = {str(key): {"points": 0} for key in range(101)}
    with pytest.raises(InvalidInput) as caught:
        parse_rule({"kind": "option", "of": "k", "options": options}, max_points=Fraction(1), year=2024)
    assert [(one.kind, one.facts) for one in caught.value.problems] == [
        ("list_too_long", {"length": 101, "limit": 100})
    ]


def test_the_limits_themselves_are_allowed() -> None:
    assert parsed(deep(8)).kind == "count"
    assert parsed(deep_rules(8)).kind == "best"
    assert parsed(ratio(of=["on_time"] * 100)).kind == "ratio"
    options = {str(key): {"points": 0} for key in range(100)}
    assert parse_rule({"kind": "option", "of": "k", "options": options}, max_points=Fraction(1), year=2024).choices()


def test_measures_are_not_checked_where_none_are_given() -> None:
    rule = parse_rule(ratio(of="anything"), max_points=Fraction(1), year=2024)
    assert set(rule.measures()) == {("anything", 0), ("received", 0)}


def test_a_choice_whose_options_nobody_declared_takes_any_key() -> None:
    measures = {"free": Measure("free", "", MeasureKind.CHOICE)}
    rule = parse_rule(
        {"kind": "option", "of": "free", "options": {"x": {"points": 1}}}, max_points=Fraction(1), year=2024,
        measures=measures,
    )  # fmt: skip
    assert rule.parameters() == (("x", "points 1"),)


def test_what_every_kind_takes() -> None:
    rule = parsed(
        ratio(max_points="1,5", round={"places": 3, "mode": "truncated"}, missing="zero", nothing_arose="last_year")
    )
    assert (rule.kind, rule.max_points) == ("ratio", Fraction(3, 2))
    assert rule.round == Rounding(3, RoundingMode.TRUNCATED)
    assert rule.settings.missing_is_zero
    assert set(rule.measures()) == {("on_time", 0), ("received", 0), ("on_time", -1), ("received", -1)}
    assert not rule.compares


def test_which_figures_a_rule_reads() -> None:
    rate = {"of": {"measure": "on_time", "year": -1}, "to": {"measure": "received", "year": "2015"}}
    data = bands(
        {"from": 1, "rule": {"kind": "count", "of": "initiatives", "each": 1}},
        {"below": 1, "rule": option(of={"measure": "issued", "year": -2})},
        of=[{"quantity": rate, "year": -1}, {"quantity": rate, "year": 2020, "weight": -1}, {"number": 4}],
        nothing_when={"measure": "received", "within_group": "best"},
    )
    rule = parsed(data)
    assert set(rule.measures()) == {
        ("on_time", -2), ("received", 2015), ("on_time", 2019), ("initiatives", 0), ("issued", -2), ("received", 0),
    }  # fmt: skip
    assert rule.compares


@pytest.mark.parametrize(
    "data",
    [
        ratio(to={"measure": "received", "within_group": "best"}),
        ratio(of=[{"quantity": {"of": {"measure": "on_time", "within_group": "rank"}}}, "on_time"]),
        {"kind": "sum", "parts": [ratio(max_points=1, to={"measure": "received", "within_group": "best"})]},
        ratio(nothing_when=["received", {"measure": "on_time", "within_group": "best"}]),
    ],
)
def test_a_rule_that_compares_with_the_group_says_so(data: dict[str, Any]) -> None:
    assert parsed(data).compares


def test_points_above_the_maximum_give_the_maximum() -> None:
    """That they are stated is a finding of the check; no rule gives more than its maximum."""
    rule = parsed(bands({"points": 5}))
    assert rule.parameters() == (("band 0", "points 5"),)
    assert rule.settings.max_points == 2


@pytest.mark.parametrize(
    ("data", "parameters"),
    [
        (ratio(), ()),
        (ratio(target="50%", floor="0,1"), (("target", "0.5"), ("floor", "0.1"))),
        (ratio(floor="1/3"), (("floor", "1/3"),)),
        (
            bands(
                {"from": 1, "below": 2, "points": 1},
                {"above": 3, "up_to": 4, "share": "50%"},
                {"above": 4, "rule": ratio()},
            ),
            (
                ("band 0", "from 1, below 2, points 1"),
                ("band 1", "above 3, up_to 4, share 0.5"),
                ("band 2", "above 4, rule"),
            ),
        ),
        (option(), (("yes", "points 1"),)),
        ({"kind": "count", "of": "received", "each": "0,25"}, (("each", "0.25"),)),
        (
            {"kind": "deduction", "mode": "worst", "classes": [{"of": "received", "points": 3}]},
            (("mode", "worst"), ("class 0", "points 3")),
        ),
        ({"kind": "given"}, ()),
    ],
)
def test_parameters_as_text(data: dict[str, Any], parameters: tuple[tuple[str, str], ...]) -> None:
    assert parsed(data).parameters() == parameters


KEYS = st.sampled_from(
    ["kind", "of", "to", "bands", "options", "parts", "alternatives", "classes", "points", "share", "rule", "from",
     "target", "round", "places", "measure", "number", "quantity", "weight", "year", "nothing_when", "nothing_arose",
     "zero_base", "over", "each", "max_points", "2020"]
)  # fmt: skip
LEAVES = st.one_of(
    st.sampled_from([*KINDS, *MEASURES, "full", "cap", "1", "50%", "-1", "2020", "x", ""]),
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5),
)  # fmt: skip
ANYTHING = st.recursive(
    LEAVES, lambda one: st.one_of(st.lists(one, max_size=3), st.dictionaries(KEYS, one, max_size=5)), max_leaves=25
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(ANYTHING, st.tuples(st.sampled_from(list(KINDS)), st.dictionaries(KEYS, ANYTHING))))
def test_whatever_is_written_is_read_or_refused(data: Any) -> None:
    """Hostile data never ends in anything but a rule or a list of problems."""
    found: list[Any]
    if isinstance(data, tuple):
        data = {**data[1], "kind": data[0]}
    try:
        rule = parsed(data)
    except InvalidInput as refused:
        found = refused.problems
    else:
        found = [rule]
        assert rule.kind in KINDS
    assert found


def test_measures_come_in_the_order_in_which_the_rule_is_written() -> None:
    """Pages list the figures so; a set of texts has another order in each process."""
    data = ratio(of=["zeta", "on_time", "alpha", "on_time", "beta"])
    rule = parse_rule(data, max_points=Fraction(1), year=2024)
    assert [name for name, _ in rule.measures()] == ["zeta", "on_time", "alpha", "beta", "received"]
