"""Two years of a survey below each other as one sample, in which a cluster asked in both years is one cluster.

The difference of the years is then that of two domains of one sample, as R's ``survey`` has it where the years are
stacked in one design: what both years have of a cluster is added up, the earlier year with a minus, before clusters are
compared. Where the years share only some clusters, a stratum's own distance from the mean counts as a difference
between the clusters of one year and those of the other, so the error is rather too large than too small;
:mod:`.shared_clusters` is the estimator that is right on average there.

Source: Lumley, Complex Surveys (2010), 2.4 and 3.3; Korn and Graubard, Analysis of Health Surveys (1999), 8.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.sample.design import Sample, lay_out
from parindex.domain.survey.sample.design_check import DesignColumns


class YearsMethod(StrEnum):
    """How the error of a difference between two years comes about."""

    INDEPENDENT = "independent"  # the variances of the years are added
    STACKED = "stacked"  # both years are one sample
    COVARIANCE = "covariance"  # the variances are added, less twice the covariance of the clusters in both years


@dataclass(frozen=True, slots=True, eq=False)
class JoinedColumns:
    """Columns of two years as one, the earlier first: what names a stratum or a cluster in both has one code."""

    strata: Codes
    clusters: list[Codes]


def shared_first_stage(joined: JoinedColumns, earlier: int) -> int:
    """How many clusters of the first stage both years have; the first ``earlier`` respondents are of the earlier."""
    keys = joined.strata * (int(joined.clusters[0].max(initial=-1)) + 1) + joined.clusters[0]
    return len(np.intersect1d(keys[:earlier], keys[earlier:]))


def stacked(earlier: DesignColumns, later: DesignColumns, joined: JoinedColumns) -> Sample:
    """One sample of the respondents of both years, the earlier first; ``joined`` says which clusters are the same.

    Of a cluster or stratum for which the years state different populations the larger holds, and never fewer than were
    asked in either year. A stage counts as drawn with replacement where one of the years draws it so.
    """
    above = np.unique(joined.strata, return_inverse=True)[1]
    populations: list[Floats | None] = []
    for stage, column in enumerate(joined.clusters):
        keys = above * (int(column.max(initial=-1)) + 1) + column
        _, rows, here = np.unique(keys, return_index=True, return_inverse=True)
        asked = np.bincount(above[rows], minlength=int(above.max(initial=-1)) + 1).astype(np.float64)
        first = len(earlier.weight)
        old = _population(earlier, stage, asked[above[:first]])
        new = _population(later, stage, asked[above[first:]])
        populations.append(None if old is None or new is None else _largest(np.concatenate([old, new]), above, asked))
        above = here
    weight = np.concatenate([earlier.weight, later.weight])
    return lay_out(joined.strata, joined.clusters, populations, weight, later.lonely)


def _population(drawn: DesignColumns, stage: int, asked: Floats) -> Floats | None:
    """How many clusters one year says there were, by respondent; of a fraction: those ``asked`` ÷ fraction."""
    if stage >= len(drawn.populations):  # a design without stages: the respondents themselves
        return None
    fraction = drawn.fractions[stage]
    return drawn.populations[stage] if fraction is None else asked / fraction


def _largest(stated: Floats, above: Codes, asked: Floats) -> Floats:
    found = asked.copy()
    np.maximum.at(found, above, stated)
    return np.asarray(found[above])
