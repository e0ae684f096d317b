"""What counts an explanation prints, with the words around them (``…: 178 TTHC``), and its per cents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from parindex.documents.citations.composed_text import composed
from parindex.domain.review.printed_figures import PrintedCount
from parindex.domain.values import parse_number

#: A whole number, with or without thousands marks; it begins with a digit, so that a text is passed over quickly.
_NUMBER = r"\d(?<![\w/.,%\-]\d)(?:\d{0,2}(?:\.\d{3})+|\d{0,8})"
_ANY_PER_CENT = re.compile(r"(?P<per_cent>\d(?<![\d.,]\d)\d{0,3}(?:[.,]\d{1,4})?)\s?%")
_COUNT = re.compile(rf"(?P<value>{_NUMBER})(?P<unit>(?:\s[^\W\d_]+){{1,3}})")
#: What joins a number to the words before it.
_JOINT = re.compile(r"(?::|(?<!\w)là)\s{0,3}\Z", re.IGNORECASE)
#: What a label begins behind: the end of a sentence, a bracket, the dash of a list, an arrow.
_BREAK = re.compile(r"[.;:\n()]|(?:^|\s)[-–+•*]\s|[-=]+>")
_LABEL_REACH = 200
_TOTAL = re.compile(r"^(?:(?:tổng|số|tổng số|trong đó|và)\s)+")


_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=2048)
def counts_in(explanation: str) -> tuple[PrintedCount, ...]:
    """The counts that ``explanation`` prints, in reading order."""
    if _DIGIT.search(explanation) is None:
        return ()
    text = " ".join(composed(explanation).text.split())
    return tuple(_counts(text))


def per_cents_in(explanation: str) -> tuple[Fraction, ...]:
    """Every per cent that ``explanation`` prints."""
    return tuple(parse_number(one["per_cent"]) for one in _ANY_PER_CENT.finditer(composed(explanation).text))


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
