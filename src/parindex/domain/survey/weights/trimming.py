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

    Raises :class:`InvalidInput` ``trim_limit_too_low`` (facts ``label``, ``found``: the limit, ``value``: the mean; how
    the limit comes about: ``upper`` times the ``middle`` of the weights, which is ``of``) for every class whose mean
    weight is above its limit: there is no room for what is cut.
    """
    made = weight.copy()
    problems = []
    for place, label in enumerate(labels):
        rows = np.flatnonzero(code == place)
        if not len(rows):
            continue
        middle = _middle(weight[rows], of)
        limit = upper * middle
        mean = float(weight[rows].mean())
        if limit < mean:
            figures = {"found": f"{limit:.6f}", "value": f"{mean:.6f}", "upper": f"{upper:.12g}"}
            facts = {name: Fraction(figure) for name, figure in {**figures, "middle": f"{middle:.6f}"}.items()}
            problems.append(Problem("trim_limit_too_low", facts={"label": label, "of": of.value, **facts}))
        else:
            made[rows] = _capped(weight[rows], limit)
    if problems:
        raise InvalidInput(problems)
    return made


def _middle(weight: Floats, of: LimitOf) -> float:
    """What the limit is so many times of; 1 where it is a number by itself."""
    if of is LimitOf.VALUE:
        return 1.0
    return float(np.median(weight) if of is LimitOf.MEDIAN else weight.mean())


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
