"""What the check says of the forms of a set, of the figures that it feeds to others, and of grades by points."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.builders import criteria_set, node
from tests.spec.coherence.checked import found_in, only

from parindex.domain.criteria.criteria_set import (
    CriteriaSet,
    Grade,
    GradedBy,
    IndexDeclaration,
    Measure,
    MeasureKind,
    Outside,
)
from parindex.domain.criteria.findings import Severity
from parindex.domain.criteria.form_declarations import Feed, FormColumn, FormsDeclaration
from parindex.domain.errors import InvalidInput
from parindex.domain.scoring.usable import require_usable
from parindex.domain.units import UnitGroup
from parindex.wording.findings import message

MEASURES = {name: Measure(name, name) for name in ("a2", "a1", "b2", "b1")}
FIRST = FormColumn("i1", {Fraction(2): "a2", Fraction(1): "a1"}, head="Chỉ số 1")
SECOND = FormColumn("i2", {Fraction(2): "b2", Fraction(1): "b1"}, head="Chỉ số 2")
POINTS = IndexDeclaration(graded_by=GradedBy.POINTS)


def of_forms(*columns: FormColumn, measures: dict[str, Measure] | None = None) -> CriteriaSet:
    return criteria_set(node("1"), measures=measures or MEASURES, forms=FormsDeclaration(columns))


def told(made: CriteriaSet) -> list[tuple[str, str | None]]:
    return [(one.kind, one.place.path) for one in found_in(made) if one.kind != "unused_measure"]


def test_forms_that_can_be_counted_are_no_finding() -> None:
    assert told(of_forms(FIRST, SECOND)) == []
    require_usable(of_forms(FIRST, SECOND))


def test_form_column_twice() -> None:
    """Two columns of the forms may not share a heading, by name or by title."""
    made = of_forms(FIRST, replace(SECOND, head="chỉ  số 1"))
    assert told(made) == [("form_column_twice", "forms/columns/0")]
    assert told(of_forms(FIRST, replace(SECOND, head="I1"))) == [("form_column_twice", "forms/columns/0")]
    assert told(of_forms(FIRST, replace(SECOND, column="date"))) == [("form_column_twice", "forms/columns/1")]
    with pytest.raises(InvalidInput):
        require_usable(made)


def test_form_measure_unknown() -> None:
    """A score is counted by a measure that is a number."""
    choice = {**MEASURES, "b1": Measure("b1", "b1", MeasureKind.CHOICE, choices={"a": "a"})}
    assert told(of_forms(FIRST, SECOND, measures=choice)) == [("form_measure_unknown", "forms/columns/1")]
    gone = {name: one for name, one in MEASURES.items() if name != "a2"}
    finding = next(one for one in found_in(of_forms(FIRST, measures=gone)) if one.kind == "form_measure_unknown")
    assert (finding.severity, finding.stated) == (Severity.ERROR, "a2")
    assert "“a2”" in message(finding)


def test_form_measure_twice() -> None:
    """One measure cannot count two scores: what it counts would not be known."""
    made = of_forms(FIRST, replace(SECOND, scores={Fraction(2): "a2", Fraction(1): "b1"}))
    assert told(made) == [("form_measure_twice", "forms/columns/0")]


def test_feed_unknown() -> None:
    """A figure for another set is counted over a group and from a grade that the set has."""
    made = criteria_set(
        node("1"),
        unit_groups=(UnitGroup("departments", "Sở"),),
        grades=(Grade("Tốt", Fraction(80)), Grade("Yếu", Fraction(0))),
        feeds=(Feed("x", "departments", "Tốt"), Feed("y", "district", "Khá")),
    )
    found = found_in(made)
    assert [(one.kind, one.place.path, one.facts["name"]) for one in found] == [
        ("feed_unknown", "feeds/1", "district"),
        ("feed_unknown", "feeds/1", "Khá"),
    ]


def of_grades(*grades: tuple[str, str], index: IndexDeclaration = POINTS) -> CriteriaSet:
    return criteria_set(
        node("1", "18"), index=index, grades=tuple(Grade(title, Fraction(lower)) for title, lower in grades)
    )


def test_grades_by_points_begin_at_points_that_can_be_earned() -> None:
    finding = only(of_grades(("Xuất sắc", "18.5"), ("Yếu", "0")))
    assert (finding.kind, finding.facts["top"]) == ("grade_unreachable", Fraction(18))
    assert message(finding) == "Xếp loại “Xuất sắc” bắt đầu từ 18,5 điểm, ngoài khoảng 0–18 điểm."
    assert found_in(of_grades(("Xuất sắc", "18"), ("Yếu", "0"))) == ()
    assert found_in(of_grades(("Xuất sắc", "85"), ("Yếu", "0"), index=IndexDeclaration())) == ()


def test_grades_by_points_say_points() -> None:
    assert message(only(of_grades(("Tốt", "12"), ("Khá", "9")))) == (
        "Xếp loại thấp nhất “Khá” bắt đầu từ 9 điểm: điểm thấp hơn không có xếp loại."
    )
    assert message(only(of_grades(("Tốt", "12"), ("Khá", "12"), ("Yếu", "0")))) == (
        "“Tốt” và “Khá” cùng bắt đầu từ 12 điểm."
    )


def test_a_bonus_can_be_earned_beyond_the_hundred_and_a_penalty_cannot() -> None:
    bonus = criteria_set(
        node("1", "10"),
        node("2", "2", outside=Outside.BONUS),
        node("3", "5", outside=Outside.PENALTY),
        index=POINTS,
        grades=(Grade("Xuất sắc", Fraction(12)), Grade("Yếu", Fraction(0))),
    )
    assert found_in(bonus) == ()
    above = replace(bonus, grades=(Grade("Xuất sắc", Fraction("12.5")), Grade("Yếu", Fraction(0))))
    assert [one.kind for one in found_in(above)] == ["grade_unreachable"]
