"""A drawn sample laid out for estimation without a file in between: the coverage run does so a thousand times."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from parindex.domain.survey.arrays import Codes
from parindex.domain.survey.sample.design import Sample, lay_out
from parindex.domain.survey.sampling.estimation_design import estimation_design
from parindex.domain.survey.sampling.selection import Draw, Drawn, variance_units


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
    columns = [_codes([way[k].path for way in ways]) for k in range(len(design.stages))]
    populations = [
        np.array([float(way[k].listed) for way in ways]) if stage.population else None
        for k, stage in enumerate(design.stages)
    ]
    strata_codes = np.array([way[0].parent for way in ways], dtype=np.intp)
    return units, lay_out(strata_codes, columns, populations, weight, design.lonely)


def _codes(names: Sequence[str]) -> Codes:
    return np.asarray(np.unique(np.array(names), return_inverse=True)[1], dtype=np.intp)
