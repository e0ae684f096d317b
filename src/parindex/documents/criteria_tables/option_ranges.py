"""Ranges in the labels of option lines: "Từ 50% - dưới 100%", "¾ số lượng trở lên", "3 hình thức", "quá 01 tháng"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.printed_text import folded, joined
from parindex.domain.values import number_text, parse_number

_GLYPHS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅛": "1/8"}
_N = r"(?:\d{1,4}\s*/\s*\d{1,4}|\d{1,6}(?:[.,]\d{1,4})?)\s*%?"
_A, _B = rf"(?P<a>{_N})", rf"(?P<b>{_N})"
_UNIT_WORDS = r"[^\d%<>≤≥]{0,60}?"
_TO = r"(?:den|toi|-|–|—)"
_LOW = r"(?:tu|dat tu|>=|≥|it nhat|toi thieu|dat)"

#: What a double inequality leaves open between its edges: "80% ≤ x < 90%", "70% ≤ tỷ lệ < 90%".
_NAME = r"\s*[^\d%<>≤≥:]{0,60}?\s*"
_AT_MOST, _LESS, _AT_LEAST, _MORE = r"(?:<=|≤|=<)", r"<(?!=)", r"(?:>=|≥|=>)", r">(?!=)"

#: Shapes of ranges over folded words, the longest first, with the edges that (a, b) become.
_SHAPES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), a, b)
    for pattern, a, b in (
        (rf"{_A}\s*{_AT_MOST}{_NAME}{_AT_MOST}\s*{_B}", "from", "up_to"),
        (rf"{_A}\s*{_AT_MOST}{_NAME}{_LESS}\s*{_B}", "from", "below"),
        (rf"{_A}\s*{_LESS}{_NAME}{_AT_MOST}\s*{_B}", "above", "up_to"),
        (rf"{_A}\s*{_LESS}{_NAME}{_LESS}\s*{_B}", "above", "below"),
        (rf"{_A}\s*{_AT_LEAST}{_NAME}{_AT_LEAST}\s*{_B}", "up_to", "from"),
        (rf"{_A}\s*{_AT_LEAST}{_NAME}{_MORE}\s*{_B}", "up_to", "above"),
        (rf"{_A}\s*{_MORE}{_NAME}{_AT_LEAST}\s*{_B}", "below", "from"),
        (rf"{_A}\s*{_MORE}{_NAME}{_MORE}\s*{_B}", "below", "above"),
        (rf"^{_A}\s*{_AT_MOST}\s*(?=[a-z])", "from", ""),
        (rf"^{_A}\s*{_LESS}\s*(?=[a-z])", "above", ""),
        (rf"^{_A}\s*{_AT_LEAST}\s*(?=[a-z])", "up_to", ""),
        (rf"^{_A}\s*{_MORE}\s*(?=[a-z])", "below", ""),
        (rf"(?:tren|>|hon|qua)\s*{_A}{_UNIT_WORDS}\s*{_TO}?\s*(?:duoi|<|nho hon)\s*{_B}", "above", "below"),
        (rf"(?:tren|>|hon|qua)\s*{_A}{_UNIT_WORDS}\s*{_TO}\s*(?:<=|≤)?\s*{_B}", "above", "up_to"),
        (rf"{_LOW}?\s*{_A}{_UNIT_WORDS}\s*(?:{_TO}|va|den duoi)?\s*(?:duoi|<(?!=)|nho hon)\s*{_B}", "from", "below"),
        (rf"{_LOW}?\s*{_A}{_UNIT_WORDS}\s*{_TO}\s*(?:<=|≤|bang)?\s*{_B}", "from", "up_to"),
        (rf"{_A}{_UNIT_WORDS}\s?(?:tro xuong|ve truoc|hoac it hon)", "up_to", ""),
        (rf"{_A}{_UNIT_WORDS}\s?(?:tro len|hoac hon|tro di)", "from", ""),
        (rf"(?:tu|>=|≥|it nhat|toi thieu)\s*{_A}", "from", ""),
        (rf"(?:khong qua|khong vuot qua|<=|≤|trong vong|trong thoi han|toi da|trong)\s*{_A}", "up_to", ""),
        (rf"(?:tren|>|hon|qua|vuot)\s*{_A}", "above", ""),
        (rf"(?:duoi|<|nho hon|it hon|chua den|chua dat)\s*{_A}", "below", ""),
        (rf"^(?:dat|co|hoan thanh|bang|chi)?\s*{_A}(?!\s*/)", "exactly", ""),
    )
)
#: Words after the numbers that set a further condition: "đạt 100% nhưng trễ hạn", "trước ngày 30/6", "ở cấp xã".
_QUALIFIER = re.compile(
    r"\b(?:va|nhung|song|tuy|ma|kem|dong thoi|truoc|sau|som|dung han|tre|cham|qua han|kip thoi|con|o|tai|doi voi|rieng"
    r"|trong (?:do|ngay|thang|quy|nam|thoi)|khong)\b.*"
)
_OPEN_SIDE = re.compile(r"\b(?:tro (?:len|xuong|di)|ve truoc|hoac (?:it )?hon)\b")
_NONE = re.compile(r"^khong(?: (?:co|phat sinh)(?: \w+){0,4})?$")
_COUNTED = re.compile(r"^\s*([^\W\d_]+(?: [^\W\d_]+)?)")


@dataclass(frozen=True, slots=True)
class Range:
    """Edges of a band: ``low`` and ``high`` are None where the band is open to that side.

    ``unit`` is ``%`` for shares (also ¾), else what is counted, without accents, and ``unit_text`` as printed;
    ``is_none`` marks "không có".
    """

    low: Fraction | None
    low_closed: bool
    high: Fraction | None
    high_closed: bool
    unit: str
    unit_text: str = ""
    is_none: bool = False
    fractions: bool = False
    qualifier: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is one number ("4 cuộc")."""
        return self.low is not None and self.low == self.high

    def holds(self, value: Fraction) -> bool:
        """Whether a value lies between the edges; of a share as a part of one."""
        above = self.low is None or value > self.low or (value == self.low and self.low_closed)
        return above and (self.high is None or value < self.high or (value == self.high and self.high_closed))

    def overlaps(self, other: Range) -> bool:
        """Whether some value lies in both."""
        return not (self._ends_before(other) or other._ends_before(self))

    def _ends_before(self, other: Range) -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and not (self.high_closed and other.low_closed))

    @property
    def is_share(self) -> bool:
        """Whether the edges are shares of a whole."""
        return self.unit == "%"

    def edges(self) -> dict[str, str]:
        """The edges as rule data: ``from``/``above`` and ``below``/``up_to``."""
        out: dict[str, str] = {}
        if self.low is not None:
            out["from" if self.low_closed else "above"] = self._text(self.low)
        if self.high is not None:
            out["up_to" if self.high_closed else "below"] = self._text(self.high)
        return out

    def _text(self, value: Fraction) -> str:
        return percent_text(value) if self.is_share and not self.fractions else number_text(value)


