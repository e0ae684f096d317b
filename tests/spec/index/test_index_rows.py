"""Rows of the catalogue that are structure, not rule kinds, with their own figures: 21, 22, 27, 31–34, 38–41."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.builders import criteria_set, figures, node, rule, sheets, units

from parindex.domain.criteria.criteria_set import (
    Identity,
    IndexDeclaration,
    Outside,
    Part,
    RoundingSteps,
    Source,
    Total,
)
from parindex.domain.errors import InvalidInput
from parindex.domain.index.compute import compute
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.result import UnitResult
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.units import UnitGroup
from parindex.domain.values import Rounding, RoundingMode

ONE = units("a")


def of_typed(made, typed, states=None, **more) -> UnitResult:  # type: ignore[no-untyped-def]
    """The result of one unit from typed points."""
    return compute(made, figures(ONE), sheets(made, ONE, states, typed), **more).unit(0)


def test_row_21_an_external_figure_replaces_the_claim_and_keeps_both() -> None:
    """1.6 of 2020: claimed 0, the Government Office grants 1,28 of 1,5."""
    made = criteria_set(node("1", "1.5", node("1.6", "1.5")))
    typed = {Origin.SELF: {"1.6": ["0"]}, Origin.EXTERNAL: {"1.6": ["1,28"]}}
    result = compute(made, figures(ONE), sheets(made, ONE, typed=typed))
    assert result.unit(0).items["1.6"].points == Fraction("1.28")
    assert result.unit(0).items["1.6"].origin is Origin.EXTERNAL
    claimed = result.sheets.points(Origin.SELF, "1.6")
    assert claimed is not None
    assert claimed.numbers.row(0) == 0


def test_precedence_is_appraised_external_survey_self_rule() -> None:
    made = criteria_set(node("1", "2", node("1.1", "2", rule=rule(kind="ratio", of="x", to="y"))))
    typed = {
        Origin.SELF: {"1.1": ["1,1"]},
        Origin.SURVEY: {"1.1": ["1,2"]},
        Origin.EXTERNAL: {"1.1": ["1,3"]},
        Origin.APPRAISED: {"1.1": ["1,4"]},
    }
    given = figures(ONE, {"x": [1], "y": [2]})
    expected = [
        (Origin.RULE, "1"), (Origin.SELF, "1.1"), (Origin.SURVEY, "1.2"), (Origin.EXTERNAL, "1.3"),
        (Origin.APPRAISED, "1.4")
    ]  # fmt: skip
    for last, (origin, points) in enumerate(expected):
        kept = {one: typed[one] for one, _ in expected[1 : last + 1]}
        item = compute(made, given, sheets(made, ONE, typed=kept)).unit(0).items["1.1"]
        assert (item.origin, item.points) == (origin, Fraction(points))


def test_row_22_task_counts_are_checked_and_nothing_more() -> None:
    """1.7 of 2024: 45 on time, 1 late, 161 running, 9 overdue are 216, yet 226 tasks are stated; 1,429 comes from
    outside."""
    counts = {"assigned": [226], "on_time": [45], "late": [1], "running": [161], "overdue": [9]}
    identity = Identity(("on_time", "late", "running", "overdue"), ("assigned",))
    made = criteria_set(node("1", "1.5", node("1.7", "1.5", rule=rule(kind="given"))))
    declared = {name: replace_measure(name) for name in counts}
    made = replace(made, measures=declared, identities=(identity,))
    result = compute(
        made, figures(ONE, counts), sheets(made, ONE, typed={Origin.EXTERNAL: {"1.7": ["1,429"]}}), final=True
    )
    assert result.unit(0).points == Fraction("1.429")
    assert [problem.kind for problem in result.problems] == ["identity_broken"]


def replace_measure(name: str):  # type: ignore[no-untyped-def]
    """A measure by its name alone."""
    from parindex.domain.criteria.criteria_set import Measure

    return Measure(name, name)


def test_row_27_a_total_sums_named_items() -> None:
    """An official's score is indicators 1+2+3+4+7 of nine, at most 10."""
    areas = [node(str(number), "2") for number in range(1, 10)]
    made = criteria_set(*areas, totals=(Total("official", "Điểm của công chức", ("1", "2", "3", "4", "7")),))
    typed = {Origin.APPRAISED: {str(number): ["2" if number != 4 else "1,5"] for number in range(1, 10)}}
    result = of_typed(made, typed)
    assert result.totals == {"official": Fraction("9.5")}
    assert result.points == Fraction("17.5")


