"""Who sees drafts of criteria sets."""

from __future__ import annotations

import pytest

from parindex.domain.review.permissions import check_can_read_drafts
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Actor, Grant, Role


def actor(role: Role, path: str, *, subtree: bool = False) -> Actor:
    return Actor(1, "Ai đó", path, (Grant(role, path, subtree),))


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (actor(Role.STANDING_OFFICE, "tinh"), None),
        (actor(Role.AUDITOR, "tinh", subtree=True), None),
        (actor(Role.UNIT_OFFICER, "tinh/so"), "set_is_draft"),
        (actor(Role.CHAIR, "tinh"), "set_is_draft"),
        (actor(Role.STANDING_OFFICE, "khac"), "set_of_other_owner"),
    ],
)
def test_drafts_are_for_who_writes_or_audits_them(who: Actor, code: str | None) -> None:
    reason = refusal(check_can_read_drafts, who, "tinh")
    assert (reason.code if reason is not None else None) == code
