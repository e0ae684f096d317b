"""The ranking of a group: rank, change, index, points of the own maximum, grade, how sure the rank is."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import CycleGroup, Publication, UnitResult
from parindex.database.queries.public_results import ranked_rows
from parindex.database.queries.publications import LastYear, last_year_of
from parindex.documents.results.publication_differences import parse_difference
from parindex.domain.criteria.criteria_set import Grade, GradedBy
from parindex.domain.index.rank_intervals import RankInterval
from parindex.domain.publication.difference import UnitDifference
from parindex.domain.values import Rounding, exact_number
from parindex.web.public_results.rank_certainty import Certainty, certainty
from parindex.wording.public_results import grades_finding, leaders_finding, seeming_grade, seeming_tie

PER_PAGE = 100
#: Steps of the glyph of a grade.
STEPS = 5
#: Decimals that an index is printed with in tables.
PRINTED = Rounding(2)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a group, a page of it, names; ``whole``: everything, to be printed."""

    group: str = ""
    page: int = 1
    name: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One unit; ``change`` is places won against last year, None where there is no rank to compare with, or the unit is
    not shown; ``left_out``: points of the maximum that were not assessed; ``step``: 1 to 5 for the glyph; ``story``:
    why the printed index tells another story; ``corrected``: both values, where this publication corrects one.
    """

    code: str
    name: str
    rank: int | None
    is_tied: bool
    change: int | None
    index: Fraction | None
    points: Fraction
    max_points: Fraction
    left_out: Fraction
    grade: str
    step: int
    story: str = ""
    interval: RankInterval | None = None
    corrected: UnitDifference | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """All of a group: ``rows`` by rank, ``outside`` those without one; ``finding`` in one or two sentences."""

    group: CycleGroup
    frozen: FrozenSet
    rows: Sequence[RankingRow]
    outside: Sequence[RankingRow]
    finding: str
    certainty: Certainty
    last_year: int | None

    @property
    def grades(self) -> list[Grade]:
        """The grades, the highest first."""
        return sorted(self.frozen.criteria_set.grades, key=lambda one: one.lower, reverse=True)

    @property
    def by_points(self) -> bool:
        """Whether grades and ranks go by points."""
        return self.frozen.criteria_set.index.graded_by is GradedBy.POINTS


@dataclass(frozen=True, slots=True)
class RankingPage:
    """What of a ranking is shown: a page of it, or the units whose names were asked for."""

    ranking: Ranking
    groups: Sequence[tuple[CycleGroup, int]]
    rows: Sequence[RankingRow]
    asked: Asked
    first: int = 1
    ticks: Sequence[int] = field(default=())

    @property
    def last(self) -> int:
        """The place of the last row shown."""
        return self.first + len(self.rows) - 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this one."""
        return not self.asked.name and self.last < len(self.ranking.rows)


def ranking_page(publication: Publication, groups: Sequence[CycleGroup], asked: Asked, at: datetime) -> RankingPage:
    """The ranking that was asked for: six queries, and one more where the survey has standard errors.

    The year before is read of the units that are shown.
    """
    results = ranked_rows(publication)
    counts = Counter(one.group_code for one in results)
    group = next((one for one in groups if one.code == asked.group), groups[0])
    mine = [one for one in results if one.group_code == group.code]
    ranked = sorted((one for one in mine if one.rank), key=lambda one: (one.rank or 0, one.position))
    first = 1 if asked.name or asked.whole else (asked.page - 1) * PER_PAGE + 1
    places = _places(ranked, asked, first)
    shown = [ranked[one].unit_id for one in places]  # type: ignore[attr-defined]  # annotated by ranked_rows
    earlier = last_year_of(publication, at, None if len(shown) == len(results) else shown)
    outside = [one for one in mine if not one.rank]
    ranking = _ranking(publication, group, ranked, outside, earlier)
    named = [(one, counts[one.code]) for one in groups]
    rows = [ranking.rows[one] for one in places]
    return RankingPage(ranking, named, rows, asked, first, _ticks(len(ranked)))


def _places(ranked: Sequence[UnitResult], asked: Asked, first: int) -> Sequence[int]:
    """Which of those with a rank are shown, by their place in order."""
    if asked.name:
        wanted = folded(asked.name)
        return [place for place, one in enumerate(ranked) if wanted in folded(one.unit_name)]
    every = range(len(ranked))
    return every if asked.whole else every[first - 1 : first - 1 + PER_PAGE]


