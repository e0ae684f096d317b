"""Units in the course of time: founded, renamed, moved, closed, succeeded; who may, and what follows for paths."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories.world import World, now, person, unit

from parindex.database.mapping.units import stored_units
from parindex.database.models import AuditRecord, ScoreSheet, SheetPart, Unit, UnitSuccession, UnitVersion
from parindex.documents.unit_tables.rows import UnitRow
from parindex.documents.unit_tables.units_table import read_units
from parindex.documents.unit_tables.writers import write_units
from parindex.domain.errors import InvalidInput
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.units import Decision
from parindex.usecases.unit_rows import bring_paths_up_to_date
from parindex.usecases.units import UnitData, change_unit, close_unit, create_unit, succeed_units

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
LAW = Decision("1656/NQ-UBTVQH15", date(2025, 6, 16))
D = date(2025, 7, 1)


def paths(code: str) -> list[tuple[str, date, date | None]]:
    rows = UnitVersion.objects.filter(unit__code=code).order_by("valid_from")
    return list(rows.values_list("path", "valid_from", "valid_to"))


def test_everybody_who_is_logged_in_sees_the_tree_and_nobody_else(made: World, as_person: Person) -> None:
    for name in ("owner", "standing_office", "auditor", "stranger"):
        page = as_person(name).get("/units/").text
        assert "UBND tỉnh" in page
        assert "Sở Y tế" in page
    assert Client().get("/units/").status_code == 302
    assert "Thêm đơn vị" not in as_person("owner").get("/units/").text


def test_the_number_of_queries_does_not_grow_with_the_tree(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    client.get("/units/")
    with CaptureQueriesContext(connection) as few:
        client.get("/units/")
    department = made.department
    for number in range(12):
        unit(f"phong-{number}", f"Phòng {number}", "division", department)
    with CaptureQueriesContext(connection) as many:
        client.get("/units/")
    assert len(many) == len(few)
    address = f"/units/{department.pk}/"
    with CaptureQueriesContext(connection) as many:
        assert "Phòng 11" in client.get(address).text
    UnitVersion.objects.filter(unit__code__startswith="phong-").exclude(unit__code="phong-1").delete()
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    assert len(many) == len(one)


def test_the_tree_is_that_of_the_day_that_is_asked_for(made: World, as_person: Person) -> None:
    change_unit(
        by=made.session("standing_office"), at=now(), code="so-y-te", first=D, decision=LAW,
        data=UnitData("Sở Y tế và Dân số", "", "department", "tinh"),
    )  # fmt: skip
    client = as_person("owner")
    assert "Sở Y tế và Dân số" in client.get("/units/").text
    assert "Sở Y tế và Dân số" not in client.get("/units/?on=30/06/2025").text
    assert "Không có đơn vị nào" in client.get("/units/?on=01/01/1999").text
    assert "không phải một ngày" in client.get("/units/?on=hôm qua").text
    assert ScoreSheet.objects.get(pk=made.sheet.pk).unit_name == "Sở Y tế"  # last year's results keep last year's name


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("administrator", 302),
        ("standing_office", 302),
        ("leader", 403),
        ("owner", 403),
        ("auditor", 403),
        ("chair", 403),
    ],
)
def test_who_changes_a_unit(made: World, as_person: Person, who: str, status: int) -> None:
    form = {"name": "Sở Y tế mới", "kind": "department", "parent": "tinh", "first": "01/07/2025"}
    client = as_person(who)
    assert client.post(f"/units/{made.department.pk}/change/", form).status_code == status
    assert UnitVersion.objects.filter(name="Sở Y tế mới").exists() is (status == 302)
    closing = {"last": "31/12/2025", "decision": "1/QĐ", "decision_date": "01/12/2025", "despite_sheets": "1"}
    assert client.post(f"/units/{made.other_department.pk}/close/", closing).status_code == status
    new = {"code": "so-moi", "name": "Sở mới", "kind": "department", "parent": "tinh", "first": "01/07/2025"}
    assert client.post("/units/new/", new).status_code == status
    assert AuditRecord.objects.filter(object_kind="unit").count() == (3 if status == 302 else 0)


def test_the_office_of_another_owner_changes_nothing_here(made: World, as_person: Person) -> None:
    foreign = unit("tinh-khac", "Tỉnh khác", "province")
    made.people["foreign"] = person("foreign", foreign, Role.STANDING_OFFICE)
    client = as_person("foreign")
    form = {"name": "Của tôi", "parent": "tinh-khac", "first": "01/07/2025"}
    assert client.get(f"/units/{made.department.pk}/").status_code == 200
    assert client.post(f"/units/{made.department.pk}/change/", form).status_code == 403
    assert client.post(f"/units/{made.department.pk}/succeed/", form).status_code == 403
    below = {**form, "code": "so-moi", "parent": "tinh"}
    assert client.post("/units/new/", below).status_code == 422
    # Nor does the own office carry a unit over to another owner.
    away = {"name": "Sở Y tế", "parent": "tinh-khac", "first": "01/07/2025"}
    assert as_person("standing_office").post(f"/units/{made.department.pk}/change/", away).status_code == 422
    assert as_person("standing_office").post("/units/new/", {**below, "parent": ""}).status_code == 422
    assert as_person("administrator").post("/units/new/", {**below, "parent": ""}).status_code == 302


def test_a_move_carries_everything_below_with_it_and_rights_follow(made: World, as_person: Person) -> None:
    at = {"by": made.session("standing_office"), "at": now()}
    unit("phong", "Phòng", "division", made.department)
    unit("to", "Tổ", "team", Unit.objects.get(code="phong"))
    change_unit(**at, code="so-y-te", data=UnitData("Sở Y tế", "", "department", "so-noi-vu"), first=D, decision=LAW)
    assert paths("to") == [
        ("tinh/so-y-te/phong/to", date(2004, 1, 1), D - timedelta(days=1)),
        ("tinh/so-noi-vu/so-y-te/phong/to", D, None),
    ]
    made.sheet.refresh_from_db()
    assert made.sheet.unit_path == "tinh/so-noi-vu/so-y-te"
    assert SheetPart.objects.get(sheet=made.sheet).lead_path == "tinh/so-noi-vu/so-y-te"
    assert as_person("owner").get(f"/sheets/{made.sheet.pk}/").status_code in (200, 302)
    assert "Tổ" in as_person("owner").get(f"/units/{Unit.objects.get(code='phong').pk}/").text
    # Back again: the path changes back, and history stays.
    change_unit(
        **at, code="so-y-te", data=UnitData("Sở Y tế", "", "department", "tinh"), first=date(2025, 9, 1), decision=LAW
    )
    assert [path for path, _, _ in paths("to")] == [
        "tinh/so-y-te/phong/to", "tinh/so-noi-vu/so-y-te/phong/to", "tinh/so-y-te/phong/to"
    ]  # fmt: skip


def test_a_change_of_a_later_day_waits_for_it(made: World, as_person: Person) -> None:
    later = timezone.localdate() + timedelta(days=40)
    change_unit(
        by=made.session("standing_office"), at=now(), code="so-y-te", first=later, decision=LAW,
        data=UnitData("Sở Y tế", "", "department", "so-noi-vu"),
    )  # fmt: skip
    made.sheet.refresh_from_db()
    assert made.sheet.unit_path == "tinh/so-y-te"
    assert bring_paths_up_to_date(by=None, at=now()) == 0
    assert bring_paths_up_to_date(by=None, at=now() + timedelta(days=41)) == 2
    made.sheet.refresh_from_db()
    assert made.sheet.unit_path == "tinh/so-noi-vu/so-y-te"


def test_a_correction_on_the_first_day_replaces_the_version(made: World) -> None:
    at = {"by": made.session("standing_office"), "at": now(), "code": "so-y-te", "decision": LAW}
    change_unit(**at, data=UnitData("Sở Y té", "", "department", "tinh"), first=D)
    change_unit(**at, data=UnitData("Sở Y tế mới", "", "department", "tinh"), first=D)
    names = UnitVersion.objects.filter(unit=made.department).order_by("valid_from").values_list("name", flat=True)
    assert list(names) == ["Sở Y tế", "Sở Y tế mới"]


def test_a_unit_that_is_needed_by_others_does_not_end(made: World, as_person: Person) -> None:
    unit("phong", "Phòng", "division", made.department)
    form = {"last": "31/12/2025", "decision": "1/QĐ", "decision_date": "01/12/2025", "despite_sheets": "1"}
    answer = as_person("standing_office").post(f"/units/{made.department.pk}/close/", form)
    assert answer.status_code == 422
    assert "đơn vị “Phòng” còn hiệu lực nhưng cấp trên “Sở Y tế” thì không" in answer.text
    assert 'value="31/12/2025"' in answer.text
    assert UnitVersion.objects.get(unit=made.department).valid_to is None


def test_a_circle_is_refused(made: World) -> None:
    unit("phong", "Phòng", "division", made.department)
    with pytest.raises(InvalidInput) as refused:
        change_unit(
            by=made.session("standing_office"), at=now(), code="so-y-te", first=D, decision=LAW,
            data=UnitData("Sở Y tế", "", "department", "phong"),
        )  # fmt: skip
    assert {one.kind for one in refused.value.problems} == {"unit_parent_circle"}
    assert paths("phong") == [("tinh/so-y-te/phong", date(2004, 1, 1), None)]


def test_without_a_decision_nothing_is_succeeded_or_closed(made: World, as_person: Person) -> None:
    office = as_person("standing_office")
    form = {"predecessors": "so-tu-phap", "first": "01/07/2025"}
    answer = office.post(f"/units/{made.department.pk}/succeed/", form)
    assert answer.status_code == 422
    assert "Chưa ghi số, ký hiệu quyết định" in answer.text
    assert office.post(f"/units/{made.department.pk}/close/", {"last": "01/07/2025"}).status_code == 422
    with pytest.raises(Refusal, match="decision_incomplete"):
        succeed_units(
            by=made.session("standing_office"), at=now(), predecessors=["so-tu-phap"], successor="so-y-te", data=None,
            first=D, decision=Decision("1/QĐ"),
        )  # fmt: skip
    assert not UnitSuccession.objects.exists()


def test_two_departments_become_a_new_one(made: World, as_person: Person) -> None:
    form = {
        "predecessors": "so-y-te, so-tu-phap", "code": "so-hop-nhat", "name": "Sở hợp nhất", "kind": "department",
        "parent": "tinh", "first": "01/07/2025", "decision": LAW.number, "decision_date": "16/06/2025",
        "despite_sheets": "1",
    }  # fmt: skip
    answer = as_person("standing_office").post("/units/merge/", form, follow=True)
    assert "Thay thế <a href" in answer.text
    assert UnitVersion.objects.get(unit=made.department).valid_to == date(2025, 6, 30)
    assert UnitSuccession.objects.filter(successor__code="so-hop-nhat").count() == 2
    page = as_person("owner").get(f"/units/{made.department.pk}/").text
    assert "Được thay thế bởi" in page
    assert "không có hiệu lực hôm nay" in page


@pytest.mark.parametrize("who", ["owner", "colleague", "stranger", "standing_office"])
def test_the_decision_that_ended_a_unit_stands_on_its_page(made: World, as_person: Person, who: str) -> None:
    """Whoever is logged in may read the tree; the log is for those who keep it."""
    close = {"last": "30/06/2025", "decision": LAW.number, "decision_date": "16/06/2025", "despite_sheets": "1"}
    as_person("standing_office").post(f"/units/{made.department.pk}/close/", close)
    page = as_person(who).get(f"/units/{made.department.pk}/").text
    assert "Kết thúc sau ngày 30/06/2025 theo 1656/NQ-UBTVQH15, 16/06/2025." in page
    assert "kết thúc theo 1656/NQ-UBTVQH15, 16/06/2025" in page
    assert "Được thay thế bởi" not in page


def test_who_was_merged_ends_by_the_decision_of_the_merger(made: World, as_person: Person) -> None:
    succeed_units(
        by=made.session("standing_office"), at=now(), predecessors=["so-y-te", "so-tu-phap"], successor="so-hop-nhat",
        data=UnitData("Sở hợp nhất", "", "department", "tinh"), first=D, decision=LAW, confirmed=True,
    )  # fmt: skip
    page = as_person("owner").get(f"/units/{made.department.pk}/").text
    assert "theo 1656/NQ-UBTVQH15, 16/06/2025." in page
    assert 'Được thay thế bởi <a href="/units/' in " ".join(page.split())
    ended = UnitVersion.objects.get(unit=made.department)
    assert (ended.ended_number, ended.ended_date) == (LAW.number, LAW.date)


def test_a_rename_ends_a_version_but_not_the_unit(made: World, as_person: Person) -> None:
    change_unit(
        by=made.session("standing_office"), at=now(), code="so-y-te", first=D, decision=LAW,
        data=UnitData("Sở Y tế và Dân số", "", "department", "tinh"),
    )  # fmt: skip
    assert list(UnitVersion.objects.filter(unit=made.department).values_list("ended_number", flat=True)) == ["", ""]
    page = as_person("owner").get(f"/units/{made.department.pk}/").text
    assert "1656/NQ-UBTVQH15, 16/06/2025" in page  # the decision of the new name
    assert "kết thúc theo" not in page


def test_a_later_change_of_the_tree_keeps_how_a_unit_ended(made: World) -> None:
    office = made.session("standing_office")
    close_unit(by=office, at=now(), code="so-y-te", last=date(2025, 6, 30), decision=LAW, confirmed=True)
    create_unit(
        by=office, at=now(), code="so-moi", data=UnitData("Sở mới", "", "department", "tinh"), first=D, decision=LAW
    )
    assert UnitVersion.objects.get(unit=made.department).ended_number == LAW.number
    assert {row.record.code: row.ending.number for row in read_units_again()}["so-y-te"] == LAW.number


def read_units_again() -> list[UnitRow]:
    """The units as a table gives them out and takes them in."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "don-vi.csv"
        write_units(path, stored_units())
        return list(read_units(path, stored_units()).rows)


