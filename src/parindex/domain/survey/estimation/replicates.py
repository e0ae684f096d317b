"""Standard errors by replication, as a check of the linearised ones: the jackknife and the bootstrap of clusters.

A replicate weighs the first-stage clusters anew and everything is estimated again; how much the replicates differ is
the error. Nothing is linearised here, so that a mistake in the scores shows. Only the first stage is replicated, with
its sampling fraction: :func:`problems_of` says for which samples that is not all there is to replicate.

The jackknife (JKn) leaves out one cluster at a time and raises the others of its stratum by n/(n − 1). The bootstrap
(Rao and Wu, with n − 1 clusters out of n) draws clusters of each stratum with replacement and raises what was drawn by
n/(n − 1); its draws come from SHA-256 of seed, replicate, stratum and turn, so that every machine draws the same. A
cluster alone in its stratum is in every replicate and adds nothing.

Source: Rust and Rao, Statistical Methods in Medical Research 5 (1996); Rao, Wu and Yue, Survey Methodology 18 (1992).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from parindex.domain.errors import Problem
from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.estimation.linearisation import Statistic, StatisticKind
from parindex.domain.survey.sample.arrangement import Domains
from parindex.domain.survey.sample.design import Lonely, Sample, SampleLevel

#: What is left of a sum this small beside the whole is rounding: the replicate has nobody of the domain.
_NOBODY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Jackknife:
    """One replicate for each first-stage cluster that is not alone in its stratum.

    It is kept as the rule that makes the replicates, not as a matrix of factors, which a survey of tens of thousands of
    respondents without clusters could not hold.
    """

    level: SampleLevel

    @property
    def shares(self) -> Floats:
        """By how much the square of the distance of each replicate from the estimate counts."""
        stratum = self.level.parent[self._left_out]
        drawn = self.level.sampled[stratum]
        return np.asarray((1 - self.level.fraction[stratum]) * (drawn - 1) / drawn)

    def again(self, by_cluster: Floats) -> Floats:
        """The sums of the replicates (replicates × columns) from those of the clusters."""
        parent, left_out = self.level.parent, self._left_out
        of_stratum = np.zeros((len(self.level.sampled), by_cluster.shape[1]))
        np.add.at(of_stratum, parent, by_cluster)
        drawn = self.level.sampled[parent[left_out]][:, None]
        moved = (of_stratum[parent[left_out]] - drawn * by_cluster[left_out]) / (drawn - 1)
        return np.asarray(by_cluster.sum(axis=0) + moved)

    @property
    def _left_out(self) -> Codes:
        return np.flatnonzero(self.level.sampled[self.level.parent] > 1)


@dataclass(frozen=True, slots=True, eq=False)
class Bootstrap:
    """``factors`` (replicates × first-stage clusters) by which weights are multiplied."""

    factors: Floats

    @property
    def shares(self) -> Floats:
        """By how much the square of the distance of each replicate from the estimate counts."""
        return np.full(len(self.factors), 1 / len(self.factors))

    def again(self, by_cluster: Floats) -> Floats:
        """The sums of the replicates (replicates × columns) from those of the clusters."""
        return np.asarray(self.factors @ by_cluster)


Replicates = Jackknife | Bootstrap


def problems_of(sample: Sample) -> Iterator[Problem]:
    """Why the replicated errors of a sample would not be those that are linearised.

    Kinds: ``replicates_of_stages`` (``stages``: so many add to the variance, and only the first is replicated),
    ``replicates_of_lonely`` (``count``: strata whose only cluster adds something by a rule that no replicate follows),
    ``replicates_of_calibrated`` (each replicate would have to be fitted to the known totals again).
    """
    if len(sample.levels) > 1:
        yield Problem("replicates_of_stages", facts={"stages": len(sample.levels)})
    alone = int(np.count_nonzero(sample.levels[0].alone))
    if alone and sample.lonely in (Lonely.AVERAGE, Lonely.ADJUST):
        yield Problem("replicates_of_lonely", facts={"count": alone, "lonely": sample.lonely.value})
    if sample.calibration is not None:
        yield Problem("replicates_of_calibrated")


def jackknife(sample: Sample) -> Jackknife:
    """The jackknife of the first-stage clusters."""
    return Jackknife(sample.levels[0])


def bootstrap(sample: Sample, replicates: int, seed: str) -> Bootstrap:
    """So many replicates of n − 1 clusters drawn with replacement from the n of each stratum.

    The sampling fraction is met by drawing the weights closer to 1 (Rao and Wu's rescaling).
    """
    level = sample.levels[0]
    factors = np.ones((replicates, len(level.parent)))
    for stratum in np.flatnonzero(level.sampled > 1).tolist():
        members = np.flatnonzero(level.parent == stratum)
        n = len(members)
        for replicate in range(replicates):
            times = np.bincount(_drawn(seed, replicate, stratum, n), minlength=n)
            closer = np.sqrt(1 - level.fraction[stratum])
            factors[replicate, members] = 1 - closer + closer * times * n / (n - 1)
    return Bootstrap(factors)


def _drawn(seed: str, replicate: int, stratum: int, n: int) -> Codes:
    """n − 1 numbers below n."""
    numbers = [sha256(f"{seed}:{replicate}:{stratum}:{turn}".encode()).digest()[:8] for turn in range(n - 1)]
    return np.array([int.from_bytes(number) * n >> 64 for number in numbers], np.intp)


def standard_errors(replicates: Replicates, sample: Sample, statistic: Statistic, domains: Domains) -> Floats:
    """The standard errors (domains × variables) of a statistic; NaN where a replicate has nobody of the domain."""
    cluster = sample.cluster
    for level in reversed(sample.levels[1:]):
        cluster = level.parent[cluster]
    found = np.empty((domains.count, statistic.variables))
    for domain in range(domains.count):
        rows = np.flatnonzero((domains.code == domain) & (sample.weight != 0))
        above, below = (_by_cluster(part, cluster[rows], sample) for part in _summed(statistic, sample, rows))
        estimate = _estimated(statistic, above.sum(axis=0)[None], below.sum(axis=0)[None], below)
        again = _estimated(statistic, replicates.again(above), replicates.again(below), below)
        found[domain] = np.sqrt(replicates.shares @ (again - estimate) ** 2)
    return found


def _summed(statistic: Statistic, sample: Sample, rows: Codes) -> tuple[Floats, Floats]:
    """What is summed above and below the line (rows × variables), weighted."""
    values, weight = statistic.values[rows], sample.weight[rows][:, None]
    base = np.ones_like(values) if statistic.base is None else statistic.base[rows]
    answered = ~(np.isnan(values) | np.isnan(base))
    return np.where(answered, values, 0) * weight, np.where(answered, base, 0) * weight


def _by_cluster(values: Floats, cluster: Codes, sample: Sample) -> Floats:
    clusters = len(sample.levels[0].parent)
    return np.stack([np.bincount(cluster, column, clusters) for column in values.T], axis=1)


def _estimated(statistic: Statistic, above: Floats, below: Floats, of_clusters: Floats) -> Floats:
    """The estimates (rows × variables) from sums by row; ``of_clusters`` are the parts of the sums below the line."""
    if statistic.kind is StatisticKind.TOTAL:
        nobody = (of_clusters == 0).all(axis=0)
        return np.where(nobody, np.nan, above)
    gone = np.abs(below) <= _NOBODY * np.abs(of_clusters).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = np.where(gone, np.nan, above / below)
    if statistic.mix is None:
        return estimate
    mixed = [estimate[:, shares != 0] @ shares[shares != 0] for shares in statistic.mix.T]
    return np.column_stack([estimate, *mixed])
