"""The sheet of a province in parts: assigned, filled, presented, signed, returned, compiled, submitted, withdrawn."""

from __future__ import annotations

import hashlib
import re

import pypdfium2
import pytest
from django.core import mail
from django.test import Client
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import PASSWORD

from parindex.database.models import AuditRecord, Entry, SheetPart, Submission
from parindex.usecases import audit_log

pytestmark = pytest.mark.both

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def parts(db: None) -> PartsWorld:
    """The sheet of the province, not yet divided."""
    return parts_world(assigned=False)


def browser(parts: PartsWorld, name: str) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(parts.people[name], backend=BACKEND)
    return client


def printed_text(data: bytes) -> str:
    """The text of a PDF without its line breaks."""
    with pypdfium2.PdfDocument(data) as paper:
        return "".join(paper[0].get_textpage().get_text_range().replace("\u200b", "").split())


def sign(client: Client, address: str) -> Submission:
    """Read the page of the signature and sign what it shows."""
    page = client.get(address)
    assert page.status_code == 200, page.text
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page.text)
    assert seen is not None
    answer = client.post(address, {"password": PASSWORD, "seen": seen[1]})
    assert answer.status_code == 302, answer.text
    return Submission.objects.get(pk=int(answer["Location"].strip("/").split("/")[-1]))


def test_from_the_assignment_to_the_second_submission(
    parts: PartsWorld, django_capture_on_commit_callbacks: object
) -> None:
    sheet = parts.sheet.pk
    office, head = browser(parts, "standing_office"), browser(parts, "head")
    # The standing office of the body gives the items to their lead units.
    for items, lead in ((("1.1", "1.2"), parts.made.department), (("2.1", "2.2"), parts.made.other_department)):
        form = {"item": items, "lead": str(lead.pk), "reason": "Phân công của UBND tỉnh"}
        assert office.post(f"/sheets/{sheet}/parts/assign/", form).status_code == 302
    assert list(SheetPart.objects.filter(sheet=sheet).order_by("pk").values_list("lead_name", flat=True)) == [
        "UBND tỉnh", "Sở Y tế", "Sở Tư pháp",
    ]  # fmt: skip
    health, justice = parts.part("so-y-te").pk, parts.part("so-tu-phap").pk
    # Nobody but its lead unit writes a part.
    stranger = browser(parts, "stranger")
    assert stranger.post(f"/sheets/{sheet}/items/1.1/", {"figure.plan": "late"}).status_code == 403
    parts.fill("1.1", "1.2", "2.1", "2.2")
    # Presented, sent back, presented again, signed.
    owner, leader = browser(parts, "owner"), browser(parts, "leader")
    assert owner.post(f"/parts/{health}/present/").status_code == 302
    assert parts.part("so-y-te").state == "awaiting_signature"
    assert leader.post(f"/parts/{health}/send-back/", {"reason": ""}).status_code == 422
    assert leader.post(f"/parts/{health}/send-back/", {"reason": "Sửa 1.2"}).status_code == 302
    assert owner.post(f"/parts/{health}/present/").status_code == 302
    assert sign(leader, f"/parts/{health}/sign/").part_id == health
    # Compiling waits for the other part.
    refused = office.post(f"/sheets/{sheet}/compile/")
    assert refused.status_code == 422
    assert "còn phần của Sở Tư pháp chưa ký" in refused.text
    first = sign(browser(parts, "other_leader"), f"/parts/{justice}/sign/")
    # Returned with a reason, answered, signed again.
    assert office.post(f"/parts/{justice}/return/", {"reason": "Đối chiếu lại 2.2"}).status_code == 302
    first.refresh_from_db()
    assert first.withdrawn_reason == "Đối chiếu lại 2.2"
    assert stranger.post(f"/parts/{justice}/present/").status_code == 302
    again = sign(browser(parts, "other_leader"), f"/parts/{justice}/sign/")
    assert (again.number, parts.part("so-tu-phap").state) == (2, "resubmitted")
    # The meeting, the whole, the head.
    form = {"held_on": "02/01/2025", "present": "Sở Nội vụ, Sở Tư pháp", "agreed": "Giữ nguyên 2.2"}
    assert office.post(f"/sheets/{sheet}/meetings/", form).status_code == 302
    assert "Giữ nguyên 2.2" in office.get(f"/sheets/{sheet}/parts/").text
    assert head.get(f"/sheets/{sheet}/sign/").status_code == 403
    assert office.post(f"/sheets/{sheet}/compile/").status_code == 302
    assert leader.post(f"/parts/{health}/withdraw/", {"reason": "Muộn"}).status_code == 403
    whole = sign(head, f"/sheets/{sheet}/sign/")
    assert (whole.part_id, whole.number, parts.now().state) == (None, 1, "submitted")
    # The receipt, as page and as paper.
    assert whole.fingerprint[:8] in head.get(f"/submissions/{whole.pk}/").text
    paper = head.get(f"/submissions/{whole.pk}/pdf/")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    printed = printed_text(paper.content)
    assert all(whole.fingerprint[at : at + 8] in printed for at in range(0, 64, 8))
    assert whole.log_hash in printed
    assert "1/QĐ-UBND" in printed
    # The head of the chain is printed so that a copy of it is exact; what was signed is given out as it was signed.
    with pypdfium2.PdfDocument(paper.content) as opened:
        lines = opened[0].get_textpage().get_text_range().splitlines()
    assert f"cycle-{parts.sheet.cycle_id}:{whole.log_sequence}:{whole.log_hash}" in lines
    assert "KHÔNGCÒNHIỆULỰC" not in printed
    given = head.get(f"/submissions/{whole.pk}/claim/")
    assert (given["Content-Type"], hashlib.sha256(given.content).hexdigest()) == ("application/json", whole.fingerprint)
    # Withdrawn and submitted again, with a new number.
    assert head.post(f"/sheets/{sheet}/withdraw/", {"reason": "Bổ sung tài liệu"}).status_code == 302
    assert parts.now().state == "open"
    assert "Mã khớp, nhưng lần nộp này đã rút" in head.get(f"/submissions/check/?fingerprint={whole.fingerprint}").text
    withdrawn = printed_text(head.get(f"/submissions/{whole.pk}/pdf/").content)
    assert "KHÔNGCÒNHIỆULỰC.Headrúthoặctrảlạilúc" in withdrawn
    assert "Lýdo:Bổsungtàiliệu" in withdrawn
    assert office.post(f"/sheets/{sheet}/compile/").status_code == 302
    second = sign(head, f"/sheets/{sheet}/sign/")
    assert (second.number, parts.now().state) == (2, "submitted")
    assert not any(proof.broken for proof in audit_log.verify())
    done = AuditRecord.objects.filter(chain__key=f"cycle-{parts.sheet.cycle_id}").order_by("sequence")
    acts = [row.action for row in done if row.action not in ("edit_entry", "open_cycle", "add_group")]
    assert acts == [
        "assign_items", "assign_items", "present", "send_back", "present", "sign", "sign", "return", "present", "sign",
        "record_meeting", "compile", "submit", "withdraw", "compile", "submit",
    ]  # fmt: skip
    assert all(row.role for row in done if row.action in set(acts) - {"assign_items", "record_meeting"})


