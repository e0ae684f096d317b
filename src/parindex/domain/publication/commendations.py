"""Which units of a publication meet which criteria for commendation: exact, and with what each demand found.

A criterion is data: it demands a rank, grades, a rise of the index, a least share in every area, a most of unanswered
items, or several of these at once. Units with the same rank meet it together; what is missing (no rank, no index, no
one result of the year before) meets nothing, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from parindex.domain.values import number_text


class Demand(StrEnum):
    """What a criterion asks of a unit."""

    RANK = "rank"
    GRADE = "grade"
    RISE = "rise"
    AREAS = "areas"
    ANSWERED = "answered"


class Missing(StrEnum):
    """Why a demand cannot be met by a unit, whatever its figures."""

    NO_RANK = "no_rank"
    FEW_RANKED = "few_ranked"
    NO_GRADE = "no_grade"
    NO_INDEX = "no_index"
    NO_YEAR_BEFORE = "no_year_before"
    SEVERAL_BEFORE = "several_before"
    NOTHING_ASSESSED = "nothing_assessed"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: a proposal by it is for ``award``, with ``reason``; ``assumed``: no paper states it.

    ``rank``: this rank or a better one, where at least ``ranked`` units have a rank. ``grades``: one of these.
    ``rise``: at least so many points of per cent above the index of the year before. ``area_share``: this share of what
    is assessed in every area. ``unanswered``: at most so many items without an answer.
    """

    id: str
    title: str
    award: str
    reason: str
    assumed: bool = False
    rank: int | None = None
    ranked: int = 1
    grades: tuple[str, ...] = ()
    rise: Fraction | None = None
    area_share: Fraction | None = None
    unanswered: int | None = None

    def __post_init__(self) -> None:
        """A criterion that demands nothing would be met by everybody."""
        given = (self.rank, self.rise, self.area_share, self.unanswered)
        if not self.grades and all(one is None for one in given):
            raise ValueError(f"criterion {self.id} demands nothing")


@dataclass(frozen=True, slots=True)
class Inside:
    """What stands inside a result: points and maximum of every area by its title, how many items are unanswered."""

    areas: Mapping[str, tuple[Fraction, Fraction]]
    unanswered: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit as criteria see it. ``tied`` of the ``ranked`` units of its group have its rank, itself included.

    ``before``: the indexes that stand beside it of the year before, of several units where it has taken their places.
    ``inside`` is None while nobody has looked at it: of thousands of units it is read only where it decides.
    """

    rank: int | None
    tied: int
    ranked: int
    grade: str
    index: Fraction | None
    before: Sequence[Fraction | None] = ()
    inside: Inside | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What one demand found: exact texts by name, ``missing`` where there is nothing to compare.

    ``met`` is None where the demand needs what nobody has looked at yet.
    """

    demand: Demand
    met: bool | None
    facts: Mapping[str, str]
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A criterion with what each of its demands found, in the order of :class:`Demand`."""

    criterion: Criterion
    checks: Sequence[Check]

    @property
    def met(self) -> bool:
        """Whether every demand is met."""
        return all(one.met for one in self.checks)

    @property
    def open(self) -> bool:
        """Whether the inside of the result decides it: nothing else speaks against it."""
        return not any(one.met is False for one in self.checks) and any(one.met is None for one in self.checks)


def verdict(criterion: Criterion, unit: Standing) -> Verdict:
    """Whether a unit meets a criterion, demand by demand."""
    return Verdict(criterion, tuple(_checks(criterion, unit)))


def verdicts(criteria: Sequence[Criterion], unit: Standing) -> tuple[Verdict, ...]:
    """All criteria, in their order."""
    return tuple(verdict(one, unit) for one in criteria)


def _checks(criterion: Criterion, unit: Standing) -> Iterator[Check]:
    if criterion.rank is not None:
        yield _rank(criterion.rank, criterion.ranked, unit)
    if criterion.grades:
        met = unit.grade in criterion.grades
        missing = None if unit.grade else Missing.NO_GRADE
        yield Check(Demand.GRADE, met, {"grade": unit.grade, "grades": ", ".join(criterion.grades)}, missing)
    if criterion.rise is not None:
        yield _rise(criterion.rise, unit)
    if criterion.area_share is not None:
        yield _areas(criterion.area_share, unit.inside)
    if criterion.unanswered is not None:
        facts = {"most": str(criterion.unanswered)}
        if unit.inside is None:
            yield Check(Demand.ANSWERED, None, facts)
        else:
            met = unit.inside.unanswered <= criterion.unanswered
            yield Check(Demand.ANSWERED, met, {**facts, "unanswered": str(unit.inside.unanswered)})


def _rank(most: int, least_ranked: int, unit: Standing) -> Check:
    facts = {"most": str(most), "ranked": str(unit.ranked), "least_ranked": str(least_ranked)}
    if unit.rank is None:
        return Check(Demand.RANK, met=False, facts=facts, missing=Missing.NO_RANK)
    facts |= {"rank": str(unit.rank), "tied": str(unit.tied)}
    if unit.ranked < least_ranked:
        return Check(Demand.RANK, met=False, facts=facts, missing=Missing.FEW_RANKED)
    return Check(Demand.RANK, unit.rank <= most, facts)


def _rise(least: Fraction, unit: Standing) -> Check:
    """Of several results of the year before none is chosen, and they are never averaged."""
    facts = {"least": number_text(least)}
    if unit.index is None:
        return Check(Demand.RISE, met=False, facts=facts, missing=Missing.NO_INDEX)
    if len(unit.before) > 1:
        return Check(Demand.RISE, met=False, facts=facts, missing=Missing.SEVERAL_BEFORE)
    before = unit.before[0] if unit.before else None
    if before is None:
        return Check(Demand.RISE, met=False, facts=facts, missing=Missing.NO_YEAR_BEFORE)
    facts |= {"rise": number_text(unit.index - before), "index": number_text(unit.index), "before": number_text(before)}
    return Check(Demand.RISE, unit.index - before >= least, facts)


def _areas(least: Fraction, inside: Inside | None) -> Check:
    """The weakest area decides; one of which nothing is assessed is left out."""
    facts = {"least": number_text(least)}
    if inside is None:
        return Check(Demand.AREAS, None, facts)
    shares = [(points / most, title) for title, (points, most) in inside.areas.items() if most]
    if not shares:
        return Check(Demand.AREAS, met=False, facts=facts, missing=Missing.NOTHING_ASSESSED)
    share, title = min(shares, key=lambda one: one[0])
    return Check(Demand.AREAS, share >= least, {**facts, "share": number_text(share), "area": title})
