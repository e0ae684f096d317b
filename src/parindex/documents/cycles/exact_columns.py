"""Columns of text to exact numbers, many rows at once: ``0,5``, ``0.5``, ``80%``, ``3/4``; never through a float."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parindex.documents.cycles.coded_columns import coded, codes, distinct
from parindex.domain.errors import InvalidValue
from parindex.domain.values import Mask, decimal_places, parse_number

#: Numbers of at most these digits take the fast way; all others are read one by one.
_FAST = r"^[+-]?[0-9]{1,11}(?:[.,][0-9]{1,6})?$"
_MAX_EXPONENT = 30
#: What may be a decimal with three places or a thousand with its dot.
_DOTTED = r"^[+-]?[1-9][0-9]{0,2}\.[0-9]{3}$"
_DECIMAL = r"^[+-]?[0-9]+\.[0-9]+%?$"


@dataclass(frozen=True, slots=True, eq=False)
class ExactColumn:
    """Exact numbers of the rows of a table.

    Row i is ``digits[i] / 10**places[i]`` where ``present[i]``, unless ``slow`` holds it (fractions, per cents,
    very long numbers). ``bad`` are the rows whose text is no number.
    """

    digits: NDArray[np.int64]
    places: NDArray[np.int8]
    present: Mask
    slow: Mapping[int, Fraction]
    bad: Mask

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
        fits = np.ones(len(self.digits), dtype=bool)
        broken = np.flatnonzero(self.places)
        fits[broken] = self.digits[broken] % (10 ** self.places[broken].astype(np.int64)) == 0
        for row, value in self.slow.items():
            fits[row] = value.denominator == 1
        return fits


def exact_column(column: pl.Series) -> ExactColumn:
    """Read a column of text, codes or integers; empty cells are absent."""
    if column.dtype.is_integer() and column.dtype not in (pl.UInt64, pl.Int128):  # these may not fit
        present = column.is_not_null().to_numpy()
        digits = column.fill_null(0).cast(pl.Int64).to_numpy()
        none = np.zeros(len(column), dtype=bool)
        return ExactColumn(digits, np.zeros(len(column), dtype=np.int8), present, {}, none)
    text = coded(column)
    return _of_rows(_of_texts(distinct(text)), codes(text))


def _of_rows(texts: ExactColumn, rows: NDArray[Any]) -> ExactColumn:
    """The numbers of all rows from those of the distinct texts; the last of these stands for empty cells."""
    slow: dict[int, Fraction] = {}
    if texts.slow:
        is_slow = np.zeros(len(texts.digits), dtype=bool)
        is_slow[list(texts.slow)] = True
        found = np.flatnonzero(is_slow[rows])
        slow = {row: texts.slow[code] for row, code in zip(found.tolist(), rows[found].tolist(), strict=True)}
    return ExactColumn(texts.digits[rows], texts.places[rows], texts.present[rows], slow, texts.bad[rows])


def _of_texts(texts: pl.Series) -> ExactColumn:
    """The numbers of distinct texts, and after them the one that stands for an empty cell."""
    frame = pl.DataFrame({"text": pl.concat([texts.cast(pl.String), pl.Series([None], dtype=pl.String)])})
    fast = frame["text"].str.contains(_FAST).fill_null(False)
    parts = frame.select(
        pl.when(fast).then(pl.col("text").str.replace(",", ".", literal=True)).alias("text"),
    )["text"].str.split_exact(".", 1)
    whole, rest = parts.struct.field("field_0"), parts.struct.field("field_1").fill_null("")
    digits = (whole + rest).str.strip_prefix("+").cast(pl.Int64).fill_null(0).to_numpy().copy()
    places = rest.str.len_bytes().cast(pl.Int8).fill_null(0).to_numpy().copy()
    slow, bad = _one_by_one(texts, ~fast.to_numpy()[:-1])
    present = np.append(~bad, False)
    places[list(slow)] = [_written_places(value) for value in slow.values()]
    return ExactColumn(digits, places, present, slow, np.append(bad, False))


def _one_by_one(texts: pl.Series, among: Mask) -> tuple[dict[int, Fraction], Mask]:
    slow: dict[int, Fraction] = {}
    bad = np.zeros(len(texts), dtype=bool)
    for position in np.flatnonzero(among).tolist():
        try:
            slow[position] = _parsed(str(texts[position]))
        except InvalidValue:
            bad[position] = True
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


def dotted_thousands(column: pl.Series, counted: Mask) -> Mask:
    """The rows such as "1.000" or "876.270" that may be a thousand or one: where a whole number must stand
    (``counted``), and everywhere if the column writes decimals with a comma or no other number in it has a dot that can
    only be decimal.
    """
    if column.dtype.is_integer():
        return np.zeros(len(column), dtype=bool)
    text = coded(column)
    texts = distinct(text)
    suspect = texts.str.contains(_DOTTED).fill_null(False)
    if not suspect.any():
        return np.zeros(len(column), dtype=bool)
    commas = texts.str.contains(",", literal=True).fill_null(False).any()
    decimal = (texts.str.contains(_DECIMAL).fill_null(False) & ~suspect).any()
    among = np.append(suspect.to_numpy(), False)[codes(text)]  # the last stands for empty cells
    return np.asarray(among if commas or not decimal else among & counted, dtype=bool)
