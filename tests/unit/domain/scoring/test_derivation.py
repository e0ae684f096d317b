"""The derivation of one row: every figure, branch and parameter that the explanation in words is built from."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.builders import Written, choice_column, number_column, units

from parindex.domain.scoring.context import Context
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.outcome import NoPoints, Settled
from parindex.domain.scoring.rule_table import RuleTrace, explain_row, parse_rule
from parindex.domain.units import Unit
from parindex.domain.values import Rounding

HALF = Fraction(1, 2)


def derived(
    data: dict[str, Any],
    numbers: dict[tuple[str, int], list[Written]],
    row: int = 0,
    of: tuple[Unit, ...] = units("a", "b", "c"),
) -> RuleTrace:
    columns = {key: number_column([*values, *[None] * (len(of) - len(values))]) for key, values in numbers.items()}
    choices = {("k", 2024): choice_column(["no", "yes"], ["yes", *[None] * (len(of) - 1)])}
    rule = parse_rule(data, max_points=Fraction(2), year=2024)
    return explain_row(rule, Figures(2024, of, columns, choices), row)


def test_a_ratio_with_weights_years_and_numbers() -> None:
    data = {
        "kind": "ratio", "target": "50%", "floor": "10%", "to": [{"measure": "d", "year": -1}, {"number": 4}],
        "of": [{"measure": "n", "weight": "0,5"}, {"measure": "m", "year": "2020"}],
    }  # fmt: skip
    trace = derived(data, {("n", 2024): [2], ("m", 2020): [1], ("d", 2023): [6]})
    assert (trace.kind, trace.branch, trace.branch_name, trace.year) == ("ratio", 1, "linear", 2024)
    assert (trace.points, trace.max_points) == (Fraction(4, 5), 2)
    assert trace.parameters == (("target", "0.5"), ("floor", "0.1"))
    (quantity,) = trace.quantities
    assert (quantity.numerator, quantity.denominator, quantity.value) == (2, 10, Fraction(1, 5))
    assert (quantity.reason, quantity.over, quantity.capped, quantity.rounding) == (0, "refuse", False, None)
    first, second = quantity.of
    assert (first.measure, first.weight, first.year, first.value, first.own) == ("n", HALF, 2024, 2, 2)
    assert (second.measure, second.weight, second.year, second.value) == ("m", 1, 2020, 1)
    whole, number = quantity.to
    assert (whole.measure, whole.year, whole.value) == ("d", 2023, 6)
    assert (number.measure, number.number, number.value, number.quantity) == ("", 4, 4, None)


def test_what_has_been_evaluated_already_gives_the_same_derivation() -> None:
    rule = parse_rule({"kind": "ratio", "of": "n", "to": "d"}, max_points=Fraction(2), year=2024)
    columns = {("n", 2024): number_column([1]), ("d", 2024): number_column([4])}
    figures = Figures(2024, units("a"), columns, {})
    outcome = rule.evaluate(Context(figures, 2024))
    assert explain_row(rule, figures, 0, outcome) == explain_row(rule, figures, 0)


def test_a_figure_that_is_missing() -> None:
    trace = derived({"kind": "ratio", "of": "n", "to": "d"}, {("n", 2024): [None], ("d", 2024): [3]})
    assert (trace.branch, trace.branch_name, trace.points) == (NoPoints.MISSING, "missing", None)
    (quantity,) = trace.quantities
    assert (quantity.numerator, quantity.denominator, quantity.value) == (None, 3, None)
    assert quantity.reason == NoPoints.MISSING
    assert (quantity.of[0].value, quantity.to[0].value) == (None, 3)


def test_what_was_capped_and_what_was_rounded() -> None:
    data = {"kind": "ratio", "of": {"quantity": {"of": "n", "to": "d", "over": "cap", "round": {"places": 1}}}}
    figures: dict[tuple[str, int], list[Written]] = {("n", 2024): [5, 1], ("d", 2024): [4, 3]}
    capped, rounded = (derived(data, figures, row).quantities[0] for row in (0, 1))
    assert (capped.numerator, capped.denominator, capped.value, capped.capped) == (5, 4, 1, True)
    assert (rounded.value, rounded.capped, rounded.rounding) == (Fraction("0.3"), False, Rounding(1))


def test_a_base_of_zero_with_stated_points_has_no_value() -> None:
    data = {"kind": "ratio", "of": "n", "to": "d", "over": "allow", "zero_base": {"points": 1}}
    trace = derived(data, {("n", 2024): [5, 1], ("d", 2024): [0, 1]})
    assert (trace.branch, trace.branch_name, trace.points) == (Settled.ZERO_BASE, "zero_base", 1)
    assert (trace.quantities[0].denominator, trace.quantities[0].value, trace.quantities[0].reason) == (0, None, 0)


def test_comparison_within_the_group_uses_the_peers_and_no_other_group() -> None:
    of = (*units("a", "b", group="x"), *units("c", "d", group="y"))
    data = {"kind": "ratio", "of": "n", "to": {"measure": "n", "within_group": "best"}}
    trace = derived(data, {("n", 2024): [9, 1, 6, 8]}, row=2, of=of)
    (whole,) = trace.quantities[0].to
    assert (whole.within_group, whole.own, whole.value) == ("best", 6, 8)
    assert trace.points == Fraction(3, 2)


def test_a_nested_quantity_of_another_year() -> None:
    rate = {"of": "n", "to": "d"}
    data = {
        "kind": "count", "each": 1, "of": [{"quantity": rate}, {"quantity": rate, "year": -1, "weight": -1}],
    }  # fmt: skip
    trace = derived(data, {("n", 2024): [3], ("d", 2024): [4], ("n", 2023): [1], ("d", 2023): [4]})
    now, before = trace.quantities[0].of
    assert now.quantity is not None
    assert before.quantity is not None
    assert (now.year, now.quantity.value, now.quantity.of[0].year) == (2024, Fraction(3, 4), 2024)
    assert (before.year, before.quantity.value, before.quantity.of[0].year) == (2023, Fraction(1, 4), 2023)
    assert (trace.points, trace.branch_name) == (HALF, "counted")


def test_the_band_that_was_hit_and_the_rule_inside_it() -> None:
    data = {
        "kind": "bands",
        "of": "n",
        "to": "d",
        "bands": [{"below": "50%", "points": 0}, {"from": "50%", "rule": {"kind": "ratio"}}],
    }
    figures: dict[tuple[str, int], list[Written]] = {("n", 2024): [3, 1], ("d", 2024): [4, 4]}
    linear = derived(data, figures)
    assert (linear.branch, linear.branch_name, linear.points) == (1, "band", Fraction(3, 2))
    assert [child.kind for child in linear.children] == ["ratio"]
    assert linear.children[0].points == linear.points
    assert derived(data, figures, row=1).children == ()


def test_the_rule_inside_the_first_band() -> None:
    data = {"kind": "bands", "of": "n", "bands": [{"rule": {"kind": "count", "each": 1}}]}
    assert [child.kind for child in derived(data, {("n", 2024): [1]}).children] == ["count"]


def test_a_settled_branch_is_not_taken_for_a_band() -> None:
    """NOTHING_AROSE is 100, as a 101st band would be."""
    listed = [{"from": at, "below": at + 1, "points": 1} for at in range(100)]
    data = {"kind": "bands", "of": "n", "to": "d", "over": "allow", "nothing_arose": "full", "bands": listed}
    trace = derived(data, {("n", 2024): [0], ("d", 2024): [0]})
    assert (trace.branch_name, trace.children) == ("nothing_arose", ())


def test_the_best_of_the_group_where_a_peer_has_no_figure() -> None:
    data = {"kind": "ratio", "of": "n", "to": {"measure": "n", "within_group": "best"}}
    (quantity,) = derived(data, {("n", 2024): [2, None, 4]}).quantities
    assert (quantity.numerator, quantity.denominator, quantity.to[0].value, quantity.reason) == (2, 4, 4, 0)


def test_a_chosen_option() -> None:
    data = {"kind": "option", "of": "k", "options": {"yes": {"share": "75%"}, "no": {"points": 0}}}
    chosen, nothing = derived(data, {}), derived(data, {}, row=1)
    assert (chosen.choices[0].measure, chosen.choices[0].year, chosen.choices[0].chosen) == ("k", 2024, "yes")
    assert (chosen.branch, chosen.branch_name, chosen.points) == (0, "option", Fraction(3, 2))
    assert chosen.parameters == (("yes", "share 0.75"), ("no", "points 0"))
    assert (nothing.choices[0].chosen, nothing.branch_name) == ("", "missing")


def test_parts_alternatives_and_classes() -> None:
    case = {"kind": "deduction", "classes": [{"of": "n", "points": "0,5"}, {"of": "d", "points": 1}]}
    data = {"kind": "best", "alternatives": [{"kind": "sum", "parts": [{**case, "max_points": 1}]}, {"kind": "given"}]}
    trace = derived(data, {("n", 2024): [1], ("d", 2024): [0]})
    assert (trace.branch_name, trace.points, [child.kind for child in trace.children]) == (
        "alternative", HALF, ["sum", "given"],
    )  # fmt: skip
    added, given = trace.children
    assert (added.branch_name, given.branch_name, given.points) == ("added", "not_given", None)
    (deduction,) = added.children
    assert (deduction.branch_name, [one.value for one in deduction.quantities]) == ("deducted", [1, 0])


def test_the_year_before_stands() -> None:
    data = {"kind": "ratio", "of": "n", "to": "d", "nothing_arose": "last_year", "round": {"places": 1}}
    trace = derived(data, {("n", 2024): [0], ("d", 2024): [0], ("n", 2023): [1], ("d", 2023): [3]})
    assert (trace.branch_name, trace.points, trace.year) == ("earlier_year", Fraction("0.7"), 2024)
    (earlier,) = trace.children
    assert (earlier.branch_name, earlier.points, earlier.year) == ("linear", Fraction("0.7"), 2023)
    assert earlier.quantities[0].of[0].year == 2023
