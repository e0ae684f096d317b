"""How an item of a criteria set gets its points from a survey, as data.

The points are made by :mod:`parindex.domain.survey.points.surveyed_points`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from parindex.domain.values import Rounding

#: The step from an estimate to points where neither item nor set declares one.
_ROUNDING = Rounding(4)
#: Decimals of an estimate that are taken to mean something: points are made of the estimate with so many.
ESTIMATE_PLACES = 12


class IndexMapping(StrEnum):
    """How an answer becomes a value from 0 to 1 for the index."""

    MEAN_5 = "mean_5"  # answer ÷ highest: the mean over five
    FROM_1 = "from_1"  # (answer − lowest) ÷ (highest − lowest)
    SHARE = "share"  # 1 where satisfied, else 0
    ANSWERS = "answers"  # the declared weight of the answer


@dataclass(frozen=True, slots=True)
class SurveyPoints:
    """Points = maximum × the value of ``of`` from 0 to 1.

    ``of`` names items, groups or parts of the questionnaire (``all``: every item); several are taken together.
    ``index`` is how an answer becomes a value (None: as the questionnaire declares; ``answer_weights`` go with
    ``ANSWERS``). ``respondents`` weighs groups of
    respondents and sums to 1 (none: all together, by their sampling weights). With fewer than ``minimum`` answers the
    item stays pending. ``rounding`` is the step from the estimate to points. ``questionnaire`` names the form that is
    meant where a set is fed by several ("": any). ``assumed``: the source does not state it.
    """

    of: tuple[str, ...]
    index: IndexMapping | None = None
    answer_weights: Mapping[int, Fraction] = field(default_factory=dict, hash=False)
    respondents: Mapping[str, Fraction] = field(default_factory=dict, hash=False)
    minimum: int | None = None
    rounding: Rounding | None = None
    questionnaire: str = ""
    clause: str = ""
    assumed: bool = False

    def step(self, of_items: Rounding | None) -> Rounding:
        """The one rounding from an estimate to points; ``of_items``: that of the items of the set, where it has one."""
        return self.rounding or of_items or _ROUNDING


def points_of_estimate(estimate: Fraction, max_points: Fraction, step: Rounding) -> Fraction:
    """The points of an estimate from 0 to 1: the maximum times the estimate, never more than it, rounded once."""
    return step.apply(min(estimate, Fraction(1)) * max_points)


class EstimateFlaw(StrEnum):
    """What is wrong with an estimate, or with the points that are said to follow from it."""

    ANSWERS_BELOW_ZERO = "answers_below_zero"
    OFF_RANGE = "off_range"  # not from 0 to 1
    TOO_FEW = "too_few"  # fewer answers than the item asks for
    OTHER_POINTS = "other_points"  # other points follow from it
    ERROR_OFF_RANGE = "error_off_range"  # a standard error not from 0 to the maximum of the points


@dataclass(frozen=True, slots=True)
class StatedPoints:
    """Points of a survey and what they are said to be made of: the estimate from 0 to 1, how many answers it rests on,
    and the standard error of the points. None: nothing is said, or nothing that is a number.
    """

    points: Fraction | None
    estimate: Fraction | None
    answers: int | None
    standard_error: Fraction | None = None


@dataclass(frozen=True, slots=True)
class PointsWay:
    """How an item takes its points from an estimate: as it declares (``survey``; None: it does not say), of which
    maximum, and the rounding of the items of its set.
    """

    survey: SurveyPoints | None
    max_points: Fraction | None
    of_items: Rounding | None

    @property
    def least_answers(self) -> int:
        """With fewer answers there are no points."""
        return max(self.survey.minimum or 1, 1) if self.survey is not None else 1

    def points(self, estimate: Fraction) -> Fraction | None:
        """The points that follow from an estimate; None where none do."""
        if self.survey is None or self.max_points is None:
            return None
        return points_of_estimate(estimate, self.max_points, self.survey.step(self.of_items))


def estimate_flaws(stated: StatedPoints, way: PointsWay) -> Iterator[EstimateFlaw]:
    """Everything that is wrong with what is stated of points of a survey. Who takes such points and who verifies them
    in a bundle both ask this.

    The answers are held against the least number whether or not the estimate is told with them. A standard error is in
    points, as these are: the points of the sample and those of all people both lie from 0 to the maximum, so neither
    misses the other by more than the maximum. (The true error is at most half of it; one that is estimated from few
    answers may be larger.)
    """
    answers, error, estimate = stated.answers, stated.standard_error, stated.estimate
    if answers is not None and answers < 0:
        yield EstimateFlaw.ANSWERS_BELOW_ZERO
    if error is not None and (error < 0 or (way.max_points is not None and error > way.max_points)):
        yield EstimateFlaw.ERROR_OFF_RANGE
    if estimate is None and stated.points is None:
        return
    if estimate is not None and not 0 <= estimate <= 1:
        yield EstimateFlaw.OFF_RANGE
    if answers is not None and 0 <= answers < way.least_answers:
        yield EstimateFlaw.TOO_FEW
    given = way.points(estimate) if estimate is not None else None
    if given is not None and stated.points is not None and stated.points != given:
        yield EstimateFlaw.OTHER_POINTS
