"""The words that name the columns of an evaluation table, and the head that they make up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from parindex.documents.criteria_tables.row_cells import is_index_row
from parindex.documents.head_texts import Row, filled, stacked
from parindex.documents.printed_figures import read_figure
from parindex.documents.printed_text import folded
from parindex.documents.procedure_tables.grade_words import grade_word


class Column(StrEnum):
    """What a column of an evaluation table holds."""

    NUMBER = "number"
    UNIT = "unit"
    INDICATOR = "indicator"
    TOTAL = "total"
    OFFICIAL = "official"
    GRADE = "grade"
    RANK = "rank"
    GROUP = "group"
    OTHER = "other"


#: Words of heads without accents, the telling ones first.
_WORDS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile("|".join(patterns)))
    for column, patterns in (
        (Column.NUMBER, (r"^s(o)?[ ./]*tt$", r"^t[ ./]*t$", "^so thu tu$", r"^no\.?$", "^#$", "^number$")),
        (Column.GROUP, ("^(group|nhom|khoi)( (co quan|don vi))?$",)),
        (Column.OTHER, ("_found$", "^place$", "^ghi chu")),
        (Column.OTHER, ("ty le", "so (ho so|phieu|luong phieu)", r"nam (truoc|20\d\d)")),
        (Column.RANK, ("xep hang", "thu hang", "^hang$", "xep thu", "^vi tri", "thu bac", "^thu tu xep", "^rank$")),
        (Column.GRADE, ("xep loai", "phan loai", "^loai$", "muc (do )?(danh gia|xep)")),
        (Column.GRADE, ("ket qua (xep|danh gia|phan)", "^grade$")),
        (Column.OFFICIAL, ("ccvc", r"\bcbcc", "cong chuc", "vien chuc", "can bo", "^officials$")),
        (Column.TOTAL, ("tong (so )?diem", "tong cong", "^tong$", "diem tong", "^cong$", "^total")),
        (
            Column.UNIT,
            ("(ten|cac) (co quan|don vi|dia phuong)", r"^(co quan|don vi|dia phuong|so, (ban|nganh))", r"^unit"),
        ),
    )
)
_INDICATOR = re.compile(
    r"\b(?:tieu chi|chi so|chi tieu|tc|cs|indicator)[\s_]*(?:so\s*|thu\s*)?[:.]?\s*0?(\d{1,2})\b"
    r"(?!\s*(?:tieu chi|chi so))"
)
_OF_INDICATORS = re.compile(r"\b(tieu chi|chi so|indicators?)\b")
_BARE = re.compile(r"^\(?0?(\d{1,2})\)?$")
_MAXIMUM = re.compile(r"toi da\W{0,3}(?:la )?(\d{1,3}(?:[.,]\d+)?)")
#: Heads of the nine indicators where their titles stand in place of their numbers.
_TITLES = re.compile(
    r"thoi gian|so lan|so luong (co quan|don vi)|to chuc tiep nhan|cong khai|thai do|tiep thu|truc tuyen"
)
#: What a head with lost letters is compared with.
_WHOLE: tuple[tuple[Column, str], ...] = (
    (Column.TOTAL, "tong diem"),
    (Column.GRADE, "xep loai"),
    (Column.RANK, "xep hang"),
    (Column.UNIT, "ten co quan, don vi"),
    (Column.UNIT, "ten don vi"),
    (Column.UNIT, "don vi"),
)
_ALIKE = 0.8
_GIVEN = {Column.TOTAL, Column.GRADE, Column.RANK}
_MAX_HEAD_ROWS = 4
_FEWEST_INDICATORS = 3
_MANY_INDICATORS = 5
_LONGEST = 160
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a table, by position; ``order`` are those of the indicators in the order of their numbers."""

    columns: Mapping[int, Column]
    order: tuple[int, ...]
    names: tuple[str, ...]
    maxima: tuple[Fraction | None, ...] = ()
    first: int = 0
    rows: int = 0
    texts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def at(self, kind: Column) -> int | None:
        """The position of the column of ``kind``."""
        return next((at for at, column in self.columns.items() if column is kind), None)


