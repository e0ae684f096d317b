"""Wholes that are misprinted themselves: ``1.534 cán bộ, trong đó 1.012 người …, chiếm 74,74%; 138 người …, chiếm
10,19%``, which are shares of 1.354.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import MisprintKind, as_meant
from parindex.documents.arithmetic.prose.counted_things import alike
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import MarkedText
from parindex.documents.arithmetic.prose.named_wholes import is_headed
from parindex.documents.arithmetic.prose.share_misprints import Whole, is_right_of
from parindex.documents.arithmetic.prose.share_surroundings import NARROW, is_against
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.told_shares import ToldShare, told_shares
from parindex.documents.arithmetic.prose.values import is_change

#: So many shares are of a whole that is printed otherwise.
_FEWEST = 2
#: How many of the figures that are tried may fit by accident.
_ACCIDENTS = Fraction(40, 1000)
_MOST_SHOWN = 4
#: A whole with fewer digits is another one by accident.
_FEWEST_DIGITS = 3


def misprinted_wholes(text: MarkedText, shares: Sequence[ToldShare], printed: Sequence[Whole]) -> Iterator[Checked]:
    """A printed whole that no share is one of, and of which two shares or more are as its digits were meant."""
    exact = [one for one in shares if one.width <= NARROW and not one.loose and not is_against(one)]
    parts = {one.at for one in told_shares(text)}
    for whole in printed if len(exact) >= _FEWEST else ():
        figure, behind = whole.figure, [one for one in exact if one.at > whole.at and alike(text, one.at, whole.at)]
        if figure is None or text.figure(whole.at) is not figure or len(behind) < _FEWEST:
            continue
        if whole.at in parts or len(figure.digits) < _FEWEST_DIGITS or not is_headed(text, whole.at):
            continue
        if any(is_right_of(one, whole) for one in told_shares(text)) or is_change(text, whole.at):
            continue
        meant = _meant_whole(figure, behind)
        if meant is not None:
            yield _told_of_whole(text, whole, meant, behind)
            return


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
