"""Reading the guidance of a set, item by item."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from parindex.database.models import Guidance, GuidanceNote
from parindex.database.queries.prepared import prepared


@dataclass(frozen=True, slots=True)
class GuidanceView:
    """What the published guidance says of one item, and which version of it."""

    guidance: Guidance
    note: GuidanceNote


def guidance_notes(criteria_set: int, item_code: str) -> GuidanceView | None:
    """What the guidance published last says of an item of a set; None where it says nothing. One query."""
    note = next(iter(_last_note(criteria_set=criteria_set, code=item_code)), None)
    return None if note is None else GuidanceView(note.guidance, note)


def notes_that_quote(words: str) -> list[GuidanceNote]:
    """The notes of every guidance, drafts too, in whose examples some words stand; none for no words. One query."""
    rows = GuidanceNote.objects.filter(example_text__contains=words) if words else GuidanceNote.objects.none()
    return list(rows.select_related("guidance").order_by("guidance__title", "guidance__number", "pk"))


@prepared
def _last_note(criteria_set: int, code: str) -> QuerySet[GuidanceNote]:
    published = Guidance.objects.filter(published_at__isnull=False)
    newer = published.filter(criteria_set=OuterRef("guidance__criteria_set"), number__gt=OuterRef("guidance__number"))
    return (
        GuidanceNote.objects.filter(
            ~Exists(newer), guidance__criteria_set=criteria_set, item_code=code, guidance__published_at__isnull=False
        )
        .select_related("guidance")
        .order_by("-guidance__number")
    )
