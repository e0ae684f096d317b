"""How much speaks for a whole that a share may be one of: its words (``trong số 139 xã``, ``tổng số``, what the words
behind the per cent name), the shares beside it that are all of one whole (``73 phiếu, chiếm 77,66%; 11 phiếu, chiếm
11,7%``: of 94), its place.

The measure is how easily a misprint that makes a share one of it may fit by accident: the figures that one misprint
could have been meant as, times what the per cent leaves open, must come to no more than that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.prose.counted_things import alike, count_alike, count_the_same, thing
from parindex.documents.arithmetic.prose.shares.around import NARROW, Surroundings, is_against, meet, of_one_kind
from parindex.documents.arithmetic.prose.shares.misprints import Whole, is_all_but_right_of
from parindex.documents.arithmetic.prose.shares.named_wholes import (
    is_all,
    is_all_of,
    is_allotted,
    is_headed,
    is_of_others,
    is_parted,
    names,
    names_in,
)
from parindex.documents.arithmetic.prose.shares.told import ToldShare
from parindex.documents.arithmetic.prose.values import is_change

#: Two per cents that leave no more of themselves open together hardly agree by accident; one that leaves more than the
#: other bound says nothing even of a printed whole.
_EXACT, _WIDE = Fraction(1, 100), Fraction(12, 100)
#: A whole that so many other shares have is theirs all.
_FEWEST_SIBLINGS, _MANY_SIBLINGS = 2, 3
#: How easily a misprint may fit by accident, by what speaks for the whole: its words, its siblings, its place.
SURE, SIBLINGS, HEADED, NEAR, FAR = (Fraction(each, 1000) for each in (300, 120, 40, 12, 3))
_ALL = 100
_NEAREST = 6
_LAST_YEAR = ("cùng kỳ", "năm trước", "năm ngoái", "vụ trước", "tháng trước", "quý trước")


@dataclass(frozen=True, slots=True)
class Base:
    """A whole that a share may be one of, and how much a misprint may be an accident that makes it so."""

    whole: Whole
    allowed: Fraction


def likely_wholes(around: Surroundings, share: ToldShare) -> Iterator[Base]:
    """The wholes that a share may be one of, with what speaks for each."""
    against = is_against(share)
    if any(words in share.behind for words in _LAST_YEAR):
        return
    yield from _of_siblings(around, share, against)
    yield from _before(around, share, against)
    yield from (Base(whole, SURE) for whole in around.printed if names(around.text, share, whole.at))
    for text, whole in around.earlier:
        if whole.value > share.part.value and names_in(text, share, whole.at):
            yield Base(whole, SURE)
        elif whole.value > share.part.value and is_all_of(share.behind, text, whole.at):
            yield Base(whole, HEADED)
    for text, whole in around.earlier[-_NEAREST:]:
        same = count_alike(thing(text, whole.at), thing(around.text, share.at))
        if whole.value > share.part.value and not is_change(text, whole.at):
            yield Base(whole, NEAR if same and not against else FAR)


def _before(around: Surroundings, share: ToldShare, against: bool) -> Iterator[Base]:
    """The counts before a share in its paragraph, the nearest first."""
    first, _ = around.text.period(share.at)
    before = [one for one in around.printed if one.at < share.at and not is_change(around.text, one.at)]
    larger = [one for one in before if one.value >= share.part.value]
    for place, whole in enumerate(reversed(larger)):
        allowed = _allowed(around, share, whole, first, against)
        if allowed == NEAR and _is_alone(around, share, larger):
            allowed = HEADED
        if allowed > NEAR or (allowed and place < _NEAREST):
            yield Base(whole, allowed)
    for whole in before if not larger else ():  # a part above its whole is misprinted itself
        if whole.value * _ALL > share.part.value and is_headed(around.text, whole.at):
            yield Base(whole, _allowed(around, share, whole, first, against))


def _is_alone(around: Surroundings, share: ToldShare, larger: Sequence[Whole]) -> bool:
    """Whether one count alone stands before a share that may be its whole, and counts the same."""
    return len(larger) == 1 and count_the_same(thing(around.text, larger[0].at), thing(around.text, share.at))


def _allowed(around: Surroundings, share: ToldShare, whole: Whole, first: int, against: bool) -> Fraction:
    """How easily a misprint may fit with a figure that stands before a share."""
    text = around.text
    if not alike(text, whole.at, share.at):
        return FAR if whole.figure is not None and whole.figure.over is not None else Fraction(0)
    if is_allotted(text, whole.at, share.at):
        return SURE if whole.at >= first else SIBLINGS
    if against or is_of_others(share.behind, text, whole.at):
        return FAR
    if whole.at >= first and is_all(text, whole.at):
        return SURE
    parted = whole.at >= first and is_parted(text, whole.at, share.at)
    parted = parted or is_all_of(share.behind, text, whole.at)
    return HEADED if parted or is_headed(text, whole.at) else NEAR


def _of_siblings(around: Surroundings, share: ToldShare, against: bool) -> Iterator[Base]:
    """The wholes that two other shares or more have, printed or not."""
    others = [
        one for one in around.siblings
        if one is not share and not one.loose and 0 < one.printed[1] < _ALL and one.width <= _WIDE
        and of_one_kind(one, share)
    ]  # fmt: skip
    tried: list[Whole] = [whole for whole in around.printed if whole.at != share.at]
    tried += [whole for _, whole in around.earlier]
    for whole in (*tried, *_common([one for one in others if not one.right_of])):
        theirs = {
            one.printed: one.width
            for one in others
            if (one.text is not around.text or one.at != whole.at) and is_all_but_right_of(one, whole)
        }
        theirs.pop(share.printed, None)
        if min(theirs.values(), default=_ALL) > NARROW:
            continue
        if len(theirs) == 1 and whole.figure is not None and not against:
            yield Base(whole, HEADED)
        if len(theirs) >= _FEWEST_SIBLINGS and not (against and len(theirs) < _MANY_SIBLINGS):
            yield Base(whole, SURE if len(theirs) >= _MANY_SIBLINGS else SIBLINGS)
    for one in () if against else around.siblings:
        planned = one.whole is not None and one.width <= NARROW and is_against(one)
        before = one.text is around.text and one.at < share.at and one.part.scale == share.part.scale
        if planned and before and alike(around.text, one.at, share.at):
            yield Base(Whole(span=one.whole), NEAR)


def _common(others: Sequence[ToldShare]) -> Iterator[Whole]:
    """The wholes that are printed nowhere and that two shares have, so exact that they hardly agree by accident."""
    seen: set[tuple[Fraction, Fraction]] = set()
    for number, one in enumerate(others):
        for other in others[number + 1 :]:
            same = one.printed == other.printed
            span = None if same or one.width + other.width > _EXACT else meet(one, other)
            if span is not None and (span.low, span.high) not in seen:
                seen.add((span.low, span.high))
                yield Whole(span=span)
