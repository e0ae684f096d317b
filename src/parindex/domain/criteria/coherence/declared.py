"""What the prose declares against what the table has: counts, counts by area, parts of the hundred."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.coherence.outline import Line, Outline
from parindex.domain.criteria.coherence.point_sums import PointSums, item_points, total_points
from parindex.domain.criteria.coherence.sources import ItemSources, names_survey, part_of, part_points
from parindex.domain.criteria.criteria_set import AreaDeclaration, CriteriaSet, Declared, Source
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place
from parindex.domain.values import number_text

_LEVELS = {"areas": 1, "criteria": 2, "subcriteria": 3}


def count_of(rows: Outline, what: str, stated: int | None = None) -> int:
    """How many ``areas``, ``criteria``, ``subcriteria`` or ``items`` the table has within the hundred; those outside
    (bonus, penalty) are counted too where only that gives the ``stated`` number.
    """
    lines = list(rows.items() if what == "items" else rows.at_level(_LEVELS[what]))
    inside = sum(1 for line in lines if not rows.counts_outside(line))
    return len(lines) if stated == len(lines) else inside


def count_findings(criteria_set: CriteriaSet, rows: Outline) -> Iterator[Finding]:
    """Declared counts of the whole table, then of each area."""
    declared = criteria_set.declared
    for what in ("areas", "criteria", "subcriteria", "items"):
        stated: int | None = getattr(declared, what)
        found = count_of(rows, what, stated)
        if stated is not None and stated != found:
            by_area = [{"code": area.code, "count": count_in_area(rows, area, what)} for area in _inside(rows)]
            facts = {"stated": stated, "found": found, "by_area": by_area}
            place = declared.places.get(what, Place())
            yield Finding(f"count_{what}", Severity.ERROR, place, "", str(stated), str(found), facts)
    yield from _area_counts(declared, rows)


def _area_counts(declared: Declared, rows: Outline) -> Iterator[Finding]:
    for area, stated in areas_with_declarations(declared, rows):
        for what in ("criteria", "subcriteria"):
            count: int | None = getattr(stated, what)
            found = count_in_area(rows, area, what)
            if count is not None and count != found:
                yield _count_in_area(declared, rows, area, stated, what, count, found)
        found_points = area.node.max_points
        if stated.max_points is not None and found_points is not None and stated.max_points != found_points:
            facts = {"title": area.node.title}
            yield Finding(
                "points_in_area",
                Severity.ERROR,
                stated.place,
                area.code,
                number_text(stated.max_points),
                number_text(found_points),
                facts,
            )


def areas_with_declarations(declared: Declared, rows: Outline) -> list[tuple[Line, AreaDeclaration]]:
    """Each area with what the prose says of it: by title, else by position where both are equally many; the prose may
    leave out the areas outside the hundred.
    """
    by_title = {_plain(one.title): one for one in declared.by_area}
    ways = (list(rows.areas()), _inside(rows))
    in_step = next((areas for areas in ways if len(areas) == len(declared.by_area)), [])
    by_position = dict(zip((area.position for area in in_step), declared.by_area, strict=False))
    pairs = []
    for area in rows.areas():
        found = by_title.get(_plain(area.node.title)) or by_position.get(area.position)
        if found is not None:
            pairs.append((area, found))
    return pairs


def _inside(rows: Outline) -> list[Line]:
    """The areas within the hundred."""
    return [area for area in rows.areas() if area.node.outside is None]


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def count_in_area(rows: Outline, area: Line, what: str) -> int:
    """How many criteria, subcriteria or items stand in ``area``, which is one of the areas itself."""
    return sum(1 for _ in _counted_in(rows, area, what))


def _counted_in(rows: Outline, area: Line, what: str) -> Iterator[Line]:
    return (line for line in rows.below(area) if (line.is_item if what == "items" else line.level == _LEVELS[what]))


def _count_in_area(
    declared: Declared, rows: Outline, area: Line, stated: AreaDeclaration, what: str, count: int, found: int
) -> Finding:
    """Where the prose's own total fits the table, the prose contradicts itself: to be confirmed, no error."""
    total: int | None = getattr(declared, what)
    pairs = areas_with_declarations(declared, rows)
    counts = [count_in_area(rows, line, what) for line, _ in pairs]
    stated_sum = sum(getattr(one, what) or 0 for _, one in pairs)
    confirmed = total is not None and total == count_of(rows, what, total)
    facts: dict[str, Any] = {
        "what": what,
        "title": area.node.title,
        "stated": count,
        "found": found,
        "declared_total": total,
        "declared_sum": stated_sum,
        "found_by_area": counts,
        "counted": [line.code for line in _counted_in(rows, area, what)],
        "table_fits_total": confirmed,
        "proposal": found if confirmed else None,
    }
    severity = Severity.WARNING if confirmed else Severity.ERROR
    return Finding("count_in_area", severity, stated.place, area.code, str(count), str(found), facts)