def differ_in_words(ranges: Sequence[Range]) -> bool:
    """Whether the ranges are told apart by more than their numbers: "đạt 100% và đúng hạn", "đạt 100% nhưng trễ"."""
    return len({found.qualifier for found in ranges if not found.is_none}) > 1


def percent_text(share: Fraction) -> str:
    """``Fraction(1, 2)`` → ``"50%"``; a fraction that no finite per cent writes stays a fraction."""
    text = number_text(share * 100)
    return f"{text}%" if "/" not in text else number_text(share)


def read_range(label: str) -> Range | None:
    """The range that a label states; None where it states none."""
    words = label
    for glyph, text in _GLYPHS.items():
        words = words.replace(glyph, text)
    printed, words = joined(words), folded(words)
    for pattern, a, b in _SHAPES:
        found = pattern.search(words)
        if found is not None:
            return _range(found, a, b, words, printed if len(printed) == len(words) else words)
    if _NONE.match(words):
        return Range(Fraction(0), True, Fraction(0), True, "", is_none=True)
    return None


def _range(found: re.Match[str], a: str, b: str, words: str, printed: str) -> Range | None:
    first, second = found["a"], found.groupdict().get("b") or ""
    shares = "%" in first + second or "/" in first + second
    fractions = "/" in first + second
    values = {a: _value(first, shares and not fractions)}
    if b:
        values[b] = _value(second, shares and not fractions)
    at = found.end("b" if b else "a")
    unit, unit_text = ("%", "%") if shares else _unit(words[at:], printed[at:])
    if "exactly" in values:
        if not shares and not unit:
            return None  # a number without anything counted is no range
        value = values.pop("exactly")
        values["from"] = value
        if not (shares and value == 1):
            values["up_to"] = value
    low, high = values.get("from", values.get("above")), values.get("up_to", values.get("below"))
    if low is not None and high is not None and low > high:
        return None
    more = _QUALIFIER.search(_OPEN_SIDE.sub("", words[at:]))
    qualifier = joined(more[0]) if more else ""
    return Range(
        low, "from" in values, high, "up_to" in values, unit, unit_text, fractions=fractions, qualifier=qualifier
    )


def _value(text: str, percent: bool) -> Fraction:
    bare = joined(text).replace(" ", "")
    return parse_number(bare if bare.endswith("%") or not percent else f"{bare}%")


def _unit(after: str, printed: str) -> tuple[str, str]:
    """What is counted: the one or two words after the number ("hinh thuc", "hình thức"), without "tro len" and
    the like.
    """
    found = _COUNTED.match(after)
    if found is None:
        return "", ""
    unit = re.sub(r"\s*\b(tro|len|xuong|sau|ke|den|hoac)\b.*$", "", found[1])
    start = found.start(1)
    return unit, printed[start : start + len(unit)]
