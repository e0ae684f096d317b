"""Finalising, publishing and correcting: what is still open is listed, and nothing is done that was not looked at."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld
from tests.factories.published_world import appraised_world, finalised, published_world
from tests.factories.world import now
from tests.integration.web.appraisers import browser

from parindex.database.models import Finalisation, ItemAppraisal, Publication
from parindex.wording.moments import local_day

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MINUTES = {"minutes_number": "12/BB-HĐTĐ", "minutes_date": "02/03/2026", "minutes": "Thống nhất kết quả."}
DECISION = {"decision_number": "345/QĐ-UBND", "decision_date": f"{local_day(now()):%d/%m/%Y}", "public_from": ""}


def address(world: AppraisalWorld, act: str) -> str:
    return f"/cycles/{world.made.cycle.pk}/results/{act}/"


def confirmed(client: Client, where: str, words: dict[str, str]) -> str:
    """What the page says to an act that is confirmed without its preview."""
    answer = client.post(where, {**words, "confirmed": "1"})
    assert answer.status_code == 422
    return str(answer.text)


def test_the_form_and_the_preview_of_finalising_list_what_is_open() -> None:
    world = appraised_world()
    ItemAppraisal.objects.filter(sheet=world.made.sheet, item_code__in=("1.1", "2.2")).update(state="disputed")
    client, where = browser(world, "chair"), address(world, "finalise")
    for page in (client.get(where), client.post(where, MINUTES), client.post(where, {**MINUTES, "confirmed": "1"})):
        assert "2 mục có ý kiến khác nhau" in page.text
        assert f'href="/appraisals/{world.made.sheet.pk}/2.2/"' in page.text
        assert 'name="confirmed"' not in page.text
    assert page.status_code == 422
    ItemAppraisal.objects.update(state="accepted")
    assert "Còn gì trước khi chốt" not in client.get(where).text
    assert 'name="confirmed"' in client.post(where, MINUTES).text


def test_nothing_is_done_that_was_not_looked_at() -> None:
    world = appraised_world()
    page = confirmed(browser(world, "chair"), address(world, "finalise"), MINUTES)
    assert ("bạn chưa xem trước kết quả" in page, 'name="confirmed"' in page) == (True, True)
    assert not Finalisation.objects.exists()
    finalised(world.made)
    page = confirmed(browser(world, "chair"), address(world, "publish"), DECISION)
    assert ("bạn chưa xem trước kết quả" in page, Publication.objects.exists()) == (True, False)


def test_no_correction_without_its_preview() -> None:
    world = published_world()
    line = {"sheet": str(world.made.other_sheet.pk), "item": "2.2", "points": "1", "why": "Nhập lại nhầm"}
    words = {**MINUTES, **DECISION, **line, "reason": "Cộng sai"}
    page = confirmed(browser(world.appraisal, "chair"), address(world.appraisal, "correct"), words)
    assert ("bạn chưa xem trước kết quả" in page, Publication.objects.count()) == (True, 1)
