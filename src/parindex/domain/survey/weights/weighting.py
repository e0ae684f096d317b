"""From design weights to the weights of those who answered: step by step, every step kept, every total checked.

A sampled unit starts with the inverse of its inclusion probability. Units that turned out not to belong to the
population leave with their weight. Inside each class of non-response those who answered take over the weight of those
who did not:

    w' = w · Σ w of the sampled of the class / Σ w of those who answered

This step comes first and once: afterwards nobody who did not answer has weight to give, and a factor from the design
weights would raise totals that were fitted before. Then follow, in the order of the plan, fitting to known totals and
trimming (:mod:`parindex.domain.survey.weights.raking`, :mod:`parindex.domain.survey.weights.trimming`).

Source: Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), 15.6; Kish, Survey Sampling (1965), 11.7,
for the effect of unequal weights, n·Σw²/(Σw)².
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.weights.raking import (
    ROUNDS,
    Deviation,
    KnownTotals,
    disagreements,
    post_stratified,
    problems_of,
    raked,
    worst,
)
from parindex.domain.survey.weights.trimming import LimitOf, trimmed

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class NonResponse:
    """Weight goes over to those who answered, inside classes of sampled units; a class needs ``minimum`` answers.

    Without ``labels`` the classes are not known, and only the order of the steps can be checked.
    """

    by: tuple[str, ...]
    labels: tuple[str, ...]
    #: The class of every sampled unit.
    code: Codes
    minimum: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Fitting:
    """Weights are fitted to known totals: post-stratification with one margin, raking with several."""

    margins: tuple[KnownTotals, ...]
    rounds: int = ROUNDS


@dataclass(frozen=True, slots=True, eq=False)
class Trimming:
    """Weights above a limit are cut, inside classes of respondents."""

    by: tuple[str, ...]
    labels: tuple[str, ...]
    code: Codes
    upper: float
    of: LimitOf = LimitOf.MEDIAN


Step = NonResponse | Fitting | Trimming


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """The weights of the respondents after one step (``kind``), and what there is to say of it.

    ``before`` is the total that the step had to keep or to reach (of the design weights: that of all sampled units),
    ``deviation`` the class of known totals that the last
    weights are farthest from (steps of fitting only).
    """

    kind: str
    weight: Floats
    before: float
    by: tuple[str, ...] = ()
    rounds: int = 0
    cut: int = 0
    deviation: Deviation | None = None

    @property
    def total(self) -> float:
        """The sum of the weights."""
        return float(self.weight.sum())


def effect_of_weights(weight: Floats) -> float:
    """How much more the variance of a mean is for unequal weights: n·Σw²/(Σw)², 1 for equal ones."""
    return float(len(weight) * (weight**2).sum() / weight.sum() ** 2)


def weigh(design_weight: Floats, answered: Mask, steps: Sequence[Step]) -> list[Weighed]:
    """The weights of those who answered, after the design and after each step.

    ``design_weight`` and ``answered`` are of all sampled units of the population; ``code`` of :class:`NonResponse` is
    too, those of the other steps are of the respondents. Raises :class:`InvalidInput` with all of
    :func:`problems_of_plan`; and with what only the weights show, ``raking_not_converged`` and ``trim_limit_too_low``
    (with the ``step``).
    """
    problems = list(problems_of_plan(steps, answered))
    if problems:
        raise InvalidInput(problems)
    weight = design_weight[answered]
    found = [Weighed("design", weight, float(design_weight.sum()))]
    for number, step in enumerate(steps, start=1):
        try:
            found.append(_step(step, found[-1].weight, design_weight, answered))
        except InvalidInput as error:
            raise InvalidInput([_in_step(one, number) for one in error.problems]) from None
    return [_with_deviation(one, step, found[-1].weight) for one, step in zip(found, [None, *steps], strict=True)]


def problems_of_plan(steps: Sequence[Step], answered: Mask) -> Iterator[Problem]:
    """All problems that the steps have with one another and with the respondents.

    ``nobody_answered`` (facts ``units``); and, with the number of the ``step`` from 1, ``nonresponse_not_first``,
    ``nonresponse_class_small`` (``by``, ``label``, ``count``, ``units``, ``minimum``), those of one margin
    (:func:`parindex.domain.survey.weights.raking.problems_of`) and those of all margins of the plan together, in
    whatever steps they stand (:func:`parindex.domain.survey.weights.raking.disagreements`): they are of one population.
    """
    somebody = bool(answered.any())
    if not somebody:
        yield Problem("nobody_answered", facts={"units": len(answered)})
    margins: list[tuple[int, KnownTotals]] = []
    for number, step in enumerate(steps, start=1):
        if isinstance(step, NonResponse):
            if number > 1:
                yield Problem("nonresponse_not_first", facts={"step": number})
            elif somebody and step.labels:
                yield from (_in_step(one, number) for one in _small_classes(step, answered))
        elif isinstance(step, Fitting):
            margins += [(number, margin) for margin in step.margins]
    for number, margin in margins:
        yield from (_in_step(one, number) for one in problems_of(margin))
    for place, problem in disagreements([margin for _, margin in margins]):
        yield _in_step(problem, margins[place][0])


def _in_step(problem: Problem, number: int) -> Problem:
    return replace(problem, facts={**problem.facts, "step": number})


def _small_classes(step: NonResponse, answered: Mask) -> Iterator[Problem]:
    sampled = np.bincount(step.code, minlength=len(step.labels))
    there = np.bincount(step.code, answered, len(step.labels))
    for place, label in enumerate(step.labels):
        # A class without any answer could not keep its total, whatever the plan asks for.
        if sampled[place] and there[place] < max(step.minimum, 1):
            facts = {"by": "|".join(step.by), "label": label, "count": int(there[place])}
            more = {"units": int(sampled[place]), "minimum": max(step.minimum, 1)}
            yield Problem("nonresponse_class_small", facts={**facts, **more})


def _step(step: Step, weight: Floats, design_weight: Floats, answered: Mask) -> Weighed:
    if isinstance(step, NonResponse):
        classes = len(step.labels)
        sampled = np.bincount(step.code, design_weight, classes)
        there = np.bincount(step.code[answered], design_weight[answered], classes)
        factor = np.divide(sampled, there, out=np.ones(classes), where=there > 0)
        made = weight * factor[step.code[answered]]
        return Weighed("nonresponse", made, float(design_weight.sum()), step.by)
    if isinstance(step, Fitting):
        by = tuple(margin.name for margin in step.margins)
        total = float(sum(step.margins[0].totals))
        if len(step.margins) == 1:
            return Weighed("poststratification", post_stratified(weight, step.margins[0]), total, by)
        made, rounds = raked(weight, step.margins, step.rounds)
        return Weighed("raking", made, total, by, rounds)
    made = trimmed(weight, step.code, step.labels, step.upper, step.of)
    return Weighed("trimming", made, float(weight.sum()), step.by, cut=int(np.count_nonzero(made < weight)))


def _with_deviation(one: Weighed, step: Step | None, last: Floats) -> Weighed:
    if not isinstance(step, Fitting):
        return one
    return Weighed(one.kind, one.weight, one.before, one.by, one.rounds, one.cut, worst(last, step.margins))
