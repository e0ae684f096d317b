"""Running a cycle: units and sets, opening, deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import (
    CriteriaSetVersion,
    Cycle,
    CycleGroup,
    Entry,
    Phase,
    ScoreSheet,
    SheetPart,
    Unit,
    UnitVersion,
)
from parindex.database.models.criteria_sets import SetState
from parindex.database.models.cycles import PhaseKind
from parindex.database.models.entries import EntryState
from parindex.database.queries.cycles import own_sheets
from parindex.database.queries.score_sheets import cycle_facts, sheets
from parindex.database.queries.units import below, versions_on
from parindex.domain.review.permissions import check_can_manage_sets, check_can_run_cycle, check_can_see_cycle
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import CycleState
from parindex.usecases import audit_log, notices
from parindex.usecases.actors import Session
from parindex.usecases.entry_points import is_entered_by_hand
from parindex.usecases.read_marks import require_as_read
from parindex.usecases.starting_points import COUNTED, Starting
from parindex.usecases.written_texts import whole
from parindex.wording.moments import local_day

NOTICE_LENGTH = 5_000
TITLE_LENGTH = 300
CONTACT_LENGTH = 300


@dataclass(frozen=True, slots=True)
class NewGroup:
    """Units that are to be scored by one frozen version and ranked together."""

    code: str
    title: str
    set_version: int
    units: tuple[int, ...]


@transaction.atomic
def open_cycle(*, by: Session, at: datetime, cycle_id: int, despite_years: bool = False) -> Cycle:
    """Open a prepared cycle: units can enter from now on.

    Refused where there is no unit, no frozen set or no phase of self-scoring that is still to end (an open sheet would
    be locked within the minute); and where a set is of another year than
    the cycle (``set_of_other_year``), unless somebody has read what that means (``despite_years``).
    """
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    check_can_run_cycle(by.actor, cycle_facts(cycle, cycle.owner_path))
    if cycle.state != CycleState.DRAFT:
        raise Refusal("cycle_already_open")
    groups = list(CycleGroup.objects.filter(cycle=cycle).select_related("set_version"))
    if not groups or not ScoreSheet.objects.filter(cycle=cycle).exists():
        raise Refusal("cycle_without_units")
    loose = [group.title for group in groups if group.set_version.state != SetState.FROZEN]
    if loose:
        raise Refusal("set_not_frozen", groups=loose)
    ends = list(Phase.objects.filter(cycle=cycle, kind=PhaseKind.SELF_SCORING).values_list("ends_at", flat=True))
    if not ends:
        raise Refusal("cycle_without_self_scoring")
    known = [end for end in ends if end is not None]
    if known and max(known) <= at:
        raise Refusal("self_scoring_already_over", deadline=max(known))
    other = years_apart(cycle)
    if other and not despite_years:
        raise Refusal("set_of_other_year", year=cycle.year, years=other)
    cycle.state, cycle.opened_at = CycleState.OPEN, at
    cycle.save(update_fields=["state", "opened_at"])
    audit_log.record(
        "open_cycle", audit_log.target(cycle, unit=cycle.owner_id, cycle=cycle), by=by, at=at,
        before={"state": CycleState.DRAFT.value}, after={"state": CycleState.OPEN.value},
    )  # fmt: skip
    notices.opened(cycle, list(sheets().filter(cycle=cycle).order_by("position", "pk")))
    return cycle


def years_apart(cycle: Cycle) -> list[int]:
    """The years of the sets of a cycle that are not its own; figures and "last year" go by the set. One query."""
    years = CycleGroup.objects.filter(cycle=cycle).order_by().values_list("set_version__year", flat=True)
    return sorted({year for year in years if year is not None} - {cycle.year})


@transaction.atomic
def add_group(*, by: Session, at: datetime, cycle_id: int, group: NewGroup) -> CycleGroup:
    """Add a group with its units to a cycle in preparation: a sheet for each unit, an entry for each item."""
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    check_can_run_cycle(by.actor, cycle_facts(cycle, cycle.owner_path))
    if cycle.state != CycleState.DRAFT:
        raise Refusal("cycle_already_open")
    _check_is_of_owner(cycle, group, at)
    position = CycleGroup.objects.filter(cycle=cycle).count()
    made = CycleGroup.objects.create(
        cycle=cycle,
        code=group.code,
        title=whole(group.title, TITLE_LENGTH),
        set_version_id=group.set_version,
        position=position,
    )
    if made.set_version.state != SetState.FROZEN:
        raise Refusal("set_not_frozen", groups=[group.title])
    add_units(made, group.units, at)
    audit_log.record(
        "add_group", audit_log.target(made, unit=cycle.owner_id, cycle=cycle), by=by, at=at,
        after={"group": group.code, "set_version": group.set_version, "units": list(group.units)},
    )  # fmt: skip
    return made


def _check_is_of_owner(cycle: Cycle, group: NewGroup, at: datetime) -> None:
    """A cycle is run by a set of its owner, over the owner and the units below it."""
    if not CriteriaSetVersion.objects.filter(pk=group.set_version, criteria_set__owner=cycle.owner_id).exists():
        raise Refusal("set_not_of_owner")
    others = versions_on(local_day(at)).filter(unit__in=group.units).exclude(below(cycle.owner_path))
    codes = list(others.order_by("unit__code").values_list("unit__code", flat=True))
    if codes:
        raise Refusal("units_of_others", units=codes)


def add_units(group: CycleGroup, units: Sequence[int], at: datetime) -> None:
    """Sheets for units, with the names and places that the units have on the day of ``at``."""
    frozen = frozen_set(group.set_version)
    versions = {one.unit_id: one for one in versions_on(local_day(at)).filter(unit__in=units)}
    unknown = [unit for unit in units if unit not in versions]
    if unknown:
        codes = list(Unit.objects.filter(pk__in=unknown).values_list("code", flat=True))
        raise Refusal("units_not_valid_today", units=codes)
    made = ScoreSheet.objects.bulk_create(
        [_sheet(group, versions[unit], position) for position, unit in enumerate(units)]
    )
    parts = SheetPart.objects.bulk_create(
        [
            SheetPart(sheet=sheet, lead_unit_id=sheet.unit_id, lead_name=sheet.unit_name, lead_path=sheet.unit_path)
            for sheet in made
        ]
    )
    starting = Starting(frozen, units)
    entries: list[Entry] = []
    for sheet, part in zip(made, parts, strict=True):
        new = _entries(sheet, part, frozen)
        starting.begin(sheet, new)
        entries += new
    Entry.objects.bulk_create(entries, batch_size=2000)
    ScoreSheet.objects.bulk_update(made, COUNTED, batch_size=500)


def _sheet(group: CycleGroup, version: UnitVersion, position: int) -> ScoreSheet:
    return ScoreSheet(
        cycle_id=group.cycle_id, group=group, unit_id=version.unit_id, unit_name=version.name,
        unit_path=version.path, unit_kind=version.kind, position=position,
    )  # fmt: skip


def _entries(sheet: ScoreSheet, part: SheetPart, frozen: FrozenSet) -> list[Entry]:
    return [
        Entry(
            sheet=sheet, part=part, item_code=code, position=position,
            state=EntryState.UNANSWERED if is_entered_by_hand(item.node.source) else EntryState.PENDING,
        )
        for position, (code, item) in enumerate(frozen.items.items())
    ]  # fmt: skip


@transaction.atomic
def create_cycle(
    *, by: Session, at: datetime, owner: UnitVersion, title: str, year: int, parent: int | None = None, notice: str = ""
) -> Cycle:
    """A cycle in preparation, run by the standing office of ``owner``.

    ``parent`` is the cycle above, one that this person may see; belonging to it gives nobody a right.
    """
    check_can_manage_sets(by.actor, owner.path)
    title, notice = whole(title, TITLE_LENGTH), whole(notice, NOTICE_LENGTH)
    if parent is not None:
        above = Cycle.objects.get(pk=parent)
        taking_part = bool(own_sheets(by.actor, above))
        check_can_see_cycle(by.actor, cycle_facts(above, above.owner_path), takes_part=taking_part)
    made = Cycle.objects.create(
        owner_id=owner.unit_id, owner_path=owner.path, parent_id=parent, title=title, year=year, notice=notice,
        created_by=by.user, created_at=at,
    )  # fmt: skip
    audit_log.record(
        "create_cycle", audit_log.target(made, unit=made.owner_id, cycle=made), by=by, at=at,
        after={"title": title, "year": year, "parent": parent},
    )  # fmt: skip
    return made


def notice_texts(cycle: Cycle) -> dict[str, str]:
    """What the form of the notice shows."""
    return {"notice": cycle.notice, "contact": cycle.contact}


@transaction.atomic
def set_notice(
    *, by: Session, at: datetime, cycle_id: int, notice: str, contact: str, seen: str | None = None
) -> Cycle:
    """What units read when the cycle is opened, and whom they ask; also changed later, each time in the log."""
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    check_can_run_cycle(by.actor, cycle_facts(cycle, cycle.owner_path))
    before = notice_texts(cycle)
    require_as_read(before, seen)
    cycle.notice, cycle.contact = whole(notice, NOTICE_LENGTH), whole(contact, CONTACT_LENGTH)
    after = notice_texts(cycle)
    if before != after:
        cycle.save(update_fields=["notice", "contact"])
        target = audit_log.target(cycle, unit=cycle.owner_id, cycle=cycle)
        audit_log.record("set_notice", target, by=by, at=at, before=before, after=after)
    return cycle
