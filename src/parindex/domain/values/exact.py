"""Exact numbers one at a time. Numbers in data files are text: ``"0,5"``, ``"0.5"``, ``"80%"``, ``"3/4"``.

:func:`parse_number` is the only reader of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from parindex.domain.errors import InvalidValue

_NUMBER = re.compile(r"([+-]?[0-9]+)(?:[.,]([0-9]+))?\Z")
_QUOTIENT = re.compile(r"([+-]?[0-9]+) */ *([0-9]*[1-9][0-9]*)\Z")
#: What :func:`number_text` writes; Python turns up to 4,300 digits into a number.
_EXACT = re.compile(r"-?[0-9]{1,4000}(?:\.[0-9]{1,4000}|/0*[1-9][0-9]{0,4000})?\Z")
_MAX_DIGITS = 60
_LIMIT = 10**_MAX_DIGITS
#: Texts up to this length are remembered with their numbers.
_SHORT = 16


class RoundingMode(StrEnum):
    """How a declared rounding step treats what it cuts off."""

    HALF_UP = "half_up"  # 0,125 → 0,13; −0,125 → −0,13 (away from zero, as Decimal's ROUND_HALF_UP)
    TRUNCATED = "truncated"  # 0,129 → 0,12; −0,129 → −0,12 (towards zero)


@dataclass(frozen=True, slots=True)
class Rounding:
    """One declared rounding step: ``places`` decimals (0 to 12) and the mode."""

    places: int
    mode: RoundingMode = RoundingMode.HALF_UP

    def __post_init__(self) -> None:
        if not 0 <= self.places <= 12:
            raise InvalidValue("rounding_places", places=self.places)

    def apply(self, value: Fraction) -> Fraction:
        """``value`` after this step, exact."""
        return Fraction(_rounded_int(value.numerator, value.denominator, 10**self.places, self.mode), 10**self.places)


def _rounded_int(num: int, den: int, scale: int, mode: RoundingMode) -> int:
    """|num/den · scale| as an integer by ``mode``, with the sign of ``num`` (den > 0)."""
    size = abs(num) * scale
    whole = (2 * size + den) // (2 * den) if mode is RoundingMode.HALF_UP else size // den
    return -whole if num < 0 else whole


def parse_number(text: object) -> Fraction:
    """Read one exact number written as ``1,5``, ``1.5``, ``80%``, ``3/4`` or an int, Decimal or Fraction.

    A comma and a point are both decimal marks; thousands marks are not accepted here (readers of papers remove them
    where the paper shows what they are). Raises :class:`InvalidValue` (``not_a_number``) for anything else, floats
    included.
    """
    if isinstance(text, bool):
        raise InvalidValue("not_a_number", text=text)
    if isinstance(text, int | Fraction) and abs(text) < _LIMIT:
        return Fraction(text)
    if isinstance(text, Decimal) and text.is_finite() and abs(text.adjusted()) < _MAX_DIGITS:
        return Fraction(text)
    if not isinstance(text, str):
        raise InvalidValue("not_a_number", text=text)
    body = text.strip()
    plain, hundred = (body[:-1].rstrip(), 100) if body.endswith("%") else (body, 1)
    if len(body) <= _MAX_DIGITS:
        if number := _NUMBER.match(plain):
            decimals = number[2] or ""
            return Fraction(int(number[1] + decimals), 10 ** len(decimals) * hundred)
        if quotient := _QUOTIENT.match(plain):
            return Fraction(int(quotient[1]), int(quotient[2]) * hundred)
    raise InvalidValue("not_a_number", text=body[:_MAX_DIGITS])


def decimal_places(value: Fraction) -> int | None:
    """How many decimals write ``value`` exactly; None where no finite number of decimals does (1/3)."""
    den, twos, fives = value.denominator, 0, 0
    while den % 2 == 0:
        den, twos = den // 2, twos + 1
    while den % 5 == 0:
        den, fives = den // 5, fives + 1
    return max(twos, fives) if den == 1 else None


def number_text(value: Fraction) -> str:
    """The shortest exact text of ``value`` with a decimal point; ``a/b`` where decimals do not end."""
    places = decimal_places(value)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def exact_number(text: str) -> Fraction:
    """The number that :func:`number_text` wrote, however long: a sum of many quotients has hundreds of digits.

    For texts of our own; what people and files write is read by :func:`parse_number`, which has a limit. Raises
    :class:`InvalidValue` (``not_a_number``) for any other text: a claim comes back from outside, and powers of ten
    (``1e999999999``) would hold the machine for hours.
    """
    return _known(text) if len(text) <= _SHORT else _exact(text)


def _exact(text: str) -> Fraction:
    if _EXACT.match(text) is None:
        raise InvalidValue("not_a_number", text=text[:_MAX_DIGITS])
    return Fraction(text)


#: Points and counts of a nation are the same few thousand texts, again and again.
_known = lru_cache(maxsize=16_384)(_exact)
