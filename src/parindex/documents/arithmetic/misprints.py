"""One misprint of a figure: two of its digits changed places, one became another, one is too many, or its decimal mark
moved.

Digits are told apart from what stands between them: functions that hold two figures against each other take bare digits
(:func:`digits_of`). How many digits make a misprint no accident depends on how many figures could be meant, so whoever
asks says that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import ceil, floor

from parindex.documents.arithmetic.figures import TextFigure

#: Digits of a figure in which two that changed places, or one that is another, are no accident.
_FEWEST_EXCHANGED, _FEWEST_OTHER = 3, 5
#: Figures that rounding leaves open, so many are tried.
_MOST_MEANT = 40
_NO_DIGIT = re.compile(r"\D")
#: Among more than these, one digit of five is another by accident.
_NEARLY_EXACT = 3
#: Of one digit nothing is left; figures with more than ten are no counts that somebody typed.
_FEWEST_DIGITS, _MOST_DIGITS = 2, 10


class MisprintKind(StrEnum):
    """What happened to the digits of a figure."""

    EXCHANGED = "exchanged"  # two of them changed places
    OTHER = "other"  # one of them is another
    ADDED = "added"  # one of them is too many
    MOVED = "moved"  # the decimal mark stands elsewhere


@lru_cache(maxsize=4096)
def digits_of(printed: str) -> str:
    """The bare digits of a printed figure: "1.045,5" is "10455"."""
    return _NO_DIGIT.sub("", printed)


def misprint_between(one: str, other: str) -> MisprintKind | None:
    """How the digits of two figures differ by one misprint, whichever of the two is right: ``EXCHANGED`` or ``OTHER``;
    None where they are the same, of other lengths, or differ by more.
    """
    if len(one) != len(other):
        return None
    apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 1:
        return MisprintKind.OTHER
    if len(apart) != 2:
        return None
    first, second = apart
    turned = one[first] == other[second] and one[second] == other[first]
    return MisprintKind.EXCHANGED if turned else None


def are_exchanged(one: str, other: str, fewest: int = _FEWEST_EXCHANGED) -> bool:
    """Whether figures of ``fewest`` digits or more differ by two digits that changed places."""
    return len(one) >= fewest and misprint_between(one, other) is MisprintKind.EXCHANGED


def are_reordered(one: str, other: str) -> bool:
    """Whether figures have the same digits in any other order."""
    return one != other and sorted(one) == sorted(other)


def is_misprint(
    figure: TextFigure, meant: Fraction, slack: Fraction = Fraction(0), *, exchanged: int = _FEWEST_EXCHANGED
) -> bool:
    """Whether ``figure`` is ``meant`` (without the scale), give or take ``slack``, but for two digits that changed
    places, or one of five that is another; zeros at the end are no digits that tell something. ``exchanged``: of so
    many digits or more two may have changed places.
    """
    unit = Fraction(1, 10 ** figure.places[0])
    if meant <= 0 or (meant % unit and not slack):
        return False
    low, high = ceil((meant - slack) / unit), floor((meant + slack) / unit)
    printed = digits_of(figure.digits)
    telling = len(printed.strip("0"))
    fewest = {MisprintKind.EXCHANGED: exchanged}
    if high - low <= _NEARLY_EXACT:
        fewest[MisprintKind.OTHER] = _FEWEST_OTHER
    kinds = (
        misprint_between(printed, str(right).rjust(len(printed), "0")) for right in range(low, high + 1)[:_MOST_MEANT]
    )
    return any(kind is not None and telling >= fewest.get(kind, telling + 1) for kind in kinds)


@lru_cache(maxsize=256)
def as_meant(printed: str, places: int, kind: MisprintKind) -> tuple[tuple[int, int], ...]:
    """What a figure with ``places`` decimals may have been meant to be, one misprint taken back in every way: the
    digits as a number, and the decimals. Nothing for a figure of one digit, or of more than ten.
    """
    digits = digits_of(printed)
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return ()
    if kind is MisprintKind.MOVED:
        return tuple((int(digits), decimals) for decimals in range(len(digits) + 2) if decimals != places)
    made = {MisprintKind.EXCHANGED: _exchanged, MisprintKind.OTHER: with_another_digit, MisprintKind.ADDED: _shorter}[
        kind
    ]
    return tuple(dict.fromkeys((int(one), places) for one in made(digits)))


def neighbours_exchanged(printed: str) -> Iterator[str]:
    """A printed figure with two neighbouring digits changed round, in every way, its marks left in their places."""
    places = [at for at, letter in enumerate(printed) if letter.isdigit()]
    for one, other in zip(places, places[1:], strict=False):
        if printed[one] != printed[other]:
            yield _turned(printed, one, other)


def with_another_digit(printed: str) -> Iterator[str]:
    """A printed figure with one digit that is another, in every way, its marks left in their places."""
    for at, stands in enumerate(printed):
        for digit in "0123456789" if stands.isdigit() else "":
            if digit != stands:
                yield printed[:at] + digit + printed[at + 1 :]


def _exchanged(digits: str) -> Iterator[str]:
    for one, other in combinations(range(len(digits)), 2):
        if digits[one] != digits[other]:
            yield _turned(digits, one, other)


def _turned(printed: str, one: int, other: int) -> str:
    letters = list(printed)
    letters[one], letters[other] = printed[other], printed[one]
    return "".join(letters)


def _shorter(digits: str) -> Iterator[str]:
    for at in range(len(digits)):
        yield digits[:at] + digits[at + 1 :]
