"""Weights plans as YAML, with known totals inside or in tables beside them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from parindex.documents.surveys.weights_plan_file import (
    PlannedFitting,
    PlannedMargin,
    PlannedNonResponse,
    PlannedTrimming,
    WeightsPlan,
    checked_weights_plan,
)
from parindex.domain.survey.weights.trimming import LimitOf
from parindex.wording.problems import message


def saved(folder: Path, text: str) -> Path:
    """A plan as a file."""
    path = folder / "plan.yaml"
    path.write_text(text, "utf-8")
    return path


def refused(path: Path) -> list[tuple[str, str | None, int | None]]:
    """Kind, path and line or row of every problem."""
    problems = checked_weights_plan(path).problems
    return [(one.kind, one.place.path, one.place.line or one.place.row) for one in problems]


def test_every_step_is_read(tmp_path: Path) -> None:
    (tmp_path / "tuoi.csv").write_text("age;sex;total\n18-34;nam;1000,5\n55+;nữ;20\n", "utf-8")
    path = saved(
        tmp_path,
        """
title: Kế hoạch
steps:
  - nonresponse: {by: [district, kind], minimum: 5}
  - nonresponse: {by: [district]}
  - poststratify: {by: [age, sex], file: tuoi.csv}
  - rake: {rounds: 50, margins: [{by: [sex], totals: {nam: "40,5", nữ: 60}}, {by: [kind], totals: {a: 100.5}}]}
  - trim: {upper: 2.5}
  - trim: {upper: 40, of: value, by: [district]}
""",
    )
    assert checked_weights_plan(path) == WeightsPlan(
        "Kế hoạch",
        (
            PlannedNonResponse(("district", "kind"), 5),
            PlannedNonResponse(("district",)),
            PlannedFitting((PlannedMargin(("age", "sex"), {"18-34|nam": Fraction("1000.5"), "55+|nữ": Fraction(20)}),)),
            PlannedFitting(
                (
                    PlannedMargin(("sex",), {"nam": Fraction("40.5"), "nữ": Fraction(60)}),
                    PlannedMargin(("kind",), {"a": Fraction("100.5")}),
                ),
                50,
            ),
            PlannedTrimming(Fraction(5, 2)),
            PlannedTrimming(Fraction(40), LimitOf.VALUE, ("district",)),
        ),
    )


def test_a_plan_without_steps_keeps_the_design_weights(tmp_path: Path) -> None:
    assert checked_weights_plan(saved(tmp_path, "steps: []\n")) == WeightsPlan("", ())


def test_every_problem_of_form_is_told(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        """steps:
  - trim: {of: mode}
  - rake: {margins: [{by: [sex], totals: {a: x}}, {by: [], file: f}]}
  - smooth: {}
""",
    )
    assert refused(path) == [
        ("key_missing", "steps/0/trim", 2),
        ("value_not_allowed", "steps/0/trim/of", 2),
        ("value_not_understood", "steps/1/rake/margins/0/totals/a", 3),
        ("list_empty", "steps/1/rake/margins/1/by", 3),
        ("key_unknown", "steps/2/smooth", 4),
    ]


def test_every_problem_of_tables_and_limits_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sex,total\nnam,1\nnam,2\n,3\nnữ,\nx,nhiều\n", "utf-8")
    (tmp_path / "b.csv").write_text("age,total\n1,1\n", "utf-8")
    path = saved(
        tmp_path,
        """steps:
  - poststratify: {by: [sex], file: a.csv}
  - poststratify: {by: [sex], file: b.csv}
  - trim: {upper: 0}
""",
    )
    assert sorted(refused(path), key=str) == [
        ("cell_missing", None, 4),
        ("cell_missing", None, 5),
        ("column_missing", None, 1),
        ("margin_class_twice", None, 3),
        ("not_a_number", None, 6),
        ("trim_upper_not_positive", "steps/2/trim/upper", 4),
    ]


def test_classes_that_stand_several_times_in_a_table_are_one_problem(tmp_path: Path) -> None:
    """With the class of all columns, not of the first alone."""
    lines = ["age,sex,total", "1,nam,1", "1,nữ,2", "1,nam,3", "1,nam,x", "1,nữ,y", ",nam,4", ",nữ,4"]
    (tmp_path / "a.csv").write_text("\n".join(lines) + "\n", "utf-8")
    path = saved(tmp_path, "steps:\n  - poststratify: {by: [age, sex], file: a.csv}\n")
    problems = checked_weights_plan(path).problems
    assert [(one.kind, one.facts["count"], one.facts["rows"], one.facts["values"]) for one in problems] == [
        ("margin_class_twice", 3, [3, 4, 5], {"1|nam": 2, "1|nữ": 1}),
        ("not_a_number", 2, [4, 5], {"x": 1, "y": 1}),
        ("cell_missing", 2, [6, 7], {"": 2}),
    ]
    assert message(problems[0]) == ("3 dòng lặp nhóm đã có ở dòng trên: “1|nam” (2), “1|nữ” (dòng 3, 4, 5).")
