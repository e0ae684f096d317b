"""Evaluation tables out of the blocks of a paper: which grids are theirs, which go on, and what is left as prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from parindex.documents.criteria_tables import captions
from parindex.documents.head_texts import Row, filled
from parindex.documents.papers import Block, Cell, Grid, MeasuredTable, Paragraph, TableKind
from parindex.documents.printed_figures import read_figure
from parindex.documents.printed_text import folded, in_capitals, joined
from parindex.documents.procedure_tables import prose
from parindex.documents.procedure_tables.grade_words import LEGAL, LEGAL_TOTAL
from parindex.documents.procedure_tables.head_words import Column, Head, find_head
from parindex.documents.procedure_tables.plain_lines import plain_table
from parindex.documents.procedure_tables.rows import MeanRow, RowReader, is_group_line, is_heading
from parindex.documents.running_text import running_text
from parindex.domain.errors import Place, Problem
from parindex.domain.procedures.printed_table import EvaluationTable, PrintedMean, UnitGroup

#: An indicator of the circular gives two points, the points of officials are of ten; a table whose figures are higher
#: in more than a tenth of its cells goes by other maxima.
_MOST_POINTS = Fraction(2)
_MOST_OFFICIAL = Fraction(10)
_FEWEST_UNITS = 2
#: A title in two lines.
_MOST_HEADINGS = 2
_YEAR = re.compile(r"\bnam\s+((?:19|20)\d\d)\b")
_TITLE_LINES = 6
_NO_TITLE = re.compile(r"(tm|kt)[. ]|s?tt\b")


@dataclass(slots=True)
class OpenTable:
    """A table while its grids come in, with the lines that stood before it."""

    head: Head
    place: Place
    before: list[Paragraph]
    width: int
    reader: RowReader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = RowReader(self.head)


def evaluation_tables(blocks: Sequence[Block]) -> tuple[list[MeasuredTable], list[Block]]:
    """The evaluation tables of a paper, and the blocks that are no part of one (prose in their grids as paragraphs)."""
    opened: list[OpenTable] = []
    rest: list[Block] = []
    since: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            rest.append(block)
            since.append(block)
            continue
        headings = _headings(block, opened, since)
        rest, since = without(rest, headings), without(since, headings)
        if headings:
            rows = [[Cell(line.text, line.place)] for line in headings]
            opened[-1].reader.take(opened[-1].head, rows, block.place)
        lines = list(_take(block, opened, since))
        if lines and lines[0] is block:
            rest.append(block)
            continue
        rest.extend(lines)
        since = [line for line in lines if isinstance(line, Paragraph)]
    if not opened:
        opened, rest = _from_lines(rest)
    opened = [table for table in opened if sum(len(group.units) for group in table.reader.groups) >= _FEWEST_UNITS]
    return _closed(opened, [block for block in rest if isinstance(block, Paragraph)]), rest


def _headings(grid: Grid, opened: Sequence[OpenTable], since: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines right before a grid that goes on which head its rows: where the cells of a row are what a line has
    between tabs, a heading without tabs is a line of its own.
    """
    if not opened or not _goes_on(opened[-1], grid) or find_head(grid.rows) is not None:
        return []
    found: list[Paragraph] = []
    for line in reversed([line for line in since if line.text]):
        if captions.is_caption(line.text) or len(found) == _MOST_HEADINGS or not is_group_line(line.text):
            break
        found.insert(0, line)
    return found


def without(blocks: Sequence[Any], taken: Sequence[Paragraph]) -> list[Any]:
    """The blocks that were not taken."""
    gone = {id(line) for line in taken}
    return [block for block in blocks if id(block) not in gone] if gone else list(blocks)


def _from_lines(rest: list[Block]) -> tuple[list[OpenTable], list[Block]]:
    """A table in plain lines, and the blocks without its lines."""
    at = [number for number, block in enumerate(rest) if isinstance(block, Paragraph)]
    lines = [block for block in rest if isinstance(block, Paragraph)]
    found = plain_table(lines)
    if found is None:
        return [], rest
    table = OpenTable(found.head, lines[found.first].place, lines[: found.first], 0)
    table.reader.take(found.head, found.rows, table.place)
    taken = set(at[found.first : found.end])
    return [table], [block for number, block in enumerate(rest) if number not in taken]


