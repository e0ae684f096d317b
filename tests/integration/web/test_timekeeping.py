"""The clock: what fails keeps nothing else from being done; what has expired goes away; scanning has its own thread."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.test import Client
from tests.factories.world import PASSWORD, World, now

from parindex.database.models import Invitation, Phase, ScoreSheet
from parindex.usecases import timekeeping
from parindex.usecases.expired_rows import clear_expired

pytestmark = pytest.mark.both


@pytest.mark.parametrize("act", ["paths", "remind", "clear"])
def test_an_act_that_fails_stops_no_other(made: World, monkeypatch: pytest.MonkeyPatch, act: str) -> None:
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now() - timedelta(hours=1))
    done: list[str] = []

    def doing(name: str) -> Any:
        kept = timekeeping._ACTS[name]

        def do(at: Any) -> int:
            if name == act:
                raise RuntimeError(name)
            done.append(name)
            return kept(at)

        return do

    monkeypatch.setattr(timekeeping, "_ACTS", {name: doing(name) for name in timekeeping._ACTS})
    with pytest.raises(ExceptionGroup) as failed:
        timekeeping.keep_time(at=now())
    assert [str(one) for one in failed.value.exceptions] == [act]
    assert done == [name for name in timekeeping._ACTS if name != act]
    assert {sheet.state for sheet in ScoreSheet.objects.filter(cycle=made.cycle)} == {"locked"}


@pytest.mark.parametrize(
    ("scanner", "names"),
    [("", ["timekeeping", "bundles", "readings"]), ("there:1", ["timekeeping", "bundles", "readings", "scanning"])],
)
def test_scanning_waits_for_nothing_and_nothing_for_it(
    monkeypatch: pytest.MonkeyPatch, settings: Any, scanner: str, names: list[str]
) -> None:
    settings.CLAMD = scanner
    monkeypatch.setattr(threading.Thread, "start", lambda _: None)
    assert [thread.name for thread in timekeeping.keep_time_in_background()] == names


def test_what_has_expired_goes_and_the_rest_stays(made: World) -> None:
    at = now()
    for name in ("owner", "stranger"):
        client = Client()
        form = {"login": made.people[name].username, "password": PASSWORD}
        assert client.post("/login/", form).status_code == 302
        Client().post("/login/", {**form, "password": "sai"})
    first = Session.objects.order_by("pk").first()
    assert first is not None
    Session.objects.filter(pk=first.pk).update(expire_date=at - timedelta(seconds=1))
    UserSession.objects.update(created_at=at - timedelta(hours=1))
    AccessAttempt.objects.filter(username=made.people["owner"].username).update(attempt_time=at - timedelta(days=2))
    AccessLog.objects.filter(username=made.people["owner"].username).update(attempt_time=at - timedelta(days=91))
    Invitation.objects.create(
        user=made.people["owner"], token_digest="0" * 64, invited_by=made.people["chair"],
        invited_at=at - timedelta(days=30), expires_at=at - timedelta(days=23),
    )  # fmt: skip
    assert clear_expired(at=at) == 4
    assert [Session.objects.count(), UserSession.objects.count()] == [1, 1]
    assert not Session.objects.filter(pk=first.pk).exists()
    assert set(AccessAttempt.objects.values_list("username", flat=True)) == {made.people["stranger"].username}
    assert set(AccessLog.objects.values_list("username", flat=True)) == {made.people["stranger"].username}
    assert Invitation.objects.count() == 1
    assert clear_expired(at=at) == 0
