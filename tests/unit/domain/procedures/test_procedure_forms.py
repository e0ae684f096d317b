"""Counting forms: counts add up over levels, and a unit without forms is missing, not zero."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.criteria.form_declarations import FormColumn, Per
from parindex.domain.procedures.forms import Counted, count_scores, upward, with_children
from parindex.domain.units import Unit

COLUMN = FormColumn("i1", {Fraction(2): "two", Fraction(1): "one", Fraction(0): "none"})
OTHER = FormColumn("i8", {Fraction(1): "yes", Fraction(0): "no"}, Per.PERIOD)


def test_every_score_is_counted_by_its_measure() -> None:
    subjects = np.array([0, 0, 2, 0, 2])
    scores = {
        "i1": np.array([0, 0, 2, 1, -1], dtype=np.int8),
        "i8": np.array([-1, -1, -1, -1, 1], dtype=np.int8),
    }
    found = count_scores((COLUMN, OTHER), subjects, scores, 3)
    assert {name: one.counts.tolist() for name, one in found.items()} == {
        "two": [2, 0, 0], "one": [1, 0, 0], "none": [0, 0, 1], "yes": [0, 0, 0], "no": [0, 0, 1],
    }  # fmt: skip
    assert found["two"].present.tolist() == [True, False, True]
    assert found["yes"].present.tolist() == [False, False, True]


def test_no_forms_at_all() -> None:
    nothing = np.zeros(0, dtype=np.int8)
    found = count_scores((COLUMN,), np.zeros(0, dtype=np.intp), {"i1": nothing}, 2)
    assert found["one"].counts.tolist() == [0, 0]
    assert not found["one"].present.any()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-1, 2)), max_size=60))
def test_counts_are_those_of_a_plain_loop(forms: list[tuple[int, int]]) -> None:
    subjects = np.array([row for row, _ in forms], dtype=np.intp)
    scores = np.array([score for _, score in forms], dtype=np.int8)
    found = count_scores((COLUMN,), subjects, {"i1": scores}, 5)
    for position, measure in enumerate(COLUMN.scores.values()):
        assert found[measure].counts.tolist() == [forms.count((row, position)) for row in range(5)]
        assert found[measure].present.tolist() == [any(r == row and s >= 0 for r, s in forms) for row in range(5)]


def test_a_parent_has_its_own_forms_and_those_of_all_below() -> None:
    """3/4 of a commune with 2 dossiers and 1/2 of one with 40 are not 5/8: scores and dossiers are summed."""
    units = (
        Unit("xã 1", "", parent="huyện"), Unit("tỉnh", ""), Unit("huyện", "", parent="tỉnh"),
        Unit("xã 2", "", parent="huyện"), Unit("sở", "", parent="ngoài"),
    )  # fmt: skip
    counted = Counted(np.array([2, 0, 5, 40, 7]), np.array([True, False, False, True, True]))
    found = with_children(counted, units)
    assert found.counts.tolist() == [2, 47, 47, 40, 7]
    assert found.present.tolist() == [True, True, True, True, True]
    assert counted.counts.tolist() == [2, 0, 5, 40, 7]


def test_the_way_up_begins_at_the_lowest_level() -> None:
    units = (Unit("huyện", "", parent="tỉnh"), Unit("xã", "", parent="huyện"), Unit("tỉnh", ""), Unit("sở", ""))
    assert list(upward(units)) == [(1, 0), (0, 2)]


def test_nobody_below_has_forms() -> None:
    units = (Unit("huyện", ""), Unit("xã", "", parent="huyện"))
    found = with_children(Counted(np.array([0, 0]), np.array([False, False])), units)
    assert found.present.tolist() == [False, False]
