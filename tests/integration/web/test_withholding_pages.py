"""Where words are withheld from the public: from the lists before finalising and publishing, from the item itself."""

from __future__ import annotations

import pytest
from tests.factories.appraisal_world import AppraisalWorld
from tests.factories.published_world import appraised_world, finalised, published
from tests.factories.world import now
from tests.integration.web.appraisers import browser
from tests.integration.web.test_replaced_appraisals import act, corrected

from parindex.database.models import (
    Entry,
    Guidance,
    GuidanceNote,
    NotAssessedRequest,
    Opinion,
    Publication,
    ReplacedEntry,
    WithheldText,
)
from parindex.database.models.entries import EntryState, RequestState
from parindex.domain.review.opinions import OpinionKind
from parindex.usecases import audit_log
from parindex.usecases.opinions import Said
from parindex.usecases.personal_texts import personal_texts
from parindex.usecases.withheld_texts import withhold_opinion, withhold_request
from parindex.wording.moments import local_day

pytestmark = pytest.mark.django_db
NAMED = "Bà Nguyễn Thị A, ĐT 0912 345 678"
WHY = {"reason": "Có số điện thoại người dân"}
BUTTON = "Không công khai lý do này"


@pytest.fixture
def world() -> AppraisalWorld:
    """Everything appraised; the reason of 2.2 of Sở Tư pháp names a person with a number."""
    found = appraised_world()
    found.say("second_appraiser", "2.2", Said(OpinionKind.ADJUST, points="0.5", reason=NAMED), found.made.other_sheet)
    found.made.cycle.refresh_from_db()
    return found


def place(world: AppraisalWorld, name: str) -> str:
    return f"/cycles/{world.made.cycle.pk}/results/{name}/"


def page_of(world: AppraisalWorld, to: str = "") -> str:
    return place(world, f"withhold/opinions/{Opinion.objects.get(reason=NAMED).pk}") + (f"?to={to}" if to else "")


def item_of(world: AppraisalWorld) -> str:
    return f"/appraisals/{world.made.other_sheet.pk}/2.2/"


def left_out(world: AppraisalWorld, code: str = "1.2") -> NotAssessedRequest:
    """An item of Sở Y tế is not assessed, for a reason with a number in it."""
    entry = world.entry(code)
    Entry.objects.filter(pk=entry.pk).update(state=EntryState.NOT_ASSESSED)
    made: NotAssessedRequest = entry.requests.create(
        reason="Hỏi 0215 3825 456", state=RequestState.APPROVED, requested_by=world.people["owner"], requested_at=now()
    )
    return made


def test_the_chair_withholds_what_the_publish_page_lists_and_publishes(world: AppraisalWorld) -> None:
    finalised(world.made)
    chair = browser(world, "chair")
    assert f'href="{page_of(world, "publish")}"' in chair.get(place(world, "publish")).text
    asked = chair.get(page_of(world, "publish"))
    assert (asked.status_code, NAMED in asked.text, BUTTON in asked.text) == (200, True, True)
    done = chair.post(page_of(world, "publish"), WHY)
    assert (done.status_code, done["Location"]) == (302, place(world, "publish"))
    listed = chair.get(place(world, "publish")).text
    assert ("0912 345 678" in listed, "lý do không công khai" in listed) == (False, True)
    assert personal_texts(world.cycle) == []
    today = f"{local_day(now()):%d/%m/%Y}"
    form = {"decision_number": "345/QĐ-UBND", "decision_date": today, "public_from": ""}
    shown = chair.post(place(world, "publish"), form).text
    assert 'name="personal"' not in shown
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    assert chair.post(place(world, "publish"), {**form, "confirmed": "1", "seen": seen}).status_code == 302
    assert Publication.objects.count() == 1


def test_the_finalise_page_leads_to_why_an_item_is_not_assessed_too(world: AppraisalWorld) -> None:
    asked, chair = left_out(world), browser(world, "chair")
    where = place(world, f"withhold/requests/{asked.pk}") + "?to=finalise"
    assert f'href="{where}"' in chair.get(place(world, "finalise")).text
    assert "0215 3825 456" in chair.get(where).text
    assert chair.post(where, WHY)["Location"] == place(world, "finalise")
    assert [one.item for one in personal_texts(world.cycle)] == ["2.2"]


