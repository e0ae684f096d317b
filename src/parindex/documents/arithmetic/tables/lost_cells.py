"""Cells that a table lost or has twice: a row with fewer or more figures than the head, words under a head of figures,
several figures in one cell, a column of words that a whole page lacks.

Sums go by what is left: where a row has lost a figure, nobody knows which, and nothing is said of its columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.tables.amounts import cell_figure, figures_of
from parindex.documents.arithmetic.tables.labels import CodeStyle, RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks
from parindex.documents.arithmetic.tables.table_rows import TableRow
from parindex.documents.papers import Cell
from parindex.documents.printed_text import folded, joined

#: Thousands parted by blanks.
_GROUPED = re.compile(r"\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?")
#: So many rows show what a column holds; so large a share of them must.
_FEWEST_ROWS = 8
#: Words as long as these stand twice in a row, or under a head of figures, by a fault only.
_LONG = 20


@dataclass(frozen=True, slots=True)
class _Shape:
    """The columns of figures side by side, and the columns of words right of them; whether most rows fill the last one
    of these (``fills_last``).
    """

    figures: tuple[int, ...]
    words: tuple[int, ...]
    fills_last: bool


def check_cells(checks: TableChecks) -> None:
    """Finds lost and doubled cells, and sets the figures of their rows right where they can be told."""
    table = checks.table
    shape = _shape(table)
    if shape is None:
        return
    slips: list[Slip] = []
    for at, row in enumerate(table.rows):
        if row.role is RowRole.NOTE or not _is_item(row):
            continue
        found = _together(table, at, shape) or _doubled(table, at, shape) or _lost(table, at, shape)
        if found is not None:
            slips.append(found)
        elif (again := _words_twice(row, shape)) is not None:
            slips.append(_slip(at, again, StatementKind.DOUBLED_COLUMN, "words_twice", ""))
    broken = {slip.row for slip in slips}
    slips += list(_without_words(table, shape, broken))
    counted = sum(map(_is_item, table.rows))
    checks.checked["rows"] += counted
    # Where most rows differ from the head it is the head that was misread.
    if 2 * len(broken) <= counted:
        checks.slips += slips


def _shape(table: PrintedTable) -> _Shape | None:
    """The shape of a table with a head and codes; None where its rows do not show one."""
    named = [at for at, head in enumerate(table.heads) if head]
    rows = [row for row in table.rows if row.role is RowRole.DATA and _is_item(row)]
    if len(rows) < _FEWEST_ROWS or not named:
        return None
    figures = [
        at
        for at in named
        if at and 2 * sum(at < len(row.cells) and cell_figure(row.cells[at]) is not None for row in rows) > len(rows)
    ]
    if len(figures) < 2 or figures != list(range(figures[0], figures[-1] + 1)):
        return None
    words = tuple(at for at in named if at > figures[-1])
    return _Shape(
        tuple(figures), words, bool(words) and 2 * sum(bool(_text(row, words[-1])) for row in rows) > len(rows)
    )


def _is_item(row: TableRow) -> bool:
    """Whether a row has a code of its own; words behind a dash may go on from the row above."""
    return row.code.style not in (CodeStyle.NONE, CodeStyle.DASH)


def _cell(row: TableRow, at: int) -> Cell | None:
    return row.cells[at] if at < len(row.cells) else None


def _text(row: TableRow, at: int) -> str:
    cell = _cell(row, at)
    return joined(cell.text) if cell is not None else ""


def _is_figure(row: TableRow, at: int) -> bool:
    cell = _cell(row, at)
    return cell is not None and cell_figure(cell) is not None


def _together(table: PrintedTable, at: int, shape: _Shape) -> Slip | None:
    """Several figures in the first cell of figures: they are told apart where their number fits the head."""
    row, first, count = table.rows[at], shape.figures[0], len(shape.figures)
    figures = figures_of(_text(row, first))
    if len(figures) not in (count, count + 1):
        return None
    beside = [text for column in shape.figures[1:] if (text := _text(row, column).strip())]
    if beside and _GROUPED.fullmatch(_text(row, first).strip()):
        return None  # "273 343" beside another figure is one number of thousands
    doubled = len(figures) > count and figures[-1] == figures[-2]
    if len(figures) > count and not doubled:
        return None
    place = row.cells[first].place
    for column, text in zip(shape.figures, figures, strict=False):
        table.set_figure(at, column, cell_figure(Cell(text, place)))
    if doubled:
        return _slip(at, first, StatementKind.DOUBLED_COLUMN, "figures_together", figures[-1])
    return _slip(at, first, StatementKind.LOST_COLUMN, "figures_together", " ".join(figures))


def _doubled(table: PrintedTable, at: int, shape: _Shape) -> Slip | None:
    """One figure more than the head has columns: the last one again, or the beginning of it."""
    row, last = table.rows[at], shape.figures[-1]
    after = last + 1
    extra = _text(row, after)
    if not _is_figure(row, after) or not all(_is_figure(row, one) for one in shape.figures):
        return None
    if after not in shape.words and after < len(table.heads) and table.heads[after]:
        return None
    same = extra == _text(row, last) or (len(extra) > 2 and _text(row, last).startswith(extra))
    return _slip(at, after, StatementKind.DOUBLED_COLUMN, "figure_twice", extra) if same else None


def _lost(table: PrintedTable, at: int, shape: _Shape) -> Slip | None:
    """Fewer figures than the head, and the words of the next column in the place of the last one."""
    row = table.rows[at]
    have = [one for one in shape.figures if table.figure(at, one) is not None]
    missing = shape.figures[len(have) :]
    if not have or not missing or have != list(shape.figures[: len(have)]):
        return None
    if figures_of(_text(row, missing[0])):
        return None
    if not (_took_words(row, shape, missing[0]) or _ends_there(row, shape, missing[0])):
        return None
    same = {_text(row, one) for one in have}
    found = _text(row, have[0]) if len(same) == 1 and len(have) > 1 else ""
    for column in shape.figures:
        table.doubt(at, column)
    for column in missing:
        table.set_figure(at, column, None)
    return _slip(at, missing[0], StatementKind.LOST_COLUMN, "figure_lost", "", found)


def _holds_words(row: TableRow, at: int) -> bool:
    return sum(one.isalpha() for one in _text(row, at)) >= 3


def _took_words(row: TableRow, shape: _Shape, at: int) -> bool:
    """Whether the words of the next column stand in the place of a figure: a sentence does, or others where the last
    column has none; a few words of its own ("Chưa xếp hạng") leave the columns behind it as they are.
    """
    if not shape.words or not _holds_words(row, at):
        return False
    return len(_text(row, at)) >= _LONG or (shape.fills_last and not _text(row, shape.words[-1]))


def _ends_there(row: TableRow, shape: _Shape, at: int) -> bool:
    """Whether the row belongs to a page that lacks a column and has nothing from there on."""
    narrow = bool(shape.words) and row.width < shape.words[-1] + 1
    return narrow and not any(_text(row, one) for one in range(at, len(row.cells)))


def _words_twice(row: TableRow, shape: _Shape) -> int | None:
    """The column with the words of the column before it once more."""
    for at in range(shape.figures[-1] + 2, len(row.cells)):
        words = folded(_text(row, at))
        if len(words) >= _LONG and words == folded(_text(row, at - 1)):
            return at
    return None


def _without_words(table: PrintedTable, shape: _Shape, broken: set[int]) -> Iterator[Slip]:
    """Runs of items on a page that is narrower than the head, none of which fills the last column of words."""
    if not shape.words:
        return
    last = shape.words[-1]
    children = table.children()
    items = [
        at
        for at, row in enumerate(table.rows)
        if row.role in (RowRole.DATA, RowRole.HEADING) and _is_item(row) and at not in children
    ]
    filled = [at for at in items if _text(table.rows[at], last)]
    if 5 * len(filled) < 2 * len(items):
        return
    run: list[int] = []
    for at in items:
        row = table.rows[at]
        if run and table.rows[run[-1]].page != row.page:
            yield from _run(run, last)
            run = []
        if at not in broken and row.width <= last and not _text(row, last):
            run.append(at)
            continue
        yield from _run(run, last)
        run = []
        if at not in broken and _is_figure(row, last) and _mostly_words(table, filled, last):
            yield _slip(at, last, StatementKind.LOST_COLUMN, "words_lost", _text(row, last))
    yield from _run(run, last)


def _run(run: Sequence[int], last: int) -> Iterator[Slip]:
    if run:
        yield _slip(run[0], last, StatementKind.LOST_COLUMN, "words_lost", "", count=len(run))


def _mostly_words(table: PrintedTable, filled: Sequence[int], column: int) -> bool:
    return 10 * sum(_holds_words(table.rows[at], column) for at in filled) >= 9 * len(filled)


def _slip(row: int, column: int, kind: StatementKind, why: str, stated: str, found: str = "", count: int = 1) -> Slip:
    return Slip(row, column, kind, Sure.CERTAIN, stated, found, why, {"count": count}, Severity.SLIP)
