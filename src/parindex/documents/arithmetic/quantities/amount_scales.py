"""Amounts of money of one sentence that fit each other only in another scale: ``1,24 tỷ đồng, gồm 870 triệu đồng … và
370 tỷ đồng``; ``21.500 triệu đồng (215 tỷ đồng)``; ``đạt 115,4 tỷ đồng, vượt 5.961 tỷ đồng``.

An amount is in the wrong scale where it lies far outside all others of its sentence as printed, and a thousand times
smaller or larger it is exactly what the others leave, or so many times what each costs: an accident of one in a hundred
at most, which also needs the wrong scale. What is told again at once in brackets must be the same; what exceeds
something is less than what it led to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.about_words import PASSED_OVER
from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted

#: The sentence that tells of an amount in another scale.
RESCALED = "amount_scale_apart"
#: That of an amount told again in brackets with only its mark elsewhere: "1.284 triệu đồng (1.284 tỷ đồng)".
TOLD_IN_TWO = "amount_in_two_units"
_MONEY = re.compile(r"\s{0,2}(?:đồng|VNĐ|VND|đ(?!\w))", re.IGNORECASE)
_CLAUSE, _SENTENCE = re.compile(r"[.;](?=\s)"), re.compile(r"[.](?=\s)")
#: An amount for each of something.
_EACH = re.compile(r"\s?/\s?(?:\d{1,2}\s)?[^\W\d_]")
_AGAIN = re.compile(rf"\s?\((?:(?:tương đương|tương ứng|tức(?: là)?|hay|làm tròn)\s)?{PASSED_OVER}", re.IGNORECASE)
#: What exceeds an amount stands at once behind it, or behind its per cent; "…, vốn đăng ký tăng 724 tỷ đồng" does not.
_EXCEEDS = re.compile(
    r"(?:\s?\([^()]{0,40}\))?[\s,;]{0,3}(?:[^,;()]{0,40}%[^,;()]{0,30}[,;]?\s)?(?:(?:và|đã|cũng|nên|tức)\s){0,2}"
    r"(?:vượt|tăng(?: thêm)?)(?:\s[^\W\d_]+){0,4}\s",
    re.IGNORECASE,
)
_SCALES = {10**3: "nghìn đồng", 10**6: "triệu đồng", 10**9: "tỷ đồng", 10**12: "nghìn tỷ đồng"}
_THOUSAND = 1000
_MOST_PLACES = 3
#: An amount so many times as large or small as every other of its sentence is out of scale.
_FAR = 10
_FEWEST, _MOST = 3, 12
_FEWEST_DIGITS = 2
#: What is told again is rounded to no more than that.
_ROUNDED = Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class _Money:
    """An amount: where it is printed, what it is worth, and one unit of its last digit; ``end``: behind its unit."""

    figure: TextFigure
    value: Fraction
    step: Fraction
    scale: int
    end: int


def scales_apart(passage: Passage) -> Iterator[StatementFinding]:
    """The amounts of a passage that are in another scale than those around them."""
    text = passage.text
    if "đồng" not in text and "VN" not in text:
        return
    amounts = [one for figure in passage.figures for one in _amounts(text, figure)]
    for again, first in _told_again(text, amounts):
        meant = _in_unit_of(text, again, first.value)
        same = text[first.figure.start : first.end].strip()
        yield _finding(passage, again, first, meant or same, TOLD_IN_TWO if meant else RESCALED)
    said: set[int] = set()
    for start, end in _stretches(text):
        inside = [one for one in amounts if start <= one.figure.start < end]
        if not 1 < len(inside) <= _MOST:
            continue
        counts = [one.readings[0] for one in passage.figures if start <= one.start < end and not one.percent]
        left = (one for one in inside if _is_left(one, inside) or _is_product(text, one, inside, counts))
        wrong = next(left, None) or _excess(text, inside)
        if wrong is not None and wrong.figure.start not in said:
            said.add(wrong.figure.start)
            other = max((one for one in inside if one is not wrong), key=lambda one: one.value)
            yield _finding(passage, wrong, other, _in_scale(wrong, larger=wrong.value < other.value))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The clauses of a text between semicolons, then its sentences."""
    for mark in (_CLAUSE, _SENTENCE):
        ends = [0, *(found.end() for found in mark.finditer(text)), len(text)]
        yield from zip(ends, ends[1:], strict=False)


