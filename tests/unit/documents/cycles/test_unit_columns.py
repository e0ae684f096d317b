"""Rows of a long table as columns over units."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.documents.cycles.exact_columns import exact_column
from parindex.documents.cycles.unit_columns import UnitColumn, unit_columns

NUMBERS = st.sampled_from(
    ["0", "7", "-3", "+2", "1,5", "0.25", "-0.000001", "99999999999.999999", "1/3", "80%", "9" * 30]
)


def columns_of(texts: list[str], cells: list[tuple[int, int]], size: int) -> dict[int, UnitColumn]:
    labels, units = (np.array(part, dtype=np.int32) for part in zip(*cells, strict=True))
    return unit_columns(exact_column(pl.Series(texts)), np.arange(len(texts)), labels, units, size)


def test_each_label_is_a_column_with_the_places_it_needs() -> None:
    found = columns_of(["1,5", "2", "0,25", "9"], [(4, 3), (2, 0), (4, 1), (2, 2)], 4)
    assert list(found) == [2, 4]
    assert found[4].numbers.to_fractions() == [0, Fraction("0.25"), 0, Fraction("1.5")]
    assert found[4].present.tolist() == [False, True, False, True]
    assert found[4].places.tolist() == [0, 2, 0, 1]
    assert (found[2].numbers.den, found[4].numbers.den) == (1, 100)


def test_only_the_columns_that_hold_fractions_leave_powers_of_ten() -> None:
    found = columns_of(["1/3", "2", "0,5"], [(0, 1), (0, 0), (1, 1)], 2)
    assert found[0].numbers.to_fractions() == [2, Fraction(1, 3)]
    assert found[1].numbers.den == 10


def test_only_the_rows_that_are_asked_for_are_taken() -> None:
    values = exact_column(pl.Series(["1", "2", "3"]))
    labels, units = np.zeros(2, dtype=np.int32), np.array([1, 0], dtype=np.int32)
    assert unit_columns(values, np.array([2, 0]), labels, units, 2)[0].numbers.to_fractions() == [1, 3]
    assert unit_columns(values, np.array([], dtype=np.intp), labels[:0], units[:0], 2) == {}


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 4)), NUMBERS, min_size=1))
def test_every_number_comes_to_its_cell_exactly(table: dict[tuple[int, int], str]) -> None:
    found = columns_of(list(table.values()), list(table), 5)
    values = exact_column(pl.Series(list(table.values())))
    for row, (label, unit) in enumerate(table):
        assert found[label].present[unit]
        assert found[label].numbers.row(unit) == values.value(row)
    assert sum(int(column.present.sum()) for column in found.values()) == len(table)
