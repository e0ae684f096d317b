"""Figures of periods and of the time that they make up: ``quý I 120 hồ sơ, quý II 135, quý III 140, quý IV 150; cả năm
545 hồ sơ``, ``6 tháng đầu năm 255 lượt, 6 tháng cuối năm 290 lượt, cả năm 545 lượt``.

A period is the months that it has: four quarters, two halves or twelve months that follow each other leave nothing of
the year out. What is no flow (``hiện có``, ``bình quân``) is not added up over time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, NAME, YEAR, MarkedText
from parindex.documents.arithmetic.prose.parts.claims import Claim, Count, Says, as_part, counts_in
from parindex.documents.arithmetic.prose.values import unit_of

#: "quý I/2023", "tháng 01", "6 tháng đầu năm", "cả năm 2023".
_PERIOD = re.compile(
    rf"(?<!\w)(?:quý (?P<quarter>iv|i{{1,3}}|{NAME})|tháng (?P<month>{NAME})"
    rf"|(?P<half>{COUNT}|sáu) tháng (?P<side>đầu|cuối)(?: năm)?|(?P<first>{COUNT}|chín) tháng(?: đầu năm)?"
    rf"|(?:cả|toàn) (?P<all>năm|quý(?! (?:iv|i{{1,3}})(?!\w))))(?!\w)(?:\s?/\s?| năm | của năm |\s)?(?P<year>{YEAR})?"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR, _HALF, _QUARTER = 12, 6, 3
_WORD_NUMBERS = {"sáu": 6, "chín": 9}
#: Between a period and its count: no other figure, no end of a clause; a colon may stand there.
_BETWEEN = re.compile(rf"[^.;,(){MARKS}]{{0,60}}$")
#: Those that have or report something at one time are the same at another: "có 255 đơn vị báo cáo".
_BODY = r"(?:đơn vị|cơ quan|địa phương|người)"
#: What is not added up over time, or is no more than meant.
_NO_FLOW = re.compile(
    r"(?<!\w)(?:bình quân|trung bình|tỷ lệ|lũy kế|luỹ kế|cộng dồn|xếp|hạng|thứ|chỉ số|điểm|kế hoạch|chỉ tiêu|dự kiến"
    r"|ước|phấn đấu|còn|tồn|(?<!thực )(?<!phát )hiện|biên chế|có mặt|mỗi|cuối kỳ|đến)(?!\w)"
    rf"|(?<!\w)có {COUNT} {_BODY}(?!\w)|{COUNT} {_BODY} (?:có|báo cáo)(?!\w)"
)
_TIME = re.compile(r"(?<!\w)(?:cả|toàn|đầu|cuối)\s(?:năm|quý)\s$")
#: Words that say nothing of what is counted.
_JOINING = frozenset(
    ["là", "đạt", "có", "được", "tổng", "cộng", "số", "với", "và", "của", "trong", "thì", "đã", "tính"]
)
_WORD = re.compile(r"[^\W\d_]+")
#: Letters from one period to the next, and before the first one in which it is said what is told.
_APART, _HEAD = 160, 80


@dataclass(frozen=True, slots=True)
class _Told:
    """A period from the month ``first`` to the month ``last`` of ``year`` (None: not said; the letters from ``start``),
    with what is counted in it, and the ``words`` between the two. "cả quý" has no months of its own (0).
    """

    start: int
    first: int
    last: int
    year: int | None
    count: Count
    words: frozenset[str]


def periods(text: MarkedText) -> Iterator[list[Claim]]:
    """For every figure of a time that the periods beside it make up, that they do."""
    if "quý" not in text.text and "tháng" not in text.text:
        return
    told = list(_told(text))
    for number in range(len(told)):
        for end in range(number + 1, len(told)):
            if not _follows(told[end - 1], told[end]):
                break
            parts = told[number : end + 1]
            beside = [told[at] for at in (number - 1, end + 1) if 0 <= at < len(told)]
            for whole in beside:
                if _are_all_of(whole, parts) and _tell_one_thing(text, whole, parts):
                    yield [Claim(whole.count, tuple(as_part(text, each.count) for each in parts), Says.ALL)]


def _told(text: MarkedText) -> Iterator[_Told]:
    counts = {one.at: one for one in counts_in(text)}
    labels = list(_PERIOD.finditer(text.text))
    for number, found in enumerate(labels):
        months = _months(text, found)
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text.text)
        near = text.figures(found.end(), min(end, found.end() + _APART), COUNT + NAME)
        count = (counts.get(near[0][0]) or _behind_time(text, *near[0])) if near else None
        if months is None or count is None or count.about or count.figure.over is not None:
            continue
        between = text.text[found.end() : count.at]
        if _BETWEEN.match(between):
            year = int(text.figure(found.start("year")).readings[0]) if found["year"] else None
            words = frozenset(_WORD.findall(f"{between} {count.unit}")) - _JOINING
            yield _Told(found.start(), *months, year, count, words)


def _behind_time(text: MarkedText, at: int, figure: TextFigure) -> Count | None:
    """The count that follows a period at once and so looks like its name: "cả năm 555 hồ sơ"."""
    is_count = text.text[at] == NAME and text.text[:at].endswith((" năm ", " quý ")) and figure.over is None
    return Count(at, figure, unit_of(text, at)) if is_count and _TIME.search(text.text, max(0, at - 16), at) else None


def _months(text: MarkedText, found: re.Match[str]) -> tuple[int, int] | None:
    """The first and the last month of a period; None for what is none."""
    if found["quarter"] or found["month"]:
        group = "quarter" if found["quarter"] else "month"
        size, named = (_QUARTER if found["quarter"] else 1), _ROMAN.get(found[group])
        number = named if named is not None else int(text.figure(found.start(group)).readings[0])
        return ((number - 1) * size + 1, number * size) if 1 <= number * size <= _YEAR else None
    if found["all"]:
        return (1, _YEAR) if found["all"] == "năm" else (0, 0)
    group = "half" if found["half"] else "first"
    many = _WORD_NUMBERS.get(found[group]) or int(text.figure(found.start(group)).readings[0])
    if found["side"] == "cuối":
        return (_YEAR - many + 1, _YEAR) if many == _HALF else None
    return (1, many) if 1 < many < _YEAR else None


def _follows(one: _Told, other: _Told) -> bool:
    """Whether a period begins where the one told before it ends."""
    return bool(one.first and other.first == one.last + 1) and other.start - one.count.at <= _APART


def _are_all_of(whole: _Told, parts: Sequence[_Told]) -> bool:
    """Whether periods that follow each other make up the time of ``whole``, and may be of its year."""
    first, last = parts[0].first, parts[-1].last
    quarter = last - first + 1 == _QUARTER and last % _QUARTER == 0
    years = {one.year for one in (whole, *parts)} - {None}
    same = (whole.first, whole.last) == (first, last) or (not whole.first and quarter)
    near = min(abs(whole.start - parts[-1].count.at), abs(parts[0].start - whole.count.at)) <= _APART
    return same and near and len(years) < 2


def _tell_one_thing(text: MarkedText, whole: _Told, parts: Sequence[_Told]) -> bool:
    """Whether all of them count one thing that is added up over time, each once."""
    start, end = min(whole.start, parts[0].start), max(whole.count.at, parts[-1].count.at)
    head = text.text[max(text.period(start)[0], start - _HEAD) : start]
    if _NO_FLOW.search(head) or any(_NO_FLOW.search(" ".join(sorted(one.words))) for one in (whole, *parts)):
        return False
    if _NO_FLOW.search(text.text, start, end):
        return False
    listed = frozenset().union(*(one.words for one in parts))
    # "cả năm giải quyết 540 hồ sơ" behind what came in is another thing.
    return whole.words <= listed | frozenset(_WORD.findall(head)) or listed <= whole.words
