"""Invitations: shown once, used once, for seven days."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from tests.factories.world import World, now

from parindex.database.models import AuditRecord, Invitation, User

Person = Callable[[str], Client]
NEW = {"full_name": "Cán bộ mới", "username": "can-bo-moi", "email": "moi@example.vn", "unit": "so-y-te"}
GOOD = {"password": "mat-khau-rieng-2026", "again": "mat-khau-rieng-2026"}


@pytest.fixture(autouse=True)
def _no_limit_of_the_test_before() -> None:
    cache.clear()


def link_in(page: str) -> str:
    found = re.search(r"(/invitation/[\w-]+/)", page)
    assert found
    return found[1]


@pytest.fixture
def link(made: World, as_person: Person, django_capture_on_commit_callbacks: Any) -> str:
    with django_capture_on_commit_callbacks(execute=True):
        page = as_person("leader").post("/accounts/new/", NEW)
    return link_in(page.text)


def test_the_link_makes_the_account_its_owners(link: str) -> None:
    assert mail.outbox[0].to == ["moi@example.vn"]
    assert link in mail.outbox[0].body
    assert "can-bo-moi" in Client().get(link).text
    client = Client()
    done = client.post(link, GOOD, follow=True)
    assert "Đã đặt mật khẩu cho can-bo-moi" in done.text
    assert client.post("/login/", {"login": "can-bo-moi", "password": GOOD["password"]}).status_code == 302
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"password": "mat-khau-khac-2026", "again": "mat-khau-khac-2026"}).status_code == 410
    assert AuditRecord.objects.get(action="accept_invitation").actor_name == "Cán bộ mới"


def test_only_a_digest_is_stored(link: str) -> None:
    token = link.split("/")[2]
    assert token not in str(Invitation.objects.values())
    assert len(Invitation.objects.get().token_digest) == 64
    assert token not in str(list(AuditRecord.objects.values()))


def test_a_weak_password_is_refused_and_the_link_stays(link: str) -> None:
    client = Client()
    for weak, words in (("ngan", "ngắn hơn 10"), ("0123456789", "quá phổ biến"), ("can-bo-moi", "giống tên")):
        answer = client.post(link, {"password": weak, "again": weak})
        assert answer.status_code == 422
        assert words in answer.text
    assert "Hai lần gõ" in client.post(link, {**GOOD, "again": "khac"}).text
    assert client.post(link, GOOD).status_code == 302


def test_after_seven_days_it_is_over(link: str) -> None:
    Invitation.objects.update(expires_at=now() - timedelta(seconds=1))
    answer = Client().post(link, GOOD)
    assert answer.status_code == 410
    assert "hết hạn" in answer.text
    assert not User.objects.get(username="can-bo-moi").has_usable_password()


def test_a_new_link_ends_the_old_one(link: str, as_person: Person) -> None:
    user = User.objects.get(username="can-bo-moi")
    assert as_person("colleague").post(f"/accounts/{user.pk}/invite/").status_code == 403
    assert as_person("other_leader").post(f"/accounts/{user.pk}/invite/").status_code == 403
    newer = link_in(as_person("leader").post(f"/accounts/{user.pk}/invite/").text)
    assert newer != link
    assert Client().get(link).status_code == 410
    assert Client().get(newer).status_code == 200


def test_a_link_is_revoked(link: str, as_person: Person) -> None:
    user = User.objects.get(username="can-bo-moi")
    assert as_person("stranger").post(f"/accounts/{user.pk}/revoke/").status_code == 403
    assert as_person("leader").post(f"/accounts/{user.pk}/revoke/").status_code == 302
    assert Client().get(link).status_code == 410
    again = as_person("leader").post(f"/accounts/{user.pk}/revoke/", follow=True)
    assert "Không có liên kết mời nào" in again.text


def test_a_prepared_account_has_no_forgotten_password(link: str, as_person: Person) -> None:
    as_person("leader").post(f"/accounts/{User.objects.get(username='can-bo-moi').pk}/revoke/")
    mail.outbox.clear()
    Client().post("/password/reset/", {"email": "moi@example.vn"})
    assert mail.outbox == []


def test_who_was_deactivated_before_taking_over_cannot(link: str, as_person: Person) -> None:
    user = User.objects.get(username="can-bo-moi")
    as_person("leader").post(f"/accounts/{user.pk}/deactivate/", {"reason": "Nhầm người"})
    assert Client().post(link, GOOD).status_code == 410


def test_somebody_with_a_password_of_their_own_is_not_invited_again(made: World, as_person: Person) -> None:
    answer = as_person("leader").post(f"/accounts/{made.people['owner'].pk}/invite/", follow=True)
    assert "/invitation/" not in answer.text
    assert "tự đặt lại" in answer.text


def test_a_guessed_link_says_nothing(made: World) -> None:
    assert Client().get("/invitation/khong-co-that/").status_code == 410
    client = Client()
    assert {client.get(f"/invitation/mot-phong-tap-huan-{n}/").status_code for n in range(100)} == {410}
    statuses = {client.get(f"/invitation/doan-{n}/").status_code for n in range(305)}
    assert statuses == {410, 429}


def test_the_mail_speaks_the_language_of_who_gets_it(
    made: World, as_person: Person, django_capture_on_commit_callbacks: Any
) -> None:
    client = as_person("leader")
    client.get("/language/?to=en&next=/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/new/", NEW)
    assert mail.outbox[0].subject == "Lời mời nhận tài khoản"


@pytest.mark.django_db(transaction=True)
def test_an_invitation_that_could_not_be_sent_is_not_called_sent(made: World, as_person: Person, settings: Any) -> None:
    good = as_person("leader").post("/accounts/new/", NEW)
    assert "Thư mời đã gửi tới moi@example.vn." in good.text
    settings.EMAIL_BACKEND = "tests.integration.web.test_cycle_acts.ServerDown"
    user = User.objects.get(username="can-bo-moi")
    page = as_person("leader").post(f"/accounts/{user.pk}/invite/").text
    assert "Chưa gửi được thư mời tới moi@example.vn: máy chủ thư không nhận." in page
    assert "Thư mời đã gửi" not in page
    assert link_in(page)  # to be handed over by hand
