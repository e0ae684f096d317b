"""What pages say before an embargo ends: to the chair from when it is public, to units nothing of a publication."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from tests.factories.published_world import PublishedWorld, published_world
from tests.factories.world import now
from tests.integration.web.appraisers import browser

from parindex.database.models import Cycle, Publication
from parindex.database.queries.publications import public_states
from parindex.usecases.corrections import Basis, Corrected, correct
from parindex.usecases.publishing import DecidedBy
from parindex.wording.moments import local_day, moment

pytestmark = pytest.mark.django_db


def corrected(world: PublishedWorld, *, days: int) -> Publication:
    day = local_day(now())
    return correct(
        by=world.made.session("chair"), at=now(), cycle_id=world.made.cycle.pk, reason="Cộng sai",
        basis=Basis("15/BB", day, "Xem lại.", DecidedBy("400/QĐ", day, now() + timedelta(days=days))),
        changes=[Corrected(world.appraisal.entry("2.2", world.made.other_sheet).pk, "1", "Nhập lại nhầm")],
    )  # fmt: skip


def test_the_answer_to_a_correction_under_embargo_says_from_when_it_is_public() -> None:
    world = published_world()
    ends, today = now() + timedelta(days=3), f"{local_day(now()):%d/%m/%Y}"
    words = {
        "minutes_number": "12/BB", "minutes_date": today, "minutes": "Thống nhất.", "decision_number": "400/QĐ",
        "decision_date": today, "public_from": f"{local_day(ends):%d/%m/%Y} 08:00", "reason": "Cộng sai",
        "sheet": str(world.made.other_sheet.pk), "item": "2.2", "points": "1", "why": "Nhập lại nhầm",
    }  # fmt: skip
    chair, where = browser(world.appraisal, "chair"), f"/cycles/{world.made.cycle.pk}/results/correct/"
    preview = chair.post(where, words).text
    assert "đến lúc đó chỉ có bản trước" in preview
    seen = preview.partition('name="seen" value="')[2].partition('"')[0]
    page = chair.post(where, {**words, "seen": seen, "confirmed": "1"}, follow=True).text
    made = Publication.objects.get(number=2)
    assert "Đã công bố đính chính" not in page
    assert f"Công khai từ {moment(made.public_from)}" in page


def test_a_cycle_is_published_for_units_once_that_is_public() -> None:
    world = published_world(embargo_days=2)
    cycle, later = Cycle.objects.get(), now() + timedelta(days=3)
    assert (public_states([cycle], now()), public_states([cycle], later)) == (
        {cycle.pk: "finalised"}, {cycle.pk: "published"}
    )  # fmt: skip
    owner, chair = browser(world.appraisal, "owner"), browser(world.appraisal, "chair")
    assert ("Đã công bố" in owner.get("/cycles/").text, "Đã công bố" in chair.get("/cycles/").text) == (False, True)
    sheet = f"/sheets/{world.made.sheet.pk}/"
    item, listed = owner.get(f"{sheet}items/1.1/").text, owner.get(f"{sheet}items/").text
    assert "Kết quả kỳ đánh giá đã chốt nên phiếu chỉ để xem." in item
    assert "Đã công bố" not in item + listed
    result = f"/cycles/{cycle.pk}/results/units/{world.made.sheet.pk}/"
    assert result not in listed
    with patch("django.utils.timezone.now", return_value=later):
        assert result in browser(world.appraisal, "owner").get(f"{sheet}items/").text


def test_a_corrected_cycle_is_what_it_was_until_the_correction_is_public() -> None:
    world = published_world()
    corrected(world, days=2)
    cycle = Cycle.objects.get()
    assert cycle.state == "corrected"
    assert public_states([cycle], now()) == {cycle.pk: "published"}
    assert public_states([cycle], now() + timedelta(days=3)) == {cycle.pk: "corrected"}
    page = browser(world.appraisal, "owner").get("/cycles/").text
    assert ("Đã công bố" in page, "Đã đính chính" in page) == (True, False)
