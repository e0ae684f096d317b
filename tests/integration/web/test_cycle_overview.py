"""The overview of a cycle beside its design: another cycle, days off, all rows at once, the opened row."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.factories.rights_world import rights_world
from tests.factories.world import World, now, person, unit

from parindex.database.models import AuditRecord, Cycle, Extension, Phase, Reminder, ScoreSheet, User
from parindex.domain.review.roles import Role
from parindex.usecases.cycle_running import extend
from parindex.usecases.cycles import NewGroup, add_group
from parindex.usecases.reminders import remind

pytestmark = pytest.mark.both

Person = Callable[[str], Client]


def _other_cycle(made: World, title: str, year: int) -> Cycle:
    return Cycle.objects.create(
        owner=made.province, owner_path="tinh", title=title, year=year, created_by=made.people["chair"],
        created_at=now(),
    )  # fmt: skip


def _ends(made: World, moment: datetime) -> None:
    Phase.objects.filter(cycle=made.cycle).update(ends_at=moment)


def test_another_cycle_is_picked_without_script(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    assert 'class="cyclepick"' not in client.get(f"/cycles/{made.cycle.pk}/").text  # there is no other
    other = _other_cycle(made, "Kỳ thử nghiệm", 2031)
    page = client.get(f"/cycles/{made.cycle.pk}/").text
    assert f'<option value="{made.cycle.pk}" selected>Sở, ngành năm 2025</option>' in page
    assert f'<option value="{other.pk}">Kỳ thử nghiệm, 2031</option>' in page
    assert client.get(f"/cycles/?cycle={other.pk}")["Location"] == f"/cycles/{other.pk}/"
    assert as_person("owner").get(f"/cycles/?cycle={other.pk}", follow=True).status_code == 403
    listed = client.get("/cycles/?year=2031").text
    assert "Kỳ thử nghiệm" in listed
    assert "Sở, ngành năm 2025</a>" not in listed


def test_a_stranger_finds_no_cycle_of_another_owner_in_the_picker(made: World, as_person: Person) -> None:
    foreign = unit("tinh-khac", "UBND tỉnh khác", "province")
    made.people["foreign_office"] = person("foreign_office", foreign, Role.STANDING_OFFICE)
    for title in ("Kỳ lạ một", "Kỳ lạ hai"):
        Cycle.objects.create(
            owner=foreign, owner_path="tinh-khac", title=title, year=2025, created_by=made.people["foreign_office"],
            created_at=now(),
        )  # fmt: skip
    _other_cycle(made, "Kỳ thử nghiệm", 2031)
    assert "Kỳ lạ" not in as_person("standing_office").get(f"/cycles/{made.cycle.pk}/").text
    own = as_person("foreign_office").get(f"/cycles/{Cycle.objects.get(title='Kỳ lạ một').pk}/").text
    assert "Kỳ lạ hai" in own
    assert "Sở, ngành năm 2025" not in own


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (datetime(2099, 1, 3, 10, tzinfo=UTC), "Hạn 03/01/2099 rơi vào thứ Bảy."),
        (datetime(2099, 9, 2, 10, tzinfo=UTC), "Hạn 02/09/2099 rơi vào ngày nghỉ Quốc khánh."),
        (datetime(2099, 1, 2, 10, tzinfo=UTC), ""),
        # nine in the evening of a Friday in London is a Saturday in Viet Nam
        (datetime(2099, 1, 2, 21, tzinfo=UTC), "Hạn 03/01/2099 rơi vào thứ Bảy."),
    ],
)
def test_a_deadline_on_a_day_off_is_said(made: World, as_person: Person, ends: datetime, words: str) -> None:
    _ends(made, ends)
    page = as_person("standing_office").get(f"/cycles/{made.cycle.pk}/").text
    assert ("rơi vào" in page) == bool(words)
    assert words in page
    assert ("Gia hạn chung" in page) == bool(words)
    assert "Gia hạn chung" not in as_person("auditor").get(f"/cycles/{made.cycle.pk}/").text


def test_nothing_is_said_once_all_have_submitted_or_the_deadline_has_passed(made: World, as_person: Person) -> None:
    _ends(made, datetime(2099, 1, 3, 10, tzinfo=UTC))
    ScoreSheet.objects.filter(cycle=made.cycle).update(state="submitted")
    assert "rơi vào" not in as_person("standing_office").get(f"/cycles/{made.cycle.pk}/").text
    ScoreSheet.objects.filter(cycle=made.cycle).update(state="open")
    _ends(made, datetime(2025, 1, 4, 10, tzinfo=UTC))
    assert "rơi vào" not in as_person("standing_office").get(f"/cycles/{made.cycle.pk}/").text


def test_everybody_who_owes_something_gets_one_later_deadline(made: World, as_person: Person) -> None:
    """The office's own unit is left out and named; who has a later deadline already keeps it."""
    cycle = _other_cycle(made, "Kỳ thử nghiệm", 2026)
    office = made.session("standing_office")
    units = (made.department.pk, made.other_department.pk, made.office.pk)
    add_group(by=office, at=now(), cycle_id=cycle.pk, group=NewGroup("all", "Tất cả", made.version.pk, units))
    Cycle.objects.filter(pk=cycle.pk).update(state="open")
    later = ScoreSheet.objects.get(cycle=cycle, unit=made.other_department)
    Phase.objects.create(cycle=cycle, kind="appraisal", title="Thẩm định", ends_at=datetime(2098, 1, 1, tzinfo=UTC))
    far = datetime(2099, 6, 1, tzinfo=UTC)
    extend(by=office, at=now(), sheet_ids=[later.pk], until=far, reason="Chờ số liệu")
    client, address = as_person("standing_office"), f"/cycles/{cycle.pk}/act/"
    form = {"act": "extend", "every": "1", "standing": "owing", "group": "", "search": ""}
    page = client.post(address, form).text
    assert "2 đơn vị:" in page
    assert "Không gồm Sở Nội vụ." in page
    typed = {**form, "confirmed": "1", "count": "2", "until": "04/01/2099", "reason": "Nghỉ Tết"}
    done = client.post(address, typed, follow=True).text
    assert "Đã gia hạn 1 đơn vị" in done
    assert "1 đơn vị đã có hạn muộn hơn, giữ nguyên." in done
    assert "Hạn mới rơi vào Chủ nhật." in done
    later.refresh_from_db()
    assert later.extended_until == far
    assert ScoreSheet.objects.get(cycle=cycle, unit=made.office).extended_until is None
    assert AuditRecord.objects.filter(action="extend", reason="Nghỉ Tết").count() == 1


