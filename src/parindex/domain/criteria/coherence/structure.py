"""What a table has, counted anew: the figures beside which the declared ones stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.criteria.coherence.declared import areas_with_declarations, count_in_area, count_of
from parindex.domain.criteria.coherence.outline import Outline
from parindex.domain.criteria.coherence.point_sums import PointSums, total_points
from parindex.domain.criteria.coherence.sources import ItemSources, part_points
from parindex.domain.criteria.criteria_set import CriteriaSet, Declared


@dataclass(frozen=True, slots=True)
class AreaStructure:
    """One area: what it has and, where the prose speaks of it, what it should have."""

    code: str
    title: str
    criteria: int
    subcriteria: int
    items: int
    max_points: Fraction | None
    declared_criteria: int | None = None
    declared_subcriteria: int | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """The table counted anew.

    ``parts`` are points by part, each item under the source that its heading and the declared parts settle;
    ``parts_as_printed`` under the source that the note column prints. ``groups`` of ``parents`` with points are the
    sum of their children. What counts outside the hundred is no part of the counts, unless the prose counts it too.
    """

    rows: int
    areas: int
    criteria: int
    subcriteria: int
    items: int
    max_points: Fraction
    parts: Mapping[str, Fraction]
    parts_as_printed: Mapping[str, Fraction]
    by_area: tuple[AreaStructure, ...]
    groups: int
    parents: int
    declared: Declared


def structure_of(criteria_set: CriteriaSet, rows: Outline, sums: PointSums, sources: ItemSources) -> Structure:
    """Count ``rows``."""
    declared = criteria_set.declared
    return Structure(
        rows=len(rows.lines),
        areas=count_of(rows, "areas", declared.areas),
        criteria=count_of(rows, "criteria", declared.criteria),
        subcriteria=count_of(rows, "subcriteria", declared.subcriteria),
        items=count_of(rows, "items", declared.items),
        max_points=total_points(rows, sums),
        parts=part_points(criteria_set, rows, sums, sources.settled),
        parts_as_printed=part_points(criteria_set, rows, sums, sources.printed),
        by_area=_areas(criteria_set, rows, sums),
        groups=sums.groups,
        parents=sum(1 for line in rows.lines if line.children),
        declared=declared,
    )


def _areas(criteria_set: CriteriaSet, rows: Outline, sums: PointSums) -> tuple[AreaStructure, ...]:
    declared = {line.position: stated for line, stated in areas_with_declarations(criteria_set.declared, rows)}
    areas = []
    for line in rows.areas():
        stated = declared.get(line.position)
        areas.append(
            AreaStructure(
                code=line.code,
                title=line.node.title,
                criteria=count_in_area(rows, line, "criteria"),
                subcriteria=count_in_area(rows, line, "subcriteria"),
                items=sum(1 for below in rows.below(line) if below.is_item),
                max_points=sums.settled[line.position],
                declared_criteria=stated.criteria if stated else None,
                declared_subcriteria=stated.subcriteria if stated else None,
            )
        )
    return tuple(areas)
