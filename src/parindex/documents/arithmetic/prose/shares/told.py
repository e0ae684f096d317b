"""Counts that stand beside their per cent (``53.539 hồ sơ đúng hạn (99,93%)``, ``180 hồ sơ, đạt tỷ lệ 90%``) and what
they can be shares of.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from parindex.documents.arithmetic.about_words import PASSED_OVER
from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.prose.fitting import Fit, Span, best_fit, is_about, prints_as, span_of
from parindex.documents.arithmetic.prose.marked_text import (
    COUNT,
    PAPER,
    PER_CENT,
    QUOTIENT,
    YEAR,
    MarkedText,
)
from parindex.documents.arithmetic.prose.values import is_change

#: Words between a count and its per cent: a closed bracket parts them, the number of something ("mức độ 3") does not.
_BETWEEN = rf"[^.;:(){COUNT}{PER_CENT}{QUOTIENT}{YEAR}{PAPER}]{{0,70}}?"
#: "53.539 hồ sơ đúng hạn (99,93%)", "180 hồ sơ, đạt tỷ lệ 90%", "2.305 văn bản, đạt hơn 85%", "53 người, tỷ lệ 3,9%".
_SHARE = re.compile(
    rf"(?P<n>{COUNT})(?P<gap>{_BETWEEN})(?:\((?:chiếm|đạt|bằng|tương ứng|tỷ lệ|tương đương|là|=|:|\s){{0,5}}"
    rf"|[,;]\s?(?:chiếm|đạt|bằng|hoàn thành|tương ứng|tương đương)(?: với)?(?: tỷ lệ)?(?: là)?:?\s"
    r"|\s(?:chiếm|đạt)(?: tỷ lệ)?\s"
    rf"|,\s?(?:với\s)?tỷ lệ(?: là| đạt)?:?\s|\s[=–-]\s){PASSED_OVER}(?P<p>{PER_CENT})"
)
#: "đúng hạn đạt 98,63% (51.072 hồ sơ)".
_IN_BRACKET = r"\s\((?:(?:với|tương ứng|tương đương|tức|là|gồm)\s){0,2}"
_SHARE_BEHIND = re.compile(rf"(?P<p>{PER_CENT})(?P<gap>){_IN_BRACKET}(?P<n>{COUNT})")
#: "1856 70,2% 763 27,8%": the cells of a row that became text.
_SHARE_IN_ROW = re.compile(rf"(?P<n>{COUNT})(?P<gap>)\s(?P<p>{PER_CENT})")
#: "cao nhất là 4.2 (89,02%)": the code of a criterion, where decimals have commas.
_CODE = re.compile(r"\d{1,2}\.\d{1,2}")
_HAS_OWN = re.compile(rf"{_IN_BRACKET}[{COUNT}{QUOTIENT}]")
#: Between a count and its per cent: that something changed, that another rate is told, or a mark not reached.
_CHANGED = re.compile(r"tăng|giảm|vượt|so với|(?<!\w)tỷ lệ(?!\w)|(?:chưa|không)$")
#: The words behind a per cent, up to a break: what it is a share of, or against.
_BEHIND = re.compile(rf"\s?\)?\s?(?P<words>[^.;:,(){COUNT}{PER_CENT}{QUOTIENT}]{{0,80}})")
_RATE_STEP = Fraction(3, 2)
_REACH = 400
_MOST_BASES, _MOST_BEHIND = 10, 4


@dataclass(frozen=True, eq=False)
class ToldShare:
    """A count at ``at`` beside a per cent; ``lead`` are the words between them, ``behind`` those behind the per cent;
    ``loose``: it is only about so many per cent; ``right_of``: where the printed figures stand that it is right of.
    """

    text: MarkedText
    at: int
    per_cent_at: int
    part: TextFigure
    per_cent: TextFigure
    loose: bool
    lead: str
    behind: str
    right_of: tuple[int, ...]

    @property
    def start(self) -> int:
        """Where the first of its two figures stands."""
        return min(self.at, self.per_cent_at)

    @property
    def end(self) -> int:
        """Behind the second of its two figures."""
        return max(self.at, self.per_cent_at) + 1

    @cached_property
    def is_rounded(self) -> bool:
        """Whether the count itself is only about so many, or an amount in millions or more."""
        return self.part.scale > 1 or is_about(self.text.text, self.at)

    @cached_property
    def printed(self) -> tuple[Fraction, Fraction]:
        """The count and the per cent, with their scales: what makes two shares the same."""
        return self.part.value, self.per_cent.value

    @cached_property
    def width(self) -> Fraction:
        """How much of itself the per cent leaves open: half a place below it to one place above."""
        return _RATE_STEP * self.per_cent.step() / self.per_cent.value if self.per_cent.value > 0 else Fraction(1)

    @cached_property
    def whole(self) -> Span | None:
        """The wholes of which the count is the stated share; None for none of it."""
        stated, step = self.per_cent.value, self.per_cent.step()
        if stated <= step or not self.part.value:
            return None
        return Span(100 * self.part.value / (stated + step), 100 * self.part.value / (stated - step / 2))


@lru_cache(maxsize=64)
def told_shares(text: MarkedText) -> tuple[ToldShare, ...]:
    """Every count beside its per cent, in reading order."""
    if PER_CENT not in text.text or COUNT not in text.text:
        return ()
    every = [found for pattern in (_SHARE, _SHARE_BEHIND, _SHARE_IN_ROW) for found in pattern.finditer(text.text)]
    every.sort(key=re.Match.start)
    return tuple(share for found in every if (share := _share(text, found)) is not None)


def _share(text: MarkedText, found: re.Match[str]) -> ToldShare | None:
    at, per_cent_at = found.start("n"), found.start("p")
    if is_change(text, at) or is_change(text, per_cent_at) or _CHANGED.search(found["gap"]):
        return None
    if at < per_cent_at and _HAS_OWN.match(text.text, per_cent_at + 1):
        return None
    if _CODE.fullmatch(text.figure(at).digits) and "," in text.figure(per_cent_at).digits:
        return None
    loose = is_about(text.text, per_cent_at)
    lead = text.text[found.end("gap") : per_cent_at]
    if lead.startswith(";") and lead.endswith(("dưới ", "trên ")) and found["gap"].startswith(" điểm"):
        return None  # the next band of a rule: "… được 1 điểm; hoàn thành dưới 60% không được điểm"
    behind = _BEHIND.match(text.text, max(at, per_cent_at) + 1)
    words = behind["words"].strip() if behind else ""
    part, per_cent = text.figure(at), text.figure(per_cent_at)
    right_of = tuple(place for place, base in bases(text, at) if fits(part, base, per_cent, loose=loose))
    return ToldShare(text, at, per_cent_at, part, per_cent, loose, lead, words, right_of)


def bases(text: MarkedText, at: int) -> list[tuple[int, TextFigure]]:
    """The figures around a count that it may be a share of: those before it, the nearest first, then those behind."""
    near = text.figures(max(0, at - _REACH), at, COUNT + QUOTIENT)[::-1]
    behind = text.figures(at + 1, at + _REACH // 2, COUNT + QUOTIENT)
    every = near[:_MOST_BASES] + behind[:_MOST_BEHIND]
    return every + [(where, figure.over) for where, figure in every if figure.over is not None]


def fits(part: TextFigure, whole: TextFigure, per_cent: TextFigure, *, loose: bool = False) -> bool:
    """Whether a per cent is that of a part of a printed whole, by some reading."""

    def holds(way: tuple[int, ...], slack: bool) -> bool:
        # Decimals of another reading ("4.900" for 4,9) were not rounded before.
        above, below = span_of(part, way[0], slack and not way[0]), span_of(whole, way[1], slack and not way[1])
        return below.low > 0 and prints_as(_rate(above, below), per_cent, way[2], loose=loose)

    if not loose and not is_near(part, bounds_of(whole), per_cent):
        return False
    return best_fit((part, whole, per_cent), holds) is not Fit.WRONG


def fits_span(part: TextFigure, whole: Span, per_cent: TextFigure, *, loose: bool = False) -> bool:
    """Whether a per cent is that of a part of a whole that is known within bounds, by the likeliest reading."""
    return whole.low > 0 and prints_as(_rate(span_of(part, 0, False), whole), per_cent, loose=loose)


def bounds_of(whole: TextFigure) -> tuple[tuple[float, float], ...]:
    """Between which a figure lies, by each reading, a little wider than is meant."""
    steps = [whole.scale / 10**places for places in whole.places]
    values = [whole.scale * value.numerator / value.denominator for value in whole.readings]
    return tuple((value - step, value + step) for value, step in zip(values, steps, strict=True))


def is_near(part: TextFigure, bounds: tuple[tuple[float, float], ...], per_cent: TextFigure) -> bool:
    """Whether a share may be right by some reading, reckoned quickly: what is not near is not right."""
    for value, places in zip(part.readings, part.places, strict=True):
        scale = 100 * part.scale
        above, slack = scale * value.numerator / value.denominator, scale / 10**places
        for low, high in bounds:
            least, most = ((above - slack) / high, (above + slack) / low) if low > 0 else (0, math.inf)
            for stated, decimals in zip(per_cent.readings, per_cent.places, strict=True):
                step = 2 / 10**decimals
                if least - step <= stated.numerator / stated.denominator <= most + step:
                    return True
    return False


def _rate(above: Span, below: Span) -> Span:
    return Span(100 * above.low / below.high, 100 * above.high / below.low)
