"""Rows become columns of codes a few at a time."""

from __future__ import annotations

import pytest

from parindex.documents.cycles.coded_columns import distinct
from parindex.documents.cycles.columns_of_rows import ColumnsOfRows, StoredNumber


@pytest.mark.parametrize("count", [0, 1, 511, 512, 513, 2_000])
def test_many_rows_are_the_columns_that_they_were(count: int) -> None:
    rows = [[f"{at % 7}", "x", ("", f" a{at} ", "\u00a0")[at % 3]] for at in range(count)]
    columns = ColumnsOfRows({"b": 2, "a": 0}, of_sheet=False)
    for row in rows:
        columns.add(row)
    found = columns.series()
    assert [*found] == ["b", "a"]
    assert found["a"].to_list() == [row[0] for row in rows]
    assert found["b"].to_list() == [row[2].strip() or None for row in rows]
    assert distinct(found["a"]).to_list() == [f"{at}" for at in range(min(count, 7))]


def test_decomposed_letters_are_one_with_composed_ones() -> None:
    columns = ColumnsOfRows({"a": 0}, of_sheet=False)
    for cell in ("xã", "xa\u0303", " xã"):
        columns.add([cell])
    series = columns.series()["a"]
    assert (series.to_list(), distinct(series).to_list()) == (["xã"] * 3, ["xã"])


def test_a_column_is_stored_as_numbers_where_every_decimal_is_one() -> None:
    """The same text once as a number and once as a text is not."""
    columns = ColumnsOfRows({"all": 0, "some": 1, "whole": 2}, of_sheet=True)
    columns.add([StoredNumber("1.5"), StoredNumber("1.5"), "1"])
    columns.add([StoredNumber("2.5"), "1.5", "2"])
    assert columns.stored() == {"all"}
    text = ColumnsOfRows({"all": 0}, of_sheet=False)
    text.add(["1.5"])
    assert text.stored() == frozenset()
