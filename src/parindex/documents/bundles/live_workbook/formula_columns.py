"""Columns of a sheet with a row per unit: a formula for all rows, and what it gives on each of them.

Every formula is made together with its values, exactly and in Python: they stand in the file as what the formula gave
last, so that it opens right where nothing is calculated, and they decide how large a number can become. All sheets of a
group have their units on the same rows. In the text of a formula :data:`ROW` stands for the row, and a sheet for a
marked key until it is known on which sheet the formula stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

#: Stands for the number of the row in the text of a formula; no text of a set or a unit holds it.
ROW = "\0"
#: Stands for the number of the row before.
ROW_BEFORE = "\3"
#: The first row of the units on every sheet, counted from 1; above it stand title, note and the heads of the columns.
FIRST_ROW = 8
#: The rows of a head: code, name, detail, part, and whether it counts outside the hundred.
CODE_ROW, NAME_ROW, DETAIL_ROW, PART_ROW, OUTSIDE_ROW = 3, 4, 5, 6, 7
_SHEET = re.compile("\1(.)\2")
#: A formula has at most 8,192 characters; an expression longer than this gets a column of its own.
LONG = 1500

#: What a cell shows: a number, a text ("" for nothing).
CellValue = int | float | str | Fraction


def column_name(column: int) -> str:
    """The letters of a column, counted from 0."""
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a column: code, name, detail (a number where it is one), and for an item the number of its part
    and whether it counts outside the hundred (0 no, 1 as a bonus, 2 as a penalty).
    """

    code: str
    name: str
    detail: CellValue = ""
    part: CellValue = ""
    outside: CellValue = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with a value per unit; ``formula`` is "" for data. ``style`` names the format of its cells."""

    head: Head
    values: Sequence[CellValue]
    formula: str = ""
    style: str = "number"


@dataclass(slots=True)
class FormulaSheet:
    """A sheet of a group: its key in the texts of formulas, and its columns behind code and name of the unit."""

    key: str
    units: int
    columns: list[Column] = field(default_factory=list)

    def add(self, column: Column) -> str:
        """Put a column at the end; the text that names its cell of the same row."""
        self.columns.append(column)
        return self.cell(len(self.columns) - 1)

    def cell(self, position: int) -> str:
        """The text that names the cell of a column in the same row."""
        return f"\1{self.key}\2{self.letters(position)}{ROW}"

    def letters(self, position: int) -> str:
        """The letters of a column: the unit stands in the first two."""
        return column_name(position + 2)

    def whole_column(self, cell: str) -> str:
        """The cells of all units in the column of ``cell``."""
        bare = cell.removesuffix(ROW)
        letters = bare.rpartition("\2")[2]
        return f"{bare.removesuffix(letters)}{letters}${FIRST_ROW}:{letters}${self.last_row}"

    @property
    def last_row(self) -> int:
        """The row of the last unit."""
        return FIRST_ROW + self.units - 1


def placed(formula: str, key: str, names: Mapping[str, str]) -> str:
    """The text of a formula as it stands on the sheet ``key``; ``names``: the sheets by key."""

    def name(found: re.Match[str]) -> str:
        return "" if found[1] == key else f"'{names[found[1]]}'!"

    return _SHEET.sub(name, formula)


def quoted(text: str) -> str:
    """A text inside a formula: quotes doubled, in pieces that a spreadsheet takes, control characters by number."""
    pieces = re.findall("[\x00-\x1f]|[^\x00-\x1f]{1,200}", text)
    written = [f"CHAR({ord(one)})" if one < " " else '"' + one.replace('"', '""') + '"' for one in pieces]
    return "&".join(written) if len(written) != 1 else written[0]
