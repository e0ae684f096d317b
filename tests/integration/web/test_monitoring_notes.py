"""The register of findings: recording, remedying, withdrawing; who reads what; it stands beside the claim."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories.appraisal_world import appraisal_world
from tests.factories.rights_of_monitoring import led
from tests.factories.world import World, now, unit
from tests.integration.web.appraisers import address, browser

from parindex.database.models import AuditRecord, MonitoringNote
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases.monitoring import NoteData, record_note, remedy_note, withdraw_note
from parindex.usecases.opinions import Said
from parindex.wording.moments import local_day

pytestmark = pytest.mark.both

FORM = {
    "unit": "so-y-te", "year": "2025", "item": "2.1", "observed_on": "06/04/2025", "finding": "Trả 12 hồ sơ trễ hạn",
    "paper": "Kết luận số 12/KL-SNV ngày 10/04/2025, trang 3", "remedy_due": "30/06/2025",
}  # fmt: skip


@pytest.fixture
def made(made: World) -> World:
    """Sở Tư pháp leads item 2.1 of the sheet of Sở Y tế."""
    led(made)
    return made


def recorded(made: World, name: str = "stranger", **changes: Any) -> MonitoringNote:
    """A finding on Sở Y tế by somebody of Sở Tư pháp."""
    data = {
        "unit": made.department.pk, "year": 2025, "observed_on": date(2025, 4, 6), "finding": "Trả hồ sơ trễ hạn",
        "item_code": "2.1", **changes,
    }  # fmt: skip
    return record_note(by=made.session(name), at=now(), owner_id=made.province.pk, data=NoteData(**data))


def test_a_lead_unit_records_a_finding_by_the_form(made: World, as_person: Any) -> None:
    client: Client = as_person("stranger")
    assert client.get("/monitoring/new/").status_code == 200
    response = client.post("/monitoring/new/", FORM)
    note = MonitoringNote.objects.get()
    assert response["Location"] == f"/monitoring/{note.pk}/"
    assert (note.unit_name, note.item_code, note.recorded_path) == ("Sở Y tế", "2.1", "tinh/so-tu-phap")
    assert AuditRecord.objects.filter(action="record_note").count() == 1
    page = client.get("/monitoring/").text
    assert "Trả 12 hồ sơ trễ hạn" in page
    assert "Quá hạn 30/06/2025" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("unit", "khong-co", "Không tìm thấy đơn vị"),
        ("year", "20x5", "Năm không hợp lệ"),
        ("observed_on", "06/04/2099", "ở tương lai"),
        ("remedy_due", "01/04/2025", "Hạn khắc phục sớm hơn"),
        ("finding", " ", "Chưa ghi nội dung"),
        ("item", "99.9", "Không bộ tiêu chí nào của năm 2025 có mục 99.9"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    made: World, as_person: Any, field: str, value: str, words: str
) -> None:
    response = as_person("standing_office").post("/monitoring/new/", {**FORM, field: value})
    assert response.status_code == 422
    assert words in response.text
    assert f'href="#{field}"' in response.text
    assert "Kết luận số 12/KL-SNV" in response.text
    assert not MonitoringNote.objects.exists()


def test_only_who_leads_records(made: World) -> None:
    for refused in ({"item_code": "1.1"}, {"year": 2024, "item_code": ""}):
        with pytest.raises(Refusal, match="notes_by_lead_units"):
            recorded(made, **refused)
    assert recorded(made, item_code="").recorded_path == "tinh/so-tu-phap"
    with pytest.raises(Refusal, match="note_item_unknown"):
        recorded(made, "standing_office", item_code="99.9")
    with pytest.raises(Refusal, match="notes_by_lead_units"):
        recorded(made, "appraiser")


def test_a_member_records_on_what_is_assigned_to_them(db: None) -> None:
    """``second_appraiser`` is employed by the province; ``appraiser`` by Sở Tư pháp, which leads with them."""
    world = appraisal_world()
    note = recorded(world.made, "second_appraiser")
    assert note.recorded_path == "tinh"
    given = {"remedied_on": "02/05/2025", "remedy": "Xong"}
    assert browser(world, "second_appraiser").post(f"/monitoring/{note.pk}/remedy/", given).status_code == 302
    assert recorded(world.made, "appraiser").recorded_path == "tinh/so-tu-phap"
    world.members["appraiser"].assignments.update(node_code="1")
    for name in ("appraiser", "stranger"):
        with pytest.raises(Refusal, match="notes_by_lead_units"):
            recorded(world.made, name)
        assert recorded(world.made, name, item_code="1.1").item_code == "1.1"
    with pytest.raises(Refusal, match="note_on_own_unit"):
        recorded(world.made, "appraiser", unit=world.made.other_department.pk, item_code="1.1")


def test_nobody_records_on_the_own_unit(made: World) -> None:
    with pytest.raises(Refusal) as refused:
        recorded(made, "owner")
    assert refused.value.code == "note_on_own_unit"


def test_a_remedy_is_dated_and_the_log_keeps_what_stood_before(made: World) -> None:
    note = recorded(made)
    by = made.session("stranger")
    for wrong in (date(2025, 4, 5), local_day(now()) + timedelta(days=1)):
        with pytest.raises(Refusal):
            remedy_note(by=by, at=now(), note_id=note.pk, remedied_on=wrong, remedy="")
    remedy_note(by=by, at=now(), note_id=note.pk, remedied_on=date(2025, 5, 2), remedy="Đã xin lỗi công dân")
    found = MonitoringNote.objects.get()
    assert (found.remedied_on, found.remedy) == (date(2025, 5, 2), "Đã xin lỗi công dân")


def test_a_mistake_is_withdrawn_with_its_reason_and_shown_no_more(made: World, as_person: Any) -> None:
    note = recorded(made)
    with pytest.raises(Refusal):
        withdraw_note(by=made.session("stranger"), at=now(), note_id=note.pk, reason=" ")
    client: Client = as_person("stranger")
    assert client.post(f"/monitoring/{note.pk}/withdraw/", {"reason": "Nhầm đơn vị"}).status_code == 302
    assert "Trả hồ sơ trễ hạn" not in client.get("/monitoring/").text
    assert "Nhầm đơn vị" in client.get(f"/monitoring/{note.pk}/").text
    with pytest.raises(Refusal) as refused:
        withdraw_note(by=made.session("stranger"), at=now(), note_id=note.pk, reason="Lần nữa")
    assert refused.value.code == "note_withdrawn"


def test_who_reads_and_who_changes(made: World, as_person: Any) -> None:
    note = recorded(made, "standing_office")
    readers = ("standing_office", "chair", "secretary", "appraiser", "auditor", "owner", "leader")
    for name in readers:
        assert as_person(name).get(f"/monitoring/{note.pk}/").status_code == 200, name
    assert as_person("stranger").get(f"/monitoring/{note.pk}/").status_code == 403
    for name in ("owner", "appraiser", "auditor"):
        given = {"remedied_on": "02/05/2025", "remedy": "Xong"}
        assert as_person(name).post(f"/monitoring/{note.pk}/remedy/", given).status_code == 403, name
    assert "Trả hồ sơ" not in as_person("stranger").get("/monitoring/").text


def test_queries_of_the_list_do_not_grow(made: World, as_person: Any, django_assert_num_queries: Any) -> None:
    client: Client = as_person("standing_office")
    recorded(made)
    client.get("/monitoring/")
    with django_assert_num_queries(8):
        client.get("/monitoring/")
    for _ in range(2):
        recorded(made)
    with django_assert_num_queries(8):
        client.get("/monitoring/")


def test_of_another_owner_the_council_neither_reads_a_finding_nor_stands_on_it(db: None) -> None:
    world = appraisal_world()
    own = recorded(world.made, year=2025)
    others = [
        recorded(world.made, finding="Của bộ"), recorded(world.made, finding="Của năm trước"),
        recorded(world.made, item_code="1.1", finding="Của mục khác"),
    ]  # fmt: skip
    MonitoringNote.objects.filter(pk=others[0].pk).update(owner=unit("bo", "Bộ Nội vụ", "ministry"), owner_path="bo")
    MonitoringNote.objects.filter(pk=others[1].pk).update(year=2024)
    page = browser(world, "second_appraiser").get(address(world, "2.1")).text
    assert "Trả hồ sơ trễ hạn" in page
    for note in others:
        assert note.finding not in page
        said = Said(OpinionKind.ADJUST, points="0.5", reason="Trễ hạn", note=note.pk)
        with pytest.raises(Refusal, match="note_not_there"):
            world.say("second_appraiser", "2.1", said)
    world.say("second_appraiser", "2.1", Said(OpinionKind.ADJUST, points="0.5", reason="Trễ hạn", note=own.pk))
