"""Evidence of a sheet in parts, in a storage that has no folders, under several hands at once."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.core.files import File
from django.core.files.storage import Storage
from django.test import Client
from tests.factories.world import World, now
from tests.integration.web.evidence_forms import downloaded, paper, upload

from parindex.database.models import Attachment, Document, Entry, SheetPart, StoredFile
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import SheetState
from parindex.usecases import evidence_files
from parindex.usecases.evidence import attach_document, upload_evidence
from parindex.usecases.evidence_files import Arrived, check_file

pytestmark = pytest.mark.both

Person = Callable[[str], Client]


class Distant(Storage):
    """A storage that is reached over a network: it has names and bytes, no paths."""

    kept: ClassVar[dict[str, bytes]] = {}

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        assert mode == "rb"
        return File(BytesIO(self.kept[name]), name)

    def _save(self, name: str, content: File[bytes]) -> str:
        self.kept[name] = content.read()
        return name

    def exists(self, name: str) -> bool:
        return name in self.kept

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


def in_parts(made: World) -> SheetPart:
    """Item 2.1 of the department's sheet is led by the other department."""
    part = SheetPart.objects.create(
        sheet=made.sheet, lead_unit=made.other_department, lead_name="Sở Tư pháp", lead_path="tinh/so-tu-phap"
    )
    Entry.objects.filter(sheet=made.sheet, item_code="2.1").update(part=part)
    return part


@pytest.mark.usefixtures("evidence_folders")
def test_a_lead_unit_proves_its_items_with_its_own_documents(made: World, as_person: Person, tmp_path: Path) -> None:
    part = in_parts(made)
    lead, owner = as_person("stranger"), as_person("owner")
    assert upload(lead, made, ("a.pdf", paper(tmp_path)), code="2.1").status_code == 302
    document = Document.objects.get()
    assert document.unit == made.other_department
    assert owner.get(f"/documents/{document.pk}/").status_code == 200
    assert "a.pdf" in owner.get(f"/sheets/{made.sheet.pk}/items/2.1/").text
    assert upload(owner, made, ("b.pdf", paper(tmp_path, "B")), code="2.1").status_code == 403
    assert upload(lead, made, ("b.pdf", paper(tmp_path, "B")), code="1.1").status_code == 403
    # What the sheet has already can prove an item of another part, and its own unit alone may change it.
    attach_document(
        by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="1.1", document_id=document.pk
    )
    assert owner.post(f"/documents/{document.pk}/", {"title": "Khác"}).status_code == 403
    assert lead.post(f"/documents/{document.pk}/", {"title": "Báo cáo"}).status_code == 302
    SheetPart.objects.filter(pk=part.pk).update(state=SheetState.SUBMITTED)
    assert lead.post(f"/documents/{document.pk}/", {"title": "Khác"}).status_code == 403


@pytest.mark.usefixtures("evidence_folders")
def test_documents_that_the_sheet_no_longer_has_are_not_offered_to_other_parts(
    made: World, as_person: Person, tmp_path: Path
) -> None:
    in_parts(made)
    upload(as_person("stranger"), made, ("a.pdf", paper(tmp_path)), code="2.1")
    as_person("stranger").post(f"/evidence/{Attachment.objects.get().pk}/take-off/")
    with pytest.raises(Refusal) as refused:
        attach_document(
            by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="1.1",
            document_id=Document.objects.get().pk,
        )  # fmt: skip
    assert refused.value.code == "evidence_of_other_unit"


def test_a_storage_without_folders_serves_as_well(
    made: World, as_person: Person, tmp_path: Path, settings: Any
) -> None:
    settings.STORAGES = {
        **settings.STORAGES, "evidence": {"BACKEND": f"{__name__}.Distant", "OPTIONS": {}}
    }  # fmt: skip
    settings.PAGE_IMAGES = tmp_path / "pages"
    owner, data = as_person("owner"), paper(tmp_path)
    upload(owner, made, ("a.pdf", data))
    own = f"/documents/{Document.objects.get().pk}/versions/1/"
    assert downloaded(owner, own + "file/") == data
    assert owner.get(own + "pages/1/").status_code == 200
    assert "có ở trang 2" in owner.get(own + "?q=thứ hai").text


@pytest.mark.usefixtures("evidence_folders")
def test_bytes_that_were_lost_come_back_with_the_next_upload(
    made: World, as_person: Person, tmp_path: Path, evidence_folders: Path
) -> None:
    owner, data = as_person("owner"), paper(tmp_path)
    upload(owner, made, ("a.pdf", data))
    (kept,) = [one for one in evidence_folders.rglob("*") if one.is_file()]
    kept.unlink()
    upload(owner, made, ("a.pdf", data), code="2.1")
    assert kept.read_bytes() == data
    assert StoredFile.objects.count() == 1


@pytest.mark.usefixtures("evidence_folders")
def test_two_people_send_the_same_file_at_the_same_moment(
    made: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, evidence_folders: Path
) -> None:
    path = tmp_path / "same"
    path.write_bytes(data := paper(tmp_path))
    sha = "f" * 64
    checked = check_file(Arrived(path, "a.pdf", sha, len(data)))
    first = upload_evidence(
        by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="1.1", checked=checked
    )
    # The second one asked before the first was stored: it sees no row and writes its own.
    real, asked = StoredFile.objects.filter, []

    def blind(*args: Any, **kwargs: Any) -> Any:
        asked.append(kwargs)
        return real(pk=None) if len(asked) == 1 else real(*args, **kwargs)

    monkeypatch.setattr(evidence_files.StoredFile.objects, "filter", blind)
    second = upload_evidence(
        by=made.session("stranger"), at=now(), sheet_id=made.other_sheet.pk, item_code="1.1", checked=checked
    )
    assert first.document != second.document
    assert StoredFile.objects.get().sha256 == sha
    assert len([one for one in evidence_folders.rglob("*") if one.is_file()]) == 1


@pytest.mark.usefixtures("evidence_folders")
def test_a_form_without_files_says_so(made: World, as_person: Person) -> None:
    nothing = b'--x\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n--x--\r\n'
    answer = as_person("owner").post(
        f"/sheets/{made.sheet.pk}/items/1.1/evidence/", nothing, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 422
    assert "Chưa chọn tệp nào." in answer.text
