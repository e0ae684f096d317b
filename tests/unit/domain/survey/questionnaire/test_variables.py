"""Answers become values: scales, negative questions, don't know, refusals, the mappings of the index."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from parindex.domain.survey.questionnaire.variables import (
    ALL,
    Choice,
    DontKnow,
    IndexMapping,
    Item,
    Ratio,
    Variables,
    indexed,
    satisfied,
    unknown,
    values_of,
)

NONE = np.nan
FORM = Variables(
    items=(
        Item("q01", unknown=(8,), refused=(9,), title="Dễ tìm"),
        Item("q02", reversed=True, unknown=(8,), refused=(9,)),
        Item("q03", highest=3, satisfied_from=3),
    ),
    groups={"g1": ("q01", "q02"), "g2": ("q03",)},
    parts={"p1": ("g2", "g1")},
    choices=(Choice("w", {"1": "Nhanh hơn"}, title="Mong muốn"),),
    ratios=(Ratio("r", "a", "b", "Tỷ số"),),
    titles={"g1": "Tiếp cận"},
)
ANSWERS = np.array([[5, 1, 3], [4, 2, 2], [8, 9, NONE], [NONE, 8, 1]], float)


def test_a_negative_question_is_turned_round_and_codes_off_the_scale_are_no_values() -> None:
    np.testing.assert_array_equal(values_of(FORM, ANSWERS), [[5, 5, 3], [4, 4, 2], [NONE, NONE, NONE], [NONE, NONE, 1]])


def test_satisfied_is_counted_after_turning_round() -> None:
    np.testing.assert_array_equal(satisfied(FORM, ANSWERS), [[1, 1, 1], [1, 1, 0], [NONE, NONE, NONE], [NONE, NONE, 0]])


def test_dont_know_as_a_category_is_an_answer_that_is_not_satisfied_and_a_refusal_is_none() -> None:
    form = replace(FORM, dont_know=DontKnow.CATEGORY)
    np.testing.assert_array_equal(satisfied(form, ANSWERS), [[1, 1, 1], [1, 1, 0], [0, NONE, NONE], [NONE, 0, 0]])
    assert unknown(form, ANSWERS).tolist() == [[False] * 3, [False] * 3, [True, False, False], [False, True, False]]


def test_without_items_nothing_is_unknown() -> None:
    assert unknown(Variables(()), np.empty((2, 0))).shape == (2, 0)


@pytest.mark.parametrize(
    ("mapping", "first"),
    [
        (IndexMapping.MEAN_5, [1, 1, 1]),
        (IndexMapping.FROM_1, [1, 1, 1]),
        (IndexMapping.SHARE, [1, 1, 1]),
    ],
)
def test_the_best_answer_is_one_in_every_named_mapping(mapping: IndexMapping, first: list[float]) -> None:
    assert indexed(FORM, ANSWERS, mapping)[0].tolist() == first


def test_the_mappings_differ_below_the_best() -> None:
    assert indexed(FORM, ANSWERS)[1].tolist() == [0.8, 0.8, 2 / 3]
    assert indexed(replace(FORM, mapping=IndexMapping.FROM_1), ANSWERS)[1].tolist() == [0.75, 0.75, 0.5]
    assert indexed(replace(FORM, mapping=IndexMapping.SHARE), ANSWERS)[1].tolist() == [1, 1, 0]


def test_answer_weights_are_declared_one_by_one() -> None:
    weights = {1: Fraction(0), 2: Fraction(1, 4), 3: Fraction(1, 2), 4: Fraction(9, 10), 5: Fraction(1)}
    form = replace(FORM, items=tuple(replace(item, answer_weights=weights) for item in FORM.items))
    found = indexed(form, ANSWERS, IndexMapping.ANSWERS)
    np.testing.assert_array_equal(found, [[1, 1, 0.5], [0.9, 0.9, 0.25], [NONE, NONE, NONE], [NONE, NONE, 0]])


def test_roll_ups_are_groups_then_parts_then_all() -> None:
    assert list(FORM.members()) == [("g1", (0, 1)), ("g2", (2,)), ("p1", (2, 0, 1)), (ALL, (0, 1, 2))]


def test_titles_of_every_kind() -> None:
    assert [FORM.title(code) for code in ("q01", "q02", "g1", "w", "r", "?")] == [
        "Dễ tìm",
        "",
        "Tiếp cận",
        "Mong muốn",
        "Tỷ số",
        "",
    ]


def test_every_code_that_an_answer_may_have() -> None:
    assert FORM.items[0].allowed == (1, 2, 3, 4, 5, 8, 9)
