"""The reader of a score sheet that was printed as flowing text (the text layer of a PDF): self points, explanations,
appraisal.

The way from lines to rows: :mod:`score_sheet_lines` (pages), :mod:`score_sheet_columns` (the head),
:mod:`score_sheet_row_starts` (codes), :mod:`score_sheet_readings` and :mod:`score_sheet_cells` (which words belong to
which cell), :mod:`score_sheet_sums` (what adds up).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.documents.papers import PaperRow, PaperTable, Paragraph, TableKind
from parindex.documents.score_sheets.columns import NUMBERS, Column, Head, find_head, without_repeated_heads
from parindex.documents.score_sheets.explanations import EARLY, split_explanations
from parindex.documents.score_sheets.knowledge import Knowledge, points
from parindex.documents.score_sheets.letters import Vocabulary, lost_letters
from parindex.documents.score_sheets.lines import Line, joint, read_lines
from parindex.documents.score_sheets.opinions import opinion_doubts, parse_opinions
from parindex.documents.score_sheets.readings import RowReading, early_breaks, read_rows
from parindex.documents.score_sheets.row_starts import Rows, find_rows, is_number
from parindex.documents.score_sheets.sums import maximum_doubts, sum_doubts
from parindex.documents.score_sheets.widths import first_chunk
from parindex.domain.errors import Place, Problem
from parindex.domain.values import parse_number

#: A table of fewer rows is not taken for a sheet.
_FEWEST_ROWS = 2
#: A reading of one page that so much speaks against is reported even where no other is better; half as much for each
#: further page.
_DEAR = 12
#: How much of a doubtful text is shown around the first difference.
_WORDS_BEFORE, _WORDS_AFTER = 4, 5


@dataclass(frozen=True, slots=True)
class SheetReading:
    """The lines of a sheet with its rows read: ``printed`` are all lines, ``body`` those below the head ``head``,
    of which the rows end at ``end``.
    """

    printed: tuple[Line, ...]
    head: Head
    body: tuple[Line, ...]
    found: Rows
    end: int
    readings: tuple[RowReading, ...]
    known: Knowledge


def sheet_reading(lines: Sequence[Paragraph]) -> SheetReading | None:
    """The rows of the score sheet in the lines of a text layer; None where they are no such sheet."""
    printed = read_lines(lines)
    head = find_head(printed)
    if head is None:
        return None
    body = without_repeated_heads(printed, head)
    found = find_rows(body, head.numbers_after_title)
    if len(found.starts) < _FEWEST_ROWS:
        return None
    end = found.total_line if found.total_line is not None else len(body)
    readings, known = read_rows(body, found.starts, end, head.columns)
    return SheetReading(printed, head, tuple(body), found, end, readings, known)


def read_score_sheet_text(lines: Sequence[Paragraph]) -> PaperTable | None:
    """The score sheet in the lines of a text layer; None where they are no such sheet.

    Lines are :class:`Paragraph` in reading order, blank ones included where the file has them (they tell pages
    apart). Titles, explanations and opinions are kept as printed, lost letters included. ``doubts`` has the kinds
    ``code_unexpected``, ``row_passed_over``,
    ``row_unreadable``, ``cell_unsure``, ``reading_dear``, ``points_missing``, ``further_explanation_unsure``,
    ``letters_lost``, ``column_width_unknown``, ``code_qualified``,
    ``total_missing`` and those of :mod:`~parindex.documents.score_sheets.sums`.
    """
    sheet = sheet_reading(lines)
    if sheet is None:
        return None
    printed, head, body, found = sheet.printed, sheet.head, sheet.body, sheet.found
    readings, known = sheet.readings, sheet.known
    rows = tuple(_row(number, reading, known) for number, reading in enumerate(readings, 1))
    rows = _without_empty_opinions(rows)
    totals = _totals(body, found, head)
    total_place = body[found.total_line].place if found.total_line is not None else Place()
    doubts = [
        *_start_doubts(body, found),
        *_qualified_doubt(rows),
        *(doubt for row, reading in zip(rows, readings, strict=True) for doubt in _row_doubts(row, reading, known)),
        *_letter_doubts(rows, readings, body),
        *_width_doubts(readings, known, head, printed),
        *([] if found.total_line is not None else [Problem("total_missing", printed[-1].place)]),
        *opinion_doubts(rows),
        *maximum_doubts(rows),
        *sum_doubts(rows, totals.get(Column.SELF), totals.get(Column.APPRAISED), total_place),
    ]
    title, year = _heading(printed, head)
    return PaperTable(
        kind=TableKind.SCORE_SHEET,
        title=title,
        place=printed[head.first].place,
        rows=rows,
        printed_total=totals.get(Column.MAX),
        total_place=total_place,
        printed_self_total=totals.get(Column.SELF),
        printed_appraised_total=totals.get(Column.APPRAISED),
        year=year,
        doubts=tuple(doubts),
    )


# --- rows -------------------------------------------------------------------------------------------------------------


def _row(number: int, reading: RowReading, known: Knowledge) -> PaperRow:
    start = reading.start
    place = replace(reading.pages[0][0].place, row=number, code=start.code)
    printed = start.printed if start.printed != start.code else ""
    if not reading.readings:
        return PaperRow(code=start.code, title="", place=place, printed_code=printed)
    best = reading.best
    return PaperRow(
        code=start.code,
        title=_joined(best.lines(Column.TITLE)),
        place=place,
        printed_code=printed,
        max_points=points(best, Column.MAX),
        self_points=points(best, Column.SELF),
        appraised_points=points(best, Column.APPRAISED),
        explanations=split_explanations(_explanation_text(reading, known)),
        opinions=parse_opinions(_joined(best.lines(Column.OPINION))),
    )


def _without_empty_opinions(rows: tuple[PaperRow, ...]) -> tuple[PaperRow, ...]:
    return tuple(replace(row, opinions=tuple(each for each in row.opinions if each.text or each.unit)) for row in rows)


def _joined(lines: Sequence[str]) -> str:
    """The lines of one paragraph as one text."""
    text = ""
    for line in lines:
        text += joint(text, line) + line
    return text


def _explanation_text(reading: RowReading, known: Knowledge) -> str:
    """The explanation cell with a blank line where a paragraph ends."""
    blocks: list[list[str]] = [[]]
    lines = reading.best.lines(Column.EXPLANATION)
    ends = {at for at, _ in early_breaks(reading, known)}
    for at, line in enumerate(lines):
        if at in ends:
            blocks.append([])
        blocks[-1].append(line)
    return "\n\n".join(_joined(block) for block in blocks)


# --- totals and heading -----------------------------------------------------------------------------------------------


def _totals(body: Sequence[Line], found: Rows, head: Head) -> dict[Column, Fraction]:
    if found.total_line is None:
        return {}
    words = body[found.total_line].words
    numbers = [parse_number(word) for word in words if is_number(word)]
    columns = [column for column in head.columns if column in NUMBERS]
    return dict(zip(columns, numbers, strict=False))


def _heading(printed: Sequence[Line], head: Head) -> tuple[str, int | None]:
    above = [line.text for line in printed[: head.first]]
    title = " ".join(above[-4:])
    years = re.findall(r"\bnăm\s+(20\d\d)\b", title, re.IGNORECASE)
    return title, int(years[-1]) if years else None


# --- doubts -----------------------------------------------------------------------------------------------------------


def _start_doubts(body: Sequence[Line], found: Rows) -> Iterator[Problem]:
    for before, start in zip((None, *found.starts), found.starts, strict=False):
        if start.surprise:
            after = before.code if before else ""
            place = replace(body[start.line].place, code=start.code)
            yield Problem("code_unexpected", place, {"code": start.code, "after": after, "printed": start.printed})
    for start in found.passed_over:
        yield Problem("row_passed_over", body[start.line].place, {"code": start.code, "text": body[start.line].text})


def _qualified_doubt(rows: Sequence[PaperRow]) -> Iterator[Problem]:
    """One doubt for all rows whose number was put below the numeral or letter of their area."""
    found = [
        row for row in rows if row.printed_code.rstrip(".") != row.code and row.code[0].isalpha() and "." in row.code
    ]
    if found:
        facts = {"printed": [row.printed_code for row in found], "qualified": [row.code for row in found]}
        yield Problem("code_qualified", found[0].place, facts)


def _row_doubts(row: PaperRow, reading: RowReading, known: Knowledge) -> Iterator[Problem]:
    if not reading.readings:
        yield Problem("row_unreadable", row.place, {"code": row.code})
        return
    if reading.rival is not None:
        for column in known.columns:
            best, other = reading.best.text(column), reading.rival.text(column)
            if best != other:
                read, instead = _where_they_differ(best.split(), other.split())
                facts = {"code": row.code, "column": column.value, "read": read, "other": instead}
                yield Problem("cell_unsure", row.place, facts)
    elif reading.best.cost >= _DEAR * (1 + len(reading.pages)) // 2:
        yield Problem("reading_dear", row.place, {"code": row.code, "cost": reading.best.cost})
    for column in (Column.MAX, Column.SELF, Column.APPRAISED):
        if column in known.columns and not reading.best.lines(column):
            yield Problem("points_missing", row.place, {"code": row.code, "column": column.value})
    width = known.widths.get(Column.EXPLANATION, 0)
    for at, room in early_breaks(reading, known):
        if room * EARLY <= 2 * width:
            text = reading.best.lines(Column.EXPLANATION)[at]
            facts = {"code": row.code, "begins": text, "word": first_chunk(text)}
            yield Problem("further_explanation_unsure", row.place, facts)


def _width_doubts(
    readings: Sequence[RowReading], known: Knowledge, head: Head, printed: Sequence[Line]
) -> Iterator[Problem]:
    """Columns of text whose width no sure row tells: there no line can be seen to end early."""
    for column in known.texts:
        wrapped = any(len(reading.best.lines(column)) > 1 for reading in readings if reading.readings)
        if wrapped and column not in known.widths:
            yield Problem("column_width_unknown", printed[head.first].place, {"column": column.value})


def _where_they_differ(read: Sequence[str], other: Sequence[str]) -> tuple[str, str]:
    """The words around the first difference of two texts."""
    pairs = zip([*read, None], [*other, None], strict=False)
    first = next(at for at, (one, two) in enumerate(pairs) if one != two)
    shown = slice(max(0, first - _WORDS_BEFORE), first + _WORDS_AFTER)
    return " ".join(read[shown]), " ".join(other[shown])


def _letter_doubts(rows: Sequence[PaperRow], readings: Sequence[RowReading], body: Sequence[Line]) -> Iterator[Problem]:
    known = Vocabulary.of(body)
    for row, reading in zip(rows, readings, strict=True):
        lost = lost_letters([line for page in reading.pages for line in page], known)
        if lost:
            proposals = {each.printed: each.restored for each in lost if each.restored}
            printed = [each.printed for each in lost]
            facts = {"code": row.code, "count": len(lost), "printed": printed, "proposals": proposals}
            yield Problem("letters_lost", row.place, facts)
