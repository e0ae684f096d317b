"""What all rule kinds share: the maximum, what is settled before a kind speaks, and the evaluation over all units.

A kind is a frozen dataclass below :class:`Rule`, one module in :mod:`parindex.domain.scoring.rules` each; its docstring
is the rule. Every kind also takes

- ``max_points``: the maximum M that the rule works with; the item's where none is stated. No rule gives more.
- ``nothing_when`` (terms; where none are stated, those of ``to``) and ``nothing_arose``: where every one of these terms
  has been entered and is 0, and nothing has been counted of it (every figure above the line, of the years that
  ``nothing_when`` names, is missing or 0), then nothing arose, and the rule gives ``full`` (M), ``zero``, ``{points:}``
  or ``{share:}``; or the item does not apply (``not_assessed``, at the root only); or the result of the year before
  stands (``last_year``: the same rule on last year's figures, once). Where the rule does not say: UNDECIDED.
- ``missing``: ``unanswered`` (default), or ``zero`` where the clause says that who does not report earns nothing.
- ``round``: a declared rounding of the points, after all limits; at the root it replaces the item step of the set.
  Rounded points are limited to M once more (0,125 is not 0,13 of 0,125), by whichever step they were rounded.

Order on a row: nothing arose, a figure missing, impossible or over the whole, a base of zero, the kind.

Source: catalogue of ARCHITECTURE.md, row 33, 34, 36, 48; ARCHITECTURE "The rule language".
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction
from functools import reduce
from typing import ClassVar

import numpy as np

from parindex.domain.scoring.context import Context, shifted
from parindex.domain.scoring.outcome import Branches, NoPoints, Outcome, Settled
from parindex.domain.scoring.parameters import Amount
from parindex.domain.scoring.quantities import Measured, Quantity, Term
from parindex.domain.values import Mask, Numbers, Positions, Rounding

ZERO = Fraction(0)

#: The names of a kind's own branches: an enumeration, or one word where the number is a position in a list.
BranchNames = type[IntEnum] | str


class NothingArose(StrEnum):
    """What nothing gives where it gives no stated points."""

    UNDECIDED = "undecided"
    NOT_ASSESSED = "not_assessed"
    LAST_YEAR = "last_year"


@dataclass(frozen=True, slots=True)
class Nothing:
    """When nothing arose: every term of ``when`` is entered and 0, no figure in ``counted`` is entered and not 0."""

    when: tuple[Term, ...]
    counted: tuple[tuple[str, int], ...]
    gives: Amount | NothingArose

    def rows(self, context: Context) -> Positions:
        """The rows on which nothing arose."""
        found = np.flatnonzero(reduce(np.logical_and, [_entered_zero(term, context) for term in self.when]))
        for measure, year in self.counted:
            if not found.size:
                break
            column = context.at(year).column(measure)
            found = found[~(column.present[found] & (column.numbers.num[found] != 0))]
        return found


def _entered_zero(term: Term, context: Context) -> Mask:
    numbers, reason = term.value(context)
    return numbers.is_zero() if reason is None else numbers.is_zero() & (reason == 0)


@dataclass(frozen=True, slots=True)
class Settings:
    """What every kind takes."""

    max_points: Fraction
    nothing: Nothing | None
    missing_is_zero: bool
    round: Rounding | None


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a rule is read: the maximum and the quantity that it inherits, and whether it is the item's own rule."""

    max_points: Fraction
    quantity: Quantity | None = None
    root: bool = False


