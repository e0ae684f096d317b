"""The tables of a paper: grids that go on over pages joined, with heads, rows with codes, and figures by column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from parindex.documents.arithmetic.tables import heads
from parindex.documents.arithmetic.tables.amounts import Amount, CellFigure, Marks, cell_figure
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import (
    MARKS,
    NO_CODE,
    RowRole,
    code_of,
    is_total_of,
    role_of,
    split_title,
)
from parindex.documents.arithmetic.tables.moves import unmoved
from parindex.documents.arithmetic.tables.periods import with_periods
from parindex.documents.arithmetic.tables.table_rows import TableRow, nested
from parindex.documents.papers import Block, Cell, Grid, Paragraph
from parindex.documents.printed_text import folded, joined
from parindex.domain.errors import Place

#: Lines of prose before a table that may speak of it, and the most between two pages of one table.
_BEFORE = 6
_BETWEEN = 2
_CAPTION = re.compile(r"^(?:bang|bieu|phu luc|phan|muc|[ivx]{1,4}\.|\d{1,2}\.)\b")
#: Longer lines between two grids are prose, shorter ones numbers and heads of pages.
_RUNNING = 40
_HEAD_ROWS = 6
#: Longer words than a Roman numeral.
_FEWEST_LETTERS = 5
#: A letterhead has the office on the one side and the motto on the other.
_SIDES = ("office", "motto")
_MOST_CAPTIONS = 12
#: So many figures show that a mark parts thousands.
_FEWEST_GROUPED = 4
#: One does where, read as decimals, it would be less than so small a part of the usual figure of its column.
_SMALL_PART, _FEWEST_WHOLE = 10, 3
_GROUPED = re.compile(r"^\D{0,2}[1-9]\d{0,2}(?:[.,]\d{3})+\D{0,3}$")


@dataclass(slots=True)
class PrintedTable:
    """A table with what stands before it. ``titles``: the words over each column, ``heads``: the same folded."""

    titles: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    place: Place
    before: tuple[Paragraph, ...]
    marks: Marks = Marks.COMMA
    _figures: dict[tuple[int, int], CellFigure | None] = field(default_factory=dict, repr=False)
    _unknown: set[tuple[int, int]] = field(default_factory=set, repr=False)

    @property
    def width(self) -> int:
        """The columns of the table."""
        return len(self.heads)

    def figure(self, row: int, column: int) -> CellFigure | None:
        """The figure of a cell in both readings."""
        key = (row, column)
        if key not in self._figures:
            cells = self.rows[row].cells
            self._figures[key] = cell_figure(cells[column]) if column < len(cells) else None
        return self._figures[key]

    def amount(self, row: int, column: int) -> Amount | None:
        """The figure of a cell by the marks of the table."""
        found = self.figure(row, column)
        return found.by(self.marks) if found is not None else None

    def set_figure(self, row: int, column: int, figure: CellFigure | None) -> None:
        """Sets a figure that the layout displaced."""
        self._figures[(row, column)] = figure

    def doubt(self, row: int, column: int) -> None:
        """Notes that a figure may belong to another column, since its row has lost one."""
        self._unknown.add((row, column))

    def is_unknown(self, row: int, column: int) -> bool:
        """Whether nobody knows the figure of a cell."""
        return (row, column) in self._unknown

    def kind(self, column: int) -> ColumnKind:
        """What the head of a column says."""
        return heads.kind_of(self.heads[column])

    def by_marks(self) -> list[PrintedTable]:
        """The table in each habit of parting decimals that its cells allow."""
        shown = {one.decided for one in self._all_figures() if one.decided is not None}
        unsure = any(one.comma.value != one.point.value for one in self._all_figures())
        if not unsure:
            return [self]
        shown = shown or {Marks.COMMA if mark == "." else Marks.POINT for mark in ".," if self._parts_thousands(mark)}
        return [self._read(marks) for marks in Marks if not shown or marks in shown]

    def _parts_thousands(self, mark: str) -> bool:
        """Whether a mark parts thousands: all figures with it have three digits behind it, while others of the same
        column go without ("1.280", "224"); decimals would show them all, or drop zeros, and be no small part of these.
        """
        grouped = whole = 0
        for column in range(self.width):
            figures = [one for at in range(len(self.rows)) if (one := self.figure(at, column)) is not None]
            marked = [one for one in figures if mark in one.comma.text]
            if marked and all(_GROUPED.match(one.comma.text) for one in marked):
                plain = sorted(one.comma.value for one in figures if one.comma.text.isdigit())
                grouped += len(marked)
                whole += len(plain)
                largest = max(min(one.comma.value, one.point.value) for one in marked)
                if len(plain) >= _FEWEST_WHOLE and _SMALL_PART * largest < plain[len(plain) // 2]:
                    return True
        return grouped >= _FEWEST_GROUPED and whole > 0

    def _read(self, marks: Marks) -> PrintedTable:
        return replace(self, marks=marks)

    def _all_figures(self) -> Iterator[CellFigure]:
        for at, row in enumerate(self.rows):
            for column in range(min(self.width, len(row.cells))):
                found = self.figure(at, column)
                # The dots of a code part no decimals.
                if found is not None and code_of(row.cells[column].text).text != (row.code.text or None):
                    yield found

    def children(self) -> dict[int | None, list[int]]:
        """The rows directly under each row; under None those that stand under nothing, totals left out."""
        out: dict[int | None, list[int]] = {}
        for at, row in enumerate(self.rows):
            if row.role in (RowRole.DATA, RowRole.HEADING):
                out.setdefault(row.parent, []).append(at)
        return out


@dataclass(frozen=True, slots=True)
class _Piece:
    grid: Grid
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]


def printed_tables(blocks: Sequence[Block]) -> list[PrintedTable]:
    """The tables among the blocks in reading order."""
    out: list[PrintedTable] = []
    open_pieces: list[_Piece] = []
    before: list[Paragraph] = []
    kept: tuple[Paragraph, ...] = ()
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                before.append(block)
            continue
        captions, grid = _captions(block)
        before += captions
        piece = _piece(grid, open_pieces)
        if open_pieces and _goes_on(open_pieces, piece, before):
            open_pieces.append(piece)
        else:
            out += _closed(open_pieces, kept)
            open_pieces, kept = [piece], tuple(before[-_BEFORE:])
        before = []
    return out + _closed(open_pieces, kept)


def _captions(grid: Grid) -> tuple[list[Paragraph], Grid]:
    """The lines that a sheet has above the head of its table, one in a row, and the table below them."""
    count = _head_below(grid.rows)
    if not 0 < count <= _MOST_CAPTIONS or not heads.is_head_row(grid.rows[count]):
        return [], grid
    cells = [cell for row in grid.rows[:count] for cell in row if cell.text.strip()]
    return [Paragraph(cell.text, cell.place) for cell in cells], replace(grid, rows=grid.rows[count:])


def _head_below(rows: Sequence[Sequence[Cell]]) -> int:
    """The first row with cells side by side; where that is one side of a letterhead beside the other, with a title
    below it, the first one behind the title.
    """
    filled = [sum(bool(cell.text.strip()) for cell in row) for row in rows[: _MOST_CAPTIONS + 1]]
    first = next((at for at, count in enumerate(filled) if count > 1), 0)
    if _width_of(rows) <= len(_SIDES) or filled[first] > len(_SIDES):
        return first
    head = next((at for at, count in enumerate(filled) if count > len(_SIDES)), first)
    # Above a head of two rows stands no title, but its own first row.
    is_letterhead = 1 in filled[first:head] and filled[head - 1] <= 1 and 2 * filled[head] > _width_of(rows)
    words = all(code_of(cell.text) is NO_CODE and cell_figure(cell) is None for row in rows[:head] for cell in row)
    return head if is_letterhead and words else first


def _piece(grid: Grid, pieces: Sequence[_Piece]) -> _Piece:
    """A grid with its head told apart; the rest of a row that a page broke is none, where a head stands already."""
    count = 0
    rows = grid.rows
    while count < min(len(rows), _HEAD_ROWS) and heads.is_head_row(rows[count]):
        count += 1
    head = rows[:count]
    filled = [at for at in range(_width_of(rows)) if any(at < len(row) and row[at].text.strip() for row in head)]
    begins = not pieces or not pieces[0].head or 0 in filled
    if count == len(rows) or 2 * len(filled) < _width_of(rows) or not begins:
        count = 0
    return _Piece(grid, rows[:count], rows[count:])


def _goes_on(pieces: Sequence[_Piece], piece: _Piece, between: Sequence[Paragraph]) -> bool:
    """Whether a grid is the next page of the table."""
    if piece.grid.continues:
        return True
    if pieces[-1].grid.place.sheet != piece.grid.place.sheet:
        return False
    long = [one for one in between if len(one.text) > _RUNNING or _CAPTION.match(folded(one.text))]
    if long or len(between) > _BETWEEN:
        return False
    first = pieces[0]
    if piece.head:
        same = _words(piece.head) == _words(first.head)
        return same and not _starts_anew(first, piece)
    return bool(first.head) and not _starts_anew(first, piece) and abs(_width(piece) - _width(first)) <= 3


def _starts_anew(first: _Piece, piece: _Piece) -> bool:
    """Whether the first code of both is the same, and no group is opened between them."""
    codes = [next((code_of(row[0].text).text for row in one.body if row[0].text.strip()), "") for one in (first, piece)]
    return bool(codes[0]) and codes[0] == codes[1]


def _words(rows: Sequence[Sequence[Cell]]) -> str:
    return " ".join(folded(cell.text) for row in rows for cell in row if cell.text.strip())


def _width(piece: _Piece) -> int:
    return _width_of(piece.grid.rows)


def _width_of(rows: Sequence[Sequence[Cell]]) -> int:
    return max(map(len, rows), default=0)


def _closed(pieces: Sequence[_Piece], before: tuple[Paragraph, ...]) -> list[PrintedTable]:
    """The table of the pieces; nothing where it has fewer than two rows with figures."""
    if not pieces:
        return []
    width = max(map(_width, pieces))
    titles = heads.column_heads(pieces[0].head, width)
    names = tuple(folded(one) for one in titles)
    coded = _code_column(names, [cells for piece in pieces for cells in piece.body])
    rows = [
        _row(cells, coded, _width(piece), page) for page, piece in enumerate(pieces) for cells in _body(piece, titles)
    ]
    if 2 * sum(row.code is not NO_CODE for row in rows) > len(rows):
        rows = _with_total([_without_group(row) for row in rows])
    rows = with_periods(_without_remarks(rows))
    if sum(row.role is not RowRole.NOTE and (row.role is not RowRole.HEADING or _has_mark(row)) for row in rows) < 2:
        return []
    table = PrintedTable(titles, names, tuple(nested(rows)), pieces[0].grid.place, before)
    for row, column, figure in unmoved(rows, width):
        table.set_figure(row, column, figure)
    return [table]


def _has_mark(row: TableRow) -> bool:
    """Whether a cell of a row holds a mark, which a total may count."""
    return any(cell.text.strip() in MARKS for cell in row.cells[1:])


def _body(piece: _Piece, titles: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    """The rows of a page without the head that stands there once more."""
    words = {folded(one) for one in titles if one}
    head = {folded(cell.text) for row in piece.head for cell in row if cell.text.strip()} | words
    for cells in piece.body:
        filled = [folded(cell.text) for cell in cells if cell.text.strip()]
        if not (filled and (all(one in head for one in filled) or heads.are_numbers_of_columns(cells))):
            yield cells


def _code_column(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> int:
    """The column of codes: called so, else the first one, unless it holds figures and another one codes."""
    called = [at for at, name in enumerate(names) if heads.kind_of(name) is ColumnKind.NUMBER]
    if called:
        return called[0]
    for at, name in enumerate(names):
        texts = [row[at].text for row in rows if at < len(row) and row[at].text.strip()]
        coded = sum(code_of(text) is not NO_CODE for text in texts)
        if 2 * sum(_is_words(text) for text in texts) > len(texts):
            return 0  # codes stand before the titles
        if texts and 2 * coded > len(texts) and heads.kind_of(name) is ColumnKind.PLAIN and not _are_points(texts):
            return at
    return 0


def _is_words(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) >= _FEWEST_LETTERS


def _are_points(texts: Sequence[str]) -> bool:
    return any(re.match(r"^(?:0[.,]\d|\d{1,3}(?:\.\d{3})+$)", text.strip()) or "," in text for text in texts)


def _row(cells: tuple[Cell, ...], coded: int, width: int, page: int) -> TableRow:
    code = code_of(cells[coded].text) if coded < len(cells) else NO_CODE
    if coded == 0 and code.text.startswith("0."):
        code = NO_CODE
    rest = (*cells[:coded], *cells[coded + 1 :]) if code is not NO_CODE else cells
    title = next((joined(cell.text) for cell in rest if joined(cell.text) and cell_figure(cell) is None), "")
    if code is NO_CODE:
        code, title = split_title(title)
    figures = any(cell_figure(cell) is not None for cell in rest)
    place = next((cell.place for cell in cells if cell.text.strip()), cells[0].place if cells else Place())
    return TableRow(
        cells, replace(place, code=code.text or None), code, title, role_of(title, has_figures=figures), width, page
    )


def _without_group(row: TableRow) -> TableRow:
    """A row of words without a code, in a table of codes, is the rest of the row above, which a page broke."""
    broken = row.role is RowRole.HEADING and row.code is NO_CODE
    return replace(row, role=RowRole.NOTE) if broken else row


def _without_remarks(rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows of a table, those of words behind the last figure made remarks."""
    last = max((at for at, row in enumerate(rows) if row.role not in (RowRole.HEADING, RowRole.NOTE)), default=-1)
    return [row if at <= last else replace(row, role=RowRole.NOTE) for at, row in enumerate(rows)]


def _with_total(rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows of a table of codes; the first or the last one, where it alone has no code and speaks of the total of
    something ("Tổng số hồ sơ tiếp nhận"), is their total; so is one that only rows without codes follow ("Làm tròn").
    """
    data = [at for at, row in enumerate(rows) if row.role is RowRole.DATA]
    bare = [at for at in data if rows[at].code is NO_CODE]
    ends = bare == data[:1] or bare == data[len(data) - len(bare) :]
    # One figure may be that of something which the rows do not share out.
    if (
        not bare
        or not ends
        or sum(cell_figure(cell) is not None for cell in rows[bare[0]].cells) < 2
        or not is_total_of(rows[bare[0]].title)
    ):
        return list(rows)
    return [replace(row, role=RowRole.TOTAL) if at == bare[0] else row for at, row in enumerate(rows)]