def test_row_31_a_bonus_inside_the_hundred_is_an_item_like_any_other() -> None:
    made = criteria_set(node("1", "24", node("1.1", "23"), node("1.9", "1", bonus=True)))
    result = of_typed(made, {Origin.APPRAISED: {"1.1": ["20"], "1.9": ["0,5"]}})
    assert (result.points, result.max_points) == (Fraction("20.5"), Fraction(24))


@pytest.mark.parametrize(
    ("bonus", "penalty", "cap", "points"),
    [("3", "1", None, "97"), ("9", "0", None, "100"), ("9", "0", "98", "98"), ("0", "9", None, "90")],
)
def test_row_32_bonus_and_penalty_outside_the_hundred_have_caps(
    bonus: str, penalty: str, cap: str | None, points: str
) -> None:
    """95 of 100, bonus at most 5, penalty at most 5; the index never exceeds its cap and never falls below 0."""
    made = criteria_set(
        node("1", "100", node("1.1", "100")),
        node("9", "20", node("9.1", "10", outside=Outside.BONUS), node("9.2", "10", outside=Outside.PENALTY)),
        index=IndexDeclaration(Fraction(5), Fraction(5), None if cap is None else Fraction(cap)),
    )
    result = of_typed(made, {Origin.APPRAISED: {"1.1": ["95"], "9.1": [bonus], "9.2": [penalty]}})
    assert result.max_points == 100
    assert result.index == Fraction(points)


def test_a_penalty_never_takes_below_zero() -> None:
    made = criteria_set(node("1", "10"), node("2", "10", outside=Outside.PENALTY))
    result = of_typed(made, {Origin.APPRAISED: {"1": ["3"], "2": ["10"]}})
    assert (result.points, result.index, result.penalty) == (0, 0, 10)


def test_row_33_what_is_not_assessed_leaves_points_and_maximum() -> None:
    """Thanh Hóa 2023: 68,32 points of 84 that remained are 81,33 %."""
    made = criteria_set(
        node("1", "100", node("1.1", "84"), node("1.2", "16")), rounding=RoundingSteps(None, Rounding(2))
    )
    state = {("1.2", "a"): EntryState.NOT_ASSESSED}
    result = of_typed(made, {Origin.APPRAISED: {"1.1": ["68,32"]}}, state)
    assert (result.points, result.max_points, result.index) == (Fraction("68.32"), 84, Fraction("81.33"))
    assert result.nodes["1"].max_points == 84


def test_a_request_not_to_assess_counts_as_unanswered_until_it_is_approved() -> None:
    made = criteria_set(node("1", "10", node("1.1", "6"), node("1.2", "4")))
    typed = {Origin.SELF: {"1.1": ["6"]}}
    asked = of_typed(made, typed, {("1.2", "a"): EntryState.NOT_ASSESSED_REQUESTED})
    approved = of_typed(made, typed, {("1.2", "a"): EntryState.NOT_ASSESSED})
    assert (asked.max_points, asked.index) == (10, 60)
    assert (approved.max_points, approved.index) == (6, 100)


def test_the_council_may_grant_points_where_not_assessed_was_asked() -> None:
    made = criteria_set(node("1", "4"))
    result = of_typed(
        made,
        {Origin.APPRAISED: {"1": ["3"]}, Origin.SELF: {"1": ["1"]}},
        {("1", "a"): EntryState.NOT_ASSESSED_REQUESTED},
    )
    assert result.items["1"].state is ItemState.ANSWERED
    assert result.points == 3


