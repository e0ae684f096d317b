"""Questions of the council: sent, answered, signed again, taken back; and what a unit may change meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.asked_world import QUESTION, answer, ask, asked_world, send
from tests.factories.world import now

from parindex.database.models import (
    Document,
    Entry,
    ExplanationRound,
    Figure,
    Opinion,
    Publication,
    Question,
    Submission,
)
from parindex.database.queries.score_sheets import sheets
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases import audit_log, submissions
from parindex.usecases.added_citations import GivenCitation, add_citation
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.evidence import add_link, check_can_change
from parindex.usecases.further_explanations import send_questions, withdraw_question, write_answer
from parindex.usecases.not_assessed import request_not_assessed
from parindex.usecases.notices_of_appraisal import told_decisions
from parindex.usecases.sheet_workbook_contents import workbook_of
from parindex.usecases.typed_values import Typed, digest

pytestmark = pytest.mark.both


@pytest.fixture
def asked(db: None) -> AppraisalWorld:
    return asked_world()


def broken() -> list[object]:
    """What the log does not agree with."""
    return [one for proof in audit_log.verify() for one in proof.broken]


def save(world: AppraisalWorld, code: str, *, name: str = "owner", **figures: tuple[str, str]) -> None:
    change = Change(figures={one: Typed(text, digest(before)) for one, (text, before) in figures.items()})
    save_entry(by=world.session(name), at=now(), sheet_id=world.sheet.pk, item_code=code, change=change)


def explain(world: AppraisalWorld, code: str) -> None:
    change = Change(explanation=Typed("Theo báo cáo 12/BC-SYT", digest("")))
    save_entry(by=world.session("owner"), at=now(), sheet_id=world.sheet.pk, item_code=code, change=change)


def sign(world: AppraisalWorld) -> Submission:
    part = world.sheet.parts.get()
    return submissions.submit_part(by=world.session("leader"), at=now(), part_id=part.pk)


def test_nothing_of_a_question_is_sent_before_the_secretary_sends_it(db: None) -> None:
    world = appraisal_world()
    question = ask(world)
    assert (question.sent_at, world.sheet.state) == (None, "in_appraisal")
    mail.outbox.clear()
    until = now() + timedelta(days=3)
    for name in ("appraiser", "second_appraiser", "standing_office", "leader"):
        with pytest.raises(Refusal, match="only_secretary_and_chair"):
            send_questions(by=world.session(name), at=now(), sheet_ids=[world.sheet.pk], ends_at=until)
    assert send(world, until) == 1
    question.refresh_from_db()
    assert (question.sent_by, question.due_at, question.round) == (
        world.people["secretary"], until, ExplanationRound.objects.get(number=1)
    )  # fmt: skip
    assert '"online": "300"' in question.before
    sheet = world.sheet
    assert (sheet.state, sheet.answer_until) == ("returned", until)
    part = sheet.parts.get()
    assert (part.state, part.returned_reason) == ("returned", "Hội đồng hỏi mục 2.2 (Đợt giải trình 1).")
    assert Submission.objects.get(sheet=sheet).withdrawn_at is None
    assert broken() == []


def test_a_round_is_open_until_its_day_and_takes_more_sheets_in(db: None) -> None:
    world = appraisal_world()
    until = now() + timedelta(days=3)
    ask(world)
    world.say("second_appraiser", "2.1", OpinionKind.ASK, world.other_sheet)
    office = world.session("secretary")
    with pytest.raises(Refusal, match="round_ends_in_the_past"):
        send_questions(by=office, at=now(), sheet_ids=[world.sheet.pk], ends_at=now() - timedelta(minutes=1))
    with pytest.raises(Refusal, match="extension_too_far"):
        send_questions(by=office, at=now(), sheet_ids=[world.sheet.pk], ends_at=now() + timedelta(days=4000))
    send(world, until)
    with pytest.raises(Refusal, match="no_questions_to_send"):
        send(world, until)
    assert send_questions(by=office, at=now(), sheet_ids=[world.other_sheet.pk], ends_at=until) == 1
    assert ExplanationRound.objects.count() == 1
    world.say("second_appraiser", "2.1", OpinionKind.ASK)
    with pytest.raises(Refusal, match="sheet_being_explained") as found:
        send(world)
    assert found.value.facts == {"units": ["Sở Y tế"]}


def test_only_what_was_asked_about_can_change(asked: AppraisalWorld) -> None:
    save(asked, "2.2", online=("310", "300"))
    assert asked.entry("2.2").points == "31/30"
    for act in (
        lambda: save(asked, "2.1", on_time=("1000", "900")),
        lambda: explain(asked, "1.2"),
        lambda: add_link(
            by=asked.session("owner"), at=now(), sheet_id=asked.sheet.pk, item_code="1.1", link="https://a.vn", title=""
        ),
        lambda: add_citation(
            by=asked.session("owner"), at=now(), sheet_id=asked.sheet.pk, item_code="1.1",
            given=GivenCitation("401/BC-UBND"),
        ),
        lambda: request_not_assessed(
            by=asked.session("owner"), at=now(), sheet_id=asked.sheet.pk, item_code="1.1", reason="Không có",
            legal_basis="",
        ),
    ):  # fmt: skip
        with pytest.raises(Refusal, match="item_not_asked"):
            act()
    assert asked.entry("1.2").explanation == ""


def test_a_figure_that_an_unasked_item_reads_stays(asked: AppraisalWorld) -> None:
    with pytest.raises(Refusal, match="figure_not_asked") as found:
        save(asked, "2.2", received=("1000", "1200"))
    assert found.value.facts == {"items": ["2.1"]}
    assert Figure.objects.get(unit=asked.made.department, measure="received").value == "1200"


def test_a_figure_that_all_its_items_are_asked_about_moves_all_of_them(db: None) -> None:
    world = asked_world("2.1", "2.2")
    save(world, "2.2", received=("1000", "1200"))
    assert (world.entry("2.1").points, world.entry("2.2").points) == ("1.8", "1.2")


def test_a_workbook_opens_what_was_asked_about_alone(asked: AppraisalWorld) -> None:
    sheet = sheets().get(pk=asked.sheet.pk)
    book = workbook_of(asked.session("owner"), sheet, list(sheet.parts.all()), None, now())
    assert [item.code for item in book.items if item.is_item and item.editable] == ["2.2"]
    assert {one.id for one in book.measures if one.editable} == {"online"}
    locked = {one.id: one.reason_locked for one in book.measures}
    assert "dùng chung với mục 2.1 mà hội đồng không hỏi" in locked["received"]


@pytest.mark.parametrize(("code", "refused"), [("1.1", False), ("2.2", True)])
def test_a_document_of_an_unasked_item_stays_as_it_was(db: None, code: str, refused: bool) -> None:
    world = asked_world(code)
    paper = Document.objects.get(unit=world.made.department)
    found = refusal(check_can_change, world.session("owner"), paper, now())
    assert (found is not None and found.code == "evidence_signed") == refused


@pytest.mark.parametrize(
    ("name", "refused"),
    [("stranger", "entered_by_unit"), ("secretary", "entered_by_unit"), ("standing_office", "entered_by_unit")],
)
def test_answers_are_written_by_the_unit_alone(asked: AppraisalWorld, name: str, refused: str) -> None:
    with pytest.raises(Refusal, match=refused):
        answer(asked, name=name)
    answer(asked, name="colleague")
    assert Question.objects.get().answer_by == asked.people["colleague"]


def test_two_officers_do_not_write_over_each_other(asked: AppraisalWorld) -> None:
    answer(asked, "Bản của người thứ nhất")
    question = Question.objects.get()
    with pytest.raises(Refusal, match="answer_changed") as found:
        write_answer(by=asked.session("colleague"), at=now(), question_id=question.pk, answer="Bản khác", seen=0)
    assert found.value.facts == {"by": "Owner"}
    assert Question.objects.get().answer == "Bản của người thứ nhất"
    same = write_answer(
        by=asked.session("owner"), at=now(), question_id=question.pk, answer="Bản của người thứ nhất", seen=0
    )
    assert same.answer_version == 1  # sent twice


def test_every_question_is_answered_before_anybody_presents_or_signs(asked: AppraisalWorld) -> None:
    part = asked.sheet.parts.get()
    for act, name in ((submissions.present, "owner"), (submissions.submit_part, "leader")):
        with pytest.raises(Refusal, match="questions_unanswered") as found:
            act(by=asked.session(name), at=now(), part_id=part.pk)
        assert found.value.facts == {"items": ["2.2"]}
    answer(asked)
    submissions.present(by=asked.session("owner"), at=now(), part_id=part.pk)
    assert asked.sheet.state == "awaiting_signature"


def test_an_answer_is_signed_again_and_the_council_looks_anew(asked: AppraisalWorld) -> None:
    answer(asked)
    mail.outbox.clear()
    made = sign(asked)
    question = Question.objects.get()
    assert (made.number, made.withdrawn_at) == (2, None)
    assert '"answer":"Chênh lệch là hồ sơ của hai xã mới sáp nhập."' in made.claim
    assert (asked.sheet.state, asked.sheet.parts.get().state) == ("resubmitted", "resubmitted")
    assert question.answered_at is not None
    assert asked.appraisal("2.2").state == "explained"
    assert asked.appraisal("2.1").state == "waiting"
    assert Submission.objects.filter(sheet=asked.sheet, withdrawn_at=None).count() == 2
    with pytest.raises(Refusal, match="sheet_signed"):
        save(asked, "2.2", online=("310", "300"))
    asked.say("second_appraiser", "2.2", OpinionKind.ACCEPT)
    assert (asked.sheet.state, asked.sheet.parts.get().state) == ("in_appraisal", "in_appraisal")
    assert asked.appraisal("2.2").state == "accepted"
    assert broken() == []


def test_a_second_click_signs_once(asked: AppraisalWorld) -> None:
    answer(asked)
    part = asked.sheet.parts.get()
    first = sign(asked)
    again = submissions.submit_part(
        by=asked.session("leader"), at=now(), part_id=part.pk, seen=Submission.objects.latest("pk").fingerprint
    )
    assert again.pk == first.pk


def test_more_can_be_asked_after_an_answer(asked: AppraisalWorld) -> None:
    answer(asked)
    sign(asked)
    ask(asked, words="Nêu rõ thêm hai xã nào.")
    send(asked)
    assert asked.sheet.state == "returned"
    assert ExplanationRound.objects.count() == 2
    answer(asked, "Xã A và xã B")
    made = sign(asked)
    assert made.claim.count('"answer":') == 2
    assert broken() == []


# --- taking back -----------------------------------------------------------------------------------------------------


def withdraw(world: AppraisalWorld, name: str) -> Question:
    question = Question.objects.filter(withdrawn_at=None).latest("pk")
    return withdraw_question(by=world.session(name), at=now(), question_id=question.pk)


@pytest.mark.parametrize("name", ["appraiser", "standing_office", "owner", "auditor"])
def test_a_question_is_not_taken_back_by_others(asked: AppraisalWorld, name: str) -> None:
    with pytest.raises(Refusal, match="only_author_and_secretary"):
        withdraw(asked, name)


@pytest.mark.parametrize("name", ["second_appraiser", "secretary", "chair"])
def test_the_last_question_taken_back_gives_the_sheet_back(asked: AppraisalWorld, name: str) -> None:
    answer(asked)
    save(asked, "2.2", online=("310", "300"))
    withdraw(asked, name)
    assert (asked.sheet.state, asked.sheet.parts.get().state) == ("in_appraisal", "in_appraisal")
    assert asked.appraisal("2.2").state == "waiting"
    assert Opinion.objects.get().withdrawn_at is not None
    # nobody signed what was changed for its sake
    assert Figure.objects.get(unit=asked.made.department, measure="online").value == "300"
    assert asked.entry("2.2").points == "1"
    assert broken() == []


def test_with_another_question_left_the_unit_goes_on(db: None) -> None:
    world = asked_world("2.1", "2.2")
    withdraw(world, "secretary")
    assert world.sheet.state == "returned"
    with pytest.raises(Refusal, match="item_not_asked"):
        explain(world, "2.2")
    explain(world, "2.1")


def test_an_answered_question_stays(asked: AppraisalWorld) -> None:
    answer(asked)
    sign(asked)
    with pytest.raises(Refusal, match="question_already_answered"):
        withdraw(asked, "secretary")


def test_who_has_left_the_council_takes_nothing_back(asked: AppraisalWorld) -> None:
    asked.people["second_appraiser"].grants.update(ended_at=now())
    with pytest.raises(Refusal, match="only_author_and_secretary"):
        withdraw(asked, "second_appraiser")


# --- people who go ---------------------------------------------------------------------------------------------------


def test_an_officer_who_was_removed_saves_nothing(asked: AppraisalWorld) -> None:
    session = asked.session("owner")
    asked.people["owner"].grants.update(ended_at=now())
    question = Question.objects.get()
    with pytest.raises(Refusal, match="role_ended"):
        write_answer(by=session, at=now(), question_id=question.pk, answer="Muộn", seen=0)
    assert Question.objects.get().answer == ""
    answer(asked, name="colleague")


def test_the_unit_learns_that_it_is_asked_and_the_secretary_that_it_answered(
    db: None, django_capture_on_commit_callbacks: Any
) -> None:
    world = appraisal_world()
    ask(world)
    with django_capture_on_commit_callbacks(execute=True):
        send(world)
    letters = [one for one in mail.outbox if "yêu cầu giải trình" in one.subject]
    assert sorted(one.to[0] for one in letters) == ["colleague@example.vn", "leader@example.vn", "owner@example.vn"]
    assert all("Sở Y tế: hội đồng hỏi 1 mục (Đợt giải trình 1)." in one.body for one in letters)
    assert all(QUESTION not in one.body for one in letters)
    answer(world)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        sign(world)
    told = next(one for one in mail.outbox if one.subject.startswith("Đã giải trình"))
    assert (told.to, told.body) == (["secretary@example.vn"], "Sở Y tế đã ký nộp giải trình 1 câu hỏi của hội đồng.")


def test_what_is_not_asked_is_not_left_to_do(asked: AppraisalWorld) -> None:
    """Items that were signed without points stay as they were, and ask for no reason again."""
    Entry.objects.filter(sheet=asked.sheet, item_code="1.2").update(points="", self_points="", state="unanswered")
    answer(asked)
    assert sign(asked).number == 2


def test_every_unit_is_told_of_the_decisions_on_its_items(
    asked: AppraisalWorld, django_capture_on_commit_callbacks: Any
) -> None:
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        told_decisions(Publication(cycle=asked.cycle, number=1, decision_number="12/QĐ-UBND"))
    told = {one.to[0]: one.body for one in mail.outbox}
    assert {"leader@example.vn", "owner@example.vn", "other_leader@example.vn", "stranger@example.vn"} <= told.keys()
    assert told["leader@example.vn"].startswith("Sở Y tế: kết quả thẩm định đã công bố theo Quyết định 12/QĐ-UBND.")


def test_a_save_while_the_council_asks_is_one_query_more(asked: AppraisalWorld) -> None:
    client = Client()
    client.force_login(asked.people["owner"], backend="allauth.account.auth_backends.AuthenticationBackend")
    where, script = f"/sheets/{asked.sheet.pk}/items/2.2/", {"HX-Request": "true"}

    def save_(now_: str, before: str) -> int:
        form = {"figure.online": now_, "read.figure.online": digest(before)}
        with CaptureQueriesContext(connection) as found:
            assert client.post(where, form, headers=script).status_code == 200
        return sum(one["sql"].startswith(("SELECT", "UPDATE", "INSERT")) for one in found.captured_queries)

    save_("301", "300")
    assert save_("302", "301") == 15
