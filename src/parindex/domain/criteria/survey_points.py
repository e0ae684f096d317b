"""How an item of a criteria set gets its points from a survey, as data.

The points are made by :mod:`parindex.domain.survey.points.surveyed_points`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from parindex.domain.values import Rounding

#: The step from an estimate to points where neither item nor set declares one.
_ROUNDING = Rounding(4)


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
