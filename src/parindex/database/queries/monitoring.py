"""Reading the register of findings; each function says how many queries it makes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from parindex.database.models import Cycle, MonitoringNote
from parindex.database.queries.prepared import prepared
from parindex.domain.review.monitoring_permissions import NoteFacts, leads_below
from parindex.domain.review.roles import COUNCIL, UNIT_ROLES, Actor, Role

_READERS = COUNCIL | {Role.STANDING_OFFICE, Role.AUDITOR}


def note_facts(note: MonitoringNote) -> NoteFacts:
    """A finding as rights see it."""
    return NoteFacts(note.owner_path, note.unit_path, note.recorded_path)


def readable_notes(actor: Actor) -> QuerySet[MonitoringNote]:
    """The findings that somebody may read, the latest first."""
    found = Q(pk=None)
    for grant in actor.grants:
        if grant.role in _READERS:
            found |= Q(owner_path=grant.path)
            if grant.subtree:
                found |= Q(owner_path__startswith=grant.path + "/")
        if grant.role in UNIT_ROLES:
            found |= Q(unit_path=grant.path) | Q(recorded_path=grant.path)
    return MonitoringNote.objects.filter(found, withdrawn_at=None).order_by("-observed_on", "-pk")


def owners_to_record_for(actor: Actor) -> list[tuple[int, str]]:
    """The owners of cycles for which somebody may record findings: key and path. One query."""
    rows = Cycle.objects.order_by("owner_path").values_list("owner_id", "owner_path").distinct()
    return [
        (owner, path) for owner, path in rows
        if actor.has(Role.STANDING_OFFICE, path) or leads_below(actor, path)
    ]  # fmt: skip


@prepared
def notes_on_item(unit: int, year: int, code: str) -> QuerySet[MonitoringNote]:
    """The findings of a year on an item of a unit, or on the unit as a whole."""
    rows = MonitoringNote.objects.filter(unit=unit, year=year, item_code__in=[code, ""], withdrawn_at=None)
    return rows.order_by("-observed_on", "-pk")


def overdue(notes: Sequence[MonitoringNote], today: date) -> set[int]:
    """Those whose remedy is due and has not been seen."""
    return {
        one.pk for one in notes if one.remedied_on is None and one.remedy_due is not None and one.remedy_due < today
    }
