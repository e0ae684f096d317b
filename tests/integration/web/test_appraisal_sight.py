"""Who sees what of an appraisal: blindness, the own unit, drafts; the chair; small acts; what a page costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.asked_world import ANSWER, answer, ask, send
from tests.factories.world import now
from tests.integration.web.appraisers import address, browser, form_of

from parindex.database.models import (
    AppraisalAssignment,
    AppraisalLevel,
    Ballot,
    DocumentVerdict,
    Entry,
    ExternalFigure,
    Flag,
    MonitoringNote,
    Opinion,
    Vote,
)
from parindex.domain.review.opinions import AppraisalState, Blindness, OpinionKind
from parindex.usecases.flags import raise_flags
from parindex.usecases.further_explanations import send_questions
from parindex.usecases.opinions import Said
from parindex.usecases.submissions import submit_part

pytestmark = pytest.mark.both

REASON = "Số liệu chưa khớp báo cáo"


@pytest.fixture
def world(db: None) -> AppraisalWorld:
    """An item needs the opinions of everybody who is assigned to it."""
    return appraisal_world(needed=0)


def adjusted(world: AppraisalWorld) -> None:
    world.say("second_appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason=REASON))


def test_others_are_seen_after_the_own_opinion(world: AppraisalWorld) -> None:
    adjusted(world)
    client = browser(world, "appraiser")
    page = client.get(address(world, "1.1"))
    assert REASON not in page.text
    assert "Ý kiến của thành viên khác hiện sau khi bạn cho ý kiến" in page.text
    client.post(address(world, "1.1"), form_of(page) | {"kind": "accept", "reason": "Đủ văn bản"})
    assert REASON in client.get(address(world, "1.1")).text


@pytest.mark.parametrize(
    ("blindness", "before", "after"), [(Blindness.NEVER, False, False), (Blindness.ALWAYS, True, True)]
)
def test_levels_may_be_blind_for_ever_or_never(
    world: AppraisalWorld, blindness: Blindness, before: bool, after: bool
) -> None:
    AppraisalLevel.objects.update(blindness=blindness)
    adjusted(world)
    client = browser(world, "appraiser")
    assert (REASON in client.get(address(world, "1.1")).text) is before
    world.say("appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,25", reason="Thiếu"))
    assert (REASON in client.get(address(world, "1.1")).text) is after


@pytest.mark.parametrize("name", ["chair", "secretary", "standing_office", "auditor"])
def test_chair_secretary_office_and_auditor_see_everything(world: AppraisalWorld, name: str) -> None:
    adjusted(world)
    assert REASON in browser(world, name).get(address(world, "1.1")).text


def test_what_was_granted_elsewhere_is_hidden_with_the_words(world: AppraisalWorld) -> None:
    """Once all have spoken somebody who has not been asked still learns neither points nor kind."""
    AppraisalAssignment.objects.filter(member=world.members["appraiser"]).delete()
    adjusted(world)
    client = browser(world, "appraiser")
    for where in (address(world, "1.1") + "?only=all", f"/appraisals/items/{world.made.sheet.group_id}/1.1/"):
        shown = client.get(where).text
        assert "Đã có ý kiến" in shown
        assert ("thẩm định 0,5" in shown, "<b>0,5</b>" in shown) == (False, False)


def test_nobody_appraises_the_own_unit(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    page = client.get(address(world, "1.1", other=True))
    assert "Bạn không thẩm định đơn vị mình" in page.text
    assert "data-decide" not in page.text
    assert client.post(address(world, "1.1", other=True), {"kind": "accept", "seen": "0"}).status_code == 403
    assert not Opinion.objects.exists()


def test_strangers_do_not_see_an_appraisal(world: AppraisalWorld) -> None:
    assert browser(world, "owner").get(address(world, "1.1")).status_code == 403
    assert browser(world, "appraiser").get(address(world, "9.9")).status_code == 404


def test_the_chair_decides_what_members_dispute(world: AppraisalWorld) -> None:
    adjusted(world)
    world.say("appraiser", "1.1", Said(OpinionKind.ACCEPT, reason="Đủ văn bản"))
    client = browser(world, "chair")
    assert "Chờ chủ tịch quyết định" in client.get("/appraisals/").text
    page = client.get(address(world, "1.1"))
    typed = form_of(page) | {"kind": "adjust", "points": "0,5", "reason": "Theo biên bản"}
    refused = client.post(address(world, "1.1", "decision/"), typed)
    assert refused.status_code == 422
    assert 'id="d-minutes" name="minutes"' in refused.text
    done = client.post(address(world, "1.1", "decision/"), typed | {"minutes": "Biên bản số 3"})
    assert done.status_code == 303
    assert world.appraisal("1.1").state == AppraisalState.ADJUSTED


def test_what_the_unit_is_writing_is_not_shown(world: AppraisalWorld) -> None:
    world.say("appraiser", "1.1", OpinionKind.ASK)
    send_questions(
        by=world.session("secretary"), at=now(), sheet_ids=[world.made.sheet.pk], ends_at=now() + timedelta(days=7)
    )
    Entry.objects.filter(pk=world.entry("1.1").pk).update(explanation="Bản đang soạn", points="0")
    shown = browser(world, "appraiser").get(address(world, "1.1")).text
    assert "Đơn vị đang giải trình." in shown
    assert "Bản đang soạn" not in shown
    assert "data-decide" not in shown
    assert "Bản đang soạn" in browser(world, "standing_office").get(address(world, "1.1")).text
    assert "data-decide" in browser(world, "appraiser").get(address(world, "1.2")).text  # not asked: goes on


def test_a_flag_is_dismissed_with_a_reason(world: AppraisalWorld) -> None:
    raise_flags([world.made.sheet.pk], at=now())
    flag = Flag.objects.filter(entry__sheet=world.made.sheet).order_by("pk").first()
    assert flag is not None
    where = address(world, flag.entry.item_code, f"flags/{flag.pk}/")
    client = browser(world, "appraiser")
    assert client.post(where, {"reason": ""}).status_code == 422
    assert client.post(where, {"reason": "Không liên quan"}).status_code == 303
    flag.refresh_from_db()
    assert flag.dismissed_reason == "Không liên quan"
    other = address(world, "1.1" if flag.entry.item_code != "1.1" else "1.2", f"flags/{flag.pk}/")
    assert client.post(other, {"reason": "x"}).status_code == 404


def test_a_figure_from_elsewhere_stands_beside_the_own(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    where = address(world, "2.1", "figures/")
    typed = {"measure": "on_time", "value": "nhiều", "source": "Cổng dịch vụ công"}
    refused = client.post(where, typed)
    assert refused.status_code == 422
    assert 'value="nhiều"' in refused.text
    assert client.post(where, typed | {"value": "850"}).status_code == 303
    shown = client.get(address(world, "2.1")).text
    assert "<b>850</b>" in shown
    assert "<b>1,41667</b>" in shown  # what the rule gives with it
    key = ExternalFigure.objects.get().pk
    assert client.post(where, {"withdraw": key, "reason": " "}).status_code == 422
    assert client.post(where, {"withdraw": key, "reason": "Nhầm nguồn"}).status_code == 303
    assert "<b>850</b>" not in client.get(address(world, "2.1")).text


def test_a_document_is_judged(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    document = world.entry("1.1").attachments.get().document_id
    where = address(world, "1.1", f"documents/{document}/")
    assert client.post(where, {"proves": "no"}).status_code == 422
    assert client.post(where, {"proves": "no", "reason": "Không có dấu"}).status_code == 303
    assert DocumentVerdict.objects.get().reason == "Không có dấu"
    assert "Không có dấu" in client.get(address(world, "1.1")).text
    assert browser(world, "owner").post(where, {"proves": "yes"}).status_code == 403


def test_a_vote_is_put_recorded_and_closed(world: AppraisalWorld) -> None:
    secretary = browser(world, "secretary")
    proposal = {"points": "0,5", "mode": "session", "reason": "Theo số liệu"}
    assert secretary.post(address(world, "1.1", "votes/"), proposal | {"points": "7"}).status_code == 422
    assert secretary.post(address(world, "1.1", "votes/"), proposal).status_code == 303
    vote = Vote.objects.get()
    for name in ("chair", "secretary", "appraiser", "second_appraiser"):
        ballot = {"member": world.people[name].pk, "choice": "for"}
        assert secretary.post(address(world, "1.1", f"votes/{vote.pk}/ballot/"), ballot).status_code == 303
    assert Ballot.objects.count() == 4
    assert browser(world, "appraiser").get(address(world, "1.1")).text.count("Tán thành") == 1  # only the own ballot
    close = address(world, "1.1", f"votes/{vote.pk}/close/")
    assert secretary.post(close, {"minutes": ""}).status_code == 422
    assert secretary.post(close, {"minutes": "Biên bản số 4"}).status_code == 303
    assert (world.appraisal("1.1").state, world.appraisal("1.1").points) == (AppraisalState.ADJUSTED, "0.5")


def test_a_finding_of_the_year_stands_beside_and_may_be_the_reason(world: AppraisalWorld) -> None:
    note = MonitoringNote.objects.create(
        owner=world.made.province, owner_path="tinh", unit=world.made.department, unit_path="tinh/so-y-te",
        unit_name="Sở Y tế", year=2025, item_code="1.1", observed_on=now().date(), finding="Kế hoạch chưa ban hành",
        recorded_by=world.people["standing_office"], recorded_unit=world.made.office, recorded_at=now(),
    )  # fmt: skip
    client = browser(world, "appraiser")
    page = client.get(address(world, "1.1"))
    assert page.text.count("Kế hoạch chưa ban hành") == 2  # beside the claim, and to be picked
    typed = {"kind": "adjust", "points": "0", "reason": "Theo kết quả kiểm tra", "note": str(note.pk)}
    assert client.post(address(world, "1.1"), form_of(page) | typed).status_code == 303
    assert Opinion.objects.get().note == note


def test_a_page_costs_the_same_whatever_stands_on_the_sheet(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    client.get(address(world, "2.1"))
    with CaptureQueriesContext(connection) as one:
        client.get(address(world, "2.1"))
    raise_flags([world.made.sheet.pk], at=now())
    for code in ("1.1", "1.2", "2.2"):
        world.say("second_appraiser", code, Said(OpinionKind.ADJUST, points="0,5", reason=REASON))
    with CaptureQueriesContext(connection) as three:
        client.get(address(world, "2.1"))
    assert len(one) == len(three) == 23  # seven of them are the council, which a process keeps for a moment


def test_the_difference_since_the_own_opinion_is_shown(world: AppraisalWorld) -> None:
    ask(world, "2.2", "appraiser")
    send(world)
    answer(world)
    Entry.objects.filter(pk=world.entry("2.2").pk).update(explanation="Tính cả hai xã mới")
    for one in ("appraiser", "second_appraiser"):
        assert "Tính cả hai xã mới" not in browser(world, one).get(address(world, "2.2")).text
    sign(world)
    shown = browser(world, "appraiser").get(address(world, "2.2")).text
    assert "Thay đổi từ ý kiến trước của bạn" in shown
    assert "<mark>Tính cả hai xã mới</mark>" in shown
    assert ANSWER in shown
    assert "Thay đổi từ ý kiến trước của bạn" not in browser(world, "second_appraiser").get(address(world, "2.2")).text


def sign(world: AppraisalWorld) -> None:
    """The leader signs the answer."""
    part = world.sheet.parts.get()
    submit_part(by=world.session("leader"), at=now(), part_id=part.pk)
