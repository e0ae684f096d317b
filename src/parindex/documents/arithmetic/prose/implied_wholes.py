"""Shares whose whole is known from other places: the shares beside them are all of one whole (``73 phiếu, chiếm 77,66%;
11 phiếu, chiếm 11,7%``: of 94), ``trong số 139 xã`` heads their sentence, the words behind the per cent name it, or it
was told a sentence before.

That a count is no share of any figure around it proves nothing: papers leave wholes out. What is told here is a share
that one misprint makes one of the whole that its neighbours have, so exactly that it is hardly an accident.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import in_distinct_form, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.counted_things import alike, count_alike, thing
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import MarkedText
from parindex.documents.arithmetic.prose.misprinted_wholes import misprinted_wholes
from parindex.documents.arithmetic.prose.named_wholes import (
    is_all,
    is_all_of,
    is_allotted,
    is_headed,
    is_of_others,
    is_parted,
    names,
    names_in,
)
from parindex.documents.arithmetic.prose.share_misprints import Misprint, Whole, is_right_of, misprint
from parindex.documents.arithmetic.prose.share_surroundings import (
    NARROW,
    Surroundings,
    is_against,
    is_telling,
    meet,
    of_one_kind,
)
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.told_shares import ToldShare, told_shares
from parindex.documents.arithmetic.prose.values import is_change

#: Two per cents that leave no more of themselves open together hardly agree by accident; one that leaves more than the
#: other bound says nothing even of a printed whole.
_EXACT, _WIDE = Fraction(1, 100), Fraction(12, 100)
#: A whole that so many other shares have is theirs all.
_FEWEST_SIBLINGS, _MANY_SIBLINGS = 2, 3
#: How easily a misprint may fit by accident, by what speaks for the whole: its words, its siblings, its place.
_SURE, _SIBLINGS, _HEADED, _NEAR, _FAR = (Fraction(each, 1000) for each in (300, 120, 40, 12, 3))
_ALL = 100
#: What rounding an amount to billions may take from a share of it.
_ROUNDED_AWAY = Fraction(1, 200)
_MOST_SHARES = 40
_NEAREST = 6
_LAST_YEAR = ("cùng kỳ", "năm trước", "năm ngoái", "vụ trước", "tháng trước", "quý trước")


@dataclass(frozen=True, slots=True)
class _Base:
    """A whole that a share may be one of, and how much a misprint may be an accident that makes it so."""

    whole: Whole
    allowed: Fraction


def implied_wholes(texts: Sequence[MarkedText], number: int, shares: Sequence[ToldShare]) -> Iterator[Checked]:
    """Of the ``shares`` of a text (the ``number``-th of a paper) that no figure beside them explains, those that one
    misprint keeps from being shares of a whole that others show; and wholes that are misprinted themselves.
    """
    if not shares or len(told_shares(texts[number])) > _MOST_SHARES:
        return
    around = Surroundings(texts, number)
    for share in shares:
        if not is_telling(share) or around.explains(share):
            continue
        found = _likeliest(around, share)
        if found is not None:
            yield _told(share, *found)
    yield from misprinted_wholes(texts[number], [one for one in shares if is_telling(one)], around.printed)


def _likeliest(around: Surroundings, share: ToldShare) -> tuple[_Base, Misprint] | None:
    """The whole that one misprint makes a share one of, with the misprint, where it is hardly an accident."""
    best: tuple[_Base, Misprint] | None = None
    for base in _bases(around, share):
        if is_right_of(share, base.whole):
            return None
        if _is_nearly(share, base.whole):
            return None
        if share.loose and base.allowed < _HEADED:
            continue
        meant = misprint(share, base.whole)
        if meant is None or meant.chance > base.allowed:
            continue
        if best is None or meant.chance / base.allowed < best[1].chance / best[0].allowed:
            best = base, meant
    return best


def _is_nearly(share: ToldShare, whole: Whole) -> bool:
    """Whether an amount in millions or more is so nearly the share that it was computed from the exact one."""
    if share.part.scale == 1 or not whole.value:
        return False
    return abs(_ALL * share.part.value / whole.value - share.per_cent.value) <= share.per_cent.value * _ROUNDED_AWAY


def _bases(around: Surroundings, share: ToldShare) -> Iterator[_Base]:
    against = is_against(share)
    if any(words in share.behind for words in _LAST_YEAR):
        return
    yield from _of_siblings(around, share, against)
    first, _ = around.text.period(share.at)
    larger = [one for one in around.printed if one.at < share.at and one.value >= share.part.value]
    for place, whole in enumerate(reversed(larger)):
        allowed = Fraction(0) if is_change(around.text, whole.at) else _allowed(around, share, whole, first, against)
        if allowed > _NEAR or (allowed and place < _NEAREST):
            yield _Base(whole, allowed)
    for whole in around.printed:
        if names(around.text, share, whole.at):
            yield _Base(whole, _SURE)
    for text, whole in around.earlier:
        if whole.value > share.part.value and names_in(text, share, whole.at):
            yield _Base(whole, _SURE)
    for text, whole in around.earlier[-_NEAREST:]:
        same = count_alike(thing(text, whole.at), thing(around.text, share.at))
        if whole.value > share.part.value and not is_change(text, whole.at):
            yield _Base(whole, _NEAR if same and not against else _FAR)


def _allowed(around: Surroundings, share: ToldShare, whole: Whole, first: int, against: bool) -> Fraction:
    """How easily a misprint may fit with a figure that stands before a share."""
    text = around.text
    if not alike(text, whole.at, share.at):
        return _FAR if whole.figure is not None and whole.figure.over is not None else Fraction(0)
    if is_allotted(text, whole.at, share.at):
        return _SURE if whole.at >= first else _SIBLINGS
    if against or is_of_others(share.behind, text, whole.at):
        return _FAR
    if whole.at >= first and is_all(text, whole.at):
        return _SURE
    parted = whole.at >= first and is_parted(text, whole.at, share.at)
    parted = parted or is_all_of(share.behind, text, whole.at)
    return _HEADED if parted or is_headed(text, whole.at) else _NEAR


def _of_siblings(around: Surroundings, share: ToldShare, against: bool) -> Iterator[_Base]:
    """The wholes that two other shares or more have, printed or not."""
    others = [
        one for one in around.siblings
        if one is not share and not one.loose and 0 < one.printed[1] < _ALL and one.width <= _WIDE
        and of_one_kind(one, share)
    ]  # fmt: skip
    tried: list[Whole] = [whole for whole in around.printed if whole.at != share.at]
    tried += [whole for _, whole in around.earlier]
    for whole in (*tried, *_common(others)):
        theirs = {
            one.printed: one.width
            for one in others
            if (one.text is not around.text or one.at != whole.at) and is_right_of(one, whole)
        }
        theirs.pop(share.printed, None)
        if min(theirs.values(), default=_ALL) > NARROW:
            continue
        if len(theirs) >= _FEWEST_SIBLINGS and not (against and len(theirs) < _MANY_SIBLINGS):
            yield _Base(whole, _SURE if len(theirs) >= _MANY_SIBLINGS else _SIBLINGS)
    for one in () if against else around.siblings:
        planned = one.whole is not None and one.width <= NARROW and is_against(one)
        before = one.text is around.text and one.at < share.at and one.part.scale == share.part.scale
        if planned and before and alike(around.text, one.at, share.at):
            yield _Base(Whole(span=one.whole), _NEAR)


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


def _told(share: ToldShare, base: _Base, meant: Misprint) -> Checked:
    text, whole = share.text, base.whole
    start, end = share.start, share.end
    value = whole.value
    digits = whole.figure.digits if whole.figure is not None else in_form_of(share.part, value / share.part.scale)
    facts = {"part": share.part.digits, "whole": digits, "per_cent": share.per_cent.digits}
    if meant.of_part:
        stated, right, why, at = (
            share.part.digits,
            in_form_of(share.part, meant.meant.readings[0]),
            "count_of_share",
            start,
        )
    else:
        right = in_distinct_form(share.per_cent, 100 * share.part.value / value)
        stated, why, at = share.per_cent.digits, "share_of_others", share.per_cent_at
    told = finding(
        text, start, end, StatementKind.RATIO, why, at=at, stated=stated, found=right, sure=Sure.LIKELY, facts=facts
    )
    return Checked("ratios", Fit.WRONG, start, end, told)
