"""The variance of estimated totals by Taylor linearisation, for any number of stages and for domains.

A statistic is linearised into scores, one per respondent, so that its variance is that of the total of w·score. With
t_c the total of cluster c, n_p of N_p clusters drawn from parent p, and F_p the product of the sampling fractions
above:

    V = Σ over stages Σ_p F_p · (1 − n_p/N_p) · n_p/(n_p − 1) · Σ_{c in p} (t_c − t̄_p)²

A domain is a subpopulation: clusters without a respondent of it count with a total of 0.

Source: Särndal, Swensson and Wretman (1992), 4.3 and 5.8; Bellhouse, Journal of the American Statistical Association 80
(1985), for the recursion over stages, which R's ``survey`` follows too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parindex.domain.errors import InvalidValue
from parindex.domain.survey.arrangement import Arrangement, Block, Domains, Groups
from parindex.domain.survey.design import Codes, Floats, Level, Lonely, Sample

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Totals:
    """Totals of the scores by cluster and domain, for the pairs that occur; ``present``: which have an answer at all
    (None: all).
    """

    values: Floats
    cluster: Codes
    domain: Codes
    present: Bools | None


class Reduction:
    """The variances of the totals of weighted scores, fed with blocks of an arrangement.

    Raises :class:`InvalidValue` (``lonely_clusters``) where a stratum has one cluster and the design says ``fail``.
    """

    def __init__(self, sample: Sample, arrangement: Arrangement, variables: int) -> None:
        _refuse_lonely(sample)
        self._sample = sample
        self._arrangement = arrangement
        shape = len(arrangement.starts), variables
        self._sums = np.zeros(shape)
        self._within = np.zeros(shape if arrangement.single else (0, variables))
        averaged = sample.lonely is Lonely.AVERAGE and any(level.alone.any() for level in sample.levels)
        self._present = np.ones(shape, bool) if averaged else None

    @property
    def asks_for_present(self) -> bool:
        """Whether it matters in which groups nobody answered."""
        return self._present is not None

    def add(self, block: Block, scores: Floats, present: Bools | None = None) -> None:
        """Take the weighted scores of a block (rows × variables; overwritten), and which of its groups have an answer
        (groups × variables; None: all).
        """
        sums = block.by_group(scores)
        self._sums[block.groups] = sums
        if self._present is not None and present is not None:
            self._present[block.groups] = present
        if self._arrangement.single:
            drawn = self._sample.levels[-1].sampled[self._arrangement.place[block.groups]]
            centre = self._centre(sums, block, drawn)
            scores -= np.repeat(centre, block.counts, axis=0)
            scores *= scores
            rest = (drawn - block.counts)[:, None]  # respondents of other domains: their totals are 0
            self._within[block.groups] = block.by_group(scores) + rest * centre**2

    def _centre(self, sums: Floats, block: Block, drawn: Floats) -> Floats:
        centre = sums / drawn[:, None]
        if self._sample.lonely is Lonely.ADJUST:
            centre[self._sample.levels[-1].alone[self._arrangement.place[block.groups]]] = 0
        return centre

    def variances(self) -> Floats:
        """The variances (domains × variables) of all that was fed."""
        sample, arranged = self._sample, self._arrangement
        totals = _Totals(self._sums, arranged.place, arranged.domain, self._present)
        steps = list(zip(sample.levels, _reach(sample), strict=True))
        found = np.zeros((arranged.domains, self._sums.shape[1]))
        if arranged.single:
            level, reach = steps.pop()
            found += _by_domain(level, totals, self._within, reach, arranged.domains, sample.lonely)
        for level, reach in reversed(steps):
            within, totals = _stage(level, totals, arranged.domains, sample.lonely)
            found += _by_domain(level, totals, within, reach, arranged.domains, sample.lonely)
        return found


def domain_variances(sample: Sample, weighted: Floats, domain: Codes, domains: int) -> Floats:
    """The variances of the totals of ``weighted`` scores (respondents × variables) in each of ``domains`` (rows).

    ``domain`` is the domain of each respondent (−1: none); its scores count in that domain and are 0 in the others.
    Raises :class:`InvalidValue` (``lonely_clusters``) where a stratum has one cluster and the design says ``fail``.
    """
    arrangement = Arrangement.of(sample, Domains(domain, domains))
    reduction = Reduction(sample, arrangement, weighted.shape[1])
    for block in arrangement.blocks(weighted.shape[1]):
        reduction.add(block, arrangement.taken(weighted, block).copy())
    return reduction.variances()


def _reach(sample: Sample) -> list[Floats]:
    """By stage and parent: the product of the sampling fractions above it."""
    found = [np.ones(sample.strata)]
    for level in sample.levels[:-1]:
        found.append((found[-1] * level.fraction)[level.parent])
    return found


def _stage(level: Level, totals: _Totals, domains: int, lonely: Lonely) -> tuple[Floats, _Totals]:
    """Σ (t_c − t̄_p)² by parent and domain, and the totals by parent and domain."""
    groups = Groups.by(level.parent[totals.cluster] * domains + totals.domain)
    values = groups.ordered(totals.values)
    sums, parent = groups.sums(values), groups.keys // domains
    centre = sums / level.sampled[parent][:, None]
    if lonely is Lonely.ADJUST:
        centre[level.alone[parent]] = 0
    within = groups.sums((values - np.repeat(centre, groups.counts, axis=0)) ** 2)
    within += (level.sampled[parent] - groups.counts)[
        :, None
    ] * centre**2  # clusters without a respondent of the domain
    present = totals.present
    if present is not None:
        present = groups.sums(groups.ordered(present.astype(np.float64))) > 0
    return within, _Totals(sums, parent, groups.keys % domains, present)


def _by_domain(level: Level, above: _Totals, within: Floats, reach: Floats, domains: int, lonely: Lonely) -> Floats:
    """What one stage adds to the variance of each domain and variable; ``above`` are its totals by parent."""
    drawn = level.sampled
    scale = reach * (1 - level.fraction) * np.where(drawn > 1, drawn / np.maximum(drawn - 1, 1), 1)
    by_domain = Groups.by(above.domain)
    added = np.zeros((domains, within.shape[1]))
    added[by_domain.keys] = by_domain.sums(by_domain.ordered(within * scale[above.cluster][:, None]))
    if lonely is Lonely.AVERAGE and above.present is not None:
        there = by_domain.ordered(above.present.astype(np.float64))
        others = there * by_domain.ordered((~level.alone[above.cluster]).astype(np.float64))[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):  # nothing to take an average of
            added[by_domain.keys] *= by_domain.sums(there) / by_domain.sums(others)
    return added


def _refuse_lonely(sample: Sample) -> None:
    if sample.lonely is not Lonely.FAIL:
        return
    for stage, level in enumerate(sample.levels, start=1):
        if level.alone.any():
            raise InvalidValue("lonely_clusters", stage=stage, parents=np.flatnonzero(level.alone).tolist())
