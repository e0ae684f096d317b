"""Columns of text as codes: every distinct text is kept, and looked at, once, however many rows have it.

A coded column is a Polars series of an ``Enum`` type whose categories are its distinct texts in order of appearance.
Tables of figures repeat themselves (some hundred measures, some thousand numbers, millions of rows), so that trimming,
parsing and looking up names is the work of moments, and a row takes one to four bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from numpy.typing import NDArray


def coded(column: pl.Series, cleaned: Callable[[pl.Series], pl.Series] | None = None) -> pl.Series:
    """``column`` (text, or what can be written as text) as codes; ``cleaned`` makes clean texts of the distinct ones.

    A text that is empty after cleaning is an empty cell, and texts that become equal are one.
    """
    if not isinstance(column.dtype, pl.Enum):
        text = column if column.dtype == pl.String else column.cast(pl.String)
        column = text.cast(pl.Enum(text.unique(maintain_order=True).drop_nulls()))
    if cleaned is None:
        return column
    before = distinct(column)
    after = cleaned(before)
    if bool((before == after).all()) and not bool((after == "").any()):
        return column
    texts = pl.concat([after.replace("", None), pl.Series([None], dtype=pl.String)])
    return coded(texts.gather(codes(column)).alias(column.name))


def empty_cells(name: str, rows: int) -> pl.Series:
    """A coded column in which nothing stands."""
    return pl.repeat(None, rows, dtype=pl.Enum([]), eager=True).alias(name)


def distinct(column: pl.Series) -> pl.Series:
    """The distinct texts of a coded column, in order of appearance."""
    if not isinstance(column.dtype, pl.Enum):
        raise TypeError(column.dtype)
    return column.dtype.categories


def codes(column: pl.Series) -> NDArray[Any]:
    """The position of every row among the distinct texts; their number where the cell is empty."""
    physical = column.to_physical()
    if physical.null_count():
        physical = physical.cast(pl.UInt32).fill_null(len(distinct(column)))
    return physical.to_numpy()
