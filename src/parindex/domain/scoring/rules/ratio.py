"""Ratio: points in proportion to a quantity, up to a target.

    points = M · min(1; q / T), never below 0; 0 where q < floor

Parameters:

- ``of``, ``to``, ``over``, ``zero_base``: the quantity q (a number without unit; 80 % is 0,8);
- ``target``: T, the q that gives the maximum; above 0; 1 where none is stated; exact or dated;
- ``floor``: the q below which nothing is given; a q equal to the floor is not below it; none where none is stated.

Branches: 0 ``full`` (q ≥ T), 1 ``linear``, 2 ``below_floor``, 3 ``below_zero`` (q < 0 gives 0 points).

No points: the reasons of the quantity (a figure missing, over the whole, impossible, undecided).

Example: 53.539 of 53.576 dossiers on time, M = 1,5: 53539 / 53576 · 1,5 = 1,4990.

Source: catalogue of ARCHITECTURE.md, row 4, 5, 6, 12, 23, 24, 26, 29, 35 (sheet of 2020: 3.4.1, 7.1.3, 7.2.1,
7.3.1; analysis of 2024: 7.3.6).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction
from typing import ClassVar

import numpy as np

from parindex.domain.scoring.context import Context
from parindex.domain.scoring.outcome import Outcome
from parindex.domain.scoring.parameters import Section
from parindex.domain.scoring.quantities import ONE, Quantity
from parindex.domain.scoring.rule import ZERO, BranchNames, Rule, Scope, answered
from parindex.domain.scoring.settings import quantity_or_inherited, read_maximum, read_settings
from parindex.domain.values import number_text


class Branch(IntEnum):
    """Which part of the formula spoke."""

    FULL = 0
    LINEAR = 1
    BELOW_FLOOR = 2
    BELOW_ZERO = 3


@dataclass(frozen=True, slots=True)
class Ratio(Rule):
    """See the module."""

    kind: ClassVar[str] = "ratio"
    branches: ClassVar[BranchNames] = Branch
    quantity: Quantity
    target: Fraction = ONE
    floor: Fraction | None = None
    #: 1 / T, worked out once.
    per_target: Fraction = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "per_target", ONE / self.target)

    def score(self, context: Context) -> Outcome:
        """M · min(1; q / T) over all units."""
        measured = self.quantity.measure(context)
        reached = measured.value.times(self.per_target)
        branch = (~reached.at_least(ONE)).view(np.int8)  # FULL is 0 and LINEAR is 1
        high = None if measured.whole and self.target == 1 else ONE
        points = reached.limited(low=ZERO, high=high).times(self.max_points)
        if not reached.not_negative:
            branch[~reached.at_least(ZERO)] = Branch.BELOW_ZERO
        if self.floor is not None:
            below = ~measured.value.at_least(self.floor)
            points = points.zero_where(below)
            branch[below] = Branch.BELOW_FLOOR
        return answered(points, branch, measured, self.quantity)

    def quantities(self) -> tuple[Quantity, ...]:
        """q."""
        return (self.quantity,)

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """``target`` and ``floor``."""
        target = (("target", number_text(self.target)),) if self.target != 1 else ()
        return target if self.floor is None else (*target, ("floor", number_text(self.floor)))


def read(section: Section, scope: Scope) -> Ratio | None:
    """The rule in ``section``; None, with problems noted, where there is no quantity."""
    maximum = read_maximum(section, scope)
    quantity = quantity_or_inherited(section, scope, maximum)
    target = section.number("target", default=ONE)
    if target <= 0:
        section.problem("not_above_zero", "target", found=number_text(target))
        target = ONE
    floor = section.number("floor") if section.has("floor") else None
    settings = read_settings(section, scope, maximum, quantity=quantity)
    return None if quantity is None else Ratio(settings, quantity, target, floor)
