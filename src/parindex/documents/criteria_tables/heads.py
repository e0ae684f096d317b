"""The head of a table: which column is what, by the words of the head and by what stands below it.

No paper is known by heart. Each kind of column has words that name it; where the words leave it open (no head, a
column called only
"Điểm", two columns that could be the maximum) the contents decide, and the decision is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from parindex.documents.criteria_tables.column_contents import Contents
from parindex.documents.criteria_tables.printed_codes import looks_like_code
from parindex.documents.papers import Cell
from parindex.documents.printed_text import folded, joined, read_points

Row = Sequence[Cell]


class Column(StrEnum):
    """What a column of a criteria table or score sheet holds."""

    CODE = "code"
    TITLE = "title"
    MAX_POINTS = "max_points"
    OPTIONS = "options"
    NOTE = "note"
    EVIDENCE = "evidence"
    SELF_POINTS = "self_points"
    EXPLANATION = "explanation"
    FURTHER_EXPLANATION = "further_explanation"
    APPRAISED_POINTS = "appraised_points"
    #: Points of a body below the one whose appraisal stands.
    OTHER_APPRAISAL = "other_appraisal"
    OPINION = "opinion"
    OTHER = "other"


#: Words of heads, without accents, in the order in which they are tried: the telling ones first.
_WORDS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile("|".join(patterns)))
    for column, patterns in (
        (Column.OPINION, ("y kien", "opinion")),
        (Column.FURTHER_EXPLANATION, (r"giai trinh (bo sung|them|lan (2|hai|ii)\b)", "further explanation")),
        (Column.EXPLANATION, ("giai trinh", "dien giai", "thuyet minh", "explanation")),
        (Column.NOTE, ("^ghi chu",)),
        (Column.EVIDENCE, ("tai lieu kiem chung", r"\btlkc\b", "minh chung", "ho so kiem chung", "evidence")),
        (
            Column.SELF_POINTS,
            ("tu (cham|cho diem)", "(diem|ket qua).{0,20}tu (danh gia|xac dinh)", "^tu danh gia", "self"),
        ),
        (Column.APPRAISED_POINTS, ("(diem|ket qua|cham).{0,25}tham dinh", "hoi dong cham", "apprais")),
        (Column.APPRAISED_POINTS, ("^(to |hoi dong |co quan )?tham dinh",)),
        (Column.MAX_POINTS, ("diem (so )?(toi da|chuan|quy dinh|tieu chuan|cao nhat)", "max")),
        (Column.OTHER, ("dat duoc", r"muc tieu(?! chi)", "nhiem vu", "giai phap", "chu tri", "phu trach", "phoi hop")),
        (Column.OTHER, ("xep loai", "xep hang", "tang.*giam", r"\b(19|20)\d\d\b")),
        (
            Column.NOTE,
            ("ghi chu", "(hinh thuc|phuong thuc|phuong phap|cach thuc) (danh gia|cham)", r"\bnotes?\b", "remark"),
        ),
        (Column.NOTE, (r"^(?!.*(diem|tieu chi)).*(\bd?txhh\b|dieu tra (xhh|xa hoi)|\bsipas\b|khao sat)",)),
        (Column.NOTE, ("nguon (du lieu|so lieu|diem|danh gia)", "^nguon$")),
        (Column.OPTIONS, ("(cach|cong thuc|phuong phap) (tinh|cham|cho|danh gia)", "huong dan (cham|tinh|danh gia)")),
        (Column.OPTIONS, ("quy dinh cham", "thang diem chi tiet")),
        (Column.MAX_POINTS, ("(thang|khung|bieu|muc) diem", "toi da", "diem (cua )?tieu chi$")),
        (Column.CODE, (r"^s(o)?[ ./]*tt$", r"^t[ ./]*t$", "^so thu tu$", "^ma( so| hieu)?( tieu chi| tc| muc)?$")),
        (Column.CODE, ("^muc( so)?$", "^tieu chi so$", "^ky hieu$", "^codes?$", r"^no\.?$", "^id$", "^#$")),
        (
            Column.TITLE,
            (r"^(?!.*diem).*(tieu chi|noi dung|linh vuc|chi tieu|chi so|ten muc|criteri|title|content|\barea)",),
        ),
        (Column.MAX_POINTS, (r"^(so )?diem( so)?( \(.*\))?$", "^points?$", "^score$")),
    )
)

_LEVEL = re.compile(r"^(diem )?(linh vuc|nhom|muc|tieu chi|(tieu chi )?thanh phan|tctp|tc|lv|noi dung)$")
_TELLING_MAX = re.compile(r"toi da|chuan|max|quy dinh|cao nhat")
_SCORED = frozenset({Column.MAX_POINTS, Column.SELF_POINTS, Column.APPRAISED_POINTS})
_MAX_HEAD_ROWS = 3
#: How many rows below a head say what its columns hold.
_ROWS_LOOKED_AT = 200
_MAX_HEAD_TEXT = 120


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
    #: Filled columns that nothing is read from, by their words (or "cột 5" where they have none).
    unread: tuple[str, ...] = ()

    def column(self, kind: Column) -> int | None:
        """The position of the column of ``kind``; None where the table has none."""
        return next((at for at, column in self.columns.items() if column is kind), None)

    @property
    def is_score_sheet(self) -> bool:
        """Whether points beside the maximum are given: claimed or appraised."""
        return any(column in self.columns.values() for column in (Column.SELF_POINTS, Column.APPRAISED_POINTS))


def column_of_words(text: str) -> Column | None:
    """The kind of column that head words name; None where they name none."""
    words = folded(text)
    if not words or len(words) > _MAX_HEAD_TEXT:
        return None
    return next((column for column, pattern in _WORDS if pattern.search(words)), None)


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
        kinds = {at: column_of_words(text) for at, text in texts.items()}
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
    filled = [[joined(cell.text) for cell in row] for row in rows]
    for upper, lower in zip(filled, filled[1:], strict=False):
        for at in range(1, min(len(upper), len(lower))):
            if not upper[at] and lower[at] and lower[at - 1]:
                upper[at] = upper[at - 1]
    for at in range(max(map(len, filled))):
        words = joined(" ".join(row[at] for row in filled if at < len(row)))
        if words:
            out[at] = words
    return out


def _settled(head: Head, below: Sequence[Row]) -> Head:
    """The head after the contents had their say: one maximum, and the code and title columns where no words
    named them.
    """
    columns = dict(head.columns)
    guessed: list[Column] = []
    shares = Contents(below)
    _points_by_level(columns, shares)
    if _one_maximum(columns, head.texts, shares):
        guessed.append(Column.MAX_POINTS)
    if _one_appraisal(columns, head.texts):
        guessed.append(Column.APPRAISED_POINTS)
    _codes_by_level(columns, shares)
    width = max((len(row) for row in below), default=0)
    free = [at for at in range(width) if at not in columns]
    if Column.CODE not in columns.values():
        at = max((at for at in free if shares.codes(at) >= 0.5), key=shares.codes, default=None)
        if at is not None:
            columns[at] = Column.CODE
            guessed.append(Column.CODE)
    if Column.TITLE not in columns.values():
        texts = [at for at in free if at not in columns and shares.is_text(at)]
        at = max(texts, key=shares.length, default=None)
        if at is not None and (shares.length(at) > 8 or len(texts) == 1):
            columns[at] = Column.TITLE
            guessed.append(Column.TITLE)
    if Column.MAX_POINTS not in columns.values():
        at = next((at for at in free if at not in columns and shares.numbers(at) >= 0.7), None)
        if at is not None:
            columns[at] = Column.MAX_POINTS
            guessed.append(Column.MAX_POINTS)
    kept = _first_of_each(columns, by_level=_by_level(columns, shares))
    unread = _unread(kept, columns, head.texts, shares, width)
    return Head(kept, head.first, head.rows, head.texts, tuple(guessed), unread)


def _by_level(columns: Mapping[int, Column], shares: Contents) -> frozenset[Column]:
    """The kinds that stand in several columns, one a level: hardly a row fills two of them."""
    kinds = (Column.CODE, Column.MAX_POINTS)
    return frozenset(
        kind for kind in kinds if shares.take_turns([at for at, column in columns.items() if column is kind])
    )


def _codes_by_level(columns: dict[int, Column], shares: Contents) -> None:
    """Columns of codes left of the titles, one a level ("Lĩnh vực", "Tiêu chí", "TCTP"), are all columns of codes."""
    titles = [at for at, column in columns.items() if column is Column.TITLE and shares.is_text(at)]
    if not titles:
        return
    codes = [
        at
        for at in range(titles[0])
        if columns.get(at, Column.TITLE) in (Column.TITLE, Column.CODE) and shares.codes(at) >= 0.8
    ]
    if shares.take_turns(codes):
        columns.update(dict.fromkeys(codes, Column.CODE))


def _points_by_level(columns: dict[int, Column], shares: Contents) -> None:
    """Columns of numbers without a name that take turns with the maximum are its columns for other levels."""
    known = [at for at, column in columns.items() if column is Column.MAX_POINTS]
    titles = [at for at, column in columns.items() if column is Column.TITLE]
    first = min(titles, default=0)  # what stands left of the titles may be codes
    free = [at for at in range(first, shares.width) if at not in columns and shares.numbers(at) == 1]
    for at in free if known else ():
        if shares.take_turns([*known, at]):
            columns[at] = Column.MAX_POINTS
            known.append(at)


def _one_appraisal(columns: dict[int, Column], texts: Mapping[int, str]) -> bool:
    """Of several columns of appraised points the council's stands, else the last; True where no word told."""
    candidates = [at for at, column in columns.items() if column is Column.APPRAISED_POINTS]
    councils = [at for at in candidates if "hoi dong" in folded(texts.get(at, ""))]
    chosen = next(reversed(councils or candidates), None)
    for at in candidates:
        if at != chosen:
            columns[at] = Column.OTHER_APPRAISAL
    return len(candidates) > 1 and len(councils) != 1


