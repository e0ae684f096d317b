"""What a cell holds and how two contents are compared: exact numbers in, whatever a spreadsheet program stored out."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from parindex.documents.printed_text import clean
from parindex.domain.values import Rounding, decimal_places, number_text

#: What is written into a cell, and what python-calamine gives of one.
Content = str | int | float | None
Stored = str | int | float | bool | date | datetime | time | timedelta | None

#: A spreadsheet keeps so many significant digits of a number and so many UTF-16 units of a text.
DIGITS = 15
MOST_CHARACTERS = 32_767
_SHOWN_PLACES = 12
#: Control characters, halves of surrogate pairs and non-characters: XML has no way to write them, or programs drop
#: them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """``text`` composed (NFC), with plain line ends and without what no XML file can hold."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return unicodedata.normalize("NFC", _UNWRITABLE.sub("", plain))


def fits(text: str) -> bool:
    """Whether a cell can hold ``text``."""
    return len(writable(text).encode("utf-16-le")) // 2 <= MOST_CHARACTERS


def number_content(value: Fraction | None) -> Content:
    """A number as a cell keeps it without losing anything; as text where it has more digits than a cell keeps.

    The float is only how the digits travel: it is the one nearest to at most fifteen of them, which lead back to it.
    """
    if value is None:
        return None
    text = number_text(value)
    if decimal_places(value) is None or len(text.strip("-0.").replace(".", "")) > DIGITS:
        return text
    return int(value) if value.denominator == 1 else value.numerator / value.denominator


def shown_number(value: Fraction | None) -> Content:
    """A computed number for reading only: rounded half-up where its decimals do not end soon enough."""
    places = None if value is None else decimal_places(value)
    if value is None or (places is not None and places <= _SHOWN_PLACES):
        return number_content(value)
    return number_content(Rounding(_SHOWN_PLACES).apply(value))


def stored_text(value: Stored) -> str:
    """The content of a cell as text to be compared: numbers by their fifteen digits, text without its spacing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return stored_number(value)
    if isinstance(value, datetime | date | time | timedelta):
        return str(value)
    return clean(writable(value))


def stored_number(value: float) -> str:
    """``13.4873``: a number that a spreadsheet stored, without exponent; "inf" and "nan" for what is none."""
    if not math.isfinite(value):
        return str(value)
    text = format(value, f".{DIGITS}g")
    return format(Decimal(text), "f")


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but spacing and the way letters are composed."""
    return stored_text(one) == stored_text(other)
