"""What a paper contradicts in itself beyond its criteria set: points and sums of a score sheet, bands of grades, groups
without a row.

The readers report them as doubts, since they may have misread; :func:`paper_findings` makes findings of them, which
count as errors where nothing speaks for a misreading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from parindex.documents.papers import PaperTable
from parindex.domain.criteria import codes
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Problem
from parindex.domain.values import number_text

#: Points claimed or appraised; the maxima are checked as those of a criteria set.
_GIVEN = ("self_points", "appraised_points")
#: Doubts that a figure of a row may have been misread; marks without a digit ("x", "KĐG") hide no points.
_MISREAD = frozenset(
    {"cell_unsure", "row_unreadable", "row_passed_over", "reading_dear", "second_points", "several_numbers"}
)


def paper_findings(table: PaperTable) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The doubts of a table that contradict something printed, as findings, and the doubts that are left."""
    unsure = {_code(doubt) for doubt in table.doubts if _may_be_misread(doubt)}
    findings: list[Finding] = []
    left: list[Problem] = []
    for doubt in table.doubts:
        if doubt.kind == "groups_supplied":
            findings.extend(map(_of_lost_group, doubt.facts["alone"]))
            if len(doubt.facts["alone"]) == len(doubt.facts["codes"]):
                continue
        finding = _finding(doubt, table, unsure)
        if finding is None:
            left.append(doubt)
        else:
            findings.append(finding)
    return tuple(findings), tuple(left)


def _finding(doubt: Problem, table: PaperTable, unsure: set[str]) -> Finding | None:
    facts = doubt.facts
    if doubt.kind in ("grades_gap", "grades_overlap"):
        return _of_grades(doubt)
    if facts.get("column") not in _GIVEN:
        return None
    if doubt.kind == "points_above_max":
        return _of_points(doubt, facts["max_points"], {facts["code"]} & unsure)
    if doubt.kind == "group_points_differ":
        below = {row.code for row in table.rows if codes.parent(row.code) == facts["code"]}
        return _of_points(doubt, facts["found"], (below | {facts["code"]}) & unsure)
    if doubt.kind == "total_points_differ":
        finding = _of_points(doubt, facts["found"], unsure)
        return replace(finding, severity=Severity.NOTE) if facts.get("without") else finding
    return None


def _of_points(doubt: Problem, found: Fraction, unsure: Sequence[str] | set[str]) -> Finding:
    severity = Severity.WARNING if unsure else Severity.ERROR
    stated, code = number_text(doubt.facts["stated"]), doubt.facts.get("code", "")
    return Finding(doubt.kind, severity, doubt.place, code, stated, number_text(found), dict(doubt.facts))


def _of_lost_group(facts: dict[str, Any]) -> Finding:
    """A group that no row has although the table prints others of its level: the reader supplied it, the paper is
    wrong.
    """
    code = facts["code"]
    return Finding("parent_missing", Severity.ERROR, facts["place"], code, code, None, facts)


def _of_grades(doubt: Problem) -> Finding:
    """Two grades for one index, or none: it cannot be graded. A gap between two neighbouring figures (89 and 90) may be
    meant for rounded figures, which is to be confirmed.
    """
    facts: dict[str, Any] = dict(doubt.facts)
    severity = Severity.WARNING if facts.get("step") else Severity.ERROR
    kind = "grade_bands_gap" if doubt.kind == "grades_gap" else "grade_bands_overlap"
    return Finding(kind, severity, doubt.place, "", number_text(facts["upper"]), number_text(facts["lower"]), facts)


def _may_be_misread(doubt: Problem) -> bool:
    if doubt.kind == "points_not_read":
        return bool(re.search(r"\d", str(doubt.facts.get("text", ""))))
    return doubt.kind in _MISREAD


def _code(doubt: Problem) -> str:
    return str(doubt.facts.get("code") or doubt.place.code or "")