def test_an_entry_left_unanswered_earns_nothing_though_figures_exist() -> None:
    made = criteria_set(node("1", "4", rule=rule(kind="ratio", of="x", to="y")))
    given = figures(ONE, {"x": [1], "y": [1]})
    result = compute(made, given, sheets(made, ONE, {("1", "a"): EntryState.UNANSWERED})).unit(0)
    assert (result.points, result.max_points, result.items["1"].rule_points) == (0, 4, 4)


def test_zero_is_an_answer() -> None:
    made = criteria_set(node("1", "4"), node("2", "4"))
    result = of_typed(made, {Origin.SELF: {"1": ["0"]}})
    assert (result.items["1"].state, result.items["2"].state) == (ItemState.ANSWERED, ItemState.UNANSWERED)
    assert result.max_points == 8


def test_pending_leaves_a_provisional_index_and_a_final_one_refuses() -> None:
    made = criteria_set(node("1", "6"), node("2", "4"))
    typed = {Origin.APPRAISED: {"1": ["3"]}}
    state = {("2", "a"): EntryState.PENDING}
    result = of_typed(made, typed, state)
    assert (result.provisional, result.max_points, result.index) == (True, 6, 50)
    with pytest.raises(InvalidInput) as refused:
        of_typed(made, typed, state, final=True)
    assert [(problem.kind, problem.facts["item"]) for problem in refused.value.problems] == [("pending", "2")]


def test_a_unit_with_nothing_left_to_assess_has_no_index_no_grade_and_no_rank() -> None:
    made = criteria_set(node("1", "6"))
    both = units("a", "b")
    made_sheets = sheets(made, both, {("1", "a"): EntryState.NOT_ASSESSED}, {Origin.SELF: {"1": [None, "3"]}})
    result = compute(made, figures(both), made_sheets)
    empty, other = result.unit(0), result.unit(1)
    assert (empty.index, empty.grade, empty.rank, empty.nodes["1"].per_cent) == (None, None, None, None)
    assert (other.index, other.rank) == (50, 1)


def test_a_unit_outside_the_ranking_is_scored_but_has_no_rank() -> None:
    """Decision 876: two special ministries are scored, not ranked with the others."""
    made = criteria_set(node("1", "10"))
    three = (*units("a", "b"), replace(units("c")[0], ranked=False))
    result = compute(made, figures(three), sheets(made, three, typed={Origin.SELF: {"1": ["7", "9", "10"]}}))
    assert [result.unit(row).rank for row in range(3)] == [2, 1, None]
    assert result.unit(2).index == 100


def test_units_are_ranked_inside_their_group() -> None:
    made = criteria_set(node("1", "10"))
    mixed = (*units("a", "b"), *units("c", "d", group="districts"))
    result = compute(made, figures(mixed), sheets(made, mixed, typed={Origin.SELF: {"1": ["7", "9", "8", "8"]}}))
    assert [result.unit(row).rank for row in range(4)] == [2, 1, 1, 1]


def test_row_34_a_rule_that_says_not_assessed_asks_for_it_and_blocks_a_final_result() -> None:
    data = {"kind": "ratio", "of": "x", "to": "y", "nothing_arose": "not_assessed"}
    made = criteria_set(node("1", "4", rule=rule(**data)), node("2", "6"))
    given = figures(ONE, {"x": [0], "y": [0]})
    typed = {Origin.SELF: {"2": ["6"]}}
    open_result = compute(made, given, sheets(made, ONE, typed=typed))
    assert (open_result.unit(0).max_points, open_result.unit(0).items["1"].state) == (10, ItemState.UNANSWERED)
    assert [problem.facts["reason"] for problem in open_result.problems] == ["not_assessed"]
    with pytest.raises(InvalidInput):
        compute(made, given, sheets(made, ONE, typed=typed), final=True)
    approved = sheets(made, ONE, {("1", "a"): EntryState.NOT_ASSESSED}, typed)
    assert compute(made, given, approved, final=True).unit(0).max_points == 6


