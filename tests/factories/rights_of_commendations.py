"""What rows about commendations and sheets of results need: a published cycle, a person who is proposed."""

from __future__ import annotations

from collections.abc import Callable

from parindex.domain.review.roles import Role
from parindex.usecases.commendations import propose_person
from tests.factories.rights_world import RightsWorld
from tests.factories.world import now


def _commended(rights: RightsWorld) -> None:
    """A person proposed by the standing office, in a cycle that is published."""
    made = propose_person(
        by=rights.session(Role.STANDING_OFFICE), at=now(), cycle_id=rights.made.cycle.pk, name="Nguyễn Văn A",
        office="Chuyên viên", award="Giấy khen", reason="Tham mưu tốt",
    )  # fmt: skip
    rights.places["commendation"] = made.pk


GIVEN: dict[str, Callable[[RightsWorld], None]] = {"commended": _commended}
