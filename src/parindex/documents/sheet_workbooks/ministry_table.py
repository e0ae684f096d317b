"""The score sheet in the columns that the ministry's program prints, to be entered there again.

Order and names of the columns are those of a printed sheet: code, title, maximum, self points, explanation, appraised
points, opinions. It reads back as a score sheet with the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from parindex.documents.sheet_workbooks.cell_contents import MOST_CHARACTERS, Content, fits, shown_number, writable
from parindex.documents.sheet_workbooks.formats import DECIMALS, TEXT, WHOLE
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, WorkbookItem
from parindex.documents.sheet_workbooks.writer import OPTIONS

#: As the program prints them, in every language of ours.
HEADS = (
    "STT",
    "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
    "Điểm chuẩn",
    "Điểm tự đánh giá",
    "Giải trình",
    "Điểm thẩm định",
    "Ý kiến hội đồng thẩm định",
)
SHEET = "Phiếu chấm điểm"
_WIDTHS = (8, 34, 9, 10, 60, 10, 34)
_NUMBERS = (2, 3, 5)
_A4 = 9
_HEAD_ROW = 2


def ministry_table_bytes(book: SheetWorkbook) -> bytes:
    """The table as an .xlsx file; the columns of the council are left empty."""
    import xlsxwriter

    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as file:
        file.set_properties({"created": book.made_at.replace(tzinfo=None)})
        sheet = file.add_worksheet(SHEET)
        formats = _formats(file)
        sheet.write_string(0, 0, writable(book.unit_title), formats["title"])
        for column, head in enumerate(HEADS):
            sheet.write_string(_HEAD_ROW, column, head, formats["head"])
            sheet.set_column(column, column, _WIDTHS[column])
        for row, item in enumerate(book.items, start=_HEAD_ROW + 1):
            for column, content in enumerate(_row(item)):
                _write(sheet, row, column, content, formats, bold=not item.is_item)
        _arrange(sheet, len(book.items), formats)
    return target.getvalue()


def _row(item: WorkbookItem) -> tuple[Content, ...]:
    return (
        item.code,
        _one_line(item.title),
        shown_number(item.max_points),
        shown_number(item.self_points),
        _cut(_one_line(item.explanation)),
        None,
        None,
    )


def _one_line(text: str) -> str:
    return " ".join(writable(text).split())


def _cut(text: str) -> str:
    """As much as a cell holds."""
    return text if fits(text) else text[: MOST_CHARACTERS // 2] + "…"


def _formats(file: Any) -> dict[str, Any]:
    plain = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
    bold = {**plain, "bold": True}
    return {
        "title": file.add_format({"font_name": "Times New Roman", "font_size": 13, "bold": True}),
        "head": file.add_format({**bold, "align": "center", "valign": "vcenter"}),
        "text": file.add_format({**plain, "num_format": TEXT}),
        "number": file.add_format({**plain, "num_format": DECIMALS}),
        "bold_text": file.add_format({**bold, "num_format": TEXT}),
        "bold_number": file.add_format({**bold, "num_format": DECIMALS}),
        "whole": file.add_format({"num_format": WHOLE}),
    }


def _write(sheet: Any, row: int, column: int, content: Content, formats: Mapping[str, Any], *, bold: bool) -> None:
    made = formats[("bold_" if bold else "") + ("number" if column in _NUMBERS else "text")]
    if content is None or content == "":
        sheet.write_blank(row, column, None, made)
    elif isinstance(content, str):
        sheet.write_string(row, column, content, made)
    else:
        sheet.write_number(row, column, content, made)


def _arrange(sheet: Any, rows: int, formats: Mapping[str, Any]) -> None:
    last = _HEAD_ROW + max(rows, 1)
    for column in _NUMBERS:
        at = f"{chr(ord('A') + column)}{_HEAD_ROW + 2}"
        rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({at}),{at}=INT({at}))", "format": formats["whole"]}
        sheet.conditional_format(_HEAD_ROW + 1, column, last, column, rule)
    sheet.ignore_errors({"number_stored_as_text": f"A1:B{last + 1}"})
    sheet.freeze_panes(_HEAD_ROW + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.set_footer("&R&P/&N")
