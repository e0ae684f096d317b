"""While a unit answers what was returned, the council reads what was last submitted, and no draft of the answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from tests.factories.world import World, now
from tests.integration.web.evidence_forms import paper, upload

from parindex.database.models import Document, ScoreSheet, Submission
from parindex.usecases import submissions
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.typed_values import Typed, digest

Person = Callable[[str], Client]
COUNCIL = ("chair", "secretary", "appraiser")
DRAFT = "Bản nháp chưa ai ký"
pytestmark = pytest.mark.usefixtures("evidence_folders")


@pytest.fixture
def answering(made: World, as_person: Person, tmp_path: Path) -> Submission:
    """What was submitted before the sheet came back; the unit has begun to type and to upload."""
    part = made.sheet.parts.get()
    done = submissions.submit_part(by=made.session("leader"), at=now(), part_id=part.pk, incomplete_reason="Chưa có")
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state="returned")
    made.sheet.parts.update(state="returned", returned_reason="Bổ sung mục 2.1")
    change = Change(explanation=Typed(DRAFT, digest("")))
    save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1", change=change)
    upload(as_person("owner"), made, ("nhap.pdf", paper(tmp_path)), code="2.1")
    return done


def _addresses(made: World) -> list[str]:
    sheet, document = f"/sheets/{made.sheet.pk}/", Document.objects.get().pk
    return [
        sheet, f"{sheet}items/", f"{sheet}items/2.1/", f"{sheet}items/2.1/evidence/", f"{sheet}items/2.1/history/",
        f"{sheet}citations/", f"{sheet}submit/", f"{sheet}parts/", f"{sheet}replaced/", f"{sheet}workbook/file/",
        f"{sheet}extension/", f"/documents/{document}/",
    ]  # fmt: skip


@pytest.mark.parametrize("name", COUNCIL)
def test_the_council_reads_nothing_that_nobody_has_signed(
    made: World, answering: Submission, as_person: Person, name: str
) -> None:
    client = as_person(name)
    told = {address: client.get(address).status_code for address in _addresses(made)}
    assert told == dict.fromkeys(told, 403)
    assert "nhap" not in client.get("/documents/").text
    assert f'href="/sheets/{made.sheet.pk}/' not in client.get("/sheets/").text
    refused = client.get(f"/sheets/{made.sheet.pk}/items/2.1/").text
    assert DRAFT not in refused
    assert "Đơn vị đang trả lời phần bị trả lại" in refused
    assert f'<a class="btn btn--primary" href="/submissions/{answering.pk}/">' in refused


@pytest.mark.parametrize("name", COUNCIL)
def test_the_council_reads_what_was_last_submitted(
    made: World, answering: Submission, as_person: Person, name: str
) -> None:
    client = as_person(name)
    for address in ("", "claim/", "pdf/"):
        answer = client.get(f"/submissions/{answering.pk}/{address}")
        assert answer.status_code == 200
        assert DRAFT not in answer.content.decode("utf8", "replace")


@pytest.mark.parametrize("name", ["owner", "leader", "standing_office", "auditor"])
def test_who_answers_reviews_or_audits_reads_on(
    made: World, answering: Submission, as_person: Person, name: str
) -> None:
    assert DRAFT in as_person(name).get(f"/sheets/{made.sheet.pk}/items/2.1/").text
    assert as_person(name).get(f"/submissions/{answering.pk}/").status_code == 200


def test_an_answer_that_waits_for_the_signature_is_none_yet(
    made: World, answering: Submission, as_person: Person
) -> None:
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state="awaiting_signature")
    made.sheet.parts.update(state="awaiting_signature")
    refused = as_person("chair").get(f"/sheets/{made.sheet.pk}/items/2.1/")
    assert refused.status_code == 403
    assert f'href="/submissions/{answering.pk}/"' in refused.text
    assert as_person("chair").get(f"/submissions/{answering.pk}/").status_code == 200


def test_the_signed_answer_is_read_by_the_council(made: World, answering: Submission, as_person: Person) -> None:
    part = made.sheet.parts.get()
    submissions.submit_part(by=made.session("leader"), at=now(), part_id=part.pk, incomplete_reason="Chưa có")
    for name in COUNCIL:
        assert DRAFT in as_person(name).get(f"/sheets/{made.sheet.pk}/items/2.1/").text


def test_what_was_withdrawn_is_not_read_by_the_council(made: World, as_person: Person) -> None:
    part = made.sheet.parts.get()
    done = submissions.submit_part(by=made.session("leader"), at=now(), part_id=part.pk, incomplete_reason="Chưa có")
    submissions.withdraw(by=made.session("leader"), at=now(), sheet_id=made.sheet.pk, reason="Sửa")
    assert as_person("chair").get(f"/submissions/{done.pk}/").status_code == 403
    refused = as_person("chair").get(f"/sheets/{made.sheet.pk}/items/2.1/").text
    assert "/submissions/" not in refused
    assert "Đơn vị chưa nộp phiếu." in refused


def test_a_returned_sheet_that_was_never_submitted_here_says_so_without_a_way(made: World, as_person: Person) -> None:
    """Brought from elsewhere with its stage, without what was signed there."""
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state="returned")
    refused = as_person("chair").get(f"/sheets/{made.sheet.pk}/items/2.1/")
    assert refused.status_code == 403
    assert "/submissions/" not in refused.text
