"""The pages of results: what is open, finalising with minutes, publishing, correcting, results from outside."""

from __future__ import annotations

import pytest
from tests.factories.appraisal_world import appraisal_world
from tests.factories.published_world import appraised_world, finalised, published_world
from tests.integration.web.results_forms import DECISION, MINUTES, address, logged_in

from parindex.database.models import AuditRecord, Cycle, Finalisation, OutsideResult, Publication

pytestmark = pytest.mark.django_db


def hidden(page: str, name: str) -> str:
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_what_is_open_stands_there_with_links_and_the_index_is_provisional() -> None:
    world = appraisal_world()
    page = logged_in(world.made, "chair").get(address(world.made)).content.decode()
    assert "8 mục chưa thẩm định xong" in page
    assert "2 mục chờ điểm điều tra hoặc điểm của cơ quan quản lý" in page
    assert "Tạm tính, chưa phải kết quả." in page
    assert f'href="/appraisals/{world.sheet.pk}/1.1/"' in page
    waiting = page.partition("8 mục chưa thẩm định xong")[2].partition("</ul>")[0]
    assert waiting.count("<li>") == 2
    assert [f">{unit}</a>: 4 mục, " in waiting for unit in ("Sở Y tế", "Sở Tư pháp")] == [True, True]
    assert address(world.made, "finalise/") not in page


def test_the_chair_finalises_and_publishes_after_looking_twice() -> None:
    world = appraised_world()
    client = logged_in(world.made, "chair")
    assert "Không còn việc mở." in client.get(address(world.made)).content.decode()
    asked = client.post(address(world.made, "finalise/"), MINUTES)
    seen = hidden(asked.content.decode(), "seen")
    assert asked.status_code == 200
    assert not Finalisation.objects.exists()
    done = client.post(address(world.made, "finalise/"), {**MINUTES, "seen": seen, "confirmed": "1"})
    assert done.status_code == 302
    made = Finalisation.objects.get()
    assert made.snapshot.fingerprint == seen
    asks = client.post(address(world.made, "publish/"), DECISION)
    assert "Ai cũng xem được ngay" in asks.content.decode()
    seen = hidden(asks.content.decode(), "seen")
    client.post(address(world.made, "publish/"), {**DECISION, "seen": seen, "confirmed": "1"})
    assert Publication.objects.get().finalisation == made
    page = client.get(address(world.made)).content.decode()
    assert "Lần 1: 345/QĐ-UBND, ngày 05/03/2026" in page
    text = client.get(address(world.made, "snapshots/1/"))
    assert text["Content-Disposition"] == 'attachment; filename="ket-qua-2025-1.json"'


def test_minutes_that_are_missing_are_named_at_their_field() -> None:
    world = appraised_world()
    client = logged_in(world.made, "chair")
    page = client.post(address(world.made, "finalise/"), {**MINUTES, "minutes_date": "hôm qua"})
    assert page.status_code == 422
    assert 'href="#minutes_date"' in page.content.decode()
    page = client.post(address(world.made, "finalise/"), {**MINUTES, "minutes": " "})
    assert 'href="#minutes"' in page.content.decode()


def test_a_result_that_has_changed_since_it_was_shown_is_shown_again() -> None:
    world = appraised_world()
    client = logged_in(world.made, "chair")
    page = client.post(address(world.made, "finalise/"), {**MINUTES, "seen": "0" * 64, "confirmed": "1"})
    assert page.status_code == 422
    assert "kết quả đã khác kết quả bạn xem" in page.content.decode()
    assert hidden(page.content.decode(), "seen") != "0" * 64
    assert not Finalisation.objects.exists()


def test_an_embargo_says_from_when_and_nobody_was_told() -> None:
    world = appraised_world()
    finalised(world.made)
    client = logged_in(world.made, "chair")
    words = {**DECISION, "public_from": "01/01/2020 08:00"}
    assert 'href="#public_from"' in client.post(address(world.made, "publish/"), words).content.decode()


def test_a_correction_is_previewed_and_then_public_beside_the_first() -> None:
    world = published_world()
    client = logged_in(world.made, "chair")
    line = {"sheet": str(world.made.other_sheet.pk), "item": "2.2", "points": "1", "why": "Nhập lại nhầm"}
    words = {**MINUTES, **DECISION, **line, "decision_number": "400/QĐ-UBND", "reason": "Cộng sai"}
    asked = client.post(address(world.made, "correct/"), words)
    page = asked.content.decode()
    assert asked.status_code == 200, page
    assert ("0,75" in page, Publication.objects.count()) == (True, 1)
    assert ("62,00%" in page, "64,50%" in page) == (True, True)
    done = client.post(address(world.made, "correct/"), {**words, "seen": hidden(page, "seen"), "confirmed": "1"})
    assert done.status_code == 302
    assert Cycle.objects.get(pk=world.made.cycle.pk).state == "corrected"
    page = client.get(address(world.made)).content.decode()
    assert "Lần 2: 400/QĐ-UBND" in page
    assert "Lần 1: 345/QĐ-UBND" in page
    assert "Khác bản trước ở 1 đơn vị" in page


def test_the_last_line_of_the_form_says_which_item_there_is_not() -> None:
    world = published_world()
    line = {"sheet": str(world.made.other_sheet.pk), "item": "9.9", "points": "1", "why": "x"}
    page = logged_in(world.made, "chair").post(address(world.made, "correct/"), {**MINUTES, **DECISION, **line})
    assert "Bộ tiêu chí của Sở Tư pháp không có mục 9.9" in page.content.decode()


def test_results_from_outside_have_a_source_and_a_date() -> None:
    world = published_world()
    client = logged_in(world.made, "standing_office")
    words = {
        "unit": str(world.made.province.pk), "year": "2024", "title": "PAR INDEX cấp tỉnh", "index": "", "rank": "35",
        "of": "63", "source": "Bộ Nội vụ", "source_date": "06/04/2025",
    }  # fmt: skip
    assert client.post(address(world.made, "outside/"), {**words, "rank": "64"}).status_code == 422
    assert client.post(address(world.made, "outside/"), {**words, "source": ""}).status_code == 422
    assert client.post(address(world.made, "outside/"), words).status_code == 302
    made = OutsideResult.objects.get()
    assert (made.rank, made.of, made.unit) == (35, 63, world.made.province)
    assert "35/63" in client.get(address(world.made, "outside/")).content.decode()
    where = address(world.made, f"outside/{made.pk}/withdraw/")
    refused = client.post(where, {"reason": " "})
    assert (refused.status_code, "35/63" in refused.text, "Chưa nêu lý do" in refused.text) == (422, True, True)
    client.post(where, {"reason": "Nhầm năm"})
    assert AuditRecord.objects.get(action="withdraw_outside_result").reason == "Nhầm năm"
    assert "35/63" not in client.get(address(world.made, "outside/")).content.decode()
