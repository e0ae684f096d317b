"""Shares of a list behind its whole: ``Trong 400 phiếu: rất hài lòng 200 phiếu (50%), hài lòng 120 phiếu (30%), bình
thường 80 phiếu (20%)``.

That all other shares of the list are of the whole before it leaves the odd one no other, where its parts make up the
whole; or where the words say that they come out of it, and nothing else around explains the odd one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from parindex.documents.arithmetic.prose.counted_things import count_the_same, may_count_alike
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.shares.around import Surroundings, is_against
from parindex.documents.arithmetic.prose.shares.named_wholes import is_all
from parindex.documents.arithmetic.prose.shares.told import ToldShare
from parindex.documents.arithmetic.prose.values import is_change, unit_behind

#: A share, and two beside it that are right.
_FEWEST = 3
_REACH = 400
_COLON = re.compile(rf"[^.;:,(){MARKS}]{{0,60}}:\s")
_ALL = 100
#: Per cents that are evened out to be 100 together are less than so many units of their last place off.
_EVENED = 2


def whole_of_list(around: Surroundings, share: ToldShare, told: Sequence[ToldShare]) -> int | None:
    """Where the whole stands of which a share and those listed with it (of the ``told`` ones) are parts."""
    text = around.text
    if share.loose or share.is_rounded or is_against(share):
        return None
    first = max(text.period(share.at)[0], share.start - _REACH)
    unit = unit_behind(text, share.at)
    for place, base in text.figures(first, share.start, COUNT)[::-1]:
        listed = _listed_behind(text, place, told)
        if share not in listed or len(listed) < _FEWEST or is_change(text, place):
            continue
        others = [one for one in listed if one is not share]
        if not all(place in one.right_of and may_count_alike(unit_behind(text, one.at), unit) for one in others):
            continue
        left = _left_of(base.value, listed)
        if not left and may_count_alike(unit_behind(text, place), unit):
            return place
        if left > 0 and _come_out_of(text, place, listed) and not around.explains(share):
            return place
    return None


def _listed_behind(text: MarkedText, place: int, told: Sequence[ToldShare]) -> list[ToldShare]:
    """The shares behind a count, up to another figure that is none of them, or the end of its sentence."""
    out: list[ToldShare] = []
    at, end = place + 1, text.period(place)[1]
    for one in told:
        if one.start < at:
            continue
        if one.start >= end or text.figures(at, one.start, COUNT + QUOTIENT):
            break
        out.append(one)
        at = one.end
    return out


def _come_out_of(text: MarkedText, place: int, listed: Sequence[ToldShare]) -> bool:
    """Whether the words say that the parts come out of a whole ("trong 400 phiếu: …"), all told in the same way."""
    unit = unit_behind(text, place)
    return (
        is_all(text, place)
        and _COLON.match(text.text, place + 1) is not None
        and len({one.lead for one in listed}) == 1
        and all(count_the_same(unit_behind(text, one.at), unit) for one in listed)
    )


def _left_of(whole: Fraction, listed: Sequence[ToldShare]) -> Fraction:
    """What the parts leave of a whole; negative where they are more than it."""
    return whole - sum((one.part.value for one in listed), Fraction(0))


def is_evened_out(share: ToldShare, told: Sequence[ToldShare]) -> bool:
    """Whether a per cent was rounded so that those of all parts of a whole make 100: "33,33%, 33,33%, 33,34%"."""
    text, first = share.text, max(share.text.period(share.at)[0], share.start - _REACH)
    for place, base in text.figures(first, share.start, COUNT)[::-1]:
        listed = _listed_behind(text, place, told)
        if not base.value or share not in listed or _left_of(base.value, listed):
            continue
        in_all = sum((one.per_cent.value for one in listed), Fraction(0))
        off = (abs(_ALL * one.part.value / base.value - one.per_cent.value) / one.per_cent.step() for one in listed)
        if in_all == _ALL and max(off) < _EVENED:
            return True
    return False
