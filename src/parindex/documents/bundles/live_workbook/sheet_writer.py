"""Writing a sheet of columns: heads, units, data and formulas with what they gave last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import groupby
from typing import Any

from parindex.documents.bundles.live_workbook import words
from parindex.documents.bundles.live_workbook.formula_columns import (
    CODE_ROW,
    FIRST_ROW,
    ROW,
    ROW_BEFORE,
    CellValue,
    Column,
    FormulaSheet,
    placed,
)
from parindex.domain.publication.snapshot import FrozenGroup

_A4 = 9
_MOST_TEXT, _MOST_LINE = 32_000, 100
#: What XML cannot hold, halves of surrogate pairs among it.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTHS = {"text": 16, "points": 12, "number": 14, "integer": 12, "per_cent": 12, "difference": 9}


class Formats:
    """The formats of the workbook."""

    def __init__(self, file: Any) -> None:
        wrap = {"text_wrap": True, "valign": "top"}
        self.title = file.add_format({"bold": True, "font_size": 14})
        self.note = file.add_format({"italic": True, "font_color": "#555555"})
        self.head = file.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, **wrap})
        self.paragraph = file.add_format(wrap)
        self.text = file.add_format({"num_format": "@"})
        self.number = file.add_format({})
        self.computed = file.add_format({"bg_color": "#F4F7EE"})
        self.wrong = file.add_format({"bg_color": "#F8D0D0", "bold": True})


@cache
def formula_worksheet() -> type:
    """A worksheet that writes formulas as they are: the library would look for new functions in each of them, and takes
    most of its time for that; there are none here.
    """
    from xlsxwriter.worksheet import Worksheet

    class FormulaWorksheet(Worksheet):  # type: ignore[misc]
        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            del expand_future_functions
            return formula.removeprefix("=")

    return FormulaWorksheet


def written(text: str) -> str:
    """A text as a cell can hold it; one that the library would take for markup of its own gets a blank behind it."""
    plain = _UNWRITABLE.sub("\ufffd", text)[:_MOST_TEXT]
    return f"{plain} " if plain.startswith("<r>") and plain.endswith("</r>") else plain


def line(text: str) -> str:
    """A text where there is room for one short line."""
    return " ".join(written(text).split())[:_MOST_LINE]


def write_sheet(sheet: Any, made: FormulaSheet, group: FrozenGroup, names: Mapping[str, str], formats: Formats) -> None:
    """One sheet with a row per unit."""
    _, title, note = words.SHEETS[made.key]
    _arrange(sheet, made, group)
    sheet.write_string(0, 0, f"{title}: {line(group.title)}", formats.title)
    sheet.write_string(1, 0, note, formats.note)
    _write_heads(sheet, made, formats)
    _write_units(sheet, made, group, names, formats)
    if made.columns and made.key in ("m", "r"):
        first = 2 if made.key == "m" else len(made.columns) + 1
        criteria = {"type": "cell", "criteria": ">", "value": 0, "format": formats.wrong}
        sheet.conditional_format(FIRST_ROW - 1, first, made.last_row - 1, len(made.columns) + 1, criteria)


def _arrange(sheet: Any, made: FormulaSheet, group: FrozenGroup) -> None:
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 28)
    for style, at, to in _runs(made):
        sheet.set_column(at, to, _WIDTHS[style])
    sheet.freeze_panes(FIRST_ROW - 1, 2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.repeat_rows(CODE_ROW - 1, CODE_ROW + 1)
    sheet.repeat_columns(0, 1)
    sheet.print_across()
    sheet.set_footer("&L" + line(group.title).replace("&", "&&") + "&R&P/&N")


def _runs(made: FormulaSheet) -> Iterator[tuple[str, int, int]]:
    """Columns of the same width beside each other."""
    at = 2
    for style, run in groupby(column.style for column in made.columns):
        to = at + len(list(run)) - 1
        yield style, at, to
        at = to + 1


def _write_heads(sheet: Any, made: FormulaSheet, formats: Formats) -> None:
    parts = [(one.head.code, one.head.name, one.head.detail, one.head.part, one.head.outside) for one in made.columns]
    for at, name in enumerate(words.HEAD_ROWS):
        cells = [one[at] for one in parts]
        if at > 2 and not any(cell != "" for cell in cells):
            continue
        sheet.write_string(CODE_ROW - 1 + at, 1, words.UNIT_NAME if at == 1 else name, formats.head)
        for column, cell in enumerate(cells, start=2):
            _write(sheet, CODE_ROW - 1 + at, column, cell, formats.head)


def _write_units(
    sheet: Any, made: FormulaSheet, group: FrozenGroup, names: Mapping[str, str], formats: Formats
) -> None:
    columns = [_Cells(one, placed(one.formula, made.key, names), formats) for one in made.columns]
    for at, unit in enumerate(group.units):
        row = FIRST_ROW - 1 + at
        sheet.write_string(row, 0, written(unit.code), formats.text)
        sheet.write_string(row, 1, written(unit.name), formats.text)
        for column, cells in enumerate(columns, start=2):
            cells.write(sheet, row, column, at)


class _Cells:
    """A column ready to be written row by row: the same value is made ready once."""

    def __init__(self, column: Column, formula: str, formats: Formats) -> None:
        self._values = column.values
        self._pieces = re.split(f"([{ROW}{ROW_BEFORE}])", f"={formula}") if formula else None
        self._format = formats.computed if formula else formats.text if column.style == "text" else formats.number

    def write(self, sheet: Any, row: int, column: int, at: int) -> None:
        value = self._values[at]
        if self._pieces is None:
            _write(sheet, row, column, value, self._format)
            return
        numbers = {ROW: str(row + 1), ROW_BEFORE: str(row)}
        formula = "".join(numbers.get(piece, piece) for piece in self._pieces)
        sheet.write_formula(row, column, formula, self._format, float(value) if isinstance(value, Fraction) else value)


def _write(sheet: Any, row: int, column: int, value: CellValue, form: Any) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, written(value), form)
        elif form is not None:
            sheet.write_blank(row, column, None, form)
    else:
        sheet.write_number(row, column, float(value), form)
