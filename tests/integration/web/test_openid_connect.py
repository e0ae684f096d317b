"""OpenID Connect, the whole way through a provider of our own: who comes in, and who does not."""

from __future__ import annotations

import html
import http.client
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from tests.factories.world import World
from tests.openid_provider import CLIENT, SECRET, Provider, openid_provider

from parindex.database.models import AuditRecord
from parindex.usecases import audit_log

PERSON = {"sub": "person-1", "email": "owner@example.vn", "email_verified": True, "name": "Owner"}


@pytest.fixture
def provider(settings) -> Iterator[Provider]:  # type: ignore[no-untyped-def]
    """A provider that the settings name."""
    cache.clear()
    with openid_provider() as found:
        found.claims = dict(PERSON)
        app = {
            "provider_id": "local", "name": "Cổng xác thực tỉnh", "client_id": CLIENT, "secret": SECRET,
            "settings": {"server_url": found.address},
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield found


def leave(client: Client, query: str = "") -> str:
    """Where the page that leads away points to."""
    page = client.post(f"/oidc/local/login/{query}")
    assert page.status_code == 200
    found = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', page.text)
    assert found
    return html.unescape(found[1])


def come_back(client: Client, address: str) -> HttpResponse:
    """Let the provider answer, and follow its answer."""
    asked = urlsplit(address)
    assert asked.hostname == "127.0.0.1"
    connection = http.client.HTTPConnection(asked.netloc)
    connection.request("GET", f"{asked.path}?{asked.query}")
    answer = connection.getresponse().headers["Location"]
    connection.close()
    back = urlsplit(answer)
    return client.get(f"{back.path}?{back.query}", follow=True)


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_who_has_a_prepared_account_comes_in_and_is_known_from_then_on(made: World, provider: Provider) -> None:
    client = Client()
    assert "Đăng nhập bằng Cổng xác thực tỉnh" in client.get("/login/").text
    assert "Bạn sẽ sang trang của Cổng xác thực tỉnh" in client.get("/oidc/local/login/").text
    assert "Việc của tôi" in come_back(client, leave(client)).text
    assert is_in(client)
    assert SocialAccount.objects.get().user == made.people["owner"]
    provider.claims["email"] = "another@example.vn"  # known by who they are, no longer by the address
    again = Client()
    come_back(again, leave(again))
    assert is_in(again)


def test_a_connected_identity_stands_in_the_log_and_its_owner_is_told(
    made: World, provider: Provider, django_capture_on_commit_callbacks: Any
) -> None:
    for _ in range(2):  # the second login connects nothing
        client = Client()
        with django_capture_on_commit_callbacks(execute=True):
            come_back(client, leave(client))
        assert is_in(client)
    (row,) = AuditRecord.objects.filter(action="connect_identity")
    owner = made.people["owner"]
    assert (row.actor_id, row.object_id, row.unit_id, row.address) == (
        owner.pk, str(owner.pk), made.department.pk, "127.0.0.1",
    )  # fmt: skip
    assert row.chain.key == "installation"
    assert json.loads(row.after) == {"provider": "local", "identity": "person-1"}
    assert [proof.broken for proof in audit_log.verify() if proof.chain == "installation"] == [()]
    (told,) = mail.outbox
    assert (told.to, told.subject) == (["owner@example.vn"], "Tài khoản của bạn được nối với nơi xác thực")
    assert "Tài khoản owner vừa được nối" in told.body
    assert "person-1" not in told.body


def test_where_nobody_is_connected_nothing_is_logged_or_told(made: World, provider: Provider) -> None:
    provider.claims["email"] = "nobody@example.vn"
    client = Client()
    come_back(client, leave(client))
    assert not AuditRecord.objects.filter(action="connect_identity").exists()
    assert mail.outbox == []


def test_the_page_that_was_asked_for_opens_afterwards(made: World, provider: Provider) -> None:
    client = Client()
    answer = come_back(client, leave(client, "?next=/account/"))
    assert answer.redirect_chain[-1][0] == "/account/"


def test_the_request_carries_state_and_challenge_and_no_form_leads_away(made: World, provider: Provider) -> None:
    client = Client()
    asked = parse_qs(urlsplit(leave(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert len(asked["state"][0]) >= 10
    page = client.post("/oidc/local/login/")
    assert "form-action 'self'" in page["Content-Security-Policy"]
    assert provider.address not in client.get("/oidc/local/login/").text  # a GET starts nothing
    assert not re.search(r'<form[^>]+action="http', page.text)


@pytest.mark.parametrize(
    "change",
    [
        {"forges": True},
        {"audience": "somebody-else"},
        {"issuer": "http://127.0.0.1:1"},
        {"age": 3600},
    ],
)
def test_a_token_that_does_not_hold_is_refused(made: World, provider: Provider, change: dict[str, object]) -> None:
    for name, value in change.items():
        setattr(provider, name, value)
    client = Client()
    answer = come_back(client, leave(client))
    assert "Chưa đăng nhập được qua nơi xác thực" in answer.text
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {**PERSON, "email": "nobody@example.vn"},
        {**PERSON, "email_verified": False},
        {**PERSON, "email_verified": "false"},
        {"sub": "person-1", "email": "owner@example.vn"},
        {"sub": "person-1"},
    ],
)
def test_who_has_no_account_or_no_verified_address_stays_out(
    made: World, provider: Provider, claims: dict[str, object]
) -> None:
    provider.claims = claims
    client = Client()
    answer = come_back(client, leave(client))
    assert "chưa có tài khoản nào" in answer.text
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_who_was_deactivated_stays_out(made: World, provider: Provider) -> None:
    client = Client()
    come_back(client, leave(client))
    made.people["owner"].is_active = False
    made.people["owner"].save()
    again = Client()
    come_back(again, leave(again))
    assert not is_in(client)
    assert not is_in(again)


def test_an_address_that_only_the_user_info_has_counts_for_the_same_person_alone(
    made: World, provider: Provider
) -> None:
    provider.claims = {"sub": "person-1"}
    provider.user_info = dict(PERSON)
    client = Client()
    come_back(client, leave(client))
    assert is_in(client)
    SocialAccount.objects.all().delete()
    provider.user_info = {**PERSON, "sub": "person-2"}
    other = Client()
    assert "Chưa đăng nhập được" in come_back(other, leave(other)).text
    assert not is_in(other)


def test_an_answer_that_was_not_asked_for_is_refused(made: World, provider: Provider) -> None:
    mine, theirs = Client(), Client()
    address = leave(theirs)
    assert "Chưa đăng nhập được" in come_back(mine, address).text  # somebody else's answer in my browser
    assert not is_in(mine)
    assert "Chưa đăng nhập được" in mine.get("/oidc/local/login/callback/?code=x&state=y", follow=True).text


def test_a_code_works_once(made: World, provider: Provider) -> None:
    client = Client()
    back = come_back(client, leave(client))
    used = back.redirect_chain[0][0] if back.redirect_chain else ""
    assert not provider.codes
    assert "code=" not in used


def test_who_changes_their_mind_there_is_told_so(made: World, provider: Provider) -> None:
    provider.denies = True
    client = Client()
    assert "Đã thôi đăng nhập" in come_back(client, leave(client)).text
    assert not is_in(client)


def test_a_provider_that_is_away_is_an_answer_and_not_a_failure(made: World, settings) -> None:  # type: ignore[no-untyped-def]
    cache.clear()
    app = {
        "provider_id": "local", "name": "X", "client_id": CLIENT, "secret": SECRET,
        "settings": {"server_url": "http://127.0.0.1:9"},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    answer = Client().post("/oidc/local/login/")
    assert answer.status_code == 502
    assert "Thử lại từ đầu" in answer.text


def test_a_provider_that_no_setting_names_is_not_there(made: World) -> None:
    assert Client().get("/oidc/other/login/").status_code == 404
    assert Client().get("/oidc/other/login/callback/").status_code == 404
    assert "Đăng nhập bằng" not in Client().get("/login/").text


def test_the_second_factor_is_asked_for_here_too(made: World, provider: Provider) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(made.people["owner"], generate_totp_secret())
    client = Client()
    answer = come_back(client, leave(client))
    assert "Bước thứ hai" in answer.text
    assert not is_in(client)
