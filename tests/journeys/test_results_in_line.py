"""Lists and buttons of results: in line with the text, on one line, the unit first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from parindex.usecases import commendation_grounds
from tests.factories.published_world import PublishedWorld, published_world
from tests.integration.web.test_commendations import GOOD
from tests.journeys.conftest import PHONE, Open

#: Where the words of an element begin.
WORDS_AT = """element => { const range = document.createRange(); range.selectNodeContents(element);
  return Math.round(range.getBoundingClientRect().left); }"""


@pytest.fixture
def world(transactional_db: None) -> PublishedWorld:  # noqa: ARG001
    """A published cycle."""
    return published_world()


def begins(page: Page, selector: str) -> int:
    return int(page.locator(selector).first.evaluate(WORDS_AT))


def test_on_a_phone_the_menu_begins_where_the_text_does_and_units_stand_out(
    world: PublishedWorld, open_browser: Open
) -> None:
    page = open_browser(size=PHONE)
    page.goto(f"/results/{world.made.cycle.pk}/")
    assert begins(page, ".pubnav a") == begins(page, "h1")
    chair = open_browser(world.made.people["chair"], size=PHONE)
    chair.goto(f"/cycles/{world.made.cycle.pk}/results/")
    unit = chair.locator("tbody th a", has_text="Sở Y tế").first
    assert unit.evaluate("element => getComputedStyle(element).fontWeight") == "650"
    chair.goto(f"/cycles/{world.made.cycle.pk}/results/correct/")
    frame, field = chair.locator(".correcting").bounding_box(), chair.locator("#sheet-1").bounding_box()
    assert frame is not None
    assert field is not None
    assert frame["x"] + 8 <= field["x"] < field["x"] + field["width"] <= frame["x"] + frame["width"] - 8


def test_the_button_to_propose_is_one_line(
    world: PublishedWorld, open_browser: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commendation_grounds, "criteria", lambda: GOOD)
    office = open_browser(world.made.people["standing_office"], size=(1366, 900))
    office.goto(f"/cycles/{world.made.cycle.pk}/commendations/")
    button = office.locator("td a.btn", has_text="Đề nghị").first
    assert button.evaluate("element => getComputedStyle(element).whiteSpace") == "nowrap"
