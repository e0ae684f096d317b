"""What goes wrong around a person who works: the phase closes, the page is old, another tab was quicker."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from parindex.database.models import AuditRecord, Entry, Figure, Phase, ScoreSheet, Submission
from tests.factories.world import PASSWORD, World, now
from tests.journeys.conftest import Open, Watch

TEXT = "Đơn vị đã giải quyết đúng hạn 900 hồ sơ."
#: What the browser says of an answer that is no success.
REFUSED = ("403", "409", "422", "responseError", "Failed to load resource")


def entry(made: World) -> Entry:
    return Entry.objects.get(sheet=made.sheet, item_code="2.1")


def test_the_phase_closes_while_somebody_types(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expect(*REFUSED)
    page = open_browser(made.people["owner"])
    page.goto(f"/sheets/{made.sheet.pk}/items/2.1/")
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now() - timedelta(minutes=1))
    box = page.locator("#explanation")
    box.press_sequentially(TEXT)
    expect(page.locator("#save")).to_contain_text("Chưa lưu được")
    expect(box).to_have_value(TEXT)
    assert entry(made).explanation == ""
    assert not AuditRecord.objects.filter(action="edit_entry").exists()


def test_a_closed_phase_shows_the_page_to_be_read(made: World, open_browser: Open) -> None:
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now() - timedelta(minutes=1))
    page = open_browser(made.people["owner"])
    page.goto(f"/sheets/{made.sheet.pk}/items/2.1/")
    assert page.locator("#explanation").get_attribute("readonly") is not None
    expect(page.locator("main")).to_contain_text("hết hạn")


@pytest.mark.both
def test_two_tabs_of_one_person_lose_nothing(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expect(*REFUSED)
    first = open_browser(made.people["owner"])
    address = f"/sheets/{made.sheet.pk}/items/2.1/"
    first.goto(address)
    second = first.context.new_page()
    second.goto(address)
    second.get_by_label("Hồ sơ tiếp nhận").press_sequentially("1200")
    second.get_by_label("Hồ sơ tiếp nhận").press("Tab")
    expect(second.locator("#save")).to_contain_text("Đã lưu lúc")
    first.bring_to_front()
    first.locator("#explanation").press_sequentially(TEXT)
    expect(first.locator("#save")).to_contain_text("Đã lưu lúc")
    assert entry(made).explanation == TEXT
    assert Figure.objects.get(unit=made.department, measure="received").value == "1200"


def test_an_old_form_is_not_signed(made: World, open_browser: Open, watch: Watch) -> None:
    """The leader reads, an officer changes a figure, the leader signs what was read: not that."""
    watch.expect(*REFUSED)
    leader = open_browser(made.people["leader"])
    leader.goto(f"/sheets/{made.sheet.pk}/submit/")
    leader.get_by_role("link", name="Ký và nộp").first.click()
    leader.locator("#reason").fill("Chưa có số liệu")
    leader.locator("#password").fill(PASSWORD)
    officer = open_browser(made.people["owner"])
    officer.goto(f"/sheets/{made.sheet.pk}/items/2.1/")
    officer.get_by_label("Hồ sơ tiếp nhận").press_sequentially("1200")
    officer.get_by_label("Hồ sơ tiếp nhận").press("Tab")
    expect(officer.locator("#save")).to_contain_text("Đã lưu lúc")
    leader.get_by_role("button", name="Ký và nộp phiếu").click()
    expect(leader.locator(".errors")).to_be_visible()
    assert leader.locator("#reason").input_value() == "Chưa có số liệu"
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "open"
    assert not Submission.objects.exists()


def test_a_form_whose_token_is_old_says_so(made: World, open_browser: Open, watch: Watch) -> None:
    """A form whose cookie is gone is not taken; what was typed stands on the page that says so."""
    watch.expect(*REFUSED)
    page = open_browser(made.people["owner"], script=False)
    page.goto(f"/sheets/{made.sheet.pk}/items/2.1/")
    page.context.clear_cookies(name="csrftoken")
    page.locator("#explanation").fill(TEXT)
    page.get_by_role("button", name="sang 2.2").click()
    expect(page.locator("h1")).to_have_text("Biểu mẫu đã hết hiệu lực")
    expect(page.get_by_label("Nội dung bạn đã gõ").last).to_have_value(TEXT)
    assert entry(made).explanation == ""


def test_a_session_that_ends_before_a_plain_form_is_sent(made: World, open_browser: Open, watch: Watch) -> None:
    """Without script nothing is kept in the browser: what was typed stands on the page that says so, and goes on."""
    watch.expect(*REFUSED)
    page = open_browser(made.people["owner"], script=False)
    page.goto(f"/sheets/{made.sheet.pk}/items/2.1/")
    session = [one for one in page.context.cookies() if one["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")
    page.locator("#explanation").fill(TEXT)
    page.get_by_role("button", name="sang 2.2").click()
    expect(page.locator("h1")).to_have_text("Phiên làm việc đã hết")
    expect(page.get_by_label("Nội dung bạn đã gõ").last).to_have_value(TEXT)
    assert entry(made).explanation == ""
    page.context.add_cookies(session)  # type: ignore[arg-type]
    page.go_back()
    page.locator("#explanation").fill(TEXT)
    page.get_by_role("button", name="sang 2.2").click()
    page.wait_for_url("**/items/2.2/**")
    assert entry(made).explanation == TEXT
