"""Estimates become points: maximum × value, rounded once, pending where too few answered."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.unit.domain.survey.small_survey import FORM, PROVINCE, SEX, SIZE, answers, sample
from tests.unit.domain.survey.surveyed_set import made

from parindex.domain.criteria.criteria_set import CriteriaSet, RoundingSteps
from parindex.domain.criteria.survey_points import IndexMapping, SurveyPoints
from parindex.domain.survey.estimation.estimates import Domains, means
from parindex.domain.survey.estimation.tabulation import Grouping
from parindex.domain.survey.points.surveyed_points import (
    Pending,
    SurveyedPoints,
    items_of_survey,
    known_variables,
    left_out,
    mapping_problems,
    of_value,
    positions,
    survey_points,
    turned_round,
)
from parindex.domain.survey.questionnaire.variables import Rollup, Variables, indexed
from parindex.domain.survey.sample.design import Lonely
from parindex.domain.survey.sample.design_check import DesignColumns, sample_of
from parindex.domain.values import Rounding

EVEN = {"f": Fraction(1, 4), "m": Fraction(3, 4)}


def points(
    made: CriteriaSet, form: Variables = FORM, groups: Grouping | None = None, minimum_cell: int = 1
) -> list[SurveyedPoints]:
    return survey_points(sample(), form, answers().given, PROVINCE, made, groups=groups, minimum_cell=minimum_cell)


def test_the_points_of_a_group_are_its_index_times_the_maximum() -> None:
    found = points(made(SurveyPoints(("g1",))))
    assert [(row.unit, row.item, row.n, row.minimum, row.pending) for row in found] == [
        ("01", "1.1", 12, 1, None),
        ("02", "1.1", 12, 1, None),
    ]
    own = np.nanmean(indexed(FORM, answers().given)[:, :2], axis=1)
    expected = means(sample(), own[:, None], Domains(PROVINCE.code, 2))
    for row, value, error in zip(found, expected.estimate[:, 0], expected.se[:, 0], strict=True):
        assert row.value == pytest.approx(value, rel=1e-12)
        assert row.points == Rounding(4).apply(Fraction(str(round(value, 12))) * 2)
        assert row.se == Rounding(4).apply(Fraction(str(round(error, 12))) * 2)


def test_people_of_groups_without_a_weight_are_counted_where_they_answered() -> None:
    given = answers().given
    only = SurveyPoints(("q01",), respondents={"f": Fraction(1)})
    men = SEX.code == SEX.labels.index("m")
    said = int(np.count_nonzero(men & ~np.isnan(given[:, FORM.codes.index("q01")])))
    assert said > 0
    assert left_out(FORM, given, only, SEX) == {"m": said}
    silent = np.where(men[:, None], np.nan, given)
    assert left_out(FORM, silent, only, SEX) == {}
    assert left_out(FORM, given, only, None) == {}
    assert left_out(FORM, given, SurveyPoints(("q01",)), SEX) == {}


def test_over_items_the_value_is_the_mean_of_the_items() -> None:
    form = replace(FORM, rollup=Rollup.ITEMS)
    found = points(made(SurveyPoints(("g1", "g2"))), form)
    by_item = means(sample(), indexed(FORM, answers().given), Domains(PROVINCE.code, 2)).estimate
    assert [row.value for row in found] == pytest.approx(by_item.mean(axis=1).tolist(), rel=1e-12)
    one = points(made(SurveyPoints(("q01",))), form)
    assert [row.value for row in one] == pytest.approx(by_item[:, 0].tolist(), rel=1e-12)


@pytest.mark.parametrize("rollup", list(Rollup))
def test_groups_of_respondents_are_weighted_as_declared(rollup: Rollup) -> None:
    form = replace(FORM, rollup=rollup)
    found = points(made(SurveyPoints(("g2",), respondents=EVEN)), form, SEX)
    cells = Domains(PROVINCE.code * 2 + SEX.code, 4)
    by_group = means(sample(), indexed(FORM, answers().given)[:, 2:], cells).estimate[:, 0].reshape(2, 2)
    assert [row.value for row in found] == pytest.approx((by_group @ [0.25, 0.75]).tolist(), rel=1e-12)
    assert [row.n for row in found] == [12, 12]
    assert all(row.se for row in found)


def test_weights_of_answers_and_declared_rounding() -> None:
    weights = {1: Fraction(0), 2: Fraction(0), 3: Fraction(1, 2), 4: Fraction(1), 5: Fraction(1)}
    survey = SurveyPoints(("q01",), index=IndexMapping.ANSWERS, answer_weights=weights, rounding=Rounding(1))
    found = points(made(survey))
    assert all(row.points == Rounding(1).apply(row.points) for row in found if row.points is not None)
    assert [row.value for row in found] != [row.value for row in points(made(SurveyPoints(("q01",))))]


def test_the_set_declares_the_step_where_the_item_does_not() -> None:
    found = points(made(SurveyPoints(("q01",)), rounding=RoundingSteps(item=Rounding(2))))
    assert all(row.points == Rounding(2).apply(row.points) for row in found if row.points is not None)


def test_too_few_answers_leave_the_item_pending() -> None:
    assert [row.pending for row in points(made(SurveyPoints(("q01",), minimum=12)))] == [Pending.TOO_FEW, None]
    assert [row.minimum for row in points(made(SurveyPoints(("q01",), minimum=12)), minimum_cell=13)] == [13, 13]


def test_nobody_or_a_weighted_group_without_answers_leaves_the_item_pending() -> None:
    given = answers().given
    given[12:, 0] = np.nan
    given[(np.arange(SIZE) < 12) & (SEX.code == 1), 0] = np.nan
    found = survey_points(sample(), FORM, given, PROVINCE, made(SurveyPoints(("q01",), respondents=EVEN)), groups=SEX)
    assert [(row.pending, row.group) for row in found] == [
        (Pending.GROUP_WITHOUT_ANSWERS, "m"),
        (Pending.NO_ANSWERS, ""),
    ]
    assert found[0].points is None


@pytest.mark.parametrize("groups", [None, SEX])
def test_over_items_an_item_that_nobody_answered_leaves_the_group_pending(groups: Grouping | None) -> None:
    """The mean of the items' figures has no value where one of them has none."""
    given = answers().given
    given[PROVINCE.code == 1, 1] = np.nan
    form = replace(FORM, rollup=Rollup.ITEMS)
    mapping = made(SurveyPoints(("g1",), respondents=EVEN if groups else {}))
    found = survey_points(sample(), form, given, PROVINCE, mapping, groups=groups)
    assert [(row.pending, row.variable, row.group, row.points is None) for row in found] == [
        (None, "", "", False),
        (Pending.ITEM_WITHOUT_ANSWERS, "q02", "f" if groups else "", True),
    ]
    assert [row.pending for row in survey_points(sample(), FORM, given, PROVINCE, mapping, groups=groups)] == [None] * 2


