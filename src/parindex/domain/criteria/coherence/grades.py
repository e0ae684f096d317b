"""Grades: every index from 0 to 100 per cent, or every number of points, falls in just one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.criteria_set import CriteriaSet, GradedBy, Outside
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place
from parindex.domain.values import number_text


def grade_findings(criteria_set: CriteriaSet) -> Iterator[Finding]:
    """Grades are closed at their lower edge: the lowest begins at 0, no two begin at the same edge, none above 100
    per cent (or, where the set grades by points, above the points that can be earned).
    """
    grades = criteria_set.grades
    if not grades:
        return
    place = Place(path="grades")
    by_points: dict[str, Any] = _by_points(criteria_set)
    top = by_points.get("top", Fraction(100))
    lowest = min(grades, key=lambda grade: grade.lower)
    if lowest.lower > 0:
        facts = {"grade": lowest.title, "lower": lowest.lower, **by_points}
        yield Finding("grades_gap", Severity.ERROR, place, "", number_text(lowest.lower), "0", facts)
    seen: dict[Fraction, str] = {}
    for grade in grades:
        edge = number_text(grade.lower)
        if grade.lower in seen:
            facts = {"grade": grade.title, "other": seen[grade.lower], "lower": grade.lower, **by_points}
            yield Finding("grades_same_edge", Severity.ERROR, place, "", edge, edge, facts)
        seen.setdefault(grade.lower, grade.title)
        if not 0 <= grade.lower <= top:
            facts = {"grade": grade.title, "lower": grade.lower, **by_points}
            yield Finding("grade_unreachable", Severity.ERROR, place, "", edge, None, facts)


def _by_points(criteria_set: CriteriaSet) -> dict[str, Fraction]:
    """The most points that can be earned, bonus included, where grades go by points; else nothing."""
    if criteria_set.index.graded_by is GradedBy.PER_CENT:
        return {}
    outside = criteria_set.outside_items()
    counted = (item for item in criteria_set.items() if outside.get(item.code) is not Outside.PENALTY)
    return {"top": sum((item.max_points or Fraction(0) for item in counted), Fraction(0))}
