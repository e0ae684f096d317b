"""Shares of a list behind its whole: ``Trong 400 phiếu: rất hài lòng 200 phiếu (50%), hài lòng 120 phiếu (30%), bình
thường 80 phiếu (20%)``.

That all other shares of the list are of the whole before it leaves the odd one no other, where its parts make up the
whole; or where the words say that they come out of it, and nothing else around explains the odd one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from parindex.documents.arithmetic.prose.counted_things import count_the_same, may_count_alike
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.shares.around import Surroundings, is_against
from parindex.documents.arithmetic.prose.shares.named_wholes import is_all
from parindex.documents.arithmetic.prose.shares.told import ToldShare, told_shares
from parindex.documents.arithmetic.prose.values import is_change, unit_behind

#: A share, and two beside it that are right.
_FEWEST = 3
_REACH = 400
_COLON = re.compile(rf"[^.;:,(){MARKS}]{{0,60}}:\s")
_ALL = 100
#: Per cents that are evened out to be 100 together are less than so many units of their last place off.
_EVENED = 2


def whole_of_list(around: Surroundings, share: ToldShare) -> int | None:
    """Where the whole stands of which a share and those listed with it are parts."""
    text = around.text
    if share.loose or share.is_rounded or is_against(share):
        return None
    first = max(text.period(share.at)[0], share.start - _REACH)
    unit, lists = unit_behind(text, share.at), _lists(text)
    for place, base in text.figures(first, share.start, COUNT)[::-1]:
        left = base.value - lists.parts_behind(place)
        if left < 0:
            continue
        listed = lists.behind(place)
        if share not in listed or len(listed) < _FEWEST or is_change(text, place):
            continue
        others = [one for one in listed if one is not share]
        if not all(place in one.right_of and may_count_alike(unit_behind(text, one.at), unit) for one in others):
            continue
        if not left and may_count_alike(unit_behind(text, place), unit):
            return place
        if left > 0 and _come_out_of(text, place, listed) and not around.explains(share):
            return place
    return None


class _Lists:
    """The shares behind each count of a text, up to another figure that is none of them, or the end of its sentence.

    A list is its first share and the list behind that one, so what all of them make is known from the last one on.
    """

    def __init__(self, text: MarkedText) -> None:
        self._text, self._told = text, told_shares(text)
        self._starts = [one.start for one in self._told]
        self._figures = [at for at, _ in text.figures(0, len(text.text), COUNT + QUOTIENT)]
        size = len(self._told)
        self._next = [self._first(one.end, one.start) for one in self._told]
        self._parts, self._per_cents = [Fraction(0)] * (size + 1), [Fraction(0)] * (size + 1)
        for index in reversed(range(size)):
            one, behind = self._told[index], self._next[index]
            self._parts[index] = one.part.value + self._parts[behind]
            self._per_cents[index] = one.per_cent.value + self._per_cents[behind]
        self._behind: dict[int, list[ToldShare]] = {}

    def _first(self, at: int, within: int) -> int:
        """Which share comes first from ``at`` on in the sentence that holds ``within``; behind the last for none."""
        index, none = bisect_left(self._starts, at), len(self._starts)
        if index == none or self._starts[index] >= self._text.period(within)[1]:
            return none
        figure = bisect_left(self._figures, at)
        is_parted = figure < len(self._figures) and self._figures[figure] < self._starts[index]
        return none if is_parted else index

    def parts_behind(self, place: int) -> Fraction:
        """What the counts listed behind a count make."""
        return self._parts[self._first(place + 1, place)]

    def per_cents_behind(self, place: int) -> Fraction:
        """What the per cents listed behind a count make."""
        return self._per_cents[self._first(place + 1, place)]

    def behind(self, place: int) -> list[ToldShare]:
        """The shares listed behind a count."""
        first = index = self._first(place + 1, place)
        if first not in self._behind:
            listed = self._behind[first] = []
            while index < len(self._told):
                listed.append(self._told[index])
                index = self._next[index]
        return self._behind[first]


@lru_cache(maxsize=64)
def _lists(text: MarkedText) -> _Lists:
    return _Lists(text)


def _come_out_of(text: MarkedText, place: int, listed: Sequence[ToldShare]) -> bool:
    """Whether the words say that the parts come out of a whole ("trong 400 phiếu: …"), all told in the same way."""
    unit = unit_behind(text, place)
    return (
        is_all(text, place)
        and _COLON.match(text.text, place + 1) is not None
        and len({one.lead for one in listed}) == 1
        and all(count_the_same(unit_behind(text, one.at), unit) for one in listed)
    )


def is_evened_out(share: ToldShare) -> bool:
    """Whether a per cent was rounded so that those of all parts of a whole make 100: "33,33%, 33,33%, 33,34%"."""
    text, first = share.text, max(share.text.period(share.at)[0], share.start - _REACH)
    lists = _lists(text)
    for place, base in text.figures(first, share.start, COUNT)[::-1]:
        if lists.per_cents_behind(place) != _ALL or not base.value or base.value != lists.parts_behind(place):
            continue
        listed = lists.behind(place)
        if share not in listed:
            continue
        off = (abs(_ALL * one.part.value / base.value - one.per_cent.value) / one.per_cent.step() for one in listed)
        if max(off) < _EVENED:
            return True
    return False
