"""The whole method, top to bottom: figures → item points → precedence → roll-up → parts → per cent → grade → rank."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parindex.domain.criteria.criteria_set import CriteriaSet, GradedBy, WithoutFigures
from parindex.domain.errors import InvalidInput
from parindex.domain.index.aggregate import NodeTotals, index_of, item_totals, part_totals, whole_totals
from parindex.domain.index.checks import blocking, grouped, may_change, problems_of
from parindex.domain.index.grade import grade_positions
from parindex.domain.index.item_points import scored_items
from parindex.domain.index.item_states import answered
from parindex.domain.index.rank import competition_ranks
from parindex.domain.index.result import Result
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.score_sheet import ScoreSheets
from parindex.domain.scoring.usable import Plan, require_usable
from parindex.domain.values import Mask, Numbers, block_sum


def compute(
    criteria_set: CriteriaSet,
    figures: Figures,
    sheets: ScoreSheets,
    *,
    final: bool = False,
    plan: Plan | None = None,
) -> Result:
    """Compute the index of every unit of ``sheets`` (``figures.units`` must be the same units in the same order).

    ``plan`` is this set made ready by :func:`~parindex.domain.scoring.usable.require_usable`, where the caller has
    it; else that is done here.

    A final result refuses (:class:`InvalidInput`) while anything is pending or undecided; a provisional one leaves
    the pending out of points and maximum and says so (:func:`~parindex.domain.index.checks.may_change`). What is final
    has no provisional unit: figures that are missing then stay so.
    Source: decision 2270/QĐ-UBND, II.1.4; decision 1149/QĐ-BNV of 2020 for the parts.
    """
    plan = require_usable(criteria_set) if plan is None else plan

    items = scored_items(plan, figures, sheets, criteria_set.rounding.item, _absent(criteria_set))

    of_items = item_totals(plan, items)
    nodes = NodeTotals(criteria_set, of_items)
    parts = part_totals(criteria_set, plan, of_items)
    whole = whole_totals(criteria_set.index, plan, of_items)

    index = index_of(whole, criteria_set.index, criteria_set.rounding.index)
    has_index = whole.result.assessed()
    if criteria_set.index.without_figures is WithoutFigures.NOT_RANKED:
        has_index = has_index & answered(items.states).any(axis=0)
    graded = whole.result.points if criteria_set.index.graded_by is GradedBy.POINTS else index
    grade = grade_positions(graded, has_index, criteria_set.grades)
    rank = _ranks(criteria_set, figures, graded, has_index)
    totals = {one.id: block_sum(items.points, items.rows, of_items.at(one.items)) for one in criteria_set.totals}

    problems = problems_of(criteria_set, plan, figures, sheets, items)
    if final and (refusals := blocking(sheets, items, problems)):
        raise InvalidInput(refusals)
    provisional = np.zeros(items.rows, bool) if final else may_change(sheets, items, problems)
    return Result(
        criteria_set, plan, figures, sheets, items, nodes, parts, whole,
        index, has_index, graded, grade, rank, provisional, totals, problems,
    )  # fmt: skip


def _absent(criteria_set: CriteriaSet) -> list[str]:
    """The items whose part is not measured in this cycle."""
    parts = set(criteria_set.index.absent_parts)
    return [node.code for node in criteria_set.items() if criteria_set.part_of(node) in parts] if parts else []


def _ranks(criteria_set: CriteriaSet, figures: Figures, graded: Numbers, has_index: Mask) -> NDArray[np.int32]:
    """The competition rank inside each unit group; 0 for a unit without an index or outside the ranking."""
    ranked = figures.ranked & has_index & grouped(criteria_set, figures)
    ranks = np.zeros(len(graded), dtype=np.int32)
    for rows in figures.group_rows.values():
        members = rows[ranked[rows]]
        ranks[members] = competition_ranks(graded, members, criteria_set.index.tie_tolerance)
    return ranks
