"""Workbooks that somebody tampered with, and files that are none: a clear message, nothing kept, nothing written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import frozen_version

from parindex.database.models import AuditRecord, Entry, HandedWorkbook
from parindex.usecases import sheet_workbooks

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ITEMS, FIGURES = "Phiếu chấm điểm", "Số liệu"


@pytest.fixture
def parts(db: None) -> PartsWorld:
    """The sheet of the province, divided between two departments."""
    return parts_world()


@pytest.fixture
def owner(parts: PartsWorld) -> Client:
    """The browser of an officer of the lead unit."""
    client = Client()
    client.force_login(parts.people["owner"], backend=BACKEND)
    return client


@pytest.fixture
def book(parts: PartsWorld, owner: Client) -> bytes:
    """The workbook as it was downloaded."""
    return bytes(owner.get(f"/sheets/{parts.sheet.pk}/workbook/file/").content)


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The file after somebody opened it, changed it and saved it."""
    opened = openpyxl.load_workbook(BytesIO(data))
    change(opened)
    target = BytesIO()
    opened.save(target)
    return target.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """The file with one more part in its archive."""
    target = BytesIO(data)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def told(owner: Client, parts: PartsWorld, data: bytes, name: str = "phieu.xlsx") -> str:
    """The page after a file was refused: nothing of it is kept, nothing is written."""
    answer = owner.post(f"/sheets/{parts.sheet.pk}/workbook/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422, answer.status_code
    assert not HandedWorkbook.objects.exists()
    assert not Entry.objects.filter(sheet=parts.sheet).exclude(version=0).exists()
    assert not AuditRecord.objects.filter(action="hand_in_workbook").exists()
    return answer.text


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "phieu.xlsx", "Tệp phieu.xlsx trống"),
        (b"   ", "phieu.xlsx", "Chưa nhận tệp"),
        (b"khong phai bang tinh", "phieu.xlsx", "không phải bảng tính đọc được ở đây"),
        (b"%PDF-1.4\n1 0 obj", "phieu.pdf", "không phải bảng tính đọc được ở đây"),
        (b"PK\x03\x04" + b"\0" * 200, "phieu.xlsx", "Chưa nhận tệp"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "phieu.xls", "không phải bảng tính đọc được ở đây"),
    ],
)
def test_files_that_are_no_workbook(owner: Client, parts: PartsWorld, data: bytes, name: str, expected: str) -> None:
    assert expected in told(owner, parts, data, name)


def test_a_workbook_of_somebody_s_own(owner: Client, parts: PartsWorld) -> None:
    target = BytesIO()
    openpyxl.Workbook().save(target)
    assert "không phải phiếu chấm điểm tải về từ hệ thống này" in told(owner, parts, target.getvalue())


def test_a_changed_seal(owner: Client, parts: PartsWorld, book: bytes) -> None:
    def forge(opened: Any) -> None:
        opened["parindex"]["A3"] = opened["parindex"]["A3"].value[:-4] + "AAAA"

    assert "Phần nhận dạng ẩn của phieu.xlsx đã bị sửa" in told(owner, parts, changed(book, forge))


def test_a_workbook_of_another_installation(owner: Client, parts: PartsWorld, book: bytes, settings: Any) -> None:
    settings.SECRET_KEY = "khac"
    owner.force_login(parts.people["owner"], backend=BACKEND)
    assert "tải về từ hệ thống khác" in told(owner, parts, book)


def test_a_workbook_of_another_cycle(owner: Client, parts: PartsWorld) -> None:
    other = owner.get(f"/sheets/{parts.made.sheet.pk}/workbook/file/").content
    assert "Tệp là phiếu của kỳ đánh giá" in told(owner, parts, bytes(other))


def test_a_workbook_of_another_set(owner: Client, parts: PartsWorld, book: bytes) -> None:
    other = frozen_version(parts.made.department, parts.people["owner"])
    other.pk, other.number, other.fingerprint = None, 2, "f" * 64
    other.content = other.content.replace("Bộ tiêu chí thử", "Bộ tiêu chí khác")
    other.save()
    parts.sheet.group.set_version = other
    parts.sheet.group.save()
    assert "Bộ tiêu chí đã được thay" in told(owner, parts, book)


def test_formulas(owner: Client, parts: PartsWorld, book: bytes) -> None:
    def fill(opened: Any) -> None:
        row = next(row[0].row for row in opened[ITEMS].iter_rows() if row[0].value == "1.2")
        opened[ITEMS][f"F{row}"] = "=1+1"
        opened[ITEMS][f"G{row}"] = '=HYPERLINK("http://example.com","x")'

    page = told(owner, parts, changed(book, fill))
    assert page.count("Ô nhập có công thức") == 2


