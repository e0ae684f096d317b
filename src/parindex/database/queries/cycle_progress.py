"""How far the units of a cycle have come: one query for the sums, one for a page of rows, whatever their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from parindex.database.models import Cycle, Phase, ScoreSheet
from parindex.database.models.cycles import PhaseKind
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


@dataclass(frozen=True, slots=True)
class Progress:
    """The sums of a cycle: units by standing, items entered of all items."""

    standings: Mapping[Standing, int]
    items: int
    items_done: int
    overdue: int

    @property
    def units(self) -> int:
        """How many units there are."""
        return sum(self.standings.values())


def self_scoring_ends(cycle: Cycle) -> datetime | None:
    """The end of self-scoring of a cycle; None where it is open."""
    phases = Phase.objects.filter(cycle=cycle, kind=PhaseKind.SELF_SCORING)
    return phases.aggregate(ends=Max("ends_at"))["ends"]


def progress(cycle: Cycle, ends: datetime | None, at: datetime) -> Progress:
    """The sums over all units of a cycle, one query."""
    found = ScoreSheet.objects.filter(cycle=cycle).aggregate(
        items_=Sum("items", default=0),
        done_=Sum("items_done", default=0),
        overdue_=Count("pk", filter=_overdue(ends, at)),
        **{standing.value: Count("pk", filter=where) for standing, where in STANDINGS.items()},
    )
    standings = {standing: found[standing.value] for standing in Standing}
    return Progress(standings, found["items_"], found["done_"], found["overdue_"])


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
    elif standing in set(Standing):
        found = found.filter(STANDINGS[Standing(standing)])
    if group:
        found = found.filter(group__code=group)
    if search:
        found = found.filter(unit_name__icontains=search)
    if order == "reminders":
        found = found.annotate(reminded=Count("reminders"))
    if order == "deadline":
        found = found.annotate(due=Coalesce("extended_until", ends) if ends else F("extended_until"))
    keys = ORDERS.get(order, ORDERS["attention"])
    return found.order_by(*(f"-{key}" if descending else key for key in keys), "pk")


def reminders_of(sheets: Sequence[ScoreSheet]) -> dict[int, int]:
    """How often each of these units has been reminded, one query."""
    counted = ScoreSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).annotate(times=Count("reminders"))
    return dict(counted.values_list("pk", "times"))
