"""The virus scanner: clean, infected, not answering; what waits is not shown, and is asked about again."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.world import PASSWORD, World, now
from tests.integration.web.evidence_forms import downloaded, paper, upload

from parindex.cli import main
from parindex.database.models import Attachment, AuditRecord, Document, Entry, StoredFile
from parindex.usecases import virus_scanner
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.evidence_scans import Scans, Tried, scan_waiting
from parindex.usecases.submissions import submit_part
from parindex.usecases.typed_values import Typed, digest
from parindex.usecases.virus_scanner import Verdict, scanned_at_once

Person = Callable[[str], Client]
AT_ONCE = virus_scanner._AT_ONCE
pytestmark = pytest.mark.usefixtures("evidence_folders")


@dataclass
class Scanner:
    """A scanner on loopback that speaks as clamd does: what holds ``sign`` is infected."""

    sign: bytes = b"%%VIRUS%%"
    answer: bytes | None = None
    hangs: bool = False
    freed: threading.Event = field(default_factory=threading.Event)
    heard: list[bytes] = field(default_factory=list)
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.listening.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            try:
                caller, _ = self.listening.accept()
            except OSError:
                return
            with caller, caller.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                data = b""
                while length := struct.unpack(">I", stream.read(4))[0]:
                    data += stream.read(length)
                self.heard.append(data)
                if self.hangs:
                    self.freed.wait(60)
                    continue
                found = b"stream: Win.Test FOUND" if self.sign in data else b"stream: OK"
                caller.sendall((self.answer or found) + b"\0")


#: Seconds that a request waits for a scanner that answers, here: a machine with much to do is slow without being asked.
PATIENCE = 60.0


@pytest.fixture
def scanner(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scanner]:
    """A scanner that nobody has asked: an earlier one may have had the same port, and may be left alone for a while."""
    monkeypatch.setattr(virus_scanner, "_TURNS", {})
    monkeypatch.setattr(virus_scanner, "_AT_ONCE", PATIENCE)
    made = Scanner()
    threading.Thread(target=made.serve, daemon=True).start()
    settings.CLAMD = made.address
    yield made
    made.freed.set()
    made.listening.close()


@pytest.fixture
def impatient(scanner: Scanner, monkeypatch: pytest.MonkeyPatch) -> Scanner:
    """A scanner that never answers, and requests that wait for it as long as the application lets them."""
    monkeypatch.setattr(virus_scanner, "_AT_ONCE", AT_ONCE)
    scanner.hangs = True
    return scanner


def gone() -> str:
    """The address of a scanner that is not there."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return f"127.0.0.1:{one.getsockname()[1]}"


def test_a_clean_file_is_asked_about_before_it_is_shown(
    made: World, as_person: Person, tmp_path: Path, scanner: Scanner
) -> None:
    data = paper(tmp_path)
    upload(as_person("owner"), made, ("a.pdf", data))
    assert scanner.heard == [data]
    assert StoredFile.objects.get().scan == "clean"
    assert downloaded(as_person("owner"), f"/documents/{Document.objects.get().pk}/versions/1/file/") == data


def test_an_infected_file_is_refused_and_not_kept(
    made: World, as_person: Person, tmp_path: Path, scanner: Scanner, evidence_folders: Path
) -> None:
    answer = upload(as_person("owner"), made, ("a.pdf", paper(tmp_path) + scanner.sign))
    assert answer.status_code == 422
    assert "Tệp a.pdf có mã độc (Win.Test), không được lưu." in answer.text
    assert not StoredFile.objects.exists()
    assert not evidence_folders.exists() or not [one for one in evidence_folders.rglob("*") if one.is_file()]


