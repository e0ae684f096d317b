"""Changes whose two values stand in other sentences, or one of them: ``bồi dưỡng 1.720 lượt … năm 2021 được 1.250 lượt;
năm 2022 tăng 470 lượt so với năm 2021``.

Of what a paper tells of the same thing, the value of the time that a change is told against and another one must be
that far apart. That they are so the other way round is no accident where each has three digits or more; nor is it one
that the change leads to a printed value other than the one beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of, is_misprint, misprint_between
from parindex.documents.arithmetic.prose.changes.told_years import (
    LAST_TIME,
    Told,
    is_points,
    of_the_same,
    same_unit,
    told_in,
)
from parindex.documents.arithmetic.prose.changes.wrong_changes import change_apart, change_turned, printed
from parindex.documents.arithmetic.prose.fitting import Fit, exactly, is_about, prints_as
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import unit_behind

_DIR = r"(?<!\w)(?P<not>không |chưa |mục tiêu |yêu cầu |phấn đấu )?(?P<dir>tăng|giảm)(?: thêm| lên| đi| xuống)?"
#: "tăng 470 lượt so với năm 2021", "đã giảm 15 hồ sơ (8,8%) so với cùng kỳ".
_AGAINST = re.compile(
    rf"{_DIR}\s(?:được )?(?P<c>[{COUNT}{PER_CENT}])[^.;:,(){MARKS}]{{0,40}}(?:\([^()]{{0,24}}\))?,?\s?so với"
    rf"[^.;:,(){MARKS}]{{0,30}}?(?P<time>{YEAR}|cùng kỳ|năm trước|năm ngoái|kỳ trước)"
)
#: "So với cùng kỳ, số lượt tiếp giảm 1.120 lượt".
_AGAINST_BEFORE = re.compile(
    rf"(?:^|[.;:,(]\s|\s[-–+•]\s)so với[^.;:,(){MARKS}]{{0,30}}?(?P<time>{YEAR}|cùng kỳ|năm trước|năm ngoái|kỳ trước)"
    rf"(?:,|\sthì)?\s[^.;:,(){MARKS}]{{0,60}}?{_DIR}\s(?:được )?(?P<c>[{COUNT}{PER_CENT}])(?![^.;,(]{{0,40}}so với)"
)
#: "Như vậy, số lớp mở được tăng 12 lớp": the two years stand in the sentence before.
_CLAIM = re.compile(
    rf"(?:^|[.;]\s|như vậy,?\s|theo đó,?\s)(?:tổng )?số (?P<what>[^.;:,(){MARKS}]{{2,60}}?)\s(?:đã )?"
    rf"(?P<dir>tăng|giảm)\s(?P<c>{COUNT})"
)
#: "Năm 2024 đạt 85,12%. Năm 2023 đạt 82,95%. Như vậy, chỉ số tăng 2,17 điểm phần trăm".
_DRAWN = re.compile(
    rf"(?:như vậy|theo đó|qua đó|nhờ đó),?\s[^.;:,(){MARKS}]{{0,50}}?(?P<dir>tăng|giảm)\s(?P<c>[{COUNT}{PER_CENT}])"
)
#: "thấp hơn cùng kỳ 2,3 điểm phần trăm", "tăng so với năm 2021 là 1.120 lượt".
_AGAINST_INSIDE = re.compile(
    rf"(?<!\w)(?P<not>không )?(?P<dir>cao hơn|nhiều hơn|thấp hơn|ít hơn|tăng|giảm)(?: so)?(?: với)?"
    rf"(?: kết quả| số| mức)?(?: của)?\s(?P<time>(?:năm )?{YEAR}|cùng kỳ|năm trước|năm ngoái)(?: năm trước)?\s"
    rf"(?:là |khoảng )?(?P<c>[{COUNT}{PER_CENT}])"
)
_TIMED = (_AGAINST, _AGAINST_BEFORE, _AGAINST_INSIDE)
_UP = ("tăng", "cao hơn", "nhiều hơn")
_NEAR, _PERIODS = 120, 2
_MOST_TOLD = 1500
#: How easily a gap may be a change by accident, by what else has to fit: the way round; a misprint; a second figure.
_HARDLY, _NEVER, _PERHAPS = Fraction(1, 20), Fraction(1, 100), Fraction(1, 5)
_ALL = 100


@dataclass(frozen=True, slots=True)
class _Move:
    """A change by ``by``, told against ``time``, of which the values are those of ``every``; ``new`` stands beside."""

    text: MarkedText
    start: int
    at: int
    by: TextFigure
    up: bool
    time: int
    every: Sequence[Told]
    new: Told | None

    @property
    def step(self) -> Fraction:
        """What is added to the old value."""
        return self.by.value if self.up else -self.by.value


def distant_changes(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, Checked]]:
    """Every change against another time whose values the paper tells, wherever they stand; and values that are told
    for the time of another one, as a change proves.
    """
    if not any(pattern.search(text.text) for text in texts for pattern in (*_TIMED, _CLAIM, _DRAWN)):
        return
    every = told_in(texts)
    if len(every) > _MOST_TOLD:
        return
    proven: list[tuple[Told, Told]] = []
    for text in texts:
        for found in (one for pattern in _TIMED for one in pattern.finditer(text.text)):
            move = _move(text, found, every)
            checked = _checked(move, proven) if move is not None else None
            if move is not None and checked is None:
                checked = _growth(move, every)
            if checked is not None:
                yield text, checked
        for found in (one for pattern in (_CLAIM, _DRAWN) for one in pattern.finditer(text.text)):
            checked = _of_two_years(text, found, every, proven)
            if checked is not None:
                yield text, checked
    yield from _under_other_times(every, proven)


def _move(text: MarkedText, found: re.Match[str], every: Sequence[Told]) -> _Move | None:
    at = found.start("c")
    if found["not"] or is_about(text.text, at):
        return None
    points = is_points(text, at)
    unit, letter = unit_behind(text, at), PER_CENT if points else COUNT
    if not points and not unit:
        return None
    alike = of_the_same(every, letter, unit)
    start = found.start("dir")
    first = max(text.sentence(start)[0], start - _NEAR)
    before = [one for one in alike if one.text is text and first <= one.value.at < start]
    time = int(text.figure(found.end("time") - 1).readings[0]) if found["time"].endswith(YEAR) else LAST_TIME
    new = before[-1] if before else None
    return _Move(text, start, at, text.figure(at), found["dir"] in _UP, time, alike, new)


def _checked(move: _Move, proven: list[tuple[Told, Told]]) -> Checked | None:
    olds, news = _sides(move)
    if move.new is not None and move.new.clause == move.time:
        return None
    right = [(old, new) for old in olds for new in news if old.amount + move.step == new.amount]
    if right:
        proven.extend(right[:1])
        return Checked("differences", Fit.RIGHT, move.start, move.at + 1)
    turned = [(old, new) for old in olds for new in news if old.amount - move.step == new.amount]
    pairs = {(old.amount, new.amount) for old, new in turned}
    if len(pairs) == 1 and turned[0][0].is_telling and _accident(move, olds, news) <= _HARDLY:
        return _turned(move.text, move.start, move.at, turned[0], up=move.up)
    if turned:
        return None
    return _of_another_value(move, olds) or _misprinted(move, olds, news)


def _sides(move: _Move) -> tuple[list[Told], list[Told]]:
    """The values that may be the old one, and those that may be the new one; where no year is said, those of the last
    two years told.
    """
    olds = [one for one in move.every if one.clause == move.time and one is not move.new]
    news = [move.new] if move.new is not None else _later(move)
    if olds or move.time != LAST_TIME:
        return olds, news
    last = max((one.time for one in move.every if one.time is not None), default=0)
    olds = [one for one in move.every if one.time == last - 1 and one is not move.new]
    return olds, news if move.new is not None else [one for one in move.every if one.time == last]


def _misprinted(move: _Move, olds: Sequence[Told], news: Sequence[Told]) -> Checked | None:
    """A change that is misprinted, by the one pair of values that are so far apart but for that."""
    gaps = {(old.amount, new.amount): (old, new) for old in olds for new in news if old.amount != new.amount}
    meant = [
        pair for (old, new), pair in gaps.items()
        if (new > old) == move.up and is_misprint(move.by, abs(new - old) / move.by.scale)
    ]  # fmt: skip
    if len(meant) != 1 or _accident(move, olds, news) > _NEVER:
        return None
    old, new = meant[0]
    return _apart(move.text, move.start, move.at, old, new)


def _growth(move: _Move, every: Sequence[Told]) -> Checked | None:
    """A rate against another time, misprinted: "thu 9.412 tỷ đồng, tăng 8,71% so với năm 2022", of which the value is
    told elsewhere.
    """
    text, at = move.text, move.at
    first = max(text.sentence(move.start)[0], move.start - _NEAR)
    beside = [one for one in every if one.text is text and first <= one.value.at < move.start]
    if text.text[at] != PER_CENT or not beside or not beside[-1].unit or beside[-1].value.letter != COUNT:
        return None
    new = beside[-1]
    alike = [one for one in of_the_same(every, COUNT, new.unit) if one is not new and one.amount > 0]
    rates = {id(one): _ALL * (new.amount / one.amount - 1) * (1 if move.up else -1) for one in alike}
    if any(prints_as(exactly(rate), move.by) for rate in rates.values()):
        return None
    olds = [one for one in alike if one.time == move.time]
    meant = [one for one in olds if is_misprint(move.by, rates[id(one)], move.by.step() / 2)]
    if len({one.amount for one in meant}) != 1 or _accident(move, olds, [new]) > _NEVER:
        return None
    old, end = meant[0], at + 1
    values, right = printed(old.value.figure, new.value.figure), in_distinct_form(move.by, rates[id(old)])
    told = change_apart(text, (new.value.at, end), at, values, right)
    return Checked("differences", Fit.WRONG, new.value.at, end, told)


def _apart(text: MarkedText, start: int, at: int, old: Told, new: Told) -> Checked:
    by = text.figure(at)
    places = max(by.places[0], old.value.figure.places[0], new.value.figure.places[0])
    right = in_form_of(by, abs(new.amount - old.amount) / by.scale, places)
    told = change_apart(text, (start, at + 1), at, printed(old.value.figure, new.value.figure), right)
    return Checked("differences", Fit.WRONG, start, at + 1, told)


def _later(move: _Move) -> list[Told]:
    return [
        one for one in move.every
        if one.clause != move.time and (one.time is None or move.time == LAST_TIME or one.time > move.time)
    ]  # fmt: skip


def _accident(move: _Move, olds: Sequence[object], news: Sequence[object]) -> Fraction:
    """How easily one of the gaps between two values is the change by accident."""
    return Fraction(len(olds) * len(news), 10 ** len(digits_of(move.by.digits).strip("0")))


def _of_another_value(move: _Move, olds: Sequence[Told]) -> Checked | None:
    """The value beside a change, where the change leads from a value of its time to another one that is printed."""
    new = move.new
    if new is None or any(one.amount + move.step == new.amount for one in move.every):
        return None
    later = {one.amount for one in _later(move) if one.is_telling and one is not new}
    meant = {(old.amount, old.amount + move.step) for old in olds if old.amount + move.step in later}
    if len(meant) != 1 or not new.is_telling or _accident(move, olds, list(later)) > _PERHAPS:
        return None
    old, value = meant.pop()
    elsewhere = any(one.amount == new.amount and one is not new and one.time != new.time for one in move.every)
    if not elsewhere and not is_misprint(new.value.figure, value / new.value.figure.scale):
        return None
    start, end, figure = new.value.at, move.at + 1, new.value.figure
    told = finding(
        move.text, start, end, StatementKind.DIFFERENCE, "value_by_change", at=start, sure=Sure.LIKELY,
        stated=figure.digits, found=in_form_of(figure, value / figure.scale),
        facts={"old": in_form_of(figure, old / figure.scale), "by": move.by.digits,
               "dir": "tăng" if move.up else "giảm"},
    )  # fmt: skip
    return Checked("differences", Fit.WRONG, start, end, told)


def _of_two_years(
    text: MarkedText, found: re.Match[str], every: Sequence[Told], proven: list[tuple[Told, Told]]
) -> Checked | None:
    """ "Năm 2024 mở 41 lớp; năm 2023 mở 47 lớp. Số lớp giảm 6 lớp", "Như vậy, chỉ số tăng 2,17 điểm phần trăm"."""
    at, start = found.start("c"), found.start("dir")
    points, unit, what = is_points(text, at), unit_behind(text, at), found.groupdict().get("what")
    if not unit or is_about(text.text, at) or (what is not None and unit.split()[0] not in what.split()[:2]):
        return None
    letter = PER_CENT if points else COUNT
    first = start
    for _ in range(_PERIODS + (what is None)):  # what is drawn may be of two sentences
        first = text.period(max(0, first - 1))[0]
    alike = of_the_same(every, letter, unit)
    near = [one for one in alike if one.text is text and first <= one.value.at < start]
    years = [one.time for one in near]
    if len(near) != 2 or None in years or LAST_TIME in years or abs((years[0] or 0) - (years[1] or 0)) != 1:
        return None
    old, new = sorted(near, key=lambda one: one.time or 0)
    by, gap, up = text.figure(at), new.amount - old.amount, found["dir"] == "tăng"
    if by.value == (gap if up else -gap):
        proven.append((old, new))
        return Checked("differences", Fit.RIGHT, start, at + 1)
    told_before = text.text[first : text.period(start)[0]]
    if what is None:  # any two values may stand before it: it must be one misprint of the way between them
        right = digits_of(in_form_of(by, abs(gap) / by.scale, by.places[0]))
        if (gap > 0) is not up or misprint_between(digits_of(by.digits), right) is None:
            return None
    elif any(word not in told_before for word in what.split()):
        return None  # "Như vậy, số hồ sơ trực tuyến tăng 980 hồ sơ"
    if by.value == abs(gap):
        return _turned(text, start, at, (old, new), up=up)
    return _apart(text, start, at, old, new)


def _under_other_times(
    every: Sequence[Told], proven: Sequence[tuple[Told, Told]]
) -> Iterator[tuple[MarkedText, Checked]]:
    """The value of one time under the name of the other: "Với 655 doanh nghiệp … trong năm 2024", where those of 2023
    are 655.
    """
    for old, new in proven:
        if not old.is_telling or not new.is_telling or not old.unit:
            continue
        for stated, meant in ((old, new), (new, old)):
            for one in every:
                if one.amount != stated.amount or one.time is None or one.time != meant.time or one is stated:
                    continue
                if not same_unit(one.unit, stated.unit) or one.value.letter != stated.value.letter:
                    continue
                yield one.text, _of_other_time(one, meant, stated)


def _of_other_time(one: Told, meant: Told, stated: Told) -> Checked:
    start, figure = one.value.at, one.value.figure
    told = finding(
        one.text, start, start + 1, StatementKind.DIFFERENCE, "value_of_other_year", at=start, sure=Sure.LIKELY,
        stated=figure.digits, found=meant.value.figure.digits,
        facts={"year": str(meant.time), "other": str(stated.time)},
    )  # fmt: skip
    return Checked("differences", Fit.WRONG, start, start + 1, told)


def _turned(text: MarkedText, start: int, at: int, pair: tuple[Told, Told], *, up: bool) -> Checked:
    old, new = pair
    end = min(text.sentence(at)[1], at + _NEAR)
    told = change_turned(text, (start, end), at, printed(old.value.figure, new.value.figure), up=up)
    return Checked("differences", Fit.WRONG, start, at + 1, told)
