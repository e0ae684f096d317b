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
from parindex.domain.survey.arrays import Codes, Floats

#: Known totals are met when no class is off by a larger share.
TOLERANCE = 1e-12
ROUNDS = 1_000
#: Classes without a known total that a problem names.
NAMED = 8
#: Between the columns of a margin, and between the parts of a class of several columns.
MARK = "|"


@dataclass(frozen=True, slots=True, eq=False)
class KnownTotals:
    """A margin: its columns, the classes with their known totals, and the class of each respondent (−1: in none).

    ``unknown`` are the classes of those in none, each once. ``code`` is empty while the classes of the respondents are
    not known: then only the totals can be checked.
    """

    by: tuple[str, ...]
    classes: tuple[str, ...]
    totals: tuple[Fraction, ...]
    code: Codes
    unknown: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The columns in one text."""
        return MARK.join(self.by)

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


def problems_of(margin: KnownTotals) -> Iterator[Problem]:
    """What one margin contradicts: itself, or the respondents.

    Kinds: ``margin_class_unknown`` (facts ``margin``, ``count``: respondents in no class, ``classes``: the first of
    theirs, ``others``: how many more), ``margin_not_positive`` (``margin``, ``label``, ``total``) and
    ``margin_class_empty`` (``margin``, ``label``, ``total``: nobody in a class).
    """
    outside = int(np.count_nonzero(margin.code < 0))
    if outside:
        named, others = list(margin.unknown[:NAMED]), max(len(margin.unknown) - NAMED, 0)
        which = {"classes": named, "others": others}
        yield Problem("margin_class_unknown", facts={"margin": margin.name, "count": outside, **which})
    there = set(margin.code.tolist())
    for place, (label, total) in enumerate(zip(margin.classes, margin.totals, strict=True)):
        facts = {"margin": margin.name, "label": label, "total": total}
        if total <= 0:
            yield Problem("margin_not_positive", facts=facts)
        elif there and place not in there:
            yield Problem("margin_class_empty", facts=facts)


def disagreements(margins: Sequence[KnownTotals]) -> Iterator[tuple[int, Problem]]:
    """What margins of one population contradict in each other, with the position of the later one.

    Kinds: ``margins_disagree`` (facts ``margin``, ``total``, ``other``, ``value``): another sum than the first margin;
    ``margin_classes_disagree`` (``margin``, ``label``, ``total``, ``other``, ``value``): another total of a class of
    the columns that two margins share, though their sums agree.
    """
    for place, margin in enumerate(margins[1:], start=1):
        one, other = sum(margins[0].totals), sum(margin.totals)
        if one != other:
            facts = {"margin": margins[0].name, "total": one, "other": margin.name, "value": other}
            yield place, Problem("margins_disagree", facts=facts)
            continue
        for before in margins[:place]:
            if sum(before.totals) == other:
                yield from ((place, problem) for problem in _shared_classes(before, margin))


def _shared_classes(one: KnownTotals, other: KnownTotals) -> Iterator[Problem]:
    shared = tuple(name for name in one.by if name in other.by)
    if not shared:
        return
    first, second = _summed(one, shared), _summed(other, shared)
    for label in first:
        if label in second and first[label] != second[label]:
            facts = {"label": label, "total": first[label], "value": second[label]}
            yield Problem("margin_classes_disagree", facts={"margin": one.name, "other": other.name, **facts})


def _summed(margin: KnownTotals, columns: tuple[str, ...]) -> dict[str, Fraction]:
    """The totals by some columns of a margin; classes that are not written with all its columns are left out."""
    places = [margin.by.index(name) for name in columns]
    found: dict[str, Fraction] = {}
    for label, total in zip(margin.classes, margin.totals, strict=True):
        parts = label.split(MARK)
        if len(parts) == len(margin.by):
            key = MARK.join(parts[place] for place in places)
            found[key] = found.get(key, Fraction(0)) + total
    return found


def post_stratified(weight: Floats, margin: KnownTotals) -> Floats:
    """The weights (> 0, one a respondent) after fitting one margin without contradictions."""
    return np.asarray(weight * (margin.wanted() / margin.found(weight))[margin.code])


def raked(
    weight: Floats, margins: Sequence[KnownTotals], rounds: int = ROUNDS, tolerance: float = TOLERANCE
) -> tuple[Floats, int]:
    """The weights after raking to margins without contradictions, and the rounds that it took.

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
