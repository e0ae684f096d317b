"""Fitting weights to known totals: post-stratification (one margin) and raking (several, in turn, until all agree).

With T_c the known total of class c, post-stratification multiplies the weights of its respondents by T_c / Σw. Raking
does so margin after margin, round after round (iterative proportional fitting), which ends where R's ``survey::rake``
ends.

Source: Deming and Stephan, Annals of Mathematical Statistics 11 (1940); Särndal, Swensson and Wretman, Model Assisted
Survey Sampling (1992), 7.6; Deville, Särndal and Sautory, Journal of the American Statistical Association 88 (1993).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.survey.design import Codes, Floats

#: Known totals are met when no class is off by a larger share.
TOLERANCE = 1e-12
ROUNDS = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class KnownTotals:
    """A margin: its columns, the classes with their known totals, and the class of each respondent (−1: in none)."""

    by: tuple[str, ...]
    classes: tuple[str, ...]
    totals: tuple[Fraction, ...]
    code: Codes

    @property
    def name(self) -> str:
        """The columns in one text."""
        return "|".join(self.by)

    def wanted(self) -> Floats:
        """The known totals as numbers."""
        return np.array([float(total) for total in self.totals])

    def found(self, weight: Floats) -> Floats:
        """The totals that ``weight`` gives."""
        return np.bincount(self.code, weight, len(self.classes)).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Deviation:
    """The class of a margin that is farthest from its known total, as a share of that total."""

    by: str
    label: str
    wanted: float
    found: float

    @property
    def share(self) -> float:
        """How far, as a share of the known total."""
        return abs(self.found - self.wanted) / self.wanted

    def facts(self) -> dict[str, Any]:
        """For a problem: figures to six decimals."""
        found, wanted = (Fraction(f"{figure:.6f}") for figure in (self.found, self.wanted))
        return {"margin": self.by, "found": found, "value": wanted, "label": self.label}


def problems_of(margins: Sequence[KnownTotals]) -> Iterator[Problem]:
    """What margins contradict: among one another, or with the respondents.

    Kinds: ``margin_not_positive`` (facts ``margin``, ``label``, ``found``), ``margin_class_unknown`` (``margin``,
    ``count``: respondents in no class), ``margin_class_empty`` (``margin``, ``label``, ``total``: nobody in a class)
    and ``margins_disagree`` (``margin``, ``total``, ``other``, ``value``): two margins with different sums.
    """
    for margin in margins:
        outside = int(np.count_nonzero(margin.code < 0))
        if outside:
            yield Problem("margin_class_unknown", facts={"margin": margin.name, "count": outside})
        there = set(margin.code.tolist())
        for place, (label, total) in enumerate(zip(margin.classes, margin.totals, strict=True)):
            facts = {"margin": margin.name, "label": label, "total": total}
            if total <= 0:
                yield Problem("margin_not_positive", facts=facts)
            elif place not in there:
                yield Problem("margin_class_empty", facts=facts)
    for margin in margins[1:]:
        one, other = sum(margins[0].totals), sum(margin.totals)
        if one != other:
            facts = {"margin": margins[0].name, "total": one, "other": margin.name, "value": other}
            yield Problem("margins_disagree", facts=facts)


def post_stratified(weight: Floats, margin: KnownTotals) -> Floats:
    """The weights (> 0, one a respondent) after fitting one margin without :func:`problems_of`."""
    return np.asarray(weight * (margin.wanted() / margin.found(weight))[margin.code])


def raked(
    weight: Floats, margins: Sequence[KnownTotals], rounds: int = ROUNDS, tolerance: float = TOLERANCE
) -> tuple[Floats, int]:
    """The weights after raking to margins without :func:`problems_of`, and the rounds that it took.

    Raises :class:`InvalidInput` ``raking_not_converged`` (facts ``rounds`` and those of the worst class) where some
    class is off by more than ``tolerance`` after ``rounds``: the margins cannot be met together by these respondents.
    """
    for done in range(1, rounds + 1):
        for margin in margins:
            weight = post_stratified(weight, margin)
        if worst(weight, margins).share <= tolerance:
            return weight, done
    facts = {"rounds": rounds, **worst(weight, margins).facts()}
    raise InvalidInput([Problem("raking_not_converged", facts=facts)])


def worst(weight: Floats, margins: Sequence[KnownTotals]) -> Deviation:
    """The class that is farthest from its known total."""
    found = []
    for margin in margins:
        wanted, there = margin.wanted(), margin.found(weight)
        place = int(np.argmax(np.abs(there - wanted) / wanted))
        found.append(Deviation(margin.name, margin.classes[place], float(wanted[place]), float(there[place])))
    return max(found, key=lambda one: one.share)
