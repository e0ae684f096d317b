"""The pages of questions and answers: the secretary's list, the unit's item while it answers, tasks, decisions."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.asked_world import QUESTION, answer, ask, asked_world, send
from tests.factories.world import now
from tests.journeys.looks import LATER_VISIT

from parindex.database.models import Question, ScoreSheet
from parindex.domain.review.opinions import OpinionKind
from parindex.usecases import submissions
from parindex.usecases.further_explanations import withdraw_question
from parindex.usecases.opinions import Said
from parindex.usecases.typed_values import digest

pytestmark = pytest.mark.both

Browser = Callable[[str], Client]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def asked(db: None) -> AppraisalWorld:
    return asked_world()


@pytest.fixture
def browser(request: pytest.FixtureRequest) -> Browser:
    """A browser in which somebody of the world is logged in."""

    def logged_in(name: str) -> Client:
        world: AppraisalWorld = request.getfixturevalue("asked")
        client = Client()
        client.force_login(world.people[name], backend=BACKEND)
        return client

    return logged_in


def item(world: AppraisalWorld, code: str) -> str:
    return f"/sheets/{world.sheet.pk}/items/{code}/"


# --- the secretary ---------------------------------------------------------------------------------------------------


def test_questions_are_sent_by_the_secretary_after_a_confirmation(db: None) -> None:
    world = appraisal_world()
    client = Client()
    client.force_login(world.people["secretary"], backend=BACKEND)
    where = f"/cycles/{world.cycle.pk}/questions/"
    assert "Không có câu hỏi nào chờ gửi" in client.get(where).text
    ask(world)
    assert "1 câu hỏi của hội đồng chờ gửi đơn vị" in client.get("/home/").text
    page = client.get(where).text
    assert QUESTION in page
    assert "Sở Y tế" in page
    day = f"{now() + timedelta(days=9):%d/%m/%Y}"
    wrong = client.post(where, {"sheet": world.sheet.pk, "until": "32/13/2026"})
    assert (wrong.status_code, "không phải là ngày" in wrong.text) == (422, True)
    assert client.post(where, {"until": day}).status_code == 422
    form = {"sheet": world.sheet.pk, "until": day, "title": "Vòng 1"}
    confirming = client.post(where, form)
    assert "Gửi 1 câu hỏi tới 1 đơn vị?" in confirming.text
    assert Question.objects.get().sent_at is None
    far = client.post(where, {**form, "until": "01/01/9999"})
    assert (far.status_code, "Hạn 01/01/9999 quá xa." in far.text) == (422, True)
    seen = re.search(r'name="seen" value="(\w+)"', confirming.text)
    assert seen is not None
    form |= {"confirmed": "1", "seen": seen[1]}
    # The one that was looked at is withdrawn, another is asked in its place: as many, but not the same.
    withdraw_question(by=world.session("secretary"), at=now(), question_id=Question.objects.get().pk)
    ask(world, words="Một câu khác")
    changed = client.post(where, form)
    assert (changed.status_code, "nay có 1 câu" in changed.text) == (422, True)
    assert client.post(where, form | {"seen": ""}).status_code == 422
    again = re.search(r'name="seen" value="(\w+)"', client.post(where, form | {"confirmed": ""}).text)
    assert again is not None
    assert client.post(where, form | {"seen": again[1]}).status_code == 302
    question = Question.objects.get(withdrawn_at=None)
    assert question.round is not None
    assert (question.round.title, world.sheet.state) == ("Vòng 1", "returned")
    page = client.get(where).text
    assert "Đơn vị đang giải trình" in page
    assert client.post(f"/questions/{question.pk}/withdraw/").status_code == 302
    assert world.sheet.state == "in_appraisal"


@pytest.mark.parametrize("name", ["standing_office", "appraiser", "owner"])
def test_what_is_not_sent_is_the_secretarys(asked: AppraisalWorld, browser: Browser, name: str) -> None:
    assert browser(name).get(f"/cycles/{asked.cycle.pk}/questions/").status_code == 403


# --- the unit --------------------------------------------------------------------------------------------------------


def test_the_item_says_what_is_asked_until_when_and_what_was_submitted(asked: AppraisalWorld, browser: Browser) -> None:
    page = browser("owner").get(item(asked, "2.2"))
    words = page.text
    assert "Hội đồng mở lại mục này để giải trình bổ sung, đợt giải trình 1." in words
    assert QUESTION in words
    assert "Bản nháp, Hội đồng chưa thấy" in words
    assert "Bản đã nộp, Hội đồng đang xem" in words
    assert "1 mục cần giải trình" in words
    assert "Hạn giải trình:" in words
    # the tree shows what is to be done alone; what is shared with an unasked item is fixed
    assert '/items/2.1/"' not in words.split('id="tree"')[1].split("</nav>")[0]
    assert "Hội đồng không hỏi mục đó, số này giữ nguyên" in words
    assert 'id="figure.received" inputmode="decimal" autocomplete="off" data-field data-number value="1.200"' in words
    received, online = (words.split(f'id="figure.{one}"')[1].split(">")[0] for one in ("received", "online"))
    assert ("readonly" in received, "readonly" in online) == (True, False)
    assert len(gzip.compress(page.content, 6)) <= LATER_VISIT
    everything = browser("owner").get(item(asked, "2.2") + "?only=all").text
    assert "/items/2.1/" in everything.split('id="tree"')[1].split("</nav>")[0]


def test_an_unasked_item_is_there_to_be_read(asked: AppraisalWorld, browser: Browser) -> None:
    words = browser("owner").get(item(asked, "2.1")).text
    assert "Hội đồng không hỏi mục này nên mục giữ nguyên như đã nộp." in words
    form = {"figure.on_time": "1.000", "read.figure.on_time": digest("900")}
    assert browser("owner").post(item(asked, "2.1"), form).status_code == 403
    opened = browser("owner").get(f"/sheets/{asked.sheet.pk}/")
    assert opened["Location"] == item(asked, "2.2")


def test_saving_by_script_keeps_the_mark_of_what_is_asked(asked: AppraisalWorld, browser: Browser) -> None:
    form = {"figure.online": "310", "read.figure.online": digest("300")}
    saved = browser("owner").post(item(asked, "2.2"), form, headers={"HX-Request": "true"})
    assert saved.status_code == 200
    assert "Cần giải trình" in saved.text
    assert "1 mục cần giải trình" in saved.text
    refused = browser("owner").post(
        item(asked, "2.2"), {"figure.received": "9", "read.figure.received": digest("1200")},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert refused.status_code == 403


def test_an_answer_is_written_and_a_colleagues_is_not_written_over(asked: AppraisalWorld, browser: Browser) -> None:
    question = Question.objects.get()
    where = f"/questions/{question.pk}/answer/"
    first = browser("owner").post(where, {"answer": "Bản của tôi", "seen": "0"})
    assert (first.status_code, first["Location"]) == (302, f"{item(asked, '2.2')}#hoi-dong")
    second = browser("colleague").post(where, {"answer": "Bản khác hẳn", "seen": "0"})
    assert second.status_code == 422
    assert "Owner đã sửa lời giải trình này sau khi bạn mở trang" in second.text
    assert "Bản của tôi" in second.text
    assert "Bản khác hẳn</textarea>" in second.text
    assert browser("colleague").post(where, {"answer": "Cả hai bản", "seen": "1"}).status_code == 302
    assert Question.objects.get().answer == "Cả hai bản"


def test_a_deadline_that_passes_while_somebody_types_loses_no_word(asked: AppraisalWorld, browser: Browser) -> None:
    ScoreSheet.objects.filter(pk=asked.sheet.pk).update(answer_until=now() - timedelta(minutes=1))
    question = Question.objects.get()
    late = browser("owner").post(f"/questions/{question.pk}/answer/", {"answer": "Gõ dở ba dòng", "seen": "0"})
    assert late.status_code == 422
    assert "Đã hết hạn lúc" in late.text
    assert "Gõ dở ba dòng</textarea>" in late.text
    assert Question.objects.get().answer == ""


@pytest.mark.parametrize(("name", "status"), [("stranger", 403), ("appraiser", 403), ("standing_office", 403)])
def test_others_do_not_answer(asked: AppraisalWorld, browser: Browser, name: str, status: int) -> None:
    where = f"/questions/{Question.objects.get().pk}/answer/"
    assert browser(name).post(where, {"answer": "x", "seen": "0"}).status_code == status


def test_the_check_names_what_is_unanswered_and_home_says_what_is_due(asked: AppraisalWorld, browser: Browser) -> None:
    where = f"/sheets/{asked.sheet.pk}/submit/"
    page = browser("owner").get(where).text
    assert "Câu hỏi của hội đồng chưa trả lời" in page
    home = browser("owner").get("/home/").text
    assert "Trả lời 1 câu hỏi của hội đồng" in home
    assert "0/1 câu đã viết" in home
    answer(asked)
    assert "Câu hỏi của hội đồng chưa trả lời" not in browser("owner").get(where).text
    home = browser("owner").get("/home/").text
    assert "Kiểm tra, trình ký" in home
    sign = browser("leader").get(f"/parts/{asked.sheet.parts.get().pk}/sign/")
    assert sign.status_code == 200


def test_the_council_reads_no_draft(asked: AppraisalWorld, browser: Browser) -> None:
    answer(asked, "Lời giải trình chưa ký")
    assert browser("appraiser").get(item(asked, "2.2")).status_code == 403
    office = browser("standing_office").get(item(asked, "2.2")).text
    assert QUESTION in office
    assert "Lời giải trình chưa ký" not in office
    submissions.submit_part(by=asked.session("leader"), at=now(), part_id=asked.sheet.parts.get().pk)
    assert "Lời giải trình chưa ký" in browser("second_appraiser").get(item(asked, "2.2")).text
    assert "Lời giải trình chưa ký" in browser("standing_office").get(item(asked, "2.2")).text


# --- tasks and decisions ---------------------------------------------------------------------------------------------


def test_everybody_on_the_council_sees_what_waits(asked: AppraisalWorld, browser: Browser) -> None:
    assert "7 mục chờ bạn thẩm định" in browser("second_appraiser").get("/home/").text
    assert "mục chờ bạn thẩm định" not in browser("owner").get("/home/").text
    asked.say("second_appraiser", "2.1", OpinionKind.ACCEPT)
    assert "6 mục chờ bạn thẩm định" in browser("second_appraiser").get("/home/").text


def test_units_see_no_decision_while_the_council_appraises(asked: AppraisalWorld, browser: Browser) -> None:
    """When they do: ``test_decisions_units_see.py``."""
    reason = "Báo cáo ghi 200 hồ sơ"
    asked.say("second_appraiser", "2.1", Said(OpinionKind.ADJUST, points="1", reason=reason))
    for code in ("2.1", "2.2"):
        words = browser("owner").get(item(asked, code)).text
        assert (reason in words, "Kết quả thẩm định" in words) == (False, False)


def test_a_round_can_be_sent_again_after_its_end(asked: AppraisalWorld, browser: Browser) -> None:
    """A second round of the same sheet, asked about another item."""
    answer(asked)
    submissions.submit_part(by=asked.session("leader"), at=now(), part_id=asked.sheet.parts.get().pk)
    ask(asked, "1.1")
    send(asked)
    page = browser("owner").get(item(asked, "1.1")).text
    assert "đợt giải trình 2" in page
    assert "Hội đồng không hỏi mục này" in browser("owner").get(item(asked, "2.2")).text
