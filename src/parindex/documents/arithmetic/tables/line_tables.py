"""Tables whose rows are lines of text with figures at their end: what is left of a table in the text of a page.

The head is lost or cannot be told apart by columns, so only the figures say what follows from what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from parindex.documents.arithmetic.tables.labels import role_of, split_title
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.table_rows import TableRow, nested
from parindex.documents.papers import Block, Cell, Grid, Paragraph
from parindex.documents.printed_text import joined

_FIGURE = r"[-+−–]?\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,6})?%?|[-+−–]?\d{1,9}(?:[.,]\d{1,6})?%?"
_ROW = re.compile(rf"^(?P<title>.{{0,200}}?)(?:^|\s)(?P<figures>(?:{_FIGURE})(?:\s(?:{_FIGURE})){{1,11}})$")
_CODE = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?(?=\s|$)|(?:[IVX]{1,4}|\d{1,2})\.?(?=\s[^\W\d]))")
#: Lines that may stand between two rows with so many figures: the rest of a title, of a remark.
_GAP = {2: 3}
_USUAL_GAP = 12
_FEWEST_ROWS = 4
_LONGEST = 240


@dataclass(slots=True)
class _Line:
    """A line with figures at its end, and the words of the row, which may begin lines above."""

    line: Paragraph
    words: str
    figures: list[str]


@dataclass(slots=True)
class _Run:
    """Lines with equally many figures, and the number of lines since the last one."""

    lines: list[_Line] = field(default_factory=list)
    since: int = 0


def line_tables(blocks: Sequence[Block]) -> list[PrintedTable]:
    """The tables in the lines of a paper: runs of lines that end in equally many figures."""
    out: list[PrintedTable] = []
    runs: dict[int, _Run] = {}
    words: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            out += [table for run in runs.values() for table in _closed(run.lines)]
            runs, words = {}, []
            continue
        if not block.text.strip():
            continue
        for count, run in list(runs.items()):
            run.since += 1
            if run.since > _GAP.get(count, _USUAL_GAP) + 1:
                out += _closed(run.lines)
                del runs[count]
        row = _row(block, words)
        if row is None:
            words = [*words[-_USUAL_GAP:], joined(block.text)]
            continue
        run = runs.setdefault(len(row.figures), _Run())
        run.lines.append(row)
        run.since, words = 0, []
    return out + [table for run in runs.values() for table in _closed(run.lines)]


def _row(line: Paragraph, before: Sequence[str]) -> _Line | None:
    """A line as a row; its words stand before its figures, or in the lines before it from the last code on."""
    text = joined(line.text)
    if not text or len(text) > _LONGEST or not (text[-1].isdigit() or text[-1] == "%"):
        return None
    found = _ROW.match(text)
    if found is None:
        return None
    words = found["title"].strip()
    if not _CODE.match(words):
        begins = max((at for at, one in enumerate(before) if _CODE.match(one)), default=None)
        if begins is not None:
            words = joined(" ".join([*before[begins:], words]))
        elif not words and before:
            words = before[-1]
    return _Line(line, words, found["figures"].split())


def _closed(run: Sequence[_Line]) -> Iterator[PrintedTable]:
    if len(run) < _FEWEST_ROWS:
        return
    rows: list[TableRow] = []
    for one in run:
        code, title = split_title(one.words)
        place = one.line.place
        cells = tuple(Cell(text, place) for text in (code.text, title, *one.figures))
        role = role_of(title, has_figures=True)
        rows.append(TableRow(cells, replace(place, code=code.text or None), code, title, role, len(cells)))
    heads = ("",) * len(rows[0].cells)
    yield PrintedTable(heads, heads, tuple(nested(rows)), run[0].line.place, ())
