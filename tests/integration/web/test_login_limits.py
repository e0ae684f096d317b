"""Wrong passwords from many addresses, or for many names: who has to wait, and who cannot be made to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from tests.factories.world import PASSWORD, World, now

from parindex.database.models import AuditRecord
from parindex.usecases.lock_outs import locked_names, unlock_account

RIGHT, WRONG = PASSWORD, "sai-mat-khau"


@pytest.fixture(autouse=True)
def _only_these_limits(settings: Any) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = False
    settings.LOGIN_FAILURES_OF_A_NAME, settings.LOGIN_FAILURES_OF_AN_ADDRESS = 12, 14


def log_in(name: str, password: str, address: str) -> HttpResponse:
    return Client().post("/login/", {"login": name, "password": password}, REMOTE_ADDR=address)


def fail(name: str, address: str, times: int) -> list[int]:
    return [log_in(name, WRONG, address).status_code for _ in range(times)]


def test_the_limits_as_they_are_shipped() -> None:
    from parindex.config import settings as shipped

    assert (
        shipped.AXES_FAILURE_LIMIT, shipped.LOGIN_FAILURES_OF_A_NAME, shipped.LOGIN_FAILURES_OF_AN_ADDRESS,
    ) == (5, 50, 100)  # fmt: skip


def test_who_guesses_from_many_addresses_locks_the_name_everywhere(made: World) -> None:
    assert fail("owner", "203.0.113.1", 5) == [200] * 4 + [429]
    assert fail("owner@example.vn", "203.0.113.2", 5) == [200] * 4 + [429]
    assert log_in("owner", RIGHT, "203.0.113.3").status_code == 302
    assert fail("owner", "203.0.113.3", 2) == [200, 429]
    refused = log_in("owner", RIGHT, "203.0.113.9")
    assert (refused.status_code, "Nhiều nơi đã gõ sai" in refused.text) == (429, True)
    assert log_in("stranger", RIGHT, "203.0.113.1").status_code == 302
    assert locked_names(["owner", "stranger"], now()) == {"owner"}
    facts = [json.loads(row.after) for row in AuditRecord.objects.filter(action="lock_account").order_by("sequence")]
    assert [(one["address"], one["failures"], one.get("everywhere")) for one in facts] == [
        ("203.0.113.1", 5, None), ("203.0.113.2", 5, None), ("203.0.113.3", 12, True),
    ]  # fmt: skip
    unlock_account(by=made.session("leader"), at=now(), user_id=made.people["owner"].pk)
    assert log_in("owner", RIGHT, "203.0.113.9").status_code == 302


def test_a_stranger_alone_locks_only_their_own_address(made: World) -> None:
    """What is tried while locked is not counted, so one address adds no more than the first limit."""
    assert fail("owner", "203.0.113.1", 40)[5:] == [429] * 35
    assert AccessAttempt.objects.get().failures_since_start == 5
    assert log_in("owner", RIGHT, "203.0.113.2").status_code == 302
    assert AuditRecord.objects.filter(action="lock_account").count() == 1


def test_who_tries_many_names_has_to_wait_at_that_address_alone(made: World) -> None:
    statuses = [log_in(f"nguoi-{number}", WRONG, "203.0.113.1").status_code for number in range(14)]
    assert statuses == [200] * 13 + [429]
    refused = log_in("owner", RIGHT, "203.0.113.1")
    assert (refused.status_code, "Từ mạng của bạn" in refused.text) == (429, True)
    assert log_in("owner", RIGHT, "203.0.113.2").status_code == 302
    assert locked_names(["owner"], now()) == set()
    assert not AuditRecord.objects.filter(action="lock_account").exists()


def test_wrong_codes_of_a_second_factor_are_not_wrong_passwords(made: World) -> None:
    for _ in range(13):
        AccessAttempt.objects.create(username="owner", ip_address=None, path_info="x", failures_since_start=1)
    assert log_in("owner", RIGHT, "203.0.113.2").status_code == 302
