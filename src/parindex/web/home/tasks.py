"""What waits for a person, by deadline: parts to fill and to sign, requests to decide, units that are late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Count, Q

from parindex.database.models import Cycle, Entry, Extension, ScoreSheet, SheetPart
from parindex.database.queries.questions import waiting
from parindex.database.queries.score_sheets import deadline_of, sheet_facts, sheets
from parindex.domain.review.permissions import check_can_decide_not_assessed
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import COUNCIL, Role
from parindex.domain.review.stages import APPRAISABLE, SIGNED, CycleState, SheetState
from parindex.usecases.actors import Session
from parindex.web.home.appraisal_tasks import council_tasks, questions_by_part
from parindex.web.home.task_kinds import Question, Task, TaskKind

_UNIT_ROLES = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
_UNSENT = (SheetState.OPEN, SheetState.AWAITING_SIGNATURE, SheetState.RETURNED)
#: So many questions of units are linked one by one; the others come up as these are answered.
QUESTIONS_SHOWN = 5
_RUNNING = (CycleState.OPEN, CycleState.APPRAISAL)


@dataclass(frozen=True, slots=True)
class Due:
    """Tasks with one deadline."""

    deadline: datetime | None
    tasks: Sequence[Task]
    is_late: bool
    is_near: bool


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that waits for a person, most urgent first; ``own`` are the parts that they enter or sign."""

    due: Sequence[Due]
    own: Sequence[Task]
    at: datetime

    @property
    def count(self) -> int:
        """How many tasks there are."""
        return sum(len(one.tasks) for one in self.due)

    @property
    def first(self) -> datetime | None:
        """The nearest deadline."""
        return next((one.deadline for one in self.due if one.deadline), None)

    @property
    def notices(self) -> list[Cycle]:
        """The cycles whose notice is still to be heeded: open, and something is to be entered or signed there."""
        cycles = {one.cycle.pk: one.cycle for one in self.own if one.kind in _OWN_TASKS}
        return [one for one in cycles.values() if one.notice and one.state == CycleState.OPEN]


def tasks_of(session: Session, at: datetime) -> Work:
    """The tasks of every role that this person has; at most twelve queries, whatever their number, and some ten more
    for each cycle that this person appraises.
    """
    own = _parts(session)
    tasks = [one for one in own if one.kind in _OWN_TASKS]
    tasks += _submissions(session, own)
    tasks += _assigned(session)
    tasks += _office(session, at)
    tasks += _questions(session)
    far = datetime.max.replace(tzinfo=at.tzinfo)
    tasks.sort(
        key=lambda one: (
            one.deadline or far,
            list(TaskKind).index(one.kind),
            one.cycle.pk,
            one.part.pk if one.part else 0,
        )
    )
    due = []
    for deadline, group in groupby(tasks, key=lambda one: one.deadline):
        left = (deadline - at).total_seconds() if deadline else None
        due.append(
            Due(deadline, list(group), left is not None and left < 0, left is not None and 0 <= left < 3 * 86_400)
        )
    return Work(due, own, at)


#: Own parts that ask something of who enters or signs them; the others are shown as they stand.
_OWN_TASKS = frozenset({TaskKind.FILL, TaskKind.MEND, TaskKind.EXPLAIN, TaskKind.SIGN, TaskKind.LOCKED})


def _parts(session: Session) -> list[Task]:
    """The parts that this person enters or signs, as tasks; two queries, one more where the council asks."""
    held: dict[str, set[Role]] = {}
    for grant in session.actor.grants:
        if grant.role in _UNIT_ROLES:
            held.setdefault(grant.path, set()).add(grant.role)
    if not held:
        return []
    mine = list(SheetPart.objects.filter(lead_path__in=held).order_by("pk"))
    found = {
        sheet.pk: sheet
        for sheet in sheets().filter(pk__in={part.sheet_id for part in mine}).exclude(cycle__state=CycleState.DRAFT)
    }
    counts = _counts([part for part in mine if part.sheet_id in found])
    asked = questions_by_part(
        part.pk for part in mine if part.sheet_id in found and found[part.sheet_id].answer_until is not None
    )
    tasks = []
    for part in mine:
        sheet = found.get(part.sheet_id)
        if sheet is None:
            continue
        done, requested, whole = counts.get(part.pk, (0, 0, 0))
        kind = _part_kind(part, sheet, held[part.lead_path]) if whole else TaskKind.APPRAISE  # scored by a survey
        divided = part.lead_unit_id != sheet.unit_id or whole != sheet.items
        if kind is TaskKind.EXPLAIN:
            whole, done = asked.get(part.pk, (0, 0))
            requested = 0
        tasks.append(
            Task(
                kind, sheet.cycle, deadline_of(sheet), sheet, part, done, whole, requested=requested, is_divided=divided
            )
        )  # fmt: skip
    far = datetime.max
    return sorted(
        tasks, key=lambda one: ((one.deadline.replace(tzinfo=None) if one.deadline else far), -one.cycle.year)
    )


