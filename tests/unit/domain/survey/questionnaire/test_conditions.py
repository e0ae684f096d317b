"""Skip conditions: when they hold, and their one spelling."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.domain.survey.questionnaire.conditions import (
    AllOf,
    Answered,
    AnyOf,
    Between,
    Condition,
    Not,
    OneOf,
    atoms,
    holds,
    normal,
)

A1, A2, B1 = OneOf("a", ("1",)), OneOf("a", ("2",)), OneOf("b", ("1",))
ADULT = Between("age", from_=Fraction(18))
ANSWERS = {"a": frozenset({"1", "3"}), "age": Fraction(18), "note": frozenset[str]()}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (A1, True),
        (A2, False),
        (B1, False),
        (OneOf("age", ("18",)), False),
        (Answered("a"), True),
        (Answered("note"), True),
        (Answered("b"), False),
        (ADULT, True),
        (Between("age", above=Fraction(18)), False),
        (Between("age", below=Fraction(18)), False),
        (Between("age", up_to=Fraction(18)), True),
        (Between("age", from_=Fraction(19)), False),
        (Between("age", up_to=Fraction(17)), False),
        (Between("a", from_=Fraction(0)), False),
        (Between("weight", from_=Fraction(0)), False),
        (Not(A1), False),
        (Not(B1), True),
        (AllOf((A1, ADULT)), True),
        (AllOf((A1, A2)), False),
        (AnyOf((A2, ADULT)), True),
        (AnyOf((A2, B1)), False),
    ],
)
def test_when_a_condition_holds(condition: Condition, expected: bool) -> None:
    assert holds(condition, ANSWERS) is expected


def test_the_conditions_on_single_questions_in_reading_order() -> None:
    assert list(atoms(AllOf((AnyOf((A1, Not(B1))), ADULT)))) == [A1, B1, ADULT]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (AllOf((A1, AllOf((B1, A1)))), AllOf((A1, B1))),
        (AllOf((A1, A1)), A1),
        (AnyOf((A1, AnyOf((B1, A2)))), AnyOf((OneOf("a", ("1", "2")), B1))),
        (AnyOf((A1, A2)), OneOf("a", ("1", "2"))),
        (AnyOf((ADULT, B1, ADULT)), AnyOf((ADULT, B1))),
        (OneOf("a", ("1", "2", "1")), OneOf("a", ("1", "2"))),
        (Not(AllOf((A1,))), Not(A1)),
        (Answered("a"), Answered("a")),
        (
            AllOf((A1, ADULT, B1, Between("age", below=Fraction(60)))),
            AllOf((A1, Between("age", from_=Fraction(18), below=Fraction(60)), B1)),
        ),
        (
            # Two lower bounds stay two: which of them counts is a matter of the numbers.
            AllOf((ADULT, Between("age", above=Fraction(20), up_to=Fraction(60)))),
            AllOf((Between("age", from_=Fraction(18), up_to=Fraction(60)), Between("age", above=Fraction(20)))),
        ),
    ],
)
def test_one_spelling(condition: Condition, expected: Condition) -> None:
    assert normal(condition) == expected
    assert normal(expected) == expected
