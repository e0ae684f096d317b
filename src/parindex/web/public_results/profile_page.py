"""The profile of a unit: index and rank, years, areas, what it is good and weak at, what was lost and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import OutsideResult, Publication, UnitResult
from parindex.database.queries.public_results import OwnPublications, ranked_in_group, results_through_years
from parindex.database.queries.publications import LastYear, detail_of, last_year_of
from parindex.database.queries.withheld_texts import public_detail, withheld_in
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.publication.difference import UnitDifference
from parindex.domain.values import exact_number
from parindex.web.public_results.outside_series import OutsideSeries, outside_series
from parindex.web.public_results.published_sets import group_of
from parindex.web.public_results.ranking_page import corrected, full_maximum, step_of
from parindex.web.public_results.unit_items import ItemLine, LeftOut, explained, left_out, lost_points
from parindex.web.public_results.years_chart import YearsChart, years_chart

#: How many items and criteria the lists name before "all".
MOST_LOST, MOST_NAMED = 8, 3


@dataclass(frozen=True, slots=True)
class Share:
    """Points of a maximum of a node or part, and the points of last year where they can be compared."""

    code: str
    title: str
    points: Fraction
    max_points: Fraction
    before: Fraction | None = None

    @property
    def per_cent(self) -> Fraction | None:
        """The share achieved; None where nothing is assessed."""
        return self.points * 100 / self.max_points if self.max_points else None

    @property
    def change(self) -> Fraction | None:
        """Against last year, in points."""
        return None if self.before is None else self.points - self.before

    @property
    def lost(self) -> Fraction:
        """What is missing to the maximum."""
        return self.max_points - self.points


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year of the unit: index, rank, grade, and the cycle where it stands."""

    year: int
    cycle: int
    index: Fraction
    rank: int | None
    grade: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands: index, points, rank among how many and beside how many; ``before``: what stands beside it of
    the year before, of several units where it has taken their places.
    """

    index: Fraction | None
    points: Fraction
    max_points: Fraction
    left_out: Fraction
    step: int
    ranked: int
    tied: int
    before: Sequence[LastYear]

    @property
    def own_before(self) -> UnitResult | None:
        """The one result of the year before; None for none and for several."""
        return self.before[0].result if len(self.before) == 1 else None

    @property
    def index_change(self) -> Fraction | None:
        """The index against the year before, in points of per cent."""
        own = self.own_before
        if own is None or not own.index or self.index is None:
            return None
        return self.index - exact_number(own.index)


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """Everything on the page; ``lost``: the items with the most points lost, or all where they were asked for;
    ``simulated``: the figures are made up.
    """

    result: UnitResult
    group_title: str
    standing: Standing
    years: Sequence[YearLine]
    chart: YearsChart | None
    areas: Sequence[Share]
    parts: Sequence[Share]
    strong: Sequence[Share]
    weak: Sequence[Share]
    lost: Sequence[ItemLine]
    lost_items: int
    lost_points: Fraction
    not_assessed: Sequence[LeftOut]
    outside: Sequence[OutsideSeries]
    corrected: UnitDifference | None
    simulated: bool

    @property
    def rank_change(self) -> int | None:
        """Places won against the year before."""
        own = self.standing.own_before
        return own.rank - self.result.rank if own is not None and own.rank and self.result.rank else None

    @property
    def year_values(self) -> list[tuple[int, Fraction]]:
        """The index by year."""
        return [(one.year, one.index) for one in self.years]

    @property
    def longest(self) -> Fraction:
        """The largest maximum of an area: the scale of the bars."""
        return max((one.max_points for one in self.areas), default=Fraction(1)) or Fraction(1)

    @property
    def has_before(self) -> bool:
        """Whether any area can be compared with last year's."""
        return any(one.before is not None for one in self.areas)


