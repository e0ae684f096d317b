"""Two years of a survey: what must agree, and the sample of both where clusters or people were asked twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from parindex.documents.surveys.design_file import StageColumns, SurveyDesign
from parindex.documents.surveys.joined_years import comparison_problems, joint_of
from parindex.documents.surveys.responses import Responses, read_responses
from parindex.domain.survey.design import Lonely
from parindex.domain.survey.variables import Choice, Item, Rollup, Variables

FORM = Variables((Item("q01"),), {"g1": ("q01",)})
TWO_STAGES = SurveyDesign(
    "d",
    FORM,
    stages=(StageColumns("district"), StageColumns("commune")),
    lonely=Lonely.CERTAINTY,
    overlap=("district",),
)


def year(folder: Path, rows: list[str], design: SurveyDesign) -> Responses:
    path = folder / "f.csv"
    path.write_text("\n".join(["who,district,commune,q01", *rows]) + "\n", "utf-8")
    return read_responses(path, design)


def test_years_that_share_nothing_have_no_joint_sample(tmp_path: Path) -> None:
    design = replace(TWO_STAGES, overlap=())
    one = year(tmp_path, ["a,d1,c1,1", "b,d2,c1,2"], design)
    assert joint_of(one, one) is None


def test_a_stage_that_is_not_named_was_drawn_anew(tmp_path: Path) -> None:
    design = replace(TWO_STAGES, stages=(StageColumns("district", "9"), StageColumns("commune", "9")))
    before = year(tmp_path, ["a,d1,c1,1", "b,d2,c1,2"], design)
    after = year(tmp_path, ["a,d2,c1,1", "b,d3,c1,2"], design)
    joint = joint_of(after, before)
    assert joint is not None
    districts, communes = joint.levels
    assert districts.sampled.tolist() == [3]
    assert communes.sampled.tolist() == [1, 2, 1]


def test_without_stages_the_same_people_are_recognised(tmp_path: Path) -> None:
    design = replace(TWO_STAGES, stages=(), overlap=("district", "who"))
    before = year(tmp_path, ["a,d1,c1,1", "b,d1,c1,2"], design)
    after = year(tmp_path, ["b,d1,c1,1", "b,d2,c1,2"], design)
    joint = joint_of(after, before)
    assert joint is not None
    assert joint.levels[0].sampled.tolist() == [3]
    assert joint.cluster[1] == joint.cluster[2]
    assert joint.cluster[1] != joint.cluster[3]


def test_everything_that_must_agree(tmp_path: Path) -> None:
    rows = ["a,d1,c1,1", "b,d2,c1,2"]
    one = year(tmp_path, rows, TWO_STAGES)
    assert comparison_problems(one, one) == []
    form = replace(FORM, groups={}, rollup=Rollup.ITEMS, choices=(Choice("district", {"d1": "", "d2": ""}),))
    other = year(tmp_path, rows, SurveyDesign("e", form, stages=(StageColumns("district"),), lonely=Lonely.ADJUST))
    assert [problem.facts["key"] for problem in comparison_problems(one, other)] == [
        "groups",
        "wishes",
        "rollup",
        "stages",
    ]
