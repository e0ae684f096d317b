"""Shares whose whole is known from other places: the shares beside them are all of one whole (``73 phiếu, chiếm 77,66%;
11 phiếu, chiếm 11,7%``: of 94), ``trong số 139 xã`` heads their sentence, the words behind the per cent name it, or it
was told a sentence before.

That a count is no share of any figure around it proves nothing: papers leave wholes out. What is told here is a share
that one misprint makes one of the whole that its neighbours have, so exactly that it is hardly an accident.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from parindex.documents.arithmetic.figures import in_distinct_form, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of, misprint_between
from parindex.documents.arithmetic.prose.counted_things import count_alike, thing
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, PER_CENT, MarkedText
from parindex.documents.arithmetic.prose.shares.around import (
    Surroundings,
    is_against,
    is_telling,
    of_one_kind,
)
from parindex.documents.arithmetic.prose.shares.evidence import HEADED, NEAR, SURE, Base, likely_wholes
from parindex.documents.arithmetic.prose.shares.misprinted_wholes import misprinted_wholes
from parindex.documents.arithmetic.prose.shares.misprints import (
    Misprint,
    Whole,
    is_exchanged,
    is_right_of,
    misprint,
)
from parindex.documents.arithmetic.prose.shares.told import ToldShare, bases, told_shares
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change

_ALL = 100
#: What rounding an amount to billions may take from a share of it.
_ROUNDED_AWAY, _MOST_STEPS = Fraction(1, 200), 3
_MOST_SHARES = 40
_MOST_OTHERS = 3


def implied_wholes(texts: Sequence[MarkedText], number: int, shares: Sequence[ToldShare]) -> Iterator[Checked]:
    """Of the ``shares`` of a text (the ``number``-th of a paper) that no figure beside them explains, those that one
    misprint keeps from being shares of a whole that others show; and wholes that are misprinted themselves.
    """
    if not shares or len(told_shares(texts[number])) > _MOST_SHARES:
        return
    around = Surroundings(texts, number)
    for share in shares:
        if not is_telling(share):
            continue
        made_up = _made_up(around, share)
        if made_up is not None or around.explains(share):
            if made_up is not None:
                yield _told(share, *made_up)
            continue
        found = _likeliest(around, share)
        if found is not None:
            yield _told(share, *found)
        elif (other := _of_another_count(around, share)) is not None:
            yield _told(*other)
    yield from misprinted_wholes(texts[number], [one for one in shares if is_telling(one)], around.printed)


def _likeliest(around: Surroundings, share: ToldShare) -> tuple[Base, Misprint] | None:
    """The whole that one misprint makes a share one of, with the misprint, where it is hardly an accident."""
    best: tuple[Base, Misprint] | None = None
    for base in likely_wholes(around, share):
        if is_right_of(share, base.whole):
            return None
        if _is_nearly(share, base.whole):
            return None
        if share.loose and base.allowed < HEADED:
            continue
        meant = misprint(share, base.whole)
        if meant is None or meant.chance > base.allowed or (meant.reckoned and base.allowed < HEADED):
            continue
        if best is None or meant.chance / base.allowed < best[1].chance / best[0].allowed:
            best = base, meant
    return best


def _made_up(around: Surroundings, share: ToldShare) -> tuple[Base, Misprint] | None:
    """A printed whole that a share, its count misprinted, makes up together with another one, so that its per cent is
    right, too: "đến hạn 4.169 hồ sơ. Trả đúng hạn 4.175 (99,71%), quá hạn 12 hồ sơ (0,29%)".
    """
    if share.loose:
        return None
    beside = [one for one in around.siblings if one is not share and of_one_kind(one, share)]
    printed = {whole.at for whole in around.printed}
    # The same count told again and again is one, unless it may be the whole itself.
    values = dict.fromkeys((one.part.value, one.at if one.at in printed else None) for one in beside)
    for whole in around.printed:
        for value, at in values if whole.at != share.at and whole.figure is not None else ():
            rest = whole.value - value
            if not 0 < value < rest or whole.at == at or (rest / share.part.scale).denominator != 1:
                continue
            part = replace(share.part, readings=(rest / share.part.scale,), places=share.part.places[:1])
            right = digits_of(in_form_of(share.part, part.readings[0]))
            is_misprinted = misprint_between(digits_of(share.part.digits), right) is not None
            if is_misprinted and is_right_of(share, whole, part=part):
                return Base(whole, SURE), Misprint(part, True, Fraction(0))
    return None


def _of_another_count(around: Surroundings, share: ToldShare) -> tuple[ToldShare, Base, Misprint] | None:
    """The per cent of another count of its clause, but for digits that changed places: "xảy ra 788 vụ … làm rõ 695 vụ,
    với 1.408 đối tượng (đạt tỷ lệ 82,8%)".
    """
    if is_against(share) or share.loose or share.at > share.per_cent_at:
        return None
    text, (first, _) = around.text, around.text.period(share.at)
    first = max([first, *(at + 1 for at, _ in text.figures(first, share.at, PER_CENT))])
    tried, found = 0, None
    for at, part in text.figures(first, share.at, COUNT)[-_MOST_OTHERS:]:
        other = replace(share, at=at, part=part)
        wholes = [one for one in around.printed if one.at < at and one.value > part.value][-_MOST_OTHERS:]
        for whole in wholes if not is_change(text, at) else ():
            if not count_alike(thing(text, whole.at), thing(text, at)) or is_change(text, whole.at):
                continue
            tried += 1
            meant = misprint(other, whole)
            if meant is not None and is_exchanged(other, meant) and found is None:
                found = other, Base(whole, NEAR), meant
    return found if found is not None and found[2].chance * tried <= NEAR else None


def _is_nearly(share: ToldShare, whole: Whole) -> bool:
    """Whether a rounded amount is so nearly the share that it was computed from the exact one."""
    if not share.is_rounded or not whole.value:
        return False
    rounded = share.part.step() / share.part.value
    if whole.figure is not None:
        rounded += whole.figure.step() / whole.value
    slack = _ROUNDED_AWAY if is_about(share.text.text, share.at) else min(_ROUNDED_AWAY, _MOST_STEPS * rounded)
    return abs(_ALL * share.part.value / whole.value - share.per_cent.value) <= share.per_cent.value * slack


def _told(share: ToldShare, base: Base, meant: Misprint) -> Checked:
    text, whole, value = share.text, base.whole, base.whole.value
    start, end = share.start, share.end
    beside = whole.figure is not None and any(whole.figure is one for _, one in bases(text, share.at))
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
        right = _as_meant(share, meant, 100 * share.part.value / value)
        stated, at = share.per_cent.digits, share.per_cent_at
        why = "ratio_apart" if beside else "share_of_others"
    shown = min(start, whole.at) if beside else start
    told = finding(
        text, shown, end, StatementKind.RATIO, why, at=at, stated=stated, found=right, sure=Sure.LIKELY, facts=facts
    )
    return Checked("ratios", Fit.WRONG, start, end, told)


def _as_meant(share: ToldShare, meant: Misprint, value: Fraction) -> str:
    """The per cent as it was meant: with the decimals that it has where its mark stands right."""
    figure = share.per_cent
    if meant.reckoned or meant.meant.places[0] == figure.places[0]:
        return in_distinct_form(figure, value)
    return in_form_of(figure, value, meant.meant.places[0])