def column_of(texts: Sequence[str]) -> tuple[Column, int] | None:
    """The kind of a column by its words from the top down, with the number of an indicator (0 for none)."""
    return _column_of(tuple(texts))


@lru_cache(maxsize=4096)
def _column_of(texts: tuple[str, ...]) -> tuple[Column, int] | None:
    words = [folded(text) for text in texts]
    last, whole = words[-1], " ".join(words)
    if len(whole) > _LONGEST:
        return None
    numbered = _INDICATOR.search(last) or (_INDICATOR.search(whole) if len(words) > 1 else None)
    bare = _BARE.match(last)
    if numbered is None and bare is not None and len(words) > 1 and _OF_INDICATORS.search(whole):
        numbered = bare
    if numbered is not None and not re.match("tong (so )?diem", last):
        return Column.INDICATOR, int(numbered[1])
    for said in (last, whole):
        kind = next((kind for kind, pattern in _WORDS if pattern.search(said)), None)
        if kind is not None:
            return kind, 0
    if _TITLES.search(last):
        return Column.INDICATOR, 0
    near = max(_WHOLE, key=lambda pair: SequenceMatcher(None, pair[1], last).ratio())
    alike = SequenceMatcher(None, near[1], last).ratio() >= _ALIKE
    return (near[0], 0) if alike else None


def find_head(rows: Sequence[Row], start: int = 0) -> Head | None:
    """The first head at or after row ``start``: at least three columns of indicators, and by its words or by what
    stands below it one of units and one of totals, grades or ranks.
    """
    for first in range(start, len(rows)):
        found = _head_at(rows, first)
        if found is None:
            continue
        # A letterhead or the heading of a group right above is no part of the head: fewer rows win.
        later = [_head_at(rows, at) for at in range(first + 1, first + found.rows)]
        same = [head for head in later if head is not None and len(head.columns) >= len(found.columns)]
        best = same[-1] if same else found
        below = rows[best.first + best.rows :]
        head = _filled_in(best, below)
        if _is_evaluation(head) and (_GIVEN & set(best.columns.values()) or _holds_figures(head, below)):
            return head
    return None


def _is_evaluation(head: Head) -> bool:
    """Whether units stand beside what an evaluation gives them: a total, a grade, a rank, the points of officials, or
    at least many indicators.
    """
    kinds = set(head.columns.values())
    given = kinds & {*_GIVEN, Column.OFFICIAL} or len(head.order) >= _MANY_INDICATORS
    return bool(given) and bool(kinds & {Column.UNIT, Column.NUMBER})


def _holds_figures(head: Head, below: Sequence[Row]) -> bool:
    """Whether most of what stands below the indicators is figures: a head that names no total may be that of a plan."""
    texts = [row[at].text for row in below for at in head.order if at < len(row) and row[at].text]
    return 2 * sum(read_figure(text) is not None for text in texts) > len(texts)


def _head_at(rows: Sequence[Row], first: int) -> Head | None:
    if len(filled(rows[first])) < 2:
        return None
    block = rows[first : first + _MAX_HEAD_ROWS]
    if max(sum(_may_be_indicator([text]) for _, text in filled(row)) for row in block) < _FEWEST_INDICATORS:
        return None
    best: Head | None = None
    for count in range(1, _MAX_HEAD_ROWS + 1):
        part = rows[first : first + count]
        if len(part) < count or _is_row(part[-1]) or (count > 1 and _numbers_columns(part)):
            break
        head = _head_of(part, first)
        if head is not None and (best is None or len(head.order) > len(best.order)):
            best = head
    return best


def _numbers_columns(rows: Sequence[Row]) -> bool:
    """Whether the last row only numbers all columns, and not the indicators below a heading of their own."""
    return is_index_row(rows[-1]) and filled(rows[-1])[0][0] <= filled(rows[0])[0][0]