@dataclass(frozen=True, slots=True)
class Rule(ABC):
    """How figures become points: one kind with its parameters, bound to a year."""

    kind: ClassVar[str]
    branches: ClassVar[BranchNames]
    settings: Settings

    @property
    def max_points(self) -> Fraction:
        """The maximum that the rule works with; it never gives more."""
        return self.settings.max_points

    @property
    def round(self) -> Rounding | None:
        """The declared rounding of the points, done by :meth:`evaluate`; at the root it replaces the item step."""
        return self.settings.round

    @abstractmethod
    def score(self, context: Context) -> Outcome:
        """What the kind itself answers: points and branches over all units."""

    def evaluate(self, context: Context) -> Outcome:
        """Points and branches over all units."""
        outcome = self.score(context)
        if self.settings.missing_is_zero:
            missing = outcome.branch == np.int8(NoPoints.MISSING)
            branch = np.where(missing, np.int8(Settled.NOT_REPORTED), outcome.branch)
            outcome = Outcome(outcome.points.zero_where(missing), branch)
        if self.settings.nothing is not None:
            rows = self.settings.nothing.rows(context)
            if rows.size:
                outcome = self._nothing_arose(outcome, rows, self.settings.nothing.gives, context)
        if self.settings.round is None:
            return outcome
        rounded = outcome.points.rounded(self.settings.round)
        # Only a maximum that is no number of the step can be exceeded by what was rounded.
        limit = None if on_step(self.max_points, self.settings.round) else self.max_points
        return Outcome(rounded.limited(high=limit), outcome.branch)

    def _nothing_arose(
        self, outcome: Outcome, rows: Positions, gives: Amount | NothingArose, context: Context
    ) -> Outcome:
        branch = outcome.branch.copy()
        if gives is NothingArose.LAST_YEAR and not context.carried:
            earlier = self.evaluate(context.earlier())
            nothing = np.zeros(context.rows, dtype=bool)
            nothing[rows] = True
            branch[rows] = np.where(earlier.branch >= 0, np.int8(Settled.EARLIER_YEAR), earlier.branch)[rows]
            return Outcome(earlier.points.where(nothing, outcome.points), branch)
        if isinstance(gives, Amount):
            branch[rows] = Settled.NOTHING_AROSE
            return Outcome(outcome.points.replaced(rows, gives.points), branch)
        branch[rows] = NoPoints.NOT_ASSESSED if gives is NothingArose.NOT_ASSESSED else NoPoints.UNDECIDED
        return Outcome(outcome.points, branch)

    # --- what it is made of --------------------------------------------------------------------------------------

    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities that the rule measures itself."""
        return ()

    def choices(self) -> tuple[Term, ...]:
        """The choice measures that the rule reads itself."""
        return ()

    def children(self) -> tuple[Rule, ...]:
        """The rules inside this one."""
        return ()

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The parameters of the kind as exact text, for the explanation."""
        return ()

    def branch_name(self, branch: int) -> str:
        """The name of one of the kind's own branches (0 to 99)."""
        return self.branches if isinstance(self.branches, str) else self.branches(branch).name.lower()

    def child_of(self, branch: int) -> tuple[Rule, ...]:
        """The children that had a part in ``branch``."""
        del branch
        return self.children()

    def measures(self) -> tuple[tuple[str, int], ...]:
        """Every measure that the rule reads, once, in the order in which it is written, with its year as an offset (0,
        −1 …) or a calendar year.
        """
        found = dict.fromkeys(self._figures())
        if self.settings.nothing is not None and self.settings.nothing.gives is NothingArose.LAST_YEAR:
            found |= dict.fromkeys((measure, shifted(-1, year)) for measure, year in found)
        return tuple(found)

    def above_the_line(self) -> Iterator[tuple[str, int]]:
        """The figures that are counted: those above the line of its quantities, and of the rules inside it."""
        for quantity in self.quantities():
            yield from quantity.above(0)
        for child in self.children():
            yield from child.above_the_line()

    def _figures(self) -> Iterator[tuple[str, int]]:
        for quantity in self.quantities():
            yield from quantity.figures(0)
        for term in (*self.choices(), *(self.settings.nothing.when if self.settings.nothing else ())):
            yield from term.figures(0)
        for child in self.children():
            yield from child.measures()

    @property
    def compares(self) -> bool:
        """Whether peers of the group have a part in the points."""
        when = self.settings.nothing.when if self.settings.nothing else ()
        own = any(one.compares for one in self.quantities()) or any(term.compares for term in when)
        return own or any(child.compares for child in self.children())


def on_step(value: Fraction, step: Rounding) -> bool:
    """Whether ``value`` is a number of the step: rounding leaves it as it is."""
    return bool(10**step.places % value.denominator == 0)


def answered(points: Numbers, branch: Branches, measured: Measured, quantity: Quantity) -> Outcome:
    """The answer of a kind to a measured quantity: its points and branches where the quantity has a value."""
    if measured.zero_base is not None and quantity.zero_base is not None:
        points = points.replaced(measured.zero_base, quantity.zero_base.points)
        branch = branch.copy()
        branch[measured.zero_base] = Settled.ZERO_BASE
    return without(points, branch, measured.reason)


def without(points: Numbers, branch: Branches, reason: Branches | None) -> Outcome:
    """The same answer with no points where there is a reason."""
    if reason is None or not np.count_nonzero(reason):
        return Outcome(points, branch)
    # The branch where the reason is 0, else the reason: on columns of int8 sums are faster than np.where.
    return Outcome(points, branch * (reason == 0).view(np.int8) + reason)
