"""A unit that is asked about an item answers that it does not apply: what the council sees, and who decides first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.factories.appraisal_world import AppraisalWorld
from tests.factories.asked_world import answer, ask, asked_world, send
from tests.factories.world import now
from tests.integration.web.appraisers import address, browser, form_of

from parindex.domain.review.opinions import AppraisalState, OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.votes import VoteMode
from parindex.usecases.finalising import open_matters
from parindex.usecases.not_assessed import decide_request, request_not_assessed
from parindex.usecases.opinions import Said, decide
from parindex.usecases.submissions import submit_part
from parindex.usecases.votes import Proposal, open_vote

pytestmark = pytest.mark.django_db
ZERO = Said(OpinionKind.ADJUST, points="0", reason="Có phát sinh mà không báo cáo", minutes="Biên bản 7")


def asks_to_leave(world: AppraisalWorld) -> None:
    """The unit answers, asks that item 2.2 is not assessed, and signs."""
    answer(world)
    request_not_assessed(
        by=world.session("owner"), at=now(), sheet_id=world.sheet.pk, item_code="2.2", reason="Không phát sinh hồ sơ",
        legal_basis="Điều 3",
    )  # fmt: skip
    submit_part(by=world.session("leader"), at=now(), part_id=world.sheet.parts.get().pk)


def office(world: AppraisalWorld, *, approved: bool, reason: str = "Không đúng") -> None:
    decide_request(
        by=world.session("chair"), at=now(), sheet_id=world.sheet.pk, item_code="2.2", approved=approved, reason=reason
    )


def refused(act: Callable[[], object], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        act()


def settle(world: AppraisalWorld) -> None:
    stands = world.appraisal("2.2")
    decide(by=world.session("chair"), at=now(), entry_id=stands.pk, said=ZERO, seen=stands.version)


@pytest.fixture
def world() -> AppraisalWorld:
    made = asked_world()
    asks_to_leave(made)
    return made


def test_the_request_stands_on_the_page_and_no_opinion_is_taken(world: AppraisalWorld) -> None:
    page = browser(world, "second_appraiser").get(address(world, "2.2")).text
    assert "Đơn vị đề nghị không đánh giá mục này." in page
    assert "Không phát sinh hồ sơ" in page
    assert "Căn cứ: Điều 3" in page
    assert "duyệt hoặc không duyệt trước" in page
    assert "data-decide" not in page
    assert "Duyệt hoặc không duyệt đề nghị" not in page
    assert "Duyệt hoặc không duyệt đề nghị" in browser(world, "chair").get(address(world, "2.2")).text
    refused(lambda: world.say("second_appraiser", "2.2", OpinionKind.ASK), "request_undecided")
    refused(lambda: world.say("second_appraiser", "2.2", ZERO), "request_undecided")
    refused(lambda: settle(world), "request_undecided")
    vote = Proposal("0", "Cho 0 điểm", VoteMode.SESSION)
    entry = world.entry("2.2").pk
    refused(
        lambda: open_vote(by=world.session("secretary"), at=now(), entry_id=entry, proposal=vote), "request_undecided"
    )
    kinds = {str(one.kind): one.first[0].items for one in open_matters(world.cycle)}
    assert kinds["request_undecided"] == ("2.2",)


def test_once_it_is_refused_the_council_settles_the_item_and_the_office_cannot_take_that_away(
    world: AppraisalWorld,
) -> None:
    office(world, approved=False)
    client = browser(world, "second_appraiser")
    page = client.get(address(world, "2.2"))
    assert "Đề nghị không đánh giá: không được duyệt." in page.text
    typed = {"kind": "adjust", "points": "0", "reason": "Có phát sinh"}
    assert client.post(address(world, "2.2"), form_of(page) | typed).status_code == 303
    with pytest.raises(Refusal, match="settled_by_council") as caught:
        office(world, approved=True, reason="Xem lại")
    assert caught.value.facts["points"] == 0
    assert (world.appraisal("2.2").state, world.entry("2.2").state) == (AppraisalState.ADJUSTED, "answered")


def test_a_chair_who_asks_again_opens_the_way_for_another_request(world: AppraisalWorld) -> None:
    office(world, approved=False)
    settle(world)
    stands, again = world.appraisal("2.2"), Said(OpinionKind.ASK, question="Căn cứ nào?", minutes="Biên bản 8")
    decide(by=world.session("chair"), at=now(), entry_id=stands.pk, said=again, seen=stands.version)
    send(world)
    asks_to_leave(world)
    office(world, approved=True, reason="Đúng chức năng")
    assert world.appraisal("2.2").state == AppraisalState.NOT_ASSESSED


def test_what_the_unit_is_still_writing_is_not_shown() -> None:
    world = asked_world()
    request_not_assessed(
        by=world.session("owner"), at=now(), sheet_id=world.sheet.pk, item_code="2.2", reason="Bản nháp", legal_basis=""
    )
    assert "Bản nháp" not in browser(world, "second_appraiser").get(address(world, "2.2")).text
    stands = world.appraisal("2.2")
    refused(
        lambda: decide(by=world.session("chair"), at=now(), entry_id=stands.pk, said=ZERO, seen=stands.version),
        "item_being_explained",
    )


def test_another_item_is_judged_as_before(world: AppraisalWorld) -> None:
    ask(world, "1.2", name="appraiser")
    assert world.appraisal("1.2").state == AppraisalState.ASKED
