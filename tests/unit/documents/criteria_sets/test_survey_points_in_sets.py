"""How a survey gives the points of an item: read, written back, part of what the set measures."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, fingerprint, parse_criteria_set
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.survey_points import IndexMapping, SurveyPoints
from parindex.domain.errors import InvalidInput
from parindex.domain.values import Rounding, RoundingMode

HEAD = """\
format: parindex/criteria-set/1
id: thu
title: "Bộ thử"
level: district
areas:
  - {code: "1", title: "Hài lòng", max_points: 3, source: satisfaction_index, survey: SURVEY}
"""
FULL = (
    "{of: [g1, q02], questionnaire: sipas-2024, index: {1: 0, 2: 25%, 3: 1/2, 4: 0.75, 5: 1}, "
    "respondents: {deputies: 40%, managers: 0.6}, minimum: 30, round: {places: 2, mode: truncated}, "
    'clause: "Điều 5", assumed: true}'
)


def parsed(survey: str) -> CriteriaSet:
    return parse_criteria_set(HEAD.replace("SURVEY", survey))


def test_everything_that_may_be_said() -> None:
    (item,) = parsed(FULL).items()
    quarters = {answer: Fraction(answer - 1, 4) for answer in range(1, 6)}
    assert item.survey == SurveyPoints(
        of=("g1", "q02"),
        index=IndexMapping.ANSWERS,
        answer_weights=quarters,
        respondents={"deputies": Fraction(2, 5), "managers": Fraction(3, 5)},
        minimum=30,
        rounding=Rounding(2, RoundingMode.TRUNCATED),
        questionnaire="sipas-2024",
        clause="Điều 5",
        assumed=True,
    )


@pytest.mark.parametrize("survey", [FULL, "{of: all}", "{of: [g1], index: share}"])
def test_it_survives_the_round_trip_with_its_fingerprint(survey: str) -> None:
    made = parsed(survey)
    again = parse_criteria_set(dump_criteria_set(made))
    assert again == made
    assert fingerprint(again) == fingerprint(made)


@pytest.mark.parametrize(
    ("old", "new"),
    [("g1", "g2"), ("1/2", "0.4"), ("30", "31"), ("sipas-2024", "sipas-2023"), ("40%", "50%"), ("deputies", "others")],
)
def test_any_change_of_it_changes_the_fingerprint(old: str, new: str) -> None:
    assert fingerprint(parsed(FULL.replace(old, new, 1))) != fingerprint(parsed(FULL))


def test_numbers_may_be_spelt_otherwise() -> None:
    assert fingerprint(parsed(FULL.replace("0.6", "60%").replace("1/2", "0,5").replace("0,5", '"0,5"'))) == fingerprint(
        parsed(FULL)
    )


def test_a_set_without_it_is_another_one() -> None:
    made = parsed("{of: all}")
    bare = replace(made, areas=(replace(made.areas[0], survey=None),))
    assert fingerprint(bare) != fingerprint(made)


@pytest.mark.parametrize(
    "survey",
    [
        "{}",
        "{of: []}",
        "{of: all, index: best}",
        "{of: all, index: {good: 1, bad: 0}}",
        "{of: all, weight: 1}",
        "{of: all, minimum: x}",
    ],
)
def test_what_the_schema_does_not_allow_is_refused(survey: str) -> None:
    with pytest.raises(InvalidInput):
        parsed(survey)
