"""What keeps a cycle from being finalised, as far as rows say it: counted, with the first units of each kind by name,
and the first items of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from parindex.database.models import Cycle, Entry, GivenPoints, ItemAppraisal, ScoreSheet, Vote
from parindex.database.models.entries import EntryState
from parindex.domain.review.opinions import SETTLED, AppraisalState
from parindex.domain.review.stages import SheetState

#: So many units of a kind are named, and items of a unit; the number of all is always told.
NAMED, NAMED_ITEMS = 20, 5


class MatterKind(StrEnum):
    """What is open; the kinds of items are the states of their appraisal."""

    SHEET_NOT_SUBMITTED = "sheet_not_submitted"
    SHEET_BEING_EXPLAINED = "sheet_being_explained"
    SHEET_NOT_TAKEN_UP = "sheet_not_taken_up"
    REQUEST_UNDECIDED = "request_undecided"
    WAITING = "waiting"
    ASKED = "asked"
    EXPLAINED = "explained"
    DISPUTED = "disputed"
    PROVISIONAL = "provisional"
    VOTE_OPEN = "vote_open"
    POINTS_MISSING = "points_missing"
    RESULT_PROBLEM = "result_problem"


@dataclass(frozen=True, slots=True)
class Matter:
    """What is open of one sheet: how many things, and the first items; none for the whole sheet; ``words`` where those
    say more.
    """

    sheet: int | None
    unit: str
    count: int = 1
    items: tuple[str, ...] = ()
    words: str = ""

    @property
    def others(self) -> int:
        """How many things of it have no name here."""
        return self.count - max(len(self.items), 1)


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """All open matters of a kind: how many, and the first units."""

    kind: MatterKind
    count: int
    first: tuple[Matter, ...]

    @property
    def others(self) -> int:
        """How many of them belong to no unit that is named."""
        return self.count - sum(one.count for one in self.first)


_SHEETS = {
    MatterKind.SHEET_NOT_SUBMITTED: (SheetState.OPEN, SheetState.AWAITING_SIGNATURE),
    MatterKind.SHEET_BEING_EXPLAINED: (SheetState.RETURNED,),
    MatterKind.SHEET_NOT_TAKEN_UP: (SheetState.SUBMITTED, SheetState.RESUBMITTED),
}


def open_rows(cycle: Cycle) -> list[OpenMatters]:
    """Every kind that is open, in the order of :class:`MatterKind`; two queries a kind."""
    found: list[OpenMatters] = []
    sheets = ScoreSheet.objects.filter(cycle=cycle)
    for kind, states in _SHEETS.items():
        found += _whole_sheets(kind, sheets.filter(state__in=states))
    entries = Entry.objects.filter(sheet__cycle=cycle)
    asked = entries.filter(state=EntryState.NOT_ASSESSED_REQUESTED)
    found += _of_items(MatterKind.REQUEST_UNDECIDED, asked)
    rows = ItemAppraisal.objects.filter(sheet__cycle=cycle)
    for state in AppraisalState:
        if state not in SETTLED:
            found += _of_items(MatterKind(state.value), rows.filter(state=state))
    votes = Vote.objects.filter(entry__sheet__cycle=cycle, closed_at=None)
    found += _of_items(MatterKind.VOTE_OPEN, votes, "entry__")
    given = GivenPoints.objects.filter(entry=OuterRef("pk"), withdrawn_at=None)
    granted = ItemAppraisal.objects.filter(
        entry=OuterRef("pk"), state__in=(AppraisalState.ACCEPTED, AppraisalState.ADJUSTED)
    )
    missing = entries.filter(~Exists(given), ~Exists(granted), state=EntryState.PENDING)
    return [*found, *_of_items(MatterKind.POINTS_MISSING, missing)]


def _whole_sheets(kind: MatterKind, sheets: QuerySet[ScoreSheet]) -> list[OpenMatters]:
    count = sheets.order_by().count()
    if not count:
        return []
    first = sheets.order_by("position", "pk").values_list("pk", "unit_name")[:NAMED]
    return [OpenMatters(kind, count, tuple(Matter(*row) for row in first))]


def _of_items(kind: MatterKind, rows: QuerySet[Any], path: str = "") -> list[OpenMatters]:
    """``path``: from a row to its item; so many of each unit, and the first of them by code."""
    sheet, position, code = f"{path}sheet", f"{path}position", f"{path}item_code"
    counted = rows.order_by().values_list(sheet, f"{sheet}__unit_name").annotate(count=Count("pk"))
    units = list(counted.order_by(f"{sheet}__position", sheet))
    if not units:
        return []
    items: dict[int, list[str]] = {key: [] for key, _, _ in units[:NAMED]}
    named = rows.filter(**{f"{sheet}__in": list(items)}).order_by(position, "pk").values_list(sheet, code)
    for key, item in named:
        if len(items[key]) < NAMED_ITEMS:
            items[key].append(item)
    first = tuple(Matter(key, unit, count, tuple(items[key])) for key, unit, count in units[:NAMED])
    return [OpenMatters(kind, sum(count for _, _, count in units), first)]
