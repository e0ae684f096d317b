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
from parindex.documents.arithmetic.misprints import are_reordered, misprint_between
from parindex.documents.arithmetic.prose.counted_things import count_alike, is_thing
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, YEAR, MarkedText
from parindex.documents.arithmetic.prose.part_lists import (
    EACH,
    Part,
    are_all_changes,
    are_apart,
    is_compared,
    may_overlap,
    parts_in,
    rows_told,
)
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_move, unit_behind, unit_of

_LINK = (
    r"(?P<link>trong đó|trong số đó|bao gồm|gồm có|gồm|chia ra|cụ thể(?: là| như sau)?|phân theo|được phân|như sau"
    r"|\(|:)"
)
#: A whole, up to a few words, and what leads to its parts.
_WHOLE = re.compile(rf"{COUNT}(?P<unit>[^.;:(){MARKS}]{{0,80}}?)(?:[,:;]?\s?|\.\s(?=trong (?:số )?đó)){_LINK}\s?:?")
#: A whole of which more is told before its parts come: "12.221 tỷ đồng, đạt 51,8% so với kế hoạch (23.600); trong đó".
_FAR_LINK = re.compile(r"[,;.]\s(?P<link>trong (?:số )?đó|bao gồm|gồm(?: có)?)\s?[,:]?")
_FAR = 220
_OF_WHOLE = re.compile(
    rf"(?:(?:trong|trên)\s(?:tổng )?số(?! đó| này)|trong(?! đó| số đó| số này)|tổng số)\s"
    rf"[^.;:(){MARKS}]{{0,50}}?(?P<whole>{COUNT})"
    rf"[^.;:(){MARKS}]{{0,60}},"
)
_TOTAL_BEHIND = re.compile(
    rf"(?:[,;:=(]|(?<!\w)và)\s?(?:(?:nâng )?tổng(?: cộng| số| là)?|l[uũ][yỹ] kế|cộng dồn)"
    rf"(?:(?: có| là| số|:)|[^.;:(){MARKS}]{{0,60}}?(?:là|lên|:))?\s?(?P<whole>{COUNT})"
)
_TOTAL_ALONE = re.compile(rf"(?<!\w)tổng cộng(?: là| có|:)?\s?(?P<whole>{COUNT})")
_COMPLETE = ("gồm", "bao gồm", "gồm có", "chia ra", "phân theo", "được phân")
#: "tiếp nhận 500 đơn (năm trước tiếp nhận 450 đơn, …)": the same of another time.
_LAST_TIME = re.compile(rf"\s?(?:(?:so với|cùng kỳ|tăng|giảm|năm trước|năm ngoái|kế hoạch)(?!\w)|năm {YEAR})")
_ONLY_SOME = re.compile(r"\s?(trong đó|trong số đó|bao gồm|gồm)(?!\w)")
_CAME_IN = re.compile(r"tiếp nhận|nhận được|phát sinh|yêu cầu|tổng số|đề nghị|có$")
_DEALT_WITH = re.compile(r"(?<!\w)(?:giải quyết|xử lý|trả|hoàn thành|thực hiện|thẩm định)")
#: A part may be more than what was counted otherwise: times, up to now, all of the country.
_ANOTHER_WHOLE = re.compile(
    r"(?<!\w)(?:lượt|kế hoạch|chỉ tiêu|lũy kế|cộng dồn|thặng dư|thâm hụt|xuất siêu|nhập siêu|chênh lệch"
    r"|từ đầu (?:năm|nhiệm kỳ)|cả nước|toàn quốc)(?!\w)"
)
#: Parts nearly make up a whole where less than a fiftieth of it is missing.
_NEARLY = 50
#: What was counted up to now is no sum of two parts of this month: such a sum is misprinted by little.
_NEAR = 20
#: Digits that changed places, or one that is another, say nothing in a shorter figure.
_FEWEST_DIGITS = 3
_FEWEST_UNIT_LETTERS = 2
_FEWEST_NAMES = 3
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
            if at in seen or is_move(text, at) or is_compared(text, at):
                continue
            link = found[0].split()[0] if name else found["link"]
            checked = _of_whole(text, at, found.end(), link)
            if checked is not None:
                seen.add(at)
                yield checked
    yield from _far_wholes(text, seen)
    for pattern in (_TOTAL_BEHIND, _TOTAL_ALONE):
        for found in pattern.finditer(text.text):
            at = found.start("whole")
            if at not in seen and not is_move(text, at):
                seen.add(at)
                yield from _total_behind(text, found.start(), at)


