"""Shares of several wholes told in turn: ``80/100 xã và 12/16 huyện hoàn thành, đạt tỷ lệ lần lượt là 80% và 75%``,
``tiếp nhận lần lượt 1.000 và 2.000 hồ sơ, giải quyết đúng hạn lần lượt 980 và 1.900 hồ sơ, đạt lần lượt 98% và 95%``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.prose.counted_things import alike
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.shares.named_wholes import is_all, is_headed

_AND = r"\s?(?:,|;|và|,\svà)\s"
_PER_CENTS = re.compile(rf"(?:lần lượt|tương ứng)(?: \w+){{0,3}}:? {PER_CENT}(?:{_AND}{PER_CENT}){{1,4}}")
_UNIT = rf"[^.;{MARKS}]{{0,30}}?"
_COUNTS = re.compile(rf"lần lượt(?: \w+){{0,3}}:? {COUNT}{_UNIT}(?:{_AND}{COUNT}{_UNIT}){{1,4}}")
_TWO = 2
#: A part with what it is one of, the share of which stands at the third place, each with its place.
InTurn = tuple[int, TextFigure, TextFigure, int]


def in_turn(text: MarkedText) -> Iterator[InTurn]:
    """The per cents behind "lần lượt" with the fractions, or the counts of two runs before, that they are told of."""
    if "lần lượt" not in text.text and "tương ứng" not in text.text:
        return
    for found in _PER_CENTS.finditer(text.text):
        shares = text.figures(found.start(), found.end(), PER_CENT)
        first, _ = text.period(found.start())
        fractions = [(at, one) for at, one in text.figures(first, found.start(), QUOTIENT) if one.over is not None]
        if len(fractions) == len(shares) and PER_CENT not in text.text[fractions[0][0] : found.start()]:
            pairs = zip(fractions, shares, strict=True)
            yield from ((at, one, one.over, place) for (at, one), (place, _) in pairs if one.over)
            continue
        counts = text.figures(first, found.start(), COUNT)
        if not fractions and len(counts) == len(shares) + 1 and _are_parts(text, counts):
            (_, whole), *parts = counts
            yield from ((at, part, whole, place) for (at, part), (place, _) in zip(parts, shares, strict=True))
            continue
        runs = [
            run for each in _COUNTS.finditer(text.text, first, found.start())
            if len(run := text.figures(each.start(), each.end(), COUNT)) == len(shares)
        ]  # fmt: skip
        if len(runs) != _TWO or fractions or not alike(text, runs[0][-1][0], runs[1][-1][0]):
            continue
        wholes, parts = sorted(runs, key=lambda run: -sum(one.value for _, one in run))
        yield from (
            (at, part, whole, place) for (at, part), (_, whole), (place, _) in zip(parts, wholes, shares, strict=True)
        )


def _are_parts(text: MarkedText, counts: Sequence[tuple[int, TextFigure]]) -> bool:
    """Whether the first of several counts is told as the whole of the others: "trong 350 ý kiến, tiếp thu 280, …"."""
    (at, whole), *parts = counts
    together = sum((one.value for _, one in parts), Fraction(0))
    told_as_all = is_headed(text, at) or is_all(text, at)
    return 0 < together <= whole.value and told_as_all and all(alike(text, at, place) for place, _ in parts)
