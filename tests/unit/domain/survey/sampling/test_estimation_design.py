"""A drawn sample is counted by the design that belongs to it."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.domain.survey.frames import HOUSEHOLDS, SIMPLE

from parindex.domain.survey.sample.design import EstimationDesign, EstimationStage, Lonely
from parindex.domain.survey.sampling.estimation_design import estimation_design
from parindex.domain.survey.sampling.sampling_design import Take


def test_unequal_probabilities_are_counted_by_the_clusters_of_the_first_stage() -> None:
    assert estimation_design(HOUSEHOLDS) == EstimationDesign(
        ("variance_stratum",), (EstimationStage("variance_cluster"),), "weight", Lonely.ADJUST
    )


def test_equal_probabilities_are_counted_at_every_stage_with_its_population() -> None:
    assert estimation_design(SIMPLE, 2) == EstimationDesign(
        ("province",),
        (EstimationStage("district", "huyen"), EstimationStage("commune", "n_communes")),
        "weight",
        Lonely.FAIL,
    )


def test_above_a_stage_that_draws_one_the_clusters_carry_the_variance() -> None:
    """One adult of a household does not tell how adults of it differ."""
    stages = (
        EstimationStage("district", "huyen"),
        EstimationStage("commune", "n_communes"),
        EstimationStage("household"),
    )
    assert estimation_design(SIMPLE) == EstimationDesign(("province",), stages, "weight", Lonely.FAIL)
    assert estimation_design(SIMPLE, 3).stages[2] == EstimationStage("household", "n_households")
    one_district = replace(SIMPLE, stages=(replace(SIMPLE.stages[0], take=Take(number=1)), *SIMPLE.stages[1:3]))
    assert len(estimation_design(one_district).stages) == 3
