"""Estimates of a survey with their errors: means, shares, totals and ratios of many variables in many domains.

Beside each estimate stand its standard error, a confidence interval (t with the degrees of freedom of the domain, that
is first-stage clusters present in it minus strata present in it; for shares on the logit scale), the design effect
against as many answers drawn one by one with replacement, and the effective n. NaN where nothing can be said. Where
all who answered gave one answer the standard error is 0, as in R, but there is no interval, while R's has no width: a
sample without variation does not tell how far it may be off.

Source: Särndal, Swensson and Wretman (1992), ch. 5; Korn and Graubard, Analysis of Health Surveys (1999), 3.2 (degrees
of freedom, logit intervals); Kish, Survey Sampling (1965), 8.2 (design effect). All as in R's ``survey``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parindex.domain.survey.arrays import Floats
from parindex.domain.survey.estimation.linearisation import Linearised, Statistic, StatisticKind, linearise
from parindex.domain.survey.sample.arrangement import Domains, clusters_and_strata
from parindex.domain.survey.sample.calibration import Calibration
from parindex.domain.survey.sample.design import Sample
from parindex.domain.values import Mask

__all__ = [
    "Calibration",
    "Domains",
    "Estimates",
    "means",
    "means_in",
    "ratios",
    "ratios_in",
    "shares",
    "shares_in",
    "t_quantile",
    "totals",
    "totals_in",
]

#: How often an interval covers the truth.
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Estimates of variables in domains; arrays are domains × variables unless said otherwise.

    ``n``: respondents who answered, ``asked`` (by domain): all of the domain; ``df`` (by domain): degrees of freedom;
    ``low``, ``high``: the interval; ``deff``: the design effect; ``effective_n``: n / deff. The rest is what
    differences need: ``sample``, ``domains``, ``statistic``, ``linearised``, ``calibration``.
    """

    n: Floats
    asked: Floats
    estimate: Floats
    se: Floats
    df: Floats
    low: Floats
    high: Floats
    deff: Floats
    effective_n: Floats
    sample: Sample
    domains: Domains
    statistic: Statistic
    linearised: Linearised
    calibration: Calibration | None

    @property
    def without_variation(self) -> Mask:
        """Where all who answered gave one answer, so that the error is 0 for want of anything to tell it by; it is 0
        otherwise where nobody of the population was left out.
        """
        return np.asarray((self.linearised.variance == 0) & ~(self.linearised.simple > 0))


def means(
    sample: Sample,
    values: Floats,
    domains: Domains,
    *,
    mix: Floats | None = None,
    calibration: Calibration | None = None,
    confidence: float = CONFIDENCE,
) -> Estimates:
    """Weighted means of ``values`` (respondents × variables, NaN: no answer), then those of the ``mix`` (variables ×
    further variables): combinations of the means, such as the mean of some of them. Without ``calibration`` the one of
    the sample holds.
    """
    return means_in(sample, values, [domains], mix=mix, calibration=calibration, confidence=confidence)[0]


def means_in(
    sample: Sample,
    values: Floats,
    domains: Sequence[Domains],
    *,
    mix: Floats | None = None,
    calibration: Calibration | None = None,
    confidence: float = CONFIDENCE,
) -> list[Estimates]:
    """:func:`means` in several sets of domains at once, such as provinces and the nation; quicker than one by one."""
    return _estimates(sample, Statistic(StatisticKind.MEAN, values, mix=mix), domains, calibration, confidence)


def shares(
    sample: Sample,
    chosen: Floats,
    domains: Domains,
    *,
    mix: Floats | None = None,
    calibration: Calibration | None = None,
    confidence: float = CONFIDENCE,
) -> Estimates:
    """Weighted shares of those with ``chosen`` 1 among those with 0 or 1 (NaN: no answer), with logit intervals;
    ``mix`` as in :func:`means`. A share of 0 or 1 has no interval: the sample does not tell how far it may be off.
    """
    return shares_in(sample, chosen, [domains], mix=mix, calibration=calibration, confidence=confidence)[0]


def shares_in(
    sample: Sample,
    chosen: Floats,
    domains: Sequence[Domains],
    *,
    mix: Floats | None = None,
    calibration: Calibration | None = None,
    confidence: float = CONFIDENCE,
) -> list[Estimates]:
    """:func:`shares` in several sets of domains at once."""
    return _estimates(
        sample, Statistic(StatisticKind.MEAN, chosen, mix=mix), domains, calibration, confidence, logit=True
    )


