"""Averages in words: ``Trong 250 ngày làm việc tiếp nhận 600 hồ sơ, bình quân 2,4 hồ sơ/ngày``, ``trung bình mỗi huyện
có 16 xã (145 xã/9 huyện)``, and rates of a thousand: ``6 phần nghìn (30/5.000 người)``, ``cứ 1.000 dân có 4,2 công chức
(8.400 công chức/2.000.000 dân)``.

A quotient is held against the two counts in the bracket behind it; an average without one against what stands before it
in its own unit and what it is told for each of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.prose.counted_things import count_alike, count_the_same
from parindex.documents.arithmetic.prose.fitting import Fit, Span, is_about, meant, prints_as
from parindex.documents.arithmetic.prose.marked_text import COUNT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import VALUES, is_change, unit_behind

_NO = rf"[^.;:,()/{VALUES}]"
_PER = r"[^\W\d_]+(?: (?!mỗi|một|trên|có|là|đạt|được)[^\W\d_]+)?"
_UNIT = rf"(?P<unit>\s{_NO}{{1,24}}?)"
_AVERAGES = (
    #: "bình quân 2,4 hồ sơ/ngày", "trung bình 2,4 hồ sơ mỗi ngày".
    re.compile(
        rf"(?<!\w)(?:bình quân|trung bình)\s(?:(?:là|đạt|khoảng)\s)?:?\s?(?P<q>{COUNT}){_UNIT}"
        rf"(?:\s?/\s?|\s(?:mỗi|trên|một)\s)(?P<per>{_PER})(?!\s?/|\s(?:mỗi|một|trên)\s|\w)"
    ),
    #: "trung bình mỗi huyện có 14,5 xã", "mỗi huyện bình quân có 14,5 xã".
    re.compile(
        rf"(?<!\w)(?:(?:bình quân|trung bình),?\s(?:mỗi|một)\s(?P<per>{_PER})"
        rf"|mỗi\s(?P<one>{_PER})\s(?:bình quân|trung bình))"
        rf"\s(?:{_NO}{{0,30}}\s)?(?P<q>{COUNT})(?P<unit>\s[^\W\d_]+(?: [^\W\d_]+)?)"
    ),
)
#: "mỗi công chức một cửa bình quân tiếp nhận 1.250 hồ sơ/năm (15.000 hồ sơ/12 công chức)": the bracket says of what.
_BEFORE_BRACKET = re.compile(
    rf"(?<!\w)(?:bình quân|trung bình)\s{_NO}{{0,40}}?(?P<q>{COUNT}){_NO}{{1,40}}(?:/{_NO}{{1,12}})?(?=\()"
)
_OF_THOUSANDS = {"‰": 1000, "phần nghìn": 1000, "phần ngàn": 1000, "phần vạn": 10000}
_OF_MANY = (
    re.compile(rf"(?P<q>{COUNT})\s?(?P<many>‰|phần (?:nghìn|ngàn|vạn))"),
    re.compile(
        rf"(?:cứ|trên mỗi|trong mỗi)\s(?P<base>{COUNT})\s{_NO}{{1,24}}?\s(?:thì\s)?có\s(?P<q>{COUNT}){_NO}{{1,24}}"
        r"(?=\()"
    ),
    re.compile(rf"(?P<q>{COUNT})\s{_NO}{{1,24}}?/(?P<base>{COUNT})\s{_NO}{{1,16}}(?=\()"),
)
#: "(145 xã/9 huyện)", "(12.000 hồ sơ chia cho 50 công chức)", "(25/5.000 người)".
_BRACKET = re.compile(
    rf"{_NO}{{0,40}}\((?:{_NO}{{0,20}}\s)?(?:(?P<f>{QUOTIENT})|(?P<a>{COUNT})(?:\s{_NO}{{1,24}})?"
    rf"(?:\s?[/:]\s?|\s(?:trên|chia|chia cho|cho)\s)(?:tổng số |số )?(?P<b>{COUNT})){_NO}{{0,24}}\)"
)
#: What an average is told of that stands before it in other words: another time, another place.
_OTHER_SCOPE = re.compile(
    r"(?<!\w)(?:cả năm|cả nước|cả tỉnh|toàn \w+|năm trước|cùng kỳ|kỳ trước|\w+ (?:trước|sau)|chung)[\s,]{1,2}$"
)
#: A figure of one digit is an average by accident.
_FEWEST_DIGITS = 2
_REACH = 320
#: From so many things on a rate may be told of a round number of them.
_ROUND = 10
_MOST = 8


@dataclass(frozen=True, slots=True)
class _Told:
    """A quotient at ``at``, of so many (``times``) for each; told from ``start`` to ``end``."""

    at: int
    start: int
    end: int
    figure: TextFigure
    times: Fraction = Fraction(1)


def told_quotients(text: MarkedText) -> Iterator[Checked]:
    """Every average and every rate of many whose two values the text prints."""
    for pattern in _AVERAGES if "bình quân" in text.text or "trung bình" in text.text else ():
        for found in pattern.finditer(text.text):
            at = found.start("q")
            told = _Told(at, found.start(), found.end(), text.figure(at))
            checked = None if _BRACKET.match(text.text, told.end) else _average(text, found)
            if checked is not None:
                yield checked
    for told in (*_before_brackets(text), *_rates_of_many(text)):
        checked = _of_bracket(text, told)
        if checked is not None:
            yield checked


def _before_brackets(text: MarkedText) -> Iterator[_Told]:
    """The averages with a bracket behind them."""
    for found in _BEFORE_BRACKET.finditer(text.text) if "bình" in text.text and "(" in text.text else ():
        at = found.start("q")
        yield _Told(at, found.start(), found.end(), text.figure(at))


def _rates_of_many(text: MarkedText) -> Iterator[_Told]:
    """The rates of a thousand or another round number of things."""
    if "‰" in text.text or "phần" in text.text:
        for found in _OF_MANY[0].finditer(text.text):
            at, times = found.start("q"), Fraction(_OF_THOUSANDS[found["many"]])
            yield _Told(at, at, found.end(), text.figure(at), times)
    patterns = _OF_MANY[1:] if "(" in text.text and ("cứ " in text.text or "/" in text.text) else ()
    for found in (one for pattern in patterns for one in pattern.finditer(text.text)):
        at, base = found.start("q"), text.figure(found.start("base"))
        if len(digits_of(base.digits).strip("0")) == 1 and base.value >= _ROUND:
            yield _Told(at, found.start(), found.end(), text.figure(at), Fraction(base.value))


def _of_bracket(text: MarkedText, told: _Told) -> Checked | None:
    """A quotient beside the bracket that holds its two counts."""
    bracket = _BRACKET.match(text.text, told.end)
    if bracket is None:
        return None
    above = text.figure(bracket.start("f") if bracket["f"] else bracket.start("a"))
    below = above.over if bracket["f"] else text.figure(bracket.start("b"))
    if below is None or below.value <= 0 or above.percent or above.scale != told.figure.scale:
        return None
    ratio = _quotient(meant(above), meant(below))
    span = Span(told.times * ratio.low, told.times * ratio.high)
    if prints_as(span, told.figure, loose=is_about(text.text, told.at)):
        return Checked("ratios", Fit.RIGHT, told.start, bracket.end())
    upside_down = above.value and prints_as(_quotient(meant(below), meant(above)), told.figure)
    if upside_down:
        return None
    value = told.times * above.value / below.value / told.figure.scale
    return _apart(text, told, bracket.end(), value, above, below)


def _apart(text: MarkedText, told: _Told, end: int, value: Fraction, above: TextFigure, below: TextFigure) -> Checked:
    total = above.text.split("/")[0].strip() if above.over is not None else above.digits
    wrong = finding(
        text, told.start, end, StatementKind.RATIO, "average_apart" if told.times == 1 else "rate_of_many_apart",
        at=told.at, sure=Sure.LIKELY, stated=told.figure.digits, found=in_distinct_form(told.figure, value),
        facts={"total": total, "count": below.digits, "times": str(told.times)},
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, told.start, end, wrong)


def _quotient(above: Span, below: Span) -> Span:
    return Span(above.low / below.high, above.high / below.low)


def _average(text: MarkedText, found: re.Match[str]) -> Checked | None:
    at = found.start("q")
    groups = found.groupdict()
    average, unit, per = text.figure(at), found["unit"].strip(), groups["per"] or groups["one"]
    if len(digits_of(average.digits).strip("0")) < _FEWEST_DIGITS or is_about(text.text, at):
        return None
    if _OTHER_SCOPE.search(text.text, max(0, found.start() - 24), found.start()):
        return None
    first = max(text.period(max(text.period(at)[0] - 2, 0))[0], at - _REACH)
    if "lần lượt" in text.text[first:at]:
        return None  # of the values told in turn: means.py
    every_count = text.figures(first, text.period(at)[1], COUNT)
    before = [one for one in every_count if one[0] < at or one[0] >= found.end()]
    before = [one for one in before if not is_change(text, one[0])][-_MOST:]
    totals = [
        one for one in before if one[1].scale == average.scale and count_the_same(unit_behind(text, one[0]), unit)
    ]
    counts = [one for one in before if count_alike(unit_behind(text, one[0]), per) and one[1].value > 1]
    pairs = [(one, other) for one in totals for other in counts if one[0] != other[0]]
    every = [(one, other) for one in before for other in before if one[0] != other[0] and other[1].value > 0]
    if any(prints_as(_quotient(meant(one), meant(other)), average) for (_, one), (_, other) in every):
        return Checked("ratios", Fit.RIGHT, found.start(), found.end())
    if len(totals) != 1 or len(counts) != 1 or not pairs:
        return None
    (total_at, total), (count_at, count) = pairs[0]
    told = _Told(at, min(total_at, count_at), found.end(), average)
    return _apart(text, told, found.end(), Fraction(total.value, average.scale) / count.value, total, count)
