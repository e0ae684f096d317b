"""The workbook of a result: its formulas recompute from the frozen figures every point, sum, index, grade and rank."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from parindex.documents.bundles.live_workbook import words
from parindex.documents.bundles.live_workbook.first_sheet import Counted, counted, write_first_sheet
from parindex.documents.bundles.live_workbook.group_sheets import ORDER, GroupSheets, group_sheets
from parindex.documents.bundles.live_workbook.sheet_writer import Formats, formula_worksheet, line, write_sheet
from parindex.documents.bundles.live_workbook.yardstick_sheet import write_yardstick
from parindex.documents.results.snapshots import StoredSnapshot

#: Text is written as text whatever it looks like; row by row, so that a nation does not have to be held in memory.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: A result with fewer figures and points is held in memory: a file for each sheet takes longer than the sheet.
_FEW_CELLS = 10_000
#: When the file says that it was made: never when it really was, so that the same result gives the same bytes.
_MADE = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write_live_workbook(path: Path, stored: StoredSnapshot) -> None:
    """Write the workbook of a frozen result; the same snapshot gives the same bytes.

    Beside every figure that was published stands what its formula gives; the first sheet counts where they differ.
    Raises :class:`InvalidInput` for a criteria set that cannot be computed with.
    """
    pairs = zip(stored.snapshot.groups, stored.outcomes, strict=True)
    write_groups(path, stored, (group_sheets(group, outcome) for group, outcome in pairs))


def write_groups(path: Path, stored: StoredSnapshot, groups: Iterable[GroupSheets]) -> None:
    """The same, of groups that are made ready; one after the other, so that only one of them is held in memory."""
    import xlsxwriter

    cells = sum(len(group.units) * (len(group.items) + len(group.figures)) for group in stored.snapshot.groups)
    options = _OPTIONS | ({"constant_memory": False, "in_memory": True} if cells < _FEW_CELLS else {})
    with xlsxwriter.Workbook(str(path), options) as file:
        file.set_properties({"created": _MADE, "title": line(stored.snapshot.title), "comments": stored.fingerprint})
        formats = Formats(file)
        first = file.add_worksheet(words.FIRST_SHEET)
        summaries: list[Counted] = []
        for number, made in enumerate(groups, start=1):
            names = sheet_names(number)
            write_yardstick(file.add_worksheet(names["k"]), made.group, formats)
            for key in ORDER:
                sheet = file.add_worksheet(names[key], formula_worksheet())
                write_sheet(sheet, made.sheets[key], made.group, names, formats)
            summaries.append(counted(number, made, names))
        write_first_sheet(first, stored, summaries, formats)


def sheet_names(number: int) -> dict[str, str]:
    """The names of the sheets of a group, by key."""
    return {key: f"{words.SHEETS[key][0]} {number}" for key in ("k", *ORDER)}
