"""Columns of text to exact numbers, many rows at once: ``0,5``, ``0.5``, ``80%``, ``3/4``; never through a float."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parindex.domain.errors import InvalidValue
from parindex.domain.values import Mask, Numbers, decimal_places, parse_number

#: Numbers of at most these digits take the fast way; all others are read one by one.
_FAST = r"^[+-]?[0-9]{1,11}(?:[.,][0-9]{1,6})?$"
_MAX_EXPONENT = 30


@dataclass(frozen=True, slots=True, eq=False)
class ExactColumn:
    """Exact numbers of the rows of a table.

    Row i is ``digits[i] / 10**places[i]`` where ``present[i]``, unless ``slow`` holds it (fractions, per cents,
    very long
    numbers). ``bad`` lists the rows whose text is no number.
    """

    digits: NDArray[np.int64]
    places: NDArray[np.int8]
    present: Mask
    slow: Mapping[int, Fraction]
    bad: tuple[int, ...]

    def value(self, row: int) -> Fraction:
        """Row ``row``, exact."""
        return self.slow.get(row) or Fraction(int(self.digits[row]), 10 ** int(self.places[row]))

    def negative(self) -> Mask:
        """The rows below zero."""
        below = self.digits < 0
        for row, value in self.slow.items():
            below[row] = value < 0
        return np.asarray(below & self.present)

    def whole(self) -> Mask:
        """The rows that are whole numbers (absent rows count as whole)."""
        fits = self.digits % (10 ** self.places.astype(np.int64)) == 0
        for row, value in self.slow.items():
            fits[row] = value.denominator == 1
        return np.asarray(fits)

    def spread(self, rows: NDArray[np.intp], targets: NDArray[np.intp], size: int) -> Numbers:
        """A column of ``size`` numbers with row ``targets[k]`` from table row ``rows[k]``, zero elsewhere."""
        if self.slow and any(int(row) in self.slow for row in rows):
            values = [Fraction(0)] * size
            for row, target in zip(rows, targets, strict=True):
                values[int(target)] = self.value(int(row))
            return Numbers.of(values)
        places = self.places[rows]
        most = int(places.max(initial=0))
        column = np.zeros(size, dtype=np.int64)
        column[targets] = self.digits[rows] * 10 ** (most - places).astype(np.int64)
        return Numbers.fixed(column, most)


def exact_column(column: pl.Series) -> ExactColumn:
    """Read a column of text or integers; empty cells are absent."""
    present = column.is_not_null().to_numpy()
    if column.dtype.is_integer():
        if column.dtype in (pl.UInt64, pl.Int128):  # may not fit; text takes the careful way
            return exact_column(column.cast(pl.String))
        digits = column.fill_null(0).cast(pl.Int64).to_numpy().copy()
        return ExactColumn(digits, np.zeros(len(column), dtype=np.int8), present, {}, ())
    frame = pl.DataFrame({"text": column})
    fast = frame["text"].str.contains(_FAST).fill_null(False)
    parts = frame.select(
        pl.when(fast).then(pl.col("text").str.replace(",", ".", literal=True)).alias("text"),
    )["text"].str.split_exact(".", 1)
    whole, rest = parts.struct.field("field_0"), parts.struct.field("field_1").fill_null("")
    digits = (whole + rest).str.strip_prefix("+").cast(pl.Int64).fill_null(0).to_numpy().copy()
    places = rest.str.len_bytes().cast(pl.Int8).fill_null(0).to_numpy().copy()
    slow, bad = _one_by_one(column, present & ~fast.to_numpy())
    present = present.copy()
    present[list(bad)] = False
    places[list(slow)] = [_written_places(value) for value in slow.values()]
    return ExactColumn(digits, places, present, slow, tuple(bad))


def _one_by_one(column: pl.Series, rows: Mask) -> tuple[dict[int, Fraction], list[int]]:
    slow: dict[int, Fraction] = {}
    bad: list[int] = []
    for row in np.flatnonzero(rows):
        try:
            slow[int(row)] = _parsed(str(column[int(row)]))
        except InvalidValue:
            bad.append(int(row))
    return slow, bad


def _parsed(text: str) -> Fraction:
    """One number; also the exponents that a float column of a Parquet file is written with (1e-07)."""
    if "e" in text.lower() and text.isascii():
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise InvalidValue("not_a_number", text=text) from None
        if number.is_finite() and abs(number.adjusted()) <= _MAX_EXPONENT:
            return Fraction(number)
        raise InvalidValue("not_a_number", text=text)
    return parse_number(text)


def _written_places(value: Fraction) -> int:
    places = decimal_places(value)
    return 12 if places is None else min(places, 12)
