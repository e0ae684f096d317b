"""Typed points with more decimals than the set rounds to: they count as written, and that is said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.builders import criteria_set, figures, node, rule, sheets, units

from parindex.domain.criteria.criteria_set import GradedBy, IndexDeclaration, RoundingSteps
from parindex.domain.index.compute import compute
from parindex.domain.index.result import Result
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.values import Rounding

ITEMS = ("1", "2", "3")
MADE = criteria_set(
    *(node(code, "2") for code in ITEMS),
    index=IndexDeclaration(graded_by=GradedBy.POINTS),
    rounding=RoundingSteps(item=Rounding(2)),
)
Said = list[tuple[object, ...]]


def of(rows: dict[str, tuple[str | None, ...]], origin: Origin = Origin.SELF, made: object = MADE) -> Result:
    """``rows``: the points of the items by unit."""
    known = units(*rows)
    typed = {origin: {code: [points[at] for points in rows.values()] for at, code in enumerate(ITEMS)}}
    return compute(made, figures(known), sheets(made, known, typed=typed))  # type: ignore[arg-type]


def said(result: Result) -> Said:
    names = ("unit", "origin", "items", "places", "written", "rounded")
    return [tuple(map(one.facts.get, names)) for one in result.problems if one.kind == "points_finer_than_rounding"]


def test_points_count_as_written_and_what_rounding_would_change_is_said_once_a_unit() -> None:
    result = of({"fine": ("1.666", "1.666", "1.5"), "right": ("1.67", "1.670", "1.5"), "none": (None, None, "1.5")})
    assert result.unit(0).points == Fraction("4.832")
    assert said(result) == [("fine", "self", ["1", "2"], 2, Fraction("3.332"), Fraction("3.34"))]
    assert not result.provisional.any()


def test_a_set_without_a_step_takes_any_decimals() -> None:
    assert said(of({"a": ("1.666", "1.666", "1.5")}, made=replace(MADE, rounding=RoundingSteps()))) == []


def test_points_of_a_survey_are_rounded_as_the_survey_declares() -> None:
    rows: dict[str, tuple[str | None, ...]] = {"a": ("1.666", "2", "2")}
    assert said(of(rows, Origin.SURVEY)) == []
    assert [one[1] for one in said(of(rows, Origin.EXTERNAL))] == ["external"]


def test_only_points_that_count_are_asked_about() -> None:
    """Replaced by the council, set aside by the entry, above the maximum: each is said otherwise or needs no word."""
    known = units("replaced", "aside", "above")
    typed: dict[Origin, dict[str, list[str | None]]] = {
        Origin.SELF: {"1": ["1.666", "1.666", "2.004"]},
        Origin.APPRAISED: {"1": ["1.555", None, None]},
    }
    states = {("1", "aside"): EntryState.UNANSWERED}
    result = compute(MADE, figures(known), sheets(MADE, known, states, typed))
    assert [(one[0], one[1]) for one in said(result)] == [("replaced", "appraised")]
    assert {one.kind for one in result.problems} == {
        "points_finer_than_rounding", "points_set_aside", "points_above_maximum",
    }  # fmt: skip


def test_the_whole_maximum_is_no_rounding_fault() -> None:
    """A maximum that is no number of the step is what rounding up is limited to."""
    made = replace(MADE, areas=tuple(node(code, "0.125") for code in ITEMS))
    assert said(of({"a": ("0.125", "0.12", "0.125")}, made=made)) == []


def test_the_step_of_a_rule_goes_before_that_of_the_set_and_a_rule_that_gives_points_is_compared() -> None:
    ratio = {"kind": "ratio", "of": "done", "to": "due"}
    made = criteria_set(
        node("1", "2", rule=rule(**ratio, round={"places": 1})),
        node("2", "2", rule=rule(**ratio)),
        rounding=RoundingSteps(item=Rounding(2)),
    )
    known = units("typed", "both")
    given = figures(known, {"done": [None, 1], "due": [None, 2]})
    typed = {Origin.SELF: {"1": ["1.25", "1.25"], "2": ["1.25", "1.254"]}}
    result = compute(made, given, sheets(made, known, typed=typed))
    assert said(result) == [("typed", "self", ["1"], 1, Fraction("1.25"), Fraction("1.3"))]
    assert [one.facts["unit"] for one in result.problems if one.kind == "rule_differs"] == ["both", "both"]
