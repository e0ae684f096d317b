"""Workbooks in which something is hidden, far away or not yet computed, in each format."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P

from parindex.documents.read_paper import read_paper
from parindex.domain.errors import InvalidInput

HEAD = ("STT", "Tiêu chí", "Điểm năm trước", "Điểm tối đa")
ROWS = (
    ("1", "CÔNG KHAI", "9", "5"),
    ("1.1", "Ban hành kế hoạch", "4", "2"),
    ("1.2", "Việc cũ", "4", "8"),
    ("1.3", "Thực hiện kế hoạch", "5", "3"),
)
HIDDEN_ROW, HIDDEN_COLUMN = 3, 2


def _xlsx(path: Path, *, hide: bool = False, far: tuple[int, int] | None = None) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Bảng")
        for r, row in enumerate((HEAD, *ROWS)):
            sheet.write_row(r, 0, row)
        if hide:
            sheet.set_row(HIDDEN_ROW, None, None, {"hidden": True})
            sheet.set_column(HIDDEN_COLUMN, HIDDEN_COLUMN, None, None, {"hidden": True})
            sheet.set_column(10, 20, None, None, {"hidden": True})  # nothing stands there: nothing to say
        if far is not None:
            sheet.write(*far, "x")


def _xls(path: Path, *, hide: bool = False, far: tuple[int, int] | None = None) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Bảng")
    for r, row in enumerate((HEAD, *ROWS)):
        for c, text in enumerate(row):
            sheet.write(r, c, text)
    if hide:
        sheet.row(HIDDEN_ROW).hidden = True
        sheet.col(HIDDEN_COLUMN).hidden = True
    if far is not None:
        sheet.write(*far, "x")
    book.save(str(path))


def _ods(path: Path, *, hide: bool = False, far: tuple[int, int] | None = None) -> None:
    book = OpenDocumentSpreadsheet()
    sheet = Table(name="Bảng")
    for c in range(len(HEAD)):
        sheet.addElement(TableColumn(**({"visibility": "collapse"} if hide and c == HIDDEN_COLUMN else {})))
    for r, row in enumerate((HEAD, *ROWS)):
        line = TableRow(**({"visibility": "filter"} if hide and r == HIDDEN_ROW else {}))
        for text in row:
            line.addElement(_ods_cell(text))
        sheet.addElement(line)
    if far is not None:
        sheet.addElement(TableRow(numberrowsrepeated=far[0] - len(ROWS) - 1))
        line = TableRow()
        line.addElement(TableCell(numbercolumnsrepeated=far[1]))
        line.addElement(_ods_cell("x"))
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(str(path))


def _ods_cell(text: str, **options: Any) -> TableCell:
    made = TableCell(valuetype="string", **options)
    made.addElement(P(text=text))
    return made


WRITERS = {"xlsx": _xlsx, "xls": _xls, "ods": _ods}
FORMATS = pytest.mark.parametrize("extension", sorted(WRITERS))


def _points(path: Path) -> list[tuple[str, object]]:
    (table,) = read_paper(path).tables
    return [(row.code, row.max_points) for row in table.rows]


def _said(path: Path) -> list[tuple[str, str | None, dict[str, Any]]]:
    return [(one.kind, one.place.sheet, one.facts) for one in read_paper(path).doubts]


def _refused(path: Path) -> list[tuple[str, str | None, dict[str, Any]]]:
    with pytest.raises(InvalidInput) as refusal:
        read_paper(path)
    return [(one.kind, one.place.cell, one.facts) for one in refusal.value.problems]


@FORMATS
def test_hidden_rows_and_columns_are_left_out_and_named(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"a.{extension}"
    WRITERS[extension](path, hide=True)
    assert _points(path) == [("1", 5), ("1.1", 2), ("1.3", 3)]
    assert _said(path) == [
        ("hidden_rows_left_out", "Bảng", {"rows": ["4"]}),
        ("hidden_columns_left_out", "Bảng", {"columns": ["C"]}),
    ]


FAR = {"xlsx": (1_048_575, 16_383), "ods": (1_048_575, 16_383), "xls": (65_535, 255)}


@FORMATS
def test_a_cell_far_away_is_named_before_any_memory_is_taken(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"a.{extension}"
    WRITERS[extension](path, far=FAR[extension])
    cell = "IV65536" if extension == "xls" else "XFD1048576"
    assert _refused(path) == [("cell_far_away", cell, {"first": "A1", "found": cell, "limit": 500_000})]


def test_the_end_of_a_sheet_may_be_empty(tmp_path: Path) -> None:
    """OpenDocument fills the sheet up with repeated empty rows; a format alone is no content."""
    path = tmp_path / "a.ods"
    _ods(path)
    _replace(path, "content.xml", "</table:table>", _EMPTY_ODS_ROWS + "</table:table>")
    assert _points(path)[-1] == ("1.3", 3)


_EMPTY_ODS_ROWS = (
    '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)


def _replace(path: Path, name: str, old: str, new: str) -> None:
    """The archive with ``old`` replaced in one member, where it stands exactly once."""
    plain = BytesIO(path.read_bytes())
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == name:
                assert data.decode().count(old) == 1
                data = data.decode().replace(old, new).encode()
            target.writestr(member, data)


@pytest.mark.parametrize("repeated", ["column", "row"])
def test_a_repeated_value_is_counted(tmp_path: Path, repeated: str) -> None:
    path = tmp_path / "a.ods"
    _ods(path)
    times = {"row": "", "cell": ""} | {repeated: f' table:number-{repeated}s-repeated="99999999999"'}
    times["cell"] = times.pop("column", times["cell"])
    cell = f'<table:table-cell{times["cell"]} office:value-type="string"><text:p>x</text:p></table:table-cell>'
    row = f"<table:table-row{times['row']}>{cell}</table:table-row>"
    _replace(path, "content.xml", "</table:table>", row + "</table:table>")
    assert [one[0] for one in _refused(path)] == ["too_many_cells"]


def test_positions_that_are_not_written_are_counted(tmp_path: Path) -> None:
    """A cell without its address follows the one before it, in a row that may be far away."""
    path = tmp_path / "a.xlsx"
    _xlsx(path)
    _replace(path, "xl/worksheets/sheet1.xml", "</sheetData>", '<row r="1000000"><c><v>1</v></c></row></sheetData>')
    assert [one[:2] for one in _refused(path)] == [("cell_far_away", "A1000000")]


def test_a_merged_cell_is_read_where_it_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Bảng")
        for r, row in enumerate((HEAD, *ROWS)):
            sheet.write_row(r, 0, row)
        sheet.merge_range(4, 2, 4, 3, "3")
        sheet.set_column(2, 2, None, None, {"hidden": True})
    assert _points(path)[-1] == ("1.3", 3)
    assert _said(path) == [("hidden_columns_left_out", "Bảng", {"columns": ["C"]})]


def test_a_table_that_is_hidden_is_named_with_the_refusal(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Bảng")
        for r, row in enumerate((HEAD, *ROWS)):
            sheet.write_row(r, 0, row)
            sheet.set_row(r, None, None, {"hidden": True})
    assert [(kind, facts.get("rows")) for kind, _, facts in _refused(path)] == [
        ("no_table", None),
        ("hidden_rows_left_out", ["1–5"]),
    ]


@pytest.mark.parametrize("formula", ["<f>D3+D5</f>", "<f>D3+D5</f><v></v>", "<f>D3+D5</f><v>0</v>"])
def test_a_formula_without_a_result_is_named(tmp_path: Path, formula: str) -> None:
    """A program that does not calculate writes no result, or a zero and the wish that Excel may calculate."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Bảng")
        for r, row in enumerate((HEAD, *ROWS)):
            sheet.write_row(r, 0, row)
        sheet.write_formula(1, 3, "=D3+D5", None, 5)
    assert _said(path) == []
    _replace(path, "xl/worksheets/sheet1.xml", "<f>D3+D5</f><v>5</v>", formula)
    assert _said(path) == [("formula_without_result", "Bảng", {"count": 1, "cells": ["D2"]})]


def test_an_old_workbook_that_claims_too_much(tmp_path: Path) -> None:
    """What the size record says is reserved as memory."""
    path = tmp_path / "a.xls"
    _xls(path)
    data = path.read_bytes()
    at = data.index(b"\x00\x02\x0e\x00\x00\x00\x00\x00")  # the size record of the sheet
    path.write_bytes(data[: at + 8] + b"\xff\xff\xff\x7f" + data[at + 12 :])
    assert [one[0] for one in _refused(path)] == ["file_damaged"]


def _named(rows: Sequence[tuple[str, ...]]) -> list[str]:
    return [row[0] for row in rows]


@FORMATS
def test_a_sheet_without_anything_hidden_is_read_whole(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"a.{extension}"
    WRITERS[extension](path)
    assert [code for code, _ in _points(path)] == _named(ROWS)
    assert _said(path) == []
