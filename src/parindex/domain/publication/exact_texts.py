"""Columns of exact texts to exact numbers and back: what is frozen is text, what is computed with are columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

import numpy as np
from numpy.typing import NDArray

from parindex.domain.values import INT64_MAX, Mask, Numbers, decimal_places, exact_number, integer_type, number_text

#: What a number whose decimals do not end counts as having been written with.
_MOST_PLACES = 12


@dataclass(frozen=True, slots=True, eq=False)
class ExactColumn:
    """Numbers of all rows (0 where none is ``present``) and how many decimals each was written with."""

    numbers: Numbers
    present: Mask
    places: NDArray[np.int8]


def exact_column(texts: Sequence[str]) -> ExactColumn:
    """The numbers of ``texts``, "" for none; every distinct text is read once.

    Raises :class:`InvalidValue` (``not_a_number``) for a text that is no exact number.
    """
    values = {text: _number(text) for text in dict.fromkeys(texts) if text}
    places = {text: _places(value) for text, value in values.items()} | {"": 0}
    present = np.fromiter((text != "" for text in texts), dtype=bool, count=len(texts))
    written = np.fromiter((places[text] for text in texts), dtype=np.int8, count=len(texts))
    return ExactColumn(_numbers(texts, values), present, written)


@lru_cache(maxsize=65_536)
def _number(text: str) -> Fraction:
    """A nation has the same counts in a hundred columns."""
    return exact_number(text)


@lru_cache(maxsize=65_536)
def _places(value: Fraction) -> int:
    places = decimal_places(value)
    return _MOST_PLACES if places is None else min(places, _MOST_PLACES)


def _numbers(texts: Sequence[str], values: dict[str, Fraction]) -> Numbers:
    """Over one denominator while that fits a machine word, else each over its own: the least common denominator of a
    thousand quotients has thousands of digits.
    """
    known = {**values, "": Fraction(0)}
    den = lcm(*(value.denominator for value in known.values()))
    if den <= INT64_MAX:
        nums = {text: value.numerator * (den // value.denominator) for text, value in known.items()}
        return Numbers(_integers(texts, nums), den, _bound(nums), den, min(nums.values()) >= 0)
    nums = {text: value.numerator for text, value in known.items()}
    dens = {text: value.denominator for text, value in known.items()}
    least = min(nums.values())
    return Numbers(_integers(texts, nums), _integers(texts, dens), _bound(nums), _bound(dens), least >= 0)


def _integers(texts: Sequence[str], of: dict[str, int]) -> NDArray[np.int64]:
    return np.array([of[text] for text in texts], dtype=integer_type(_bound(of)))


def _bound(of: dict[str, int]) -> int:
    return max(abs(value) for value in of.values())


def column_texts(numbers: Numbers, present: Mask | None = None) -> tuple[str, ...]:
    """The exact text of every row, "" where it is not ``present``; every distinct number is written once."""
    nums = numbers.num.tolist()
    dens = [numbers.den] * len(nums) if isinstance(numbers.den, int) else numbers.den.tolist()
    pairs = list(zip(nums, dens, strict=True))
    known = {pair: number_text(Fraction(*pair)) for pair in dict.fromkeys(pairs)}
    if present is None:
        return tuple(known[pair] for pair in pairs)
    return tuple(known[pair] if here else "" for pair, here in zip(pairs, present.tolist(), strict=True))