def _of_whole(text: MarkedText, at: int, after: int, link: str) -> Checked | None:
    whole = text.figure(at)
    unit = unit_of(text, at)
    if not is_thing(unit) or (len(unit) < _FEWEST_UNIT_LETTERS and link not in _COMPLETE):
        return None
    end = _end_of_list(text, after, link)
    if link == "(" and _LAST_TIME.match(text.text, after):
        return None
    if link == "(" and (only := _ONLY_SOME.match(text.text, after)):
        link = only[1]
    parts = parts_in(text, after, end, unit)
    if not parts and link == "(":  # "20 đoàn (vụ việc cũ 11 vụ, vụ việc mới 9 vụ)"
        parts = parts_in(text, after, end, "")
        if not any(len(run) == len(parts) for run in rows_told(parts)):
            return None
    if not parts:
        return None
    last = parts[-1].at + 1
    if "." in text.text[at:after] and not _across(whole, parts):
        return None
    if len(parts) == 1:
        return _lone_part(text, at, whole, unit, parts[0], link)
    return _compared(text, at, last, whole, unit, parts, link)


def _across(whole: TextFigure, parts: Sequence[Part]) -> bool:
    """Whether parts behind a full stop may be those of the whole before it: they are about as much together."""
    total = sum((part.amount for part in parts), Fraction(0))
    return len(parts) > 1 and whole.value <= 2 * total and total <= 2 * whole.value


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
    if link not in ("trong đó", "trong số đó", "trong", "trên") or not count_alike(part.unit, unit):
        return None
    if whole.scale != part.figure.scale or bool(whole.places[0]) != bool(part.figure.places[0]):
        return None
    told = None
    if part.amount > _all_before(text, at, unit) and not _ANOTHER_WHOLE.search(text.text, max(0, at - 60), part.at):
        told = finding(
            text, at, part.at + 1, StatementKind.PART_OF_WHOLE, "part_above_whole", at=part.at,
            stated=part.figure.digits, found="", sure=Sure.LIKELY, facts={"whole": whole.digits},
        )  # fmt: skip
    return Checked("sums", Fit.WRONG if told else Fit.RIGHT, at, part.at + 1, told)


def _is_nested(parts: Sequence[Part]) -> bool:
    """Whether the first part has the others: "thụ lý 469 vụ, đã giải quyết 356 vụ, còn lại 113 vụ"."""
    return len(parts) > 2 and parts[0].amount == sum((part.amount for part in parts[1:]), Fraction(0))


def _all_before(text: MarkedText, at: int, unit: str) -> Fraction:
    """The whole at ``at`` with what is listed before it: "1.811 thủ tục cấp tỉnh, 134 thủ tục cấp xã; trong đó"."""
    told = text.figures(text.period(at)[0], at + 1, COUNT)
    return sum(
        (one.value for place, one in told if place == at or count_alike(unit_behind(text, place), unit)), Fraction(0)
    )


def _compared(
    text: MarkedText, at: int, end: int, whole: TextFigure, unit: str, parts: Sequence[Part], link: str
) -> Checked | None:
    runs = rows_told(parts)
    closed = any(len(run) == len(parts) for run in runs)
    if _fits(whole, parts) or (not closed and any(_fits(whole, parts[:count]) for count in range(2, len(parts)))):
        return Checked("sums", Fit.RIGHT, at, end)
    if any(_fits(whole, run) for run in runs) or (not closed and _but_one(whole, parts)):
        return Checked("sums", Fit.RIGHT, at, end)
    same = bool(unit) and all(not part.unit or count_alike(part.unit, unit) for part in parts)
    named = same and (any(part.unit for part in parts) or are_apart(parts))
    total = sum((part.amount for part in parts), Fraction(0))
    sure = None
    if runs:
        # Of a complete row and all that is listed, what comes nearer to the whole is what was meant to be it.
        meant = min((*runs, parts), key=lambda run: abs(sum((one.amount for one in run), Fraction(0)) - whole.value))
        parts, sure = meant, Sure.CERTAIN if parts[-1].rest or same else Sure.LIKELY
        total = sum((part.amount for part in parts), Fraction(0))
    elif (link in _COMPLETE or link == "(") and named:
        sure = Sure.CERTAIN if len(parts) > 2 else Sure.LIKELY
    elif ((link in _COMPLETE or link == "(") and _is_list_of_names(whole, parts, total)) or (
        same and (_is_misprint(whole, total) or (total > whole.value and are_apart(parts)))
    ):
        sure = Sure.LIKELY
    if sure is None and same and (above := [part for part in parts if part.amount > whole.value]):
        return _lone_part(text, at, whole, unit, above[0], link)
    if _is_nested(parts):
        return None
    if sure is None or EACH.search(text.text, at, end + 40) or (link != "(" and _fits_another(text, at, unit, parts)):
        return None
    if total < whole.value and not _is_misprint(whole, total) and _may_leave_out(text, at, parts, link):
        return None
    if _is_misprint(whole, total) and same:
        sure = Sure.CERTAIN
    return _parts_told(text, at, at, end, parts, sure)


