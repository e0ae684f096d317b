"""Nobody decides for the own unit: not the standing office, not a chair, not who holds both roles there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import World, now, person

from parindex.database.models import Entry, RoleGrant, ScoreSheet, User
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases.accounts import GivenRole, give_role
from parindex.usecases.cycle_running import ask_for_extension, decide_extension, extend
from parindex.usecases.not_assessed import decide_request, request_not_assessed

Person = Callable[[str], Client]
LATER = timedelta(days=40)


def also(user: User, role: Role, made: World, at: str) -> None:
    place = {"tinh": made.province, "so-y-te": made.department}[at]
    RoleGrant.objects.create(user=user, role=role, unit=place, granted_at=now())


def cast(made: World) -> None:
    """People who have to do with Sở Y tế, and with deciding."""
    made.people["own_office"] = person("own_office", made.department, Role.STANDING_OFFICE, made.province)
    made.people["own_chair"] = person("own_chair", made.department, Role.CHAIR, made.province)
    made.people["office_that_leads"] = person("office_that_leads", made.province, Role.STANDING_OFFICE)
    also(made.people["office_that_leads"], Role.UNIT_LEADER, made, "so-y-te")
    made.people["chair_that_enters"] = person("chair_that_enters", made.other_department, Role.CHAIR, made.province)
    also(made.people["chair_that_enters"], Role.UNIT_OFFICER, made, "so-y-te")


DECIDING = [
    ("standing_office", ""), ("chair", ""), ("own_office", "own_unit_by_chair"),
    ("own_chair", "own_unit_by_other_chair"), ("office_that_leads", "own_unit_by_chair"),
    ("chair_that_enters", "own_unit_by_other_chair"), ("owner", "own_unit_by_chair"),
    ("colleague", "own_unit_by_chair"), ("stranger", "only_standing_office"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "reason"), DECIDING)
def test_who_decides_a_request(made: World, who: str, reason: str) -> None:
    cast(made)
    what = {"sheet_id": made.sheet.pk, "item_code": "1.2"}
    request_not_assessed(by=made.session("owner"), at=now(), reason="Không có", legal_basis="", **what)
    act = partial(decide_request, by=made.session(who), at=now(), approved=True, reason="", **what)
    if reason:
        with pytest.raises(Refusal, match=reason):
            act()
    else:
        act()
    state = Entry.objects.get(sheet=made.sheet, item_code="1.2").state
    assert state == ("not_assessed_requested" if reason else "not_assessed")


@pytest.mark.parametrize(("who", "reason"), DECIDING)
def test_who_gives_more_time(made: World, who: str, reason: str) -> None:
    cast(made)
    asked = ask_for_extension(
        by=made.session("leader"), at=now(), sheet_id=made.sheet.pk, until=now() + LATER, reason="Bão lũ"
    )
    by = made.session(who)
    if reason:
        with pytest.raises(Refusal, match=reason):
            extend(by=by, at=now(), sheet_ids=[made.sheet.pk], until=now() + LATER, reason="Bão lũ")
        with pytest.raises(Refusal, match=reason):
            decide_extension(by=by, at=now(), extension_id=asked.pk, approve=True, reason="Bão lũ")
    else:
        decide_extension(by=by, at=now(), extension_id=asked.pk, approve=True, reason="Bão lũ")
    assert (ScoreSheet.objects.get(pk=made.sheet.pk).extended_until is None) == bool(reason)


def test_who_leads_a_part_of_the_owners_sheet_does_not_decide_for_it(db: None) -> None:
    parts: PartsWorld = parts_world()
    made = parts.made
    cast(made)
    for who, code in (("owner", "1.2"), ("stranger", "2.1")):
        request_not_assessed(
            by=made.session(who), at=now(), sheet_id=parts.sheet.pk, item_code=code, reason="Không có", legal_basis=""
        )
    by = made.session("own_office")
    with pytest.raises(Refusal, match="own_unit_by_chair"):
        decide_request(by=by, at=now(), sheet_id=parts.sheet.pk, item_code="1.2", approved=True, reason="")
    with pytest.raises(Refusal, match="own_unit_by_chair"):
        extend(by=by, at=now(), sheet_ids=[parts.sheet.pk], until=now() + LATER, reason="Bão lũ")
    client = Client()
    client.force_login(by.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    listed = client.get("/requests/").text
    assert (f"/sheets/{parts.sheet.pk}/items/2.1/" in listed, f"/sheets/{parts.sheet.pk}/items/1.2/" in listed) == (
        True, False
    )  # fmt: skip
    decide_request(by=by, at=now(), sheet_id=parts.sheet.pk, item_code="2.1", approved=True, reason="")
    extend(
        by=made.session("standing_office"), at=now(), sheet_ids=[parts.sheet.pk], until=now() + LATER, reason="Bão lũ"
    )
    assert Entry.objects.get(sheet=parts.sheet, item_code="2.1").state == "not_assessed"


def test_the_form_is_refused_with_the_reason(made: World, as_person: Person) -> None:
    cast(made)
    request_not_assessed(
        by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="1.2", reason="Không có", legal_basis=""
    )
    address = f"/sheets/{made.sheet.pk}/items/1.2/decision/"
    form = {"approve": "1"}
    for who in ("own_chair", "own_office"):
        assert as_person(who).post(address, form).status_code == 403, who
    assert Entry.objects.get(sheet=made.sheet, item_code="1.2").state == "not_assessed_requested"


@pytest.mark.parametrize(
    ("who", "to", "reason"),
    [
        ("standing_office", "survey_staff", "chair_of_own_unit"), ("standing_office", "owner", ""),
        ("standing_office", "head", ""), ("administrator", "survey_staff", ""),
        ("leader", "owner", "accounts_of_other"),
        ("stranger", "owner", "accounts_of_other"),
    ],
)  # fmt: skip
def test_who_is_made_chair_by_whom(made: World, who: str, to: str, reason: str) -> None:
    made.people["head"] = person("head", made.province, Role.UNIT_LEADER)
    user = made.people[to]
    if reason:
        with pytest.raises(Refusal, match=reason):
            give_role(by=made.session(who), at=now(), user_id=user.pk, given=GivenRole(Role.CHAIR, made.province.pk))
    else:
        give_role(by=made.session(who), at=now(), user_id=user.pk, given=GivenRole(Role.CHAIR, made.province.pk))
    held = RoleGrant.objects.filter(user=user, role=Role.CHAIR, ended_at=None).exists()
    assert held == (not reason)


def test_who_signs_for_the_offices_unit_from_elsewhere_is_not_made_chair(made: World, as_person: Person) -> None:
    user = made.people["stranger"]
    RoleGrant.objects.create(user=user, role=Role.UNIT_LEADER, unit=made.office, granted_at=now())
    address = f"/accounts/{user.pk}/roles/"
    page = as_person("standing_office").post(address, {"role": "chair", "unit": "tinh"}, follow=True)
    assert "không thể là người của đơn vị đó" in page.text
    assert not RoleGrant.objects.filter(user=user, role=Role.CHAIR).exists()
