"""Who owns an account reads by mail what happened to its doors: who, when, from where, and never the secret."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from tests.factories.world import PASSWORD, World, now
from tests.integration.web.test_second_factor import logged_in, set_up

from parindex.database.models import User
from parindex.usecases.account_notices import KINDS, Deed, tell_owner
from parindex.usecases.invitations import invite
from parindex.wording.language import Language, current, use
from parindex.wording.moments import moment

Person = Callable[[str], Client]
NEW_PASSWORD = "mat-khau-moi-2026"


@pytest.fixture(autouse=True)
def _no_limit_of_the_test_before() -> None:
    cache.clear()


@pytest.fixture
def sent(django_capture_on_commit_callbacks: Any) -> Callable[[Callable[[], object]], list[Any]]:
    """The mails that leave after what is done."""

    def done(act: Callable[[], object]) -> list[Any]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return list(mail.outbox)

    return done


Sent = Callable[[Callable[[], object]], list[Any]]


def test_a_new_password_is_told_without_the_password(made: World, sent: Sent) -> None:
    client = logged_in("owner")
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    (one,) = sent(lambda: client.post("/password/change/", form, REMOTE_ADDR="203.0.113.7"))
    assert (one.subject, one.to) == ("Mật khẩu của bạn đã đổi", ["owner@example.vn"])
    assert one.from_email == django_settings.DEFAULT_FROM_EMAIL
    assert "Mật khẩu của tài khoản owner vừa được đổi." in one.body
    assert "Từ địa chỉ mạng: 203.0.113.7" in one.body
    assert re.search(r"Lúc: \d\d:\d\d ngày \d\d/\d\d/\d{4}", one.body)
    assert "Nếu không phải: đăng nhập ngay, đổi mật khẩu" in one.body
    assert NEW_PASSWORD not in one.body
    assert PASSWORD not in one.body


def test_a_password_that_was_refused_is_not_told(made: World, sent: Sent) -> None:
    client = logged_in("owner")
    wrong = {"oldpassword": "khong-dung", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert sent(lambda: client.post("/password/change/", wrong)) == []


def test_a_password_set_by_the_mailed_link_is_told(made: World, sent: Sent) -> None:
    client = Client()
    (asked,) = sent(lambda: client.post("/password/reset/", {"email": "owner@example.vn"}))
    link = re.search(r"http://testserver(/\S+)", asked.body)
    assert link
    form = client.get(link[1], follow=True).redirect_chain[-1][0]
    (one,) = sent(lambda: client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}))
    assert one.subject == "Mật khẩu của bạn đã đổi"
    assert "http" not in one.body


def test_a_second_factor_is_told_when_it_comes_changes_and_goes(made: World, sent: Sent) -> None:
    here = logged_in("owner")
    kept: list[tuple[str, list[str]]] = []
    (on,) = sent(lambda: kept.append(set_up(here)))
    (renewed,) = sent(lambda: here.post("/2fa/recovery-codes/generate/", {}))
    (off,) = sent(lambda: here.post("/2fa/totp/deactivate/", {}))
    assert [one.subject for one in (on, renewed, off)] == [
        "Đã bật xác thực hai bước", "Mã dự phòng của bạn đã đổi", "Đã tắt xác thực hai bước",
    ]  # fmt: skip
    secret, codes = kept[0]
    assert not [one for mail_ in (on, renewed, off) for one in (secret, *codes) if one in mail_.body]


def test_a_factor_taken_off_by_another_names_who_did_it(made: World, as_person: Person, sent: Sent) -> None:
    set_up(logged_in("owner"))
    address = f"/accounts/{made.people['owner'].pk}/second-factor/"
    (one,) = sent(lambda: as_person("leader").post(address, {"reason": "Mất máy"}))
    assert (one.subject, one.to) == ("Xác thực hai bước của bạn đã bị gỡ", ["owner@example.vn"])
    assert "Người làm: Leader" in one.body
    assert "Nếu bạn đã nhờ việc này" in one.body


def corrected(**change: str) -> dict[str, str]:
    return {"full_name": "Owner", "username": "owner", "email": "owner@example.vn", "unit": "so-y-te"} | change


def test_a_new_address_is_told_to_both(made: World, as_person: Person, sent: Sent) -> None:
    address = f"/accounts/{made.people['owner'].pk}/"
    mails = sent(lambda: as_person("leader").post(address, corrected(email="moi@example.vn")))
    assert [one.to for one in mails] == [["moi@example.vn"], ["owner@example.vn"]]
    assert {one.subject for one in mails} == {"Thư điện tử của tài khoản đã đổi"}
    assert all("Người làm: Leader" in one.body and "moi@example.vn" not in one.body for one in mails)


def test_a_new_name_is_told_and_other_corrections_are_not(made: World, as_person: Person, sent: Sent) -> None:
    leader, address = as_person("leader"), f"/accounts/{made.people['owner'].pk}/"
    assert sent(lambda: leader.post(address, corrected(full_name="Tên đúng", phone="0215"))) == []
    (one,) = sent(lambda: leader.post(address, corrected(username="ten-moi")))
    assert "Tên đăng nhập của tài khoản vừa đổi thành ten-moi." in one.body


def test_an_account_that_nobody_has_taken_over_is_not_written_to(made: World, as_person: Person, sent: Sent) -> None:
    User.objects.create_user("chua-nhan", None, full_name="Chưa nhận", unit=made.department, email="a@example.vn")
    address = f"/accounts/{User.objects.get(username='chua-nhan').pk}/"
    form = corrected(full_name="Chưa nhận", username="chua-nhan", email="b@example.vn")
    assert sent(lambda: as_person("leader").post(address, form)) == []


def test_taking_an_account_over_is_told(made: World, sent: Sent) -> None:
    user = User.objects.create_user("moi", None, full_name="Mới", unit=made.department, email="moi@example.vn")
    link = invite(
        by=made.session("leader"), at=now(), user_id=user.pk, address_of=lambda token: f"/invitation/{token}/"
    )
    (one,) = sent(lambda: Client().post(link, {"password": NEW_PASSWORD, "again": NEW_PASSWORD}))
    assert (one.subject, one.to) == ("Tài khoản của bạn đã có mật khẩu", ["moi@example.vn"])


def test_it_is_written_in_the_language_of_who_reads_it(made: World, sent: Sent, settings: Any) -> None:
    settings.CONTACT = "Sở Nội vụ, 0215 3825 000"
    owner, at = made.people["owner"], now()
    owner.language = "en"
    use(Language.VIETNAMESE)
    (one,) = sent(lambda: tell_owner("change_password", owner, Deed(owner, at, "203.0.113.7")))
    assert current() is Language.VIETNAMESE
    assert not re.search("[ạảãàáâậầấẩẫăắằặẳẵđ]", one.subject + one.body.replace(settings.CONTACT, ""))
    assert settings.CONTACT in one.body
    use(Language.ENGLISH)
    assert moment(at) in one.body


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_words(made: World, sent: Sent, kind: str) -> None:
    owner = made.people["owner"]
    (one,) = sent(lambda: tell_owner(kind, owner, Deed(made.people["leader"], now())))
    assert owner.username in one.body
    assert "{" not in one.subject + one.body


def test_who_has_no_address_gets_no_mail(made: World, sent: Sent) -> None:
    owner = made.people["owner"]
    owner.email = ""
    assert sent(lambda: tell_owner("change_password", owner, Deed(owner, now()))) == []


def test_a_mail_that_cannot_be_sent_stops_nothing(made: World, sent: Sent, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client = logged_in("owner")
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert sent(lambda: client.post("/password/change/", form)) == []
    assert made.people["owner"].check_password(PASSWORD) is True  # the object of before
    made.people["owner"].refresh_from_db()
    assert made.people["owner"].check_password(NEW_PASSWORD)