def _part_kind(part: SheetPart, sheet: ScoreSheet, roles: set[Role]) -> TaskKind:
    """What a part asks of somebody with ``roles`` there; APPRAISE: nothing, it is with others."""
    if sheet.cycle.state not in _RUNNING:
        return TaskKind.APPRAISE
    if part.state == SheetState.RETURNED:
        return TaskKind.EXPLAIN if sheet.answer_until is not None else TaskKind.MEND
    if part.state == SheetState.LOCKED:
        return TaskKind.LOCKED
    if part.state == SheetState.AWAITING_SIGNATURE:
        return TaskKind.SIGN if Role.UNIT_LEADER in roles else TaskKind.APPRAISE
    late = sheet.cycle.state == CycleState.APPRAISAL and sheet.extended_until is not None
    if part.state == SheetState.OPEN and (sheet.cycle.state == CycleState.OPEN or late):
        return TaskKind.FILL
    return TaskKind.APPRAISE


_TO_DO = Q(state__in=["unanswered", "answered"]) & (Q(points="") | Q(lacks_evidence=True))


def _counts(parts: Sequence[SheetPart]) -> dict[int, tuple[int, int, int]]:
    """How many items of each part are done, how many wait for a decision, how many there are to enter; one query."""
    rows = (
        Entry.objects.filter(part__in=[part.pk for part in parts])
        .exclude(state="pending")
        .values("part")
        .annotate(
            whole=Count("pk"), left=Count("pk", filter=_TO_DO),
            asked=Count("pk", filter=Q(state="not_assessed_requested")),
        )
        .order_by()
    )  # fmt: skip
    return {row["part"]: (row["whole"] - row["left"] - row["asked"], row["asked"], row["whole"]) for row in rows}


def _submissions(session: Session, own: Sequence[Task]) -> list[Task]:
    """Sheets of several parts that wait for their body's head, because the parts are put together; one query."""
    heads = {grant.path for grant in session.actor.grants if grant.role is Role.UNIT_LEADER}
    if not heads:
        return []
    rows = (
        sheets()
        .filter(unit_path__in=heads, cycle__state__in=_RUNNING, state=SheetState.AWAITING_SIGNATURE)
        .annotate(
            all_parts=Count("parts", distinct=True),
            signed=Count("parts", filter=Q(parts__state__in=SIGNED), distinct=True),
        )
        .filter(all_parts__gt=1)
    )
    known = {one.sheet.pk for one in own if one.sheet is not None and one.kind is TaskKind.SIGN}
    return [
        Task(TaskKind.SUBMIT, sheet.cycle, deadline_of(sheet), sheet, None, sheet.signed, sheet.all_parts)
        for sheet in rows
        if sheet.pk not in known
    ]


def _assigned(session: Session) -> list[Task]:
    """Items that were given to this person and are not done; two queries."""
    rows = (
        Entry.objects.filter(
            Q(sheet__cycle__state=CycleState.OPEN)
            | Q(sheet__cycle__state=CycleState.APPRAISAL, part__state=SheetState.RETURNED)
            | Q(sheet__cycle__state=CycleState.APPRAISAL, part__state=SheetState.OPEN),
            _TO_DO,
            assignee=session.user,
            part__state__in=_UNSENT,
        )
        .values("sheet")
        .annotate(left=Count("pk"))
        .order_by()
    )
    left = {row["sheet"]: row["left"] for row in rows}
    found = sheets().filter(pk__in=left) if left else ()
    return [Task(TaskKind.ASSIGNED, one.cycle, deadline_of(one), one, None, left[one.pk]) for one in found]


