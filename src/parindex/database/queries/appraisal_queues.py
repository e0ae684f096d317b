"""What somebody appraises in a whole cycle, said of many sheets at once, so that a queue is one query of items."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.db.models import Q

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Cycle, CycleGroup
from parindex.database.queries.councils import CouncilTable, places_of, plan_of_sheet
from parindex.domain.review.assignment_plans import Plan

#: How long shares are kept at most: a sheet whose unit has moved is seen after that; composition is seen at once.
_KEPT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Share:
    """Sheets of a cycle that somebody appraises the same items of; ``items``: the codes, by level."""

    sheets: tuple[int, ...]
    items: Mapping[int, frozenset[str]]


def sets_of(cycle_id: int) -> dict[int, FrozenSet]:
    """The set of each group of a cycle, by the key of the group; one query where all are known."""
    groups = CycleGroup.objects.filter(cycle=cycle_id).select_related("set_version")
    rows = groups.defer("set_version__content", "set_version__reading").order_by("position", "pk")
    return {group.pk: frozen_set(group.set_version) for group in rows}


def shares_of(table: CouncilTable, user: int, cycle: Cycle | int) -> tuple[Share, ...]:
    """What somebody appraises in a cycle; three queries where it is not known yet.

    Known by the version of the council and by who may not appraise what. Not kept inside a transaction: what is read
    there may be taken back.
    """
    of_cycle = cycle.pk if isinstance(cycle, Cycle) else cycle
    if table.council is None or not any(_concerns(table, user, one.member) for one in table.assignments):
        return ()
    if connection.in_atomic_block:
        return _made(table, user, of_cycle)
    key = _key(table, user)
    found: tuple[Share, ...] | None = cache.get(key)
    if found is None:
        found = _made(table, user, of_cycle)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def _concerns(table: CouncilTable, user: int, member: int) -> bool:
    return user in (member, table.recusals.substitutes.get(member))


def _key(table: CouncilTable, user: int) -> str:
    council = table.council
    assert council is not None
    facts = (council.pk, council.created_at, council.version, table.recusals, table.assignments, user)
    return f"appraisal-shares-{hashlib.sha256(repr(facts).encode()).hexdigest()}"


def _made(table: CouncilTable, user: int, cycle_id: int) -> tuple[Share, ...]:
    sets = sets_of(cycle_id)
    plans: dict[int, Plan] = {}  # kept, so that no other takes the place of one in memory
    items: dict[int, Mapping[int, frozenset[str]]] = {}
    sheets: dict[int, list[int]] = {}
    for sheet, place in places_of(cycle_id).items():
        plan = plan_of_sheet(table, place, sets[place.group])
        if id(plan) not in plans:
            plans[id(plan)] = plan
            mine = {level: _of(user, found) for level, found in plan.items()}
            items[id(plan)] = {level: codes for level, codes in mine.items() if codes}
        if items[id(plan)]:
            sheets.setdefault(id(plan), []).append(sheet)
    return tuple(Share(tuple(some), items[plan]) for plan, some in sheets.items())


def _of(user: int, found: Mapping[str, tuple[int, ...]]) -> frozenset[str]:
    return frozenset(code for code, who in found.items() if user in who)


def queue_filter(shares: Sequence[Share]) -> Q:
    """The condition for appraisals of items that are at a level where somebody has them."""
    found = Q(pk=None)
    for share in shares:
        at_level = Q(pk=None)
        for level, codes in share.items.items():
            at_level |= Q(level=level, item_code__in=sorted(codes))
        found |= Q(sheet__in=share.sheets) & at_level
    return found
