"""From blocks to tables of other measurements: which grid begins a table, which goes on with the one before, and which
lines are prose.

How this goes is the same for all of them; what makes a head, a row and a heading is said by a :class:`TableReading`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from parindex.documents.head_texts import Row
from parindex.documents.papers import Block, Cell, Grid, Paragraph
from parindex.domain.errors import Place


class AnyHead(Protocol):
    """The head of a table: its first row in the grid, and how many rows it has."""

    @property
    def first(self) -> int: ...

    @property
    def rows(self) -> int: ...


class AnyReader(Protocol):
    """What takes the rows of one table over all its grids."""

    def take(self, head: Any, rows: Iterable[Row], place: Place) -> None: ...


Head = TypeVar("Head", bound=AnyHead)
Reader = TypeVar("Reader", bound=AnyReader)
#: The first head at or after a row of a grid.
FindHead = Callable[[int], Head | None]


@dataclass(slots=True)
class OpenTable(Generic[Head, Reader]):
    """A table while its grids come in, with the lines that stood before it; ``width`` is the columns of its grids."""

    head: Head
    place: Place
    before: list[Paragraph]
    width: int
    reader: Reader


@dataclass(frozen=True, slots=True)
class TableInLines(Generic[Head, Reader]):
    """A table in plain lines, and the lines that it takes up."""

    table: OpenTable[Head, Reader]
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class TableReading(Generic[Head, Reader]):
    """What one kind of table goes by.

    ``finder`` looks for heads in a grid, given the lines since the last table; ``holds`` says whether rows stand in the
    columns of a head, ``is_other`` whether a head begins another table than the one before, ``end`` where prose begins
    below the rows, ``headings`` which of the lines right before a grid head its rows, ``plain`` finds a table in lines.
    """

    finder: Callable[[Grid, Sequence[Paragraph]], FindHead[Head]]
    reader: Callable[[Head], Reader]
    holds: Callable[[Head, Sequence[Row]], bool]
    is_other: Callable[[Head, Head, Sequence[Paragraph]], bool]
    end: Callable[[Head, Sequence[Row]], int]
    headings: Callable[[Sequence[Paragraph]], Sequence[Paragraph]]
    plain: Callable[[Sequence[Paragraph]], TableInLines[Head, Reader] | None]


def tables_in(
    blocks: Sequence[Block], reading: TableReading[Head, Reader]
) -> tuple[list[OpenTable[Head, Reader]], list[Block]]:
    """The tables of one kind, and the blocks that are no part of one (prose in their grids as paragraphs)."""
    stream = _Stream(reading)
    for block in blocks:
        stream.take(block)
    if not stream.tables:
        stream.take_lines()
    return stream.tables, stream.rest


@dataclass(slots=True)
class _Stream(Generic[Head, Reader]):
    """Takes blocks in reading order."""

    reading: TableReading[Head, Reader]
    tables: list[OpenTable[Head, Reader]] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)
    #: The lines of prose since the last row of a table.
    since: list[Paragraph] = field(default_factory=list)

    def take(self, block: Block) -> None:
        """The next block of the paper."""
        if isinstance(block, Paragraph):
            self._say([block])
            return
        find = self.reading.finder(block, self.since)
        head = find(0)
        if head is not None:
            self._take_headed(block, head, find)
        elif self._goes_on(block, block.rows):
            self._take_headings(block)
            self._feed(self.tables[-1].head, block.rows, block)
        else:
            self.rest.append(block)

    def _say(self, lines: Iterable[Paragraph]) -> None:
        lines = list(lines)
        self.rest.extend(lines)
        self.since = [*self.since, *lines]

    def _goes_on(self, grid: Grid, rows: Sequence[Row]) -> bool:
        """Whether rows without a head stand in the columns of the last table."""
        if not self.tables or len(grid.rows[0]) != self.tables[-1].width:
            return False
        table = self.tables[-1]
        return grid.place.sheet == table.place.sheet and self.reading.holds(table.head, rows)

    def _take_headings(self, grid: Grid) -> None:
        """The lines right before a grid that goes on which head its rows: where the cells of a row are what a line has
        between tabs, a heading without tabs is a line of its own.
        """
        headings = self.reading.headings(self.since)
        gone = {id(line) for line in headings}
        self.rest = [block for block in self.rest if id(block) not in gone] if gone else self.rest
        table = self.tables[-1]
        table.reader.take(table.head, [[Cell(line.text, line.place)] for line in headings], grid.place)

    def _take_headed(self, grid: Grid, head: Head, find: FindHead[Head]) -> None:
        """A grid with heads: what stands above the first goes on with the table before, or is prose."""
        above = grid.rows[: head.first]
        if above and self._goes_on(grid, above):
            self._feed(self.tables[-1].head, above, grid)
        else:
            self._say(_lines(above))
        following: Head | None = head
        while following is not None:
            head, following = following, find(following.first + following.rows)
            rows = grid.rows[head.first + head.rows : None if following is None else following.first]
            if not self.tables or self._starts_anew(grid, head):
                width, reader = len(grid.rows[0]), self.reading.reader(head)
                self.tables.append(OpenTable(head, grid.place, self.since, width, reader))
            self._feed(head, rows, grid)

    def _starts_anew(self, grid: Grid, head: Head) -> bool:
        table = self.tables[-1]
        return grid.place.sheet != table.place.sheet or self.reading.is_other(table.head, head, self.since)

    def _feed(self, head: Head, rows: Sequence[Row], grid: Grid) -> None:
        """The rows to the last table, the prose below them to the rest."""
        end = self.reading.end(head, rows)
        self.tables[-1].reader.take(head, rows[:end], grid.place)
        self.since = []
        self._say(_lines(rows[end:]))

    def take_lines(self) -> None:
        """A table in the lines, where no grid held one."""
        at = [number for number, block in enumerate(self.rest) if isinstance(block, Paragraph)]
        found = self.reading.plain([block for block in self.rest if isinstance(block, Paragraph)])
        if found is not None:
            taken = set(at[found.first : found.end])
            self.tables = [found.table]
            self.rest = [block for number, block in enumerate(self.rest) if number not in taken]


def _lines(rows: Sequence[Row]) -> Iterator[Paragraph]:
    """The prose in the cells of rows."""
    for row in rows:
        for cell in row:
            for line in cell.text.split("\n"):
                if line:
                    yield Paragraph(line, cell.place)
