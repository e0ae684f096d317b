"""Fractions of one whole side by side: ``15/30 Xuất sắc, 14/30 Tốt, 03/30 Khá``, ``18/93 ý kiến đã giải quyết; 37/93 ý
kiến được giải trình; 38/93 ý kiến đang giải quyết``. They may leave some out, and may overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.prose.marked_text import COUNT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.parts.claims import Claim, Count, Says, as_part, scaled
from parindex.documents.arithmetic.prose.values import unit_of

#: A maximum below this is made up by accident.
_MOST, _LEAST_MAXIMUM = 8, 10
#: "Trong 86,74 điểm nêu trên, điểm thẩm định là 58,12/66,5 điểm, …", "Tổng điểm là 88,60 điểm. Trong đó …".
_POINTS_MADE_UP = re.compile(
    rf"(?<!\w)(?:(?:trong(?: số| tổng số)?|cơ cấu(?: của)?)\s(?P<a>{COUNT})\sđiểm\s"
    r"(?:đạt được )?(?:nêu |nói )?(?:trên|này|đó)(?!\w)"
    rf"|(?P<b>{COUNT})\sđiểm(?:\s(?:nêu |nói )?(?:trên|này))?(?:[,;:.]|\s\(|(?=\s))\s?"
    r"(?:trong (?:số )?đó|bao gồm|gồm(?: có)?|cơ cấu)(?!\w))"
)
_HUNDRED = 100


def points_in_all(text: MarkedText) -> Iterator[list[Claim]]:
    """Points in all over those of the parts, where the maxima make up the maximum: ``58,25/62 điểm; 28,10/38 điểm; tổng
    điểm 86,35/100 điểm``.
    """
    if text.text.count(QUOTIENT) < 3:
        return
    every = [(at, scaled(figure), figure.over) for at, figure in text.figures(0, len(text.text), QUOTIENT)]
    told = [(at, figure, over.value) for at, figure, over in every if over is not None]
    for number, (at, figure, maximum) in enumerate(told):
        for run in (told[max(0, number - _MOST) : number][::-1], told[number + 1 : number + 1 + _MOST]):
            count = _making_up([one[2] for one in run], maximum)
            possible = all(one.value <= most for _, one, most in run[:count])  # what is above its maximum is told alone
            if count and possible and maximum >= _LEAST_MAXIMUM:
                parts = [as_part(text, Count(place, one, "điểm")) for place, one, _ in run[:count]]
                yield [Claim(Count(at, figure, "điểm"), sorted(parts, key=lambda part: part.at), Says.ALL)]


def points_made_up(text: MarkedText) -> Iterator[list[Claim]]:
    """Points without their maximum over those of the parts, where the maxima of the parts make up a hundred."""
    if " điểm" not in text.text or text.text.count(QUOTIENT) < 2:
        return
    for found in _POINTS_MADE_UP.finditer(text.text):
        at = found.start("a" if found["a"] else "b")
        _, last = text.period(found.end())
        told = [(place, scaled(one), one.over) for place, one in text.figures(found.end(), last, QUOTIENT)]
        parts = [(place, one, over.value) for place, one, over in told if over is not None]
        count = _making_up([one[2] for one in parts], Fraction(_HUNDRED))
        if count == len(parts) and count and all(one.value <= most for _, one, most in parts):
            listed = [as_part(text, Count(place, one, "điểm")) for place, one, _ in parts]
            yield [Claim(Count(at, text.figure(at), "điểm"), listed, Says.ALL)]


def _making_up(values: Sequence[Fraction], total: Fraction) -> int:
    """How many of the first values make up a total; 0: none."""
    left = total
    for count, value in enumerate(values, start=1):
        left -= value
        if left <= 0:
            return count if count > 1 and not left else 0
    return 0


def fractions_of_one(text: MarkedText) -> Iterator[list[Claim]]:
    """For every sentence the fractions of each whole in it."""
    if text.text.count(QUOTIENT) < 2:
        return
    for first, last in text.periods():
        runs: dict[Fraction, list[tuple[int, TextFigure]]] = {}
        for at, figure in text.figures(first, last, QUOTIENT):
            if figure.over is not None and not figure.places[0] and not figure.over.places[0]:
                runs.setdefault(figure.over.value, []).append((at, figure))
        for run in runs.values():
            over = run[0][1].over
            if over is not None and 1 < len(run) <= _MOST:
                unit = next((unit for at, _ in run if (unit := unit_of(text, at))), "")
                parts = [as_part(text, Count(at, figure, unit)) for at, figure in run]
                yield [Claim(Count(run[0][0], over, unit), parts, Says.NEAR)]
