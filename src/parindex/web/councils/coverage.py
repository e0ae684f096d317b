"""What a table of assignments gives: how much each member has, and what nobody appraises, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import CycleGroup, ScoreSheet
from parindex.database.queries.appraisal_queues import sets_of
from parindex.database.queries.councils import CouncilTable, places_of, plan_of_sheet
from parindex.domain.criteria.criteria_set import SURVEYED
from parindex.domain.review.assignment_plans import AssignmentPlans, Plan
from parindex.domain.review.assignments import Recusals, SheetPlace
from parindex.web.submissions.parts_page import short_codes

#: So many units are named on the page; the number of all is always told.
NAMED = 20


@dataclass(frozen=True, slots=True)
class Gap:
    """Items of some sheets that nobody appraises: nobody is assigned, or (``recused``) those who are may not."""

    group: str
    codes: Sequence[str]
    items: int
    units: Sequence[str]
    sheets: int
    recused: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a table gives: rows (an item of a sheet at a level) and sheets by member, rows by level, gaps.

    ``rows`` counts the items of all sheets that a council appraises at all: those of surveys are not among them.
    """

    rows: int
    loads: Mapping[int, int]
    sheets: Mapping[int, int]
    levels: Mapping[int, int]
    gaps: Sequence[Gap]

    @property
    def uncovered(self) -> int:
        """How many items of all sheets nobody appraises."""
        return sum(one.items * one.sheets for one in self.gaps)

    @property
    def heaviest(self) -> int:
        """The largest load, by which the bars are drawn."""
        return max(self.loads.values(), default=0)


@dataclass(frozen=True, slots=True)
class Cycleful:
    """What coverage is counted over: the sheets of a cycle and the sets of its groups; read once for several tables."""

    places: Mapping[int, SheetPlace]
    sets: Mapping[int, FrozenSet]
    groups: Mapping[int, str]

    @classmethod
    def of(cls, cycle: int) -> Cycleful:
        """Read it; five queries at most."""
        titles = dict(CycleGroup.objects.filter(cycle=cycle).order_by("position").values_list("pk", "title"))
        return cls(places_of(cycle), sets_of(cycle), titles)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one plan gives of one sheet."""

    loads: Mapping[int, int]
    levels: Mapping[int, int]
    bare: tuple[str, ...]
    recused: tuple[str, ...]


def appraised_items(frozen: FrozenSet) -> list[str]:
    """The items of a set that a council appraises: not those that a survey gives the points of."""
    return [code for code, item in frozen.items.items() if item.node.source not in SURVEYED]


def coverage(table: CouncilTable, over: Cycleful) -> Coverage:
    """What a table gives; no query but for the names of units that lack somebody."""
    freely = AssignmentPlans(table.assignments, Recusals(table.owner))
    known: dict[tuple[int, int], tuple[Plan, Plan, _Counted]] = {}
    loads: Counter[int] = Counter()
    sheets: Counter[int] = Counter()
    levels: Counter[int] = Counter()
    gaps: dict[tuple[int, tuple[str, ...], bool], list[int]] = {}
    appraised = {group: appraised_items(frozen) for group, frozen in over.sets.items()}
    rows = 0
    for sheet, place in over.places.items():
        frozen = over.sets[place.group]
        plan, free = plan_of_sheet(table, place, frozen), freely.plan_of(place, frozen.codes_above)
        key = (id(plan), id(free))
        if key not in known:
            known[key] = (plan, free, _counted(plan, free, appraised[place.group]))
        counted = known[key][2]
        loads.update(counted.loads)
        sheets.update(counted.loads.keys())
        levels.update(counted.levels)
        rows += len(appraised[place.group])
        for codes, recused in ((counted.bare, False), (counted.recused, True)):
            if codes:
                gaps.setdefault((place.group, codes, recused), []).append(sheet)
    return Coverage(rows, loads, sheets, levels, _gaps(gaps, over))


def _counted(plan: Plan, free: Plan, items: Sequence[str]) -> _Counted:
    loads: Counter[int] = Counter()
    levels: Counter[int] = Counter()
    wanted = frozenset(items)
    for level, found in plan.items():
        for code, who in found.items():
            if code in wanted:
                loads.update(who)
                levels[level] += 1
    covered = {code for found in plan.values() for code in found}
    meant = {code for found in free.values() for code in found}
    open_codes = [code for code in items if code not in covered]
    return _Counted(
        loads, levels,
        tuple(code for code in open_codes if code not in meant), tuple(code for code in open_codes if code in meant),
    )  # fmt: skip


def _gaps(found: Mapping[tuple[int, tuple[str, ...], bool], list[int]], over: Cycleful) -> list[Gap]:
    named = {sheet for sheets in found.values() for sheet in sheets[:NAMED]}
    names = dict(ScoreSheet.objects.filter(pk__in=named).values_list("pk", "unit_name")) if named else {}
    return [
        Gap(
            over.groups[group], short_codes(codes, over.sets[group]), len(codes),
            [names[sheet] for sheet in sheets[:NAMED]], len(sheets), recused,
        )
        for (group, codes, recused), sheets in sorted(found.items(), key=lambda one: (one[0][0], one[0][2], one[1][0]))
    ]  # fmt: skip
