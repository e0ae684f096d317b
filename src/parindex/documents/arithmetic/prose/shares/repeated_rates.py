"""The rate of one time under the name of another: ``năm 2023 có 31 đơn vị, chiếm 7,2% tổng số đơn vị; năm 2022 là
26 đơn vị, chiếm 7,2%``, where 26 of 361 are 7,2 per cent and 31 of 358 are not.

Two counts that differ and have one rate are of two wholes; where the paper tells the whole of the one, and of the other
none that makes the rate right but one about as large, the rate was repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.counted_things import count_the_same, thing
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.shares.named_wholes import is_headed
from parindex.documents.arithmetic.prose.shares.told import ToldShare, fits, told_shares
from parindex.documents.arithmetic.prose.statements import Checked, finding

_OTHER_TIME = re.compile(rf"{YEAR}|cùng kỳ|năm trước|năm ngoái|kỳ trước")
#: The wholes of two years are about as large.
_ABOUT_AS_LARGE = Fraction(1, 10)
_ALL = 100


def repeated_rates(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, Checked]]:
    """Every rate that stands beside two counts of two times and is right of one of them."""
    for text in texts:
        for one, other in pairwise(told_shares(text)):
            if not _are_of_two_times(text, one, other):
                continue
            wholes = _wholes(texts, text, one)
            of_one, of_other = (_right(wholes, share) for share in (one, other))
            if bool(of_one) == bool(of_other):
                continue
            wrong, right = (other, of_one) if of_one else (one, of_other)
            whole = _whole(wholes, right)
            if whole is not None:
                yield text, _told(wrong, whole)


def _are_of_two_times(text: MarkedText, one: ToldShare, other: ToldShare) -> bool:
    """Whether two shares of one sentence have one rate, and their counts differ."""
    if one.per_cent.value != other.per_cent.value or one.part.value == other.part.value or one.loose or other.loose:
        return False
    same = count_the_same(thing(text, one.at), thing(text, other.at))
    apart = text.text[one.end : other.start]
    return same and text.period(one.at) == text.period(other.at) and _OTHER_TIME.search(apart) is not None


def _wholes(texts: Sequence[MarkedText], text: MarkedText, share: ToldShare) -> list[tuple[TextFigure, bool]]:
    """The figures of a paper that count what a share does, and whether words tell them as wholes."""
    unit = thing(text, share.at)
    return [
        (figure.over or figure, figure.over is None and is_headed(each, at))
        for each in texts
        for at, figure in each.figures(0, len(each.text), COUNT + QUOTIENT)
        if (figure.over or figure).value > share.part.value and count_the_same(thing(each, at), unit)
    ]


def _right(wholes: Sequence[tuple[TextFigure, bool]], share: ToldShare) -> list[TextFigure]:
    return [whole for whole, _ in wholes if fits(share.part, whole, share.per_cent)]


def _whole(wholes: Sequence[tuple[TextFigure, bool]], right: Sequence[TextFigure]) -> TextFigure | None:
    """The first whole that is told as one and about as large as that of the other share."""
    near = [
        whole for whole, headed in wholes
        if headed and any(abs(whole.value - one.value) <= _ABOUT_AS_LARGE * one.value for one in right)
    ]  # fmt: skip
    return near[0] if near else None


def _told(share: ToldShare, whole: TextFigure) -> Checked:
    rate = in_distinct_form(share.per_cent, Fraction(_ALL * share.part.value / whole.value))
    told = finding(
        share.text, share.start, share.end, StatementKind.RATIO, "ratio_apart", at=share.per_cent_at, sure=Sure.LIKELY,
        stated=share.per_cent.digits, found=rate, facts={"part": share.part.digits, "whole": whole.digits},
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, share.start, share.end, told)
