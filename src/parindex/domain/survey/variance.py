"""The variance of estimated totals by Taylor linearisation, for any number of stages and for domains.

A statistic is linearised into scores, one per respondent, so that its variance is that of the total of w·score. With t_c
the total of cluster c, n_p of N_p clusters drawn from parent p, and F_p the product of the sampling fractions above:

    V = Σ over stages Σ_p F_p · (1 − n_p/N_p) · n_p/(n_p − 1) · Σ_{c in p} (t_c − t̄_p)²

A domain is a subpopulation: clusters without a respondent of it count with a total of 0.

Source: Särndal, Swensson and Wretman (1992), 4.3 and 5.8; Bellhouse, Journal of the American Statistical Association 80
(1985), for the recursion over stages, which R's ``survey`` follows too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parindex.domain.errors import InvalidValue
from parindex.domain.survey.design import Codes, Floats, Level, Lonely, Sample


@dataclass(frozen=True, slots=True, eq=False)
class _Totals:
    """Totals of the scores by cluster and domain, for the pairs that occur, ordered by cluster and then domain."""

    values: Floats
    cluster: Codes
    domain: Codes


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Rows grouped by a key: how to order them, where each group starts, how many it has, and its key."""

    order: Codes | slice
    starts: Codes
    counts: Codes
    keys: Codes

    @classmethod
    def by(cls, keys: Codes) -> _Groups:
        """The groups of rows with equal ``keys``, by rising key."""
        order: Codes | slice = slice(None)
        if (keys[1:] < keys[:-1]).any():
            order = np.argsort(keys, kind="stable")
            keys = keys[order]
        starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)])
        return cls(order, starts, np.diff(np.append(starts, len(keys))), keys[starts])

    def sums(self, values: Floats) -> Floats:
        """Sums of ``values`` (already in order) by group."""
        return np.add.reduceat(values, self.starts, axis=0) if len(self.starts) else values[:0]


def domain_variances(sample: Sample, weighted: Floats, domain: Codes, domains: int) -> Floats:
    """The variances of the totals of ``weighted`` scores (respondents × variables) in each of ``domains`` (rows).

    ``domain`` is the domain of each respondent; its scores count in that domain and are 0 in the others. Raises
    :class:`InvalidValue` (``lonely_clusters``) where a stratum has one cluster and the design says ``fail``.
    """
    _refuse_lonely(sample)
    groups = _Groups.by(sample.cluster * domains + domain)
    totals = _Totals(groups.sums(weighted[groups.order]), groups.keys // domains, groups.keys % domains)
    found = np.zeros((domains, weighted.shape[1]))
    for level, reach in zip(reversed(sample.levels), reversed(_reach(sample)), strict=True):
        added, totals = _stage(level, totals, reach, domains, sample.lonely)
        found += added
    return found


def _reach(sample: Sample) -> list[Floats]:
    """By stage and parent: the product of the sampling fractions above it."""
    found = [np.ones(sample.strata)]
    for level in sample.levels[:-1]:
        found.append((found[-1] * level.fraction)[level.parent])
    return found


def _stage(level: Level, totals: _Totals, reach: Floats, domains: int, lonely: Lonely) -> tuple[Floats, _Totals]:
    """What one stage adds to the variance of each domain and variable, and the totals by parent."""
    groups = _Groups.by(level.parent[totals.cluster] * domains + totals.domain)
    values = totals.values[groups.order]
    sums, parent = groups.sums(values), groups.keys // domains
    above = _Totals(sums, parent, groups.keys % domains)

    drawn, alone = level.sampled, level.alone
    centre = sums / drawn[parent][:, None]
    if lonely is Lonely.ADJUST:
        centre[alone[parent]] = 0
    within = groups.sums((values - np.repeat(centre, groups.counts, axis=0)) ** 2)
    within += (drawn[parent] - groups.counts)[:, None] * centre**2  # clusters without a respondent of the domain
    scale = reach * (1 - level.fraction) * np.where(drawn > 1, drawn / np.maximum(drawn - 1, 1), 1)
    if lonely is Lonely.AVERAGE and alone.any():
        scale *= len(alone) / max(int(np.count_nonzero(~alone)), 1)

    by_domain = _Groups.by(above.domain)
    added = np.zeros((domains, values.shape[1]))
    added[by_domain.keys] = by_domain.sums((within * scale[parent][:, None])[by_domain.order])
    return added, above


def _refuse_lonely(sample: Sample) -> None:
    if sample.lonely is not Lonely.FAIL:
        return
    for stage, level in enumerate(sample.levels, start=1):
        if level.alone.any():
            raise InvalidValue("lonely_clusters", stage=stage, parents=np.flatnonzero(level.alone).tolist())