def test_row_38_tracking_only_keeps_the_figure_and_counts_nothing() -> None:
    made = criteria_set(node("1", "0", rule=rule(kind="count", of="x", each="1")), node("2", "6"))
    result = compute(made, figures(ONE, {"x": [17]}), sheets(made, ONE, typed={Origin.SELF: {"2": ["3"]}}))
    assert (result.unit(0).points, result.unit(0).max_points) == (3, 6)
    assert result.figures.column("x", 2024).numbers.row(0) == 17


def test_row_39_an_absent_part_leaves_and_the_rest_is_of_the_hundred() -> None:
    """A division's set without its survey of 30: 56 of 70 are 80 %."""
    made = criteria_set(
        node("1", "70"),
        node("2", "30", source=Source.OPINION_SURVEY),
        parts=(
            Part("report", "Báo cáo", (Source.REPORT,)),
            Part("opinion_survey", "Điều tra xã hội học", (Source.OPINION_SURVEY,)),
        ),
        index=IndexDeclaration(absent_parts=("opinion_survey",)),
    )
    result = of_typed(made, {Origin.APPRAISED: {"1": ["56"]}})
    assert (result.max_points, result.index) == (70, 80)
    assert result.items["2"].state is ItemState.ABSENT
    assert result.parts["opinion_survey"].per_cent is None


def test_rows_40_and_41_parents_sum_children_and_a_per_cent_is_of_the_node() -> None:
    """Đăk Nông: 7,5 of 8,5 are 88,24 %."""
    made = criteria_set(
        node("1", "8.5", node("1.1", "5"), node("1.2", "3.5", node("1.2.1", "2"), node("1.2.2", "1.5")))
    )
    result = of_typed(made, {Origin.APPRAISED: {"1.1": ["5"], "1.2.1": ["1,5"], "1.2.2": ["1"]}})
    assert result.nodes["1.2"].points == Fraction("2.5")
    assert result.nodes["1"].points == Fraction("7.5")
    per_cent = result.nodes["1"].per_cent
    assert per_cent is not None
    assert Rounding(2).apply(per_cent) == Fraction("88.24")


def test_only_declared_steps_round() -> None:
    """7.2.1 of 2020: 178 of 572 towards 50 % of 0,5 points is 0,3112 only where four places are declared."""
    data = {"kind": "ratio", "of": "x", "to": "y", "target": "50%"}
    given = figures(ONE, {"x": [178], "y": [572]})
    exact = criteria_set(node("1", "0.5", rule=rule(**data)))
    rounded = replace(exact, rounding=RoundingSteps(Rounding(4), None))
    assert compute(exact, given, sheets(exact, ONE)).unit(0).points == Fraction(178, 572)
    assert compute(rounded, given, sheets(rounded, ONE)).unit(0).points == Fraction("0.3112")


def test_rounded_points_never_exceed_the_maximum() -> None:
    """All of 0,125 points is 0,13 at two places, by the step of the set or of the rule; the item is worth 0,125."""
    data = {"kind": "ratio", "of": "x", "to": "y"}
    given = figures(units("a", "b"), {"x": [4, 1], "y": [4, 2]})
    by_set = criteria_set(node("1", "0.125", rule=rule(**data)), rounding=RoundingSteps(Rounding(2), None))
    by_rule = criteria_set(node("1", "0.125", rule=rule(**data, round={"places": "2"})))
    for made in (by_set, by_rule):
        result = compute(made, given, sheets(made, units("a", "b")))
        assert [result.unit(row).points for row in (0, 1)] == [Fraction("0.125"), Fraction("0.06")]


def test_a_rule_that_does_not_round_to_the_claim_is_a_problem_that_does_not_change_it() -> None:
    """7.1.11 of 2020: 3 of 8 reports are 0,1875 of 0,5, yet 0,5 was claimed and granted."""
    made = criteria_set(node("1", "0.5", rule=rule(kind="ratio", of="x", to="y")))
    typed = {Origin.SELF: {"1": ["0,5"]}}
    result = compute(made, figures(ONE, {"x": [3], "y": [8]}), sheets(made, ONE, typed=typed))
    assert result.unit(0).points == Fraction("0.5")
    facts = result.problems[0].facts
    assert (result.problems[0].kind, facts["rule_points"], facts["points"]) == ("rule_differs", "0.1875", "0.5")


