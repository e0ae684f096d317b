"""Who keeps which units and accounts, and who gives which role."""

from __future__ import annotations

import pytest

from parindex.domain.review.permissions import (
    check_can_grant,
    check_can_manage_accounts,
    check_can_manage_person,
    check_can_manage_units,
    check_can_see_person,
)
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Actor, Grant, Role

OFFICE, LEADER, ADMIN = Role.STANDING_OFFICE, Role.UNIT_LEADER, Role.ADMINISTRATOR


def actor(*grants: Grant) -> Actor:
    return Actor(1, "A", "tinh/so", grants)


def code(found: object) -> str:
    return getattr(found, "code", "")


@pytest.mark.parametrize(
    ("role", "at", "place", "units", "accounts"),
    [
        (ADMIN, "tinh", "khac", "", ""),
        (ADMIN, "tinh", "", "", ""),
        (OFFICE, "tinh", "tinh", "", ""),
        (OFFICE, "tinh", "tinh/so", "", ""),
        (OFFICE, "tinh", "tinh-khac", "only_standing_office_units", "accounts_of_other_unit"),
        (OFFICE, "tinh", "", "only_standing_office_units", "accounts_of_other_unit"),
        (LEADER, "tinh/so", "tinh/so/phong", "only_standing_office_units", ""),
        (LEADER, "tinh/so", "tinh", "only_standing_office_units", "accounts_of_other_unit"),
        (Role.AUDITOR, "tinh", "tinh", "only_standing_office_units", "accounts_of_other_unit"),
    ],
)
def test_units_and_accounts_are_kept_for_what_is_below(
    role: Role, at: str, place: str, units: str, accounts: str
) -> None:
    who = actor(Grant(role, at))
    assert code(refusal(check_can_manage_units, who, place)) == units
    assert code(refusal(check_can_manage_accounts, who, place)) == accounts


@pytest.mark.parametrize(
    ("role", "given", "place", "reason"),
    [
        (ADMIN, ADMIN, "khac", ""),
        (OFFICE, Role.CHAIR, "tinh", ""),
        (OFFICE, ADMIN, "tinh", "role_above_own"),
        (LEADER, LEADER, "tinh/phong", ""),
        (LEADER, Role.CHAIR, "tinh", "role_above_own"),
        (LEADER, LEADER, "khac", "accounts_of_other_unit"),
    ],
)
def test_nobody_gives_a_role_that_reaches_further(role: Role, given: Role, place: str, reason: str) -> None:
    assert code(refusal(check_can_grant, actor(Grant(role, "tinh")), given, place)) == reason


def test_two_roles_do_not_lend_each_other_their_reach() -> None:
    who = actor(Grant(LEADER, "tinh"), Grant(OFFICE, "tinh/so"))
    assert code(refusal(check_can_grant, who, Role.CHAIR, "tinh")) == "role_above_own"
    assert refusal(check_can_grant, who, Role.CHAIR, "tinh/so") is None


def test_who_has_a_role_for_one_cycle_gives_none_beyond_it() -> None:
    who = actor(Grant(OFFICE, "tinh", cycle=7))
    assert code(refusal(check_can_grant, who, Role.CHAIR, "tinh")) == "role_above_own"
    assert code(refusal(check_can_grant, who, Role.CHAIR, "tinh", cycle=8)) == "role_above_own"
    assert refusal(check_can_grant, who, Role.CHAIR, "tinh", cycle=7) is None


def test_an_account_is_kept_by_who_could_give_all_its_roles() -> None:
    who = actor(Grant(LEADER, "tinh/so"))
    officer, chair = Grant(Role.UNIT_OFFICER, "tinh/so"), Grant(Role.CHAIR, "tinh")
    assert refusal(check_can_manage_person, who, "tinh/so", [officer]) is None
    assert code(refusal(check_can_manage_person, who, "tinh/so", [officer, chair])) == "account_above_own"
    assert code(refusal(check_can_manage_person, who, "tinh", [])) == "accounts_of_other_unit"


def test_an_account_is_seen_by_who_keeps_its_unit_or_a_unit_where_it_holds_a_role() -> None:
    who = actor(Grant(OFFICE, "tinh"))
    assert refusal(check_can_see_person, who, "tinh/so", []) is None
    assert refusal(check_can_see_person, who, "khac", [Grant(Role.APPRAISER, "tinh")]) is None
    assert code(refusal(check_can_see_person, who, "khac", [Grant(Role.APPRAISER, "khac")])) == "accounts_of_other_unit"
    assert code(refusal(check_can_see_person, who, "", [])) == "accounts_of_other_unit"
