"""Codes that lost all their dots: 1, 11, 111, 112, 12, 2, 21 for 1, 1.1, 1.1.1, 1.1.2, 1.2, 2, 2.1."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from parindex.domain.criteria import codes


def restored(printed: Sequence[str], points: Sequence[Fraction | None]) -> list[str] | None:
    """The codes with their dots, where every code follows on the ones before that way and the points of some row
    are the sum of the rows below it; None otherwise.
    """
    if len(printed) < 3 or printed[0] != "1" or not all(code.isdecimal() for code in printed):
        return None
    out = ["1"]
    for code in printed[1:]:
        following = next((due for due in _due(out[-1]) if due.replace(".", "") == code), None)
        if following is None:
            return None
        out.append(following)
    return out if _sums_agree(out, points) else None


def _due(previous: str) -> list[str]:
    due = [f"{previous}.1"]
    level: str | None = previous
    while level:
        following = codes.next_sibling(level)
        due += [following] if following else []
        level = codes.parent(level)
    return due


def _sums_agree(settled: Sequence[str], points: Sequence[Fraction | None]) -> bool:
    """Whether at least half of the rows with rows below them are their sum."""
    by_code = dict(zip(settled, points, strict=True))
    sums: dict[str, Fraction] = {}
    for code, value in by_code.items():
        above = codes.parent(code)
        if above is not None:
            sums[above] = sums.get(above, Fraction(0)) + (value or 0)
    return bool(sums) and 2 * sum(by_code[code] == total for code, total in sums.items()) >= len(sums)
