"""A sheet in appraisal about which the council has asked: item 2.2, answered within a week."""

from __future__ import annotations

from datetime import datetime, timedelta

from parindex.database.models import Question
from parindex.domain.review.opinions import OpinionKind
from parindex.usecases.further_explanations import send_questions, write_answer
from parindex.usecases.opinions import Said
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.kept import kept
from tests.factories.world import now

ASKED = "2.2"
QUESTION = "Mục này khai 300 hồ sơ trực tuyến, báo cáo quý ghi 310. Đề nghị nêu rõ chênh lệch."
ANSWER = "Chênh lệch là hồ sơ của hai xã mới sáp nhập."


def ask(world: AppraisalWorld, code: str = ASKED, name: str = "second_appraiser", words: str = QUESTION) -> Question:
    """An appraiser asks about an item of the sheet of Sở Y tế; the secretary has not sent it yet."""
    world.say(name, code, Said(OpinionKind.ASK, question=words))
    return Question.objects.get(entry=world.entry(code), sent_at=None, withdrawn_at=None)


def send(world: AppraisalWorld, ends_at: datetime | None = None) -> int:
    """The secretary sends what was asked about the sheet of Sở Y tế."""
    until = ends_at or now() + timedelta(days=7)
    return send_questions(by=world.session("secretary"), at=now(), sheet_ids=[world.sheet.pk], ends_at=until)


def answer(world: AppraisalWorld, words: str = ANSWER, name: str = "owner") -> None:
    """An officer answers every open question of the sheet of Sở Y tế."""
    rows = Question.objects.filter(entry__sheet=world.sheet, sent_at__isnull=False, answered_at=None, closed_at=None)
    for one in rows:
        write_answer(by=world.session(name), at=now(), question_id=one.pk, answer=words, seen=one.answer_version)


@kept
def asked_world(*codes: str) -> AppraisalWorld:
    """The council has asked about ``codes`` (item 2.2 where none are named), and the secretary has sent it."""
    found = appraisal_world()
    for code in codes or (ASKED,):
        ask(found, code)
    send(found)
    return found
