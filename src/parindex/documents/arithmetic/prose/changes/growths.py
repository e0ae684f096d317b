"""Changes told in figures and in per cents where the value before is not printed: ``xảy ra 916 vụ. So với cùng kỳ năm
trước giảm 99 vụ (giảm 9,75%)``, ``đạt 52.857 ha, giảm 6,5% so với cùng kỳ (giảm 3.674 ha)``.

The value before is the present one without the change. A pair is right if any value of the passage makes it so. Where
none does, it is told if one misprinted figure explains it, or if the wording leaves one value only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import (
    TextFigure,
    in_distinct_form,
    in_form_of,
    in_full,
    readings_of,
)
from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import are_exchanged, are_reordered, digits_of, neighbours_exchanged
from parindex.documents.arithmetic.prose.changes.other_times import change_at
from parindex.documents.arithmetic.prose.changes.ties import RANKS
from parindex.documents.arithmetic.prose.counted_things import count_alike
from parindex.documents.arithmetic.prose.fitting import Fit, Span, exactly, is_about, meant, prints_as
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import DOWN, UP, VALUES, Value, values_in

_DIRECTION = rf"(?:{UP}|{DOWN})"
_LINKS = (
    rf"(?:(?:tương ứng|tương đương|tức là|tức|bằng|hay|khoảng|tỷ lệ|mức|với|là|{_DIRECTION}|ứng với|[-–+])\s?){{0,4}}"
)
#: "giảm 800 vụ (giảm 14,46%)", "giảm 2.676 việc (3,27%)", "tăng 12 hồ sơ, tương ứng tăng 3,4%".
_FIGURE_FIRST = re.compile(
    rf"(?<!\w)(?P<dir>{UP}|{DOWN})(?P<mid>[^.;:,(){MARKS}]{{0,25}}?)(?P<c>{COUNT})(?P<unit>[^.;:,(){MARKS}]{{0,40}}?)"
    rf"\s?(?P<mark>[(,])\s?{_LINKS}(?P<p>{PER_CENT})\s?(?P<close>\)|[,.;]|so với|$|và)"
)
#: "giảm 6,5% so với cùng kỳ năm 2017 (giảm 3.674 ha)", "tăng 3,4%, tương ứng tăng 12 hồ sơ".
_PER_CENT_FIRST = re.compile(
    rf"(?<!\w)(?P<dir>{UP}|{DOWN})(?P<mid>[^.;:,(){MARKS}]{{0,25}}?)(?P<p>{PER_CENT})"
    rf"(?:[^.;:,(){VALUES}]{{0,60}}\(\s?(?={_DIRECTION}|tương|tức|hay|ứng){_LINKS}"
    rf"|\s?,\s(?:tương ứng|tương đương|tức là|tức|hay|ứng với)\s?{_LINKS})"
    rf"(?P<c>{COUNT})(?P<unit>[^.;:,(){MARKS}]{{0,40}})"
)
_NOT_BEFORE = re.compile(r"(?:không|chưa|tỷ lệ|bình quân|trung bình|mục tiêu)\s(?:\w+\s){0,2}$")
_NO_CHANGE = re.compile(r"(?<!\w)(?:và|từ|lên|còn|xuống|thành|đến|ít nhất|tối thiểu|bình quân|trung bình)(?!\w)")
#: What is no count that per cents are told of.
_NO_UNIT = re.compile(r"^\s?(?:điểm|lần|năm|tháng|ngày)(?!\w)")
_COMPARED = re.compile(r"(?<!\w)(?:so|bằng|tương|trong|của|tại)(?!\w)")
#: "đạt 1.250 tỷ đồng, bằng 50% dự toán, giảm …"
_SHARE_BETWEEN = re.compile(rf",\s(?:bằng|đạt|chiếm)[^.;,{MARKS}]{{0,20}}{PER_CENT}[^.;,{MARKS}]{{0,30}}(?=,)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY = frozenset(("số", "tổng", "với", "so", "cùng", "kỳ", "năm", "trước", "và", "là", "đó", "trong", "các", "của"))
_JOINING = frozenset(("và", "đã", "cũng", "là", "lại", "tức", "nhưng", "vẫn", "tiếp", "tục", "như", "vậy"))
_HUNDRED = 100
#: Figures that are only about so much may be off by this part of them.
_LOOSE = 0.06
#: How far from the change a value that fits may stand, and one that is told of it.
_FAR, _NEAR, _BEHIND = 1200, 260, 120
#: "đạt 52.857 ha, giảm 6,5%": the value right before its change.
_AT_ONCE = 60
_MOST_VALUES = 40
_LEAST_DIGITS = 3
#: A per cent with so many digits has them in another order by no accident.
_REORDERED = 4
_SHIFTED = 5


@dataclass(frozen=True, slots=True)
class _Told:
    """A change in figures (``by``) with its per cent; ``words``: what it says of what changed, ``counted``
    those of them behind the figure.
    """

    start: int
    end: int
    at: int
    by: TextFigure
    per_cent_at: int
    per_cent: TextFigure
    up: bool
    loose: bool
    unit: str
    words: frozenset[str]
    counted: frozenset[str]


def told_growths(text: MarkedText) -> Iterator[Checked]:
    """Every change with its per cent whose value before is not printed."""
    if PER_CENT not in text.text or COUNT not in text.text:
        return
    groups: dict[int, list[_Told]] = {}
    for told in _all_told(text):
        groups.setdefault(text.period(told.start)[0], []).append(told)
    for group in groups.values():
        yield from _of_sentence(text, group)


def _all_told(text: MarkedText) -> Iterator[_Told]:
    seen: set[int] = set()
    for pattern in (_FIGURE_FIRST, _PER_CENT_FIRST):
        for found in pattern.finditer(text.text):
            at = found.start("c")
            if at in seen or _is_other(text, found):
                continue
            up = re.match(UP, found["dir"]) is not None
            if change_at(text, found.start("dir"), at, up=up) is not None:
                continue
            seen.add(at)
            yield _told(text, found, up=up)


def _told(text: MarkedText, found: re.Match[str], *, up: bool) -> _Told:
    at, per_cent = found.start("c"), found.start("p")
    words = _WORD.findall(_COMPARED.split(found["unit"])[0])
    before = re.split(rf"[.;:,(){MARKS}]", text.text[max(0, found.start() - 50) : found.start()])[-1]
    told = frozenset(_WORD.findall(before)[-4:]) | frozenset(words[:4])
    loose = any(is_about(text.text, each) for each in (at, per_cent))
    unit, first = " ".join(words[:2]), frozenset(words[:1])
    return _Told(
        found.start(), max(at, per_cent) + 1, at, text.figure(at), per_cent, text.figure(per_cent), up, loose, unit,
        told - _EMPTY - first, frozenset(words) - first,
    )  # fmt: skip


def _is_other(text: MarkedText, found: re.Match[str]) -> bool:
    """Whether it is a rank, points, an average or an aim, the bracket holds more than the per cent, or both go
    other ways.
    """
    groups = found.groupdict()
    if groups.get("mark") == "(" and groups["close"] != ")":
        return True
    unit = found["unit"]
    first, last = sorted((found.start("c"), found.start("p")))
    again = re.search(rf"(?<!\w)(?:(?P<up>{UP})|{DOWN})(?!\w)", text.text[first:last])
    if again is not None and bool(again["up"]) is not bool(re.match(UP, found["dir"])):
        return True  # "tăng 9 vụ (giảm 27,27%)"
    if RANKS.match(unit) or _NO_UNIT.match(unit) or _NO_CHANGE.search(found["mid"]):
        return True
    return _NOT_BEFORE.search(text.text, max(0, found.start() - 30), found.start()) is not None


def _of_sentence(text: MarkedText, group: Sequence[_Told]) -> Iterator[Checked]:
    """The changes of one sentence: where the others belong to values before them, one value is left for the odd one."""
    fitting = [_fit(text, told) for told in group]
    taken = {value.at for value in fitting if value is not None}
    for told, value in zip(group, fitting, strict=True):
        if value is not None:
            yield Checked("differences", Fit.RIGHT, told.start, told.end)
            continue
        near = [value for value in _candidates(text, told) if value.at not in taken]
        wrong = _explained(text, told, near) or _by_place(text, told, near, others_fit=bool(taken))
        if wrong is not None:
            yield Checked("differences", Fit.WRONG, told.start, told.end, wrong)


def _values(text: MarkedText, told: _Told, before: int, behind: int) -> list[Value]:
    every = values_in(text, max(0, told.start - before), told.end + behind)
    return [
        value for value in every
        if value.letter in COUNT + QUOTIENT and value.at not in (told.at, told.per_cent_at) and value.amount > 0
    ][-_MOST_VALUES:]  # fmt: skip


def _fit(text: MarkedText, told: _Told) -> Value | None:
    """The value of the passage by which the per cent is right: the nearest one of the same unit, else any."""
    values = _values(text, told, _FAR, _BEHIND)
    values.sort(key=lambda value: (not count_alike(told.unit, value.unit), abs(told.start - value.at)))
    return next((value for value in values if _is_growth(told, value.figure)), None)


def _is_growth(told: _Told, new: TextFigure) -> bool:
    """Whether the per cent is the growth to ``new`` by the change, by any reading."""
    return any(
        _is_near(told, new, of_new, of_by) and _prints(told, _growth(told, new, of_new, of_by))
        for of_new in range(len(new.readings)) for of_by in range(len(told.by.readings))
    )  # fmt: skip


def _is_near(told: _Told, new: TextFigure, of_new: int, of_by: int) -> bool:
    """Whether a growth may be right, reckoned quickly: what is not near is not right."""
    after, by = float(new.readings[of_new]) * new.scale, float(told.by.readings[of_by]) * told.by.scale
    steps = float(new.step(of_new)) / after + float(told.by.step(of_by)) / by if after and by else 1.0
    old = after - by if told.up else after + by
    if old <= 0 or not by:
        return bool(by) and old > -abs(after)
    growth = _HUNDRED * by / old
    slack = abs(growth) * (2 * steps * max(1.0, after / old) + (_LOOSE if told.loose else 0))
    for stated, places in zip(told.per_cent.readings, told.per_cent.places, strict=True):
        near = slack + 2 / 10**places + (_LOOSE * abs(float(stated)) if told.loose else 0)
        if any(abs(way - abs(float(stated))) <= near for way in (growth, _HUNDRED - growth, _HUNDRED + growth)):
            return True
    return False


def _prints(told: _Told, growth: Span | None) -> bool:
    if growth is None:
        return False
    stated = _unsigned(told.per_cent)
    low, high = growth.low, growth.high
    for way in (growth, Span(_HUNDRED - high, _HUNDRED - low), Span(_HUNDRED + low, _HUNDRED + high)):
        if any(prints_as(way, stated, reading, loose=told.loose) for reading in range(len(stated.readings))):
            return True
    return False


def _unsigned(figure: TextFigure) -> TextFigure:
    """ "(-6,01%)" is by how much it fell."""
    if figure.readings[0] >= 0:
        return figure
    return TextFigure(
        figure.text, figure.start, figure.end, tuple(abs(value) for value in figure.readings), figure.places,
        figure.scale, figure.percent,
    )  # fmt: skip


def _growth(told: _Told, new: TextFigure, of_new: int = 0, of_by: int = 0) -> Span | None:
    return _growth_of(meant(new, of_new), meant(told.by, of_by), up=told.up)


def _growth_of(after: Span, by: Span, *, up: bool) -> Span | None:
    """By how much of a hundred a value grew (or fell) that is now ``after``."""
    sign = -1 if up else 1
    old = Span(after.low + sign * (by.high if up else by.low), after.high + sign * (by.low if up else by.high))
    if old.low <= 0:
        return None
    return Span(_HUNDRED * by.low / old.high, _HUNDRED * by.high / old.low)


def _candidates(text: MarkedText, told: _Told) -> list[Value]:
    """The values near before the change that count the same, the nearest first; of those that share a word with it,
    where there are any.
    """
    first = text.period(max(text.period(told.start)[0] - 2, 0))[0]
    near = [value for value in _values(text, told, min(_NEAR, told.start - first), 0) if value.at < told.start]
    alike = [value for value in reversed(near) if count_alike(told.unit, value.unit) and value.letter == COUNT]
    named = [value for value in alike if told.words & (value.label | set(value.unit.split()[1:]))]
    return named or alike


def _explained(text: MarkedText, told: _Told, near: Sequence[Value]) -> StatementFinding | None:
    """What one misprint of the per cent, of the change or of the value explains."""
    for value in near:
        growth = _growth(told, value.figure)
        if growth is None or told.loose:
            continue
        exact = _HUNDRED * told.by.value / (value.amount + (-told.by.value if told.up else told.by.value))
        if _is_misprint(told, exact):
            return _finding(text, told, value, exact)
        for figure in (told.by, value.figure):
            right = _meant(told, value, figure)
            if right is not None:
                return _finding_of(text, told, value, figure, right, exact)
    return None


def _is_misprint(told: _Told, exact: Fraction) -> bool:
    """Whether digits of the per cent changed places, or its decimal mark did."""
    stated = told.per_cent
    printed, right = digits_of(stated.digits), digits_of(in_form_of(stated, exact))
    if are_exchanged(printed, right, _LEAST_DIGITS) or (len(printed) >= _REORDERED and are_reordered(printed, right)):
        return True
    if len(printed.strip("0")) < 2:
        return False
    return any(
        prints_as(exactly(exact * shift), _unsigned(stated)) for shift in (Fraction(10), _HUNDRED, Fraction(1, 10))
    )


def _meant(told: _Told, value: Value, figure: TextFigure) -> Fraction | None:
    """``figure`` (the change or the value) with two neighbouring digits changed round, where the per cent is then
    right; a per cent of two digits proves nothing.
    """
    telling = digits_of(told.per_cent.digits).lstrip("0"), digits_of(figure.digits)
    if min(map(len, telling)) < _LEAST_DIGITS:
        return None
    right: list[Fraction] = []
    for turned in neighbours_exchanged(figure.digits):
        read = readings_of(turned)
        if not read or turned.startswith("0"):
            continue
        amount = read[0][0] * figure.scale
        by = exactly(amount) if figure is told.by else meant(told.by)
        after = exactly(amount) if figure is value.figure else meant(value.figure)
        growth = _growth_of(after, by, up=told.up)
        if growth is not None and prints_as(growth, _unsigned(told.per_cent)):
            right.append(read[0][0])
    return right[0] if len(right) == 1 else None


def _by_place(text: MarkedText, told: _Told, near: Sequence[Value], *, others_fit: bool) -> StatementFinding | None:
    """What no misprint explains, where the wording leaves one value only: the one right before its change, or the only
    one that the other changes of the sentence leave.
    """
    if len(near) != 1 or told.loose or is_about(text.text, near[0].at):
        return None
    value = near[0]
    growth = _growth(told, value.figure)
    between = text.text[value.at + 1 : told.start]
    plain = _SHARE_BETWEEN.sub("", between)
    unit = frozenset(value.unit.split())
    if growth is None or not told.counted <= value.label | unit | frozenset(_WORD.findall(between)):
        return None
    if not (_is_at_once(plain) or (others_fit and (told.words - unit) & value.label)):
        return None
    exact = _HUNDRED * told.by.value / (value.amount + (-told.by.value if told.up else told.by.value))
    return _finding(text, told, value, exact)


def _is_at_once(between: str) -> bool:
    """Whether nothing but the unit of a value stands between it and its change, no other thing that changed."""
    if len(between) > _AT_ONCE or re.search(rf"[.;:{MARKS}]|trong đó|mục tiêu", between):
        return False
    return "," not in between or frozenset(_WORD.findall(between.rpartition(",")[2])) <= _JOINING


def _finding(text: MarkedText, told: _Told, value: Value, exact: Fraction) -> StatementFinding:
    return finding(
        text, min(value.at, told.start), told.end, StatementKind.DIFFERENCE, "growth_apart", at=told.per_cent_at,
        sure=Sure.LIKELY, stated=told.per_cent.digits, found=_exact(told, exact),
        facts={
            "new": _printed(value.figure), "by": _printed(told.by), "old": _printed(value.figure, _old(told, value)),
        },
    )  # fmt: skip


def _finding_of(
    text: MarkedText, told: _Told, value: Value, figure: TextFigure, right: Fraction, exact: Fraction
) -> StatementFinding:
    return finding(
        text, min(value.at, told.start), told.end, StatementKind.DIFFERENCE, "growth_of_misprint",
        at=told.at if figure is told.by else value.at, sure=Sure.LIKELY,
        stated=figure.digits, found=in_form_of(figure, right),
        facts={
            "new": _printed(value.figure), "by": _printed(told.by), "per_cent": told.per_cent.digits,
            "growth": in_distinct_form(told.per_cent, exact),
        },
    )  # fmt: skip


def _exact(told: _Told, exact: Fraction) -> str:
    """The growth as the per cent is printed, with one more decimal where the separator was one place off."""
    figure = told.per_cent
    if _SHIFTED * exact < abs(figure.value):
        return in_form_of(figure, exact, figure.places[0] + 1)
    return in_distinct_form(figure, exact)


def _old(told: _Told, value: Value) -> Fraction:
    old = value.amount - told.by.value if told.up else value.amount + told.by.value
    return Fraction(old) / value.figure.scale


def _printed(figure: TextFigure, value: Fraction | None = None) -> str:
    """The figure with its scale ("1,25 triệu"), or ``value`` in its form."""
    return in_full(figure, figure.digits if value is None else in_form_of(figure, value))
