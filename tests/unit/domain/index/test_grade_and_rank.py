"""Grades close at their lower edge; ranks are competition ranks with declared ties."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.criteria.criteria_set import Grade
from parindex.domain.index.grade import grade_positions
from parindex.domain.index.rank import competition_ranks
from parindex.domain.values import Numbers, Rounding

GRADES = tuple(
    Grade(title, Fraction(lower))
    for title, lower in (("Tốt", 85), ("Khá", 75), ("Trung bình", 50), ("Yếu", 40), ("Kém", 0))
)


def test_an_edge_belongs_to_the_higher_grade() -> None:
    index = Numbers.of([Fraction(85), Fraction("84.9960"), Fraction(75), Fraction("39.99"), Fraction(0)])
    found = grade_positions(index, np.ones(5, dtype=bool), GRADES)
    assert [GRADES[one].title for one in found] == ["Tốt", "Khá", "Khá", "Kém", "Kém"]


def test_no_index_no_grade_and_below_all_grades_none() -> None:
    index = Numbers.of([Fraction(90), Fraction(10)])
    assert grade_positions(index, np.array([False, True]), GRADES[:2]).tolist() == [-1, -1]


def test_competition_rank_shares_a_place_and_leaves_the_next_free() -> None:
    index = Numbers.of([Fraction(x) for x in ("90.1", "88", "90.1", "70")])
    assert competition_ranks(index, np.arange(4)).tolist() == [1, 3, 1, 4]


def test_a_tolerance_is_measured_from_the_best_of_the_tie_and_not_passed_on() -> None:
    index = Numbers.of([Fraction(x) for x in ("90.00", "89.99", "89.98", "89.97")])
    assert competition_ranks(index, np.arange(4), Fraction("0.01")).tolist() == [1, 1, 3, 3]


quotients = st.fractions(min_value=0, max_value=100, max_denominator=60)


@given(st.lists(quotients, min_size=1, max_size=30))
def test_rank_is_one_more_than_the_number_of_better_units(values: list[Fraction]) -> None:
    expected = [1 + sum(other > value for other in values) for value in values]
    exact = Numbers.of(values)
    assert competition_ranks(exact, np.arange(len(values))).tolist() == expected
    per_row = Numbers(
        np.array([v.numerator for v in values], dtype=object),
        np.array([v.denominator for v in values], dtype=object),
        6000,
        60,
    )
    assert competition_ranks(per_row, np.arange(len(values))).tolist() == expected


@given(st.lists(quotients, min_size=1, max_size=20), st.sampled_from([0, 2]))
def test_a_grade_is_the_highest_edge_reached(values: list[Fraction], places: int) -> None:
    index = Numbers.of(values).rounded(Rounding(places))
    found = grade_positions(index, np.ones(len(values), dtype=bool), GRADES)
    for position, value in zip(found, index.to_fractions(), strict=True):
        assert GRADES[position].lower == max(grade.lower for grade in GRADES if grade.lower <= value)
