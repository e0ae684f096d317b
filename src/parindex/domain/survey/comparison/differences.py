"""Differences between domains of one survey and between two years of it, with their significance.

Two domains that share clusters, and two years that asked in the same clusters, are not independent: their scores are
taken together, so that what the clusters have in common cancels; years with finite populations that share some clusters
take off twice the covariance of these (:mod:`.shared_clusters`). Independent samples add their variances and their
degrees of freedom.

Source: Korn and Graubard (1999), 2.4 and 6.2; Holm, Scandinavian Journal of Statistics 6 (1979).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from parindex.domain.survey.arrays import Floats
from parindex.domain.survey.comparison.shared_clusters import SharedClusters
from parindex.domain.survey.estimation.estimates import CONFIDENCE, Estimates, t_quantile
from parindex.domain.survey.estimation.linearisation import SAME, scores_of
from parindex.domain.survey.estimation.variance import domain_variances
from parindex.domain.survey.sample.arrangement import Domains, clusters_and_strata
from parindex.domain.survey.sample.design import Lonely, Sample
from parindex.domain.values import Mask


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Differences; arrays are comparisons × variables, ``df`` by comparison. ``p`` is that of no difference at all, on
    two sides; ``adjusted`` is ``p`` after Holm, with all comparisons and variables as one family. NaN where nothing can
    be said.
    """

    estimate: Floats
    se: Floats
    df: Floats
    low: Floats
    high: Floats
    p: Floats
    adjusted: Floats


def between_domains(
    estimates: Estimates, pairs: Sequence[tuple[int, int]], *, confidence: float = CONFIDENCE
) -> Differences:
    """The first domain's estimate minus the second's, for each of ``pairs``, from one sample."""
    sample = estimates.sample
    first, second = np.array(pairs, np.intp).reshape(-1, 2).T
    variance = estimates.linearised.variance[first] + estimates.linearised.variance[second]
    df = estimates.df[first] + estimates.df[second]
    apart = _apart(estimates)
    scores = answered = None
    for place, (one, other) in enumerate(pairs):
        if apart[one, other]:
            continue
        if scores is None or answered is None:
            scores, answered = _scores(estimates), estimates.statistic.answered
        variance[place] = _variance_of_pair(estimates, scores, answered, one, other)
        merged = np.where(np.isin(estimates.domains.code, (one, other)), 0, -1)
        clusters, strata = clusters_and_strata(sample, Domains(merged, 1))
        df[place] = clusters[0] - strata[0]
    difference = _minus(estimates.estimate[first], estimates.estimate[second])
    alike = estimates.without_variation
    return _differences(difference, variance, df, confidence, alike[first] & alike[second])


def between_samples(
    later: Estimates,
    earlier: Estimates,
    *,
    joint: Sample | SharedClusters | None = None,
    confidence: float = CONFIDENCE,
) -> Differences:
    """The later estimate minus the earlier, by domain and variable.

    Without ``joint`` the samples are independent. ``joint`` is one sample of the respondents of both, the earlier
    first, in which clusters (or respondents) that were asked twice have one code; or what shared clusters bring.
    """
    difference = _minus(later.estimate, earlier.estimate)
    apart = later.linearised.variance + earlier.linearised.variance
    alike = later.without_variation & earlier.without_variation
    if joint is None:
        return _differences(difference, apart, later.df + earlier.df, confidence, alike)
    sample = joint.sample if isinstance(joint, SharedClusters) else joint
    domains = Domains(np.concatenate([earlier.domains.code, later.domains.code]), later.domains.count)
    clusters, strata = clusters_and_strata(sample, domains)
    df = (clusters - strata).astype(np.float64)
    if isinstance(joint, SharedClusters):
        most = np.sqrt(later.linearised.variance * earlier.linearised.variance)
        covariance = np.clip(_covariance(joint, later, earlier, domains), -most, most)
        variance = np.maximum(apart - 2 * covariance, 0)
        df = np.minimum(df, later.df + earlier.df)
    else:
        variance = _joint_variance(joint, later, earlier, domains)
    variance[np.isnan(difference)] = np.nan
    return _differences(difference, variance, df, confidence, alike)


