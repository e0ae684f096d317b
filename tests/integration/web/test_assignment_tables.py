"""The assignment of items to lead units as a table: given out, changed, previewed, taken in or refused as a whole."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import now, unit

from parindex.database.models import AuditRecord, Entry, SheetPart
from parindex.usecases.submissions import present

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Person = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    yield
    shutil.rmtree(default_storage.path("tables"), ignore_errors=True)


@pytest.fixture
def body(db: None) -> PartsWorld:
    return parts_world()


@pytest.fixture
def browser(body: PartsWorld) -> Person:
    def logged_in(name: str) -> Client:
        client = Client()
        client.force_login(body.people[name], backend=BACKEND)
        return client

    return logged_in


def upload(client: Client, body: PartsWorld, content: str | bytes, name: str = "bang.csv") -> HttpResponse:
    data = content.encode() if isinstance(content, str) else content
    return client.post(f"/sheets/{body.sheet.pk}/parts/import/", {"file": SimpleUploadedFile(name, data)})


def take(client: Client, body: PartsWorld, page: str) -> HttpResponse:
    hidden = dict(re.findall(r'name="(digest|seen)" value="([0-9a-f]+)"', page))
    return client.post(f"/sheets/{body.sheet.pk}/parts/import/", hidden, follow=True)


def leads(body: PartsWorld) -> dict[str, str]:
    return dict(Entry.objects.filter(sheet=body.sheet).values_list("item_code", "part__lead_unit__code"))


@pytest.mark.parametrize(
    ("name", "status"),
    [("standing_office", 200), ("head", 403), ("owner", 403), ("colleague", 403), ("stranger", 403), ("auditor", 403)],
)
def test_who_brings_it_in_and_takes_it_away(body: PartsWorld, browser: Person, name: str, status: int) -> None:
    client = browser(name)
    assert client.get(f"/sheets/{body.sheet.pk}/parts/import/").status_code == status
    assert client.post(f"/sheets/{body.sheet.pk}/parts/export/").status_code == status
    assert upload(client, body, "mục,đơn vị chủ trì\n1.1,so-tu-phap").status_code == status
    assert leads(body)["1.1"] == "so-y-te"


def test_given_out_changed_and_taken_in(body: PartsWorld, browser: Person) -> None:
    client = browser("standing_office")
    given = client.post(f"/sheets/{body.sheet.pk}/parts/export/")
    assert AuditRecord.objects.filter(action="export_assignments").count() == 1
    book = openpyxl.load_workbook(io.BytesIO(given.content))
    table = book.worksheets[0]
    rows = list(table.iter_rows(values_only=True))
    assert rows[0] == ("Mục", "Tên mục", "Đơn vị chủ trì")
    assert [(row[0], row[2]) for row in rows[1:]] == [
        ("1.1", "Sở Y tế"), ("1.2", "Sở Y tế"), ("2.1", "Sở Tư pháp"), ("2.2", "Sở Tư pháp"), ("3.1", "UBND tỉnh"),
    ]  # fmt: skip
    table["C3"] = "Sở Tư pháp"
    changed = io.BytesIO()
    book.save(changed)
    page = upload(client, body, changed.getvalue(), "giao-muc.xlsx").text
    assert "thêm 0, sửa 1, giữ nguyên 4" in page
    assert "<del>Sở Y tế</del> <ins>Sở Tư pháp</ins>" in page
    assert leads(body)["1.2"] == "so-y-te"  # a preview changes nothing
    done = take(client, body, page)
    assert "Đã giao 1 mục. Phiếu nay có 3 phần." in done.text
    assert leads(body) == {
        "1.1": "so-y-te", "1.2": "so-tu-phap", "2.1": "so-tu-phap", "2.2": "so-tu-phap", "3.1": "tinh"
    }  # fmt: skip
    record = AuditRecord.objects.filter(action="assign_items").latest("pk")
    assert record.reason == "Theo bảng giao-muc.xlsx"
    assert "1.2" in record.after
    assert "1.1" not in record.after


def test_one_wrong_row_keeps_everything_as_it_was(body: PartsWorld, browser: Person) -> None:
    before = leads(body)
    page = upload(
        browser("standing_office"), body, "mục,đơn vị chủ trì\n1.1,Sở Tư pháp\n9.9,Sở Y tế\n2.1,Sở Lạ\n"
    )  # fmt: skip
    assert page.status_code == 422
    assert "Bảng có 2 lỗi" in page.text
    assert "Phiếu không có mục “9.9”." in page.text
    assert "Không có đơn vị “Sở Lạ”" in page.text
    assert "Ghi tất cả" not in page.text
    assert leads(body) == before


def test_a_unit_outside_the_body_leads_nothing(body: PartsWorld, browser: Person) -> None:
    unit("tinh-khac", "UBND tỉnh khác", "province")
    for lead in ("tinh-khac", "UBND tỉnh khác"):
        page = upload(browser("standing_office"), body, f"mục,đơn vị chủ trì\n1.1,{lead}\n")
        assert page.status_code == 422
    assert leads(body)["1.1"] == "so-y-te"


def test_what_waits_for_a_signature_does_not_move(body: PartsWorld, browser: Person) -> None:
    body.fill("1.1", "1.2")
    present(by=body.session("owner"), at=now(), part_id=body.part("so-y-te").pk)
    page = upload(browser("standing_office"), body, "mục,đơn vị chủ trì\n1.1,Sở Tư pháp\n2.1,UBND tỉnh\n")
    assert page.status_code == 422
    assert "phần của Sở Y tế đã trình hoặc đã ký" in page.text


def test_a_part_that_is_presented_after_the_preview_is_seen_again(body: PartsWorld, browser: Person) -> None:
    client = browser("standing_office")
    body.fill("1.1", "1.2")
    page = upload(client, body, "mục,đơn vị chủ trì\n1.1,Sở Tư pháp\n").text
    present(by=body.session("owner"), at=now(), part_id=body.part("so-y-te").pk)
    again = take(client, body, page)
    assert again.status_code == 422
    assert "đã trình hoặc đã ký" in again.text
    assert SheetPart.objects.get(pk=body.part("so-y-te").pk).entries.count() == 2


def test_two_units_of_one_name_are_written_by_their_codes(body: PartsWorld, browser: Person) -> None:
    unit("phong-a", "Phòng Nội vụ", "division", body.made.department)
    unit("phong-b", "Phòng Nội vụ", "division", body.made.other_department)
    client = browser("standing_office")
    page = upload(client, body, "mục,đơn vị chủ trì\n1.1,Phòng Nội vụ\n")
    assert page.status_code == 422
    take(client, body, upload(client, body, "mục,đơn vị chủ trì\n1.1,phong-b\n").text)
    assert leads(body)["1.1"] == "phong-b"
    given = client.post(f"/sheets/{body.sheet.pk}/parts/export/", {"as": "csv"})
    assert "phong-b" in given.content.decode("utf-8-sig")
