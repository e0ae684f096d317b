"""On a phone the menu is one row; it opens by a link, without any script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.factories.world import World
from tests.journeys import axe, looks
from tests.journeys.conftest import PHONE, Open


@pytest.mark.parametrize("script", [True, False])
def test_the_menu_opens_and_closes(made: World, open_browser: Open, script: bool) -> None:
    page = open_browser(made.people["standing_office"], size=PHONE, script=script)
    page.goto("/home/")
    header = page.locator(".topbar")
    rooms = page.locator("#menu")
    expect(rooms).to_be_hidden()
    assert header.bounding_box()["height"] <= 64  # type: ignore[index]
    page.get_by_role("link", name="Menu").click()
    expect(rooms.get_by_role("link", name="Kỳ đánh giá")).to_be_visible()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    if script:
        assert axe.findings(page) == []
        assert looks.small_targets(page) == []
    page.get_by_role("link", name="Đóng").click()
    expect(rooms).to_be_hidden()


def test_a_room_is_two_touches_away(made: World, open_browser: Open) -> None:
    page = open_browser(made.people["standing_office"], size=PHONE)
    page.goto("/home/")
    page.get_by_role("link", name="Menu").click()
    page.locator("#menu").get_by_role("link", name="Kỳ đánh giá").click()
    expect(page.locator("h1")).to_have_text("Kỳ đánh giá")