def test_the_minimum_holds_for_each_weighted_group() -> None:
    """29 of one group and one of the other, who would have 60 % of the points."""
    few = Grouping("sex", np.where(np.arange(SIZE) == 1, 1, 0), ("f", "m"))
    few.code[12:15] = 1
    found = survey_points(
        sample(), FORM, answers().given, PROVINCE, made(SurveyPoints(("q03",), respondents=EVEN, minimum=3)), groups=few
    )
    assert [(row.pending, row.group, row.group_n, row.minimum) for row in found] == [
        (Pending.GROUP_TOO_FEW, "m", 1, 3),
        (None, "", 0, 3),
    ]


def test_points_of_a_unit_that_is_withheld_to_protect_another_are_told() -> None:
    three = Grouping("u", np.where(np.arange(SIZE) < 3, 0, np.where(np.arange(SIZE) < 12, 1, 2)), ("a", "b", "c"))
    whole = made(SurveyPoints(("q03",)))
    found = survey_points(sample(), FORM, answers().given, three, whole, minimum_cell=5)
    assert [(row.pending, row.withheld, row.points is None) for row in found] == [
        (Pending.TOO_FEW, False, True),
        (None, True, False),
        (None, False, False),
    ]
    unknown = Grouping("u", np.where(np.arange(SIZE) < 3, -1, three.code - 1), ("b", "c"))
    found = survey_points(sample(), FORM, answers().given, unknown, whole, minimum_cell=5)
    assert [(row.unit, row.withheld) for row in found] == [("b", True), ("c", False)]


