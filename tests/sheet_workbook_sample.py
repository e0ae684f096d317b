"""A small score sheet as a workbook, and what officers and office programs do to such a file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from parindex.documents.sheet_workbooks.filled_workbook import FilledWorkbook
from parindex.documents.sheet_workbooks.reader import read_workbook
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, WorkbookItem, WorkbookMeasure
from parindex.documents.sheet_workbooks.writer import workbook_bytes
from parindex.domain.criteria.criteria_set import MeasureKind, Source
from parindex.domain.errors import InvalidInput
from parindex.domain.scoring.score_sheet import EntryState
from parindex.wording.workbook_words import workbook_words

SEAL = b"the installation's secret"
ITEMS, FIGURES = "Phiếu chấm điểm", "Số liệu"
FILE = Path("phieu.xlsx")

MEASURES = (
    WorkbookMeasure(
        *("received", "Hồ sơ tiếp nhận", MeasureKind.NUMBER, "hồ sơ"),
        integer=True,
        last_year=Fraction(50_000),
        value=Fraction(53_576),
        used_by=("1.1", "1.2"),
    ),
    WorkbookMeasure(
        *("rate", "Tỷ lệ kiểm tra", MeasureKind.NUMBER, "%"),
        minimum=Fraction(0),
        maximum=Fraction(100),
        last_year=Fraction(1, 3),
        used_by=("1.2",),
    ),
    WorkbookMeasure(
        *("issued", "Ban hành kế hoạch", MeasureKind.CHOICE),
        choices={"in_time": "Có, đúng hạn", "late": "Có, chậm", "never": "Không"},
        last_year="late",
        value="in_time",
        used_by=("1.1",),
    ),
    WorkbookMeasure(
        *("ideas", "Sáng kiến", MeasureKind.LIST),
        value=("=HYPERLINK(A1)", "Sáng kiến 2"),
        used_by=("2.1",),
    ),
    WorkbookMeasure(
        *("staff", "Biên chế", MeasureKind.NUMBER, "người"),
        integer=True,
        value=Fraction(12),
        editable=False,
        reason_locked="Do đơn vị khác nhập.",
    ),
)
NODES = (
    WorkbookItem("1", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", 1, False, Fraction(2), self_points=Fraction("1.4567")),
    WorkbookItem(
        *("1.1", "Thực hiện kế hoạch", 2, True, Fraction(3, 2), Source.REPORT),
        rule_words="điểm theo tỷ lệ: “Hồ sơ đúng hạn” ÷ “Hồ sơ tiếp nhận”",
        clause="Mục 1.1 Bảng 1",
        measures=("issued", "received"),
        self_points=Fraction(5, 3),
        explanation="- Kế hoạch số 12/KH-SMH\n- Báo cáo số 5/BC-SMH, trang 8",
        state=EntryState.ANSWERED,
    ),
    WorkbookItem(
        *("1.2", "Chế độ báo cáo", 2, True, Fraction(1, 2), Source.REPORT),
        measures=("received", "rate"),
        points_by_hand=True,
        self_points=Fraction("0.4567"),
    ),
    WorkbookItem("2", "CẢI CÁCH THỂ CHẾ", 1, False, Fraction(3)),
    WorkbookItem("2.1", "Sáng kiến", 2, True, Fraction(1), Source.REPORT, points_by_hand=True, measures=("ideas",)),
    WorkbookItem(
        *("2.10", "Điều tra", 2, True, Fraction(2), Source.OPINION_SURVEY),
        state=EntryState.PENDING,
        editable=False,
        reason_locked="Điểm lấy từ điều tra.",
    ),
)
SHEET = SheetWorkbook(
    cycle_title="Năm 2024",
    unit_title="Sở Mẫu & Thử",
    set_title="Bộ tiêu chí cấp sở",
    set_fingerprint="ab" * 32,
    sheet_id="sheet-17",
    version="v7",
    made_at=datetime(2025, 1, 2, 13, 39),
    items=NODES,
    measures=MEASURES,
)


def written(sheet: SheetWorkbook = SHEET) -> bytes:
    """The workbook that the unit downloads."""
    return workbook_bytes(sheet, workbook_words(), seal_key=SEAL)


def read(data: bytes, expected: SheetWorkbook = SHEET) -> FilledWorkbook:
    """What is read when the file is handed in."""
    return read_workbook(FILE, data, expected, seal_key=SEAL)


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The file after somebody opened it, changed it and saved it."""
    book = openpyxl.load_workbook(BytesIO(data))
    change(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def filled(cells: dict[tuple[str, str], Any], sheet: SheetWorkbook = SHEET) -> bytes:
    """The file with values in cells, by sheet and address; text stays text, whatever it begins with."""

    def fill(book: Any) -> None:
        for (name, address), value in cells.items():
            book[name][address] = value
            if isinstance(value, str):
                book[name][address].data_type = "s"

    return changed(written(sheet), fill)


def told(data: bytes, expected: SheetWorkbook = SHEET) -> list[tuple[str, str | None, str | None]]:
    """Kind, sheet and cell of every problem with the file; none where it can be read."""
    try:
        read(data, expected)
    except InvalidInput as error:
        return [(one.kind, one.place.sheet, one.place.cell) for one in error.problems]
    return []


def as_ods(data: bytes) -> bytes:
    """The file as an office suite saves it in the open format: the same cells, other XML."""
    out = OpenDocumentSpreadsheet()
    for sheet in openpyxl.load_workbook(BytesIO(data)):
        table = Table(name=sheet.title)
        for row in sheet.iter_rows():
            line = TableRow()
            for cell in row:
                line.addElement(_ods_cell(cell))
            table.addElement(line)
        out.spreadsheet.addElement(table)
    target = BytesIO()
    out.write(target)
    return target.getvalue()


def _ods_cell(cell: Any) -> TableCell:
    if cell.value is None:
        return TableCell()
    if cell.data_type == "f":
        return TableCell(valuetype="float", value="2", formula=f"of:{cell.value}")
    if isinstance(cell.value, int | float):
        return TableCell(valuetype="float", value=repr(cell.value))
    made = TableCell(valuetype="string")
    for line in str(cell.value).split("\n"):
        made.addElement(P(text=line))
    return made


def with_measure(position: int, **facts: Any) -> SheetWorkbook:
    """The sheet with one measure otherwise."""
    measures = list(MEASURES)
    measures[position] = replace(measures[position], **facts)
    return replace(SHEET, measures=tuple(measures))


def with_item(position: int, **facts: Any) -> SheetWorkbook:
    """The sheet with one item otherwise."""
    items = list(NODES)
    items[position] = replace(items[position], **facts)
    return replace(SHEET, items=tuple(items))


def values(data: bytes, expected: SheetWorkbook = SHEET) -> dict[tuple[str, str], Any]:
    """Every value that is read, by kind and key."""
    return {(one.kind.value, one.key): one.value for one in read(data, expected).entries}


#: What the file holds as it was downloaded.
UNTOUCHED = {
    ("explanation", "1.1"): "- Kế hoạch số 12/KH-SMH\n- Báo cáo số 5/BC-SMH, trang 8",
    ("self_points", "1.2"): Fraction("0.4567"),
    ("explanation", "1.2"): None,
    ("self_points", "2.1"): None,
    ("explanation", "2.1"): None,
    ("figure", "received"): Fraction(53_576),
    ("figure", "rate"): None,
    ("figure", "issued"): "in_time",
    ("figure", "ideas"): ("=HYPERLINK(A1)", "Sáng kiến 2"),
}


def with_part(name: str, change: Any, data: bytes | None = None) -> bytes:
    """The file with one part of its archive otherwise."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data or written())) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
    return target.getvalue()
