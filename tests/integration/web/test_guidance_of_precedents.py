"""The draft of a guidance made of precedents: only of what is public by now, only of sets that can be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.published_world import WHY, PublishedWorld, published_world
from tests.factories.world import now
from tests.integration.web.appraisers import browser

from parindex.database.models import CriteriaSet, CriteriaSetVersion, Entry, Guidance, GuidanceNote
from parindex.database.models.criteria_sets import SetState
from parindex.domain.review.refusal import Refusal
from parindex.usecases.corrections import Basis, Corrected, correct
from parindex.usecases.precedents import draft_guidance
from parindex.usecases.publishing import DecidedBy
from parindex.wording.moments import local_day

pytestmark = pytest.mark.django_db
FORM = "/precedents/guidance/"


def drafted(world: PublishedWorld) -> Guidance:
    made = world.made
    return draft_guidance(
        by=made.session("standing_office"),
        at=now(),
        version_id=made.version.pk,
        cycle_id=made.cycle.pk,
        title="Dự thảo",
    )


def with_draft(world: PublishedWorld, content: str, number: int = 9) -> CriteriaSetVersion:
    made = world.made
    return CriteriaSetVersion.objects.create(
        criteria_set=made.version.criteria_set, number=number, state=SetState.DRAFT, title="Bộ năm sau", year=2026,
        content=content, created_by=made.people["standing_office"], created_at=now(),
    )  # fmt: skip


def test_nothing_under_embargo_becomes_guidance() -> None:
    world = published_world(embargo_days=2)
    with pytest.raises(Refusal, match="precedents_not_public"):
        drafted(world)
    office = browser(world.appraisal, "standing_office")
    assert f'<option value="{world.made.cycle.pk}"' not in office.get(FORM).text
    form = {"cycle": world.made.cycle.pk, "version": world.made.version.pk, "title": "Dự thảo"}
    page = office.post(FORM, form)
    assert (page.status_code, "chưa công khai" in page.text) == (422, True)
    assert not Guidance.objects.exists()


def test_a_correction_that_waits_for_its_day_is_no_example_yet() -> None:
    world = published_world()
    assert WHY in GuidanceNote.objects.get(guidance=drafted(world), item_code="2.2").example_text
    GuidanceNote.objects.all().delete()
    day, entry = local_day(now()), Entry.objects.get(sheet=world.made.other_sheet, item_code="2.2")
    correct(
        by=world.made.session("chair"), at=now(), cycle_id=world.made.cycle.pk, reason="Cộng sai", seen="",
        basis=Basis("15/BB", day, "Xem lại.", DecidedBy("400/QĐ", day, now() + timedelta(days=3))),
        changes=[Corrected(entry.pk, "1", "Lý do còn chờ công bố")],
    )  # fmt: skip
    words = " ".join(one.example_text for one in GuidanceNote.objects.filter(guidance=drafted(world)))
    assert "Lý do còn chờ công bố" not in words
    assert "Đã đối chiếu" in words


def test_a_draft_with_contradictions_is_not_offered_and_refused_with_what_to_do() -> None:
    world = published_world()
    content = world.made.version.content
    broken = with_draft(world, content.replace("1.2", "1.1"))
    office = browser(world.appraisal, "standing_office")
    page = office.get(FORM).text
    assert f'<option value="{broken.pk}"' not in page
    for version in (broken, world.made.version):  # the guidance of a set speaks of its current version
        refused = office.post(FORM, {"cycle": world.made.cycle.pk, "version": version.pk, "title": "Dự thảo"})
        assert (refused.status_code, "Xử lý hết lỗi ở trang kiểm tra" in refused.text) == (422, True)
    assert not Guidance.objects.exists()
    readable = with_draft(world, content, number=10)
    page = office.get(FORM).text
    assert (f'<option value="{readable.pk}"' in page, page.count("<option")) == (True, 2)
    made = office.post(FORM, {"cycle": world.made.cycle.pk, "version": readable.pk, "title": "Dự thảo"})
    assert made.status_code == 302


def test_a_contradictory_set_is_told_of_beside_one_that_can_be_read() -> None:
    world = published_world()
    with_draft(world, world.made.version.content.replace("1.2", "1.1"))
    family = CriteriaSet.objects.create(owner=world.made.province, code="bo-khac")
    CriteriaSetVersion.objects.filter(number=9).update(criteria_set=family)
    page = browser(world.appraisal, "standing_office").get(FORM).text
    assert (f'<option value="{world.made.version.pk}"' in page, "bộ dự thảo còn lỗi" in page) == (True, True)
