"""Two years of a survey: what must agree, and the sample of both where clusters or people were asked twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from parindex.documents.surveys.design_file import StageColumns, SurveyDesign
from parindex.documents.surveys.joined_years import JointYears, clusters_alike, comparison_problems, joint_of
from parindex.documents.surveys.responses import Responses, read_responses
from parindex.domain.survey.comparison.shared_clusters import SharedClusters
from parindex.domain.survey.comparison.stacked_years import YearsMethod
from parindex.domain.survey.questionnaire.variables import Choice, Item, Rollup, Variables
from parindex.domain.survey.sample.design import Lonely, Sample

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


def joint(later: Responses, earlier: Responses) -> SharedClusters:
    """What two years share whose design asks for the covariance."""
    found = joint_of(later, earlier)
    assert found.method is YearsMethod.COVARIANCE
    assert isinstance(found.sample, SharedClusters)
    return found.sample


def sampled(found: JointYears) -> list[list[float]]:
    """How many clusters the sample of both years has, by stage and parent."""
    assert isinstance(found.sample, Sample)
    return [level.sampled.tolist() for level in found.sample.levels]


def test_where_the_design_is_silent_clusters_of_one_name_are_the_same(tmp_path: Path) -> None:
    stages = (StageColumns("district", "9"), StageColumns("commune", "9"))
    silent = replace(TWO_STAGES, overlap=(), stages=stages)
    before = year(tmp_path, ["a,d1,c1,1", "b,d2,c1,2", "c,d2,c2,2"], silent)
    found = joint_of(year(tmp_path, ["a,d2,c1,1", "b,d2,c3,2", "c,d3,c1,1"], silent), before)
    assert (found.method, found.clusters) == (YearsMethod.STACKED, 1)
    assert sampled(found) == [[3], [1, 3, 1]]
    none = joint_of(year(tmp_path, ["a,d3,c1,1", "b,d4,c1,2"], silent), before)
    assert (none.method, none.sample, none.clusters) == (YearsMethod.INDEPENDENT, None, 0)


def test_a_cluster_of_one_name_in_another_stratum_is_another(tmp_path: Path) -> None:
    silent = replace(TWO_STAGES, overlap=(), strata=("commune",), stages=(StageColumns("district"),))
    before = year(tmp_path, ["a,d1,c1,1", "b,d2,c1,2", "c,d3,c2,1", "d,d4,c2,2"], silent)
    moved = year(tmp_path, ["a,d1,c2,1", "b,d2,c2,2", "c,d3,c1,1", "d,d4,c1,2"], silent)
    assert joint_of(moved, before).method is YearsMethod.INDEPENDENT
    assert sampled(joint_of(before, before)) == [[2, 2]]


def test_the_design_says_how_years_are_taken_together(tmp_path: Path) -> None:
    stages = (StageColumns("district", "9"),)
    rows, later = ["a,d1,c1,1", "b,d2,c1,2"], ["a,d2,c1,1", "b,d3,c1,2"]
    for method in YearsMethod:
        design = replace(TWO_STAGES, overlap=(), stages=stages, years=method)
        found = joint_of(year(tmp_path, later, design), year(tmp_path, rows, design))
        assert found.method is method
        assert found.clusters == (0 if method is YearsMethod.INDEPENDENT else 1)
    forced = replace(TWO_STAGES, stages=stages, years=YearsMethod.STACKED)
    apart = joint_of(year(tmp_path, ["a,d5,c1,1", "b,d6,c1,2"], forced), year(tmp_path, rows, forced))
    assert sampled(apart) == [[4]]
    same = replace(forced, years=YearsMethod.COVARIANCE)
    panel = joint_of(year(tmp_path, rows, same), year(tmp_path, rows, same))
    assert (panel.method, sampled(panel)) == (YearsMethod.STACKED, [[2]])


def test_a_number_counted_anew_in_every_stratum_is_a_name_only_where_the_design_says_so(tmp_path: Path) -> None:
    anew = replace(TWO_STAGES, overlap=(), strata=("commune",), stages=(StageColumns("district"),))
    rows = ["a,1,c1,1", "b,2,c1,2", "c,1,c2,1", "d,2,c2,2"]
    one = year(tmp_path, rows, anew)
    assert joint_of(one, one).method is YearsMethod.INDEPENDENT
    assert clusters_alike(one, one)
    for said in (replace(anew, overlap=("district",)), replace(anew, years=YearsMethod.STACKED)):
        other = year(tmp_path, rows, said)
        assert joint_of(other, other).clusters == 4
        assert not clusters_alike(other, other)


def test_years_of_other_stages_are_independent_and_clusters_need_names(tmp_path: Path) -> None:
    silent = replace(TWO_STAGES, overlap=())
    rows = ["a,d1,c1,1", "b,d2,c1,2"]
    two, one = year(tmp_path, rows, silent), year(tmp_path, rows, replace(silent, stages=silent.stages[:1]))
    assert joint_of(two, one).method is YearsMethod.INDEPENDENT
    assert clusters_alike(two, one)
    for stages in ((), (StageColumns(),)):
        unnamed = year(tmp_path, rows, replace(silent, stages=stages))
        assert joint_of(unnamed, unnamed).method is YearsMethod.INDEPENDENT
        assert not clusters_alike(unnamed, unnamed)
        stacked = year(tmp_path, rows, replace(silent, stages=stages, years=YearsMethod.STACKED))
        (problem,) = comparison_problems(stacked, stacked)
        assert (problem.kind, problem.facts) == ("overlap_names_nothing", {"method": "stacked"})
        assert comparison_problems(two, stacked) == [] if not stages else True


def test_respondents_of_the_last_stage_are_nobody_of_the_other_year(tmp_path: Path) -> None:
    stages = (StageColumns("district", "9"), StageColumns(population="9"))
    one = year(tmp_path, ["a,d1,c1,1", "b,d1,c1,2", "c,d2,c1,2"], replace(TWO_STAGES, overlap=(), stages=stages))
    assert sampled(joint_of(one, one)) == [[2], [4, 2]]


def test_a_stage_that_is_not_named_was_drawn_anew(tmp_path: Path) -> None:
    stages = (StageColumns("district", "9"), StageColumns("commune", "9"))
    design = replace(TWO_STAGES, stages=stages, years=YearsMethod.COVARIANCE)
    before = year(tmp_path, ["a,d1,c1,1", "b,d2,c1,2"], design)
    after = year(tmp_path, ["a,d2,c1,1", "b,d3,c1,2"], design)
    shared = joint(after, before)
    districts, communes = shared.sample.levels
    assert districts.sampled.tolist() == [3]
    assert communes.sampled.tolist() == [1, 2, 1]
    assert [stage.counts[2].tolist() for stage in shared.stages] == [[1], [0, 0, 0]]


def test_without_stages_the_same_people_are_recognised(tmp_path: Path) -> None:
    design = replace(TWO_STAGES, stages=(), overlap=("district", "who"), years=YearsMethod.COVARIANCE)
    before = year(tmp_path, ["a,d1,c1,1", "b,d1,c1,2"], design)
    after = year(tmp_path, ["b,d1,c1,1", "b,d2,c1,2"], design)
    sample = joint(after, before).sample
    assert sample.levels[0].sampled.tolist() == [3]
    assert sample.cluster[1] == sample.cluster[2]
    assert sample.cluster[1] != sample.cluster[3]
    plain = replace(design, years=None)
    one, two = year(tmp_path, ["a,d1,c1,1", "b,d1,c1,2"], plain), year(tmp_path, ["b,d1,c1,1", "c,d1,c1,2"], plain)
    assert sampled(joint_of(two, one)) == [[3]]


def test_who_is_not_named_is_nobody_of_the_other_year(tmp_path: Path) -> None:
    design = replace(TWO_STAGES, stages=(), overlap=("who",), years=YearsMethod.COVARIANCE)
    before = year(tmp_path, [",d1,c1,1", ",d1,c1,2", "a,d1,c1,3"], design)
    assert joint(before, before).sample.levels[0].sampled.tolist() == [5]


@pytest.mark.parametrize("stages", [("district",), ("district", "commune")])
def test_people_asked_again_live_in_clusters_asked_again(tmp_path: Path, stages: tuple[str, ...]) -> None:
    """A panel of people in a design with clusters: these are the same in both years, as if the design named them."""
    rows = ["a,d1,c1,1", "b,d1,c2,2", "c,d2,c1,4"]
    of_people = replace(TWO_STAGES, stages=tuple(map(StageColumns, stages)), overlap=("who",))
    one, two = year(tmp_path, rows, of_people), year(tmp_path, rows[1:], of_people)
    found = joint_of(two, one).sample
    of_clusters = replace(of_people, overlap=stages)
    expected = joint_of(year(tmp_path, rows[1:], of_clusters), year(tmp_path, rows, of_clusters)).sample
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
