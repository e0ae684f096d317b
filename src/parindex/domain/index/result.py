"""The result of a computation: exact columns for all units, and a readable view of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import Problem
from parindex.domain.index.aggregate import Totals, Whole
from parindex.domain.index.checks import WITHOUT_FIGURES
from parindex.domain.index.item_points import ItemColumn, ScoredItems
from parindex.domain.index.item_states import ItemState
from parindex.domain.procedures.periods import Period
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.score_sheet import Origin, ScoreSheets
from parindex.domain.scoring.usable import Plan
from parindex.domain.units import Unit
from parindex.domain.values import Mask, Numbers


@dataclass(frozen=True, slots=True)
class PointsOfMaximum:
    """Points and the maximum that they are of; ``per_cent`` is None where nothing is assessed."""

    points: Fraction
    max_points: Fraction

    @property
    def per_cent(self) -> Fraction | None:
        """points ÷ maximum × 100, not rounded."""
        return self.points * 100 / self.max_points if self.max_points else None


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item of one unit. ``rule_points`` is what the rule alone gives, before the set's item step; None where it
    gives none.
    """

    state: ItemState
    origin: Origin
    points: Fraction
    rule_points: Fraction | None


@dataclass(frozen=True, slots=True)
class UnitResult:
    """One unit: points, maximum of what is assessed, index, grade, rank, parts, nodes and items.

    ``index`` is None where nothing is left to assess, and where nothing was reported and the set does not rank such
    units; ``graded`` is what grade and rank go by: the index, or the points where the set grades by points; ``rank``
    is None for a unit that is not ranked; ``grade`` is None where no grade is reached. ``provisional``: index, grade
    and rank may still change, see :func:`~parindex.domain.index.checks.may_change`.
    """

    unit: Unit
    points: Fraction
    max_points: Fraction
    index: Fraction | None
    grade: str | None
    rank: int | None
    provisional: bool
    bonus: Fraction
    penalty: Fraction
    parts: Mapping[str, PointsOfMaximum]
    nodes: Mapping[str, PointsOfMaximum]
    items: Mapping[str, ItemResult]
    totals: Mapping[str, Fraction]
    graded: Fraction | None = None

    @property
    def without_figures(self) -> bool:
        """Whether there is something to assess and nothing was reported: 0 points would say what nobody knows."""
        return self.index is None and self.max_points > 0


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """Everything computed for all units of a cycle, in the row order of ``sheets.units``.

    ``grade`` holds positions in ``criteria_set.grades`` (−1: none); ``rank`` holds 0 where a unit is not ranked.
    ``problems`` lists what the figures and sheets contradict; those with ``facts["blocks"]`` keep a result from being
    final.
    """

    criteria_set: CriteriaSet
    plan: Plan
    figures: Figures
    sheets: ScoreSheets
    items: ScoredItems
    nodes: Mapping[str, Totals]
    parts: Mapping[str, Totals]
    whole: Whole
    index: Numbers
    has_index: Mask
    graded: Numbers
    grade: NDArray[np.int8]
    rank: NDArray[np.int32]
    provisional: Mask
    totals: Mapping[str, Numbers]
    problems: tuple[Problem, ...] = ()
    #: The period of the forms or figures, where one is known beside the year of the set.
    period: Period | None = None
    #: The results of the periods inside that one which the set declares (the quarters of a year), in order.
    periods: tuple[Result, ...] = ()

    @property
    def without_figures(self) -> Mask:
        """The units with something to assess of which nothing was reported, where the set does not rank such units."""
        return self.whole.result.assessed() & ~self.has_index

    @property
    def items_without_figures(self) -> Mapping[str, tuple[str, ...]]:
        """The items of each unit that have 0 points for want of figures: that is not the same as a figure of 0."""
        named = (one.facts for one in self.problems if one.kind == WITHOUT_FIGURES)
        return {facts["unit"]: tuple(facts["items"]) for facts in named}

    @property
    def unsettled(self) -> Mask:
        """The units with an index that is provisional."""
        return np.asarray(self.has_index & self.provisional)

    @property
    def pending(self) -> Mask:
        """The units with items that wait for their results, one of the reasons why a result is provisional."""
        return np.asarray((self.items.states == np.int8(ItemState.PENDING)).any(axis=0))

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units in row order."""
        return self.sheets.units

    def unit(self, row: int) -> UnitResult:
        """Everything of one unit as exact fractions."""
        grade = int(self.grade[row])
        whole = self.whole.result
        return UnitResult(
            unit=self.units[row],
            points=whole.points.row(row),
            max_points=whole.max_points.row(row),
            index=self.index.row(row) if self.has_index[row] else None,
            grade=self.criteria_set.grades[grade].title if grade >= 0 else None,
            rank=int(self.rank[row]) or None,
            provisional=bool(self.provisional[row]),
            bonus=self.whole.bonus.row(row),
            penalty=self.whole.penalty.row(row),
            parts={part: _of(totals, row) for part, totals in self.parts.items()},
            nodes={code: _of(totals, row) for code, totals in self.nodes.items()},
            items={code: _item(column, row) for code, column in self.items.items()},
            totals={name: column.row(row) for name, column in self.totals.items()},
            graded=self.graded.row(row) if self.has_index[row] else None,
        )


def _of(totals: Totals, row: int) -> PointsOfMaximum:
    return PointsOfMaximum(totals.points.row(row), totals.max_points.row(row))


def _item(column: ItemColumn, row: int) -> ItemResult:
    rule = column.rule
    return ItemResult(
        state=ItemState(int(column.state[row])),
        origin=Origin(int(column.origin[row])),
        points=column.points.row(row),
        rule_points=rule.outcome.points.row(row) if rule is not None and rule.scored[row] else None,
    )