def _is_row(row: Row) -> bool:
    """A row of the table itself: a grade, or words beside several figures of which one is no number of a column."""
    texts = [text for _, text in filled(row)]
    figures = [text for text in texts if read_figure(text) is not None]
    broken = any("," in text or "." in text.strip(".") for text in figures)
    words = [text for text in texts if read_figure(text) is None]
    named = any(column_of([text]) is None and not _BARE.match(text) for text in words)
    return any(grade_word(text) for text in texts) or (len(figures) > 2 and bool(words) and (broken or named))


def _may_be_indicator(texts: Sequence[str]) -> bool:
    """Whether the words of a column can name an indicator at all: asked of every row, so short and cheap."""
    last = texts[-1]
    if len(last) > _LONGEST_NAME:
        return False
    return (last[-1:].isdigit() or last[-1:] == ")" or ":" in last) or _TITLES.search(folded(last)) is not None


def _head_of(rows: Sequence[Row], first: int) -> Head | None:
    texts = stacked(rows)
    if sum(_may_be_indicator(words) for words in texts.values()) < _FEWEST_INDICATORS:
        return None
    found = {at: kind for at, words in texts.items() if (kind := column_of(words)) is not None}
    columns = {at: kind for at, (kind, _) in found.items()}
    indicators = [at for at, kind in columns.items() if kind is Column.INDICATOR]
    if len(indicators) < _FEWEST_INDICATORS:
        return None
    numbers = {at: found[at][1] for at in indicators}
    order = sorted(indicators, key=lambda at: (numbers[at] or at, at)) if len(set(numbers.values())) > 1 else indicators
    names = [str(numbers[at] or number) for number, at in enumerate(order, start=1)]
    maxima = [_maximum(texts[at][-1]) for at in order]
    once: dict[int, Column] = {}
    for at in sorted(columns):
        again = columns[at] in once.values() and columns[at] is not Column.INDICATOR
        once[at] = Column.OTHER if again else columns[at]
    return Head(
        once, tuple(order), tuple(names), tuple(maxima), first, len(rows), {at: tuple(one) for at, one in texts.items()}
    )


def _maximum(text: str) -> Fraction | None:
    found = _MAXIMUM.search(folded(text))
    figure = read_figure(found[1]) if found else None
    return None if figure is None else figure.value


def _filled_in(head: Head, below: Sequence[Row]) -> Head:
    """The head with columns that only their contents show: units by their words, grades, running numbers, sums."""
    texts: dict[int, list[str]] = {}
    for row in below:
        for at, text in filled(row):
            texts.setdefault(at, []).append(text)
    figures = {at: sum(read_figure(text) is not None for text in column) for at, column in texts.items()}
    # "Kết quả đánh giá" heads a column of grades or one of points.
    columns = {
        at: kind
        for at, kind in head.columns.items()
        if kind is not Column.GRADE or 2 * figures.get(at, 0) <= len(texts.get(at, ()))
    }
    for at in sorted(set(texts) - set(columns)):
        graded = sum(bool(grade_word(text)) for text in texts[at])
        if Column.GRADE not in columns.values() and 2 * graded > len(texts[at]):
            columns[at] = Column.GRADE
        elif Column.UNIT not in columns.values() and 2 * figures[at] < len(texts[at]):
            columns[at] = Column.UNIT
        elif Column.NUMBER not in columns.values() and at < min(head.order) and 2 * figures[at] > len(texts[at]):
            columns[at] = Column.NUMBER
        elif Column.TOTAL not in columns.values() and _sums(head, at, below):
            columns[at] = Column.TOTAL
    return Head(columns, head.order, head.names, head.maxima, head.first, head.rows, head.texts)


def _sums(head: Head, at: int, below: Sequence[Row]) -> bool:
    """Whether a column holds the sums of the indicators in most rows."""
    hits = rows = 0
    for row in below:
        read = [read_figure(row[column].text) if column < len(row) else None for column in (*head.order, at)]
        if None not in read:
            values = [figure.value for figure in read if figure is not None]
            rows, hits = rows + 1, hits + (sum(values[:-1]) == values[-1])
    return rows > 0 and 2 * hits > rows
