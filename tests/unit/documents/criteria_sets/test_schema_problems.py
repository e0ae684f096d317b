"""What a schema finds, as problems: the file at hand is named, and what excludes each other is told as such."""

from __future__ import annotations

from pathlib import Path

import pytest

from parindex.documents.criteria_sets.criteria_set_file import parse_criteria_set
from parindex.documents.surveys.questionnaire_file import load_questionnaire
from parindex.documents.surveys.sampling_design_file import load_sampling_design
from parindex.documents.surveys.weights_plan_file import checked_weights_plan
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.wording.problems import message, remedy

PLAN = "steps: [{poststratify: {by: [a]}}, {poststratify: {by: [a], file: f.csv, totals: {x: 1}}}]\n"
LONG = 'format: parindex/questionnaire/1\nid: a\nversion: "1"\ntitle: {vi: LONG}\nsections: []\n'


def refused(folder: Path, load: object, content: str) -> list[Problem]:
    """The problems of a file."""
    path = folder / "f.yaml"
    path.write_text(content, "utf-8")
    try:
        read = load(path)  # type: ignore[operator]
    except InvalidInput as error:
        return error.problems
    return list(read.problems)


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as error:
        parse_criteria_set("", "set.yaml")
    assert error.value.problems == [Problem("file_empty", Place(file="set.yaml"))]
    for load in (load_questionnaire, load_sampling_design, checked_weights_plan):
        (problem,) = refused(tmp_path, load, "# trống\n")
        assert problem.kind == "file_empty"
        assert "None" not in message(problem)


@pytest.mark.parametrize(
    ("load", "schema"),
    [
        (load_questionnaire, "questionnaire.schema.json"),
        (load_sampling_design, "sampling-design.schema.json"),
        (checked_weights_plan, "weights-plan.schema.json"),
    ],
)
def test_the_schema_of_the_file_at_hand_is_named(tmp_path: Path, load: object, schema: str) -> None:
    (problem,) = refused(tmp_path, load, "[]\n")
    assert (problem.kind, problem.facts["schema"]) == ("value_wrong_type", schema)
    assert schema in remedy(problem)
    assert "criteria-set" not in remedy(problem)


def test_of_keys_that_exclude_each_other_one_is_needed(tmp_path: Path) -> None:
    assert [(one.kind, one.facts) for one in refused(tmp_path, checked_weights_plan, PLAN)] == [
        ("key_missing", {"key": "totals"}),
        ("keys_exclude_each_other", {"keys": ["totals", "file"]}),
    ]


def test_a_text_may_be_too_long(tmp_path: Path) -> None:
    found = refused(tmp_path, load_questionnaire, LONG.replace("LONG", "x" * 30_000))
    (problem,) = [one for one in found if one.kind == "text_too_long"]
    assert (problem.facts["length"], problem.facts["limit"]) == (30_000, 4_000)
    assert len(message(problem)) < 300


def test_what_is_faulty_in_one_step_of_a_plan_hides_nothing_in_another(tmp_path: Path) -> None:
    plan = "steps: [{trim: {of: x, upper: 2}}, {trim: {upper: 0}}, {poststratify: {by: [a], file: none.csv}}]\nzzz: 1\n"
    (tmp_path / "none.csv").write_text("b,total\n1,1\n", "utf-8")
    found = refused(tmp_path, checked_weights_plan, plan)
    assert [one.kind for one in found] == [
        "value_not_allowed", "trim_upper_not_positive", "key_unknown", "column_missing"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("take", "kinds"),
    [
        ("{number: 3, bogus: 4, division: xx}", ["key_unknown", "value_not_allowed"]),
        ("{total: {margn: 3%}}", ["key_missing", "key_unknown"]),
        ("-3", ["value_not_understood"]),
        ("nhiều", ["value_not_understood"]),
    ],
)
def test_what_is_wrong_inside_a_value_of_several_forms_is_told_as_such(
    tmp_path: Path, take: str, kinds: list[str]
) -> None:
    design = f"id: x\ntitle: x\nstages: [{{id: a, method: simple, take: {take}}}]\n"
    found = refused(tmp_path, load_sampling_design, design)
    assert [one.kind for one in found] == kinds
    assert all(one.facts.get("expected") != "text" for one in found)


def test_a_step_with_two_keys_is_told_as_such(tmp_path: Path) -> None:
    found = refused(tmp_path, checked_weights_plan, "steps: [{trim: {upper: 3}, nonresponse: {by: [a]}}]\n")
    assert [(one.kind, one.facts) for one in found] == [("keys_exclude_each_other", {"keys": ["trim", "nonresponse"]})]
