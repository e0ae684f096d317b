"""Amounts that agree with those beside them but for their unit: ``kế hoạch 1.156,4 tỷ đồng, giải ngân 884,5 triệu
đồng, đạt 76,5%``, ``10.394 tỷ đồng, gồm 7.392 tỷ đồng, 2.372 triệu đồng, 631 tỷ đồng``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit, exactly, prints_as
from parindex.documents.arithmetic.prose.marked_text import COUNT, PER_CENT, MarkedText
from parindex.documents.arithmetic.prose.part_lists import TO_PARTS
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_move

_LINK = re.compile(rf"(?<!\w)(?:{TO_PARTS})(?!\w)")
_SCALE_WORD = re.compile(r"(?:nghìn tỷ|ngàn tỷ|nghìn|ngàn|triệu|tỷ|tỉ)$", re.IGNORECASE)
_BEFORE, _BEHIND, _SHARE = 300, 700, 200
_MOST_PARTS = 8
_ALL = 100
_Amount = tuple[int, TextFigure]


def wrong_scales(text: MarkedText) -> Iterator[Checked]:
    """Every share and every list of amounts of different units that holds only in one unit."""
    amounts = [
        each for each in text.figures(0, len(text.text), COUNT) if each[1].scale > 1 and not is_move(text, each[0])
    ]
    if len({figure.scale for _, figure in amounts}) < 2:
        return
    for at, per_cent in text.figures(0, len(text.text), PER_CENT):
        yield from _of_share(text, [each for each in amounts if at - _SHARE <= each[0] < at][-2:], at, per_cent)
    for found in _LINK.finditer(text.text):
        before = [each for each in amounts if found.start() - _BEFORE <= each[0] < found.start()]
        behind = [each for each in amounts if found.end() <= each[0] < found.end() + _BEHIND][:_MOST_PARTS]
        for whole in before[-2:]:
            yield from _of_list(text, whole, behind)


def _of_share(text: MarkedText, pair: Sequence[_Amount], at: int, per_cent: TextFigure) -> Iterator[Checked]:
    if len(pair) < 2 or pair[0][1].scale == pair[1][1].scale or is_move(text, at):
        return
    (_, whole), (place, part) = pair
    as_printed, as_read = part.value / whole.value if whole.value else 0, Fraction(part.readings[0], 1)
    if not whole.readings[0] or per_cent.places[0] == 0:
        return
    if prints_as(exactly(Fraction(_ALL * as_printed)), per_cent):
        return
    if prints_as(exactly(_ALL * as_read / whole.readings[0]), per_cent):
        yield _told(text, place, part, whole, pair[0][0], at + 1)


def _of_list(text: MarkedText, whole: _Amount, parts: Sequence[_Amount]) -> Iterator[Checked]:
    at, figure = whole
    for count in range(2, len(parts) + 1):
        run = parts[:count]
        odd = [each for each in run if each[1].scale != figure.scale]
        if len(odd) != 1:
            continue
        gap = abs(sum((one.readings[0] for _, one in run), Fraction(0)) - figure.readings[0])
        # Rounded each for itself, the parts may miss the whole by a unit of the last place or so.
        step = max(Fraction(1, 10 ** one.places[0]) for _, one in (whole, *run))
        if gap <= step * count / 2:
            yield _told(text, odd[0][0], odd[0][1], figure, min(at, run[0][0]), run[-1][0] + 1)
            return


def _told(text: MarkedText, at: int, figure: TextFigure, other: TextFigure, start: int, end: int) -> Checked:
    scale = _SCALE_WORD.search(other.text)
    right = f"{figure.digits} {scale[0]}" if scale else figure.digits
    told = finding(
        text, start, end, StatementKind.WRONG_UNIT, "scale_apart", at=at, sure=Sure.LIKELY,
        stated=figure.text, found=right, facts={"other": other.text},
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, start, end, told)
