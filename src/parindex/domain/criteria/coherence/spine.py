"""The codes of a table that can be trusted: the chain through its rows that leaves the least to explain.

Reading row by row (``sequence``) is led astray where several neighbouring codes are wrong. Here the whole table is
weighed: a row off the chain costs 1, a gap that no such row can fill costs 1 more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, islice

from parindex.domain.criteria.coherence.numerals import Numerals, Path

#: So many rows in a row may be wrong, and so many codes missing between two that are right.
REACH = 8
MISSING_MAX = 20


def repaired(printed: Sequence[Path], numerals: Numerals) -> tuple[Path, ...] | None:
    """``printed`` with codes in place of those off the chain; None where no chain goes through the table."""
    rows: list[Path] = [(), *printed]  # the chain begins before the first row
    before = [0]
    costs: list[int | None] = [0]
    for at in range(1, len(rows)):
        ways = []
        for one in range(max(0, at - REACH - 1), at):
            cost, lost = costs[one], _missing(rows[one], rows[at], numerals)
            if cost is not None and lost is not None:
                off = at - one - 1
                ways.append((cost + off + (len(lost) > off), one))
        best = min(ways, default=(None, 0))
        costs.append(best[0])
        before.append(best[1])
    ends = [(cost + len(rows) - 1 - at, at) for at, cost in enumerate(costs) if cost is not None and at]
    return _filled(rows, numerals, before, min(ends)[1]) if ends else None


def _filled(rows: Sequence[Path], numerals: Numerals, before: Sequence[int], last: int) -> tuple[Path, ...]:
    out = list(rows)
    known = set(rows)
    at, after = last, len(rows)
    while after:
        goal = rows[after] if after < len(rows) else None
        lost = [] if goal is None else _missing(rows[at], goal, numerals) or []
        room = after - at - 1
        first = lost[:1] if lost and len(lost[0]) > len(rows[at]) else []  # a first child: nothing stands before it
        more = _more(first[0] if first else rows[at], (*lost, goal)[len(first)], known, numerals)
        codes = (*first, *islice(more, max(0, room - len(lost))), *lost[len(first) :])
        for row, path in zip(range(at + 1, after), codes, strict=False):
            out[row] = path
        at, after = before[at], at
    return tuple(out[1:])


def _more(start: Path, follows: Path | None, known: set[Path], numerals: Numerals) -> Iterator[Path]:
    """Codes of their own for rows that nothing is missing for: siblings of ``start`` where its group ends, else
    children.
    """
    ends = len(start) > 1 and (follows is None or len(follows) < len(start))
    parent = start[:-1] if ends else start
    return (path for number in count(1) if (path := (*parent, numerals.part(parent, number))) not in known)


def _missing(start: Path, goal: Path, numerals: Numerals) -> list[Path] | None:
    """The codes that must stand between two; None where ``goal`` cannot follow at all, or only far away."""
    shared = next((at for at, (one, two) in enumerate(zip(start, goal, strict=False)) if one != two), None)
    shared = min(len(start), len(goal)) if shared is None else shared
    if shared == len(goal):
        return None
    number = numerals.number(start[: shared + 1]) if shared < len(start) else 0
    lost: list[Path] = []
    for depth in range(shared + 1, len(goal) + 1):
        upto, parent = numerals.number(goal[:depth]), goal[: depth - 1]
        if number is None or upto is None or upto <= number or upto - number > MISSING_MAX:
            return None
        lost += [(*parent, numerals.part(parent, one)) for one in range(number + 1, upto)]
        lost.append(goal[:depth])
        number = 0
    return lost[:-1]