def folded(name: str) -> str:
    """A name as it is looked for: without marks and capitals, so that "so y te" finds "Sở Y tế"."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


def corrected(publication: Publication) -> dict[str, UnitDifference]:
    """What this publication has corrected, by unit; nothing for the first. One query where it is not."""
    if publication.number == 1:
        return {}
    return {one.code: one for one in parse_difference(publication.difference)}


def full_maximum(frozen: FrozenSet) -> Fraction:
    """The maximum of a unit of which everything is assessed: without what counts outside, without absent parts."""
    made = frozen.criteria_set
    absent = set(made.index.absent_parts)
    inside = [
        item.max_points
        for code, item in frozen.items.items()
        if code not in frozen.plan.outside and made.part_of(item.node) not in absent
    ]
    return sum(inside, Fraction(0))


def step_of(grade: str, frozen: FrozenSet) -> int:
    """How many steps the glyph of a grade fills: all five for the highest, none for none."""
    titles = [one.title for one in sorted(frozen.criteria_set.grades, key=lambda one: one.lower)]
    return -(-STEPS * (titles.index(grade) + 1) // len(titles)) if grade in titles else 0


def _ranking(
    publication: Publication,
    group: CycleGroup,
    ranked: Sequence[UnitResult],
    outside: Sequence[UnitResult],
    earlier: Mapping[int, Sequence[LastYear]],
) -> Ranking:
    frozen = frozen_set(group.set_version)
    sure = certainty(publication, group.code, frozen) if len(ranked) > 1 else Certainty({}, is_sampled=False)
    tied = Counter(one.rank for one in ranked)
    beside = _Beside(
        frozen, full_maximum(frozen), earlier, tied, _stories(ranked, frozen), corrected(publication), sure
    )
    rows = [_row(one, beside) for one in ranked]
    has_earlier = any(one.change is not None for one in rows)
    return Ranking(
        group, frozen, rows, [_row(one, beside) for one in outside], _finding(rows, frozen, sure), sure,
        publication.cycle.year - 1 if has_earlier else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the results of a group, by unit."""

    frozen: FrozenSet
    full: Fraction
    earlier: Mapping[int, Sequence[LastYear]]
    tied: Mapping[int | None, int]
    stories: Mapping[str, str]
    corrected: Mapping[str, UnitDifference]
    certainty: Certainty


def _row(result: UnitResult, beside: _Beside) -> RankingRow:
    maximum = exact_number(result.max_points)
    before = beside.earlier.get(result.unit_id, ())  # type: ignore[attr-defined]  # annotated by ranked_rows
    was = before[0].result.rank if len(before) == 1 else None
    return RankingRow(
        code=result.unit_code,
        name=result.unit_name,
        rank=result.rank,
        is_tied=bool(result.rank) and beside.tied[result.rank] > 1,
        change=was - result.rank if was and result.rank else None,
        index=exact_number(result.index) if result.index else None,
        points=exact_number(result.points),
        max_points=maximum,
        left_out=max(beside.full - maximum, Fraction(0)),
        grade=result.grade,
        step=step_of(result.grade, beside.frozen),
        story=beside.stories.get(result.unit_code, ""),
        interval=beside.certainty.intervals.get(result.unit_code),
        corrected=beside.corrected.get(result.unit_code),
    )


def _stories(ranked: Sequence[UnitResult], frozen: FrozenSet) -> dict[str, str]:
    """Where the printed index reaches a higher grade, or seems to be that of a unit with another rank."""
    if frozen.criteria_set.index.graded_by is GradedBy.POINTS:
        return {}  # points are printed with all their digits
    values = {one.unit_code: (exact_number(one.index), one.rank) for one in ranked if one.index}
    ranks: dict[Fraction, set[int | None]] = {}
    for value, rank in values.values():
        ranks.setdefault(PRINTED.apply(value), set()).add(rank)
    found = {}
    for code, (value, _) in values.items():
        printed = PRINTED.apply(value)
        missed = [one for one in frozen.criteria_set.grades if value < one.lower <= printed]
        if missed:
            found[code] = seeming_grade(value, missed[0].lower, missed[0].title)
        elif len(ranks[printed]) > 1:
            found[code] = seeming_tie(value)
    return found


def _finding(rows: Sequence[RankingRow], frozen: FrozenSet, sure: Certainty) -> str:
    counted = Counter(one.grade for one in rows if one.grade)
    order = [one.title for one in sorted(frozen.criteria_set.grades, key=lambda one: one.lower, reverse=True)]
    grades = grades_finding([(one, counted[one]) for one in order if counted[one]], len(rows))
    if not rows or rows[0].index is None:
        return grades
    first = [one.name for one in rows if one.rank == 1]
    doubtful = sum(one.best == 1 for one in sure.intervals.values())
    return f"{grades} {leaders_finding(first, rows[0].index, doubtful)}".strip()


def _ticks(count: int) -> list[int]:
    """The ranks that the axis of intervals names: the first, the last, some between."""
    step = max(1, next((size for size in (5, 10, 50, 100, 500, 1000, 5000) if count // size <= 4), 5000))
    inner = [rank for rank in range(step, count, step) if count - rank >= step / 2 and rank > 1]
    return sorted({1, *inner, count}) if count else []
