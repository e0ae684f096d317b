"""Units are shown and chosen by their names; a code stands beside a name only where it tells two apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, now, unit
from tests.integration.web.test_unit_import import UNITS

from parindex.database.models import Unit, UnitSuccession, UnitVersion
from parindex.domain.errors import Problem
from parindex.domain.units import Decision
from parindex.usecases.units import UnitData, change_unit, close_unit
from parindex.web.units.unit_names import UnitNames

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
DAY = date(2025, 7, 1)
LAW = Decision("1656/NQ-UBTVQH15", date(2025, 6, 16))
MERGER = {
    "code": "so-hop-nhat", "name": "Sở hợp nhất", "kind": "department", "parent": "UBND tỉnh", "first": "01/07/2025",
    "decision": LAW.number, "decision_date": "16/06/2025", "despite_sheets": "1",
}  # fmt: skip


def _predecessors() -> set[str]:
    return set(UnitSuccession.objects.values_list("predecessor__code", flat=True))


@pytest.mark.parametrize(
    "boxes",
    [
        ["Sở Y tế", "", "sở tư pháp"], ["Sở Y tế; Sở Tư pháp"], ["so-y-te, so-tu-phap"], ["Sở Y tế", "so-tu-phap"],
        ["Sở Y tế (so-y-te)", "  Sở   Tư pháp "], ["Sở Y tế\nSở Tư pháp"],
    ],
)  # fmt: skip
def test_predecessors_are_meant_by_name(made: World, as_person: Person, boxes: list[str]) -> None:
    answer = as_person("standing_office").post("/units/merge/", {**MERGER, "predecessors": boxes})
    assert answer.status_code == 302, answer.text
    assert _predecessors() == {"so-y-te", "so-tu-phap"}


def test_a_name_that_is_none_is_told_at_its_box_and_nothing_is_lost(made: World, as_person: Person) -> None:
    answer = as_person("standing_office").post("/units/merge/", {**MERGER, "predecessors": ["Sở Y tế", "Sở Y té"]})
    assert answer.status_code == 422
    assert '<li><a href="#predecessors-2">Không có đơn vị “Sở Y té” vào ngày đó.' in answer.text
    assert 'aria-describedby="predecessors-2-error" aria-invalid="true"' in answer.text
    assert 'id="predecessors" name="predecessors" value="Sở Y tế"' in answer.text
    assert 'id="predecessors-2" name="predecessors" value="Sở Y té"' in answer.text
    assert not _predecessors()
    none = as_person("standing_office").post("/units/merge/", {**MERGER, "predecessors": ["", " "]})
    assert '<a href="#predecessors">Chưa ghi đơn vị tiền thân' in none.text


def test_units_that_are_called_alike_are_told_apart_by_their_codes(made: World, as_person: Person) -> None:
    for number, above in enumerate((made.department, made.other_department), start=1):
        unit(f"van-phong-{number}", "Văn phòng", "division", above)
    office = as_person("standing_office")
    form = office.get("/units/merge/").text
    assert '<option value="Văn phòng (van-phong-1)">van-phong-1</option>' in form
    assert '<option value="Sở Y tế">so-y-te</option>' in form
    several = office.post("/units/merge/", {**MERGER, "predecessors": ["văn phòng"]})
    assert "Có 2 đơn vị tên “văn phòng”." in several.text
    assert "Văn phòng (van-phong-1); Văn phòng (van-phong-2)" in several.text
    assert office.post("/units/merge/", {**MERGER, "predecessors": ["Văn phòng (van-phong-2)"]}).status_code == 302
    assert _predecessors() == {"van-phong-2"}


def test_the_parent_is_shown_and_meant_by_name(made: World, as_person: Person) -> None:
    office = as_person("standing_office")
    assert 'name="parent" value="UBND tỉnh"' in office.get(f"/units/{made.department.pk}/change/").text
    assert 'name="parent" value="Sở Y tế"' in office.get(f"/units/new/?under={made.department.pk}").text
    form = {"code": "phong", "name": "Phòng", "parent": "sở y tế", "first": "01/07/2025"}
    assert office.post("/units/new/", form).status_code == 302
    assert UnitVersion.objects.get(unit__code="phong").path == "tinh/so-y-te/phong"


def test_names_of_the_day_and_of_today_are_both_known(made: World) -> None:
    office = made.session("standing_office")
    data = UnitData("Sở Y tế và Dân số", "", "department", "tinh")
    change_unit(by=office, at=now(), code="so-y-te", first=DAY, decision=LAW, data=data)
    close_unit(by=office, at=now(), code="so-tu-phap", last=DAY, decision=LAW, confirmed=True)
    names = UnitNames(now().date())
    for typed in ("Sở Y tế", "Sở Y tế và Dân số"):
        assert names.meant(typed, date(2025, 1, 1)) == ["so-y-te"]
    assert names.meant("Sở Y tế", date(2025, 12, 1)) == []
    assert names.meant("Sở Tư pháp", now().date()) == ["so-tu-phap"]  # it has ended, and may be a predecessor
    assert names.meant("Sở Tư pháp", now().date(), holding=True) == []
    assert names.meant("Sở Y tế (so-tu-phap)", DAY) == []
    assert names.meant(" ", DAY) == []
    assert names.label("khong-co") == names.with_code("khong-co") == "khong-co"
    circle = names.in_problem(Problem("unit_parent_circle", facts={"units": ["so-y-te", "khong-co"], "other": "tinh"}))
    assert circle.facts == {"units": ["Sở Y tế và Dân số", "khong-co"], "other": "tinh"}


def test_more_boxes_are_given_and_nothing_is_lost(made: World, as_person: Person) -> None:
    office = as_person("standing_office")
    first = office.get("/units/merge/").text
    assert first.count('name="predecessors"') == 3
    more = office.post("/units/merge/", {**MERGER, "predecessors": ["Sở Y tế"], "name": "Sở Một", "more": "1"})
    assert more.status_code == 200
    assert more.text.count('name="predecessors"') == 5
    assert 'value="Sở Một"' in more.text
    assert 'id="errors"' not in more.text
    assert not _predecessors()
    assert more.text.index('class="btn btn--primary"') < more.text.index('name="more"')  # Enter does the act


def test_a_refusal_says_the_unit_by_its_name(made: World, as_person: Person) -> None:
    later = {"by": made.session("standing_office"), "at": now(), "code": "so-y-te", "decision": LAW}
    change_unit(**later, first=date(2025, 9, 1), data=UnitData("Sở Y tế mới", "", "department", "tinh"))
    answer = as_person("administrator").post("/units/merge/", {**MERGER, "predecessors": ["so-y-te", "so-tu-phap"]})
    assert answer.status_code == 422
    assert "Đơn vị “Sở Y tế mới” đã ghi thay đổi từ ngày 01/09/2025" in answer.text


def test_the_number_of_queries_does_not_grow_with_the_units(made: World, as_person: Person) -> None:
    office = as_person("standing_office")
    office.get("/units/merge/")
    with CaptureQueriesContext(connection) as few:
        office.get("/units/merge/")
    for number in range(9):
        unit(f"phong-{number}", "Phòng", "division", made.department)
    with CaptureQueriesContext(connection) as many:
        assert office.get("/units/merge/").text.count("Phòng (phong-") == 9
    assert len(many) == len(few)


# --- tables ---------------------------------------------------------------------------------------------------------


def _read(client: Client, rows: str) -> str:
    file = SimpleUploadedFile("don-vi.csv", (UNITS + rows).encode("utf-8-sig"))
    return client.post("/units/import/", {"file": file}).text


def test_a_table_is_shown_and_refused_with_names(made: World, as_person: Person) -> None:
    office = as_person("standing_office")
    rows = "so-moi,Sở mới,department,tinh,01/07/2025,,\nphong-1,Phòng Một,,so-moi,01/07/2025,,\n"
    page = _read(office, rows)
    assert "cấp trên: UBND tỉnh (tinh)" in page
    assert "cấp trên: Sở mới (so-moi)" in page
    page = _read(office, "so-moi,Sở mới,department,tinh,01/07/2025,,so-y-te\n")
    assert "kế thừa “Sở Y tế (so-y-te)” nhưng thiếu số hoặc ngày của quyết định" in page
    assert Unit.objects.count() == 4
