"""Uploads that must not be stored, and names that must not be believed."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as running
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.world import World, now
from tests.integration.web.evidence_forms import here, paper, read, upload
from tests.papers import evidence_files as files

from parindex.database.models import Attachment, Cycle, Document, DocumentVersion, Phase, SheetPart, StoredFile
from parindex.domain.review.stages import CycleState, SheetState

Person = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("evidence_folders")


def nothing_is_stored(folder: Path) -> bool:
    kept = [one for one in folder.rglob("*") if one.is_file()] if folder.exists() else []
    return not (kept or StoredFile.objects.exists() or Document.objects.exists() or Attachment.objects.exists())


def script(path: Path) -> bytes:
    def add(document: object) -> None:
        document.Root.OpenAction = document.make_indirect(  # type: ignore[attr-defined]
            {"/S": files.pikepdf.Name.JavaScript, "/JS": files.pikepdf.String("app.alert(1)")}
        )

    return files.changed_pdf(path, add).read_bytes()


def encrypted(path: Path) -> bytes:
    locks = files.pikepdf.Encryption(owner="a", user="b")
    return files.changed_pdf(path, lambda _: None, encryption=locks).read_bytes()


HOSTILE: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "empty": (lambda _: b"", "trống"),
    "blank": (lambda _: b"\0" * 5000, "trống"),
    "program": (lambda _: b"MZ\x90\x00" + bytes(600), "chương trình"),
    "web page": (lambda _: b"<!doctype html><script>alert(1)</script>", "trang web"),
    "svg": (lambda _: b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "trang web"),
    "archive": (lambda _: files.archive({"a.txt": b"a"}), "tệp nén"),
    "zip bomb": (lambda _: files.archive({"word/document.xml": bytes(300 * 2**20)}), "Tệp"),
    "picture bomb": (lambda path: files.picture_bomb(path, 30_000).read_bytes(), "điểm ảnh"),
    "PDF with script": (script, "JavaScript"),
    "encrypted PDF": (encrypted, "mật khẩu"),
    "torn PDF": (lambda _: b"%PDF-1.7\n" + zlib.compress(b"torn") * 40, "Tệp"),
    "Word with macros": (
        lambda path: files.with_members(files.word(path), {"word/vbaProject.bin": b"\xd0\xcf" * 99}).read_bytes(),
        "macro",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_evidence_leaves_nothing_behind(
    made: World, as_person: Person, tmp_path: Path, evidence_folders: Path, kind: str
) -> None:
    make, words = HOSTILE[kind]
    answer = upload(as_person("owner"), made, ("báo cáo.pdf", make(tmp_path / "hostile")))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "báo cáo.pdf" in answer.text
    assert words in answer.text
    assert nothing_is_stored(evidence_folders)


def test_a_polyglot_is_handed_out_as_what_it_is_and_never_shown(made: World, as_person: Person, tmp_path: Path) -> None:
    data = paper(tmp_path) + b"<html><script>alert(document.cookie)</script></html>"
    upload(as_person("owner"), made, ("a.html", data))
    version = DocumentVersion.objects.get()
    assert version.name == "a.pdf"
    answer = as_person("owner").get(f"/documents/{version.document_id}/versions/1/file/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    read(answer)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\hồ sơ\\Báo cáo 401.PDF", "Báo cáo 401.pdf"),
        ("bao-cao\u202efdp.exe", "bao-caofdp.pdf"),
        ("\u200f\u2067tờ trình\u2069.pdf", "tờ trình.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", None),
        ('"; filename="x.html', None),
        ("<b>đậm</b>.pdf", None),
        ("con.pdf", "_con.pdf"),
        ("n" * 400 + ".pdf", None),
    ],
)
def test_names_are_made_harmless(made: World, as_person: Person, tmp_path: Path, given: str, kept: str | None) -> None:
    owner = as_person("owner")
    upload(owner, made, (given, paper(tmp_path)))
    name = DocumentVersion.objects.get().name
    assert name.endswith(".pdf")
    assert len(name.encode()) <= 180
    assert not set(name) & set('/\\<>"\r\n\u202e\u200f\u2067')
    if kept is not None:
        assert name == kept
    answer = owner.get(f"/documents/{Document.objects.get().pk}/versions/1/file/")
    read(answer)
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Disposition"].count("filename") == 1
    assert "<b>" not in owner.get(f"/sheets/{made.sheet.pk}/items/1.1/").text.split("<main")[1].split("evi__vers")[0]


def test_a_file_over_the_limit_is_cut_off_and_the_others_are_kept(
    made: World, as_person: Person, tmp_path: Path, settings: object, evidence_folders: Path
) -> None:
    settings.EVIDENCE_BYTES = 200_000  # type: ignore[attr-defined]
    answer = upload(as_person("owner"), made, ("lớn.pdf", b"%PDF-1.7" + bytes(400_000)), ("a.pdf", paper(tmp_path)))
    assert answer.status_code == 422
    assert "Tệp lớn.pdf lớn hơn" in answer.text
    assert [one.name for one in DocumentVersion.objects.all()] == ["a.pdf"]
    assert len([one for one in evidence_folders.rglob("*") if one.is_file()]) == 1


class Endless(io.RawIOBase):
    """A body that says to be 2 GB; whoever reads it is noticed."""

    read_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        self.read_bytes += len(buffer)
        return len(buffer)


@pytest.mark.parametrize("place", ["item", "version"])
def test_two_gigabytes_are_refused_before_a_byte_is_read(
    made: World, as_person: Person, tmp_path: Path, place: str
) -> None:
    owner, body = as_person("owner"), Endless()
    address = here(made)
    if place == "version":
        upload(owner, made, ("a.pdf", paper(tmp_path)))
        address = f"/documents/{Document.objects.get().pk}/versions/"
    answer = owner.generic(
        "POST", address, content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(2 * 2**30), "wsgi.input": body},
    )  # fmt: skip
    assert answer.status_code == 413
    assert "Lần tải này 2048 MB" in answer.text
    assert body.read_bytes == 0


def test_more_files_than_allowed_at_once(made: World, as_person: Person, tmp_path: Path, settings: object) -> None:
    settings.EVIDENCE_FILES = 2  # type: ignore[attr-defined]
    sent = [(f"{number}.pdf", paper(tmp_path, f"Số {number}")) for number in range(3)]
    answer = upload(as_person("owner"), made, *sent)
    assert answer.status_code == 422
    assert "Tệp 2.pdf là tệp thứ 3, mỗi lần tải tối đa 2 tệp." in answer.text
    assert DocumentVersion.objects.count() == 2


def test_an_item_takes_only_so_many_documents(made: World, as_person: Person, tmp_path: Path, settings: object) -> None:
    settings.EVIDENCE_PER_ITEM = 1  # type: ignore[attr-defined]
    owner = as_person("owner")
    upload(owner, made, ("a.pdf", paper(tmp_path, "A")))
    answer = upload(owner, made, ("b.pdf", paper(tmp_path, "B")), Accept="application/json")
    assert answer.status_code == 403
    assert answer.json()["refused"] == ["Mục đã có 1 tài liệu, mức tối đa. Bỏ bớt tài liệu không cần rồi thêm lại."]
    assert (StoredFile.objects.count(), Document.objects.count()) == (1, 1)


def test_a_refusal_is_said_in_the_part_of_the_page_that_asked(made: World, as_person: Person, tmp_path: Path) -> None:
    owner = as_person("owner")
    upload(owner, made, ("a.pdf", paper(tmp_path)))
    place = f"/evidence/{Attachment.objects.get().pk}/take-off/"
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now())
    answer = owner.post(place, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "Đã hết hạn lúc" in answer.text
    assert answer.text.lstrip().startswith('<div id="evidence"')
    assert owner.post(place).status_code == 403
    assert Attachment.objects.get().removed_at is None


def test_what_fails_midway_leaves_no_bytes(
    made: World, as_person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, evidence_folders: Path
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("no more disk")

    monkeypatch.setattr("parindex.usecases.evidence.update_counts", fail)
    with pytest.raises(RuntimeError):
        upload(as_person("owner"), made, ("a.pdf", paper(tmp_path)))
    assert nothing_is_stored(evidence_folders)


def test_a_form_without_its_token_stores_nothing(made: World, tmp_path: Path, evidence_folders: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(made.people["owner"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert upload(client, made, ("a.pdf", paper(tmp_path))).status_code == 403
    assert nothing_is_stored(evidence_folders)


@pytest.mark.parametrize("closed", ["deadline", "cycle", "signed", "locked"])
def test_a_closed_phase_takes_nothing(
    made: World, as_person: Person, tmp_path: Path, evidence_folders: Path, closed: str
) -> None:
    if closed == "deadline":
        Phase.objects.filter(cycle=made.cycle).update(ends_at=now())
    elif closed == "cycle":
        Cycle.objects.filter(pk=made.cycle.pk).update(state=CycleState.APPRAISAL)
    else:
        state = SheetState.SUBMITTED if closed == "signed" else SheetState.LOCKED
        SheetPart.objects.filter(sheet=made.sheet).update(state=state)
    owner = as_person("owner")
    answer = upload(owner, made, ("a.pdf", paper(tmp_path)))
    assert answer.status_code == 403
    assert nothing_is_stored(evidence_folders)
    assert 'id="upload"' not in owner.get(f"/sheets/{made.sheet.pk}/items/1.1/").text


def test_a_signed_item_keeps_its_documents_as_they_were(made: World, as_person: Person, tmp_path: Path) -> None:
    owner = as_person("owner")
    upload(owner, made, ("a.pdf", paper(tmp_path)))
    attachment = Attachment.objects.get()
    SheetPart.objects.filter(sheet=made.sheet).update(state=SheetState.SUBMITTED)
    document = f"/documents/{attachment.document_id}/"
    newer = SimpleUploadedFile("b.pdf", paper(tmp_path, "Khác"))
    answer = owner.post(document + "versions/", {"file": newer})
    assert answer.status_code == 403
    assert "Tài liệu đang chứng minh mục 1.1 của “Sở, ngành năm 2025” đã ký hoặc đã khóa" in answer.text
    assert owner.post(document, {"title": "Khác"}).status_code == 403
    assert owner.post(f"/evidence/{attachment.pk}/take-off/").status_code == 403
    assert DocumentVersion.objects.count() == 1
    assert Document.objects.get().title == "a"


def test_files_lie_where_only_the_application_reads_them(
    made: World, as_person: Person, tmp_path: Path, evidence_folders: Path
) -> None:
    upload(as_person("owner"), made, ("a.pdf", paper(tmp_path)))
    (kept,) = [one for one in evidence_folders.rglob("*") if one.is_file()]
    assert kept.name == StoredFile.objects.get().sha256
    assert kept.stat().st_mode & 0o077 == 0
    assert running.STORAGES["evidence"]["OPTIONS"].get("base_url") is None
