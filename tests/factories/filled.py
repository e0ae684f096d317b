"""Everything entered on a sheet of the small set, with points that follow from the figures."""

from __future__ import annotations

from django.db import transaction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Entry, Figure, ScoreSheet
from parindex.usecases.entry_points import rescored
from parindex.usecases.sheet_counts import update_counts
from tests.factories.world import now

#: The figures of the small set; every rule of it gives points for them.
FIGURES = {"plan": "timely", "received": "1200", "on_time": "900", "online": "300"}


@transaction.atomic
def enter_everything(sheet: ScoreSheet) -> None:
    """Every figure, points where they are typed, nothing that lacks evidence."""
    for measure, value in FIGURES.items():
        keys = {"unit_id": sheet.unit_id, "measure": measure, "year": 2025}
        Figure.objects.update_or_create(**keys, defaults={"value": value, "updated_at": now()})
    frozen = frozen_set(sheet.group.set_version)
    entries = {one.item_code: one for one in Entry.objects.filter(sheet=sheet).exclude(state="pending")}
    entries["1.2"].self_points = "1"
    rescored(sheet, frozen, entries)
    for entry in entries.values():
        entry.lacks_evidence = False
        entry.save()
    update_counts(sheet, act="edited", at=now(), by=None)