@pytest.mark.parametrize("trouble", ["gone", "error"])
def test_what_was_not_scanned_waits_and_is_shown_once_it_was(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner, trouble: str
) -> None:
    there = settings.CLAMD
    if trouble == "gone":
        settings.CLAMD = gone()
    else:
        scanner.answer = b"stream: Something ERROR"
    owner, data = as_person("owner"), paper(tmp_path)
    upload(owner, made, ("a.pdf", data))
    assert StoredFile.objects.get().scan == "quarantined"
    document = Document.objects.get()
    own = f"/documents/{document.pk}/versions/1/"
    for address in (own, own + "file/", own + "pages/1/"):
        answer = owner.get(address)
        assert answer.status_code == 403
        assert "chờ quét vi-rút" in answer.text
    pages = (f"/sheets/{made.sheet.pk}/items/1.1/", f"/documents/{document.pk}/", "/documents/?kind=waiting")
    for address in pages:  # each asks again by itself
        assert "chờ quét vi-rút" in owner.get(address).text
        assert "data-waits" in owner.get(address).text
    assert [owner.get(one).text.count('hx-trigger="every 20s"') for one in pages] == [0, 1, 1]
    assert scan_waiting(at=now()) == Scans(0, 0, 1)
    settings.CLAMD, scanner.answer = there, None
    assert scan_waiting(at=now()) == Scans(1, 0, 0)
    assert downloaded(owner, own + "file/") == data
    assert "đã quét, mở được" in owner.get(f"/documents/{document.pk}/").text
    for address in pages:
        assert "chờ quét" not in owner.get(address).text.split("<main")[1].split("filters")[-1].split("</ul>", 1)[-1]


def test_a_scanner_that_hangs_holds_up_one_request_shortly_and_no_other(
    made: World, as_person: Person, tmp_path: Path, impatient: Scanner
) -> None:
    """The first upload asks and gives up; the next ones do not ask at all for a while. Nothing is refused or lost."""
    owner = as_person("owner")
    for number in range(4):
        assert upload(owner, made, (f"{number}.pdf", paper(tmp_path, f"Số {number}"))).status_code == 302
    assert len(impatient.heard) == 1
    assert list(StoredFile.objects.values_list("scan", flat=True)) == ["quarantined"] * 4


