"""One estimate down to what it is made of: respondents, weights, clusters, strata, and the variance stratum by stratum.

Strata are independent, so the variance of an estimate is the sum of what each stratum adds (all stages of it together);
a lonely one that is averaged adds what the others do on average. An estimate that is the plain mean of its items' has
no weighted sum of its own: it shows the items' estimates instead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.estimation.estimates import Domains, Estimates, means, ratios, shares, totals
from parindex.domain.survey.estimation.linearisation import scores_of
from parindex.domain.survey.estimation.tabulation import Figure, number_of, options, rolled_codes, rolled_up
from parindex.domain.survey.estimation.variance import stratum_variances
from parindex.domain.survey.questionnaire.answers import Answers
from parindex.domain.survey.questionnaire.variables import Variables, indexed, satisfied, values_of
from parindex.domain.survey.sample.design import Sample
from parindex.domain.values import Mask


@dataclass(frozen=True, slots=True)
class StratumPart:
    """What one stratum adds: its position, clusters drawn and of how many (None: with replacement), clusters and
    respondents of the domain, their weights, the weighted sum of their values, and its part of the variance.
    """

    stratum: int
    drawn: int
    population: float | None
    clusters: int
    respondents: int
    weight: float
    weighted_sum: float
    variance: float


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """An estimate with its parts. ``weights`` are smallest, largest and mean; ``base`` is what the weighted sum is
    divided by (1 for totals). ``mean_of`` are the items, with their estimates, of which the estimate is the plain mean
    (a roll-up over items; there ``base`` and the weighted sums are NaN); else it is empty.
    """

    variable: str
    figure: Figure
    n: int
    asked: int
    weights: tuple[float, float, float]
    weighted_sum: float
    base: float
    estimate: float
    se: float
    df: float
    low: float
    high: float
    deff: float
    clusters: int
    strata: int
    parts: tuple[StratumPart, ...]
    mean_of: tuple[tuple[str, float], ...] = ()


def known_figures(variables: Variables, answers: Answers) -> list[tuple[Figure, str]]:
    """Everything that can be explained."""
    named, _ = options(variables, answers)
    codes = rolled_codes(variables) if variables.items else ()
    return [
        *((figure, code) for figure in (Figure.MEAN, Figure.SHARE, Figure.INDEX) for code in codes),
        *((Figure.TOTAL, code) for code in (*variables.codes, *variables.numbers)),
        *((Figure.MEAN, code) for code in variables.numbers),
        *((Figure.SHARE, code) for code in named),
        *((Figure.RATIO, ratio.code) for ratio in variables.ratios),
    ]


def explained(
    sample: Sample,
    variables: Variables,
    answers: Answers,
    figure: Figure,
    variable: str,
    inside: Mask,
    confidence: float,
) -> Explanation:
    """How the estimate of ``variable`` among the respondents ``inside`` comes about.

    ``figure`` and ``variable`` are among :func:`known_figures`; ``answers`` and ``inside`` have one row a respondent of
    ``sample``; ``confidence`` is a share (0.95).
    """
    estimates, column = _estimated(sample, variables, answers, figure, variable, inside, confidence)
    rows = np.flatnonzero(inside)
    scores = np.zeros((len(sample), 1))
    scores[rows, 0] = scores_of(sample, rows, estimates.statistic, estimates.linearised, 0)[:, column]
    values = _values(estimates, column)
    answered = inside & ~np.isnan(values)
    stratum, _ = first_stage(sample)
    used, told = inside, answered
    if estimates.calibration is not None:  # what the margins leave of the scores is all over the sample
        scores = estimates.calibration.residuals(scores)
        used = told = np.ones(len(sample), bool)
    variance = stratum_variances(sample, scores, used, told[:, None])[:, 0]
    mean_of = _mean_of(estimates, variables, column)
    summed = np.where(answered, sample.weight * np.where(answered, values, 0.0), 0.0) * (np.nan if mean_of else 1.0)
    parts = _parts(sample, answered, np.unique(stratum[told]), summed, variance)
    return Explanation(
        variable=variable,
        figure=figure,
        n=int(estimates.n[0, column]),
        asked=int(estimates.asked[0]),
        weights=_spread(sample.weight[answered]),
        weighted_sum=float(summed.sum()),
        base=np.nan if mean_of else _base(estimates, column, answered, sample.weight),
        estimate=float(estimates.estimate[0, column]),
        se=float(estimates.se[0, column]),
        df=float(estimates.df[0]),
        low=float(estimates.low[0, column]),
        high=float(estimates.high[0, column]),
        deff=float(estimates.deff[0, column]),
        clusters=sum(part.clusters for part in parts),
        strata=len(np.unique(stratum[answered])),
        parts=parts,
        mean_of=mean_of,
    )


def _parts(sample: Sample, answered: Mask, strata: Codes, summed: Floats, variance: Floats) -> tuple[StratumPart, ...]:
    """What each of ``strata`` adds: of the respondents who ``answered`` (weighted values: ``summed``) and to the
    ``variance``, which has one value a stratum of the sample.
    """
    stratum, cluster = first_stage(sample)
    level, weight = sample.levels[0], np.where(answered, sample.weight, 0.0)
    return tuple(
        StratumPart(
            stratum=one,
            drawn=int(level.sampled[one]),
            population=float(level.population[one]) if np.isfinite(level.population[one]) else None,
            clusters=len(np.unique(cluster[answered & (stratum == one)])),
            respondents=int(np.count_nonzero(answered & (stratum == one))),
            weight=float(weight[stratum == one].sum()),
            weighted_sum=float(summed[stratum == one].sum()),
            variance=float(variance[one]),
        )
        for one in strata.tolist()
    )


def _spread(weight: Floats) -> tuple[float, float, float]:
    """The smallest, the largest and the mean weight; NaN without any."""
    if not len(weight):
        return np.nan, np.nan, np.nan
    return float(weight.min()), float(weight.max()), float(weight.mean())


def first_stage(sample: Sample) -> tuple[Codes, Codes]:
    """The stratum and the first-stage cluster of every respondent."""
    here = sample.cluster
    for level in reversed(sample.levels[1:]):
        here = level.parent[here]
    return sample.levels[0].parent[here], here


def _estimated(
    sample: Sample,
    variables: Variables,
    answers: Answers,
    figure: Figure,
    variable: str,
    inside: Mask,
    confidence: float,
) -> tuple[Estimates, int]:
    """The estimates that hold the one asked for, and its column."""
    domains = Domains(np.where(inside, 0, -1), 1)
    if figure is Figure.RATIO:
        ratio = next(one for one in variables.ratios if one.code == variable)
        above, below = (number_of(variables, answers, name)[:, None] for name in (ratio.numerator, ratio.denominator))
        return ratios(sample, above, below, domains, confidence=confidence), 0
    if variable in variables.numbers or figure is Figure.TOTAL:
        values = number_of(variables, answers, variable)[:, None]
        make = totals if figure is Figure.TOTAL else means
        return make(sample, values, domains, confidence=confidence), 0
    named, chosen = options(variables, answers)
    if variable in named:
        return shares(sample, chosen[:, [named.index(variable)]], domains, confidence=confidence), 0
    taken = {Figure.MEAN: values_of, Figure.SHARE: satisfied, Figure.INDEX: indexed}[figure]
    values, mix = rolled_up(variables, taken(variables, answers.given))
    of_shares = figure is Figure.SHARE or (figure is Figure.INDEX and variables.index_is_share)
    make_mixed = shares if of_shares else means
    column = rolled_codes(variables).index(variable)
    return make_mixed(sample, values, domains, mix=mix, confidence=confidence), column


def _mean_of(estimates: Estimates, variables: Variables, column: int) -> tuple[tuple[str, float], ...]:
    """The items that a column of the mix is the mean of."""
    statistic = estimates.statistic
    width = statistic.values.shape[1]
    if statistic.mix is None or column < width:
        return ()
    items = np.flatnonzero(statistic.mix[:, column - width]).tolist()
    return tuple((variables.codes[item], float(estimates.estimate[0, item])) for item in items)


def _values(estimates: Estimates, column: int) -> Floats:
    """What each respondent brings; of a mix the mixed values, NaN where none of them was answered."""
    statistic = estimates.statistic
    width = statistic.values.shape[1]
    if column < width:
        values = statistic.values[:, column]
        return values if statistic.base is None else np.where(np.isnan(statistic.base[:, column]), np.nan, values)
    assert statistic.mix is not None
    weights = statistic.mix[:, column - width]
    used = statistic.values[:, weights != 0]
    answered = ~np.isnan(used)
    summed = np.where(answered, used, 0.0).sum(axis=1)
    count = answered.sum(axis=1)
    return np.asarray(np.where(count > 0, summed / np.maximum(count, 1), np.nan))


def _base(estimates: Estimates, column: int, answered: Mask, weight: Floats) -> float:
    """What the weighted sum is divided by: the weighted base of a ratio, 1 for a total, else the sum of the weights."""
    statistic = estimates.statistic
    if statistic.base is not None:
        base = statistic.base[:, column]
        return float((weight[answered] * base[answered]).sum())
    return 1.0 if statistic.kind.value == Figure.TOTAL.value else float(weight[answered].sum())