def test_mails_reach_those_who_act_next(parts: PartsWorld, django_capture_on_commit_callbacks: object) -> None:
    parts_before = len(mail.outbox)
    owner = browser(parts, "clerk")
    parts.fill("1.1", "1.2", "2.1", "2.2")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        owner.post(f"/parts/{parts.part('tinh').pk}/present/")
    assert [letter.to for letter in mail.outbox[parts_before:]] == [["head@example.vn"]]
    assert mail.outbox[-1].subject == "Chờ ký: Phiếu cấp tỉnh năm 2025"


def test_a_moved_item_keeps_what_was_entered(parts: PartsWorld) -> None:
    parts.fill("1.1", "1.2", "2.1", "2.2")
    before = Entry.objects.get(sheet=parts.sheet, item_code="2.1")
    form = {"item": ["2.1"], "lead": str(parts.made.department.pk), "reason": "Đổi phân công"}
    assert browser(parts, "standing_office").post(f"/sheets/{parts.sheet.pk}/parts/assign/", form).status_code == 302
    after = Entry.objects.get(pk=before.pk)
    assert (after.points, after.version, after.part.lead_name) == (before.points, before.version, "Sở Y tế")
    row = AuditRecord.objects.get(action="assign_items")
    assert (row.reason, row.before, row.after) == (
        "Đổi phân công", '{"2.1": "UBND tỉnh"}', '{"2.1": "Sở Y tế"}',
    )  # fmt: skip
