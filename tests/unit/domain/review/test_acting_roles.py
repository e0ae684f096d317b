"""In which role somebody with several acted."""

from __future__ import annotations

import pytest

from parindex.domain.review.acting_roles import ACTS, acting_role
from parindex.domain.review.roles import Actor, Grant, Role
from parindex.wording.audit_log import ACTIONS

OFFICE, LEADER, OFFICER, CHAIR = Role.STANDING_OFFICE, Role.UNIT_LEADER, Role.UNIT_OFFICER, Role.CHAIR


def actor(*grants: Grant) -> Actor:
    return Actor(1, "A", "tinh/so", grants)


@pytest.mark.parametrize(
    ("grants", "act", "path", "role"),
    [
        ((Grant(OFFICE, "tinh"), Grant(OFFICER, "tinh/so")), "edit_entry", "tinh/so", OFFICER),
        ((Grant(OFFICE, "tinh"), Grant(OFFICER, "tinh/so")), "edit_entry", "tinh", OFFICER),  # an item it leads there
        ((Grant(OFFICER, "tinh/so"), Grant(OFFICE, "tinh")), "extend", "tinh/khac", OFFICE),
        ((Grant(CHAIR, "tinh"), Grant(OFFICE, "tinh")), "extend", "tinh/so", OFFICE),
        ((Grant(LEADER, "tinh/so"), Grant(OFFICE, "tinh")), "edit_account", "tinh/so", LEADER),
        ((Grant(LEADER, "tinh/so"), Grant(OFFICE, "tinh")), "edit_account", "tinh/khac", OFFICE),
        ((Grant(LEADER, "tinh/so"), Grant(OFFICER, "tinh/so")), "submit", "tinh/so", LEADER),
        ((Grant(LEADER, "tinh/so"), Grant(OFFICER, "tinh/so")), "edit_entry", "tinh/so", OFFICER),
        ((Grant(Role.AUDITOR, "tinh"), Grant(OFFICER, "tinh/so")), "change_password", "tinh/so", OFFICER),
        ((Grant(Role.AUDITOR, "tinh", subtree=True),), "change_password", "tinh/so", Role.AUDITOR),
        ((), "change_password", "tinh/so", None),
    ],
)
def test_the_role_that_allowed_the_act(grants: tuple[Grant, ...], act: str, path: str, role: Role | None) -> None:
    assert acting_role(actor(*grants), act, path) is role


def test_a_role_for_another_cycle_allowed_nothing() -> None:
    who = actor(Grant(CHAIR, "tinh", cycle=7), Grant(OFFICER, "tinh/so"))
    assert acting_role(who, "extend", "tinh/so", cycle=7) is CHAIR
    assert acting_role(who, "extend", "tinh/so", cycle=8) is OFFICER


#: Done for oneself, or by the clock.
NOBODYS = {
    "lock", "find_virus", "find_beyond_scanner", "found_installation", "end_sessions", "accept_invitation",
    "change_password", "connect_identity",
    "announce_publication", "make_bundle", "check_papers", "discard_check",
    "activate_second_factor", "deactivate_second_factor", "renew_recovery_codes", "lock_account",
}  # fmt: skip


def test_every_act_of_the_log_has_its_roles() -> None:
    assert set(ACTIONS) - set(ACTS) == NOBODYS
    assert set(ACTS) <= set(ACTIONS)
