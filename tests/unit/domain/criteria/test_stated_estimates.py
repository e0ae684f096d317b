"""What is stated of points that a survey gave: the one rule for who takes them and for who verifies them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.domain.criteria.survey_points import (
    EstimateFlaw,
    PointsWay,
    StatedPoints,
    SurveyPoints,
    estimate_flaws,
)
from parindex.domain.survey.points.surveyed_points import SurveyedPoints, of_value
from parindex.domain.values import Rounding

_SURVEY = SurveyPoints(of=("all",), minimum=30, rounding=Rounding(2))
WAY = PointsWay(_SURVEY, Fraction(3), Rounding(4))


def flaws(points: str, estimate: str | None, answers: int | None, way: PointsWay = WAY) -> list[str]:
    stated = StatedPoints(Fraction(points), None if estimate is None else Fraction(estimate), answers)
    return [str(one) for one in estimate_flaws(stated, way)]


@pytest.mark.parametrize(
    ("points", "estimate", "answers", "found"),
    [  # 0,8045 of three points are 2,4135
        ("2.41", "0.8045", 30, []),
        ("2.41", "0.8045", None, []),
        ("2.42", None, 30, []),
        ("2.42", None, 3, ["too_few"]),
        ("2.42", None, -1, ["answers_below_zero"]),
        ("2.42", "0.8045", 30, ["other_points"]),
        ("2.41", "0.8045", 29, ["too_few"]),
        ("2.41", "0.8045", -1, ["answers_below_zero"]),
        ("3", "1.2", 30, ["off_range"]),
        ("-0.3", "-0.1", 30, ["off_range"]),
    ],
)
def test_everything_that_is_wrong_is_said(
    points: str, estimate: str | None, answers: int | None, found: list[str]
) -> None:
    assert flaws(points, estimate, answers) == found


def test_without_a_way_nothing_follows() -> None:
    undeclared, endless = PointsWay(None, Fraction(3), None), PointsWay(_SURVEY, None, None)
    assert flaws("2.9", "0.1", 2, undeclared) == flaws("2.9", "0.1", 30, endless) == []
    assert (flaws("2.9", None, 0, undeclared), flaws("2.9", None, 2, endless)) == (["too_few"], ["too_few"])
    assert flaws("2.9", "1.1", 2, undeclared) == ["off_range"]
    assert (undeclared.points(Fraction(1)), endless.points(Fraction(1)), undeclared.least_answers) == (None, None, 1)
    assert (WAY.points(Fraction("0.8045")), WAY.least_answers) == (Fraction("2.41"), 30)


def test_what_is_no_number_is_held_against_nothing() -> None:
    assert list(estimate_flaws(StatedPoints(None, Fraction("0.8"), 29), WAY)) == [EstimateFlaw.TOO_FEW]


@pytest.mark.parametrize(
    ("error", "most", "found"),
    [("3", 3, []), ("3.01", 3, ["error_off_range"]), ("-0.01", 3, ["error_off_range"]), ("9", None, [])],
)
def test_no_error_is_larger_than_all_points(error: str, most: int | None, found: list[str]) -> None:
    way = PointsWay(None, None if most is None else Fraction(most), None)
    assert list(estimate_flaws(StatedPoints(Fraction(2), None, None, Fraction(error)), way)) == found


def test_of_what_has_no_points_yet_nothing_is_asked() -> None:
    assert not list(estimate_flaws(StatedPoints(None, None, 3), WAY))


def test_the_estimate_of_computed_points_is_what_they_follow_from() -> None:
    row = SurveyedPoints("a", "1.1", 40, 30)
    made = of_value(row, 2 / 3, 0.01, Fraction(3), Rounding(2))
    assert (row.estimate, made.estimate) == (None, Fraction("0.666666666667"))
    assert not list(estimate_flaws(StatedPoints(made.points, made.estimate, made.n), WAY))
