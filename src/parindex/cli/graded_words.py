"""What grades and ranks go by, as text: the index in per cent, or the points where the set grades by points; what a
result is of: its set and period.
"""

from __future__ import annotations

from fractions import Fraction

from parindex.domain.criteria.criteria_set import CriteriaSet, GradedBy
from parindex.domain.index.result import Result
from parindex.domain.units import Unit
from parindex.wording import numbers
from parindex.wording.language import text
from parindex.wording.period_words import period_words


def titled(result: Result) -> str:
    """The title of the set with the period, or the year, that the result is of."""
    made = result.criteria_set
    return f"{made.title} ({made.year if result.period is None else period_words(result.period)})"


def group_title(made: CriteriaSet, unit: Unit) -> str:
    """What heads the units that are ranked with ``unit``: the group of the set, or the office of officials."""
    return next((one.title for one in made.unit_groups if one.id == unit.group), unit.group_title or unit.group)


def by_points(made: CriteriaSet) -> bool:
    """Whether grades and ranks of ``made`` go by points."""
    return made.index.graded_by is GradedBy.POINTS


def graded_text(made: CriteriaSet, value: Fraction, edge: Fraction | None) -> str:
    """A graded value, with as many decimals as show on which side of the grade edge ``edge`` it lies."""
    return (
        text("{points} điểm", points=numbers.points_text(value, 12))
        if by_points(made)
        else numbers.index_text(value, edge)
    )


def printed_text(made: CriteriaSet, value: Fraction, places: int) -> str:
    """A graded value with ``places`` decimals."""
    return (
        text("{points} điểm", points=numbers.fixed(value, places))
        if by_points(made)
        else numbers.percent(value, places)
    )
