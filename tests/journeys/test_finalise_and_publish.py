"""The chair finalises, publishes and corrects; everybody reads it; every page of the way is looked at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from parindex.database.models import Publication
from tests.factories.appraisal_world import AppraisalWorld
from tests.factories.published_world import appraised_world
from tests.journeys import axe, looks
from tests.journeys.conftest import Open
from tests.journeys.steps import follow, press, title, type_into

SHOTS = os.environ.get("PARINDEX_SHOTS", "")


@pytest.fixture
def appraised(transactional_db: None) -> AppraisalWorld:  # noqa: ARG001
    """Everything is appraised."""
    return appraised_world()


def test_from_the_last_decision_to_a_correction(appraised: AppraisalWorld, open_browser: Open) -> None:
    chair = open_browser(appraised.people["chair"])
    chair.goto(f"/cycles/{appraised.made.cycle.pk}/")
    follow(chair, "Kết quả", to="Kết quả kỳ đánh giá")
    expect(chair.locator("main")).to_contain_text("Không còn việc mở.")
    looked_at(chair, "open")
    finalise(chair)
    publish(chair)
    correct(chair)
    assert Publication.objects.count() == 2
    anybody = open_browser()
    anybody.goto(f"/results/{appraised.made.cycle.pk}/")
    expect(anybody.locator("main")).to_contain_text("64,50%")


def finalise(chair: Page) -> None:
    follow(chair, "Chốt kết quả", to="Chốt kết quả")
    minutes(chair)
    looked_at(chair, "minutes")
    press(chair, "Xem trước khi chốt")
    expect(chair.locator("main")).to_contain_text("Khi chốt")
    looked_at(chair, "finalise")
    press(chair, "Chốt kết quả")
    expect(chair.locator("main")).to_contain_text("Chưa công bố.")


def publish(chair: Page) -> None:
    follow(chair, "Công bố kết quả", to="Công bố kết quả")
    decision(chair, "345/QĐ-UBND")
    press(chair, "Xem trước khi công bố")
    expect(chair.locator("main")).to_contain_text("Ai cũng xem được ngay")
    looked_at(chair, "publish")
    press(chair, "Công bố")
    expect(chair.locator("main")).to_contain_text("Lần 1: 345/QĐ-UBND")


def correct(chair: Page) -> None:
    follow(chair, "Đính chính", to="Đính chính")
    chair.get_by_label("Đơn vị, dòng 1").select_option(label="Sở Tư pháp")
    type_into(chair.get_by_label("Mã mục, dòng 1"), "2.2")
    type_into(chair.get_by_label("Điểm đúng, dòng 1"), "1")
    type_into(chair.get_by_label("Lý do, dòng 1"), "Nhập lại nhầm")
    type_into(chair.get_by_label("Lý do đính chính"), "Cộng sai")
    minutes(chair)
    decision(chair, "400/QĐ-UBND")
    press(chair, "Xem thay đổi")
    expect(chair.locator("main")).to_contain_text("Sẽ khác bản đang công bố ở 1 đơn vị")
    looked_at(chair, "correct")
    press(chair, "Công bố đính chính")
    expect(chair.locator("main")).to_contain_text("Lần 2: 400/QĐ-UBND")
    title(chair, "Kết quả")
    looked_at(chair, "corrected")


def minutes(chair: Page) -> None:
    type_into(chair.get_by_label("Số biên bản"), "12/BB-HĐTĐ")
    type_into(chair.get_by_label("Ngày biên bản"), "02/03/2026")
    type_into(chair.get_by_label("Nội dung biên bản"), "Hội đồng thống nhất kết quả.")


def decision(chair: Page, number: str) -> None:
    type_into(chair.get_by_label("Số quyết định công bố"), number)
    type_into(chair.get_by_label("Ngày quyết định"), "05/03/2026")


def looked_at(page: Page, name: str) -> None:
    """What a machine can see of a page that only comes after something was typed."""
    assert axe.findings(page) == []
    assert looks.sideways(page) == []
    assert looks.small_targets(page) == []
    assert looks.tables_without_caption(page) == []
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"results-{name}.png", full_page=True)
