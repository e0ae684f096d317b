"""The second factor: demanded by role, set up, used, lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from tests.factories.authenticator_app import code_for, stop_the_clock
from tests.factories.world import PASSWORD, World

from parindex.database.models import AuditRecord

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
RIGHT = {"login": "leader", "password": PASSWORD}


@pytest.fixture(autouse=True)
def _in_one_half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_the_clock(monkeypatch)
    cache.clear()  # the limits of the test before


def confirmed(client: Client, address: str) -> None:
    """Whoever changes the factor confirms their password first."""
    assert client.get(address)["Location"].startswith("/reauthenticate/")
    assert "Mật khẩu không đúng" in client.post("/reauthenticate/", {"password": "khong-dung"}).text
    assert client.post("/reauthenticate/", {"password": PASSWORD}).status_code == 302


def set_up(client: Client) -> tuple[str, list[str]]:
    """Turn the second factor on; its secret, and the recovery codes as they are shown."""
    confirmed(client, "/2fa/totp/activate/")
    page = client.get("/2fa/totp/activate/")
    secret = re.search(r'<code class="mono">([A-Z2-7]+)</code>', page.text)
    assert secret
    done = client.post("/2fa/totp/activate/", {"code": code_for(secret[1])}, follow=True)
    block = re.search(r'<ul class="codes".*?</ul>', done.text, re.DOTALL)
    assert block
    return secret[1], re.findall(r'<code class="mono">(\S+)</code>', block[0])


def logged_in(name: str = "leader") -> Client:
    client = Client()
    assert client.post("/login/", {"login": name, "password": PASSWORD}).status_code == 302
    return client


def test_a_role_that_demands_it_leads_everywhere_to_its_set_up(made: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.MFA_ROLES = frozenset({"unit_leader"})
    leader = logged_in()
    for address in ("/account/", "/accounts/", f"/sheets/{made.sheet.pk}/"):
        assert leader.get(address)["Location"] == "/2fa/totp/activate/"
    assert leader.post(f"/sheets/{made.sheet.pk}/submit/", {"reason": "x"})["Location"] == "/2fa/totp/activate/"
    assert logged_in("owner").get("/account/").status_code == 200
    set_up(leader)
    assert leader.get("/account/").status_code == 200


def test_a_demanded_factor_cannot_be_taken_off(made: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.MFA_ROLES = frozenset({"unit_leader"})
    leader = logged_in()
    set_up(leader)
    assert "Không tắt được" in leader.post("/2fa/totp/deactivate/", {}).text
    assert Authenticator.objects.filter(user=made.people["leader"], type="totp").exists()


def test_a_wrong_code_turns_nothing_on(made: World) -> None:
    leader = logged_in()
    confirmed(leader, "/2fa/totp/activate/")
    assert "bắt buộc" not in leader.get("/2fa/totp/activate/").text
    answer = leader.post("/2fa/totp/activate/", {"code": "000000"})
    assert "Mã không đúng" in answer.text
    assert not Authenticator.objects.exists()


def test_the_code_is_asked_for_at_the_next_login(made: World) -> None:
    secret, _ = set_up(logged_in())
    client = Client()
    assert client.post("/login/", RIGHT)["Location"] == "/2fa/authenticate/"
    assert client.get("/account/")["Location"].startswith("/login/")
    assert "Mã không đúng" in client.post("/2fa/authenticate/", {"code": "123456"}).text
    assert client.get("/account/").status_code == 302
    cache.clear()  # the code of this half minute was used for setting up
    assert client.post("/2fa/authenticate/", {"code": code_for(secret)}).status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_copy_of_the_database_holds_no_second_factor(made: World) -> None:
    secret, codes = set_up(logged_in())
    kept = {one.type: one for one in Authenticator.objects.all()}
    stored = json.dumps([one.data for one in kept.values()])
    assert secret not in stored
    assert kept["totp"].data["secret"].startswith("gAAAA")
    assert kept["recovery_codes"].data["seed"].startswith("gAAAA")
    assert kept["recovery_codes"].wrap().get_unused_codes() == codes


def test_second_factors_stored_as_they_were_are_encrypted_once(made: World) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    Authenticator.objects.create(user=made.people["leader"], type="totp", data={"secret": secret})
    encrypt = import_module("parindex.database.migrations.0007_second_factors_encrypted").encrypt
    encrypt(apps, None)
    kept = Authenticator.objects.get().data["secret"]
    assert secret not in kept
    encrypt(apps, None)
    assert Authenticator.objects.get().data["secret"] == kept
    client = Client()
    assert client.post("/login/", RIGHT)["Location"] == "/2fa/authenticate/"
    assert client.post("/2fa/authenticate/", {"code": code_for(secret)}).status_code == 302


def test_a_factor_that_cannot_be_read_is_a_wrong_code(made: World) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    Authenticator.objects.create(user=made.people["leader"], type="totp", data={"secret": secret})
    client = Client()
    client.post("/login/", RIGHT)
    assert "Mã không đúng" in client.post("/2fa/authenticate/", {"code": code_for(secret)}).text


def test_recovery_codes_are_shown_once_and_work_once(made: World) -> None:
    here = logged_in()
    _, codes = set_up(here)
    assert len(codes) == 10
    again = here.get("/2fa/recovery-codes/").text
    assert not any(code in again for code in codes)
    assert "Còn 10 mã chưa dùng" in again
    for number, status in ((1, 302), (2, 200)):
        client = Client()
        client.post("/login/", RIGHT)
        answer = client.post("/2fa/authenticate/", {"code": codes[0]})
        assert (number, answer.status_code) == (number, status)


def test_new_recovery_codes_replace_the_old_ones(made: World) -> None:
    here = logged_in()
    _, old = set_up(here)
    shown = here.post("/2fa/recovery-codes/generate/", {}, follow=True).text
    assert not any(code in shown for code in old)
    client = Client()
    client.post("/login/", RIGHT)
    assert client.post("/2fa/authenticate/", {"code": old[0]}).status_code == 200
    assert [row.action for row in AuditRecord.objects.filter(object_kind="user")] == [
        "activate_second_factor",
        "renew_recovery_codes",
    ]


def test_taking_it_off_asks_who_it_is(made: World) -> None:
    here = logged_in()
    set_up(here)
    elsewhere = here.session
    elsewhere["account_authentication_methods"] = [
        {**one, "at": one["at"] - 4000} for one in elsewhere["account_authentication_methods"]
    ]
    elsewhere.save()
    assert here.post("/2fa/totp/deactivate/", {})["Location"].startswith("/reauthenticate/")
    assert Authenticator.objects.filter(type="totp").exists()
    here.post("/reauthenticate/", {"password": PASSWORD})
    here.post("/2fa/totp/deactivate/", {})
    assert not Authenticator.objects.filter(type="totp").exists()


def test_who_manages_the_account_takes_off_a_lost_factor(made: World, as_person: Person) -> None:
    set_up(logged_in("owner"))
    address = f"/accounts/{made.people['owner'].pk}/second-factor/"
    for name in ("colleague", "stranger", "other_leader", "owner"):
        assert as_person(name).post(address, {"reason": "Mất máy"}).status_code == 403
    leader = as_person("leader")
    assert leader.post(address, {"reason": " "}).status_code == 422
    assert Authenticator.objects.exists()
    assert leader.post(address, {"reason": "Mất máy"}).status_code == 302
    assert not Authenticator.objects.exists()
    assert AuditRecord.objects.get(action="remove_second_factor").reason == "Mất máy"
    assert leader.post(address, {"reason": "Mất máy"}).status_code == 422


def test_the_drawing_keeps_to_the_content_policy(made: World) -> None:
    client = logged_in()
    confirmed(client, "/2fa/totp/activate/")
    page = client.get("/2fa/totp/activate/").text
    assert "<svg" in page
    assert "style=" not in page
    assert "data:image" not in page
