"""Shares of a whole that was told before: ``tổng số 53.576 hồ sơ, trong đó 53.539 hồ sơ đúng hạn (99,93%)``; and the
two counts of a per cent under labels that were exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit, Span, best_fit, is_about, prints_as, span_of
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change, unit_behind

_N, _P = COUNT, PER_CENT
#: "53.539 hồ sơ đúng hạn (99,93%)", "180 hồ sơ, đạt tỷ lệ 90%".
_SHARE = re.compile(
    rf"(?P<n>{_N})(?P<gap>[^.;:({MARKS}]{{0,70}}?)(?:\((?:chiếm|đạt|bằng|tương ứng|tỷ lệ|tương đương|là|=|\s){{0,5}}"
    rf"|,\s?(?:chiếm|đạt|bằng|tương ứng|tương đương)(?: với)?(?: tỷ lệ)?(?: là)?:?\s|\s(?:chiếm|đạt)(?: tỷ lệ)?\s)"
    rf"(?P<p>{_P})"
)
_OTHER_BASE = re.compile(r"^\)?\s?(?:so với|kế hoạch|dự toán|của|trên|số|các|tổng|chỉ tiêu|nhu cầu|vốn|dân số|trở lên)")
_HEAD = re.compile(rf"(?:tổng|kế hoạch|dự toán|được giao|chỉ tiêu)[^.;:(){_N}{_P}]{{0,60}}?(?:là|có|:)?\s?$")
_REACH = 400
_MOST_BASES = 10
#: "Số hồ sơ đã tiếp nhận (cả trực tuyến và truyền thống) …: 11778 hồ sơ".
_LABELLED = re.compile(
    rf"(?P<label>[^.;:{_N}{_P}]{{12,220}})(?::|(?<!\w)là)\s?(?P<n>{_N})\s?(?P<unit>[^\W\d_]{{2,12}}(?:\s[^\W\d_]{{2,12}})?)"
)
_ALL = re.compile(r"(?<!\w)(?:tổng số|tổng|cả [^()]{2,40} và |toàn bộ|tất cả)")


def shares(text: MarkedText) -> Iterator[Checked]:
    """Every per cent beside a count whose whole was told before, and every pair of exchanged labels."""
    if PER_CENT not in text.text or COUNT not in text.text:
        return
    yield from _of_whole(text)
    yield from _exchanged(text)


def _of_whole(text: MarkedText) -> Iterator[Checked]:
    for found in _SHARE.finditer(text.text):
        at, per_cent_at = found.start("n"), found.start("p")
        if is_change(text, at) or is_change(text, per_cent_at) or re.search(r"tăng|giảm|vượt|so với", found["gap"]):
            continue
        part, per_cent = text.figure(at), text.figure(per_cent_at)
        loose = is_about(text.text[max(0, per_cent_at - 16) : per_cent_at])
        bases = _bases(text, at)
        if any(_fits(part, base, per_cent, loose=loose) for _, base in bases):
            yield Checked("ratios", Fit.RIGHT, at, per_cent_at + 1)
            continue
        whole = _whole(text, at, bases)
        if whole is None or loose or _OTHER_BASE.match(text.text[per_cent_at + 1 :]):
            continue
        place, base = whole
        value = 100 * part.value / base.value
        told = finding(
            text, place, per_cent_at + 1, StatementKind.RATIO, "ratio_apart", at=per_cent_at, sure=Sure.LIKELY,
            stated=per_cent.digits, found=in_distinct_form(per_cent, value),
            facts={"part": part.digits, "whole": base.digits},
        )  # fmt: skip
        yield Checked("ratios", Fit.WRONG, place, per_cent_at + 1, told)


def _bases(text: MarkedText, at: int) -> list[tuple[int, TextFigure]]:
    """The figures before a count that it may be a share of, the nearest first."""
    near = text.figures(max(0, at - _REACH), at, COUNT + QUOTIENT)[::-1]
    behind = text.figures(at + 1, at + _REACH // 2, COUNT + QUOTIENT)
    every = near[:_MOST_BASES] + behind[:4]
    return every + [(where, figure.over) for where, figure in every if figure.over is not None]


def _whole(text: MarkedText, at: int, bases: list[tuple[int, TextFigure]]) -> tuple[int, TextFigure] | None:
    """The whole that a count is surely a part of: "tổng số …" in its unit, or what "trong đó" follows."""
    unit = unit_behind(text, at).split()[:1]
    part = text.figure(at)
    for place, base in bases:
        own = unit_behind(text, place).split()[:1]
        if place > at or base.over is not None or not unit or own != unit or base.scale != part.scale:
            continue
        between = text.text[place + 1 : at]
        headed = _HEAD.search(text.text[max(0, place - 80) : place]) is not None
        inside = re.search(r"trong đó|trong số đó|gồm", between) is not None
        if (headed or inside) and part.value <= base.value and base.value > 0 and not re.search(r"\.\s", between):
            return place, base
    return None


def _fits(part: TextFigure, whole: TextFigure, per_cent: TextFigure, *, loose: bool) -> bool:
    def holds(way: tuple[int, ...], slack: bool) -> bool:
        above, below = span_of(part, way[0], slack), span_of(whole, way[1], slack)
        if below.low <= 0:
            return False
        return prints_as(
            Span(100 * above.low / below.high, 100 * above.high / below.low), per_cent, way[2], loose=loose
        )

    return best_fit((part, whole, per_cent), holds) is not Fit.WRONG


def _exchanged(text: MarkedText) -> Iterator[Checked]:
    """The whole under the label of the part and the other way round: the part is larger than what says "cả … và …"."""
    told = list(_LABELLED.finditer(text.text))
    for first, second in zip(told, told[1:], strict=False):
        whole, part = (first, second) if _ALL.search(first["label"]) else (second, first)
        if not _ALL.search(whole["label"]) or _ALL.search(part["label"]):
            continue
        if first["unit"].split()[0] != second["unit"].split()[0] or not _is_part(part["label"], whole["label"]):
            continue
        above, below = text.figure(part.start("n")), text.figure(whole.start("n"))
        behind = text.figures(second.end(), second.end() + _REACH, PER_CENT)
        if above.value <= below.value or not behind:
            continue
        per_cent = behind[0][1]
        swapped = _fits(below, above, per_cent, loose=False)
        straight = _fits(above, below, per_cent, loose=False)
        if straight or not swapped:
            continue
        exchanged = finding(
            text, first.start("n") - min(60, len(first["label"])), second.end(), StatementKind.SWAPPED_RATIO,
            "labels_exchanged", at=first.start("n"), stated=f"{above.digits} / {below.digits}",
            found=f"{below.digits} / {above.digits}", facts={"per_cent": per_cent.digits},
        )  # fmt: skip
        yield Checked("ratios", Fit.WRONG, first.start(), second.end(), exchanged)


def _is_part(part: str, whole: str) -> bool:
    """Whether two labels speak of the same thing, one of all of it: most words of the shorter stand in the other."""
    one, other = set(part.split()), set(whole.split())
    few = min(len(one), len(other))
    return bool(few) and 2 * len(one & other) >= few
