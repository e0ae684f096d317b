"""Every fault of a questionnaire; sentences for each stand with the files of tests/golden/questionnaires."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from tests.unit.domain.survey.questionnaires import (
    FIVE,
    THREE,
    form,
    multiple,
    number,
    options,
    question,
    scale,
    single,
    words,
)

from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.survey.questionnaire.coherence import faults
from parindex.domain.survey.questionnaire.conditions import AllOf, Answered, Between, Condition, OneOf
from parindex.domain.survey.questionnaire.form import (
    ItemGroup,
    ItemPart,
    NoAnswer,
    NoAnswerMeaning,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    RatioOfTotals,
    RespondentGroup,
    Scale,
)

HERE = ("sections", 0, "questions", 0)


def found(questionnaire: Questionnaire) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(fault.kind, fault.path) for fault in faults(questionnaire)]


def test_a_form_without_faults() -> None:
    groups = (RespondentGroup("a", words("a")), RespondentGroup("b", words("b")))
    questionnaire = form(
        single("q1", "1", "2"),
        multiple("q2", "1", "2", most=2, hint=words("gợi ý")),
        scale("q3", reversed=True, feeds=("1.1",), respondents=("a",), relevant=OneOf("q1", ("1",))),
        number("q4", minimum=Fraction(0), maximum=Fraction(0), integer=True),
        question("q5", relevant=Between("q4", from_=Fraction(0))),
        question("q6", relevant=Answered("q5")),
        respondent_groups=groups,
        groups=(ItemGroup("g1", words("nhóm"), ("q3",)),),
        parts=(ItemPart("p1", words("phần"), ("g1",)),),
        ratios=(RatioOfTotals("r1", words("tỷ số"), "q4", "q4"),),
    )
    assert faults(questionnaire) == []


@pytest.mark.parametrize("code", ["all", "ALL", "weight", "respondent", "respondent_group"])
def test_a_code_that_means_something_else_in_a_data_file(code: str) -> None:
    assert found(form(scale(code))) == [("form_code_reserved", (*HERE, "code"))]


def test_a_code_is_used_once_whatever_it_names() -> None:
    questionnaire = form(scale("Q1"), scale("q1"), groups=(ItemGroup("s1", words("nhóm"), ("q1",)),))
    second = ("sections", 0, "questions", 1, "code")
    assert found(questionnaire) == [("form_code_twice", second), ("form_code_twice", ("groups", 0, "code"))]


def test_respondent_groups_have_codes_of_their_own() -> None:
    groups = (RespondentGroup("q1", words("a")), RespondentGroup("q1", words("b")))
    assert found(form(scale("q1"), respondent_groups=groups)) == [
        ("form_option_twice", ("respondent_groups", 1, "code"))
    ]


def test_every_label_has_every_language_and_no_other() -> None:
    questionnaire = form(
        question("q1", hint={"en": "hint"}), languages=("vi", "vi"), translated=("en", "vi"), title={"vi": "P ${q1}"}
    )
    assert [(fault.kind, fault.path, fault.facts) for fault in faults(questionnaire)] == [
        ("language_twice", ("languages", 1), {"language": "vi"}),
        ("language_not_declared", ("translated", 0), {"language": "en", "known": ["vi", "vi"]}),
        ("label_with_reference", ("title", "vi"), {}),
        ("label_missing", (*HERE, "hint"), {"language": "vi"}),
        ("language_not_declared", (*HERE, "hint", "en"), {"language": "en", "known": ["vi", "vi"]}),
    ]


def test_labels_of_every_part_are_looked_at() -> None:
    questionnaire = form(
        Question("q1", QuestionKind.SINGLE, {}, options=(Option("1", {}),)),
        scales=(Scale("x", (Option("1", {}), *options("2")), 2, (NoAnswer("9", {}, NoAnswerMeaning.REFUSED),)),),
        respondent_groups=(RespondentGroup("a", {}),),
        groups=(ItemGroup("g1", {}, ()),),
        parts=(ItemPart("p1", {}, ()),),
        ratios=(RatioOfTotals("r1", {}, "n", "n"),),
        title={},
    )
    labels = [fault.path for fault in faults(questionnaire) if fault.kind == "label_missing"]
    assert labels == [
        ("title",),
        ("respondent_groups", 0, "label"),
        ("groups", 0, "label"),
        ("parts", 0, "label"),
        ("ratios", 0, "label"),
        ("scales", 0, "points", 0, "label"),
        ("scales", 0, "no_answer", 0, "label"),
        (*HERE, "label"),
        (*HERE, "options", 0, "label"),
    ]


HALF = {1: Fraction(0), 2: Fraction(1, 2), 3: Fraction(1)}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (replace(THREE, points=options("1"), satisfied_from=1), [("scale_too_long", "points")]),
        (replace(THREE, points=options(*map(str, range(12)))), [("scale_too_long", "points")]),
        (replace(THREE, points=options("1", "3", "4")), [("scale_not_consecutive", "points")]),
        (replace(THREE, points=options("2", "3", "4")), [("scale_not_consecutive", "points")]),
        (replace(THREE, points=options("0", "1", "2"), satisfied_from=2), []),
        (replace(THREE, satisfied_from=1), [("satisfied_outside_scale", "satisfied_from")]),
        (replace(THREE, satisfied_from=4), [("satisfied_outside_scale", "satisfied_from")]),
        (
            replace(THREE, no_answer=(NoAnswer("3", words("x"), NoAnswerMeaning.UNKNOWN),)),
            [("form_option_twice", "codes")],
        ),
        (replace(THREE, weights=HALF), []),
        (replace(THREE, weights={**HALF, 4: Fraction(1)}), [("weight_unknown_point", "weights")]),
        (replace(THREE, weights={**HALF, 3: Fraction(3, 2)}), [("weight_out_of_range", "weights")]),
        (replace(THREE, weights={1: Fraction(0)}), [("weight_missing", "")]),
    ],
)
def test_a_scale(changed: Scale, expected: list[tuple[str, str]]) -> None:
    questionnaire = form(question("t"), scales=(changed,))
    assert [(kind, path[2] if len(path) > 2 else "") for kind, path in found(questionnaire)] == expected


def test_an_index_by_answers_needs_the_weights_of_scales_that_are_asked() -> None:
    questionnaire = form(scale("q1"), mapping=IndexMapping.ANSWERS)
    assert found(questionnaire) == [("weight_missing", ("scales", 0))]
    assert faults(questionnaire)[0].facts == {"scale": "five", "missing": ["1", "2", "3", "4", "5"]}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (question("q", QuestionKind.SCALE), [("question_key_missing", HERE)]),
        (question("q", QuestionKind.SINGLE), [("question_key_missing", HERE)]),
        (scale("q", scale="seven"), [("scale_unknown", (*HERE, "scale"))]),
        (question("q", scale="five"), [("question_key_misplaced", (*HERE, "scale"))]),
        (number("q", options=options("1")), [("question_key_misplaced", (*HERE, "options"))]),
        (single("q", "1", most=1), [("question_key_misplaced", (*HERE, "most"))]),
        (scale("q", minimum=Fraction(0)), [("question_key_misplaced", (*HERE, "minimum"))]),
        (scale("q", maximum=Fraction(0)), [("question_key_misplaced", (*HERE, "maximum"))]),
        (question("q", integer=True), [("question_key_misplaced", (*HERE, "integer"))]),
        (number("q", reversed=True), [("question_key_misplaced", (*HERE, "reversed"))]),
        (question("q", feeds=("1.1",)), [("text_feeds", (*HERE, "feeds"))]),
        (single("q", "1", "1"), [("form_option_twice", (*HERE, "options", 1, "code"))]),
        (multiple("q", "1", most=0), [("most_out_of_range", (*HERE, "most"))]),
        (multiple("q", "1", "2", most=3), [("most_out_of_range", (*HERE, "most"))]),
        (
            question("q", QuestionKind.SINGLE, options=(Option("1", words("x"), alone=True),)),
            [("alone_needs_multiple", (*HERE, "options", 0, "alone"))],
        ),
        (number("q", minimum=Fraction(2), maximum=Fraction(1)), [("bounds_swapped", (*HERE, "minimum"))]),
        (question("q", respondents=("a",)), [("respondents_unknown", (*HERE, "respondents", 0))]),
    ],
)
def test_a_question(asked: Question, expected: list[Any]) -> None:
    assert found(form(asked)) == expected


def test_a_question_for_nobody() -> None:
    groups = (RespondentGroup("a", words("a")), RespondentGroup("b", words("b")))
    questionnaire = form(question("q", respondents=("a",)), respondent_groups=groups)
    section = replace(questionnaire.sections[0], respondents=("b",))
    assert found(replace(questionnaire, sections=(section,))) == [("question_for_nobody", (*HERE, "respondents"))]


@pytest.mark.parametrize(
    ("condition", "kind"),
    [
        (OneOf("x", ("1",)), "condition_unknown_question"),
        (Answered("goal"), "condition_not_earlier"),
        (Answered("later"), "condition_not_earlier"),
        (OneOf("first", ("3",)), "condition_unknown_option"),
        (OneOf("note", ("3",)), "condition_other_kind"),
        (OneOf("age", ("3",)), "condition_other_kind"),
        (Between("first", from_=Fraction(1)), "condition_other_kind"),
        (AllOf((OneOf("first", ("1",)), OneOf("first", ("2",)))), "question_never_asked"),
    ],
)
def test_a_condition(condition: Condition, kind: str) -> None:
    before = (single("first", "1", "2"), number("age"), question("note"))
    questionnaire = form(*before, question("goal", relevant=condition), question("later"))
    goal = ("sections", 0, "questions", 3)
    assert found(questionnaire) == [(kind, goal if kind == "question_never_asked" else (*goal, "relevant"))]


def test_a_condition_of_a_section_looks_at_earlier_sections() -> None:
    questionnaire = form([single("q1", "1")], [question("q2")])
    section = replace(questionnaire.sections[1], relevant=OneOf("q2", ("1",)))
    assert found(replace(questionnaire, sections=(questionnaire.sections[0], section))) == [
        ("condition_not_earlier", ("sections", 1, "relevant"))
    ]


def test_options_that_are_missing_are_one_fault() -> None:
    without = question("q1", QuestionKind.SINGLE)
    questionnaire = form(without, question("q2", relevant=OneOf("q1", ("1",))))
    assert found(questionnaire) == [("question_key_missing", HERE)]


def _group(*items: str, code: str = "g1", feeds: tuple[str, ...] = ()) -> ItemGroup:
    return ItemGroup(code, words("nhóm"), items, feeds=feeds)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"groups": (_group("x"),)}, [("group_item_unknown", ("groups", 0, "items", 0))]),
        ({"groups": (_group("n"),)}, [("group_item_not_scale", ("groups", 0, "items", 0))]),
        ({"groups": (_group("q1", "q1"),)}, [("item_in_two_groups", ("groups", 0, "items", 1))]),
        ({"groups": (_group("q1", "q3"),)}, [("group_mixes_scales", ("groups", 0))]),
        ({"parts": (ItemPart("p1", words("p"), ("g1",)),)}, [("part_group_unknown", ("parts", 0, "groups", 0))]),
        (
            {"groups": (_group("q1"),), "parts": (ItemPart("p1", words("p"), ("g1", "g1")),)},
            [("group_in_two_parts", ("parts", 0, "groups", 1))],
        ),
        (
            {"ratios": (RatioOfTotals("r1", words("r"), "n", "q1"),)},
            [("ratio_not_numeric", ("ratios", 0, "denominator"))],
        ),
        (
            {"groups": (_group("q1", feeds=("1.1",)),)},
            [("item_fed_twice", ("groups", 0, "feeds", 0))],
        ),
        ({"groups": (_group("q1", "q2", feeds=("1.2",)),)}, []),
    ],
)
def test_groups_parts_ratios_and_feeds(more: dict[str, Any], expected: list[Any]) -> None:
    asked = (scale("q1", feeds=("1.1",)), scale("q2"), scale("q3", scale="three"), number("n"))
    assert found(form(*asked, **more)) == expected


def test_a_group_of_a_question_whose_scale_is_unknown() -> None:
    questionnaire = form(scale("q1", scale="x"), groups=(_group("q1"),), scales=(FIVE,))
    assert found(questionnaire) == [("scale_unknown", (*HERE, "scale"))]
