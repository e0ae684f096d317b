"""Reading an official paper, from the file to its tables: blocks, tables, and the prose around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from parindex.documents.criteria_tables import captions, thousands
from parindex.documents.criteria_tables.loss_list import loss_list
from parindex.documents.criteria_tables.nearest_head import nearest_head
from parindex.documents.criteria_tables.plain_rows import rows_in_plain_text
from parindex.documents.criteria_tables.stream import OpenTable, TableStream
from parindex.documents.decisions import prose
from parindex.documents.formats import read_blocks
from parindex.documents.papers import Block, Paper, PaperTable, Paragraph, TableKind
from parindex.documents.procedure_tables.tables import evaluation_tables
from parindex.documents.satisfaction_tables.tables import satisfaction_tables
from parindex.documents.score_sheets.opinions import opinion_doubts
from parindex.documents.score_sheets.sums import sum_doubts
from parindex.documents.score_sheets.text import read_score_sheet_text
from parindex.domain.errors import InvalidInput, Place, Problem

Progress = Callable[[int, int], None]

#: A table of one row is none: something else looked like a head.
_FEWEST_ROWS = 2


def read_paper(path: Path, *, kind: str = "auto", progress: Progress | None = None) -> Paper:
    """Everything that ``path`` holds of criteria tables, score sheets and tables of other measurements, with the prose
    that speaks of them.

    ``kind`` (that of a table, or ``auto``) says which tables are wanted; ``progress`` is called with (done, all) while
    the file is read.
    Raises :class:`~parindex.domain.errors.InvalidInput` with every problem: what
    :func:`~parindex.documents.formats.read_blocks` refuses, ``no_table`` where nothing in the file reads like
    such a table, and ``losses_only`` where it only lists items that lost points.
    """
    blocks, doubts = read_blocks(path, progress)
    return paper_of(path, blocks, doubts, kind=kind)


def paper_of(path: Path, blocks: Sequence[Block], doubts: Sequence[Problem] = (), *, kind: str = "auto") -> Paper:
    """:func:`read_paper` of a file whose blocks have been read; raises as it does, but for what refuses a file."""
    evaluations, rest = evaluation_tables(blocks)
    satisfactions, rest = satisfaction_tables(rest)
    measured = (*evaluations, *satisfactions)
    kinds = {each.value for each in TableKind if kind in ("auto", each.value)}
    wanted = tuple(each for each in measured if each.kind.value in kinds)
    try:
        tables, lines = _of_the_index(path, rest)
    except InvalidInput as error:
        if not wanted:
            raise
        return Paper(path.name, (), (*doubts, *error.problems), wanted)
    if not wanted and not any(table.kind.value in kinds for table in tables):
        found = sorted({*(table.kind.value for table in tables), *(each.kind.value for each in measured)})
        # What was left out of the file may be the reason.
        nothing = _no_table(path, blocks, {"kind": kind, "found": found})
        raise InvalidInput([nothing, *(doubt for doubt in doubts if doubt.kind.endswith("_left_out"))])
    attached, unattached = prose.attach(tables, lines)
    kept = tuple(each for each in attached if each.kind.value in kinds)
    return Paper(path.name, kept, (*doubts, *(unattached if tables or not wanted else ())), wanted)


def _of_the_index(path: Path, printed: Sequence[Block]) -> tuple[list[PaperTable], Sequence[Paragraph]]:
    """The criteria tables and score sheets among the blocks, and the lines of prose."""
    blocks, unsure = thousands.settled(printed)
    stream = TableStream()
    for block in blocks:
        stream.take(block)
    tables = _with_doubts(_closed(stream.tables), unsure)
    if tables:
        return tables, stream.paragraphs
    tables = _plain_tables(path, [block for block in blocks if isinstance(block, Paragraph)])
    return tables, _before_tables(stream.paragraphs, tables)


def _no_table(path: Path, blocks: Sequence[Block], facts: dict[str, Any]) -> Problem:
    """That no wanted table was found, with what looked most like the head of one."""
    near = None if facts["found"] else nearest_head(blocks)
    if near is None:
        return Problem("no_table", Place(file=path.name), facts)
    return Problem("no_table", replace(near[0], file=path.name), {**facts, "near": near[1]})


def _before_tables(lines: Sequence[Paragraph], tables: Sequence[PaperTable]) -> list[Paragraph]:
    """The lines above a table that stands in running text: below it, explanations and evidence cite other papers."""
    starts = [row.place for table in tables for row in table.rows[:1]]
    if not starts:
        return list(lines)
    first = min((place.page or 0, place.line or 0) for place in starts)
    return [line for line in lines if ((line.place.page or 0), (line.place.line or 0)) < first]


def _closed(tables: Sequence[OpenTable]) -> list[PaperTable]:
    closed = [table.closed(number) for number, table in enumerate(tables, start=1)]
    return [_with_sums(table) for table in closed if len(table.rows) >= _FEWEST_ROWS]


def _with_doubts(tables: Sequence[PaperTable], doubts: Sequence[Problem]) -> list[PaperTable]:
    """The tables with each doubt at the one that begins last before it on its sheet."""
    out = list(tables)
    for doubt in doubts:
        at = [number for number, table in enumerate(out) if _begins_before(table.place, doubt.place)]
        for number in at[-1:]:
            here = replace(doubt, place=replace(doubt.place, table=out[number].place.table))
            out[number] = replace(out[number], doubts=(*out[number].doubts, here))
    return out


def _begins_before(start: Place, place: Place) -> bool:
    return start.sheet == place.sheet and (start.page or 0, start.line or 0) <= (place.page or 0, place.line or 0)


def _with_sums(table: PaperTable) -> PaperTable:
    """A score sheet in cells with the doubts about its opinions and sums; the reader of flowing text adds its own."""
    if table.kind is not TableKind.SCORE_SHEET:
        return table
    doubts = sum_doubts(table.rows, table.printed_self_total, table.printed_appraised_total, table.total_place)
    return replace(table, doubts=(*table.doubts, *opinion_doubts(table.rows), *doubts))


def _plain_tables(path: Path, paragraphs: Sequence[Paragraph]) -> list[PaperTable]:
    """A paper without any grid: a score sheet in flowing text, or criteria line by line."""
    sheet = read_score_sheet_text(paragraphs)
    if sheet is not None:
        return [sheet]
    losses = loss_list(paragraphs)
    if losses is not None:
        raise InvalidInput([losses])
    place = Place(file=path.name)
    tables = []
    for head, rows, before in rows_in_plain_text([line for line in paragraphs if line.text]):
        table = OpenTable(head, place, captions.find(before, place))
        table.reader.take(head, rows, place)
        tables.append(table)
    return _closed(tables)
