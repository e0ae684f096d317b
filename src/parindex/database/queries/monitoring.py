"""Reading the register of findings; each function says how many queries it makes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from parindex.database.models import AppraisalAssignment, CouncilMember, Cycle, MonitoringNote, SheetPart
from parindex.database.models.councils import CouncilRole
from parindex.database.queries.prepared import prepared
from parindex.database.queries.units import names_and_paths
from parindex.domain.review.monitoring_permissions import Leads, NoteFacts
from parindex.domain.review.roles import COUNCIL, UNIT_ROLES, Actor, Role

_READERS = COUNCIL | {Role.STANDING_OFFICE, Role.AUDITOR}


def note_facts(note: MonitoringNote) -> NoteFacts:
    """A finding as rights see it."""
    return NoteFacts(note.owner_path, note.unit_path, note.recorded_path, note.recorded_by_id)


def readable_notes(actor: Actor) -> QuerySet[MonitoringNote]:
    """The findings that somebody may read, the latest first."""
    found = Q(recorded_by=actor.id)
    for grant in actor.grants:
        if grant.role in _READERS:
            found |= Q(owner_path=grant.path)
            if grant.subtree:
                found |= Q(owner_path__startswith=grant.path + "/")
        if grant.role in UNIT_ROLES:
            found |= Q(unit_path=grant.path) | Q(recorded_path=grant.path)
    return MonitoringNote.objects.filter(found, withdrawn_at=None).order_by("-observed_on", "-pk")


def owners_to_record_for(actor: Actor) -> list[tuple[int, str]]:
    """The owners of cycles for which somebody may record findings: key and path. Three queries."""
    mine = [grant.path for grant in actor.grants if grant.role in UNIT_ROLES]
    codes = [path.rpartition("/")[2] for path in mine]
    led = set(_led_parts().filter(lead_path__in=mine).values_list("sheet__cycle__owner", flat=True))
    seats = _leading_seats().filter(Q(user=actor.id) | Q(user__unit__code__in=codes))
    led |= set(seats.values_list("council__cycle__owner", flat=True))
    rows = Cycle.objects.order_by("owner_path").values_list("owner_id", "owner_path").distinct()
    return [(owner, path) for owner, path in rows if owner in led or actor.has(Role.STANDING_OFFICE, path)]


def who_leads(owner: int, unit: int, year: int, covering: Collection[str], day: date) -> Leads:
    """Who leads an item for a unit in the cycles of an owner in a year; ``covering``: its code and those above it,
    empty for a finding on the unit as a whole. Units that lead parts of sheets; members of the council whose decision
    names their areas, or to whom the item is assigned, and the units that employ these. Three queries.
    """
    parts, seats = _led_parts(), _leading_seats().filter(council__cycle__owner=owner, council__cycle__year=year)
    parts = parts.filter(sheet__cycle__owner=owner, sheet__cycle__year=year)
    if covering:
        parts = parts.filter(entries__item_code__in=covering)
        lines = AppraisalAssignment.objects.filter(member=OuterRef("pk"), node_code__in=["", *covering])
        lines = lines.filter(Q(sheet=None) | Q(sheet__unit=unit))
        seats = seats.filter(~Q(lead_areas="") | Exists(lines))
    members = dict(seats.values_list("user", "user__unit"))
    employers = names_and_paths({one for one in members.values() if one is not None}, day)
    paths = {path for _, path in employers.values()} | set(parts.values_list("lead_path", flat=True))
    return Leads(frozenset(paths), frozenset(members))


def _led_parts() -> QuerySet[SheetPart]:
    """The parts of sheets that another unit leads than the one of the sheet."""
    return SheetPart.objects.exclude(lead_path=F("sheet__unit_path")).order_by()


def _leading_seats() -> QuerySet[CouncilMember]:
    """Who sits on a council now and has areas or items there."""
    lines = AppraisalAssignment.objects.filter(member=OuterRef("pk"))
    rows = CouncilMember.objects.filter(~Q(lead_areas="") | Exists(lines), left_at=None)
    return rows.exclude(role=CouncilRole.STAFF).order_by()


@prepared
def notes_on_item(owner: int, unit: int, year: int, code: str) -> QuerySet[MonitoringNote]:
    """The findings of an owner in a year on an item of a unit, or on the unit as a whole: what its council may read,
    and what an opinion may stand on.
    """
    rows = MonitoringNote.objects.filter(owner=owner, unit=unit, year=year, item_code__in=[code, ""], withdrawn_at=None)
    return rows.order_by("-observed_on", "-pk")


def overdue(notes: Sequence[MonitoringNote], today: date) -> set[int]:
    """Those whose remedy is due and has not been seen."""
    return {
        one.pk for one in notes if one.remedied_on is None and one.remedy_due is not None and one.remedy_due < today
    }
