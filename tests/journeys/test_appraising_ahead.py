"""Recording shows the next item at once, for it has been read already; what has changed meanwhile is shown too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from parindex.database.models import Opinion
from parindex.domain.review.opinions import AppraisalState, OpinionKind
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.journeys.conftest import Open, Watch
from tests.journeys.council_steps import at_item, recorded


@pytest.fixture
def world(transactional_db: None) -> AppraisalWorld:  # noqa: ARG001
    """Two appraisers; one opinion is enough."""
    return appraisal_world()


def opened(page: Page, world: AppraisalWorld, code: str, following: str) -> None:
    """An item with its queue; the page of the next one has been read behind it, and this page stays."""
    with page.expect_response(lambda answer: f"/{following}/" in answer.url and answer.request.method == "GET"):
        page.goto(f"/appraisals/{world.made.sheet.pk}/{code}/")
        at_item(page, code)
    stays(page)


def stays(page: Page) -> None:
    """Put a mark on the page that a loaded one would not have."""
    page.evaluate("() => { window.stayed = true; }")


def test_the_next_item_is_there_and_the_queue_follows(world: AppraisalWorld, open_browser: Open) -> None:
    page = open_browser(world.people["appraiser"])
    opened(page, world, "1.1", "1.2")
    page.keyboard.press("Control+Enter")
    at_item(page, "1.2")
    recorded(page, "1.1", "đồng ý")
    assert page.evaluate("() => window.stayed && document.title.startsWith('1.2')")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator(".queue .code").get_by_text("1.1", exact=True)).to_have_count(0)  # it no longer waits
    assert world.appraisal("1.1").state == AppraisalState.ACCEPTED
    page.keyboard.press("2")  # the new form listens, too
    page.get_by_label("Điểm thẩm định").fill("0")
    page.get_by_label("Lý do (").fill("Không có quyết định công nhận")
    page.keyboard.press("Control+Enter")
    recorded(page, "1.2", "điều chỉnh")
    assert page.evaluate("() => window.stayed")
    page.get_by_role("button", name="Hoàn tác").click()
    at_item(page, "1.2")
    assert Opinion.objects.get(entry=world.entry("1.2")).withdrawn_at is not None
    page.go_back()
    at_item(page, "2.1")
    page.go_back()
    at_item(page, "1.2")


def test_what_is_missing_is_said_where_it_was_typed(world: AppraisalWorld, open_browser: Open, watch: Watch) -> None:
    watch.expect("422")
    page = open_browser(world.people["appraiser"])
    opened(page, world, "1.1", "1.2")
    page.keyboard.press("2")
    page.get_by_label("Điểm thẩm định").fill("0,25")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert").filter(has_text="Chưa ghi được")).to_be_focused()
    expect(page.get_by_label("Điểm thẩm định")).to_have_value("0,25")
    page.get_by_label("Lý do (").fill("Chỉ có dự thảo")
    page.keyboard.press("Control+Enter")
    at_item(page, "1.2")
    assert page.evaluate("() => window.stayed")
    assert world.appraisal("1.1").points == "0.25"


def test_somebody_else_was_faster(world: AppraisalWorld, open_browser: Open) -> None:
    page = open_browser(world.people["appraiser"])
    opened(page, world, "1.1", "1.2")
    world.say("second_appraiser", "1.2", OpinionKind.ADJUST)  # after its page was read
    page.keyboard.press("Control+Enter")
    at_item(page, "1.2")
    recorded(page, "1.1", "đồng ý")
    expect(page.locator("main")).to_contain_text("Cho ý kiến khác")


def test_a_lost_network_loses_nothing(world: AppraisalWorld, open_browser: Open, watch: Watch) -> None:
    watch.expect("INTERNET_DISCONNECTED")
    page = open_browser(world.people["appraiser"])
    opened(page, world, "1.1", "1.2")
    page.keyboard.press("2")
    page.get_by_label("Điểm thẩm định").fill("0,5")
    page.get_by_label("Lý do (").fill("Chỉ có dự thảo")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("mất kết nối")
    page.context.set_offline(False)
    page.keyboard.press("Control+Enter")
    recorded(page, "1.1", "điều chỉnh")
    assert Opinion.objects.filter(entry=world.entry("1.1")).count() == 1
