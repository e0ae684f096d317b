"""Who keeps which units and accounts, and who gives which role."""

from __future__ import annotations

import pytest

from parindex.domain.review.account_permissions import (
    check_can_grant,
    check_can_manage_accounts,
    check_can_manage_person,
    check_can_manage_units,
    check_can_put_units_below,
    check_can_reset_login,
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
        (OFFICE, "tinh", "tinh", "own_owner_unit", ""),
        (OFFICE, "tinh", "tinh/so", "", ""),
        (OFFICE, "tinh", "tinh-khac", "only_standing_office_units", "accounts_of_other_unit"),
        (OFFICE, "tinh", "", "only_standing_office_units", "accounts_of_other_unit"),
        (LEADER, "tinh/so", "tinh/so", "only_standing_office_units", ""),
        (LEADER, "tinh/so", "tinh/so/phong", "only_standing_office_units", "accounts_of_other_unit"),
        (LEADER, "tinh/so", "tinh", "only_standing_office_units", "accounts_of_other_unit"),
        (Role.AUDITOR, "tinh", "tinh", "only_standing_office_units", "accounts_of_other_unit"),
    ],
)
def test_units_and_accounts_are_kept_for_what_is_below(
    role: Role, at: str, place: str, units: str, accounts: str
) -> None:
    who = actor(Grant(role, at))
    assert code(refusal(check_can_manage_units, who, place, offices=())) == units
    assert code(refusal(check_can_manage_accounts, who, place, offices=())) == accounts


@pytest.mark.parametrize(
    ("role", "given", "place", "reason"),
    [
        (ADMIN, ADMIN, "khac", ""),
        (OFFICE, Role.CHAIR, "tinh", ""),
        (OFFICE, ADMIN, "tinh", "role_above_own"),
        (LEADER, LEADER, "tinh", ""),
        (LEADER, LEADER, "tinh/phong", "accounts_of_other_unit"),
        (LEADER, Role.CHAIR, "tinh", "role_above_own"),
        (LEADER, LEADER, "khac", "accounts_of_other_unit"),
    ],
)
def test_nobody_gives_a_role_that_reaches_further(role: Role, given: Role, place: str, reason: str) -> None:
    assert code(refusal(check_can_grant, actor(Grant(role, "tinh")), given, place, offices=())) == reason


def test_two_roles_do_not_lend_each_other_their_reach() -> None:
    who = actor(Grant(LEADER, "tinh"), Grant(OFFICE, "tinh/so"))
    assert code(refusal(check_can_grant, who, Role.CHAIR, "tinh", offices=())) == "role_above_own"
    assert refusal(check_can_grant, who, Role.CHAIR, "tinh/so", offices=()) is None


def test_who_has_a_role_for_one_cycle_gives_none_beyond_it() -> None:
    who = actor(Grant(OFFICE, "tinh", cycle=7))
    assert code(refusal(check_can_grant, who, Role.CHAIR, "tinh", offices=())) == "role_above_own"
    assert code(refusal(check_can_grant, who, Role.CHAIR, "tinh", offices=(), cycle=8)) == "role_above_own"
    assert refusal(check_can_grant, who, Role.CHAIR, "tinh", offices=(), cycle=7) is None


def test_an_account_is_kept_by_who_could_give_all_its_roles() -> None:
    who = actor(Grant(LEADER, "tinh/so"))
    officer, chair = Grant(Role.UNIT_OFFICER, "tinh/so"), Grant(Role.CHAIR, "tinh")
    assert refusal(check_can_manage_person, who, "tinh/so", [officer], offices=()) is None
    assert code(refusal(check_can_manage_person, who, "tinh/so", [officer, chair], offices=())) == "account_above_own"
    assert code(refusal(check_can_manage_person, who, "tinh", [], offices=())) == "accounts_of_other_unit"


def test_an_account_is_seen_by_who_keeps_its_unit_or_a_unit_where_it_holds_a_role() -> None:
    who = actor(Grant(OFFICE, "tinh"))
    assert refusal(check_can_see_person, who, "tinh/so", [], offices=()) is None
    assert refusal(check_can_see_person, who, "khac", [Grant(Role.APPRAISER, "tinh")], offices=()) is None
    assert (
        code(refusal(check_can_see_person, who, "khac", [Grant(Role.APPRAISER, "khac")], offices=()))
        == "accounts_of_other_unit"
    )
    assert code(refusal(check_can_see_person, who, "", [], offices=())) == "accounts_of_other_unit"


