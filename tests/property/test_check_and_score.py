"""One reading of rules: the check has an error of reading just where scoring refuses the rule."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import criteria_set, evaluate, node
from tests.property import strategies
from tests.property.test_rules_against_fractions import figures_of

from parindex.domain.criteria.criteria_set import Measure, MeasureKind, RuleData
from parindex.domain.criteria.findings import Severity
from parindex.domain.errors import InvalidInput
from parindex.domain.scoring.check import check
from parindex.domain.scoring.rule_table import parse_rule

MEASURES = {
    **{one: Measure(one, one, minimum=Fraction(-(10**30))) for one in strategies.MEASURES},
    "k": Measure("k", "k", MeasureKind.CHOICE),
}
#: What the check finds where the rule cannot be read; all its other findings are about rules that can.
READING = {"rule_unreadable", "unknown_measure", "bands_overlap"}
_LARGE = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
_junk = st.sampled_from(["", "x", "2", "-1", "ratio", "a", "unknown", None, True, [], {}, ["a", "b"], {"points": "9"}])


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """A rule with up to two of its values replaced, its keys dropped or renamed."""
    data = draw(strategies.rules)
    for _ in range(draw(st.integers(0, 2))):
        data = _damage(data, draw)
    return data


def _damage(data: Any, draw: st.DrawFn) -> Any:
    if isinstance(data, dict) and data:
        key = draw(st.sampled_from(sorted(data, key=str)))
        how = draw(st.sampled_from(["deeper", "deeper", "deeper", "drop", "rename", "replace"]))
        rest = {name: value for name, value in data.items() if name != key}
        if how == "drop":
            return rest
        if how == "rename":
            return {**rest, f"{key}x": data[key]}
        return {**data, key: draw(_junk) if how == "replace" else _damage(data[key], draw)}
    if isinstance(data, list) and data:
        at = draw(st.integers(0, len(data) - 1))
        return [*data[:at], _damage(data[at], draw), *data[at + 1 :]]
    return draw(_junk)


@given(damaged())
@settings(max_examples=200, deadline=None, suppress_health_check=_LARGE)
def test_the_check_refuses_just_what_scoring_refuses(data: Any) -> None:
    made = criteria_set(node("1", "3", rule=RuleData(data)), year=strategies.CYCLE, measures=MEASURES)
    found = [one for one in check(made) if one.severity is Severity.ERROR]
    refused = [one for one in found if one.kind in READING or one.facts.get("twice")]
    try:
        parse_rule(data, max_points=Fraction(3), year=strategies.CYCLE, measures=MEASURES)
    except InvalidInput:
        assert refused
    else:
        assert refused == []


@given(strategies.rules, strategies.reports())
@settings(max_examples=150, deadline=None, suppress_health_check=_LARGE)
def test_what_is_called_out_of_reach_is_never_reached(data: Any, report: Any) -> None:
    """No report gives more than the best that the check finds; nothing of nothing is apart."""
    made = criteria_set(node("1", "3", rule=RuleData(data)), year=strategies.CYCLE, measures=MEASURES)
    best = [one.facts["best"] for one in check(made) if one.kind == "best_option_below_max"]
    rule = parse_rule(data, max_points=Fraction(3), year=strategies.CYCLE, measures=MEASURES)
    outcome = evaluate(rule, figures_of(report))
    given_by_figures = [
        points
        for points, branch in zip(outcome.points.to_fractions(), outcome.branch.tolist(), strict=True)
        if 0 <= branch < 100
    ]
    assert not best or all(points <= best[0] for points in given_by_figures) or _states_nothing(data)


def _states_nothing(data: Any) -> bool:
    """Whether a rule inside says what nothing gives, which may be more than any figures give."""
    if isinstance(data, dict):
        return "nothing_arose" in data or any(_states_nothing(one) for one in data.values())
    return isinstance(data, list) and any(_states_nothing(one) for one in data)
