"""Personal data in texts that become public: listed before, published only where the chair says so, and logged."""

from __future__ import annotations

import json

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.published_world import appraised_world, finalised, published_world
from tests.factories.world import now
from tests.integration.web.appraisers import browser

from parindex.database.models import AuditRecord, Entry, Opinion, Publication
from parindex.database.models.entries import EntryState
from parindex.domain.review.opinions import OpinionKind
from parindex.usecases import audit_log
from parindex.usecases.opinions import Said
from parindex.usecases.personal_texts import personal_texts
from parindex.wording.moments import local_day

pytestmark = pytest.mark.django_db
NAMED = "Bà Nguyễn Thị A, ĐT 0912 345 678, email a@dienbien.gov.vn"
TODAY = f"{local_day(now()):%d/%m/%Y}"
DECISION = {"decision_number": "345/QĐ-UBND", "decision_date": TODAY, "public_from": ""}


def named_world(*, is_public: bool = True) -> AppraisalWorld:
    """Everything appraised; the reason of 2.2 of Sở Tư pháp names a person with number and address."""
    world = appraised_world()
    said = Said(OpinionKind.ADJUST, points="0.5", reason=NAMED, is_public=is_public)
    world.say("second_appraiser", "2.2", said, world.made.other_sheet)
    world.made.cycle.refresh_from_db()
    return world


def address(world: AppraisalWorld, act: str) -> str:
    return f"/cycles/{world.made.cycle.pk}/results/{act}/"


def hidden(page: str, name: str = "seen") -> str:
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_every_text_that_becomes_public_is_looked_at() -> None:
    world = named_world()
    entry = world.entry("1.2")
    entry.requests.create(
        reason="Hỏi 0215 3825 456", legal_basis="CCCD 011234567890", state="approved",
        requested_by=world.people["owner"], requested_at=now(),
    )  # fmt: skip
    Entry.objects.filter(pk=entry.pk).update(state=EntryState.NOT_ASSESSED)
    listed = [(one.text, one.unit, one.item, [str(found.kind) for found in one.found]) for one in
              personal_texts(world.cycle)]  # fmt: skip
    assert listed == [
        ("opinion", "Sở Tư pháp", "2.2", ["phone", "email"]),
        ("not_assessed", "Sở Y tế", "1.2", ["phone", "identity"]),
    ]


def test_what_is_not_public_or_taken_back_is_not_listed() -> None:
    world = named_world(is_public=False)
    assert personal_texts(world.cycle) == []
    open_to_all = Said(OpinionKind.ADJUST, points="0.6", reason=NAMED)
    world.say("second_appraiser", "2.2", open_to_all, world.made.other_sheet)
    assert len(personal_texts(world.cycle)) == 1
    Opinion.objects.filter(reason=NAMED).update(withdrawn_at=now())
    assert personal_texts(world.cycle) == []


def test_the_chair_reads_them_before_and_confirms_or_nothing_is_published() -> None:
    world = named_world()
    chair, link = browser(world, "chair"), f'href="/appraisals/{world.made.other_sheet.pk}/2.2/"'
    page = chair.get(address(world, "finalise")).text
    assert (link in page, "số điện thoại 0912 345 678" in page) == (True, True)
    finalised(world.made)
    where = address(world, "publish")
    page = chair.post(where, DECISION).text
    for words in (link, "thư điện tử a@dienbien.gov.vn", address(world, "resume"), 'name="personal"'):
        assert words in page
    assert "Không có tên người nào" not in page
    act = {**DECISION, "seen": hidden(page), "confirmed": "1"}
    refused = chair.post(where, act)
    assert (refused.status_code, 'href="#personal"' in refused.text, hidden(refused.text)) == (422, True, act["seen"])
    assert not Publication.objects.exists()
    assert chair.post(where, {**act, "personal": "1"}).status_code == 302
    assert json.loads(AuditRecord.objects.get(action="publish").after)["personal_data"] == 1
    assert not any(proof.broken for proof in audit_log.verify())


def test_where_none_stand_nothing_is_asked() -> None:
    world = appraised_world()
    finalised(world.made)
    page = browser(world, "chair").post(address(world, "publish"), DECISION).text
    assert ('name="personal"' in page, "dữ liệu cá nhân" in page) == (False, False)
    assert "không dò được tên người" in page


def test_a_correction_asks_of_its_own_reasons() -> None:
    world = published_world()
    words = {
        **DECISION, "minutes_number": "15/BB", "minutes_date": TODAY, "minutes": "Xem lại.", "reason": "Cộng sai",
        "sheet": str(world.made.other_sheet.pk), "item": "2.2", "points": "1", "why": NAMED,
    }  # fmt: skip
    chair, where = browser(world.appraisal, "chair"), address(world.appraisal, "correct")
    page = chair.post(where, words).text
    assert "số điện thoại 0912 345 678" in page
    act = {**words, "seen": hidden(page), "confirmed": "1"}
    refused = chair.post(where, act)
    assert (refused.status_code, hidden(refused.text), Publication.objects.count()) == (422, act["seen"], 1)
    assert chair.post(where, {**act, "personal": "1"}).status_code == 302
    assert json.loads(AuditRecord.objects.get(action="correct_publication").after)["personal_data"] == 1


@pytest.mark.parametrize(("private", "told"), [("", True), ("1", False)])
def test_who_writes_such_a_reason_is_told_at_once(private: str, told: bool) -> None:
    world = appraisal_world()
    form = {"kind": "adjust", "points": "0.5", "reason": NAMED, "private": private,
            "seen": str(world.appraisal("1.1").version)}  # fmt: skip
    client = browser(world, "appraiser")
    assert client.post(f"/appraisals/{world.sheet.pk}/1.1/", form).status_code == 303
    page = client.get(f"/appraisals/{world.sheet.pk}/1.1/").text
    assert ("Đã ghi mục 1.1" in page, "Lý do sẽ công khai có số điện thoại 0912 345 678" in page) == (True, told)
