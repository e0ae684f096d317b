"""What the check says of the parameters of rules, of declarations and of grades."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.builders import criteria_set, node
from tests.spec.coherence.checked import RATIO, found_in, of_rule, only

from parindex.domain.criteria.criteria_set import (
    CriteriaSet,
    Grade,
    IndexDeclaration,
    Measure,
    MeasureKind,
    RoundingSteps,
)
from parindex.domain.criteria.findings import Severity
from parindex.domain.values import Rounding

# --- what the parameters of a kind allow ---------------------------------------------------------------------------


def test_floor_above_target() -> None:
    """Nothing below 50 %, all from 40 %: then nothing is in proportion, and one of the two is wrong."""
    finding = only(of_rule(**RATIO, floor="50%", target="40%"))
    assert (finding.kind, finding.severity, finding.stated, finding.found) == (
        "floor_above_target",
        Severity.ERROR,
        "0.5",
        "0.4",
    )
    assert found_in(of_rule(**RATIO, floor="50%", target="50%")) == ()


def test_sum_above_max() -> None:
    """Parts of 2 and 0,5 in a sum of 2: what exceeds it is cut off, which is to be confirmed."""
    parts = [{**RATIO, "max_points": "2"}, {**RATIO, "max_points": "0.5"}]
    finding = only(of_rule("2", kind="sum", parts=parts))
    assert (finding.kind, finding.severity, finding.stated, finding.found) == (
        "sum_above_max",
        Severity.WARNING,
        "2",
        "2.5",
    )
    assert found_in(of_rule("2.5", kind="sum", parts=parts)) == ()


def test_deduction_zero() -> None:
    """A case for which nothing is taken away."""
    finding = only(of_rule(kind="deduction", classes=[{"of": "n", "points": "0"}, {"of": "k", "share": "50%"}]))
    assert (finding.kind, finding.severity) == ("deduction_zero", Severity.WARNING)


def test_deduction_above_max() -> None:
    """One case takes away more than there is: to be confirmed."""
    finding = only(of_rule("2", kind="deduction", classes=[{"of": "n", "points": "5"}, {"of": "k", "points": "2"}]))
    assert (finding.kind, finding.severity, finding.stated, finding.found) == (
        "deduction_above_max",
        Severity.WARNING,
        "2",
        "5",
    )
    part = {"kind": "deduction", "max_points": "0", "classes": [{"of": "n", "points": "0"}]}
    assert found_in(of_rule("1", kind="sum", parts=[part, {"kind": "given", "max_points": "1"}])) == ()


def test_maximum_off_step() -> None:
    """0,125 at two places is 0,13: more than the maximum, and so it is limited again. A rule's own step counts."""
    item = RoundingSteps(item=Rounding(2))
    finding = only(replace(of_rule("0.125", **RATIO), rounding=item))
    assert (finding.kind, finding.severity, finding.stated, finding.found) == (
        "maximum_off_step",
        Severity.WARNING,
        "0.125",
        "0.13",
    )
    own = of_rule("0.125", **RATIO, round={"places": "3"})
    assert found_in(replace(own, rounding=item)) == ()
    cut = found_in(of_rule("0.6", **RATIO, round={"places": "0", "mode": "truncated"}))
    assert [(one.kind, one.found) for one in cut] == [("best_option_below_max", "0"), ("maximum_off_step", "0")]


# --- declarations --------------------------------------------------------------------------------------------------


def test_measure_limits() -> None:
    """No figure is at least 5 and at most 3."""
    x = Measure("x", "x", minimum=Fraction(5), maximum=Fraction(3))
    finding = only(of_rule(kind="ratio", of="x", target="3", measures={"x": x}))
    assert (finding.kind, finding.severity, finding.stated, finding.found) == (
        "measure_limits",
        Severity.ERROR,
        "5",
        "3",
    )
    fits = replace(x, minimum=Fraction(3))
    assert found_in(of_rule(kind="ratio", of="x", target="3", measures={"x": fits})) == ()


def test_choice_summed() -> None:
    """Choices of child units have no sum."""
    m = Measure("m", "m", MeasureKind.CHOICE, choices={"yes": "Có"}, sum_of_children=True)
    finding = only(of_rule(kind="option", of="m", options={"yes": {"points": "2"}}, measures={"m": m}))
    assert (finding.kind, finding.severity, finding.place.path) == ("choice_summed", Severity.ERROR, "measures/m")


def test_choices_missing() -> None:
    """A choice without choices: every value would be refused."""
    measure = Measure("m", "m", MeasureKind.CHOICE)
    finding = only(of_rule(kind="option", of="m", options={"yes": {"points": "2"}}, measures={"m": measure}))
    assert (finding.kind, finding.severity, finding.place.path) == ("choices_missing", Severity.ERROR, "measures/m")


def test_choices_unused() -> None:
    """Choices of a number: perhaps its kind was forgotten."""
    measures = {"x": Measure("x", "x", choices={"yes": "Có"}), "y": Measure("y", "y")}
    finding = only(of_rule(**RATIO, measures=measures))
    assert (finding.kind, finding.severity, finding.place.path) == ("choices_unused", Severity.WARNING, "measures/x")


def test_cap_negative() -> None:
    """Caps limit sizes: below zero there is nothing that they could let pass."""
    for name in ("bonus_cap", "penalty_cap", "cap"):
        made = criteria_set(node("1", "1"), index=IndexDeclaration(**{name: Fraction(-1)}))
        finding = only(made)
        assert (finding.kind, finding.severity, finding.place.path) == ("cap_negative", Severity.ERROR, f"index/{name}")
    assert found_in(criteria_set(node("1", "1"), index=IndexDeclaration(cap=Fraction(0)))) == ()


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
