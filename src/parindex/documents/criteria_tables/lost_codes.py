"""The code of a row that prints none, or prints one that cannot be read: what the codes and points around it bear out.

The code supplied is a reading, never a certainty: each one is a doubt (``code_missing``, ``code_unreadable``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.criteria_tables.printed_codes import read_code
from parindex.domain.criteria import codes

_MALFORMED = re.compile(r"^(?=.*\d)[\dIVXilOoSsA-Ha-eđ.,;:/ -]{1,15}$")
_LOOKALIKES = str.maketrans({"l": "1", "I": "1", "i": "1", "|": "1", "O": "0", "o": "0", "S": "5"})


def is_malformed(text: str) -> bool:
    """Whether a cell holds what was meant as a code and is none ("2.1.l", "1..3")."""
    return bool(_MALFORMED.match(text)) and read_code(text) is None


def supply(printed: str, before: Sequence[tuple[str, Fraction | None]], points: Fraction | None, after: str) -> str:
    """The code for a row printed as ``printed`` ("" for none), by the codes and points of the rows before it and
    the code that comes after.

    In this order: the printed text with its slips mended, the code right before ``after``, the code under the parent
    whose points this row completes, the next code of the level of the row before.
    """
    mended = _mended(printed)
    if mended:
        return mended
    due = list(_due(before[-1][0])) if before else ["1"]
    taken = {code for code, _ in before} | {after}
    free = [code for code in due if code not in taken] or due
    leading_on = [code for code in free if after in (codes.next_sibling(code), f"{code}.1")]
    completing = [code for code in free if _completes(code, before, points)]
    level = codes.next_sibling(before[-1][0]) if before else None
    same_level = [code for code in free if code == level]
    return (leading_on or completing or same_level or free)[0]


def _mended(printed: str) -> str:
    text = re.sub(r"[.,;:/ -]+", ".", printed.translate(_LOOKALIKES)).strip(".")
    return text if text and re.fullmatch(r"\d{1,3}(\.\d{1,3})*", text) else ""


def _due(previous: str) -> Iterator[str]:
    """The codes that may follow on ``previous``, the deepest first."""
    yield f"{previous}.1"
    level: str | None = previous
    while level:
        following = codes.next_sibling(level)
        if following is not None:
            yield following
        level = codes.parent(level)


def _completes(code: str, before: Sequence[tuple[str, Fraction | None]], points: Fraction | None) -> bool:
    """Whether the points are what the row above ``code`` still lacks."""
    parent = codes.parent(code)
    stated = next((value for known, value in before if known == parent), None)
    if parent is None or stated is None or points is None:
        return False
    siblings = [value or Fraction(0) for known, value in before if codes.parent(known) == parent]
    return bool(siblings) and sum(siblings, points) == stated
