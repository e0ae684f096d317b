"""What somebody typed into a field, and what it means: exact numbers, choices, nothing.

People type ``53.576`` and mean 53 576, ``0,5`` and ``0.5`` and mean a half; a number with one point before three
digits is read as thousands, as official papers write it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.errors import InvalidValue
from parindex.domain.values import number_text, parse_number

_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?\Z")
_SPACED = re.compile(r"[+-]?[1-9][0-9]{0,2}([ \u00a0\u202f][0-9]{3})+(,[0-9]+)?\Z")


@dataclass(frozen=True, slots=True)
class Typed:
    """The text of a field, and the digest of what stood there when the page was made.

    ``tried`` are texts that the same page sent before and never had an answer to: one of them may have arrived.
    """

    text: str
    read: str
    tried: tuple[str, ...] = ()


def digest(value: str) -> str:
    """A short digest of a value as read: it tells whether somebody else has changed it since."""
    return hashlib.sha256(value.encode()).hexdigest()[:16]


def number_of(text: str) -> Fraction:
    """The number that ``text`` means; raises :class:`InvalidValue` (``not_a_number``)."""
    plain = text.strip().replace("\u2212", "-")  # pages print a true minus sign
    if _GROUPED.match(plain) or _SPACED.match(plain):
        plain = re.sub(r"[. \u00a0\u202f]", "", plain)
    return parse_number(plain)


def figure_value(measure: Measure, text: str) -> str:
    """The value to store for what was typed; "" for nothing.

    Raises :class:`InvalidValue`: ``not_a_number``, ``not_whole``, ``below_minimum``, ``above_maximum``,
    ``unknown_choice``.
    """
    plain = text.strip()
    if not plain:
        return ""
    if measure.kind is MeasureKind.CHOICE:
        if plain not in measure.choices:
            raise InvalidValue("unknown_choice", text=plain, choices=list(measure.choices.values()))
        return plain
    value = number_of(plain)
    if (measure.integer or measure.kind is MeasureKind.LIST) and value.denominator != 1:
        raise InvalidValue("not_whole", text=plain)
    low = Fraction(0) if measure.kind is MeasureKind.LIST else measure.minimum
    if low is not None and value < low:
        raise InvalidValue("below_minimum", value=value, minimum=low)
    if measure.maximum is not None and value > measure.maximum:
        raise InvalidValue("above_maximum", value=value, maximum=measure.maximum)
    return number_text(value)


def points_number(text: str) -> Fraction:
    """The points that ``text`` means, whatever the maximum. A share is none: "50%" of what is not said, half a point
    or half of the maximum. Raises :class:`InvalidValue`: ``not_a_number``, ``share_for_points``.
    """
    plain = text.strip()
    value = parse_number(plain)  # points have no thousands: 1.264 is 1,264
    if "/" in plain or "%" in plain:
        raise InvalidValue("share_for_points", text=plain)
    return value


def points_value(text: str, max_points: Fraction) -> str:
    """Typed points as they are kept: with the decimals written; "" for nothing.

    Raises :class:`InvalidValue`: ``not_a_number``, ``share_for_points``, ``below_minimum``, ``above_maximum``.
    """
    plain = text.strip()
    if not plain:
        return ""
    value = points_number(plain)
    if value < 0:
        raise InvalidValue("below_minimum", value=value, minimum=Fraction(0))
    if value > max_points:
        raise InvalidValue("above_maximum", value=value, maximum=max_points)
    return plain.replace(",", ".").lstrip("+-")  # of a number that is not below zero: -0 is 0
