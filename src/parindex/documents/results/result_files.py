"""Tables of results as CSV, XLSX and Parquet, safe to open in a spreadsheet.

Numbers are decimals (never floats) up to the places of the column; text that a spreadsheet would take for a formula
is marked as
text. A value whose decimals do not end is written with :data:`PLACES` decimals, half-up.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl

from parindex.domain.values import INT64_MAX, Mask, Numbers, Rounding, decimal_places, number_text

PLACES = 12
#: A cell that begins so may be taken for a formula or split a cell (OWASP, CSV injection).
_FORMULA = r"^[=+\-@\t\r\n]"
_DIGITS = 38

Cell = str | int | bool | Fraction | None


@dataclass(frozen=True, slots=True, eq=False)
class ResultTable:
    """One table: its name (a sheet, or the ending of a file name) and what makes its columns.

    They are made when they are asked for, so that of several large tables only the one that is being written exists.
    """

    name: str
    make: Callable[[], pl.DataFrame]

    @property
    def frame(self) -> pl.DataFrame:
        """The columns, made anew."""
        return self.make()


def decimal_text(value: Fraction | None) -> str | None:
    """A decimal with a point: exact where it ends within :data:`PLACES`, else rounded half-up to them; None for
    none."""
    if value is None:
        return None
    places = decimal_places(value)
    return number_text(value if places is not None and places <= PLACES else Rounding(PLACES).apply(value))


def decimal_series(name: str, numbers: Numbers, present: Mask | None = None) -> pl.Series:
    """A decimal column; null where ``present`` is False."""
    column = stacked_series(name, [numbers])
    if present is None or bool(present.all()):
        return column
    return pl.select(pl.when(pl.Series(present)).then(column).otherwise(None).alias(name)).to_series()


def stacked_series(name: str, columns: Sequence[Numbers]) -> pl.Series:
    """Columns one below the other as one decimal column, with the places that the longest of them needs."""
    if not columns:
        return pl.Series(name, [], dtype=pl.Decimal(_DIGITS, 0))
    fixed = [_fixed(column) for column in columns]
    most = max(places for _, places in fixed)
    if all(column.num_bound * 10 ** (most - places) <= INT64_MAX for column, places in fixed):
        digits = np.concatenate([column.num.astype(np.int64) * 10 ** (most - places) for column, places in fixed])
        unit = pl.Series([Decimal(1).scaleb(-most)]).cast(pl.Decimal(_DIGITS, most))
        return (pl.Series(digits).cast(pl.Decimal(_DIGITS, most)) * unit).alias(name)
    texts = [number_text(value) for column, _ in fixed for value in column.to_fractions()]
    return pl.Series(name, texts).cast(pl.Decimal(_DIGITS, most))


def _fixed(numbers: Numbers) -> tuple[Numbers, int]:
    """The column over a power of ten and its exponent; rounded to :data:`PLACES` where decimals do not end before."""
    places = _places_of(numbers.den) if isinstance(numbers.den, int) else None
    places = PLACES if places is None else places
    return numbers.rounded(Rounding(places)), places


def _places_of(den: int) -> int | None:
    """The decimals that write every n/den exactly, if they are at most :data:`PLACES`."""
    places = decimal_places(Fraction(1, den))
    return places if places is not None and places <= PLACES else None


def table(name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> ResultTable:
    """A small table from rows of cells; fractions become decimal columns."""
    listed = [[row[index] for row in rows] for index in range(len(columns))]
    frame = pl.DataFrame([_series(head, cells) for head, cells in zip(columns, listed, strict=True)])
    return ResultTable(name, lambda: frame)


def _series(name: str, cells: Sequence[Cell]) -> pl.Series:
    if any(isinstance(cell, Fraction) for cell in cells):
        texts = [decimal_text(Fraction(cell)) if isinstance(cell, Fraction | int) else None for cell in cells]
        places = max(len((text or "").partition(".")[2]) for text in texts)
        return pl.Series(name, texts, dtype=pl.String).cast(pl.Decimal(_DIGITS, places))
    if all(cell is None or isinstance(cell, bool) for cell in cells) and any(cell is not None for cell in cells):
        return pl.Series(name, cells, dtype=pl.Boolean)
    if all(cell is None or isinstance(cell, int) for cell in cells) and any(cell is not None for cell in cells):
        return pl.Series(name, cells, dtype=pl.Int64)
    return pl.Series(name, [None if cell is None else str(cell) for cell in cells], dtype=pl.String)


def without_formulas(frame: pl.DataFrame) -> pl.DataFrame:
    """Text cells that a spreadsheet would calculate get an apostrophe before them; decimals lose their padding
    zeros."""
    shown = []
    for column in frame.get_columns():
        if column.name.endswith("_exact"):  # fractions of our own making, -50/21 among them
            shown.append(pl.lit(column).alias(column.name))
        elif column.dtype == pl.String:
            marked = pl.when(column.str.contains(_FORMULA)).then(pl.lit("'") + column).otherwise(column)
            shown.append(marked.alias(column.name))
        elif column.dtype.is_decimal():
            shown.append(pl.lit(_shortest(column)).alias(column.name))
        else:
            shown.append(pl.lit(column).alias(column.name))
    return pl.select(shown)


def _shortest(column: pl.Series) -> pl.Series:
    text = column.cast(pl.String)
    return pl.select(
        pl.when(text.str.contains(".", literal=True))
        .then(text.str.strip_chars_end("0").str.strip_chars_end("."))
        .otherwise(text)
        .alias(column.name)
    ).to_series()


def csv_text(one: ResultTable) -> str:
    """The table as CSV: comma, decimal point, UTF-8."""
    return without_formulas(one.frame).write_csv()


def write_csv(path: Path, one: ResultTable) -> None:
    """The table as a CSV file."""
    without_formulas(one.frame).write_csv(path)


def write_parquet(path: Path, one: ResultTable) -> None:
    """The table as a Parquet file; nothing in it can be taken for a formula."""
    one.frame.write_parquet(path, compression="zstd", compression_level=1)


def write_xlsx(path: Path, tables: Sequence[ResultTable]) -> None:
    """One workbook, one sheet a table; text is written as text and never as formula or link."""
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        # A fixed time, so that the same result is the same file.
        book.set_properties({"created": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for one in tables:
            sheet = book.add_worksheet(one.name[:31])
            sheet.freeze_panes(1, 0)
            for index, column in enumerate(one.frame.get_columns()):
                sheet.write_string(0, index, column.name, head)
                sheet.set_column(index, index, _width(column))
                _write_column(sheet, index, column)


def _write_column(sheet: object, index: int, column: pl.Series) -> None:
    write_string, write_number, write_boolean = (
        getattr(sheet, name) for name in ("write_string", "write_number", "write_boolean")
    )
    for row, value in enumerate(column, start=1):
        if value is None:
            continue
        if isinstance(value, bool):
            write_boolean(row, index, value)
        elif isinstance(value, int | float | Decimal):  # floats: estimates of surveys
            write_number(row, index, value)
        else:
            write_string(row, index, str(value)[:32_767])


def _width(column: pl.Series) -> float:
    longest = column.cast(pl.String).str.len_chars().max() if len(column) else 0
    return float(min(60, max(len(column.name), longest if isinstance(longest, int) else 0) + 2))
