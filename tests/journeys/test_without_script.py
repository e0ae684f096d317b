"""The whole job by plain forms: a browser without JavaScript, from the login to the receipt."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from parindex.database.models import (
    Attachment,
    Cycle,
    Entry,
    Extension,
    Figure,
    ScoreSheet,
    SheetPart,
    Submission,
)
from tests.factories.world import PASSWORD, World, now
from tests.journeys.conftest import DESKTOP, PHONE, Open
from tests.papers import evidence_files as files

EXPLANATION = "Năm 2025 giải quyết đúng hạn 900 trên 1.200 hồ sơ, theo Báo cáo số 15/BC-SYT ngày 20/12/2025, trang 2."


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Evidence of a test stays in its own folder."""
    storages = {**settings.STORAGES}
    storages["evidence"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "evidence"}
    }  # fmt: skip
    settings.STORAGES = storages
    settings.PAGE_IMAGES = tmp_path / "pages"


def log_in(page: Page, name: str) -> None:
    page.goto("/login/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/home/")


def go_on(page: Page, code: str) -> None:
    """The one button of the item: it saves, and shows the next one."""
    page.get_by_role("button", name=f"Xong mục này, sang {code}").click()
    page.wait_for_url(f"**/items/{code}/**")


def send(button: Locator) -> None:
    """Press a button that sends a form, and wait for the page that answers."""
    with button.page.expect_navigation():
        button.click()


