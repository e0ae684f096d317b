"""The cells of one row by what their columns hold, and rows that only the layout put there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parindex.documents.criteria_tables import row_sources
from parindex.documents.criteria_tables.head_words import Column
from parindex.documents.criteria_tables.heads import Head
from parindex.documents.papers import Cell
from parindex.documents.printed_text import folded, joined
from parindex.domain.errors import Place

#: The filled cells of a row by kind of column.
Cells = dict[Column, list[Cell]]

#: With accents: without them "Cộng" is the beginning of "Công tác".
TOTAL = re.compile(
    r"^(?:(?:điểm |số điểm )?tổng"
    r"(?: cộng| số| điểm|$|:|\s*\(| (?:lĩnh vực|mục|nhóm|phần) (?:[IVX]{1,5}|\d{1,2}|[A-H])\b)"
    r"|cộng(?: điểm)?(?: (?:của )?(?:(?:các|cả|toàn bộ|\d{1,2}) )?(?:lĩnh vực|mục|nhóm|phần|bảng|tiêu chí)\b.*)?$|tc$"
    r"|(?:tổng|cộng)(?: điểm)? \(?(?:[IVX]{1,5}|\d{1,2})\)?$|total\b)",
    re.IGNORECASE,
)
_INDEX_CELL = re.compile(r"^\(?([0-9]{1,2}|[A-H])\)?(?:\s*=.*)?$")
_GOES_ON = re.compile(r"^\W*(tiep theo|tiep tuc|tiep)( (cua )?(bang|trang|phan)\b.{0,20})?\W*$")
_MARK = re.compile(r"^(?:[xX+*✓✔☑√●•]|có)$")


@dataclass(slots=True)
class MergedNotes:
    """Notes in cells merged over several rows: the text stands in the first, and speaks for all of them."""

    head: Head
    _text: str = ""

    def above(self, row: Sequence[Cell]) -> str:
        """The note that ``row`` shares with the rows above it; "" where it has a note cell of its own."""
        at = self.head.column(Column.NOTE)
        if at is None or at >= len(row):
            return ""
        downwards = row[at].covered and not (at and row[at - 1].covered)
        self._text = self._text if downwards else _said_in_full(self.head, at, Column.NOTE, row[at]).text
        return self._text if downwards else ""


def by_column(head: Head, row: Sequence[Cell]) -> Cells:
    """The filled cells by kind of column; text in a column without a head that stands between code and title is
    title.
    """
    out: Cells = {}
    title_at, code_at = head.column(Column.TITLE), head.column(Column.CODE)
    for at, cell in enumerate(row):
        if not cell.text:
            continue
        column = head.columns.get(at)
        nameless = column is None and not head.texts.get(at)
        if nameless and title_at is not None and code_at is not None and code_at < at < title_at:
            column = Column.TITLE  # a title in a merged cell stands at its top left
        if column is not None and column is not Column.OTHER:
            out.setdefault(column, []).append(_said_in_full(head, at, column, cell))
    return out


def _said_in_full(head: Head, at: int, column: Column, cell: Cell) -> Cell:
    """A cell that only its head makes plain: a cross below "ĐTXHH", the points of a body below its name."""
    words = head.texts.get(at, "")
    if column is Column.NOTE and _MARK.match(cell.text) and row_sources.source_of_note(words) is not None:
        return replace(cell, text=words)
    return replace(cell, text=f"{words}\t{cell.text}") if column is Column.OTHER_APPRAISAL else cell


def text_of(cells: Cells, column: Column) -> str:
    return "\n".join(cell.text for cell in cells.get(column, ()))


def points_text(cells: Cells) -> str:
    return joined(text_of(cells, Column.MAX_POINTS))


def place_of(row: Sequence[Cell], cells: Cells, place: Place) -> Place:
    """The place of the code, else of the title, else of the first filled cell; page and sheet from the grid."""
    first = next((cells[column][0] for column in (Column.CODE, Column.TITLE) if column in cells), None)
    cell = first or next((cell for cell in row if cell.text), None)
    at = cell.place if cell is not None else place
    return Place(file=at.file, page=at.page or place.page, sheet=at.sheet, cell=at.cell, line=at.line)


def cell_text(row: Sequence[Cell], at: int) -> str:
    return row[at].text if at < len(row) else ""


def goes_down(head: Head, row: Sequence[Cell], column: Column = Column.CODE) -> bool:
    """Whether the cell of the row above is merged over this row too; of a code: the row is a part of that item."""
    at = head.column(column)
    return at is not None and at < len(row) and row[at].covered and not (at and row[at - 1].covered)


def is_total(head: Head, row: Sequence[Cell]) -> bool:
    return any(TOTAL.match(joined(cell_text(row, at))) for at in head.columns)


def goes_on(row: Sequence[Cell]) -> bool:
    """A row that only says that the table goes on: "(tiếp theo)"."""
    texts = [folded(cell.text) for cell in row if cell.text]
    return bool(texts) and all(_GOES_ON.match(text) for text in texts)


def is_index_row(row: Sequence[Cell]) -> bool:
    """A row that numbers the columns: (1) (2) (3) or A B 1 2."""
    texts = [joined(cell.text) for cell in row if cell.text]
    found = [_INDEX_CELL.match(text) for text in texts]
    if len(texts) < 3 or not all(found):
        return False
    numbers = [int(match[1]) for match in found if match is not None and match[1].isdecimal()]
    return bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
