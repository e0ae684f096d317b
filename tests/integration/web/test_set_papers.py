"""Papers that are handed in: Word, Excel, PDF, YAML; what cannot be used; guidance that is read the same way."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.world import SMALL_SET, World, now
from tests.papers import layout, pdf_writer, sample, writers

from parindex.database.models import CriteriaSetVersion, Guidance, GuidanceNote, OfficialPaper, StoredFile
from parindex.database.queries.guidance import guidance_notes
from parindex.documents.criteria_drafts.draft import stored_draft
from parindex.documents.criteria_drafts.reading_worker import answered
from parindex.usecases import criteria_sets as sets
from parindex.usecases.evidence_files import place_of

Person = Callable[[str], Client]


@pytest.fixture
def office(as_person: Person) -> Client:
    """The browser of the standing office."""
    return as_person("standing_office")


def handed_in(office: Client, made: World, name: str, data: bytes) -> OfficialPaper:
    """The paper after it was read."""
    file = SimpleUploadedFile(name, data)
    answer = office.post("/sets/", {"owner": made.province.pk, "paper": file})
    assert answer.status_code == 302, answer.text
    paper = OfficialPaper.objects.order_by("-pk")[0]
    for _ in range(120):  # a machine with much to do may need longer than a request waits
        office.get(answer["Location"])
        paper.refresh_from_db()
        if paper.read_at is not None:
            break
        time.sleep(0.5)
    return paper


def until_refused(office: Client, answer: Any) -> Any:
    """The page that says why a paper cannot be used; on a machine with much to do it comes later."""
    for _ in range(120):
        if answer.status_code == 422:
            break
        time.sleep(0.5)
        answer = office.get(answer.request["PATH_INFO"], follow=True)
    assert answer.status_code == 422, answer.text
    return answer


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_word_and_excel_papers_are_read(made: World, office: Client, tmp_path: Path, ending: str) -> None:
    rng = Random(7)
    table = sample.sample("dien-bien-2024-departments", areas=2)
    laid_out = layout.lay_out(rng, table, layout.draw(rng, sheet=ending == "xlsx", numbers=False, spans=False))
    path = tmp_path / f"de-an.{ending}"
    {"docx": writers.write_docx, "xlsx": writers.write_xlsx}[ending](path, laid_out)
    paper = handed_in(office, made, path.name, path.read_bytes())
    version = paper.versions.get()
    kept = stored_draft(version.content, version.reading).criteria_set
    assert [area.code for area in kept.areas] == ["1", "2"]
    with storages["evidence"].open(place_of(paper.file.sha256)) as stored:
        assert stored.read() == path.read_bytes()
    page = office.get(f"/sets/versions/{version.pk}/check/").text
    assert f"tệp de-an.{ending}" in page


def test_a_yaml_set_becomes_a_draft_and_goes_out_again(made: World, office: Client) -> None:
    data = SMALL_SET.read_bytes().replace(b"id: small-set", b"id: other-set")
    paper = handed_in(office, made, "bo.yaml", data)
    version = paper.versions.get()
    assert (version.criteria_set.code, version.state, version.number) == ("other-set", "draft", 1)
    out = office.get(f"/sets/versions/{version.pk}/set.yaml")
    assert out["Content-Disposition"] == 'attachment; filename="other-set-1.yaml"'
    assert "Hồ sơ đúng hạn" in out.text
    # handed in again, it is the next version of the same set; the bytes are stored once
    again = handed_in(office, made, "bo.yaml", data)
    assert again.versions.get().number == 2
    assert StoredFile.objects.count() == 1
    assert office.get(f"/sets/papers/{paper.pk}/file/").content == data


BAD = [
    ("trong.docx", b"", "trống"),
    ("anh.png", b"\x89PNG\r\n\x1a\n", ".docx"),
    ("khong-phai.docx", b"abc" * 100, "khong-phai.docx"),
    ("bo.yaml", b"id: [", "bo.yaml"),
    ("van-ban.txt", "Không có bảng nào ở đây.\n".encode(), "van-ban.txt"),
    ("khong-phai.pdf", b"%PDF-1.4 nothing", "khong-phai.pdf"),
]


@pytest.mark.parametrize(("name", "data", "said"), BAD, ids=[name for name, *_ in BAD])
def test_what_cannot_be_used_is_said_and_nothing_is_half_done(
    made: World, office: Client, name: str, data: bytes, said: str
) -> None:
    file = SimpleUploadedFile(name, data)
    answer = office.post("/sets/", {"owner": made.province.pk, "paper": file}, follow=True)
    answer = until_refused(office, answer)
    assert said in answer.text
    assert CriteriaSetVersion.objects.count() == 1


def test_a_bomb_is_refused_by_the_reader(made: World, office: Client) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * (300 * 2**20))
    file = SimpleUploadedFile("bom.docx", bomb.getvalue())
    answer = until_refused(office, office.post("/sets/", {"owner": made.province.pk, "paper": file}, follow=True))
    assert "bom.docx" in answer.text


def test_a_file_above_the_limit_is_not_kept(made: World, office: Client, settings: object) -> None:
    settings.EVIDENCE_BYTES = 1000  # type: ignore[attr-defined]
    file = SimpleUploadedFile("lon.txt", b"x" * 2000)
    answer = office.post("/sets/", {"owner": made.province.pk, "paper": file})
    assert answer.status_code == 422
    assert StoredFile.objects.count() == 0


def test_a_paper_that_is_still_being_read_says_so_and_is_taken_in_later(
    made: World, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from parindex.web.criteria_sets import views

    monkeypatch.setattr(views, "start_reading", lambda _paper: False)
    file = SimpleUploadedFile("bo.yaml", SMALL_SET.read_bytes().replace(b"id: small-set", b"id: later-set"))
    answer = office.post("/sets/", {"owner": made.province.pk, "paper": file}, follow=True)
    assert "Đang đọc bo.yaml" in answer.text
    assert 'hx-trigger="every 2s"' in answer.text
    assert "Văn bản chưa đọc xong" in office.get("/sets/").text
    paper = OfficialPaper.objects.get()
    monkeypatch.undo()
    done = office.post(f"/sets/papers/{paper.pk}/", follow=True)
    assert "Kiểm tra bộ tiêu chí trước khi khóa" in done.text
    assert paper.versions.count() == 1


def test_the_worker_answers_with_sets_or_problems(tmp_path: Path) -> None:
    good = answered(SMALL_SET, "bo.yaml", tmp_path / "a.json")
    assert "Hồ sơ đúng hạn" in good["sets"][0]["content"]
    path = tmp_path / "x.txt"
    path.write_text("Không có gì.\n", encoding="utf-8")
    bad = answered(path, "Văn bản của tỉnh.txt", tmp_path / "b.json")
    assert bad["problems"][0]["place"]["file"] == "Văn bản của tỉnh.txt"


# --- guidance ------------------------------------------------------------------------------------------------------

GUIDANCE = """format: parindex/criteria-set/1
id: guidance
title: Hướng dẫn
measures:
  initiatives: {title: Số sáng kiến, unit: sáng kiến, integer: true}
