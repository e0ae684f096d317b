"""The parts of a sheet: which unit leads which item, and the meeting at which the parts were reconciled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import (
    Entry,
    ReconciliationMeeting,
    ScoreSheet,
    SheetPart,
    Unit,
    UnitSuccession,
    UnitVersion,
)
from parindex.database.queries.ended_units import ended_on, successors
from parindex.database.queries.score_sheets import sheet_facts, sheets, year_of
from parindex.database.queries.units import versions_on, within
from parindex.documents.unit_tables.preview import ChangeKind, Preview
from parindex.documents.unit_tables.rows import AssignmentRow
from parindex.domain.review.permissions import check_can_assign_parts, check_can_review_parts
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import EDITABLE
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.read_marks import require_as_read
from parindex.usecases.written_texts import REASON_LENGTH, reason_of, whole
from parindex.wording.language import text
from parindex.wording.moments import local_day


def lead_units(sheet: ScoreSheet, at: datetime) -> QuerySet[UnitVersion]:
    """The units that may lead items of a sheet: the body itself, or who has taken its place, and what belongs to it.

    One query for a body that is there.
    """
    bodies = [sheet.unit_path, *successors([sheet.unit_id], local_day(at)).get(sheet.unit_id, {}).values()]
    return versions_on(local_day(at)).filter(within(bodies)).order_by("path", "pk")


def lead_texts(sheet_id: int) -> dict[str, str]:
    """What the assignment sheet shows: who leads each item. One query."""
    return dict(Entry.objects.filter(sheet=sheet_id).order_by("position").values_list("item_code", "part__lead_name"))


@transaction.atomic
def assign_items(
    *, by: Session, at: datetime, sheet_id: int, leads: Mapping[str, int], reason: str, seen: str | None = None
) -> list[SheetPart]:
    """Give items to the units that lead them (``leads``: unit by item code); every entry stays as it is.

    All of them or none. Refused where one of the parts waits for a signature or is signed (``part_signed``). Who an
    item was given to inside the old lead unit no longer has it.
    """
    ScoreSheet.objects.select_for_update(no_key=True).only("pk").get(pk=sheet_id)
    sheet = sheets().get(pk=sheet_id)
    parts = {part.lead_unit_id: part for part in SheetPart.objects.select_for_update(no_key=True).filter(sheet=sheet)}
    check_can_assign_parts(by.actor, sheet_facts(sheet, parts.values()))
    require_as_read(lead_texts(sheet_id) if seen is not None else {}, seen)
    why = reason_of(reason)
    entries = list(
        Entry.objects.select_for_update(of=("self",), no_key=True)
        .select_related("part", "assignee")
        .filter(sheet=sheet, item_code__in=leads)
    )
    if not entries or len(entries) != len(leads):
        raise Refusal("items_not_picked")
    moving = [entry for entry in entries if entry.part.lead_unit_id != leads[entry.item_code]]
    units = {one.unit_id: one for one in lead_units(sheet, at)}
    if any(leads[entry.item_code] not in units for entry in moving):
        raise Refusal("lead_not_picked")
    _require_open([entry.part for entry in moving], moving)
    before = {entry.item_code: entry.part.lead_name for entry in moving}
    taken = [(entry, entry.assignee) for entry in moving if entry.assignee is not None]
    for entry in moving:
        unit = units[leads[entry.item_code]]
        part = parts.get(unit.unit_id)
        if part is None:
            part = parts[unit.unit_id] = SheetPart.objects.create(
                sheet=sheet, lead_unit_id=unit.unit_id, lead_name=unit.name, lead_path=unit.path
            )
        _require_open([part], [entry])
        entry.part, entry.assignee = part, None
    Entry.objects.bulk_update(moving, ["part", "assignee"], batch_size=200)
    _drop_empty(sheet)
    if moving:
        after = {entry.item_code: entry.part.lead_name for entry in moving}
        what = audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id)
        audit_log.record("assign_items", what, by=by, at=at, before=before, after=after, reason=why)
    for entry, person in taken:
        what = audit_log.target(entry, unit=sheet.unit_id, cycle=sheet.cycle_id)
        before, after = {"assignee": person.full_name}, {"assignee": ""}
        audit_log.record("assign_item", what, by=by, at=at, before=before, after=after, reason=why)
    return list(SheetPart.objects.filter(sheet=sheet).order_by("pk"))


def _require_open(parts: Collection[SheetPart], moving: Collection[Entry]) -> None:
    for part in parts:
        if part.state not in EDITABLE:
            items = [entry.item_code for entry in moving if entry.part_id == part.pk] or [
                entry.item_code for entry in moving
            ]
            raise Refusal("part_signed", unit=part.lead_name, items=items)


def _drop_empty(sheet: ScoreSheet) -> None:
    """A part without items is none; where somebody signed it or handed in a workbook for it, it stays with those."""
    SheetPart.objects.filter(sheet=sheet, entries=None, submissions=None, workbooks=None).delete()


def assignment_rows(sheet: ScoreSheet, units: Sequence[tuple[str, str]]) -> list[AssignmentRow]:
    """Every item of the sheet with the unit that leads it, in reading order; ``units`` as :func:`written_leads`."""
    frozen = frozen_set(sheet.group.set_version)
    words = {code: word for word, code in units}
    entries = Entry.objects.filter(sheet=sheet).select_related("part__lead_unit").order_by("position")
    rows = []
    for entry in entries:
        node, part = frozen.items[entry.item_code].node, entry.part
        code = part.lead_unit.code
        rows.append(
            AssignmentRow(entry.item_code, node.display_title or node.title, code, words.get(code, part.lead_name))
        )
    return rows


def written_leads(sheet: ScoreSheet, at: datetime) -> list[tuple[str, str]]:
    """The units that may lead, by name and code; names that two of them have are written as codes. One query."""
    units = list(lead_units(sheet, at).select_related("unit"))
    names = Counter(one.name.casefold() for one in units)
    return [(one.name if names[one.name.casefold()] == 1 else one.unit.code, one.unit.code) for one in units]


def closed_leads(sheet: ScoreSheet) -> set[str]:
    """The codes of lead units whose part waits for a signature or is signed."""
    parts = SheetPart.objects.filter(sheet=sheet).exclude(state__in=EDITABLE)
    return set(parts.values_list("lead_unit__code", flat=True))


@transaction.atomic
def import_assignments(
    *, by: Session, at: datetime, sheet_id: int, preview: Preview[AssignmentRow], file: str
) -> list[SheetPart]:
    """Give the items of a table to the units that it names, all of them or none; the log says by which table."""
    changes = [one.row for one in preview.changes if one.kind is not ChangeKind.UNCHANGED]
    units = dict(Unit.objects.filter(code__in={row.unit for row in changes}).values_list("code", "pk"))
    leads = {row.item: units[row.unit] for row in changes}
    return assign_items(by=by, at=at, sheet_id=sheet_id, leads=leads, reason=text("Theo bảng {file}", file=file))


@transaction.atomic
def log_assignment_export(*, by: Session, at: datetime, sheet: ScoreSheet, rows: int) -> None:
    """That somebody took the assignment with them."""
    target = audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id)
    audit_log.record("export_assignments", target, by=by, at=at, after={"rows": rows})


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who led each item last year: by item code; ``unsure`` are the items whose lead is not known for this year."""

    leads: Mapping[str, UnitVersion] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()
    year: int = 0


