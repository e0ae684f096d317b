"""What must have happened before rows of checks of papers."""

from __future__ import annotations

from collections.abc import Callable

from parindex.database.models import TextCheck
from parindex.domain.review.roles import Role
from tests.factories.rights_world import RightsWorld
from tests.factories.world import now


def _checked_text(rights: RightsWorld) -> None:
    """The officer of the department has let a report be checked."""
    answer = '{"papers": [], "problems": [], "doubts": []}'
    rights.places["check"] = TextCheck.objects.create(
        made_by=rights.people[Role.UNIT_OFFICER, "own"], made_at=now(), names='["bao-cao.docx"]', answer=answer,
        ended_at=now(),
    ).pk  # fmt: skip


GIVEN: dict[str, Callable[[RightsWorld], None]] = {"checked_text": _checked_text}
