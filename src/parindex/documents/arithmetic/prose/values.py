"""The values that running text speaks of, each with the year it is told for and the words before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.prose.marked_text import (
    COUNT,
    MARKS,
    PER_CENT,
    QUOTIENT,
    YEAR,
    MarkedText,
)

VALUES = COUNT + PER_CENT + QUOTIENT
#: Words of a change: what follows is a difference, no value.
UP = r"tăng(?: thêm| lên| trưởng)?|cao hơn|nhiều hơn|lớn hơn|nhỉnh hơn|cải thiện|vượt"
DOWN = r"giảm(?: đi| xuống| bớt| sâu| nhẹ)?|thấp hơn|ít hơn|kém hơn|nhỏ hơn|sụt giảm|sụt|tụt|cắt giảm|kém"
_CHANGE_WORD = re.compile(rf"(?<!\w)(?={UP}|{DOWN}|chênh lệch|mất|trừ)")
_CHANGE_BEFORE = re.compile(rf"(?<!\w)(?:{UP}|{DOWN}|chênh lệch|mất|trừ)(?:(?!và )[^.;:,(){VALUES}]){{0,25}}$")
#: "giảm 146 lượt tiếp, 127 lượt người so với …": the second change of a list.
_CHANGE_LISTED = re.compile(
    rf"(?<!\w)(?:{UP}|{DOWN})[^.;:,(){VALUES}]{{0,25}}[{VALUES}][^.;:,(){VALUES}]{{1,30}}(?:,|\svà)\s(?:và )?$"
)
_COMPARES = re.compile(rf"[^.;:,(){VALUES}]{{0,40}}(?:so với|\((?:\w+ ){{0,3}}(?:năm|kỳ|tháng))")
_MOVE_BEFORE = re.compile(rf"(?<!\w)(?<!nguồn )(?:{UP}|{DOWN}|chênh lệch)(?:(?!và )[^.;:,(){VALUES}]){{0,25}}$")
_YEAR_BEFORE = re.compile(rf"{YEAR}[^.;{MARKS}]{{0,70}}$")
_YEAR_BEHIND = re.compile(rf"^[^.;:,{MARKS}()]{{0,40}}\(?\s?(?:vào |của |trong |thực hiện )?năm {YEAR}(?=.)")
_UNIT = re.compile(r"^\s?((?:[^\W\d_]{1,12}\s?){1,3})")
_LEADS_ON = re.compile(r"[,)]|:\s*[^\W\d]|(?<!\w)và(?!\w)")
_COMPARED = re.compile(r"so với (?:\w+ ){0,3}$")
_LABEL_BREAK = re.compile(rf"[.;:,(){MARKS}]|\s[-–+•]\s|->")
_YEAR_WORDS = re.compile(r"\s*(?:(?:trong|của|cho|vào|cùng kỳ|kết quả)?\s?năm|là|đạt|có|được|với|ước)(?!\w)")
_NAMED = re.compile(
    rf"(?<!\w)(?<!thư )(?<!ký )số (?:lượng )?(?!đang|đã|được|còn|chưa)((?:[^\W\d_]{{2,12}}\s){{1,2}})"
    rf"[^.;:,()–{MARKS}]{{0,60}}?(?:là|:|có|đạt)\s?:?\s?$"
)
_ACCUSED = re.compile(r"\s?bị (?:can|cáo|hại|đơn)(?!\w)")
_NOT_UNITS = frozenset(
    [
        "so",
        "và",
        "trong",
        "tăng",
        "giảm",
        "đạt",
        "chiếm",
        "năm",
        "của",
        "với",
        "là",
        "cao",
        "thấp",
        "lên",
        "xuống",
        "còn",
        "đến",
        "sang",
        "cho",
        "tại",
        "ở",
        "do",
        "vào",
        "từ",
        "trên",
        "dưới",
        "hoặc",
        "theo",
        "được",
        "đã",
        "có",
        "để",
        "không",
        "thì",
        "nên",
        "nhưng",
        "bằng",
        "tương",
        "hay",
        "bị",
        "giữ",
        "xếp",
        "thuộc",
    ]
)
_REACH = 110
#: Letters before a figure in which the word of its change stands.
_MOVED = 45


@dataclass(frozen=True, slots=True)
class Value:
    """A value at ``at``: what is told of ``year`` (None: not said) by the words ``label``, in ``unit``."""

    figure: TextFigure
    letter: str
    at: int
    year: int | None
    label: frozenset[str]
    unit: str

    @property
    def amount(self) -> Fraction:
        """The likeliest reading, with its scale."""
        return self.figure.value


def value_at(text: MarkedText, at: int) -> Value:
    """The value whose letter stands at ``at``."""
    figure = text.figure(at)
    return Value(figure, text.text[at], at, _year(text, at), label_before(text, at), unit_behind(text, at))


def values_in(text: MarkedText, start: int, end: int) -> list[Value]:
    """The values from ``start`` to ``end`` in reading order; differences are none."""
    values, places = _values(text)
    return values[bisect_left(places, start) : bisect_left(places, end)]


@lru_cache(maxsize=4)
def _values(text: MarkedText) -> tuple[list[Value], list[int]]:
    """All values of a text with their places: asked for once a change."""
    figures = text.figures(0, len(text.text), VALUES)
    values = [value_at(text, at) for at, _ in figures if not is_change(text, at)]
    return values, [value.at for value in values]


@lru_cache(maxsize=2048)
def is_change(text: MarkedText, at: int) -> bool:
    """Whether the figure at ``at`` says by how much something changed."""
    near = _may_change(text, at) and _CHANGE_BEFORE.search(text.text, max(0, at - _MOVED), at) is not None
    return near or _is_listed(text, at)


@lru_cache(maxsize=2048)
def is_move(text: MarkedText, at: int) -> bool:
    """Whether the figure at ``at`` is by how much something rose or fell; points lost are counted like others."""
    near = _may_change(text, at) and _MOVE_BEFORE.search(text.text, max(0, at - _MOVED), at) is not None
    return near or _is_listed(text, at)


def _may_change(text: MarkedText, at: int) -> bool:
    """Whether a word of change stands near before a figure: most have none, and cost no search."""
    words = _words_of_change(text)
    return bisect_left(words, max(0, at - _MOVED)) < bisect_left(words, at)


@lru_cache(maxsize=4)
def _words_of_change(text: MarkedText) -> list[int]:
    return [found.start() for found in _CHANGE_WORD.finditer(text.text)]


def _is_listed(text: MarkedText, at: int) -> bool:
    """Whether the figure goes on a list of changes against the same time."""
    if not text.text[max(0, at - 6) : at].rstrip().endswith((",", "và")) or not _COMPARES.match(text.text, at + 1):
        return False
    return _CHANGE_LISTED.search(text.text, max(0, at - 90), at) is not None


@lru_cache(maxsize=2048)
def unit_behind(text: MarkedText, at: int) -> str:
    """Up to three words behind a figure: what it counts; "bộ hồ sơ" is "hồ sơ"."""
    found = _UNIT.match(text.text[at + 1 : at + 40])
    words: list[str] = []
    for word in found[1].split() if found else ():
        if word in _NOT_UNITS and not (word == "bị" and _ACCUSED.match(text.text, at + 1)):
            break
        words.append(word)
    if words[:2] == ["bộ", "hồ"]:
        del words[0]
    return " ".join(words)


@lru_cache(maxsize=2048)
def unit_of(text: MarkedText, at: int) -> str:
    """What a figure counts: the words behind it, else those that its name begins with ("số bản án … là")."""
    found = None if (behind := unit_behind(text, at)) else _NAMED.search(text.text, max(0, at - _REACH), at)
    return behind or (found[1] if found else "")


def label_before(text: MarkedText, at: int) -> frozenset[str]:
    """The words that name a value: back to the break before them, years and figures passed over."""
    before = text.text[max(0, at - _REACH) : at]
    years = re.sub(rf"(?:trong |của |cùng kỳ )?năm {YEAR}", " ", before)
    pieces = [piece for piece in _LABEL_BREAK.split(years) if piece.strip()]
    words = _YEAR_WORDS.sub(" ", pieces[-1]) if pieces else ""
    return frozenset(words.split())


def _year(text: MarkedText, at: int) -> int | None:
    """The year that a value is told for: that before it in its clause, or that right behind it."""
    behind = _YEAR_BEHIND.match(text.text[at + 1 : at + 70])
    before = _YEAR_BEFORE.search(text.text, max(0, at - _REACH), at)
    closed = behind is not None and ("(" not in behind[0] or text.text[at + 1 + behind.end()] == ")")
    if behind and (closed or not before) and (closed or "(" not in behind[0]):
        return int(text.figure(at + behind.end()).readings[0])
    if before is None or (
        _LEADS_ON.search(before[0]) and _COMPARED.search(text.text, max(0, before.start() - 24), before.start())
    ):
        return None
    return int(text.figure(before.start()).readings[0])
