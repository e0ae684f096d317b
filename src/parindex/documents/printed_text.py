"""Printed text as it comes out of office files and PDFs: cleaned, folded for matching, and read as a number of
points.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

from parindex.domain.errors import InvalidValue
from parindex.domain.values import parse_number

#: Invisible characters: zero-width marks, byte order mark, soft hyphen (a hyphenation that the page did not need).
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f]")
_SPACES = re.compile(r"[^\S\n]+")
#: Markup that text extraction leaves in running text (seen: ``<b>``, ``<p>``, ``<ul style=…>``, ``**bold**``).
_BREAK_TAG = re.compile(r"<(?:br|/p|/li)\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|p|ul|ol|li|em|strong|span|sup|sub)(?:\s[^<>]{0,80})?>", re.IGNORECASE)
#: A whole number with a dot between its thousands, as Vietnamese papers print it: "1.000".
THOUSANDS = r"[1-9]\d{0,2}(?:\.\d{3})+"
#: Points in running text over folded words: "88,5", "1.000"; four digits without a dot only where they are called
#: points (else they are a year).
POINTS_IN_TEXT = (
    rf"(?:(?<![\d.,]){THOUSANDS}(?:,\d{{1,4}})?(?![.\d])|\d{{1,3}}(?:[.,]\d{{1,4}})?"
    r"|(?<!nam )[1-9]\d{3}(?:,\d{1,4})?(?=\s*(?:diem|d)\b))"
)
_THOUSANDS = re.compile(rf"^{THOUSANDS}(?:,\d+)?$")
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
    return _known_folded(text) if len(text) <= _KNOWN else _folded(text)


#: Characters of a text that is remembered: every reader in turn asks for the same cells.
_KNOWN = 200


def _folded(text: str) -> str:
    if text.isascii():
        return joined(text.lower())
    bare = "".join([c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)])
    return joined(bare.replace("đ", "d").replace("Đ", "D").lower())


_known_folded = lru_cache(maxsize=4096)(_folded)


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


def has_thousands(text: str) -> bool:
    """Whether a number has the shape of one with dots between its thousands ("1.000"); it may be a decimal all the
    same.
    """
    return _THOUSANDS.match(text) is not None


def number_in_text(text: str, *, decimal_dots: bool = False) -> Fraction:
    """A number of running text, where a dot before three digits parts thousands; ``decimal_dots``: the text writes
    decimals with dots elsewhere, so that this is one too.
    """
    return parse_number(text.replace(".", "") if has_thousands(text) and not decimal_dots else text)


def in_capitals(text: str) -> bool:
    """Whether ``text`` is written in capitals (at least four letters, nine tenths of them capital)."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and 10 * sum(c.isupper() for c in letters) >= 9 * len(letters)
