"""How many must be drawn for a wanted margin.

``normal``: with z the quantile of the confidence, P the expected share, e the margin, D the design effect and N the
population, n₀ = z²·P(1−P)/e² and

    n = D·n₀·N / (N − 1 + D·n₀)

which is Cochran's n₀ / (1 + (n₀ − 1)/N) where D is 1. ``ministry``: n = N / (1 + N·e²), whatever the rest. Both are
divided by the expected share of answers and rounded up; no more can be drawn than there are.

Source: Cochran, Sampling Techniques (3rd ed. 1977), 4.4; Kish, Survey Sampling (1965), 8.2 for the design effect; the
ministry's formula stands in the methods of its surveys since 2012 (Yamane, Statistics, 1967).
"""

from __future__ import annotations

from fractions import Fraction
from statistics import NormalDist

from parindex.domain.errors import InvalidValue
from parindex.domain.survey.sampling.sampling_design import Precision, SizeFormula

#: The quantile is cut here, so that the same size follows on every machine.
_QUANTILE_PLACES = 10


def sample_size(wanted: Precision, population: int) -> int:
    """The units to draw from ``population`` units (≥ 1), or from ``wanted.population`` where that is declared.

    Raises :class:`InvalidValue` (``precision_out_of_range``; facts ``key``, ``found``) for a margin, confidence, share
    or response that is not above 0 and below 1 (a response may be 1), or a design effect that is not above 0.
    """
    require_in_range(wanted)
    there = wanted.population or population
    needed = _ministry(wanted, there) if wanted.formula is SizeFormula.MINISTRY else _normal(wanted, there)
    return min(_up(needed / wanted.response), there)


def require_in_range(wanted: Precision) -> None:
    """Refuse what no formula can be asked: see :func:`sample_size`."""
    for key in ("margin", "confidence", "share"):
        if not 0 < getattr(wanted, key) < 1:
            raise InvalidValue("precision_out_of_range", key=key, found=getattr(wanted, key))
    if not 0 < wanted.response <= 1:
        raise InvalidValue("precision_out_of_range", key="response", found=wanted.response)
    if wanted.design_effect <= 0:
        raise InvalidValue("precision_out_of_range", key="design_effect", found=wanted.design_effect)


def normal_quantile(confidence: Fraction) -> Fraction:
    """z such that a normal variable lies within ±z with this probability, to ten decimals: 0.95 → 1.9599639845."""
    z = NormalDist().inv_cdf(float((1 + confidence) / 2))
    return Fraction(round(z * 10**_QUANTILE_PLACES), 10**_QUANTILE_PLACES)


def _normal(wanted: Precision, population: int) -> Fraction:
    z = normal_quantile(wanted.confidence)
    without_limit = wanted.design_effect * z**2 * wanted.share * (1 - wanted.share) / wanted.margin**2
    return without_limit * population / (population - 1 + without_limit)


def _ministry(wanted: Precision, population: int) -> Fraction:
    return population / (1 + population * wanted.margin**2)


def _up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)
