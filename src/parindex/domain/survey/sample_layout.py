"""How a drawn sample is to be counted in estimates: the design of the estimation that belongs to a sampling design.

Where no stage is drawn with unequal probabilities, every stage counts with its population. Otherwise the variance comes
from the clusters of the first stage, counted as drawn with replacement (which is on the safe side); a cluster that was
certain is a stratum of its own (:func:`parindex.domain.survey.selection.variance_units`). A systematic draw counts as a
simple one, which is on the safe side where the order sorts like beside like.

Source: Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), 3.4.4 and 4.6; Lumley, Complex Surveys
(2010), 3.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from parindex.domain.survey.design import Codes, Design, Lonely, Sample, Stage, lay_out
from parindex.domain.survey.sampling import Method, SamplingDesign
from parindex.domain.survey.selection import Draw, Drawn, variance_units


def estimation_design(design: SamplingDesign, stages: int | None = None) -> Design:
    """The design of estimates from a sample (of the first ``stages`` stages), by the columns of its file."""
    drawn = design.stages[:stages]
    if any(stage.method is Method.SYSTEMATIC_PPS for stage in drawn):
        return Design(("variance_stratum",), (Stage("variance_cluster"),), "weight", Lonely.ADJUST)
    return Design(design.strata, tuple(Stage(one.id, one.population_column) for one in drawn), "weight", Lonely.FAIL)


def laid_out(drawn: Draw) -> tuple[list[Drawn], Sample]:
    """The units of the sample without its replacements, and the sample that they make if all of them answer."""
    units = [unit for unit in drawn.stages[-1] if not unit.reserve]
    ways = [drawn.ancestors(unit) for unit in units]
    weight = np.array([1 / prod(float(one.probability) for one in way) for way in ways])
    design = estimation_design(drawn.design, len(drawn.stages))
    if design.strata == ("variance_stratum",):
        pairs = [variance_units(drawn, unit) for unit in units]
        strata, clusters = ([pair[k] for pair in pairs] for k in range(2))
        return units, lay_out(_codes(strata), [_codes(clusters)], [None], weight, design.lonely)
    columns = [_codes([way[k].path for way in ways]) for k in range(len(drawn.stages))]
    populations = [np.array([float(way[k].listed) for way in ways]) for k in range(len(drawn.stages))]
    strata_codes = np.array([way[0].parent for way in ways], dtype=np.intp)
    return units, lay_out(strata_codes, columns, [*populations], weight, design.lonely)


def _codes(names: Sequence[str]) -> Codes:
    return np.asarray(np.unique(np.array(names), return_inverse=True)[1], dtype=np.intp)
