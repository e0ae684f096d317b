"""Whether anybody can come to a question."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from unittest import mock

import pytest
from tests.unit.domain.survey.questionnaires import form, multiple, number, question, scale, single, words

from parindex.domain.survey.questionnaire import reach
from parindex.domain.survey.questionnaire.conditions import AllOf, Answered, AnyOf, Between, Condition, Not, OneOf
from parindex.domain.survey.questionnaire.form import Option, Question, QuestionKind, RespondentGroup
from parindex.domain.survey.questionnaire.reach import asked_never


def whole(edge: int) -> Fraction:
    return Fraction(edge)


AGE = number("age", minimum=whole(18), maximum=whole(60), integer=True)
NONE = Question(
    "w", QuestionKind.MULTIPLE, words("w"), options=(Option("a", {}), Option("b", {}), Option("0", {}, alone=True))
)


@pytest.mark.parametrize(
    ("before", "condition", "reached"),
    [
        (single("a", "1", "2"), OneOf("a", ("1",)), True),
        (single("a", "1", "2"), AllOf((OneOf("a", ("1",)), OneOf("a", ("2",)))), False),
        (single("a", "1", "2"), Not(OneOf("a", ("1", "2"))), True),
        (single("a", "1", "2", required=True), Not(OneOf("a", ("1", "2"))), False),
        (single("a", "1", "2", required=True), Not(OneOf("a", ("1",))), True),
        (scale("a"), OneOf("a", ("8",)), True),
        (multiple("a", "1", "2"), AllOf((OneOf("a", ("1",)), OneOf("a", ("2",)))), True),
        (multiple("a", "1", "2", most=1), AllOf((OneOf("a", ("1",)), OneOf("a", ("2",)))), False),
        (multiple("a", *"123456789"), AllOf(tuple(OneOf("a", (code,)) for code in "123456789")), True),
        (multiple("a", *"123456789", most=8), AllOf(tuple(OneOf("a", (code,)) for code in "123456789")), False),
        (NONE, AllOf((OneOf("w", ("a",)), OneOf("w", ("0",)))), False),
        (NONE, OneOf("w", ("0",)), True),
        (question("t"), Answered("t"), True),
        (AGE, Between("age", from_=whole(60)), True),
        (AGE, Between("age", above=whole(60)), False),
        (AGE, Between("age", below=whole(18)), False),
        (AGE, Between("age", above=whole(18), below=whole(19)), False),
        (number("age"), Between("age", above=whole(18), below=whole(19)), True),
        (number("age"), AnyOf((Between("age", above=whole(18)), Between("age", up_to=whole(18)))), True),
        (number("age"), Answered("age"), True),
    ],
)
def test_a_question_with_a_condition(before: Question, condition: Condition, reached: bool) -> None:
    found = list(asked_never(form(before, question("goal", relevant=condition))))
    assert found == ([] if reached else ["goal"])


def test_a_condition_counts_through_the_questions_that_it_looks_at() -> None:
    """q2 is asked after 1 only, so that an answer to it means that q1 was 1."""
    middle = single("q2", "1", "2", relevant=OneOf("q1", ("1",)))
    both = AllOf((OneOf("q2", ("2",)), OneOf("q1", ("2",))))
    assert list(asked_never(form(single("q1", "1", "2"), middle, question("goal", relevant=both)))) == ["goal"]


def test_a_section_and_respondent_groups_count_too() -> None:
    groups = (RespondentGroup("a", {}), RespondentGroup("b", {}))
    first = single("q1", "1", "2", respondents=("a",))
    goal = question("goal", respondents=("b",))
    questionnaire = form([first], [goal], respondent_groups=groups)
    section = replace(questionnaire.sections[1], relevant=OneOf("q1", ("1",)))
    split = replace(questionnaire, sections=(questionnaire.sections[0], section))
    assert list(asked_never(split)) == ["goal"]
    everybody = replace(section, questions=(question("goal"),))
    assert list(asked_never(replace(split, sections=(split.sections[0], everybody)))) == []


def test_a_form_with_too_many_ways_is_taken_to_be_right() -> None:
    asked = [single(f"q{position}", "1", "2") for position in range(6)]
    never = AllOf((*(OneOf(one.code, ("1",)) for one in asked), OneOf("q0", ("2",))))
    questionnaire = form(*asked, question("goal", relevant=never))
    assert list(asked_never(questionnaire)) == ["goal"]
    for limit in ("TRIES", "TRIES_OF_FORM"):
        with mock.patch.object(reach, limit, 50):
            assert list(asked_never(questionnaire)) == []
    with mock.patch.object(reach, "MOST_LOOKED_AT", 6):
        assert list(asked_never(questionnaire)) == []
    with mock.patch.object(reach, "MOST_LOOKED_AT", 7):
        assert list(asked_never(questionnaire)) == ["goal"]
