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

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from parindex.domain.errors import InvalidValue
from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.sample.arrangement import Arrangement, Block, Domains, Groups
from parindex.domain.survey.sample.design import Lonely, Sample, SampleLevel
from parindex.domain.values import Mask


@dataclass(frozen=True, slots=True, eq=False)
class _Totals:
    """Totals of the scores by cluster and domain, for the pairs that occur; ``present``: which have an answer at all
    (None: all).
    """

    values: Floats
    cluster: Codes
    domain: Codes
    present: Mask | None


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

    def add(self, block: Block, scores: Floats, present: Mask | None = None) -> None:
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
        found = np.zeros((self._arrangement.domains, self._sums.shape[1]))
        for _, above, added in self._parts():
            by_domain = Groups.by(above.domain)
            found[by_domain.keys] += by_domain.sums(by_domain.ordered(added))
        return found

    def by_stratum(self) -> Floats:
        """What each stratum (rows) adds to the variance, all its stages together; there is one domain."""
        found = np.zeros((self._sample.strata, self._sums.shape[1]))
        for depth, above, added in self._parts():
            stratum = above.cluster
            for level in reversed(self._sample.levels[:depth]):
                stratum = level.parent[stratum]
            np.add.at(found, stratum, added)
        return found

    def _parts(self) -> Iterator[tuple[int, _Totals, Floats]]:
        """Stage by stage, from the last: its number (from 0), the totals by parent, and what each parent adds."""
        sample, arranged = self._sample, self._arrangement
        totals = _Totals(self._sums, arranged.place, arranged.domain, self._present)
        steps = list(enumerate(zip(sample.levels, _reach(sample), strict=True)))
        if arranged.single:
            depth, (level, reach) = steps.pop()
            yield depth, totals, _added(level, totals, self._within, reach, arranged.domains, sample.lonely)
        for depth, (level, reach) in reversed(steps):
            within, totals = _stage(level, totals, arranged.domains, sample.lonely)
            yield depth, totals, _added(level, totals, within, reach, arranged.domains, sample.lonely)


def domain_variances(sample: Sample, weighted: Floats, domains: Domains, answered: Mask | None = None) -> Floats:
    """The variances of the totals of ``weighted`` scores (respondents × variables) in each of ``domains`` (rows); its
    scores count in a respondent's own domain and are 0 in the others.

    ``answered`` (respondents × variables; None: all): a stratum in which nobody answered is none of those over which
    lonely clusters are averaged. Raises :class:`InvalidValue` (``lonely_clusters``) where a stratum has one cluster and
    the design says ``fail``.
    """
    return _fed(sample, weighted, domains, answered).variances()


def stratum_variances(sample: Sample, weighted: Floats, inside: Mask, answered: Mask) -> Floats:
    """What each stratum (rows) adds to the variance of the totals of ``weighted`` scores over the respondents
    ``inside``; a lonely one that is averaged adds what the others do on average.
    """
    return _fed(sample, weighted, Domains(np.where(inside, 0, -1), 1), answered).by_stratum()


def _fed(sample: Sample, weighted: Floats, domains: Domains, answered: Mask | None) -> Reduction:
    arrangement = Arrangement.of(sample, domains)
    reduction = Reduction(sample, arrangement, weighted.shape[1])
    asks = reduction.asks_for_present and answered is not None
    there = answered.astype(np.float64) if asks and answered is not None else None
    for block in arrangement.blocks(weighted.shape[1]):
        present = None if there is None else block.by_group(arrangement.taken(there, block)) > 0
        reduction.add(block, arrangement.taken(weighted, block).copy(), present)
    return reduction


def _reach(sample: Sample) -> list[Floats]:
    """By stage and parent: the product of the sampling fractions above it."""
    found = [np.ones(sample.strata)]
    for level in sample.levels[:-1]:
        found.append((found[-1] * level.fraction)[level.parent])
    return found


def _stage(level: SampleLevel, totals: _Totals, domains: int, lonely: Lonely) -> tuple[Floats, _Totals]:
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


def _added(level: SampleLevel, above: _Totals, within: Floats, reach: Floats, domains: int, lonely: Lonely) -> Floats:
    """What each parent (and domain) of one stage adds to the variance; ``above`` are its totals by parent."""
    drawn = level.sampled
    scale = reach * (1 - level.fraction) * np.where(drawn > 1, drawn / np.maximum(drawn - 1, 1), 1)
    added = within * scale[above.cluster][:, None]
    if lonely is Lonely.AVERAGE and above.present is not None:
        alone = level.alone[above.cluster]
        by_domain = Groups.by(above.domain)
        there = by_domain.ordered((above.present & ~alone[:, None]).astype(np.float64))
        average = np.zeros((domains, within.shape[1]))
        with np.errstate(divide="ignore", invalid="ignore"):  # nothing to take an average of
            average[by_domain.keys] = by_domain.sums(by_domain.ordered(added)) / by_domain.sums(there)
        lonely_ones = above.present & alone[:, None]
        added[lonely_ones] = average[above.domain][lonely_ones]
    return added


def _refuse_lonely(sample: Sample) -> None:
    if sample.lonely is not Lonely.FAIL:
        return
    for stage, level in enumerate(sample.levels, start=1):
        if level.alone.any():
            raise InvalidValue("lonely_clusters", stage=stage, parents=np.flatnonzero(level.alone).tolist())
