"""Rows of a table and the rows that they stand under: by codes, by dashes before their titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parindex.documents.arithmetic.misprints import misprint_between
from parindex.documents.arithmetic.tables.labels import Code, CodeStyle, RowRole
from parindex.documents.papers import Cell
from parindex.documents.printed_text import folded
from parindex.domain.errors import Place

#: A heading that begins the parts of the row before it.
_PARTS = re.compile(r"^(?:trong (?:so )?do|trong tong so|bao gom|gom|chia ra|cu the)\b")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its cells, its code and title, what it is, and the row it stands under (by position).

    ``width``: the cells of the grid that the row was read in (a page may have lost a column), ``page`` its number.
    """

    cells: tuple[Cell, ...]
    place: Place
    code: Code
    title: str
    role: RowRole
    width: int
    page: int = 0
    parent: int | None = None


def nested(rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows with levels and parents: by dotted codes, else by the order in which the styles of codes nest; rows
    behind dashes stand under the row before the dashes.
    """
    made = _Nesting()
    for row in _with_headed_groups(rows):
        made.add(row)
    return made.rows


def _with_headed_groups(rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows; totals with codes ("A Tổng thu", "B Tổng chi") above rows of a deeper code each are groups."""
    heading = [
        at
        for at, (row, below) in enumerate(zip(rows, rows[1:], strict=False))
        if row.role is RowRole.TOTAL and CodeStyle.NONE not in (row.code.style, below.code.style)
        if _is_above((row.code.style, len(row.code.numbers), at), below.code.style, len(below.code.numbers))
    ]
    if len(heading) < len(("thu", "chi")):
        return list(rows)
    return [replace(row, role=RowRole.DATA) if at in heading else row for at, row in enumerate(rows)]


@dataclass(slots=True)
class _Nesting:
    """Rows so far. ``open_rows``: those that the next row may stand under, each with its style and depth; ``marks``:
    the marks of the dashes that are open; ``plain``: the last row without a dash.
    """

    rows: list[TableRow] = field(default_factory=list)
    open_rows: list[tuple[CodeStyle, int, int]] = field(default_factory=list)
    by_code: dict[str, int] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    plain: int | None = None

    def add(self, row: TableRow) -> None:
        """Adds a row with the row that it stands under."""
        at, is_row = len(self.rows), row.role in (RowRole.DATA, RowRole.HEADING)
        if is_row and row.code.style is CodeStyle.DASH:
            row = replace(row, parent=self._above_dash(row.code.text, at))
        elif is_row and row.code.style is not CodeStyle.NONE:
            row = replace(row, parent=self._above_code(row, at))
        elif row.role is RowRole.DATA and self.plain is not None:
            # A row without a code under a group: as deep as its neighbours; a heading opens a group of its own.
            row = replace(row, parent=self.rows[self.plain].parent)
        self.rows.append(row)
        begins_parts = row.role is RowRole.HEADING and _PARTS.match(folded(row.title)) is not None
        if row.code.style is not CodeStyle.DASH and row.role is not RowRole.NOTE and not begins_parts:
            self.plain = at
            self.marks = []

    def _above_code(self, row: TableRow, at: int) -> int | None:
        style, depth = row.code.style, len(row.code.numbers)
        while self.open_rows and not self._may_hold(self.open_rows[-1], row.code, depth):
            self.open_rows.pop()
        parent = self.by_code.get(row.code.above, self._last())
        self.open_rows.append((style, depth, at))
        self.by_code[row.code.text] = at
        return parent

    def _may_hold(self, above: tuple[CodeStyle, int, int], code: Code, depth: int) -> bool:
        """Whether an open row may be the group of a row. Where a table has but some rows of a set, 4.1.2 may follow on
        2.2, which is its group only where one of the two is misprinted.
        """
        if not _is_above(above, code.style, depth):
            return False
        group = self.rows[above[2]].code
        if code.style is not CodeStyle.DOTTED or group.style is not CodeStyle.DOTTED:
            return True
        named = ".".join(code.text.split(".")[: above[1]])
        return named == group.text or misprint_between(named, group.text) is not None or self._goes_on(code)

    def _goes_on(self, code: Code) -> bool:
        """Whether the row before is of the same group."""
        return bool(self.rows) and self.rows[-1].code.above == code.above

    def _above_dash(self, mark: str, at: int) -> int | None:
        if mark not in self.marks:
            self.marks.append(mark)
        depth = self.marks.index(mark) + 1
        del self.marks[depth:]
        while self.open_rows and self.open_rows[-1][0] is CodeStyle.DASH and self.open_rows[-1][1] >= depth:
            self.open_rows.pop()
        parent = self._last() if depth > 1 else self.plain
        self.open_rows.append((CodeStyle.DASH, depth, at))
        return parent

    def _last(self) -> int | None:
        return self.open_rows[-1][2] if self.open_rows else None


_ORDER = {
    CodeStyle.CAPITAL: 0,
    CodeStyle.ROMAN: 1,
    CodeStyle.LETTERED: 2,
    CodeStyle.NUMBER: 3,
    CodeStyle.DOTTED: 4,
    CodeStyle.SMALL: 5,
    CodeStyle.DASH: 6,
}


def _is_above(above: tuple[CodeStyle, int, int], style: CodeStyle, depth: int) -> bool:
    """Whether a row of the one style may hold rows of the other: A > I > 1 > 1.1 > a > –."""
    if above[0] is style:
        return style in (CodeStyle.DOTTED, CodeStyle.LETTERED) and above[1] < depth
    return _ORDER[above[0]] < _ORDER[style]
