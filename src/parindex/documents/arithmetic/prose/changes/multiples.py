"""Multiples in words and figures: ``12.480 hồ sơ, gấp 3 lần so với năm 2022 (4.160 hồ sơ)``, ``tăng gần gấp đôi, từ 420
lên 810 dịch vụ``, ``năm 2022 là 24 tỷ đồng, năm 2023 là 36 tỷ đồng, tăng 1,5 lần``, ``giảm một nửa, từ 80 vụ còn 41``.

A multiple is held against the two values that its sentence leads from and to. Words ("gấp đôi") are meant less exactly
than figures, and those of about ("gần", "hơn") only on their side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.about_words import ABOUT, one_of
from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.changes.contrasts import in_order
from parindex.documents.arithmetic.prose.changes.ties import from_to
from parindex.documents.arithmetic.prose.counted_things import count_the_same, may_count_alike
from parindex.documents.arithmetic.prose.fitting import Fit, Span, is_about, meant, prints_as
from parindex.documents.arithmetic.prose.marked_text import COUNT, PER_CENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import VALUES, Value, is_change, value_at, values_in

_WORDS: dict[str, int | Fraction] = {"đôi": 2, "rưỡi": Fraction(3, 2), "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "nửa": 2}
_ABOUT = one_of("hơn", "trên", "gần", "tới", "đến", "cao", *ABOUT)
_NUMBER = rf"{COUNT}(?=\s?lần)|(?:hai|ba|bốn|năm)(?= lần)"
_TIMES = re.compile(
    rf"(?<!\w)(?P<how>(?:tăng |cao |nhiều |lớn |bằng )?(?:(?P<about>{_ABOUT}) )?gấp|tăng|giảm|bằng)\s"
    rf"(?:lên |xuống |khoảng |(?P<near>{_ABOUT}) )?(?P<x>{_NUMBER}|đôi|rưỡi|(?<=gấp )(?:hai|ba|bốn)(?!\w)"
    rf"|(?:một )?nửa)(?: lần)?(?!\w)"
)
_NO = rf"[^.;:(){VALUES}]"
_V = f"[{COUNT}{PER_CENT}]"
#: "(36 cuộc so với 20 cuộc)" behind a multiple, and "so với năm 2022 (4.160 hồ sơ)".
_BOTH_BEHIND = re.compile(
    rf"{_NO}{{0,60}}\({_NO}{{0,30}}(?P<b>{_V}){_NO}{{0,20}}(?:so với|/)\s?{_NO}{{0,20}}(?P<a>{_V})"
)
_OLD_BEHIND = re.compile(
    rf"[^.;:,(){VALUES}]{{0,60}}(?:\({_NO}{{0,30}}|(?<!\w)(?:là|đạt|có|mức)\s)(?P<a>{_V}){_NO}{{0,30}}(?:[).,;]|$)"
)
_OTHER = re.compile(r"(?<!\w)(?:trong (?:số )?đó|bình quân|trung bình|mỗi|mục tiêu|phấn đấu|lần lượt)(?!\w)")
_TELLS = re.compile(r"gấp|lần|nửa")
_FAR, _BESIDE = 260, 70
#: How far a multiple in words, or in whole figures, may be off below and above; those of about, as parts of it.
_BELOW, _ABOVE = Fraction(7, 20), Fraction(13, 20)
_NEARLY = {"gần": (Fraction(7, 10), Fraction(21, 20)), "hơn": (Fraction(19, 20), Fraction(17, 10))}
_NEARLY |= {"trên": _NEARLY["hơn"]}
_ROUGHLY = (Fraction(3, 4), Fraction(5, 4))
_Pair = tuple[Value, Value]


def multiples(text: MarkedText) -> Iterator[Checked]:
    """Every multiple whose two values its sentence prints."""
    if _TELLS.search(text.text) is None:
        return
    told = [one for one in from_to(text) if ";" not in one[0]]
    behind = 0
    for found in _TIMES.finditer(text.text):
        first, _ = text.period(found.start())
        another, behind = behind > first, found.end()
        pair = _pair(text, found, told, another=another)
        if pair is not None and _is_sound(text, pair):
            yield _checked(text, found, *pair)


def _pair(
    text: MarkedText, found: re.Match[str], told: Sequence[re.Match[str]], *, another: bool = False
) -> _Pair | None:
    """The value before and the value after, by what stands around a multiple; ``another``: behind one in a sentence."""
    first, last = text.period(found.start())
    begin, end = max(first, found.start() - _FAR), min(last, found.end() + _FAR)
    leads = _led(text, found, [one for one in told if begin <= one.start() < end])
    if leads is not None:
        return value_at(text, leads.start("a")), value_at(text, leads.start("b"))
    both = _BOTH_BEHIND.match(text.text, found.end(), last)
    if both is not None:
        return value_at(text, both.start("a")), value_at(text, both.start("b"))
    if another:
        return None
    values = [one for one in values_in(text, begin, end) if one.letter in (COUNT, PER_CENT)]
    values = [one for one in values if not found.start() <= one.at < found.end()]
    old = _OLD_BEHIND.match(text.text, found.end(), last)
    before = [one for one in values if one.at < found.start()]
    if old is not None:
        news = [one for one in before if may_count_alike(one.unit, value_at(text, old.start("a")).unit)]
        return (value_at(text, old.start("a")), news[-1]) if news and news[-1] is before[-1] else None
    return _told_apart(text, before[-2:]) if len(before) == len(values) and len(values) == 2 else None


def _led(text: MarkedText, found: re.Match[str], told: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The nearest "từ A lên B" of the clause of a multiple."""
    near: list[tuple[int, re.Match[str]]] = []
    for leads in told:
        gap = text.text[leads.end() : found.start()] or text.text[found.end() : leads.start()]
        apart = max(found.start() - leads.end(), leads.start() - found.end())
        if 0 <= apart <= _BESIDE and not re.search(f"[{VALUES};]", gap):
            near.append((apart, leads))
    return min(near, key=lambda one: one[0])[1] if near else None


