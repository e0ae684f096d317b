"""A drawn sample is counted by the design that belongs to it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.unit.domain.survey.frames import HOUSEHOLDS, household_frame

from parindex.domain.survey.design import Design, Lonely, Stage
from parindex.domain.survey.sample_layout import estimation_design, laid_out
from parindex.domain.survey.sampling import SamplingStage, Take
from parindex.domain.survey.selection import draw

SIMPLE = replace(
    HOUSEHOLDS, stages=(SamplingStage("district", take=Take(number=2), population="huyen"), *HOUSEHOLDS.stages[1:])
)


def test_unequal_probabilities_are_counted_by_the_clusters_of_the_first_stage() -> None:
    assert estimation_design(HOUSEHOLDS) == Design(
        ("variance_stratum",), (Stage("variance_cluster"),), "weight", Lonely.ADJUST
    )
    drawn = draw(HOUSEHOLDS, household_frame(), "1")
    units, sample = laid_out(drawn)
    assert len(units) == len(sample) == 16
    assert sample.strata == 2
    assert [(level.sampled.tolist(), level.population.tolist()) for level in sample.levels] == [([2, 2], [np.inf] * 2)]


def test_equal_probabilities_are_counted_at_every_stage_with_its_population() -> None:
    assert estimation_design(SIMPLE, 2) == Design(
        ("province",), (Stage("district", "huyen"), Stage("commune", "n_communes")), "weight", Lonely.FAIL
    )
    drawn = draw(SIMPLE, household_frame(), "1")
    units, sample = laid_out(drawn)
    assert [level.population.tolist() for level in sample.levels[:3]] == [[4] * 2, [3] * 4, [5] * 8]
    assert sample.levels[3].population.tolist() == [unit.listed for unit in units]
    assert np.allclose(sample.weight, [2 * 1.5 * 2.5 * unit.listed for unit in units])


def test_the_weights_estimate_the_population() -> None:
    truth = 2 * 4 * 3 * sum(1 + home % 3 for home in range(5))
    for design in (HOUSEHOLDS, SIMPLE):
        frame = household_frame(design=design)
        totals = [laid_out(draw(design, frame, str(seed)))[1].weight.sum() for seed in range(400)]
        assert abs(np.mean(totals) - truth) < 3 * np.std(totals) / 20
