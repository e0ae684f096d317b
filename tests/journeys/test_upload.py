"""Several files at once with progress, refused ones beside the others, a camera on a phone, no script, a cut line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from parindex.database.models import Attachment, Entry
from tests.factories.world import World
from tests.journeys.conftest import PHONE, Open, Watch
from tests.papers import evidence_files as files

ITEM = "/sheets/{sheet}/items/1.1/"


pytestmark = pytest.mark.usefixtures("own_folders")


def chosen(tmp_path: Path, *names: str) -> list[str]:
    made = []
    for name in names:
        path = tmp_path / name
        if name.endswith(".pdf"):
            files.pdf(path, (((72, 72, name),),))
        elif name.endswith(".jpg"):
            files.picture(path, size=(400, 300), format="JPEG")
        else:
            path.write_bytes(b"MZ" + bytes(900))
        made.append(str(path))
    return made


def opened(open_browser: Open, made: World, **settings: Any) -> Page:
    page = open_browser(made.people["owner"], **settings)
    page.goto(ITEM.format(sheet=made.sheet.pk))
    return page


def test_several_files_at_once_and_what_is_typed_stays(
    made: World, open_browser: Open, watch: Watch, tmp_path: Path
) -> None:
    watch.expect("422")
    page = opened(open_browser, made)
    page.locator("#explanation").press_sequentially("Đang viết dở")
    seen: list[str] = []
    page.expose_function("sawProgress", lambda words: seen.append(words))
    page.evaluate(
        "new MutationObserver(() => document.querySelectorAll('.upl__say').forEach((one) => "
        "window.sawProgress(one.textContent))).observe(document.getElementById('evidence'), "
        "{subtree: true, childList: true, characterData: true})"
    )
    page.locator("#files").set_input_files(chosen(tmp_path, "a.pdf", "b.pdf", "c.exe"))
    expect(page.locator(".evi > li")).to_have_count(2)
    expect(page.locator(".upl__list")).to_contain_text("Tệp c.exe là chương trình")
    expect(page.locator("#explanation")).to_have_value("Đang viết dở")
    expect(page.locator("#save")).to_contain_text("Đã lưu lúc")
    assert any(re.search(r"Đang tải lên \d+%|Đang kiểm tra tệp", one) for one in seen)
    assert "Đã lưu" in seen
    assert Entry.objects.get(sheet=made.sheet, item_code="1.1").explanation == "Đang viết dở"


def test_a_file_that_is_too_large_is_not_sent_at_all(
    made: World, open_browser: Open, watch: Watch, tmp_path: Path, settings: Any
) -> None:
    settings.EVIDENCE_BYTES = 200
    page = opened(open_browser, made)
    page.locator("#files").set_input_files(chosen(tmp_path, "lớn.pdf"))
    expect(page.locator(".upl__list li")).to_contain_text("Tệp lớn hơn 200 byte, mức tối đa.")
    assert not Attachment.objects.exists()
    assert watch.said == []


def test_a_cut_line_keeps_the_file_for_another_try(
    made: World, open_browser: Open, watch: Watch, tmp_path: Path
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED", "failed:")
    page = opened(open_browser, made)
    page.context.set_offline(True)
    page.locator("#files").set_input_files(chosen(tmp_path, "a.pdf"))
    expect(page.locator(".upl__list li")).to_contain_text("Mất mạng, chưa tải xong.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Tải lại").click()
    expect(page.locator(".evi > li")).to_have_count(1)


def test_a_session_that_has_ended_keeps_the_file_for_another_try(
    made: World, open_browser: Open, tmp_path: Path
) -> None:
    page = opened(open_browser, made)
    kept = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.locator("#files").set_input_files(chosen(tmp_path, "a.pdf"))
    expect(page.locator(".upl__list li")).to_contain_text("Phiên làm việc đã hết.")
    page.context.add_cookies(kept)  # type: ignore[arg-type]
    page.get_by_role("button", name="Tải lại").click()
    expect(page.locator(".evi > li")).to_have_count(1)


def test_a_picture_from_the_camera_of_a_phone(made: World, open_browser: Open, tmp_path: Path) -> None:
    page = opened(open_browser, made, size=PHONE)
    camera = page.locator("#camera")
    assert camera.get_attribute("capture") == "environment"
    button = page.locator("label[for=camera].btn")
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    camera.set_input_files(chosen(tmp_path, "ảnh.jpg"))
    expect(page.locator(".evi > li")).to_contain_text("ảnh.jpg")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.get_by_role("link", name="ảnh.jpg").click()
    expect(page.get_by_role("img", name="Trang 1 của ảnh.jpg")).to_have_js_property("naturalWidth", 400)


def test_the_form_works_without_script(made: World, open_browser: Open, watch: Watch, tmp_path: Path) -> None:
    watch.expect("422")
    page = opened(open_browser, made, script=False)
    page.locator("#files").set_input_files(chosen(tmp_path, "a.pdf", "c.exe"))
    page.get_by_role("button", name="Tải tài liệu lên", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Tệp c.exe là chương trình")
    page.locator("#files").set_input_files(chosen(tmp_path, "b.pdf"))
    page.get_by_role("button", name="Tải tài liệu lên", exact=True).click()
    expect(page.locator(".note").first).to_contain_text("Đã tải lên “b.pdf”.")
    expect(page.locator(".evi > li")).to_have_count(2)


def test_what_is_cited_appears_as_it_is_written(made: World, open_browser: Open) -> None:
    page = opened(open_browser, made)
    page.locator("#explanation").press_sequentially("Theo Báo cáo số 401/BC-UBND ngày 31/02/2025.")
    expect(page.locator(".cites")).to_contain_text("401/BC-UBND")
    expect(page.locator(".cites")).to_contain_text("chưa có tệp")
    expect(page.locator("#evidence .note")).to_contain_text("không có thật")


def test_a_part_that_was_asked_for_before_the_file_was_sent_does_not_hide_it(
    made: World, open_browser: Open, tmp_path: Path
) -> None:
    page = opened(open_browser, made)
    held: list[tuple[Route, APIResponse]] = []

    def hold_the_first(route: Route) -> None:
        if route.request.method != "GET" or held:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    page.route("**/evidence/", hold_the_first)
    with page.expect_request(lambda asked: asked.method == "GET" and asked.url.endswith("/evidence/")):
        page.locator("#explanation").press_sequentially("Theo kế hoạch.")
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/evidence/" in answer.url):
        page.locator("#files").set_input_files(chosen(tmp_path, "a.pdf"))
    expect(page.locator(".upl__list li")).to_contain_text("Đã lưu")
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(page.locator(".evi > li")).to_have_count(1)
