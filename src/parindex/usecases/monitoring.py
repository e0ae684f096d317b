"""The register of the year: what lead units observe and inspections find, what was remedied, what was a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import CriteriaSetVersion, MonitoringNote, Unit
from parindex.database.queries.accounts import path_on
from parindex.database.queries.monitoring import note_facts, who_leads
from parindex.database.queries.units import names_and_paths
from parindex.domain.review.monitoring_permissions import Leads, check_can_change_note, check_can_record_note
from parindex.domain.review.permissions import works_for
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.written_texts import reason_of, whole
from parindex.wording.moments import local_day

FINDING_LENGTH, PAPER_LENGTH, CODE_LENGTH = 5_000, 500, 40
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class NoteData:
    """A finding as it is recorded: ``unit`` is the key of the unit, ``item_code`` "" for the unit as a whole."""

    unit: int
    year: int
    observed_on: date
    finding: str
    item_code: str = ""
    paper: str = ""
    remedy_due: date | None = None


@transaction.atomic
def record_note(*, by: Session, at: datetime, owner_id: int, data: NoteData) -> MonitoringNote:
    """Record a finding on a unit of an owner, for its year and item, which stands in a set of that year
    (``note_item_unknown``).
    """
    day = local_day(at)
    known = names_and_paths({owner_id, data.unit}, day)
    if owner_id not in known or data.unit not in known:
        raise Refusal("note_unknown_unit")
    owner, (unit_name, unit_path) = known[owner_id][1], known[data.unit]
    item = whole(data.item_code, CODE_LENGTH)
    covering = _covering(owner_id, data.year, item)
    leads = who_leads(owner_id, data.unit, data.year, covering, day)
    check_can_record_note(by.actor, owner, unit_path, leads)
    finding, paper = whole(data.finding, FINDING_LENGTH), whole(data.paper, PAPER_LENGTH)
    _check(data, finding, day)
    if item and not covering:
        raise Refusal("note_item_unknown", item=item, year=data.year)
    place, path = _recording_unit(by, owner_id, owner, leads, at)
    made = MonitoringNote.objects.create(
        owner_id=owner_id, owner_path=owner, unit_id=data.unit, unit_path=unit_path, unit_name=unit_name,
        year=data.year, item_code=item, observed_on=data.observed_on, finding=finding,
        paper=paper, remedy_due=data.remedy_due, recorded_by=by.user, recorded_unit_id=place, recorded_path=path,
        recorded_at=at,
    )  # fmt: skip
    audit_log.record(
        "record_note", audit_log.target(made, unit=data.unit), by=by, at=at,
        after={
            "unit": unit_name, "year": data.year, "item": made.item_code, "observed_on": data.observed_on,
            "finding": finding, "paper": paper, "remedy_due": data.remedy_due,
        },
    )  # fmt: skip
    return made


def _check(data: NoteData, finding: str, today: date) -> None:
    if not finding:
        raise Refusal("note_finding_needed")
    if data.year not in YEARS:
        raise Refusal("note_year_wrong")
    if data.observed_on > today:
        raise Refusal("note_in_the_future")
    if data.remedy_due is not None and data.remedy_due < data.observed_on:
        raise Refusal("note_due_too_early")


def _covering(owner: int, year: int, item: str) -> list[str]:
    """An item with the nodes above it, in the sets of the cycles of an owner in a year; empty where it is in none."""
    if not item:
        return []
    rows = CriteriaSetVersion.objects.filter(
        cycle_groups__cycle__owner=owner, cycle_groups__cycle__year=year
    ).distinct()
    sets = [found for found in map(frozen_set, rows) if item in found.items]
    above = [node.code for found in sets for node in found.ancestors[item]]
    return [item, *dict.fromkeys(above)] if sets else []


def _recording_unit(by: Session, owner_id: int, owner: str, leads: Leads, at: datetime) -> tuple[int, str]:
    """For which unit somebody records: the owner's office; else the leading unit that they work for, or that employs
    them.
    """
    if by.actor.has(Role.STANDING_OFFICE, owner):
        return owner_id, owner
    places = [one for one in sorted(leads.units) if works_for(by.actor, one)]
    for path in (*places, by.actor.path):
        unit = Unit.objects.filter(code=path.rpartition("/")[2]).values_list("pk", flat=True).first()
        if unit is not None and any(here == path for here, _ in path_on(unit=unit, day=local_day(at))):
            return unit, path
    raise Refusal("notes_by_lead_units")


@transaction.atomic
def remedy_note(*, by: Session, at: datetime, note_id: int, remedied_on: date, remedy: str) -> MonitoringNote:
    """Say that a finding was remedied, when and how; said again, the last word counts and the log keeps the others."""
    note = _held(note_id)
    check_can_change_note(by.actor, note_facts(note))
    if not note.observed_on <= remedied_on <= local_day(at):
        raise Refusal("note_remedied_too_early")
    before = {"remedied_on": note.remedied_on, "remedy": note.remedy}
    note.remedied_on, note.remedy = remedied_on, whole(remedy, FINDING_LENGTH)
    note.save(update_fields=["remedied_on", "remedy"])
    after = {"remedied_on": note.remedied_on, "remedy": note.remedy}
    audit_log.record("remedy_note", audit_log.target(note, unit=note.unit_id), by=by, at=at, before=before, after=after)
    return note


@transaction.atomic
def withdraw_note(*, by: Session, at: datetime, note_id: int, reason: str) -> MonitoringNote:
    """Withdraw a finding that was recorded by mistake: it stays with its reason, and no opinion can stand on it."""
    note = _held(note_id)
    check_can_change_note(by.actor, note_facts(note))
    note.withdrawn_at, note.withdrawn_reason = at, reason_of(reason)
    note.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    audit_log.record(
        "withdraw_note", audit_log.target(note, unit=note.unit_id), by=by, at=at, reason=note.withdrawn_reason,
        before={"finding": note.finding},
    )  # fmt: skip
    return note


def _held(note_id: int) -> MonitoringNote:
    note = MonitoringNote.objects.select_for_update(no_key=True).get(pk=note_id)
    if note.withdrawn_at is not None:
        raise Refusal("note_withdrawn")
    return note
