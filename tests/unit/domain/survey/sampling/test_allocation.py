"""A total divided over strata: textbook figures, bounds, whole numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.domain.errors import InvalidValue
from parindex.domain.survey.sampling.allocation import allocate, power


def test_a_total_is_divided_in_proportion() -> None:
    assert allocate(100, [Fraction(200), Fraction(300), Fraction(500)], [200, 300, 500]) == [20, 30, 50]


def test_neyman_follows_size_times_deviation() -> None:
    measures = [Fraction(100) * 1, Fraction(100) * 3]
    assert allocate(40, measures, [100, 100]) == [10, 30]


def test_whole_numbers_go_to_the_largest_remainders_then_to_the_first() -> None:
    assert allocate(10, [Fraction(1)] * 3, [9, 9, 9]) == [4, 3, 3]
    assert allocate(5, [Fraction(33), Fraction(33), Fraction(34)], [9, 9, 9]) == [2, 1, 2]


def test_a_stratum_never_gets_more_than_it_has_and_the_rest_goes_on() -> None:
    assert allocate(20, [Fraction(90), Fraction(5), Fraction(5)], [10, 50, 50]) == [10, 5, 5]


def test_a_stratum_gets_the_minimum_or_all_that_it_has() -> None:
    assert allocate(30, [Fraction(98), Fraction(1), Fraction(1)], [50, 50, 3], minimum=5) == [22, 5, 3]
    assert allocate(6, [Fraction(0), Fraction(0)], [5, 5]) == [3, 3]


def test_nothing_and_everything_can_be_divided() -> None:
    assert allocate(0, [Fraction(1), Fraction(2)], [3, 3], minimum=0) == [0, 0]
    assert allocate(6, [Fraction(1), Fraction(2)], [3, 3]) == [3, 3]


@pytest.mark.parametrize(
    ("total", "kind", "facts"),
    [
        (11, "total_above_units", {"total": 11, "units": 10}),
        (3, "total_below_minimum", {"total": 3, "least": 4, "minimum": 2}),
    ],
)
def test_a_total_that_cannot_be_divided_is_refused(total: int, kind: str, facts: dict[str, int]) -> None:
    with pytest.raises(InvalidValue, match=kind) as caught:
        allocate(total, [Fraction(1), Fraction(1)], [5, 5], minimum=2)
    assert caught.value.facts == facts


def test_powers_are_exact_where_they_can_be_and_cut_after_twelve_decimals_elsewhere() -> None:
    assert power(Fraction(9), Fraction(1, 2)) == 3
    assert power(Fraction(8), Fraction(2, 3)) == 4
    assert power(Fraction(7), Fraction(2)) == 49
    assert power(Fraction(2), Fraction(1, 2)) == Fraction("1.414213562373")
    assert power(Fraction(0), Fraction(1, 2)) == 0
