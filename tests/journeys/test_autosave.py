"""Nothing that was typed is lost: cut networks, killed tabs, ended sessions, two people in one item.

Every test counts the characters that were typed against those that are stored in the end.
"""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, Page, Request, Route, expect

from tests.factories.world import PASSWORD, World
from tests.journeys.conftest import DESKTOP, PHONE, Open, Watch
from tests.journeys.item_page import CUT, TEXT, entry, eventually, figure, item, saved


def test_figures_are_saved_as_they_are_typed(made: World, open_browser: Open) -> None:
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    received, on_time = page.get_by_label("Hồ sơ tiếp nhận"), page.get_by_label("Hồ sơ đúng hạn")
    received.press_sequentially("53576")
    received.press("Tab")
    expect(received).to_have_value("53.576")
    on_time.press_sequentially("26788")
    on_time.press("Tab")
    expect(page.locator("#points")).to_contain_text("1")
    saved(page)
    expect(page.locator("#computed")).to_contain_text("× 2 = 1 điểm")
    expect(page.locator("#computed")).to_contain_text("“Hồ sơ đúng hạn” cần đạt 53.576, tức thêm 26.788.")
    expect(page.locator(".tree a[href$='/2.1/']")).to_contain_text("Xong")
    expect(page.locator("#laddertext")).to_contain_text("Năm 2025: 50%, được 1.")  # the picture follows
    assert (figure(made, "received"), figure(made, "on_time")) == ("53576", "26788")


