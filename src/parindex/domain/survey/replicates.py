"""Standard errors by replication, as a check of the linearised ones: the jackknife and the bootstrap of clusters.

A replicate weighs the first-stage clusters anew and the mean is taken again; how much the replicates differ is its
error. Ratios are not linearised here, so that a mistake in the scores shows. Only the first stage is replicated; its
sampling fraction enters, those below do not. No command uses them: they are there for who doubts an error (and for our
own tests, which hold them against the linearised errors and against R's jackknife).

The jackknife (JKn) leaves out one cluster at a time and raises the others of its stratum by n/(n − 1). The bootstrap
(Rao and Wu, with n − 1 clusters out of n) draws clusters of each stratum with replacement and raises what was drawn by
n/(n − 1); its draws come from SHA-256 of seed, replicate, stratum and turn, so that every machine draws the same.

Source: Rust and Rao, Statistical Methods in Medical Research 5 (1996); Rao, Wu and Yue, Survey Methodology 18 (1992).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from parindex.domain.survey.arrangement import Domains
from parindex.domain.survey.design import Codes, Floats, Sample


@dataclass(frozen=True, slots=True, eq=False)
class Replicates:
    """``factors`` (replicates × first-stage clusters) by which weights are multiplied, and by how much the square of
    the distance of each replicate from the estimate counts (``shares``).
    """

    factors: Floats
    shares: Floats


def jackknife(sample: Sample) -> Replicates:
    """One replicate for each first-stage cluster that is not alone in its stratum; a lonely one adds nothing."""
    level = sample.levels[0]
    left_out = np.flatnonzero(level.sampled[level.parent] > 1)
    stratum = level.parent[left_out]
    drawn = level.sampled[stratum]
    same = level.parent[None, :] == stratum[:, None]
    factors = np.where(same, (drawn / (drawn - 1))[:, None], 1.0)
    factors[np.arange(len(left_out)), left_out] = 0
    return Replicates(factors, (1 - level.fraction[stratum]) * (drawn - 1) / drawn)


def bootstrap(sample: Sample, replicates: int, seed: int) -> Replicates:
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
    return Replicates(factors, np.full(replicates, 1 / replicates))


def _drawn(seed: int, replicate: int, stratum: int, n: int) -> Codes:
    """n − 1 numbers below n."""
    numbers = [sha256(f"{seed}:{replicate}:{stratum}:{turn}".encode()).digest()[:8] for turn in range(n - 1)]
    return np.array([int.from_bytes(number) * n >> 64 for number in numbers], np.intp)


def standard_errors(
    replicates: Replicates, sample: Sample, values: Floats, domains: Domains | None = None, base: Floats | None = None
) -> Floats:
    """The standard errors (domains × variables) of the means of ``values`` (respondents × variables, NaN: no answer),
    or of their ratios to ``base``; None for ``domains``: all respondents.
    """
    domains = domains or Domains.everyone(len(sample))
    cluster = sample.cluster
    for level in reversed(sample.levels[1:]):
        cluster = level.parent[cluster]
    answered = ~np.isnan(values) if base is None else ~(np.isnan(values) | np.isnan(base))
    below = np.where(answered, 1.0 if base is None else base, 0)
    above = np.where(answered, values, 0)
    found = np.empty((domains.count, values.shape[1]))
    for domain in range(domains.count):
        weight = np.where(domains.code == domain, sample.weight, 0)
        found[domain] = _of_one(replicates, cluster, above * weight[:, None], below * weight[:, None])
    return found


def _of_one(replicates: Replicates, cluster: Codes, above: Floats, below: Floats) -> Floats:
    clusters = replicates.factors.shape[1]
    by_cluster = [
        np.stack([np.bincount(cluster, column, clusters) for column in part.T], axis=1) for part in (above, below)
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = by_cluster[0].sum(axis=0) / by_cluster[1].sum(axis=0)
        again = (replicates.factors @ by_cluster[0]) / (replicates.factors @ by_cluster[1])
    return np.asarray(np.sqrt(replicates.shares @ (again - estimate) ** 2))
