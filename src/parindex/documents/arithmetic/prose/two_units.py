"""One amount in two units side by side: ``21.500 triệu đồng (21,5 tỷ đồng)``, ``1.200 m, tức 1,2 km``, ``3 ngày (24
giờ)``: both are the same, as far as rounding shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form, in_form_of, in_full
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of, misprint_between
from parindex.documents.arithmetic.prose.fitting import Fit, Span, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding

#: Units by what they measure, each with how many of the smallest it has; more than one where papers differ.
_UNITS: dict[str, tuple[str, tuple[int, ...]]] = {
    "đồng": ("money", (1,)),
    "vnđ": ("money", (1,)),
    "m": ("length", (1,)),
    "mét": ("length", (1,)),
    "km": ("length", (1_000,)),
    "m2": ("area", (1,)),
    "ha": ("area", (10_000,)),
    "km2": ("area", (1_000_000,)),
    "kg": ("weight", (1,)),
    "tạ": ("weight", (100,)),
    "tấn": ("weight", (1_000,)),
    "phút": ("minutes", (1,)),
    "giờ": ("minutes", (60,)),
    "ngày": ("minutes", (480, 1_440)),
    "tháng": ("months", (1,)),
    "năm": ("months", (12,)),
}
_UNIT = rf"(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?!\w|\s?/)"
_LINK = r"(?:tương đương(?: với)?|tương ứng(?: với)?|tức(?: là)?|hay(?: là)?|quy đổi(?: là)?|bằng|=)"
_PAIR = re.compile(
    rf"(?P<a>{COUNT})\s?(?P<ua>{_UNIT})(?:\slàm việc)?\s?"
    rf"(?:(?P<open>\()(?P<in>{_LINK}\s)?|,?\s?(?P<link>{_LINK})\s)(?:là )?(?P<b>{COUNT})\s?(?P<ub>{_UNIT})"
    rf"(?:\slàm việc)?(?P<closed>\s?\))?"
)
#: "1,5 tỷ (1.500 triệu đồng)": the unit of money stands only once.
_SHORT = re.compile(rf"(?P<a>{COUNT})\s?\((?P<b>{COUNT})\s?(?:đồng)?\)")
_MOST_PLACES = 3
#: The next larger unit of money by the scale of one.
_MONEY = ("đồng", "vnđ")
_AGAIN = re.compile(r"tức|hay|tương đương|quy đổi")
_OF_EACH = re.compile(r"\s(?:(?:cho|của|trên) )?(?:mỗi|một|01)(?!\w)")
_LARGER, _THOUSAND = {1_000: "triệu", 1_000_000: "tỷ"}, 1_000
_POWERS = tuple(Fraction(10**zeros) for zeros in range(1, 7))


def two_units(text: MarkedText) -> Iterator[Checked]:
    """Every amount with the same in another unit behind it."""
    for found in _PAIR.finditer(text.text):
        kind, sizes = _UNITS[found["ua"]]
        other_kind, other_sizes = _UNITS[found["ub"]]
        if kind != other_kind or (found["open"] and not found["closed"] and not found["in"]):
            continue
        one, other = text.figure(found.start("a")), text.figure(found.start("b"))
        if (found["ua"], one.scale) == (found["ub"], other.scale):
            yield from _same_unit(text, found)
            continue
        pairs = [(size, other_size) for size in sizes for other_size in other_sizes]
        linked = bool(found["in"] or found["link"])
        yield from _checked(text, found, pairs, found["ub"], surely=linked and found["link"] != "bằng")
    for found in _SHORT.finditer(text.text):
        one, other = text.figure(found.start("a")), text.figure(found.start("b"))
        if one.scale != other.scale and one.scale > 1 and other.scale > 1:
            yield from _checked(text, found, [(1, 1)], "", surely=False)


def _same_unit(text: MarkedText, found: re.Match[str]) -> Iterator[Checked]:
    """An amount of money told again in the same unit, with its mark moved as for the next larger one: "480.233 triệu
    đồng, tức 480,233 triệu đồng".
    """
    one, other = text.figure(found.start("a")), text.figure(found.start("b"))
    larger = _LARGER.get(one.scale)
    same = one.readings[0] == other.readings[0] * _THOUSAND
    told_again = _AGAIN.match(found["in"] or found["link"] or "") and not _OF_EACH.match(text.text, found.end())
    if not told_again or larger is None or not same or found["ub"] not in _MONEY:
        return
    start, end, at = found.start(), found.end(), found.start("b")
    told = finding(
        text, start, end, StatementKind.WRONG_UNIT, "units_apart", at=at, sure=Sure.LIKELY,
        stated=text.printed(at, found.end("ub")), found=f"{other.digits} {larger} {found['ub']}",
        facts={"other": text.printed(found.start("a"), found.end("ua"))},
    )  # fmt: skip
    yield Checked("ratios", Fit.WRONG, start, end, told)


def _checked(
    text: MarkedText, found: re.Match[str], sizes: list[tuple[int, int]], unit: str, *, surely: bool
) -> Iterator[Checked]:
    at = found.start("b")
    one, other = text.figure(found.start("a")), text.figure(at)
    if (
        is_about(text.text, found.start("a"))
        or is_about(text.text, at)
        or one.over
        or other.over
        or not (one.value and other.value)
    ):
        return
    start, end = found.start(), found.end()
    if any(_are_one(one, other, *pair) for pair in sizes):
        yield Checked("ratios", Fit.RIGHT, start, end)
        return
    size, other_size = sizes[0]
    right = one.readings[0] * one.scale * size / Fraction(other_size * other.scale)
    moved = _is_moved(other, right)
    if moved and unit in ("", "đồng", "vnđ") and text.text[found.start("b") - 1] == "(":
        return  # money in brackets in the wrong scale is found among all amounts of the sentence
    if not (surely or moved or misprint_between(digits_of(other.digits), digits_of(_in_form(other, right)))):
        return
    words = f"{in_full(other, _in_form(other, right))} {unit}".strip()
    first = text.printed(found.start("a"), found.end("ua") if unit else found.start("a") + 1)
    told = finding(
        text, start, end, StatementKind.WRONG_UNIT, "units_apart", at=at, sure=Sure.LIKELY,
        stated=text.printed(at, found.end("ub") if unit else at + 1), found=words, facts={"other": first},
    )  # fmt: skip
    yield Checked("ratios", Fit.WRONG, start, end, told)


def _are_one(one: TextFigure, other: TextFigure, size: int, other_size: int) -> bool:
    """Whether two figures can stand for one amount by some reading."""
    return any(
        _meet(_span(one, reading, size), _span(other, other_reading, other_size))
        for reading in range(len(one.readings))
        for other_reading in range(len(other.readings))
    )


def _span(figure: TextFigure, reading: int, size: int) -> Span:
    value, step = figure.readings[reading] * figure.scale * size, figure.step(reading) * size
    return Span(value - step / 2, value + step / 2)


def _meet(one: Span, other: Span) -> bool:
    return one.low <= other.high and other.low <= one.high


def _is_moved(figure: TextFigure, right: Fraction) -> bool:
    """Whether a figure is the right one with its mark moved."""
    quotient = figure.readings[0] / right
    return any(quotient in (power, 1 / power) for power in _POWERS)


def _in_form(figure: TextFigure, value: Fraction) -> str:
    """``value`` in the form of ``figure``, with the decimals that it takes where these are few."""
    for places in range(figure.places[0], _MOST_PLACES + 1):
        if (value * 10**places).denominator == 1:
            return in_form_of(figure, value, places)
    return in_distinct_form(figure, value)
