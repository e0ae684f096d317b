"""What figures an explanation prints: per cents beside their fractions, counts with the words around them.

Read is only what cannot be anything else: ``71,71% (32/45)``, ``249/832, đạt 30%``, ``…: 178 TTHC``. Days, months and
numbers of documents are no fractions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from parindex.documents.citations.composed_text import composed
from parindex.domain.review.printed_figures import PrintedCount, PrintedShare
from parindex.domain.values import parse_number

#: A whole number, with or without thousands marks; it begins with a digit, so that a text is passed over quickly.
_NUMBER = r"\d(?<![\w/.,%\-]\d)(?:\d{0,2}(?:\.\d{3})+|\d{0,8})"
_WHOLE = r"(?:\d{1,3}(?:\.\d{3})+|\d{1,9})"
_PER_CENT = r"(?P<per_cent>\d{1,4}(?:[.,]\d{1,4})?)\s?%"
_BEHIND_IT = r"(?![\d/]|[.,]\d|-\w)"
#: "71,71% (32/45)".
_BEFORE = re.compile(
    rf"(?P<per_cent>\d(?<![\d.,]\d)\d{{0,3}}(?:[.,]\d{{1,4}})?)\s?%\s?\(\s?(?P<part>{_WHOLE})\s?/\s?(?P<whole>{_WHOLE})"
    rf"{_BEHIND_IT}"
)
#: "249/832, đạt 30%", "178/572 * 100 = 31%", "15/29 (đạt 51,72%)".
_BEHIND = re.compile(
    rf"(?P<part>{_NUMBER})\s?/\s?(?P<whole>{_WHOLE}){_BEHIND_IT}\s?(?:[*x×]\s?100\s?%?\s?)?"
    rf"(?:=|[,(]?\s?(?:đạt|chiếm|bằng|tương đương|tương ứng)(?:\s(?:tỷ|tỉ)\slệ)?:?)\s?{_PER_CENT}",
    re.IGNORECASE,
)
_ANY_PER_CENT = re.compile(r"(?P<per_cent>\d(?<![\d.,]\d)\d{0,3}(?:[.,]\d{1,4})?)\s?%")
#: What makes "12/2020" a month or a number, not a fraction.
_NO_FRACTION = re.compile(r"(?:tháng|quý|ngày|năm|số|kỳ|điều|khoản)\s{0,2}$", re.IGNORECASE)
_YEARS = range(1990, 2101)
_COUNT = re.compile(rf"(?P<value>{_NUMBER})(?P<unit>(?:\s[^\W\d_]+){{1,3}})")
#: What joins a number to the words before it.
_JOINT = re.compile(r"(?::|(?<!\w)là)\s{0,3}\Z", re.IGNORECASE)
#: What a label begins behind: the end of a sentence, a bracket, the dash of a list, an arrow.
_BREAK = re.compile(r"[.;:\n()]|(?:^|\s)[-–+•*]\s|[-=]+>")
_LABEL_REACH = 200
_TOTAL = re.compile(r"^(?:(?:tổng|số|tổng số|trong đó|và)\s)+")


@dataclass(frozen=True, slots=True)
class PrintedExplanation:
    """The figures of one explanation, each kind in reading order."""

    shares: tuple[PrintedShare, ...] = ()
    counts: tuple[PrintedCount, ...] = ()


_NOTHING = PrintedExplanation()
_DIGIT = re.compile(r"\d")
#: Two numbers with a stroke between them that are neither a day nor the number of a document.
_QUOTIENT = re.compile(r"\d\s?/\s?\d(?!\d?/)")


@lru_cache(maxsize=2048)
def printed_in(explanation: str) -> PrintedExplanation:
    """What ``explanation`` prints."""
    if _DIGIT.search(explanation) is None:
        return _NOTHING
    text = " ".join(composed(explanation).text.split())
    shares = tuple(_shares(text)) if "%" in text and _QUOTIENT.search(text) is not None else ()
    return PrintedExplanation(shares, tuple(_counts(text)))


def per_cents_in(explanation: str) -> tuple[Fraction, ...]:
    """Every per cent that ``explanation`` prints."""
    return tuple(parse_number(one["per_cent"]) for one in _ANY_PER_CENT.finditer(composed(explanation).text))


def _shares(text: str) -> Iterator[PrintedShare]:
    for pattern in (_BEFORE, _BEHIND):
        for found in pattern.finditer(text):
            part, whole = (_number(found[name]) for name in ("part", "whole"))
            if _NO_FRACTION.search(text, max(0, found.start("part") - 12), found.start("part")):
                continue
            if part <= 12 and whole in _YEARS:
                continue
            printed = found["per_cent"]
            places = len(printed.replace(",", ".").partition(".")[2])
            yield PrintedShare(part, whole, parse_number(printed), places)


def _counts(text: str) -> Iterator[PrintedCount]:
    for found in _COUNT.finditer(text):
        unit = " ".join(found["unit"].split()).casefold()
        before = text[max(0, found.start() - _LABEL_REACH) : found.start()]
        joint = _JOINT.search(before, max(0, len(before) - 6))
        label = "" if joint is None else _label(before[: joint.start()])
        yield PrintedCount(label, _number(found["value"]), unit)


def _label(before: str) -> str:
    """The words that name a number: back to the break before them, without "tổng số" and the like."""
    words = " ".join(_BREAK.split(before)[-1].casefold().replace(",", " ").split())
    return _TOTAL.sub("", words)


def _number(printed: str) -> int:
    return int(printed.replace(".", ""))
