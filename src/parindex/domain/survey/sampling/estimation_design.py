"""How a drawn sample is to be counted in estimates: the design of the estimation that belongs to a sampling design.

Where no stage is drawn with unequal probabilities, every stage counts with its population. Otherwise the variance comes
from the clusters of the first stage, counted as drawn with replacement (which is on the safe side); a cluster that was
certain is a stratum of its own (:func:`parindex.domain.survey.sampling.selection.variance_units`). A systematic draw
counts as a simple one, which is on the safe side where the order sorts like beside like.

A later stage that draws one unit each (an adult of a household) tells nothing of how these differ: the stage above it
then counts as drawn with replacement, and its clusters carry the variance of all below.

Source: Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), 3.4.4 and 4.6; Lumley, Complex Surveys
(2010), 3.2.
"""

from __future__ import annotations

from parindex.domain.survey.sample.design import EstimationDesign, EstimationStage, Lonely
from parindex.domain.survey.sampling.sampling_design import Method, SamplingDesign


def estimation_design(design: SamplingDesign, stages: int | None = None) -> EstimationDesign:
    """The design of estimates from a sample (of the first ``stages`` stages), by the columns of its file."""
    drawn = design.stages[:stages]
    if any(stage.method is Method.SYSTEMATIC_PPS for stage in drawn):
        return EstimationDesign(("variance_stratum",), (EstimationStage("variance_cluster"),), "weight", Lonely.ADJUST)
    counted = [EstimationStage(one.id, one.population_column) for one in drawn]
    of_one = next((place for place, one in enumerate(drawn) if place and one.take.number == 1), None)
    if of_one is not None:
        counted = [*counted[: of_one - 1], EstimationStage(drawn[of_one - 1].id)]
    return EstimationDesign(design.strata, tuple(counted), "weight", Lonely.FAIL)
