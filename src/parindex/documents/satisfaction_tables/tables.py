"""Satisfaction tables out of the blocks of a paper: which grids are theirs, which go on, and what is left as prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parindex.documents.criteria_tables import captions
from parindex.documents.head_texts import Row
from parindex.documents.measured_stream import FindHead, OpenTable, TableInLines, TableReading, tables_in
from parindex.documents.papers import Block, Cell, Grid, MeasuredTable, Paragraph, TableKind
from parindex.documents.printed_figures import Figure, read_figure
from parindex.documents.printed_text import folded, in_capitals, joined
from parindex.documents.running_text import running_text
from parindex.documents.satisfaction_tables import prose
from parindex.documents.satisfaction_tables.head_words import SATISFACTION, Head, find_head
from parindex.documents.satisfaction_tables.outline import Draft, rows_of, split_label
from parindex.documents.satisfaction_tables.plain_lines import plain_table
from parindex.documents.satisfaction_tables.rows import RowReader
from parindex.domain.errors import Place
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, SatisfactionTable

_Table = OpenTable[Head, RowReader]
_FEWEST_ITEMS = 3
_YEAR = re.compile(r"\bnam\s+((?:19|20)\d\d)\b")
#: "tăng 1,45 điểm phần trăm so với năm 2021": the year of another figure.
_COMPARED = re.compile(r"\bso voi (?:cung ky )?(?:nam )?(?:19|20)\d\d\b")
_TITLE_LINES = 8
_LONGEST_HEADING = 160
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\. ?[A-ZĐ]")
_LINES_LOOKED_AT = 20


def satisfaction_tables(blocks: Sequence[Block]) -> tuple[list[MeasuredTable], list[Block]]:
    """The satisfaction tables of a paper, and the blocks that are no part of one (prose in grids as paragraphs).

    A head that a heading without tabs parts from its rows is tried together with them.
    """
    found, rest = _tables_of(blocks)
    together = _together(blocks)
    if found or len(together) == len(blocks):
        return found, rest
    again, others = _tables_of(together)
    return (again, others) if again else (found, rest)


def _together(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with grids of one width joined over a line between them that heads a part or group."""
    out: list[Block] = []
    for block in blocks:
        upper, line = (out[-2], out[-1]) if len(out) > 1 else (None, None)
        if (
            isinstance(block, Grid)
            and isinstance(upper, Grid)
            and isinstance(line, Paragraph)
            and len(upper.rows[0]) == len(block.rows[0])
            and _is_heading(line)
        ):
            blank = (Cell("", line.place),) * (len(block.rows[0]) - 1)
            out[-2:] = [replace(upper, rows=(*upper.rows, (Cell(line.text, line.place), *blank), *block.rows))]
        else:
            out.append(block)
    return out


def _is_heading(line: Paragraph) -> bool:
    return (
        len(line.text) <= _LONGEST_HEADING
        and not captions.is_caption(line.text)
        and split_label("", line.text)[0] != ""
    )


def _tables_of(blocks: Sequence[Block]) -> tuple[list[MeasuredTable], list[Block]]:
    opened, rest = tables_in(blocks, _READING)
    text = running_text([block for block in rest if isinstance(block, Paragraph)])
    out = []
    for number, table in enumerate(opened, start=1):
        made = _finished(table, number, len(opened))
        if len(made.of(RowLevel.ITEM)) >= _FEWEST_ITEMS:
            whole = replace(made, stated=prose.stated(text, made) if len(opened) == 1 else ())
            doubts = tuple(
                replace(one, place=replace(one.place, table=made.place.table)) for one in table.reader.doubts
            )
            out.append(MeasuredTable(TableKind.SATISFACTION_TABLE, whole, doubts))
    return out, rest


def _finder(grid: Grid, since: Sequence[Paragraph]) -> FindHead[Head]:
    told = _is_told(grid, since)
    return lambda start: find_head(grid.rows, start, told=told)


def _is_told(grid: Grid, since: Sequence[Paragraph]) -> bool:
    """Whether the lines before a grid, or its own words, speak of satisfaction."""
    said = [line.text for line in since[-_LINES_LOOKED_AT:]] + [cell.text for row in grid.rows for cell in row]
    return any(SATISFACTION.search(folded(text)) for text in said if text)


def _holds(head: Head, rows: Sequence[Row]) -> bool:
    """Whether some row has a figure below every year."""
    return any(all(at < len(row) and read_figure(row[at].text) is not None for at in head.figures) for row in rows)


def _headings(since: Sequence[Paragraph]) -> list[Paragraph]:
    """The last line where it may head a part or group without figures."""
    last = next((line for line in reversed(since) if line.text), None)
    return [last] if last is not None and _is_heading(last) else []


def _is_other(head: Head, following: Head, since: Sequence[Paragraph]) -> bool:
    """Whether a head begins another table: other years, or a caption before it."""
    if following.years != head.years or following.figures != head.figures:
        return True
    return any(captions.is_caption(line.text) for line in since if line.text)


def _end(head: Head, rows: Sequence[Row]) -> int:
    """Where prose begins below the last row with figures and the rest of its title."""
    end = 0
    for at, row in enumerate(rows):
        if any(column < len(row) and read_figure(row[column].text) is not None for column in head.figures):
            end = at + 1
    while end < len(rows):
        cells = [(at, joined(cell.text)) for at, cell in enumerate(rows[end]) if cell.text]
        if len(cells) != 1 or cells[0][0] != head.title or not cells[0][1][:1].islower():
            break
        end += 1
    return end


