"""The score sheet as a protected workbook: grey cells are for reading, yellow ones for entering, nothing calculates.

Text is always written as text: what begins with = + - or @ is never a formula, and no cell is a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from io import BytesIO
from typing import Any

from parindex.documents.sheet_workbooks import manifest
from parindex.documents.sheet_workbooks.cell_contents import MOST_CHARACTERS, number_content, writable
from parindex.documents.sheet_workbooks.formats import Formats
from parindex.documents.sheet_workbooks.layout import (
    FIRST_ROW,
    HEAD_ROW,
    EntryKind,
    FigureColumn,
    ItemColumn,
    PlannedCell,
    SheetKind,
    planned_cells,
)
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, WorkbookMeasure
from parindex.documents.sheet_workbooks.words import WorkbookWords
from parindex.domain.criteria.criteria_set import MeasureKind

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
#: Widths of the columns in letters; all of a sheet fit beside each other on a screen of 1366 pixels.
_WIDTHS = {
    SheetKind.ITEMS: (8, 32, 8, 34, 26, 9, 42, 16),
    SheetKind.FIGURES: (6, 50, 13, 17, 22, 34, 24),
}
_GUIDE_WIDTH = 110
#: The columns with numbers, which show decimals only where there are some.
_NUMBERS = {
    SheetKind.ITEMS: (ItemColumn.MAX_POINTS, ItemColumn.SELF_POINTS),
    SheetKind.FIGURES: (FigureColumn.LAST_YEAR, FigureColumn.VALUE),
}
_A4 = 9
_MOST_TITLE, _MOST_MESSAGE, _MOST_HEADER = 32, 255, 100
#: Where a measure has no limit of its own, the program at least keeps out what is no number.
_FAR = 10**15


def workbook_bytes(book: SheetWorkbook, words: WorkbookWords, *, seal_key: bytes) -> bytes:
    """The workbook as an .xlsx file; the same sheet gives the same bytes.

    ``seal_key`` is the installation's secret: only what was sealed with it is read back.
    """
    import xlsxwriter

    target = BytesIO()
    cells = planned_cells(book, words)
    names = {SheetKind.ITEMS: words.items_sheet, SheetKind.FIGURES: words.figures_sheet}
    with xlsxwriter.Workbook(target, OPTIONS) as file:
        file.set_properties({"created": book.made_at.replace(tzinfo=None), "title": _line(book.unit_title)})
        formats = Formats(file)
        sheets = {kind: file.add_worksheet(name) for kind, name in names.items()}
        for kind, sheet in sheets.items():
            mine = [cell for cell in cells if cell.sheet is kind]
            _write_cells(sheet, mine, formats)
            _arrange(sheet, kind, max(cell.row for cell in mine), book, formats)
        _write_guide(file.add_worksheet(words.guide_sheet), words, formats)
        choices = _write_choices(file, book.measures)
        _validate(sheets, cells, book, words, choices)
        _write_manifest(file, manifest.lines_of(book, cells, names, seal_key))
    return target.getvalue()


def _write_cells(sheet: Any, cells: Iterable[PlannedCell], formats: Formats) -> None:
    for cell in cells:
        made = formats.of(cell)
        if cell.content is None or cell.content == "":
            sheet.write_blank(cell.row, cell.column, None, made)
        elif isinstance(cell.content, str):
            sheet.write_string(cell.row, cell.column, cell.content, made)
        else:
            sheet.write_number(cell.row, cell.column, cell.content, made)


def _arrange(sheet: Any, kind: SheetKind, last: int, book: SheetWorkbook, formats: Formats) -> None:
    """Widths, frozen heads, protection, and the paper: A4 across, as wide as the page."""
    for column, width in enumerate(_WIDTHS[kind]):
        sheet.set_column(column, column, width)
    for column in _NUMBERS[kind]:
        at = chr(ord("A") + column)
        whole = f"=AND(ISNUMBER({at}{FIRST_ROW + 1}),{at}{FIRST_ROW + 1}=INT({at}{FIRST_ROW + 1}))"
        rule = {"type": "formula", "criteria": whole, "format": formats.whole}
        sheet.conditional_format(FIRST_ROW, column, max(last, FIRST_ROW), column, rule)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.ignore_errors({"number_stored_as_text": f"A1:H{last + 1}"})
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_footer("&L" + _line(book.unit_title).replace("&", "&&") + "&R&P/&N")


def _line(text: str) -> str:
    """A name where there is room for one short line."""
    return " ".join(writable(text).split())[:_MOST_HEADER]


def _write_guide(sheet: Any, words: WorkbookWords, formats: Formats) -> None:
    sheet.set_column(0, 0, _GUIDE_WIDTH)
    row = 0
    for heading, text in words.guidance:
        sheet.write_string(row, 0, heading, formats.heading)
        sheet.write_string(row + 1, 0, text, formats.paragraph)
        row += 2
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _write_choices(file: Any, measures: Sequence[WorkbookMeasure]) -> dict[str, str]:
    """The labels of all choices on a sheet that is not shown; the range of each measure, by its id."""
    ranges: dict[str, str] = {}
    choosing = [measure for measure in measures if measure.kind is MeasureKind.CHOICE and measure.choices]
    if not choosing:
        return ranges
    sheet = file.add_worksheet(manifest.CHOICES_SHEET)
    sheet.very_hidden()
    sheet.protect()
    row = 0
    for measure in choosing:
        ranges[measure.id] = f"={manifest.CHOICES_SHEET}!$A${row + 1}:$A${row + len(measure.choices)}"
        for key in measure.choices:
            sheet.write_string(row, 0, measure.label(key)[:MOST_CHARACTERS])
            row += 1
    return ranges


def _validate(
    sheets: Mapping[SheetKind, Any],
    cells: Iterable[PlannedCell],
    book: SheetWorkbook,
    words: WorkbookWords,
    choices: Mapping[str, str],
) -> None:
    """What each unlocked cell accepts, told when it is selected and when an entry is refused."""
    measures, items = book.measures_by_id(), book.items_by_code()
    for cell in cells:
        if cell.entry is None:
            continue
        told = ""
        rule: dict[str, Any] = {"validate": "length", "criteria": "<=", "value": MOST_CHARACTERS}
        if cell.entry is EntryKind.EXPLANATION:
            rule["value"] = min(book.explanation_length, MOST_CHARACTERS)
        if cell.entry is EntryKind.FIGURE:
            measure = measures[cell.key]
            told = words.limits(measure)
            rule = _figure_rule(measure, choices) or rule
        elif cell.entry is EntryKind.SELF_POINTS:
            item = items[cell.key]
            told = words.points_limits(item)
            highest = _FAR if item.max_points is None else _bound(number_content(item.max_points))
            rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": highest}
        if told:
            rule |= {"input_title": words.enter_here[:_MOST_TITLE], "input_message": told[:_MOST_MESSAGE]}
        rule |= {"error_title": words.refused[:_MOST_TITLE], "error_message": (told or words.refused)[:_MOST_MESSAGE]}
        sheets[cell.sheet].data_validation(cell.row, cell.column, cell.row, cell.column, rule)


def _figure_rule(measure: WorkbookMeasure, choices: Mapping[str, str]) -> dict[str, Any] | None:
    if measure.kind is MeasureKind.CHOICE:
        return {"validate": "list", "source": choices[measure.id]} if measure.id in choices else None
    if measure.kind is MeasureKind.LIST:
        return None
    # Counts are not negative, whether the set says so or not.
    low, high = Fraction(0) if measure.integer and measure.minimum is None else measure.minimum, measure.maximum
    return {
        "validate": "integer" if measure.integer else "decimal",
        "criteria": "between",
        "minimum": -_FAR if low is None else _bound(number_content(low)),
        "maximum": _FAR if high is None else _bound(number_content(high)),
    }


def _bound(content: object) -> object:
    """A limit that no decimal writes is a formula: ``=1/3``."""
    return f"={content}" if isinstance(content, str) else content


def _write_manifest(file: Any, lines: Sequence[str]) -> None:
    sheet = file.add_worksheet(manifest.MANIFEST_SHEET)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
    sheet.protect()
    sheet.very_hidden()
