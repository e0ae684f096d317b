"""The keyboard alone does the whole job: log in, open the sheet, type a figure, go on, sign and submit."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from parindex.database.models import Figure, ScoreSheet
from tests.factories.world import PASSWORD, World
from tests.journeys.conftest import Open

#: Presses of Tab after which a control counts as not reachable.
FAR = 250
_FOCUSED = """() => { const e = document.activeElement;
  const label = e.labels && e.labels.length ? e.labels[0].textContent : '';
  return [e.tagName, e.id, e.name || '', (label || e.getAttribute('aria-label') || e.textContent || '').trim()
    .replace(/\\s+/g, ' ')].join('|'); }"""


def tab_to(page: Page, wanted: str) -> str:
    """Press Tab until what has the focus is called ``wanted``; how it is called."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        focused = str(page.evaluate(_FOCUSED))
        if wanted in focused:
            return focused
    raise AssertionError(f"Tab never comes to {wanted}")


def log_in(page: Page, name: str) -> None:
    """Through the form."""
    page.goto("/login/")
    tab_to(page, "login")
    page.keyboard.type(name)
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home/")


def test_from_the_login_to_the_signature_without_a_mouse(made: World, open_browser: Open) -> None:
    officer = open_browser(language="vi")
    log_in(officer, "owner")
    tab_to(officer, "Mở phiếu")
    officer.keyboard.press("Enter")
    officer.wait_for_url("**/items/**")
    officer.goto(f"/sheets/{made.sheet.pk}/items/2.1/")
    tab_to(officer, "|figure.received|")
    officer.keyboard.type("1200")
    tab_to(officer, "|figure.on_time|")
    officer.keyboard.type("900")
    expect(officer.get_by_label("Hồ sơ đúng hạn")).to_have_value("900")
    tab_to(officer, "sang 2.2")
    officer.keyboard.press("Enter")
    officer.wait_for_url("**/items/2.2/**")
    assert Figure.objects.get(unit=made.department, measure="on_time").value == "900"
    leader = open_browser(language="vi")
    log_in(leader, "leader")
    leader.goto(f"/sheets/{made.sheet.pk}/submit/")
    tab_to(leader, "Ký và nộp")
    leader.keyboard.press("Enter")
    leader.wait_for_url("**/sign/")
    tab_to(leader, "reason")
    leader.keyboard.type("Chưa có số liệu của quý IV")
    tab_to(leader, "password")
    leader.keyboard.type(PASSWORD)
    tab_to(leader, "Ký và nộp phiếu")
    leader.keyboard.press("Enter")
    leader.wait_for_url("**/submissions/**")
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "submitted"


def test_the_first_stop_is_the_way_to_the_content(made: World, open_browser: Open) -> None:
    page = open_browser(made.people["owner"])
    page.goto(f"/sheets/{made.sheet.pk}/items/2.1/")
    page.keyboard.press("Tab")
    assert "Đi tới nội dung chính" in str(page.evaluate(_FOCUSED))
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
