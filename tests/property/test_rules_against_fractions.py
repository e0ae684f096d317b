"""Every rule over columns gives what the same rule gives for one unit at a time over ``Fraction``, branch included."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.builders import evaluate, number_column, points_of
from tests.property import scalar_rules, strategies

from parindex.domain.scoring.figures import ChoiceColumn, Figures
from parindex.domain.scoring.rule_table import RuleTrace, explain_row, parse_rule
from parindex.domain.units import Unit

MAXIMUM = Fraction(3)
# Large draws are the point; hypothesis counts those that exceed its buffer as filtered.
LARGE = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def figures_of(report: Mapping[str, Any]) -> Figures:
    units = tuple(Unit(f"u{row}", "", group) for row, group in enumerate(report["groups"]))
    keys = strategies.OPTIONS[::-1]  # another order than that of the rules
    choices = {
        key: ChoiceColumn(keys, np.array([-1 if one is None else keys.index(one) for one in column], dtype=np.int16))
        for key, column in report["choices"].items()
    }
    numbers = {key: number_column(column) for key, column in report["numbers"].items()}
    return Figures(strategies.CYCLE, units, numbers, choices)


def expected(data: Mapping[str, Any], report: Mapping[str, Any]) -> list[scalar_rules.Answer]:
    return [
        scalar_rules.evaluate(
            data,
            MAXIMUM,
            scalar_rules.World(
                report["numbers"], report["choices"], report["groups"], strategies.CYCLE, strategies.CYCLE, unit
            ),
        )
        for unit in range(len(report["groups"]))
    ]


def check(data: Mapping[str, Any], report: Mapping[str, Any]) -> None:
    rule = parse_rule(data, max_points=MAXIMUM, year=strategies.CYCLE)
    figures = figures_of(report)
    outcome = evaluate(rule, figures)
    found = list(zip(outcome.branch.tolist(), points_of(outcome), strict=True))
    assert found == [(branch, points if branch >= 0 else None) for branch, points in expected(data, report)]
    assert all(0 <= points <= MAXIMUM for _, points in found if points is not None)
    for row, (branch, points) in enumerate(found):
        trace = explain_row(rule, figures, row)
        assert (trace.branch, trace.points) == (branch, points)
        check_trace(trace)


def check_trace(trace: RuleTrace) -> None:
    """The derivation adds up by itself: sums of weighted terms, and quotients where nothing was capped or rounded."""
    for quantity in trace.quantities:
        for terms, stated in ((quantity.of, quantity.numerator), (quantity.to, quantity.denominator)):
            if stated is not None:
                values = [term.value for term in terms]
                assert stated == sum(term.weight * (value or 0) for term, value in zip(terms, values, strict=True))
        if quantity.value is not None and quantity.denominator and not quantity.capped and not quantity.rounding:
            assert quantity.numerator == quantity.value * quantity.denominator
    if trace.branch_name == "added":
        assert trace.points is not None
    for child in trace.children:
        check_trace(child)


@pytest.mark.parametrize("kind", ["ratios", "banded", "options", "counts", "deductions"])
def test_a_kind_agrees_with_fractions(kind: str) -> None:
    @settings(max_examples=120, deadline=None, suppress_health_check=LARGE)
    @given(getattr(strategies, kind)(root=True), strategies.reports())
    def agrees(data: dict[str, Any], report: dict[str, Any]) -> None:
        check(data, report)

    agrees()


@settings(max_examples=150, deadline=None, suppress_health_check=LARGE)
@given(strategies.composed(), strategies.reports())
def test_composed_rules_agree_with_fractions(data: dict[str, Any], report: dict[str, Any]) -> None:
    check(data, report)
