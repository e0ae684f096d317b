"""What rows about the register of findings need: one finding, recorded by the standing office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from parindex.domain.review.roles import Role
from parindex.usecases.monitoring import NoteData, record_note
from tests.factories.rights_world import RightsWorld
from tests.factories.world import now


def _noted(rights: RightsWorld) -> None:
    made = rights.made
    data = NoteData(made.department.pk, 2025, date(2025, 4, 6), "Trả hồ sơ trễ hạn", "2.1")
    by = rights.session(Role.STANDING_OFFICE)
    rights.places["note"] = record_note(by=by, at=now(), owner_id=made.province.pk, data=data).pk


GIVEN: dict[str, Callable[[RightsWorld], None]] = {"noted": _noted}
