"""What keeps a cycle from being finalised, as far as rows say it: counted, with the first of each kind by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from parindex.database.models import Cycle, Entry, GivenPoints, ItemAppraisal, ScoreSheet, Vote
from parindex.database.models.entries import EntryState
from parindex.domain.review.opinions import SETTLED, AppraisalState
from parindex.domain.review.stages import SheetState

#: So many of a kind are named; the number of all is always told.
NAMED = 20


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
    """One thing that is open: of which sheet and item ("" for the whole sheet); ``words`` where those say more."""

    sheet: int | None
    unit: str
    item: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """All open matters of a kind: how many, and the first of them."""

    kind: MatterKind
    count: int
    first: tuple[Matter, ...]


_SHEETS = {
    MatterKind.SHEET_NOT_SUBMITTED: (SheetState.OPEN, SheetState.AWAITING_SIGNATURE),
    MatterKind.SHEET_BEING_EXPLAINED: (SheetState.RETURNED,),
    MatterKind.SHEET_NOT_TAKEN_UP: (SheetState.SUBMITTED, SheetState.RESUBMITTED),
}


def open_rows(cycle: Cycle) -> list[OpenMatters]:
    """Every kind that is open, in the order of :class:`MatterKind`; two queries a kind at most."""
    found: list[OpenMatters] = []
    sheets = ScoreSheet.objects.filter(cycle=cycle)
    for kind, states in _SHEETS.items():
        found += _listed(kind, sheets.filter(state__in=states), ("pk", "unit_name"), ("position", "pk"))
    entries = Entry.objects.filter(sheet__cycle=cycle)
    asked = entries.filter(state=EntryState.NOT_ASSESSED_REQUESTED)
    found += _listed(MatterKind.REQUEST_UNDECIDED, asked, _OF_SHEET, _IN_ORDER)
    found += _items(cycle)
    votes = Vote.objects.filter(entry__sheet__cycle=cycle, closed_at=None)
    of_vote = ("entry__sheet_id", "entry__sheet__unit_name", "entry__item_code")
    found += _listed(MatterKind.VOTE_OPEN, votes, of_vote, ("entry__sheet__position", "entry__position"))
    given = GivenPoints.objects.filter(entry=OuterRef("pk"), withdrawn_at=None)
    granted = ItemAppraisal.objects.filter(
        entry=OuterRef("pk"), state__in=(AppraisalState.ACCEPTED, AppraisalState.ADJUSTED)
    )
    missing = entries.filter(~Exists(given), ~Exists(granted), state=EntryState.PENDING)
    return [*found, *_listed(MatterKind.POINTS_MISSING, missing, _OF_SHEET, _IN_ORDER)]


_OF_SHEET = ("sheet_id", "sheet__unit_name", "item_code")
_IN_ORDER = ("sheet__position", "sheet_id", "position")


def _items(cycle: Cycle) -> list[OpenMatters]:
    """Items of the council that are not settled, by state; one query for the counts, one more a state."""
    rows = ItemAppraisal.objects.filter(sheet__cycle=cycle).exclude(state__in=sorted(map(str, SETTLED)))
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    found = []
    for state in AppraisalState:
        if count := counts.get(state.value, 0):
            first = rows.filter(state=state).order_by(*_IN_ORDER).values_list(*_OF_SHEET)[:NAMED]
            found.append(OpenMatters(MatterKind(state.value), count, tuple(Matter(*row) for row in first)))
    return found


def _listed(
    kind: MatterKind, rows: QuerySet[Any], fields: tuple[str, ...], order: tuple[str, ...]
) -> list[OpenMatters]:
    count = rows.order_by().count()
    if not count:
        return []
    first = rows.order_by(*order).values_list(*fields)[:NAMED]
    return [OpenMatters(kind, count, tuple(Matter(*row) for row in first))]
