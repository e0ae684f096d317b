"""How a round of explanations ends, sheets in parts of which some are asked, and sheets that come late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.asked_world import answer, ask, asked_world, send
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import morning, now

from parindex.database.models import (
    Attachment,
    AuditRecord,
    Council,
    CouncilMember,
    Cycle,
    Entry,
    ExplanationRound,
    Figure,
    Flag,
    ItemAppraisal,
    Question,
    ScoreSheet,
    SheetPart,
    Submission,
)
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log, submissions
from parindex.usecases.appraisals import begin_appraisal
from parindex.usecases.cycle_running import ask_for_extension, extend
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.evidence import add_link
from parindex.usecases.explanation_rounds import close_rounds
from parindex.usecases.further_explanations import send_questions, write_answer
from parindex.usecases.not_assessed import decide_request, request_not_assessed
from parindex.usecases.opinions import Said, give_opinion
from parindex.usecases.reminders import remind_by_timetable
from parindex.usecases.timekeeping import keep_time
from parindex.usecases.typed_values import Typed, digest
from parindex.wording.moments import local_day, moment

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def asked(db: None) -> AppraisalWorld:
    return asked_world()


def broken() -> list[object]:
    return [one for proof in audit_log.verify() for one in proof.broken]


def later(days: int = 8) -> datetime:
    return now() + timedelta(days=days)


def change_everything(world: AppraisalWorld) -> None:
    """The officer changes figure, explanation and evidence of what was asked about."""
    owner = world.session("owner")
    change = Change({"online": Typed("310", digest("300"))}, explanation=Typed("Theo 12/BC-SYT", digest("")))
    save_entry(by=owner, at=now(), sheet_id=world.sheet.pk, item_code="2.2", change=change)
    add_link(by=owner, at=now(), sheet_id=world.sheet.pk, item_code="2.2", link="https://a.vn/1", title="Danh mục")


@pytest.mark.parametrize("presented", [False, True])
def test_when_time_is_over_the_council_goes_on_with_what_was_signed(asked: AppraisalWorld, presented: bool) -> None:
    change_everything(asked)
    answer(asked)
    if presented:
        submissions.present(by=asked.session("owner"), at=now(), part_id=asked.sheet.parts.get().pk)
    assert close_rounds(at=later(6)) == 0
    before = AuditRecord.objects.count()
    assert keep_time(at=later()).locked == 0
    question = Question.objects.get()
    assert (question.answered_at, question.answer) == (None, "Chênh lệch là hồ sơ của hai xã mới sáp nhập.")
    assert question.closed_at is not None
    assert (asked.sheet.state, asked.sheet.parts.get().state) == ("in_appraisal", "in_appraisal")
    assert ExplanationRound.objects.get().closed_at is not None
    assert (asked.appraisal("2.2").state, asked.appraisal("2.2").version) == ("waiting", 2)
    entry = asked.entry("2.2")
    assert (entry.points, entry.explanation) == ("1", "")
    assert Figure.objects.get(unit=asked.made.department, measure="online").value == "300"
    assert Attachment.objects.get(entry=entry).removed_at is not None
    acts = list(AuditRecord.objects.order_by("pk").values_list("action", flat=True))[before:]
    assert acts == ["restore_signed", "close_round"]
    assert broken() == []
    assert close_rounds(at=later()) == 0


def test_what_nobody_changed_needs_no_bringing_back(asked: AppraisalWorld) -> None:
    assert close_rounds(at=later()) == 1
    assert not AuditRecord.objects.filter(action="restore_signed").exists()
    assert asked.entry("2.2").version == Entry.objects.get(sheet=asked.other_sheet, item_code="2.2").version


def test_who_was_given_more_time_still_answers(asked: AppraisalWorld) -> None:
    until = later(20)
    ask_for_extension(by=asked.session("owner"), at=now(), sheet_id=asked.sheet.pk, until=until, reason="Chờ số liệu")
    extend(by=asked.session("standing_office"), at=now(), sheet_ids=[asked.sheet.pk], until=until, reason="Đồng ý")
    assert close_rounds(at=later()) == 0
    assert ExplanationRound.objects.get().closed_at is None
    question = Question.objects.get()
    write_answer(by=asked.session("owner"), at=later(), question_id=question.pk, answer="Đã có số", seen=0)
    assert close_rounds(at=later(21)) == 1


def test_who_has_not_answered_is_reminded_of_it(asked: AppraisalWorld, mailoutbox: list[mail.EmailMessage]) -> None:
    mailoutbox.clear()
    until = ScoreSheet.objects.get(pk=asked.sheet.pk).answer_until
    assert until is not None
    days = (local_day(until) - local_day(morning())).days
    assert remind_by_timetable(at=morning(), days=(days + 1, days - 1)) == 0
    assert remind_by_timetable(at=morning(), days=(days,)) == 1  # the other unit was asked nothing
    assert {one.subject.partition(":")[0] for one in mailoutbox} == {"Nhắc trả lời hội đồng"}
    assert f"Hạn trả lời: {moment(until)}." in str(mailoutbox[0].body)
    assert remind_by_timetable(at=morning(), days=(days,)) == 0
    answer(asked)
    submissions.submit_part(by=asked.session("leader"), at=now(), part_id=asked.sheet.parts.get().pk)
    assert remind_by_timetable(at=morning() + timedelta(days=1), days=range(9)) == 0


def test_an_answer_after_the_deadline_is_refused(asked: AppraisalWorld) -> None:
    with pytest.raises(Refusal, match="deadline_passed"):
        write_answer(
            by=asked.session("owner"), at=later(), question_id=Question.objects.get().pk, answer="Muộn", seen=0
        )


def test_an_item_that_leaves_the_assessment_meanwhile_is_no_longer_asked_about(asked: AppraisalWorld) -> None:
    place = {"sheet_id": asked.sheet.pk, "item_code": "2.2"}
    request_not_assessed(by=asked.session("owner"), at=now(), **place, reason="Không áp dụng", legal_basis="")
    decide_request(by=asked.session("standing_office"), at=now(), **place, approved=True, reason="Đúng")
    assert asked.appraisal("2.2").state == "not_assessed"
    assert close_rounds(at=later()) == 1
    assert (asked.appraisal("2.2").state, asked.entry("2.2").state) == ("not_assessed", "not_assessed")


@pytest.mark.parametrize("first", ["signed", "approved"])
def test_an_answer_that_leaves_nothing_is_appraised(db: None, first: str) -> None:
    """The only item that was asked about leaves the assessment, before the leader signs or after."""
    made = appraisal_world()
    made.accept_all(but=("2.2",))
    ask(made)
    send(made)
    answer(made)
    place = {"sheet_id": made.sheet.pk, "item_code": "2.2"}
    request_not_assessed(by=made.session("owner"), at=now(), **place, reason="Không phát sinh", legal_basis="")

    def sign() -> None:
        submissions.submit_part(by=made.session("leader"), at=now(), part_id=made.sheet.parts.get().pk)

    def approve() -> None:
        decide_request(by=made.session("chair"), at=now(), **place, approved=True, reason="")

    for act in (sign, approve) if first == "signed" else (approve, sign):
        act()
    assert (made.sheet.state, made.sheet.parts.get().state) == ("appraised", "appraised")
    assert broken() == []


def test_questions_of_two_cycles_are_not_sent_together(asked: AppraisalWorld) -> None:
    close_rounds(at=later())
    for sheet in (asked.sheet, asked.other_sheet):
        said = Said(OpinionKind.ASK, question="Kế hoạch ban hành ngày nào?")
        asked.say("second_appraiser", "1.1", said, sheet)
    cycle = asked.cycle
    cycle.pk = None
    cycle.save()
    ScoreSheet.objects.filter(pk=asked.other_sheet.pk).update(cycle=cycle)
    ids = [asked.sheet.pk, asked.other_sheet.pk]
    with pytest.raises(Refusal, match="sheets_of_other_cycle"):
        send_questions(by=asked.session("secretary"), at=now(), sheet_ids=ids, ends_at=later())


def test_a_request_that_nobody_decided_ends_with_its_round(asked: AppraisalWorld) -> None:
    place = {"sheet_id": asked.sheet.pk, "item_code": "2.2"}
    request_not_assessed(by=asked.session("owner"), at=now(), **place, reason="Không áp dụng", legal_basis="")
    assert close_rounds(at=later()) == 1
    assert (asked.appraisal("2.2").state, asked.entry("2.2").points) == ("waiting", "1")


# --- sheets in parts -------------------------------------------------------------------------------------------------


@pytest.fixture
def body(db: None) -> PartsWorld:
    """The sheet of the province is in appraisal, and the council has asked about 1.1, which Sở Y tế leads."""
    world = parts_world()
    world.fill("1.1", "1.2", "2.1", "2.2")
    for leader, lead in (("leader", "so-y-te"), ("other_leader", "so-tu-phap")):
        submissions.submit_part(by=world.session(leader), at=now(), part_id=world.part(lead).pk)
    compile_and_submit(world)
    office = world.people["standing_office"]
    council = Council.objects.create(
        cycle=world.sheet.cycle, decision_number="1/QĐ", decision_date=now().date(), created_by=office, created_at=now()
    )
    for name in ("chair", "secretary"):
        CouncilMember.objects.create(council=council, user=world.people[name], role=name, joined_at=now())
    begin_appraisal(by=world.session("standing_office"), at=now(), cycle_id=world.sheet.cycle_id)
    entry = Entry.objects.get(sheet=world.sheet, item_code="1.1")
    said = Said(OpinionKind.ASK, question="Kế hoạch ban hành ngày nào?")
    give_opinion(by=world.session("chair"), at=now(), entry_id=entry.pk, said=said, seen=0)
    send_questions(by=world.session("secretary"), at=now(), sheet_ids=[world.sheet.pk], ends_at=later(7))
    return world


def compile_and_submit(world: PartsWorld) -> Submission:
    submissions.compile_sheet(by=world.session("standing_office"), at=now(), sheet_id=world.sheet.pk)
    return submissions.submit_sheet(by=world.session("head"), at=now(), sheet_id=world.sheet.pk)


def states(world: PartsWorld) -> tuple[str, str, str]:
    return world.now().state, world.part("so-y-te").state, world.part("so-tu-phap").state


def test_of_a_sheet_in_parts_those_are_returned_that_are_asked_about(body: PartsWorld) -> None:
    assert states(body) == ("returned", "returned", "in_appraisal")
    assert broken() == []
    with pytest.raises(Refusal, match="cycle_closed"):
        body.fill("2.1")
    question = Question.objects.get()
    with pytest.raises(Refusal, match="entered_by_unit"):
        write_answer(by=body.session("stranger"), at=now(), question_id=question.pk, answer="x", seen=0)
    write_answer(by=body.session("owner"), at=now(), question_id=question.pk, answer="02/01/2025", seen=0)
    with pytest.raises(Refusal, match="parts_not_signed"):
        compile_and_submit(body)
    submissions.submit_part(by=body.session("leader"), at=now(), part_id=body.part("so-y-te").pk)
    assert Question.objects.get().answered_at is None  # the body's head has not signed
    made = compile_and_submit(body)
    assert states(body) == ("resubmitted", "resubmitted", "in_appraisal")
    assert Question.objects.get().answered_at is not None
    assert made.number == 2
    assert broken() == []


def test_what_the_leader_of_a_part_has_signed_counts_when_time_is_over(
    body: PartsWorld, django_capture_on_commit_callbacks: Any
) -> None:
    question = Question.objects.get()
    write_answer(by=body.session("owner"), at=now(), question_id=question.pk, answer="02/01/2025", seen=0)
    explained = Change(explanation=Typed("Số 15/KH-SYT ngày 02/01/2025", digest("")))
    save_entry(by=body.session("owner"), at=now(), sheet_id=body.sheet.pk, item_code="1.1", change=explained)
    submissions.submit_part(by=body.session("leader"), at=now(), part_id=body.part("so-y-te").pk)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert close_rounds(at=later()) == 1
    assert any(one.subject.startswith("Đã giải trình") for one in mail.outbox)
    flags = Flag.objects.filter(entry=question.entry_id, gone_at=None).values_list("kind", flat=True)
    assert list(flags) == ["paper_not_attached"]
    assert states(body) == ("in_appraisal", "in_appraisal", "in_appraisal")
    assert Question.objects.get().answered_at is not None
    assert ItemAppraisal.objects.get(entry=question.entry_id).state == "explained"
    assert broken() == []


def test_a_part_that_nobody_signed_goes_back_as_it_was(body: PartsWorld) -> None:
    submissions_before = Submission.objects.count()
    assert close_rounds(at=later()) == 1
    assert states(body) == ("in_appraisal", "in_appraisal", "in_appraisal")
    assert Submission.objects.count() == submissions_before
    assert broken() == []


# --- late sheets -----------------------------------------------------------------------------------------------------


@pytest.fixture
def late(db: None) -> AppraisalWorld:
    """The sheet of Sở Tư pháp was locked unsubmitted when the appraisal began."""
    world = appraisal_world(begun=False)
    submissions.withdraw(
        by=world.session("other_leader"), at=now(), sheet_id=world.other_sheet.pk, reason="Sửa số liệu"
    )
    submissions.lock_overdue(at=later(11))
    begin_appraisal(by=world.session("standing_office"), at=later(12), cycle_id=world.cycle.pk)
    return world


def test_a_late_sheet_is_opened_entered_signed_and_taken_up_while_the_council_appraises(late: AppraisalWorld) -> None:
    assert (late.sheet.state, late.other_sheet.state) == ("in_appraisal", "locked")
    office, sheet = late.session("standing_office"), late.other_sheet
    ask_for_extension(
        by=late.session("stranger"), at=later(12), sheet_id=sheet.pk, until=later(20), reason="Chờ số liệu"
    )
    extend(by=office, at=later(12), sheet_ids=[sheet.pk], until=later(20), reason="Đồng ý", unlocking=True)
    assert late.other_sheet.state == "open"
    change = Change({"online": Typed("310", digest("300")), "received": Typed("1.000", digest("1200"))})
    save_entry(by=late.session("stranger"), at=later(13), sheet_id=sheet.pk, item_code="2.2", change=change)
    part = SheetPart.objects.get(sheet=sheet)
    with pytest.raises(Refusal, match="deadline_passed"):
        submissions.submit_part(by=late.session("other_leader"), at=later(21), part_id=part.pk)
    submissions.submit_part(by=late.session("other_leader"), at=later(14), part_id=part.pk)
    assert (late.other_sheet.state, SheetPart.objects.get(sheet=sheet).state) == ("in_appraisal", "in_appraisal")
    assert ItemAppraisal.objects.filter(sheet=sheet).count() == 5
    assert broken() == []


def test_a_late_sheet_locks_again_when_its_extension_ends(late: AppraisalWorld) -> None:
    sheet = late.other_sheet
    office = late.session("standing_office")
    extend(by=office, at=later(12), sheet_ids=[sheet.pk], until=later(20), reason="Đồng ý", unlocking=True)
    assert submissions.lock_overdue(at=later(19)) == 0
    assert submissions.lock_overdue(at=later(21)) == 1
    assert late.other_sheet.state == "locked"
    assert broken() == []


def test_a_late_sheet_with_an_open_request_waits_for_its_decision(late: AppraisalWorld) -> None:
    sheet = late.other_sheet
    office = late.session("standing_office")
    extend(by=office, at=later(12), sheet_ids=[sheet.pk], until=later(20), reason="Đồng ý", unlocking=True)
    place = {"sheet_id": sheet.pk, "item_code": "1.2"}
    unit = late.session("stranger")
    request_not_assessed(by=unit, at=later(13), **place, reason="Không có sáng kiến", legal_basis="")
    part = SheetPart.objects.get(sheet=sheet)
    submissions.submit_part(by=late.session("other_leader"), at=later(14), part_id=part.pk)
    assert late.other_sheet.state == "submitted"
    decide_request(by=office, at=later(15), **place, approved=True, reason="Đúng")
    assert late.other_sheet.state == "in_appraisal"
    assert late.appraisal("1.2", sheet).state == "not_assessed"
    assert broken() == []


def test_nothing_is_opened_once_the_cycle_is_final(late: AppraisalWorld) -> None:
    Cycle.objects.filter(pk=late.cycle.pk).update(state="finalised")
    with pytest.raises(Refusal, match="cycle_closed"):
        extend(
            by=late.session("standing_office"), at=later(12), sheet_ids=[late.other_sheet.pk], until=later(20),
            reason="x", unlocking=True,
        )  # fmt: skip


def test_an_extension_of_self_scoring_does_not_prolong_an_answer(db: None) -> None:
    """Who was late once has as long to answer as the others."""
    world = appraisal_world()
    ScoreSheet.objects.filter(pk=world.sheet.pk).update(extended_until=later(30))
    ask(world)
    send(world, later(7))
    assert (world.sheet.extended_until, close_rounds(at=later())) == (None, 1)


def test_a_late_sheet_is_opened_on_the_page_of_the_cycle(late: AppraisalWorld) -> None:
    office, unit = Client(), Client()
    office.force_login(late.people["standing_office"], backend=BACKEND)
    unit.force_login(late.people["stranger"], backend=BACKEND)
    asking = {"until": f"{later(20):%d/%m/%Y}", "reason": "Chờ số liệu"}
    assert unit.post(f"/sheets/{late.other_sheet.pk}/extension/", asking).status_code == 302
    where = f"/cycles/{late.cycle.pk}/"
    assert 'name="act" value="extend"' in office.get(where).text
    form = {"act": "extend", "sheet": late.other_sheet.pk, "confirmed": "1", "unlock": "1", **asking}
    assert office.post(f"{where}act/", form).status_code == 302
    assert late.other_sheet.state == "open"
    assert "Nhập phiếu" in unit.get("/home/").text
    assert unit.get(f"/sheets/{late.other_sheet.pk}/items/2.2/").text.count("data-autosave") == 1
