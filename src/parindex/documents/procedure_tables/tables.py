"""Evaluation tables out of the blocks of a paper: which grids are theirs, which go on, and what is left as prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from parindex.documents.criteria_tables import captions
from parindex.documents.head_texts import Row, filled
from parindex.documents.measured_stream import FindHead, OpenTable, TableInLines, TableReading, tables_in
from parindex.documents.papers import Block, Grid, MeasuredTable, Paragraph, TableKind
from parindex.documents.printed_figures import read_figure
from parindex.documents.printed_text import folded, in_capitals, joined
from parindex.documents.procedure_tables import prose
from parindex.documents.procedure_tables.grade_words import LEGAL, LEGAL_TOTAL
from parindex.documents.procedure_tables.head_words import Column, Head, find_head
from parindex.documents.procedure_tables.plain_lines import plain_table
from parindex.documents.procedure_tables.rows import MeanRow, RowReader, is_group_line, is_heading, is_mean
from parindex.documents.running_text import running_text
from parindex.domain.errors import Place, Problem
from parindex.domain.procedures.printed_table import EvaluationTable, PrintedMean, UnitGroup

#: An indicator of the circular gives two points, the points of officials are of ten; a table whose figures are higher
#: in more than a tenth of its cells goes by other maxima.
_MOST_POINTS = Fraction(2)
_MOST_OFFICIAL = Fraction(10)
_FEWEST_UNITS = 2
_Table = OpenTable[Head, RowReader]
#: A title in two lines.
_MOST_HEADINGS = 2
_YEAR = re.compile(r"\bnam\s+((?:19|20)\d\d)\b")
_TITLE_LINES = 6
#: "Xếp theo thứ tự tổng điểm từ cao xuống thấp".
_FALLING = re.compile(r"\btu cao (xuong|den) thap\b|\b(diem|thu tu) giam dan\b|\bgiam dan (theo|cua) (tong )?diem\b")
_NO_TITLE = re.compile(r"(tm|kt)[. ]|s?tt\b")


def evaluation_tables(blocks: Sequence[Block]) -> tuple[list[MeasuredTable], list[Block]]:
    """The evaluation tables of a paper, and the blocks that are no part of one (prose in their grids as paragraphs)."""
    opened, rest = tables_in(blocks, _READING)
    opened = [table for table in opened if sum(len(group.units) for group in table.reader.groups) >= _FEWEST_UNITS]
    return _closed(opened, [block for block in rest if isinstance(block, Paragraph)]), rest


def _finder(grid: Grid, _since: Sequence[Paragraph]) -> FindHead[Head]:
    return lambda start: find_head(grid.rows, start)


def _headings(since: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines at the end that may head a group."""
    found: list[Paragraph] = []
    for line in reversed([line for line in since if line.text]):
        if captions.is_caption(line.text) or len(found) == _MOST_HEADINGS or not is_group_line(line.text):
            break
        found.insert(0, line)
    return found


def _in_lines(lines: Sequence[Paragraph]) -> TableInLines[Head, RowReader] | None:
    found = plain_table(lines)
    if found is None:
        return None
    place, reader = lines[found.first].place, RowReader(found.head)
    reader.take(found.head, found.rows, place)
    reader.doubts.extend(found.doubts)
    return TableInLines(OpenTable(found.head, place, list(lines[: found.first]), 0, reader), found.first, found.end)


def _holds(head: Head, rows: Sequence[Row]) -> bool:
    """Whether figures stand below most of the indicators of some row, or means of the totals alone."""
    order = head.order
    if any(sum(read_figure(row[at].text) is not None for at in order) * 2 > len(order) for row in rows):
        return True
    total = head.at(Column.TOTAL)
    means = [row for row in rows if any(is_mean(cell.text) for cell in row)]
    return total is not None and any(read_figure(row[total].text) is not None for row in means)


def _is_other(head: Head, following: Head, since: Sequence[Paragraph]) -> bool:
    """Whether a head begins another table: other columns, or a heading before it."""
    if sorted(following.columns.values()) != sorted(head.columns.values()):
        return True
    return any(captions.is_caption(line.text) or in_capitals(line.text) for line in since if line.text)


def _end(head: Head, rows: Sequence[Row]) -> int:
    """Where prose begins below the last row with figures; the rest of a broken name still belongs to that row."""
    end = 0
    points = [*head.order, *(at for at, kind in head.columns.items() if kind is Column.TOTAL)]
    for at, row in enumerate(rows):
        if any(column < len(row) and read_figure(row[column].text) is not None for column in points):
            end = at + 1
    unit = head.at(Column.UNIT)
    while end < len(rows):
        cells = filled(rows[end])
        rest = len(cells) == 1 and cells[0][0] == unit and cells[0][1][:1].islower()
        if not rest and not is_heading(cells):
            break
        end += 1
    return end


_READING = TableReading(_finder, RowReader, _holds, _is_other, _end, _headings, _in_lines)


# --- closing -------------------------------------------------------------------------------------------------------


def _closed(opened: Sequence[_Table], lines: Sequence[Paragraph]) -> list[MeasuredTable]:
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


def finished(opened: _Table, number: int, of: int) -> tuple[EvaluationTable, tuple[Problem, ...]]:
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
        ordered=any(_FALLING.search(folded(line.text)) for line in opened.before[-_TITLE_LINES:]),
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


def _title(opened: _Table) -> tuple[str, str]:
    """The short name of a table ("Phụ lục") and its title: the lines in capitals before it."""
    found = captions.find(opened.before, Place())
    lines = [joined(line.text) for line in opened.before[-_TITLE_LINES:] if line.text]
    capitals = [line for line in lines if in_capitals(line) and not _NO_TITLE.match(folded(line))]
    title = " ".join(capitals) or found.text
    sheet = opened.place.sheet or ""
    return found.short, title or ("" if re.match(r"^(sheet|trang tính)\s*\d*$", sheet, re.IGNORECASE) else sheet)


def _maxima(opened: _Table) -> tuple[Fraction | None, ...]:
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