def test_one_department_takes_in_another_or_a_part_of_it(made: World) -> None:
    at = {"by": made.session("standing_office"), "at": now(), "first": D, "decision": LAW, "data": None}
    succeed_units(**at, predecessors=["so-tu-phap"], successor="so-y-te", overlap="nhận một phần nhiệm vụ", keep=True)
    assert UnitVersion.objects.get(unit=made.other_department).valid_to is None
    assert UnitSuccession.objects.get().overlap == "nhận một phần nhiệm vụ"
    later = {**at, "first": date(2025, 9, 1), "predecessors": ["so-noi-vu"], "successor": "so-y-te"}
    with pytest.raises(InvalidInput, match="succession_overlaps"):
        succeed_units(**later)  # both were there for years: a reason is needed
    succeed_units(**later, overlap="nhận sáp nhập")
    assert UnitVersion.objects.get(unit=made.office).valid_to == date(2025, 8, 31)
    assert UnitSuccession.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "Sở mới"}, "Mã chỉ gồm"), ({"code": "SO-Y-TE"}, "đã là của một đơn vị"),
        ({"name": " "}, "Chưa ghi tên"), ({"name": "Sở Y tế"}, "cũng là tên của đơn vị"),
        ({"first": "31/02/2025"}, "không phải một ngày"), ({"first": ""}, "Chưa ghi ngày"),
        ({"parent": "không có"}, "Không có đơn vị"), ({"decision": "1/QĐ"}, "Chưa ghi ngày"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_lost(
    made: World, as_person: Person, change: dict[str, str], words: str
) -> None:
    form = {"code": "so-moi", "name": "Sở mới", "short_name": "SM", "parent": "tinh", "first": "01/07/2025", **change}
    answer = as_person("standing_office").post("/units/new/", form)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="SM"' in answer.text
    assert Unit.objects.count() == 4


def test_an_unknown_unit_is_not_there(made: World, as_person: Person) -> None:
    client = as_person("administrator")
    assert client.get("/units/99999/").status_code == 404
    assert client.post("/units/99999/close/", {}).status_code == 404
    assert client.get("/units/?under=99999&page=77").status_code == 200


def test_units_are_never_deleted_and_every_act_is_logged(made: World) -> None:
    at = {"by": made.session("standing_office"), "at": now(), "decision": LAW}
    create_unit(**at, code="so-moi", data=UnitData("Sở mới", "", "department", "tinh"), first=D)
    close_unit(**at, code="so-moi", last=date(2025, 12, 31))
    actions = AuditRecord.objects.filter(object_kind="unit").order_by("sequence").values_list("action", flat=True)
    assert list(actions) == ["create_unit", "close_unit"]
    assert AuditRecord.objects.get(action="close_unit").reason == "1656/NQ-UBTVQH15, 16/06/2025"
    assert Unit.objects.filter(code="so-moi").exists()


def test_closing_a_unit_with_sheets_in_a_running_cycle_is_confirmed(made: World, as_person: Person) -> None:
    client, address = as_person("administrator"), f"/units/{made.department.pk}/close/"
    page = client.get(address).text
    assert "Đơn vị còn phiếu trong kỳ đang chạy:" in page
    assert made.cycle.title in page
    form = {"last": f"{now():%d/%m/%Y}", "decision": "12/QĐ-UBND", "decision_date": "01/11/2025"}
    refused = client.post(address, form)
    assert refused.status_code == 422
    assert "Đơn vị còn 1 phiếu trong kỳ đang chạy." in refused.text
    assert client.post(address, {**form, "despite_sheets": "1"}).status_code == 302
    office = client.get(f"/units/{made.office.pk}/close/").text  # it fills nothing
    assert "kỳ đang chạy" not in office


def test_a_merger_of_units_with_sheets_in_a_running_cycle_is_confirmed(made: World, as_person: Person) -> None:
    form = {
        "predecessors": "so-y-te, so-tu-phap", "code": "so-moi", "name": "Sở mới", "kind": "department",
        "parent": "tinh", "first": "01/07/2025", "decision": LAW.number, "decision_date": "16/06/2025",
    }  # fmt: skip
    client = as_person("administrator")
    refused = client.post("/units/merge/", form)
    assert refused.status_code == 422
    assert "Đơn vị còn 2 phiếu trong kỳ đang chạy." in refused.text
    assert f"{made.cycle.title}: Sở Y tế" in refused.text
    assert "Người của đơn vị kế thừa làm tiếp" in refused.text
    assert not Unit.objects.filter(code="so-moi").exists()
    assert client.post("/units/merge/", {**form, "despite_sheets": "1"}).status_code == 302
    assert UnitVersion.objects.get(unit=made.department).valid_to == date(2025, 6, 30)
