"""What the figures of many units say together: parts above their whole, far from peers or last year, judged alike."""

from __future__ import annotations

from fractions import Fraction
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.documents.flag_thresholds import thresholds
from parindex.domain.review.flag_rules import Part
from parindex.domain.review.flags import Severity
from parindex.domain.review.judged_alike import Judged, judged_differently, minority
from parindex.domain.review.measured_quantities import (
    Peers,
    Spread,
    above_their_whole,
    far_from_peers,
    far_rows,
    measured,
    moved_rows,
    quantities_of,
    spread_of,
)
from parindex.domain.scoring.figures import FigureColumn, Figures
from parindex.domain.scoring.rule_table import parse_rule
from parindex.domain.units import Unit
from parindex.domain.values import Numbers

PEERS = Peers(Fraction(7, 2), Fraction(7413, 5000), 8)
#: Values with several denominators; whole numbers are drawn quicker than fractions.
ANY = st.builds(Fraction, st.integers(-60, 60), st.sampled_from([1, 3, 7, 10]))
FEW = settings(max_examples=40)


def column(*values: int | Fraction | None) -> FigureColumn:
    present = np.array([value is not None for value in values], dtype=bool)
    return FigureColumn(Numbers.of([value or 0 for value in values]), present)


def figures(**columns: FigureColumn) -> Figures:
    rows = len(next(iter(columns.values())).present)
    units = tuple(Unit(str(row), str(row), "g") for row in range(rows))
    return Figures(2025, units, {(name, 2025): one for name, one in columns.items()})


def quantity(data: dict[str, Any]) -> Any:
    (found,) = quantities_of(parse_rule({"kind": "ratio", **data}, max_points=Fraction(1), year=2025))
    return found


# --- parts above their whole ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"to": "b", "over": "refuse"}, {1: True, 2: True}),
        ({"to": "b", "over": "cap"}, {1: False, 2: True}),
        ({"to": "b", "over": "cap", "zero_base": "full"}, {1: False}),
        ({"to": "b", "over": "allow"}, {}),
        ({}, {}),
    ],
)
def test_more_than_the_whole_where_the_rule_does_not_allow_it(data: dict[str, Any], expected: dict[int, bool]) -> None:
    made = figures(a=column(5, 12, 3, 9, None), b=column(10, 10, 0, None, 4))
    found = above_their_whole(3, quantity({"of": "a", **data}), made)
    assert {row: part.is_refused for row, part in found.items()} == expected
    assert all((part.number, part.part > part.whole) == (3, True) for part in found.values())


def test_figures_that_are_all_there_are_looked_at_too() -> None:
    found = above_their_whole(0, quantity({"of": "a", "to": "b"}), figures(a=column(3), b=column(2)))
    assert found == {0: Part(0, Fraction(3), Fraction(2), is_refused=True)}


def test_every_quantity_of_a_rule_is_looked_at_once() -> None:
    data = {
        "kind": "bands",
        "of": [{"quantity": {"of": "a", "to": "b"}}, {"quantity": {"of": "c", "to": "d"}, "weight": -1}],
        "bands": [{"from": "0", "rule": {"kind": "ratio"}}, {"below": "0", "points": 0}],
    }  # fmt: skip
    found = quantities_of(parse_rule(data, max_points=Fraction(1), year=2025))
    assert [len(one.to) for one in found] == [0, 1, 1]
    assert quantities_of(None) == ()


# --- far from peers ---------------------------------------------------------------------------------------------------


@FEW
@given(st.lists(ANY, min_size=1, max_size=12))
def test_the_spread_is_median_and_mad(values: list[Fraction]) -> None:
    middle = median(values)
    expected = Spread(middle, median([abs(one - middle) for one in values]), len(values))
    assert spread_of(Numbers.of(values)) == expected


def test_nothing_has_no_spread() -> None:
    assert spread_of(Numbers.of([])) is None


