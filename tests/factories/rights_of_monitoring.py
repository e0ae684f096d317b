"""What rows about the register of findings need: who leads an item; one finding, recorded by the standing office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from parindex.database.models import Entry, SheetPart
from parindex.domain.review.roles import Role
from parindex.usecases.monitoring import NoteData, record_note
from tests.factories.rights_world import RightsWorld
from tests.factories.world import World, now


def led(made: World, code: str = "2.1") -> None:
    """Sở Tư pháp leads an item of the sheet of Sở Y tế."""
    lead = made.other_department
    path = SheetPart.objects.get(sheet=made.other_sheet).lead_path
    part = SheetPart.objects.create(
        sheet=made.sheet, lead_unit=lead, lead_path=path, lead_name="Sở Tư pháp", state=made.sheet.state
    )
    Entry.objects.filter(sheet=made.sheet, item_code=code).update(part=part)


def _led(rights: RightsWorld) -> None:
    led(rights.made)


def _noted(rights: RightsWorld) -> None:
    made = rights.made
    data = NoteData(made.department.pk, 2025, date(2025, 4, 6), "Trả hồ sơ trễ hạn", "2.1")
    by = rights.session(Role.STANDING_OFFICE)
    rights.places["note"] = record_note(by=by, at=now(), owner_id=made.province.pk, data=data).pk


GIVEN: dict[str, Callable[[RightsWorld], None]] = {"noted": _noted, "led": _led}