areas:
  - code: "1"
    title: Chỉ đạo, điều hành
    max_points: 3
    children:
      - {code: "1.1", title: Kế hoạch cải cách hành chính, max_points: 1, evidence: [Quyết định]}
      - code: "1.2"
        title: Sáng kiến
        max_points: 2
        options: ["Mỗi sáng kiến 0,5 điểm"]
        evidence: [Quyết định công nhận sáng kiến]
        rule: {kind: count, of: initiatives, each: 0.5}
      - {code: "1.9", title: Không có ở bộ, max_points: 1, evidence: [Gì đó]}
"""


def test_guidance_is_read_attached_published_and_shown(made: World, office: Client, as_person: Person) -> None:
    draft = sets.correct(by=made.session("standing_office"), at=now(), version_id=made.version.pk, reason="Gắn")
    file = SimpleUploadedFile("huong-dan.yaml", GUIDANCE.encode())
    answer = office.post(
        f"/sets/versions/{draft.pk}/guidance/", {"title": "Hướng dẫn số 5/HD-SNV", "paper": file}, follow=True
    )
    guidance = Guidance.objects.get()
    for _ in range(120):
        if "gắn được cho 2 mục" in answer.text:
            break
        time.sleep(0.5)
        answer = office.get(f"/sets/guidance/{guidance.pk}/")
    assert "gắn được cho 2 mục" in answer.text
    note = GuidanceNote.objects.get(guidance=guidance, item_code="1.2")
    assert (note.rule_text, note.evidence_text) == ("Mỗi sáng kiến 0,5 điểm", "Quyết định công nhận sáng kiến")
    base = f"/sets/guidance/{guidance.pk}/"
    written = {"rule": note.rule_text, "evidence": note.evidence_text, "example": "3 sáng kiến: 3 × 0,5 = 1,5 điểm"}
    assert office.post(base + "items/1.2/", written).status_code == 302
    # the rule goes to the draft, with its measure, by the guidance as clause
    assert office.post(base + "attach/", {"item": ["1.1", "1.2"]}).status_code == 302
    row = CriteriaSetVersion.objects.get(pk=draft.pk)
    made_set = stored_draft(row.content, row.reading).criteria_set
    rule = made_set.node("1.2").rule
    assert rule is not None
    assert (rule.data["kind"], rule.clause) == ("count", "Hướng dẫn số 5/HD-SNV")
    assert "initiatives" in made_set.measures
    assert made_set.node("1.1").evidence == ("Kế hoạch",)  # what the set says already stays
    # published: beside the item, and never changed again
    assert guidance_notes(made.version.criteria_set_id, "1.2") is None
    assert as_person("owner").get(base).status_code == 403
    office.post(base + "publish/")
    shown = guidance_notes(made.version.criteria_set_id, "1.2")
    assert shown is not None
    assert shown.note.example_text == "3 sáng kiến: 3 × 0,5 = 1,5 điểm"
    assert "3 × 0,5 = 1,5 điểm" in office.get(f"/sets/versions/{draft.pk}/rows/2/").text
    assert as_person("owner").get(base).status_code == 200
    assert office.post(base + "items/1.2/", written).status_code == 403
    # the next version begins with the notes of this one; while unpublished, the old one is shown
    office.post(f"/sets/versions/{draft.pk}/guidance/", {"title": "Hướng dẫn bản 2"})
    second = Guidance.objects.get(number=2)
    assert second.notes.count() == 2
    assert guidance_notes(made.version.criteria_set_id, "1.2") == shown
    second.notes.all().delete()
    publish = f"/sets/guidance/{second.pk}/publish/"
    assert "chưa nói về mục nào" in office.get(publish).text
    assert office.post(publish).status_code == 403
    # what is too long is said, and stays in its field
    other = f"/sets/guidance/{second.pk}/items/1.1/"
    long = office.post(other, {"rule": "Chấm theo tỷ lệ", "example": "x" * 20_001})
    assert long.status_code == 422
    assert "Dài 20001 ký tự, tối đa 20000" in long.text.replace(".", "")
    assert "x" * 20_001 in long.text
    assert "Chấm theo tỷ lệ" in long.text
    assert not second.notes.exists()
    office.post(other, {"rule": "Chấm theo tỷ lệ"})
    office.post(publish)
    assert guidance_notes(made.version.criteria_set_id, "1.2") is None


def test_a_pdf_paper_is_read(made: World, office: Client, tmp_path: Path) -> None:
    rng = Random(3)
    table = sample.sample("dien-bien-2024-departments", areas=1)
    laid_out = layout.lay_out(rng, table, layout.draw(rng, sheet=False, numbers=False, spans=False))
    path = tmp_path / "de-an.pdf"
    pdf_writer.write_pdf(path, laid_out)
    paper = handed_in(office, made, path.name, path.read_bytes())
    assert paper.versions.count() == 1, paper.problems


def test_a_form_that_says_to_be_two_gigabytes_is_not_read(made: World, office: Client) -> None:
    answer = office.generic("POST", "/sets/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(2 * 2**30))
    assert answer.status_code == 413
    assert "Bộ tiêu chí" in answer.text
    assert OfficialPaper.objects.count() == 0