def totals(
    sample: Sample,
    values: Floats,
    domains: Domains,
    *,
    calibration: Calibration | None = None,
    confidence: float = CONFIDENCE,
) -> Estimates:
    """Estimated totals of ``values`` over the population of each domain; who did not answer adds nothing."""
    return totals_in(sample, values, [domains], calibration=calibration, confidence=confidence)[0]


def totals_in(
    sample: Sample,
    values: Floats,
    domains: Sequence[Domains],
    *,
    calibration: Calibration | None = None,
    confidence: float = CONFIDENCE,
) -> list[Estimates]:
    """:func:`totals` in several sets of domains at once."""
    return _estimates(sample, Statistic(StatisticKind.TOTAL, values), domains, calibration, confidence)


def ratios(
    sample: Sample,
    values: Floats,
    base: Floats,
    domains: Domains,
    *,
    calibration: Calibration | None = None,
    confidence: float = CONFIDENCE,
) -> Estimates:
    """Ratios of the totals of ``values`` to those of ``base`` (respondents × variables), over who has both."""
    return ratios_in(sample, values, base, [domains], calibration=calibration, confidence=confidence)[0]


def ratios_in(
    sample: Sample,
    values: Floats,
    base: Floats,
    domains: Sequence[Domains],
    *,
    calibration: Calibration | None = None,
    confidence: float = CONFIDENCE,
) -> list[Estimates]:
    """:func:`ratios` in several sets of domains at once."""
    return _estimates(sample, Statistic(StatisticKind.RATIO, values, base), domains, calibration, confidence)


def t_quantile(df: Floats, confidence: float) -> Floats:
    """How many standard errors an interval reaches to each side; NaN without degrees of freedom."""
    from scipy.special import stdtrit  # takes a while to import

    return np.where(df > 0, stdtrit(np.maximum(df, 1), (1 + confidence) / 2), np.nan)


def _estimates(
    sample: Sample,
    statistic: Statistic,
    domains: Sequence[Domains],
    calibration: Calibration | None,
    confidence: float,
    logit: bool = False,
) -> list[Estimates]:
    calibration = sample.calibration if calibration is None else calibration
    found = linearise(sample, list(domains), statistic, calibration)
    return [
        _estimated(sample, one, statistic, linearised, calibration, confidence, logit)
        for one, linearised in zip(domains, found, strict=True)
    ]


def _estimated(
    sample: Sample,
    domains: Domains,
    statistic: Statistic,
    one: Linearised,
    calibration: Calibration | None,
    confidence: float,
    logit: bool,
) -> Estimates:
    clusters, strata = clusters_and_strata(sample, domains)
    df = (clusters - strata).astype(np.float64)
    used = domains.code[(domains.code >= 0) & (sample.weight != 0)]
    asked = np.bincount(used, minlength=domains.count).astype(np.float64)
    se = np.sqrt(one.variance)
    reach = t_quantile(df, confidence)[:, None] * se
    if logit:
        low, high = _logit_interval(one.estimate, reach)
    else:
        low, high = one.estimate - reach, one.estimate + reach
    with np.errstate(divide="ignore", invalid="ignore"):
        told = (one.variance != 0) | (one.simple > 0)  # else nothing varies: see ``without_variation``
        low, high = np.where(told, low, np.nan), np.where(told, high, np.nan)
        deff = np.where(one.simple > 0, one.variance / one.simple, np.nan)
        effective = np.where(deff > 0, one.n / deff, np.nan)
    return Estimates(
        one.n, asked, one.estimate, se, df, low, high, deff, effective, sample, domains, statistic, one, calibration
    )


def _logit_interval(share: Floats, reach: Floats) -> tuple[Floats, Floats]:
    """The interval that is symmetric for log(p/(1 − p)); none for a share of 0 or 1, which has no logit."""
    inside = (share > 0) & (share < 1)
    p = np.where(inside, share, 0.5)
    logit, wide = np.log(p / (1 - p)), reach / (p * (1 - p))
    with np.errstate(over="ignore"):
        low, high = 1 / (1 + np.exp(wide - logit)), 1 / (1 + np.exp(-wide - logit))
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)
