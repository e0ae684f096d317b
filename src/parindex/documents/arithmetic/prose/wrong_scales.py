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
_BEFORE, _BEHIND, _SHARE = 300, 700, 200
_FEWEST_PARTS, _MOST_PARTS = 3, 8
_SCALES = {"triệu": 10**6, "tỷ": 10**9, "nghìn": 10**3}
#: What rounding leaves open is no more than so small a part of a figure that is meant in another unit.
_TENTH = 10
_ALL = 100
_Amount = tuple[int, TextFigure]


def wrong_scales(text: MarkedText) -> Iterator[Checked]:
    """Every share and every list of amounts of different units that holds only in one unit."""
    amounts = [
        each for each in text.figures(0, len(text.text), COUNT) if each[1].scale > 1 and not is_move(text, each[0])
    ]
    if len(amounts) < 2:
        return
    for at, per_cent in text.figures(0, len(text.text), PER_CENT):
        yield from _of_share(text, [each for each in amounts if at - _SHARE <= each[0] < at][-2:], at, per_cent)
    for found in _LINK.finditer(text.text):
        before = [each for each in amounts if found.start() - _BEFORE <= each[0] < found.start()]
        behind = [each for each in amounts if found.end() <= each[0] < found.end() + _BEHIND][:_MOST_PARTS]
        for whole in before[-2:]:
            yield from _of_list(text, whole, behind)
    yield from _of_spending(text, amounts)


def _of_spending(text: MarkedText, amounts: Sequence[_Amount]) -> Iterator[Checked]:
    """ "Kinh phí là 800 triệu đồng. … đã chi 385 triệu đồng cho …, 240 tỷ đồng … và 175 triệu đồng …": no word leads
    from the whole to its parts, but the amounts of a sentence make up the last one of the sentence before in one unit.
    """
    sentences: dict[int, list[_Amount]] = {}
    for each in amounts:
        sentences.setdefault(text.period(each[0])[0], []).append(each)
    lists = list(sentences.values())
    for before, parts in zip(lists, lists[1:], strict=False):
        unlike = len({one.scale for _, one in (before[-1], *parts)}) > 1
        if not unlike and all(one.value <= before[-1][1].value for _, one in parts):
            continue
        adjoining = text.period(before[-1][0])[1] == text.period(parts[0][0])[0]
        told_of_it = _LINK.search(text.text, before[-1][0], parts[0][0]) is not None
        if adjoining and not told_of_it and _FEWEST_PARTS <= len(parts) <= _MOST_PARTS:
            found = list(_of_list(text, before[-1], parts))
            yield from (one for one in found if one.end > parts[-1][0])


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
        yield _told(text, place, part, whole.scale_word, whole, pair[0][0], at + 1)


def _of_list(text: MarkedText, whole: _Amount, parts: Sequence[_Amount]) -> Iterator[Checked]:
    """Parts that make up their whole if one of them is meant in another unit."""
    at, figure = whole
    for count in range(2, len(parts) + 1):
        run = parts[:count]
        total = sum((one.value for _, one in run), Fraction(0))
        # Rounded each for itself, the parts may miss the whole by a unit of the last place or so.
        slack = sum((one.step() for _, one in (whole, *run)), Fraction(0)) / 2
        if abs(total - figure.value) <= slack:
            return
        for place, one in run:
            meant = figure.value - total + one.value
            scale = _scale_meant(one, meant, min(slack, abs(meant) / _TENTH))
            if scale is not None:
                yield _told(text, place, one, scale, figure, min(at, run[0][0]), run[-1][0] + 1)
                return


def _scale_meant(one: TextFigure, meant: Fraction, slack: Fraction) -> str | None:
    """The other unit in which a figure is what was meant."""
    found = (
        word for word, scale in _SCALES.items() if scale != one.scale and abs(one.readings[0] * scale - meant) <= slack
    )
    return next(found, None)


def _told(
    text: MarkedText, at: int, figure: TextFigure, scale: str, other: TextFigure, start: int, end: int
) -> Checked:
    told = finding(
        text, start, end, StatementKind.WRONG_UNIT, "scale_apart", at=at, sure=Sure.LIKELY,
        stated=figure.text, found=f"{figure.digits} {scale}".strip(), facts={"other": other.text},
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, start, end, told)
