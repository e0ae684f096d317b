"""A satisfaction table in the text layer of a page: a title over several lines, its figures at the end of the last.

``I. VIỆC XÂY DỰNG, TỔ CHỨC THỰC / HIỆN CHÍNH SÁCH (CS) / 82.88% 80.03% 2.85%``. Which figure is the difference of the
other two is seen from the figures; the years stand in the head, from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from parindex.documents.papers import Paragraph
from parindex.documents.printed_figures import Figure, read_figure, read_figures
from parindex.documents.printed_text import folded, in_capitals, joined
from parindex.documents.satisfaction_tables.head_words import SATISFACTION, Head
from parindex.documents.satisfaction_tables.outline import Draft, split_label
from parindex.domain.errors import Place, Problem
from parindex.domain.values import number_text

_FIGURE = r"[-+−–]?\s?(?:\d{1,3}[.,]\d{1,3}\s?%?|\d{1,6}\s?%)"
_END = re.compile(rf"^(?P<title>.*?)(?:^|\s+)(?P<figures>{_FIGURE}(?:\s+{_FIGURE}){{0,3}})\s*$")
#: What stands in the place of a figure: "KĐG", "NaN", "#REF!", a dash, dots.
_NO_FIGURE = re.compile(r"^(?:nan|n/a|kđg|kct|x|#[a-z0-9/!?]+|[-–—]+|…|\.{2,})$", re.IGNORECASE)
_HEAD = re.compile(r"^(?:stt |tt )?(?:tieu chi|noi dung|chi tieu|nhom tieu chi|cac tieu chi|chi so thanh phan)\b")
#: A head with a column of labels: a label and a title then stand side by side, without a mark between them.
_LABELS = re.compile(r"^s?tt ")
_LABELLED = re.compile(r"^(?P<label>[IVX]{1,5}|[A-EG-IK-QĐ]|\d{1,3}(?:\.\d{1,3}){0,2})\s+(?P<title>\D.*)$")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_FEWEST_ROWS = 5
_HEAD_REACH = 14
#: So many lines without figures end a table.
_MOST_WORDS = 9
_Split = Callable[[str], tuple[str, str]]
#: The figures of a line, and what stands in the place of one.
_Read = list[Figure | str]


@dataclass(slots=True)
class PlainTable:
    """The rows of a table in plain lines with the head that the lines before them make up, and where it stands."""

    head: Head
    drafts: list[Draft]
    figures: list[Figure]
    changes: list[Figure]
    first: int
    end: int
    doubts: list[Problem]


@dataclass(slots=True)
class _Open:
    """A row whose figures have not come yet, and lines that belong to the row before or to the next."""

    label: str = ""
    lines: list[str] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    pending: list[tuple[str, Place]] = field(default_factory=list)


def plain_table(lines: Sequence[Paragraph]) -> PlainTable | None:
    """The first table in the lines; None where there is none."""
    texts = [joined(line.text) for line in lines]
    for first in (at for at, text in enumerate(texts) if _HEAD.match(folded(text))):
        split = _split_label if _LABELS.match(folded(texts[first])) else _split_marked
        head = _head_lines(texts, first, split)
        if head is None:
            continue
        start, years = head
        count = _columns(_rows(lines, texts, start, split, 0)[0])
        rows, end = _rows(lines, texts, start, split, count)
        whole = [(draft, figures) for draft, figures in rows if len(figures) == count]
        if len(whole) >= _FEWEST_ROWS and _are_per_cents(whole, " ".join(texts[first:start])):
            doubts = [_not_whole(draft, figures) for draft, figures in rows if len(figures) != count]
            return _table(whole, years, first, end, doubts)
    return None


def _split_marked(text: str) -> tuple[str, str]:
    """The label of a line, a mark between it and the title."""
    return split_label("", text)


def _split_label(text: str) -> tuple[str, str]:
    """The label of a line, with a mark or without."""
    found = _LABELLED.match(text)
    return (found["label"], found["title"]) if found is not None else _split_marked(text)


def _not_whole(draft: Draft, figures: _Read) -> Problem:
    """A line whose figures are more or fewer than those of the others: it is left out."""
    shown = [one if isinstance(one, str) else number_text(one.value) for one in figures]
    words = " ".join(filter(None, [draft.label, draft.title, *shown]))
    return Problem("row_not_understood", draft.place, {"text": words[:60]})


def _head_lines(texts: Sequence[str], first: int, split: _Split) -> tuple[int, list[int]] | None:
    """Where the rows begin below a head, and the years that it names."""
    words: list[str] = []
    for at in range(first, min(first + _HEAD_REACH * 2, len(texts))):
        text = texts[at]
        if not text:
            continue
        label, _ = split(text)
        if (label or _END.match(text)) and words:
            years = [int(year) for year in _YEAR.findall(" ".join(words))]
            return (at, list(dict.fromkeys(years))) if _END.match(text) or label in ("I", "A", "1") else None
        words.append(text)
    return None


def _read(text: str, count: int) -> tuple[str, _Read]:
    """The title of a line and the figures at its end; where there are fewer than ``count``, with what stands in the
    place of the others.
    """
    found = _END.match(text)
    figures: _Read = list(read_figures(found["figures"])) if found is not None else []
    if len(figures) < count:
        tokens = text.split()
        last = [read_figure(token) or token for token in tokens[-count:]]
        marks = [one for one in last if isinstance(one, str)]
        if len(last) == count and 0 < len(marks) < count and all(map(_NO_FIGURE.match, marks)):
            return " ".join(tokens[:-count]), last
    return (found["title"], figures) if found is not None and figures else (text, [])


def _rows(
    lines: Sequence[Paragraph], texts: Sequence[str], start: int, split: _Split, count: int
) -> tuple[list[tuple[Draft, _Read]], int]:
    """The rows, and where they end; ``count`` figures are due in each (0: however many there are)."""
    rows: list[tuple[Draft, _Read]] = []
    now = _Open()
    since, end = 0, start
    for at in range(start, len(lines)):
        text = texts[at]
        if not text or text.isdecimal():
            continue
        title, figures = _read(text, count)
        if not figures:
            since += 1
            if since > _MOST_WORDS:
                break
        label, rest = split(title)
        if label and not now.label:
            _settle(rows, now)
            now.label, now.lines, now.place = label, [rest], lines[at].place
        elif now.label:
            now.lines.append(title)
        elif not figures:
            now.pending.append((text, lines[at].place))
        else:
            while rows and now.pending and now.pending[0][0][:1].islower():  # the rest of the title before
                rows[-1][0].title = joined(f"{rows[-1][0].title} {now.pending.pop(0)[0]}")
            now.lines = [words for words, _ in now.pending] + [title]
            now.place = now.pending[0][1] if now.pending else lines[at].place
            now.pending = []
        if figures:
            words = joined(" ".join(now.lines))
            rows.append((Draft(now.label, words, now.place, []), figures))
            now, since, end = _Open(), 0, at + 1
    if rows and now.pending and in_capitals(rows[-1][0].title):
        more = [words for words, _ in now.pending if in_capitals(words)]
        rows[-1][0].title = joined(" ".join([rows[-1][0].title, *more[:2]]))
    return rows, end


def _settle(rows: Sequence[tuple[Draft, _Read]], now: _Open) -> None:
    """Lines between the figures of a row and the label of the next are the rest of the title; below the row of
    everything together prose begins.
    """
    if rows and now.pending and (rows[-1][0].label or now.pending[0][0][:1].islower()):
        rows[-1][0].title = joined(" ".join([rows[-1][0].title, *(words for words, _ in now.pending)]))
    now.pending = []


def _columns(rows: Sequence[tuple[Draft, _Read]]) -> int:
    counts = [len(figures) for _, figures in rows]
    return max(set(counts), key=counts.count, default=0)


def _are_per_cents(rows: Sequence[tuple[Draft, _Read]], head: str) -> bool:
    known = [_figures(row) for _, row in rows]
    figures = [figure for row in known for figure in row]
    middle = sorted(max(figure.value for figure in row) for row in known)[len(rows) // 2]
    signs = 2 * sum(figure.percent for figure in figures) > len(figures)
    named = bool(_YEAR.search(head)) or bool(SATISFACTION.search(folded(head)))
    return named and 20 <= middle <= 100 and (signs or len(rows[0][1]) > 1)


def _figures(row: _Read) -> list[Figure]:
    return [one for one in row if isinstance(one, Figure)]


def _table(
    rows: Sequence[tuple[Draft, _Read]], years: list[int], first: int, end: int, doubts: list[Problem]
) -> PlainTable:
    width = len(rows[0][1])
    whole = [_figures(row) for _, row in rows if len(_figures(row)) == width]
    change = _difference_column(whole) if width > 2 and whole else None
    columns = [at for at in range(width) if at != change]
    named: list[int | None] = [*years[: len(columns)], *[None] * (len(columns) - len(years))]
    figures: list[Figure] = []
    changes: list[Figure] = []
    for draft, read in rows:
        names: dict[int, int | str] = {at: name for name, at in enumerate(columns)}
        if change is not None:
            names[change] = "difference"
        draft.unread = {names[at]: one for at, one in enumerate(read) if isinstance(one, str)}
        draft.values = [None if isinstance(one := read[at], str) else one.value for at in columns]
        figures.extend(_figures([read[at] for at in columns]))
        if change is not None and isinstance(one := read[change], Figure):
            draft.difference = one.value
            changes.append(one)
    head = Head(0, None, tuple(columns), tuple(named), change, tuple(years[: len(columns)]))
    return PlainTable(head, [draft for draft, _ in rows], figures, changes, first, end, doubts)


def _difference_column(rows: Sequence[Sequence[Figure]]) -> int | None:
    """The column that is the difference of two others in most rows."""

    def hits(at: int) -> int:
        others = [one for one in range(len(rows[0])) if one != at][:2]
        return sum(abs(row[at].value) == abs(row[others[0]].value - row[others[1]].value) for row in rows)

    best = max(range(len(rows[0])), key=lambda at: (hits(at), -sum(abs(row[at].value) for row in rows)))
    return best if 2 * hits(best) > len(rows) else None
