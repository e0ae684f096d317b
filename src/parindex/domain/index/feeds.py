"""Figures that one criteria set feeds to another: how many units were rated, and how many reached a grade.

The index of a province asks how many departments, districts and communes were rated good or better in the evaluation
of how procedures are handled (sheet of 2020, item 3.4.5: 125 of 129 communes).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.index.result import Result


@dataclass(frozen=True, slots=True)
class FedFigure:
    """A count for a measure of another set; ``unsettled`` are the units beside it (or in it, where they were asked for)
    that would count as they stand now.
    """

    measure: str
    count: int
    unsettled: int = 0


#: A unit that has an index: its group, its grade, and whether that may still change.
Rated = tuple[str, str | None, bool]


def fed_figures(result: Result, *, unsettled: bool = False) -> tuple[FedFigure, ...]:
    """What the set of ``result`` declares as ``feeds``, in its order.

    A unit counts as rated when it has an index; one without (nothing was assessed or reported) counts nowhere, and one
    whose grade may still change only where ``unsettled`` ones are asked for. A group without any unit gives no figure:
    nobody has said that there are none.
    """
    views = [result.unit(row) for row in range(len(result.units))]
    unsure = result.unsettled.tolist()
    rated = [
        (view.unit.group, view.grade, may_change)
        for view, may_change in zip(views, unsure, strict=True)
        if view.index is not None
    ]
    groups = {view.unit.group for view in views}
    return tuple(_fed(result.criteria_set, groups, rated, unsettled=unsettled))


def fed_by_rated(criteria_set: CriteriaSet, groups: Collection[str], rated: Sequence[Rated]) -> tuple[FedFigure, ...]:
    """The same from units that were rated elsewhere, of ``groups`` that have units: a result that was published."""
    return tuple(_fed(criteria_set, groups, rated, unsettled=False))


def _fed(
    criteria_set: CriteriaSet, groups: Collection[str], rated: Sequence[Rated], *, unsettled: bool
) -> Iterator[FedFigure]:
    edges = {grade.title: grade.lower for grade in criteria_set.grades}
    for feed in criteria_set.feeds:
        if feed.unit_group not in groups:
            continue
        reached = [
            may_change
            for group, grade, may_change in rated
            if group == feed.unit_group
            and (not feed.grade or (grade is not None and edges[grade] >= edges[feed.grade]))
        ]
        yield FedFigure(feed.measure, len(reached) if unsettled else reached.count(False), sum(reached))


def unsettled_units(result: Result) -> list[int]:
    """The rows of the units in the groups of ``feeds`` whose grade may still change."""
    groups = {feed.unit_group for feed in result.criteria_set.feeds}
    return [row for row in np.flatnonzero(result.unsettled).tolist() if result.units[row].group in groups]
