"""What two years of a survey have in common: the clusters that were asked in both, and the covariance they bring.

Where the first stage counts as drawn with replacement, or every stage has the same clusters in both years, the
respondents of both years are one sample (R's ``survey`` on the years below each other). Otherwise each year keeps its
own design and its own finite population, and the clusters asked in both give the covariance:

    V(T₂ − T₁) = V(T₁) + V(T₂) − 2·Cov(T₁, T₂)
    Cov = Σ over stages Σ_p F_p · (n₁₂ − n₁·n₂/N) · s₁₂      F_c = F_p · n₁·n₂/(N·n₁₂) for the clusters c drawn from p

with n₁ and n₂ of N clusters drawn from parent p in the two years, n₁₂ in both (N the larger where the years state
two), and s₁₂ = Σ (t₁c − t̄₁)(t₂c − t̄₂)/(n₁₂ − 1) over the shared clusters' weighted totals. A full panel so has the
variance of its paired differences with 1 − n/N. With fewer than two clusters in common s₁₂ cannot be told and the
covariance is 0, as it is on average where both years are drawn independently; lonely clusters bring none either.

Source: Tam, The American Statistician 38 (1984); Qualité and Tillé, Survey Methodology 34 (2008), "Variance estimation
of changes in repeated surveys and its application to the Swiss survey of value added"; Kish, Survey Sampling (1965),
12.4. The recursion over stages follows :mod:`.variance`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from parindex.domain.survey.arrangement import Domains, Groups
from parindex.domain.survey.design import Codes, Floats, Sample, lay_out
from parindex.domain.survey.design_check import Drawn, populations_of


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Columns of two years as one, the earlier first: what names a stratum or a cluster in both has one code."""

    strata: Codes
    clusters: list[Codes]


@dataclass(frozen=True, slots=True, eq=False)
class SharedStage:
    """The clusters of one stage that were asked in both years.

    ``cluster`` is by respondent the cluster (−1: not shared), ``parent`` by cluster the one above, ``shared`` by parent
    how many clusters are shared, and ``scale`` what Σ (t₁ − t̄₁)(t₂ − t̄₂) counts for (0 where it cannot be told).
    """

    cluster: Codes
    parent: Codes
    shared: Floats
    scale: Floats


@dataclass(frozen=True, slots=True, eq=False)
class SharedClusters:
    """Two years with finite populations that share some of their clusters; ``sample`` holds the respondents of both,
    of whom the first ``earlier`` are of the earlier year.
    """

    sample: Sample
    earlier: int
    stages: tuple[SharedStage, ...]

    def covariance(self, scores: Floats, domains: Domains) -> Floats:
        """The covariance (domains × variables) of the years' totals of weighted ``scores`` (of both years' respondents,
        the earlier first).
        """
        found = np.zeros((domains.count, scores.shape[1]))
        for stage in self.stages:
            rows = np.flatnonzero((stage.cluster >= 0) & (domains.code >= 0))
            groups = Groups.by(stage.cluster[rows] * domains.count + domains.code[rows])
            in_order = rows if groups.order is None else rows[groups.order]
            late = (in_order >= self.earlier)[:, None]
            old, new = (groups.sums(scores[in_order] * which) for which in (~late, late))
            cluster, domain = np.divmod(groups.keys, domains.count)
            above = Groups.by(stage.parent[cluster] * domains.count + domain)
            sums = [above.sums(above.ordered(one)) for one in (old * new, old, new)]
            parent, domain = np.divmod(above.keys, domains.count)
            crossed = sums[0] - sums[1] * sums[2] / stage.shared[parent][:, None]
            np.add.at(found, domain, crossed * stage.scale[parent][:, None])
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Drawing:
    """One stage of both years: by respondent the cluster and its parent; by cluster the parent and whether it was asked
    in each year; by parent how many there were to draw from, in each year (None: with replacement).
    """

    here: Codes
    above: Codes
    parent: Codes
    asked: tuple[Floats, Floats]
    populations: tuple[Floats, Floats] | None

    @property
    def same(self) -> bool:
        """Whether both years have the same clusters, or draw with replacement: they can be stacked."""
        if self.populations is None:
            return True
        one, two = self.populations
        return np.array_equal(*self.asked) and np.array_equal(one, two)


def together(earlier: Drawn, later: Drawn, joined: Joined) -> Sample | SharedClusters:
    """What two years of one survey have in common; ``joined`` says which clusters are the same."""
    stages = list(_drawings(earlier, later, joined))
    weight = np.concatenate([earlier.weight, later.weight])
    populations = [
        None if one.populations is None else _larger(one.populations, one.parent, one.asked)[one.above]
        for one in stages
    ]
    clusters = [one.here for one in stages]
    sample = lay_out(joined.strata, clusters, populations, weight, later.lonely)
    if all(one.same for one in stages):
        return sample
    return SharedClusters(sample, len(earlier.weight), tuple(_shared(stages)))


def _drawings(earlier: Drawn, later: Drawn, joined: Joined) -> Iterator[_Drawing]:
    """The stages down to the first one drawn with replacement: what lies below it is in its clusters already."""
    above = np.unique(joined.strata, return_inverse=True)[1]
    first = len(earlier.weight)
    none: list[Floats | None] = [None] * len(joined.clusters)  # a design without stages: the respondents themselves
    pairs = zip(populations_of(earlier) or none, populations_of(later) or none, joined.clusters, strict=True)
    for one, two, column in pairs:
        keys = above * (int(column.max(initial=-1)) + 1) + column
        _, rows, here = np.unique(keys, return_index=True, return_inverse=True)
        asked = _asked(here[:first], len(rows)), _asked(here[first:], len(rows))
        populations = None
        if one is not None and two is not None:
            parents = int(above.max(initial=-1)) + 1
            populations = _by_parent(one, above[:first], parents), _by_parent(two, above[first:], parents)
        yield _Drawing(here, above, above[rows], asked, populations)
        if populations is None:
            return
        above = here


def _asked(clusters: Codes, count: int) -> Floats:
    """1 for each cluster that occurs, else 0."""
    found = np.zeros(count)
    found[clusters] = 1
    return found


def _by_parent(stated: Floats, above: Codes, parents: int) -> Floats:
    """How many clusters each parent had; 0 where the year did not ask in it."""
    found = np.zeros(parents)
    found[above] = stated
    return found


def _larger(populations: tuple[Floats, Floats], parent: Codes, asked: tuple[Floats, Floats]) -> Floats:
    """The larger of two years' populations by parent, never smaller than the clusters asked in either year."""
    stated = np.maximum(*populations)
    return np.maximum(stated, np.bincount(parent, np.maximum(*asked), len(stated)))


def _shared(stages: list[_Drawing]) -> Iterator[SharedStage]:
    reach = np.ones(int(stages[0].above.max(initial=-1)) + 1)
    for one in stages:
        both = one.asked[0] * one.asked[1]
        first, second, shared = (
            np.bincount(one.parent, of, len(reach)).astype(np.float64) for of in (*one.asked, both)
        )
        by_chance = np.zeros(len(reach))  # how many clusters two independent draws share on average
        if one.populations is not None:
            by_chance = first * second / np.maximum(*one.populations)
        scale = np.where(shared > 1, reach * (shared - by_chance) / np.maximum(shared - 1, 1), 0)
        number = np.where(both > 0, np.cumsum(both) - 1, -1).astype(np.intp)
        yield SharedStage(number[one.here], one.parent[both > 0], shared, scale)
        reach = (reach * by_chance / np.maximum(shared, 1))[one.parent]
