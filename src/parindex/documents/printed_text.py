"""Printed text as it comes out of office files and PDFs: cleaned, folded for matching, and read as a number of
points.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from parindex.domain.errors import InvalidValue
from parindex.domain.values import parse_number

#: Invisible characters: zero-width marks, byte order mark, soft hyphen (a hyphenation that the page did not need).
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f]")
_SPACES = re.compile(r"[^\S\n]+")
#: Markup that text extraction leaves in running text (seen: ``<b>``, ``<p>``, ``<ul style=…>``, ``**bold**``).
_BREAK_TAG = re.compile(r"<(?:br|/p|/li)\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|p|ul|ol|li|em|strong|span|sup|sub)(?:\s[^<>]{0,80})?>", re.IGNORECASE)
_POINTS = re.compile(
    r"^(?:tối đa:?\s*(?:là\s*)?)?(?P<number>[+-]?\d{1,6}(?:[.,]\d{1,6})?)\s*(?:điểm|đ|points?)?\s*[.;]?$", re.IGNORECASE
)


def clean(text: str) -> str:
    """``text`` composed (NFC), without invisible characters and doubled spaces; line breaks stay."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def without_markup(text: str) -> str:
    """``text`` without the markup that a text extraction left in it."""
    if "<" in text:
        text = _TAG.sub("", _BREAK_TAG.sub("\n", text))
    return text.replace("**", "")


def joined(text: str) -> str:
    """``text`` on one line."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """``text`` in lower case, without accents and line breaks, for matching only: ``"ĐIỂM tối đa"`` → ``"diem
    toi da"``.
    """
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return joined(bare.replace("đ", "d").replace("Đ", "D").lower())


def read_points(text: str) -> Fraction | None:
    """The number of points in a cell (``1,5``, ``1.5``, ``1,5 điểm``, ``tối đa 2``); None where it holds no
    single number.
    """
    found = _POINTS.match(joined(text))
    if found is None:
        return None
    try:
        return parse_number(found["number"])
    except InvalidValue:
        return None


def in_capitals(text: str) -> bool:
    """Whether ``text`` is written in capitals (at least four letters, nine tenths of them capital)."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and 10 * sum(c.isupper() for c in letters) >= 9 * len(letters)
