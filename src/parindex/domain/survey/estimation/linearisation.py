"""Means, totals and ratios of survey answers by domain, linearised, with their variances, in two passes over the rows.

With answered the respondents that have the value (both values, for a ratio), a value without an answer takes its
respondent out of that variable only, as a subpopulation (R: ``na.rm = TRUE``):

    mean   ŷ = Σ w·y / W              scores w·(y − ŷ) / W      W = Σ w over the answered of the domain
    ratio  R = Σ w·y / X              scores w·(y − R·x) / X    X = Σ w·x
    total  T = Σ w·y                  scores w·y

A *mix* adds variables whose estimates are declared combinations of those of others (the ministry's group value is the
mean of its items' figures); their scores are the same combinations of the scores.

Source: Särndal, Swensson and Wretman (1992), 5.5 to 5.8 and 10.3; Lumley, Complex Surveys (2010), 2.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.estimation.variance import Reduction
from parindex.domain.survey.sample.arrangement import Arrangement, Block, Domains
from parindex.domain.survey.sample.calibration import Calibration
from parindex.domain.survey.sample.design import Sample
from parindex.domain.values import Mask

#: Squares this small beside what they are made of are rounding: all answers are alike, or nothing is compared.
ROUNDING = 1e-26
#: Two figures this near to one another, relative to their size, are the same figure but for rounding.
SAME = 1e-13


class StatisticKind(StrEnum):
    """What is estimated."""

    MEAN = "mean"
    TOTAL = "total"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True, eq=False)
class Statistic:
    """What is estimated from which answers: ``values`` (respondents × variables, NaN: no answer), for a ratio also the
    ``base`` of the same shape, and the ``mix`` (variables × further variables; none: no further variables).
    """

    kind: StatisticKind
    values: Floats
    base: Floats | None = None
    mix: Floats | None = None

    @property
    def variables(self) -> int:
        """How many variables, with those of the mix."""
        return int(self.values.shape[1] + (0 if self.mix is None else self.mix.shape[1]))

    @property
    def answered(self) -> Mask:
        """Who answered which variable (respondents × variables); of a mix, at least one of what it mixes."""
        there = ~np.isnan(self.values)
        if self.base is not None:
            there &= ~np.isnan(self.base)
        if self.mix is None:
            return there
        asked = (self.mix != 0).astype(np.float64)
        return np.hstack([there, there.astype(np.float64) @ asked > 0])


@dataclass(slots=True, eq=False)
class Linearised:
    """One statistic by domain; all arrays domains × variables.

    ``n`` counts the answered and ``weight`` is their weight; ``scale`` is what scores are divided by. ``variance`` is
    the variance under the design and ``simple`` that of as many answers drawn one by one with replacement.
    """

    n: Floats
    weight: Floats
    estimate: Floats
    scale: Floats
    variance: Floats
    simple: Floats


class _Running:
    """The sums of one set of domains while the rows pass by."""

    def __init__(self, sample: Sample, arrangement: Arrangement, blocks: list[Block], statistic: Statistic) -> None:
        domains, variables = arrangement.domains, statistic.values.shape[1]
        self.blocks = blocks
        self.reduction = Reduction(sample, arrangement, statistic.variables)
        self.n, self.weight, self.spread = (np.zeros((domains, statistic.variables)) for _ in range(3))
        self.total, self.base_total = np.zeros((domains, variables)), np.zeros((domains, variables))
        self.centre = self.scale = self.base_total

    def close_totals(self, statistic: Statistic) -> None:
        """Where values are measured from, and what scores are divided by, once all rows have been counted."""
        answered = self.weight[:, : self.total.shape[1]]
        self.scale = self.base_total if statistic.kind is StatisticKind.RATIO else answered
        with np.errstate(divide="ignore", invalid="ignore"):
            self.centre = self.total / self.scale
        self.centre[~np.isfinite(self.centre)] = np.nan


def linearise(
    sample: Sample, domains: list[Domains], statistic: Statistic, calibration: Calibration | None = None
) -> list[Linearised]:
    """A statistic in each set of ``domains``. Sets that group the rows alike share the passes."""
    found: dict[int, Linearised] = {}
    waiting = sorted(range(len(domains)), key=lambda place: -domains[place].count)
    while waiting:
        first, *others = waiting
        arrangement = Arrangement.of(sample, domains[first])
        blocks = arrangement.blocks(statistic.variables)
        together = {first: _Running(sample, arrangement, blocks, statistic)}
        for place in others:
            again = arrangement.again_for(sample, domains[place])
            if again is not None:
                together[place] = _Running(sample, again, again.as_cut(blocks), statistic)
        _Passes(arrangement, statistic).run(list(together.values()))
        found.update({place: _closed(running, statistic) for place, running in together.items()})
        waiting = [place for place in others if place not in together]
    if calibration is not None:
        for place, one in found.items():
            one.variance = _calibrated(sample, domains[place], statistic, one, calibration)
    return [found[place] for place in range(len(domains))]


class _Passes:
    """The two passes of one arrangement: totals, then scores."""

    def __init__(self, arrangement: Arrangement, statistic: Statistic) -> None:
        self._arrangement = arrangement
        self._statistic = statistic
        self._gaps: list[tuple[Codes, Codes]] = []

    def run(self, sets: list[_Running]) -> None:
        """Feed every set of domains."""
        blocks = sets[0].blocks
        for number, block in enumerate(blocks):
            self._count(number, block, sets)
        for one in sets:
            one.close_totals(self._statistic)
        for number, block in enumerate(blocks):
            self._score(number, block, sets)

    def _answers(self, block: Block) -> tuple[Floats, Floats | None]:
        statistic = self._statistic
        base = None if statistic.base is None else self._arrangement.taken(statistic.base, block)
        return self._arrangement.taken(statistic.values, block), base

    def _count(self, number: int, block: Block, sets: list[_Running]) -> None:
        values, base = self._answers(block)
        weight = self._arrangement.weight[block.rows]
        unknown = np.isnan(values)
        if base is not None:
            unknown |= np.isnan(base)
        gaps = np.flatnonzero(unknown)
        without = self._without_any(unknown, gaps)
        self._gaps.append((gaps, without))
        values = _filled(values, gaps)
        base = None if base is None else _filled(base, gaps)
        sums = None
        for one in sets:
            mine = one.blocks[number]
            if sums is None or len(mine.own) > 1 or len(sums[0]) > 1:  # else the same as in a set of more domains
                sums = _block_sums(mine, weight, values, base)
                n, mass = self._answered(mine, weight, gaps, without)
            one.total[mine.own] += sums[0]
            one.base_total[mine.own] += sums[1]
            one.n[mine.own] += n
            one.weight[mine.own] += mass

    def _answered(self, block: Block, weight: Floats, gaps: Codes, without: Codes) -> tuple[Floats, Floats]:
        """How many answered, and their weight, by domain of the block and variable."""
        width, more = self._statistic.values.shape[1], self._statistic.variables
        n = np.repeat(block.by_domain(block.counts[:, None].astype(np.float64)), more, axis=1)
        mass = np.repeat(block.weighted_sums(weight, np.ones((len(weight), 1))), more, axis=1)
        for cells, columns in ((gaps, slice(width)), (without, slice(width, more))):
            if len(cells):
                count, missing = block.counted(cells, columns.stop - (columns.start or 0), weight)
                n[:, columns] -= count
                mass[:, columns] -= missing
        return n, mass

    def _without_any(self, unknown: Mask, gaps: Codes) -> Codes:
        """The cells of the mix whose respondent answered none of the variables mixed."""
        mix = self._statistic.mix
        if mix is None or not len(gaps):
            return gaps[:0]
        asked = (mix != 0).astype(np.float64)
        return np.flatnonzero(unknown.astype(np.float64) @ asked == asked.sum(axis=0))

    def _score(self, number: int, block: Block, sets: list[_Running]) -> None:
        statistic = self._statistic
        values, base = self._answers(block)
        weight = self._arrangement.weight[block.rows, None]
        gaps, without = self._gaps[number]
        for one in sets:
            mine = one.blocks[number]
            centre = mine.by_row(one.centre)
            residual = values - (centre if base is None else centre * base)
            residual.reshape(-1)[gaps] = 0
            scores = residual * weight
            width = values.shape[1]
            one.spread[mine.own, :width] += mine.products(scores, residual)
            if statistic.kind is StatisticKind.TOTAL:
                scores = _filled(values, gaps) * weight
            if statistic.mix is not None:
                scores = self._mixed(scores, weight, mine, one)
            one.reduction.add(mine, scores, self._present(mine, gaps, without, one))

    def _mixed(self, scores: Floats, weight: Floats, block: Block, one: _Running) -> Floats:
        """The scores with those of the mix beside them, all divided by their scale."""
        mix = self._statistic.mix
        assert mix is not None
        width = len(mix)
        with np.errstate(divide="ignore"):
            inverse = np.where(one.scale != 0, 1 / one.scale, 0)
        found = np.empty((len(scores), width + mix.shape[1]))
        np.multiply(scores, block.by_row(inverse), out=found[:, :width])
        mixed = found[:, :width] @ mix
        found[:, width:] = mixed
        one.spread[block.own, width:] += block.products(mixed, mixed / weight)
        return found

    def _present(self, block: Block, gaps: Codes, without: Codes, one: _Running) -> Mask | None:
        if not one.reduction.asks_for_present or not len(gaps):
            return None
        found = []
        width = self._statistic.values.shape[1]
        for cells, count in ((gaps, width), (without, self._statistic.variables - width)):
            there = np.ones((block.rows.stop - block.rows.start, count))
            there.reshape(-1)[cells] = 0
            found.append(block.by_group(there) > 0)
        return np.hstack(found)


def _block_sums(block: Block, weight: Floats, values: Floats, base: Floats | None) -> tuple[Floats, Floats]:
    """The weighted sums of values and base by domain of the block."""
    total = block.weighted_sums(weight, values)
    return total, np.zeros_like(total) if base is None else block.weighted_sums(weight, base)


def _filled(values: Floats, gaps: Codes) -> Floats:
    """``values`` with 0 in the gaps; a copy only where there are any."""
    if not len(gaps):
        return values
    values = values.copy()
    values.reshape(-1)[gaps] = 0
    return values


def _closed(one: _Running, statistic: Statistic) -> Linearised:
    """What the sums say: nothing (NaN) where nobody answered."""
    width = statistic.values.shape[1]
    nobody = one.n == 0
    estimate = np.where(nobody[:, :width], np.nan, one.total if statistic.kind is StatisticKind.TOTAL else one.centre)
    variance, scale = one.reduction.variances(), np.ones_like(one.n)
    spread = one.spread.copy()
    with np.errstate(divide="ignore", invalid="ignore"):
        alike = spread[:, :width] <= ROUNDING * one.total**2 / one.weight[:, :width]
        spread[:, :width][alike] = 0
        if statistic.kind is not StatisticKind.TOTAL:
            variance[:, :width][alike] *= 0  # what cannot be said (NaN) stays so
        if statistic.kind is not StatisticKind.TOTAL:
            scale[:, :width] = one.scale
            spread[:, :width] /= one.scale**2
            if statistic.mix is None:
                variance /= one.scale**2
        simple = spread * one.weight / (one.n - 1)
    if statistic.kind is StatisticKind.MEAN:
        _to_whole(estimate, alike)
    if statistic.mix is not None:
        mixed = _mixed_estimates(estimate, statistic.mix)
        _to_whole(mixed, (~alike).astype(np.float64) @ (statistic.mix != 0) == 0)
        estimate = np.hstack([estimate, mixed])
        alike = simple <= ROUNDING * estimate**2
        variance[alike] *= 0
        simple[alike] = 0
    variance[variance <= ROUNDING * simple] = 0
    unsaid = np.isnan(estimate)
    variance[unsaid] = np.nan
    simple[(one.n < 2) | unsaid] = np.nan
    return Linearised(one.n, np.where(nobody, 0, one.weight), estimate, scale, variance, simple)


def _to_whole(estimate: Floats, alike: Mask) -> None:
    """Where all answers are alike the mean is that answer: a share of all is 1, and not 1 less a rounding."""
    whole = np.rint(estimate)
    near = alike & (np.abs(estimate - whole) <= 1e-12 * np.maximum(np.abs(whole), 1))
    estimate[near] = whole[near]


def _mixed_estimates(estimate: Floats, mix: Floats) -> Floats:
    unknown = np.isnan(estimate)
    found = np.where(unknown, 0, estimate) @ mix
    found[unknown.astype(np.float64) @ (mix != 0) > 0] = np.nan
    return np.asarray(found)


def scores_of(sample: Sample, rows: Codes, statistic: Statistic, one: Linearised, domain: int) -> Floats:
    """The weighted scores (rows × variables) of the respondents ``rows``, all of one domain."""
    width = statistic.values.shape[1]
    values = statistic.values[rows]
    if statistic.kind is StatisticKind.TOTAL:
        scores = values.copy()
    else:
        centre = one.estimate[domain, :width]
        scores = values - (centre if statistic.base is None else centre * statistic.base[rows])
        scores[np.abs(scores) <= SAME * np.abs(values)] = 0
    scores *= sample.weight[rows, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        scores /= one.scale[domain, :width]
    scores[np.isnan(scores)] = 0
    return scores if statistic.mix is None else np.hstack([scores, scores @ statistic.mix])


def _calibrated(
    sample: Sample, domains: Domains, statistic: Statistic, one: Linearised, calibration: Calibration
) -> Floats:
    """The variances with weights calibrated to known margins: those of what the margins leave of the scores."""
    everyone = Domains.everyone(len(sample))
    arrangement = Arrangement.of(sample, everyone)
    blocks = arrangement.blocks(statistic.variables)
    found = np.empty_like(one.variance)
    for domain in range(domains.count):
        rows = np.flatnonzero(domains.code == domain)
        scores = np.zeros((len(sample), statistic.variables))
        scores[rows] = scores_of(sample, rows, statistic, one, domain)
        scores = calibration.residuals(scores)
        reduction = Reduction(sample, arrangement, statistic.variables)
        for block in blocks:
            reduction.add(block, arrangement.taken(scores, block).copy())
        found[domain] = reduction.variances()[0]
    found[np.isnan(one.estimate)] = np.nan
    return found
