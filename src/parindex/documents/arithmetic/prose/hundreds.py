"""Per cents that make up the whole: ``đóng góp 5,76% … 51,08% … 43,16%``, ``đại học 65,81%, cao đẳng 3,1% …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import is_misprint
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.part_lists import OTHERS
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change

_LAST_WORD = re.compile(r"([^\W\d_]+)\s?:?\s?$")
_HUNDRED = 100
_MOST_PARTS = 8
_FEWEST_CLOSED, _LITTLE = 3, 5
_Share = tuple[int, TextFigure]


def hundreds(text: MarkedText) -> Iterator[Checked]:
    """Per cents that make up 100, or would but for a misprint: those of one sentence told with the same word ("đóng góp
    5,76% … đóng góp 51,08% … đóng góp 43,16%"), and those of one that prints nothing else.
    """
    if text.text.count(PER_CENT) < 2:
        return
    for stop in text.periods():
        told: dict[str, list[_Share]] = {}
        every = text.figures(*stop, PER_CENT)
        alone = len(every) > 2 and not text.figures(every[0][0], every[-1][0], COUNT + QUOTIENT)
        for at, figure in every:
            word = _LAST_WORD.search(text.text, max(stop[0], at - 24), at)
            if not is_change(text, at) and (alone or word is not None):
                told.setdefault("" if alone or word is None else word[1], []).append((at, figure))
        for run in told.values():
            checked = _of_hundred(text, run) if 1 < len(run) <= _MOST_PARTS else None
            if checked is not None:
                yield checked


def _of_hundred(text: MarkedText, run: Sequence[_Share]) -> Checked | None:
    """All of a run, or all but the first or the first two: "trong hạn 96,5%; nông nghiệp 20%, công nghiệp 80%"."""
    for skipped in range(min(3, len(run) - 1)):
        part = run[skipped:]
        total = sum((one.value for _, one in part), Fraction(0))
        slack = sum((one.step() for _, one in part), Fraction(0)) / 2
        if abs(total - _HUNDRED) <= slack:
            return Checked("sums", Fit.RIGHT, part[0][0], part[-1][0] + 1)
    if len(run) > _FEWEST_CLOSED and OTHERS.search(text.text, run[-1][0] - 60, run[-1][0] + 40):
        return _not_hundred(text, run)
    for skipped in range(min(3, len(run) - 1)):
        told = _near_hundred(text, run[skipped:])
        if told is not None:
            return told
    return None


def _not_hundred(text: MarkedText, run: Sequence[_Share]) -> Checked | None:
    """A list that ends with all others and comes to a little more than the whole; less may have left some out."""
    total = sum((one.value for _, one in run), Fraction(0))
    if not 0 < total - _HUNDRED <= _LITTLE:
        return None
    start, end = run[0][0], run[-1][0] + 1
    listed = " + ".join(each.digits for _, each in run)
    told = finding(
        text, start, end, StatementKind.PART_OF_WHOLE, "shares_above_whole", stated="100",
        found=in_form_of(run[0][1], total, 2), sure=Sure.LIKELY, facts={"parts": listed},
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, start, end, told)


def _near_hundred(text: MarkedText, run: Sequence[_Share]) -> Checked | None:
    total = sum((one.value for _, one in run), Fraction(0))
    start, end = run[0][0], run[-1][0] + 1
    for at, one in sorted(run, key=lambda each: -len(each[1].digits)):
        meant = one.value + _HUNDRED - total
        if is_misprint(one, meant):
            told = finding(
                text, start, end, StatementKind.PART_OF_WHOLE, "shares_not_whole", at=at, sure=Sure.LIKELY,
                stated=one.digits, found=in_form_of(one, meant),
                facts={"parts": " + ".join(each.digits for _, each in run), "sum": in_form_of(one, total)},
            )  # fmt: skip
            return Checked("sums", Fit.WRONG, start, end, told)
    return None
