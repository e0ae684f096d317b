"""Grades: every index from 0 to 100 per cent falls in just one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place
from parindex.domain.values import number_text


def grade_findings(criteria_set: CriteriaSet) -> Iterator[Finding]:
    """Grades are closed at their lower edge: the lowest begins at 0, no two begin at the same edge, none above 100."""
    grades = criteria_set.grades
    if not grades:
        return
    place = Place(path="grades")
    lowest = min(grades, key=lambda grade: grade.lower)
    if lowest.lower > 0:
        facts = {"grade": lowest.title, "lower": lowest.lower}
        yield Finding("grades_gap", Severity.ERROR, place, "", number_text(lowest.lower), "0", facts)
    seen: dict[Fraction, str] = {}
    for grade in grades:
        edge = number_text(grade.lower)
        if grade.lower in seen:
            facts = {"grade": grade.title, "other": seen[grade.lower], "lower": grade.lower}
            yield Finding("grades_same_edge", Severity.ERROR, place, "", edge, edge, facts)
        seen.setdefault(grade.lower, grade.title)
        if not 0 <= grade.lower <= 100:
            facts = {"grade": grade.title, "lower": grade.lower}
            yield Finding("grade_unreachable", Severity.ERROR, place, "", edge, None, facts)
