"""What a rule answers: points and a branch number per row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from parindex.domain.values import Mask, Numbers

#: Branch numbers per row: 0 and above mean what the kind's docstring and :class:`Settled` say, below 0 what
#: :class:`NoPoints` says.
Branches = NDArray[np.int8]


class NoPoints(IntEnum):
    """Why a rule gives no points on a row; the same for every kind. The lowest number is the gravest reason."""

    NOT_GIVEN = -1  # the points come from outside: a survey, an agency, the council
    NOT_ASSESSED = -2  # nothing arose, and the clause says that the item then does not apply
    MISSING = -3  # a figure has not been entered: the item is unanswered
    NO_EARLIER = -4  # last year's or the base year's figure is missing: not the officer's omission
    UNDECIDED = -5  # nothing arose, or the base is zero, and the rule does not say what that gives
    UNKNOWN_OPTION = -6  # the chosen option has no points in the rule
    OUTSIDE = -7  # the quantity falls in no band
    OVER = -8  # more than the whole where the rule refuses that
    IMPOSSIBLE = -9  # some of nothing, a denominator or a number of cases below zero


class Settled(IntEnum):
    """Branches with points that every kind shares; the numbers below 100 are the kind's own."""

    NOTHING_AROSE = 100  # nothing arose, and the clause says what that gives
    EARLIER_YEAR = 101  # nothing arose, and the result of the year before stands
    ZERO_BASE = 102  # some over a base of zero, and the clause says what that gives
    NOT_REPORTED = 103  # a figure is missing, and the clause gives nothing to who does not report


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Points per row (without meaning where ``branch < 0``), before any rounding of the criteria set, and the branch
    that spoke.
    """

    points: Numbers
    branch: Branches

    @property
    def scored(self) -> Mask:
        """The rows that have points."""
        return np.asarray(self.branch >= 0)


_UNDECIDED, _NOT_ASSESSED = np.int8(NoPoints.UNDECIDED), np.int8(NoPoints.NOT_ASSESSED)


def needs_decision(branch: Branches) -> Mask:
    """The rows about which a person must decide before a result can be final.

    These are all reasons from UNDECIDED on, and NOT_ASSESSED, which somebody must approve; not what is merely
    missing.
    """
    return np.asarray((branch <= _UNDECIDED) | (branch == _NOT_ASSESSED))
