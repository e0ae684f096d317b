"""Weights fitted to known totals, and totals that contradict each other."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from parindex.domain.errors import InvalidInput
from parindex.domain.survey.weights.raking import KnownTotals, disagreements, post_stratified, problems_of, raked, worst


def margin(name: str, code: list[int], **totals: int | str) -> KnownTotals:
    """A margin with the classes in the order given."""
    return KnownTotals((name,), tuple(totals), tuple(Fraction(total) for total in totals.values()), np.array(code))


SEX = margin("sex", [0, 0, 1, 1], nam=40, nữ=60)
AGE = margin("age", [0, 1, 0, 1], trẻ=30, già=70)
ONES = np.ones(4)


def test_post_stratification_meets_its_totals_in_one_go() -> None:
    assert post_stratified(np.array([1.0, 3.0, 2.0, 2.0]), SEX).tolist() == [10, 30, 30, 30]


def test_raking_meets_all_margins() -> None:
    weight, rounds = raked(ONES, [SEX, AGE])
    assert np.allclose(weight, [12, 28, 18, 42], rtol=1e-12)
    assert rounds <= 2
    assert worst(weight, [SEX, AGE]).share < 1e-12


def test_raking_keeps_the_cross_ratio_of_the_weights_before() -> None:
    weight, _ = raked(np.array([4.0, 1.0, 1.0, 1.0]), [SEX, AGE])
    assert weight[0] * weight[3] / (weight[1] * weight[2]) == pytest.approx(4, rel=1e-10)


def test_the_worst_class_is_told_with_its_figures() -> None:
    found = worst(np.array([20.0, 20.0, 30.0, 30.0]), [SEX, AGE])
    assert (found.by, found.label, found.wanted, found.found, found.share) == (
        "age",
        "trẻ",
        30,
        50,
        pytest.approx(2 / 3),
    )
    assert found.facts() == {"margin": "age", "found": 50, "value": 30, "label": "trẻ"}


def test_margins_that_no_weights_can_meet_do_not_converge() -> None:
    # Only men are young and only women old, but there are to be more men than young.
    with pytest.raises(InvalidInput) as caught:
        raked(ONES, [SEX, margin("age", [0, 0, 1, 1], trẻ=30, già=70)], rounds=25)
    (problem,) = caught.value.problems
    assert (problem.kind, problem.facts) == (
        "raking_not_converged",
        {"rounds": 25, "margin": "sex", "found": 30, "value": 40, "label": "nam"},
    )


def test_every_contradiction_is_told_with_figures() -> None:
    faulty = KnownTotals(
        ("sex", "age"), ("a", "b", "c"), (Fraction(50), Fraction(0), Fraction(3)), np.array([0, 0, 1, -1]), ("d",)
    )
    assert [(one.kind, one.facts) for one in problems_of(faulty)] == [
        ("margin_class_unknown", {"margin": "sex|age", "count": 1, "classes": ["d"], "others": 0}),
        ("margin_not_positive", {"margin": "sex|age", "label": "b", "total": 0}),
        ("margin_class_empty", {"margin": "sex|age", "label": "c", "total": 3}),
    ]
    assert [*problems_of(SEX), *problems_of(AGE), *disagreements([SEX, AGE])] == []


def test_of_many_classes_without_a_total_some_are_named() -> None:
    names = tuple(f"x{number}" for number in range(10))
    many = KnownTotals(("sex",), ("a",), (Fraction(5),), np.array([0, *[-1] * 10]), names)
    (problem,) = problems_of(many)
    assert problem.facts == {"margin": "sex", "count": 10, "classes": list(names[:8]), "others": 2}


def test_margins_of_one_population_have_one_sum_and_one_total_for_a_class() -> None:
    of_both = KnownTotals(
        ("age", "sex"),
        ("trẻ|nam", "già|nam", "trẻ|nữ", "già|nữ", "già"),
        tuple(map(Fraction, (20, 21, 11, 40, 8))),
        np.array([0, 1, 2, 3]),
    )
    other_sum = margin("age", [0, 1, 0, 1], trẻ=30, già=71)
    assert [(place, one.kind, one.facts) for place, one in disagreements([SEX, AGE, of_both, other_sum])] == [
        (
            2,
            "margin_classes_disagree",
            {"margin": "sex", "other": "age|sex", "label": "nam", "total": 40, "value": 41},
        ),
        (
            2,
            "margin_classes_disagree",
            {"margin": "sex", "other": "age|sex", "label": "nữ", "total": 60, "value": 51},
        ),
        (
            2,
            "margin_classes_disagree",
            {"margin": "age", "other": "age|sex", "label": "trẻ", "total": 30, "value": 31},
        ),
        (
            2,
            "margin_classes_disagree",
            {"margin": "age", "other": "age|sex", "label": "già", "total": 70, "value": 61},
        ),
        (3, "margins_disagree", {"margin": "sex", "total": 100, "other": "age", "value": 101}),
    ]
    narrower = margin("sex", [0, 0, 0, 0], nam=40, khác=60)
    assert list(disagreements([SEX, narrower])) == []
    assert [place for place, _ in disagreements([other_sum, AGE, AGE])] == [1, 2]
    assert [place for place, _ in disagreements([SEX, other_sum, AGE])] == [1]


def test_without_the_classes_of_respondents_only_totals_are_checked() -> None:
    alone = KnownTotals(("sex",), ("nam", "nữ"), (Fraction(0), Fraction(1)), np.empty(0, np.intp))
    assert [one.kind for one in problems_of(alone)] == ["margin_not_positive"]
