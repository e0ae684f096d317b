"""Public pages on paper: what they say stands there whole, and nothing that only a screen can press."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page

from parindex.database.models import OutsideResult
from tests.factories.published_world import PublishedWorld, published_world
from tests.factories.world import now
from tests.journeys.conftest import DESKTOP, PHONE, Open

CONTROLS = (
    "Trợ năng", "Vào hệ thống", "English", "Tất cả các mục", "Cách tính đầy đủ", "Tính lại kết quả này", "Excel",
    "Tải dữ liệu đã chốt", "Các kỳ đã công bố", "Xem dạng bảng", "Xem trong bộ tiêu chí", "Mục sau", "Tìm đơn vị",
)  # fmt: skip
#: By how much a chart goes beyond what shows it, on every side; and whether it can be scrolled.
CHART = """() => { const chart = document.querySelector('.chart'), frame = chart.parentElement;
  return [frame.scrollWidth - frame.clientWidth > 1, getComputedStyle(frame).overflowX,
    chart.getBoundingClientRect().right > document.documentElement.clientWidth + 1]; }"""


@pytest.fixture
def world(transactional_db: None) -> PublishedWorld:  # noqa: ARG001
    """A published cycle, and what others have published of one unit for six years."""
    made = published_world()
    for year in range(2019, 2025):
        OutsideResult.objects.create(
            unit=made.made.department, year=year, title="PAR INDEX", index=f"{year - 1940}", source="Bộ Nội vụ",
            source_date=date(2025, 4, 6), recorded_by=made.made.people["standing_office"], recorded_at=now(),
        )  # fmt: skip
    return made


def on_paper(page: Page, address: str) -> str:
    """What is printed of a page."""
    page.goto(address)
    page.emulate_media(media="print")
    return page.locator("body").inner_text()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_is_printed_has_no_controls_and_the_chart_whole(
    world: PublishedWorld, open_browser: Open, size: tuple[int, int]
) -> None:
    page, where = open_browser(size=size), f"/results/{world.made.cycle.pk}/"
    for address in (where, f"{where}so-y-te/2.2/", f"{where}so-y-te/"):
        words = on_paper(page, address)
        assert [one for one in CONTROLS if one in words] == [], address
        assert "Mã kiểm tra" in words
    assert page.evaluate(CHART) == [False, "visible", False]
