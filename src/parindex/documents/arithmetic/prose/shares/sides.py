"""Shares that are told as more or less than so many per cent, beside their fraction: ``hơn 90% hồ sơ giải quyết trước
hạn (850/1.000)``, ``118/120 đơn vị, đạt gần 90%``.

A mark that each of several passed is no share of them: ``5/15 xã đạt trên 50% hồ sơ trực tuyến``.
"""

from __future__ import annotations

import re
from fractions import Fraction

from parindex.documents.arithmetic.about_words import ABOVE, BELOW, NEARLY, UNDER, one_of
from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.prose.marked_text import MarkedText

_ABOVE = re.compile(rf"{one_of(*ABOVE)}(?: mức)?\s{{1,2}}$")
_BELOW = re.compile(rf"{one_of(*UNDER, *BELOW, *NEARLY)}(?: mức)?\s{{1,2}}$")
_REACH = 16
#: What follows a share that is told of the fraction before it: the end of its clause.
_ENDS = re.compile(r"\s?(?:[.,;)]|$)")
_LEADS = re.compile(r"[,(]\s?(?:đạt|chiếm|bằng|tương ứng|tương đương|tỷ lệ)[^.;,()]{0,24}$")
#: A share on the other side is a slip where it is near; what is farther off was told of something else.
_NEAR = 12


def is_below_mark(text: MarkedText, at: int) -> bool | None:
    """Whether the per cent at ``at`` says that something is less than it (True) or more (False); None: neither."""
    before = text.text[max(0, at - _REACH) : at]
    if _ABOVE.search(before):
        return False
    return True if _BELOW.search(before) else None


def is_on_other_side(text: MarkedText, at: int, per_cent: TextFigure, value: Fraction, at_part: int) -> bool:
    """Whether a fraction at ``at_part`` that is ``value`` per cent lies on the other side of the mark at ``at`` than
    the words say, and the two are told of one thing.
    """
    below = is_below_mark(text, at)
    if below is None or abs(value - per_cent.value) > _NEAR:
        return False
    step = per_cent.step() / 2
    if not (value >= per_cent.value + step if below else value < per_cent.value - step):
        return False
    if at < at_part:
        return True
    return _LEADS.search(text.text, at_part, at) is not None and _ENDS.match(text.text, at + 1) is not None
