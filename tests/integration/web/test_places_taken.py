"""Whether a successor has taken the place of a unit that ended, or was given a part of it: by forms, by tables, stored
before; who goes on with the sheet follows from it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.factories.world import World, now, person
from tests.integration.web.test_unit_corrections import sent, table
from tests.integration.web.test_unit_import import take

from parindex.database.models import AuditRecord, Unit, UnitSuccession
from parindex.documents.unit_tables.rows import UnitRow
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.units import Decision, UnitRecord
from parindex.usecases.units import UnitData, close_unit, create_unit, locked_rows, store, succeed_units

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
LAW = Decision("1656/NQ-UBTVQH15", date(2025, 6, 16))
OTHER = Decision("9/QĐ-UBND", date(2022, 1, 1))
SAID = {"decision": LAW.number, "decision_date": "16/06/2025", "despite_sheets": "1"}


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    yield
    shutil.rmtree(default_storage.path("tables"), ignore_errors=True)


def day(before: int = 0) -> date:
    return timezone.localdate() - timedelta(days=before)


def close(made: World) -> None:
    by = made.session("administrator")
    close_unit(by=by, at=now(), code="so-y-te", last=day(1), decision=LAW, confirmed=True)


def follow(
    made: World, first: date, *, keep: bool, decision: Decision = LAW, overlap: str = "nhận một phần", new: bool = True
) -> None:
    """Sở Con follows Sở Y tế and has a leader."""
    unit = succeed_units(
        by=made.session("administrator"), at=now(), predecessors=["so-y-te"], successor="so-con", first=first,
        data=UnitData("Sở Con", "", "department", "tinh") if new else None, decision=decision, overlap=overlap,
        keep=keep, confirmed=True,
    )  # fmt: skip
    if new:
        made.people["heir"] = person("heir", unit, Role.UNIT_LEADER)


def goes_on(made: World, as_person: Person) -> tuple[bool, bool]:
    """Who opens the sheet of Sở Y tế: the leader of Sở Con, its own."""
    where = f"/sheets/{made.sheet.pk}/items/2.2/"
    heir, own = (as_person(one).get(where).status_code == 200 for one in ("heir", "leader"))
    return heir, own


HEIR, OWN = (True, False), (False, True)


def logged(action: str) -> list[tuple[dict[str, object], dict[str, object]]]:
    rows = AuditRecord.objects.filter(action=action).order_by("sequence")
    return [(json.loads(row.before or "{}"), json.loads(row.after)) for row in rows]


def test_a_part_recorded_after_the_end_takes_no_place(made: World, as_person: Person) -> None:
    close(made)
    follow(made, date(2022, 1, 1), keep=True, decision=OTHER)
    assert goes_on(made, as_person) == OWN


def test_a_part_from_the_day_after_the_end_takes_no_place(made: World, as_person: Person) -> None:
    """The days would say that it does: what was said counts."""
    close(made)
    follow(made, day(), keep=True, overlap="")
    assert goes_on(made, as_person) == OWN


def test_a_part_stays_one_when_the_rest_ended_the_day_before(made: World, as_person: Person) -> None:
    """Recorded while the unit went on; that it had ended, and who took its place, comes by a table."""
    follow(made, day(), keep=True)
    client = as_person("administrator")
    rows = table(client)
    health = next(row for row in rows if row["Mã"] == "so-y-te")
    health |= {"Hiệu lực đến": f"{day(1):%d/%m/%Y}", "Quyết định kết thúc": LAW.number,
               "Ngày quyết định kết thúc": "16/06/2025"}  # fmt: skip
    for row in rows:
        del row["Mã tiền thân được thay thế"], row["Mã tiền thân chuyển một phần"]
    page = sent(client, rows)
    assert take(client, "/units/import/", page.text, despite_sheets="1").status_code == 200
    assert goes_on(made, as_person) == OWN


def test_forms_tables_and_the_migration_decide_alike(made: World) -> None:
    """Sở Con was given a part in 2022, Sở Mới took over when the rest ended: all in one table."""
    with transaction.atomic():
        rows = locked_rows()
        ended = [
            replace(row, record=replace(row.record, valid_to=day(1)), ending=LAW)
            if row.record.code == "so-y-te" else row
            for row in rows
        ]  # fmt: skip
        part = UnitRecord("so-con", "Sở Con", "", "department", "tinh", date(2022, 1, 1))
        new = UnitRecord("so-moi", "Sở Mới", "", "department", "tinh", day())
        ended += [UnitRow(part, OTHER, ("so-y-te",), "nhận một phần"), UnitRow(new, LAW, ("so-y-te",))]
        store(rows, ended, made.session("administrator"), now(), confirmed=True)
    taken = UnitSuccession.objects.order_by("successor__code").values_list("successor__code", "takes_over")
    by_table = list(taken)
    assert by_table == [("so-con", False), ("so-moi", True)]
    UnitSuccession.objects.update(takes_over=True)  # as the column was added
    import_module("parindex.database.migrations.0006_places_taken").tell(apps, None)
    assert list(taken) == by_table


@pytest.mark.parametrize("first", [0, 20])
def test_who_was_given_a_part_follows_once_named_without_keeping(made: World, as_person: Person, first: int) -> None:
    """The whole by the same decision as the part, from its first day or from a later one."""
    follow(made, day(20), keep=True)
    close(made)
    assert goes_on(made, as_person) == OWN
    follow(made, day(first), keep=False, new=False)
    assert goes_on(made, as_person) == HEIR
    before, after = logged("succeed_unit")[-1]
    assert (before["predecessors"], before["replaced"], before["parted"]) == (["so-y-te"], [], ["so-y-te"])
    assert (after["predecessors"], after["replaced"], after["parted"]) == (["so-y-te"], ["so-y-te"], [])
    assert UnitSuccession.objects.get().decision_number == LAW.number


def test_naming_again_by_another_decision_is_stored_with_it(made: World, as_person: Person) -> None:
    follow(made, day(20), keep=True, decision=OTHER)
    close(made)
    follow(made, day(), keep=False, new=False)
    row = UnitSuccession.objects.get()
    assert (row.decision_number, row.decision_date, row.takes_over) == (LAW.number, LAW.date, True)
    assert goes_on(made, as_person) == HEIR


def test_another_name_of_a_successor_changes_nothing_of_whom_it_follows(made: World, as_person: Person) -> None:
    close(made)
    follow(made, day(9), keep=False)
    as_person("administrator").post(f"/units/{Unit.objects.get(code='so-con').pk}/change/", {
        "name": "Sở Con mới", "kind": "department", "parent": "tinh", "first": f"{day():%d/%m/%Y}", **SAID,
    })  # fmt: skip
    assert Unit.objects.get(code="so-con").versions.count() == 2
    assert UnitSuccession.objects.get().takes_over
    assert goes_on(made, as_person) == HEIR


def put_right(client: Client, made: World, **more: str) -> int:
    """The last day is emptied, or another is given."""
    form = {**SAID, "last": "", "reason": "Ghi nhầm", **more}
    return client.post(f"/units/{made.department.pk}/correct-ending/", form).status_code


@pytest.mark.parametrize("first", [0, 9])
@pytest.mark.parametrize("typed", ["1", "0"])
def test_closing_a_unit_asks_what_its_successors_are(made: World, as_person: Person, first: int, typed: str) -> None:
    """Also where its end was emptied by mistake: nothing of before stays unsaid, whatever the days say."""
    follow(made, day(first), keep=False)
    assert goes_on(made, as_person) == HEIR
    client, heir = as_person("administrator"), Unit.objects.get(code="so-con")
    assert put_right(client, made) == 302
    assert goes_on(made, as_person) == OWN
    before, after = logged("settle_succession")[-1]
    assert (before["replaced"], after["replaced"], after["parted"]) == (["so-y-te"], [], ["so-y-te"])
    where, form = f"/units/{made.department.pk}/close/", {**SAID, "last": f"{day(1):%d/%m/%Y}"}
    assert "Sở Con kế thừa đơn vị này thế nào?" in client.get(where).text
    unsaid = client.post(where, form)
    assert unsaid.status_code == 422
    assert "Chọn: Sở Con thay thế đơn vị này, hay chỉ nhận một phần việc." in unsaid.text
    assert client.post(where, {**form, f"takes-over-{heir.pk}": typed}).status_code == 302
    assert goes_on(made, as_person) == (HEIR if typed == "1" else OWN)


def test_an_end_emptied_in_the_table_and_written_again(made: World, as_person: Person) -> None:
    follow(made, day(), keep=False)
    client = as_person("administrator")
    for emptied, who in ((True, OWN), (False, HEIR)):
        rows = table(client)
        health = next(row for row in rows if row["Mã"] == "so-y-te")
        health["Hiệu lực đến"] = "" if emptied else f"{day(1):%d/%m/%Y}"
        health["Quyết định kết thúc"] = "" if emptied else LAW.number
        health["Ngày quyết định kết thúc"] = "" if emptied else "16/06/2025"
        page = sent(client, rows)
        assert take(client, "/units/import/", page.text, despite_sheets="1").status_code == 200
        assert goes_on(made, as_person) == who


def test_what_was_recorded_wrongly_of_a_successor_is_corrected(made: World, as_person: Person) -> None:
    follow(made, day(), keep=False)
    client, heir = as_person("standing_office"), Unit.objects.get(code="so-con")
    page = client.get(f"/units/{made.department.pk}/correct-ending/").text
    assert f'id="takes-over-{heir.pk}" name="takes-over-{heir.pk}" value="1" checked' in page
    last = f"{day(1):%d/%m/%Y}"
    assert put_right(client, made, **{"last": last, f"takes-over-{heir.pk}": "0"}) == 302
    assert goes_on(made, as_person) == OWN
    assert put_right(client, made, last=last) == 302
    assert goes_on(made, as_person) == OWN
    assert put_right(client, made, **{"last": last, f"takes-over-{heir.pk}": "1"}) == 302
    assert goes_on(made, as_person) == HEIR


@pytest.mark.parametrize(
    ("keep", "of_old", "of_new"),
    [(False, "Được thay thế bởi", "Thay thế"), (True, "Đã chuyển một phần cho", "Đã nhận một phần của")],
)
def test_pages_say_whether_a_place_was_taken(
    made: World, as_person: Person, keep: bool, of_old: str, of_new: str
) -> None:
    close(made)
    follow(made, day(), keep=keep)
    client, heir = as_person("owner"), Unit.objects.get(code="so-con")
    old = " ".join(client.get(f"/units/{made.department.pk}/").text.split())
    assert f'<li>{of_old} <a href="/units/{heir.pk}/">Sở Con</a>' in old
    assert ("Được thay thế bởi" in old) is not keep
    new = " ".join(client.get(f"/units/{heir.pk}/").text.split())
    assert f'<li>{of_new} <a href="/units/{made.department.pk}/">Sở Y tế</a>' in new
    put_right(as_person("administrator"), made)  # it goes on: nobody has taken its place
    assert "Thay thế <a" not in client.get(f"/units/{heir.pk}/").text
    assert "Đã chuyển một phần cho <a" in client.get(f"/units/{made.department.pk}/").text


def test_a_table_given_out_says_it_and_taken_in_again_changes_nothing(made: World, as_person: Person) -> None:
    close(made)
    follow(made, day(), keep=True)
    client = as_person("administrator")
    rows = table(client)
    mine = next(row for row in rows if row["Mã"] == "so-con")
    assert (mine["Mã tiền thân được thay thế"], mine["Mã tiền thân chuyển một phần"]) == ("", "so-y-te")
    assert "Không có gì thay đổi" in sent(client, rows).text
    mine["Mã tiền thân được thay thế"], mine["Mã tiền thân chuyển một phần"] = "so-y-te", ""
    page = sent(client, rows)
    assert "mã tiền thân được thay thế: <del>–</del> <ins>Sở Y tế (so-y-te)</ins>" in " ".join(page.text.split())
    assert take(client, "/units/import/", page.text).status_code == 422  # work is handed on
    assert take(client, "/units/import/", page.text, despite_sheets="1").status_code == 200
    assert goes_on(made, as_person) == HEIR
    assert logged("change_unit")[-1][1]["replaced"] == ["so-y-te"]


def test_a_table_without_the_columns_leaves_what_is_said(made: World, as_person: Person) -> None:
    close(made)
    follow(made, day(), keep=True)
    client = as_person("administrator")
    rows = table(client)
    for row in rows:
        del row["Mã tiền thân được thay thế"], row["Mã tiền thân chuyển một phần"]
    assert "Không có gì thay đổi" in sent(client, rows).text


def test_nobody_says_of_a_unit_of_others_that_it_takes_a_place(made: World) -> None:
    """Whoever keeps the unit that ends may not hand its work to one that they do not keep."""
    by = made.session("administrator")
    create_unit(by=by, at=now(), code="tinh-la", data=UnitData("Tỉnh Lạ"), first=date(2004, 1, 1), decision=LAW)
    succeed_units(
        by=by, at=now(), predecessors=["so-y-te"], successor="tinh-la", data=None, first=day(9), decision=LAW,
        overlap="nhận một phần", keep=True,
    )  # fmt: skip
    office = made.session("standing_office")
    with pytest.raises(Refusal):
        close_unit(
            by=office, at=now(), code="so-y-te", last=day(1), decision=LAW, confirmed=True, said={"tinh-la": True}
        )
    close_unit(by=office, at=now(), code="so-y-te", last=day(1), decision=LAW, confirmed=True)
    assert not UnitSuccession.objects.get().takes_over
