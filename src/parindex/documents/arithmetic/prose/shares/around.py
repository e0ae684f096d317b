"""What stands around a share, and whether anything of it makes the share right: a figure, two figures together, the
whole of another share.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from parindex.documents.arithmetic.prose.counted_things import alike, may_count_alike, thing
from parindex.documents.arithmetic.prose.fitting import Span, exactly
from parindex.documents.arithmetic.prose.marked_text import COUNT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.shares.misprints import Whole, is_right_of
from parindex.documents.arithmetic.prose.shares.told import ToldShare, fits, fits_span, told_shares

#: A per cent that leaves more of itself open than this says nothing of its whole.
NARROW = Fraction(2, 100)
_ALL = 100
#: Lines of a list with the same words behind their per cent stand within so many lines.
_LINES, _LONGEST_LINE = 12, 200
#: So many passages before one its whole may be told in.
_PASSAGES_BEFORE = 2
_MOST_FIGURES, _MOST_BEFORE = 60, 12
_NEAREST = 6
_FEWEST_WORDS = 2
_AGAINST = re.compile(
    r"so với|cùng kỳ|kế hoạch|dự toán|chỉ tiêu|nghị quyết|mục tiêu|nhu cầu|được giao|(?:tỉnh|trung ương) giao"
)
_TIME = re.compile(r"\s?(?:tháng|năm|ngày|quý|giờ|điểm)(?!\w)")


class Surroundings:
    """What stands around the shares of one text of a paper: the other shares of it and of the lines beside it, its
    counts, and those told a passage or two before.
    """

    def __init__(self, texts: Sequence[MarkedText], number: int) -> None:
        self.text = texts[number]
        first, last = _lines(texts, number)
        self.before = texts[max(0, first - _PASSAGES_BEFORE) : number]
        self.siblings = [*told_shares(self.text), *_of_lines(texts, number, first, last)]
        self.printed = _printed(self.text, _MOST_FIGURES)
        self.earlier = [(text, whole) for text in self.before for whole in _printed(text, _MOST_BEFORE)]

    def explains(self, share: ToldShare, whole: int | None = None) -> bool:
        """Whether any figure, any two neighbours together or the whole of another share makes a share right; ``whole``:
        where that stands which it is told of, so that what it leaves is none.
        """
        figures = [whole for whole in self.printed if whole.at != share.at] + [whole for _, whole in self.earlier]
        if any(is_right_of(share, whole) for whole in (*figures, *_sums(self.printed, share, whole))):
            return True
        if any(_is_of_other_unit(share, whole) for whole in figures):
            return True
        if any(_explain_each_other(share, one) for one in self.siblings if one is not share):
            return True
        return self._is_of_another(share)

    def is_of_two(self, share: ToldShare) -> bool:
        """Whether a share is one of two neighbouring counts together: "624 vụ mới và 89 vụ cũ; giải quyết 260 vụ"."""
        return any(is_right_of(share, whole) for whole in _sums(self.printed, share))

    def _is_of_another(self, share: ToldShare) -> bool:
        """Whether a per cent is that of another count of its sentence: "55/60 biên chế, còn 05 người, đạt 91,67%"."""
        first, _ = self.text.period(share.at)
        counts = [one for one in self.printed if first <= one.at < share.end and one.at != share.at]
        near = [one for one in self.printed if one.at < share.end][-_NEAREST:]
        return any(
            part.figure is not None and one.figure is not part.figure and part.value < one.value
            and is_right_of(share, one, part=part.figure)
            for part in counts[-_NEAREST:]
            for one in near
        )  # fmt: skip


def is_telling(share: ToldShare) -> bool:
    """Whether a count can be a part at all: no length of time, and not none or all."""
    behind = share.text.text[share.at + 1 : share.at + 8]
    return 0 < share.per_cent.value < _ALL and not _TIME.match(behind)


def is_against(share: ToldShare) -> bool:
    """Whether a per cent is told against a plan or another time, not as a share of the things counted."""
    if _AGAINST.search(share.behind):
        return True
    first, last = share.text.period(share.at)
    return "bằng" in share.lead and (bool(share.behind) or _AGAINST.search(share.text.text, first, last) is not None)


def is_of_plan(share: ToldShare) -> bool:
    """Whether a count is a share of what another count before it is told against: "8.006 căn, đạt 98,84% so với kế
    hoạch; trong đó hoàn thành 6.824 căn, chiếm 84,25%".
    """
    return any(
        fits_span(share.part, whole, share.per_cent, loose=share.loose)
        for one, whole in _told_against(share.text)
        if one.at < share.at and one.part.scale == share.part.scale
    )


def is_of_quotient(share: ToldShare) -> bool:
    """Whether a per cent is that of a quotient before it in its sentence: "5/6 nhiệm vụ, còn 1 nhiệm vụ chưa hoàn thành
    (83,3%)".
    """
    first, _ = share.text.period(share.per_cent_at)
    told = (figure for _, figure in share.text.figures(first, share.per_cent_at, QUOTIENT))
    return any(one.over is not None and fits(one, one.over, share.per_cent) for one in told)


@lru_cache(maxsize=4)
def _told_against(text: MarkedText) -> list[tuple[ToldShare, Span]]:
    """The shares that are told against something and narrow it down, with its span: asked for once a share."""
    told = ((one, one.whole) for one in told_shares(text) if one.width <= NARROW)
    return [(one, whole) for one, whole in told if whole is not None and is_against(one)]


def _printed(text: MarkedText, most: int) -> list[Whole]:
    """The counts of a text, those below a stroke too."""
    out: list[Whole] = []
    for at, figure in text.figures(0, len(text.text), COUNT + QUOTIENT)[-most:]:
        out.append(Whole(figure, at))
        if figure.over is not None:
            out.append(Whole(figure.over, at))
    return out


def _is_of_other_unit(share: ToldShare, whole: Whole) -> bool:
    """Whether a share is right but for its unit: "915,2 triệu" of "1.240,5 tỷ", which is another slip."""
    figure = whole.figure
    if figure is None or figure.scale == share.part.scale:
        return False
    return is_right_of(share, Whole(replace(figure, scale=share.part.scale)))


def _sums(printed: Sequence[Whole], share: ToldShare, whole: int | None = None) -> Iterator[Whole]:
    """Two neighbouring counts of the same thing together, and what is left of one without the other; but not of the
    ``whole`` without the share, nor of what is told as all ("tổng số") with it.
    """
    counts = [one for one in printed if one.figure is not None and one.figure.over is None and not one.figure.is_year]
    near = [*[one for one in counts if one.at < share.at][-_NEAREST:], Whole(share.part, share.at)]
    near += [one for one in counts if one.at > share.at][:2]
    for one, other in zip(near, near[1:], strict=False):
        if alike(share.text, one.at, other.at):
            is_pair = (one.at, other.at) == (whole, share.at)
            if not (is_pair and "tổng" in share.text.text[share.text.period(one.at)[0] : one.at]):
                yield Whole(span=exactly(one.value + other.value))
            if not is_pair:
                yield Whole(span=exactly(abs(one.value - other.value)))


def _explain_each_other(share: ToldShare, one: ToldShare) -> bool:
    """Whether two shares have one whole that is printed nowhere: that of which the one is told ("98,84% so với kế
    hoạch") is that of the other, or both are so exact that they hardly agree by accident.
    """
    if one.whole is None or one.width > NARROW or share.part.scale != one.part.scale:
        return False
    if is_against(one):
        return fits_span(share.part, one.whole, share.per_cent, loose=share.loose)
    if one.right_of:
        return False  # its whole is printed
    return share.width <= NARROW and of_one_kind(one, share) and meet(share, one) is not None


def meet(one: ToldShare, other: ToldShare) -> Span | None:
    """The wholes that two shares can both have; of counted things it must be a whole number."""
    if one.whole is None or other.whole is None:
        return None
    low, high = max(one.whole.low, other.whole.low), min(one.whole.high, other.whole.high)
    if low > high:
        return None
    if any(each.part.places[0] or each.part.scale > 1 for each in (one, other)):
        return Span(low, high)
    first, last = Fraction(math.ceil(low)), Fraction(math.floor(high))
    return Span(first, last) if first <= last else None


def of_one_kind(one: ToldShare, other: ToldShare) -> bool:
    """Whether two shares count the same thing in the same unit, and both or none are told against a plan."""
    if one.part.scale != other.part.scale or is_against(one) != is_against(other):
        return False
    return may_count_alike(thing(one.text, one.at), thing(other.text, other.at))


def _lines(texts: Sequence[MarkedText], number: int) -> tuple[int, int]:
    """The first and the last line of the list that a line stands in: short lines, each with shares."""
    first = last = number
    while first > max(0, number - _LINES) and _is_line(texts[first]) and _is_line(texts[first - 1]):
        first -= 1
    while last + 1 < min(len(texts), number + _LINES) and _is_line(texts[last]) and _is_line(texts[last + 1]):
        last += 1
    return first, last


def _is_line(text: MarkedText) -> bool:
    return len(text.text) <= _LONGEST_LINE and bool(told_shares(text))


def _of_lines(texts: Sequence[MarkedText], number: int, first: int, last: int) -> Iterator[ToldShare]:
    """The shares of the other lines of a list, and of those around it whose per cents have the same words behind them
    as one of it.
    """
    mine = {share.behind for share in told_shares(texts[number]) if len(share.behind.split()) >= _FEWEST_WORDS}
    for place in range(max(0, number - _LINES), min(len(texts), number + _LINES)) if mine or first < last else ():
        if place != number:
            beside = first <= place <= last
            yield from (share for share in told_shares(texts[place]) if beside or share.behind in mine)
