"""The table in the ministry's columns reads back as the score sheet that it was made from."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from tests.sheet_workbook_sample import SHEET, with_item

from parindex.documents.papers import PaperRow, PaperTable, Paragraph, TableKind
from parindex.documents.read_paper import read_paper
from parindex.documents.score_sheets.sums import items_of
from parindex.documents.score_sheets.text import read_score_sheet_text
from parindex.documents.sheet_workbooks.ministry_table import ministry_table_bytes
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, WorkbookItem
from parindex.domain.criteria import codes
from parindex.domain.errors import Place

PRINTED = Path(__file__).parents[3] / "golden" / "score_sheets" / "dien-bien-2020.txt"


def of_table(table: PaperTable) -> SheetWorkbook:
    """A printed score sheet as the workbook of its unit."""
    scored = {row.code for row in items_of(table.rows)}
    items = tuple(
        WorkbookItem(
            *(row.code, row.title, codes.depth(row.code), row.code in scored, row.max_points),
            self_points=row.self_points,
            explanation=(row.explanations or ("",))[0],
        )
        for row in table.rows
    )
    return replace(SHEET, items=items, measures=())


def read_back(folder: Path, sheet: SheetWorkbook) -> PaperTable:
    path = folder / "bang.xlsx"
    path.write_bytes(ministry_table_bytes(sheet))
    (table,) = read_paper(path, kind=TableKind.SCORE_SHEET.value).tables
    return table


def test_the_printed_sheet_of_2020_reads_back_with_the_rows_of_its_unit(tmp_path: Path) -> None:
    lines = PRINTED.read_text(encoding="utf-8").split("\n")
    table = read_score_sheet_text([Paragraph(text, Place(line=at)) for at, text in enumerate(lines, 1)])
    assert table is not None
    again = read_back(tmp_path, of_table(table))
    assert len(again.rows) == 153
    assert [_printed(row) for row in again.rows] == [_of_unit(row) for row in table.rows]


def _printed(row: PaperRow) -> tuple[Any, ...]:
    points = (row.max_points, row.self_points, row.appraised_points)
    return row.code, row.title, *points, row.explanations, row.opinions, row.options, row.bonus


def _of_unit(row: PaperRow) -> tuple[Any, ...]:
    """The row before the council saw it: what it said, and the explanations after that, are gone."""
    return _printed(replace(row, appraised_points=None, opinions=(), explanations=row.explanations[:1]))


def test_columns_in_the_order_of_the_program() -> None:
    sheet = openpyxl.load_workbook(BytesIO(ministry_table_bytes(SHEET)))["Phiếu chấm điểm"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=5)] == [
        ["Sở Mẫu & Thử", None, None, None, None, None, None],
        [None] * 7,
        [
            *("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm chuẩn", "Điểm tự đánh giá", "Giải trình"),
            *("Điểm thẩm định", "Ý kiến hội đồng thẩm định"),
        ],
        ["1", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", 2, 1.4567, None, None, None],
        [
            *("1.1", "Thực hiện kế hoạch", 1.5, 1.666666666667),
            *("- Kế hoạch số 12/KH-SMH - Báo cáo số 5/BC-SMH, trang 8", None, None),
        ],
    ]
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.print_title_rows) == ("C4", "landscape", "$3:$3")


def test_a_text_longer_than_a_cell_ends_visibly() -> None:
    sheet = openpyxl.load_workbook(BytesIO(ministry_table_bytes(with_item(1, explanation="x" * 40_000))))[
        "Phiếu chấm điểm"
    ]
    assert sheet["E5"].value == "x" * 16_383 + "…"


def test_text_is_never_a_formula() -> None:
    hostile = with_item(1, title="=1+1", explanation="@SUM(A1)")
    sheet = openpyxl.load_workbook(BytesIO(ministry_table_bytes(hostile)))["Phiếu chấm điểm"]
    assert [sheet[at].data_type for at in ("B5", "E5")] == ["s", "s"]


def test_a_sheet_without_items() -> None:
    nothing = replace(SHEET, items=(), measures=())
    assert openpyxl.load_workbook(BytesIO(ministry_table_bytes(nothing)))["Phiếu chấm điểm"].max_row == 3
