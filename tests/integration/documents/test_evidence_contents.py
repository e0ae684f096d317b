"""What uploaded files are by their bytes, whatever they are called, and which are refused with what reason."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from tests.papers import evidence_files as made

from parindex.documents.evidence_files import isolated
from parindex.documents.evidence_files.content import Content
from parindex.documents.evidence_files.content_type import Examined, examine
from parindex.documents.readers import limits

SOUND: dict[Content, Callable[[Path], Path]] = {
    Content.PDF: made.pdf,
    Content.DOCX: made.word,
    Content.XLSX: made.workbook,
    Content.ODT: lambda path: made.open_document(path, sheet=False),
    Content.ODS: lambda path: made.open_document(path, sheet=True),
    Content.DOC: lambda path: made.compound(path, {"WordDocument": bytes(4096), "1Table": b""}),
    Content.XLS: made.old_workbook,
    Content.JPEG: lambda path: made.picture(path, format="JPEG"),
    Content.PNG: lambda path: made.picture(path, format="PNG"),
    Content.WEBP: lambda path: made.picture(path, format="WEBP"),
    Content.TXT: lambda path: _written(path, "Báo cáo kết quả.\nThể hiện tại trang 8, mục 2.\n".encode()),
    Content.CSV: lambda path: _written(path, "đơn vị;năm;giá trị\nA;2020;1,5\n".encode()),
}


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def kinds(found: Examined) -> list[str]:
    return [one.kind for one in found.refusals]


def refused(path: Path, name: str = "van-ban.pdf") -> list[str]:
    found = examine(path, name)
    assert not found.accepted
    assert all(one.place.file == name for one in found.refusals)
    return kinds(found)


@pytest.mark.parametrize("content", SOUND)
def test_sound_files_of_every_kind_are_taken(tmp_path: Path, content: Content) -> None:
    path = SOUND[content](tmp_path / "stored")
    found = examine(path, f"tài liệu{content.extension}")
    assert (found.content, found.refusals, found.doubts) == (content, (), ())
    assert found.pages == (1 if content.has_page_images else None)


@pytest.mark.parametrize("content", [one for one in SOUND if one not in (Content.TXT, Content.CSV)])
def test_the_name_decides_nothing_and_a_wrong_one_is_said(tmp_path: Path, content: Content) -> None:
    found = examine(SOUND[content](tmp_path / "stored"), r"C:\tạm\hình.xyz")
    assert (found.content, found.accepted) == (content, True)
    (doubt,) = found.doubts
    assert (doubt.kind, doubt.place.file) == ("evidence_name_differs", "hình.xyz")
    assert doubt.facts == {"extension": ".xyz", "content": content.extension}


def test_other_names_of_the_same_format_are_right(tmp_path: Path) -> None:
    assert examine(SOUND[Content.JPEG](tmp_path / "a"), "ảnh.JPEG").doubts == ()
    assert examine(SOUND[Content.CSV](tmp_path / "b"), "bảng.txt").doubts == ()


@pytest.mark.parametrize(
    ("data", "kind", "content"),
    [
        (b"MZ\x90\x00\x03\x00\x00\x00", "evidence_program", "EXE"),
        (b"\x7fELF\x02\x01\x01", "evidence_program", "ELF"),
        (b"#!/bin/sh\nrm -rf x\n", "evidence_program", "script"),
        (b"@echo off\r\ndel x\r\n", "evidence_program", "script"),
        (b"L\x00\x00\x00\x01\x14\x02\x00\x00\x00", "evidence_program", "LNK"),
        (made.archive({"META-INF/MANIFEST.MF": b"x", "Main.class": b"x"}), "evidence_program", "ZIP"),
        (b"<!DOCTYPE html><html><script>x</script></html>", "evidence_web_page", "HTML"),
        (b"  <!-- x -->\n<table><tr><td>1</td></tr></table>", "evidence_web_page", "HTML"),
        ("<html><body>".encode("utf-16"), "evidence_web_page", "HTML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "evidence_web_page", "HTML"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "evidence_web_page", "SVG"),
        (b'<?xml version="1.0"?><x:svg xmlns:x="http://www.w3.org/2000/svg"/>', "evidence_web_page", "SVG"),
        (b'<?xml version="1.0"?><root/>', "evidence_unknown_format", "XML"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><x/>',
            "evidence_office_format",
            "Office XML",
        ),
        (made.archive({"a.pdf": b"%PDF-1.7"}), "evidence_archive", "ZIP"),
        (b"Rar!\x1a\x07\x01\x00", "evidence_archive", "RAR"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "evidence_archive", "7z"),
        (b"\x1f\x8b\x08\x00", "evidence_archive", "GZIP"),
        (bytes(257).replace(b"\0", b"a") + b"ustar\x0000", "evidence_archive", "TAR"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "evidence_picture_format", "HEIC"),
        (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00", "evidence_picture_format", "AVIF"),
        (b"II*\x00\x08\x00\x00\x00", "evidence_picture_format", "TIFF"),
        (b"GIF89a\x01\x00\x01\x00", "evidence_picture_format", "GIF"),
        (b"BM\x46\x00\x00\x00\x00\x00", "evidence_picture_format", "BMP"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "evidence_film", "MP4"),
        (b"RIFF\x24\x00\x00\x00AVI LIST", "evidence_film", "AVI"),
        (made.archive({"ppt/presentation.xml": b"<x/>"}), "evidence_office_format", "PowerPoint"),
        (made.archive({"xl/workbook.bin": b"x"}), "evidence_office_format", "XLSB"),
        (b"{\\rtf1\\ansi x}", "evidence_office_format", "RTF"),
        (b"\x01\x02\x03\x04 random \x05\x06", "evidence_unknown_format", ""),
        (b"words and\x00 zeros", "evidence_unknown_format", ""),
    ],
)
def test_other_files_are_refused_by_what_they_are(tmp_path: Path, data: bytes, kind: str, content: str) -> None:
    found = examine(_written(tmp_path / "x", data), "báo cáo.pdf")
    assert [(one.kind, one.facts) for one in found.refusals] == [(kind, {"content": content})]
    assert found.content is None


@pytest.mark.parametrize("data", [b"", b" \r\n ", bytes(5000)])
def test_nothing_is_no_file(tmp_path: Path, data: bytes) -> None:
    assert refused(_written(tmp_path / "x", data)) == ["file_empty"]


def test_words_that_begin_like_a_picture_are_words(tmp_path: Path) -> None:
    found = examine(_written(tmp_path / "x", "BMI trung bình tăng; MZ là mã vùng.\n".encode()), "a.txt")
    assert found.content is Content.TXT


def test_text_in_an_old_code_page_is_taken_with_a_doubt(tmp_path: Path) -> None:
    data = unicodedata.normalize("NFD", "Bao cao ket qua").encode("cp1258") + b" \xe0\xe1 \xf0\n"
    found = examine(_written(tmp_path / "x", data), "a.txt")
    assert (found.content, [one.kind for one in found.doubts]) == (Content.TXT, ["encoding_guessed"])


@pytest.mark.parametrize(
    ("make", "member"),
    [
        (made.word, {"word/vbaProject.bin": b"x"}),
        (made.workbook, {"xl/vbaProject.bin": b"x"}),
        (made.workbook, {"xl/macrosheets/sheet1.xml": b"<x/>"}),
        (lambda path: made.open_document(path, sheet=True), {"Basic/Standard/script-lb.xml": b"<x/>"}),
        (lambda path: made.open_document(path, sheet=False), {"Scripts/python/x.py": b"x"}),
        (
            made.word,
            {"[Content_Types].xml": b'<Types><Override ContentType="x.macroEnabled.x"/></Types>'},
        ),
        (made.word, {"word/document.xml": b"<w:p><w:instrText>DDEAUTO cmd x</w:instrText></w:p>"}),
    ],
)
def test_macros_are_refused(tmp_path: Path, make: Callable[[Path], Path], member: dict[str, bytes]) -> None:
    assert refused(made.with_members(make(tmp_path / "x"), member)) == ["evidence_with_macros"]


def test_macros_of_old_files_are_refused(tmp_path: Path) -> None:
    streams = {"WordDocument": bytes(4096), "Macros": b"x"}
    assert refused(made.compound(tmp_path / "a", streams), "a.doc") == ["evidence_with_macros"]
    streams = {"Workbook": bytes(4096), "_VBA_PROJECT_CUR": b"x"}
    assert refused(made.compound(tmp_path / "b", streams), "b.xls") == ["evidence_with_macros"]


def test_a_template_from_elsewhere_is_refused_and_a_link_is_not(tmp_path: Path) -> None:
    relation = (
        '<a><Relationship Id="r1" Type="http://x/relationships/{}" Target="http://x/a" TargetMode="External"/></a>'
    )
    template = {"word/_rels/settings.xml.rels": relation.format("attachedTemplate").encode()}
    assert refused(made.with_members(made.word(tmp_path / "a"), template)) == ["evidence_loads_from_outside"]
    link = {"word/_rels/footer1.xml.rels": relation.format("hyperlink").encode()}
    assert examine(made.with_members(made.word(tmp_path / "b"), link), "b.docx").refusals == ()


def test_data_from_other_files_and_embedded_objects_are_said(tmp_path: Path) -> None:
    more = {"xl/externalLinks/externalLink1.xml": b"<x/>", "xl/embeddings/oleObject1.bin": b"x"}
    found = examine(made.with_members(made.workbook(tmp_path / "x"), more), "a.xlsx")
    assert found.accepted
    assert [(one.kind, one.facts) for one in found.doubts] == [
        ("evidence_external_links", {}),
        ("evidence_embedded_files", {"count": 1}),
    ]


def test_files_with_a_password_are_refused(tmp_path: Path) -> None:
    assert refused(made.compound(tmp_path / "a", {"EncryptedPackage": b"x"}), "a.docx") == ["file_encrypted"]
    word = struct.pack("<10xH", 0x0100).ljust(4096, b"\0")
    assert refused(made.compound(tmp_path / "b", {"WordDocument": word}), "b.doc") == ["file_encrypted"]
    book = struct.pack("<HH4xHH", 0x0809, 4, 0x2F, 0).ljust(4096, b"\0")
    assert refused(made.compound(tmp_path / "c", {"Workbook": book}), "c.xls") == ["file_encrypted"]
    locked = pikepdf.Encryption(owner="a", user="b")
    pdf = made.changed_pdf(tmp_path / "d", lambda _: None, encryption=locked)
    assert refused(pdf) == ["file_encrypted"]


def test_a_pdf_that_only_forbids_printing_is_taken(tmp_path: Path) -> None:
    path = made.changed_pdf(tmp_path / "x", lambda _: None, encryption=pikepdf.Encryption(owner="a", user=""))
    assert examine(path, "a.pdf").accepted


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = made.with_members(made.word(tmp_path / "x"), {"word/media/a.xml": bytes(300 * 2**20)})
    assert path.stat().st_size < 2**20
    assert refused(path) == ["file_unpacks_too_large"]


def test_a_damaged_archive_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = made.word(tmp_path / "x")
    path.write_bytes(path.read_bytes()[:-400])
    assert refused(path) == ["file_damaged"]
    assert refused(_written(tmp_path / "b", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut")) == ["evidence_unknown_format"]


def _open_action(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _script_of_field(document: pikepdf.Pdf) -> None:
    action = document.make_indirect(pikepdf.Dictionary(JS="x", S=pikepdf.Name("/JavaScript")))
    field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, AA=pikepdf.Dictionary(K=action)))
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[field])


def _xfa(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(XFA=document.make_stream(b"<xdp/>"))


def _launch(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    document.pages[0].Annots = [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (_open_action, "evidence_pdf_script"),
        (_script_of_field, "evidence_pdf_script"),
        (_xfa, "evidence_pdf_script"),
        (_launch, "evidence_pdf_launch"),
    ],
)
def test_a_pdf_that_does_something_is_refused(tmp_path: Path, change: Callable[[pikepdf.Pdf], None], kind: str) -> None:
    path = made.changed_pdf(tmp_path / "x", change)
    assert b"JavaScript" not in path.read_bytes()  # a search for letters would find nothing
    assert refused(path) == [kind]


def test_a_name_in_hexadecimal_hides_nothing(tmp_path: Path) -> None:
    path = made.changed_pdf(
        tmp_path / "x", _open_action, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False
    )
    data = path.read_bytes()
    assert data.count(b"/JavaScript") == 1
    # The two letters more are taken away elsewhere, so that no place in the file moves.
    path.write_bytes(data.replace(b"/JavaScript", b"/J#61vaScript").replace(b"app.alert(1)", b"app.alert"))
    assert refused(path) == ["evidence_pdf_script"]


def test_objects_packed_into_a_stream_are_looked_at(tmp_path: Path) -> None:
    packed = zlib.compress(b"10 0 <</S/JavaScript/JS(x)>>")
    assert refused(made.pdf_with_object_stream(tmp_path / "a", packed)) == ["evidence_pdf_script"]
    packed = zlib.compress(b"10 0 <</S/GoTo/D[3 0 R/Fit]>>")
    assert examine(made.pdf_with_object_stream(tmp_path / "b", packed), "b.pdf").accepted


def test_objects_that_cannot_be_unpacked_may_hide_something(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = made.pdf_with_object_stream(tmp_path / "a", b"no deflated bytes")
    assert refused(broken) == ["file_damaged"]
    monkeypatch.setattr(isolated, "MAX_MEMORY", 200 * 2**20)
    packed = zlib.compress(b"10 0 <</S/JavaScript/JS(x)>>" + bytes(500 * 2**20), 1)
    assert refused(made.pdf_with_object_stream(tmp_path / "b", packed)) == ["evidence_too_demanding"]


def test_signed_fields_links_and_attachments_are_taken(tmp_path: Path) -> None:
    def change(document: pikepdf.Pdf) -> None:
        field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Chữ ký"))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://x/JavaScript")
        document.pages[0].Annots = [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)]
        document.attachments["bang.csv"] = b"a;b"

    found = examine(made.changed_pdf(tmp_path / "x", change), "a.pdf")
    assert found.accepted
    assert [(one.kind, one.facts) for one in found.doubts] == [("evidence_embedded_files", {"count": 1})]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 5000, b"%PDF-1.4\ntrailer<</Root 1 0 R>>"])
def test_a_damaged_pdf_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refused(_written(tmp_path / "x", data)) == ["file_damaged"]


def test_a_picture_cut_in_its_head_is_damaged(tmp_path: Path) -> None:
    path = _written(tmp_path / "x", b"\x89PNG\r\n\x1a\n\x00\x00")
    assert refused(path) == ["file_damaged"]


def test_a_picture_bomb_is_refused_by_its_size(tmp_path: Path) -> None:
    path = made.picture_bomb(tmp_path / "x", 60_000)
    assert path.stat().st_size < 200
    found = examine(path, "ảnh.png")
    assert [(one.kind, one.facts["width"]) for one in found.refusals] == [("picture_too_large", 60_000)]


def test_a_large_photo_of_a_phone_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "x"
    Image.new("L", (12_000, 9_000), 200).save(path, "JPEG")
    assert examine(path, "ảnh.jpg").accepted


def test_a_file_that_is_read_as_a_whole_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made.word(tmp_path / "x")
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", path.stat().st_size - 1)
    found = examine(path, "a.docx")
    assert [(one.kind, one.facts["limit"]) for one in found.refusals] == [("file_too_large", path.stat().st_size - 1)]


def test_an_old_file_whose_sectors_lead_nowhere_is_damaged(tmp_path: Path) -> None:
    path = made.compound(tmp_path / "x", {"WordDocument": bytes(4096)})
    data = bytearray(path.read_bytes())
    data[512 + 4 * 3 : 512 + 4 * 4] = (9_999).to_bytes(4, "little")
    path.write_bytes(data)
    assert refused(path, "a.doc") == ["file_damaged"]
