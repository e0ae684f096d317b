"""XLSForm expressions: what is written, what of other people's is understood, and what is not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.documents.surveys.xlsform_expressions import (
    Answerable,
    Limits,
    NotUnderstood,
    condition_of,
    constraint,
    expression,
    limits_of,
)
from parindex.domain.survey.questionnaire.conditions import AllOf, Answered, AnyOf, Between, Condition, Not, OneOf

QUESTIONS = {
    "q": Answerable(("1", "2", "3")),
    "w": Answerable(("a", "b")),
    "age": Answerable(None, numeric=True),
    "note": Answerable(None),
}
ONE, ADULT = OneOf("q", ("1",)), Between("age", from_=Fraction(18))


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (ONE, "selected(${q}, '1')"),
        (OneOf("q", ("1", "2")), "(selected(${q}, '1') or selected(${q}, '2'))"),
        (Answered("note"), "${note} != ''"),
        (Between("age", above=Fraction(-1, 2), up_to=Fraction(60)), "(${age} > -0.5 and ${age} <= 60)"),
        (Not(AllOf((ONE, ADULT))), "not((selected(${q}, '1') and ${age} >= 18))"),
        (AnyOf((ONE, ADULT)), "(selected(${q}, '1') or ${age} >= 18)"),
    ],
)
def test_what_is_written_is_read_back(condition: Condition, text: str) -> None:
    assert expression(condition) == text
    assert condition_of(text, QUESTIONS) == condition


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("${q}='1'", ONE),
        (" ${ q } = 1 ", ONE),
        ("'1' = ${q}", ONE),
        ("${q} != '1'", Not(ONE)),
        ('selected( ../q , "1" )', ONE),
        ("${q} >= 2", OneOf("q", ("2", "3"))),
        ("2 < ${q}", OneOf("q", ("3",))),
        ("${q} <= '2'", OneOf("q", ("1", "2"))),
        ("${q} < 2", ONE),
        ("${q} = '1' or ${q} = '3'", OneOf("q", ("1", "3"))),
        ("${age} = 18", Between("age", from_=Fraction(18), up_to=Fraction(18))),
        ("${age} != 18", Not(Between("age", from_=Fraction(18), up_to=Fraction(18)))),
        ("18 <= ${age} and ${age} < 60.5", Between("age", from_=Fraction(18), below=Fraction(121, 2))),
        ("${age} > -3", Between("age", above=Fraction(-3))),
        ("${note} = ''", Not(Answered("note"))),
        (
            "${q} = '1' and (${w} = 'a' or ${age} > 3)",
            AllOf((ONE, AnyOf((OneOf("w", ("a",)), Between("age", above=Fraction(3)))))),
        ),
        ("true() and ${q} = '1'", ONE),
        ("true()", None),
        ("true() or ${q} = '1'", None),
    ],
)
def test_other_ways_to_say_it(text: str, condition: Condition | None) -> None:
    assert condition_of(text, QUESTIONS) == condition


@pytest.mark.parametrize(
    "text",
    [
        "",
        "${x} = '1'",
        "${q}",
        "${q} =",
        "${q} = '9'",
        "${q} + '1'",
        "${q} > 3",
        "${w} > 1",
        "${q} > 'x'",
        "${note} = 'x'",
        "${note} > ''",
        "${age} = 'x'",
        "${age} = -'1'",
        "${age} = ${q}",
        "18",
        "selected(${q}, '9')",
        "selected(${age}, '1')",
        "selected('q', '1')",
        "string-length(${note}) > 3",
        "${q} = '1' ${q}",
        "(${q} = '1'",
        "${q} = '1')",
        "not(true())",
        "${q} = '1' & ${q}",
        "(" * 80 + "true()" + ")" * 80,
        "${q} = '1' or " * 2_000 + "true()",
    ],
)
def test_what_conditions_cannot_say(text: str) -> None:
    with pytest.raises(NotUnderstood):
        condition_of(text, QUESTIONS)


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        (Limits(), ""),
        (Limits(minimum=Fraction(-1, 2), maximum=Fraction(60)), ". >= -0.5 and . <= 60"),
        (
            Limits(most=2, alone=("8", "no")),
            "count-selected(.) <= 2 and not(selected(., '8') and count-selected(.) > 1)"
            " and not(selected(., 'no') and count-selected(.) > 1)",
        ),
    ],
)
def test_limits_are_read_back(limits: Limits, text: str) -> None:
    assert constraint(limits) == text
    assert limits_of(text) == limits


def test_whole_numbers_need_no_edge() -> None:
    assert limits_of(".>17 and .<60.5", whole=True) == Limits(minimum=Fraction(18), maximum=Fraction(60))


@pytest.mark.parametrize(
    "text",
    [
        ". > 17",
        ". >= 1 and . >= 2",
        ". >= 1 and",
        ". >= 1 and ",
        ". >= 1 or . <= 2",
        ". >= 1. <= 2",
        "count-selected(.) <= 2 and count-selected(.) <= 3",
        "regex(., '[0-9]+')",
        ". >= 1 and " * 3_000,
    ],
)
def test_limits_that_are_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood):
        limits_of(text)
