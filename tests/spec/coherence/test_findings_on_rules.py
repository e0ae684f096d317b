"""What the check says of rules, measures, evidence and grades."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from tests.builders import criteria_set, node, rule
from tests.spec.coherence.checked import found_in, only

from parindex.domain.criteria.coherence.presence import measures_of
from parindex.domain.criteria.criteria_set import CriteriaSet, Grade, Identity, Measure, RuleData, Source
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.scoring.check import check


def of_rule(
    points: str = "2", *, year: int = 2024, measures: dict[str, Measure] | None = None, **data: Any
) -> CriteriaSet:
    """A set of one item with a rule."""
    more = {"measures": measures} if measures else {}
    return criteria_set(node("1", points, rule=rule(**data), evidence=("Báo cáo",)), year=year, **more)


def of_bands(*bands: dict[str, Any], **more: Any) -> tuple[Finding, ...]:
    """The findings on a rule with bands of a share."""
    return found_in(of_rule(kind="bands", **{"of": "x", "to": "y", **more}, bands=list(bands)))


def kinds(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind, one.stated, one.found) for one in findings]


# --- the best that a rule can give ---------------------------------------------------------------------------------


def test_best_option_above_max() -> None:
    """The best option is worth more than the item."""
    finding = only(of_rule("1", kind="option", of="m", options={"yes": {"points": "1.5"}, "no": {"points": "0"}}))
    assert (finding.kind, finding.severity, finding.code) == ("best_option_above_max", Severity.ERROR, "1")
    assert (finding.stated, finding.found) == ("1", "1.5")


def test_best_option_below_max() -> None:
    """No option reaches the maximum."""
    finding = only(of_rule("2", kind="option", of="m", options={"yes": {"share": "75%"}, "no": {"share": "0"}}))
    assert (finding.kind, finding.stated, finding.found) == ("best_option_below_max", "2", "1.5")


RATIO: dict[str, Any] = {"kind": "ratio", "of": "x", "to": "y"}


@pytest.mark.parametrize(
    ("data", "best"),
    [
        (RATIO, None),
        ({**RATIO, "target": "80%"}, None),
        ({**RATIO, "target": "125%"}, "1.6"),
        ({**RATIO, "target": "125%", "over": "allow"}, None),
        ({"kind": "ratio", "of": [{"quantity": {"of": "x", "to": "y"}}], "target": "2"}, "1"),
        ({"kind": "ratio", "of": "x", "target": "5"}, None),
        ({"kind": "ratio", "of": ["x", {"number": "1"}], "to": "y", "target": "5"}, None),
        ({"kind": "ratio", "of": "x", "to": {"measure": "y", "weight": "0.2"}, "target": "5"}, None),
        ({"kind": "ratio", "of": [{"measure": "x", "weight": "1.5"}, "z"], "to": "y", "target": "1.5"}, None),
        ({"kind": "ratio", "of": [{"measure": "x", "weight": "0.5"}], "to": "y"}, "1"),
        ({**RATIO, "max_points": "1"}, "1"),
        ({"kind": "count", "of": "n", "each": "0.5", "max_points": "3"}, "3"),
        ({"kind": "sum", "parts": [{**RATIO, "max_points": "1"}, {**RATIO, "max_points": "0.5"}]}, "1.5"),
        ({"kind": "sum", "parts": [{**RATIO, "max_points": "2"}, {**RATIO, "max_points": "0.5"}]}, None),
        ({"kind": "best", "alternatives": [{**RATIO, "max_points": "1"}, {**RATIO, "max_points": "1.5"}]}, "1.5"),
        ({"kind": "bands", "of": "n", "bands": [{"from": "0", "rule": {**RATIO, "max_points": "1"}}]}, "1"),
        ({"kind": "option", "of": "m", "options": [{"key": "a", "points": {2020: "1", 2024: "2"}}]}, None),
        ({"kind": "option", "of": "m", "options": [{"key": "a", "points": {2025: "1"}}]}, "1"),
        ({"kind": "option", "of": "m", "options": []}, None),
        ({"kind": "option", "of": "m", "options": {"a": {}}}, None),
        ({"kind": "sum", "parts": []}, None),
        ({"kind": "other"}, None),
        ({"kind": "sum", "parts": [{"kind": "other"}]}, None),
    ],
)
def test_the_best_of_every_kind(data: dict[str, Any], best: str | None) -> None:
    """ratio, count, deduction and given reach what they work with; a sum is capped; of others nothing is said."""
    made = criteria_set(node("1", "2", rule=RuleData(data)), measures={"x": Measure("x", "x")})
    found = [one.found for one in check(made, measures_known=False) if one.kind.startswith("best_option")]
    assert found == ([] if best is None else [best])


def test_items_without_a_maximum_are_not_compared() -> None:
    """Zero or missing points are findings of their own."""
    assert [one.kind for one in found_in(of_rule("0", **RATIO))] == ["points_zero"]


def test_rule_unreadable() -> None:
    """A figure of a rule that is no number."""
    finding = only(of_rule(kind="option", of="m", options={"yes": {"points": "hai"}}))
    assert (finding.kind, finding.severity, finding.stated) == ("rule_unreadable", Severity.ERROR, "hai")
    assert only(of_rule(kind="option", of="m", options={"yes": {"points": {}}})).kind == "rule_unreadable"


# --- bands ---------------------------------------------------------------------------------------------------------

FULL = {"from": "100%", "share": "100%"}
MIDDLE = {"from": "50%", "below": "100%", "share": "50%"}
NONE = {"below": "50%", "share": "0"}


def test_bands_without_a_fault() -> None:
    """Every value in just one band: lower edges closed, upper edges open, no end at the top; in any order."""
    assert of_bands(FULL, MIDDLE, NONE) == ()
    assert of_bands(NONE, FULL, MIDDLE) == ()
    assert of_bands({**FULL, "up_to": "100%"}, MIDDLE, {**NONE, "from": "0"}) == ()


def test_bands_overlap() -> None:
    """From 40 % to 50 % is in two bands."""
    findings = of_bands(FULL, {**MIDDLE, "from": "40%"}, NONE)
    assert kinds(findings) == [("bands_overlap", "0.4", "0.5")]
    assert findings[0].severity is Severity.ERROR
    assert kinds(of_bands(FULL, {"below": "1", "share": "0"}, NONE)) == [("bands_overlap", None, "0.5")]
    assert kinds(of_bands({"from": "0", "share": "1"}, {"from": "0.5", "share": "0"})) == [
        ("bands_overlap", "0.5", None)
    ]


def test_bands_gap() -> None:
    """From 50 % to 60 % is in no band. A gap below the lowest or above the highest band is to be confirmed."""
    assert kinds(of_bands(FULL, {**MIDDLE, "from": "60%"}, NONE)) == [("bands_gap", "0.5", "0.6")]
    below = of_bands(FULL, MIDDLE)
    assert kinds(below) == [("bands_gap", "0", "0.5")]
    assert below[0].severity is Severity.WARNING
    assert kinds(of_bands(NONE, {"from": "50%", "up_to": "90%", "share": "1"})) == [("bands_gap", "0.9", "1")]


def test_band_edge() -> None:
    """ "trên 50 %" beside "dưới 50 %": exactly 50 % falls through. "từ 50 %" beside "đến 50 %": it is in two bands."""
    through = of_bands(FULL, {"above": "50%", "below": "100%", "share": "50%"}, NONE)
    assert kinds(through) == [("band_edge", "0.5", "0.5")]
    assert (through[0].severity, through[0].facts["twice"]) == (Severity.ERROR, False)
    twice = of_bands(FULL, MIDDLE, {"up_to": "50%", "share": "0"})
    assert (twice[0].kind, twice[0].facts["twice"]) == ("band_edge", True)
    assert kinds(of_bands({"above": "0", "share": "1"})) == [("band_edge", "0", "0")]
    assert kinds(of_bands({"from": "0", "below": "100%", "share": "1"})) == [("band_edge", "1", "1")]


def test_bands_of_whole_numbers() -> None:
    """Forms of propaganda: 0, 1–2, from 3. Nothing lies between 2 and 3, but it does between 2 and 4."""
    low, middle = {"up_to": "0", "share": "0"}, {"from": "1", "up_to": "2", "share": "50%"}
    top = {"from": "3", "share": "100%"}
    counted = {"n": Measure("n", "Hình thức", integer=True)}
    assert found_in(of_rule(kind="bands", of="n", bands=[low, middle, top], measures=counted)) == ()
    assert found_in(of_rule(kind="bands", of=["n", "k"], bands=[low, middle, top])) == ()
    wide = of_rule(kind="bands", of="n", bands=[low, middle, {"from": "4", "share": "1"}], measures=counted)
    assert kinds(found_in(wide)) == [("bands_gap", "2", "4")]
    days = {"n": Measure("n", "Ngày")}
    whole = of_rule(kind="bands", of={"measure": "n", "year": -1}, bands=[low, middle, top], measures=days)
    assert kinds(found_in(whole)) == [("bands_gap", "0", "1"), ("bands_gap", "2", "3")]
    shut = of_rule(
        kind="bands", of="n", bands=[low, {"above": "0.5", "below": "2.5", "share": "1"}, top], measures=counted
    )
    assert found_in(shut) == ()


def test_bands_of_a_difference_go_below_zero() -> None:
    """Growth against last year can be negative: the lowest band must have no end."""
    growth = [{"measure": "x"}, {"measure": "x", "year": -1, "weight": "-1"}]
    bands = [{"from": "0", "up_to": "0", "share": "50%"}, {"above": "0", "share": "100%"}]
    assert kinds(found_in(of_rule(kind="bands", of=growth, bands=bands))) == [("bands_gap", None, "0")]


def test_bands_up_to_the_largest_figure() -> None:
    """A rank from 1 to 63 needs no band above 63; without such a limit the top must be open."""
    bands = [{"up_to": "10", "share": "1"}, {"from": "11", "up_to": "63", "share": "0"}]
    limited = {"n": Measure("n", "Hạng", integer=True, maximum=Fraction(63))}
    assert found_in(of_rule(kind="bands", of="n", bands=bands, measures=limited)) == ()
    free = {"n": Measure("n", "Hạng", integer=True)}
    assert kinds(found_in(of_rule(kind="bands", of="n", bands=bands, measures=free))) == [("bands_gap", "63", None)]


def test_bands_inside_other_rules() -> None:
    """Bands inside a sum, and a rule inside a band, are checked as well."""
    inner = {"kind": "bands", "of": "x", "to": "y", "max_points": "2", "bands": [{"above": "0", "share": "1"}]}
    assert kinds(found_in(of_rule(kind="sum", parts=[inner]))) == [("band_edge", "0", "0")]
    outer = {"from": "0", "rule": {"kind": "bands", "of": "x", "to": "y", "bands": [{"from": "0", "share": "1"}]}}
    assert of_bands(outer) == ()
    narrow = {
        "kind": "bands",
        "bands": [{"from": "80%", "share": "1"}, {"below": "80%", "above": "50%", "share": "50%"}],
    }
    assert of_bands({"from": "50%", "rule": narrow}, {"below": "50%", "share": "0"}) == ()
    quotient = {"quantity": {"of": "x", "to": "y"}}
    assert found_in(of_rule(kind="bands", of=quotient, bands=[{"from": "0", "up_to": "1", "share": "1"}])) == ()
    assert found_in(of_rule(kind="bands", of="x", bands=[])) == ()


# --- what is missing -----------------------------------------------------------------------------------------------


def test_rule_missing() -> None:
    """All items without a rule are one finding: one thing to do. Decision 2270 has none for 113 and 123 items."""
    made = criteria_set(node("1", "2", node("1.1"), node("1.2", rule=rule(**RATIO))))
    finding = next(one for one in check(made) if one.kind == "rule_missing")
    assert (finding.severity, finding.code, finding.found) == (Severity.WARNING, "1.1", "1")
    assert finding.facts == {"count": 1, "of": 2, "codes": ("1.1",), "all": False}
    everything = check(criteria_set(node("1", "2", node("1.1"), node("1.2"))))[0]
    assert (everything.kind, everything.code, everything.found, everything.facts["all"]) == (
        "rule_missing",
        "",
        "2",
        True,
    )


def test_rule_proposed() -> None:
    """Rules that a reader made out of option lines are to be confirmed."""
    finding = only(criteria_set(node("1", "1", rule=RuleData(RATIO, proposed=True))))
    assert (finding.kind, finding.severity, finding.code) == ("rule_proposed", Severity.WARNING, "1")


def test_rule_assumed() -> None:
    """What no source gives says so wherever it shows."""
    finding = only(criteria_set(node("1", "1", rule=RuleData(RATIO, assumed=True))))
    assert (finding.kind, finding.severity, finding.code) == ("rule_assumed", Severity.NOTE, "1")


def test_evidence_missing() -> None:
    """Items that are reported should say which evidence is demanded; surveyed items need none."""
    made = criteria_set(node("1", "2", node("1.1"), node("1.2", source=Source.OPINION_SURVEY)))
    finding = next(one for one in check(made) if one.kind == "evidence_missing")
    assert (finding.severity, finding.code) == (Severity.NOTE, "1.1")
    assert (finding.facts["count"], finding.facts["of"]) == (1, 1)


def test_unknown_measure() -> None:
    """A rule names a measure that the set does not declare. A paper declares none, and is not asked."""
    measures = {"dossiers_received": Measure("dossiers_received", "Hồ sơ tiếp nhận")}
    made = of_rule(kind="ratio", of="dossiers_on_time", to="dossiers_received", measures=measures)
    finding = only(made)
    assert (finding.kind, finding.severity, finding.stated) == ("unknown_measure", Severity.ERROR, "dossiers_on_time")
    assert finding.facts["near"] == ("dossiers_received",)
    assert found_in(made, measures_known=False) == ()


def test_unused_measure() -> None:
    """Measures that no rule uses are noted, all at once."""
    made = of_rule(**RATIO)
    more = replace(made, measures={**made.measures, "z": Measure("z", "z")})
    finding = only(more)
    assert (finding.kind, finding.severity, finding.facts["measures"]) == ("unused_measure", Severity.NOTE, ("z",))
    checked = replace(more, identities=(Identity(("x",), ("z",)),))
    assert found_in(checked) == ()


def test_measures_are_found_wherever_a_rule_names_them() -> None:
    """Terms as names, with weights, in classes, in inner rules; options and bands name none."""
    data = {
        "kind": "sum",
        "parts": [
            {"kind": "deduction", "classes": [{"of": "a", "points": "1"}, {"measure": "b", "share": "1"}]},
            {
                "kind": "bands",
                "of": ["c", {"measure": "d"}],
                "to": {"measure": "e"},
                "bands": [{"from": "0", "points": "1"}],
            },
            "x",
        ],
        "nothing_when": 3,
        "options": {"yes": {"points": "1"}},
    }
    assert list(measures_of(data)) == ["a", "b", "c", "d", "e"]


# --- grades --------------------------------------------------------------------------------------------------------


def graded(*lower: int) -> CriteriaSet:
    grades = tuple(Grade(f"Mức {number}", Fraction(edge)) for number, edge in enumerate(lower, start=1))
    return criteria_set(node("1", "1"), grades=grades)


def test_grades_gap() -> None:
    """The lowest grade must begin at 0, or an index below it has no grade."""
    finding = only(graded(85, 40))
    assert (finding.kind, finding.severity, finding.stated) == ("grades_gap", Severity.ERROR, "40")
    assert found_in(graded(85, 0)) == ()


def test_grades_same_edge() -> None:
    """Grades are closed at their lower edge: two with the same edge cannot be told apart."""
    finding = only(graded(85, 85, 0))
    assert (finding.kind, finding.facts["other"], finding.facts["grade"]) == ("grades_same_edge", "Mức 1", "Mức 2")


def test_grade_unreachable() -> None:
    """A grade above 100 per cent or below 0."""
    assert only(graded(120, 0)).kind == "grade_unreachable"