def _joint_variance(joint: Sample, later: Estimates, earlier: Estimates, domains: Domains) -> Floats:
    if later.calibration is None and earlier.calibration is None:
        scores = np.concatenate([-_scores(earlier), _scores(later)])
        answered = np.concatenate([earlier.statistic.answered, later.statistic.answered])
        return domain_variances(joint, scores, domains, answered)
    everyone = Domains.everyone(len(joint))
    signed = (np.concatenate([-old, new]) for old, new in _scores_by_domain(later, earlier))
    return np.concatenate([domain_variances(joint, scores, everyone) for scores in signed])


def _covariance(shared: SharedClusters, later: Estimates, earlier: Estimates, domains: Domains) -> Floats:
    if later.calibration is None and earlier.calibration is None:
        return shared.covariance(np.concatenate([_scores(earlier), _scores(later)]), domains)
    everyone = Domains.everyone(len(shared.sample))
    both = (np.concatenate(pair) for pair in _scores_by_domain(later, earlier))
    return np.concatenate([shared.covariance(scores, everyone) for scores in both])


def _scores_by_domain(later: Estimates, earlier: Estimates) -> Iterator[tuple[Floats, Floats]]:
    """The scores of both years, the earlier first, domain by domain: what calibration leaves of them is all over."""
    for domain in range(later.domains.count):
        yield _scores(earlier, [domain]), _scores(later, [domain])


def holm(p: Floats) -> Floats:
    """``p`` adjusted for their number by Holm's step-down method; NaN stays and does not count."""
    flat = p.ravel()
    order = np.argsort(flat, kind="stable")[: np.count_nonzero(~np.isnan(flat))]
    found = np.full(len(flat), np.nan)
    raised = flat[order] * np.arange(len(order), 0, -1)
    found[order] = np.minimum(np.maximum.accumulate(raised), 1)
    return found.reshape(p.shape)


def _apart(estimates: Estimates) -> Mask:
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


def _variance_of_pair(estimates: Estimates, scores: Floats, answered: Mask, one: int, other: int) -> Floats:
    code = estimates.domains.code
    signed = scores * np.where(code == one, 1.0, np.where(code == other, -1.0, 0.0))[:, None]
    if estimates.calibration is None:
        both = Domains(np.where(np.isin(code, (one, other)), 0, -1), 1)
        variance = domain_variances(estimates.sample, signed, both, answered)[0]
    else:
        everyone = Domains.everyone(len(code))
        variance = domain_variances(estimates.sample, estimates.calibration.residuals(signed), everyone)[0]
    said = estimates.estimate[one] - estimates.estimate[other]
    return np.where(np.isnan(said), np.nan, variance)


def _minus(one: Floats, other: Floats) -> Floats:
    """One estimate less another; 0 where they differ by rounding only, which must not pass for a difference without an
    error: two groups in which everybody gave the same answer.
    """
    found = one - other
    found[np.abs(found) <= SAME * np.maximum(np.abs(one), np.abs(other))] = 0
    return found


def _differences(estimate: Floats, variance: Floats, df: Floats, confidence: float, alike: Mask) -> Differences:
    """With intervals and p; none where both sides are ``alike``, each in itself: their error of 0 tells nothing."""
    from scipy.special import stdtr  # takes a while to import

    se = np.sqrt(variance)
    reach = t_quantile(df, confidence)[:, None] * np.where(alike, np.nan, se)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(estimate / se)
    p = np.where((df > 0)[:, None] & ~alike, 2 * stdtr(np.maximum(df, 1)[:, None], -t), np.nan)
    return Differences(estimate, se, df, estimate - reach, estimate + reach, p, holm(p))
