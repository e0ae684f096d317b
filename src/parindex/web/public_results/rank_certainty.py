"""How sure the ranks of a group are: intervals where every ranked unit has standard errors of its survey points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Publication, UnitResult
from parindex.database.queries.public_results import details_of_group
from parindex.database.queries.publications import detail_of
from parindex.domain.criteria.criteria_set import GradedBy, Source
from parindex.domain.index.rank_intervals import Estimated, RankInterval, error_of_sum, rank_intervals
from parindex.domain.values import exact_number

_SAMPLED = (Source.OPINION_SURVEY, Source.SATISFACTION_INDEX)


@dataclass(frozen=True, slots=True)
class Certainty:
    """The interval of each ranked unit by its code; none where errors are missing. ``is_sampled``: whether any item of
    the set is scored by a survey at all.
    """

    intervals: Mapping[str, RankInterval]
    is_sampled: bool


def certainty(publication: Publication, group: str, frozen: FrozenSet) -> Certainty:
    """Read unit by unit and given up at the first one without errors."""
    sampled = [code for code, item in frozen.items.items() if item.node.source in _SAMPLED]
    if not sampled:
        return Certainty({}, is_sampled=False)
    by_points = frozen.criteria_set.index.graded_by is GradedBy.POINTS
    units: dict[str, Estimated] = {}
    for result in details_of_group(publication, group, ranked=True):
        error = _error(detail_of(result)["items"])
        if error is None:
            return Certainty({}, is_sampled=True)
        units[result.unit_code] = _estimated(result, error, by_points=by_points)
    found = rank_intervals(list(units.values()))
    return Certainty(dict(zip(units, found, strict=True)), is_sampled=True)


def _error(items: Mapping[str, Mapping[str, Any]]) -> Fraction | None:
    """The error of the points that surveys give a unit; None where one of them has none, or none are given."""
    surveyed = [one for one in items.values() if one["origin"] == "survey" and one["state"] == "answered"]
    if not surveyed or any(one["survey_error"] in ("", None) for one in surveyed):
        return None
    return error_of_sum(exact_number(one["survey_error"]) for one in surveyed)


def _estimated(result: UnitResult, error: Fraction, *, by_points: bool) -> Estimated:
    if by_points:
        return Estimated(exact_number(result.points), error)
    return Estimated(exact_number(result.index), error * 100 / exact_number(result.max_points))