def _is_list_of_names(whole: TextFigure, parts: Sequence[Part], total: Fraction) -> bool:
    """Whether parts are many that have but names ("gồm: Bảo Yên 109, Sa Pa 8, …"): together more than the whole, or all
    but it.
    """
    if len(parts) < _FEWEST_NAMES or any(part.unit for part in parts) or may_overlap(parts):
        return False
    return total > whole.value or _NEAR * (whole.value - total) <= whole.value


def _fits_another(text: MarkedText, at: int, unit: str, parts: Sequence[Part]) -> bool:
    """Whether parts add up to a figure told before the one that they seem to be of."""
    first = max(text.period(at)[0] - 1, 0)
    between = [one for place, one in text.figures(at + 1, parts[0].at, COUNT) if not is_move(text, place)]
    if any(one.scale == 1 and not one.places[0] and _fits(one, parts) for one in between):
        return True  # "phát ra 4.800 phiếu, thu về 4.716, đạt 98,25%; hợp lệ 4.658, không hợp lệ 58"
    near = text.figures(max(text.period(first)[0], at - _FAR), at, COUNT)
    return any(count_alike(unit_behind(text, place), unit) and _fits(one, parts) for place, one in near)


def _may_leave_out(text: MarkedText, at: int, parts: Sequence[Part], link: str) -> bool:
    """Whether some of what came in may not be done yet, where only what was done in time and too late is told."""
    if link in _COMPLETE or parts[-1].rest or not any("hạn" in part.words for part in parts):
        return False
    before = text.text[text.sentence(at)[0] : at]
    return bool(_CAME_IN.search(before)) and not _DEALT_WITH.search(before)


def _far_wholes(text: MarkedText, seen: set[int]) -> Iterator[Checked]:
    """Wholes that do not stand beside their "trong đó": kinds of one thing that come to more than it, or parts that all
    but make it up.
    """
    for found in _FAR_LINK.finditer(text.text):
        first = max(text.period(found.start())[0], found.start() - _FAR)
        every = [at for at, _ in text.figures(first, found.start(), COUNT)]
        if found["link"] in _COMPLETE:
            every = every[-1:]
        if any(_is_made_up(text, at, found) for at in every):
            continue
        for at in reversed(every):
            unit = unit_behind(text, at)
            if at in seen or not unit or not is_thing(unit) or is_move(text, at) or is_compared(text, at):
                continue
            parts = parts_in(text, found.end(), _end_of_list(text, found.end(), found["link"]), unit)
            if not parts or not all(count_alike(part.unit, unit) for part in parts):
                continue
            checked = _told_far(text, at, text.figure(at), unit, parts, found["link"])
            if checked is not None:
                seen.add(at)
                yield checked
            break


def _is_made_up(text: MarkedText, at: int, link: re.Match[str]) -> bool:
    """Whether what follows a link makes up the figure at ``at``."""
    unit = unit_behind(text, at)
    parts = parts_in(text, link.end(), _end_of_list(text, link.end(), link["link"]), unit) if unit else []
    return len(parts) > 1 and _fits(text.figure(at), parts)


def _told_far(
    text: MarkedText, at: int, whole: TextFigure, unit: str, parts: Sequence[Part], link: str
) -> Checked | None:
    end = parts[-1].at + 1
    largest = max(parts, key=lambda part: part.amount)
    if len(parts) == 1 or (largest.amount > whole.value and link not in _COMPLETE):
        return _lone_part(text, at, whole, unit, largest, link)
    if _fits(whole, parts):
        return Checked("sums", Fit.RIGHT, at, end)
    total = sum((part.amount for part in parts), Fraction(0))
    above = total > whole.value and are_apart(parts)
    gap = abs(total - whole.value)
    nearly = len(parts) > 2 and are_all_changes(parts) and _NEARLY * gap <= whole.value
    complete = len(parts) > 2 and link in _COMPLETE and _NEAR * gap <= whole.value
    return _parts_told(text, at, at, end, parts, Sure.LIKELY) if above or nearly or complete else None


