"""What an act does beside its own row stands in the log too: with before, after and reason, in the right chain."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories.parts_world import parts_world
from tests.factories.world import SMALL_SET, World, now
from tests.integration.web.test_signed_citations import cites, same_number, signed
from tests.integration.web.told_writes import watched

from parindex.database.models import (
    AuditRecord,
    CriteriaSetVersion,
    Document,
    Entry,
    GuidanceNote,
    OfficialPaper,
    ScoreSheet,
    StoredFile,
)
from parindex.documents.criteria_drafts.reading_worker import answered
from parindex.domain.review.audit_chain import INSTALLATION
from parindex.domain.units import Decision
from parindex.usecases import accounts, audit_log, criteria_sets, guidance, submissions
from parindex.usecases.lock_outs import unlock_account
from parindex.usecases.not_assessed import decide_request, request_not_assessed, withdraw_request
from parindex.usecases.timekeeping import keep_time
from parindex.usecases.units import UnitData, change_unit

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Person = Callable[[str], Client]
Told = tuple[dict[str, Any], dict[str, Any]]


def told(action: str) -> Told:
    """Before and after of the last record of an action."""
    row = AuditRecord.objects.filter(action=action).latest("pk")
    return json.loads(row.before or "{}"), json.loads(row.after or "{}")


def chains(action: str) -> list[str]:
    rows = AuditRecord.objects.filter(action=action).order_by("pk")
    return list(rows.values_list("chain__key", flat=True))


# --- papers ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def paper(made: World) -> OfficialPaper:
    """A paper of the province that nobody has read."""
    file = StoredFile.objects.create(sha256="a" * 64, size=1, content_type="text/yaml", stored_at=now())
    return OfficialPaper.objects.create(
        owner=made.province, name="bo.yaml", file=file, uploaded_by=made.people["standing_office"], uploaded_at=now()
    )


def read_as(monkeypatch: pytest.MonkeyPatch, answer: Mapping[str, Any]) -> None:
    """Let the reading of every paper say this."""
    for one in (criteria_sets, guidance):
        monkeypatch.setattr(one, "job_of", lambda _paper: SimpleNamespace(answer=lambda: answer))


UNREADABLE = {"problems": [{"kind": "file_empty", "place": {"file": "bo.yaml"}, "facts": {}}]}


def test_a_paper_that_could_not_be_read_says_so_in_the_log_and_so_does_reading_it_again(
    made: World, paper: OfficialPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_as(monkeypatch, UNREADABLE)
    monkeypatch.setattr(criteria_sets, "start_reading", lambda _paper: False)
    by, at = made.session("standing_office"), now()
    assert criteria_sets.take_reading(by=by, at=at, paper_id=paper.pk) == []
    unread: dict[str, object] = {"read_at": None, "problems": []}
    failed = {"read_at": at.isoformat(), "problems": ["file_empty"]}
    assert told("take_reading") == (unread, {**failed, "drafts": []})
    criteria_sets.read_again(by=by, at=at, paper_id=paper.pk)
    assert told("read_paper_again") == (failed, unread)
    assert chains("take_reading") + chains("read_paper_again") == [INSTALLATION, INSTALLATION]


def test_what_was_read_names_its_drafts(
    made: World, paper: OfficialPaper, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    copy = tmp_path / "bo.yaml"
    copy.write_bytes(SMALL_SET.read_bytes().replace(b"id: small-set", b"id: other-set"))
    read_as(monkeypatch, answered(copy, "bo.yaml", tmp_path / "a.json"))
    (draft,) = criteria_sets.take_reading(by=made.session("standing_office"), at=now(), paper_id=paper.pk)
    _, after = told("take_reading")
    assert (after["drafts"], after["problems"]) == ([draft.pk], [])
    _, after = told("make_set_draft")
    assert after == {"set": "other-set", "number": 1, "paper": paper.pk, "started_from": None}
    monkeypatch.setattr(criteria_sets, "start_reading", lambda _paper: False)
    before = AuditRecord.objects.count()
    criteria_sets.read_again(by=made.session("standing_office"), at=now(), paper_id=paper.pk)
    assert AuditRecord.objects.count() == before  # a paper with drafts stays as it was read


def test_what_guidance_took_from_its_paper_stands_item_by_item_in_the_log(
    made: World, paper: OfficialPaper, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    read_as(monkeypatch, answered(SMALL_SET, "bo.yaml", tmp_path / "a.json"))
    by = made.session("standing_office")
    one = guidance.make_guidance(by=by, at=now(), version_id=made.version.pk, title="Hướng dẫn", paper=paper)
    assert told("make_guidance") == ({}, {"number": 1, "title": "Hướng dẫn", "paper": paper.pk, "notes_of": None})
    GuidanceNote.objects.create(guidance=one, item_code="1.1", example_text="Ví dụ")
    count = guidance.take_guidance(by=by, at=now(), guidance_id=one.pk)
    before, after = told("edit_guidance")
    assert (before["read_at"], before["notes"]["1.1"]) == (None, {"rule": "", "evidence": "", "example": "Ví dụ"})
    stored = {
        note.item_code: {"rule": note.rule_text, "evidence": note.evidence_text, "example": note.example_text}
        for note in GuidanceNote.objects.filter(guidance=one)
    }
    assert (after["notes"], len(stored)) == (stored, count)
    published = guidance.publish_guidance(by=by, at=now(), guidance_id=one.pk)
    before, after = told("publish_guidance")
    assert (before, after["published_at"]) == ({"published_at": None}, str(published.published_at))
    guidance.make_guidance(by=by, at=now(), version_id=made.version.pk, title="Bản hai")
    assert told("make_guidance")[1]["notes_of"] == 1


# --- units that move -------------------------------------------------------------------------------------------------

LAW = Decision("1/NQ-HĐND", timezone.localdate())
PLACES = ({"places": {"so-y-te": "tinh/so-y-te"}}, {"places": {"so-y-te": "tinh/so-noi-vu/so-y-te"}})


def move(made: World, days: int) -> None:
    change_unit(
        by=made.session("administrator"), at=now(), code="so-y-te", decision=LAW,
        first=timezone.localdate() + timedelta(days=days),
        data=UnitData("Sở Y tế", "", "department", "so-noi-vu"),
    )  # fmt: skip


def test_a_unit_that_moves_is_told_in_the_chain_of_every_cycle_where_its_rights_follow(made: World) -> None:
    move(made, 0)
    row = AuditRecord.objects.get(action="follow_units")
    assert told("follow_units") == PLACES
    assert (row.chain.key, row.actor_name, row.role) == (f"cycle-{made.cycle.pk}", "Administrator", "administrator")
    assert not any(proof.broken for proof in audit_log.verify())


def test_the_clock_tells_it_too_once_and_by_nobody(made: World) -> None:
    move(made, 3)
    assert not AuditRecord.objects.filter(action="follow_units").exists()
    for _ in range(2):
        keep_time(at=now() + timedelta(days=4))
    row = AuditRecord.objects.get(action="follow_units")
    assert told("follow_units") == PLACES
    assert (row.actor, row.role) == (None, "")


# --- citations -------------------------------------------------------------------------------------------------------


def citation(document: Document | None, sheet: ScoreSheet) -> list[dict[str, object]]:
    return [
        {
            "sheet": sheet.pk, "item": "1.1", "citation": "Báo cáo số 401/BC-UBND ngày 08/12/2025",
            "document_id": document.pk if document else None,
        }
    ]  # fmt: skip


def linked(action: str) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    before, after = told(action)
    cut = [[{**one, "citation": one["citation"][:38]} for one in side["citations"]] for side in (before, after)]
    return cut[0], cut[1]


def test_citations_that_a_mended_document_is_linked_with_are_told_with_it() -> None:
    parts = parts_world()
    cites(parts)
    document = same_number(parts)
    assert linked("mend_document") == (citation(None, parts.sheet), citation(document, parts.sheet))


@pytest.mark.parametrize("act", ["withdraw", "return"])
def test_citations_that_are_linked_when_a_part_is_opened_are_told_with_it(act: str) -> None:
    parts = parts_world()
    cites(parts)
    part = signed(parts)
    document = same_number(parts)
    assert "citations" not in told("mend_document")[1]
    if act == "withdraw":
        submissions.withdraw_part(by=parts.session("leader"), at=now(), part_id=part, reason="Sửa")
    else:
        submissions.return_part(by=parts.session("standing_office"), at=now(), part_id=part, reason="Thiếu")
    assert linked(act) == (citation(None, parts.sheet), citation(document, parts.sheet))
    assert not any(proof.broken for proof in audit_log.verify())


# --- requests not to assess ------------------------------------------------------------------------------------------


def test_every_step_of_a_request_says_what_was_before(made: World) -> None:
    where = {"sheet_id": made.sheet.pk, "item_code": "1.2"}
    owner: dict[str, Any] = {"by": made.session("owner"), "at": now(), **where}
    office: dict[str, Any] = {"by": made.session("standing_office"), "at": now(), **where}
    asked = request_not_assessed(**owner, reason="Không có", legal_basis="Điều 3")
    open_, waits = {"state": "unanswered", "points": ""}, {"state": "not_assessed_requested", "points": ""}
    request = {"request": asked.pk}
    assert told("request_not_assessed") == (
        {**open_, "request_state": None},
        {**waits, **request, "request_state": "requested", "legal_basis": "Điều 3"},
    )
    withdraw_request(**owner)
    assert told("withdraw_request") == (
        {**waits, "request_state": "requested"}, {**open_, **request, "request_state": "withdrawn"}
    )  # fmt: skip
    again = {"request": request_not_assessed(**owner, reason="Không có", legal_basis="").pk}
    assert told("request_not_assessed")[0] == {**open_, "request_state": "withdrawn"}
    decide_request(**office, approved=True, reason="")
    approved = {"state": "not_assessed", "points": "", "request_state": "approved"}
    assert told("approve_not_assessed") == ({**waits, "request_state": "requested"}, {**approved, **again})
    decide_request(**office, approved=False, reason="Có chức năng")
    assert told("refuse_not_assessed") == (approved, {**open_, **again, "request_state": "refused"})
    assert Entry.objects.get(sheet=made.sheet, item_code="1.2").state == "unanswered"


# --- accounts --------------------------------------------------------------------------------------------------------


def test_an_account_that_is_closed_and_opened_again_says_what_was_before(made: World) -> None:
    at = now()
    user = made.people["owner"].pk
    given: dict[str, Any] = {"by": made.session("administrator"), "at": at, "user_id": user, "reason": "Chuyển"}
    accounts.deactivate_account(**given)
    used, closed = {"is_active": True, "deactivated_at": None}, {"is_active": False, "deactivated_at": str(at)}
    assert told("deactivate_account") == (used, {**closed, "items": 0, "sessions": 0})
    accounts.reactivate_account(**given)
    assert told("reactivate_account") == (closed, used)


def test_an_account_that_is_unlocked_says_after_how_many_failures(made: World) -> None:
    for address, failures in (("10.0.0.1", 4), ("10.0.0.2", 3)):
        AccessAttempt.objects.create(
            username="owner", ip_address=address, path_info="/login/", failures_since_start=failures
        )
    unlock_account(by=made.session("leader"), at=now(), user_id=made.people["owner"].pk)
    assert told("unlock_account") == ({"failures": 7}, {"failures": 0})


# --- what nobody told ------------------------------------------------------------------------------------------------


def test_a_write_without_a_record_is_seen(made: World) -> None:
    with watched() as writes:
        CriteriaSetVersion.objects.filter(pk=0).update(reason="x")  # no row: nothing is written
    assert writes.untold == []
    with watched() as writes:
        ScoreSheet.objects.filter(pk=made.sheet.pk).update(points="9")
        GuidanceNote.objects.all().delete()
    assert writes.untold == ["UPDATE parindex_scoresheet"]
    with watched() as writes:
        ScoreSheet.objects.filter(pk=made.sheet.pk).update(points="8")
        audit_log.record("remind", audit_log.target(made.sheet, cycle=made.cycle), by=None, at=now())
    assert writes.untold == []


def test_looking_at_a_paper_that_was_read_meanwhile_is_told(
    made: World, as_person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from parindex.web.criteria_sets import views

    monkeypatch.setattr(views, "start_reading", lambda _paper: False)
    client = as_person("standing_office")
    file = SimpleUploadedFile("bo.yaml", SMALL_SET.read_bytes())
    address = client.post("/sets/", {"owner": made.province.pk, "paper": file})["Location"]
    job = SimpleNamespace(answer=lambda: UNREADABLE, progress=lambda: None)
    for one in (views, criteria_sets):
        monkeypatch.setattr(one, "job_of", lambda _paper: job)
    with watched() as writes:
        assert client.get(address).status_code == 422
    assert (writes.untold, writes.records) == ([], 1)