def test_a_reason_is_due_and_what_is_done_is_not_done_twice(world: AppraisalWorld) -> None:
    secretary, chair = browser(world, "secretary"), browser(world, "chair")
    missing = secretary.post(page_of(world), {"reason": " "})
    assert (missing.status_code, 'aria-invalid="true"' in missing.text, NAMED in missing.text) == (422, True, True)
    assert secretary.post(page_of(world), WHY)["Location"] == item_of(world)
    stale = chair.post(page_of(world), WHY)
    assert (stale.status_code, "đã được đặt không công khai" in stale.text) == (403, True)
    read = chair.get(page_of(world)).text
    assert (WHY["reason"] in read, BUTTON in read, NAMED in read) == (True, False, False)
    assert WithheldText.objects.count() == 1


def test_who_withholds_is_told_which_guidance_has_copied_the_words(world: AppraisalWorld) -> None:
    chair = browser(world, "chair")
    assert "làm ví dụ" not in chair.get(page_of(world)).text
    made = Guidance.objects.create(
        criteria_set=world.made.version.criteria_set, number=3, title="Hướng dẫn 7", created_at=now(),
        created_by=world.people["standing_office"],
    )  # fmt: skip
    GuidanceNote.objects.create(guidance=made, item_code="2.2", example_text=f"Năm 2025: chấm 0,5. Lý do: {NAMED}")
    assert chair.post(page_of(world), WHY).status_code == 302
    page = chair.get(page_of(world)).text
    assert ("làm ví dụ" in page, "Hướng dẫn 7, bản 3, mục 2.2" in page) == (True, True)


def test_nothing_of_another_cycle_and_nothing_that_is_not_there(world: AppraisalWorld) -> None:
    chair, said = browser(world, "chair"), Opinion.objects.get(reason=NAMED)
    for name in (f"withhold/opinions/{said.pk + 1000}", "withhold/requests/1000"):
        assert chair.get(place(world, name)).status_code == 404
    assert chair.get(f"/cycles/{world.made.cycle.pk + 1000}/results/withhold/opinions/{said.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("who", "offered"), [("chair", True), ("secretary", True), ("second_appraiser", False), ("auditor", False)]
)
@pytest.mark.parametrize("is_published", [False, True])
def test_the_item_offers_it_to_chair_and_secretary(
    world: AppraisalWorld, who: str, offered: bool, is_published: bool
) -> None:
    if is_published:
        finalised(world.made)
        withhold_opinion(by=world.session("chair"), at=now(), opinion_id=Opinion.objects.get(reason=NAMED).pk, **WHY)
        published(world.made)
    page = browser(world, who).get(item_of(world)).text
    assert (page_of(world) in page) is (offered and not is_published)
    assert ("Không công khai từ" in page) is is_published
    assert NAMED in page


def test_the_item_offers_it_of_a_request(world: AppraisalWorld) -> None:
    asked = left_out(world)
    where = f"/appraisals/{world.made.sheet.pk}/1.2/"
    link = place(world, f"withhold/requests/{asked.pk}")
    assert [link in browser(world, who).get(where).text for who in ("secretary", "auditor")] == [True, False]
    withhold_request(by=world.session("secretary"), at=now(), request_id=asked.pk, **WHY)
    page = browser(world, "secretary").get(where).text
    assert (link in page, "Không công khai từ" in page, asked.reason in page) == (False, True, True)


def test_what_is_withheld_stays_so_where_its_item_leaves_with_a_corrected_set(world: AppraisalWorld) -> None:
    said, asked = Opinion.objects.get(reason=NAMED), left_out(world, "2.2")
    withhold_opinion(by=world.session("chair"), at=now(), opinion_id=said.pk, **WHY)
    withhold_request(by=world.session("chair"), at=now(), request_id=asked.pk, **WHY)
    act(world, corrected(world))
    assert not Entry.objects.filter(item_code="2.2").exists()
    assert set(WithheldText.objects.values_list("opinion", "request")) == {(said.pk, None), (None, asked.pk)}
    kept = ReplacedEntry.objects.get(item_code="2.2", sheet=world.made.sheet)
    assert asked.reason in kept.content
    assert asked.reason in browser(world, "owner").get(f"/sheets/{world.made.sheet.pk}/replaced/").text
    assert personal_texts(world.cycle) == []
    assert not any(proof.broken for proof in audit_log.verify())
