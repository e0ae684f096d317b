"""Every contradiction between a design, its data and the questionnaire, with the rows where it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from parindex.domain.survey.questionnaire.variables import Item, Variables
from parindex.domain.survey.sample.design import Lonely
from parindex.domain.survey.sample.design_check import (
    DesignColumns,
    SampleFault,
    numbered_anew,
    off_scale,
    populations_of,
    problems_of,
    repeated,
    sample_of,
    shared_below,
    unknown_versions,
)

#: Two strata; two districts each; two communes each; two respondents each.
GOOD = DesignColumns(
    strata=np.repeat([0, 1], 8),
    clusters=[np.repeat([0, 1, 2, 3], 4), np.repeat(np.arange(8) % 2, 2)],
    populations=[np.repeat([5.0, 6.0], 8), None],
    fractions=[None, None],
    weight=np.ones(16),
)


def told(drawn: DesignColumns) -> list[tuple[str, list[int], str, int, dict[str, Any]]]:
    return [as_tuple(fault) for fault in problems_of(drawn)]


def as_tuple(fault: SampleFault) -> tuple[str, list[int], str, int, dict[str, Any]]:
    return fault.kind, fault.rows.tolist(), fault.of, fault.stage, fault.facts


def test_a_sound_design_has_no_faults() -> None:
    assert told(GOOD) == []
    assert len(sample_of(GOOD).levels) == 2


def test_weights_of_zero_below_zero_and_unknown() -> None:
    weight = np.ones(16)
    weight[[2, 5, 7]] = 0, -1, np.nan
    assert told(replace(GOOD, weight=weight)) == [("weight_not_positive", [2, 5, 7], "weight", 0, {})]


def test_a_cluster_in_two_strata_is_told_where_it_leaves_its_first_one() -> None:
    clusters = [np.array([0] * 4 + [1] * 4 + [0] * 4 + [3] * 4), GOOD.clusters[1]]
    facts = {"first": 0, "count": 4, "clusters": 1}
    assert told(replace(GOOD, clusters=clusters)) == [("cluster_in_two_strata", [8], "cluster", 0, facts)]


def test_codes_that_lie_in_two_clusters_above_are_counted_where_the_stages_tell_errors() -> None:
    lower = np.array([0, 0, 1, 1, 2, 2, 1, 1, 3, 3, 4, 4, 3, 5, 0, 5])
    labels = [("a", "b", "c", "d"), tuple("uvwxyz")]
    drawn = replace(GOOD, clusters=[GOOD.clusters[0], lower])
    assert [as_tuple(fault) for fault in shared_below(drawn, labels)] == [
        ("clusters_shared_below", [6, 7, 12, 14], "cluster", 1, {"count": 3, "codes": ["u", "v", "x"]})
    ]
    own = replace(GOOD, clusters=[GOOD.clusters[0], np.repeat(np.arange(8), 2)])
    assert list(shared_below(own, [labels[0], tuple("stuvwxyz")])) == []
    people = replace(GOOD, clusters=[GOOD.clusters[0], np.arange(16)])
    assert list(shared_below(people, [labels[0], ()])) == []


def test_codes_that_are_numbered_anew_or_tell_no_error_are_not_counted() -> None:
    labels = [("a", "b", "c", "d"), ("1", "2")]
    assert list(shared_below(GOOD, labels)) == []  # 1 and 2 in every district
    words = [labels[0], ("u", "v")]
    assert [fault.facts["count"] for fault in shared_below(GOOD, words)] == [2]
    both = replace(GOOD, populations=[GOOD.populations[0], np.full(16, 9.0)])
    assert [fault.stage for fault in shared_below(both, words)] == [1]
    by_share = replace(GOOD, populations=[None, None], fractions=[np.full(16, 0.5), None])
    assert [fault.facts["count"] for fault in shared_below(by_share, words)] == [2]
    assert list(shared_below(replace(GOOD, nested=True), words)) == []
    assert list(shared_below(replace(GOOD, populations=[None, None]), words)) == []


def test_clusters_numbered_anew_in_every_stratum_are_declared_so() -> None:
    clusters = [np.tile(np.repeat([0, 1], 4), 2), GOOD.clusters[1]]
    assert [fault[0] for fault in told(replace(GOOD, clusters=clusters))] == ["cluster_in_two_strata"] * 2
    assert told(replace(GOOD, clusters=clusters, nested=True)) == []


def test_a_population_below_the_sample() -> None:
    drawn = replace(GOOD, populations=[np.repeat([5.0, 1.0], 8), None])
    assert told(drawn) == [("population_below_sample", [8], "population", 0, {"sampled": 2, "parents": 1})]


def test_two_populations_of_one_parent() -> None:
    stated = np.repeat([5.0, 6.0], 8)
    stated[[3, 4]] = 7
    facts = {"first": 0, "expected": "5", "count": 2, "parents": 1}
    assert told(replace(GOOD, populations=[stated, None])) == [("population_varies", [3], "population", 0, facts)]


def test_a_population_of_the_second_stage_varies_within_a_cluster() -> None:
    second = np.full(16, 9.0)
    second[9] = 8
    facts = {"first": 8, "expected": "9", "count": 1, "parents": 1}
    drawn = replace(GOOD, populations=[GOOD.populations[0], second])
    assert told(drawn) == [("population_varies", [9], "population", 1, facts)]


def test_fractions_stand_for_populations() -> None:
    drawn = replace(GOOD, populations=[None, None], fractions=[np.repeat([0.5, 0.25], 8), None])
    assert told(drawn) == []
    assert [None if one is None else one.tolist() for one in populations_of(drawn)] == [[4.0] * 8 + [8.0] * 8, None]


def test_a_fraction_out_of_range_or_varying() -> None:
    fraction = np.full(16, 1.5)
    fraction[0] = 0
    assert told(replace(GOOD, populations=[None, None], fractions=[fraction, None])) == [
        ("population_varies", [1], "fraction", 0, {"first": 0, "expected": "0", "count": 7, "parents": 1}),
        ("fraction_range", list(range(16)), "fraction", 0, {}),
    ]


def test_a_stratum_with_one_cluster_is_refused_only_where_the_design_says_fail() -> None:
    clusters = [np.array([0] * 4 + [1] * 4 + [2] * 8), GOOD.clusters[1]]
    drawn = replace(GOOD, clusters=clusters, populations=[None, None])
    assert told(drawn) == [("lonely_cluster", [8], "strata", 0, {})]
    assert told(replace(drawn, lonely=Lonely.ADJUST)) == []


def test_a_cluster_with_one_cluster_below_is_lonely_as_well() -> None:
    second = GOOD.clusters[1].copy()
    second[4:8] = 0
    drawn = replace(GOOD, clusters=[GOOD.clusters[0], second])
    assert told(drawn) == [("lonely_cluster", [4], "cluster", 0, {})]


def test_lonely_clusters_are_not_looked_for_while_a_population_is_no_number() -> None:
    drawn = replace(
        GOOD, clusters=[np.array([0] * 8 + [1] * 8)], populations=[np.repeat([0.0, 6.0], 8)], fractions=[None]
    )
    assert [fault[0] for fault in told(drawn)] == ["population_below_sample"]


def test_without_stages_every_respondent_is_a_cluster() -> None:
    assert told(DesignColumns(np.array([0, 0, 1]), [], [], [], np.ones(3))) == [
        ("lonely_cluster", [2], "strata", 0, {})
    ]


def test_answers_off_the_scale_by_item() -> None:
    form = Variables((Item("q01"), Item("q02", unknown=(9,)), Item("q03")))
    answers = np.array([[6, 9, 1], [2.5, 0, 2], [np.nan, 5, np.nan]])
    assert [as_tuple(fault) for fault in off_scale(form, answers)] == [
        ("answer_off_scale", [0, 1], "q01", 0, {"lowest": 1, "highest": 5, "codes": [], "count": 2}),
        ("answer_off_scale", [1], "q02", 0, {"lowest": 1, "highest": 5, "codes": [9], "count": 1}),
    ]


def test_a_respondent_with_two_rows() -> None:
    assert [as_tuple(fault) for fault in repeated(np.array([3, -1, 1, 3, -1, 3]))] == [
        ("respondent_twice", [3, 5], "respondent", 0, {"count": 2})
    ]
    assert list(repeated(np.array([0, 1, -1, -1]))) == []


def test_unknown_and_missing_versions() -> None:
    found = list(unknown_versions(np.array([0, 1, -1, 0]), ("2024.1", "2023"), ("2024.1",)))
    assert [as_tuple(fault) for fault in found] == [
        ("version_unknown", [1, 2], "version", 0, {"known": ["2024.1"], "count": 2})
    ]
    assert list(unknown_versions(np.array([0]), ("2024.1",), ("2024.1",))) == []
    assert list(unknown_versions(np.array([0]), ("x",), ())) == []


def anew(strata: list[int], names: list[str]) -> bool:
    labels = tuple(sorted(set(names)))
    return numbered_anew(np.array(strata), np.array([labels.index(name) for name in names]), labels)


def test_clusters_that_are_plainly_numbered_anew() -> None:
    assert anew([0, 0, 1, 1, 1], ["1", "2", "1", "2", "3"])
    assert anew([0, 0, 0, 1, 1, 2], ["2", "1", "2", "1", "2", "1"])


def test_a_single_number_out_of_its_row_is_no_such_numbering() -> None:
    assert not anew([0, 0, 1, 1], ["1", "2", "1", "3"])
    assert not anew([0, 0, 1, 1], ["1", "2", "2", "3"])
    assert not anew([0, 0, 1, 1], ["c1", "c2", "c1", "c2"])
    assert not anew([0, 0, 1, 1], ["0", "1", "0", "1"])


def test_one_stratum_or_one_cluster_each_tells_nothing() -> None:
    assert not anew([0, 0], ["1", "2"])
    assert not anew([0, 0, 1], ["1", "2", "1"])
    assert not anew([0, 1], ["1", "1"])
