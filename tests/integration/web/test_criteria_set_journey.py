"""The paper of decision 2270 in the browser: read, mend three errors, confirm, attach a rule, freeze, open a cycle."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from tests.factories.world import World, now, self_scoring

import parindex
from parindex.database.models import AuditRecord, CriteriaSetVersion, Cycle, FindingDecision, OfficialPaper
from parindex.documents.criteria_drafts.draft import stored_draft
from parindex.usecases import audit_log
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.set_matters import matters_of, remaining_of
from parindex.wording.numbers import points_text

Person = Callable[[str], Client]
PAPER = Path(parindex.__file__).parent / "data" / "papers" / "2270-QD-UBND.txt"


def uploaded(client: Client, made: World, path: Path = PAPER) -> CriteriaSetVersion:
    """The first draft of a paper that was handed in."""
    file = SimpleUploadedFile(path.name, path.read_bytes())
    answer = client.post("/sets/", {"owner": made.province.pk, "paper": file})
    assert answer.status_code == 302, answer.text
    paper = OfficialPaper.objects.order_by("-pk")[0]
    page = answer["Location"]
    for _ in range(120):  # a machine with much to do may need longer than a request waits
        answer = client.get(page)
        if answer.status_code == 302:
            break
        time.sleep(0.5)
    assert answer.status_code == 302, answer.text
    version = CriteriaSetVersion.objects.filter(paper=paper).order_by("table_number").first()
    assert version is not None
    return version


def forms(page: str, anchor: str) -> dict[str, str]:
    """The hidden fields of the first form that stands at a matter."""
    part = page[page.index(f'id="{anchor}"') :]
    return {name: re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)"', part)[0]
            for name in ("table", "key", "read")}  # fmt: skip


def settle(client: Client, version: CriteriaSetVersion, anchor: str, way: str, **typed: str) -> str:
    """Choose a way for a matter, and the page after it."""
    url = f"/sets/versions/{version.pk}/check/"
    page = client.get(url).text
    fields = forms(page, anchor)
    answer = client.post(url, {**fields, "way": way, **typed}, follow=True)
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.fixture
def office(as_person: Person) -> Client:
    """The browser of the standing office."""
    return as_person("standing_office")


def test_the_paper_of_2270_from_the_upload_to_an_open_cycle(made: World, office: Client) -> None:
    version = uploaded(office, made)
    url = f"/sets/versions/{version.pk}/check/"
    page = office.get(url).text
    assert "còn 3 lỗi phải sửa và 8 điều chưa xác nhận" in page
    assert "1,75 + 0,75 = 2,5 khớp điểm của 2.3" in page
    assert "đếm lại từ" in page
    # freezing is refused, with what remains
    refused = office.post(f"/sets/versions/{version.pk}/freeze/")
    assert refused.status_code == 422
    assert "Chưa khóa được: còn 2 lỗi phải sửa và 2 điều chưa xác nhận." in refused.text
    # three errors, as proposed
    page = settle(office, version, "f1", "rename")
    assert "Đổi mã dòng 38 thành 2.3.2" in page
    page = settle(office, version, "f2", "parts_as_table")
    page = settle(office, version, "f3", "rename")
    assert "còn 0 lỗi phải sửa" in page
    # undo one of them and do it again, otherwise
    first = FindingDecision.objects.order_by("pk")[0]
    undone = office.post(url + "undo/", {"decision": first.pk, "back": "f1"}, follow=True)
    assert "còn 1 lỗi phải sửa" in undone.text
    assert "Mã 2.3.1 dùng cho 2 mục" in undone.text
    settle(office, version, "f1", "other_code", **{"other_code.code": "2.3.2"})
    # the matters to confirm
    whole = "Tỷ lệ máy trạm có phần mềm phòng, chống mã độc tập trung"
    settle(office, version, "f4", "display_title", **{"display_title.title": whole})
    for anchor, way in (
        ("f5", "keep"),
        ("f6", "keep"),
        ("f7", "keep"),
        ("f9", "source"),
        ("f10", "as_table"),
        ("f11", "keep"),
    ):
        settle(office, version, anchor, way)
    page = office.get(url).text
    assert "Khóa Bảng 1 và lấy dấu vân tay" in page
    assert "Điều 8 chưa xác nhận" in page
    settle(office, version, "f8", "keep")
    page = office.get(url).text
    assert "Không còn gì phải sửa." in page, re.findall(r"<h2>[^<]*</h2>", page)
    # a rule for an item
    rows = version_rows(version)
    kept = CriteriaSetVersion.objects.get(pk=version.pk)
    node = stored_draft(kept.content, kept.reading).criteria_set.node("1.1.1")
    form = {
        "read": str(kept.edit_number), "digest": "", "act": "save", "mode": "form", "code": "1.1.1",
        "title": node.title, "max_points": points_text(node.max_points), "source": "report",
        "evidence": "Kế hoạch", "rule.kind": "ratio", "rule.of.0.new": "Nhiệm vụ hoàn thành",
        "rule.to.0.new": "Nhiệm vụ phải làm", "rule.target": "80%", "clause": "Hướng dẫn chấm điểm",
    }  # fmt: skip
    item = office.post(f"/sets/versions/{version.pk}/rows/{rows['1.1.1']}/", form)
    assert item.status_code == 302, item.text
    freeze_and_open(made, office, version)


def version_rows(version: CriteriaSetVersion) -> dict[str, int]:
    """The positions of the rows of a version by code."""
    kept = CriteriaSetVersion.objects.get(pk=version.pk)
    return {node.code: at for at, node in enumerate(stored_draft(kept.content, kept.reading).criteria_set.walk())}


def freeze_and_open(made: World, office: Client, version: CriteriaSetVersion) -> None:
    """Freeze what is ready, prove that nothing can change it, and open a cycle with it."""
    kept = CriteriaSetVersion.objects.get(pk=version.pk)
    matters = matters_of([kept], now())[kept.pk]
    assert not remaining_of(matters, matters.draft.criteria_set).any, remaining_of(matters, matters.draft.criteria_set)
    shown = office.get(f"/sets/versions/{version.pk}/freeze/").text
    assert "Khóa và lấy dấu vân tay" in shown
    answer = office.post(f"/sets/versions/{version.pk}/freeze/", follow=True)
    assert "Đã khóa bộ tiêu chí" in answer.text
    frozen = CriteriaSetVersion.objects.get(pk=version.pk)
    assert (frozen.state, len(frozen.fingerprint)) == ("frozen", 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        CriteriaSetVersion.objects.filter(pk=version.pk).update(title="Khác")
    again = office.post(f"/sets/versions/{version.pk}/freeze/")
    assert again.status_code == 403
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Kỳ 2024", year=2024,
        created_by=made.people["standing_office"], created_at=now(),
    )  # fmt: skip
    acting = made.session("standing_office")
    group = NewGroup("departments", "Sở", frozen.pk, (made.department.pk,))
    add_group(by=acting, at=now(), cycle_id=cycle.pk, group=group)
    self_scoring(cycle)
    assert open_cycle(by=acting, at=now(), cycle_id=cycle.pk).state == "open"
    assert all(not proof.broken for proof in audit_log.verify())
    assert AuditRecord.objects.filter(action="freeze_set").count() == 2  # the world's, and this one


def test_the_record_of_findings_as_a_page_and_as_word(made: World, office: Client) -> None:
    version = uploaded(office, made)
    settle(office, version, "f1", "rename", note="Theo thứ tự")
    page = office.get(f"/sets/versions/{version.pk}/record/").text
    assert "BIÊN BẢN ĐỐI CHIẾU BỘ TIÊU CHÍ" in page
    assert "Đổi mã dòng 38 thành 2.3.2" in page
    word = office.get(f"/sets/versions/{version.pk}/record.docx")
    paper = docx.Document(BytesIO(word.content))
    words = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "Đổi mã dòng 38 thành 2.3.2" in words
    assert "Theo thứ tự" in words
    assert paper.sections[0].left_margin.mm == pytest.approx(30, abs=0.1)


def test_the_record_quotes_the_paper_whatever_has_been_mended(made: World, office: Client) -> None:
    version = uploaded(office, made)
    settle(office, version, "f2", "parts_as_table")
    record = f"/sets/versions/{version.pk}/record/"
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>(.*?)</tr>", office.get(record).text, re.DOTALL)]
    assert any(re.search(r"\|80\|+81\|+lệch", row.replace("\n", "")) for row in rows), rows[:20]
    page = office.get(f"/sets/versions/{version.pk}/check/").text
    assert re.search(r">80</td>\s*<td[^>]*>81<", page) or re.search(r">80<.{0,80}>81<", page, re.DOTALL)
    assert "đã sửa, xem" in page


def test_two_people_at_one_finding(made: World, office: Client) -> None:
    version = uploaded(office, made)
    url = f"/sets/versions/{version.pk}/check/"
    seen = forms(office.get(url).text, "f1")
    settle(office, version, "f1", "other_code", **{"other_code.code": "2.3.9"})
    late = office.post(url, {**seen, "way": "rename"})
    assert late.status_code == 409
    assert "đã ghi lúc" in late.text
    assert "2.3.9" in late.text
    assert FindingDecision.objects.count() == 1
    # a form that was filled wrongly comes back as it was typed
    other = forms(office.get(url).text, "f2")
    wrong = office.post(url, {**other, "way": "move_item", "move_item.item": "99.9", "note": "Ghi chú đang gõ"})
    assert wrong.status_code == 422
    assert "Không có mục mang mã 99.9" in wrong.text
    assert "Ghi chú đang gõ" in wrong.text
    nothing = office.post(url, {**other, "way": "khác"})
    assert "Chưa chọn cách xử lý." in nothing.text


def test_what_is_left_to_the_issuing_body_keeps_the_set_open(made: World, office: Client) -> None:
    version = uploaded(office, made)
    page = settle(office, version, "f4", "leave", note="Công văn 15/SNV")
    assert "đang hỏi cơ quan ban hành" in page
    assert "còn 3 lỗi phải sửa và 8 điều chưa xác nhận" in page
    assert "Công văn 15/SNV" in office.get(f"/sets/versions/{version.pk}/record/").text
    page = settle(office, version, "f4", "keep")
    assert "còn 3 lỗi phải sửa và 7 điều chưa xác nhận" in page
    assert FindingDecision.objects.filter(undone_at=None).count() == 1


def test_an_older_mend_is_undone_after_newer_ones_and_not_when_they_build_on_it(made: World, office: Client) -> None:
    version = uploaded(office, made)
    settle(office, version, "f1", "rename")
    settle(office, version, "f2", "parts_as_table")
    first, second = FindingDecision.objects.order_by("pk")
    undo = f"/sets/versions/{version.pk}/check/undo/"
    row = version_rows(version)["2.3.2"]
    kept = CriteriaSetVersion.objects.get(pk=version.pk)
    node = stored_draft(kept.content, kept.reading).criteria_set.node("2.3.2")
    form = {"read": str(kept.edit_number), "act": "save", "mode": "form", "code": "2.3.5", "title": node.title,
            "max_points": points_text(node.max_points), "source": "report", "rule.kind": ""}  # fmt: skip
    assert office.post(f"/sets/versions/{version.pk}/rows/{row}/", form).status_code == 302
    refused = office.post(undo, {"decision": first.pk})
    assert refused.status_code == 409
    assert "Hoàn tác lần sửa sau trước" in refused.text
    assert office.post(undo, {"decision": second.pk}).status_code == 302
    edit = FindingDecision.objects.get(key="")
    assert office.post(undo, {"decision": edit.pk}).status_code == 302
    assert office.post(undo, {"decision": first.pk}).status_code == 302
    assert office.post(undo, {"decision": first.pk}).status_code == 409
    assert office.post(undo, {"decision": 99999}).status_code == 404
    again = CriteriaSetVersion.objects.get(pk=version.pk)
    fresh = uploaded(office, made)
    assert again.content == CriteriaSetVersion.objects.get(pk=fresh.pk).content
