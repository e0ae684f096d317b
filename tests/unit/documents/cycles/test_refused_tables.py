"""Input tables that are refused: wrong formats, damaged files, cells that say no number, too much of anything."""

from __future__ import annotations

import zipfile
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.documents.cycles.input_tables import SET, kinds

from parindex.documents.cycles import data_tables, row_problems
from parindex.documents.cycles.data_tables import ENTRIES, FIGURES, POINTS, CycleFiles, read_cycle
from parindex.domain.errors import InvalidInput, Problem
from parindex.wording.problems import SENTENCES


@pytest.mark.parametrize("end", [".docx", ".zip", ""])
def test_other_formats_are_refused_by_name(end: str, tmp_path: Path) -> None:
    path = tmp_path / f"figures{end}"
    path.write_bytes(b"unit,measure,value\n")
    with pytest.raises(InvalidInput) as refused:
        read_cycle(SET, CycleFiles(figures=path))
    assert refused.value.problems[0].kind == "table_format_unknown"


def test_a_cell_at_the_end_of_the_sheet_is_refused_before_the_sheet_is_laid_out(tmp_path: Path) -> None:
    """The range up to it would need more memory than there is, and the process would end without a word."""
    with xlsxwriter.Workbook(tmp_path / "figures.xlsx") as book:
        sheet = book.add_worksheet()
        for row, values in enumerate((["unit", "measure", "value"], ["a", "satisfaction", "0,1"])):
            sheet.write_row(row, 0, values)
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(InvalidInput) as refused:
        read_cycle(SET, CycleFiles(figures=tmp_path / "figures.xlsx"))
    (problem,) = refused.value.problems
    assert (problem.kind, problem.place.cell) == ("cell_far_away", "XFD1048576")


@pytest.mark.parametrize("end", [".xlsx", ".parquet"])
def test_a_damaged_file_is_refused(end: str, tmp_path: Path) -> None:
    path = tmp_path / f"figures{end}"
    path.write_bytes(b"PK\x03\x04 nothing of the kind")
    with pytest.raises(InvalidInput) as refused:
        read_cycle(SET, CycleFiles(figures=path))
    assert refused.value.problems[0].kind == "file_damaged"


def test_a_sheet_without_any_cell_is_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "figures.xlsx") as book:
        book.add_worksheet("figures")
    with pytest.raises(InvalidInput) as refused:
        read_cycle(SET, CycleFiles(figures=tmp_path / "figures.xlsx"))
    assert [one.kind for one in refused.value.problems] == ["file_empty"]


def test_a_null_byte_is_no_text(tmp_path: Path) -> None:
    assert kinds(tmp_path, figures=b"unit,measure,value\na,received,\x001\n") == ["encoding_unknown"]


@pytest.mark.parametrize("cell", [[1, 2], {"a": 1}, b"x"])
def test_a_column_that_is_neither_text_nor_number_is_refused(cell: object, tmp_path: Path) -> None:
    frame = pl.DataFrame({"unit": ["a"], "measure": ["received"], "value": [cell]})
    frame.write_parquet(tmp_path / "figures.parquet")
    with pytest.raises(InvalidInput) as refused:
        read_cycle(SET, CycleFiles(figures=tmp_path / "figures.parquet"))
    assert [problem.kind for problem in refused.value.problems] == ["column_type"]


@pytest.mark.parametrize("cell", [float("nan"), float("inf"), True])
def test_what_is_no_finite_number_is_no_number(cell: object, tmp_path: Path) -> None:
    pl.DataFrame({"unit": ["a"], "measure": ["received"], "value": [cell]}).write_parquet(tmp_path / "figures.parquet")
    with pytest.raises(InvalidInput) as refused:
        read_cycle(SET, CycleFiles(figures=tmp_path / "figures.parquet"))
    assert [problem.kind for problem in refused.value.problems] == ["not_a_number"]


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (300 * 2**20))
    assert path.stat().st_size < 2**20
    with pytest.raises(InvalidInput) as refused:
        read_cycle(SET, CycleFiles(figures=path))
    assert refused.value.problems[0].kind == "file_unpacks_too_large"


CELLS = [
    "a",
    "b",
    "received",
    "plan",
    "initiatives",
    "1.1",
    "2.3",
    "0,5",
    "-1",
    "80%",
    "1e9",
    "",
    "=1+1",
    "có",
    '"',
    ";",
    "٣",
    "answered",
]


