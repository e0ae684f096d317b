"""Large weights are cut, others take over, totals stay."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from parindex.domain.errors import InvalidInput
from parindex.domain.survey.weights.trimming import LimitOf, trimmed

ONE_CLASS = np.zeros(4, dtype=np.intp)


def test_what_is_cut_goes_to_the_others_in_proportion() -> None:
    weight = np.array([1.0, 2.0, 1.0, 16.0])
    assert trimmed(weight, ONE_CLASS, ["all"], 12, LimitOf.VALUE).tolist() == [2, 4, 2, 12]


def test_a_weight_that_is_lifted_above_the_limit_is_cut_too() -> None:
    weight = np.array([1.0, 5.0, 4.0, 10.0])
    made = trimmed(weight, ONE_CLASS, ["all"], 6, LimitOf.VALUE)
    assert made.tolist() == [2, 6, 6, 6]


@pytest.mark.parametrize(("of", "limit"), [(LimitOf.MEDIAN, 4), (LimitOf.MEAN, 10)])
def test_the_limit_is_counted_in_medians_or_means(of: LimitOf, limit: float) -> None:
    weight = np.array([2.0, 2.0, 2.0, 2.0, 17.0])
    code = np.zeros(5, dtype=np.intp)
    if of is LimitOf.MEDIAN:  # the median is 2, the mean 5: there is no room
        with pytest.raises(InvalidInput) as caught:
            trimmed(weight, code, ["all"], 2, of)
        assert [(one.kind, one.facts) for one in caught.value.problems] == [
            ("trim_limit_too_low", {"label": "all", "found": 4, "value": 5, "of": "median", "upper": 2, "middle": 2})
        ]
    else:
        assert trimmed(weight, code, ["all"], 2, of).tolist() == [3.75] * 4 + [limit]


def test_a_limit_that_is_a_number_is_told_as_such() -> None:
    with pytest.raises(InvalidInput) as caught:
        trimmed(np.array([2.0, 3.0]), np.zeros(2, dtype=np.intp), [""], 1.2, LimitOf.VALUE)
    (problem,) = caught.value.problems
    assert problem.facts == {
        "label": "", "found": Fraction("1.2"), "value": Fraction("2.5"), "of": "value", "upper": Fraction("1.2"),
        "middle": 1,
    }  # fmt: skip


def test_classes_are_trimmed_apart_and_an_empty_one_is_passed_over() -> None:
    weight = np.array([1.0, 3.0, 10.0, 30.0])
    code = np.array([0, 0, 2, 2])
    made = trimmed(weight, code, ["a", "b", "c"], 1.25, LimitOf.MEAN)
    assert made.tolist() == [1.5, 2.5, 15, 25]


def test_equal_weights_at_the_limit_stay_whatever_is_lost_in_rounding() -> None:
    weight = np.full(3, 0.1) * 3
    assert trimmed(weight, np.zeros(3, dtype=np.intp), ["all"], 1, LimitOf.MEAN).tolist() == weight.tolist()
    mixed = np.array([0.1, 0.2, 0.3])
    assert trimmed(mixed, np.zeros(3, dtype=np.intp), ["all"], 1, LimitOf.MEAN) == pytest.approx([0.2] * 3)