# --- parts of the hundred ------------------------------------------------------------------------------------------


def part_findings(criteria_set: CriteriaSet, rows: Outline, sums: PointSums, sources: ItemSources) -> Iterator[Finding]:
    """Declared points of the parts against the items: one finding, since what one part lacks another has too much."""
    declared = criteria_set.declared.parts
    found = part_points(criteria_set, rows, sums, sources.settled)
    wrong = [part for part, points in declared.items() if found.get(part, Fraction(0)) != points]
    if not wrong or _is_wrong_sum(rows, sums, declared[wrong[0]] - found.get(wrong[0], Fraction(0)), len(wrong)):
        return
    lead = next((part for part in wrong if not _is_report(criteria_set, part)), wrong[0])
    titles = {part.id: part.title for part in criteria_set.parts}
    facts: dict[str, Any] = {
        "part": lead,
        "title": titles.get(lead, ""),
        "parts": [
            {"part": part, "title": titles.get(part, ""), "stated": points, "found": found.get(part, Fraction(0))}
            for part, points in declared.items()
        ],
        "by_area": _by_area(criteria_set, rows, sums, sources, lead),
        "undeclared": {part: points for part, points in found.items() if part not in declared},
    }
    # A table that marks no item as surveyed is silent about the parts; it does not contradict them.
    marked = any(_marks_survey(rows, rows.lines[at], source) for at, source in sources.settled.items())
    facts["marked"] = marked
    places = criteria_set.declared.places
    yield Finding(
        "parts_points",
        Severity.ERROR if marked else Severity.WARNING,
        places.get(f"parts/{lead}") or places.get(lead, Place()),
        "",
        number_text(declared[lead]),
        number_text(found.get(lead, Fraction(0))),
        facts,
    )


def _marks_survey(rows: Outline, line: Line, source: Source | None) -> bool:
    """Whether somebody marked an item as surveyed; a reader that went by the heading alone says nothing of others."""
    return source not in (None, Source.REPORT) and (bool(line.node.note) or not names_survey(rows, line))


def _is_wrong_sum(rows: Outline, sums: PointSums, missing: Fraction, parts: int) -> bool:
    """Whether one part alone is off by what the items differ from the areas: a wrong sum, found in the tree."""
    return parts == 1 and missing == total_points(rows, sums) - item_points(rows, sums) != 0


def _is_report(criteria_set: CriteriaSet, part: str) -> bool:
    return part == Source.REPORT.value or any(
        one.id == part and Source.REPORT in one.sources for one in criteria_set.parts
    )


def _by_area(
    criteria_set: CriteriaSet, rows: Outline, sums: PointSums, sources: ItemSources, part: str
) -> list[dict[str, Any]]:
    """Items and points of one part, area by area."""
    table = []
    for area in rows.areas():
        items = [
            line
            for line in rows.below(area)
            if line.is_item and part_of(criteria_set, line, sources.settled[line.position]) == part
        ]
        table.append({"code": area.code, "items": len(items), "points": sums.total(items)})
    return table
