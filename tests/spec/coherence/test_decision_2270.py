"""The findings on decision 2270/QĐ-UBND of Điện Biên (2024): three errors, and what is to be confirmed.

The shipped sets are the decision with what was settled on; here what was settled is taken back, so that the check
sees the tables as they are printed.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.domain.criteria.coherence import structure
from parindex.domain.criteria.criteria_set import CriteriaSet, Node
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.scoring.check import check


def as_printed(name: str) -> CriteriaSet:
    """A shipped set with printed codes, without display titles, rules and measures."""
    path = shipped_set_path(name)
    assert path is not None

    def printed(node: Node) -> Node:
        return replace(
            node,
            code=node.printed_code or node.code,
            printed_code="",
            display_title="",
            rule=None,
            evidence=(),
            children=tuple(map(printed, node.children)),
        )

    made = load_criteria_set(path)
    return replace(made, areas=tuple(map(printed, made.areas)), measures={})


DEPARTMENTS = as_printed("dien-bien-2024-departments")
DISTRICTS = as_printed("dien-bien-2024-districts")


def found(made: CriteriaSet, other: CriteriaSet) -> dict[tuple[str, str], Finding]:
    return {(finding.kind, finding.code): finding for finding in check(made, others=[other])}


def test_the_findings_on_the_departments() -> None:
    findings = found(DEPARTMENTS, DISTRICTS)
    assert [(kind, code, one.severity.value) for (kind, code), one in findings.items()] == [
        ("duplicate_code", "2.3.1", "error"),
        ("parts_points", "", "error"),
        ("sentence_cut", "7.1.1", "warning"),
        ("rule_missing", "", "warning"),
        ("evidence_missing", "", "note"),
    ]
    twice = findings["duplicate_code", "2.3.1"].facts
    assert (twice["proposal"], twice["sum_fits"]) == ("2.3.2", True)
    assert twice["addends"] == [Fraction(7, 4), Fraction(3, 4)]
    assert findings["rule_missing", ""].found == "113"


def test_the_survey_is_declared_with_20_and_has_19() -> None:
    finding = found(DEPARTMENTS, DISTRICTS)["parts_points", ""]
    assert (finding.stated, finding.found) == ("20", "19")
    assert [area["items"] for area in finding.facts["by_area"]] == [5, 3, 0, 3, 8, 4, 5]
    assert [area["points"] for area in finding.facts["by_area"]] == [4, 3, 0, 2, 4, Fraction(5, 2), Fraction(7, 2)]
    assert [(part["stated"], part["found"]) for part in finding.facts["parts"]] == [(80, 81), (20, 19)]


def test_the_findings_on_the_districts() -> None:
    findings = found(DISTRICTS, DEPARTMENTS)
    assert [(kind, code, one.severity.value) for (kind, code), one in findings.items()] == [
        ("duplicate_code", "2.3.1", "error"),
        ("count_in_area", "1", "warning"),
        ("source_heading", "8.3", "warning"),
        ("title_repeated", "5.8.1", "warning"),
        ("sentence_cut", "7.1.1", "warning"),
        ("title_copied", "2.5", "warning"),
        ("rule_missing", "", "warning"),
        ("evidence_missing", "", "note"),
    ]
    area = findings["count_in_area", "1"].facts
    assert (area["declared_sum"], area["declared_total"], area["found_by_area"]) == (49, 50, [10, 5, 6, 5, 11, 6, 4, 3])
    sources = findings["source_heading", "8.3"].facts
    assert (sources["codes"][0], sources["codes"][-1], sources["points"]) == ("8.3.1", "8.3.9", Fraction(15))
    assert (sources["parts_fit_heading"], sources["parts_fit_note"]) == (True, False)
    assert findings["title_copied", "2.5"].facts["subject"] == "các cơ quan chuyên môn thuộc UBND tỉnh"
    assert findings["rule_missing", ""].found == "123"


def test_the_tables_counted_anew() -> None:
    one, two = structure(DEPARTMENTS), structure(DISTRICTS)
    assert (one.rows, one.areas, one.criteria, one.subcriteria, one.items) == (153, 7, 47, 99, 113)
    assert (two.rows, two.areas, two.criteria, two.subcriteria, two.items) == (165, 8, 50, 107, 123)
    assert (one.groups, one.parents, two.groups, two.parents) == (40, 40, 42, 42)
    assert one.max_points == two.max_points == 100
    assert list(one.parts.values()) == [81, 19]
    assert sorted(two.parts.values()) == [10, 15, 75]
    assert sorted(two.parts_as_printed.values()) == [25, 75]
    assert [area.criteria for area in two.by_area] == [10, 5, 6, 5, 11, 6, 4, 3]
    assert (two.by_area[0].declared_criteria, two.by_area[0].declared_subcriteria) == (9, 15)


def test_three_errors_in_all() -> None:
    findings = [*check(DEPARTMENTS, others=[DISTRICTS]), *check(DISTRICTS, others=[DEPARTMENTS])]
    assert [one.kind for one in findings if one.severity is Severity.ERROR] == [
        "duplicate_code",
        "parts_points",
        "duplicate_code",
    ]
