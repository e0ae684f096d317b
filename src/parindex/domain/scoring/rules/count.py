"""Count: points for each one, up to the maximum.

    points = min(M; each · q)

Parameters:

- ``of`` (and ``to``, ``over``, ``zero_base``): the quantity q, mostly a count (a list measure counts its accepted
  entries);
- ``each``: the points for one; above 0; exact or dated.

Branches: 0 ``counted``, 1 ``capped`` (each · q > M).

No points: the reasons of the quantity; IMPOSSIBLE where q is below 0: there are no fewer than none.

Example: 0,5 for each regulation, M = 2: three give 1,5, five give 2.

Source: catalogue of ARCHITECTURE.md, row 11.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

import numpy as np

from parindex.domain.scoring.context import Context
from parindex.domain.scoring.outcome import Outcome
from parindex.domain.scoring.parameters import Amount, Section
from parindex.domain.scoring.quantities import ONE, Quantity
from parindex.domain.scoring.rule import ZERO, BranchNames, Rule, Scope, answered
from parindex.domain.scoring.settings import quantity_or_inherited, read_maximum, read_settings
from parindex.domain.values import number_text


class Branch(IntEnum):
    """Whether the maximum cut something off."""

    COUNTED = 0
    CAPPED = 1


@dataclass(frozen=True, slots=True)
class Count(Rule):
    """See the module."""

    kind: ClassVar[str] = "count"
    branches: ClassVar[BranchNames] = Branch
    quantity: Quantity
    each: Amount

    def score(self, context: Context) -> Outcome:
        """min(M; each · q) over all units."""
        measured = self.quantity.measure(context)
        earned = measured.value.times(self.each.points)
        branch = earned.above(self.max_points).view(np.int8)  # COUNTED is 0 and CAPPED is 1
        points = earned.limited(low=ZERO, high=self.max_points)
        return answered(points, branch, measured.counted(), self.quantity)

    def quantities(self) -> tuple[Quantity, ...]:
        """q."""
        return (self.quantity,)

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """``each``."""
        return (("each", self.each.text),)


def read(section: Section, scope: Scope) -> Count | None:
    """The rule in ``section``; None, with problems noted, where there is no quantity."""
    maximum = read_maximum(section, scope)
    quantity = quantity_or_inherited(section, scope, maximum)
    each = section.number("each")
    if each <= 0:
        section.problem("not_above_zero", "each", found=number_text(each))
        each = ONE
    settings = read_settings(section, scope, maximum, quantity=quantity)
    return None if quantity is None else Count(settings, quantity, Amount(each, number_text(each), each))
