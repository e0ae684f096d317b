"""How wide text is printed, and whether a line broke because the column was full.

A text layer has lost where the columns stood, but not where their lines broke. A word goes to the next line only when
it does not fit on this one; so a break before a word that would have fitted says that something ended there: a
paragraph or a cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

#: Widths of Times Roman in thousandths of the type size (Adobe font metrics), the type of Vietnamese official papers.
_CHARS = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
_TIMES_ROMAN = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 "
    "500 500 500 500 500 500 500 500 500 500 278 278 564 564 564 444 "
    "921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 "
    "556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 "
    "333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 "
    "500 500 333 389 278 500 500 722 500 500 444 480 200 480 541"
)
_WIDTHS = dict(zip(_CHARS, map(int, _TIMES_ROMAN.split()), strict=True))
_WIDTHS |= {"đ": 500, "Đ": 722, "…": 1000, "–": 500, "—": 1000, "“": 444, "”": 444, "‘": 333, "’": 333}
_UNKNOWN = 500
_HORN = 60  # what the horn of ơ and ư adds

#: A line may break after a hyphen inside a word, and nowhere else inside one.
_FIRST_CHUNK = re.compile(r"[^-]*-+|[^-]+")


@lru_cache(maxsize=65536)
def text_width(text: str) -> int:
    """The printed width of one line in thousandths of the type size."""
    total = 0
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.combining(char):
            total += _HORN if char == "\u031b" else 0
        else:
            total += _WIDTHS.get(char, _UNKNOWN)
    return total


def first_chunk(text: str) -> str:
    """The least that could have moved up to the line before: the first word, or its part up to a hyphen."""
    word = text.split(" ", 1)[0]
    match = _FIRST_CHUNK.match(word)
    return match[0] if match else word


def room_left(line: str, following: str, column: int) -> int:
    """How much room would be left in a column of this width, had the first chunk of ``following`` stayed on ``line``.

    Negative: it did not fit, so the break is the column's; positive: it would have fitted, so the break means
    something.
    """
    space = 0 if line.endswith("-") and not line.endswith(" -") else _WIDTHS[" "]
    return column - text_width(line) - space - text_width(first_chunk(following))


def column_width(widths: Sequence[int]) -> int:
    """The width of a column from the widths of lines known to stand in it: the widest, single freaks left aside."""
    if not widths:
        return 0
    ordered = sorted(widths)
    return ordered[min(len(ordered) - 1, (len(ordered) * 99) // 100)]