def test_english_numbers_stay_what_they_are(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expect("422")
    page = open_browser(made.people["owner"], language="en")
    page.goto(item(made))
    received = page.locator("[id='figure.received']")
    received.press_sequentially("53,576")
    received.press("Tab")
    expect(received).to_have_value("53,576")
    expect(page.locator("#save")).to_have_class(re.compile("save--ok"))
    assert figure(made, "received") == "53576"
    page.reload()
    expect(received).to_have_value("53,576")
    received.fill("1.200")
    received.press("Tab")
    expect(page.locator("[id='slot.figure.received']")).not_to_be_empty()
    assert figure(made, "received") == "53576"  # 1.2 is no whole number; read as 1,200 it would have been stored


def test_the_network_is_cut_in_mid_word(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expect(*CUT)
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    box = page.locator("#explanation")
    box.press_sequentially(TEXT[:30])
    saved(page)
    page.context.set_offline(True)
    box.press_sequentially(TEXT[30:])
    expect(page.locator("#save")).to_contain_text("Mất mạng: 1 ô chưa lưu, đang thử lại")
    expect(box).to_have_value(TEXT)
    page.context.set_offline(False)
    saved(page)
    assert len(entry(made).explanation) == len(TEXT)
    assert entry(made).explanation == TEXT


def test_an_answer_that_never_came_is_no_conflict(made: World, open_browser: Open, watch: Watch) -> None:
    """The server stored it, the answer was lost: the page sends it again and is not told of itself."""
    watch.expect(*CUT, "ERR_FAILED")
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    lost = []

    def lose(route: Route, request: Request) -> None:
        if request.method == "POST" and not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    page.route("**/items/**", lose)
    box = page.locator("#explanation")
    box.press_sequentially(TEXT[:20])
    expect(page.locator("#save")).to_contain_text("Mất mạng")
    assert entry(made).explanation == TEXT[:20].rstrip()
    box.press_sequentially(TEXT[20:])
    saved(page)
    expect(page.locator(".conflict")).to_have_count(0)
    assert entry(made).explanation == TEXT


@pytest.mark.parametrize("trouble", ["cut", "busy", "silent"])
def test_it_tries_again_by_itself(made: World, open_browser: Open, watch: Watch, trouble: str) -> None:
    """The first request is cut, answered with 503, or never answered; nobody does anything, and it is stored."""
    watch.expect(*CUT, "ERR_FAILED", "503", "responseError", "htmx:timeout")
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    asked: list[Route] = []

    def answer(route: Route, request: Request) -> None:
        if request.method != "POST" or asked:
            route.continue_()
            return
        asked.append(route)
        if trouble == "cut":
            route.abort()
        elif trouble == "busy":
            route.fulfill(status=503, content_type="text/html", body="<p class='lead'>Quá tải</p>")

    page.route("**/items/**", answer)
    waits = page.locator("form[data-autosave]")
    expect(waits).to_have_attribute("hx-request", '{"timeout":10000}')
    waits.evaluate("""form => form.setAttribute("hx-request", '{"timeout":1000}')""")  # ten seconds prove no more
    page.locator("#explanation").press_sequentially(TEXT)
    state = "Chưa lưu được 1 ô" if trouble == "busy" else "Mất mạng: 1 ô chưa lưu, đang thử lại"
    expect(page.locator("#save")).to_contain_text(state, timeout=15_000)
    expect(page.locator("#save")).to_contain_text("Đã lưu lúc", timeout=8_000)
    assert entry(made).explanation == TEXT


def kill(page: Page) -> None:
    """The tab dies where it stands: a tab that is closed would send what it has, and the line may be up by then."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()


def test_the_tab_is_killed(made: World, open_browser: Open, watch: Watch) -> None:
    """A draft survives the tab, comes back once, and is gone when it has been stored."""
    watch.expect(*CUT)
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    page.context.set_offline(True)
    page.locator("#explanation").press_sequentially(TEXT)
    context = page.context
    kill(page)
    assert entry(made).explanation == ""
    context.set_offline(False)
    again = context.new_page()
    again.goto(item(made))
    expect(again.locator("#explanation")).to_have_value(TEXT)
    expect(again.locator("#draft")).to_contain_text("Đã lấy lại 1 ô gõ dở")
    saved(again)
    assert entry(made).explanation == TEXT
    again.wait_for_function("Object.keys(localStorage).every((key) => !key.includes('draft'))")


def test_a_draft_is_not_shown_to_another_account(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expect(*CUT)
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    page.context.set_offline(True)
    page.locator("#explanation").press_sequentially("Bản nháp của tôi")
    context = page.context
    context.clear_cookies()  # a page that closes sends what it has, and the line may be up again by then
    page.close(run_before_unload=False)
    context.set_offline(False)
    log_in(context.new_page(), "colleague")
    other = context.new_page()
    other.goto(item(made))
    expect(other.locator("#explanation")).to_have_value("")
    expect(other.locator("#draft")).to_be_empty()


def log_in(page: Page, name: str, *, fresh: bool = False) -> None:
    """Log in by the form, in this tab."""
    if fresh:
        page.context.clear_cookies()
    page.goto("/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url("**/home/")


def test_the_session_ends_while_typing(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expect("403", "401", "responseError", "Failed to load resource")
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    page.evaluate("() => 0")
    Session.objects.all().delete()
    box = page.locator("#explanation")
    box.press_sequentially(TEXT)
    expect(page.locator("#save")).to_contain_text("Phiên làm việc đã hết")
    expect(page.locator("#save")).to_contain_text("1 ô chưa lưu vẫn còn trên trang này")
    expect(box).to_have_value(TEXT)
    assert entry(made).explanation == ""
    log_in(page.context.new_page(), "owner")
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page)
    assert entry(made).explanation == TEXT


def test_another_account_that_logged_in_meanwhile_stores_nothing(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expect("403", "responseError", "Failed to load resource")
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    log_in(page.context.new_page(), "colleague", fresh=True)
    page.locator("#explanation").press_sequentially("Của tôi")
    expect(page.locator("#save")).to_contain_text("tài khoản khác")
    assert entry(made).explanation == ""


def test_a_field_that_means_nothing(made: World, open_browser: Open, watch: Watch) -> None:
    """The wrong field is refused by itself; the other one is stored; the typed text stays."""
    watch.expect("422")
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    page.get_by_label("Hồ sơ tiếp nhận").fill("một nghìn")
    page.locator("#explanation").press_sequentially("Giải trình")
    error = page.locator("[id='figure.received-error']")
    expect(error).to_contain_text("“một nghìn” không phải là số")
    expect(page.get_by_label("Hồ sơ tiếp nhận")).to_have_value("một nghìn")
    expect(page.get_by_label("Hồ sơ tiếp nhận")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#save")).to_contain_text("1 ô chưa lưu được")
    eventually(lambda: entry(made).explanation == "Giải trình", page)
    page.get_by_label("Hồ sơ tiếp nhận").fill("1000")
    page.get_by_label("Hồ sơ tiếp nhận").press("Tab")
    saved(page)
    expect(error).to_have_count(0)
    assert figure(made, "received") == "1000"


def test_the_button_saves_and_goes_on(made: World, open_browser: Open) -> None:
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    page.locator("#explanation").press_sequentially("Xong")
    page.get_by_role("button", name="Xong mục này, sang 2.2").click()
    page.wait_for_url("**/items/2.2/#item")
    expect(page.locator("#item")).to_be_focused()
    assert entry(made).explanation == "Xong"


def test_a_link_saves_before_it_leads_away(made: World, open_browser: Open) -> None:
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    page.locator("#explanation").press_sequentially("Chữ cuối")
    page.locator(".tree").get_by_role("link", name="1.2").click()
    page.wait_for_url("**/items/1.2/")
    assert entry(made).explanation == "Chữ cuối"


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_leaving_asks_only_while_something_is_unsaved(
    made: World, open_browser: Open, watch: Watch, size: tuple[int, int]
) -> None:
    watch.expect(*CUT, "ERR_FAILED")
    page = open_browser(made.people["owner"], size=size)
    page.goto(item(made))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == []

    def cut_until_asked(route: Route) -> None:
        is_cut = route.request.method == "POST" and not asked
        route.abort() if is_cut else route.continue_()

    page.route("**/items/**", cut_until_asked)
    page.locator("#explanation").press_sequentially("Chưa lưu")
    expect(page.locator("#save")).to_contain_text("Mất mạng")
    page.evaluate("() => { window.navigator.sendBeacon = () => false; }")
    with page.expect_event("dialog"):
        page.evaluate("() => { setTimeout(() => { location.reload(); }, 0); }")
    assert asked == ["beforeunload"]
    saved(page)  # the draft came back on the page that was loaded anew
    assert entry(made).explanation == "Chưa lưu"


def test_keys_never_fire_inside_a_field_and_can_be_switched_off(made: World, open_browser: Open) -> None:
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    page.locator("#explanation").press_sequentially("jk")
    saved(page)
    assert page.url.endswith("/2.1/")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.wait_for_url("**/items/2.2/#item")
    page.keyboard.press("k")
    page.wait_for_url("**/items/2.1/#item")
    page.get_by_role("button", name="Tắt phím tắt").click()
    page.locator("h1").click()
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    assert page.url.endswith("/2.1/#item")
    page.locator("#explanation").fill("jk, xong")
    page.locator("#explanation").press("Control+Enter")
    page.wait_for_url("**/items/2.2/#item")
    assert entry(made).explanation == "jk, xong"
    expect(page.locator("[data-keys-state]")).to_have_text("Đang tắt")


def test_pressed_twice_is_sent_once(made: World, open_browser: Open) -> None:
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    page.get_by_label("Nhắn đồng nghiệp").fill("Nhờ kiểm tra số liệu")
    page.locator("#talk-unit").get_by_role("button", name="Gửi").dblclick()
    expect(page.locator("#talk-unit .thread__body")).to_have_text(["Nhờ kiểm tra số liệu"])
    expect(page.get_by_label("Nhắn đồng nghiệp")).to_have_value("")


def test_a_part_that_is_more_than_its_whole(made: World, open_browser: Open) -> None:
    page = open_browser(made.people["owner"])
    page.goto(item(made))
    page.get_by_label("Hồ sơ tiếp nhận").fill("18")
    page.get_by_label("Hồ sơ đúng hạn").fill("20")
    page.get_by_label("Hồ sơ đúng hạn").press("Tab")
    expect(page.locator("[id='doubt.figure.on_time']")).to_contain_text("20 lớn hơn 18. Kiểm tra lại số đã gõ.")
    expect(page.locator("#computed")).not_to_contain_text("Nhập đủ số liệu")
    page.get_by_label("Hồ sơ đúng hạn").fill("9")
    page.get_by_label("Hồ sơ đúng hạn").press("Tab")
    expect(page.locator("[id='doubt.figure.on_time']")).to_be_empty()