def _told_apart(text: MarkedText, values: Sequence[Value]) -> _Pair | None:
    """Two values of two years or stages that nothing else stands beside."""
    one, other = values
    if not one.unit or not count_the_same(one.unit, other.unit):
        return None
    if one.year is not None and other.year is not None and one.year != other.year:
        return (one, other) if one.year < other.year else (other, one)
    return in_order(text, values)


def _is_sound(text: MarkedText, pair: _Pair) -> bool:
    old, new = pair
    start, end = min(old.at, new.at), max(old.at, new.at)
    if old.letter != new.letter or old.amount <= 0 or new.amount <= 0 or not may_count_alike(old.unit, new.unit):
        return False
    about = any(is_about(text.text, one.at) or is_change(text, one.at) for one in pair)
    return not about and _OTHER.search(text.text, text.period(start)[0], end) is None


def _checked(text: MarkedText, found: re.Match[str], old: Value, new: Value) -> Checked:
    word = found["x"].removeprefix("một ")
    times = _in_words(word) if word in _WORDS else text.figure(found.start("x"))
    falls = found["how"].startswith("giảm") or word == "nửa"
    up, down = (old, new) if falls else (new, old)
    ratio = Span(meant(up.figure).low / meant(down.figure).high, meant(up.figure).high / meant(down.figure).low)
    ways = [ratio]
    if found["how"].startswith(("tăng", "giảm")) and word not in _WORDS:  # "tăng 2 lần" may be by twice as much
        ways.append(Span(ratio.low - 1, ratio.high - 1))
    start, end = min(found.start(), old.at, new.at), max(found.end(), old.at + 1, new.at + 1)
    if any(_is_so_many(way, times, found["about"] or found["near"] or "") for way in ways):
        return Checked("ratios", Fit.RIGHT, start, end)
    stated, why = (found["x"], "times_in_words_apart") if word in _WORDS else (times.digits, "times_apart")
    facts = {"old": down.figure.digits, "new": up.figure.digits}
    if word in _WORDS:
        facts["words"] = found["x"] if word == "nửa" else f"{found['how'].split()[-1]} {_from(found, 'x')}"
    exact = Fraction(up.amount) / down.amount
    places = times.places[0] if exact.denominator == 1 else max(1, times.places[0])
    told = finding(
        text, start, end, StatementKind.RATIO, why, at=found.start("x"), sure=Sure.LIKELY, stated=stated,
        found=in_form_of(times, exact, places), facts=facts,
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, start, end, told)


def _from(found: re.Match[str], group: str) -> str:
    return found[0][found.start(group) - found.start() :]


def _in_words(word: str) -> TextFigure:
    value = Fraction(_WORDS[word])
    return TextFigure(str(value), 0, 0, (value,), (int(value.denominator > 1),))


def _is_so_many(ratio: Span, times: TextFigure, about: str) -> bool:
    """Whether a ratio is called so many times by a writer who rounds, or says that it is only about so many."""
    stated = times.readings[0]
    if about and about not in ("tới", "đến", "cao"):
        low, high = _NEARLY.get(about, _ROUGHLY)
        return ratio.high >= stated * low and ratio.low <= stated * high
    if times.places[0] and times.end:
        return any(prints_as(ratio, times, reading) for reading in range(len(times.readings)))
    return ratio.high >= stated - _BELOW and ratio.low <= stated + _ABOVE
