"""The first sheet: what the workbook is, how to read it, the fingerprint, and where formula and published differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from parindex.documents.bundles.live_workbook import words
from parindex.documents.bundles.live_workbook.formula_columns import FIRST_ROW, column_name
from parindex.documents.bundles.live_workbook.group_sheets import GroupSheets
from parindex.documents.bundles.live_workbook.sheet_writer import Formats, line, written
from parindex.documents.results.snapshots import StoredSnapshot

_WIDTHS = (30, 40, 14, 10, 18, 70)
_HEADS = (words.GROUP, words.TITLE, words.UNITS, words.ITEMS, words.DIFFERENCES, words.SET_FINGERPRINT)


@dataclass(frozen=True, slots=True)
class Counted:
    """A group for the first sheet: what it is, the formula that counts its differences, and what that gives."""

    number: int
    title: str
    units: int
    items: int
    set_fingerprint: str
    formula: str
    differences: int


def counted(number: int, made: GroupSheets, names: dict[str, str]) -> Counted:
    """The summary of a group."""
    group, result, match = made.group, made.sheets["r"], made.sheets["m"]
    last, differ = match.last_row, column_name(len(result.columns) + 1)
    cells = f"'{names['r']}'!{differ}{FIRST_ROW}:{differ}{last}"
    if match.columns:
        cells += f",'{names['m']}'!C{FIRST_ROW}:{column_name(len(match.columns) + 1)}{last}"
    size = len(group.units), len(group.items)
    return Counted(number, group.title, *size, group.set_fingerprint, f"=SUM({cells})", made.differences)


def write_first_sheet(sheet: Any, stored: StoredSnapshot, groups: Sequence[Counted], formats: Formats) -> None:
    """Write the first sheet."""
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, line(stored.snapshot.title), formats.title)
    facts = ((words.YEAR, str(stored.snapshot.year)), (words.FINGERPRINT, stored.fingerprint))
    for row, (name, value) in enumerate(facts, start=1):
        sheet.write_string(row, 0, name, formats.head)
        sheet.write_string(row, 1, written(value), formats.text)
    row = _write_groups(sheet, groups, formats, row=4)
    for at, paragraph in enumerate(words.GUIDE, start=row + 1):
        sheet.set_row(at, 48)
        sheet.merge_range(at, 0, at, 4, paragraph, formats.paragraph)
    row += len(words.GUIDE) + 2
    sheet.write_string(row, 0, words.REASON_CODES, formats.head)
    for at, (code, meaning) in enumerate(words.REASONS.items(), start=row + 1):
        sheet.write_number(at, 0, int(code), formats.number)
        sheet.write_string(at, 1, meaning)


def _write_groups(sheet: Any, groups: Sequence[Counted], formats: Formats, *, row: int) -> int:
    """The table of groups from ``row`` on; the row behind it."""
    for at, head in enumerate(_HEADS):
        sheet.write_string(row, at, head, formats.head)
    last = row + len(groups) + 1
    for at, one in enumerate(groups, start=row + 1):
        sheet.write_number(at, 0, one.number, formats.number)
        sheet.write_string(at, 1, line(one.title), formats.text)
        sheet.write_number(at, 2, one.units, formats.number)
        sheet.write_number(at, 3, one.items, formats.number)
        sheet.write_formula(at, 4, one.formula, formats.computed, one.differences)
        sheet.write_string(at, 5, one.set_fingerprint, formats.text)
    sheet.write_string(last, 0, words.ALL_GROUPS, formats.head)
    whole = sum(one.differences for one in groups)
    sheet.write_formula(last, 4, f"=SUM(E{row + 2}:E{last})", formats.computed, whole)
    criteria = {"type": "cell", "criteria": ">", "value": 0, "format": formats.wrong}
    sheet.conditional_format(row + 1, 4, last, 4, criteria)
    return last + 1
