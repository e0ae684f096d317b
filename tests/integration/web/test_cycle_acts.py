"""Extensions, unlocking and reminders where something stands in the way: nothing is half done, nothing only claimed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from openpyxl import load_workbook
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import World, morning, now

from parindex.database.models import AuditRecord, Extension, Phase, Reminder, ScoreSheet, User
from parindex.domain.review.refusal import Refusal
from parindex.usecases.cycle_running import ask_for_extension, decide_extension, extend
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.reminders import remind, remind_by_timetable
from parindex.usecases.submissions import lock_overdue, present
from parindex.usecases.typed_values import Typed, digest

Person = Callable[[str], Client]


class ServerDown(BaseEmailBackend):
    """A mail server that answers nobody."""

    def open(self) -> bool:
        raise ConnectionRefusedError(111, "refused")

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError(111, f"refused {len(email_messages)}")


class OneRefused(BaseEmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, email_messages: Any) -> int:
        from smtplib import SMTPRecipientsRefused

        if email_messages[0].to == ["stranger@example.vn"]:
            raise SMTPRecipientsRefused({"stranger@example.vn": (550, b"no such user")})
        mail.outbox.extend(email_messages)
        return 1


DOWN = f"{__name__}.ServerDown"


def _day(days: int) -> str:
    return f"{now() + timedelta(days=days):%d/%m/%Y}"


def _act(made: World, client: Client, **form: Any) -> Any:
    return client.post(f"/cycles/{made.cycle.pk}/act/", {"confirmed": "1", **form}, follow=True)


# --- extensions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (lambda: datetime.fromisoformat("2020-01-01T10:00:00+00:00"), "extension_in_the_past"),
        (lambda: now() + timedelta(days=5), "extension_shortens"),
        (lambda: datetime.fromisoformat("9999-01-01T10:00:00+00:00"), "extension_too_far"),
    ],
)
def test_nobody_asks_for_or_gives_a_deadline_that_is_none(
    made: World, until: Callable[[], datetime], code: str
) -> None:
    with pytest.raises(Refusal, match=code):
        ask_for_extension(
            by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, until=until(), reason="Chờ số liệu"
        )
    with pytest.raises(Refusal, match=code):
        extend(
            by=made.session("standing_office"), at=now(), sheet_ids=[made.sheet.pk], until=until(), reason="Mất điện"
        )


def test_granting_an_old_request_never_takes_a_later_deadline_back(made: World) -> None:
    office = made.session("standing_office")
    until = now() + timedelta(days=20)
    asked = ask_for_extension(
        by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, until=until, reason="Chờ số liệu"
    )
    later = now() + timedelta(days=40)
    extend(by=office, at=now(), sheet_ids=[made.sheet.pk], until=later, reason="Cho mọi đơn vị")
    with pytest.raises(Refusal, match="extension_shortens"):
        decide_extension(by=office, at=now(), extension_id=asked.pk, approve=True, reason="Đồng ý")
    assert ScoreSheet.objects.get(pk=made.sheet.pk).extended_until == later
    decide_extension(by=office, at=now(), extension_id=asked.pk, approve=False, reason="Đã có hạn muộn hơn")
    assert ScoreSheet.objects.get(pk=made.sheet.pk).extended_until == later


def test_a_day_too_far_ahead_is_told_with_the_last_one(made: World, as_person: Person) -> None:
    answer = as_person("owner").post(
        f"/sheets/{made.sheet.pk}/extension/", {"until": "01/01/9999", "reason": "Chờ số liệu"}
    )
    assert answer.status_code == 422
    assert "quá xa. Muộn nhất là" in answer.text
    assert Extension.objects.count() == 0


# --- locked sheets -----------------------------------------------------------------------------------------------


@pytest.fixture
def locked(made: World) -> World:
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now() - timedelta(hours=1))
    assert lock_overdue(at=now()) == 2
    return made


def test_extending_a_locked_sheet_opens_it_in_the_same_act(locked: World, as_person: Person) -> None:
    client = as_person("standing_office")
    form = {"act": "extend", "sheet": locked.sheet.pk, "until": _day(5), "reason": "Mất điện"}
    asked = client.post(f"/cycles/{locked.cycle.pk}/act/", form).text
    assert 'name="unlock" value="1" checked' in asked
    done = _act(locked, client, **form, unlock="1").text
    assert "Đã mở khóa 1 phiếu." in done
    assert ScoreSheet.objects.get(pk=locked.sheet.pk).state == "open"
    assert ScoreSheet.objects.get(pk=locked.other_sheet.pk).state == "locked"


def test_an_extended_sheet_that_stays_locked_says_so(locked: World, as_person: Person) -> None:
    form = {"act": "extend", "sheet": locked.sheet.pk, "until": _day(5), "reason": "Mất điện"}
    assert (
        "Còn khóa, mở khóa thì đơn vị mới nhập được: Sở Y tế."
        in _act(locked, as_person("standing_office"), **form).text
    )
    page = as_person("owner").get(f"/sheets/{locked.sheet.pk}/items/1.1/").text
    assert f"Hạn nay là 17:00 ngày {_day(5)} nhưng phiếu còn khóa" in page
    assert "Đã hết hạn lúc" not in page


def test_granting_more_time_opens_a_locked_sheet(locked: World, as_person: Person) -> None:
    as_person("owner").post(f"/sheets/{locked.sheet.pk}/extension/", {"until": _day(5), "reason": "Chờ số liệu"})
    office, asked = as_person("standing_office"), Extension.objects.get()
    assert 'name="unlock" value="1" checked' in office.get(f"/extensions/{asked.pk}/").text
    office.post(f"/extensions/{asked.pk}/", {"answer": "approve", "reason": "Đồng ý", "unlock": "1"})
    assert ScoreSheet.objects.get(pk=locked.sheet.pk).state == "open"


def test_unlocking_several_is_done_for_all_or_for_none(locked: World, as_person: Person) -> None:
    client = as_person("standing_office")
    _act(locked, client, act="extend", sheet=locked.sheet.pk, until=_day(5), reason="Mất điện")
    both = [locked.sheet.pk, locked.other_sheet.pk]
    answer = _act(locked, client, act="unlock", sheet=both, reason="Mất điện")
    assert answer.status_code == 422
    assert "Chưa mở khóa phiếu nào: hạn của Sở Tư pháp đã qua." in answer.text
    assert set(ScoreSheet.objects.values_list("state", flat=True)) == {"locked"}
    _act(locked, client, act="extend", sheet=locked.other_sheet.pk, until=_day(5), reason="Mất điện")
    assert "Đã mở khóa 2 phiếu." in _act(locked, client, act="unlock", sheet=both, reason="Mất điện").text
    again = _act(locked, client, act="unlock", sheet=both, reason="Mất điện")
    assert "phiếu của Sở Y tế, Sở Tư pháp không bị khóa" in again.text


# --- reminders ---------------------------------------------------------------------------------------------------


def test_with_the_mail_server_down_nothing_counts_as_sent(made: World, as_person: Person, settings: Any) -> None:
    settings.EMAIL_BACKEND = DOWN
    both = [made.sheet.pk, made.other_sheet.pk]
    answer = _act(made, as_person("standing_office"), act="remind", sheet=both)
    assert answer.status_code == 422
    assert "Chưa gửi được thư nào tới Sở Y tế, Sở Tư pháp: máy chủ thư không nhận" in answer.text
    assert Reminder.objects.count() == 0
    assert not AuditRecord.objects.filter(action="remind").exists()


def test_the_timetable_tries_again_what_could_not_be_sent(made: World, settings: Any) -> None:
    at = morning()
    Phase.objects.filter(cycle=made.cycle).update(ends_at=at + timedelta(days=3, hours=1))
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, DOWN
    assert remind_by_timetable(at=at) == 0
    settings.EMAIL_BACKEND = works
    assert remind_by_timetable(at=at) == 2
    assert remind_by_timetable(at=at) == 0


def test_one_refused_address_stops_no_other(made: World, as_person: Person, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.OneRefused"
    both = [made.sheet.pk, made.other_sheet.pk]
    page = _act(made, as_person("standing_office"), act="remind", sheet=both).text
    assert "Đã nhắc 2 đơn vị, gửi 4 thư." in page
    assert "Có thư không gửi được tới Sở Tư pháp" in page
    assert Reminder.objects.get(sheet=made.other_sheet).recipients == 1


def test_a_unit_without_an_address_is_named_and_not_counted(made: World, as_person: Person) -> None:
    User.objects.filter(username__in=["stranger", "other_leader"]).update(email="")
    client = as_person("standing_office")
    page = _act(made, client, act="remind", sheet=[made.sheet.pk, made.other_sheet.pk]).text
    assert "Đã nhắc 1 đơn vị, gửi 3 thư." in page
    assert "Không có địa chỉ thư: Sở Tư pháp." in page
    assert not Reminder.objects.filter(sheet=made.other_sheet).exists()
    assert client.get(f"/cycles/{made.cycle.pk}/").text.count("tài khoản chưa có thư điện tử") == 1
    alone = _act(made, client, act="remind", sheet=made.other_sheet.pk)
    assert alone.status_code == 422


def test_who_leads_a_part_that_is_not_signed_is_reminded(db: None) -> None:
    made: PartsWorld = parts_world()
    done = remind(by=None, at=now(), sheet_ids=[made.sheet.pk])
    assert done.units == 1
    leads = set(made.sheet.parts.values_list("lead_name", flat=True))
    told = " ".join(one.body for one in mail.outbox)
    assert all(f"{lead}: phần chủ trì trong phiếu của" in told for lead in leads if lead != made.sheet.unit_name)


# --- before self-scoring -----------------------------------------------------------------------------------------


def test_nothing_is_entered_before_the_first_day_of_self_scoring(made: World, as_person: Person) -> None:
    starts = now() + timedelta(days=9)
    Phase.objects.filter(cycle=made.cycle).update(starts_at=starts)
    with pytest.raises(Refusal, match="phase_not_begun"):
        save_entry(
            by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1",
            change=Change(explanation=Typed("Báo cáo", digest(""))),
        )  # fmt: skip
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/items/2.1/").text
    assert "Chưa đến giai đoạn tự chấm điểm: nhập được từ" in page
    with pytest.raises(Refusal, match="phase_not_begun"):
        present(by=made.session("owner"), at=now(), part_id=made.sheet.parts.get().pk)
    Phase.objects.filter(cycle=made.cycle).update(starts_at=now() - timedelta(minutes=1))
    save_entry(
        by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1",
        change=Change(explanation=Typed("Báo cáo", digest(""))),
    )  # fmt: skip


def test_a_phase_without_a_first_day_begins_with_the_cycle(made: World) -> None:
    Phase.objects.create(cycle=made.cycle, kind="self_scoring", title="Đợt hai", starts_at=now() + timedelta(days=5))
    Phase.objects.filter(title="Tự đánh giá").update(starts_at=None)
    save_entry(
        by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1",
        change=Change(explanation=Typed("Báo cáo", digest(""))),
    )  # fmt: skip


# --- what leaves by the export -----------------------------------------------------------------------------------


def test_the_export_keeps_drafts_to_their_units_and_points_to_their_digits(made: World, as_person: Person) -> None:
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(points="7.35")
    ScoreSheet.objects.filter(pk=made.other_sheet.pk).update(points="0.1", state="submitted")
    for name in ("appraiser", "standing_office"):
        answer = as_person(name).post(f"/cycles/{made.cycle.pk}/export/")
        sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
        told = {row[0].value: row[7].value for row in sheet.iter_rows(min_row=2)}
        assert told == {"Sở Y tế": "chưa nộp", "Sở Tư pháp": 0.1}
    raw = ZipFile(BytesIO(answer.content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<v>0.1</v>" in raw
    assert "7.35" not in raw


def test_the_log_has_the_words_of_a_reminder(made: World, as_person: Person) -> None:
    remind(by=made.session("standing_office"), at=now(), sheet_ids=[made.sheet.pk], words=" Nộp trước thứ sáu ")
    remind(by=None, at=now(), sheet_ids=[made.sheet.pk])
    typed, timed = AuditRecord.objects.filter(action="remind").order_by("sequence")
    assert json.loads(typed.after) == {"recipients": 3, "words": "Nộp trước thứ sáu"}
    assert json.loads(timed.after)["words"] == Reminder.objects.get(automatic=True).text
    assert "Nộp trước thứ sáu" in as_person("auditor").get(f"/log/{typed.pk}/").text


def test_the_log_has_what_each_lead_unit_was_told(db: None) -> None:
    made: PartsWorld = parts_world()
    remind(by=None, at=now(), sheet_ids=[made.sheet.pk])
    words = json.loads(AuditRecord.objects.get(action="remind").after)["words"].split("\n")
    bodies = {one.body.split("\n\n")[0] for one in mail.outbox}
    assert len(words) == 3
    assert set(words) == bodies
