"""Cutting weights that are too large, and giving what is cut to the others.

Inside each class no weight may exceed the limit: a number, or so many times the median or the mean of the class. What
is cut goes to the weights below the limit in proportion to them; where that lifts one above the limit, it is cut too,
until none is left. The total of every class stays.

Source: Potter, Proceedings of the Section on Survey Research Methods, American Statistical Association (1990).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

import numpy as np

from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.survey.arrays import Codes, Floats

#: What is above the limit by less is there by rounding.
_NOISE = 1e-12


class LimitOf(StrEnum):
    """What the limit is counted in."""

    MEDIAN = "median"
    MEAN = "mean"
    VALUE = "value"


def trimmed(weight: Floats, code: Codes, labels: Sequence[str], upper: float, of: LimitOf) -> Floats:
    """The weights (> 0, one a respondent) after trimming inside the classes ``code``.

    Raises :class:`InvalidInput` ``trim_limit_too_low`` (facts ``label``, ``found``: the limit, ``value``: the mean) for
    every class whose mean weight is above its limit: there is no room for what is cut.
    """
    made = weight.copy()
    problems = []
    for place, label in enumerate(labels):
        rows = np.flatnonzero(code == place)
        if not len(rows):
            continue
        limit = _limit(weight[rows], upper, of)
        mean = float(weight[rows].mean())
        if limit < mean:
            facts = {"label": label, "found": Fraction(f"{limit:.6f}"), "value": Fraction(f"{mean:.6f}")}
            problems.append(Problem("trim_limit_too_low", facts=facts))
        else:
            made[rows] = _capped(weight[rows], limit)
    if problems:
        raise InvalidInput(problems)
    return made


def _limit(weight: Floats, upper: float, of: LimitOf) -> float:
    if of is LimitOf.VALUE:
        return upper
    return upper * float(np.median(weight) if of is LimitOf.MEDIAN else weight.mean())


def _capped(weight: Floats, limit: float) -> Floats:
    """Weights of at most ``limit`` (not below their mean) with the same total, in proportion below the limit."""
    cut = np.zeros(len(weight), dtype=bool)
    made = weight
    near = limit * (1 + _NOISE)
    while (made[~cut] > near).any():
        cut |= made > near
        rest = weight.sum() - limit * np.count_nonzero(cut)
        made = np.where(cut, limit, weight * (rest / weight[~cut].sum()))
    return np.asarray(made)
