"""The virus scanner: clean, infected, not answering; what waits is not shown, and is asked about again."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories.world import World, now
from tests.integration.web.evidence_forms import downloaded, paper, upload

from parindex.cli import main
from parindex.database.models import Attachment, AuditRecord, Document, Entry, StoredFile
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.evidence_scans import Scans, scan_waiting
from parindex.usecases.typed_values import Typed, digest

Person = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("evidence_folders")


@dataclass
class Scanner:
    """A scanner on loopback that speaks as clamd does: what holds ``sign`` is infected."""

    sign: bytes = b"%%VIRUS%%"
    answer: bytes | None = None
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
                found = b"stream: Win.Test FOUND" if self.sign in data else b"stream: OK"
                caller.sendall((self.answer or found) + b"\0")


@pytest.fixture
def scanner(settings: Any) -> Iterator[Scanner]:
    made = Scanner()
    threading.Thread(target=made.serve, daemon=True).start()
    settings.CLAMD = made.address
    yield made
    made.listening.close()


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


@pytest.mark.parametrize("trouble", ["gone", "size limit"])
def test_what_was_not_scanned_waits_and_is_shown_once_it_was(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner, trouble: str
) -> None:
    there = settings.CLAMD
    if trouble == "gone":
        settings.CLAMD = gone()
    else:
        scanner.answer = b"INSTREAM size limit exceeded. ERROR"
    owner, data = as_person("owner"), paper(tmp_path)
    upload(owner, made, ("a.pdf", data))
    assert StoredFile.objects.get().scan == "quarantined"
    own = f"/documents/{Document.objects.get().pk}/versions/1/"
    for address in (own, own + "file/", own + "pages/1/"):
        answer = owner.get(address)
        assert answer.status_code == 403
        assert "chờ quét vi-rút" in answer.text
    assert "chờ quét vi-rút" in owner.get(f"/sheets/{made.sheet.pk}/items/1.1/").text
    assert scan_waiting(at=now()) == Scans(0, 0, 1)
    settings.CLAMD, scanner.answer = there, None
    assert scan_waiting(at=now()) == Scans(1, 0, 0)
    assert downloaded(owner, own + "file/") == data


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


def test_the_command_says_what_it_found(
    made: World, as_person: Person, tmp_path: Path, settings: Any, scanner: Scanner, capsys: pytest.CaptureFixture[str]
) -> None:
    there, settings.CLAMD = settings.CLAMD, gone()
    upload(as_person("owner"), made, ("a.pdf", paper(tmp_path)))
    assert main(["scan-evidence"]) == 1
    assert "0 tệp sạch, 0 tệp có mã độc; 1 tệp còn chờ." in capsys.readouterr().out
    settings.CLAMD = there
    assert main(["scan-evidence", "--format", "json"]) == 0
    assert capsys.readouterr().out.strip() == '{"clean": 1, "infected": 0, "waiting": 0}'
