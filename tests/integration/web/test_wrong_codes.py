"""Wrong second factors and passwords beyond the login: counted for the account, in the database, and locked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache
from django.test import Client
from tests.factories.authenticator_app import code_for, stop_the_clock
from tests.factories.world import PASSWORD, World, now

from parindex.database.models import AuditRecord
from parindex.usecases.second_factors import Answer, answer_second_factor

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
SECRET = "JBSWY3DPEHPK3PXP"
RIGHT = {"login": "leader", "password": PASSWORD}


@pytest.fixture(autouse=True)
def _nothing_in_memory(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    stop_the_clock(monkeypatch)
    TOTP.activate(made.people["leader"], SECRET)
    RecoveryCodes.activate(made.people["leader"])


def right_code() -> str:
    return code_for(SECRET)


def asked() -> Client:
    """A browser that has given the password and is asked for the code."""
    client = Client()
    assert client.post("/login/", RIGHT)["Location"] == "/2fa/authenticate/"
    return client


def test_five_wrong_codes_lock_the_account_wherever_they_come_from(
    made: World, as_person: Person, django_capture_on_commit_callbacks: Any
) -> None:
    statuses = []
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(6):
            cache.clear()  # another process, or one that has been started anew
            client = asked()
            answer = client.post("/2fa/authenticate/", {"code": f"00000{number}"}, REMOTE_ADDR=f"198.51.100.{number}")
            statuses.append(answer.status_code)
    assert statuses == [200, 200, 200, 200, 429, 429]
    assert "tạm khóa" in answer.text
    refused = asked().post("/2fa/authenticate/", {"code": right_code()})
    assert refused.status_code == 429
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert asked().post("/2fa/authenticate/", {"code": codes[0]}).status_code == 429
    assert Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes() == codes
    record = AuditRecord.objects.get(action="lock_account")
    assert (record.object_id, record.actor) == (str(made.people["leader"].pk), None)
    assert "198.51.100.4" in record.after
    assert [one.subject for one in mail.outbox] == ["Có người gõ sai mã xác thực của bạn"]
    page = as_person("standing_office").get(f"/accounts/{made.people['leader'].pk}/").text
    assert "Tạm khóa đăng nhập" in page
    assert as_person("other_leader").post(f"/accounts/{made.people['leader'].pk}/unlock/").status_code == 403
    as_person("standing_office").post(f"/accounts/{made.people['leader'].pk}/unlock/")
    assert asked().post("/2fa/authenticate/", {"code": right_code()}).status_code == 302


def test_a_right_code_ends_the_count_and_a_quarter_of_an_hour_the_lock(made: World) -> None:
    client = asked()
    for _ in range(4):
        client.post("/2fa/authenticate/", {"code": "000000"})
    assert client.post("/2fa/authenticate/", {"code": right_code()}).status_code == 302
    assert not AccessAttempt.objects.exists()
    for _ in range(5):
        answer = asked().post("/2fa/authenticate/", {"code": "nham"})
    assert answer.status_code == 429
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=16))
    cache.clear()
    assert asked().post("/2fa/authenticate/", {"code": right_code()}).status_code == 302


def test_wrong_spare_codes_and_those_of_a_proof_count_together(made: World, as_person: Person) -> None:
    for _ in range(3):
        asked().post("/2fa/authenticate/", {"code": "abcd-efgh"})
    here = as_person("leader")
    assert here.post("/2fa/reauthenticate/", {"code": "000000"}).status_code == 200
    assert here.post("/2fa/reauthenticate/", {"code": "000001"}).status_code == 429
    assert here.post("/2fa/reauthenticate/", {"code": right_code()}).status_code == 429
    assert here.get("/account/").status_code == 200  # who is in stays in
    assert asked().post("/2fa/authenticate/", {"code": right_code()}).status_code == 429


def test_codes_do_not_lock_the_password_of_others_nor_the_code_of_another(made: World) -> None:
    for _ in range(5):
        asked().post("/2fa/authenticate/", {"code": "000000"})
    assert Client().post("/login/", {"login": "owner", "password": PASSWORD}).status_code == 302
    owner = made.people["owner"]
    answer = answer_second_factor(user=owner, at=now(), address="", holds=lambda: True)
    assert answer is Answer.RIGHT


def test_a_lock_is_not_drawn_out_by_more_wrong_codes(made: World) -> None:
    leader, start = made.people["leader"], now()
    for _ in range(5):
        answer_second_factor(user=leader, at=start, address="", holds=lambda: False)
    later = start + timedelta(minutes=14)
    assert answer_second_factor(user=leader, at=later, address="", holds=lambda: False) is Answer.LOCKED
    after = start + timedelta(minutes=16)
    assert answer_second_factor(user=leader, at=after, address="", holds=lambda: False) is Answer.WRONG


@pytest.mark.parametrize(
    ("address", "field", "more"),
    [
        ("/reauthenticate/", "password", {}),
        ("/password/change/", "oldpassword", {"password1": "mat-khau-moi-2026", "password2": "mat-khau-moi-2026"}),
    ],
)
def test_wrong_passwords_of_who_is_logged_in_count_like_those_at_the_login(
    made: World, as_person: Person, address: str, field: str, more: dict[str, str]
) -> None:
    client = as_person("owner")
    statuses = []
    for _ in range(5):
        cache.clear()
        statuses.append(client.post(address, {field: "khong-dung", **more}).status_code)
    assert statuses == [200, 200, 200, 200, 429]
    cache.clear()
    assert client.post(address, {field: PASSWORD, **more}).status_code == 429
    assert AuditRecord.objects.filter(action="lock_account").count() == 1
    assert Client().post("/login/", {"login": "owner", "password": PASSWORD}).status_code == 429


def test_a_wrong_password_under_a_signature_counts_too(made: World, as_person: Person) -> None:
    from parindex.database.models import SheetPart

    client = as_person("leader")
    part = SheetPart.objects.get(sheet=made.sheet)
    for _ in range(5):
        cache.clear()
        answer = client.post(f"/parts/{part.pk}/sign/", {"password": "khong-dung", "seen": "x"})
    assert answer.status_code == 429
    assert AuditRecord.objects.filter(action="lock_account").count() == 1
