"""How sure the ranks of a group are: intervals where every ranked unit has standard errors of its survey points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.core.cache import caches

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Publication, UnitResult
from parindex.database.queries.public_results import details_of_group
from parindex.database.queries.publications import detail_of
from parindex.domain.criteria.criteria_set import SURVEYED, GradedBy
from parindex.domain.index.rank_intervals import Estimated, RankInterval, error_of_sum, rank_intervals
from parindex.domain.values import exact_number
from parindex.web.public_results.kept_answers import PAGES


@dataclass(frozen=True, slots=True)
class Certainty:
    """The interval of each ranked unit by its code; none where errors are missing. ``is_sampled``: whether any
    points come from a survey at all.
    """

    intervals: Mapping[str, RankInterval]
    is_sampled: bool


def certainty(publication: Publication, group: str, frozen: FrozenSet) -> Certainty:
    """Worked out once for a publication and group, and kept: it follows from the details of all units, which a search
    for a name must not read again each time.
    """
    name = f"certainty-{publication.finalisation.snapshot.fingerprint}-{group}"
    kept: Certainty | None = caches[PAGES].get(name)
    if kept is None:
        kept = _certainty(publication, group, frozen)
        caches[PAGES].set(name, kept)
    return kept


def _certainty(publication: Publication, group: str, frozen: FrozenSet) -> Certainty:
    """Read unit by unit and given up at the first one without errors."""
    index = frozen.criteria_set.index
    if not any(item.node.source in SURVEYED for item in frozen.items.values()):
        return Certainty({}, is_sampled=False)
    by_points = index.graded_by is GradedBy.POINTS
    units: dict[str, Estimated] = {}
    is_sampled = False
    for result in details_of_group(publication, group, ranked=True):
        errors = _errors(detail_of(result)["items"])
        if "" in errors:
            return Certainty({}, is_sampled=True)
        is_sampled = is_sampled or bool(errors)
        error = error_of_sum(exact_number(one) for one in errors)
        units[result.unit_code] = _estimated(result, error, by_points=by_points)
    if not is_sampled:
        return Certainty({}, is_sampled=False)
    found = rank_intervals(list(units.values()), tolerance=index.tie_tolerance)
    return Certainty(dict(zip(units, found, strict=True)), is_sampled=True)


def _errors(items: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The errors of the points that surveys give a unit, "" for one without; none of points that the council granted in
    their place: those are not estimated.
    """
    surveyed = (one for one in items.values() if one["origin"] == "survey" and one["state"] == "answered")
    return [one["survey_error"] or "" for one in surveyed]


def _estimated(result: UnitResult, error: Fraction, *, by_points: bool) -> Estimated:
    if by_points:
        return Estimated(exact_number(result.points), error)
    return Estimated(exact_number(result.index), error * 100 / exact_number(result.max_points))
