"""The overview of a cycle, and what the standing office does about its units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, frozen_version, now, self_scoring, unit

from parindex.database.models import AuditRecord, Cycle, Extension, Phase, Reminder, ScoreSheet
from parindex.domain.review.refusal import Refusal
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.submissions import lock_overdue

Person = Callable[[str], Client]


def test_the_overview_says_where_every_unit_stands(made: World, as_person: Person) -> None:
    page = as_person("standing_office").get(f"/cycles/{made.cycle.pk}/").text
    assert "Sở Y tế" in page
    assert "Sở Tư pháp" in page
    assert page.count("Chưa bắt đầu") >= 3  # the filter and both rows
    assert "0/4" in page  # four items by report; the survey's is nobody's to enter


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("standing_office", 200),
        ("chair", 200),
        ("auditor", 200),
        ("owner", 403),
        ("stranger", 403),
        ("administrator", 403),
    ],
)
def test_who_may_see_it(made: World, as_person: Person, name: str, status: int) -> None:
    assert as_person(name).get(f"/cycles/{made.cycle.pk}/").status_code == status


def test_the_number_of_queries_does_not_grow_with_the_units(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    address = f"/cycles/{made.cycle.pk}/"
    with CaptureQueriesContext(
        connection,
    ) as two:
        client.get(address)
    second = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Kỳ khác", year=2026, created_by=made.people["chair"],
        created_at=now(),
    )  # fmt: skip
    more = tuple(unit(f"phong-{number}", f"Phòng {number}", "division", made.province).pk for number in range(12))
    acting = made.session("standing_office")
    add_group(by=acting, at=now(), cycle_id=second.pk, group=NewGroup("all", "Tất cả", made.version.pk, more))
    with CaptureQueriesContext(connection) as twelve:
        assert client.get(f"/cycles/{second.pk}/").status_code == 200
    assert len(twelve) == len(two)
    # 4 who reads, the cycles they see, then phases, sums, rows, reminders, groups, extensions, who keeps accounts
    assert len(two) <= 12


def test_extending_asks_for_a_reason_and_logs_it(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    address = f"/cycles/{made.cycle.pk}/act/"
    form = {"act": "extend", "sheet": made.sheet.pk}
    assert "Lý do" in client.post(address, form).text
    until = f"{now() + timedelta(days=30):%d/%m/%Y}"
    without = client.post(address, {**form, "confirmed": "1", "until": until, "reason": " "})
    assert without.status_code == 422
    assert "Chưa nêu lý do" in without.text
    done = client.post(address, {**form, "confirmed": "1", "until": until, "reason": "Mất điện"}, follow=True)
    assert "Đã gia hạn 1 đơn vị" in done.text
    assert ScoreSheet.objects.get(pk=made.sheet.pk).extended_until is not None
    assert AuditRecord.objects.get(action="extend").reason == "Mất điện"


def test_no_office_extends_its_own_unit(made: World, as_person: Person) -> None:
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Kỳ khác", year=2025, created_by=made.people["chair"],
        created_at=now(),
    )  # fmt: skip
    acting = made.session("standing_office")
    group = NewGroup("offices", "Sở", made.version.pk, (made.office.pk,))
    add_group(by=acting, at=now(), cycle_id=cycle.pk, group=group)
    self_scoring(cycle)
    open_cycle(by=acting, at=now(), cycle_id=cycle.pk)
    sheet = ScoreSheet.objects.get(cycle=cycle)
    form = {
        "act": "extend",
        "confirmed": "1",
        "sheet": sheet.pk,
        "until": f"{now() + timedelta(days=60):%d/%m/%Y}",
        "reason": "x",
    }
    answer = as_person("standing_office").post(f"/cycles/{cycle.pk}/act/", form)
    assert answer.status_code == 403
    assert "Chủ tịch hội đồng" in answer.text
    assert as_person("chair").post(f"/cycles/{cycle.pk}/act/", form).status_code == 302
    sheet.refresh_from_db()
    assert sheet.extended_until is not None


def test_a_reminder_goes_to_those_who_still_owe_something(
    made: World, as_person: Person, settings, django_capture_on_commit_callbacks
) -> None:  # type: ignore[no-untyped-def]
    settings.BODY, settings.CONTACT = "UBND tỉnh Mẫu", "Phòng CCHC"
    form = {"act": "remind", "confirmed": "1", "sheet": [made.sheet.pk, made.other_sheet.pk]}
    with django_capture_on_commit_callbacks(execute=True):
        as_person("standing_office").post(f"/cycles/{made.cycle.pk}/act/", form)
    assert sorted(one.to[0].split("@")[0] for one in mail.outbox) == [
        "colleague",
        "leader",
        "other_leader",
        "owner",
        "stranger",
    ]
    assert Reminder.objects.count() == 2
    closing = ["Đăng nhập rồi mở “Việc của tôi” để làm tiếp.", "Liên hệ: Phòng CCHC", "UBND tỉnh Mẫu"]
    assert {tuple(one.body.split("\n\n")[1:]) for one in mail.outbox} == {tuple(closing)}


def test_an_act_on_no_unit_comes_back_to_the_same_rows(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    form = {"act": "remind", "back": "?standing=entering&search=S%E1%BB%9F"}
    answer = client.post(f"/cycles/{made.cycle.pk}/act/", form, follow=True)
    assert answer.redirect_chain == [(f"/cycles/{made.cycle.pk}/?standing=entering&search=S%E1%BB%9F", 302)]
    assert "Chưa chọn đơn vị nào." in answer.text
    away = client.post(f"/cycles/{made.cycle.pk}/act/", {"act": "remind", "back": "https://else.where/"})
    assert away.headers["Location"] == f"/cycles/{made.cycle.pk}/"


def test_an_overdue_sheet_locks_and_opens_again_with_a_reason(made: World, as_person: Person) -> None:
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now() - timedelta(hours=1))
    assert lock_overdue(at=now()) == 2
    client = as_person("standing_office")
    address = f"/cycles/{made.cycle.pk}/act/"
    unlock = {"act": "unlock", "confirmed": "1", "sheet": made.sheet.pk, "reason": "Có văn bản"}
    assert "Gia hạn cho đơn vị rồi mở khóa" in client.post(address, unlock).text
    until = f"{now() + timedelta(days=5):%d/%m/%Y}"
    client.post(
        address, {"act": "extend", "confirmed": "1", "sheet": made.sheet.pk, "until": until, "reason": "Có văn bản"}
    )
    client.post(address, unlock)
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "open"
    assert ScoreSheet.objects.get(pk=made.other_sheet.pk).state == "locked"


def test_a_unit_asks_and_the_office_answers(made: World, as_person: Person) -> None:
    ask = {"until": f"{now() + timedelta(days=60):%d/%m/%Y}", "reason": "Chờ số liệu"}
    assert as_person("stranger").post(f"/sheets/{made.sheet.pk}/extension/", ask).status_code == 403
    as_person("owner").post(f"/sheets/{made.sheet.pk}/extension/", ask)
    asked = Extension.objects.get()
    office = as_person("standing_office")
    assert "xin gia hạn" in office.get(f"/cycles/{made.cycle.pk}/").text
    assert as_person("owner").post(f"/extensions/{asked.pk}/", {"answer": "approve", "reason": "x"}).status_code == 403
    office.post(f"/extensions/{asked.pk}/", {"answer": "approve", "reason": "Khách quan"})
    assert ScoreSheet.objects.get(pk=made.sheet.pk).extended_until == asked.until
    again = office.post(f"/extensions/{asked.pk}/", {"answer": "refuse", "reason": "x"})
    assert "đã có người quyết định" in again.text


def test_from_a_new_cycle_to_its_opening(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    wrong = client.post("/cycles/new/", {"title": "", "year": "hai nghìn"})
    assert wrong.status_code == 422
    assert "2 chỗ cần sửa" in wrong.text
    client.post("/cycles/new/", {"title": "Kỳ 2026", "year": "2026", "owner": made.province.pk})
    cycle = Cycle.objects.get(title="Kỳ 2026")
    assert client.post(f"/cycles/{cycle.pk}/open/").status_code == 403  # no units yet
    group = {"title": "Sở", "set": made.version.pk, "unit": [made.department.pk, made.other_department.pk]}
    client.post(f"/cycles/{cycle.pk}/groups/", group)
    lines = {"title": ["Tự đánh giá"], "kind": ["self_scoring"], "starts": ["01/01/2026"], "ends": ["31/12/2098"]}
    client.post(f"/cycles/{cycle.pk}/timetable/", lines)
    client.post(f"/cycles/{cycle.pk}/open/", {"despite_years": "1"})
    cycle.refresh_from_db()
    assert cycle.state == "open"
    assert ScoreSheet.objects.filter(cycle=cycle).count() == 2
    assert client.post(f"/cycles/{cycle.pk}/groups/", group).status_code == 422


def test_a_phase_cannot_end_before_it_starts(made: World, as_person: Person) -> None:
    lines = {
        "title": ["Lỗi"],
        "kind": ["self_scoring"],
        "starts": ["02/01/2026"],
        "ends": ["01/01/2026"],
        "reason": "x",
    }
    answer = as_person("standing_office").post(f"/cycles/{made.cycle.pk}/timetable/", lines)
    assert answer.status_code == 422
    assert "kết thúc trước khi bắt đầu" in answer.text
    assert 'value="Lỗi"' in answer.text


def test_a_day_that_is_none_is_marked_where_it_stands(made: World, as_person: Person) -> None:
    lines = {
        "title": ["Tự đánh giá", "Thẩm định"],
        "kind": ["self_scoring", "appraisal"],
        "starts": ["01/02/2026", "01/03/2026"],
        "ends": ["28/02/2026", "31/02/2027"],
        "reason": "x",
    }
    answer = as_person("standing_office").post(f"/cycles/{made.cycle.pk}/timetable/", lines)
    assert answer.status_code == 422
    assert 'href="#ends-2"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    assert 'value="31/02/2027"' in answer.text


def test_taking_the_overview_away_is_logged(made: World, as_person: Person) -> None:
    answer = as_person("standing_office").post(f"/cycles/{made.cycle.pk}/export/")
    assert answer.content[:2] == b"PK"
    assert AuditRecord.objects.filter(action="export_progress").count() == 1


def test_a_cycle_of_another_owner_stays_closed(made: World) -> None:
    foreign = unit("tinh-khac", "Tỉnh khác", "province")
    cycle = Cycle.objects.create(
        owner=foreign,
        owner_path="tinh-khac",
        title="Kỳ lạ",
        year=2026,
        created_by=made.people["chair"],
        created_at=now(),
    )
    version = frozen_version(foreign, made.people["chair"])
    group = NewGroup("x", "X", version.pk, (made.department.pk,))
    with pytest.raises(Refusal, match="only_standing_office"):
        add_group(by=made.session("standing_office"), at=now(), cycle_id=cycle.pk, group=group)
