"""Fractions in words beside their two counts: ``một nửa số huyện (6/12 huyện)``, ``hơn hai phần ba (95/140 xã)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.about_words import ABOUT, ABOVE, BELOW, NEARLY, UNDER, one_of
from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form
from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding

_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5}
_NUMBERS |= {"sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_NAMES = "|".join(_NUMBERS)
#: "một nửa", "hai phần ba", and the fraction or the two counts in the bracket behind it.
_TOLD = re.compile(
    rf"(?<!\w)(?:(?P<about>{one_of(*ABOVE, *UNDER, *BELOW, *NEARLY, *ABOUT)})\s)?"
    rf"(?P<words>(?:một )?nửa|(?P<n>{_NAMES}) phần (?P<d>{_NAMES}))(?: (?:số|tổng số))?"
    rf"[^.;:(){MARKS}]{{0,50}}\((?!bình quân|trung bình)(?:[^.;:(){MARKS}]{{1,20}}\s)?"
    rf"(?:(?P<f>{QUOTIENT})|(?P<a>{COUNT})[^.;:,(){MARKS}]{{0,16}}?(?:/|trên|trong) ?(?:tổng )?(?:số )?(?P<b>{COUNT}))"
)
#: How far words may be off: exact ones by a little, "khoảng" by more; what is farther off was told of something else.
_EXACT, _ROUGHLY, _NEAR = Fraction(2, 100), Fraction(6, 100), Fraction(1, 4)


def in_words(text: MarkedText) -> Iterator[Checked]:
    """Every fraction in words with a bracket that holds its counts."""
    if "nửa" not in text.text and " phần " not in text.text:
        return
    for found in _TOLD.finditer(text.text):
        part = text.figure(found.start("f") if found["f"] else found.start("a"))
        whole = part.over if found["f"] else text.figure(found.start("b"))
        if whole is None or not 0 < part.value <= whole.value or part.scale != whole.scale:
            continue
        value, told = Fraction(part.value) / whole.value, _value(found)
        if abs(value - told) > _NEAR:
            continue
        wrong = None if _holds(value, told, found["about"]) else _finding(text, found, part, whole, value)
        yield Checked("ratios", Fit.WRONG if wrong else Fit.RIGHT, found.start(), found.end(), wrong)


def _value(found: re.Match[str]) -> Fraction:
    if found["n"] is None:
        return Fraction(1, 2)
    return Fraction(_NUMBERS[found["n"]], _NUMBERS[found["d"]])


def _holds(value: Fraction, told: Fraction, about: str | None) -> bool:
    """Whether a share is what the words say, or lies on the side that they name."""
    if about in ABOVE:
        return value >= told
    if about in (*UNDER, *BELOW, *NEARLY):
        return value <= told
    return abs(value - told) <= (_ROUGHLY if about else _EXACT)


def _finding(
    text: MarkedText, found: re.Match[str], part: TextFigure, whole: TextFigure, value: Fraction
) -> StatementFinding:
    above = part.text.split("/")[0].strip() if part.over is not None else part.digits
    per_cent = in_distinct_form(TextFigure("0,0", 0, 0, (Fraction(0),), (1,)), 100 * value)
    return finding(
        text, found.start(), found.end(), StatementKind.RATIO, "fraction_in_words", sure=Sure.LIKELY,
        stated=f"{found['about'] or ''}{found['words']}", found=per_cent,
        facts={"part": above, "whole": whole.digits},
    )  # fmt: skip
