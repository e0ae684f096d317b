"""What a member who may not know what others say is shown is the same whatever these say, until the item is done."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.asked_world import answer, ask, send
from tests.factories.world import now
from tests.integration.web.appraisers import address, browser, form_of

from parindex.database.models import AppraisalLevel, ItemAppraisal, Opinion, Question
from parindex.domain.review.opinions import Blindness, OpinionKind
from parindex.usecases.opinions import Said
from parindex.usecases.submissions import submit_part

pytestmark = pytest.mark.django_db
SAYING = [
    Said(OpinionKind.ASK, question="Đề nghị nêu rõ cách tính"),
    Said(OpinionKind.ADJUST, points="0,5", reason="Số liệu chưa khớp"),
    Said(OpinionKind.ACCEPT, reason="Đủ"),
    Said(OpinionKind.ACCEPT_PROVISIONALLY, reason="Chờ văn bản"),
]


@pytest.fixture
def world() -> AppraisalWorld:
    return appraisal_world(needed=0)


def pages(world: AppraisalWorld, code: str) -> list[str]:
    """Everything that shows the item to a browser, without what is made anew for every answer."""
    sheet, group = world.made.sheet.pk, world.made.sheet.group_id
    client = browser(world, "appraiser")
    found = [
        address(world, code), address(world, code) + "?only=asked", address(world, "1.1") + "?only=all",
        f"/appraisals/{sheet}/?list=1", f"/appraisals/items/{group}/{code}/", f"/appraisals/accept/{sheet}/",
        f"/appraisals/accept/items/{group}/{code}/", f"/cycles/{world.cycle.pk}/matrix/",
        f"/cycles/{world.cycle.pk}/matrix/?view=list", "/appraisals/", "/",
    ]  # fmt: skip
    return [plain(client, one) for one in found] + [plain(client, address(world, code), queue=True)]


def plain(client: Client, where: str, *, queue: bool = False) -> str:
    page = client.get(where, headers={"HX-Request": "true", "HX-Target": "queue"} if queue else {})
    assert page.status_code == 200, where
    return where + re.sub(r'csrf[^>]*value="\w+"|csrf[^ ]*|nonce="[^"]*"|\d\d:\d\d(:\d\d)?', "", page.text)


@pytest.mark.parametrize("said", SAYING, ids=lambda one: str(one.kind))
@pytest.mark.parametrize("blindness", [Blindness.AFTER_OWN, Blindness.NEVER])
def test_what_a_blind_member_is_shown_does_not_change(world: AppraisalWorld, blindness: Blindness, said: Said) -> None:
    AppraisalLevel.objects.update(blindness=blindness)
    before = pages(world, "1.2")
    world.say("second_appraiser", "1.2", said)
    after = pages(world, "1.2")
    assert [one for one, two in zip(after, before, strict=True) if one != two] == []
    assert "Chờ tôi 4" in before[0]


def test_an_answered_question_stays_answered_whoever_speaks_of_it(world: AppraisalWorld) -> None:
    ask(world, "2.2", "appraiser")
    send(world)
    answer(world)
    submit_part(by=world.session("leader"), at=now(), part_id=world.sheet.parts.get().pk)
    world.say("second_appraiser", "1.2", OpinionKind.ACCEPT)  # takes the sheet up again
    before = pages(world, "2.2")
    assert "Đã giải trình 1" in before[0]
    world.say("second_appraiser", "2.2", SAYING[1])
    assert pages(world, "2.2") == before


def test_who_is_not_shown_the_question_of_another_speaks_all_the_same(world: AppraisalWorld) -> None:
    world.say("second_appraiser", "1.2", OpinionKind.ASK)
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.2")))
    assert client.post(address(world, "1.2"), form | {"kind": "accept", "reason": "Đủ"}).status_code == 303
    assert world.appraisal("1.2").state == "asked"  # the question is still to be sent
    assert Question.objects.get().withdrawn_at is None
    assert "Đã hỏi 1" in client.get(address(world, "1.2")).text  # seen after the own opinion


def test_one_opinion_too_few_of_another_is_done_whatever_it_says() -> None:
    """Where one opinion is enough, what was said provisionally looks like what was settled."""
    world, shown = appraisal_world(needed=1), []
    for said in SAYING[1:]:
        world.say("second_appraiser", "1.2", said)
        shown.append([re.sub(r"\b0,5\b", "", one) for one in pages(world, "1.2")])
        ItemAppraisal.objects.filter(item_code="1.2").update(version=0)
    assert shown[0] == shown[1] == shown[2]
    assert "Chờ tôi 3" in shown[0][0]


def test_the_word_of_another_does_not_refuse_a_list(world: AppraisalWorld) -> None:
    ItemAppraisal.objects.update(flags=0, worst="")
    client, where = browser(world, "appraiser"), f"/appraisals/accept/{world.made.sheet.pk}/"
    picked = re.findall(r'name="entry" value="([^"]+)" checked', client.get(where).text)
    world.say("second_appraiser", "1.1", SAYING[1])
    world.say("second_appraiser", "1.2", SAYING[0])
    assert client.post(where, {"entry": picked}).status_code == 303
    assert Opinion.objects.filter(in_bulk=True).count() == len(picked) > 2


def test_a_list_is_still_refused_where_what_one_sees_has_changed(world: AppraisalWorld) -> None:
    ItemAppraisal.objects.update(flags=0, worst="")
    client, where = browser(world, "appraiser"), f"/appraisals/accept/{world.made.sheet.pk}/"
    picked = re.findall(r'name="entry" value="([^"]+)" checked', client.get(where).text)
    world.say("appraiser", "1.1", OpinionKind.ACCEPT)  # in another window
    answer_page = client.post(where, {"entry": picked})
    assert answer_page.status_code == 409
    assert "1.1" in answer_page.text
    assert not Opinion.objects.filter(in_bulk=True).exists()
