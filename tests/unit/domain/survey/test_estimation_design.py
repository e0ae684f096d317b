"""A drawn sample is counted by the design that belongs to it."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.domain.survey.frames import HOUSEHOLDS

from parindex.domain.survey.design import Design, Lonely, Stage
from parindex.domain.survey.estimation_design import estimation_design
from parindex.domain.survey.sampling import SamplingStage, Take

SIMPLE = replace(
    HOUSEHOLDS, stages=(SamplingStage("district", take=Take(number=2), population="huyen"), *HOUSEHOLDS.stages[1:])
)


def test_unequal_probabilities_are_counted_by_the_clusters_of_the_first_stage() -> None:
    assert estimation_design(HOUSEHOLDS) == Design(
        ("variance_stratum",), (Stage("variance_cluster"),), "weight", Lonely.ADJUST
    )


def test_equal_probabilities_are_counted_at_every_stage_with_its_population() -> None:
    assert estimation_design(SIMPLE, 2) == Design(
        ("province",), (Stage("district", "huyen"), Stage("commune", "n_communes")), "weight", Lonely.FAIL
    )


def test_above_a_stage_that_draws_one_the_clusters_carry_the_variance() -> None:
    """One adult of a household does not tell how adults of it differ."""
    stages = (Stage("district", "huyen"), Stage("commune", "n_communes"), Stage("household"))
    assert estimation_design(SIMPLE) == Design(("province",), stages, "weight", Lonely.FAIL)
    assert estimation_design(SIMPLE, 3).stages[2] == Stage("household", "n_households")
    one_district = replace(SIMPLE, stages=(replace(SIMPLE.stages[0], take=Take(number=1)), *SIMPLE.stages[1:3]))
    assert len(estimation_design(one_district).stages) == 3