def paper(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    files.pdf(path, (((72, 72, name),),))
    return path


def attach(page: Page, path: Path) -> None:
    page.locator("#files").set_input_files(str(path))
    page.get_by_role("button", name="Tải tài liệu lên", exact=True).click()
    expect(page.locator(".note").first).to_contain_text(f"Đã tải lên “{path.name}”.")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_from_the_login_to_the_receipt(made: World, open_browser: Open, tmp_path: Path, size: tuple[int, int]) -> None:
    officer = open_browser(script=False, size=size)
    log_in(officer, "owner")
    officer.get_by_role("link", name="Mở phiếu").first.click()
    officer.wait_for_url("**/items/**")
    _fill_everything(made, officer, tmp_path)
    officer.get_by_role("link", name="Kiểm tra và trình ký").first.click()
    expect(officer.locator("main")).to_contain_text("Nếu nộp bây giờ")
    officer.get_by_role("link", name="Trình lãnh đạo ký").click()
    send(officer.locator("main form").get_by_role("button").first)
    assert SheetPart.objects.get(sheet=made.sheet).state == "awaiting_signature"
    leader = open_browser(script=False, size=size)
    log_in(leader, "leader")
    _sign(made, leader)


def _fill_everything(made: World, page: Page, tmp_path: Path) -> None:
    page.goto(f"/sheets/{made.sheet.pk}/items/1.1/")
    page.get_by_label("Ban hành kế hoạch").select_option(label="Kịp thời")
    page.locator("#explanation").fill("Kế hoạch ban hành ngày 05/01/2025.")
    go_on(page, "1.2")
    page.locator("#self_points").fill("1,5")
    page.locator("#explanation").fill("Một sáng kiến được công nhận.")
    go_on(page, "2.1")
    page.get_by_label("Hồ sơ tiếp nhận").fill("1.200")
    page.get_by_label("Hồ sơ đúng hạn").fill("900")
    page.locator("#explanation").fill(EXPLANATION)
    go_on(page, "2.2")
    expect(page.get_by_label("Hồ sơ tiếp nhận")).to_have_value("1.200")
    page.get_by_label("Hồ sơ trực tuyến").fill("300")
    page.locator("#explanation").fill("Theo cổng dịch vụ công.")
    go_on(page, "3.1")
    assert Figure.objects.get(unit=made.department, measure="on_time").value == "900"
    assert Entry.objects.get(sheet=made.sheet, item_code="2.1").explanation == EXPLANATION
    page.goto(f"/sheets/{made.sheet.pk}/items/2.1/")
    expect(page.locator("#computed")).to_contain_text("1,5 điểm")
    expect(page.locator(".cites")).to_contain_text("15/BC-SYT")
    for code in ("1.1", "1.2", "2.1", "2.2"):
        page.goto(f"/sheets/{made.sheet.pk}/items/{code}/")
        attach(page, paper(tmp_path, f"muc-{code}.pdf"))
    assert Attachment.objects.filter(entry__sheet=made.sheet).count() == 4


def _sign(made: World, page: Page) -> None:
    page.goto(f"/sheets/{made.sheet.pk}/submit/")
    page.get_by_role("link", name="Ký và nộp phiếu").click()
    page.wait_for_url("**/sign/")
    page.get_by_role("button", name="Ký và nộp phiếu").click()  # the browser asks for the password
    page.wait_for_url("**/sign/")
    page.get_by_label("Mật khẩu của bạn").fill(PASSWORD)
    page.get_by_role("button", name="Ký và nộp phiếu").click()
    page.wait_for_url("**/submissions/**")
    expect(page.locator("h1")).to_contain_text("Phiếu xác nhận đã nộp")
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "submitted"
    fingerprint = Submission.objects.get(sheet=made.sheet).fingerprint
    expect(page.locator(".fingerprint")).to_contain_text(fingerprint[:8])
    address = page.get_by_role("link", name="Tải PDF").get_attribute("href")
    assert address is not None
    assert page.request.get(address).body()[:5] == b"%PDF-"


def test_asking_and_answering(made: World, open_browser: Open) -> None:
    """A remark to colleagues, a request and its withdrawal, an extension that is asked for and granted."""
    officer = open_browser(made.people["owner"], script=False)
    officer.goto(f"/sheets/{made.sheet.pk}/items/2.1/")
    officer.get_by_label("Nhắn đồng nghiệp").fill("Nhờ kiểm tra số liệu")
    officer.locator("#talk-unit").get_by_role("button", name="Gửi").click()
    expect(officer.locator("#talk-unit .thread__body")).to_have_text(["Nhờ kiểm tra số liệu"])
    officer.goto(f"/sheets/{made.sheet.pk}/items/1.2/")
    section = officer.locator("#khong-danh-gia")
    section.locator("summary").click()
    section.get_by_role("radio").first.check()
    section.locator("textarea").first.fill("Đơn vị không có chức năng này")
    section.get_by_role("button", name="Gửi đề nghị").click()
    expect(officer.locator("#marktag")).to_contain_text("Đề nghị không đánh giá")
    office = open_browser(made.people["standing_office"], script=False)
    office.goto(f"/sheets/{made.sheet.pk}/items/1.2/")
    send(office.get_by_role("button", name="Duyệt không đánh giá"))
    assert Entry.objects.get(sheet=made.sheet, item_code="1.2").state == "not_assessed"
    leader = open_browser(made.people["leader"], script=False)
    leader.goto(f"/sheets/{made.sheet.pk}/extension/")
    leader.get_by_label("Xin đến ngày").fill(f"{now() + timedelta(days=60):%d/%m/%Y}")
    leader.get_by_label("Lý do").fill("Chờ số liệu của ngành dọc")
    send(leader.get_by_role("button", name="Gửi đề nghị"))
    office.goto(f"/extensions/{Extension.objects.get(sheet=made.sheet).pk}/")
    office.get_by_label("Đồng ý gia hạn").check()
    office.get_by_label("Lý do").fill("Số liệu chậm do cơ quan khác")
    send(office.get_by_role("button", name="Gửi trả lời"))
    made.sheet.refresh_from_db()
    assert made.sheet.extended_until is not None


def test_a_cycle_from_its_title_to_its_opening(made: World, open_browser: Open) -> None:
    office = open_browser(made.people["standing_office"], script=False)
    office.goto("/cycles/new/")
    office.locator("#title").fill("Kỳ thử không script")
    office.locator("#year").fill("2026")
    send(office.get_by_role("button", name="Lập kỳ"))
    cycle = Cycle.objects.get(title="Kỳ thử không script")
    office.goto(f"/cycles/{cycle.pk}/groups/")
    office.locator("#title").fill("Sở, ngành")
    office.locator("#set").select_option(index=1)
    office.get_by_role("checkbox", name="Sở Y tế").check()
    send(office.get_by_role("button", name="Thêm nhóm"))
    office.goto(f"/cycles/{cycle.pk}/timetable/")
    office.locator("[name=title]").first.fill("Tự đánh giá")
    office.locator("[name=starts]").first.fill("01/01/2026")
    office.locator("[name=ends]").first.fill("31/12/2098")
    send(office.get_by_role("button", name="Ghi mốc thời gian"))
    office.goto(f"/cycles/{cycle.pk}/open/")
    office.get_by_label("Tôi xác nhận chấm kỳ năm 2026").check()
    send(office.get_by_role("button", name="Mở kỳ"))
    cycle.refresh_from_db()
    assert cycle.state == "open"
    assert ScoreSheet.objects.filter(cycle=cycle).count() == 1


def test_what_a_word_means_opens_in_place(made: World, open_browser: Open) -> None:
    page = open_browser(made.people["standing_office"], script=False)
    page.goto("/cycles/new/")
    meaning = page.get_by_text("một lần chạy hằng năm của một bộ tiêu chí")
    expect(meaning).to_be_hidden()
    page.locator("h1 + .help summary").focus()
    page.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    page.keyboard.press("Enter")
    expect(meaning).to_be_hidden()