@pytest.mark.parametrize(
    ("own", "role", "place", "reason"),
    [
        (Grant(LEADER, "tinh"), LEADER, "tinh", "subtree_above_own"),
        (Grant(LEADER, "tinh", subtree=True), LEADER, "tinh", ""),
        (Grant(LEADER, "tinh", subtree=True), LEADER, "tinh/so", ""),
        (Grant(OFFICE, "tinh"), Role.AUDITOR, "tinh", "subtree_above_own"),
        (Grant(OFFICE, "tinh", subtree=True), Role.AUDITOR, "tinh", ""),
        (Grant(ADMIN, "tinh"), Role.AUDITOR, "tinh", ""),
    ],
)
def test_units_below_are_given_only_by_who_has_them(own: Grant, role: Role, place: str, reason: str) -> None:
    assert code(refusal(check_can_grant, actor(own), role, place, offices=(), subtree=True)) == reason
    assert refusal(check_can_grant, actor(own), role, place, offices=()) is None


def test_units_below_are_not_lent_by_a_role_that_gives_nothing() -> None:
    who = actor(
        Grant(OFFICE, "tinh"), Grant(Role.AUDITOR, "tinh", subtree=True), Grant(LEADER, "tinh/so", subtree=True)
    )
    assert code(refusal(check_can_grant, who, Role.AUDITOR, "tinh", offices=(), subtree=True)) == "subtree_above_own"


def test_who_holds_units_below_is_kept_by_who_could_give_them() -> None:
    wide = Grant(Role.AUDITOR, "tinh", subtree=True)
    assert code(refusal(check_can_manage_person, actor(Grant(OFFICE, "tinh")), "tinh", [wide], offices=())) == (
        "account_above_own"
    )
    office = actor(Grant(OFFICE, "tinh", subtree=True))
    assert refusal(check_can_manage_person, office, "tinh", [wide], offices=()) is None


def test_an_owner_below_with_an_office_keeps_its_own_people() -> None:
    offices = {"tinh", "tinh/huyen", "tinh/huyen-khac"}
    who = actor(Grant(OFFICE, "tinh"))
    for place, reason in (
        ("tinh", ""), ("tinh/so", ""), ("tinh/huyen", "accounts_of_other_unit"),
        ("tinh/huyen/xa", "accounts_of_other_unit"), ("tinh/huyen-nua", ""),
    ):  # fmt: skip
        assert code(refusal(check_can_manage_accounts, who, place, offices=offices)) == reason
        assert code(refusal(check_can_grant, who, OFFICE, place, offices=offices)) == reason
    assert code(refusal(check_can_see_person, who, "tinh/huyen", [], offices=offices)) == "accounts_of_other_unit"
    wide = actor(Grant(OFFICE, "tinh", subtree=True))
    assert refusal(check_can_manage_accounts, wide, "tinh/huyen/xa", offices=offices) is None
    own = actor(Grant(OFFICE, "tinh/huyen"))
    assert refusal(check_can_manage_accounts, own, "tinh/huyen/xa", offices=offices) is None
    assert code(refusal(check_can_manage_accounts, own, "tinh", offices=offices)) == "accounts_of_other_unit"


@pytest.mark.parametrize(
    ("grants", "reason"),
    [
        ((Grant(ADMIN, "tinh"),), ""),
        ((Grant(LEADER, "tinh/so"),), ""),
        ((Grant(OFFICE, "tinh"),), "login_by_own_unit"),
        ((Grant(OFFICE, "tinh"), Grant(LEADER, "tinh/so")), ""),
        ((Grant(LEADER, "tinh/khac"),), "accounts_of_other_unit"),
    ],
)
def test_a_login_is_given_anew_by_the_persons_own_unit(grants: tuple[Grant, ...], reason: str) -> None:
    held = (Grant(LEADER, "tinh/so"),)
    assert code(refusal(check_can_reset_login, actor(*grants), "tinh/so", held, offices=())) == reason


