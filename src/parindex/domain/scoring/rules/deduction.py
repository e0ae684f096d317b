"""Deduction: the maximum, less something for every case.

    each:  points = max(0; M − Σ each·n)
    worst: points = max(0; M − the largest single deduction of which a case occurs), once

Parameters:

- ``classes``: a list; each class is a quantity n (``of``, mostly the number of cases) with the deduction for one case
  as ``points`` or as a ``share`` of M;
- ``mode``: ``each`` (default) or ``worst``. In ``worst`` a class occurs where its n is above 0.

The result is never below 0 and never above M.

Branches: 0 ``nothing_deducted``, 1 ``deducted``, 2 ``used_up`` (nothing is left).

No points: the gravest reason of the quantities; IMPOSSIBLE where one of them is below 0.

Example: M = 1, 0,25 for each illegal document: one gives 0,75. M = 1,5: "vi phạm nhẹ: trừ 50 %; nghiêm trọng: 0".

Source: catalogue of ARCHITECTURE.md, row 18, 20 (analysis of 2024: 2.3.2, 5.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import ClassVar

import numpy as np

from parindex.domain.scoring.context import Context
from parindex.domain.scoring.outcome import Branches, Outcome
from parindex.domain.scoring.parameters import Amount, Section
from parindex.domain.scoring.quantities import Quantity, gravest
from parindex.domain.scoring.quantity_terms import read_quantity
from parindex.domain.scoring.rule import ZERO, BranchNames, Rule, Scope, without
from parindex.domain.scoring.settings import read_maximum, read_settings
from parindex.domain.values import Numbers


class Branch(IntEnum):
    """What is left of the maximum."""

    NOTHING_DEDUCTED = 0
    DEDUCTED = 1
    USED_UP = 2


class Mode(StrEnum):
    """Whether every case counts, or only the worst."""

    EACH = "each"
    WORST = "worst"


@dataclass(frozen=True, slots=True)
class Case:
    """One class of cases: how many there are, and what one of them takes away."""

    quantity: Quantity
    each: Amount


@dataclass(frozen=True, slots=True)
class Deduction(Rule):
    """See the module."""

    kind: ClassVar[str] = "deduction"
    branches: ClassVar[BranchNames] = Branch
    classes: tuple[Case, ...]
    mode: Mode = Mode.EACH

    def score(self, context: Context) -> Outcome:
        """M less the deductions, over all units."""
        taken = Numbers.constant(ZERO, context.rows)
        reason: Branches | None = None
        for case in self.classes:
            measured = case.quantity.measure(context).counted()
            reason = gravest(reason, measured.reason)
            taken = self._with(taken, measured.value, case.each)
        maximum = Numbers.constant(self.max_points, context.rows)
        points = maximum.minus(taken).limited(low=ZERO, high=self.max_points)
        # NOTHING_DEDUCTED is 0, DEDUCTED 1; where nothing is left one more makes USED_UP.
        deducted = taken.above(ZERO)
        branch = deducted.view(np.int8) + (deducted & points.is_zero()).view(np.int8)
        return without(points, branch, reason)

    def _with(self, taken: Numbers, cases: Numbers, each: Amount) -> Numbers:
        if self.mode is Mode.EACH:
            return taken.plus(cases.times(each.points))
        once = Numbers.constant(each.points, len(cases))
        return once.where(cases.above(ZERO) & once.exceeds(taken), taken)

    def quantities(self) -> tuple[Quantity, ...]:
        """The numbers of cases."""
        return tuple(case.quantity for case in self.classes)

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The mode, and the deduction of each class in the order stated."""
        each = tuple((f"class {position}", case.each.text) for position, case in enumerate(self.classes))
        return (("mode", self.mode.value), *each)


def read(section: Section, scope: Scope) -> Deduction | None:
    """The rule in ``section``; None, with problems noted, where no class is usable."""
    maximum = read_maximum(section, scope)
    found = []
    for inner in section.sections("classes"):
        quantity = read_quantity(inner, None)
        each = inner.amount(maximum, limited=False)
        inner.close()
        if quantity is not None and each is not None:
            found.append(Case(quantity, each))
    mode = Mode(section.choice("mode", tuple(Mode), Mode.EACH))
    above = [one for case in found for one in case.quantity.above(0)]
    settings = read_settings(section, scope, maximum, above=above)
    return Deduction(settings, tuple(found), mode) if found else None
