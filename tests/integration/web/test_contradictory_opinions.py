"""What is typed in a field that does not belong to what is chosen is not lost: the form says so and gives it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now
from tests.integration.web.appraisers import address, browser, form_of

from parindex.database.models import AppraisalLevel, Opinion
from parindex.domain.review.opinions import Blindness, OpinionKind
from parindex.usecases.opinions import Said, decide
from parindex.wording.moments import local_day

pytestmark = pytest.mark.django_db
ASK = {"question": "Vì sao chỉ có một?", "due": f"{local_day(now()) + timedelta(days=9):%d/%m/%Y}"}


@pytest.fixture
def world() -> AppraisalWorld:
    return appraisal_world()


@pytest.mark.parametrize(
    ("typed", "fields", "words"),
    [
        ({"kind": "accept", "points": "0,1", "reason": "Sai"}, ["points"], "Đã ghi 0,1 điểm nhưng chọn đồng ý"),
        (
            {"kind": "accept_provisionally", "points": "0,1", "reason": "Sai"},
            ["points"],
            "nhưng chọn tạm thời đồng ý, tức là 1 điểm",
        ),
        ({"kind": "accept", "points": "một", "reason": "Sai"}, ["points"], "“một” không phải là số"),
        ({"kind": "accept"} | ASK, ["question"], "Đã ghi câu hỏi hoặc hạn trả lời nhưng chọn đồng ý"),
        ({"kind": "accept", "points": "0,1"} | ASK, ["points", "question"], "Đã ghi 0,1 điểm"),
        ({"kind": "accept", "due": ASK["due"]}, ["question"], "Đã ghi câu hỏi hoặc hạn trả lời"),
        ({"kind": "adjust", "points": "0,1"} | ASK, ["question", "reason"], "nhưng chọn điều chỉnh"),
        ({"kind": "ask", "points": "0,1"} | ASK, ["points"], "Đã ghi 0,1 điểm nhưng chọn yêu cầu giải trình"),
        ({"kind": "ask", "points": "0,1", "reason": "Sai", "due": "x"}, ["points", "reason", "due", "question"], "Sai"),
        ({"kind": "adjust"}, ["points", "reason"], "Chưa ghi điểm"),
        ({"kind": "adjust", "points": "9"}, ["points", "reason"], "9 ngoài khoảng"),
        ({"kind": "ask", "due": "01/01/2020"}, ["question", "due"], "Hạn giải trình"),
    ],
)
def test_everything_is_told_at_once_and_given_back(
    world: AppraisalWorld, typed: dict[str, str], fields: list[str], words: str
) -> None:
    client = browser(world, "appraiser")
    answer = client.post(address(world, "1.2"), form_of(client.get(address(world, "1.2"))) | typed)
    assert (answer.status_code, Opinion.objects.count()) == (422, 0)
    assert words in answer.text
    for name in fields:
        assert f'<a href="#d-{name}">' in answer.text, name
        assert f'id="{name}-error"' in answer.text, name
    assert answer.text.count('<a href="#d-') == len(fields)
    for name in ("points", "due"):
        assert f'value="{typed.get(name, "")}"' in answer.text
    for name in ("reason", "question"):
        assert f"{typed.get(name, '')}</textarea>" in answer.text


def test_the_chair_is_told_of_everything_too(world: AppraisalWorld) -> None:
    client = browser(world, "chair")
    form = form_of(client.get(address(world, "1.2") + "?as=chair"))
    answer = client.post(address(world, "1.2", "decision/"), form | {"kind": "adjust"})
    for name in ("points", "reason", "minutes"):
        assert f'<a href="#d-{name}">' in answer.text, name


def test_points_that_are_accepted_may_be_typed(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.2")))
    assert client.post(address(world, "1.2"), form | {"kind": "accept", "points": "1,00"}).status_code == 303
    assert Opinion.objects.get().points == "1"


def test_a_form_that_comes_back_still_knows_what_it_showed(world: AppraisalWorld) -> None:
    """What another says meanwhile is told when the mended form is sent, not passed over."""
    AppraisalLevel.objects.update(blindness=Blindness.ALWAYS)
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.2")))
    world.say("second_appraiser", "1.2", OpinionKind.ACCEPT)
    first = client.post(address(world, "1.2"), form | {"kind": ""})
    assert first.status_code == 422
    assert client.post(address(world, "1.2"), form_of(first) | {"kind": "accept"}).status_code == 409


def test_a_stale_page_says_what_was_said_where_one_may_see_it(world: AppraisalWorld) -> None:
    AppraisalLevel.objects.update(blindness=Blindness.NEVER)
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.2")))
    said = Said(OpinionKind.ADJUST, points="0,25", reason="Thiếu", minutes="Biên bản 1")
    stands = world.appraisal("1.2")
    decide(by=world.session("chair"), at=now(), entry_id=stands.pk, said=said, seen=stands.version)
    answer = client.post(address(world, "1.2"), form | {"kind": "accept"})
    assert answer.status_code == 409
    told = answer.text.partition("Trên máy chủ")[2].partition("Của bạn, chưa ghi")[0]
    assert ("Điều chỉnh" in told, "<b>0,25</b>" in told, "Đã có ý kiến" in told) == (True, True, False)
