"""Points from estimates alone."""

from __future__ import annotations

from fractions import Fraction

from tests.unit.domain.survey.surveyed_set import made

from parindex.domain.criteria.survey_points import IndexMapping, SurveyPoints
from parindex.domain.survey.points.estimated_points import Estimated, EstimatesByUnit, points_of_estimates
from parindex.domain.survey.points.surveyed_points import Pending

FILE = EstimatesByUnit(
    ("01", "02", "03", "04"),
    IndexMapping.MEAN_5,
    {
        ("index", "g1", "01"): Estimated(40, 0.8, 0.02),
        ("index", "g1", "02"): Estimated(10, 0.7, None),
        ("index", "g1", "03"): Estimated(None, None, None),
        ("index", "g2", "01"): Estimated(40, None, None),
        ("index", "g2", "02"): Estimated(0, None, None),
        ("share", "g1", "01"): Estimated(40, 0.6, 0.03),
        ("share", "g2", "01"): Estimated(40, 0.6, 0.03),
    },
)


def test_the_index_or_the_share_by_unit() -> None:
    found, problems = points_of_estimates(
        made(SurveyPoints(("g1",)), SurveyPoints(("g1",), index=IndexMapping.SHARE)), FILE
    )
    assert problems == []
    assert [(row.unit, row.item, row.points, row.se, row.pending) for row in found] == [
        ("01", "1.1", Fraction(8, 5), Fraction(1, 25), None),
        ("02", "1.1", Fraction(7, 5), None, None),
        ("03", "1.1", None, None, Pending.WITHHELD),
        ("04", "1.1", None, None, Pending.NO_ANSWERS),
        ("01", "1.2", Fraction(6, 5), Fraction(3, 50), None),
        ("02", "1.2", None, None, Pending.NO_ANSWERS),
        ("03", "1.2", None, None, Pending.NO_ANSWERS),
        ("04", "1.2", None, None, Pending.NO_ANSWERS),
    ]


def test_the_minimum_of_the_set_holds() -> None:
    found, _ = points_of_estimates(made(SurveyPoints(("g1",), minimum=11)), FILE)
    assert [row.pending for row in found[:2]] == [None, Pending.TOO_FEW]


def test_an_estimate_without_a_value_leaves_the_item_pending() -> None:
    """Rolled up over items, one of which nobody answered: there are answers, and no value."""
    found, _ = points_of_estimates(made(SurveyPoints(("g2",))), FILE)
    assert [(row.pending, row.variable) for row in found[:2]] == [(Pending.NO_VALUE, "g2"), (Pending.NO_ANSWERS, "g2")]


def test_what_needs_the_answers_is_refused() -> None:
    weights = {1: Fraction(0), 5: Fraction(1)}
    wrong = made(
        SurveyPoints(("g1",), respondents={"f": Fraction(1)}),
        SurveyPoints(("g1", "g2")),
        SurveyPoints(("g1",), index=IndexMapping.FROM_1),
        SurveyPoints(("g1",), index=IndexMapping.ANSWERS, answer_weights=weights),
        SurveyPoints(("g9",)),
    )
    found, problems = points_of_estimates(wrong, FILE)
    assert found == []
    assert [one.kind for one in problems] == ["points_need_data"] * 4 + ["survey_variable_unknown"]


def test_a_set_without_surveys_and_an_item_without_maximum() -> None:
    assert [one.kind for one in points_of_estimates(made(None), FILE)[1]] == ["set_without_survey"]
    bare = made(SurveyPoints(("g1",)), max_points=None)
    assert [one.kind for one in points_of_estimates(bare, FILE)[1]] == ["survey_without_maximum"]
