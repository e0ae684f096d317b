"""The words that name the columns of a satisfaction table, and the head that they make up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from parindex.documents.criteria_tables.row_cells import is_index_row
from parindex.documents.head_texts import Row, filled, stacked
from parindex.documents.printed_figures import Figure, read_figure
from parindex.documents.printed_text import folded


class Column(StrEnum):
    """What a column of a satisfaction table holds."""

    CODE = "code"
    TITLE = "title"
    YEAR = "year"
    DIFFERENCE = "difference"
    OTHER = "other"


_DIFFERENCE = re.compile(r"\btang\b|\bgiam\b|chenh lech|so voi|so sanh|bien dong|thay doi|\+\s*/\s*-|differen|change")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_POINTS = re.compile(r"\bdiem\b|toi da|chuan|xep hang|thu hang|\bso (phieu|nguoi|luong)|co mau|trong so")
_CODE = re.compile(r"^(s(o)?[ ./]*tt|t[ ./]*t|so thu tu|ma( so)?|no\.?|#|muc|code)$")
_TITLE = re.compile(r"tieu chi|noi dung|chi tieu|nhom|linh vuc|yeu to|criteri|item|^title$")
_NOTE = re.compile("^ghi chu|_found$|^(place|level)$")
SATISFACTION = re.compile(r"hai long|\bsipas\b|\bmdhl\b|satisf")
_THIS, _LAST = re.compile(r"nam nay|ky nay|nam bao cao"), re.compile(r"(nam|ky) truoc|cung ky")
_MAX_HEAD_ROWS = 3
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a table: code, title, the columns of figures by year, the difference (None: there is none).

    ``years`` are in the order of the columns ``figures``; ``named`` are the two years that the difference names.
    """

    title: int
    code: int | None
    figures: tuple[int, ...]
    years: tuple[int | None, ...]
    difference: int | None
    named: tuple[int, ...] = ()
    first: int = 0
    rows: int = 0
    texts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def column_of(texts: Sequence[str]) -> tuple[Column, int | None] | None:
    """The kind of a column by its words from the top down, with its year."""
    words = [folded(text) for text in texts]
    last, whole = words[-1], " ".join(words)
    if len(whole) > _LONGEST:
        return None
    if _NOTE.search(last):
        return Column.OTHER, None
    for said in (last, whole):
        if _DIFFERENCE.search(said):
            return Column.DIFFERENCE, None
    if _POINTS.search(whole):
        return Column.OTHER, None
    year = _YEAR.search(last) or _YEAR.search(whole)
    if year is not None:
        return Column.YEAR, int(year[1])
    if _CODE.match(last):
        return Column.CODE, None
    if _LAST.search(whole) or _THIS.search(whole):
        return Column.YEAR, -1 if _LAST.search(whole) else 0
    if _TITLE.search(last) and "%" not in last and "ty le" not in last and "ket qua" not in last:
        return Column.TITLE, None
    if SATISFACTION.search(whole) or re.search(r"ty le|ket qua|%|chi so", last):
        return Column.YEAR, None
    return None


def find_head(rows: Sequence[Row], start: int = 0, *, told: bool = False) -> Head | None:
    """The first head at or after row ``start``: a column of titles and at least one of figures.

    ``told``: the text around speaks of satisfaction, so that the head need not.
    """
    for first in range(start, len(rows)):
        if len(filled(rows[first])) < 2:
            continue
        best: Head | None = None
        for count in range(1, _MAX_HEAD_ROWS + 1):
            part = rows[first : first + count]
            if len(part) < count or _is_row(part[-1]):
                break
            head = _head_of(part, first)
            if head is not None and (best is None or _says_more(head, best)):
                best = head
        if best is not None and _bears_out(best, rows[first + best.rows :], told):
            return best
    return None


def _says_more(head: Head, than: Head) -> bool:
    def said(one: Head) -> tuple[int, int, bool]:
        return len({year for year in one.years if year}), len(one.figures), one.difference is not None

    return said(head) > said(than)


def _is_row(row: Row) -> bool:
    """A row of the table itself: figures with decimals or a per cent sign."""
    texts = [text for _, text in filled(row)]
    return any(read_figure(text) is not None and re.search(r"[.,]\d|%", text) for text in texts)


def _head_of(rows: Sequence[Row], first: int) -> Head | None:
    texts = stacked(rows)
    found = {at: kind for at, words in texts.items() if (kind := column_of(words)) is not None}
    titles = [at for at, (kind, _) in found.items() if kind is Column.TITLE]
    codes = [at for at, (kind, _) in found.items() if kind is Column.CODE]
    years = [at for at, (kind, _) in found.items() if kind is Column.YEAR]
    changes = [at for at, (kind, _) in found.items() if kind is Column.DIFFERENCE]
    if len(titles) != 1 or not years:
        return None
    named = [int(year) for year in _YEAR.findall(" ".join(texts[changes[0]]))] if changes else []
    kept = {at: tuple(one) for at, one in texts.items()}
    return Head(
        titles[0],
        codes[0] if codes else None,
        tuple(years),
        tuple(found[at][1] for at in years),
        changes[0] if changes else None,
        tuple(dict.fromkeys(named)),
        first,
        len(rows),
        kept,
    )


def _bears_out(head: Head, below: Sequence[Row], told: bool) -> bool:
    """Whether per cents stand below the years: figures in most rows, of a hundred or of one."""
    cells = [
        [figure for at in head.figures if (figure := _figure(row, at)) is not None]
        for row in below
        if not is_index_row(row)
    ]
    figures = [figure for row in cells for figure in row]
    if sum(bool(row) for row in cells) < 3:
        return False
    if 2 * sum(figure.percent for figure in figures) > len(figures):
        return True
    middle = sorted(abs(figure.value) for figure in figures)[len(figures) // 2]
    words = told or any(SATISFACTION.search(folded(" ".join(texts))) for texts in head.texts.values())
    share = middle <= 1 and 10 * sum(abs(figure.value) <= 1 for figure in figures) >= 9 * len(figures)
    return (head.difference is not None or words) and (20 <= middle <= 100 or share)


def _figure(row: Row, at: int) -> Figure | None:
    return read_figure(row[at].text) if at < len(row) else None