def _office(session: Session, at: datetime) -> list[Task]:
    """What waits in the cycles that this person runs or decides in: three queries."""
    owners = {
        grant.path for grant in session.actor.grants if grant.role is Role.STANDING_OFFICE or grant.role in COUNCIL
    }
    if not owners:
        return []
    tasks: list[Task] = []
    by_cycle: dict[int, list[ScoreSheet]] = {}
    cycles = {
        one.pk: one for one in Cycle.objects.filter(owner_path__in=owners, state__in=[CycleState.DRAFT, *_RUNNING])
    }
    for sheet in sheets().filter(cycle__in=cycles):
        by_cycle.setdefault(sheet.cycle_id, []).append(sheet)
    asked = _asked_extensions(cycles)
    for cycle in cycles.values():
        mine = by_cycle.get(cycle.pk, [])
        runs = session.actor.has(Role.STANDING_OFFICE, cycle.owner_path, cycle=cycle.pk)
        if cycle.state == CycleState.DRAFT:
            tasks += [Task(TaskKind.OPEN_CYCLE, cycle, count=len(mine))] if runs else []
            continue
        tasks += _of_cycle(session, cycle, mine, asked.get(cycle.pk, 0), at, runs=runs)
    return tasks


def _questions(session: Session) -> list[Task]:
    """What units asked at items and nobody of the office has answered, a task a cycle; two queries, one without any."""
    offices = {grant.path for grant in session.actor.grants if grant.role is Role.STANDING_OFFICE}
    rows = waiting(offices).values_list(
        "entry__sheet__cycle", "entry__sheet", "entry__item_code", "entry__part__lead_name", "at"
    )
    found: dict[int, list[Question]] = {}
    for cycle, sheet, code, unit, asked_at in rows if offices else ():
        found.setdefault(cycle, []).append(Question(sheet, code, unit, asked_at))
    cycles = Cycle.objects.in_bulk(found) if found else {}
    return [
        Task(TaskKind.ANSWER, cycles[pk], count=len(mine), questions=mine[:QUESTIONS_SHOWN])
        for pk, mine in found.items()
    ]


def _of_cycle(
    session: Session, cycle: Cycle, mine: Sequence[ScoreSheet], asked: int, at: datetime, *, runs: bool
) -> list[Task]:
    tasks = []
    waiting = [
        sheet
        for sheet in mine
        if sheet.requests and refusal(check_can_decide_not_assessed, session.actor, sheet_facts(sheet)) is None
    ]
    if waiting:
        tasks.append(Task(TaskKind.DECIDE_REQUESTS, cycle, count=sum(sheet.requests for sheet in waiting)))
    council = session.actor.role_at(cycle.owner_path, *COUNCIL, cycle=cycle.pk) is not None
    due = council_tasks(session, cycle) if council and cycle.state == CycleState.APPRAISAL else []
    tasks += due
    if not runs:
        sent = sum(sheet.state in APPRAISABLE for sheet in mine)
        if council and cycle.state == CycleState.APPRAISAL and sent and not due:
            tasks.append(Task(TaskKind.APPRAISE, cycle, count=sent, whole=len(mine)))
        return tasks
    if asked:
        tasks.append(Task(TaskKind.DECIDE_EXTENSIONS, cycle, count=asked))
    if cycle.state == CycleState.OPEN:
        late = [sheet for sheet in mine if sheet.state in (*_UNSENT, SheetState.LOCKED)]
        ends = [end for sheet in late if (end := deadline_of(sheet)) is not None]
        overdue = sum(end < at for end in ends)
        if late:
            first = min(ends, default=None)
            tasks.append(Task(TaskKind.LATE_UNITS, cycle, first, count=overdue, whole=len(late)))
    return tasks


def _asked_extensions(cycles: dict[int, Cycle]) -> dict[int, int]:
    rows = (
        Extension.objects.filter(sheet__cycle__in=cycles, decided_at=None)
        .values("sheet__cycle")
        .annotate(asked=Count("pk"))
        .order_by()
    )
    return {row["sheet__cycle"]: row["asked"] for row in rows}
