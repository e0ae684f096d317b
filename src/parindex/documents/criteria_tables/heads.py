"""The head of a table: which column is what, by the words of the head and by what stands below it.

No paper is known by heart. Each kind of column has words that name it; where the words leave it open (no head, a
column called only "Điểm", two columns that could be the maximum) the contents decide
(:mod:`~parindex.documents.criteria_tables.head_columns`), and the decision is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, product

from parindex.documents.criteria_tables.column_contents import Contents
from parindex.documents.criteria_tables.head_columns import Unread, settled_columns
from parindex.documents.criteria_tables.head_words import Column, column_of_words, columns_of_words
from parindex.documents.criteria_tables.printed_codes import looks_like_code
from parindex.documents.papers import Cell
from parindex.documents.printed_text import folded, joined, read_points

Row = Sequence[Cell]


_LEVEL = re.compile(r"^(diem )?(linh vuc|nhom|muc|tieu chi|(tieu chi )?thanh phan|tctp|tc|lv|noi dung)$")
_SCORED = frozenset({Column.MAX_POINTS, Column.SELF_POINTS, Column.APPRAISED_POINTS})
_MAX_HEAD_ROWS = 3
#: A narrow column may break the word of a head over so many lines.
_MAX_BROKEN_LINES = 6
#: How many rows below a head say what its columns hold.
_ROWS_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a table. ``first`` and ``rows`` say where the head stands in its grid (``rows`` 0: there is none).

    ``guessed`` are the columns that the contents decided, ``texts`` the words of the head by column, for finding
    it repeated.
    """

    columns: Mapping[int, Column]
    first: int = 0
    rows: int = 0
    texts: Mapping[int, str] = field(default_factory=dict)
    guessed: tuple[Column, ...] = ()
    #: Filled columns that nothing is read from, by their words (or "cột 5" where they have none), with the column that
    #: is read in their place.
    unread: tuple[Unread, ...] = ()

    def column(self, kind: Column) -> int | None:
        """The position of the column of ``kind``; None where the table has none."""
        return next((at for at, column in self.columns.items() if column is kind), None)

    @property
    def is_score_sheet(self) -> bool:
        """Whether points beside the maximum are given: claimed or appraised."""
        return any(column in self.columns.values() for column in (Column.SELF_POINTS, Column.APPRAISED_POINTS))


def find_head(rows: Sequence[Row], start: int = 0) -> Head | None:
    """The first head at or after row ``start`` of a grid; None where no row reads like one.

    A head names the title column or the codes, and a column of points, over one to three rows.
    """
    for first in range(start, len(rows)):
        found = _head_at(rows, first)
        if found is None:
            continue
        # A letterhead of two cells right above is no part of the head: fewer rows win where they say as much.
        later = (_head_at(rows, at) for at in range(first + 1, first + found.rows))
        kinds = len(set(found.columns.values()))
        return next((head for head in later if head and len(set(head.columns.values())) >= kinds), found)
    return None


def _head_at(rows: Sequence[Row], first: int) -> Head | None:
    best: Head | None = None
    for count in range(1, _MAX_HEAD_ROWS + 1):
        part = rows[first : first + count]
        if len(part) < count or not _could_be_head(part[-1], is_first=count == 1):
            break
        texts = _combined(part)
        kinds = dict(zip(texts, columns_of_words(list(texts.values())), strict=True))
        columns = {at: kind for at, kind in kinds.items() if kind is not None}
        if not _is_enough(columns):
            continue
        if (
            best is None
            or len(set(columns.values())) > len(set(best.columns.values()))
            or _adds_words(part[-1])
            or _names_levels(part[-1], best.columns)
        ):
            best = Head(columns, first, count, texts)
    return None if best is None else _settled(best, rows[first + best.rows : first + best.rows + _ROWS_LOOKED_AT])


def _could_be_head(row: Row, *, is_first: bool) -> bool:
    """A head row holds words: no number of points, no code with a title."""
    texts = [joined(cell.text) for cell in row if cell.text]
    if not texts or any(read_points(text) is not None for text in texts):
        return False
    return len(texts) > 1 or not is_first


def _adds_words(row: Row) -> bool:
    """A further head row that names no new kind, but holds nothing except short words of heads ("tối đa")."""
    texts = [joined(cell.text) for cell in row if cell.text]
    return all(len(text) <= 20 and column_of_words(text) not in (None, Column.TITLE) for text in texts)


