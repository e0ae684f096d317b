"""Who may read and change evidence: every address, for unit, colleagues, strangers, office, council and auditors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, now
from tests.integration.web.evidence_forms import downloaded, here, paper, read, upload
from tests.papers import evidence_files as files

from parindex.database.models import Attachment, AuditRecord, Document, ScoreSheet, SheetPart
from parindex.database.queries.evidence import evidence_facts, readable_documents
from parindex.domain.review.evidence_permissions import check_can_read_evidence
from parindex.domain.review.refusal import refusal
from parindex.domain.review.stages import SheetState
from parindex.usecases import audit_log
from parindex.usecases.evidence import attach_document, take_off

Person = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("evidence_folders")

#: Who reads a document of the department's sheet, before and after it is submitted.
BEFORE = {"owner": 200, "colleague": 200, "leader": 200, "standing_office": 200, "auditor": 200, "stranger": 403}
BEFORE |= {"other_leader": 403, "appraiser": 403, "chair": 403, "secretary": 403, "survey_staff": 403}
BEFORE |= {"administrator": 403}
AFTER = BEFORE | {"appraiser": 200, "chair": 200, "secretary": 200}


@pytest.fixture
def proof(made: World, as_person: Person, tmp_path: Path) -> Attachment:
    upload(as_person("owner"), made, ("a.pdf", paper(tmp_path)))
    return Attachment.objects.get()


def submit(made: World) -> None:
    SheetPart.objects.filter(sheet=made.sheet).update(state=SheetState.SUBMITTED)
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state=SheetState.SUBMITTED)


def reading(proof: Attachment) -> tuple[str, ...]:
    own = f"/documents/{proof.document_id}/"
    return own, own + "versions/1/", own + "versions/1/file/", own + "versions/1/pages/1/"


@pytest.mark.parametrize("when", ["before", "after"])
def test_who_reads_a_document(made: World, as_person: Person, proof: Attachment, when: str) -> None:
    if when == "after":
        submit(made)
    for name, status in (BEFORE if when == "before" else AFTER).items():
        client = as_person(name)
        for address in reading(proof):
            answer: Any = client.get(address)
            assert answer.status_code == status, (name, address)
            read(answer)


def test_what_was_taken_off_is_not_read_by_the_council(made: World, as_person: Person, proof: Attachment) -> None:
    take_off(by=made.session("owner"), at=now(), attachment_id=proof.pk)
    submit(made)
    found = {name: as_person(name).get(reading(proof)[0]).status_code for name in ("owner", "standing_office", "chair")}
    assert found == {"owner": 200, "standing_office": 200, "chair": 403}


@pytest.mark.parametrize("when", ["before", "after", "taken off"])
def test_the_list_shows_what_one_by_one_may_be_read(
    made: World, as_person: Person, proof: Attachment, tmp_path: Path, when: str
) -> None:
    upload(as_person("owner"), made, ("b.pdf", paper(tmp_path, "Hai")), code="2.1")
    other = SimpleUploadedFile("c.pdf", paper(tmp_path, "Ba"))
    as_person("stranger").post(f"/sheets/{made.other_sheet.pk}/items/1.1/evidence/", {"files": [other]})
    if when == "taken off":
        take_off(by=made.session("owner"), at=now(), attachment_id=proof.pk)
    if when != "before":
        submit(made)
    for name in made.people:
        actor, day = made.session(name).actor, now().date()
        listed = set(readable_documents(actor, day).values_list("pk", flat=True))
        single = {
            one.pk
            for one in Document.objects.all()
            if refusal(check_can_read_evidence, actor, evidence_facts(one, day)) is None
        }
        assert listed == single, (name, when)
        assert as_person(name).get("/documents/").status_code == 200


@pytest.mark.parametrize("name", ["stranger", "standing_office", "auditor", "appraiser", "administrator"])
def test_nobody_else_changes_anything(
    made: World, as_person: Person, proof: Attachment, tmp_path: Path, name: str
) -> None:
    client, item = as_person(name), f"/sheets/{made.sheet.pk}/items/1.1/"
    sent: list[tuple[str, dict[str, Any]]] = [
        (here(made), {"files": SimpleUploadedFile("x.pdf", paper(tmp_path, "Lạ"))}),
        (here(made) + "link/", {"link": "https://example.vn/", "title": "x"}),
        (here(made) + "pick/", {"document": proof.document_id}),
        (item + "citations/", {"number": "1/BC-UBND"}),
        (item + "citations/1/remove/", {}),
        (f"/evidence/{proof.pk}/take-off/", {}),
        (f"/evidence/{proof.pk}/put-back/", {}),
        (f"/evidence/{proof.pk}/place/", {"page": "2"}),
        (f"/documents/{proof.document_id}/", {"title": "Khác"}),
        (f"/documents/{proof.document_id}/versions/", {"file": SimpleUploadedFile("x.pdf", paper(tmp_path, "Lạ"))}),
    ]
    for address, form in sent:
        assert client.post(address, form).status_code == 403, address
    assert Document.objects.get().title == "a"
    assert Attachment.objects.get(removed_at=None).page == ""
    prepared = ("freeze_set", "add_group", "open_cycle")
    assert not AuditRecord.objects.filter(actor=made.people[name]).exclude(action__in=prepared).exists()


def test_another_units_document_is_not_attached_by_its_number(
    made: World, as_person: Person, proof: Attachment
) -> None:
    stranger = as_person("stranger")
    own = f"/sheets/{made.other_sheet.pk}/items/1.1/evidence/pick/"
    assert stranger.post(own, {"document": proof.document_id}).status_code == 403
    assert "a.pdf" not in stranger.get(own).text
    for unknown in ("999999", "", "x", "9" * 40, "²"):
        assert stranger.post(own, {"document": unknown}).status_code in (403, 404)
    assert Attachment.objects.count() == 1


def test_unknown_objects_are_not_found(made: World, as_person: Person, proof: Attachment) -> None:
    owner, document = as_person("owner"), f"/documents/{proof.document_id}/"
    for address in (
        "/documents/999/",
        document + "versions/9/",
        document + "versions/9/file/",
        document + "versions/1/pages/9/",
    ):
        assert owner.get(address).status_code == 404, address
    for address in (
        "/evidence/999/take-off/",
        f"/evidence/{proof.pk}/other/",
        f"/sheets/{made.sheet.pk}/items/9.9/evidence/",
    ):
        assert owner.post(address).status_code == 404, address
    assert owner.get(f"/evidence/{proof.pk}/take-off/").status_code == 405


def test_who_is_not_logged_in_goes_to_the_login_and_nothing_is_read(
    made: World, proof: Attachment, tmp_path: Path
) -> None:
    for address in (*reading(proof), "/documents/", here(made)):
        assert Client().get(address).headers["Location"].startswith("/login/")
    answer = upload(Client(), made, ("b.pdf", paper(tmp_path, "B")))
    assert answer.headers["Location"].startswith("/login/")
    assert Document.objects.count() == 1


def test_every_download_and_page_stands_in_the_log(made: World, as_person: Person, proof: Attachment) -> None:
    owner, own = as_person("owner"), reading(proof)[0] + "versions/1/"
    assert downloaded(owner, own + "file/").startswith(b"%PDF")
    page = owner.get(own + "pages/2/")
    assert page["Content-Type"] in ("image/png", "image/jpeg")
    assert page["Cache-Control"] == "private, no-cache"
    assert owner.get(own + "pages/2/", headers={"If-None-Match": page["ETag"]}).status_code == 304
    assert as_person("stranger").get(own + "pages/2/", headers={"If-None-Match": page["ETag"]}).status_code == 403
    rows = AuditRecord.objects.filter(object_kind="document").order_by("sequence")
    assert [(row.action, row.actor_name) for row in rows] == [
        ("download_evidence", "Owner"),
        ("view_evidence", "Owner"),
    ]
    assert rows[0].chain.key == f"cycle-{made.cycle.pk}"
    assert not any(proof.broken for proof in audit_log.verify())


def test_two_thousand_pages_are_shown_one_at_a_time_and_searched(
    made: World, as_person: Person, tmp_path: Path, evidence_folders: Path
) -> None:
    pages = [((72, 72, f"Trang {number}" + (" tỷ lệ hồ sơ" if number == 1503 else "")),) for number in range(1, 2001)]
    owner = as_person("owner")
    upload(owner, made, ("dài.pdf", files.pdf(tmp_path / "long.pdf", pages).read_bytes()))
    own = f"/documents/{Document.objects.get().pk}/versions/1/"
    assert "Trang 1.999 trên 2.000" in owner.get(own + "?page=1999").text
    assert "Trang 2.000 trên 2.000" in owner.get(own + "?page=99999").text
    assert owner.get(own + "pages/1999/").status_code == 200
    found = owner.get(own + "?q=TY LE hồ sơ")
    assert "có ở trang 1503." in found.text
    assert f'src="{own}pages/1503/"' in found.text
    assert "Không thấy" in owner.get(own + "?q=không có chữ này").text
    drawn = [one for one in (tmp_path / "pages").rglob("*") if one.is_file()]
    assert len(drawn) == 1


def test_the_number_of_queries_does_not_follow_the_rows(made: World, as_person: Person, tmp_path: Path) -> None:
    owner = as_person("owner")
    counted: dict[str, list[int]] = {}
    pages = [
        "/documents/",
        f"/sheets/{made.sheet.pk}/items/1.1/",
        here(made) + "pick/",
        f"/sheets/{made.sheet.pk}/citations/",
    ]
    for number in (1, 3):
        while Attachment.objects.filter(entry__item_code="1.1").count() < number:
            words = f"Số {Attachment.objects.count()}"
            upload(owner, made, (f"{words}.pdf", paper(tmp_path, words)))
            upload(owner, made, (f"{words} khác.pdf", paper(tmp_path, words + " khác")), code="2.1")
            last = Document.objects.order_by("-pk").first()
            assert last is not None
            attach_document(
                by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.2", document_id=last.pk
            )
            owner.post(f"/sheets/{made.sheet.pk}/items/1.1/citations/", {"number": f"{number}{words[3:]}/BC-UBND"})
        for address in pages:
            owner.get(address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert owner.get(address).status_code == 200
            counted.setdefault(address, []).append(len(queries))
    assert {address: one for address, (one, three) in counted.items() if one != three} == {}
