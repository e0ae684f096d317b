"""Who was asked a question, and who answered although nobody should have asked; conditions against `holds`."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from tests.unit.domain.survey.given_answers import given

from parindex.domain.survey.questionnaire.asked_questions import (
    asked_of,
    reach_of,
    unasked_answers,
    unchecked_conditions,
)
from parindex.domain.survey.questionnaire.conditions import (
    AllOf,
    Answer,
    Answered,
    AnyOf,
    Between,
    Condition,
    Not,
    OneOf,
    holds,
)
from parindex.domain.survey.questionnaire.variables import Asked, Choice, Item, Variables

NAN = np.nan


#: Four respondents: the scale q, options of w, the number age, whether they wrote something.
FORM = Variables((Item("q", unknown=(9,)),), choices=(Choice("w", {"1": "", "2": "", "6": ""}),), numbers=("age",))
SCALE = np.array([[5], [9], [NAN], [2]])
CHOSEN = {"w": np.array([[1, 0, 1], [0, 1, 0], [NAN, NAN, NAN], [0, 0, 1]])}
AGE = {"age": np.array([17, 18, NAN, 60.0])}
WROTE = {"note": np.array([True, False, False, True])}
ROWS: list[dict[str, Answer]] = [
    {"q": frozenset({"5"}), "w": frozenset({"1", "6"}), "age": Fraction(17), "note": frozenset({"x"})},
    {"q": frozenset({"9"}), "w": frozenset({"2"}), "age": Fraction(18)},
    {},
    {"q": frozenset({"2"}), "w": frozenset({"6"}), "age": Fraction(60), "note": frozenset({"x"})},
]


@pytest.mark.parametrize(
    "condition",
    [
        OneOf("q", ("5", "9")),
        OneOf("w", ("6",)),
        Between("age", from_=Fraction(18), below=Fraction(60)),
        Between("age", above=Fraction(17), up_to=Fraction(60)),
        Answered("q"),
        Answered("w"),
        Answered("age"),
        Answered("note"),
        Not(OneOf("w", ("1",))),
        AllOf((OneOf("w", ("6",)), Between("age", above=Fraction(17)))),
        AnyOf((OneOf("w", ("2",)), Answered("note"))),
    ],
)
def test_a_condition_holds_for_whom_it_would_hold_alone(condition: Condition) -> None:
    found = given(FORM, SCALE, CHOSEN, AGE, WROTE).holds(condition)
    assert found.tolist() == [holds(condition, answers) for answers in ROWS]


def asking(question: str, *conditions: Condition, groups: tuple[str, ...] = ()) -> Variables:
    return Variables(
        FORM.items, choices=FORM.choices, numbers=FORM.numbers, asked={question: Asked(conditions, groups)},
        respondent_groups=("citizens", "officials"),
    )  # fmt: skip


def test_answers_of_those_who_were_not_to_be_asked_are_found() -> None:
    form = asking("q", OneOf("w", ("6",)), groups=("citizens",))
    groups = np.array([1, 0, 0, -1])
    found = given(form, SCALE, CHOSEN, AGE, groups=groups)
    told = [(one.question, one.by_group, one.rows.tolist()) for one in unasked_answers(found)]
    assert told == [("q", False, [1]), ("q", True, [0])]
    (reach,) = reach_of(found)
    assert (reach.by_condition.tolist(), reach.by_group.tolist()) == (
        [True, False, False, True],
        [False, True, True, True],
    )
    assert asked_of(found, "q").tolist() == [True, True, False, True]
    assert asked_of(found, "age").tolist() == [True] * 4
    nobody = given(form, SCALE, CHOSEN, AGE)
    assert [one.by_group for one in unasked_answers(nobody)] == [False]


@pytest.mark.parametrize("condition", [OneOf("lost", ("1",)), Between("lost"), Answered("lost")])
def test_a_condition_on_what_is_not_in_the_data_is_left_out_and_said(condition: Condition) -> None:
    form = asking("q", condition, OneOf("w", ("6",)))
    found = given(form, SCALE, CHOSEN, AGE)
    assert unchecked_conditions(found) == {"q": ["lost"]}
    assert [one.rows.tolist() for one in unasked_answers(found)] == [[1]]
    other = given(asking("lost", OneOf("w", ("6",))), SCALE, CHOSEN, AGE)
    assert (list(unasked_answers(other)), unchecked_conditions(other)) == ([], {})
    assert asked_of(other, "lost").all()
