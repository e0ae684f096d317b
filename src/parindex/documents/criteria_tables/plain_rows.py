"""A criteria table in plain text without tabs: one line or several a row, a code at its beginning, points at its end.

The codes carry the reading: a line begins a row where its first word is the code that can follow on the rows before.
So a title that
goes on with "100% hồ sơ" or "2021-2030" on the next line begins no row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parindex.documents.criteria_tables.head_words import Column
from parindex.documents.criteria_tables.heads import Head
from parindex.documents.criteria_tables.printed_codes import read_code, roman_value
from parindex.documents.criteria_tables.row_sources import source_of_note
from parindex.documents.papers import Cell, Paragraph
from parindex.documents.printed_text import folded, joined
from parindex.domain.criteria import codes

_START = re.compile(r"^(?P<code>\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5})[.)]?\s+(?P<rest>\S.*)$")
_POINTS_END = re.compile(
    r"^(?P<title>.*?)(?:^|\s+)(?P<points>\d{1,3}(?:[.,]\d{1,4})?)(?:\s*(?:điểm|đ))?(?:\s+(?P<note>[^\d\s][^\d]{0,30}))?$",
    re.DOTALL,
)
#: Points after a colon or in brackets at the end of a line that begins with a code: "1.1. Kế hoạch: 6 điểm".
_POINTS_SAID = re.compile(
    r"^(?P<title>.*?)\s*(?::|\(|–|-)\s*(?P<points>\d{1,3}(?:[.,]\d{1,4})?)\s*(?:điểm|đ)\s*\)?\.?(?P<note>)$"
)
_TOTAL = re.compile(r"^tong( cong| so)?( diem)?\b.*?(\d{1,3}(?:[.,]\d{1,4})?)$")
_HEAD = Head(
    {0: Column.CODE, 1: Column.TITLE, 2: Column.MAX_POINTS, 3: Column.NOTE},
    guessed=(Column.CODE, Column.TITLE, Column.MAX_POINTS),
)
_FEWEST = 5
_HEAD_LINES = 5
_SHORT_PIECE = 8

PlainTable = tuple[Head, list[tuple[Cell, ...]], list[Paragraph]]


@dataclass(slots=True)
class _Row:
    code: str
    lines: list[str]
    paragraph: Paragraph


@dataclass(slots=True)
class _Run:
    """Rows of one table while its lines come in."""

    before: list[Paragraph]
    rows: list[_Row] = field(default_factory=list)
    total: Paragraph | None = None
    #: The last Roman numeral among the codes.
    numeral: int = 0

    def take(self, row: _Row) -> None:
        """One more row."""
        self.rows.append(row)
        self.numeral = roman_value(row.code) or self.numeral

    def repeats_head(self, text: str, after_head: bool) -> bool:
        """Whether a line stands right above the table too, as a head printed on every page does; short pieces
        only follow others.
        """
        above = {joined(line.text) for line in self.before[-_HEAD_LINES:]}
        return text in above and (after_head or len(text) > _SHORT_PIECE)


def rows_in_plain_text(paragraphs: Sequence[Paragraph]) -> list[PlainTable]:
    """The tables that stand line by line in running text, each as a head, rows of cells, and the lines before it."""
    runs: list[_Run] = []
    in_head = False
    for at, paragraph in enumerate(paragraphs):
        text = joined(paragraph.text)
        current = runs[-1] if runs else None
        in_head = current is not None and current.repeats_head(text, in_head)
        if in_head:
            continue
        found = _START.match(text)
        code = read_code(found["code"]) if found else None
        if found is not None and _is_note(found["rest"]) and not _POINTS_SAID.match(found["rest"]):
            found = code = None  # points and note on a line of their own
        if (
            found is not None
            and code is not None
            and current is not None
            and current.total is None
            and _follows(current, code)
        ):
            current.take(_Row(code, [found["rest"]], paragraph))
        elif found is not None and code in ("1", "I") and _begins(paragraphs, at):
            runs.append(_Run(list(paragraphs[max(0, at - 8) : at])))
            runs[-1].take(_Row(code, [found["rest"]], paragraph))
        elif current is not None and current.total is None:
            if _TOTAL.match(folded(text)):
                current.total = paragraph
            else:
                current.rows[-1].lines.append(text)
    return [_table(run) for run in runs if sum(_has_points(row) for row in run.rows) >= _FEWEST]


def _follows(run: _Run, code: str) -> bool:
    """Whether ``code`` can come after the rows so far: a child, a sibling of an open level (one may be skipped),
    or a repeat.
    """
    last = run.rows[-1].code
    if roman_value(code) is not None:
        return roman_value(code) == run.numeral + 1
    if codes.parent(code) == last or code == last or (roman_value(last) is not None and code.split(".")[-1] == "1"):
        return True
    level: str | None = last
    while level:
        following = codes.next_sibling(level)
        if following is not None and code in (following, codes.next_sibling(following)):
            return True
        level = codes.parent(level)
    return False


def _begins(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether a table begins here: within the next lines a row 1.1 (or 1) comes, and points stand at line ends."""
    ahead = [joined(line.text) for line in paragraphs[at + 1 : at + 12]]
    below = any(re.match(r"^(1\.1|1)[.)]?\s+\S", line) for line in ahead)
    points = sum(bool(_points_end(line) or _POINTS_SAID.match(line)) for line in [joined(paragraphs[at].text), *ahead])
    return below and points >= 2


def _points_end(line: str) -> re.Match[str] | None:
    """Points at the end of a line, alone or before a note that names a source."""
    found = _POINTS_END.match(line)
    return found if found is None or not found["note"] or _is_note(found["note"]) else None


def _is_note(text: str) -> bool:
    return len(text) <= 30 and source_of_note(text) is not None


def _has_points(row: _Row) -> bool:
    return bool(_POINTS_SAID.match(row.lines[0])) or any(_points_end(line) for line in row.lines)


def _table(run: _Run) -> PlainTable:
    rows = [_cells(row) for row in run.rows]
    if run.total is not None:
        found = _TOTAL.match(folded(run.total.text))
        title = joined(run.total.text).rpartition(" ")[0]
        values = ("", title, found[3] if found else "", "")
        rows.append(tuple(Cell(value, run.total.place) for value in values))
    return _HEAD, rows, run.before


def _cells(row: _Row) -> tuple[Cell, ...]:
    """Code, title, points and note of a row: points are the last number that ends a line before option lines begin."""
    title: list[str] = []
    points = note = ""
    for at, line in enumerate(row.lines):
        said = _POINTS_SAID.match(line) if at == 0 else None
        found = said or (_points_end(line) if not points else None)
        if found is not None and (said or ":" not in line[-12:]) and not (at == 0 and not found["title"]):
            title.append(found["title"])
            points, note = found["points"], found["note"] or ""
        elif points and not note and _is_note(line):
            note = line
        else:
            title.append(line)
    place = row.paragraph.place
    text = "\n".join(filter(None, title))
    return tuple(Cell(value, place) for value in (row.code, text, points, note))
