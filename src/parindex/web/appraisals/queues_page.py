"""What waits for somebody on a council: cycle by cycle, sheet by sheet, and item by item over all units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Cycle
from parindex.database.queries.appraisal_loads import (
    ItemLoad,
    SheetLoad,
    load_by_item,
    load_by_sheet,
    open_items_at,
)
from parindex.database.queries.appraisal_queues import Share, queue_filter, sets_of, shares_of
from parindex.database.queries.councils import CouncilTable, council_table, places_of, plan_of_sheet
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.appraisal_permissions import (
    check_can_see_appraisal,
    is_chair,
)
from parindex.domain.review.assignment_plans import Plan
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import CycleState
from parindex.usecases.actors import Session
from parindex.web.appraisals.reader import Reader, seen_items
from parindex.web.score_sheets.tree import title_of

#: So many lines of each list are shown at most; what is done gives place to what waits.
MOST = 100


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item over all units."""

    load: ItemLoad
    title: str


@dataclass(frozen=True, slots=True)
class CycleQueue:
    """One cycle: the sheets and items of this person, and what only the chair can go on with."""

    cycle: Cycle
    is_chair: bool
    asks_units: bool
    is_running: bool
    sheets: Sequence[SheetLoad]
    items: Sequence[ItemLine]
    for_chair: Sequence[SheetLoad]
    unassigned: Mapping[int, int]
    is_assigned: bool

    @property
    def waiting(self) -> int:
        """How many items wait for this person."""
        return sum(one.waiting for one in self.sheets) if self.is_assigned else 0

    @property
    def to_decide(self) -> int:
        """How many items only the chair can go on with."""
        return sum(one.disputed + self.unassigned.get(one.sheet, 0) for one in self.for_chair)

    @property
    def first(self) -> SheetLoad | None:
        """The first sheet with something that waits."""
        return next((one for one in self.sheets if one.waiting), None) if self.is_assigned else None


def queues(session: Session) -> list[CycleQueue]:
    """Every cycle that is appraised, or has been, and that this person may see; the latest first."""
    rows = Cycle.objects.exclude(state__in=[CycleState.DRAFT, CycleState.OPEN]).order_by("-year", "-pk")
    seen = [
        one for one in rows if refusal(check_can_see_appraisal, session.actor, cycle_facts(one, one.owner_path)) is None
    ]
    return [_queue(session, one) for one in seen]


def _queue(session: Session, cycle: Cycle) -> CycleQueue:
    facts = cycle_facts(cycle, cycle.owner_path)
    user, chairs = session.user.pk, is_chair(session.actor, facts)
    running = cycle.state == CycleState.APPRAISAL
    table = council_table(cycle.pk)
    shares = shares_of(table, user, cycle)
    mine = queue_filter(shares) if shares else Q()
    seen = seen_items(Reader.of(session, facts, table))
    sheets = load_by_sheet(cycle.pk, mine, user, seen)
    asks = session.actor.role_at(cycle.owner_path, Role.SECRETARY, Role.CHAIR, cycle=cycle.pk) is not None
    unassigned: Mapping[int, int] = {}
    for_chair: list[SheetLoad] = []
    if asks and running:
        unassigned = open_items_at(queue_filter(nobodys(table, cycle.pk)), cycle.pk)
        everything = sheets if not shares else load_by_sheet(cycle.pk, Q(), user, seen)
        for_chair = [one for one in everything if one.disputed or unassigned.get(one.sheet)]
    return CycleQueue(
        cycle, chairs, asks, running, _first(sheets), _items(cycle, mine, user, seen) if shares and running else [],
        _first(for_chair), unassigned, bool(shares),
    )  # fmt: skip


def _first(found: Sequence[SheetLoad]) -> list[SheetLoad]:
    """At most :data:`MOST` sheets, in their order: those with something to do where there are too many."""
    if len(found) <= MOST:
        return list(found)
    open_ones = [one for one in found if one.waiting or one.explained or one.disputed]
    return (open_ones or list(found))[:MOST]


def _items(cycle: Cycle, mine: Q, user: int, seen: Q) -> list[ItemLine]:
    sets = sets_of(cycle.pk)
    found = load_by_item(cycle.pk, mine, user, seen)
    rows = [one for one in found if one.items > 1 and one.item_code in sets[one.group].items]
    ordered = sorted(
        rows, key=lambda one: (list(sets).index(one.group), list(sets[one.group].items).index(one.item_code))
    )
    return [ItemLine(one, title_of(sets[one.group].items[one.item_code].node)) for one in ordered][:MOST]


def nobodys(table: CouncilTable, cycle: int) -> list[Share]:
    """The items of a cycle that nobody is assigned to at a level, as shares: what the chair alone can decide.

    Three queries.
    """
    sets: Mapping[int, FrozenSet] = sets_of(cycle)
    plans: dict[int, Plan] = {}  # kept, so that no other takes the place of one in memory
    items: dict[int, Mapping[int, frozenset[str]]] = {}
    sheets: dict[int, list[int]] = {}
    for sheet, place in places_of(cycle).items():
        frozen = sets[place.group]
        plan = plan_of_sheet(table, place, frozen)
        if id(plan) not in plans:
            plans[id(plan)] = plan
            items[id(plan)] = {
                level: frozenset(code for code in frozen.items if not plan.get(level, {}).get(code))
                for level in (table.levels or (1,))
            }
        sheets.setdefault(id(plan), []).append(sheet)
    return [Share(tuple(some), items[plan]) for plan, some in sheets.items()]


def next_sheet(session: Session, cycle: Cycle, sheet: int) -> SheetLoad | None:
    """The next sheet with something that waits for this person; from the beginning where none comes after."""
    table = council_table(cycle.pk)
    shares = shares_of(table, session.user.pk, cycle)
    if not shares:
        return None
    seen = seen_items(Reader.of(session, cycle_facts(cycle, cycle.owner_path), table))
    rows = load_by_sheet(cycle.pk, queue_filter(shares), session.user.pk, seen)
    at = next((place for place, one in enumerate(rows) if one.sheet == sheet), -1)
    return next((one for one in (*rows[at + 1 :], *rows[: at + 1]) if one.waiting and one.sheet != sheet), None)
