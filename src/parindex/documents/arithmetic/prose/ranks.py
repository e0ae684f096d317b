"""Ranks and how they moved: ``xếp thứ 51/63, tăng 05 bậc so với năm 2019 (56/63)``, ``từ vị trí thứ 56 lên thứ 51``.

A smaller number is a better rank: whoever rises by five places goes from 56 to 51.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, NAME, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding

_ANY = f"[{COUNT}{QUOTIENT}{NAME}]"
_PLACES = r"(?:bậc|hạng|thứ hạng|thứ bậc|vị trí|vị thứ)"
#: "tăng 05 bậc", "tụt 3 hạng", "cải thiện 2 bậc".
MOVED = re.compile(
    rf"(?<!\w)(?P<not>không )?(?P<dir>tăng|lên|vượt|cải thiện|nâng|thăng|vươn|tiến|nhảy|giảm|tụt|xuống|sụt|rớt|lùi)"
    rf"(?: lên| xuống| thêm| được)?\s(?:khoảng |tới |đến )?(?P<c>[{COUNT}{NAME}])\s?{_PLACES}"
)
FALLS = frozenset({"giảm", "tụt", "xuống", "sụt", "rớt", "lùi"})
RANK = re.compile(
    rf"(?<!\w)(?:(?:xếp|đứng|ở|đạt|từ|lên|xuống|giữ|còn|thứ hạng|hạng|vị trí|vị thứ)\s"
    rf"(?:ở |là |hạng |thứ hạng |vị trí |vị thứ |số ){{0,4}}(?:thứ\s)?|thứ\s)(?P<rank>{_ANY})"
)
#: The rank of the other year in brackets or behind "so với năm …": "(56/63)", "(xếp thứ 56)", "(56)".
_OTHER = re.compile(
    rf"so với(?:(?! và )[^.;,(){COUNT}{QUOTIENT}{NAME}]){{0,60}}?"
    rf"(?:\((?:[^()]{{0,40}}\s)?|thứ |hạng |vị trí |là |đạt )(?P<rank>{_ANY})(?!\s?{_PLACES})"
)
#: "lên 5 bậc (năm 2022 đứng thứ 35)": the rank of the other year right behind the move.
_BEHIND = re.compile(
    rf"[^.;,()]{{0,20}}\((?:năm {YEAR}|năm trước|cùng kỳ)[^()]{{0,20}}?(?:thứ|hạng|vị trí)\s(?P<rank>{_ANY})\)"
)
_FROM_TO = re.compile(
    rf"từ (?:chỗ |chỉ |đứng |xếp |ở ){{0,3}}(?:thứ hạng |hạng |vị trí |vị thứ )?(?:thứ )?(?P<old>{_ANY})"
    rf"[^.;:{COUNT}{QUOTIENT}{NAME}]{{0,60}}?"
    rf"(?<!\w)(?:lên|xuống|còn|đến)(?P<g>[^.;:{COUNT}{QUOTIENT}{NAME}]{{0,40}}?)(?P<new>{_ANY})"
)
#: "xếp thứ 18 trong tổng số 15 đơn vị".
_AMONG = re.compile(
    rf"(?<!\w)(?:xếp|đứng|hạng|vị trí)\s(?:ở |hạng |vị trí )?(?:thứ\s)?(?P<rank>[{NAME}{COUNT}])"
    rf"\s?(?:trong|trên)\s(?:tổng số |số |toàn bộ )?(?P<last>[{COUNT}{NAME}])\s"
    r"(?:đơn vị|tỉnh|huyện|sở|xã|phường|cơ quan|địa phương|bộ|thành phố)(?!\w)"
)
#: "đều tăng hạng so với năm trước"; so many of them are listed behind.
_ALL = re.compile(r"(?<!\w)(?:đều|cùng)\s(?P<all>tăng|giảm)\s(?:hạng|bậc|thứ hạng|thứ bậc)(?!\w)")
_FEWEST_MOVES = 3
_OF_YEAR = re.compile(rf"{YEAR}\s?(?::|là|-|–)?\s?{QUOTIENT}")
#: Behind "so với năm Y" something else is told: "đều tăng hạng so với năm Y: PAR INDEX xếp thứ 9".
_LEADS_ON = re.compile(r"[,)]|\svà\s|:\s*[^\W\d]")
#: What "đạt" leads to besides a rank.
_IS_NO_RANK = re.compile(r"\s?(?:điểm|tiêu chí|lĩnh vực|chỉ số|nội dung|bậc)(?!\w)")
#: "xếp hạng 42/41": a rank and no result.
_IS_RANKED = re.compile(r"(?<!\w)(?:thứ|hạng|vị trí)(?!\w)")
#: "thăng hạng 12/10 viên chức": grades of officials.
_GRADES = re.compile(r"(?:nâng|thăng|chuyển|bổ nhiệm|giữ|chức danh)\s$")
_BEFORE_GRADE = 12
#: Between a rank and a move, that no other list is named.
_GOES_ON = re.compile(r"[\s,;()]*(?:(?:tỉnh|thành phố|thành|huyện|như vậy|qua đó|tức là|tức|đã|và)[\s,;]*){0,4}")
#: "mùa trước đứng hạng 8, mùa này lên hạng 1": a rank before and one after, no years told.
_TIME = r"(?:năm|kỳ|mùa|khóa|quý|tháng|lần|đợt|vòng|hội thi)(?: [^\W\d_]{1,8}){0,2}?"
BEFORE = re.compile(rf"(?<!\w){_TIME} (?:trước|ngoái)(?!\w)|(?<!\w)cùng kỳ(?!\w)|(?<!\w)trước đây(?!\w)")
_AFTER = re.compile(rf"(?<!\w){_TIME} (?:này|nay)(?!\w)|(?<!\w)hiện(?: nay)?(?!\w)|(?<!\w)đến nay(?!\w)")
#: "xếp thứ 21/63, so với thứ 33/63 của năm 2022 đã cải thiện 12 bậc": the second rank is what the first is held
#: against, whether its year is told or not; nothing else stands between it and the move.
_HELD_AGAINST = re.compile(r"so với(?: (?:mức|vị trí|thứ hạng|hạng|xếp hạng|kết quả|xếp|đứng)){0,2}\s$")
_TO_HELD = re.compile(rf"[^.;:(){COUNT}{QUOTIENT}{NAME}]{{0,60}}")
_BEFORE_HELD = 40
_AGAINST_YEAR = re.compile(rf"\s\(?so với năm (?P<year>{YEAR})")
_AGAINST_ELSE = re.compile(r"\s\(?so với(?!\w)")
_FROM_HELD = re.compile(
    r"(?:\s(?:của |vào |trong |ở )?"
    rf"(?:{_TIME} (?:trước|ngoái|{YEAR})|năm {YEAR}|cùng kỳ(?: năm)?(?: trước| {YEAR})?))?"
    r"[\s,]*(?:(?:tỉnh|thành phố|thành|huyện|thị xã|xã|phường|sở|bộ|đơn vị|địa phương|thì|đã|cũng)[\s,]*){0,4}"
)
_NEAR = 160
_FAR = 3000
#: The list of another year may be half as long.
_HALF = 2
_LAST_RANK = 5000


@dataclass(frozen=True, slots=True)
class _Ranks:
    old: TextFigure
    new: TextFigure
    start: int
    end: int
    sure: Sure = Sure.CERTAIN


def ranks(text: MarkedText) -> Iterator[Checked]:
    """Every move in rank whose two ranks the text prints, and every rank beyond the last."""
    yield from _beyond_last(text)
    yield from _against_all(text)
    for found in MOVED.finditer(text.text):
        if found["not"]:
            continue
        pair = pair_of(text, found)
        if pair is None:
            continue
        by = text.figure(found.start("c"))
        old, new = pair.old.readings[0], pair.new.readings[0]
        start, end = min(pair.start, found.start()), max(pair.end, found.end())
        if old - new == (-by.readings[0] if found["dir"] in FALLS else by.readings[0]):
            yield Checked("differences", Fit.RIGHT, start, end)
            continue
        turned = abs(old - new) == by.readings[0]
        facts = {"old": pair.old.digits, "new": pair.new.digits}
        told = finding(
            text, start, end, StatementKind.RANK_CHANGE, "rank_turned" if turned else "rank_apart",
            at=found.start("c"), stated=by.digits if not turned else found["dir"],
            found=in_form_of(by, abs(old - new)) if not turned else ("giảm" if old < new else "tăng"),
            sure=Sure.LIKELY if turned else pair.sure, facts=facts,
        )  # fmt: skip
        yield Checked("differences", Fit.WRONG, start, end, told)


def pair_of(text: MarkedText, moved: re.Match[str]) -> _Ranks | None:
    """The two ranks between which a unit moved, where both are printed: in lists that may be the same."""
    pair = _pair(text, moved)
    bases = [one.over.readings[0] for one in (pair.old, pair.new) if one.over is not None] if pair is not None else []
    return None if len(bases) > 1 and _HALF * min(bases) < max(bases) else pair


def _pair(text: MarkedText, moved: re.Match[str]) -> _Ranks | None:
    """The two ranks that stand before and behind a move, or that are told of its two years."""
    first, last = text.sentence(moved.start())
    for found in _FROM_TO.finditer(text.text, first, last):
        old, new = text.figure(found.start("old")), text.figure(found.start("new"))
        near = abs(found.end() - moved.start()) < _NEAR or abs(moved.end() - found.start()) < _NEAR
        if RANK.search(text.text, found.end(), moved.start()):
            continue  # "từ hạng 8 xuống hạng 11 rồi lên hạng 5, tăng 6 bậc so với năm 2023"
        if near and found.start("old") != moved.start("c") and is_rank(old) and is_rank(new):
            if found.start("new") == moved.start("c"):
                continue
            return _Ranks(old, new, found.start(), found.end())
    other = _BEHIND.match(text.text, moved.end(), last) or _OTHER.search(
        text.text, moved.end(), min(last, moved.end() + _NEAR)
    )
    begin = max(text.period(moved.start())[0], moved.start() - _NEAR)
    before = list(RANK.finditer(text.text, begin, moved.start()))
    behind = RANK.search(text.text, moved.end(), min(last, moved.end() + _NEAR))
    if behind is not None and "(" in text.text[moved.end() : behind.start()]:
        behind = None  # the rank of the other year
    if not before and behind is None:
        return _by_year(text, moved, None)
    if (held := _held_against(text, moved, before)) is not None:
        return held
    new_at = before[-1].start("rank") if before or behind is None else behind.start("rank")
    new = text.figure(new_at)
    if other is not None and other.start("rank") == new_at:
        return None
    if other is not None and is_rank(text.figure(other.start("rank"))) and is_rank(new):
        return _Ranks(text.figure(other.start("rank")), new, new_at, other.end())
    told = _by_year(text, moved, new_at)
    if told is not None:
        return told
    return _told_twice(text, moved, before) if len(before) == 2 else None


def _held_against(text: MarkedText, moved: re.Match[str], before: Sequence[re.Match[str]]) -> _Ranks | None:
    """The two last ranks before a move, where "so với" leads from the first to the second and nothing else does."""
    if len(before) < 2 or _AGAINST_ELSE.match(text.text, moved.end()):
        return None
    (new, new_at), (old, old_at) = ((text.figure(one.start("rank")), one.start("rank")) for one in before[-2:])
    led = _HELD_AGAINST.search(text.text, max(new_at + 1, before[-1].start() - _BEFORE_HELD), before[-1].start())
    plain = _FROM_HELD.fullmatch(text.text, old_at + 1, moved.start()) is not None
    if led is None or not plain or not is_rank(old) or not is_rank(new):
        return None
    year, other = year_of(text, new_at), year_of(text, old_at)
    alone = _TO_HELD.fullmatch(text.text, new_at + 1, led.start()) is not None and (year is None or year != other)
    return _Ranks(old, new, new_at, old_at + 1, Sure.LIKELY) if alone else None


def _told_twice(text: MarkedText, moved: re.Match[str], before: Sequence[re.Match[str]]) -> _Ranks | None:
    """The two ranks of a sentence that stand before a move, in the order of their years."""
    one, other = (text.figure(found.start("rank")) for found in before)
    if not is_rank(one) or not is_rank(other):
        return None
    span = before[0].start(), moved.end()
    first, second = (year_of(text, found.start("rank")) for found in before)
    against = _AGAINST_YEAR.match(text.text, moved.end())
    if against is not None and text.figure(against.start("year")).readings[0] not in (first, second):
        return None
    between = text.text[before[0].start("rank") : before[1].start()]
    near = _GOES_ON.fullmatch(text.text, before[1].end("rank"), moved.start()) is not None
    if (
        first is None
        and second is not None
        and ("(" in between or (near and _is_apart_either_way(text, moved, one, other)))
    ):
        return _Ranks(other, one, *span, Sure.LIKELY)
    if near and first is None and second is None:
        return _Ranks(one, other, *span, Sure.LIKELY) if _are_before_and_after(text, before) else None
    if first is None or second is None or first == second:
        return None
    return _Ranks(*((one, other) if first < second else (other, one)), *span, Sure.LIKELY)


def _are_before_and_after(text: MarkedText, told: Sequence[re.Match[str]]) -> bool:
    """Whether the first of two ranks is told of the time before, the second of this one, each by words of its own."""
    start = max(text.period(told[0].start())[0], told[0].start() - _NEAR // 2)
    before, between = text.text[start : told[0].start()], text.text[told[0].end("rank") : told[1].start()]
    told_before = BEFORE.search(before) is not None or BEFORE.match(between.lstrip()) is not None
    return told_before and _AFTER.search(between) is not None and BEFORE.search(between[1:]) is None


def _is_apart_either_way(text: MarkedText, moved: re.Match[str], one: TextFigure, other: TextFigure) -> bool:
    """Whether a move does not lead from one rank to the other, whichever of the two is the later."""
    by = text.figure(moved.start("c")).readings[0]
    return abs(one.readings[0] - other.readings[0]) != by


def year_of(text: MarkedText, at: int) -> int | None:
    """The year that the rank at ``at`` is told for; None: not said."""
    near = re.search(rf"{YEAR}[^.;{YEAR}{QUOTIENT}]{{0,60}}$", text.text[max(0, at - 80) : at])
    behind = re.match(rf"[^.;,({MARKS}]{{0,30}}năm {YEAR}", text.text[at + 1 : at + 50])
    if near is not None:
        start = max(0, at - 80) + near.start()
        if _LEADS_ON.search(near[0]) and re.search(r"so với (?:\w+ ){0,3}$", text.text[max(0, start - 24) : start]):
            return None
        return int(text.figure(start).readings[0])
    return int(text.figure(at + behind.end()).readings[0]) if behind else None


def _by_year(text: MarkedText, moved: re.Match[str], new_at: int | None) -> _Ranks | None:
    """The ranks of two years, one of them that which the move is told against ("so với năm Y"), or the year before."""
    told = {at: year for at in _rank_places(text, moved.start()) if (year := year_of(text, at)) is not None}
    first, last = text.sentence(moved.start())
    if new_at is None:
        near = [at for at in told if first <= at < moved.start()]
        if not near:
            return None
        new_at = near[-1]
    against = re.search(rf"so với[^.;]{{0,40}}?(?P<year>{YEAR})", text.text[moved.end() : last])
    year = told.get(new_at)
    if against is not None:
        other = int(text.figure(moved.end() + against.start("year")).readings[0])
    elif year is not None:
        other = year - 1
    else:
        return None
    old = [at for at, each in told.items() if each == other and at != new_at]
    if len(old) != 1 or year == other or not is_rank(text.figure(new_at)) or not is_rank(text.figure(old[0])):
        return None
    figures = text.figure(old[0]), text.figure(new_at)
    return _Ranks(*figures, min(old[0], new_at), max(old[0], new_at) + 1, Sure.LIKELY)


def _rank_places(text: MarkedText, near: int) -> list[int]:
    """Where ranks stand near a letter: behind their word, or behind a year where the passage ranks."""
    start, end = max(0, near - _FAR), near + _FAR
    named = {found.start("rank") for found in RANK.finditer(text.text, start, end)}
    if re.search(r"xếp hạng|thứ hạng|xếp thứ", text.text[start:end]):
        named |= {found.end() - 1 for found in _OF_YEAR.finditer(text.text, start, end)}
    return sorted(at for at in named if is_rank(text.figure(at)) and not _IS_NO_RANK.match(text.text, at + 1))


def is_rank(figure: TextFigure) -> bool:
    """Whether a figure can be a rank, or a number of places."""
    return not figure.places[0] and 0 < figure.readings[0] <= _LAST_RANK and not figure.percent


def _beyond_last(text: MarkedText) -> Iterator[Checked]:
    """ "xếp thứ 65/63", "xếp thứ 18 trong tổng số 15 đơn vị": behind the last."""
    for found in _AMONG.finditer(text.text):
        rank, last = text.figure(found.start("rank")), text.figure(found.start("last"))
        if is_rank(rank) and is_rank(last) and last.scale == 1:
            beyond = rank.readings[0] > last.readings[0]
            span = found.start(), found.end()
            told = _told_beyond(text, span, found.start("rank"), rank, last) if beyond else None
            yield Checked("differences", Fit.WRONG if told else Fit.RIGHT, *span, told)
    for found in RANK.finditer(text.text):
        if text.text[found.start("rank")] != QUOTIENT or not _IS_RANKED.search(found[0]):
            continue
        figure = text.figure(found.start("rank"))
        if figure.over is None or not is_rank(figure) or not is_rank(figure.over) or figure.over.is_year:
            continue
        if _IS_NO_RANK.match(text.text, found.end()) or _is_grade(text, found.start()):
            continue
        told = None
        if figure.readings[0] > figure.over.readings[0]:
            told = _told_beyond(text, (found.start(), found.end()), found.start(), figure, figure.over)
        yield Checked("differences", Fit.WRONG if told else Fit.RIGHT, found.start(), found.end(), told)


def _is_grade(text: MarkedText, at: int) -> bool:
    return _GRADES.search(text.text, max(0, at - _BEFORE_GRADE), at) is not None


def _against_all(text: MarkedText) -> Iterator[Checked]:
    """ "đều tăng hạng: A tăng 4 bậc, B tăng 3 bậc, C giảm 2 bậc": one goes the other way."""
    for stated in _ALL.finditer(text.text):
        _, last = text.period(stated.start())
        moves = [found for found in MOVED.finditer(text.text, stated.end(), last) if not found["not"]]
        against = [found for found in moves if (found["dir"] in FALLS) is (stated["all"] == "tăng")]
        if len(moves) < _FEWEST_MOVES:
            continue
        told = None
        if len(against) == 1:
            at = against[0].start("c")
            by = text.figure(at).digits
            told = finding(
                text, stated.start(), against[0].end(), StatementKind.RANK_CHANGE, "rank_against_all", at=at,
                stated=f"{against[0]['dir']} {by}", found=f"{stated['all']} {by}", sure=Sure.LIKELY,
                facts={"all": stated["all"]},
            )  # fmt: skip
        yield Checked("differences", Fit.WRONG if told else Fit.RIGHT, stated.start(), stated.end(), told)


def _told_beyond(
    text: MarkedText, span: tuple[int, int], at: int, rank: TextFigure, last: TextFigure
) -> StatementFinding:
    return finding(
        text, *span, StatementKind.RANK_CHANGE, "rank_beyond", at=at, stated=rank.digits, found="",
        facts={"last": last.digits},
    )  # fmt: skip