@FEW
@given(st.lists(ANY, min_size=8, max_size=14))
def test_the_rows_of_a_column_are_those_that_are_far_one_by_one(values: list[Fraction]) -> None:
    spread = spread_of(Numbers.of(values))
    assert spread is not None
    found = far_rows(Numbers.of(values), np.ones(len(values), dtype=bool), spread, PEERS)
    expected = [row for row, one in enumerate(values) if far_from_peers(0, one, spread, PEERS) is not None]
    assert found == expected
    for row in found:
        z = (values[row] - spread.median) * 10000 / (14826 * spread.deviation)
        assert abs(z) > Fraction(7, 2)


def test_small_groups_and_equal_values_say_nothing() -> None:
    for spread in (None, Spread(Fraction(1), Fraction(1), 7), Spread(Fraction(1), Fraction(0), 9)):
        assert far_from_peers(0, Fraction(99), spread, PEERS) is None
        assert far_rows(Numbers.of([99]), np.ones(1, dtype=bool), spread, PEERS) == []


def test_a_distance_is_told_with_what_it_was_found_from() -> None:
    flag = far_from_peers(2, Fraction(20), Spread(Fraction(1), Fraction(2), 9), PEERS)
    assert flag is not None
    assert flag.facts == {"value": "20", "median": "1", "deviation": "2", "units": 9, "limit": "3.5", "z": "6.4077"}
    assert (flag.key, flag.severity) == ("q.2", Severity.INFO)


def test_values_that_a_rule_states_for_a_base_of_zero_are_not_compared() -> None:
    made = figures(a=column(5, 2, None), b=column(10, 0, 4))
    values, present = measured(quantity({"of": "a", "to": "b", "over": "cap", "zero_base": "full"}), made)
    assert present.tolist() == [True, False, False]
    assert values.row(0) == Fraction(1, 2)
    assert measured(quantity({"of": "a", "to": "b"}), figures(a=column(1), b=column(2)))[1].tolist() == [True]


def test_the_thresholds_that_ship() -> None:
    assert thresholds().last_year == Fraction(1, 2)
    assert thresholds().peers == PEERS


# --- far from last year -----------------------------------------------------------------------------------------------

MAYBE = st.one_of(st.none(), ANY)


@FEW
@given(st.lists(st.tuples(MAYBE, MAYBE), min_size=1, max_size=6))
def test_rows_that_moved_are_found_in_columns(pairs: list[tuple[Fraction | None, Fraction | None]]) -> None:
    now, before = (column(*side) for side in zip(*pairs, strict=True))
    expected = [
        row for row, (x, y) in enumerate(pairs)
        if x is not None and y is not None and y != 0 and abs(x - y) > Fraction(1, 2) * abs(y)
    ]  # fmt: skip
    assert moved_rows(now, before, Fraction(1, 2)) == expected


# --- judged alike -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "expected"),
    [({}, set()), ({"1": 4}, set()), ({"1": 1, "2": 1}, {"1", "2"}), ({"1": 5, "2": 1, "3": 1}, {"2", "3"}),
     ({"1": 2, "2": 2, "3": 1}, {"1", "2", "3"})],
)  # fmt: skip
def test_who_was_judged_as_most_were_is_not_asked_about(counts: dict[str, int], expected: set[str]) -> None:
    assert minority(counts) == expected


def test_others_are_named_with_what_they_were_granted() -> None:
    rows = [Judged(1, "Sở A", "1"), Judged(2, "Sở B", "1"), Judged(3, "Sở C", "0.5")]
    found = judged_differently(rows, has_rule=True)
    assert list(found) == [3]
    assert found[3].facts == {
        "granted": "0.5", "alike": 1, "others": 2,
        "named": [{"unit": "Sở A", "points": "1"}, {"unit": "Sở B", "points": "1"}],
    }  # fmt: skip
    assert found[3].severity is Severity.WARN
    assert judged_differently(rows[1:], has_rule=False)[2].severity is Severity.INFO
    assert judged_differently([], has_rule=True) == {}
