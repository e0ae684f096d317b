"""The sampling design of a survey, and a sample laid out for estimation.

Source: Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), ch. 4; Lumley, Complex Surveys (2010),
ch. 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from parindex.domain.survey.arrays import Codes, Floats

if TYPE_CHECKING:
    from parindex.domain.survey.sample.calibration import Calibration


class Lonely(StrEnum):
    """What a stratum with a single sampled cluster says of the variance."""

    FAIL = "fail"  # nothing can be estimated
    CERTAINTY = "certainty"  # the cluster was certain to be drawn: it adds nothing
    AVERAGE = "average"  # it adds as much as the other strata do on average
    ADJUST = "adjust"  # its distance from the mean of the whole sample stands for the one from its stratum's


@dataclass(frozen=True, slots=True)
class EstimationStage:
    """One stage of selection: the column that names the cluster, and the column with how many there were to draw from.

    ``population`` is "" where the stage counts as drawn with replacement; the stages below it then add nothing (the
    ultimate clusters carry all the variance).
    """

    cluster: str
    population: str = ""


@dataclass(frozen=True, slots=True)
class EstimationDesign:
    """How a sample was drawn: strata of the first stage, stages from the first on, the weight, lonely clusters.

    Without stages every respondent is a cluster.
    """

    strata: tuple[str, ...] = ()
    stages: tuple[EstimationStage, ...] = ()
    weight: str = ""
    lonely: Lonely = Lonely.FAIL


@dataclass(frozen=True, slots=True, eq=False)
class SampleLevel:
    """One stage of a sample that has been laid out.

    ``parent[c]`` is the cluster of the stage above (at the first stage: the stratum) that cluster c was drawn from,
    ``sampled[p]`` how many were drawn from parent p and ``population[p]`` from how many (infinite: with replacement).
    """

    parent: Codes
    sampled: Floats
    population: Floats

    @property
    def fraction(self) -> Floats:
        """The sampling fraction by parent: 0 with replacement."""
        return self.sampled / self.population

    @property
    def alone(self) -> NDArray[np.bool_]:
        """The parents of which one cluster was drawn although there were more: within them nothing can be compared."""
        return np.asarray((self.sampled == 1) & (self.population != 1))


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A sample laid out for estimation: one row a respondent.

    ``cluster`` is the cluster of each respondent at the last stage; ``levels`` lead from there to the strata. Only the
    stages that add to the variance are kept.
    """

    weight: Floats
    cluster: Codes
    levels: tuple[SampleLevel, ...]
    strata: int
    lonely: Lonely
    #: How the weights were fitted to known totals: what these explain is in no error. None: they were not.
    calibration: Calibration | None = None

    def __len__(self) -> int:
        return len(self.weight)


def lay_out(
    strata: Codes, clusters: list[Codes], populations: list[Floats | None], weight: Floats, lonely: Lonely
) -> Sample:
    """A sample from codes by respondent: its stratum, its cluster at each stage, and the population of each stage.

    Clusters count inside the cluster above, so that village 1 of two communes is two villages. ``populations[k]`` gives
    on each row how many clusters of stage k there were in the cluster (or stratum) above. Contradictions are found by
    :func:`parindex.domain.survey.sample.design_check.problems_of`, before this.
    """
    kept = _stages_that_count(populations)
    columns = (clusters or [np.arange(len(weight))])[:kept]
    _, above = np.unique(strata, return_inverse=True)
    levels = []
    count = int(above.max(initial=-1)) + 1
    first = count
    for column, population in zip(columns, [*populations, None], strict=False):
        pairs = above * (int(column.max(initial=-1)) + 1) + column
        _, rows, here = np.unique(pairs, return_index=True, return_inverse=True)
        parent = above[rows]
        sampled = np.bincount(parent, minlength=count).astype(np.float64)
        whole = np.full(count, np.inf)
        if population is not None:
            whole[parent] = population[rows]
        levels.append(SampleLevel(parent, sampled, whole))
        above, count = here, len(rows)
    return Sample(weight, above, tuple(levels), first, lonely)


def _stages_that_count(populations: list[Floats | None]) -> int:
    """Up to the first stage that was drawn with replacement: what lies below it is in its clusters already."""
    for number, population in enumerate(populations, start=1):
        if population is None:
            return number
    return max(len(populations), 1)
