"""What the overview of a cycle shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from urllib.parse import urlencode

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Cycle, CycleGroup, Entry, Extension, Phase, Reminder, ScoreSheet, User
from parindex.database.queries.cycle_progress import (
    SUBMITTED,
    Progress,
    Standing,
    progress,
    reminders_of,
    rows,
    self_scoring_ends,
)
from parindex.domain.review.entry_marks import EntryMark
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import SheetState
from parindex.usecases.sheet_counts import mark_of

PAGE = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything unknown is left out."""

    standing: str = ""
    group: str = ""
    search: str = ""
    order: str = "attention"
    descending: bool = False
    page: int = 1
    opened: int = 0

    def query(self, **changes: object) -> str:
        """The address of the same view with some of it changed."""
        words: dict[str, object] = {
            "standing": self.standing, "group": self.group, "search": self.search,
            "order": "" if self.order == "attention" else self.order, "desc": "1" if self.descending else "",
            "page": "" if self.page == 1 else self.page, "open": self.opened or "",
        }  # fmt: skip
        words.update(changes)
        kept = {name: value for name, value in words.items() if value not in ("", 0, False, None)}
        return "?" + urlencode(kept)

    def sorting(self, order: str) -> str:
        """The address that sorts by ``order``; the other way round where it already does."""
        turn = "1" if self.order == order and not self.descending else ""
        return self.query(order=order, desc=turn, page="")


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the overview."""

    sheet: ScoreSheet
    standing: Standing
    deadline: datetime | None
    reminders: int
    is_late: bool

    @property
    def is_submitted(self) -> bool:
        """Whether the unit has handed in its sheet."""
        return self.standing is Standing.SUBMITTED


@dataclass(frozen=True, slots=True)
class Detail:
    """The opened row: extensions, items by area, whom to ask, reminders."""

    row: Row
    extensions: Sequence[Extension]
    areas: Sequence[tuple[str, str, int, int]]
    people: Sequence[User]
    reminders: Sequence[Reminder]


@dataclass(frozen=True, slots=True)
class Stage:
    """One phase as a step: done, now, or to come."""

    phase: Phase
    state: str


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """Everything on the overview."""

    cycle: Cycle
    groups: Sequence[CycleGroup]
    stages: Sequence[Stage]
    sums: Progress
    ends: datetime | None
    rows: Sequence[Row]
    found: int
    filters: Filters
    detail: Detail | None
    asked: Sequence[Extension]
    at: datetime = field()

    @property
    def entered(self) -> Fraction | None:
        """Items entered of all items in per cent: the sum of items, never a mean of percentages."""
        return Fraction(self.sums.items_done * 100, self.sums.items) if self.sums.items else None

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return (self.filters.page - 1) * PAGE + 1 if self.found else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.filters.page * PAGE, self.found)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.found // PAGE))


def progress_page(cycle: Cycle, filters: Filters, at: datetime) -> ProgressPage:
    """The overview: seven queries, four more for an opened row, whatever the number of units."""
    ends = self_scoring_ends(cycle)
    query = rows(
        cycle, ends, at, standing=filters.standing, group=filters.group, search=filters.search, order=filters.order,
        descending=filters.descending,
    )  # fmt: skip
    found = query.count()
    start = (filters.page - 1) * PAGE
    shown = list(query[start : start + PAGE])
    times = reminders_of(shown)
    listed = [row_of(sheet, ends, at, times.get(sheet.pk, 0)) for sheet in shown]
    opened = next((one for one in listed if one.sheet.pk == filters.opened), None)
    return ProgressPage(
        cycle=cycle,
        groups=list(CycleGroup.objects.filter(cycle=cycle).select_related("set_version")),
        stages=stages_of(cycle, at),
        sums=progress(cycle, ends, at),
        ends=ends,
        rows=listed,
        found=found,
        filters=filters,
        detail=_detail(opened) if opened else None,
        asked=list(
            Extension.objects.filter(sheet__cycle=cycle, approved=None)
            .select_related("sheet", "requested_by")
            .order_by("requested_at")
        ),
        at=at,
    )


def row_of(sheet: ScoreSheet, ends: datetime | None, at: datetime, reminders: int) -> Row:
    """One row; the deadline of the cycle where the unit has none of its own."""
    deadline = sheet.extended_until or ends
    standing = standing_of(sheet)
    late = standing is not Standing.SUBMITTED and deadline is not None and deadline < at
    return Row(sheet, standing, deadline, reminders, late)


def standing_of(sheet: ScoreSheet) -> Standing:
    """The standing of one sheet, by the same conditions as the sums."""
    if sheet.state in SUBMITTED:
        return Standing.SUBMITTED
    if sheet.state == SheetState.OPEN:
        return Standing.ENTERING if sheet.last_act_at else Standing.NOT_STARTED
    return Standing(sheet.state)


def stages_of(cycle: Cycle, at: datetime) -> list[Stage]:
    """The phases of the timetable as steps; several may run at once."""

    def state(phase: Phase) -> str:
        if phase.ends_at is not None and phase.ends_at < at:
            return "done"
        return "now" if phase.starts_at is None or phase.starts_at <= at else "later"

    return [Stage(phase, state(phase)) for phase in Phase.objects.filter(cycle=cycle)]


def _detail(row: Row) -> Detail:
    frozen = frozen_set(row.sheet.group.set_version)
    areas: dict[str, list[int]] = {}
    titles: dict[str, str] = {}
    for entry in Entry.objects.filter(sheet=row.sheet).order_by("position"):
        mark = mark_of(entry)
        if mark is EntryMark.PENDING:
            continue
        above = frozen.ancestors[entry.item_code]
        area = above[0] if above else frozen.items[entry.item_code].node
        titles[area.code] = area.display_title or area.title
        counts = areas.setdefault(area.code, [0, 0])
        counts[0] += mark in (EntryMark.DONE, EntryMark.NOT_ASSESSED, EntryMark.NOT_ASSESSED_REQUESTED)
        counts[1] += 1
    people = User.objects.filter(
        grants__unit=row.sheet.unit_id, grants__role__in=[Role.UNIT_OFFICER, Role.UNIT_LEADER], grants__ended_at=None,
        is_active=True,
    )  # fmt: skip
    return Detail(
        row,
        list(Extension.objects.filter(sheet=row.sheet).select_related("decided_by").order_by("pk")),
        [(code, titles[code], done, every) for code, (done, every) in areas.items()],
        list(people.distinct().order_by("full_name")),
        list(Reminder.objects.filter(sheet=row.sheet).order_by("sent_at")),
    )
