"""Which branch speaks, kind by kind, and the order in which reasons are found."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from tests.builders import Written, answers, choice_column, evaluate, figures, number_column, points_of, units

from parindex.domain.scoring.context import Context
from parindex.domain.scoring.figures import FigureColumn, Figures
from parindex.domain.scoring.outcome import NoPoints, Outcome, Settled
from parindex.domain.scoring.rule_table import parse_rule
from parindex.domain.scoring.rules import count, deduction, ratio
from parindex.domain.scoring.rules import sum as sum_rule
from parindex.domain.values import Numbers


def outcome(data: dict[str, Any], numbers: dict[Any, list[Written]], maximum: int = 2) -> Outcome:
    rows = len(next(iter(numbers.values())))
    rule = parse_rule(data, max_points=Fraction(maximum), year=2024)
    return evaluate(rule, figures(units(*map(str, range(rows))), numbers))


def test_ratio() -> None:
    data = {"kind": "ratio", "of": "n", "to": "d", "target": "80%", "floor": "20%"}
    found = outcome(data, {"n": [9, 8, 7, 2, 1, -1], "d": [10] * 6})
    assert found.branch.tolist() == [
        ratio.Branch.FULL, ratio.Branch.FULL, ratio.Branch.LINEAR, ratio.Branch.LINEAR, ratio.Branch.BELOW_FLOOR,
        ratio.Branch.BELOW_FLOOR,
    ]  # fmt: skip
    assert found.scored.all()
    negative = outcome({"kind": "ratio", "of": "n"}, {"n": [-1, 0, 1]})
    assert negative.branch.tolist() == [ratio.Branch.BELOW_ZERO, ratio.Branch.LINEAR, ratio.Branch.FULL]
    assert points_of(negative) == [0, 0, 2]


def test_count() -> None:
    found = outcome({"kind": "count", "of": "n", "each": "0,5"}, {"n": [-1, 4, 5]})
    assert found.branch.tolist() == [NoPoints.IMPOSSIBLE, count.Branch.COUNTED, count.Branch.CAPPED]
    assert points_of(found) == [None, 2, 2]


def test_deduction() -> None:
    data = {"kind": "deduction", "classes": [{"of": "n", "points": 1}]}
    found = outcome(data, {"n": [0, 1, 2, 3, -1, None]})
    expected = [
        deduction.Branch.NOTHING_DEDUCTED, deduction.Branch.DEDUCTED, deduction.Branch.USED_UP,
        deduction.Branch.USED_UP, NoPoints.IMPOSSIBLE, NoPoints.MISSING,
    ]  # fmt: skip
    assert found.branch.tolist() == expected
    assert points_of(found) == [2, 1, 0, 0, None, None]


def test_nothing_is_deducted_from_nothing() -> None:
    found = outcome({"kind": "deduction", "classes": [{"of": "n", "points": 1}]}, {"n": [0, 1]}, maximum=0)
    assert found.branch.tolist() == [deduction.Branch.NOTHING_DEDUCTED, deduction.Branch.USED_UP]


def test_the_worst_class_is_the_largest_deduction_whatever_the_order() -> None:
    classes = [{"of": "a", "points": 1}, {"of": "b", "points": "1,5"}, {"of": "c", "points": "0,5"}]
    found = outcome(
        {"kind": "deduction", "mode": "worst", "classes": classes},
        {"a": [5, 1, 0, 0], "b": [1, 0, 0, 0], "c": [1, 1, 1, 0]},
    )
    assert points_of(found) == [Fraction(1, 2), 1, Fraction(3, 2), 2]


def test_sum_is_capped_at_its_maximum() -> None:
    part = {"kind": "ratio", "of": "n", "max_points": 2}
    found = outcome({"kind": "sum", "parts": [part, part]}, {"n": ["0,5", "0,6"]})
    assert found.branch.tolist() == [sum_rule.Branch.ADDED, sum_rule.Branch.CAPPED]
    assert points_of(found) == [2, 2]


def test_best_names_the_first_of_equals() -> None:
    alternatives = [{"kind": "ratio", "of": name} for name in "abc"]
    found = outcome(
        {"kind": "best", "alternatives": alternatives},
        {"a": [1, "0,5", None, None], "b": [1, 1, "0,5", None], "c": ["0,5", 1, "0,5", None]},
    )
    assert found.branch.tolist() == [0, 1, 1, NoPoints.MISSING]


def test_best_reports_what_cannot_be_passed_over() -> None:
    alternatives = [{"kind": "ratio", "of": "n", "to": "d"}, {"kind": "ratio", "of": "m"}]
    found = outcome({"kind": "best", "alternatives": alternatives}, {"n": [0, 1, 5], "d": [0, 0, 4], "m": [1, 1, None]})
    assert found.branch.tolist() == [NoPoints.UNDECIDED, NoPoints.IMPOSSIBLE, NoPoints.OVER]
    given = outcome({"kind": "best", "alternatives": [{"kind": "given"}, alternatives[1]]}, {"m": [1, None]})
    assert given.branch.tolist() == [1, NoPoints.MISSING]


def test_the_gravest_reason_is_reported() -> None:
    parts = [
        {"kind": "ratio", "of": "n", "to": "d", "max_points": 1},
        {"kind": "bands", "of": "b", "bands": [{"from": 1, "points": 1}], "max_points": 1},
        {"kind": "given", "max_points": 0},
    ]
    figures_of = {"n": [1, 5, 1, 1, None], "d": [0, 4, 2, 2, 2], "b": [0, 0, 0, None, 1]}
    found = outcome({"kind": "sum", "parts": parts}, figures_of)
    assert found.branch.tolist() == [
        NoPoints.IMPOSSIBLE, NoPoints.OVER, NoPoints.OUTSIDE, NoPoints.MISSING, NoPoints.MISSING,
    ]  # fmt: skip
    assert points_of(found) == [None] * 5
    assert not found.scored.any()


def test_settled_before_the_kind_speaks() -> None:
    data = {"kind": "ratio", "of": "n", "to": "d", "nothing_arose": "full", "missing": "zero"}
    found = outcome(data, {"n": [0, None, None, 1], "d": [0, 0, 1, None]})
    assert found.branch.tolist() == [
        Settled.NOTHING_AROSE, Settled.NOTHING_AROSE, Settled.NOT_REPORTED, Settled.NOT_REPORTED,
    ]  # fmt: skip
    assert points_of(found) == [2, 2, 0, 0]


def test_nothing_arose_needs_every_term_and_nothing_counted() -> None:
    data = {
        "kind": "count", "of": "n", "each": 1, "nothing_when": ["x", {"measure": "y", "year": -1}],
        "nothing_arose": {"points": "0,5"},
    }  # fmt: skip
    found = outcome(
        data,
        {
            "x": [0, 0, 0, 1, None, 0], ("y", 2023): [0, 1, None, 0, 0, 0], "n": [0, 0, 0, 0, 0, 1],
        },
    )  # fmt: skip
    assert points_of(found) == [Fraction(1, 2), 0, 0, 0, 0, 1]
    assert found.branch.tolist() == [Settled.NOTHING_AROSE, 0, 0, 0, 0, 0]


def test_what_parts_and_classes_counted_has_arisen() -> None:
    """No inspection is reported, but a violation is: something arose, whatever the rule says of nothing."""
    settled = {"nothing_when": "x", "nothing_arose": "full"}
    figures_of: dict[Any, list[Written]] = {"x": [0, 0], "n": [1, 0]}
    case = {"kind": "deduction", "classes": [{"of": "n", "points": "0,5"}]}
    found = outcome({**case, **settled}, figures_of)
    assert found.branch.tolist() == [deduction.Branch.DEDUCTED, Settled.NOTHING_AROSE]
    part = {"kind": "count", "of": "n", "each": 1, "max_points": 1}
    found = outcome({"kind": "sum", "parts": [part], **settled}, figures_of)
    assert found.branch.tolist() == [sum_rule.Branch.ADDED, Settled.NOTHING_AROSE]
    assert points_of(found) == [1, 2]


def test_what_was_counted_in_another_year_does_not_matter() -> None:
    data = {
        "kind": "bands", "of": ["x", {"measure": "x", "year": -1, "weight": -1}], "nothing_when": "x",
        "nothing_arose": "zero", "bands": [{"points": 1}],
    }  # fmt: skip
    found = outcome(data, {"x": [0, 1], ("x", 2023): [7, 7]})
    assert found.branch.tolist() == [Settled.NOTHING_AROSE, 0]


def test_a_quantity_counts_above_its_line_only() -> None:
    """Nothing of n arose against a target of 0, although the whole d below n's own line is not 0."""
    data = {
        "kind": "ratio", "of": [{"quantity": {"of": "n", "to": "d"}}], "to": "target", "nothing_arose": "full",
    }  # fmt: skip
    found = outcome(data, {"n": [0, 1], "d": [5, 5], "target": [0, 0]})
    assert found.branch.tolist() == [Settled.NOTHING_AROSE, NoPoints.IMPOSSIBLE]


