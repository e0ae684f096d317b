"""Changes against another year or another mark: ``từ 84,4% lên 96%, tăng 11,6%``, ``đạt 87,26%, tăng 2,14% so với năm
2023 (85,12%)``, ``năm 2019: 669 đơn vị; năm 2020: 582 đơn vị, giảm 87 đơn vị (13,00%)``, ``đạt 110,05%, vượt 10,05%``.

A change is held against the two values that the sentence ties to it. It is right as a difference, and where it is a per
cent also as growth; it is wrong only if it is neither, whatever was rounded before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form, in_form_of
from parindex.documents.arithmetic.findings import StatementFinding, Sure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.prose.changes.against_first import led_by_old
from parindex.documents.arithmetic.prose.changes.contrasts import contrasted
from parindex.documents.arithmetic.prose.changes.other_times import change_at, listed_behind
from parindex.documents.arithmetic.prose.changes.ties import NEAR, RANKS, Change, from_to
from parindex.documents.arithmetic.prose.changes.wrong_changes import change_apart, change_turned, printed
from parindex.documents.arithmetic.prose.counted_things import may_count_alike
from parindex.documents.arithmetic.prose.fitting import Fit, Span, best_fit, is_about, prints_as, span_of
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked
from parindex.documents.arithmetic.prose.values import (
    DOWN,
    UP,
    VALUES,
    is_change,
    unit_behind,
    value_at,
    values_in,
)

_CHANGE = re.compile(
    rf"(?<!\w)(?P<not>không |chưa |không được |tỷ lệ |mức |tốc độ |số )?"
    rf"(?P<dir>{UP}|{DOWN}|(?:rút ngắn|tiết kiệm|bớt)(?: được)?)"
    rf"(?P<mid>(?: so với)?(?: kết quả| cùng kỳ)? năm {YEAR}(?: là)? |[^.;:,(){MARKS}]{{0,25}})"
    rf"(?P<c>[{COUNT}{PER_CENT}])"
)
#: "tự chấm 92,5 điểm; thẩm định 87,75 điểm; bị trừ 4,75 điểm": all that was taken off, no part of it for a reason.
_TAKEN_OFF = re.compile(rf"(?P<dir>bị trừ)\s(?P<mid>)(?P<c>{COUNT})(?=\sđiểm\s?(?:[,.;)]|$))")
_HIGHER = re.compile(
    rf"(?<!\w)(?P<dir>cao hơn|thấp hơn|nhiều hơn|ít hơn|lớn hơn|nhỏ hơn)[^.;:,(){VALUES}]{{1,60}}"
    rf"(?:\([^(){VALUES}]{{0,30}}[{VALUES}][^(){VALUES}]{{0,20}}\)\s(?:là )?"
    rf"|(?<=mức\s|quả\s|\ssố\s)[{VALUES}][^.;:,(){VALUES}]{{0,40}}\slà\s)(?P<c>[{COUNT}{PER_CENT}])"
)
_RATE = re.compile(
    rf"(?:tỷ lệ|tốc độ|mức)\s(?P<dir>tăng|giảm)[^.;{VALUES}]{{0,90}}?(?:là|đạt|:|bằng)\s(?P<c>{PER_CENT})"
)
_TIMES = re.compile(r"^\s?lần")
_EACH_YEAR = re.compile(r"^\s?(?:\w+\s?)?(?:/\s?năm|mỗi năm|một năm|hàng năm|hằng năm)")
_PER_CENT_POINTS = re.compile(r"\s?điểm (?:phần trăm|%)")
_OVER_PLAN = re.compile(
    rf"(?P<p>{PER_CENT})[^.;{VALUES}]{{0,60}}?,?\s?\(?vượt[^.;:,(){VALUES}]{{0,30}}?(?P<c>{PER_CENT})"
)
_LEADING = re.compile(
    r"(?<!\w)(?P<not>không )?(?P<dir>tăng|giảm|nâng|hạ|rút ngắn)\s"
    rf"(?:(?:[^\W\d_]{{1,10}}\s){{0,3}}|so với [^.;:,(){VALUES}]{{2,20}}, )$"
)
_GAP = re.compile(rf"chênh(?: lệch)?(?: nhau)?(?: là| giữa[^.;:{VALUES}]{{0,60}}?là|:)?\s(?P<c>[{COUNT}{PER_CENT}])")
_BETWEEN = re.compile(
    rf"(?:khoảng cách|chênh lệch|cách biệt)[^.;{VALUES}]{{0,120}}?(?P<a>[{VALUES}])"
    rf"[^.;{VALUES}]{{0,90}}?(?P<b>[{VALUES}])"
    rf"\)?[^.;{VALUES}]{{0,40}}?(?:là|bằng|:)\s(?P<c>[{COUNT}{PER_CENT}])"
)
_AND_PER_CENT = re.compile(
    rf"^[^.;:,({VALUES}]{{0,30}}(?P<mark>[(,])\s?"
    rf"(?:(?:tương ứng|tương đương|tức|bằng|hay|tỷ lệ|với|tăng|giảm|vượt|hụt|là|đạt)\s?){{0,4}}"
    rf"(?P<c>{PER_CENT})\s?(?:(?P<close>\))|so với|,|$)"
)
#: What makes "tăng … N" name a value, or an aim, and no change.
_NO_CHANGE = re.compile(r"(?<!\w)(?:và|từ|lên|còn|xuống|thành|đến|ít nhất|tối thiểu|bình quân|trung bình)(?!\w)")
#: "vượt mục tiêu giảm 5%": what was to be reached, no change.
_AIM = re.compile(
    r"(?:mục tiêu|chỉ tiêu|yêu cầu|kế hoạch|lộ trình|phấn đấu)\s(?:(?:là|đề ra|giao|phải|tinh giản|đến năm)\s)?"
    r"(?:tăng|giảm)\s(?:\w+\s){0,2}$"
)
_BEFORE_AIM = 24
#: "vị trí xếp hạng tăng từ 41 lên 35".
_OF_RANKS = re.compile(r"(?<!\w)(?:hạng|thứ bậc|vị trí|vị thứ)(?!\w)")
_BEFORE_RANKS = 60
#: A difference of so many digits is that of its values by no accident.
_TELLING = 2
_HUNDRED = 100


def changes(text: MarkedText) -> Iterator[Checked]:
    """Every change whose two values the text prints."""
    if not re.search(rf"(?<!\w)(?:{UP}|{DOWN}|rút ngắn|tiết kiệm|bớt|bị trừ|nâng|hạ)(?!\w)", text.text):
        return
    yield from _over_plan(text)
    seen: set[int] = set()
    for pattern in (_CHANGE, _RATE, _HIGHER, _TAKEN_OFF):
        for found in pattern.finditer(text.text):
            at = found.start("c")
            if at in seen or _is_other(text, found, at):
                continue
            seen.add(at)
            start, up = found.start("dir"), re.match(UP, found["dir"]) is not None
            told = change_at(text, start, at, up=up) if pattern is not _TAKEN_OFF else None
            change = told or led_by_old(text, start, at, up=up) or contrasted(text, start, at, up=up)
            if change is None:
                continue
            for each in (*_with_per_cent(text, change, seen), *listed_behind(text, change)):
                checked = _checked(text, each, found["dir"])
                if checked is not None:
                    yield checked
    yield from _directions(text)


def gaps(text: MarkedText) -> Iterator[Checked]:
    """ "có 1.811 TTHC, … có 1.667 TTHC, chênh lệch 144 TTHC"."""
    for found in _BETWEEN.finditer(text.text):
        old, new = value_at(text, found.start("a")), value_at(text, found.start("b"))
        at = found.start("c")
        if old.letter == new.letter == text.text[at]:
            change = Change(text.figure(at), at, old.amount < new.amount, old, new, old.at, at + 1)
            checked = _checked(text, change)
            if checked is not None:
                yield checked
    for found in _GAP.finditer(text.text):
        at = found.start("c")
        first, _ = text.sentence(found.start())
        if not text.text[first : found.start()].strip(" ,"):
            first, _ = text.period(found.start())
        values = values_in(text, max(first, found.start() - 2 * NEAR), found.start())
        unit, sort = unit_behind(text, at), text.text[at]
        near = [value for value in values if value.letter == sort and may_count_alike(value.unit, unit)]
        if len(near) != 2:
            continue
        old, new = near
        change = Change(text.figure(at), at, old.amount < new.amount, old, new, old.at, at + 1, Sure.LIKELY)
        checked = _checked(text, change)
        if checked is not None:
            yield checked


def _with_per_cent(text: MarkedText, change: Change, seen: set[int]) -> list[Change]:
    """A change in figures with the per cent that stands beside it: "tăng 250 hồ sơ (25%)"."""
    found = _AND_PER_CENT.match(text.text[change.at + 1 : change.at + 120])
    points = _PER_CENT_POINTS.match(text.text, change.at + 1) is not None
    if change.by.percent or points or found is None or (found["mark"] == "(" and not found["close"]):
        return [change]
    at = change.at + 1 + found.start("c")
    if change.at < change.old.at <= at or change.at < change.new.at <= at:
        return [change]
    seen.add(at)
    return [change, replace(change, by=text.figure(at), at=at, end=max(change.end, at + 1))]


def _is_other(text: MarkedText, found: re.Match[str], at: int) -> bool:
    """Whether what looks like a change is a rank, a multiple, a denial, or an aim."""
    behind = text.text[at + 1 : at + 20]
    if RANKS.match(behind) or _TIMES.match(behind) or _EACH_YEAR.match(behind):
        return True
    if re.search(r"(?:bình quân|trung bình)\s(?:\w+\s){0,2}$", text.text[max(0, found.start() - 24) : found.start()]):
        return True
    if _AIM.search(text.text, max(0, found.start() - _BEFORE_AIM), at):
        return True
    groups = found.groupdict()
    mid = groups.get("mid") or ""
    if (groups.get("not") or "").startswith(("không", "chưa")):
        return True
    return bool(_NO_CHANGE.search(mid))


def _checked(text: MarkedText, change: Change, word: str = "") -> Checked | None:
    """Whether a change is right; ``word``: how the text says which way it goes."""
    loose = is_about(text.text, change.at)
    fit = fit_of(change, loose=loose)
    turned = change.old.amount < change.new.amount if not change.up else change.old.amount > change.new.amount
    if fit is not Fit.WRONG and not turned:
        return Checked("differences", fit, change.start, change.end)
    if fit is not Fit.WRONG:
        is_sure = change.tied is Sure.CERTAIN or _are_of_two_years(change)
        if change.by.value == 0 or not is_sure or fit is not Fit.RIGHT:
            return Checked("differences", fit, change.start, change.end)
        return Checked("differences", Fit.WRONG, change.start, change.end, _direction(text, change, word))
    if _fits_another(text, change, loose=loose):
        return None
    sure = Sure.LIKELY if loose else change.tied
    return Checked("differences", fit, change.start, change.end, _told(text, change, sure))


def _are_of_two_years(change: Change) -> bool:
    """Whether both values are told with their years, the old one with the earlier: the direction is no accident."""
    old, new = change.old.year, change.new.year
    shares = change.by.percent and change.old.letter == PER_CENT
    telling = shares or len(digits_of(change.by.digits).strip("0")) >= _TELLING
    return telling and old is not None and new is not None and old + 1 == new


def fit_of(change: Change, *, loose: bool = False) -> Fit:
    """Whether the change is the difference of its values, or their growth."""
    fit = _fit(change.by, change.old.figure, change.new.figure, loose=loose)
    return Fit.WRONG if fit is Fit.ROUNDED_BEFORE and not loose and _is_far_off(change) else fit


def _is_far_off(change: Change) -> bool:
    """Whether a difference that could be printed as it is was printed as another that rounding does not make of it."""
    by, old, new = change.by, change.old.figure, change.new.figure
    apart = abs(new.value - old.value)
    if by.percent or len(by.readings) > 1 or (apart / by.step()).denominator > 1:
        return False
    return abs(apart - by.value) > old.step() + new.step()


def _fit(by: TextFigure, old: TextFigure, new: TextFigure, *, loose: bool) -> Fit:
    def holds(way: tuple[int, ...], slack: bool) -> bool:
        before, after = (span_of(one, reading, slack) for one, reading in zip((old, new), way[1:], strict=True))
        difference = Span(after.low - before.high, after.high - before.low)
        size = _size(difference)
        if prints_as(size, by, way[0], loose=loose):
            return True
        # The growth of a per cent is an unlikely reading: it must be that of the figures as printed.
        if not by.percent or before.low <= 0 or (slack and new.percent):
            return False
        growth = Span(_HUNDRED * size.low / before.high, _HUNDRED * size.high / before.low)
        ratio = Span(_HUNDRED * after.low / before.high, _HUNDRED * after.high / before.low)
        return prints_as(growth, by, way[0], loose=loose) or prints_as(ratio, by, way[0], loose=loose)

    return best_fit((by, old, new), holds)


def _size(difference: Span) -> Span:
    low, high = difference.low, difference.high
    if low < 0 < high:
        return Span(Fraction(0), max(-low, high))
    return Span(min(abs(low), abs(high)), max(abs(low), abs(high)))


def _fits_another(text: MarkedText, change: Change, *, loose: bool) -> bool:
    """Whether the change is that of another pair in the sentence, one value of the pair kept."""
    first, last = text.period(change.at)
    others = [value for value in values_in(text, first, last) if value.at != change.at][:12]
    sort = change.new.letter
    for other in others:
        if other.letter != sort or other.at in (change.old.at, change.new.at):
            continue
        pairs = ((other, change.new), (change.old, other))
        if any(_fit(change.by, one.figure, two.figure, loose=loose) is Fit.RIGHT for one, two in pairs):
            return True
    return False


def _told(text: MarkedText, change: Change, sure: Sure) -> StatementFinding:
    old, new = change.old.amount, change.new.amount
    growth = change.by.percent and change.old.letter != PER_CENT and old != 0
    value = abs(new - old) * (_HUNDRED / Fraction(old) if growth else Fraction(1, change.by.scale))
    exact = max(change.by.places[0], change.old.figure.places[0], change.new.figure.places[0])
    right = in_distinct_form(change.by, value) if growth else in_form_of(change.by, value, exact)
    values = change.old.figure, change.new.figure
    return change_apart(text, (change.start, change.end), change.at, printed(*values), right, sure)


def _direction(text: MarkedText, change: Change, word: str = "") -> StatementFinding:
    values = printed(change.old.figure, change.new.figure)
    return change_turned(text, (change.start, change.end), change.at, values, up=change.up, word=word)


def _over_plan(text: MarkedText) -> Iterator[Checked]:
    """ "đạt 110,05% kế hoạch, vượt 10,05%"."""
    for found in _OVER_PLAN.finditer(text.text):
        whole, by = text.figure(found.start("p")), text.figure(found.start("c"))
        if whole.value <= _HUNDRED or is_change(text, found.start("p")):
            continue
        excess = Fraction(whole.value - _HUNDRED)
        fits = prints_as(Span(excess, excess), by) or prints_as(
            Span(excess - whole.step() / 2, excess + whole.step()), by
        )
        told = None
        if not fits:
            right, values = in_form_of(by, excess, max(by.places[0], whole.places[0])), ("100%", f"{whole.digits}%")
            told = change_apart(text, found.span(), found.start("c"), values, right, Sure.CERTAIN)
        yield Checked("differences", Fit.RIGHT if fits else Fit.WRONG, found.start(), found.end(), told)


def _directions(text: MarkedText) -> Iterator[Checked]:
    """ "tăng từ 96% lên 84,4%": no change is printed, but its direction is wrong."""
    for found in from_to(text):
        words = _LEADING.search(text.text, max(0, found.start() - 40), found.start())
        if words is None or words["not"] or found["to"] in ("đến", "sang", "thành"):
            continue
        old, new = value_at(text, found.start("a")), value_at(text, found.start("b"))
        if old.letter != new.letter or not may_count_alike(old.unit, new.unit):
            continue
        if len(old.figure.readings) != len(new.figure.readings):
            continue
        if (
            old.figure.over is not None
            and new.figure.over is not None
            and old.figure.over.value == new.figure.over.value
        ):
            continue  # "giảm từ 51/63 xuống 56/63": ranks fall as their numbers rise
        first = max(text.sentence(found.start())[0], found.start() - _BEFORE_RANKS)
        if _OF_RANKS.search(text.text, first, found.start()):
            continue
        up = words["dir"] in ("tăng", "nâng")
        wrong = old.amount > new.amount if up else old.amount < new.amount
        told = None
        if wrong:
            change = Change(new.figure, new.at, up, old, new, found.start(), found.end())
            told = _direction(text, change)
        yield Checked("differences", Fit.WRONG if wrong else Fit.RIGHT, found.start(), found.end(), told)
