"""Two years of a survey: what must agree, and the sample of both where clusters or people were asked twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from parindex.documents.surveys.design_file import StageColumns, SurveyDesign
from parindex.documents.surveys.joined_years import clusters_alike, comparison_problems, joint_of
from parindex.documents.surveys.responses import Responses, read_responses
from parindex.domain.survey.design import Lonely, Sample
from parindex.domain.survey.shared_clusters import SharedClusters
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
    shared = joint_of(after, before)
    assert isinstance(shared, SharedClusters)
    districts, communes = shared.sample.levels
    assert districts.sampled.tolist() == [3]
    assert communes.sampled.tolist() == [1, 2, 1]
    assert [stage.counts[2].tolist() for stage in shared.stages] == [[1], [0, 0, 0]]


def test_without_stages_the_same_people_are_recognised(tmp_path: Path) -> None:
    design = replace(TWO_STAGES, stages=(), overlap=("district", "who"))
    before = year(tmp_path, ["a,d1,c1,1", "b,d1,c1,2"], design)
    after = year(tmp_path, ["b,d1,c1,1", "b,d2,c1,2"], design)
    joint = joint_of(after, before)
    assert isinstance(joint, SharedClusters)
    assert joint.sample.levels[0].sampled.tolist() == [3]
    cluster = joint.sample.cluster
    assert cluster[1] == cluster[2]
    assert cluster[1] != cluster[3]


def test_who_is_not_named_is_nobody_of_the_other_year(tmp_path: Path) -> None:
    design = replace(TWO_STAGES, stages=(), overlap=("who",))
    before = year(tmp_path, [",d1,c1,1", ",d1,c1,2", "a,d1,c1,3"], design)
    joint = joint_of(before, before)
    assert isinstance(joint, SharedClusters)
    assert joint.sample.levels[0].sampled.tolist() == [5]


@pytest.mark.parametrize("stages", [("district",), ("district", "commune")])
def test_people_asked_again_live_in_clusters_asked_again(tmp_path: Path, stages: tuple[str, ...]) -> None:
    """A panel of people in a design with clusters: these are the same in both years, as if the design named them."""
    rows = ["a,d1,c1,1", "b,d1,c2,2", "c,d2,c1,4"]
    of_people = replace(TWO_STAGES, stages=tuple(map(StageColumns, stages)), overlap=("who",))
    one, two = year(tmp_path, rows, of_people), year(tmp_path, rows[1:], of_people)
    found = joint_of(two, one)
    of_clusters = replace(of_people, overlap=stages)
    expected = joint_of(year(tmp_path, rows[1:], of_clusters), year(tmp_path, rows, of_clusters))
    assert isinstance(found, Sample)
    assert isinstance(expected, Sample)
    assert found.levels[0].sampled.tolist() == [2]
    assert found.cluster.tolist() == expected.cluster.tolist() == [0, 0, 1, 0, 1]


def test_columns_that_are_no_clusters_have_to_identify_people(tmp_path: Path) -> None:
    design = replace(TWO_STAGES, stages=(StageColumns("commune"),), overlap=("district",))
    rows = ["a,d1,c1,1", "b,d1,c2,2", "c,d1,c3,2", ",d2,c4,2", ",d3,c5,2"]
    one = year(tmp_path, rows, design)
    (problem,) = comparison_problems(one, one)
    assert (problem.kind, problem.facts) == ("overlap_identifies_nobody", {"columns": ["district"], "count": 2})
    for overlap in (("who",), ("district", "who"), ("district", "commune"), ("commune",)):
        people = year(tmp_path, rows, replace(design, overlap=overlap))
        assert comparison_problems(people, people) == []
    other = year(tmp_path, ["a,d1,c1,1", "a,d2,c2,2"], replace(design, overlap=("who",)))
    assert [found.facts["count"] for found in comparison_problems(other, other)] == [1]
    without = year(tmp_path, rows, replace(design, overlap=()))
    assert [found.facts for found in comparison_problems(people_of(tmp_path, rows), without)] == [{"key": "overlap"}]


def people_of(folder: Path, rows: list[str]) -> Responses:
    return year(folder, rows, replace(TWO_STAGES, stages=(StageColumns("commune"),), overlap=("who",)))


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


def test_clusters_of_one_name_in_both_years_are_remarked_where_the_design_is_silent(tmp_path: Path) -> None:
    silent = replace(TWO_STAGES, overlap=())
    rows = ["a,d1,c1,1", "b,d2,c1,2"]
    before = year(tmp_path, rows, silent)
    assert clusters_alike(year(tmp_path, ["a,d2,c1,1", "b,d3,c1,2"], silent), before)
    assert not clusters_alike(year(tmp_path, ["a,d3,c1,1", "b,d4,c1,2"], silent), before)
    for said in (TWO_STAGES, replace(silent, nested=True), replace(silent, stages=())):
        assert not clusters_alike(year(tmp_path, rows, said), before)