def last_year_leads(sheet: ScoreSheet, at: datetime) -> Proposal:
    """The leads of last year's sheet of the same unit, for items of the same code and title.

    A unit that is no longer there is followed by its only successor; else its items are ``unsure``.
    """
    earlier = (
        sheets()
        .filter(
            unit=sheet.unit_id,
            group__set_version__year=year_of(sheet) - 1,
            cycle__owner=sheet.cycle.owner_id,
        )
        .order_by("-pk")
        .first()
    )
    if earlier is None:
        return Proposal()
    before, now = frozen_set(earlier.group.set_version), frozen_set(sheet.group.set_version)
    led = dict(Entry.objects.filter(sheet=earlier).values_list("item_code", "part__lead_unit"))
    units = {one.unit_id: one for one in lead_units(sheet, at)}
    followed: dict[int, list[int]] = {}
    gone = ended_on(local_day(at)).filter(unit__in=set(led.values())).order_by().values("unit")
    taken = UnitSuccession.objects.filter(predecessor__in=gone, takes_over=True)
    for old, new in taken.values_list("predecessor", "successor"):
        followed.setdefault(old, []).append(new)
    leads, unsure = {}, []
    for code in now.items:
        same = code in led and _title(before, code) == _title(now, code)
        unit = _today(led[code], units, followed) if same else None
        if unit is None:
            unsure.append(code)
        else:
            leads[code] = unit
    return Proposal(leads, tuple(unsure), year_of(earlier))


def _title(frozen: FrozenSet, code: str) -> str:
    node = frozen.items[code].node
    return " ".join((node.display_title or node.title).casefold().split())


def _today(unit: int, units: Mapping[int, UnitVersion], followed: Mapping[int, list[int]]) -> UnitVersion | None:
    if unit in units:
        return units[unit]
    successors = followed.get(unit, [])
    return units.get(successors[0]) if len(successors) == 1 else None


@transaction.atomic
def record_meeting(
    *, by: Session, at: datetime, sheet_id: int, held_on: date, present: str, agreed: str
) -> ReconciliationMeeting:
    """Keep the meeting at which the parts were reconciled: when, who came, what was agreed."""
    sheet = sheets().get(pk=sheet_id)
    check_can_review_parts(by.actor, sheet_facts(sheet))
    if held_on > local_day(at):
        raise Refusal("meeting_in_the_future")
    who, what = (whole(given, 10 * REASON_LENGTH) for given in (present, agreed))
    if not who or not what:
        raise Refusal("meeting_incomplete")
    made = ReconciliationMeeting.objects.create(
        sheet=sheet, held_on=held_on, present=who, agreed=what, recorded_by=by.user, recorded_at=at
    )
    target = audit_log.target(made, unit=sheet.unit_id, cycle=sheet.cycle_id)
    after = {"held_on": held_on.isoformat(), "present": who, "agreed": what}
    audit_log.record("record_meeting", target, by=by, at=at, after=after)
    return made
