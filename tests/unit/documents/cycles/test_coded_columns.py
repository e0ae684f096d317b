"""Columns of text as codes."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.documents.cycles.coded_columns import coded, codes, distinct, empty_cells


@settings(max_examples=100, deadline=None)
@given(st.lists(st.none() | st.text(max_size=3), max_size=12))
def test_every_row_keeps_its_text(texts: list[str | None]) -> None:
    column = coded(pl.Series("x", texts, dtype=pl.String))
    known = [*distinct(column).to_list(), None]
    assert [known[code] for code in codes(column).tolist()] == texts
    assert known[:-1] == list(dict.fromkeys(text for text in texts if text is not None))


def test_texts_that_are_equal_once_cleaned_are_one_and_nothing_is_an_empty_cell() -> None:
    column = coded(pl.Series("x", ["a ", None, "b", "a", " "]), lambda texts: texts.str.strip_chars())
    assert distinct(column).to_list() == ["a", "b"]
    assert column.cast(pl.String).to_list() == ["a", None, "b", "a", None]
    assert column.name == "x"


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pl.Series([3, None, 3]), ["3", None, "3"]),
        (pl.Series([True, False]), ["true", "false"]),
        (pl.Series(["u", "v", "u"], dtype=pl.Categorical), ["u", "v", "u"]),
        (pl.Series(["v", "u"], dtype=pl.Enum(["u", "unused", "v"])), ["v", "u"]),
    ],
)
def test_whatever_can_be_written_as_text_can_be_coded(column: pl.Series, texts: list[str | None]) -> None:
    assert coded(column).cast(pl.String).to_list() == texts


def test_more_texts_than_fit_into_a_byte_keep_their_empty_cells() -> None:
    column = coded(pl.Series([str(number) for number in range(255)] + [None]))
    assert codes(column).tolist() == list(range(256))


def test_a_column_without_cells_and_a_column_that_is_not_coded() -> None:
    column = empty_cells("x", 3)
    assert (column.name, codes(column).tolist(), distinct(column).to_list()) == ("x", [0, 0, 0], [])
    with pytest.raises(TypeError):
        distinct(pl.Series(["a"]))
