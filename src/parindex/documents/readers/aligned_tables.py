"""Tables without lines as grids: head, columns, rows; what is no part of them stays prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parindex.documents.criteria_tables import captions
from parindex.documents.criteria_tables.head_words import Column
from parindex.documents.criteria_tables.row_cells import TOTAL
from parindex.documents.papers import Cell, Grid
from parindex.documents.printed_text import clean, joined, read_points
from parindex.documents.readers.aligned_columns import Columns, Line, find_columns, repeats_head
from parindex.documents.readers.aligned_rows import Stretch, homes
from parindex.domain.errors import Place, Problem


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """A grid that the lines from ``first`` up to ``end`` make up, and the doubts about its rows."""

    first: int
    end: int
    grid: Grid
    doubts: tuple[Problem, ...]
    columns: Columns


def aligned_tables(
    lines: Sequence[Line], place: Place, *, exact: bool, known: Columns | None = None
) -> list[AlignedTable]:
    """The tables among the lines; ``known`` are the columns of the page before, for a page that goes on without a head.

    ``exact``: heights are measured, not counted in lines.
    """
    out: list[AlignedTable] = []
    at = 0
    while at < len(lines):
        found = find_columns(lines, at)
        if found is not None:
            columns, head = found
            known = None
        elif known is not None and at == 0 and _goes_on(lines, known):
            columns, head = known, 0
        else:
            at += 1
            continue
        end = _end(lines, at + head, columns)
        if end > at + head:
            out.append(_table(lines[at + head : end], place, columns, exact, first=at, end=end, head=head))
        at = max(end, at + 1)
    return out


def _goes_on(lines: Sequence[Line], columns: Columns) -> bool:
    """Whether a page without a head stands in the columns of the page before: its first rows have codes and points."""
    rows = [line for line in lines[:12] if columns.has_code(line)]
    return any(any(read_points(text) is not None for text in columns.cells(line)[1:]) for line in rows)


def _end(lines: Sequence[Line], start: int, columns: Columns) -> int:
    """Where the rows end: below the total, at a caption or at another head, else at lines that are prose."""
    end = start
    for at in range(start, len(lines)):
        line = lines[at]
        if captions.is_numbered(line.text) or (at > start and find_columns(lines, at) is not None):
            break
        if columns.has_code(line):
            end = at + 1
        elif _is_total(columns, line):
            return at + 1
        elif columns.crosses(line):
            break
        elif end == at or all(not columns.crosses(one) for one in lines[end:at]):
            end = at + 1
    return end


def _is_total(columns: Columns, line: Line) -> bool:
    return TOTAL.match(line.text) is not None and any(read_points(text) is not None for text in columns.cells(line))


def _table(
    lines: Sequence[Line], place: Place, columns: Columns, exact: bool, *, first: int, end: int, head: int
) -> AlignedTable:
    body = [line for line in lines if not repeats_head(columns, line)]
    cells = [columns.cells(line) for line in body]
    title = columns.at(Column.TITLE)
    anchors = [at for at, line in enumerate(body) if _is_anchor(columns, line, cells[at])]
    told = [at for at in range(len(body)) if cells[at][title]]
    stretch = Stretch(
        [body[at].at for at in told], [cells[at][title] for at in told], [body[at].at for at in anchors], exact
    )
    found, unsure = homes(stretch, goes_on=not head)
    home = dict(zip(told, found, strict=True))
    home |= {at: row for row, at in enumerate(anchors) if at not in home}
    # What stands in other columns on lines of their own goes with the nearest row.
    for at in range(len(body)):
        if at not in home and anchors:
            home[at] = min(range(len(anchors)), key=lambda row: abs(body[anchors[row]].at - body[at].at))
    rows: list[tuple[Cell, ...]] = []
    if head:
        rows.append(tuple(Cell(clean(text), replace(place, line=None)) for text in columns.texts))
    for row in range(-1, len(anchors)):
        own = [at for at in range(len(body)) if home.get(at, -1) == row]
        if own:
            where = replace(place, line=body[anchors[row] if row >= 0 else own[0]].number)
            texts = [
                "\n".join(cells[at][column] for at in own if cells[at][column]) for column in range(len(columns.texts))
            ]
            rows.append(tuple(Cell(clean(text), where) for text in texts))
    names = [joined(cells[anchors[row]][columns.at(Column.CODE)]) for row in sorted(unsure)]
    where = replace(place, line=body[anchors[min(unsure)]].number) if unsure else place
    doubts = (Problem("row_bounds_unsure", where, {"codes": names}),) if unsure else ()
    grid = Grid(tuple(rows), replace(place, line=lines[0].number), continues=not head)
    return AlignedTable(first, end, grid, doubts, columns)


def _is_anchor(columns: Columns, line: Line, cells: Sequence[str]) -> bool:
    """Whether a line begins a row of its own: a code, a total, or points (an option, a row that lost its code)."""
    points = [cells[at] for at, kind in enumerate(columns.kinds) if kind is Column.MAX_POINTS]
    return columns.has_code(line) or _is_total(columns, line) or any(read_points(text) is not None for text in points)