@settings(max_examples=100)
@given(
    st.sampled_from(["figures", "entries", "points", "units"]),
    st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=7), max_size=4),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([",", ";", "\t"]),
)
def test_any_table_is_read_or_refused_with_worded_problems(
    tmp_path_factory: pytest.TempPathFactory, name: str, rows: list[list[str]], encoding: str, separator: str
) -> None:
    heads = {"figures": FIGURES, "entries": ENTRIES, "points": POINTS, "units": data_tables.UNITS}[name].columns
    text = "\n".join(separator.join(row) for row in [list(heads), *rows])
    path = tmp_path_factory.mktemp("any") / f"{name}.csv"
    path.write_bytes(text.encode(encoding))
    found: list[Problem] = []
    try:
        read_cycle(SET, CycleFiles(**{name: path}))
    except InvalidInput as refused:
        found = refused.problems
    assert [problem for problem in found if problem.kind not in SENTENCES] == []


@pytest.mark.parametrize("table", ["figures", "entries"])
def test_a_table_that_names_too_much_is_refused_before_it_takes_the_memory(
    table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_problems, "MAX_CELLS", 3)
    tables = {
        "figures": "unit,measure,value\na,received,1\nb,on_time,1\n",
        "entries": "unit,item,self_points\na,2.3,1\nb,2.3,1\n",
    }
    assert kinds(tmp_path, **{table: tables[table]}) == ["too_many_cells"]


def test_a_code_stored_as_a_number_is_refused_with_its_cell(tmp_path: Path) -> None:
    """1.10 stored as a number has become 1.1 and would score another item."""
    with xlsxwriter.Workbook(tmp_path / "entries.xlsx") as book:
        sheet = book.add_worksheet("entries")
        for row, cells in enumerate([("unit", "item", "self_points"), ("a", "1.1", 1), ("a", 1.1, 1), ("a", 2, 1)]):
            sheet.write_row(row, 0, cells)
    pl.DataFrame({"unit": ["a"], "item": [1.1], "self_points": [1]}).write_parquet(tmp_path / "entries.parquet")
    found = []
    for end in ("xlsx", "parquet"):
        with pytest.raises(InvalidInput) as refused:
            read_cycle(SET, CycleFiles(entries=tmp_path / f"entries.{end}"))
        found.extend((problem.kind, problem.place.cell) for problem in refused.value.problems)
    assert found == [("code_stored_as_number", "B3"), ("code_stored_as_number", None)]


def test_a_dot_that_may_be_a_thousand_is_refused_beside_decimal_commas(tmp_path: Path) -> None:
    text = 'unit,measure,value\na,satisfaction,"82,96"\nb,satisfaction,1.250\n'
    assert kinds(tmp_path, figures=text) == ["thousands_suspected"]


def test_a_dot_that_may_be_a_thousand_is_refused_where_nothing_tells(tmp_path: Path) -> None:
    head = "unit,measure,value\n"
    assert kinds(tmp_path, figures=head + "a,satisfaction,1.250\n") == ["thousands_suspected"]
    assert kinds(tmp_path, figures=head + "a,received,1.000\nb,satisfaction,0.5\n") == ["thousands_suspected"]
    assert kinds(tmp_path, figures=head + "a,received,1.250\nb,satisfaction,0.5\n") == ["not_whole"]


def test_a_number_that_a_file_stores_as_one_has_no_second_meaning(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "figures.xlsx") as book:
        sheet = book.add_worksheet("figures")
        for row, cells in enumerate([("unit", "measure", "value"), ("a", "satisfaction", 1.125)]):
            sheet.write_row(row, 0, cells)
    values = pl.DataFrame({"unit": ["a"], "measure": ["satisfaction"], "value": [1.125]})
    values.write_parquet(tmp_path / "figures.parquet")
    for end in ("xlsx", "parquet"):
        figures = read_cycle(SET, CycleFiles(figures=tmp_path / f"figures.{end}")).figures
        assert Fraction("1.125") in figures.numbers["satisfaction", SET.year or 0].numbers.to_fractions()
    with xlsxwriter.Workbook(tmp_path / "figures.xlsx") as book:
        sheet = book.add_worksheet("figures")
        for row, cells in enumerate([("unit", "measure", "value"), ("a", "satisfaction", "1.125")]):
            sheet.write_row(row, 0, cells)
    with pytest.raises(InvalidInput) as refused:
        read_cycle(SET, CycleFiles(figures=tmp_path / "figures.xlsx"))
    assert [problem.kind for problem in refused.value.problems] == ["thousands_suspected"]
