"""Reminders by the timetable: one a sheet and threshold, by day, in days of the calendar; whom nobody can write to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, morning

from parindex.database.models import AuditRecord, CycleGroup, Phase, Reminder, ScoreSheet, Unit, UnitVersion, User
from parindex.usecases import reminders
from parindex.usecases.reminders import remind_by_timetable
from parindex.wording.language import speaking
from parindex.wording.moments import moment

Person = Callable[[str], Client]
DAY = timedelta(days=1)


def ending(made: World, at: datetime) -> datetime:
    Phase.objects.filter(cycle=made.cycle).update(ends_at=at)
    return at


@pytest.mark.parametrize("hours", [0, 8, 14])
def test_one_reminder_a_threshold_none_at_night(made: World, hours: int) -> None:
    """Asked every hour of nine days: whatever hour the deadline has, each threshold is met once, from eight."""
    at = morning().replace(hour=0)
    deadline = ending(made, at + 8 * DAY + timedelta(hours=hours))
    last = (deadline - timedelta(seconds=1)).replace(hour=0)
    found = []
    for hour in range(24 * 9):
        now = at + timedelta(hours=hour)
        if remind_by_timetable(at=now):
            found.append(now)
    days = [last.replace(hour=8, minute=0, second=0) - some * DAY for some in (7, 3, 1)]
    assert found == days
    assert len(mail.outbox) == 3 * 5


def test_who_has_no_address_is_told_to_the_office_once(
    made: World, as_person: Person, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.exclude(username="standing_office").update(email="")
    User.objects.filter(username="standing_office").update(email="office@example.vn")
    at = morning()
    ending(made, at + 3 * DAY)
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_by_timetable(at=at) == 0
    assert [(one.to, "Sở Y tế, Sở Tư pháp" in one.body) for one in mail.outbox] == [(["office@example.vn"], True)]
    with CaptureQueriesContext(connection) as queries:
        assert remind_by_timetable(at=at + timedelta(minutes=1)) == 0
    assert len(queries) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_by_timetable(at=at + 2 * DAY) == 0
    assert len(mail.outbox) == 1
    page = as_person("standing_office").get(f"/cycles/{made.cycle.pk}/?open={made.sheet.pk}").text
    assert "Chưa nhắc được: đơn vị không có thư điện tử" in page
    assert "1 lần" not in page


def test_each_unit_that_nobody_can_write_to_has_its_own_deadline(
    made: World, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.exclude(username="standing_office").update(email="")
    User.objects.filter(username="standing_office").update(language="en")
    at = morning()
    later = ending(made, at + 3 * DAY) + timedelta(hours=1)
    ScoreSheet.objects.filter(pk=made.other_sheet.pk).update(extended_until=later)
    with django_capture_on_commit_callbacks(execute=True):
        remind_by_timetable(at=at)
    with speaking("en"):
        first, second = moment(later - timedelta(hours=1)), moment(later)
    (told,) = mail.outbox
    assert told.body.endswith(f"Deadline: {first} (Sở Y tế); {second} (Sở Tư pháp).")


class Relayed(LocmemBackend):
    """A mail server beside which, while it takes a mail, another keeper of time does its work."""

    at: datetime

    def send_messages(self, email_messages: Any) -> int:
        sent = super().send_messages(email_messages)
        assert remind_by_timetable(at=self.at) <= 1
        return sent


class Stopped(LocmemBackend):
    """A mail server during whose work the process is stopped, once."""

    left: ClassVar[int]

    def send_messages(self, email_messages: Any) -> int:
        if not Stopped.left:
            raise KeyboardInterrupt
        Stopped.left -= 1
        return super().send_messages(email_messages)


def test_two_keepers_remind_once(made: World, settings: Any) -> None:
    at = Relayed.at = morning()
    ending(made, at + 3 * DAY)
    settings.EMAIL_BACKEND = f"{__name__}.Relayed"
    assert remind_by_timetable(at=at) == 1
    addresses = [one.to[0] for one in mail.outbox]
    assert len(addresses) == len(set(addresses)) == 5
    assert sorted(Reminder.objects.values_list("sheet", "recipients")) == sorted(
        [(made.sheet.pk, 3), (made.other_sheet.pk, 2)]
    )
    assert AuditRecord.objects.filter(action="remind").count() == 2


@pytest.mark.parametrize("before", [3, 4])
def test_who_is_stopped_midway_writes_to_nobody_twice(made: World, settings: Any, before: int) -> None:
    at = morning()
    ending(made, at + 3 * DAY)
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Stopped"
    Stopped.left = before
    with pytest.raises(KeyboardInterrupt):
        remind_by_timetable(at=at)
    settings.EMAIL_BACKEND = works
    remind_by_timetable(at=at)
    addresses = [one.to[0] for one in mail.outbox]
    assert len(addresses) == len(set(addresses)) == before


def test_two_keepers_note_once_whom_nobody_can_write_to(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one comes between looking who is due and noting it."""
    at = morning()
    ending(made, at + 3 * DAY)
    User.objects.update(email="")
    alone, met = reminders._mails, []

    def with_another(*args: Any) -> Any:
        if not met:
            met.append(1)
            remind_by_timetable(at=at)
        return alone(*args)

    monkeypatch.setattr(reminders, "_mails", with_another)
    remind_by_timetable(at=at)
    assert Reminder.objects.count() == 2


def more_sheets(made: World, number: int) -> None:
    """Units without anybody who could be written to."""
    group = CycleGroup.objects.get(pk=made.sheet.group_id)
    for index in range(number):
        unit = Unit.objects.create(code=f"so-{index}")
        UnitVersion.objects.create(
            unit=unit, name=f"Sở {index}", path=f"tinh/so-{index}", kind="department", parent=made.province,
            valid_from=made.cycle.created_at.date(),
        )  # fmt: skip
        ScoreSheet.objects.create(
            cycle=made.cycle, group=group, unit=unit, unit_name=f"Sở {index}", unit_path=f"tinh/so-{index}",
            position=100 + index,
        )  # fmt: skip


def test_the_queries_do_not_grow_with_the_units(made: World) -> None:
    at = morning()
    ending(made, at + 3 * DAY)
    User.objects.update(email="")
    counts = []
    for more in (0, 3):
        Reminder.objects.all().delete()
        more_sheets(made, more)
        with CaptureQueriesContext(connection) as queries:
            remind_by_timetable(at=at)
        counts.append((len(queries), Reminder.objects.count()))
    assert counts == [(counts[0][0], 2), (counts[0][0], 5)]


def test_a_deadline_that_is_over_or_far_reminds_nobody(made: World) -> None:
    at = morning()
    for deadline in (at - DAY, at + 2 * DAY, at + 30 * DAY):
        ending(made, deadline)
        assert remind_by_timetable(at=at) == 0
    assert not Reminder.objects.exists()