def _amounts(text: str, figure: TextFigure) -> Iterator[_Money]:
    unit = _MONEY.match(text, figure.end)
    if unit is None or figure.named or figure.percent:
        return
    last = figure.over or figure
    if figure.over is not None:
        yield _Money(
            figure, figure.readings[0] * last.scale, Fraction(last.scale, 10 ** figure.places[0]), 0, unit.end()
        )
    yield _Money(last, last.value, last.step(), last.scale if figure.over is None else 0, unit.end())


def _told_again(text: str, amounts: Sequence[_Money]) -> Iterator[tuple[_Money, _Money]]:
    """Amounts in brackets behind the same amount, a power of ten off."""
    for one, other in zip(amounts, amounts[1:], strict=False):
        if not _AGAIN.fullmatch(text, one.end, other.figure.start) or text[other.end : other.end + 1] != ")":
            continue
        times = other.value / one.value if one.value else Fraction(1)
        if any(abs(times - each) < _ROUNDED * each for each in (10, 100, 1000, 10**6)) or any(
            abs(times * each - 1) < _ROUNDED for each in (10, 100, 1000, 10**6)
        ):
            yield other, one


def _in_unit_of(text: str, one: _Money, amount: Fraction) -> str:
    """``amount`` in the unit of ``one``, where that has the same digits: "1,284 tỷ đồng"; else ""."""
    value = amount / one.scale if one.scale in _SCALES else Fraction(_THOUSAND)
    places = next((places for places in range(_MOST_PLACES + 1) if (value * 10**places).denominator == 1), None)
    if places is None or value >= _THOUSAND:
        return ""
    meant, unit = in_form_of(one.figure, value, places), text[one.figure.start : one.end].strip()
    same = digits_of(meant).strip("0") == digits_of(one.figure.digits).strip("0")
    return f"{meant}{unit.removeprefix(one.figure.digits)}" if same else ""


def _is_left(one: _Money, inside: Sequence[_Money]) -> bool:
    """Whether an amount is what the others of its sentence leave in another scale, and far outside them in its own."""
    others = [each for each in inside if each is not one]
    if len(inside) < _FEWEST or one.scale not in _SCALES or len(one.figure.digits.strip("0.,")) < _FEWEST_DIGITS:
        return False
    values = [each.value for each in others]
    if min(values) / _FAR < one.value < max(values) * _FAR:
        return False
    times = Fraction(1, _THOUSAND) if one.value > max(values) else Fraction(_THOUSAND)
    meant, step = one.value * times, max(one.step * times, *(each.step for each in others))
    left = 2 * max(values) - sum(values)
    pair = abs(values[0] - values[1]) if len(values) == _FEWEST - 1 else left
    return meant > 0 and any(abs(meant - each) < step for each in (left, pair))


def _is_product(text: str, one: _Money, inside: Sequence[_Money], counts: Sequence[Fraction]) -> bool:
    """Whether an amount is so many times what each costs, in another scale: "126 nhà (44 triệu đồng/nhà)"."""
    if one.scale not in _SCALES or _EACH.match(text, one.end) or len(one.figure.digits.strip("0.,")) < _FEWEST:
        return False
    prices = [each.value for each in inside if _EACH.match(text, each.end)]
    made = {price * count for price in prices for count in counts if count > 1}
    return one.value not in made and any(one.value * times in made for times in (_THOUSAND, Fraction(1, _THOUSAND)))


def _excess(text: str, inside: Sequence[_Money]) -> _Money | None:
    """What exceeds a plan by more than all that there is."""
    for at, other in enumerate(inside[1:], start=1):
        most = max(inside[:at], key=lambda one: one.value)
        too_large = other.value > most.value > other.value / _THOUSAND and other.scale >= most.scale > 0
        before = text[inside[at - 1].end : other.figure.start]
        if too_large and other.scale // _THOUSAND in _SCALES and _EXCEEDS.fullmatch(before):
            return other
    return None


def _in_scale(wrong: _Money, *, larger: bool) -> str:
    unit = _SCALES.get(wrong.scale * _THOUSAND if larger else wrong.scale // _THOUSAND, "")
    return f"{wrong.figure.digits} {unit}" if unit else ""


def _finding(passage: Passage, wrong: _Money, other: _Money, found: str, why: str = RESCALED) -> StatementFinding:
    text, figure = passage.text, wrong.figure
    facts = {"other": text[other.figure.start : other.end].strip(), "at": passage.place_at(other.figure.start)}
    return StatementFinding(
        StatementKind.WRONG_UNIT, Severity.WRONG_FIGURE, Sure.LIKELY, passage.place_at(figure.start),
        quoted(text, figure.start, figure.end), text[figure.start : wrong.end].strip(), found,
        why, facts,
    )  # fmt: skip
