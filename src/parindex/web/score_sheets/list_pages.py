"""What the lists show: sheets with filters, the items of a sheet, requests that wait for a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Max, Q, QuerySet
from django.http import QueryDict

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Cycle, Entry, NotAssessedRequest, ScoreSheet, SetReplacement, SheetPart
from parindex.database.queries.accounts import cycles_of
from parindex.database.queries.score_sheets import deadline_of, entries_of, part_facts, sheet_facts, sheets
from parindex.domain.review.permissions import check_can_edit_part, check_can_read_sheet, works_for
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import COUNCIL, Role
from parindex.domain.review.stages import UNSIGNED, CycleState, SheetState
from parindex.usecases.actors import Session
from parindex.usecases.asked_items import asked_now
from parindex.web.score_sheets.item_beside import requests_to_decide
from parindex.web.score_sheets.tree import ALL, Tree, leaves_of, title_of, tree_of
from parindex.web.typed_numbers import number_in, number_or

ROWS = 100
_UNIT_ROLES = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
#: Whose units receive signed bundles.
_RECEIVING = frozenset({*_UNIT_ROLES, Role.STANDING_OFFICE, Role.AUDITOR})
#: What the council does not read: what has not been submitted, and answers that nobody has signed.
_UNREAD = sorted(UNSIGNED | {SheetState.RETURNED})


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One sheet of the list; its points are shown to others than the unit only once they have been handed in."""

    sheet: ScoreSheet
    deadline: datetime | None
    is_overdue: bool
    shows_points: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its words or code, how many sheets it leaves, its address, whether it is in use."""

    key: str
    count: int
    query: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SheetsPage:
    """The list of sheets; ``receives``: this person may have to do with signed bundles."""

    rows: Sequence[SheetRow]
    total: int
    first: int
    cycles: Sequence[Cycle]
    cycle: int | None
    words: str
    states: Sequence[Choice]
    state: str
    before: str
    after: str
    receives: bool


def readable_sheets(session: Session) -> QuerySet[ScoreSheet]:
    """The sheets that somebody may read, by the same facts as :func:`check_can_read_sheet`, as one condition."""
    wanted = Q(pk__in=[])
    for grant in session.actor.grants:
        if grant.role in _UNIT_ROLES:
            wanted |= Q(unit_path=grant.path) | Q(parts__lead_path=grant.path)
            if grant.subtree:
                wanted |= Q(unit_path__startswith=grant.path + "/")
        elif grant.role is Role.STANDING_OFFICE or grant.role in COUNCIL:
            owner = Q(cycle__owner_path=grant.path)
            if grant.subtree:
                owner |= Q(cycle__owner_path__startswith=grant.path + "/")
            owner &= cycles_of(grant, "cycle")
            wanted |= owner & ~Q(state__in=_UNREAD) if grant.role in COUNCIL else owner
        elif grant.role is Role.AUDITOR:
            wanted |= Q(cycle__owner_path=grant.path) | Q(cycle__owner_path__startswith=grant.path + "/")
    return sheets().filter(wanted).distinct()


def sheets_page(session: Session, asked: QueryDict, at: datetime) -> SheetsPage:
    """The list with its filters: cycle, state, a word of the unit's name. Four queries, whatever the number of rows."""
    readable = readable_sheets(session)
    cycles = list(Cycle.objects.filter(pk__in=readable.order_by().values("cycle")).order_by("-year", "title", "pk"))
    cycle = number_in(asked.get("cycle"))
    words, state = str(asked.get("q", "")).strip()[:100], str(asked.get("state", ""))
    chosen = readable.filter(cycle=cycle) if cycle is not None else readable
    if words:
        chosen = chosen.filter(unit_name__icontains=words)
    columns = ("pk", "state", "extended_until", "phase_ends", "cycle__state")
    states = list(chosen.order_by().values_list(*columns))
    overdue = {pk for pk, one, more, ends, running in states if _is_overdue(one, more or ends, running, at)}
    if state == "overdue":
        chosen = chosen.filter(pk__in=overdue)
    elif state:
        chosen = chosen.filter(state=state)
    total = len(overdue) if state == "overdue" else sum(not state or one[1] == state for one in states)
    first = min(max(number_or(asked.get("from"), 1), 1), max(total, 1))
    rows = list(
        chosen.order_by("-cycle__year", "cycle", "group__position", "position", "pk")[first - 1 : first - 1 + ROWS]
    )
    shared = {"cycle": str(cycle or ""), "q": words}

    def query(**more: str) -> str:
        return "?" + urlencode({name: value for name, value in {**shared, **more}.items() if value})

    choices = [Choice("", len(states), query(), not state)]
    choices += [
        Choice(one, count, query(state=one), state == one)
        for one in SheetState
        if (count := sum(two[1] == one for two in states)) or state == one
    ]
    if overdue or state == "overdue":
        choices.append(Choice("overdue", len(overdue), query(state="overdue"), state == "overdue"))
    return SheetsPage(
        [SheetRow(one, deadline_of(one), one.pk in overdue, _shows_points(session, one)) for one in rows],
        total, first, cycles, cycle, words, choices, state,
        query(state=state, **{"from": str(max(first - ROWS, 1))}) if first > 1 else "",
        query(state=state, **{"from": str(first + ROWS)}) if first + ROWS <= total else "",
        not session.actor.roles.isdisjoint(_RECEIVING),
    )  # fmt: skip