@pytest.mark.parametrize("over", ["refuse", "cap"])
def test_a_whole_that_is_not_above_zero_as_a_count_is_impossible(over: str) -> None:
    data = {
        "kind": "ratio", "of": "n", "over": over,
        "to": [{"measure": "d", "weight": 2}, {"measure": "away", "weight": -1}],
    }  # fmt: skip
    found = outcome(data, {"n": [1, 1, 0, 1], "d": [5, 5, 1, 5], "away": [5, 2, 3, 11]})
    assert found.branch.tolist() == [NoPoints.IMPOSSIBLE, 1, NoPoints.IMPOSSIBLE, NoPoints.IMPOSSIBLE]


def test_capped_counts_keep_their_proportions() -> None:
    """30 whole and 20 half ones of 40: taken down to 24 and 16, so 24 + 8 of 40."""
    data = {"kind": "ratio", "of": ["a", {"measure": "b", "weight": "0,5"}], "to": "d", "over": "cap"}
    found = outcome(data, {"a": [30, 30], "b": [20, 10], "d": [40, 40]}, maximum=1)
    assert points_of(found) == [Fraction(4, 5), Fraction(7, 8)]


def test_a_class_that_earns_nothing_is_counted_all_the_same() -> None:
    """3 scored 2 and 2 scored 0 are 5 dossiers, more than the 4 that there are."""
    data = {"kind": "ratio", "of": [{"measure": "two", "weight": 2}, {"measure": "none", "weight": 0}], "to": "d"}
    found = outcome(data, {"two": [3, 2], "none": [2, 2], "d": [4, 4]})
    assert found.branch.tolist() == [NoPoints.OVER, ratio.Branch.FULL]


