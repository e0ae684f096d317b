"""Wrong mergers and closings are taken back; tables end units by the same rule as forms."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.factories.world import World, now, person
from tests.integration.web.test_unit_import import take, upload

from parindex.database.mapping.units import stored_units
from parindex.database.models import AuditRecord, Unit, UnitSuccession, UnitVersion
from parindex.domain.errors import InvalidInput
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.units import Decision
from parindex.usecases.unit_corrections import correct_ending
from parindex.usecases.units import UnitData, close_unit, locked_rows, store, succeed_units

Person = Callable[[str], Client]
LAW = Decision("1656/NQ-UBTVQH15", date(2025, 6, 16))
MENDED = {"decision": "9/QĐ-UBND", "decision_date": "01/11/2025", "reason": "Ghi nhầm sở"}
SHEETS = {"despite_sheets": "1"}


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    yield
    shutil.rmtree(default_storage.path("tables"), ignore_errors=True)


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def merge(made: World) -> Unit:
    """Sở Y tế and Sở Tư pháp have become Sở Mới since today, which has an officer."""
    unit = succeed_units(
        by=made.session("standing_office"), at=now(), predecessors=["so-y-te", "so-tu-phap"], successor="so-moi",
        data=UnitData("Sở Mới", "", "department", "tinh"), first=timezone.localdate(), decision=LAW, confirmed=True,
    )  # fmt: skip
    made.people["heir"] = person("heir", unit, Role.UNIT_OFFICER)
    return unit


def reads(made: World, as_person: Person, who: str) -> bool:
    return as_person(who).get(f"/sheets/{made.sheet.pk}/items/2.2/").status_code == 200


def said(action: str) -> tuple[dict[str, object], dict[str, object], str]:
    record = AuditRecord.objects.get(action=action)
    return json.loads(record.before), json.loads(record.after), record.reason


# --- by form ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("administrator", 302), ("standing_office", 302), ("owner", 403), ("colleague", 403), ("leader", 403),
        ("stranger", 403), ("heir", 403), ("auditor", 403),
    ],
)  # fmt: skip
def test_a_wrong_merger_is_taken_back(made: World, as_person: Person, who: str, status: int) -> None:
    heir = merge(made)
    where = f"/units/{made.department.pk}/correct-ending/"
    assert (reads(made, as_person, "heir"), reads(made, as_person, "owner")) == (True, False)
    form = {**MENDED, **SHEETS, "last": "", "taken_back": str(heir.pk)}
    assert as_person(who).get(where).status_code == (200 if status == 302 else 403)
    assert as_person(who).post(where, form).status_code == status
    back = status == 302
    assert (reads(made, as_person, "heir"), reads(made, as_person, "owner")) == (not back, back)
    followed = UnitSuccession.objects.order_by("pk").values_list("predecessor__code", flat=True)
    assert set(followed) == {"so-tu-phap"} | (set() if back else {"so-y-te"})
    if back:
        before, after, reason = said("correct_ending")
        assert (before["valid_to"], after["valid_to"], after["ending"]) == (str(yesterday()), None, "")
        assert reason == "Ghi nhầm sở (9/QĐ-UBND, 01/11/2025)"
        before, after, reason = said("take_back_succession")
        assert (before["predecessors"], after["predecessors"]) == (["so-tu-phap", "so-y-te"], ["so-tu-phap"])


def test_a_wrong_day_is_corrected_and_the_successor_stays(made: World, as_person: Person) -> None:
    close_unit(
        by=made.session("standing_office"), at=now(), code="so-y-te", last=yesterday(), decision=LAW, confirmed=True
    )
    client, where = as_person("standing_office"), f"/units/{made.department.pk}/correct-ending/"
    assert f'href="{where}"' in client.get(f"/units/{made.department.pk}/").text
    page = client.get(where).text
    assert f'value="{yesterday():%d/%m/%Y}"' in page
    assert 'value="1656/NQ-UBTVQH15"' in page
    later = timezone.localdate() + timedelta(days=30)
    form = {"last": f"{later:%d/%m/%Y}", "decision": LAW.number, "decision_date": "16/06/2025", "reason": "Sai tháng"}
    unconfirmed = client.post(where, form)
    assert unconfirmed.status_code == 422
    assert "Đơn vị còn 1 phiếu trong kỳ đang chạy." in unconfirmed.text
    assert client.post(where, {**form, **SHEETS}).status_code == 302
    version = UnitVersion.objects.get(unit=made.department)
    assert (version.valid_to, version.ended_number, version.ended_date) == (later, LAW.number, LAW.date)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"reason": ""}, "lý do"), ({"decision": ""}, "Chưa ghi số"), ({"decision_date": ""}, "Chưa ghi ngày"),
        ({"last": "31/02/2025"}, "không phải một ngày"), ({"taken_back": "x"}, "cùng hiệu lực"),
        ({"reason": "a" * 2_001}, "Dài 2001 ký tự"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_and_nothing_is_changed(
    made: World, as_person: Person, form: dict[str, str], words: str
) -> None:
    """A unit that goes on while its successor stays holds beside it: that has no reason."""
    heir = merge(made)
    sent = {**MENDED, **SHEETS, "last": "", "taken_back": str(heir.pk), **form}
    answer = as_person("standing_office").post(f"/units/{made.department.pk}/correct-ending/", sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert UnitSuccession.objects.count() == 2
    assert UnitVersion.objects.get(unit=made.department).valid_to == yesterday()


def test_a_unit_that_goes_on_has_no_end_to_correct(made: World, as_person: Person) -> None:
    answer = as_person("standing_office").post(f"/units/{made.department.pk}/correct-ending/", {**MENDED, "last": ""})
    assert "không có ngày kết thúc" in answer.text
    with pytest.raises(Refusal, match="unit_not_ended"):
        correct_ending(
            by=made.session("administrator"), at=now(), code="so-y-te", last=None, decision=LAW, reason="Sai"
        )


# --- by table --------------------------------------------------------------------------------------------------------


def table(client: Client) -> list[dict[str, str]]:
    """The rows of one's units, as they are given out."""
    given = client.post("/units/export/", {"as": "csv"}).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(given)))


