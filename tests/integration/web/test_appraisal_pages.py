"""The three panes of an item: what waits, what is recorded, where it leads, and what comes back unrecorded."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now
from tests.integration.web.appraisers import address, browser, form_of

from parindex.database.models import AppraisalLevel, ItemAppraisal, LaterDecision, Opinion, Question
from parindex.domain.review.opinions import AppraisalState, Blindness, OpinionKind
from parindex.usecases.councils import remove_member
from parindex.usecases.flags import raise_flags
from parindex.usecases.opinions import Said
from parindex.wording.moments import local_day

pytestmark = pytest.mark.both


@pytest.fixture
def world(db: None) -> AppraisalWorld:
    """Two appraisers, one of whom works at Sở Tư pháp; one opinion is enough."""
    return appraisal_world()


def test_an_opinion_leads_to_the_next_item_that_waits(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    page = client.get(address(world, "1.1"))
    assert "Ghi, sang 1.2" in page.text
    answer = client.post(address(world, "1.1"), form_of(page) | {"kind": "accept", "reason": "Đã đối chiếu"})
    assert (answer.status_code, answer["Location"]) == (303, address(world, "1.2") + "#item")
    assert world.appraisal("1.1").state == AppraisalState.ACCEPTED
    assert "Đã ghi mục 1.1: đồng ý." in client.get(address(world, "1.2")).text


def test_the_last_opinion_leads_to_the_summary(world: AppraisalWorld) -> None:
    world.accept_all(but=("2.2",))
    client = browser(world, "appraiser")
    page = client.get(address(world, "2.2"))
    assert form_of(page)["next"] == ""
    answer = client.post(address(world, "2.2"), form_of(page) | {"kind": "accept", "reason": "Đúng"})
    assert answer["Location"] == f"/appraisals/{world.made.sheet.pk}/"
    summary = client.get(answer["Location"])
    assert "Không còn mục nào của phiếu này chờ bạn." in summary.text


def test_the_sheet_leads_to_the_first_item_that_waits(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    world.say("appraiser", "1.1", Said(OpinionKind.ACCEPT, reason="Đúng"))
    answer = client.get(f"/appraisals/{world.made.sheet.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, address(world, "1.2") + "#item")


def test_an_opinion_is_taken_back_by_the_button_of_the_note(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    page = client.get(address(world, "1.1"))
    client.post(address(world, "1.1"), form_of(page) | {"kind": "adjust", "points": "0,5", "reason": "Thiếu văn bản"})
    undo = address(world, "1.1", f"undo/{Opinion.objects.get().pk}/")
    assert f'action="{undo}"' in client.get(address(world, "1.2")).text
    answer = client.post(undo)
    assert answer["Location"] == address(world, "1.1") + "#item"
    assert world.appraisal("1.1").state == AppraisalState.WAITING
    assert Opinion.objects.get().withdrawn_at is not None


def test_nobody_takes_back_what_another_said(world: AppraisalWorld) -> None:
    world.say("appraiser", "1.1", Said(OpinionKind.ACCEPT, reason="Đúng"))
    undo = address(world, "1.1", f"undo/{Opinion.objects.get().pk}/")
    assert browser(world, "second_appraiser").post(undo).status_code == 404
    assert browser(world, "appraiser").post(undo.replace("/1.1/", "/1.2/")).status_code == 404


def test_the_button_takes_back_one_opinion_however_often_it_is_pressed(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    world.say("appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu văn bản"))
    world.say("appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,25", reason="Chỉ có dự thảo"))
    undo = address(world, "1.1", f"undo/{Opinion.objects.latest('pk').pk}/")
    assert [client.post(undo).status_code for _ in range(2)] == [303, 403]
    assert world.appraisal("1.1").points == "0.5"


def test_a_refused_opinion_gives_back_what_was_written(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.1")))
    remove_member(
        by=world.session("standing_office"), at=now(), member_id=world.members["appraiser"].pk, reason="Chuyển công tác"
    )
    answer = client.post(
        address(world, "1.1"), form | {"kind": "adjust", "points": "0,5", "reason": "Thiếu văn bản gốc"}
    )
    assert answer.status_code == 403
    assert "Thiếu văn bản gốc</textarea>" in answer.text
    assert "adjust</textarea>" not in answer.text


def test_a_stale_page_shows_both_and_keeps_what_was_typed(world: AppraisalWorld) -> None:
    AppraisalLevel.objects.update(blindness=Blindness.ALWAYS)
    client = browser(world, "appraiser")
    page = client.get(address(world, "1.1"))
    world.say("second_appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason="Số liệu chưa khớp"))
    typed = form_of(page) | {"kind": "adjust", "points": "0,25", "reason": "Chỉ có dự thảo"}
    answer = client.post(address(world, "1.1"), typed)
    assert answer.status_code == 409
    assert "Mục này đã có ý kiến khác sau khi bạn mở trang" in answer.text
    assert answer.text.count("Chỉ có dự thảo") == 2  # beside the other one, and still in the field
    assert "Số liệu chưa khớp" in answer.text
    assert Opinion.objects.count() == 1
    again = client.post(address(world, "1.1"), typed | form_of(answer))
    assert again.status_code == 303
    assert world.appraisal("1.1").state == AppraisalState.DISPUTED


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Chọn một ý kiến"),
        ({"kind": "adjust", "points": "9", "reason": "Quá"}, 'id="d-points" name="points"'),
        ({"kind": "adjust", "points": "0,5"}, 'id="d-reason" name="reason"'),
        ({"kind": "ask"}, 'id="d-question" name="question"'),
        ({"kind": "ask", "question": "Vì sao?", "due": "31/02/2030"}, 'id="d-due" name="due"'),
    ],
)
def test_what_is_missing_is_said_at_its_field(world: AppraisalWorld, typed: dict[str, str], words: str) -> None:
    client = browser(world, "appraiser")
    page = client.get(address(world, "1.1"))
    answer = client.post(address(world, "1.1"), form_of(page) | typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text or not typed
    assert not Opinion.objects.exists()


def test_a_question_waits_for_the_secretary(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    page = client.get(address(world, "1.1"))
    due = f"{local_day(now()) + timedelta(days=9):%d/%m/%Y}"
    typed = {"kind": "ask", "question": "Đề nghị nêu cách tính", "due": due}
    assert client.post(address(world, "1.1"), form_of(page) | typed).status_code == 303
    asked = Question.objects.get()
    assert (asked.text, asked.sent_at, f"{asked.due_at:%d/%m/%Y}") == ("Đề nghị nêu cách tính", None, due)
    assert "Chưa gửi: thư ký gửi" in client.get(address(world, "1.1")).text


def test_what_is_put_off_comes_last(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    page = client.get(address(world, "1.1"))
    answer = client.post(address(world, "1.1", "later/"), form_of(page))
    assert answer["Location"] == address(world, "1.2") + "#item"
    assert LaterDecision.objects.count() == 1
    queue = client.get(address(world, "1.2")).text
    assert queue.index(address(world, "1.2")) < queue.index(address(world, "2.2")) < queue.index(address(world, "1.1"))


def test_filters_stand_in_the_address(world: AppraisalWorld) -> None:
    world.say("appraiser", "1.1", OpinionKind.ASK)
    client = browser(world, "appraiser")
    shown = client.get(address(world, "1.1") + "?only=asked").text
    assert address(world, "1.1") + "?only=asked#item" in shown
    assert address(world, "1.2") + "?only=asked#item" not in shown


def test_the_documents_are_a_part_of_their_own(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    part = client.get(address(world, "1.1"), headers={"HX-Request": "true", "HX-Target": "paper"})
    assert part.text.lstrip().startswith("<section")
    assert "Kế hoạch" in part.text
    assert part["Vary"] == "HX-Request, HX-Target, Cookie, Accept-Language" or "HX-Target" in part["Vary"]


def test_one_item_over_all_units_is_gone_through_by_unit(world: AppraisalWorld) -> None:
    client = browser(world, "second_appraiser")
    group = world.made.sheet.group_id
    shown = client.get(f"/appraisals/items/{group}/2.1/").text
    assert "Sở Y tế" in shown
    assert "Sở Tư pháp" in shown
    page = client.get(address(world, "2.1") + "?by=item")
    assert "Ghi, sang Sở Tư pháp" in page.text
    answer = client.post(address(world, "2.1") + "?by=item", form_of(page) | {"kind": "accept", "reason": "Đúng"})
    assert answer["Location"] == address(world, "2.1", other=True) + "?by=item#item"


def test_unflagged_claims_are_accepted_by_one_confirmation(world: AppraisalWorld) -> None:
    raise_flags([world.made.sheet.pk], at=world.made.cycle.created_at)
    client = browser(world, "appraiser")
    where = f"/appraisals/accept/{world.made.sheet.pk}/"
    shown = client.get(where).text
    plain = list(
        ItemAppraisal.objects.filter(sheet=world.made.sheet, state="waiting", worst="").values_list("pk", "item_code")
    )
    flagged = ItemAppraisal.objects.filter(sheet=world.made.sheet, state="waiting").exclude(worst="").first()
    assert plain
    assert flagged is not None
    picked = re.findall(r'name="entry" value="([\w.]+)" checked', shown)
    assert [one.partition(".")[0] for one in picked] == [str(pk) for pk, _ in plain]
    answer = client.post(where, {"entry": picked})
    assert (answer.status_code, answer["Location"]) == (303, f"/appraisals/{world.made.sheet.pk}/")
    assert Opinion.objects.filter(in_bulk=True).count() == len(plain)


def test_nothing_picked_is_refused_on_the_page(world: AppraisalWorld) -> None:
    answer = browser(world, "appraiser").post(f"/appraisals/accept/{world.made.sheet.pk}/", {})
    assert answer.status_code == 422
    assert not Opinion.objects.exists()


def test_the_own_queues(world: AppraisalWorld) -> None:
    shown = browser(world, "appraiser").get("/appraisals/").text
    assert "4 mục chờ bạn." in shown
    assert "Sở Tư pháp" not in shown  # the own unit is nobody's queue
    assert "8 mục chờ bạn." in browser(world, "second_appraiser").get("/appraisals/").text
    assert "Bạn không được phân công mục nào" in browser(world, "secretary").get("/appraisals/").text
    assert browser(world, "owner").get("/appraisals/").status_code == 403
