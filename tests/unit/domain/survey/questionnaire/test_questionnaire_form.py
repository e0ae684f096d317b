"""A questionnaire as estimates see it: items, choices, groups, who answers and what is fed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.unit.domain.survey.questionnaires import FIVE, THREE, form, multiple, number, question, scale, single, words

from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.survey.questionnaire.form import (
    ItemGroup,
    ItemPart,
    RatioOfTotals,
    RespondentGroup,
    answered_by,
    items_fed,
    variables_of,
)
from parindex.domain.survey.questionnaire.variables import Choice, DontKnow, Item, Limits, Ratio, Rollup, Variables

WEIGHTS = {1: Fraction(0), 2: Fraction(1, 2), 3: Fraction(1)}


def test_what_estimates_need_to_know() -> None:
    questionnaire = form(
        scale("q1", feeds=("1.1",)),
        scale("q2", scale="three", reversed=True),
        single("sex", "m", "f"),
        multiple("wishes", "1", "2", "3", most=2),
        number("age"),
        question("note"),
        scales=(FIVE, replace(THREE, weights=WEIGHTS)),
        groups=(ItemGroup("g1", words("nhóm"), ("q1",), feeds=("2.1",)),),
        parts=(ItemPart("p1", words("phần"), ("g1",), feeds=("3",)),),
        ratios=(RatioOfTotals("r", words("tỷ số"), "age", "age"),),
        rollup=Rollup.ITEMS,
        mapping=IndexMapping.SHARE,
        dont_know=DontKnow.CATEGORY,
    )
    assert variables_of(questionnaire) == Variables(
        items=(
            Item("q1", 1, 5, 4, (8,), (9,), False, "q1"),
            Item("q2", 1, 3, 3, (), (), True, "q2", WEIGHTS),
        ),
        groups={"g1": ("q1",)},
        parts={"p1": ("g1",)},
        choices=(
            Choice("sex", {"m": "m", "f": "f"}, 1, "sex"),
            Choice("wishes", {"1": "1", "2": "2", "3": "3"}, 2, "wishes"),
        ),
        numbers=("age",),
        ratios=(Ratio("r", "age", "age", "tỷ số"),),
        rollup=Rollup.ITEMS,
        mapping=IndexMapping.SHARE,
        dont_know=DontKnow.CATEGORY,
        versions=("1",),
        titles={"g1": "nhóm", "p1": "phần", "age": "age"},
    )


def test_every_item_with_what_feeds_it() -> None:
    questionnaire = form(
        scale("q1", feeds=("1.1", "1.2")),
        groups=(ItemGroup("g1", words("nhóm"), ("q1",), feeds=("2.1",)),),
        parts=(ItemPart("p1", words("phần"), ("g1",), feeds=("1.2",)),),
    )
    assert items_fed(questionnaire) == {"1.1": ("q1",), "1.2": ("q1", "p1"), "2.1": ("g1",)}


def test_who_answers_is_named_by_the_section_and_by_the_question() -> None:
    groups = tuple(RespondentGroup(code, words(code)) for code in ("a", "b", "c"))
    questionnaire = form(scale("q1"), scale("q2", respondents=("c", "b")), respondent_groups=groups)
    section = replace(questionnaire.sections[0], respondents=("a", "b"))
    first, second = section.questions
    assert answered_by(questionnaire, questionnaire.sections[0], first) == ("a", "b", "c")
    assert answered_by(questionnaire, section, first) == ("a", "b")
    assert answered_by(questionnaire, section, second) == ("b",)


def test_words_that_are_not_there_are_empty() -> None:
    assert form(scale("q1")).main({"en": "Form"}) == ""


def test_what_a_number_may_be_and_which_option_stands_alone() -> None:
    none = multiple("wishes", "1", "9")
    none = replace(none, options=(none.options[0], replace(none.options[1], alone=True)))
    age = replace(number("age"), minimum=Fraction(16), integer=True)
    found = variables_of(form(scale("q1"), none, age, number("children")))
    assert found.choices[0].alone == {"9"}
    assert found.limits == {"age": Limits(Fraction(16), None, integer=True)}