def test_a_sample_that_tells_no_error_still_gives_points() -> None:
    drawn = DesignColumns(np.zeros(2, np.intp), [], [], [], np.ones(2), Lonely.CERTAINTY)
    row = SurveyedPoints("u", "1.1", 2, 1)
    assert len(sample_of(drawn)) == 2
    assert of_value(row, 0.825, float("nan"), Fraction(1), Rounding(2)).se is None
    assert of_value(row, 0.825, None, Fraction(1), Rounding(2)).se is None


def test_a_tie_that_binary_numbers_miss_is_a_tie() -> None:
    row = of_value(SurveyedPoints("u", "1.1", 2, 1), 0.285, 0.1, Fraction(1), Rounding(2))
    assert row.points == Fraction(29, 100)
    above = of_value(SurveyedPoints("u", "1.1", 2, 1), 1 + 1e-13, 0.1, Fraction(2), Rounding(2))
    assert above.points == 2


def test_only_the_items_of_this_questionnaire_are_fed() -> None:
    both = made(SurveyPoints(("g1",), questionnaire="sipas"), SurveyPoints(("x",), questionnaire="other"), None)
    known = known_variables(FORM)
    assert [node.code for node, _ in items_of_survey(both, known, "sipas")] == ["1.1"]
    assert [node.code for node, _ in items_of_survey(both, known)] == ["1.1"]
    assert [node.code for node, _ in items_of_survey(both, known, "other")] == ["1.2"]


def test_what_keeps_the_mappings_from_a_survey() -> None:
    wrong = made(SurveyPoints(("g9", "q01"), respondents={"f": Fraction(1, 2), "x": Fraction(1, 4)}), max_points=None)
    found = [(one.kind, one.facts.get("item"), one.place.code) for one in mapping_problems(wrong, FORM, SEX.labels)]
    assert found == [
        ("survey_variable_unknown", "1.1", "1.1"),
        ("respondent_group_unknown", "1.1", "1.1"),
        ("respondent_weights_sum", "1.1", "1.1"),
        ("survey_without_maximum", "1.1", "1.1"),
    ]
    negative = made(SurveyPoints(("q01",), respondents={"f": Fraction(3, 2), "m": Fraction(-1, 2)}))
    assert [one.kind for one in mapping_problems(negative, FORM, SEX.labels)] == ["respondent_weight_not_positive"]
    assert [one.kind for one in mapping_problems(made(None), FORM, ())] == ["set_without_survey"]
    assert list(mapping_problems(made(SurveyPoints(("all",))), FORM, ())) == []


def test_what_is_named_stands_for_its_items_and_negative_ones_are_told() -> None:
    assert positions(FORM, ["q02", "g1", "g2"]) == [0, 1, 2]
    assert turned_round(FORM, ["all"]) == ["q03"]
    assert turned_round(FORM, ["g1"]) == []


def test_the_weights_of_a_set_cover_every_answer_and_stay_within_the_points() -> None:
    def told(weights: dict[int, Fraction]) -> list[tuple[str, object]]:
        wrong = made(SurveyPoints(("q01",), index=IndexMapping.ANSWERS, answer_weights=weights))
        return [(one.kind, one.facts["answers"]) for one in mapping_problems(wrong, FORM, ())]

    even = {answer: Fraction(answer - 1, 4) for answer in range(1, 6)}
    assert told(even) == []
    assert told({answer: even[answer] for answer in (1, 2, 4)}) == [("answer_without_weight", [3, 5])]
    assert told({**even, 1: Fraction(-1), 5: Fraction(2)}) == [("answer_weight_off_range", [1, 5])]
    unknown = made(SurveyPoints(("g9",), index=IndexMapping.ANSWERS, answer_weights={1: Fraction(2)}))
    assert [one.kind for one in mapping_problems(unknown, FORM, ())] == ["survey_variable_unknown"]