def test_what_has_changed_since_it_was_read_is_asked_again(made: World, as_person: Person) -> None:
    form = {"act": "extend", "every": "1", "standing": "owing", "confirmed": "1", "count": "7", "until": "05/01/2099"}
    answer = as_person("standing_office").post(f"/cycles/{made.cycle.pk}/act/", {**form, "reason": "Nghỉ Tết"})
    assert answer.status_code == 422
    assert "nay có 2 đơn vị" in answer.text
    assert 'name="count" value="2"' in answer.text
    assert Extension.objects.count() == 0


def test_all_rows_are_ticked_by_a_link(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    page = client.get(f"/cycles/{made.cycle.pk}/").text
    assert " checked>" not in page
    assert 'href="?picked=1" aria-label="Chọn tất cả"' in page
    picked = client.get(f"/cycles/{made.cycle.pk}/?picked=1").text
    assert picked.count(" checked></td>") == 2
    assert "Đã chọn 2 đơn vị" in picked
    assert 'name="every"' not in picked  # no unit is on another page
    auditor = as_person("auditor").get(f"/cycles/{made.cycle.pk}/?picked=1").text
    assert 'name="sheet"' not in auditor


def test_what_the_filters_show_beyond_the_page_can_be_meant_too(
    made: World, as_person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parindex.web.cycles.progress_page.PAGE", 1)
    page = as_person("standing_office").get(f"/cycles/{made.cycle.pk}/?picked=1&search=Sở").text
    assert "Cả 2 đơn vị mà bộ lọc cho thấy" in page
    assert '<input type="hidden" name="search" value="Sở">' in page


def test_states_have_glyphs_in_the_filters(made: World, as_person: Person) -> None:
    page = as_person("standing_office").get(f"/cycles/{made.cycle.pk}/").text
    assert re.search(
        r'<span class="c-mute"><svg class="icon"[^>]*><use href="[^"]*#i-circle-dashed"/></svg></span> Chưa', page
    )


def test_the_opened_row_says_who_extended_why_and_who_was_reminded(made: World, as_person: Person) -> None:
    office = made.session("standing_office")
    _ends(made, now() + timedelta(days=16, hours=1))
    remind(by=None, at=now(), sheet_ids=[made.sheet.pk])
    until = now() + timedelta(days=30, hours=1)
    extend(by=office, at=now(), sheet_ids=[made.sheet.pk], until=until, reason="Mất đường truyền")
    remind(by=office, at=now(), sheet_ids=[made.sheet.pk])
    assert Reminder.objects.count() == 2
    page = as_person("standing_office").get(f"/cycles/{made.cycle.pk}/?open={made.sheet.pk}").text
    assert "Mất đường truyền" in page
    assert "Standing Office gia hạn lúc" in page
    assert "Thư tự động, 3 người nhận: còn 16 ngày" in page
    assert "Standing Office nhắc, 3 người nhận: còn 30 ngày" in page
    assert 'form="remind-one"' in page
    assert 'form="remind-one"' not in as_person("auditor").get(f"/cycles/{made.cycle.pk}/?open={made.sheet.pk}").text


def test_an_extension_asked_for_is_told_with_its_answer(made: World, as_person: Person) -> None:
    until = f"{now() + timedelta(days=60):%d/%m/%Y}"
    as_person("owner").post(f"/sheets/{made.sheet.pk}/extension/", {"until": until, "reason": "Chờ số liệu"})
    client = as_person("standing_office")
    asked = Extension.objects.get()
    assert (
        f'href="/extensions/{asked.pk}/">Chờ trả lời.'
        in client.get(f"/cycles/{made.cycle.pk}/?open={made.sheet.pk}").text
    )
    client.post(f"/extensions/{asked.pk}/", {"answer": "approve", "reason": "Khách quan"})
    page = client.get(f"/cycles/{made.cycle.pk}/?open={made.sheet.pk}").text
    assert f"Xin đến <b>{until}</b>, gửi" in page
    assert "Standing Office duyệt lúc" in page
    assert "Lý do trả lời: Khách quan" in page


def test_who_never_logged_in_is_marked(made: World, as_person: Person) -> None:
    User.objects.filter(username="stranger").update(last_login=now())
    page = as_person("standing_office").get(f"/cycles/{made.cycle.pk}/").text
    assert page.count("Chưa đăng nhập lần nào") == 1  # nobody of Sở Y tế


def test_before_the_opening_the_office_finds_the_button(db: None) -> None:
    rights = rights_world()
    client = Client()
    client.force_login(
        rights.people[Role.STANDING_OFFICE, "own"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = client.get(f"/cycles/{rights.places['draft_cycle']}/").text
    assert "Kỳ chưa mở." in page
    assert f'href="/cycles/{rights.places["draft_cycle"]}/open/"' in page