def test_the_rule_agrees_where_it_rounds_to_the_claim_at_the_places_written() -> None:
    """3.4.1 of 2020: 53539 of 53576 of 1,5 is 1,49896…, printed 1,499."""
    made = criteria_set(node("1", "1.5", rule=rule(kind="ratio", of="x", to="y")))
    given = figures(ONE, {"x": [53539], "y": [53576]})
    assert compute(made, given, sheets(made, ONE, typed={Origin.SELF: {"1": ["1,499"]}})).problems == ()


def test_points_above_the_maximum_are_kept_and_block() -> None:
    made = criteria_set(node("1", "2"))
    typed = {Origin.SELF: {"1": ["2,5"]}}
    result = compute(made, figures(ONE), sheets(made, ONE, typed=typed))
    assert [problem.kind for problem in result.problems] == ["points_above_maximum"]
    with pytest.raises(InvalidInput):
        compute(made, figures(ONE), sheets(made, ONE, typed=typed), final=True)


def test_typed_points_that_a_state_sets_aside_are_kept_and_named() -> None:
    """Points stand on the sheet, but the entry says not assessed: they do not count, and somebody is told."""
    made = criteria_set(node("1", "4"), node("2", "6"))
    typed = {Origin.SELF: {"1": ["3"], "2": ["6"]}, Origin.APPRAISED: {"1": ["4"]}}
    result = compute(made, figures(ONE), sheets(made, ONE, {("1", "a"): EntryState.NOT_ASSESSED}, typed))
    assert (result.unit(0).points, result.unit(0).max_points) == (6, 6)
    told = [(problem.kind, problem.facts["origin"], problem.facts["state"]) for problem in result.problems]
    assert told == [("points_set_aside", "self", "not_assessed"), ("points_set_aside", "appraised", "not_assessed")]


def test_an_open_request_blocks_a_final_result_as_one_of_a_rule_does() -> None:
    made = criteria_set(node("1", "4"), node("2", "6"))
    asked = sheets(made, ONE, {("1", "a"): EntryState.NOT_ASSESSED_REQUESTED}, {Origin.SELF: {"2": ["6"]}})
    assert [problem.kind for problem in compute(made, figures(ONE), asked).problems] == ["request_open"]
    with pytest.raises(InvalidInput):
        compute(made, figures(ONE), asked, final=True)


def test_a_unit_of_no_declared_group_is_scored_and_named_but_not_ranked() -> None:
    made = criteria_set(node("1", "10"), unit_groups=(UnitGroup("departments", "Sở"), UnitGroup("districts", "Huyện")))
    mixed = (*units("a"), *units("b", group=""))
    result = compute(made, figures(mixed), sheets(made, mixed, typed={Origin.SELF: {"1": ["7", "9"]}}))
    assert [(result.unit(row).index, result.unit(row).rank) for row in range(2)] == [(70, 1), (90, None)]
    assert [(problem.kind, problem.facts["unit"]) for problem in result.problems] == [("unit_without_group", "b")]


def test_a_claim_is_compared_with_the_value_after_the_declared_step() -> None:
    """Two thirds of one point, truncated to four places, are 0,6666; 0,6667 is not what the rule gives."""
    made = criteria_set(
        node("1", "1", rule=rule(kind="ratio", of="x", to="y")),
        rounding=RoundingSteps(Rounding(4, RoundingMode.TRUNCATED), None),
    )
    given = figures(ONE, {"x": [2], "y": [3]})
    for written, kinds in (("0,6666", []), ("0,6667", ["rule_differs"])):
        result = compute(made, given, sheets(made, ONE, typed={Origin.SELF: {"1": [written]}}))
        assert [problem.kind for problem in result.problems] == kinds
