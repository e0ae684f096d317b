"""Who gives the points: the note column against the heading above it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.domain.criteria.coherence.outline import Line, Outline
from parindex.domain.criteria.coherence.places import place_of
from parindex.domain.criteria.coherence.point_sums import PointSums
from parindex.domain.criteria.criteria_set import SURVEYED, CriteriaSet, Source
from parindex.domain.criteria.findings import Finding, Severity

#: Words of a heading that name the survey which its items come from. Both are surveys of opinions, and papers mix
#: them up; an item that is reported may well be about a survey ("Tổ chức khảo sát sự hài lòng"), so a heading never
#: makes a reported item a survey.
_SATISFACTION = re.compile(
    r"sipas|khảo sát (mức độ |sự )?hài lòng|(chỉ số|mức độ|kết quả|đo lường) (sự )?hài lòng", re.IGNORECASE
)
_OPINION = re.compile(r"điều tra xã hội học|đtxhh", re.IGNORECASE)
#: The part of items of which nothing tells who gives the points.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ItemSources:
    """The source of every item by position: ``printed`` as noted, ``settled`` as heading and declared parts have it;
    None where nothing tells.
    """

    printed: Mapping[int, Source | None]
    settled: Mapping[int, Source | None]
    findings: tuple[Finding, ...]


def part_points(
    criteria_set: CriteriaSet, rows: Outline, sums: PointSums, sources: Mapping[int, Source | None]
) -> dict[str, Fraction]:
    """Points by part under ``sources``; where the set declares no part for an item, its source stands for it."""
    points: dict[str, Fraction] = defaultdict(Fraction)
    for line in rows.items():
        if not rows.counts_outside(line):
            points[part_of(criteria_set, line, sources[line.position])] += sums.settled[line.position] or 0
    return dict(points)


def part_of(criteria_set: CriteriaSet, line: Line, source: Source | None) -> str:
    """The part that an item counts in if its points come from ``source``."""
    return criteria_set.part_of(replace(line.node, source=source)) or (UNKNOWN if source is None else source.value)


def item_sources(criteria_set: CriteriaSet, rows: Outline, sums: PointSums) -> ItemSources:
    """Settle the sources: the heading wins over the note, unless only the notes make the declared parts come out."""
    # Where parts of the total are declared, what is no survey is reported.
    other = Source.REPORT if criteria_set.declared.parts or criteria_set.parts else None
    printed = {line.position: _printed_source(line) or other for line in rows.items()}
    groups = _at_odds(rows, printed)
    settled = printed | {line.position: source for (_, source), lines in groups.items() for line in lines}
    declared = criteria_set.declared.parts
    by_heading = part_points(criteria_set, rows, sums, settled)
    by_note = part_points(criteria_set, rows, sums, printed)
    heading_fits = bool(declared) and _fits(declared, by_heading)
    note_fits = bool(declared) and _fits(declared, by_note)
    findings = [
        _at_odds_finding(heading, source, lines, sums, heading_fits, note_fits)
        for (heading, source), lines in groups.items()
    ]
    return ItemSources(printed, printed if note_fits and not heading_fits else settled, tuple(findings))


def _fits(declared: Mapping[str, Fraction], found: Mapping[str, Fraction]) -> bool:
    return all(found.get(part, Fraction(0)) == points for part, points in declared.items())


def _at_odds(rows: Outline, printed: Mapping[int, Source | None]) -> dict[tuple[Line, Source], list[Line]]:
    """Items whose survey is another one than a heading above them names, by that heading."""
    groups: dict[tuple[Line, Source], list[Line]] = {}
    for line in rows.items():
        named = _named_survey(rows, line) or _settled_before(rows, line)
        if named is not None and printed[line.position] in SURVEYED and printed[line.position] is not named[1]:
            groups.setdefault(named, []).append(line)
    return groups


def _settled_before(rows: Outline, line: Line) -> tuple[Line, Source] | None:
    """The survey that somebody has settled on for an item against its note."""
    source = line.node.source
    return (rows.parent(line) or line, source) if source in SURVEYED else None


def _printed_source(line: Line) -> Source | None:
    """What the note column says; the settled source where it names no survey."""
    note = line.node.note
    satisfaction, opinion = _SATISFACTION.search(note), _OPINION.search(note)
    if bool(satisfaction) == bool(opinion):
        return line.node.source
    return Source.SATISFACTION_INDEX if satisfaction else Source.OPINION_SURVEY


def names_survey(rows: Outline, line: Line) -> bool:
    """Whether the title of ``line`` or a heading above it names a survey."""
    titles = [one.node.title for one in (line, *rows.above(line))]
    return any(_SATISFACTION.search(title) or _OPINION.search(title) for title in titles)


def _named_survey(rows: Outline, line: Line) -> tuple[Line, Source] | None:
    """The nearest heading above ``line`` that names a survey, and which."""
    for above in rows.above(line):
        satisfaction, opinion = _SATISFACTION.search(above.node.title), _OPINION.search(above.node.title)
        if bool(satisfaction) != bool(opinion):
            return above, Source.SATISFACTION_INDEX if satisfaction else Source.OPINION_SURVEY
    return None


def _at_odds_finding(
    heading: Line, source: Source, lines: list[Line], sums: PointSums, heading_fits: bool, note_fits: bool
) -> Finding:
    points = sums.total(lines)
    facts = {
        "title": heading.node.title,
        "codes": tuple(line.code for line in lines),
        "notes": tuple(dict.fromkeys(line.node.note for line in lines)),
        "points": points,
        "proposal": source.value,
        "parts_fit_heading": heading_fits,
        "parts_fit_note": note_fits,
        "places": tuple(place_of(line) for line in lines),
    }
    noted = str(_printed_source(lines[0]))
    return Finding("source_heading", Severity.WARNING, place_of(lines[0]), heading.code, noted, source.value, facts)