def sent(client: Client, rows: list[dict[str, str]]) -> HttpResponse:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return upload(client, "/units/import/", out.getvalue())


def test_a_predecessor_that_a_table_takes_away_is_gone(made: World, as_person: Person) -> None:
    merge(made)
    client = as_person("standing_office")
    rows = table(client)
    for row in rows:
        if row["Mã"] == "so-moi":
            row["Mã đơn vị tiền thân"] = "so-tu-phap"
    page = sent(client, rows)
    assert "<del>Sở Tư pháp (so-tu-phap); Sở Y tế (so-y-te)</del> <ins>Sở Tư pháp (so-tu-phap)</ins>" in page.text
    refused = take(client, "/units/import/", page.text)
    assert refused.status_code == 422
    assert "Đơn vị còn 1 phiếu trong kỳ đang chạy." in refused.text
    assert UnitSuccession.objects.count() == 2
    assert take(client, "/units/import/", page.text, **SHEETS).status_code == 200
    assert [one.predecessor.code for one in UnitSuccession.objects.all()] == ["so-tu-phap"]
    before, after, _ = said("change_unit")
    assert (before["predecessors"], after["predecessors"]) == (["so-tu-phap", "so-y-te"], ["so-tu-phap"])
    assert (reads(made, as_person, "heir"), reads(made, as_person, "owner")) == (False, True)


def test_a_table_ends_a_unit_by_a_decision_and_where_sheets_run_it_is_confirmed(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    rows = table(client)
    health = next(row for row in rows if row["Mã"] == "so-y-te")
    health["Hiệu lực đến"] = f"{yesterday():%d/%m/%Y}"
    refused = sent(client, rows)
    assert refused.status_code == 422
    assert "thiếu số hoặc ngày của quyết định kết thúc" in refused.text
    health["Quyết định kết thúc"], health["Ngày quyết định kết thúc"] = "12/NQ-HĐND", "01/11/2025"
    page = sent(client, rows)
    assert "quyết định kết thúc: <del>–</del> <ins>12/NQ-HĐND</ins>" in page.text
    assert f"<li>Sở Y tế, {made.cycle.title}</li>" in page.text
    assert take(client, "/units/import/", page.text).status_code == 422
    assert UnitVersion.objects.get(unit=made.department).valid_to is None
    take(client, "/units/import/", page.text, **SHEETS)
    version = UnitVersion.objects.get(unit=made.department)
    assert (version.valid_to, version.ended_number, version.ended_date) == (
        yesterday(), "12/NQ-HĐND", date(2025, 11, 1)
    )  # fmt: skip
    assert said("close_unit")[2] == "12/NQ-HĐND, 01/11/2025"
    assert "Không có gì thay đổi" in sent(client, table(client)).text
    rows = table(client)
    health = next(row for row in rows if row["Mã"] == "so-y-te")
    assert (health["Quyết định kết thúc"], health["Ngày quyết định kết thúc"]) == ("12/NQ-HĐND", "01/11/2025")
    health["Quyết định kết thúc"] = health["Ngày quyết định kết thúc"] = ""
    assert "thiếu số hoặc ngày của quyết định kết thúc" in sent(client, rows).text  # it does not get lost
    health["Hiệu lực đến"], health["Quyết định kết thúc"] = "", "12/NQ-HĐND"
    assert "có quyết định kết thúc nhưng không có ngày cuối" in sent(client, rows).text


def test_what_ends_without_a_decision_is_refused_by_whatever_way(made: World) -> None:
    """The rule stands where units are stored: a table that was read elsewhere meets it too."""
    rows = stored_units()
    ended = [
        replace(row, record=replace(row.record, valid_to=yesterday())) if row.record.code == "so-y-te" else row
        for row in rows
    ]
    with transaction.atomic(), pytest.raises(InvalidInput, match="unit_ends_without_decision"):
        store(locked_rows(), ended, made.session("administrator"), now(), confirmed=True)
