"""The interval of a rank, against the definition on every pair."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.index.rank import competition_ranks
from parindex.domain.index.rank_intervals import Estimated, RankInterval, Z, error_of_sum, rank_intervals
from parindex.domain.publication.exact_texts import exact_column
from parindex.domain.values import number_text

_values = st.integers(0, 400).map(lambda number: Fraction(number, 4))
_errors = st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 3), Fraction(2), Fraction(9)])
_units = st.lists(st.builds(Estimated, _values, _errors), max_size=25)


def estimated(*pairs: tuple[str, str]) -> list[Estimated]:
    return [Estimated(Fraction(value), Fraction(error)) for value, error in pairs]


def told_apart(upper: Estimated, lower: Estimated) -> bool:
    difference = upper.value - lower.value
    return difference > 0 and difference**2 > Z**2 * (upper.error**2 + lower.error**2)


@given(_units)
def test_every_pair_is_looked_at(units: list[Estimated]) -> None:
    expected = []
    for here, one in enumerate(units):
        others = [other for at, other in enumerate(units) if at != here]
        above = sum(told_apart(other, one) for other in others)
        same = sum(other.value == one.value and other.error == one.error == 0 for other in others)
        below = sum(told_apart(one, other) for other in others)
        expected.append(RankInterval(1 + above, len(units) - below - same))
    assert rank_intervals(units) == expected


@given(st.lists(_values, max_size=25))
def test_without_errors_the_interval_is_the_rank(values: list[Fraction]) -> None:
    ranks = [1 + sum(other > one for other in values) for one in values]
    found = rank_intervals([Estimated(value, Fraction(0)) for value in values])
    assert found == [RankInterval(rank, rank) for rank in ranks]


@given(_units)
def test_the_rank_lies_in_its_interval(units: list[Estimated]) -> None:
    for one, found in zip(units, rank_intervals(units), strict=True):
        rank = 1 + sum(other.value > one.value for other in units)
        assert 1 <= found.best <= rank <= found.worst <= len(units)


@given(_units, st.sampled_from([Fraction(0), Fraction(1, 20), Fraction(1), Fraction(30)]))
def test_so_does_a_rank_with_a_tolerance_for_ties(units: list[Estimated], tolerance: Fraction) -> None:
    index = exact_column([number_text(one.value) for one in units]).numbers
    ranks = competition_ranks(index, np.arange(len(units)), tolerance).tolist()
    for rank, found in zip(ranks, rank_intervals(units, tolerance=tolerance), strict=True):
        assert 1 <= found.best <= rank <= found.worst <= len(units)


def test_a_tie_within_the_tolerance_is_nobody_s_second_rank() -> None:
    both = estimated(("90", "0"), ("89.99", "0"))
    assert rank_intervals(both) == [RankInterval(1, 1), RankInterval(2, 2)]
    assert rank_intervals(both, tolerance=Fraction(1, 20)) == [RankInterval(1, 1), RankInterval(1, 2)]
    apart = estimated(("90", "0"), ("89.94", "0"))
    assert rank_intervals(apart, tolerance=Fraction(1, 20)) == [RankInterval(1, 1), RankInterval(2, 2)]


def test_a_unit_far_above_all_others_is_certain_to_be_first() -> None:
    units = estimated(("99", "1"), ("90", "1"), ("89", "1"), ("88.9", "1"))
    assert rank_intervals(units) == [RankInterval(1, 1), RankInterval(2, 4), RankInterval(2, 4), RankInterval(2, 4)]


def test_a_tie_that_rests_on_samples_may_fall_either_way() -> None:
    assert rank_intervals(estimated(("80", "1"), ("80", "1"))) == [RankInterval(1, 2), RankInterval(1, 2)]
    assert rank_intervals(estimated(("80", "0"), ("80", "0"))) == [RankInterval(1, 1), RankInterval(1, 1)]


def test_exactly_at_the_edge_two_units_are_not_told_apart() -> None:
    at_edge = estimated(("81.96", "1"), ("80", "0"))
    assert rank_intervals(at_edge) == [RankInterval(1, 2), RankInterval(1, 2)]
    beyond = estimated(("81.9601", "1"), ("80", "0"))
    assert rank_intervals(beyond) == [RankInterval(1, 1), RankInterval(2, 2)]


def test_nobody_has_no_interval() -> None:
    assert rank_intervals([]) == []


def test_errors_inside_a_unit_are_added_up_at_their_worst() -> None:
    assert error_of_sum([Fraction(1, 3), Fraction(1, 6)]) == Fraction(1, 2)
    assert error_of_sum([]) == 0
