"""Workbooks with XLSForm sheets as other programs write them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

Cell = str | int | float | None


def write_book(path: Path, **sheets: Sequence[Sequence[Cell]]) -> Path:
    """A workbook with these sheets, cell by cell."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, column, value)
    return path


#: A form as KoBo gives it: two languages, one of them without its code; a group in a group; what we have no place for.
FOREIGN: dict[str, list[list[Cell]]] = {
    "survey": [
        ["type", "name", "label", "label::English (en)", "required", "relevant", "constraint", "appearance"],
        ["start", "start"],
        ["note", "hello", "Xin chào", "Hello"],
        ["select_one gender", "Giới-tính", "Giới tính?", "Gender?", "true"],
        ["integer", "tuoi", "Tuổi?", "Age?", "false", None, ". >= 18 and . < 121"],
        ["begin_group", "g_1", "Nhóm 1", "Group 1", None, "${tuoi} > 20"],
        ["select_one hai_long", "q1", "Câu 1", "Q1", "true", "${Giới-tính} = 'nữ'"],
        ["begin_group", "g_2", "Nhóm trong", "Inner group"],
        ["select_one hai_long", "q2", "Câu 2 ${tuoi}", "Q2", None, "string-length(${hello}) > 1"],
        ["end_group"],
        ["select_multiple wish", "q3", "Câu 3", None, None, "${q1} >= 4", "count-selected(.)<=2", "minimal"],
        ["end_group"],
        ["decimal", "income", "Thu nhập", "Income", "1 = 1", None, "regex(., 'x')"],
        ["geopoint", "gps", "GPS", "GPS"],
        ["begin_repeat", "people", "Người", "People"],
        ["text", "who", "Ai", "Who"],
        ["end_repeat"],
    ],
    "choices": [
        ["list_name", "name", "label", "label::English (en)", "image"],
        ["gender", "nam", "Nam", "Male"],
        ["gender", "nữ", "Nữ", "Female"],
        *[["hai_long", point, f"Mức {point}", f"Level {point}"] for point in (5, 4, 3, 2, 1)],
        ["hai_long", 97, "Khác", "Other"],
        ["hai_long", 98, "Không biết", "Don’t know"],
        ["hai_long", 99, "Từ chối", "Refused"],
        ["hai_long", "na", "Không áp dụng", "Not applicable"],
        ["wish", "a", "A", "A"],
        ["wish", "b", "B", "B", "x.png"],
    ],
    "settings": [["form_title", "form_id"], ["Khảo sát “1”", "khao sat 1"]],
    "Notes": [["a"], ["b"]],
}
