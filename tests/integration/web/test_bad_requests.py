"""Whatever somebody sends, to whatever address: a clear answer, nothing read that need not be, nothing stored."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.rights_world import RightsWorld, rights_world
from tests.factories.world import World
from tests.integration.web.rights import rows
from tests.integration.web.test_rights_matrix import address_of

from parindex.database.models import AuditRecord, Entry, UnitVersion, User
from parindex.domain.review.roles import Role
from parindex.usecases.typed_values import digest
from parindex.web.body_intake import SMALL

Person = Callable[[str], Client]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TWO_GIGABYTES = 2 * 2**30
POSTED = {row.url: row for row in rows() if row.method == "POST"}.values()


class Endless(io.RawIOBase):
    """A body that does not end; ``read_bytes`` tells how much of it somebody took."""

    read_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        self.read_bytes += len(buffer)
        return len(buffer)


@pytest.fixture
def rights(db: None) -> RightsWorld:
    """The world in which every address stands for something."""
    return rights_world()


def test_two_gigabytes_are_not_read_at_any_address(rights: RightsWorld) -> None:
    client = Client()
    client.force_login(rights.people[Role.STANDING_OFFICE, "own"], backend=BACKEND)
    before, found = AuditRecord.objects.count(), {}
    for row in POSTED:
        body = Endless()
        answer = client.generic(
            "POST", address_of(rights, row), content_type="multipart/form-data; boundary=x",
            **{"CONTENT_LENGTH": str(TWO_GIGABYTES), "wsgi.input": body},
        )  # fmt: skip
        if body.read_bytes or not 400 <= answer.status_code < 500:
            found[row.url] = (answer.status_code, body.read_bytes)
    assert found == {}
    assert AuditRecord.objects.count() == before


@pytest.mark.parametrize("size", [TWO_GIGABYTES, 900 * 2**20])
def test_files_of_somebody_who_is_not_logged_in_are_not_read(made: World, size: int) -> None:
    """Nor by the page that gives back what was typed when a session has ended."""
    body = Endless()
    answer = Client().generic(
        "POST", f"/sheets/{made.sheet.pk}/items/1.1/evidence/", content_type="multipart/form-data; boundary=x",
        headers={"Sec-Fetch-Mode": "navigate"}, **{"CONTENT_LENGTH": str(size), "wsgi.input": body},
    )  # fmt: skip
    assert (answer.status_code, "Phiên làm việc đã hết" in answer.text) == (403, True)
    assert body.read_bytes == 0


@pytest.fixture
def served(transactional_db: None, live_server: Any) -> tuple[str, int]:
    """The application at a socket."""
    thread = live_server.thread
    return thread.host, thread.port


def answered(place: tuple[str, int], head: str, body: Iterator[bytes]) -> tuple[str, int]:
    """The first line of the answer, and how many bytes had been sent until the other side answered."""
    sent = 0
    with socket.create_connection(place, timeout=60) as line:
        line.sendall(head.encode())
        line.settimeout(0.05)
        while True:
            try:
                return line.recv(200).split(b"\r\n")[0].decode(), sent
            except TimeoutError:
                line.settimeout(60)
                piece = next(body)
                line.sendall(piece)
                sent += len(piece)
                line.settimeout(0.05)


@pytest.mark.parametrize("address", ["/login/", "/units/import/"])
def test_a_stream_of_two_gigabytes_is_answered_before_it_has_come(served: tuple[str, int], address: str) -> None:
    """The answer comes as soon as the size is told; what would follow is not waited for."""
    piece = b"x" * 2**16
    head = (
        f"POST {address} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {TWO_GIGABYTES}\r\n\r\n"
    )
    first, sent = answered(served, head, (piece for _ in range(TWO_GIGABYTES // len(piece))))
    assert "413" in first
    assert sent <= 2**24  # a machine with much to do answers later; never after two gigabytes


def test_a_size_that_is_no_number(made: World, as_person: Person) -> None:
    body = Endless()
    answer = as_person("owner").generic(
        "POST", f"/sheets/{made.sheet.pk}/items/2.1/", content_type="application/x-www-form-urlencoded",
        **{"CONTENT_LENGTH": "nhieu", "wsgi.input": body},
    )  # fmt: skip
    assert answer.status_code in (200, 302, 422)
    assert body.read_bytes == 0
    assert not AuditRecord.objects.filter(action="edit_entry").exists()


# --- what a field may hold -------------------------------------------------------------------------------------------


def typed(made: World, client: Client, field: str, value: str | bytes) -> Any:
    """The answer to one field of an item."""
    form = {field: value, f"read.{field}": digest("")}
    return client.post(f"/sheets/{made.sheet.pk}/items/2.1/", form)


@pytest.mark.parametrize("value", [b"Gi\xe1\xba tr\xecnh", b"tr\xc6\xb0\xe1\xbb\x9bc\0sau", b"\xed\xa0\x80"])
def test_bytes_that_are_no_unicode_and_signs_that_nothing_can_store(
    made: World, as_person: Person, value: bytes
) -> None:
    """Wrong encoding and a zero byte are made harmless or told, never an error of the server."""
    answer = typed(made, as_person("owner"), "explanation", value)
    assert answer.status_code in (302, 422)
    stored = Entry.objects.get(sheet=made.sheet, item_code="2.1").explanation
    assert "\0" not in stored
    assert bool(stored) == (answer.status_code == 302)


def test_a_text_far_beyond_its_limit_is_told_and_comes_back(made: World, as_person: Person) -> None:
    long = "Giải trình " * 20_000
    answer = typed(made, as_person("owner"), "explanation", long)
    assert answer.status_code == 422
    assert long.strip() in answer.text.replace("\r\n", "\n")
    assert Entry.objects.get(sheet=made.sheet, item_code="2.1").explanation == ""


def test_ten_thousand_fields_are_refused(made: World, as_person: Person) -> None:
    form = {f"figure.{number}": "1" for number in range(10_000)}
    answer = as_person("owner").post(f"/sheets/{made.sheet.pk}/items/2.1/", form)
    assert answer.status_code == 400
    assert "Không đọc được yêu cầu" in answer.text
    assert not AuditRecord.objects.filter(action="edit_entry").exists()


@pytest.mark.parametrize("number", ["1e400", "٣", "½", "9" * 400, "-0", "١٢٣", "0x10", "1__0", "∞", "NaN"])
def test_numbers_that_are_none(made: World, as_person: Person, number: str) -> None:
    """Figures are whole numbers that are not below zero: anything else stays in its field, with why."""
    answer = typed(made, as_person("owner"), "figure.received", number)
    assert answer.status_code in (302, 422)
    assert (answer.status_code == 302) == (number == "-0")


# --- twice, stale, foreign -------------------------------------------------------------------------------------------


def test_a_form_sent_twice_does_it_once(made: World, as_person: Person) -> None:
    form = {
        "full_name": "Cán bộ mới", "username": "can.bo.moi", "email": "moi@example.vn", "unit": "so-y-te", "role": "",
    }  # fmt: skip
    office = as_person("standing_office")
    first, second = office.post("/accounts/new/", form), office.post("/accounts/new/", form)
    assert (first.status_code, second.status_code) == (200, 422)
    assert "can.bo.moi" in second.text
    assert User.objects.filter(username="can.bo.moi").count() == 1
    assert AuditRecord.objects.filter(action="create_account").count() == 1


def test_another_units_ids_in_a_form(made: World, as_person: Person) -> None:
    """The address is one's own; what the form names is somebody else's."""
    owner, theirs = as_person("owner"), made.people["stranger"]
    given = owner.post(f"/sheets/{made.sheet.pk}/items/2.1/assignee/", {"assignee": theirs.pk})
    assert given.status_code in (403, 404, 422)
    assert Entry.objects.filter(assignee=theirs).count() == 0
    as_leader = as_person("leader").post("/accounts/new/", {
        "full_name": "X", "username": "x.y", "email": "x@example.vn", "unit": "so-tu-phap", "role": "unit_leader",
    })  # fmt: skip
    assert as_leader.status_code in (403, 422)
    assert not User.objects.filter(username="x.y").exists()


@pytest.mark.parametrize("table", ["Mã,Tên\n", "mã;tên;loại\n1;\xff\n", "\0\0\0", "a" * 70_000 + "\n1\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258", "latin-1"])
def test_tables_in_any_encoding_change_nothing_before_they_are_right(
    made: World, as_person: Person, table: str, encoding: str
) -> None:
    before = UnitVersion.objects.count()
    data = table.encode(encoding, "replace")
    answer = as_person("standing_office").post("/units/import/", {"table": SimpleUploadedFile("bang.csv", data)})
    assert answer.status_code == 422
    assert UnitVersion.objects.count() == before


def unread(client: Client, announced: int) -> tuple[int, str, bool]:
    """Status and page of a form to the page of passwords, and whether anything of it was read."""
    read: list[int] = []

    class Body(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            read.append(1)
            return super().read(size)

    # With no content Django's client would send no Content-Type, and no page reads a form without one.
    answer = client.generic(
        "POST", "/login/", b"x", content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": Body(b"x"), "CONTENT_LENGTH": str(announced)},
    )  # fmt: skip
    return answer.status_code, answer.text, not read


@pytest.mark.parametrize("announced", [SMALL + 1, 2 * 2**20, 16 * 2**20])
def test_a_large_form_of_nobody_is_not_taken_in(db: None, announced: int) -> None:
    """Whatever is larger than what is awaited in memory takes one of the few places for large forms."""
    client = Client(enforce_csrf_checks=True)
    client.get("/login/")  # with a token, whose twin would be looked for in the form
    status, page, untouched = unread(client, announced)
    assert (status, untouched) == (413, True)
    assert "Chỉ người đã đăng nhập gửi được tệp" in page
    assert unread(client, SMALL)[2] is False  # a form of usual size is read