def test_nobody_gives_a_login_anew_to_somebody_above() -> None:
    chair = [Grant(Role.CHAIR, "tinh")]
    leader, office = actor(Grant(LEADER, "tinh/so")), actor(Grant(OFFICE, "tinh"))
    assert code(refusal(check_can_reset_login, leader, "tinh/so", chair, offices=())) == "account_above_own"
    assert code(refusal(check_can_reset_login, office, "tinh/so", iter(chair), offices=())) == "login_by_own_unit"


@pytest.mark.parametrize(
    ("grant", "place", "unit", "below"),
    [
        (Grant(OFFICE, "tinh"), "tinh", "own_owner_unit", ""),
        (Grant(OFFICE, "tinh"), "tinh/so", "", ""),
        (Grant(OFFICE, "tinh"), "tinh/huyen", "", "unit_of_other_office"),
        (Grant(OFFICE, "tinh"), "tinh/huyen/xa", "unit_of_other_office", "unit_of_other_office"),
        (Grant(OFFICE, "tinh"), "tinh/huyen/xa/ban", "unit_of_other_office", "unit_of_other_office"),
        (Grant(OFFICE, "tinh"), "tinh/huyen-nua", "", ""),
        (Grant(OFFICE, "tinh", subtree=True), "tinh/huyen/xa", "", ""),
        (Grant(OFFICE, "tinh/huyen"), "tinh/huyen", "own_owner_unit", ""),
        (Grant(OFFICE, "tinh/huyen"), "tinh/huyen/xa", "", "unit_of_other_office"),
        (Grant(OFFICE, "tinh/huyen"), "tinh/so", "only_standing_office_units", "only_standing_office_units"),
        (Grant(LEADER, "tinh", subtree=True), "tinh/so", "only_standing_office_units", "only_standing_office_units"),
        (Grant(ADMIN, "tinh"), "tinh/huyen/xa", "", ""),
        (Grant(ADMIN, "tinh"), "", "", ""),
    ],
)
def test_units_below_another_owner_are_left_to_its_office(grant: Grant, place: str, unit: str, below: str) -> None:
    offices = {"tinh", "tinh/huyen", "tinh/huyen/xa"}
    who = actor(grant)
    assert code(refusal(check_can_manage_units, who, place, offices=offices)) == unit
    assert code(refusal(check_can_put_units_below, who, place, offices=offices)) == below


def test_two_offices_of_one_person_keep_what_either_keeps() -> None:
    offices = {"tinh", "tinh/huyen"}
    who = actor(Grant(OFFICE, "tinh"), Grant(OFFICE, "tinh/huyen"))
    for place in ("tinh/huyen", "tinh/huyen/xa", "tinh/so"):
        assert refusal(check_can_manage_units, who, place, offices=offices) is None
        assert refusal(check_can_put_units_below, who, place, offices=offices) is None


@pytest.mark.parametrize(
    ("grant", "role", "at", "places", "reason"),
    [
        (Grant(OFFICE, "tinh"), Role.CHAIR, "tinh", ["tinh/so"], "chair_of_own_unit"),
        (Grant(OFFICE, "tinh"), Role.CHAIR, "tinh", ["tinh/so/phong"], "chair_of_own_unit"),
        (Grant(OFFICE, "tinh"), Role.CHAIR, "tinh", ["tinh/khac", "tinh/so"], "chair_of_own_unit"),
        (Grant(OFFICE, "tinh"), Role.CHAIR, "tinh", ["tinh"], ""),
        (Grant(OFFICE, "tinh"), Role.CHAIR, "tinh", ["tinh/khac"], ""),
        (Grant(OFFICE, "tinh"), Role.SECRETARY, "tinh", ["tinh/so"], ""),
        (Grant(OFFICE, "tinh/so"), Role.CHAIR, "tinh/so", ["tinh/so"], ""),
        (Grant(ADMIN, "tinh"), Role.CHAIR, "tinh", ["tinh/so"], ""),
    ],
)
def test_an_office_makes_nobody_of_its_own_unit_chair(
    grant: Grant, role: Role, at: str, places: list[str], reason: str
) -> None:
    assert code(refusal(check_can_grant, actor(grant), role, at, offices=(), places=places)) == reason


def test_who_is_employed_nowhere_has_no_own_unit() -> None:
    who = Actor(1, "A", "", (Grant(OFFICE, "tinh"),))
    assert refusal(check_can_grant, who, Role.CHAIR, "tinh", offices=(), places=["tinh/so"]) is None
