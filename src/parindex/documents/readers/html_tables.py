"""Tables of web pages as grids: merged cells stand once, at their top left; tables inside cells are told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from parindex.documents.papers import Block, Cell, Grid, Paragraph
from parindex.documents.readers import limits
from parindex.domain.errors import Place

#: A table in a cell is one of its own from this size on; a smaller one is text of its cell.
_OWN_COLUMNS, _OWN_ROWS = 3, 3
#: A table that holds other tables and is not larger than this only lays out the page.
_LAYOUT_COLUMNS, _LAYOUT_ROWS = 2, 2


@dataclass(slots=True)
class _HtmlCell:
    place: Place
    across: int
    down: int
    parts: list[Paragraph | Table] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table in the making: its rows of cells, each with what stands in it."""

    place: Place
    rows: list[list[_HtmlCell]] = field(default_factory=list)
    cell: _HtmlCell | None = None
    in_row: bool = False

    def begin_row(self) -> None:
        """A new row; one that was left open ends."""
        self.end_row()
        self.rows.append([])
        self.in_row = True

    def end_row(self) -> None:
        """The row ends, and the cell that was left open in it."""
        self.end_cell()
        self.in_row = False

    def begin_cell(self, attributes: dict[str, str], place: Place) -> None:
        """A new cell; one that was left open ends, and a row that was not begun begins."""
        self.end_cell()
        if not self.in_row:
            self.begin_row()
        across, down = (_span(attributes.get(name, "1")) for name in ("colspan", "rowspan"))
        self.cell = _HtmlCell(place, max(1, min(across, limits.MAX_COLUMNS)), down)
        self.rows[-1].append(self.cell)

    def end_cell(self) -> None:
        """What follows stands in no cell."""
        self.cell = None

    def add(self, part: Paragraph | Table) -> bool:
        """Put a paragraph or a table into the open cell; False where none is open."""
        if self.cell is None:
            return False
        self.cell.parts.append(part)
        return True

    def covered(self) -> int:
        """How many cells the table has beyond those that it holds: spans may claim more than a table can have."""
        height = len(self.rows)
        return sum(cell.across * min(cell.down, height) - 1 for row in self.rows for cell in row)

    @property
    def is_large(self) -> bool:
        """Whether the table is one of its own where it stands in a cell."""
        return len(self.rows) >= _OWN_ROWS and max(map(len, self.rows), default=0) >= _OWN_COLUMNS

    @property
    def inner(self) -> list[Table]:
        """The tables inside its cells that are tables of their own, or hold such."""
        parts = (part for row in self.rows for cell in row for part in cell.parts)
        return [part for part in parts if isinstance(part, Table) and (part.is_large or part.inner)]


def _span(printed: str) -> int:
    """A span as written, at least 1; 0 goes on to the end of the table."""
    value = printed.strip()
    if not value.isdecimal() or len(value) > 5:
        return 1
    return int(value) or limits.MAX_CELLS


def blocks_of(table: Table) -> Iterator[Block]:
    """The table as a grid with those inside its cells behind it; one that lays out the page as what stands in it."""
    inner = table.inner
    wide = max(map(len, table.rows), default=0)
    if inner and (len(table.rows) <= _LAYOUT_ROWS or wide <= _LAYOUT_COLUMNS):
        for row in table.rows:
            for cell in row:
                for part in cell.parts:
                    yield from blocks_of(part) if isinstance(part, Table) else [part]
        return
    yield grid_of(table)
    for one in inner:
        yield from blocks_of(one)


def grid_of(table: Table) -> Grid:
    """The table as a rectangle: what merged cells cover is empty."""
    height = len(table.rows)
    taken: dict[tuple[int, int], Cell] = {}
    for at, row in enumerate(table.rows):
        column = 0
        for one in row:
            while (at, column) in taken:
                column += 1
            covered = Cell("", one.place, covered=True)
            across, down = min(one.across, limits.MAX_COLUMNS - min(column, limits.MAX_COLUMNS - 1)), one.down
            for below in range(at, min(at + down, height)):
                for beside in range(column, column + across):
                    taken.setdefault((below, beside), covered)
            taken[at, column] = Cell("\n".join(_texts(one)), one.place)
            column += across
    width = max((column for _, column in taken), default=-1) + 1
    empty = Cell("", table.place, covered=True)
    rows = tuple(tuple(taken.get((at, column), empty) for column in range(width)) for at in range(height))
    return Grid(tuple(row for row in rows if row), table.place)


def _texts(cell: _HtmlCell) -> Iterator[str]:
    """The paragraphs of a cell with those of small tables in it."""
    for part in cell.parts:
        if isinstance(part, Paragraph):
            yield part.text[: limits.MAX_CELL_CHARACTERS]
        elif not part.is_large:
            for row in part.rows:
                for one in row:
                    yield from _texts(one)
