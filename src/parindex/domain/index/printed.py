"""Where a printed value tells another story than the value that decided.

Grade and rank use the index after its last declared step (or the points, where the set grades by points). Printed
with fewer places it may seem to reach a grade that it does not (84,9960 % prints as 85,00 %), or two units may seem
equal that are not.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.index.result import Result
from parindex.domain.values import Rounding


@dataclass(frozen=True, slots=True)
class PrintedGrade:
    """A unit whose printed index (or points, where the set grades by points) would fall in another grade."""

    unit: str
    index: Fraction
    printed: Fraction
    grade: str | None
    printed_grade: str | None


@dataclass(frozen=True, slots=True)
class PrintedTie:
    """Two units of a group that print the same index and yet have different ranks."""

    units: tuple[str, str]
    printed: Fraction
    ranks: tuple[int, int]


def printed_stories(result: Result, step: Rounding) -> tuple[PrintedGrade | PrintedTie, ...]:
    """Every unit whose index printed by ``step`` would tell another grade, and every pair of neighbours that would
    seem tied.
    """
    found: list[PrintedGrade | PrintedTie] = []
    views = [result.unit(row) for row in range(len(result.units))]
    grades = sorted(result.criteria_set.grades, key=lambda grade: grade.lower, reverse=True)
    for view in views:
        if view.graded is None:
            continue
        printed = step.apply(view.graded)
        seeming = next((grade.title for grade in grades if printed >= grade.lower), None)
        if seeming != view.grade:
            found.append(PrintedGrade(view.unit.id, view.graded, printed, view.grade, seeming))
    ranked = sorted(
        (v.unit.group, v.rank, v.unit.id, step.apply(v.graded)) for v in views if v.rank and v.graded is not None
    )
    for one, two in itertools.pairwise(ranked):
        if one[0] == two[0] and one[3] == two[3] and one[1] != two[1]:
            found.append(PrintedTie((one[2], two[2]), one[3], (one[1], two[1])))
    return tuple(found)