def _parts_told(text: MarkedText, at: int, start: int, end: int, parts: Sequence[Part], sure: Sure) -> Checked:
    """The finding that the whole at ``at`` is not the sum of its parts."""
    whole = text.figure(at)
    total = sum((part.amount for part in parts), Fraction(0))
    told = finding(
        text, start, max(end, start + 1), StatementKind.PART_OF_WHOLE, "parts_apart", at=at, sure=sure,
        stated=whole.digits, found=in_form_of(whole, total / whole.scale, _places(whole, parts)),
        facts={"parts": " + ".join(part.figure.digits for part in parts)},
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, start, end, told)


def _places(whole: TextFigure, parts: Sequence[Part]) -> int:
    return max(whole.places[0], *(part.figure.places[0] for part in parts)) if whole.scale == 1 else whole.places[0]


def _fits(whole: TextFigure, parts: Sequence[Part]) -> bool:
    """Whether the parts add up to the whole, by their likeliest readings or by their second ones; decimals and scaled
    figures may have been rounded each for itself.
    """
    figures = (whole, *(part.figure for part in parts))
    printed = sum((one.readings[0] for one in figures[1:]), Fraction(0))
    if (
        len({one.scale for one in figures}) > 1
        and all(one.scale > 1 for one in figures)
        and printed == figures[0].readings[0]
    ):
        return True  # of "4.512 tỷ, gồm 2.870 tỷ, 1.206 triệu, 436 tỷ" the unit is wrong: wrong_scales says so
    for second in (0, 1):
        ways = [min(second, len(part.figure.readings) - 1) for part in parts]
        figures = tuple(part.figure for part in parts)
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


def _is_misprint(whole: TextFigure, total: Fraction) -> bool:
    """Whether the digits of whole and sum are the same in another order, or differ in one."""
    value = whole.value
    if value.denominator != 1 or total.denominator != 1:
        return False
    one, other = str(int(value)), str(int(total))
    return len(one) >= _FEWEST_DIGITS and (are_reordered(one, other) or misprint_between(one, other) is not None)


def _total_behind(text: MarkedText, start: int, at: int) -> Iterator[Checked]:
    """ "cấp tỉnh 120 hồ sơ, cấp huyện 80 hồ sơ, tổng cộng 200 hồ sơ"."""
    first = max(text.period(start)[0], start - _LONGEST)
    unit = unit_behind(text, at)
    if not unit or not is_thing(unit) or re.search(r"trong đó|gồm|cụ thể", text.text[first:start]):
        return
    before = [
        Part(figure, where, _words_around(text, first, where), unit_behind(text, where))
        for where, figure in text.figures(first, start, COUNT)
        if not is_move(text, where) and _counts(text, where, unit)
    ]
    before = before[-_MOST_PARTS:]
    whole = text.figure(at)
    if len(before) < 2:
        return
    suffixes = [before[count:] for count in range(len(before) - 1)]
    if any(_fits(whole, each) for each in suffixes) or _but_one(whole, before):
        yield Checked("sums", Fit.RIGHT, first, at + 1)
        return
    others = text.figures(first, start, COUNT)
    total = sum((part.amount for part in before), Fraction(0))
    near = abs(total - whole.value) <= whole.value / _NEAR
    closed = near and any(len(run) == len(before) for run in rows_told(before))
    sum_told = "tổng cộng" in text.text[start:at] or closed
    if len(others) != len(before) or not (sum_told or _is_misprint(whole, total)):
        return
    yield _parts_told(text, at, before[0].at, at + 1, before, Sure.LIKELY)


def _counts(text: MarkedText, at: int, unit: str) -> bool:
    """Whether a figure counts a unit, or ends its clause and so leaves the unit to the one before it."""
    own = unit_behind(text, at)
    return count_alike(own, unit) or (not own and re.match(r"[,;]", text.text[at + 1 : at + 2]) is not None)


def _words_around(text: MarkedText, first: int, at: int) -> str:
    """The clause that holds a figure."""
    begin = max(text.text.rfind(mark, first, at) for mark in ",;(") + 1
    ends = [end for mark in ",;(" if (end := text.text.find(mark, at)) >= 0]
    return text.text[max(begin, first) : min(ends, default=len(text.text))]
