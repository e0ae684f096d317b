"""Quotients in words: ``12.480 hồ sơ, gấp 3 lần so với năm 2022 (4.160 hồ sơ)``, ``tăng gấp đôi so với cùng kỳ (23
vụ)``, ``Trong 250 ngày làm việc tiếp nhận 600 hồ sơ, bình quân 2,4 hồ sơ/ngày``.

A multiple is held against the two values that its words tie to it, an average against what stands before it in its own
unit and what it is told for each of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.prose.counted_things import count_alike, count_the_same, may_count_alike
from parindex.documents.arithmetic.prose.fitting import Fit, Span, is_about, meant, prints_as
from parindex.documents.arithmetic.prose.marked_text import COUNT, PER_CENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import VALUES, is_change, unit_behind

_V = f"[{COUNT}{PER_CENT}]"
_WORDS = {"đôi": 2, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}
_NO = rf"[^.;:(){VALUES}]"
_TIMES = (
    rf"(?P<more>tăng )?(?:bằng |cao |lớn |nhiều )?gấp (?P<about>hơn |gần |khoảng |trên |xấp xỉ |tới )?"
    rf"(?P<x>{COUNT}(?=\s?lần)|đôi|hai(?= lần)|ba(?!\w)|bốn(?!\w)|năm(?= lần))(?: lần)?"
)
_MULTIPLES = (
    re.compile(rf"(?P<b>{_V}){_NO}{{0,60}}?[,\s]\s?{_TIMES}{_NO}{{0,50}}\({_NO}{{0,30}}(?P<a>{_V}){_NO}{{0,30}}\)"),
    re.compile(
        rf"(?<!\w)từ{_NO}{{0,30}}(?P<a>{_V}){_NO}{{0,40}}(?<!\w)(?:lên|đến|tới)\s{_NO}{{0,16}}(?P<b>{_V}){_NO}{{0,30}}"
        rf",\s?{_TIMES}"
    ),
)
_AVERAGE = re.compile(
    rf"(?<!\w)(?:bình quân|trung bình)\s(?:(?:là|đạt|khoảng|mỗi [^\W\d_]+(?: [^\W\d_]+)?(?: là| đạt| có)?)\s)?:?\s?"
    rf"(?P<q>{COUNT})(?P<unit>\s[^.;:,()/{VALUES}]{{1,24}}?)(?:\s?/\s?|\s(?:mỗi|trên|một)\s)"
    r"(?P<per>[^\W\d_]+(?: (?!mỗi|một|trên)[^\W\d_]+)?)(?!\s?/|\s(?:mỗi|một|trên)\s|\w)"
)
#: A figure of one digit is an average by accident.
_FEWEST_DIGITS = 2
_REACH = 320
_MOST = 8


def told_quotients(text: MarkedText) -> Iterator[Checked]:
    """Every multiple and every average whose two values the text prints."""
    for pattern in _MULTIPLES if "gấp" in text.text else ():
        for found in pattern.finditer(text.text):
            checked = _multiple(text, found)
            if checked is not None:
                yield checked
    for found in _AVERAGE.finditer(text.text) if "bình" in text.text else ():
        checked = _average(text, found)
        if checked is not None:
            yield checked


def _multiple(text: MarkedText, found: re.Match[str]) -> Checked | None:
    new, old = text.figure(found.start("b")), text.figure(found.start("a"))
    alike = may_count_alike(unit_behind(text, found.start("b")), unit_behind(text, found.start("a")))
    about = found["about"] or any(is_about(text.text, found.start(one)) for one in "ab")
    if not alike or about or new.percent != old.percent or old.value <= 0 or is_change(text, found.start("b")):
        return None
    word = _WORDS.get(found["x"])
    times = _whole_number(word) if word is not None else text.figure(found.start("x"))
    ratio = _quotient(meant(new), meant(old))
    ways = [ratio]
    if found["more"] and word is None:  # "tăng gấp 2 lần" may be by twice as much
        ways.append(Span(ratio.low - 1, ratio.high - 1))
    if any(prints_as(way, times, reading) for way in ways for reading in range(len(times.readings))):
        return Checked("ratios", Fit.RIGHT, found.start(), found.end())
    stated = found["x"] if word is not None else times.digits
    told = finding(
        text, found.start(), found.end(), StatementKind.RATIO, "times_apart", at=found.start("x"), sure=Sure.LIKELY,
        stated=stated, found=in_distinct_form(times, Fraction(new.value) / old.value),
        facts={"old": old.digits, "new": new.digits},
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, found.start(), found.end(), told)


def _whole_number(value: int) -> TextFigure:
    return TextFigure(str(value), 0, 0, (Fraction(value),), (0,))


def _quotient(above: Span, below: Span) -> Span:
    return Span(above.low / below.high, above.high / below.low)


def _average(text: MarkedText, found: re.Match[str]) -> Checked | None:
    at = found.start("q")
    average, unit, per = text.figure(at), found["unit"].strip(), found["per"]
    if len(digits_of(average.digits).strip("0")) < _FEWEST_DIGITS or is_about(text.text, at):
        return None
    first = max(text.period(max(text.period(at)[0] - 2, 0))[0], at - _REACH)
    before = [one for one in text.figures(first, found.start(), COUNT)[-_MOST:] if not is_change(text, one[0])]
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
    start = min(total_at, count_at)
    told = finding(
        text, start, found.end(), StatementKind.RATIO, "average_apart", at=at, sure=Sure.LIKELY,
        stated=average.digits, found=in_distinct_form(average, Fraction(total.value, average.scale) / count.value),
        facts={"total": total.digits, "count": count.digits},
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, start, found.end(), told)
