"""One value that is compared with several others: ``cao hơn trung bình cả nước (87,92 điểm) là 0,72 điểm; thấp hơn tỉnh
đứng đầu (96,17 điểm) là 7,53 điểm``. Each comparison tells what the value is; where two tell other values and one
misprint makes them agree, that is no accident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of, in_full
from parindex.documents.arithmetic.misprints import is_misprint
from parindex.documents.arithmetic.prose.changes.wrong_changes import change_apart
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked

_ONE = f"[{COUNT}{PER_CENT}]"
_COMPARED = re.compile(
    rf"(?<!\w)(?P<dir>cao hơn|thấp hơn|nhiều hơn|ít hơn|kém|hơn)(?!\w)[^.;:(){MARKS}]{{1,60}}"
    rf"\([^(){MARKS}]{{0,30}}(?P<a>{_ONE})[^(){MARKS}]{{0,20}}\)\s(?:là |: )?(?P<c>{_ONE})"
)
_HIGHER = ("cao hơn", "nhiều hơn", "hơn")
#: A difference of fewer digits has two of them changed round by accident.
_FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A value that stands ``by`` (at ``at``) above (``up``) or below ``other``."""

    at: int
    start: int
    by: TextFigure
    other: TextFigure
    up: bool

    @property
    def told(self) -> Fraction:
        """What it says the value is."""
        return self.other.value + (self.by.value if self.up else -self.by.value)


def compared_values(text: MarkedText) -> Iterator[Checked]:
    """Every two comparisons of one value that follow each other in a sentence."""
    found = [_comparison(text, one) for one in _COMPARED.finditer(text.text)]
    for one, other in zip(found, found[1:], strict=False):
        if text.period(one.at) != text.period(other.at) or text.text[one.at] != text.text[other.at]:
            continue
        if one.told == other.told or not one.by.places[0]:
            continue
        told = _odd_one(text, one, other)
        if told is not None:
            yield told


def _comparison(text: MarkedText, found: re.Match[str]) -> _Comparison:
    at, other = text.figure(found.start("c")), text.figure(found.start("a"))
    return _Comparison(found.start("c"), found.start(), at, other, found["dir"] in _HIGHER)


def _odd_one(text: MarkedText, one: _Comparison, other: _Comparison) -> Checked | None:
    """The comparison whose difference is misprinted, by what the other tells; the value itself says which is right."""
    printed = {figure.value for _, figure in text.figures(0, len(text.text), COUNT + PER_CENT)}
    for right, wrong in _ordered(one, other, printed):
        meant = abs(right.told - wrong.other.value)
        if len(wrong.by.digits) > _FEWEST_DIGITS and is_misprint(wrong.by, meant):
            span, beside = (wrong.start, wrong.at + 1), wrong.other
            values = in_full(beside, beside.digits), in_full(beside, in_form_of(beside, right.told / beside.scale))
            told = change_apart(text, span, wrong.at, values, in_form_of(wrong.by, meant))
            return Checked("differences", Fit.WRONG, *span, told)
    return None


def _ordered(one: _Comparison, other: _Comparison, printed: set[Fraction]) -> Sequence[tuple[_Comparison, _Comparison]]:
    """Which of two may be right: that whose value is printed, else the first."""
    if other.told in printed:
        return () if one.told in printed else ((other, one),)
    return ((one, other),)
