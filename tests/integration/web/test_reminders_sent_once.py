"""Reminders by hand: a form sent twice, and a mail that cannot be written, or stops the sending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.test import Client
from tests.factories.world import World, now

from parindex.database.models import AuditRecord, Reminder
from parindex.domain.review.refusal import Refusal
from parindex.usecases.reminders import AGAIN, remind, remind_by_timetable

pytestmark = pytest.mark.both

Person = Callable[[str], Client]


class Unwritable(LocmemBackend):
    """What Django's own raises for an address that is none: no error of the server."""

    def send_messages(self, email_messages: Any) -> int:
        (one,) = email_messages
        if one.to[0] == "colleague@example.vn":
            raise UnicodeEncodeError("ascii", "cán.bộ@example.vn", 1, 2, "ordinal not in range(128)")
        return super().send_messages(email_messages)


class Nothing(LocmemBackend):
    """No mail can be written."""

    def send_messages(self, email_messages: Any) -> int:
        raise ValueError(f"Invalid address: {email_messages}")


class Stopped(LocmemBackend):
    """The process is told to end after its first mail."""

    sent = 0

    def send_messages(self, email_messages: Any) -> int:
        if Stopped.sent == Stopped.most:
            raise KeyboardInterrupt
        Stopped.sent += 1
        return super().send_messages(email_messages)

    most = 1


def test_a_form_sent_twice_writes_once(made: World, as_person: Person) -> None:
    form = {"act": "remind", "sheet": str(made.sheet.pk), "confirmed": "1", "words": "Sắp hết hạn"}
    office, where = as_person("standing_office"), f"/cycles/{made.cycle.pk}/act/"
    first, second = office.post(where, form), office.post(where, form)
    assert (first.status_code, second.status_code) == (302, 422)
    assert "Vừa nhắc Sở Y tế, chưa đầy một phút trước; không gửi lần nữa." in second.text
    assert (len(mail.outbox), Reminder.objects.count()) == (3, 1)
    assert AuditRecord.objects.filter(action="remind").count() == 1
    both = office.post(where, {**form, "sheet": [made.sheet.pk, made.other_sheet.pk]}, follow=True)
    assert "Đã nhắc 1 đơn vị, gửi 2 thư. Vừa nhắc Sở Y tế" in both.text
    assert len(mail.outbox) == 5


def test_later_the_same_unit_is_reminded_again(made: World) -> None:
    by, at = made.session("standing_office"), now()
    remind(by=by, at=at, sheet_ids=[made.sheet.pk])
    with pytest.raises(Refusal, match="reminded_just_before"):
        remind(by=by, at=at + AGAIN - timedelta(seconds=1), sheet_ids=[made.sheet.pk])
    assert remind(by=by, at=at + AGAIN, sheet_ids=[made.sheet.pk]).mails == 3


def test_a_mail_that_cannot_be_written_stops_no_other(made: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Unwritable"
    done = remind(by=made.session("standing_office"), at=now(), sheet_ids=[made.sheet.pk, made.other_sheet.pk])
    assert (done.units, done.mails, done.unsent) == (2, 4, ("Sở Y tế",))
    stored = Reminder.objects.order_by("sheet").values_list("sheet", "recipients")
    assert list(stored) == [(made.sheet.pk, 2), (made.other_sheet.pk, 2)]
    assert AuditRecord.objects.filter(action="remind").count() == 2


def test_where_no_mail_can_be_written_nobody_was_reminded(made: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Nothing"
    with pytest.raises(Refusal, match="mails_not_sent"):
        remind(by=made.session("standing_office"), at=now(), sheet_ids=[made.sheet.pk, made.other_sheet.pk])
    assert not Reminder.objects.exists()
    assert remind_by_timetable(at=now()) == 0


@pytest.mark.parametrize(("most", "stored", "logged"), [(1, 1, 1), (0, 3, 0)])
def test_what_was_stopped_midway_is_counted_as_far_as_it_is_known(
    made: World, settings: Any, monkeypatch: pytest.MonkeyPatch, most: int, stored: int, logged: int
) -> None:
    """Of the mail that was on its way nobody knows whether it went: the sheet is not written to again."""
    settings.EMAIL_BACKEND = f"{__name__}.Stopped"
    monkeypatch.setattr(Stopped, "most", most)
    monkeypatch.setattr(Stopped, "sent", 0)
    by, at = made.session("standing_office"), now()
    with pytest.raises(KeyboardInterrupt):
        remind(by=by, at=at, sheet_ids=[made.sheet.pk])
    assert Reminder.objects.get().recipients == stored
    assert AuditRecord.objects.filter(action="remind").count() == logged
    with pytest.raises(Refusal, match="reminded_just_before"):
        remind(by=by, at=at, sheet_ids=[made.sheet.pk])
