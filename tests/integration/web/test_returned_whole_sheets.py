"""A submitted sheet is returned as a whole by who runs the cycle, until the appraisal begins: the way out where
something else has to change first, as a criteria set that is replaced inside the year.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from tests.factories.filled import enter_everything
from tests.factories.parts_world import parts_world
from tests.factories.world import World, now, version_of_year

from parindex.database.models import AuditRecord, Cycle, CycleGroup, Phase, ScoreSheet, Submission
from parindex.domain.review.refusal import Refusal
from parindex.usecases import submissions
from parindex.usecases.cycle_running import ask_for_extension, extend
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.recorded_signatures import not_as_signed
from parindex.usecases.set_replacement import replace_set
from parindex.usecases.typed_values import Typed, digest

Person = Callable[[str], Client]


def _submitted(made: World) -> Submission:
    enter_everything(made.sheet)
    return submissions.submit_part(
        by=made.session("leader"), at=now(), part_id=made.sheet.parts.get().pk, incomplete_reason="Chưa có"
    )


def _nothing_broken(cycle: int) -> bool:
    return not list(not_as_signed(cycle, AuditRecord.objects.filter(chain__key=f"cycle-{cycle}")))


def test_the_office_returns_it_and_the_unit_signs_anew(
    made: World, as_person: Person, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    first = _submitted(made)
    office, address = as_person("standing_office"), f"/sheets/{made.sheet.pk}/return/"
    assert address in office.get(f"/sheets/{made.sheet.pk}/submit/").text
    assert "Trả lại phiếu đã nộp" in office.get(address).text
    assert office.post(address, {"reason": " "}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        done = office.post(address, {"reason": "Thay bộ tiêu chí"}, follow=True)
    assert "Đã trả lại phiếu của Sở Y tế." in done.text
    sheet = ScoreSheet.objects.get(pk=made.sheet.pk)
    assert (sheet.state, sheet.submitted_at, sheet.parts.get().state) == ("returned", None, "returned")
    assert sheet.parts.get().returned_reason == "Thay bộ tiêu chí"
    first.refresh_from_db()
    assert first.withdrawn_reason == "Thay bộ tiêu chí"
    assert first.withdrawn_by == made.people["standing_office"]
    record = AuditRecord.objects.get(action="return")
    assert (record.reason, record.role, record.unit_id) == ("Thay bộ tiêu chí", "standing_office", made.department.pk)
    said = "trả lại phiếu đã nộp; sửa xong, ký nộp lại. Lý do: Thay bộ tiêu chí"
    told = {one.to[0] for one in mail.outbox if said in one.body}
    assert told == {"owner@example.vn", "colleague@example.vn", "leader@example.vn"}
    assert "Lần ký này không còn hiệu lực." in as_person("leader").get(f"/submissions/{first.pk}/").text
    assert "Thay bộ tiêu chí" in as_person("owner").get(f"/sheets/{made.sheet.pk}/submit/").text
    change = Change(explanation=Typed("Đã xem lại", digest("")))
    save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1", change=change)
    second = submissions.submit_part(
        by=made.session("leader"), at=now(), part_id=sheet.parts.get().pk, incomplete_reason="Chưa có"
    )
    assert second.number == 2
    sheet.refresh_from_db()
    assert sheet.state == "resubmitted"
    assert _nothing_broken(made.cycle.pk)


def test_a_set_can_be_replaced_although_a_sheet_was_submitted(made: World) -> None:
    _submitted(made)
    office = made.session("standing_office")
    other = version_of_year(made.version, 2026)
    group = CycleGroup.objects.get(cycle=made.cycle)
    with pytest.raises(Refusal, match="sheets_signed"):
        replace_set(by=office, at=now(), group_id=group.pk, version_id=other.pk, reason="Sửa đổi")
    submissions.return_sheet(by=office, at=now(), sheet_id=made.sheet.pk, reason="Thay bộ tiêu chí")
    replace_set(by=office, at=now(), group_id=group.pk, version_id=other.pk, reason="Sửa đổi")
    group.refresh_from_db()
    assert group.set_version_id == other.pk


@pytest.mark.parametrize("name", ["leader", "owner", "stranger", "chair", "auditor"])
def test_nobody_else_returns_it(made: World, as_person: Person, name: str) -> None:
    _submitted(made)
    assert as_person(name).post(f"/sheets/{made.sheet.pk}/return/", {"reason": "x"}).status_code == 403
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "submitted"


def test_not_before_it_is_submitted_nor_while_the_council_appraises(made: World) -> None:
    office = made.session("standing_office")
    with pytest.raises(Refusal, match="wrong_stage"):
        submissions.return_sheet(by=office, at=now(), sheet_id=made.sheet.pk, reason="x")
    _submitted(made)
    Cycle.objects.filter(pk=made.cycle.pk).update(state="appraisal")
    with pytest.raises(Refusal, match="cycle_closed"):
        submissions.return_sheet(by=office, at=now(), sheet_id=made.sheet.pk, reason="x")


def test_after_the_deadline_the_unit_gets_more_time_first(made: World, as_person: Person) -> None:
    _submitted(made)
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now() - timedelta(hours=1))
    office = made.session("standing_office")
    with pytest.raises(Refusal, match="return_needs_extension"):
        submissions.return_sheet(by=office, at=now(), sheet_id=made.sheet.pk, reason="x")
    page = as_person("standing_office").get(f"/sheets/{made.sheet.pk}/submit/").text
    assert "Gia hạn cho đơn vị rồi trả lại." in page
    until = now() + timedelta(days=3)
    extend(by=office, at=now(), sheet_ids=[made.sheet.pk], until=until, reason="Thay bộ tiêu chí")
    submissions.return_sheet(by=office, at=now(), sheet_id=made.sheet.pk, reason="x")
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "returned"


def test_a_part_that_is_the_whole_sheet_is_refused_with_the_reason_that_holds(made: World, as_person: Person) -> None:
    _submitted(made)
    answer = as_person("standing_office").post(f"/parts/{made.sheet.parts.get().pk}/return/", {"reason": "x"})
    assert answer.status_code == 403
    assert "cơ quan thường trực trả lại cả phiếu" in answer.text


def test_the_parts_of_a_sheet_stay_signed_and_can_then_be_returned(db: None) -> None:
    made = parts_world()
    made.fill("1.1", "1.2", "2.1", "2.2")
    for lead, leader in (("so-y-te", "leader"), ("so-tu-phap", "other_leader")):
        submissions.submit_part(by=made.session(leader), at=now(), part_id=made.part(lead).pk)
    office = made.session("standing_office")
    submissions.compile_sheet(by=office, at=now(), sheet_id=made.sheet.pk)
    whole = submissions.submit_sheet(by=made.session("head"), at=now(), sheet_id=made.sheet.pk)
    first = made.part("so-y-te")
    with pytest.raises(Refusal, match="sheet_compiled"):
        submissions.return_part(by=office, at=now(), part_id=first.pk, reason="Sai số liệu")
    submissions.return_sheet(by=office, at=now(), sheet_id=made.sheet.pk, reason="Sai số liệu")
    whole.refresh_from_db()
    assert whole.withdrawn_reason == "Sai số liệu"
    assert (made.now().state, made.part("so-y-te").state, made.part("so-tu-phap").state) == (
        "returned", "submitted", "submitted",
    )  # fmt: skip
    submissions.return_part(by=office, at=now(), part_id=first.pk, reason="Sai số liệu")
    first.refresh_from_db()
    assert first.state == "returned"
    assert _nothing_broken(made.sheet.cycle_id)


def test_where_there_is_no_deadline_none_is_extended(made: World, as_person: Person) -> None:
    Phase.objects.filter(cycle=made.cycle).update(ends_at=None)
    until = now() + timedelta(days=20)
    with pytest.raises(Refusal, match="no_deadline_to_extend"):
        ask_for_extension(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, until=until, reason="Chờ")
    form = {"until": f"{until:%d/%m/%Y}", "reason": "Chờ số liệu"}
    answer = as_person("owner").post(f"/sheets/{made.sheet.pk}/extension/", form)
    assert answer.status_code == 422
    assert "Phiếu không có hạn nộp nên không cần gia hạn." in answer.text
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/extension/").text
    assert "Phiếu không có hạn nộp nên không cần gia hạn." in page
    assert 'name="until"' not in page