def _in_lines(lines: Sequence[Paragraph]) -> TableInLines[Head, RowReader] | None:
    found = plain_table(lines)
    if found is None:
        return None
    reader = RowReader(found.head, found.drafts, found.doubts, found.figures, found.changes)
    place, before = lines[found.first].place, list(lines[: found.first])
    return TableInLines(OpenTable(found.head, place, before, 0, reader), found.first, found.end)


_READING = TableReading(_finder, RowReader, _holds, _is_other, _end, _headings, _in_lines)


# --- closing -------------------------------------------------------------------------------------------------------


def _finished(opened: _Table, number: int, of: int) -> SatisfactionTable:
    """The table as printed: places, years, the two that the differences are between."""
    reader = opened.reader
    scaled = _scale(reader)
    drafts = reader.drafts if scaled == 1 else [_times(draft, scaled) for draft in reader.drafts]
    less = 0 if scaled == 1 else 2
    short = captions.find(opened.before, Place()).short or (f"Bảng {number}" if of > 1 else None)
    place = replace(opened.place, table=short)
    rows = [
        replace(row, place=replace(row.place, table=short, row=at)) for at, row in enumerate(rows_of(drafts), start=1)
    ]
    years = _years(opened)
    later, earlier = _ends(years, opened.head, drafts)
    return SatisfactionTable(
        title=_title(opened),
        place=place,
        years=years,
        rows=tuple(rows),
        places=_places(reader.figures, less),
        difference_places=_places(reader.changes, less) if later is not None else 0,
        later=later,
        earlier=earlier,
    )


def _scale(reader: RowReader) -> int:
    """100 where the cells hold shares (a spreadsheet shows 0,8288 as 82,88%), else 1."""
    plain = [abs(figure.value) for figure in reader.figures]
    shares = sum(value <= 1 for value in plain)
    return (
        100 if plain and 10 * shares >= 9 * len(plain) and not any(figure.percent for figure in reader.figures) else 1
    )


def _times(draft: Draft, factor: int) -> Draft:
    values = [None if value is None else value * factor for value in draft.values]
    return replace(draft, values=values, difference=None if draft.difference is None else draft.difference * factor)


def _places(figures: Sequence[Figure], less: int) -> int:
    return max((figure.places for figure in figures), default=0) - less if figures else 0


def _years(opened: _Table) -> tuple[int | None, ...]:
    """The years of the columns; "this year" and "last year", and a lone column, get them from the title."""
    years = opened.head.years
    if all(year is not None and year > 0 for year in years):
        return years
    before = (_COMPARED.sub(" ", folded(line.text)) for line in opened.before[-40:])
    said = [int(year) for line in before for year in _YEAR.findall(line)]
    base = said[-1] if said else None
    if len(years) == 1:
        return (base,)
    return tuple(year if year is None or year > 0 else (None if base is None else base + year) for year in years)


def _ends(years: tuple[int | None, ...], head: Head, drafts: Sequence[Draft]) -> tuple[int | None, int | None]:
    """The columns that the differences are between: the two years that their head names, else the two latest; where
    no years are known, the first of two less the second, or the other way round, as most rows have it.
    """
    if head.difference is None or len(years) < 2:
        return None, None
    named = [years.index(year) for year in head.named if year in years]
    known = sorted((at for at, year in enumerate(years) if year is not None), key=lambda at: years[at] or 0)
    pair = named if len(named) == 2 else (known[-2:] if len(known) > 1 else [1, 0])
    if None not in (years[pair[0]], years[pair[1]]):
        pair = sorted(pair, key=lambda at: years[at] or 0)
    earlier, later = pair

    def hits(one: int, other: int) -> int:
        pairs = [(draft.values[one], draft.values[other], draft.difference) for draft in drafts]
        return sum(None not in row and row[0] - row[1] == row[2] for row in pairs)  # type: ignore[operator]

    turned = hits(earlier, later) > len(drafts) // 2
    return (earlier, later) if turned else (later, earlier)


def _title(opened: _Table) -> str:
    """The caption of the table, else the last line before it that speaks of satisfaction."""
    found = captions.find(opened.before, Place())
    if found.text:
        return found.text
    lines = [joined(line.text) for line in opened.before if line.text]
    told = _heading(lines)
    sheet = opened.place.sheet or ""
    return told or ("" if re.match(r"^(sheet|trang tính)\s*\d*$", sheet, re.IGNORECASE) else sheet)


def _heading(lines: Sequence[str]) -> str:
    """The last heading that speaks of satisfaction: lines in capitals, or a numbered one with the lines that end it."""
    for at in range(len(lines) - 1, -1, -1):
        if in_capitals(lines[at]) and SATISFACTION.search(folded(lines[at])):
            first = at
            while first and in_capitals(lines[first - 1]):
                first -= 1
            rest = lines[at + 1 : at + _TITLE_LINES]
            more = next((count for count, line in enumerate(rest) if not in_capitals(line)), len(rest))
            return " ".join([*lines[first : at + 1], *rest[:more]])
        if _NUMBERED.match(lines[at]) and SATISFACTION.search(folded(lines[at])):
            rest = lines[at + 1 : at + 3]
            more = next((count for count, line in enumerate(rest) if not line[:1].islower()), len(rest))
            return " ".join([lines[at], *rest[:more]])
    return ""
