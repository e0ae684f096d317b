"""What a cycle tells its units, and that a link between cycles of two owners gives nobody a right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, frozen_version, now, person, self_scoring, unit

from parindex.database.models import AuditRecord, Cycle, ScoreSheet
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases.cycles import NewGroup, add_group, create_cycle, open_cycle, set_notice
from parindex.wording.language import Language, text, use
from parindex.wording.moments import moment

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
NOTICE = "Nộp kèm tài liệu kiểm chứng.\nHỏi phòng Cải cách hành chính."


@pytest.fixture
def noticed(made: World) -> World:
    """The cycle has a notice."""
    set_notice(
        by=made.session("standing_office"), at=now(), cycle_id=made.cycle.pk, notice=NOTICE, contact="0215 3825 111"
    )
    return made


@pytest.mark.parametrize("name", ["owner", "leader"])
def test_a_unit_reads_the_notice_at_home_and_on_the_page_of_the_cycle(
    noticed: World, as_person: Person, name: str
) -> None:
    home = as_person(name).get("/home/").text
    assert "Nộp kèm tài liệu kiểm chứng." in home
    assert f'href="/cycles/{noticed.cycle.pk}/notice/"' in home
    page = as_person(name).get(f"/cycles/{noticed.cycle.pk}/notice/").text
    assert NOTICE in page
    assert "0215 3825 111" in page
    assert "Tự đánh giá" in page
    assert f'href="/sheets/{noticed.sheet.pk}/"' in page
    assert f'href="/sheets/{noticed.other_sheet.pk}/"' not in page
    assert "Sửa thông báo" not in page
    assert "Xem tiến độ" not in page


def test_a_notice_goes_once_the_unit_has_submitted(noticed: World, as_person: Person) -> None:
    noticed.sheet.parts.update(state="submitted")
    assert "Nộp kèm tài liệu" not in as_person("owner").get("/home/").text
    assert "Nộp kèm tài liệu" in as_person("stranger").get("/home/").text


def test_units_see_no_cycle_that_is_being_prepared_and_strangers_none_at_all(made: World, as_person: Person) -> None:
    person("outsider", unit("tinh-khac", "UBND tỉnh khác", "province"), Role.UNIT_OFFICER)
    made.people["outsider"] = person("outsider_leader", unit("huyen-khac", "Huyện khác", "district"), Role.UNIT_LEADER)
    address = f"/cycles/{made.cycle.pk}/notice/"
    outside = as_person("outsider").get(address)
    assert outside.status_code == 403
    assert "không tham gia kỳ đánh giá này" in outside.text
    assert made.cycle.title not in as_person("outsider").get("/cycles/").text
    assert made.cycle.title in as_person("owner").get("/cycles/").text
    Cycle.objects.filter(pk=made.cycle.pk).update(state="draft")
    assert "chưa mở" in as_person("owner").get(address).text
    assert as_person("owner").get(address).status_code == 403
    assert made.cycle.title not in as_person("owner").get("/cycles/").text
    assert as_person("standing_office").get(address).status_code == 200


def test_the_office_changes_the_notice_and_the_log_has_both_texts(noticed: World, as_person: Person) -> None:
    address = f"/cycles/{noticed.cycle.pk}/notice/edit/"
    assert as_person("owner").post(address, {"notice": "x"}).status_code == 403
    office = as_person("standing_office")
    assert "Kỳ đã mở: đơn vị thấy nội dung mới ngay" in office.get(address).text
    done = office.post(address, {"notice": "Hạn mới", "contact": ""}, follow=True)
    assert "Đã ghi thông báo của kỳ." in done.text
    assert Cycle.objects.get(pk=noticed.cycle.pk).notice == "Hạn mới"
    record = AuditRecord.objects.filter(action="set_notice").latest("pk")
    assert "Nộp kèm tài liệu" in record.before
    assert "Hạn mới" in record.after
    office.post(address, {"notice": "Hạn mới", "contact": ""})
    assert AuditRecord.objects.filter(action="set_notice").count() == 2  # nothing changed: nothing logged


def test_opening_writes_to_everybody_who_enters_or_signs(made: World, django_capture_on_commit_callbacks: Any) -> None:
    office = made.session("standing_office")
    cycle = create_cycle(
        by=office, at=now(), owner=made.province.versions.get(), title="Kỳ 2026", year=2026, notice=NOTICE
    )
    add_group(
        by=office, at=now(), cycle_id=cycle.pk, group=NewGroup("all", "Sở", made.version.pk, (made.department.pk,))
    )
    until = self_scoring(cycle).ends_at
    made.people["leader"].language = "en"
    made.people["leader"].save()
    with django_capture_on_commit_callbacks(execute=True):
        open_cycle(by=office, at=now(), cycle_id=cycle.pk, despite_years=True)
    sent = {one.to[0]: one for one in mail.outbox}
    assert sorted(sent) == ["colleague@example.vn", "leader@example.vn", "owner@example.vn"]
    assert sent["owner@example.vn"].subject == "Đã mở kỳ đánh giá: Kỳ 2026"
    assert sent["owner@example.vn"].body == f"Sở Y tế nhập phiếu được từ bây giờ. Hạn nộp: {moment(until)}.\n\n{NOTICE}"
    use(Language.ENGLISH)  # each in their own language
    assert sent["leader@example.vn"].subject == text("Đã mở kỳ đánh giá: {cycle}", cycle="Kỳ 2026")
    use(Language.VIETNAMESE)


def test_the_list_of_cycles_is_one_query_however_many(made: World, as_person: Person) -> None:
    client = as_person("owner")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/cycles/").status_code == 200
        return len(found)

    one = queries()
    for year in (2026, 2027):
        cycle = Cycle.objects.create(
            owner=made.province, owner_path="tinh", title=f"Kỳ {year}", year=year, created_by=made.people["chair"],
            created_at=now(), state="open",
        )  # fmt: skip
        ScoreSheet.objects.create(
            cycle=cycle,
            group=made.sheet.group,
            unit=made.department,
            unit_name="Sở Y tế",
            unit_path=made.sheet.unit_path,
        )
    assert "Kỳ 2027" in client.get("/cycles/").text
    assert queries() == one


# --- cycles of other owners ------------------------------------------------------------------------------------------


@pytest.fixture
def below(made: World) -> World:
    """A district below the province, with a standing office of its own, that takes part in the cycle of the province;
    and another province that has nothing to do with it."""
    district = unit("huyen", "UBND huyện", "district", made.province)
    foreign = unit("tinh-khac", "UBND tỉnh khác", "province")
    made.people["district_office"] = person("district_office", district, Role.STANDING_OFFICE)
    made.people["foreign_office"] = person("foreign_office", foreign, Role.STANDING_OFFICE)
    ScoreSheet.objects.create(
        cycle=made.cycle, group=made.sheet.group, unit=district, unit_name="UBND huyện", unit_path="tinh/huyen"
    )
    return made


def _form(made: World, owner: str, parent: object) -> dict[str, object]:
    employer = made.people[owner].unit_id
    return {"title": "Phòng, xã năm 2025", "year": "2025", "owner": employer, "parent": parent}


def test_a_cycle_may_belong_to_one_that_its_owner_takes_part_in(below: World, as_person: Person) -> None:
    client = as_person("district_office")
    assert f'<option value="{below.cycle.pk}">Sở, ngành năm 2025</option>' in client.get("/cycles/new/").text
    assert client.post("/cycles/new/", _form(below, "district_office", below.cycle.pk)).status_code == 302
    made = Cycle.objects.get(title="Phòng, xã năm 2025")
    assert made.parent_id == below.cycle.pk
    # the link is shown, and leads to what a unit sees; it opens nothing else, neither up nor down
    page = client.get(f"/cycles/{made.pk}/").text
    assert "Thuộc kỳ:" in page
    assert f'href="/cycles/{below.cycle.pk}/notice/"' in page
    assert client.get(f"/cycles/{below.cycle.pk}/notice/").status_code == 200
    for address in ("", "prepare/", "timetable/", "notice/edit/", "replaced/"):
        assert client.get(f"/cycles/{below.cycle.pk}/{address}").status_code == 403
        assert as_person("standing_office").get(f"/cycles/{made.pk}/{address}").status_code == 403
    assert client.get(f"/sheets/{below.sheet.pk}/items/").status_code == 403
    assert as_person("standing_office").get(f"/cycles/{made.pk}/notice/").status_code == 403
    assert "Phòng, xã năm 2025" not in as_person("standing_office").get(f"/cycles/{below.cycle.pk}/").text
    act = {"act": "extend", "every": "1", "confirmed": "1", "count": "3", "until": "01/01/2099", "reason": "x"}
    assert client.post(f"/cycles/{below.cycle.pk}/act/", act).status_code == 403


def test_a_stranger_cannot_name_a_cycle_that_they_do_not_see(below: World, as_person: Person) -> None:
    client = as_person("foreign_office")
    assert below.cycle.title not in client.get("/cycles/new/").text
    answer = client.post("/cycles/new/", _form(below, "foreign_office", below.cycle.pk))
    assert answer.status_code == 422
    assert "Bạn không xem được kỳ này." in answer.text
    assert 'value="Phòng, xã năm 2025"' in answer.text
    with pytest.raises(Refusal, match="cycle_of_others"):
        create_cycle(
            by=below.session("foreign_office"), at=now(), owner=below.people["foreign_office"].unit.versions.get(),
            title="Kỳ", year=2025, parent=below.cycle.pk,
        )  # fmt: skip
    Cycle.objects.filter(pk=below.cycle.pk).update(state="draft")
    district = as_person("district_office").post("/cycles/new/", _form(below, "district_office", below.cycle.pk))
    assert district.status_code == 422  # not open yet: nothing to belong to


def test_the_office_below_reads_its_own_sheet_only(below: World, as_person: Person) -> None:
    frozen_version(below.people["foreign_office"].unit, below.people["foreign_office"])
    client = as_person("district_office")
    own = ScoreSheet.objects.get(unit__code="huyen")
    page = client.get(f"/cycles/{below.cycle.pk}/notice/").text
    assert f'href="/sheets/{own.pk}/"' in page
    assert f'href="/sheets/{below.sheet.pk}/"' not in page
