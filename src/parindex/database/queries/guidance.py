"""Reading the guidance of a set, item by item."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from parindex.database.models import CriteriaSetVersion, Guidance, GuidanceNote
from parindex.database.queries.prepared import prepared


@dataclass(frozen=True, slots=True)
class GuidanceView:
    """What the published guidance says of one item, and which version of it."""

    guidance: Guidance
    note: GuidanceNote


def guidance_of(version: CriteriaSetVersion | int, item_code: str) -> GuidanceView | None:
    """What the guidance published last says of an item of a version of a set; None where it says nothing.

    One query.
    """
    pk = version.pk if isinstance(version, CriteriaSetVersion) else version
    return _found(GuidanceNote.objects.filter(guidance__criteria_set__versions=pk), item_code)


def guidance_notes(criteria_set: int, item_code: str) -> GuidanceView | None:
    """The same for a set, one query."""
    note = next(iter(_last_note(criteria_set=criteria_set, code=item_code)), None)
    return None if note is None else GuidanceView(note.guidance, note)


@prepared
def _last_note(criteria_set: int, code: str) -> QuerySet[GuidanceNote]:
    return _notes(GuidanceNote.objects.filter(guidance__criteria_set=criteria_set), code)


def _found(notes: QuerySet[GuidanceNote], item_code: str) -> GuidanceView | None:
    note = _notes(notes, item_code).first()
    return None if note is None else GuidanceView(note.guidance, note)


def _notes(notes: QuerySet[GuidanceNote], item_code: str) -> QuerySet[GuidanceNote]:
    published = Guidance.objects.filter(published_at__isnull=False)
    newer = published.filter(criteria_set=OuterRef("guidance__criteria_set"), number__gt=OuterRef("guidance__number"))
    return (
        notes.filter(~Exists(newer), item_code=item_code, guidance__published_at__isnull=False)
        .select_related("guidance")
        .order_by("-guidance__number")
    )
