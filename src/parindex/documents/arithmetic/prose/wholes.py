"""Parts against their whole: ``2.903 vị trí việc làm (sự nghiệp giáo dục 555 …; khác 1.065 …)``, ``tổng số 200 hồ sơ,
trong đó 180 đúng hạn, 20 quá hạn``, ``cấp tỉnh 120 hồ sơ, cấp huyện 80 hồ sơ, tổng cộng 200 hồ sơ``.

Whether a list has the whole, it must say: "gồm", brackets in the unit of the whole, "còn lại", all kinds of a row.
"trong đó" alone may name some parts only; then a part above the whole is wrong, and digits that only changed places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, MarkedText
from parindex.documents.arithmetic.prose.part_lists import Part, parts_in, rows_told
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_move, unit_behind

_LINK = (
    r"(?P<link>trong đó|trong số đó|bao gồm|gồm có|gồm|chia ra|cụ thể(?: là| như sau)?|phân theo|được phân|như sau"
    r"|\(|:)"
)
#: A whole, up to a few words, and what leads to its parts.
_WHOLE = re.compile(rf"{COUNT}(?P<unit>[^.;:(){MARKS}]{{0,80}}?)[,:;]?\s?{_LINK}\s?:?")
_OF_WHOLE = re.compile(
    rf"(?:(?:trong|trên)\s(?:tổng )?số|trong(?! đó| số đó)|tổng số)\s[^.;:(){MARKS}]{{0,50}}?(?P<whole>{COUNT})"
    rf"[^.;:(){MARKS}]{{0,60}},"
)
_TOTAL_BEHIND = re.compile(
    rf"(?:[,;:=(]|(?<!\w)và)\s?(?:nâng )?tổng(?: cộng| số| là)?"
    rf"(?:(?: có| là| số|:)|[^.;:(){MARKS}]{{0,30}}?(?:là|:))?\s?(?P<whole>{COUNT})"
)
_TOTAL_ALONE = re.compile(rf"(?<!\w)tổng cộng(?: là| có|:)?\s?(?P<whole>{COUNT})")
_COMPLETE = ("gồm", "bao gồm", "gồm có", "chia ra", "phân theo", "được phân")
_HEAD = re.compile(r"(?:tổng (?:số|cộng)|tổng)[^.;:()]{0,60}$")
_FEWEST_UNIT_LETTERS = 2
#: A list of parts is no longer than so many letters.
_LONGEST = 1500
#: A total behind its parts has no more of them.
_MOST_PARTS = 15


def wholes(text: MarkedText) -> Iterator[Checked]:
    """Every whole with its parts in one sentence."""
    if text.text.count(COUNT) < 2:
        return
    seen: set[int] = set()
    for pattern, name in ((_WHOLE, ""), (_OF_WHOLE, "whole")):
        for found in pattern.finditer(text.text):
            at = found.start(name) if name else found.start()
            if at in seen or is_move(text, at):
                continue
            link = "" if name else found["link"]
            checked = _of_whole(text, at, found.end(), link)
            if checked is not None:
                seen.add(at)
                yield checked
    for pattern in (_TOTAL_BEHIND, _TOTAL_ALONE):
        for found in pattern.finditer(text.text):
            at = found.start("whole")
            if at not in seen and not is_move(text, at):
                seen.add(at)
                yield from _total_behind(text, found.start(), at)


def _of_whole(text: MarkedText, at: int, after: int, link: str) -> Checked | None:
    whole = text.figure(at)
    unit = unit_behind(text, at)
    if len(unit) < _FEWEST_UNIT_LETTERS and link not in _COMPLETE:
        return None
    end = _end_of_list(text, after, link)
    parts = parts_in(text, after, end, unit)
    if not parts:
        return None
    last = parts[-1].at + 1
    if len(parts) == 1:
        return _lone_part(text, at, whole, unit, parts[0], link)
    return _compared(text, at, last, whole, unit, parts, link)


def _end_of_list(text: MarkedText, after: int, link: str) -> int:
    _, end = text.period(after)
    end = min(end, after + _LONGEST)
    if link != "(":
        return end
    depth = 1
    for at in range(after, end):
        depth += (text.text[at] == "(") - (text.text[at] == ")")
        if not depth:
            return at
    return after


def _lone_part(text: MarkedText, at: int, whole: TextFigure, unit: str, part: Part, link: str) -> Checked | None:
    """ "50 hồ sơ, trong đó 65 hồ sơ": one part above the whole."""
    same = part.unit.split()[:1] == unit.split()[:1] != []
    if link not in ("trong đó", "trong số đó", "") or not same or whole.scale != part.figure.scale:
        return None
    lowest = min(reading * part.figure.scale for reading in part.figure.readings)
    highest = max(reading * whole.scale for reading in whole.readings)
    told = None
    if lowest > highest and not re.search(r"lượt|kế hoạch|chỉ tiêu", text.text[at : part.at]):
        told = finding(
            text, at, part.at + 1, StatementKind.PART_OF_WHOLE, "part_above_whole", at=part.at,
            stated=part.figure.digits, found="", sure=Sure.LIKELY, facts={"whole": whole.digits},
        )  # fmt: skip
    return Checked("sums", Fit.WRONG if told else Fit.RIGHT, at, part.at + 1, told)


def _compared(
    text: MarkedText, at: int, end: int, whole: TextFigure, unit: str, parts: Sequence[Part], link: str
) -> Checked | None:
    runs = rows_told(parts)
    closed = any(len(run) == len(parts) for run in runs)
    if _fits(whole, parts) or (not closed and any(_fits(whole, parts[:count]) for count in range(2, len(parts)))):
        return Checked("sums", Fit.RIGHT, at, end)
    if any(_fits(whole, run) for run in runs) or (not closed and _but_one(whole, parts)):
        return Checked("sums", Fit.RIGHT, at, end)
    same = all(part.unit and part.unit.split()[0] == unit.split()[0] for part in parts) if unit else False
    total = sum((part.amount for part in parts), Fraction(0))
    sure = None
    if runs:
        parts, sure = runs[0], Sure.CERTAIN if parts[-1].rest or same else Sure.LIKELY
        total = sum((part.amount for part in parts), Fraction(0))
    elif (link in _COMPLETE or link == "(") and same:
        sure = Sure.CERTAIN if len(parts) > 2 else Sure.LIKELY
    elif same and _is_slip(whole, total):
        sure = Sure.LIKELY
    if sure is None:
        return None
    if _is_slip(whole, total) and same:
        sure = Sure.CERTAIN
    listed = " + ".join(part.figure.digits for part in parts)
    told = finding(
        text, at, max(end, at + 1), StatementKind.PART_OF_WHOLE, "parts_apart", at=at, sure=sure,
        stated=whole.digits, found=in_form_of(whole, total / whole.scale, _places(whole, parts)),
        facts={"parts": listed},
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, at, end, told)


def _places(whole: TextFigure, parts: Sequence[Part]) -> int:
    return max(whole.places[0], *(part.figure.places[0] for part in parts)) if whole.scale == 1 else whole.places[0]


def _fits(whole: TextFigure, parts: Sequence[Part]) -> bool:
    """Whether the parts add up to the whole, by their likeliest readings or by their second ones; decimals and scaled
    figures may have been rounded each for itself.
    """
    for second in (0, 1):
        ways = [min(second, len(part.figure.readings) - 1) for part in parts]
        figures = [part.figure for part in parts]
        total = sum((one.readings[way] * one.scale for one, way in zip(figures, ways, strict=True)), Fraction(0))
        steps = [one.step(way) for one, way in zip(figures, ways, strict=True) if one.places[way] or one.scale > 1]
        for reading in range(len(whole.readings)):
            value = whole.readings[reading] * whole.scale
            slack = Fraction(0)
            if steps and not second:
                slack = len(parts) * min(steps)
                slack += whole.step(reading) if whole.places[reading] or whole.scale > 1 else 0
            if abs(total - value) <= slack:
                return True
    return False


def _but_one(whole: TextFigure, parts: Sequence[Part]) -> bool:
    """Whether all parts but one add up: that one is part of another."""
    if len(parts) < 3 or len(parts) > 12:
        return False
    return any(_fits(whole, [*parts[:at], *parts[at + 1 :]]) for at in range(len(parts)))


def _is_slip(whole: TextFigure, total: Fraction) -> bool:
    """Whether the digits of whole and sum are the same in another order, or differ in one."""
    value = whole.value
    if value.denominator != 1 or total.denominator != 1:
        return False
    one, other = str(int(value)), str(int(total))
    if len(one) != len(other) or len(one) < 3:
        return False
    return sorted(one) == sorted(other) or sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _total_behind(text: MarkedText, start: int, at: int) -> Iterator[Checked]:
    """ "cấp tỉnh 120 hồ sơ, cấp huyện 80 hồ sơ, tổng cộng 200 hồ sơ"."""
    first = max(text.period(start)[0], start - _LONGEST)
    unit = unit_behind(text, at)
    if not unit or re.search(r"trong đó|gồm|cụ thể", text.text[first:start]):
        return
    before = [
        Part(figure, where, "", unit_behind(text, where))
        for where, figure in text.figures(first, start, COUNT)
        if unit_behind(text, where).split()[:1] == unit.split()[:1] and not is_move(text, where)
    ]
    before = before[-_MOST_PARTS:]
    whole = text.figure(at)
    if len(before) < 2:
        return
    suffixes = [before[count:] for count in range(len(before) - 1)]
    if any(_fits(whole, each) for each in suffixes) or _but_one(whole, before):
        yield Checked("sums", Fit.RIGHT, first, at + 1)
        return
    others = [where for where, _ in text.figures(first, start, COUNT)]
    if len(others) != len(before) or "tổng cộng" not in text.text[start:at]:
        return
    total = sum((part.amount for part in before), Fraction(0))
    told = finding(
        text, before[0].at, at + 1, StatementKind.PART_OF_WHOLE, "parts_apart", at=at, sure=Sure.LIKELY,
        stated=whole.digits, found=in_form_of(whole, total / whole.scale, _places(whole, before)),
        facts={"parts": " + ".join(part.figure.digits for part in before)},
    )  # fmt: skip
    yield Checked("sums", Fit.WRONG, before[0].at, at + 1, told)
