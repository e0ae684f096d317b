"""The sheet that a person works on most urgently: how far it is, its dates, who does what, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.timezone import localdate

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import AuditRecord, Entry, Phase, RoleGrant, ScoreSheet, SheetPart
from parindex.database.models.cycles import PhaseKind
from parindex.database.queries.ended_units import colleagues, successors
from parindex.database.queries.score_sheets import entries_of
from parindex.database.queries.units import names_and_paths
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.review.entry_marks import TO_DO, EntryMark
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session
from parindex.usecases.sheet_counts import SheetCounts, counts_of, mark_of
from parindex.web.home.task_kinds import Task
from parindex.wording.audit_log import action_text

_NEWS = 6
#: What everybody does all the time is no news.
_NO_NEWS = ("edit_entry", "download_evidence", "view_evidence", "export_progress")


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion of what is shown: items, maximum, claimed points, what is left."""

    node: Node
    counts: SheetCounts
    left: int

    @property
    def is_untouched(self) -> bool:
        """Whether nothing of it has been entered: no points, which is not zero points."""
        return self.counts.items > 0 and self.counts.marks[EntryMark.UNANSWERED] == self.counts.items


@dataclass(frozen=True, slots=True)
class News:
    """One line of the log, in words."""

    at: datetime
    by: str
    words: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """Everything about the sheet beside the tasks.

    ``counts`` and ``rows`` are those of the whole sheet for the people of the assessed body, as the list of sheets and
    the check show them; ``part_counts`` then tells of the part that the body leads itself. For units that lead a part
    of another body's sheet they are those of that part.
    """

    sheet: ScoreSheet
    part: SheetPart
    counts: SheetCounts
    part_counts: SheetCounts | None
    rows: Sequence[CriterionRow]
    phases: Sequence[Phase]
    officers: Sequence[str]
    leaders: Sequence[str]
    news: Sequence[News]

    @property
    def is_whole(self) -> bool:
        """Whether the whole sheet is shown: it is the own body's."""
        return self.part.lead_path == self.sheet.unit_path

    @property
    def state(self) -> str:
        """Where stands what is shown."""
        return self.sheet.state if self.is_whole else self.part.state

    def is_now(self, phase: Phase, at: datetime) -> bool:
        """Whether a phase runs."""
        return (phase.starts_at is None or phase.starts_at <= at) and (phase.ends_at is None or at <= phase.ends_at)


def own_sheet(session: Session, own: Sequence[Task], at: datetime) -> OwnSheet | None:
    """The first of the own sheets; four queries, more where the unit has ended and the own has taken its place."""
    task = next((one for one in own if one.sheet is not None and one.part is not None), None)
    if task is None or task.sheet is None or task.part is None:
        return None
    sheet, part = task.sheet, task.part
    frozen = frozen_set(sheet.group.set_version)
    everything = entries_of(sheet)
    entries = [one for one in everything if one.part_id == part.pk]
    is_whole = part.lead_path == sheet.unit_path
    shown = everything if is_whole else entries
    own_part = counts_of(entries, frozen) if is_whole and len(entries) < len(everything) else None
    people = list(
        RoleGrant.objects.filter(
            unit__in=colleagues(session.actor, part.lead_unit_id, part.lead_path, localdate(at)),
            role__in=[Role.UNIT_OFFICER, Role.UNIT_LEADER],
            ended_at=None,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("user__full_name", "pk")
    )
    names = {
        role: list(dict.fromkeys(one.user.full_name for one in people if one.role == role))
        for role in (Role.UNIT_OFFICER, Role.UNIT_LEADER)
    }
    return OwnSheet(
        sheet, part, counts_of(shown, frozen), own_part, _criteria(shown, frozen),
        list(Phase.objects.filter(cycle=sheet.cycle_id).order_by("ends_at", "starts_at", "pk")),
        names[Role.UNIT_OFFICER], names[Role.UNIT_LEADER], _news(session, sheet, part, entries),
    )  # fmt: skip


def _criteria(entries: Sequence[Entry], frozen: FrozenSet) -> list[CriterionRow]:
    """The points per area; per criterion where all items stand in one area."""
    areas = {(frozen.ancestors[one.item_code] or (frozen.items[one.item_code].node,))[0].code for one in entries}
    level = 0 if len(areas) > 1 else 1
    groups: dict[str, tuple[Node, list[Entry]]] = {}
    for entry in entries:
        above = frozen.ancestors[entry.item_code] or (frozen.items[entry.item_code].node,)
        node = above[min(level, len(above) - 1)]
        groups.setdefault(node.code, (node, []))[1].append(entry)
    rows = []
    for node, found in groups.values():
        marks: Counter[EntryMark] = Counter(mark_of(one) for one in found)
        rows.append(CriterionRow(node, counts_of(found, frozen), sum(marks[mark] for mark in TO_DO)))
    return rows


def _news(session: Session, sheet: ScoreSheet, part: SheetPart, entries: Sequence[Entry]) -> list[News]:
    """What others did with the own part, the latest first; remarks inside the unit are no news for the log."""
    codes = {str(one.pk): one.item_code for one in entries}
    rows = (
        AuditRecord.objects.filter(chain__key=f"cycle-{sheet.cycle_id}", unit=sheet.unit_id)
        .exclude(action__in=_NO_NEWS)
        .exclude(actor=session.user)
        .order_by("-sequence")[: _NEWS * 3]
    )
    news = []
    for row in rows:
        if row.object_kind == "entry" and row.object_id not in codes:
            continue
        if row.object_kind == "sheet_part" and row.object_id != str(part.pk):
            continue
        code = codes.get(row.object_id, "") if row.object_kind == "entry" else ""
        news.append(News(row.at, row.actor_name, action_text(row.action), code, row.reason))
    return news[:_NEWS]


def total(rows: Sequence[CriterionRow]) -> tuple[int, Fraction, Fraction, int]:
    """The last line: items, maximum, claimed points, what is left."""
    return (
        sum(row.counts.items for row in rows),
        sum((row.counts.max_points for row in rows), Fraction(0)),
        sum((row.counts.points for row in rows), Fraction(0)),
        sum(row.left for row in rows),
    )


def gone_to(session: Session, at: datetime) -> list[str]:
    """Who has taken the place of the unit that employed somebody, by name, where it has ended and left them no role."""
    unit = session.user.unit_id
    if unit is None or session.actor.grants:
        return []
    day = localdate(at)
    heirs = successors([unit], day).get(unit, {})
    return [name for name, _ in names_and_paths(heirs, day).values()]


def next_opening(session: Session, at: datetime) -> datetime | None:
    """When the next cycle of the own unit is to begin; one query."""
    paths = [grant.path for grant in session.actor.grants if grant.role in (Role.UNIT_OFFICER, Role.UNIT_LEADER)]
    return (
        Phase.objects.filter(
            kind=PhaseKind.SELF_SCORING,
            starts_at__gt=at,
            cycle__state="draft",
            cycle__sheets__parts__lead_path__in=paths,
        )
        .order_by("starts_at")
        .values_list("starts_at", flat=True)
        .first()
    )