def _take(grid: Grid, opened: list[OpenTable], since: list[Paragraph]) -> Iterator[Block]:
    """Feed a grid to its tables; what is no part of them comes back, the grid itself where nothing is."""
    head = find_head(grid.rows)
    current = opened[-1] if opened else None
    if head is None:
        if current is None or not _goes_on(current, grid):
            yield grid
            return
        yield from _feed(current, current.head, grid.rows, grid)
        return
    if current is not None and head.first and _goes_on(current, grid) and head.first > 2:
        yield from _feed(current, current.head, grid.rows[: head.first], grid)
    else:
        above = list(_lines(grid.rows[: head.first]))
        since = [*since, *above]
        yield from above
    while head is not None:
        following = find_head(grid.rows, head.first + head.rows)
        rows = grid.rows[head.first + head.rows : None if following is None else following.first]
        if current is None or _starts_anew(current, head, grid, since):
            current = OpenTable(head, grid.place, since, len(grid.rows[0]))
            opened.append(current)
        lines = list(_feed(current, head, rows, grid))
        yield from lines
        since, head = [line for line in lines if isinstance(line, Paragraph)], following


def _goes_on(table: OpenTable, grid: Grid) -> bool:
    """Whether a grid without a head stands in the columns of the table: figures below most of its indicators."""
    if len(grid.rows[0]) != table.width or grid.place.sheet != table.place.sheet:
        return False
    order = table.head.order
    rows = [row for row in grid.rows if sum(read_figure(row[at].text) is not None for at in order) * 2 > len(order)]
    return bool(rows)


def _starts_anew(table: OpenTable, head: Head, grid: Grid, since: Sequence[Paragraph]) -> bool:
    """Whether a head begins another table: other columns, another sheet, or a heading before it."""
    if grid.place.sheet != table.place.sheet or sorted(head.columns.values()) != sorted(table.head.columns.values()):
        return True
    return any(captions.is_caption(line.text) or in_capitals(line.text) for line in since if line.text)


def _feed(table: OpenTable, head: Head, rows: Sequence[Row], grid: Grid) -> Iterator[Block]:
    end = _end(head, rows)
    table.reader.take(head, rows[:end], grid.place)
    yield from _lines(rows[end:])


def _end(head: Head, rows: Sequence[Row]) -> int:
    """Where prose begins below the last row with figures; the rest of a broken name still belongs to that row."""
    end = 0
    for at, row in enumerate(rows):
        if any(column < len(row) and read_figure(row[column].text) is not None for column in head.order):
            end = at + 1
    unit = head.at(Column.UNIT)
    while end < len(rows):
        cells = filled(rows[end])
        rest = len(cells) == 1 and cells[0][0] == unit and cells[0][1][:1].islower()
        if not rest and not is_heading(cells):
            break
        end += 1
    return end


def _lines(rows: Sequence[Row]) -> Iterator[Paragraph]:
    for row in rows:
        for cell in row:
            for line in cell.text.split("\n"):
                if line:
                    yield Paragraph(line, cell.place)


# --- closing -------------------------------------------------------------------------------------------------------


def _closed(opened: Sequence[OpenTable], lines: Sequence[Paragraph]) -> list[MeasuredTable]:
    text = running_text(lines)
    made = [finished(table, number, len(opened)) for number, table in enumerate(opened, start=1)]
    stated = prose.counts(text, [table for table, _ in made])
    out = []
    for (table, doubts), found in zip(made, stated, strict=True):
        maxima = [maximum for maximum in table.maxima if maximum is not None]
        total = sum(maxima, Fraction(0)) if len(maxima) == len(table.maxima) else None
        declared = prose.bands(text, total)
        bands = declared or (LEGAL if total == LEGAL_TOTAL else ())
        whole = replace(table, counts=tuple(found), bands=bands or LEGAL, declared_bands=bool(declared))
        out.append(MeasuredTable(TableKind.PROCEDURE_EVALUATION, whole, doubts))
    return out


