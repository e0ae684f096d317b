"""A level above another: what it accepts, what it may change, what chair and council have decided below it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now
from tests.integration.web.appraisers import address, browser, form_of

from parindex.database.models import AppraisalAssignment, AppraisalLevel, ItemAppraisal, Opinion
from parindex.domain.review.opinions import Capacity, OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.votes import Choice, VoteMode
from parindex.usecases.opinions import Said, accept_all, decide
from parindex.usecases.votes import Proposal, close_vote, open_vote, record_ballot

pytestmark = [pytest.mark.django_db, pytest.mark.both]
CUT = Said(OpinionKind.ADJUST, points="0,5", reason="Chỉ chứng minh được một nửa")
FULL = Said(OpinionKind.ADJUST, points="1", reason="Tài liệu đủ")


@pytest.fixture
def world() -> AppraisalWorld:
    """``appraiser`` at level 1, ``second_appraiser`` at level 2; nothing is flagged."""
    made = appraisal_world()
    above = AppraisalLevel.objects.create(council=made.council, number=2, title="Cấp 2", opinions_needed=1)
    AppraisalAssignment.objects.filter(member=made.members["second_appraiser"]).update(level=above)
    ItemAppraisal.objects.update(flags=0, worst="")
    return made


def stands(world: AppraisalWorld, code: str = "1.2") -> tuple[int, str, str]:
    one = world.appraisal(code)
    return one.level, str(one.state), one.points


def chair_decides(world: AppraisalWorld, said: Said) -> None:
    stands = world.appraisal("1.2")
    decide(by=world.session("chair"), at=now(), entry_id=stands.pk, said=said, seen=stands.version)


def test_what_the_chair_decides_below_is_not_changed_above(world: AppraisalWorld) -> None:
    chair_decides(world, Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu một văn bản", minutes="Biên bản 3"))
    assert stands(world) == (1, "adjusted", "0.5")
    for name in ("second_appraiser", "secretary"):
        with pytest.raises(Refusal, match="item_decided"):
            world.say(name, "1.2", Said(OpinionKind.ADJUST, points="0", reason="Không đồng ý"))
    here = world.appraisal("1.2")
    with pytest.raises(Refusal, match="item_decided"):
        accept_all(by=world.session("second_appraiser"), at=now(), picked=[(here.pk, here.version)])
    with pytest.raises(Refusal, match="items_changed"):
        accept_all(by=world.session("second_appraiser"), at=now(), picked=[(here.pk, here.version - 1)])
    world.say("appraiser", "1.2", Said(OpinionKind.ADJUST, points="0", reason="Không đồng ý"))
    assert stands(world) == (1, "adjusted", "0.5")
    with pytest.raises(Refusal, match="decided_above"):
        world.say("appraiser", "1.2", Said(OpinionKind.ASK, question="Vì sao?"))
    chair_decides(world, Said(OpinionKind.ACCEPT, reason="Đã đối chiếu", minutes="Biên bản 4"))
    assert stands(world) == (1, "accepted", "1")


def test_what_the_council_votes_is_not_changed_by_a_word_said_above(world: AppraisalWorld) -> None:
    secretary, entry = world.session("secretary"), world.entry("1.2")
    vote = open_vote(by=secretary, at=now(), entry_id=entry.pk, proposal=Proposal("0,5", "Chia đôi", VoteMode.SESSION))
    for name in ("chair", "secretary", "appraiser", "second_appraiser"):
        record_ballot(by=secretary, at=now(), vote_id=vote.pk, member_id=world.people[name].pk, choice=Choice.FOR)
    close_vote(by=secretary, at=now(), vote_id=vote.pk, minutes="Biên bản 5")
    assert stands(world) == (1, "adjusted", "0.5")
    # What somebody said above in the days when that still counted changes nothing either.
    Opinion.objects.create(
        entry=entry, level=2, author=world.people["second_appraiser"], author_name="B", capacity=Capacity.MEMBER,
        kind=OpinionKind.ADJUST, points="0", reason="Khác", at=now() + timedelta(seconds=1),
    )  # fmt: skip
    world.say("appraiser", "1.2", Said(OpinionKind.ADJUST, points="0", reason="Khác"))
    assert stands(world) == (1, "adjusted", "0.5")


def test_above_one_accepts_what_the_level_below_has_granted(world: AppraisalWorld) -> None:
    world.say("appraiser", "1.2", CUT)
    assert stands(world) == (2, "waiting", "0.5")
    page = browser(world, "second_appraiser").get(address(world, "1.2")).text
    assert 'data-claim="0,5"' in page
    assert "Cấp dưới cho 0,5" in page
    assert "Cấp dưới đã cho 0,5 điểm (tự chấm 1)" in page
    world.say("second_appraiser", "1.2", Said(OpinionKind.ACCEPT))
    assert stands(world) == (2, "adjusted", "0.5")
    last = Opinion.objects.latest("pk")
    assert (last.kind, last.points, last.reason) == ("accept", "0.5", "")


def test_above_the_claim_is_granted_again_with_a_reason(world: AppraisalWorld) -> None:
    world.say("appraiser", "1.2", CUT)
    with pytest.raises(Refusal, match="reason_needed"):
        world.say("second_appraiser", "1.2", Said(OpinionKind.ADJUST, points="1"))
    world.say("second_appraiser", "1.2", FULL)
    assert stands(world) == (2, "accepted", "1")


def test_the_same_points_are_no_adjustment(world: AppraisalWorld) -> None:
    with pytest.raises(Refusal, match="adjusted_to_claim"):
        world.say("appraiser", "1.2", FULL)
    client = browser(world, "appraiser")
    sent = form_of(client.get(address(world, "1.2"))) | {"kind": "adjust", "points": "1,0", "reason": "Đủ"}
    answer = client.post(address(world, "1.2"), sent)
    assert answer.status_code == 422
    assert "1 chính là điểm tự chấm nên không phải điều chỉnh. Chọn Đồng ý" in answer.text
    world.say("appraiser", "1.2", CUT)
    with pytest.raises(Refusal, match="adjusted_to_granted"):
        world.say("second_appraiser", "1.2", CUT)


def picks(page: Any) -> list[str]:
    return re.findall(r'name="entry" value="([\w.]+)" checked', page.text)


def test_the_list_of_what_is_accepted_together_shows_what_the_level_below_granted(world: AppraisalWorld) -> None:
    world.say("appraiser", "1.2", CUT)
    world.say("appraiser", "2.1", OpinionKind.ACCEPT)
    client, where = browser(world, "second_appraiser"), f"/appraisals/accept/{world.made.sheet.pk}/"
    page = client.get(where)
    assert [one.partition(".")[0] for one in picks(page)] == [str(world.entry(code).pk) for code in ("1.2", "2.1")]
    assert "Cấp dưới cho" in page.text
    assert page.text.count("khác tự chấm") == 1
    answer = client.post(where, {"entry": picks(page)})
    assert answer.status_code == 303
    assert stands(world) == (2, "adjusted", "0.5")
    assert stands(world, "2.1")[1] == "accepted"


def test_what_changed_since_the_list_was_shown_is_not_accepted(world: AppraisalWorld) -> None:
    AppraisalLevel.objects.filter(number=1).update(opinions_needed=2)
    AppraisalAssignment.objects.create(level=world.level, member=world.members["second_appraiser"], assigned_at=now())
    client, where = browser(world, "appraiser"), f"/appraisals/accept/{world.made.sheet.pk}/"
    shown = picks(client.get(where))
    world.say("appraiser", "1.2", CUT)  # it waits for the other member still
    answer = client.post(where, {"entry": shown})
    assert answer.status_code == 409
    assert "có mục đã thay đổi sau khi bạn mở trang: Sở Y tế (1.2)" in answer.text
    now_shown = world.appraisal("1.2")
    with pytest.raises(Refusal, match="not_all_acceptable"):
        accept_all(by=world.session("appraiser"), at=now(), picked=[(now_shown.pk, now_shown.version)])
    assert stands(world)[1] == "waiting"
    assert Opinion.objects.count() == 1


def test_a_list_accepts_nothing_of_another_sheet(world: AppraisalWorld) -> None:
    other = world.appraisal("1.1", world.made.other_sheet)
    client = browser(world, "second_appraiser")
    answer = client.post(f"/appraisals/accept/{world.made.sheet.pk}/", {"entry": f"{other.pk}.{other.version}"})
    assert answer.status_code == 404
    answer = client.post(f"/appraisals/accept/{world.made.sheet.pk}/", {"entry": str(other.pk)})
    assert answer.status_code == 422


def test_who_had_the_item_when_their_page_was_made_is_told_that_it_has_moved_on(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.2")))
    stands = world.appraisal("1.2")
    world.say("appraiser", "1.2", CUT)  # in another tab: level 2 has it now
    answer = client.post(
        address(world, "1.2"), form | {"kind": "adjust", "points": "0", "reason": "Không có quyết định"}
    )
    assert answer.status_code == 403
    assert "Mục này đã sang cấp khác hoặc người khác sau khi bạn mở trang." in answer.text
    assert "Không có quyết định</textarea>" in answer.text
    assert f'href="{address(world, "1.2")}"' in answer.text
    with pytest.raises(Refusal, match="items_changed"):
        accept_all(by=world.session("appraiser"), at=now(), picked=[(stands.pk, stands.version)])
    with pytest.raises(Refusal, match="not_assigned"):  # who asks now is told what is so now
        world.say("appraiser", "1.2", CUT)


def test_the_end_of_an_item_over_all_units_leads_back_to_its_list(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    here = address(world, "1.2") + "?by=item"
    page = client.get(here)
    assert form_of(page)["next"] == ""  # the other sheet is of the own unit
    answer = client.post(here, form_of(page) | {"kind": "accept", "reason": "Đã đối chiếu"})
    assert answer["Location"] == f"/appraisals/items/{world.sheet.group_id}/1.2/"
    assert "Đã ghi mục 1.2 của Sở Y tế: đồng ý." in client.get(answer["Location"]).text
