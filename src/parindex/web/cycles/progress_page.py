"""What the overview of a cycle shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from urllib.parse import urlencode

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import (
    Cycle,
    CycleGroup,
    Extension,
    Phase,
    Reminder,
    ScoreSheet,
    User,
)
from parindex.database.models.cycles import PhaseKind
from parindex.database.queries.cycle_progress import (
    Progress,
    Reach,
    SheetLine,
    Standing,
    extensions_asked,
    groups_of,
    is_late,
    phases_of,
    progress,
    reach_of,
    rows,
    standing_of,
)
from parindex.database.queries.ended_units import working_for
from parindex.database.queries.questions import waiting
from parindex.database.queries.score_sheets import entry_lines
from parindex.documents.holidays import holidays
from parindex.domain.review.days_off import DaysOff
from parindex.domain.review.entry_marks import FINISHED, EntryMark
from parindex.domain.review.roles import Role
from parindex.usecases.sheet_counts import mark_of
from parindex.wording.alphabet import alphabet_key
from parindex.wording.moments import local_day

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
    picked: bool = False

    def query(self, **changes: object) -> str:
        """The address of the same view with some of it changed."""
        words: dict[str, object] = {
            "standing": self.standing, "group": self.group, "search": self.search,
            "order": "" if self.order == "attention" else self.order, "desc": "1" if self.descending else "",
            "page": "" if self.page == 1 else self.page, "open": self.opened or "", "picked": "",
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
    """One unit of the overview; ``heirs``: who has taken the place of one that has ended, with their names."""

    sheet: SheetLine | ScoreSheet
    standing: Standing
    deadline: datetime | None
    reminders: int
    is_late: bool
    is_unseen: bool = False
    is_unreachable: bool = False
    is_unstaffed: bool = False
    is_ended: bool = False
    heirs: Sequence[tuple[int, str]] = ()

    @property
    def owes_an_account(self) -> bool:
        """Whether the unit still owes its sheet and nobody can be written to: no account, or none with an address."""
        return not self.is_submitted and (self.is_unstaffed or self.is_unreachable)

    @property
    def is_submitted(self) -> bool:
        """Whether the unit has handed in its sheet."""
        return self.standing is Standing.SUBMITTED

    @property
    def is_revised(self) -> bool:
        """Whether what the unit has signed was returned to it: the points that stand there are being revised."""
        return self.standing is Standing.RETURNED


@dataclass(frozen=True, slots=True)
class Sent:
    """One reminder, with the deadline that then held."""

    reminder: Reminder
    deadline: datetime | None


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """How many items of an area are done, and how many wait for a decision not to assess them, of how many."""

    code: str
    title: str
    done: int = 0
    requested: int = 0
    items: int = 0


@dataclass(frozen=True, slots=True)
class Detail:
    """The opened row: extensions, items by area, whom to ask, reminders; ``asked``: items with a question that waits
    for the standing office.
    """

    row: Row
    extensions: Sequence[Extension]
    areas: Sequence[AreaProgress]
    people: Sequence[User]
    reminders: Sequence[Sent]
    asked: Sequence[str]


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
    def replaced_at(self) -> datetime | None:
        """When the set of one of the groups was last replaced."""
        moments = [getattr(one, "replaced_at", None) for one in self.groups]
        return max((one for one in moments if one is not None), default=None)

    @property
    def day_off(self) -> DaysOff | None:
        """The days off that the deadline falls into, as long as it has not passed and somebody owes something."""
        if self.ends is None or self.ends < self.at or not self.owing:
            return None
        return holidays().on(local_day(self.ends))

    @property
    def owing(self) -> int:
        """How many units have not submitted."""
        return self.sums.units - self.sums.standings[Standing.SUBMITTED]

    @property
    def every(self) -> dict[str, str]:
        """What a form sends to mean every unit that the filters show, whatever page it is on."""
        return {"standing": self.filters.standing, "group": self.filters.group, "search": self.filters.search}

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
    """The overview: six or seven queries, five more for an opened row, whatever the number of units."""
    phases = phases_of(cycle=cycle.pk)
    ends = max((one.ends_at for one in phases if one.kind == PhaseKind.SELF_SCORING and one.ends_at), default=None)
    sums = progress(cycle, ends, at)
    query = rows(
        cycle, ends, at, standing=filters.standing, group=filters.group, search=filters.search, order=filters.order,
        descending=filters.descending,
    )  # fmt: skip
    found = query.count() if filters.standing or filters.group or filters.search else sums.units
    start = (filters.page - 1) * PAGE
    shown = [SheetLine._make(row) for row in query.values_list(*SheetLine._fields)[start : start + PAGE]]
    reach = reach_of(shown, local_day(at))
    listed = [row_of(sheet, ends, at, reach.get(sheet.pk, Reach(sheet.pk))) for sheet in shown]
    opened = next((one for one in listed if one.sheet.pk == filters.opened), None)
    return ProgressPage(
        cycle=cycle,
        groups=groups_of(cycle=cycle.pk),
        stages=_stages(phases, at),
        sums=sums,
        ends=ends,
        rows=listed,
        found=found,
        filters=filters,
        detail=_detail(opened, ends, local_day(at)) if opened else None,
        asked=extensions_asked(cycle=cycle.pk),
        at=at,
    )


def row_of(sheet: SheetLine | ScoreSheet, ends: datetime | None, at: datetime, reach: Reach) -> Row:
    """One row; the deadline of the cycle where the unit has none of its own."""
    deadline = sheet.extended_until or ends
    standing = standing_of(sheet.state, begun=sheet.last_act_at is not None)
    late = is_late(standing, deadline, at)
    unseen = reach.staffed and not reach.seen
    return Row(
        sheet, standing, deadline, reach.reminders, late, unseen, not reach.reachable, not reach.staffed, reach.ended,
        reach.heirs,
    )  # fmt: skip


def stages_of(cycle: Cycle, at: datetime) -> list[Stage]:
    """The phases of the timetable as steps; several may run at once."""
    return _stages(phases_of(cycle=cycle.pk), at)


def _stages(phases: Sequence[Phase], at: datetime) -> list[Stage]:
    def state(phase: Phase) -> str:
        if phase.ends_at is not None and phase.ends_at < at:
            return "done"
        return "now" if phase.starts_at is None or phase.starts_at <= at else "later"

    return [Stage(phase, state(phase)) for phase in phases]


def _detail(row: Row, ends: datetime | None, day: date) -> Detail:
    sheet = (
        ScoreSheet.objects.select_related("cycle", "group__set_version")
        .defer("group__set_version__content")
        .get(pk=row.sheet.pk)
    )
    frozen = frozen_set(sheet.group.set_version)
    areas: dict[str, AreaProgress] = {}
    for entry in entry_lines(sheet):
        mark = mark_of(entry)
        if mark is EntryMark.PENDING:
            continue
        above = frozen.ancestors[entry.item_code]
        area = above[0] if above else frozen.items[entry.item_code].node
        so_far = areas.get(area.code) or AreaProgress(area.code, area.display_title or area.title)
        areas[area.code] = replace(
            so_far,
            done=so_far.done + (mark in FINISHED),
            requested=so_far.requested + (mark is EntryMark.NOT_ASSESSED_REQUESTED),
            items=so_far.items + 1,
        )
    people = User.objects.filter(
        grants__unit__in=working_for([sheet.unit_id], day)[sheet.unit_id] if row.is_ended else [sheet.unit_id],
        grants__role__in=[Role.UNIT_OFFICER, Role.UNIT_LEADER], grants__ended_at=None,
        is_active=True,
    )  # fmt: skip
    extensions = list(Extension.objects.filter(sheet=sheet).select_related("decided_by", "requested_by").order_by("pk"))
    sent = Reminder.objects.filter(sheet=sheet).select_related("sent_by").order_by("sent_at", "pk")
    return Detail(
        row,
        extensions,
        list(areas.values()),
        sorted(people.distinct(), key=lambda one: alphabet_key(one.full_name)),
        [Sent(one, _deadline_at(one.sent_at, extensions, ends)) for one in sent],
        list(waiting({sheet.cycle.owner_path}).filter(entry__sheet=sheet).values_list("entry__item_code", flat=True)),
    )


def _deadline_at(moment: datetime, extensions: Sequence[Extension], ends: datetime | None) -> datetime | None:
    """The deadline that held at a moment: the last extension that had then been granted, else that of the cycle."""
    granted = [one.until for one in extensions if one.approved and one.decided_at and one.decided_at <= moment]
    return granted[-1] if granted else ends
