"""Logging in and out, forgotten passwords, too many wrong ones; nothing tells a stranger who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from tests.factories.world import PASSWORD, World

from parindex.config import settings as application
from parindex.database.models import AuditRecord

Person = Callable[[str], Client]
WRONG = {"login": "owner", "password": "khong-phai-mat-khau"}
RIGHT = {"login": "owner", "password": PASSWORD}


@pytest.fixture(autouse=True)
def _no_limit_of_the_test_before() -> None:
    cache.clear()


def test_passwords_are_stored_with_argon2() -> None:
    assert application.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.mark.parametrize("typed", ["owner", "OWNER", "owner@example.vn", "Owner@Example.vn"])
def test_the_name_or_the_address_of_the_account_logs_in(made: World, typed: str) -> None:
    answer = Client().post("/login/", {"login": typed, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("home")


def test_wrong_name_and_wrong_password_read_the_same(made: World) -> None:
    one = Client().post("/login/", WRONG)
    other = Client().post("/login/", {**WRONG, "login": "owner_not_there"})
    words = "Tên đăng nhập hoặc mật khẩu không đúng"
    assert words in one.text
    hide = re.compile(r"(?:csrfmiddlewaretoken\" value=\"[^\"]+|owner_not_there|owner)")
    assert hide.sub("", one.text) == hide.sub("", other.text)


def test_the_sixth_attempt_is_refused_even_with_the_right_password(made: World) -> None:
    client = Client()
    answers = [client.post("/login/", WRONG).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    refused = client.post("/login/", RIGHT)
    assert refused.status_code == 429
    assert "Đợi 15 phút" in refused.text
    assert "_auth_user_id" not in client.session
    # The other name of the same account is no way around it; another account is free.
    assert client.post("/login/", {**RIGHT, "login": "owner@example.vn"}).status_code == 429
    assert client.post("/login/", {**RIGHT, "login": "stranger"}).status_code == 302
    assert [row.actor_name for row in AuditRecord.objects.filter(action="lock_account")] == [""]


def test_name_and_address_of_an_account_count_together(made: World) -> None:
    client = Client()
    for typed in ("owner", "OWNER", "owner@example.vn", "owner", "Owner@Example.VN"):
        answer = client.post("/login/", {**WRONG, "login": typed})
    assert answer.status_code == 429


def test_a_locked_account_opens_by_itself_after_a_quarter_of_an_hour(
    made: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from axes.models import AccessAttempt

    client = Client()
    for _ in range(5):
        client.post("/login/", WRONG)
    assert client.post("/login/", RIGHT).status_code == 429
    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(minutes=16))
    assert client.post("/login/", RIGHT).status_code == 302


def test_who_manages_the_account_unlocks_it(made: World, as_person: Person) -> None:
    client = Client()
    for _ in range(5):
        client.post("/login/", WRONG)
    address = f"/accounts/{made.people['owner'].pk}/unlock/"
    assert as_person("colleague").post(address).status_code == 403
    assert as_person("other_leader").post(address).status_code == 403
    assert client.post("/login/", RIGHT).status_code == 429
    leader = as_person("leader")
    assert "Tạm khóa đăng nhập" in leader.get(f"/accounts/{made.people['owner'].pk}/").text
    assert leader.post(address).status_code == 302
    assert client.post("/login/", RIGHT).status_code == 302
    assert AuditRecord.objects.get(action="unlock_account").actor == made.people["leader"]
    assert "không bị khóa đăng nhập" in leader.post(address, follow=True).text  # nothing left to unlock


def test_an_account_that_was_deactivated_does_not_log_in(made: World) -> None:
    made.people["owner"].is_active = False
    made.people["owner"].save()
    client = Client()
    answer = client.post("/login/", RIGHT, follow=True)
    assert "_auth_user_id" not in client.session
    assert answer.status_code == 200


def test_logging_out_asks_where_it_was_not_a_form(made: World, as_person: Person) -> None:
    client = as_person("owner")
    assert "Nội dung đã ghi vẫn còn" in client.get("/logout/").text
    assert client.get("/account/").status_code == 200
    assert client.post("/logout/").status_code == 302
    assert client.get("/account/")["Location"].startswith("/login/")


def test_after_logging_in_the_page_that_was_asked_for_opens_but_no_foreign_one(made: World) -> None:
    assert Client().post("/login/?next=/account/", RIGHT)["Location"] == "/account/"
    assert Client().post("/login/", {**RIGHT, "next": "https://example.com/"})["Location"] == reverse("home")


def test_a_forgotten_password_is_set_by_a_link_that_works_once(made: World) -> None:
    client, other = Client(), Client()
    other.post("/login/", RIGHT)
    answer = client.post("/password/reset/", {"email": "owner@example.vn"}, follow=True)
    assert "Nếu địa chỉ đó là của một tài khoản" in answer.text
    assert mail.outbox[0].subject == "Đặt lại mật khẩu"
    link = _link(mail.outbox[0].body)
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    weak = client.post(form, {"password1": "ngan", "password2": "ngan"})
    assert "Mật khẩu ngắn hơn 10 ký tự" in weak.text
    differ = client.post(form, {"password1": "mat-khau-moi-2026", "password2": "mat-khau-moi-2027"})
    assert "Hai lần gõ không giống nhau" in differ.text
    done = client.post(form, {"password1": "mat-khau-moi-2026", "password2": "mat-khau-moi-2026"}, follow=True)
    assert "Đăng nhập bằng mật khẩu mới" in done.text
    assert other.get("/account/").status_code == 302  # the session with the old password is over
    assert client.post("/login/", {**RIGHT, "password": "mat-khau-moi-2026"}).status_code == 302
    assert "đã hết hạn hoặc đã dùng" in Client().get(link, follow=True).text
    assert AuditRecord.objects.filter(action="change_password").count() == 1


def test_the_link_to_a_new_password_expires(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    Client().post("/password/reset/", {"email": "owner@example.vn"})
    link = _link(mail.outbox[0].body)
    later = datetime.now() + timedelta(hours=25)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _: later)
    assert "đã hết hạn hoặc đã dùng" in Client().get(link, follow=True).text


def test_an_address_without_account_gets_no_mail_and_the_same_answer(made: World) -> None:
    known = Client().post("/password/reset/", {"email": "owner@example.vn"}, follow=True)
    unknown = Client().post("/password/reset/", {"email": "nobody@example.vn"}, follow=True)
    assert len(mail.outbox) == 1
    assert known.text == unknown.text


def test_changing_the_password_asks_for_the_old_one_and_ends_other_sessions(made: World) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.post("/login/", RIGHT)
    new = {"password1": "mat-khau-moi-2026", "password2": "mat-khau-moi-2026"}
    wrong = here.post("/password/change/", {"oldpassword": "khong-dung", **new})
    assert "Mật khẩu hiện tại không đúng" in wrong.text
    assert here.post("/password/change/", {"oldpassword": PASSWORD, **new}).status_code == 302
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_of_allauth_only_our_pages_can_be_reached() -> None:
    names = {one.name for one in _patterns(get_resolver().url_patterns) if one.name}
    assert not names & {"account_signup", "account_email", "socialaccount_signup", "socialaccount_connections"}
    assert Client().get("/signup/").status_code == 404
    # No engine that could render a page of allauth's own is there.
    assert {one["BACKEND"] for one in django_settings.TEMPLATES} == {"django.template.backends.jinja2.Jinja2"}


@pytest.mark.parametrize("address", ["/login/", "/password/reset/", "/password/reset/done/", "/inactive/"])
def test_the_pages_before_the_login_speak_both_languages(made: World, address: str) -> None:
    client = Client()
    assert 'lang="vi"' in client.get(address).text
    client.get("/language/?to=en&next=/")
    assert '<html lang="en">' in client.get(address).text


def _link(body: str) -> str:
    found = re.search(r"http://testserver(\S+)", body)
    assert found
    return found[1]


def _patterns(found: list) -> list[URLPattern]:  # type: ignore[type-arg]
    return [
        one for each in found for one in (_patterns(each.url_patterns) if hasattr(each, "url_patterns") else [each])
    ]


def test_behind_a_proxy_the_address_of_the_browser_counts(made: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.HTTPS = True
    client = Client()
    for _ in range(5):
        client.post("/login/", WRONG, headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})
    locked = {"X-Forwarded-For": "192.0.2.1, 198.51.100.7"}  # what stands before the last is the browser's own word
    assert client.post("/login/", RIGHT, headers=locked).status_code == 429
    assert client.post("/login/", RIGHT, headers={"X-Forwarded-For": "198.51.100.8"}).status_code == 302


def test_without_a_proxy_no_header_hides_an_address(made: World) -> None:
    client = Client()
    statuses = [
        client.post("/login/", WRONG, headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(6)
    ]
    assert statuses[-1] == 429


def test_a_training_room_logs_in_from_one_address(made: World) -> None:
    for _ in range(100):
        assert Client().post("/login/", RIGHT).status_code == 302
        UserSession.objects.all().delete()  # a hundred people: the sessions of one are all looked at when one logs in
