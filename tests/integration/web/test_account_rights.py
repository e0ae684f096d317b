"""What nobody may give, take over or reach: roles beyond one's own, accounts in use, the people of an owner below."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from tests.factories.nested_owner import Nested, nested_owner
from tests.factories.world import PASSWORD, World, now, person

from parindex.database.models import AuditRecord, Invitation, RoleGrant, User
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases.invitations import invite, reset_login, resets_to_tell

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
NEW_PASSWORD = {"password": "mat-khau-rieng-2026", "again": "mat-khau-rieng-2026"}


@pytest.fixture(autouse=True)
def _no_limit_of_the_test_before() -> None:
    cache.clear()


@pytest.fixture
def nested(made: World) -> Nested:
    return nested_owner(made)


def given(who: User) -> set[tuple[str, str, bool]]:
    rows = RoleGrant.objects.filter(user=who, ended_at=None).order_by("pk")
    return set(rows.values_list("role", "unit__code", "subtree"))


# --- roles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "role", "place"), [("head", "unit_leader", "tinh"), ("standing_office", "auditor", "tinh")]
)
def test_units_below_are_given_only_by_a_role_that_has_them(
    made: World, nested: Nested, as_person: Person, who: str, role: str, place: str
) -> None:
    to = made.people["chair"] if who == "standing_office" else person("clerk", made.province, Role.UNIT_OFFICER)
    address, before = f"/accounts/{to.pk}/roles/", given(to)
    form = {"role": role, "unit": place, "subtree": "1"}
    answer = as_person(who).post(address, form, follow=True)
    assert "không gồm đơn vị trực thuộc" in answer.text
    assert given(to) == before
    assert 'name="subtree"' not in as_person(who).get(f"/accounts/{to.pk}/").text
    RoleGrant.objects.filter(user=made.people[who]).update(subtree=True)
    assert 'name="subtree"' in as_person(who).get(f"/accounts/{to.pk}/").text
    as_person(who).post(address, form)
    assert given(to) - before == {(role, place, True)}


def test_a_leader_makes_nobody_leader_where_the_own_role_does_not_hold(
    made: World, nested: Nested, as_person: Person
) -> None:
    clerk = person("clerk", made.province, Role.UNIT_OFFICER)
    for place in ("so-y-te", "xa"):
        answer = as_person("head").post(f"/accounts/{clerk.pk}/roles/", {"role": "unit_leader", "unit": place})
        assert answer.status_code == 403
    assert given(clerk) == {("unit_officer", "tinh", False)}
    assert "Owner</a>" not in as_person("head").get("/accounts/").text


# --- owners below ----------------------------------------------------------------------------------------------------


def test_an_owner_with_an_office_of_its_own_keeps_its_people(made: World, nested: Nested, as_person: Person) -> None:
    office, commune_leader = as_person("standing_office"), made.people["commune_leader"]
    for name in ("district_office", "commune_leader"):
        assert office.get(f"/accounts/{made.people[name].pk}/").status_code == 403
        assert office.post(f"/accounts/{made.people[name].pk}/invite/").status_code == 403
    form = {"role": "standing_office", "unit": "huyen"}
    assert office.post(f"/accounts/{made.people['secretary'].pk}/roles/", form).status_code == 403
    page = office.get("/accounts/").text
    assert "District Office" not in page
    assert "Commune Leader" not in page
    assert "Owner</a>" in page
    own = as_person("district_office")
    assert own.get(f"/accounts/{commune_leader.pk}/").status_code == 200
    assert "Commune Leader" in own.get("/accounts/").text
    assert as_person("administrator").get(f"/accounts/{commune_leader.pk}/").status_code == 200


def test_the_first_office_of_an_owner_below_is_named_from_above(made: World, nested: Nested, as_person: Person) -> None:
    RoleGrant.objects.filter(user=made.people["district_office"]).update(ended_at=now())
    form = {"role": "standing_office", "unit": "huyen"}
    as_person("standing_office").post(f"/accounts/{made.people['district_office'].pk}/roles/", form)
    assert ("standing_office", "huyen", False) in given(made.people["district_office"])
    assert as_person("standing_office").get(f"/accounts/{made.people['commune_leader'].pk}/").status_code == 403


# --- taking over -----------------------------------------------------------------------------------------------------


def without_address(user: User) -> User:
    user.email = ""
    user.save()
    return user


@pytest.mark.parametrize("who", ["standing_office", "leader", "administrator"])
def test_an_account_in_use_is_never_invited_again(made: World, as_person: Person, who: str) -> None:
    owner = without_address(made.people["owner"])
    answer = as_person(who).post(f"/accounts/{owner.pk}/invite/", follow=True)
    assert "/invitation/" not in answer.text
    assert "không mời lại" in answer.text
    assert not Invitation.objects.exists()


def test_who_only_ever_came_through_a_provider_is_in_use_too(made: World) -> None:
    user = made.people["colleague"]
    user.set_unusable_password()
    user.last_login = now()
    user.save()
    with pytest.raises(Refusal, match="account_taken_over"):
        invite(by=made.session("leader"), at=now(), user_id=user.pk, address_of=str)


def test_an_open_invitation_ends_when_its_owner_comes_in_otherwise(made: World) -> None:
    user = made.people["colleague"]
    user.set_unusable_password()
    user.save()
    invite(by=made.session("leader"), at=now(), user_id=user.pk, address_of=str)
    user.set_password(PASSWORD)
    user.save()
    Client().post("/login/", {"login": "colleague", "password": PASSWORD})
    assert Invitation.objects.get().revoked_at is not None


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("administrator", 200), ("leader", 200), ("standing_office", 403), ("colleague", 403), ("other_leader", 403),
        ("owner", 403), ("stranger", 403),
    ],
)  # fmt: skip
def test_who_gives_a_login_anew(made: World, as_person: Person, who: str, status: int) -> None:
    address = f"/accounts/{without_address(made.people['owner']).pk}/reset-login/"
    client = as_person(who)
    assert client.get(address).status_code == status
    answer = client.post(address, {"reason": "Quên mật khẩu"})
    assert answer.status_code == status
    assert ("/invitation/" in answer.text) == (status == 200)
    assert AuditRecord.objects.filter(action="reset_login").count() == (status == 200)


def test_nobody_is_given_the_login_of_somebody_above(made: World, as_person: Person) -> None:
    assert as_person("leader").get(f"/accounts/{made.people['chair'].pk}/reset-login/").status_code == 403
    assert as_person("other_leader").get(f"/accounts/{made.people['auditor'].pk}/reset-login/").status_code == 403
    assert as_person("leader").get(f"/accounts/{made.people['leader'].pk}/reset-login/").status_code == 403


def test_a_login_given_anew_is_logged_mailed_and_told(
    made: World, as_person: Person, django_capture_on_commit_callbacks: Any
) -> None:
    owner = made.people["owner"]
    leader = as_person("leader")
    address = f"/accounts/{owner.pk}/reset-login/"
    assert leader.post(address, {"reason": " "}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        page = leader.post(address, {"reason": "Mất sổ ghi mật khẩu"})
    assert [one.subject for one in mail.outbox] == ["Đăng nhập của bạn được cấp lại"]
    assert "/invitation/" not in mail.outbox[0].body
    record = AuditRecord.objects.get(action="reset_login")
    assert (record.actor_name, record.reason, record.role) == ("Leader", "Mất sổ ghi mật khẩu", "unit_leader")
    link = re.search(r"/invitation/[\w-]+/", page.text)
    assert link
    assert Client().post(link[0], NEW_PASSWORD).status_code == 302
    for attempt in range(2):  # told at every login: who came first may not have been the owner
        client = Client()
        client.post("/login/", {"login": "owner", "password": NEW_PASSWORD["password"]})
        told = client.get("/account/").text
        assert "Leader đã cấp lại đăng nhập" in told, attempt
        assert "Mất sổ ghi mật khẩu" in told
    assert "Leader đã cấp lại đăng nhập" not in client.get("/account/").text
    assert Client().get(link[0]).status_code == 410
    assert resets_to_tell(owner, now() + timedelta(days=29)) == [record]
    assert resets_to_tell(owner, now() + timedelta(days=31)) == []


def test_the_old_password_ends_the_link_that_was_given(made: World, as_person: Person) -> None:
    page = as_person("leader").post(f"/accounts/{made.people['owner'].pk}/reset-login/", {"reason": "Quên"})
    link = re.search(r"/invitation/[\w-]+/", page.text)
    assert link
    assert Client().post("/login/", {"login": "owner", "password": PASSWORD}).status_code == 302
    assert Client().post(link[0], NEW_PASSWORD).status_code == 410


def test_a_link_to_a_new_password_lives_a_day(made: World) -> None:
    owner = made.people["owner"]
    reset_login(by=made.session("leader"), at=now(), user_id=owner.pk, reason="Quên", address_of=str)
    assert Invitation.objects.get().expires_at - now() < timedelta(days=1, minutes=1)


def test_what_is_not_in_use_or_closed_is_not_given_anew(made: World) -> None:
    user = made.people["colleague"]
    user.set_unusable_password()
    user.save()
    leader = made.session("leader")
    with pytest.raises(Refusal, match="account_not_in_use"):
        reset_login(by=leader, at=now(), user_id=user.pk, reason="Quên", address_of=str)
    user.is_active = False
    user.save()
    with pytest.raises(Refusal, match="account_not_active"):
        reset_login(by=leader, at=now(), user_id=user.pk, reason="Quên", address_of=str)


@pytest.mark.parametrize(("who", "status"), [("standing_office", 422), ("leader", 302), ("administrator", 302)])
def test_the_address_of_an_account_in_use_is_a_way_in(made: World, as_person: Person, who: str, status: int) -> None:
    owner = without_address(made.people["owner"])
    form = {"full_name": "Owner", "username": "owner", "email": "cua-toi@example.vn", "unit": "so-y-te"}
    answer = as_person(who).post(f"/accounts/{owner.pk}/", form)
    assert answer.status_code == status
    owner.refresh_from_db()
    assert owner.email == ("cua-toi@example.vn" if status == 302 else "")
    if status == 422:
        assert "chỉ do lãnh đạo đơn vị" in answer.text
        assert as_person(who).post(f"/accounts/{owner.pk}/", {**form, "email": "", "phone": "0215"}).status_code == 302