def _names_levels(row: Row, columns: Mapping[int, Column]) -> bool:
    """A further head row that only tells the columns of points apart by level ("Tiêu chí", "Thành phần")."""
    filled = {at: folded(cell.text) for at, cell in enumerate(row) if cell.text}
    named = any(columns.get(at) in (Column.CODE, Column.TITLE) for at in filled)
    return bool(filled) and not named and all(_LEVEL.match(text) for text in filled.values())


def _is_enough(columns: Mapping[int, Column]) -> bool:
    kinds = set(columns.values())
    return bool(kinds & _SCORED or Column.OPTIONS in kinds) and bool(kinds & {Column.TITLE, Column.CODE})


def _combined(rows: Sequence[Row]) -> dict[int, str]:
    """The words of each column over all head rows; a cell that spans columns speaks for each of them."""
    out: dict[int, str] = {}
    filled = [[_unbroken(cell.text) for cell in row] for row in rows]
    for upper, lower in zip(filled, filled[1:], strict=False):
        for at in range(1, min(len(upper), len(lower))):
            if not upper[at] and lower[at] and lower[at - 1]:
                upper[at] = upper[at - 1]
    for at in range(max(map(len, filled))):
        words = joined(" ".join(row[at] for row in filled if at < len(row)))
        if words:
            out[at] = words
    return out


def _unbroken(text: str) -> str:
    """The words of a cell of a head; where they name a column only if line breaks inside words are closed ("ST", "T"),
    with these closed.
    """
    lines = [joined(line) for line in text.split("\n") if line.strip()]
    whole = " ".join(lines)
    if not 1 < len(lines) <= _MAX_BROKEN_LINES or column_of_words(whole) is not None:
        return whole
    marks = sorted(product((" ", ""), repeat=len(lines) - 1), key=lambda chosen: chosen.count(""))
    read = ("".join(chain(*zip(lines, (*chosen, ""), strict=True))) for chosen in marks)
    return next((words for words in read if column_of_words(words) is not None), whole)


def _settled(head: Head, below: Sequence[Row]) -> Head:
    """The head after what stands below it had its say."""
    found = settled_columns(head.columns, head.texts, Contents(below))
    return Head(found.columns, head.first, head.rows, head.texts, found.guessed, found.unread)


def guessed_head(rows: Sequence[Row]) -> Head | None:
    """The columns of a table without a head, by its contents alone; None where it is no criteria table.

    Asked for: a column of codes of which some have a dot, a column of points, and a column of titles.
    """
    shares = Contents(rows)
    width = max((len(row) for row in rows), default=0)
    code = max((at for at in range(width) if shares.codes(at) >= 0.5), key=shares.codes, default=None)
    if code is None or not any("." in row[code].text.strip(". ") for row in rows if code < len(row)):
        return None
    title = next((at for at in range(code + 1, width) if shares.length(at) > 8), None)
    points = next((at for at in range(width) if at not in (code, title) and shares.numbers(at) >= 0.7), None)
    if title is None or points is None:
        return None
    columns = {code: Column.CODE, title: Column.TITLE, points: Column.MAX_POINTS}
    last = width - 1
    if last not in columns and shares.filled(last) and shares.numbers(last) < 0.2:
        columns[last] = Column.NOTE
    return Head(columns, guessed=(Column.CODE, Column.TITLE, Column.MAX_POINTS))


def fits(head: Head, rows: Sequence[Row]) -> bool:
    """Whether the rows of a further piece stand under ``head``: codes, titles and points where the head has them."""
    shares = Contents(rows)
    code, title, points = (head.column(kind) for kind in (Column.CODE, Column.TITLE, Column.MAX_POINTS))
    return (
        (code is None or not shares.filled(code) or shares.codes(code) >= 0.5)
        and (title is None or not shares.filled(title) or shares.numbers(title) < 0.5)
        and (points is None or not shares.filled(points) or shares.numbers(points) >= 0.5)
    )


def has_codes(head: Head, rows: Sequence[Row]) -> bool:
    """Whether there are codes in the code column of ``head``."""
    at = head.column(Column.CODE)
    return at is not None and any(at < len(row) and looks_like_code(row[at].text) for row in rows)


def repeats(head: Head, row: Row) -> bool:
    """Whether ``row`` is (a row of) the head printed again, as at the top of a page."""
    texts = {at: folded(cell.text) for at, cell in enumerate(row) if cell.text}
    if not texts or any(read_points(text) is not None for text in texts.values()):
        return False
    # Without spaces: a narrow column may break a word here and not there.
    texts = {at: text.replace(" ", "") for at, text in texts.items()}
    words = {at: folded(text).replace(" ", "") for at, text in head.texts.items()}
    alike = sum(at in words and text in words[at] for at, text in texts.items())
    return alike == len(texts) and (alike > 1 or head.rows > 1)
