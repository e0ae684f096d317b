"""An evaluation table in the text layer of a page: one line a unit, its figures side by side, its grade at the end.

``7 Sở Nội vụ 1,92 1,92 2 2 2 2 2 2 2 17,84 9,8 Xuất sắc``. How many indicators there are the head says; which figure is
the total is seen from the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from parindex.documents.papers import Cell, Paragraph
from parindex.documents.printed_figures import read_figure
from parindex.documents.printed_text import folded, joined
from parindex.documents.procedure_tables.grade_words import grade_word
from parindex.documents.procedure_tables.head_words import Column, Head
from parindex.documents.procedure_tables.rows import is_heading, is_mean
from parindex.domain.errors import Problem

_NAMED = re.compile(r"\b(?:tieu chi|chi so|chi tieu|tc|cs)\s*(?:so\s*)?0?(\d{1,2})\b")
_BARE = re.compile(r"^(?:\D* )?1 2 3 4((?: \d{1,2})*)(?: \D*)?$")
_OFFICIAL = re.compile(r"ccvc|cong chuc|cbcc|can bo")
_RANK = re.compile(r"xep hang|thu hang|\bhang\b")
_NUMBER = re.compile(r"^(\d{1,3})[.)]?$")
_HEAD_REACH = 8
_FEWEST_ROWS = 2
_FEWEST_INDICATORS = 3
_SHORT = 20
_MOST_HEADS = 5
#: The columns that a row of means may fill.
_OF_MEANS = (
    {Column.INDICATOR, Column.TOTAL, Column.OFFICIAL},
    {Column.INDICATOR, Column.TOTAL},
    {Column.TOTAL, Column.OFFICIAL},
    {Column.TOTAL},
)


@dataclass(slots=True)
class PlainTable:
    """The head and the rows of a table in plain lines, and where it stands among them."""

    head: Head
    rows: list[tuple[Cell, ...]]
    first: int
    end: int
    doubts: list[Problem]


@dataclass(slots=True)
class _Line:
    """A line of one unit: what stands before its figures, the figures, what stands behind them."""

    before: str
    figures: list[str]
    after: str
    at: int


def plain_table(lines: Sequence[Paragraph]) -> PlainTable | None:
    """The first table in the lines; None where there is none."""
    texts = [joined(line.text) for line in lines]
    # Prose may name the indicators too, one after the other: the first head that has a table below it counts.
    tried = (_below(lines, texts, count, first) for count, first in islice(_heads(texts), _MOST_HEADS))
    return next((table for table in tried if table is not None), None)


def _below(lines: Sequence[Paragraph], texts: Sequence[str], count: int, first: int) -> PlainTable | None:
    """The table below a line that names ``count`` indicators; None where there is none."""
    lined = [_line(text, count, at) for at, text in enumerate(texts) if at > first]
    found = [line for line in lined if line is not None and not is_mean(line.before)]
    if len(found) < _FEWEST_ROWS:
        return None
    width = max({len(line.figures) for line in found}, key=[len(line.figures) for line in found].count)
    rows = [line for line in found if len(line.figures) == width]
    told = folded(" ".join(texts[max(0, first - _HEAD_REACH) : rows[0].at]))
    # A head that lost a blank ("TC9TỔNG ĐIỂM") names one indicator too few.
    head = _head(rows, count, width, told) or _head(rows, count + 1, width, told)
    if head is None:
        return None
    rows = sorted([*rows, *_means(texts, head, width, rows)], key=lambda line: line.at)
    short = [
        at for at in range(rows[0].at, rows[-1].at) if _is_short(texts[at], len(head.order)) and not _is_in(rows, at)
    ]
    doubts = [Problem("row_not_understood", lines[at].place, {"text": texts[at][:60]}) for at in short]
    cells = _cells(lines, ["" if at in short else text for at, text in enumerate(texts)], rows, width, first)
    return PlainTable(head, cells, first, rows[-1].at + 1, doubts)


def _is_in(rows: Sequence[_Line], at: int) -> bool:
    return any(line.at == at for line in rows)


def _is_short(text: str, count: int) -> bool:
    """Whether a line is that of a unit with other figures than the rest have: which of them is missing, nobody can tell
    from a line, and to put them into the first columns would move them.
    """
    line = _line(text, count // 2, 0)
    return line is not None and _NUMBER.match(line.before.split(" ", 1)[0]) is not None


def _means(texts: Sequence[str], head: Head, width: int, rows: Sequence[_Line]) -> Iterator[_Line]:
    """Rows of means that leave columns empty, as that of ranks: what is blank shows in no line."""
    known = {line.at for line in rows}
    for at in range(rows[0].at, len(texts)):
        line = _mean_line(texts, at) if at not in known else None
        if line is None:
            continue
        for wanted in _OF_MEANS:
            columns = [column for column in range(width) if head.columns.get(column + 2) in wanted]
            if len(columns) == len(line.figures):
                shown = dict(zip(columns, line.figures, strict=True))
                line.figures = [shown.get(column, "") for column in range(width)]
                yield line
                break


def _mean_line(texts: Sequence[str], at: int) -> _Line | None:
    """The line of a row of means, its name from the lines around it where it is broken."""
    line = _line(texts[at], 0, at)
    if line is None:
        return None
    above, below = (texts[one] if 0 <= one < len(texts) and _is_wordy(texts[one]) else "" for one in (at - 1, at + 1))
    below = below if below[:1].islower() else ""
    for lead, rest in (("", ""), ("", below), (above, ""), (above, below)):
        if is_mean(joined(f"{lead} {line.before} {rest}")):
            line.before = joined(f"{line.before} {rest}")
            return line
    return None


def _is_wordy(text: str) -> bool:
    return text != "" and not any(letter.isdigit() for letter in text)


def _heads(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """How many indicators a line names side by side (or one to a line), and where it stands."""
    for at, text in enumerate(texts):
        names = [int(number) for number in _NAMED.findall(folded(text))]
        if len(names) == 1 and len(text) <= _SHORT:
            names = _one_to_a_line(texts, at)
        if len(names) >= _FEWEST_INDICATORS and set(names) == set(range(1, max(names) + 1)):
            yield max(names), at
            continue
        bare = _BARE.search(text)
        around = texts[max(0, at - _HEAD_REACH) : at + _HEAD_REACH] if bare is not None else ()
        if bare is not None and re.search("tieu chi|chi so", folded(" ".join(around))):
            yield 4 + len(bare[1].split()), at


def _one_to_a_line(texts: Sequence[str], first: int) -> list[int]:
    names: list[int] = []
    for text in texts[first:]:
        found = _NAMED.search(folded(text))
        if text and (found is None or len(text) > _SHORT):
            break
        names += [int(found[1])] if found is not None else []
    return names


def _line(text: str, count: int, at: int) -> _Line | None:
    """The line of a unit: at least as many figures side by side as there are indicators and a total."""
    tokens = text.split()
    best = (0, 0)
    start = 0
    for end in range(len(tokens) + 1):
        if end == len(tokens) or read_figure(tokens[end]) is None:
            if end - start > best[1] - best[0]:
                best = (start, end)
            start = end + 1
    figures = tokens[best[0] : best[1]]
    if best[0] == 0 and len(figures) > count + 1 and _NUMBER.match(figures[0]):
        best = (1, best[1])
        figures = figures[1:] if len(figures) > count + 2 else figures
    if len(figures) < count + 1:
        return None
    return _Line(" ".join(tokens[: best[0]]), figures, " ".join(tokens[best[1] :]), at)


def _head(rows: Sequence[_Line], count: int, width: int, told: str) -> Head | None:
    """The columns: number and name, then the figures with the one that is the sum of ``count`` others side by side."""
    total, start = _total(rows, count, width)
    if total is None:
        return None
    order = [at for at in range(width) if at != total][start : start + count]
    columns = {0: Column.NUMBER, 1: Column.UNIT, total + 2: Column.TOTAL, width + 2: Column.GRADE}
    columns |= {at + 2: Column.INDICATOR for at in order}
    rest = [at for at in range(width) if at != total and at not in order]
    kinds = [kind for kind, pattern in ((Column.OFFICIAL, _OFFICIAL), (Column.RANK, _RANK)) if pattern.search(told)]
    for at, kind in zip(rest, kinds, strict=False):
        columns[at + 2] = kind
    if any(_tail(line.after)[1] for line in rows):
        columns[width + 3] = Column.RANK
    names = tuple(str(number) for number in range(1, count + 1))
    return Head(columns, tuple(at + 2 for at in order), names, (None,) * count)


def _total(rows: Sequence[_Line], count: int, width: int) -> tuple[int | None, int]:
    best: tuple[int | None, int] = (None, 0)
    most = 0
    for total in range(width):
        for start in range(width - count):
            hits = 0
            for line in rows:
                read = [figure.value for text in line.figures if (figure := read_figure(text)) is not None]
                others = read[:total] + read[total + 1 :]
                hits += sum(others[start : start + count]) == read[total]
            if hits > most:
                best, most = (total, start), hits
    return best if 2 * most >= len(rows) else (None, 0)


def _tail(after: str) -> tuple[str, str]:
    """The grade behind the figures, and a rank behind the grade."""
    words = after.split()
    if len(words) > 1 and words[-1].isdecimal():
        return " ".join(words[:-1]), words[-1]
    return after, ""


def _cells(
    lines: Sequence[Paragraph], texts: Sequence[str], rows: Sequence[_Line], width: int, first: int
) -> list[tuple[Cell, ...]]:
    """Rows of cells: units with what stood on lines of their own, and the headings of groups."""
    out: list[tuple[Cell, ...]] = []
    known = {line.at: line for line in rows}
    pending = ""
    head = {text for text in texts[max(0, first - 2) : rows[0].at] if not is_heading([(0, text)])}
    for at in range(first + 1, rows[-1].at + 1):
        text, place = texts[at], lines[at].place
        line = known.get(at)
        if line is not None:
            begun = pending.split(" ", 1)[0]
            if pending and out and _NUMBER.match(line.before.split(" ", 1)[0]) and not _NUMBER.match(begun):
                name = joined(f"{out[-1][1].text} {pending}")  # the rest of the name before, in capitals
                out[-1] = (out[-1][0], Cell(name, out[-1][1].place), *out[-1][2:])
                pending = ""
            words = joined(f"{pending} {line.before}").split(" ", 1)
            number = words[0] if _NUMBER.match(words[0]) else ""
            title = (words[1] if len(words) > 1 else "") if number else " ".join(words)
            grade, rank = _tail(line.after)
            values = [number, title, *line.figures, grade if grade_word(grade) or grade else "", rank]
            out.append(tuple(Cell(value, place) for value in values))
            pending = ""
        elif is_heading([(0, text)]):
            out.append((Cell(text, place), *[Cell("", place)] * (width + 3)))
        elif text in head or not text or text.isdecimal():
            continue
        elif text[:1].islower() and out and not pending:
            out.append((Cell("", place), Cell(text, place), *[Cell("", place)] * (width + 2)))
        else:
            pending = joined(f"{pending} {text}")
    return out
