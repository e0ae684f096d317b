"""Wholes that are misprinted themselves: ``1.534 cán bộ, trong đó 1.012 người …, chiếm 74,74%; 138 người …, chiếm
10,19%``, which are shares of 1.354.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import MisprintKind, as_meant
from parindex.documents.arithmetic.prose.counted_things import alike, thing
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import MarkedText
from parindex.documents.arithmetic.prose.shares.around import NARROW, is_against
from parindex.documents.arithmetic.prose.shares.misprints import Whole, is_right_of
from parindex.documents.arithmetic.prose.shares.named_wholes import is_all, is_headed
from parindex.documents.arithmetic.prose.shares.told import ToldShare, told_shares
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change

#: So many shares are of a whole that is printed otherwise.
_FEWEST = 2
#: How many of the figures that are tried may fit by accident.
_ACCIDENTS = Fraction(40, 1000)
_MOST_SHOWN = 4
#: Shares so exact, of a whole so near the printed one, tell which it is.
_THOUSANDTH, _NEARLY = Fraction(1, 1000), Fraction(3, 100)
#: A whole with fewer digits is another one by accident.
_FEWEST_DIGITS = 3


def misprinted_wholes(text: MarkedText, shares: Sequence[ToldShare], printed: Sequence[Whole]) -> Iterator[Checked]:
    """A printed whole that no share is one of, and of which two shares or more are as its digits were meant."""
    exact = [one for one in shares if one.width <= NARROW and not one.loose and not is_against(one)]
    parts = {one.at for one in told_shares(text)}
    for whole in printed if len(exact) >= _FEWEST else ():
        figure, behind = whole.figure, [one for one in exact if one.at > whole.at and _may_be_part(text, one, whole)]
        if figure is None or text.figure(whole.at) is not figure or len(behind) < _FEWEST:
            continue
        if (
            whole.at in parts
            or len(figure.digits) < _FEWEST_DIGITS
            or not (is_headed(text, whole.at) or is_all(text, whole.at))
        ):
            continue
        if any(is_right_of(one, whole) for one in told_shares(text)) or is_change(text, whole.at):
            continue
        meant = _meant_whole(figure, behind) or (_common_whole(figure, behind) if is_all(text, whole.at) else None)
        if meant is not None:
            yield _told_of_whole(text, whole, meant, behind)
            return


def _may_be_part(text: MarkedText, share: ToldShare, whole: Whole) -> bool:
    """Whether a share counts what a whole does, or those who filled in its sheets."""
    people = thing(text, whole.at).startswith("phiếu") and thing(text, share.at).startswith("người")
    return people or alike(text, share.at, whole.at)


def _common_whole(figure: TextFigure, shares: Sequence[ToldShare]) -> TextFigure | None:
    """The one whole number near a printed whole that all shares are of, where each says it to a thousandth: "trong số
    2.051 công chức … nữ 846 người, chiếm 41,49%; dân tộc thiểu số 318 người, chiếm 15,60%".
    """
    spans = [share.whole for share in shares if share.whole is not None and share.width <= _THOUSANDTH]
    if len(spans) < _FEWEST or len(spans) != len(shares) or figure.scale > 1 or figure.places[0]:
        return None
    low, high = max(span.low for span in spans), min(span.high for span in spans)
    first = ceil(low)
    if first > high or first + 1 <= high or abs(first - figure.value) > _NEARLY * figure.value:
        return None
    return replace(figure, readings=(Fraction(first),), places=(0,))


def _meant_whole(figure: TextFigure, shares: Sequence[ToldShare]) -> TextFigure | None:
    """A whole as its digits were meant, where all shares are of that and it is hardly an accident."""
    exact = min(share.width for share in shares)
    for kind in (MisprintKind.EXCHANGED, MisprintKind.OTHER):
        every = as_meant(figure.digits, figure.places[0], kind)
        if len(every) * exact > _ACCIDENTS:
            continue
        for number, places in every:
            meant = replace(figure, readings=(Fraction(number, 10**places),), places=(places,))
            if number and all(is_right_of(share, Whole(meant)) for share in shares):
                return meant
    return None


def _told_of_whole(text: MarkedText, whole: Whole, meant: TextFigure, shares: Sequence[ToldShare]) -> Checked:
    start, end = whole.at, max(share.end for share in shares)
    parts = "; ".join(f"{share.part.digits} ({share.per_cent.digits}%)" for share in shares[:_MOST_SHOWN])
    stated = text.figure(whole.at)
    told = finding(
        text, start, end, StatementKind.PART_OF_WHOLE, "whole_of_shares", stated=stated.digits, sure=Sure.LIKELY,
        found=in_form_of(stated, meant.readings[0]), facts={"parts": parts},
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, start, end, told)
