"""Grades and ranks by points, closed at the lower edge; the index in per cent stays beside them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.builders import criteria_set, figures, node, sheets, units

from parindex.domain.criteria.criteria_set import CriteriaSet, Grade, GradedBy, IndexDeclaration
from parindex.domain.criteria.form_declarations import Feed
from parindex.domain.index.compute import compute
from parindex.domain.index.explain import IndexDerivation, explain
from parindex.domain.index.feeds import FedFigure, fed_figures
from parindex.domain.index.printed import PrintedGrade, printed_stories
from parindex.domain.index.result import Result
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.units import Unit, UnitGroup
from parindex.domain.values import Rounding

GRADES = tuple(
    Grade(title, Fraction(lower))
    for title, lower in (("Xuất sắc", 15), ("Tốt", 12), ("Khá", 9), ("Trung bình", 6), ("Yếu", 0))
)
SET = criteria_set(node("1", "9"), node("2", "9"), grades=GRADES, index=IndexDeclaration(graded_by=GradedBy.POINTS))


def of_points(*points: str, made: CriteriaSet = SET) -> Result:
    """Units with these points on the first half and full points on the second."""
    known = units(*(f"u{k}" for k in range(len(points))))
    given = {Origin.SELF: {"1": list(points), "2": ["9"] * len(points)}}
    return compute(made, figures(known), sheets(made, known, typed=given))


@pytest.mark.parametrize(
    ("points", "grade"),
    [("6", "Xuất sắc"), ("5.99", "Tốt"), ("3", "Tốt"), ("2.99", "Khá"), ("0", "Khá")],
)
def test_an_edge_belongs_to_its_grade(points: str, grade: str) -> None:
    """A portal gave 15 of 18 points the lowest grade, because 15 was in none of its bands."""
    view = of_points(points).unit(0)
    assert (view.graded, view.grade) == (9 + Fraction(points), grade)
    assert view.index == (9 + Fraction(points)) * 100 / 18


def test_units_are_ranked_by_points_also_where_an_item_is_not_assessed() -> None:
    known = units("a", "b")
    states = {("2", "a"): EntryState.NOT_ASSESSED}
    typed = {Origin.SELF: {"1": ["9", "8"], "2": [None, "2"]}}
    result = compute(SET, figures(known), sheets(SET, known, states, typed))
    assert [(view.points, view.rank, view.grade) for view in map(result.unit, range(2))] == [
        (Fraction(9), 2, "Khá"), (Fraction(10), 1, "Khá"),
    ]  # fmt: skip
    by_index = compute(replace(SET, index=IndexDeclaration()), figures(known), sheets(SET, known, states, typed))
    assert by_index.rank.tolist() == [1, 2]


def test_a_tolerance_is_in_points() -> None:
    made = replace(SET, index=IndexDeclaration(graded_by=GradedBy.POINTS, tie_tolerance=Fraction("0.05")))
    assert of_points("5", "4.95", "4.94", made=made).rank.tolist() == [1, 1, 3]


def test_printed_points_that_seem_to_reach_a_grade_are_told() -> None:
    found = printed_stories(of_points("5.996"), Rounding(2))
    assert found == (PrintedGrade("u0", Fraction("14.996"), Fraction(15), "Tốt", "Xuất sắc"),)


def test_the_next_grade_is_so_many_points_away() -> None:
    derived = explain(of_points("5.9"), "u0")
    assert isinstance(derived, IndexDerivation)
    assert (derived.graded, derived.next_grade, derived.grade_lower) == (
        Fraction("14.9"), ("Xuất sắc", Fraction(15)), Fraction(12),
    )  # fmt: skip


def test_how_many_units_reached_a_grade_is_a_figure_for_another_set() -> None:
    feeds = (
        Feed("rated", "departments"), Feed("good", "departments", "Tốt"), Feed("best", "departments", "Xuất sắc"),
        Feed("districts_good", "districts", "Tốt"), Feed("communes_rated", "communes"),
    )  # fmt: skip
    groups = tuple(UnitGroup(name, name) for name in ("departments", "districts", "communes"))
    made = replace(SET, feeds=feeds, unit_groups=groups, grades=GRADES[:3])
    known = (
        *units("a", "b", "c"), Unit("d", "d", "districts"), Unit("e", "e", "districts"),
    )  # fmt: skip
    states = {(code, "e"): EntryState.NOT_ASSESSED for code in ("1", "2")}
    typed = {Origin.SELF: {"1": ["9", "3", "0", "0", None], "2": ["9", "9", "8", "9", None]}}
    result = compute(made, figures(known), sheets(made, known, states, typed))
    assert [view.grade for view in map(result.unit, range(5))] == ["Xuất sắc", "Tốt", None, "Khá", None]
    assert fed_figures(result) == (
        FedFigure("rated", 3), FedFigure("good", 2), FedFigure("best", 1), FedFigure("districts_good", 0),
    )  # fmt: skip