def test_locked_cells_rows_and_sheets(owner: Client, parts: PartsWorld, book: bytes) -> None:
    def break_it(opened: Any) -> None:
        sheet = opened[ITEMS]
        row = next(row[0].row for row in sheet.iter_rows() if row[0].value == "1.2")
        sheet[f"C{row}"] = 99
        sheet.cell(sheet.max_row + 2, 1, "9.9")
        del opened[FIGURES]

    page = told(owner, parts, changed(book, break_it))
    assert "Ô khóa bị sửa" in page
    assert "Không có trang tính “Số liệu”" in page
    assert "9.9" in page


def test_values_that_cannot_be(owner: Client, parts: PartsWorld, book: bytes) -> None:
    def fill(opened: Any) -> None:
        row = next(row[0].row for row in opened[ITEMS].iter_rows() if row[0].value == "1.2")
        opened[ITEMS][f"F{row}"] = 7
        plan = next(row[0].row for row in opened[FIGURES].iter_rows() if row[1].value == "Ban hành kế hoạch")
        opened[FIGURES][f"E{plan}"] = "Có lẽ"

    page = told(owner, parts, changed(book, fill))
    assert "lớn hơn điểm tối đa" in page
    assert "“Có lẽ” không phải lựa chọn" in page


def test_an_external_link_and_a_macro_are_not_followed(owner: Client, parts: PartsWorld, book: bytes) -> None:
    """What stands beside the cells is never opened: the cells are read, the rest is left."""
    link = with_member(book, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    loaded = with_member(link, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
    answer = owner.post(f"/sheets/{parts.sheet.pk}/workbook/", {"file": SimpleUploadedFile("phieu.xlsx", loaded)})
    assert answer.status_code == 302
    assert "không có thay đổi nào" in owner.get(answer["Location"]).text
    assert not Entry.objects.filter(sheet=parts.sheet).exclude(version=0).exists()


def test_a_macro_workbook_by_its_name(owner: Client, parts: PartsWorld, book: bytes) -> None:
    """The name says nothing: what counts is what is inside, and nothing of it runs."""
    answer = owner.post(f"/sheets/{parts.sheet.pk}/workbook/", {"file": SimpleUploadedFile("phieu.xlsm", book)})
    assert answer.status_code == 302
    assert HandedWorkbook.objects.get().name == "phieu.xlsm"


def test_a_zip_bomb(owner: Client, parts: PartsWorld, book: bytes) -> None:
    bomb = with_member(book, "xl/worksheets/sheet99.xml", b"\0" * (300 * 2**20))
    assert len(bomb) < sheet_workbooks.MOST_BYTES
    assert "Chưa nhận tệp" in told(owner, parts, bomb)


def test_a_file_beyond_the_limit_is_cut_off(owner: Client, parts: PartsWorld) -> None:
    page = told(owner, parts, b"x" * (sheet_workbooks.MOST_BYTES + 10))
    assert "tối đa 5 MB" in page


def test_two_gigabytes_are_refused_unread(owner: Client, parts: PartsWorld) -> None:
    class Untouched:
        """A body that must not be read."""

        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    owner.raise_request_exception = True
    answer = owner.generic(
        "POST", f"/sheets/{parts.sheet.pk}/workbook/", b"", content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(2 * 2**30), "wsgi.input": Untouched()},
    )  # fmt: skip
    assert (answer.status_code, "tối đa 5 MB" in answer.text) == (413, True)


def test_a_form_without_its_token_hands_nothing_in(parts: PartsWorld, book: bytes) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(parts.people["owner"], backend=BACKEND)
    answer = client.post(f"/sheets/{parts.sheet.pk}/workbook/", {"file": SimpleUploadedFile("phieu.xlsx", book)})
    assert answer.status_code == 403
    assert not HandedWorkbook.objects.exists()


def test_a_workbook_belongs_to_who_handed_it_in(parts: PartsWorld, owner: Client, book: bytes) -> None:
    answer = owner.post(f"/sheets/{parts.sheet.pk}/workbook/", {"file": SimpleUploadedFile("phieu.xlsx", book)})
    for name, expected in (("colleague", 403), ("stranger", 403), ("survey_staff", 403)):
        other = Client()
        other.force_login(parts.people[name], backend=BACKEND)
        assert other.get(answer["Location"]).status_code == expected
    assert owner.get("/workbooks/999999/").status_code == 404
