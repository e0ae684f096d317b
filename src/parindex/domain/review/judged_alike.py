"""Whether the council judged alike what was claimed alike: the same item, claim and rule points in one group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parindex.domain.review.flags import FlagKind, FoundFlag, Severity

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """What was granted to one unit: ``entry`` its key, ``unit`` its name, ``points`` exact text."""

    entry: int
    unit: str
    points: str


def minority(counts: Mapping[str, int]) -> frozenset[str]:
    """The points that are not what most were granted; all of them where two or more were granted equally often.

    Whoever was judged as most were has nothing to ask about; of two units both have.
    """
    most = max(counts.values(), default=0)
    usual = [points for points, count in counts.items() if count == most]
    if len(counts) < 2:
        return frozenset()
    return frozenset(counts) if len(usual) > 1 else frozenset(points for points in counts if points != usual[0])


def judged_differently(alike: Iterable[Judged], *, has_rule: bool) -> dict[int, FoundFlag]:
    """Flags by entry, of entries that were ``alike`` and were granted different points.

    With the same points by the rule it is a doubt; where no rule works points out, explanations may differ, and it is
    something to know.
    """
    rows = list(alike)
    counts = Counter(one.points for one in rows)
    flagged = minority(counts)
    found = {}
    for one in rows:
        if one.points not in flagged:
            continue
        others = [other for other in rows if other.points != one.points][:_MOST_NAMED]
        facts = {
            "granted": one.points,
            "alike": counts[one.points],
            "others": sum(counts.values()) - counts[one.points],
            "named": [{"unit": other.unit, "points": other.points} for other in others],
        }
        severity = Severity.WARN if has_rule else Severity.INFO
        found[one.entry] = FoundFlag(FlagKind.JUDGED_DIFFERENTLY, severity, facts)
    return found