def profile_page(
    around: OwnPublications, publication: Publication, result: UnitResult, outside: Sequence[OutsideResult],
    at: datetime, *, everything: bool,
) -> ProfilePage:  # fmt: skip
    """The profile of the unit of ``result``; ``everything``: all items, not only those with most points lost."""
    group, frozen = group_of(publication.cycle_id, result.group_code)
    detail = public_detail(result, withheld_in(publication.cycle_id))
    unit = result.sheet.unit_id
    standing = _standing(publication, result, frozen, last_year_of(publication, at, [unit]).get(unit, ()))
    items = list(lost_points(frozen, detail))
    lost = sorted((one for one in items if one[1] > 0), key=lambda one: -one[1])
    named = [code for code, _ in (items if everything else lost[:MOST_LOST])]
    nodes = {code: _share(one, code, "") for code, one in detail["nodes"].items()}
    strong, weak = _extremes(_criteria(frozen, nodes))
    years = list(_years(around, publication, result))
    return ProfilePage(
        result=result,
        group_title=group.title,
        standing=standing,
        years=years,
        chart=years_chart([(one.year, one.index) for one in years]),
        areas=list(areas_of(frozen, detail, standing.own_before)),
        parts=list(_parts(frozen, detail)),
        strong=strong,
        weak=weak,
        lost=explained(publication, result, frozen, detail, named),
        lost_items=len(lost),
        lost_points=sum((one for _, one in lost), Fraction(0)),
        not_assessed=list(left_out(frozen, detail)),
        outside=outside_series(outside),
        corrected=corrected(publication).get(result.unit_code),
        simulated=bool(detail.get("simulated")),
    )


def _standing(publication: Publication, result: UnitResult, frozen: FrozenSet, before: Sequence[LastYear]) -> Standing:
    maximum = exact_number(result.max_points)
    ranks = ranked_in_group(publication, result.group_code)
    return Standing(
        index=exact_number(result.index) if result.index else None,
        points=exact_number(result.points),
        max_points=maximum,
        left_out=max(full_maximum(frozen) - maximum, Fraction(0)),
        step=step_of(result.grade, frozen),
        ranked=len(ranks),
        tied=ranks.count(result.rank) if result.rank else 0,
        before=before,
    )


def _parts(frozen: FrozenSet, detail: Mapping[str, Any]) -> Iterator[Share]:
    """The parts of the hundred, in the order of the set."""
    for one in frozen.criteria_set.parts:
        if one.id in detail["parts"]:
            yield _share(detail["parts"][one.id], "", one.title)


def _share(of: Mapping[str, str], code: str, title: str) -> Share:
    return Share(code, title, exact_number(of["points"]), exact_number(of["max_points"]))


def _title(node: Node) -> str:
    return node.display_title or node.title


def areas_of(frozen: FrozenSet, detail: Mapping[str, Any], own: UnitResult | None) -> Iterator[Share]:
    """The areas with last year's points beside: only of an area with the same code, title and maximum of its set."""
    earlier: dict[str, Fraction] = {}
    if own is not None:
        _, was = group_of(own.finalisation.cycle_id, own.group_code)
        same = {(area.code, _title(area), area.max_points) for area in was.criteria_set.areas}
        stood = detail_of(own)["nodes"]
        earlier = {
            area.code: exact_number(stood[area.code]["points"])
            for area in frozen.criteria_set.areas
            if (area.code, _title(area), area.max_points) in same and area.code in stood
        }
    for area in frozen.criteria_set.areas:
        one = _share(detail["nodes"][area.code], area.code, _title(area))
        yield replace(one, before=earlier.get(area.code))


def _criteria(frozen: FrozenSet, nodes: Mapping[str, Share]) -> list[Share]:
    """What stands below the areas (an area without criteria is one itself), where something is assessed."""
    found = [child for area in frozen.criteria_set.areas for child in (area.children or (area,))]
    shares = [(one, nodes[one.code]) for one in found if one.code in nodes]
    return [Share(one.code, _title(one), of.points, of.max_points) for one, of in shares if of.max_points]


def _extremes(criteria: Sequence[Share]) -> tuple[list[Share], list[Share]]:
    """The criteria with the highest and the lowest shares; none stands on both sides."""
    order = sorted(criteria, key=lambda one: (one.per_cent or Fraction(0), -one.lost))
    count = min(MOST_NAMED, len(order) // 2)
    strong = [one for one in reversed(order) if one.points][:count]
    return strong, [one for one in order[:count] if one.lost]


def _years(around: OwnPublications, publication: Publication, result: UnitResult) -> Iterator[YearLine]:
    """The years of the unit up to this one, in the same group where it was in several of a year."""
    latest = {one.finalisation_id: one for one in around.latest if one.cycle.year <= publication.cycle.year}
    latest = {key: one for key, one in latest.items() if one.cycle_id != publication.cycle_id}
    latest[publication.finalisation_id] = publication
    by_year: dict[int, UnitResult] = {}
    for one in results_through_years(list(latest.values()), result.unit_code):
        year = latest[one.finalisation_id].cycle.year
        if one.index and (year not in by_year or one.group_code == result.group_code):
            by_year[year] = one
    for year, one in sorted(by_year.items()):
        yield YearLine(year, latest[one.finalisation_id].cycle_id, exact_number(one.index), one.rank, one.grade)