def _unread(
    kept: Mapping[int, Column],
    named: Mapping[int, Column],
    texts: Mapping[int, str],
    shares: Contents,
    width: int,
) -> tuple[str, ...]:
    """The filled columns that are no part of what is read, except those whose words say so."""
    ends = [at for at, column in kept.items() if column in (Column.CODE, Column.TITLE)]
    within_title = range(min(ends, default=0), max(ends, default=0))  # merged title cells stand at their left
    lost = [
        at
        for at in range(width)
        if shares.filled(at)
        and ((at not in kept and at not in within_title) or kept.get(at) is Column.OTHER is not named.get(at))
    ]
    return tuple(texts.get(at) or f"cột {at + 1}" for at in lost)


def _one_maximum(columns: dict[int, Column], texts: Mapping[int, str], shares: Contents) -> bool:
    """Of several columns of points the telling one is the maximum; a "Thang điểm" in words holds the options.

    True where no word told and the first was taken.
    """
    candidates = [at for at, column in columns.items() if column is Column.MAX_POINTS]
    for at in list(candidates):
        if shares.filled(at) and shares.numbers(at) < 0.5:
            columns[at] = Column.OPTIONS
            candidates.remove(at)
    if shares.take_turns(candidates):
        return False
    telling = [at for at in candidates if _TELLING_MAX.search(folded(texts.get(at, "")))]
    chosen = next(iter(telling or candidates), None)
    for at in candidates:
        if at != chosen:
            columns[at] = Column.OTHER
    return len(candidates) > 1 and len(telling) != 1


def _first_of_each(columns: Mapping[int, Column], *, by_level: frozenset[Column]) -> dict[int, Column]:
    """Each kind once; notes, options, explanations and opinions may have several columns."""
    several = {Column.NOTE, Column.OPTIONS, Column.OTHER, Column.EXPLANATION, Column.OPINION, Column.EVIDENCE}
    several |= {Column.OTHER_APPRAISAL, *by_level}
    seen: set[Column] = set()
    out: dict[int, Column] = {}
    for at in sorted(columns):
        column = columns[at]
        out[at] = Column.OTHER if column in seen and column not in several else column
        seen.add(column)
    return out


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
    words = {at: folded(text) for at, text in head.texts.items()}
    alike = sum(at in words and text in words[at] for at, text in texts.items())
    return alike == len(texts) and (alike > 1 or head.rows > 1)