def finished(opened: OpenTable, number: int, of: int) -> tuple[EvaluationTable, tuple[Problem, ...]]:
    """The table as printed, with the doubts about its rows; ``number`` names it among ``of`` of its kind."""
    reader = opened.reader
    caption, title = _title(opened)
    short = caption or (f"Bảng {number}" if of > 1 else None)
    place = replace(opened.place, table=short)
    numerals = _distinct([group.numeral for group in reader.groups])
    groups = []
    for numeral, group in zip(numerals, reader.groups, strict=True):
        units = tuple(
            replace(
                unit,
                code=f"{numeral}.{unit.number or at}" if numeral else unit.number or str(at),
                place=replace(unit.place, table=short),
            )
            for at, unit in enumerate(group.units, start=1)
        )
        if units:
            groups.append(UnitGroup(numeral, group.title, replace(group.place, table=short), units))
    kept = [at for at, group in enumerate(reader.groups) if group.units]
    means = tuple(_mean(mean, kept, short) for mean in reader.means if mean.group is None or mean.group in kept)
    year = _YEAR.search(folded(title)) or next(
        (found for line in reversed(opened.before) if (found := _YEAR.search(folded(line.text)))), None
    )
    table = EvaluationTable(
        title=title or short or "",
        place=place,
        indicators=opened.head.names,
        groups=tuple(groups),
        maxima=_maxima(opened),
        official_maximum=_highest([unit.official for group in groups for unit in group.units], _MOST_OFFICIAL),
        means=means,
        year=int(year[1]) if year else None,
    )
    return table, tuple(replace(doubt, place=replace(doubt.place, table=short)) for doubt in reader.doubts)


def _mean(mean: MeanRow, kept: Sequence[int], short: str | None) -> PrintedMean:
    """A row of means of its group or of the whole table; of either where it says neither."""
    group = kept.index(mean.group) if len(kept) > 1 and mean.group in kept and not mean.of_all else None
    unsure = group is not None and not mean.of_group
    unit = mean.unit
    place = replace(unit.place, table=short)
    also: tuple[int | None, ...] = (None,) if unsure else ()
    return PrintedMean(place, unit.indicators, unit.total, unit.official, group, also, unit.cells)


def _distinct(numerals: Sequence[str]) -> list[str]:
    """The numerals of groups, groups without one counted where there are several."""
    if len(numerals) == 1:
        return list(numerals)
    return [numeral or str(at) for at, numeral in enumerate(numerals, start=1)]


def _title(opened: OpenTable) -> tuple[str, str]:
    """The short name of a table ("Phụ lục") and its title: the lines in capitals before it."""
    found = captions.find(opened.before, Place())
    lines = [joined(line.text) for line in opened.before[-_TITLE_LINES:] if line.text]
    capitals = [line for line in lines if in_capitals(line) and not _NO_TITLE.match(folded(line))]
    title = " ".join(capitals) or found.text
    sheet = opened.place.sheet or ""
    return found.short, title or ("" if re.match(r"^(sheet|trang tính)\s*\d*$", sheet, re.IGNORECASE) else sheet)


def _maxima(opened: OpenTable) -> tuple[Fraction | None, ...]:
    """The most that each indicator gives: by its head, by a row of maxima, else the circular's two points."""
    reader = opened.reader
    row = reader.maxima.indicators if reader.maxima is not None else ()
    units = [unit for group in reader.groups for unit in group.units]
    out = []
    for at, stated in enumerate(opened.head.maxima):
        printed = stated if stated is not None else (row[at] if at < len(row) else None)
        out.append(printed or _highest([unit.indicators[at] for unit in units], _MOST_POINTS))
    return tuple(out)


def _highest(values: Sequence[Fraction | None], usual: Fraction) -> Fraction | None:
    """``usual`` where nearly all values keep to it."""
    known = [value for value in values if value is not None]
    above = sum(value > usual for value in known)
    return usual if known and (above <= 1 or 10 * above <= len(known)) else None
