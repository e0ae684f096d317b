"""How far the units of a cycle have come: one query for the sums, one for a page of rows, whatever their number.

What every look at the overview reads is prepared; the rows depend on filters and order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from parindex.database.models import (
    Cycle,
    CycleGroup,
    Extension,
    Phase,
    RoleGrant,
    ScoreSheet,
    SetReplacement,
    SheetPart,
    UnitVersion,
)
from parindex.database.models.cycles import PhaseKind
from parindex.database.queries.ended_units import successors
from parindex.database.queries.prepared import prepared
from parindex.database.queries.units import names_and_paths
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import SheetState


class Standing(StrEnum):
    """Where a unit stands, as the overview counts it; every sheet has exactly one."""

    SUBMITTED = "submitted"
    AWAITING_SIGNATURE = "awaiting_signature"
    RETURNED = "returned"
    ENTERING = "entering"
    NOT_STARTED = "not_started"
    LOCKED = "locked"


#: The states of a sheet that its unit has handed in.
SUBMITTED = (
    SheetState.SUBMITTED,
    SheetState.RESUBMITTED,
    SheetState.IN_APPRAISAL,
    SheetState.APPRAISED,
    SheetState.FINAL,
)
STANDINGS: Mapping[Standing, Q] = {
    Standing.SUBMITTED: Q(state__in=SUBMITTED),
    Standing.AWAITING_SIGNATURE: Q(state=SheetState.AWAITING_SIGNATURE),
    Standing.RETURNED: Q(state=SheetState.RETURNED),
    Standing.ENTERING: Q(state=SheetState.OPEN, last_act_at__isnull=False),
    Standing.NOT_STARTED: Q(state=SheetState.OPEN, last_act_at__isnull=True),
    Standing.LOCKED: Q(state=SheetState.LOCKED),
}

#: Reminders that reached somebody: those without an address have a row too, so that nobody tries again and again.
_REMINDED = Count("reminders", filter=Q(reminders__recipients__gt=0))
#: Column heads by which the overview can be sorted; every order ends with the unit, so that pages never overlap.
ORDERS: Mapping[str, tuple[str, ...]] = {
    "attention": ("items_done", "position"),
    "unit": ("unit_name",),
    "state": ("state", "items_done"),
    "done": ("items_done",),
    "evidence": ("items_without_evidence",),
    "requests": ("requests",),
    "deadline": ("due",),
    "act": ("last_act_at",),
    "reminders": ("reminded",),
}


class SheetLine(NamedTuple):
    """What a row of the overview shows of a sheet."""

    pk: int
    unit_id: int
    unit_name: str
    unit_path: str
    state: str
    extended_until: datetime | None
    items: int
    items_done: int
    items_without_evidence: int
    requests: int
    points: str
    last_act: str
    last_act_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """The sums of a cycle: units by standing and by group; items entered, and asked not to be assessed, of all."""

    standings: Mapping[Standing, int]
    groups: Mapping[int, int]
    items: int
    items_done: int
    requests: int
    overdue: int

    @property
    def units(self) -> int:
        """How many units there are."""
        return sum(self.standings.values())


def self_scoring_ends(cycle: Cycle) -> datetime | None:
    """The end of self-scoring of a cycle; None where it is open."""
    phases = Phase.objects.filter(cycle=cycle, kind=PhaseKind.SELF_SCORING)
    return phases.aggregate(ends=Max("ends_at"))["ends"]


def standing_of(state: str, *, begun: bool) -> Standing:
    """The standing of one sheet, by the same conditions as :data:`STANDINGS`; ``begun``: something has been done."""
    if state in SUBMITTED:
        return Standing.SUBMITTED
    if state == SheetState.OPEN:
        return Standing.ENTERING if begun else Standing.NOT_STARTED
    return Standing(state)


def progress(cycle: Cycle, ends: datetime | None, at: datetime) -> Progress:
    """The sums over all units of a cycle, one query."""
    standings, groups = dict.fromkeys(Standing, 0), dict[int, int]()
    items = done = requests = overdue = 0
    for group, state, begun, extended, units, whole, entered, asked in _sums(cycle=cycle.pk):
        standing = standing_of(state, begun=begun)
        standings[standing] += units
        groups[group] = groups.get(group, 0) + units
        items, done, requests = items + whole, done + entered, requests + asked
        overdue += units if is_late(standing, extended or ends, at) else 0
    return Progress(standings, groups, items, done, requests, overdue)


def is_late(standing: Standing, deadline: datetime | None, at: datetime) -> bool:
    """Whether a unit still owes its sheet after its deadline."""
    return standing is not Standing.SUBMITTED and deadline is not None and deadline < at


@prepared
def _sums(cycle: int) -> QuerySet[ScoreSheet, tuple[Any, ...]]:
    """Units alike are counted together: by group, state, whether anything was done, and extension."""
    begun = ExpressionWrapper(Q(last_act_at__isnull=False), output_field=BooleanField())
    return (
        ScoreSheet.objects.filter(cycle=cycle)
        .annotate(begun=begun)
        .values("group", "state", "begun", "extended_until")
        .annotate(units=Count("pk"), whole=Sum("items"), entered=Sum("items_done"), asked=Sum("requests"))
        .order_by()
        .values_list("group", "state", "begun", "extended_until", "units", "whole", "entered", "asked")
    )


def _overdue(ends: datetime | None, at: datetime) -> Q:
    late = Q(extended_until__lt=at)
    if ends is not None and ends < at:
        late |= Q(extended_until=None)
    return late & ~STANDINGS[Standing.SUBMITTED]


def rows(
    cycle: Cycle,
    ends: datetime | None,
    at: datetime,
    *,
    standing: str = "",
    group: str = "",
    search: str = "",
    order: str = "attention",
    descending: bool = False,
) -> QuerySet[ScoreSheet]:
    """The sheets of a cycle as the overview lists them."""
    found = ScoreSheet.objects.filter(cycle=cycle).select_related("group")
    if standing == "overdue":
        found = found.filter(_overdue(ends, at))
    elif standing == "owing":
        found = found.exclude(STANDINGS[Standing.SUBMITTED])
    elif standing in set(Standing):
        found = found.filter(STANDINGS[Standing(standing)])
    if group:
        found = found.filter(group__code=group)
    if search:
        found = found.filter(unit_name__icontains=search)
    if order == "reminders":
        found = found.annotate(reminded=_REMINDED)
    if order == "deadline":
        found = found.annotate(due=Coalesce("extended_until", ends) if ends else F("extended_until"))
    keys = ORDERS.get(order, ORDERS["attention"])
    return found.order_by(*(f"-{key}" if descending else key for key in keys), "pk")


def reminders_of(sheets: Sequence[ScoreSheet]) -> dict[int, int]:
    """How often each of these units has been reminded, one query."""
    counted = ScoreSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).annotate(times=_REMINDED)
    return dict(counted.values_list("pk", "times"))


class Reach(NamedTuple):
    """How a unit can be reached: how often it was reminded, whether anybody ever logged in, has a mail address, and
    whether anybody has an account at all; ``ended``: whether it has ended; ``heirs``: who has taken its place, by name.
    """

    pk: int
    reminders: int = 0
    seen: bool = True
    reachable: bool = True
    staffed: bool = True
    ended: bool = False
    heirs: tuple[tuple[int, str], ...] = ()


def reach_of(sheets: Sequence[SheetLine], day: date) -> dict[int, Reach]:
    """How the units of these sheets can be reached; one query, some more where units have ended."""
    found = _reminded(sheets=[sheet.pk for sheet in sheets], day=day) if sheets else []
    reach = {row[0]: Reach(*row) for row in found}
    ended = {sheet.pk: sheet.unit_id for sheet in sheets if sheet.pk in reach and reach[sheet.pk].ended}
    return reach | _reach_of_ended(reach, ended, day) if ended else reach


def _reach_of_ended(reach: Mapping[int, Reach], ended: Mapping[int, int], day: date) -> dict[int, Reach]:
    """A unit that has ended is reached through those that have taken its place, its own people where nobody has."""
    heirs = successors(set(ended.values()), day)
    names = names_and_paths({unit for some in heirs.values() for unit in some}, day)
    people: dict[int, list[tuple[bool, bool]]] = {}
    rows = RoleGrant.objects.filter(
        unit__in=names, role__in=[Role.UNIT_OFFICER, Role.UNIT_LEADER], ended_at=None, user__is_active=True
    )
    for unit, seen, address in rows.order_by("pk").values_list("unit", "user__last_login", "user__email"):
        people.setdefault(unit, []).append((seen is not None, bool(address)))
    found = {}
    for sheet, unit in ended.items():
        if mine := heirs.get(unit):
            some = [one for heir in mine for one in people.get(heir, ())]
            found[sheet] = reach[sheet]._replace(
                seen=any(seen for seen, _ in some), reachable=any(address for _, address in some),
                staffed=bool(some), heirs=tuple((heir, names[heir][0]) for heir in mine),
            )  # fmt: skip
    return found


@prepared
def _reminded(sheets: list[int], day: date) -> QuerySet[ScoreSheet, tuple[int, int, bool, bool, bool, bool]]:
    people = RoleGrant.objects.filter(role__in=[Role.UNIT_OFFICER, Role.UNIT_LEADER], ended_at=None)
    seen = people.filter(unit=OuterRef("unit"), user__last_login__isnull=False)
    mailed = people.filter(user__is_active=True).exclude(user__email="")
    leads = SheetPart.objects.filter(sheet=OuterRef("pk")).exclude(state__in=SUBMITTED)
    reachable = Exists(mailed.filter(unit=OuterRef("unit"))) | Exists(
        leads.filter(Exists(mailed.filter(unit=OuterRef("lead_unit"))))
    )
    found = ScoreSheet.objects.filter(pk__in=sheets).order_by()
    staffed = Exists(people.filter(unit=OuterRef("unit"), user__is_active=True))
    begun = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=day)
    ended = Exists(begun) & ~Exists(begun.filter(Q(valid_to=None) | Q(valid_to__gte=day)))
    counted = found.annotate(times=_REMINDED, seen=Exists(seen), reachable=reachable, staffed=staffed, ended=ended)
    return counted.values_list("pk", "times", "seen", "reachable", "staffed", "ended")


@prepared
def phases_of(cycle: int) -> QuerySet[Phase]:
    """The timetable of a cycle."""
    return Phase.objects.filter(cycle=cycle).order_by("starts_at", "ends_at", "pk")


@prepared
def groups_of(cycle: int) -> QuerySet[CycleGroup]:
    """The groups of a cycle, with when the set of each was last replaced."""
    replaced = SetReplacement.objects.filter(group=OuterRef("pk")).order_by("-replaced_at").values("replaced_at")
    found = CycleGroup.objects.filter(cycle=cycle).annotate(replaced_at=Subquery(replaced[:1]))
    return found.order_by("position", "pk")


@prepared
def extensions_asked(cycle: int) -> QuerySet[Extension]:
    """The requests for more time that nobody has answered."""
    found = Extension.objects.filter(sheet__cycle=cycle, approved=None).select_related("sheet")
    return found.order_by("requested_at", "pk")
