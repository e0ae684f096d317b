"""Differences between domains of one survey and between two years of it, with their significance.

Two domains that share clusters, and two years that asked in the same clusters, are not independent: their scores are
taken together, so that what the clusters have in common cancels. Independent samples add their variances and their
degrees of freedom.

Source: Korn and Graubard (1999), 2.4 and 6.2; Holm, Scandinavian Journal of Statistics 6 (1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parindex.domain.survey.arrangement import Arrangement, Domains, clusters_and_strata
from parindex.domain.survey.design import Floats, Lonely, Sample
from parindex.domain.survey.estimates import CONFIDENCE, Estimates, t_quantile
from parindex.domain.survey.linearisation import scores_of
from parindex.domain.survey.variance import Bools, Reduction, domain_variances


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Differences; arrays are comparisons × variables, ``df`` by comparison. ``p`` is that of no difference at all, on
    two sides. NaN where nothing can be said.
    """

    estimate: Floats
    se: Floats
    df: Floats
    low: Floats
    high: Floats
    p: Floats

    @property
    def adjusted(self) -> Floats:
        """``p`` adjusted by Holm, with all comparisons and variables as one family."""
        return holm(self.p)


def between_domains(
    estimates: Estimates, pairs: Sequence[tuple[int, int]], *, confidence: float = CONFIDENCE
) -> Differences:
    """The first domain's estimate minus the second's, for each of ``pairs``, from one sample."""
    sample = estimates.sample
    first, second = np.array(pairs, np.intp).reshape(-1, 2).T
    variance = estimates.linearised.variance[first] + estimates.linearised.variance[second]
    df = estimates.df[first] + estimates.df[second]
    apart = _apart(estimates)
    scores = None
    for place, (one, other) in enumerate(pairs):
        if apart[one, other]:
            continue
        if scores is None:
            scores = _scores(estimates)
        variance[place] = _variance_of_pair(estimates, scores, one, other)
        merged = np.where(np.isin(estimates.domains.code, (one, other)), 0, -1)
        clusters, strata = clusters_and_strata(sample, Domains(merged, 1))
        df[place] = clusters[0] - strata[0]
    return _differences(estimates.estimate[first] - estimates.estimate[second], variance, df, confidence)


def between_samples(
    later: Estimates, earlier: Estimates, *, joint: Sample | None = None, confidence: float = CONFIDENCE
) -> Differences:
    """The later estimate minus the earlier, by domain and variable.

    Without ``joint`` the samples are independent. ``joint`` is one sample of the respondents of both, the earlier
    first, in which clusters (or respondents) that were asked twice have one code.
    """
    difference = later.estimate - earlier.estimate
    if joint is None:
        variance = later.linearised.variance + earlier.linearised.variance
        return _differences(difference, variance, later.df + earlier.df, confidence)
    code = np.concatenate([earlier.domains.code, later.domains.code])
    domains = Domains(code, later.domains.count)
    if later.calibration is None and earlier.calibration is None:
        scores = np.concatenate([-_scores(earlier), _scores(later)])
        variance = domain_variances(joint, scores, code, domains.count)
    else:
        variance = np.concatenate(
            [
                _total_variance(joint, np.concatenate([-_scores(earlier, [domain]), _scores(later, [domain])]))
                for domain in range(domains.count)
            ]
        )
    variance[np.isnan(difference)] = np.nan
    clusters, strata = clusters_and_strata(joint, domains)
    return _differences(difference, variance, (clusters - strata).astype(np.float64), confidence)


def holm(p: Floats) -> Floats:
    """``p`` adjusted for their number by Holm's step-down method; NaN stays and does not count."""
    flat = p.ravel()
    order = np.argsort(flat, kind="stable")[: np.count_nonzero(~np.isnan(flat))]
    found = np.full(len(flat), np.nan)
    raised = flat[order] * np.arange(len(order), 0, -1)
    found[order] = np.minimum(np.maximum.accumulate(raised), 1)
    return found.reshape(p.shape)


def _apart(estimates: Estimates) -> Bools:
    """By pair of domains: no stratum has both, so that their variances simply add."""
    sample, domains = estimates.sample, estimates.domains
    averaged = sample.lonely is Lonely.AVERAGE and any(level.alone.any() for level in sample.levels)
    if averaged or estimates.calibration is not None:  # each domain depends on strata or respondents outside it
        return np.zeros((domains.count, domains.count), bool)
    stratum = sample.cluster
    for level in reversed(sample.levels):
        stratum = level.parent[stratum]
    used = domains.code >= 0
    present = np.zeros((domains.count, sample.strata))
    present[domains.code[used], stratum[used]] = 1
    return np.asarray(present @ present.T == 0)


def _scores(estimates: Estimates, only: Sequence[int] | None = None) -> Floats:
    """The weighted scores of all respondents, each in its own domain (0 in none, or in none of ``only``); calibrated
    estimates leave of them what the margins do not explain.
    """
    found = np.zeros((len(estimates.sample), estimates.statistic.variables))
    for domain in range(estimates.domains.count) if only is None else only:
        rows = np.flatnonzero(estimates.domains.code == domain)
        found[rows] = scores_of(estimates.sample, rows, estimates.statistic, estimates.linearised, domain)
    if only is not None and estimates.calibration is not None:
        return estimates.calibration.residuals(found)
    return found


def _variance_of_pair(estimates: Estimates, scores: Floats, one: int, other: int) -> Floats:
    code = estimates.domains.code
    signed = scores * np.where(code == one, 1.0, np.where(code == other, -1.0, 0.0))[:, None]
    inside = np.isin(code, (one, other))
    if estimates.calibration is not None:
        signed, inside = estimates.calibration.residuals(signed), np.ones(len(code), bool)
    variance = _total_variance(estimates.sample, signed, inside)[0]
    said = estimates.estimate[one] - estimates.estimate[other]
    return np.where(np.isnan(said), np.nan, variance)


def _total_variance(sample: Sample, scores: Floats, inside: Bools | None = None) -> Floats:
    """The variance (1 × variables) of the total of weighted scores over the respondents ``inside`` (None: all)."""
    domains = Domains.everyone(len(sample)) if inside is None else Domains(np.where(inside, 0, -1), 1)
    arrangement = Arrangement.of(sample, domains)
    reduction = Reduction(sample, arrangement, scores.shape[1])
    for block in arrangement.blocks(scores.shape[1]):
        reduction.add(block, arrangement.taken(scores, block).copy())
    return reduction.variances()


def _differences(estimate: Floats, variance: Floats, df: Floats, confidence: float) -> Differences:
    from scipy.special import stdtr  # takes a while to import

    se = np.sqrt(variance)
    reach = t_quantile(df, confidence)[:, None] * se
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(estimate / se)
    p = np.where((df > 0)[:, None], 2 * stdtr(np.maximum(df, 1)[:, None], -t), np.nan)
    return Differences(estimate, se, df, estimate - reach, estimate + reach, p)
