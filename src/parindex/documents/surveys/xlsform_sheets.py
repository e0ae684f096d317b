"""The sheets of an XLSForm workbook as rows by column name, read with the guards of every office file.

Anybody may hand in a workbook: sizes are limited before and after unpacking, formulas count by their stored values, and
what pyxform would stumble over is refused first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from parindex.documents.formats import read_blocks
from parindex.documents.papers import Cell, Grid
from parindex.documents.printed_text import joined
from parindex.documents.readers import limits
from parindex.documents.surveys import xlsform_names as names
from parindex.domain.errors import InvalidInput, Place, Problem

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
MOST_ROWS = {"survey": 5_000, "choices": 20_000, "settings": 10, names.SHEET: 20_000}
DEEPEST = 20
#: A column of ours that carries the row of the sheet through pyxform.
ROW = "parindex_row"


@dataclass(frozen=True, slots=True)
class Sheets:
    """Rows by sheet, where their cells stand, and what was left out."""

    rows: Mapping[str, tuple[dict[str, str], ...]]
    file: str
    doubts: tuple[Problem, ...]
    places: Mapping[tuple[str, int], Place] = field(default_factory=dict)

    def type_of(self, row: str | None) -> str:
        """The type of a question as the form has it, which pyxform may call otherwise (``image``: ``photo``)."""
        rows = (one for one in self.rows.get("survey", ()) if one[ROW] == row)
        return next((joined(words) for one in rows for column, words in one.items() if column.lower() == "type"), "")

    def place(self, sheet: str, row: str | None) -> Place:
        """Where the row with this number stands."""
        number = int(row) if row and row.isdecimal() else 0
        return self.places.get((sheet, number), Place(file=self.file, sheet=sheet))


def read_sheets(path: Path) -> Sheets:
    """The sheets ``survey``, ``choices``, ``settings`` and ours.

    Raises :class:`InvalidInput`: ``unknown_extension``, whatever the readers refuse, ``xlsform_sheet_missing``
    (``sheet``), ``xlsform_column_missing`` (``sheet``, ``column``), ``xlsform_column_twice`` (``column``),
    ``xlsform_too_many_rows`` (``count``, ``limit``) and ``xlsform_nested_too_deep`` (``limit``).
    """
    if path.suffix.lower() not in WORKBOOKS:
        raise limits.refused(path, "unknown_extension", extension=path.suffix, known=sorted(WORKBOOKS))
    blocks, doubts = read_blocks(path)
    found: dict[str, tuple[dict[str, str], ...]] = {}
    places: dict[tuple[str, int], Place] = {}
    problems: list[Problem] = []
    for block in [one for one in blocks if isinstance(one, Grid)]:
        name = joined(block.place.sheet or "").lower()
        if name not in MOST_ROWS:
            doubts.append(Problem("xlsform_sheet_left_out", block.place, {"sheet": block.place.sheet}))
        else:
            found[name], wrong = _rows(name, block, places)
            problems += wrong
    problems += _missing(found, path)
    if problems:
        raise InvalidInput(problems)
    return Sheets(found, path.name, tuple(doubts), places)


def _rows(
    sheet: str, grid: Grid, places: dict[tuple[str, int], Place]
) -> tuple[tuple[dict[str, str], ...], list[Problem]]:
    heads = [joined(cell.text) for cell in grid.rows[0]]
    problems = [
        Problem("xlsform_column_twice", cell.place, {"column": head})
        for index, (cell, head) in enumerate(zip(grid.rows[0], heads, strict=True))
        if head and head in heads[:index]
    ]
    rows = []
    for number, cells in enumerate(grid.rows[1:], start=1):
        said = {head: cell.text for head, cell in zip(heads, cells, strict=False) if head and cell.text}
        if said:
            places[sheet, number] = _row_place(cells)
            rows.append(said | {ROW: str(number)})
    most = MOST_ROWS[sheet]
    if len(rows) > most:
        facts = {"sheet": sheet, "count": len(rows), "limit": most}
        problems.append(Problem("xlsform_too_many_rows", grid.place, facts))
    if sheet == "survey":
        problems += _too_deep(rows, grid)
    return tuple(rows), problems


def _row_place(cells: tuple[Cell, ...]) -> Place:
    return next(cell.place for cell in cells if cell.text)


def _too_deep(rows: list[dict[str, str]], grid: Grid) -> list[Problem]:
    """pyxform goes down into groups by recursion."""
    depth = deepest = 0
    for row in rows:
        kind = row.get("type", "").lower()
        depth += kind.startswith("begin") - kind.startswith("end")
        deepest = max(deepest, depth)
    return [Problem("xlsform_nested_too_deep", grid.place, {"limit": DEEPEST})] if deepest > DEEPEST else []


def _missing(found: Mapping[str, tuple[dict[str, str], ...]], path: Path) -> list[Problem]:
    if "survey" not in found:
        return [Problem("xlsform_sheet_missing", Place(file=path.name), {"sheet": "survey"})]
    columns = {column.lower() for row in found["survey"] for column in row}
    return [
        Problem("xlsform_column_missing", Place(file=path.name, sheet="survey"), {"column": column})
        for column in ("type", "name")
        if column not in columns
    ]
