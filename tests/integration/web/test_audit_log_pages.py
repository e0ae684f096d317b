"""Who reads the log: auditors and the standing office all of it, a unit what concerns itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, now

from parindex.database.models import AuditChain, AuditRecord
from parindex.domain.review.audit_chain import INSTALLATION
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.typed_values import Typed, digest
from parindex.web.audit_log.views import differences

Person = Callable[[str], Client]


def write(made: World, words: str, before: str = "") -> AuditRecord:
    change = Change(explanation=Typed(words, digest(before)))
    save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="1.2", change=change)
    return AuditRecord.objects.filter(action="edit_entry").order_by("-sequence")[0]


@pytest.mark.parametrize(
    ("name", "status"), [("auditor", 200), ("standing_office", 200), ("owner", 200), ("chair", 403)]
)
def test_who_opens_it(made: World, as_person: Person, name: str, status: int) -> None:
    assert as_person(name).get("/log/").status_code == status


def test_a_unit_sees_its_own_acts_and_no_others(made: World, as_person: Person) -> None:
    record = write(made, "Đã ban hành kế hoạch")
    address = f"/log/{record.pk}/"
    assert "Đã ban hành kế hoạch" in as_person("colleague").get(address).text
    assert as_person("stranger").get(address).status_code == 404
    assert "Không có bản ghi nào khớp" in as_person("stranger").get("/log/?actor=Owner").text
    assert "mở kỳ đánh giá" not in as_person("colleague").get("/log/").text.split("<tbody>")[-1]


def test_before_and_after_stand_side_by_side(made: World, as_person: Person) -> None:
    write(made, "Bản thứ nhất")
    record = write(made, "Bản thứ hai", "Bản thứ nhất")
    page = as_person("auditor").get(f"/log/{record.pk}/").text
    assert "Bản thứ nhất" in page
    assert "Bản thứ hai" in page
    assert record.hash in page
    assert record.previous_hash in page


def test_codes_of_a_criteria_set_are_said_by_official_words(made: World) -> None:
    record = AuditRecord(
        chain=AuditChain(key=INSTALLATION), action="mend_set", object_kind="criteria_set_version",
        before='{"areas/1/1.2/source": "report", "areas/1/1.2/title": "report"}',
        after='{"areas/1/1.2/source": "external", "areas/1/1.2/title": "external"}',
    )  # fmt: skip
    found = [(one.before, one.after) for one in differences(record)]
    assert found == [("báo cáo", "số liệu của cơ quan khác"), ("report", "external")]


def test_filters_narrow_the_list(made: World, as_person: Person) -> None:
    write(made, "Một")
    auditor = as_person("auditor")
    assert auditor.get("/log/?action=edit_entry").text.count('<tr><th scope="row"') == 1
    assert "Không có bản ghi nào khớp" in auditor.get("/log/?actor=khong-co-ai").text
    assert "Không có bản ghi nào khớp" in auditor.get("/log/?until=01/01/2001").text


def test_the_number_of_queries_does_not_grow(made: World, as_person: Person) -> None:
    auditor = as_person("auditor")
    write(made, "Lần 0")  # one object of every kind that is asked for below
    with CaptureQueriesContext(connection) as few:
        auditor.get("/log/")
    for number in range(1, 6):
        write(made, f"Lần {number}", f"Lần {number - 1}")
    with CaptureQueriesContext(connection) as more:
        auditor.get("/log/")
    assert len(more) == len(few)


def test_objects_are_named_in_words(made: World, as_person: Person) -> None:
    record = write(made, "Đã ban hành kế hoạch")
    auditor = as_person("auditor")
    for page in (auditor.get("/log/").text, auditor.get(f"/log/{record.pk}/").text):
        assert f"mục 1.2, {made.sheet.unit_name}" in page
        assert "entry 1" not in page
