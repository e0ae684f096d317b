"""What two years of a survey have in common: the clusters that were asked in both, and the covariance they bring.

Where every stage has the same clusters in both years, the respondents of both years are one sample (R's ``survey`` on
the years below each other). Otherwise each year keeps its own design, and the clusters asked in both give the
covariance:

    V(T₂ − T₁) = V(T₁) + V(T₂) − 2·Cov(T₁, T₂)
    Cov = Σ over stages Σ_p F_p · (n₁₂ − n₁·n₂/N) · s₁₂      F_c = F_p · n₁·n₂/(N·n₁₂) for the clusters c drawn from p

with n₁ and n₂ of N clusters drawn from parent p in the two years and n₁₂ in both (N the larger where the years state
two; without end where a stage counts as drawn with replacement). A full panel so has the variance of its paired
differences with 1 − n/N. What the weighted totals t₁c and t₂c say of s₁₂, the covariance of the clusters' totals:

- two or more in common: Σ (t₁c − t̄₁)(t₂c − t̄₂)/(n₁₂ − 1) over them;
- one in common: (t₁c − t̄₁)(t₂c − t̄₂)/((1 − 1/n₁)(1 − 1/n₂)), with the means over all clusters of either year;
- none: r·s₁·s₂, with the clusters' deviations of each year and the correlation r = Σ n₁₂·s₁₂ / Σ n₁₂·s₁·s₂ of the
  parents that have some. Where nothing is in common at a whole stage the years count as drawn independently: r = 0;
- one cluster a year: nothing, but t₁c·t₂c where it is the same one and the rule for lonely clusters is ``adjust``,
  which measures it from the mean of the whole.

Only so is the covariance right on average, whether clusters are kept on purpose or meet by chance: with 3 of 9 a year,
one stratum in four has none in common, and what these would take off is what the others bring too much.

Putting the years below each other where they share only some clusters (:mod:`.stacked_years`) counts a stratum's own
distance from the mean, which is in every cluster of it, as a difference between the clusters of one year and those of
the other: rotating half of them then more than doubles the variance that the difference has.

Source: Tam, The American Statistician 38 (1984); Qualité and Tillé, Survey Methodology 34 (2008), "Variance estimation
of changes in repeated surveys and its application to the Swiss survey of value added"; Kish, Survey Sampling (1965),
12.4. The recursion over stages follows :mod:`parindex.domain.survey.estimation.variance`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.comparison.stacked_years import JoinedColumns
from parindex.domain.survey.sample.arrangement import Domains, Groups
from parindex.domain.survey.sample.design import Lonely, Sample, lay_out
from parindex.domain.survey.sample.design_check import DesignColumns, populations_of
from parindex.domain.values import Mask


@dataclass(frozen=True, slots=True, eq=False)
class SharedStage:
    """One stage of both years: by respondent the cluster, by cluster the parent and whether it was asked in both years.

    By parent: ``counts`` of clusters (n₁, n₂, n₁₂), what s₁₂ counts for (``scale``), and whether its one cluster, the
    same in both years, is measured from the mean of the whole (``from_whole``).
    """

    cluster: Codes
    parent: Codes
    both: Mask
    counts: tuple[Floats, Floats, Floats]
    scale: Floats
    from_whole: Mask


@dataclass(frozen=True, slots=True, eq=False)
class SharedClusters:
    """Two years that share some of their clusters; ``sample`` holds the respondents of both, of whom the first
    ``earlier`` are of the earlier year.
    """

    sample: Sample
    earlier: int
    stages: tuple[SharedStage, ...]

    def covariance(self, scores: Floats, domains: Domains) -> Floats:
        """The covariance (domains × variables) of the years' totals of weighted ``scores`` (of both years' respondents,
        the earlier first).
        """
        found = np.zeros((domains.count, scores.shape[1]))
        rows = np.flatnonzero(domains.code >= 0)
        for stage in self.stages:
            if not stage.both.any():
                continue  # as if drawn independently
            groups = Groups.by(stage.cluster[rows] * domains.count + domains.code[rows])
            in_order = rows if groups.order is None else rows[groups.order]
            late = (in_order >= self.earlier)[:, None]
            old, new = (groups.sums(scores[in_order] * which) for which in (~late, late))
            cluster, domain = np.divmod(groups.keys, domains.count)
            found += _covariance(stage, old, new, cluster, domain, domains.count)
        return found


def _covariance(stage: SharedStage, old: Floats, new: Floats, cluster: Codes, domain: Codes, domains: int) -> Floats:
    """What one stage adds, of the clusters' totals in both years (``cluster`` × ``domain``, for those that occur)."""
    above = Groups.by(stage.parent[cluster] * domains + domain)

    def sums(values: Floats) -> Floats:
        return above.sums(above.ordered(values))

    parent, of = np.divmod(above.keys, domains)
    first, second, shared = (count[parent][:, None] for count in stage.counts)
    both = stage.both[cluster][:, None]
    old_both, new_both = sums(old * both), sums(new * both)
    old_mean, new_mean = sums(old) / np.maximum(first, 1), sums(new) / np.maximum(second, 1)
    several = (sums(old * new) - old_both * new_both / np.maximum(shared, 1)) / np.maximum(shared - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        single = (old_both - old_mean) * (new_both - new_mean) / ((1 - 1 / first) * (1 - 1 / second))
    told = np.minimum(first, second) > 1
    s12 = np.where(told & (shared > 1), several, np.where(told & (shared == 1), single, 0))
    deviations = np.sqrt(
        np.maximum(sums(old**2) - first * old_mean**2, 0)
        / np.maximum(first - 1, 1)
        * np.maximum(sums(new**2) - second * new_mean**2, 0)
        / np.maximum(second - 1, 1)
    )
    by_domain = Groups.by(of)
    known, most = (np.zeros((domains, old.shape[1])) for _ in range(2))
    known[by_domain.keys], most[by_domain.keys] = (
        by_domain.sums(by_domain.ordered(shared * told * one)) for one in (s12, deviations)
    )
    correlation = np.clip(np.divide(known, most, out=np.zeros_like(known), where=most > 0), -1, 1)
    s12 = np.where(told & (shared == 0), correlation[of] * deviations, s12)
    s12 = np.where(stage.from_whole[parent][:, None], old_both * new_both, s12)
    found = np.zeros_like(known)
    np.add.at(found, of, s12 * stage.scale[parent][:, None])
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
        """Whether both years have the same clusters of the same number: they can be stacked."""
        return np.array_equal(*self.asked) and (self.populations is None or np.array_equal(*self.populations))


def together(earlier: DesignColumns, later: DesignColumns, joined: JoinedColumns) -> Sample | SharedClusters:
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
    return SharedClusters(sample, len(earlier.weight), tuple(_shared(stages, later.lonely)))


def _drawings(earlier: DesignColumns, later: DesignColumns, joined: JoinedColumns) -> Iterator[_Drawing]:
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


def _shared(stages: list[_Drawing], lonely: Lonely) -> Iterator[SharedStage]:
    reach = np.ones(int(stages[0].above.max(initial=-1)) + 1)
    for one in stages:
        both = one.asked[0] * one.asked[1]
        first, second, shared = (
            np.bincount(one.parent, of, len(reach)).astype(np.float64) for of in (*one.asked, both)
        )
        there = np.full(len(reach), np.inf) if one.populations is None else np.maximum(*one.populations)
        by_chance = first * second / there  # how many clusters two independent draws share on average
        same = (shared == 1) & (first == 1) & (second == 1)
        from_whole = same if lonely is Lonely.ADJUST else np.zeros_like(same)
        scale = reach * (shared - by_chance)
        yield SharedStage(one.here, one.parent, both > 0, (first, second, shared), scale, from_whole)
        reach = (reach * by_chance / np.maximum(shared, 1))[one.parent]