def _shows_points(session: Session, sheet: ScoreSheet) -> bool:
    return sheet.state not in _UNREAD or works_for(session.actor, sheet.unit_path)


def _is_overdue(state: str, deadline: datetime | None, running: str, at: datetime) -> bool:
    return running == CycleState.OPEN and state in UNSIGNED and deadline is not None and deadline < at


def first_item(session: Session, sheet: ScoreSheet, at: datetime) -> str | None:
    """The first item that this person has something to do in, else the first of all."""
    entries = entries_of(sheet)
    parts = {entry.part_id: entry.part for entry in entries}
    check_can_read_sheet(session.actor, sheet_facts(sheet, parts.values()))
    mine = _mine(session, sheet, parts.values(), at)
    leaves = leaves_of(entries, frozen_set(sheet.group.set_version), mine=mine, asked=asked_now(sheet))
    return next((leaf.code for leaf in leaves if leaf.is_to_do), leaves[0].code if leaves else None)


def _mine(session: Session, sheet: ScoreSheet, parts: object, at: datetime) -> frozenset[int]:
    found: Sequence[SheetPart] = tuple(parts)  # type: ignore[arg-type]
    return frozenset(
        part.pk
        for part in found
        if refusal(check_can_edit_part, session.actor, part_facts(part, sheet, found), at) is None
    )


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """The items of one sheet as a list."""

    sheet: ScoreSheet
    tree: Tree
    deadline: datetime | None
    only: str
    parts: Mapping[int, SheetPart]
    asked: frozenset[str] | None
    replaced_at: datetime | None = None


def items_page(session: Session, sheet: ScoreSheet, only: str, at: datetime) -> ItemsPage:
    """Every item with mark and points; refused to who may not read the sheet."""
    entries = entries_of(sheet)
    parts = {entry.part_id: entry.part for entry in entries}
    check_can_read_sheet(session.actor, sheet_facts(sheet, parts.values()))
    asked = asked_now(sheet)
    tree = tree_of(
        entries, frozen_set(sheet.group.set_version), mine=_mine(session, sheet, parts.values(), at),
        only=only or (ALL if asked is not None else ""), reader=session.user.pk, asked=asked,
    )  # fmt: skip
    replaced = SetReplacement.objects.filter(group=sheet.group_id).aggregate(last=Max("replaced_at"))["last"]
    return ItemsPage(sheet, tree, deadline_of(sheet), only, parts, asked, replaced)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request that waits for a decision."""

    request: NotAssessedRequest
    sheet: ScoreSheet
    entry: Entry
    title: str
    max_points: object
    is_readable: bool


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """The requests that this person may decide; ``failed`` is the one whose decision was refused, and why."""

    rows: Sequence[RequestRow]
    failed: int = 0
    reason: Refusal | None = None


def requests_page(session: Session, failed: int = 0, reason: Refusal | None = None) -> RequestsPage:
    """Two queries: the sheets whose requests are open, and the requests.

    A chair decides requests of sheets that the council does not read yet; so everything that a decision needs stands
    in the list.
    """
    owners = [grant.path for grant in session.actor.grants if grant.role in (Role.STANDING_OFFICE, Role.CHAIR)]
    running = sheets().filter(requests__gt=0, cycle__state__in=[CycleState.OPEN, CycleState.APPRAISAL])
    waiting = {sheet.pk: sheet for sheet in running.filter(cycle__owner_path__in=owners)}
    rows = []
    for one in requests_to_decide(session, list(waiting.values())):
        sheet = waiting[one.entry.sheet_id]
        frozen: FrozenSet = frozen_set(sheet.group.set_version)
        item = frozen.items[one.entry.item_code]
        readable = refusal(check_can_read_sheet, session.actor, sheet_facts(sheet)) is None
        rows.append(RequestRow(one, sheet, one.entry, title_of(item.node), item.max_points, readable))
    return RequestsPage(rows, failed, reason)