@pytest.mark.parametrize("over", ["refuse", "cap"])
def test_weights_below_the_line_can_lift_a_ratio_above_one(over: str) -> None:
    """4 of 5 that count half are 1,6: no more than the whole as counts, and never more than the maximum."""
    data = {"kind": "ratio", "of": "n", "to": {"measure": "d", "weight": "0,5"}, "over": over}
    found = outcome(data, {"n": [4, 1], "d": [5, 5]})
    assert points_of(found) == [2, Fraction(4, 5)]
    assert found.branch.tolist() == [ratio.Branch.FULL, ratio.Branch.LINEAR]


def test_weights_below_the_line_stay_when_counts_are_capped() -> None:
    data = {"kind": "count", "each": 1, "of": "n", "to": {"measure": "d", "weight": 2}, "over": "cap"}
    found = outcome(data, {"n": [6, 2], "d": [4, 4]})
    assert points_of(found) == [Fraction(1, 2), Fraction(1, 4)]


def test_a_quotient_that_is_capped_where_it_can_and_rounded() -> None:
    """Rows that are impossible are left alone by the cap: they must not be divided by what is not above zero."""
    rate = {
        "of": "n", "over": "cap", "round": {"places": 1},
        "to": [{"measure": "d", "weight": 2}, {"measure": "away", "weight": -1}],
    }  # fmt: skip
    found = outcome({"kind": "ratio", "of": {"quantity": rate}}, {"n": [1, 9, None], "d": [5, 5, 5], "away": [5, 2, 9]})
    assert found.branch.tolist() == [NoPoints.IMPOSSIBLE, ratio.Branch.LINEAR, NoPoints.MISSING]
    assert points_of(found) == [None, Fraction("0.8"), None]


def test_the_least_over_a_base_of_zero() -> None:
    data = {"kind": "ratio", "of": "n", "to": "d", "over": "allow", "zero_base": "full"}
    found = outcome(data, {"n": [1, "0,5", 0, -1], "d": [0, 0, 0, 0]})
    assert found.branch.tolist() == [Settled.ZERO_BASE, Settled.ZERO_BASE, NoPoints.UNDECIDED, NoPoints.IMPOSSIBLE]


@pytest.mark.parametrize(("compare", "points"), [("best", [1, 2, None]), ("rank", [2, 1, None])])
def test_peers_that_cannot_be_right_are_left_out(compare: str, points: list[int | None]) -> None:
    """5 of 4 is no rate: the best is 2/4, and among the two others 2/4 is first."""
    rate = {"quantity": {"of": "n", "to": "d"}, "within_group": compare}
    of = [{"quantity": {"of": "n", "to": "d"}}] if compare == "best" else [rate]
    data = {"kind": "ratio", "of": of, "to": rate} if compare == "best" else {"kind": "count", "of": of, "each": 1}
    found = outcome(data, {"n": [1, 2, 5], "d": [4, 4, 4]})
    assert points_of(found) == points
    assert found.branch.tolist()[2] == NoPoints.OVER


