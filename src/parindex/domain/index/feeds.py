"""Figures that one criteria set feeds to another: how many units were rated, and how many reached a grade.

The index of a province asks how many departments, districts and communes were rated good or better in the evaluation
of how procedures are handled (sheet of 2020, item 3.4.5: 125 of 129 communes).
"""

from __future__ import annotations

from dataclasses import dataclass

from parindex.domain.index.result import Result


@dataclass(frozen=True, slots=True)
class FedFigure:
    """A count for a measure of another set."""

    measure: str
    count: int


def fed_figures(result: Result) -> tuple[FedFigure, ...]:
    """What the set of ``result`` declares as ``feeds``, in its order.

    A unit counts as rated when it has an index; one without (nothing was assessed or reported) counts nowhere. A group
    without any unit gives no figure: nobody has said that there are none.
    """
    edges = {grade.title: grade.lower for grade in result.criteria_set.grades}
    views = [result.unit(row) for row in range(len(result.units))]
    rated = [(view.unit.group, view.grade) for view in views if view.index is not None]
    groups = {view.unit.group for view in views}
    return tuple(
        FedFigure(
            feed.measure,
            sum(
                group == feed.unit_group
                and (not feed.grade or (grade is not None and edges[grade] >= edges[feed.grade]))
                for group, grade in rated
            ),
        )
        for feed in result.criteria_set.feeds
        if feed.unit_group in groups
    )
