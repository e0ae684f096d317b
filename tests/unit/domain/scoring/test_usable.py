"""A set that cannot be computed with is refused with every reason at once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.builders import criteria_set, node, rule

from parindex.domain.criteria.criteria_set import Identity, IndexDeclaration, Measure, Part, Source, Total
from parindex.domain.errors import InvalidInput, Place
from parindex.domain.scoring.usable import require_usable


def kinds(made) -> list[str]:  # type: ignore[no-untyped-def]
    with pytest.raises(InvalidInput) as refused:
        require_usable(made)
    return [problem.kind for problem in refused.value.problems]


def test_a_sound_set_gives_its_items_with_their_rules() -> None:
    made = criteria_set(node("1", "3", node("1.1", "1"), node("1.2", "2", rule=rule(kind="ratio", of="x", to="y"))))
    plans = require_usable(made).items
    assert [(plan.node.code, plan.max_points, plan.rule is None) for plan in plans] == [
        ("1.1", 1, True), ("1.2", Fraction(2), False)
    ]  # fmt: skip


def test_every_reason_is_named_at_once() -> None:
    made = criteria_set(
        node("1", "3", node("1.1", None), node("1.1", "2"), node("1.2", "-1"), node("1.3", "1", part="khác")),
        parts=(Part("report", "Báo cáo", (Source.REPORT,)),),
        index=IndexDeclaration(absent_parts=("survey",)),
        totals=(Total("t", "Tổng", ("9.9", "1.3")),),
        identities=(Identity(("a",), ("b",)), Identity((), ("a",))),
        measures={"a": Measure("a", "a")},
    )
    assert kinds(made) == [
        "code_twice", "item_without_maximum", "item_without_maximum", "unknown_part", "unknown_part", "unknown_item",
        "unknown_measure", "identity_empty",
    ]  # fmt: skip


def test_a_set_without_year_or_items_is_refused() -> None:
    assert kinds(replace(criteria_set(), year=None)) == ["set_without_year", "set_without_items"]


def test_the_problems_of_a_rule_carry_the_place_of_their_item() -> None:
    placed = node("1.1", "1", rule=rule(kind="chance"), place=Place(line=7))
    with pytest.raises(InvalidInput) as refused:
        require_usable(criteria_set(node("1", "1", placed)))
    assert {problem.place.code for problem in refused.value.problems} == {"1.1"}