def test_more_than_the_best_of_a_group_beside_a_group_that_reported_nothing() -> None:
    of = (*units("a", group="x"), *units("b", group="y"))
    rule = parse_rule(
        {"kind": "ratio", "of": "m", "to": {"measure": "n", "within_group": "best"}}, max_points=Fraction(1), year=2024
    )
    found = evaluate(rule, figures(of, {"m": [5, 1], "n": [2, None]}))
    assert found.branch.tolist() == [NoPoints.OVER, NoPoints.MISSING]


def test_the_result_of_the_year_before_is_called_so_even_where_it_was_full() -> None:
    data = {"kind": "ratio", "of": "n", "to": "d", "nothing_arose": "last_year"}
    found = outcome(data, {"n": [0, 0, 0], "d": [0, 0, 0], ("n", 2023): [3, 1, None], ("d", 2023): [3, 2, 2]})
    assert found.branch.tolist() == [Settled.EARLIER_YEAR, Settled.EARLIER_YEAR, NoPoints.NO_EARLIER]
    assert points_of(found) == [2, 1, None]


def test_one_context_serves_many_rules_and_compares_once() -> None:
    rule = parse_rule(
        {"kind": "ratio", "of": "n", "to": {"measure": "n", "within_group": "best"}}, max_points=Fraction(1), year=2024
    )
    context = Context(figures(units("a", "b"), {"n": [1, 2]}), 2024)
    first = rule.evaluate(context)
    assert points_of(rule.evaluate(context)) == points_of(first) == [Fraction(1, 2), 1]
    assert len(context.shared.compared) == 1
    assert len(context.groups()) == 1


def test_bands_beyond_127_cuts() -> None:
    """100 bands make 199 cuts: the count of cuts passed must not wrap around."""
    listed = [{"above": 2 * at, "up_to": 2 * at + 1, "points": at} for at in range(100)]
    rule = parse_rule({"kind": "bands", "of": "n", "bands": listed}, max_points=Fraction(1000), year=2024)
    found = evaluate(rule, figures(units("a", "b", "c"), {"n": [1, 199, 200]}))
    assert found.branch.tolist() == [0, 99, NoPoints.OUTSIDE]
    assert points_of(found) == [0, 99, None]


def test_figures_that_nobody_entered() -> None:
    empty = Figures(2024, units("a", "b"))
    assert not empty.column("n", 2024).present.any()
    assert empty.choice("k", 2024).chosen.tolist() == [-1, -1]
    assert {group: rows.tolist() for group, rows in empty.group_rows.items()} == {"departments": [0, 1]}


def test_a_column_knows_whether_every_unit_reported() -> None:
    numbers = Numbers.of([1, 2])
    assert FigureColumn(numbers, np.array([True, True])).all_present
    assert not FigureColumn(numbers, np.array([True, False])).all_present


def test_a_choice_of_another_year() -> None:
    rule = parse_rule(
        {"kind": "option", "of": {"measure": "k", "year": -1}, "options": {"yes": {"points": 1}}},
        max_points=Fraction(1), year=2024,
    )  # fmt: skip
    given = Figures(2024, units("a", "b"), {}, {("k", 2023): choice_column(["yes"], ["yes", None])})
    assert evaluate(rule, given).branch.tolist() == [0, NoPoints.NO_EARLIER]


def test_figures_of_the_calendar_year_of_the_cycle_are_the_officers() -> None:
    rule = parse_rule(
        {"kind": "count", "of": [{"measure": "n", "year": year} for year in (2024,)], "each": 1},
        max_points=Fraction(1), year=2024,
    )  # fmt: skip
    given = Figures(2024, units("a"), {("n", 2024): number_column([None])})
    assert evaluate(rule, given).branch.tolist() == [NoPoints.MISSING]


def test_two_numbers_compared_within_a_group_are_two_numbers() -> None:
    rule = {"kind": "ratio", "of": {"number": 1, "within_group": "best"}, "to": {"number": 4, "within_group": "best"}}
    assert answers(rule, "1", {"a": ["1", "2"]}) == [Fraction(1, 4)] * 2