def test_two_requests_do_not_ask_at_the_same_time(tmp_path: Path, impatient: Scanner) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a")
    found: list[tuple[Verdict, str]] = []
    threads = [threading.Thread(target=lambda: found.append(scanned_at_once(path))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == [(Verdict.UNKNOWN, "")] * 5
    assert impatient.heard == [b"a"]


def test_a_file_beyond_the_limit_of_the_scanner_is_refused_while_it_is_uploaded(
    made: World, as_person: Person, tmp_path: Path, scanner: Scanner
) -> None:
    scanner.answer = b"INSTREAM size limit exceeded. ERROR"
    answer = upload(as_person("owner"), made, ("a.pdf", paper(tmp_path)))
    assert answer.status_code == 422
    assert "Tệp a.pdf (1 MB) quá giới hạn của chương trình quét vi-rút, không được lưu." in answer.text
    assert not StoredFile.objects.exists()


def test_a_file_beyond_the_limit_that_waited_says_so_and_is_not_sent_again(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner
) -> None:
    there, settings.CLAMD = settings.CLAMD, gone()
    owner, data = as_person("owner"), paper(tmp_path)
    upload(owner, made, ("a.pdf", data))
    settings.CLAMD, scanner.answer = there, b"INSTREAM size limit exceeded. ERROR"
    for _ in range(2):
        assert scan_waiting(at=now()) == Scans(0, 0, 0, 1)
    assert len(scanner.heard) == 1
    document = Document.objects.get()
    words = "quá giới hạn của chương trình quét"
    for address in (f"/sheets/{made.sheet.pk}/items/1.1/", f"/documents/{document.pk}/", "/documents/?kind=waiting"):
        assert words in owner.get(address).text
    answer = owner.get(f"/documents/{document.pk}/versions/1/file/")
    assert (answer.status_code, words in answer.text) == (403, True)
    again = upload(owner, made, ("b.pdf", data))
    assert (again.status_code, words in again.text) == (422, True)
    scanner.answer = None
    assert scan_waiting(at=now(), too_large=True) == Scans(1, 0, 0)


def beyond(made: World, owner: Client, data: bytes, settings: Any, scanner: Scanner) -> Document:
    """A document at item 1.1 that waited and then turned out to be beyond the limit of the scanner."""
    there, settings.CLAMD = settings.CLAMD, gone()
    upload(owner, made, ("a.pdf", data))
    settings.CLAMD, scanner.answer = there, b"INSTREAM size limit exceeded. ERROR"
    assert scan_waiting(at=now()) == Scans(0, 0, 0, 1)
    return Document.objects.get()


def test_the_unit_and_the_log_learn_once_that_nobody_can_open_a_document(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        document = beyond(made, as_person("owner"), paper(tmp_path), settings, scanner)
        assert scan_waiting(at=now(), too_large=True) == Scans(0, 0, 0, 1)
    told = [one for one in mail.outbox if one.subject.startswith("Tài liệu không mở được")]
    assert sorted(one.to[0] for one in told) == ["colleague@example.vn", "leader@example.vn", "owner@example.vn"]
    assert all("mục 1.1" in one.body and "“a”" in one.body for one in told)
    record = AuditRecord.objects.get(action="find_beyond_scanner")
    assert (record.actor, record.object_kind, record.object_id) == (None, "document", str(document.pk))
    assert json.loads(record.after) == {"sha256": StoredFile.objects.get().sha256}
    assert Attachment.objects.get().removed_at is None


def test_nobody_is_told_of_a_version_that_no_longer_counts(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    there, settings.CLAMD = settings.CLAMD, gone()
    owner = as_person("owner")
    upload(owner, made, ("a.pdf", paper(tmp_path)))
    settings.CLAMD = there
    renewed(owner, Document.objects.get(), paper(tmp_path, "Nhỏ hơn"))
    scanner.answer = b"INSTREAM size limit exceeded. ERROR"
    with django_capture_on_commit_callbacks(execute=True):
        assert scan_waiting(at=now()) == Scans(0, 0, 0, 1)
    assert not mail.outbox
    assert not AuditRecord.objects.filter(action="find_beyond_scanner").exists()


def renewed(client: Client, document: Document, data: bytes) -> None:
    """A new version of a document."""
    sent = SimpleUploadedFile("b.pdf", data)
    assert client.post(f"/documents/{document.pk}/versions/", {"file": sent}).status_code == 302


def test_a_clean_version_in_place_of_one_that_nobody_can_open_is_what_counts(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner
) -> None:
    owner = as_person("owner")
    document = beyond(made, owner, paper(tmp_path), settings, scanner)
    check, waiting = f"/sheets/{made.sheet.pk}/submit/", "/documents/?kind=waiting"
    own = f"/documents/{document.pk}/"
    assert "không ai mở được" in owner.get(check).text
    assert own in owner.get(waiting).text
    scanner.answer = None
    renewed(owner, document, paper(tmp_path, "Nhỏ hơn"))
    assert "không ai mở được" not in owner.get(check).text
    assert own not in owner.get(waiting).text
    part = made.sheet.parts.get()
    submit_part(by=made.session("leader"), at=now(), part_id=part.pk, incomplete_reason="Kịp hạn")
    assert "unscanned" not in json.loads(AuditRecord.objects.get(action="submit").after)


def test_a_virus_in_a_new_version_leaves_the_one_before_it_to_count(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner
) -> None:
    owner = as_person("owner")
    document = beyond(made, owner, paper(tmp_path), settings, scanner)
    there, settings.CLAMD, scanner.answer = settings.CLAMD, gone(), None
    renewed(owner, document, paper(tmp_path, "Nhỏ hơn") + scanner.sign)
    settings.CLAMD = there
    assert scan_waiting(at=now()) == Scans(0, 1, 0, 1)
    assert "không ai mở được" in owner.get(f"/sheets/{made.sheet.pk}/submit/").text


def test_what_the_scanner_stumbles_over_holds_up_nothing_else_and_is_sent_rarely(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner
) -> None:
    there, settings.CLAMD = settings.CLAMD, gone()
    owner = as_person("owner")
    for number in range(2):
        upload(owner, made, (f"{number}.pdf", paper(tmp_path, f"Số {number}")))
    settings.CLAMD, scanner.answer = there, b"stream: Something ERROR"
    tried: Tried = {}
    at = now()
    for moment in (at, at + timedelta(minutes=1)):
        assert scan_waiting(at=moment, tried=tried) == Scans(0, 0, 2)
    assert len(scanner.heard) == 2
    scanner.answer = None
    assert scan_waiting(at=at + timedelta(minutes=1), tried=tried) == Scans(0, 0, 2)
    assert scan_waiting(at=at + timedelta(minutes=10), tried=tried) == Scans(2, 0, 0)


def test_a_virus_that_is_found_later_takes_the_document_off_its_items(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner
) -> None:
    there, settings.CLAMD = settings.CLAMD, gone()
    owner = as_person("owner")
    change = Change(figures={"plan": Typed("timely", digest(""))})
    save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="1.1", change=change)
    upload(owner, made, ("a.pdf", paper(tmp_path) + scanner.sign))
    assert not Entry.objects.get(sheet=made.sheet, item_code="1.1").lacks_evidence
    settings.CLAMD = there
    assert scan_waiting(at=now()) == Scans(0, 1, 0)
    assert Attachment.objects.get().removed_at is not None
    assert Entry.objects.get(sheet=made.sheet, item_code="1.1").lacks_evidence
    assert AuditRecord.objects.get(action="find_virus").actor is None
    taken = AuditRecord.objects.get(action="take_off_evidence")
    entry = Entry.objects.get(sheet=made.sheet, item_code="1.1")
    assert (taken.object_kind, taken.object_id, taken.chain.key) == ("entry", str(entry.pk), f"cycle-{made.cycle.pk}")
    assert json.loads(taken.after)["virus"] == json.loads(AuditRecord.objects.get(action="find_virus").after)["virus"]
    own = f"/documents/{Document.objects.get().pk}/versions/1/file/"
    assert "mã độc" in owner.get(own).text
    again = upload(owner, made, ("b.pdf", paper(tmp_path) + scanner.sign))
    assert again.status_code == 422
    assert "Bỏ" in owner.get(f"/sheets/{made.sheet.pk}/items/1.1/").text


def test_who_signs_is_told_what_was_not_scanned_and_later_why_the_sheet_differs(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    there, settings.CLAMD = settings.CLAMD, gone()
    upload(as_person("owner"), made, ("late.pdf", paper(tmp_path) + scanner.sign))
    check = f"/sheets/{made.sheet.pk}/submit/"
    page = as_person("owner").get(check).text
    assert "Tài liệu chưa quét vi-rút" in page
    assert "“late” đang chờ quét" in page
    leader = as_person("leader")
    sign = f"/parts/{made.sheet.parts.get().pk}/sign/"
    page = leader.get(sign).text
    assert "1 tài liệu chưa quét vi-rút." in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    answer = leader.post(sign, {"seen": seen, "reason": "Kịp hạn", "password": PASSWORD})
    assert answer.status_code == 302
    assert json.loads(AuditRecord.objects.get(action="submit").after)["unscanned"] == ["1.1: late"]
    assert "Phiếu đã khác bản đã ký" not in leader.get(check).text
    settings.CLAMD = there
    with django_capture_on_commit_callbacks(execute=True):
        assert scan_waiting(at=now()) == Scans(0, 1, 0)
    page = leader.get(check).text
    assert "Sau khi ký, chương trình quét phát hiện mã độc trong tài liệu và bỏ khỏi mục" in page
    assert "“late”" in page
    assert "Có quyết định sau khi ký" not in page
    told = [one for one in mail.outbox if one.subject.startswith("Tài liệu có mã độc")]
    assert told
    assert all("mục 1.1" in one.body and "“late”" in one.body for one in told)


def test_a_scan_that_finds_nothing_leaves_the_signed_sheet_as_it_was(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner
) -> None:
    there, settings.CLAMD = settings.CLAMD, gone()
    upload(as_person("owner"), made, ("a.pdf", paper(tmp_path)))
    part = made.sheet.parts.get()
    submit_part(by=made.session("leader"), at=now(), part_id=part.pk, incomplete_reason="Kịp hạn")
    settings.CLAMD = there
    assert scan_waiting(at=now()) == Scans(1, 0, 0)
    page = as_person("leader").get(f"/sheets/{made.sheet.pk}/submit/").text
    assert "Phiếu đã khác bản đã ký" not in page
    assert "chưa quét" not in page


def test_the_command_says_what_it_found(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner, capsys: pytest.CaptureFixture[str]
) -> None:
    there, settings.CLAMD = settings.CLAMD, gone()
    upload(as_person("owner"), made, ("a.pdf", paper(tmp_path)))
    assert main(["scan-evidence"]) == 1
    assert "0 tệp sạch, 0 tệp có mã độc; 1 tệp còn chờ, 0 tệp quá giới hạn" in capsys.readouterr().out
    settings.CLAMD = there
    assert main(["scan-evidence", "--format", "json"]) == 0
    assert capsys.readouterr().out.strip() == '{"clean": 1, "infected": 0, "waiting": 0, "too_large": 0}'
