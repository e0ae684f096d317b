"""Documents on an item: uploaded, linked, used again, taken off and put back, replaced by a new version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.world import World, now
from tests.integration.web.evidence_forms import HTMX, downloaded, here, paper, upload
from tests.papers.evidence_files import pdf, word

from parindex.database.models import Attachment, AuditRecord, Document, DocumentVersion, Entry, ScoreSheet, StoredFile
from parindex.usecases import audit_log
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.typed_values import Typed, digest

Person = Callable[[str], Client]
pytestmark = [pytest.mark.usefixtures("evidence_folders"), pytest.mark.both]


def answer_plan(made: World) -> None:
    change = Change(figures={"plan": Typed("timely", digest(""))})
    save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="1.1", change=change)


def test_an_upload_makes_a_document_and_the_item_no_longer_lacks_evidence(
    made: World, as_person: Person, tmp_path: Path
) -> None:
    answer_plan(made)
    assert Entry.objects.get(sheet=made.sheet, item_code="1.1").lacks_evidence
    assert ScoreSheet.objects.get(pk=made.sheet.pk).items_without_evidence == 1
    owner = as_person("owner")
    answer = upload(owner, made, ("Kế hoạch 12.pdf", paper(tmp_path)))
    assert answer.status_code == 302
    document = Document.objects.get()
    assert (document.unit, document.title) == (made.department, "Kế hoạch 12")
    version = document.versions.get()
    assert (version.number, version.name, version.file.pages) == (1, "Kế hoạch 12.pdf", 2)
    assert version.file.content_type == "application/pdf"
    assert not Entry.objects.get(sheet=made.sheet, item_code="1.1").lacks_evidence
    sheet = ScoreSheet.objects.get(pk=made.sheet.pk)
    assert (sheet.items_without_evidence, sheet.items_done) == (0, 1)
    page = owner.get(f"/sheets/{made.sheet.pk}/items/1.1/")
    assert "Kế hoạch 12.pdf" in page.text
    assert "2 trang" in page.text
    assert "Bản 1, Owner tải lên" in page.text
    assert AuditRecord.objects.filter(action="add_evidence").count() == 1
    assert not any(proof.broken for proof in audit_log.verify())


def test_many_files_at_once_and_each_refused_one_by_its_name(made: World, as_person: Person, tmp_path: Path) -> None:
    files = [
        ("a.pdf", paper(tmp_path, "A")),
        ("b.docx", word(tmp_path / "b.docx").read_bytes()),
        ("c.exe", b"\x7fELF" * 50),
    ]
    answer = upload(as_person("owner"), made, *files)
    assert answer.status_code == 422
    assert "Tệp c.exe là chương trình (ELF), không phải tài liệu." in answer.text
    assert sorted(DocumentVersion.objects.values_list("name", flat=True)) == ["a.pdf", "b.docx"]
    assert StoredFile.objects.count() == 2


def test_the_script_is_answered_with_data(made: World, as_person: Person, tmp_path: Path) -> None:
    owner = as_person("owner")
    good = upload(owner, made, ("a.pdf", paper(tmp_path)), Accept="application/json")
    assert good.json()["done"] == ["Đã tải lên “a.pdf”."]
    bad = upload(owner, made, ("a.zip", b"PK\x05\x06" + bytes(18)), Accept="application/json")
    assert bad.status_code == 422
    assert "tệp nén" in bad.json()["refused"][0]
    stranger = upload(as_person("stranger"), made, ("a.pdf", paper(tmp_path)), Accept="application/json")
    assert stranger.status_code == 403


def test_the_same_file_is_stored_once_and_sent_twice_is_attached_once(
    made: World, as_person: Person, tmp_path: Path
) -> None:
    owner, data = as_person("owner"), paper(tmp_path)
    upload(owner, made, ("a.pdf", data))
    again = upload(owner, made, ("a.pdf", data), HX_Request="true")
    assert "đã có ở mục này" in again.text
    upload(as_person("colleague"), made, ("b.pdf", data), code="2.1")
    assert (StoredFile.objects.count(), Document.objects.count(), Attachment.objects.count()) == (1, 1, 2)
    other = Client()
    other.force_login(made.people["stranger"], backend="allauth.account.auth_backends.AuthenticationBackend")
    other.post(f"/sheets/{made.other_sheet.pk}/items/1.1/evidence/", {"files": [SimpleUploadedFile("c.pdf", data)]})
    assert (StoredFile.objects.count(), Document.objects.count()) == (1, 2)


def test_a_document_of_the_unit_proves_another_item_at_a_page(made: World, as_person: Person, tmp_path: Path) -> None:
    owner = as_person("owner")
    upload(owner, made, ("Báo cáo năm.pdf", paper(tmp_path)))
    document = Document.objects.get()
    pick = f"/sheets/{made.sheet.pk}/items/2.1/evidence/pick/"
    assert "Báo cáo năm" in owner.get(pick + "?q=báo").text
    assert "Không có tài liệu nào khớp" in owner.get(pick + "?q=quyết").text
    answer = owner.post(pick, {"document": document.pk, "page": "2", "section": "mục 5.11"}, headers=HTMX)
    assert "trang 2, mục 5.11" in answer.text
    assert "Dùng ở 2 mục." in answer.text
    assert f"/documents/{document.pk}/versions/1/?page=2" in answer.text
    assert "Báo cáo năm" not in owner.get(pick).text


def test_a_link_is_evidence_and_only_a_sound_one(made: World, as_person: Person) -> None:
    owner = as_person("owner")
    answer = owner.post(
        here(made) + "link/", {"link": "https://example.vn/van-ban?id=1", "title": "Cổng"}, headers=HTMX
    )
    assert 'href="https://example.vn/van-ban?id=1"' in answer.text
    assert Document.objects.get().title == "Cổng"
    for bad in ("javascript:alert(1)", "ftp://x.vn/a", "https://me:word@x.vn/", "//x.vn", "https://", "a b"):
        refused = owner.post(here(made) + "link/", {"link": bad, "title": "giữ chữ này"}, headers=HTMX)
        assert refused.status_code == 422
        assert "giữ chữ này" in refused.text
    assert Document.objects.count() == 1


def test_taken_off_is_not_deleted_and_comes_back(made: World, as_person: Person, tmp_path: Path) -> None:
    answer_plan(made)
    owner = as_person("owner")
    upload(owner, made, ("a.pdf", paper(tmp_path)))
    attachment = Attachment.objects.get()
    answer = owner.post(f"/evidence/{attachment.pk}/take-off/", headers=HTMX)
    assert "Đã bỏ khỏi mục: 1 tài liệu" in answer.text
    assert Entry.objects.get(sheet=made.sheet, item_code="1.1").lacks_evidence
    assert ScoreSheet.objects.get(pk=made.sheet.pk).items_without_evidence == 1
    attachment.refresh_from_db()
    assert attachment.removed_by == made.people["owner"]
    owner.post(f"/evidence/{attachment.pk}/put-back/")
    owner.post(f"/evidence/{attachment.pk}/put-back/")
    assert Attachment.objects.filter(removed_at=None).count() == 1
    assert not Entry.objects.get(sheet=made.sheet, item_code="1.1").lacks_evidence
    acts = AuditRecord.objects.filter(object_kind="entry").order_by("sequence").values_list("action", flat=True)
    assert list(acts) == ["edit_entry", "add_evidence", "take_off_evidence", "add_evidence"]


def test_a_new_version_stands_before_the_others_which_stay(made: World, as_person: Person, tmp_path: Path) -> None:
    owner = as_person("owner")
    upload(owner, made, ("a.pdf", paper(tmp_path, "Bản đầu")))
    document = Document.objects.get()
    place = f"/documents/{document.pk}/versions/"
    newer = paper(tmp_path, "Bản sửa")
    for _ in range(2):  # sent twice
        answer = as_person("colleague").post(place, {"file": SimpleUploadedFile("b.pdf", newer)})
        assert answer.status_code == 302
    assert list(document.versions.values_list("number", "name", "uploaded_by__username")) == [
        (1, "a.pdf", "owner"),
        (2, "b.pdf", "colleague"),
    ]
    page = owner.get(f"/sheets/{made.sheet.pk}/items/1.1/").text
    assert "Bản 2, Colleague tải lên" in page
    assert f"/documents/{document.pk}/versions/1/" in page
    assert downloaded(owner, f"{place}1/file/") != newer
    assert downloaded(owner, f"{place}2/file/") == newer


def test_what_the_first_page_says_is_proposed_and_mended(made: World, as_person: Person, tmp_path: Path) -> None:
    owner = as_person("owner")
    head = [
        (72, 72, "SỞ Y TẾ"),
        (72, 90, "Số: 12/KH-SYT"),
        (300, 90, "Hà Nội, ngày 08 tháng 01 năm 2025"),
        (200, 130, "KẾ HOẠCH"),
        (150, 150, "Cải cách hành chính năm 2025"),
    ]
    upload(owner, made, ("kh.pdf", pdf(tmp_path / "kh.pdf", (head,)).read_bytes()))
    document = Document.objects.get()
    assert (document.number, f"{document.date}", document.kind) == ("12/KH-SYT", "2025-01-08", "Kế hoạch")
    assert document.confirmed_at is None
    assert "Đề xuất từ trang đầu: số 12/KH-SYT" in owner.get(f"/sheets/{made.sheet.pk}/items/1.1/").text
    form = {"title": "Kế hoạch CCHC", "number": "12/KH-SYT", "date": "31/02/2025", "issuer": "Sở Y tế"}
    form |= {"kind": "", "abstract": "", "effective_on": "15/01/2025"}
    wrong = owner.post(f"/documents/{document.pk}/", form)
    assert wrong.status_code == 422
    assert "“31/02/2025” không phải là ngày có thật." in wrong.text
    assert 'value="Kế hoạch CCHC"' in wrong.text
    assert owner.post(f"/documents/{document.pk}/", {**form, "date": "09/01/2025"}).status_code == 302
    document.refresh_from_db()
    assert (document.title, f"{document.date}", f"{document.effective_on}") == (
        "Kế hoạch CCHC",
        "2025-01-09",
        "2025-01-15",
    )
    assert document.confirmed_by == made.people["owner"]
    assert AuditRecord.objects.filter(action="mend_document").count() == 1
