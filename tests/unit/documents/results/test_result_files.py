"""Tables of results: exact decimals, and nothing that a spreadsheet would calculate."""

from __future__ import annotations

import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.documents.results.atomic_files import write_all
from parindex.documents.results.result_files import (
    ResultTable,
    csv_text,
    decimal_series,
    decimal_text,
    stacked_series,
    table,
    write_csv,
    write_parquet,
    write_xlsx,
)  # fmt: skip
from parindex.domain.values import Numbers

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_is_marked_as_text(text: str) -> None:
    assert csv_text(table("t", ["a"], [[text]])).splitlines()[1].lstrip('"').startswith("'")


def test_negative_numbers_are_numbers_not_formulas() -> None:
    assert csv_text(table("t", ["a"], [[Fraction("-0.5")], [Fraction(3)]])) == "a\n-0.5\n3\n"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_no_text_whatever_becomes_a_formula_in_a_workbook(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("x") / "t.xlsx"
    clean = "".join(letter for letter in text if letter.isprintable())
    write_xlsx(path, [table("t", ["a"], [[clean], ["=1+1"]])])
    with zipfile.ZipFile(path) as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()


def test_a_workbook_has_a_sheet_for_each_table_and_real_numbers(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_xlsx(
        path, [table("units", ["code", "points"], [["1.10", Fraction("13.4873")]]), table("items", ["a"], [[True]])]
    )
    book = python_calamine.load_workbook(path)
    assert book.sheet_names == ["units", "items"]
    assert book.get_sheet_by_index(0).to_python() == [["code", "points"], ["1.10", 13.4873]]


def test_the_same_result_is_the_same_file(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_xlsx(tmp_path / name, [table("t", ["a"], [[Fraction(1, 3)]])])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_decimals_are_exact_where_they_end_and_rounded_half_up_where_not() -> None:
    assert decimal_text(Fraction("84.68919")) == "84.68919"
    assert decimal_text(Fraction(2, 3)) == "0.666666666667"
    assert decimal_text(Fraction(-5)) == "-5"
    assert decimal_text(None) is None


def test_columns_of_numbers_become_decimals_without_a_float(tmp_path: Path) -> None:
    numbers = Numbers.of([Fraction("0.1"), Fraction("-2.25"), Fraction(0)])
    column = decimal_series("a", numbers, np.array([True, True, False]))
    assert column.dtype == pl.Decimal(38, 2)
    assert [None if value is None else str(value) for value in column] == ["0.10", "-2.25", None]
    path = tmp_path / "t.parquet"
    write_parquet(path, table("t", ["a"], [[Fraction("0.1")]]))
    assert str(pl.read_parquet(path)["a"][0]) == "0.1"


def test_quotients_and_very_long_numbers_are_written_too() -> None:
    thirds = Numbers.of([Fraction(1), Fraction(2)]).over(Numbers.of([Fraction(3), Fraction(3)]), np.array([True, True]))
    assert [str(value) for value in decimal_series("a", thirds)] == ["0.333333333333", "0.666666666667"]
    long = Numbers.of([Fraction(10**20) + Fraction("0.5")])
    assert str(decimal_series("a", long)[0]) == "100000000000000000000.5"


def test_stacked_columns_share_the_places_of_the_longest() -> None:
    column = stacked_series("a", [Numbers.of([Fraction(1)]), Numbers.of([Fraction("0.125")])])
    assert [str(value) for value in column] == ["1.000", "0.125"]
    assert len(stacked_series("a", [])) == 0


def test_csv_and_table_keep_whole_numbers_truth_and_emptiness(tmp_path: Path) -> None:
    made = table("t", ["n", "yes", "none", "mixed"], [[1, True, None, Fraction(1, 2)], [2, False, None, 3]])
    write_csv(tmp_path / "t.csv", made)
    assert (tmp_path / "t.csv").read_text("utf-8") == "n,yes,none,mixed\n1,true,,0.5\n2,false,,3\n"


def test_tables_are_made_when_they_are_written_and_one_that_cannot_be_made_leaves_no_file(tmp_path: Path) -> None:
    made: list[str] = []

    def first() -> pl.DataFrame:
        made.append("first")
        return pl.DataFrame({"a": [1]})

    def second() -> pl.DataFrame:
        made.append("second")
        raise MemoryError

    tables = [ResultTable("first", first), ResultTable("second", second)]
    assert made == []
    with pytest.raises(MemoryError):
        write_all({tmp_path / one.name: lambda path, one=one: write_parquet(path, one) for one in tables})  # type: ignore[misc]
    assert made == ["first", "second"]
    assert list(tmp_path.iterdir()) == []
