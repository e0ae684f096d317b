"""What a rule answers: points and a branch number per row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from parindex.domain.values import Mask, Numbers

#: Branch numbers per row: 0 and above mean what the kind's docstring says, below 0 what :class:`NoPoints` says.
Branches = NDArray[np.int8]


class NoPoints(IntEnum):
    """Why a rule gives no points on a row; the same for every kind."""

    MISSING = -1  # a figure has not been entered: the item is unanswered
    NOT_ASSESSED = -2  # nothing arose, and the clause says that the item then does not apply
    UNDECIDED = -3  # nothing arose, and the rule does not say what that gives
    IMPOSSIBLE = -4  # something over nothing (n > 0, d = 0), or a negative figure where none can be
    OVER = -5  # more than 100 % where the rule declares neither cap nor keep
    OUTSIDE = -6  # the quantity falls in no band
    UNKNOWN_OPTION = -7  # the chosen option has no points in the rule
    NOT_GIVEN = -8  # the points come from outside: council, survey, agency or hand


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Points per row, meaningful where ``branch >= 0``, before any rounding of the criteria set."""

    points: Numbers
    branch: Branches

    @property
    def scored(self) -> Mask:
        """The rows that have points."""
        return np.asarray(self.branch >= 0)
