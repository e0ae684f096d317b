"""The province's own sheet, led by two units: assigned, entered, signed, returned, compiled, submitted, withdrawn.

One of the two officers sits at a desk, the other one has a phone.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from parindex.database.models import AuditRecord, Entry, Submission
from parindex.usecases import audit_log
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import PASSWORD
from tests.journeys.conftest import PHONE, Open
from tests.journeys.steps import cell, day, enter, follow, kept_file, press, room, saved, title, type_into
from tests.papers import evidence_files as files

pytestmark = pytest.mark.usefixtures("own_folders")
SHEET = "Phiếu cấp tỉnh năm 2025"
RETURNED = "Mục 2.2 thiếu số liệu của quý IV"


@pytest.fixture
def parts(transactional_db: None) -> PartsWorld:  # noqa: ARG001
    """The sheet of the province before anything is assigned."""
    return parts_world(assigned=False)


def test_a_sheet_in_parts(parts: PartsWorld, open_browser: Open, tmp_path: Path) -> None:
    office = open_browser(parts.people["standing_office"])
    assign(office)
    health, justice = open_browser(parts.people["owner"]), open_browser(parts.people["stranger"], size=PHONE)
    enter_area_1(health, tmp_path)
    only_read(health, "2.1")
    enter_area_2(justice, tmp_path)
    only_read(justice, "1.1")
    present(health)
    present(justice)
    sign_part(open_browser(parts.people["leader"]))
    other_leader = open_browser(parts.people["other_leader"])
    sign_part(other_leader)
    return_part(office)
    mend_what_was_returned(justice)
    sign_part(other_leader)
    compile_the_sheet(office)
    head = open_browser(parts.people["head"])
    submit(head)
    fingerprint = read_the_receipt(head, tmp_path)
    assert Submission.objects.get(sheet=parts.sheet, part=None).fingerprint == fingerprint
    assert parts.now().state == "submitted"
    withdraw(head)
    assert parts.now().state != "submitted"
    acts = set(AuditRecord.objects.values_list("action", flat=True))
    assert {"assign_items", "present", "submit", "return", "record_meeting", "compile", "withdraw"} <= acts
    assert all(not one.broken for one in audit_log.verify())


def assign(office: Page) -> None:
    """Area 1 to Sở Y tế, area 2 to Sở Tư pháp."""
    office.goto("/home/")
    room(office, "Phiếu chấm điểm")
    office.get_by_role("row").filter(has_text=SHEET).get_by_role("link").click()
    office.get_by_role("navigation", name="Vị trí").get_by_role("link", name="UBND tỉnh").click()
    follow(office, "Các phần của phiếu", to="Các phần của phiếu")
    follow(office, "Giao mục cho đơn vị", to="Giao mục cho đơn vị chủ trì")
    for area, lead in (("1", "Sở Y tế"), ("2", "Sở Tư pháp")):
        office.get_by_label(f"Chọn mục {area}", exact=True).check()
        office.get_by_label("Giao các mục đã chọn cho").select_option(label=lead)
        type_into(office.get_by_label("Lý do"), "Phân công của UBND tỉnh")
        press(office, "Giao các mục đã chọn")
        expect(office.locator("main")).to_contain_text("Đã giao 2 mục.")
        expect(office.get_by_role("row").filter(has_text=f"{area}.1")).to_contain_text(lead)
    follow(office, "Các phần của phiếu", to="Các phần của phiếu")
    expect(cell(office, "Sở Y tế", "Mục")).to_have_text("1")
    expect(cell(office, "Sở Tư pháp", "Mục")).to_have_text("2")


def open_own_part(officer: Page) -> None:
    officer.goto("/home/")
    officer.get_by_role("listitem").filter(has_text=SHEET).get_by_role("link").first.click()
    expect(officer.locator("#save")).to_be_attached()


def choose_item(page: Page, code: str) -> None:
    """By the tree at the side; on a phone by the list of all items."""
    if page.locator(".treelink").is_visible():
        follow(page, "Danh sách")
        page.locator("main").get_by_role("link", name=code).first.click()
    else:
        page.locator(".tree").get_by_role("link", name=code).first.click()
    page.wait_for_url(f"**/items/{code}/**")


def prove(page: Page, tmp_path: Path, name: str) -> None:
    path = files.pdf(tmp_path / name, (((72, 72, name),),))
    page.locator("#files").set_input_files(path)
    expect(page.locator(".evi > li")).to_contain_text([name])


def draw_evidence_anew(page: Page) -> None:
    """As when the explanation has been saved: whoever is choosing files meanwhile keeps the field for them."""
    fields = [page.locator(name).element_handle() for name in ("#files", "#camera")]
    page.evaluate(
        "htmx.ajax('GET', document.getElementById('evidence').dataset.here, {target: '#evidence', swap: 'outerHTML'})"
    )
    assert all(field and field.evaluate("(one) => one === document.getElementById(one.id)") for field in fields)


def enter_area_1(officer: Page, tmp_path: Path) -> None:
    open_own_part(officer)
    choose_item(officer, "1.1")
    officer.get_by_label("Ban hành kế hoạch").select_option(label="Kịp thời")
    saved(officer)
    prove(officer, tmp_path, "ke-hoach.pdf")
    press(officer, "Xong mục này, sang 1.2")
    officer.wait_for_url("**/items/1.2/**")
    enter(officer, officer.get_by_label("Điểm, tối đa 2"), "1,5")
    enter(officer, officer.get_by_role("textbox", name="Giải trình", exact=True), "Một sáng kiến được công nhận.")
    draw_evidence_anew(officer)
    prove(officer, tmp_path, "sang-kien.pdf")


def enter_area_2(officer: Page, tmp_path: Path) -> None:
    open_own_part(officer)
    choose_item(officer, "2.1")
    enter(officer, officer.get_by_label("Hồ sơ tiếp nhận"), "1200")
    enter(officer, officer.get_by_label("Hồ sơ đúng hạn"), "900")
    expect(officer.locator("#points")).to_contain_text("1,5")
    prove(officer, tmp_path, "ho-so.pdf")
    press(officer, "Xong mục này, sang 2.2")
    officer.wait_for_url("**/items/2.2/**")
    enter(officer, officer.get_by_label("Hồ sơ trực tuyến"), "300")
    prove(officer, tmp_path, "truc-tuyen.pdf")


def only_read(officer: Page, code: str) -> None:
    """An item of the other department is there to be read."""
    before = Entry.objects.filter(item_code=code).order_by("pk").values_list("explanation", "points")
    shown = list(before)
    choose_item(officer, code)
    expect(officer.locator("main")).to_contain_text("Mục này do đơn vị khác chủ trì.")
    expect(officer.get_by_role("textbox", name="Giải trình", exact=True)).not_to_be_editable()
    assert list(before.all()) == shown


def present(officer: Page) -> None:
    officer.goto("/home/")
    officer.get_by_role("listitem").filter(has_text=SHEET).get_by_role("link", name="Kiểm tra").click()
    title(officer, "Kiểm tra trước khi nộp")
    follow(officer, "Trình lãnh đạo ký")
    press(officer, "Trình lãnh đạo ký")
    expect(officer.locator("main")).to_contain_text("Chờ lãnh đạo ký")


def sign_part(leader: Page) -> None:
    leader.goto("/home/")
    leader.get_by_role("listitem").filter(has_text=f"Ký phiếu: {SHEET}").get_by_role("link").click()
    follow(leader, "Ký phần này", to="Ký phần chủ trì")
    type_into(leader.get_by_label("Mật khẩu của bạn"), PASSWORD)
    press(leader, "Ký phần này")
    title(leader, "Phiếu xác nhận đã ký")
    expect(leader.locator("main")).to_contain_text("Còn hiệu lực.")


def return_part(office: Page) -> None:
    office.reload()
    title(office, "Các phần của phiếu")
    follow(office, "Trả lại Sở Tư pháp")
    type_into(office.get_by_label("Lý do"), RETURNED)
    press(office, "Trả lại")
    expect(cell(office, "Sở Tư pháp", "Trạng thái")).to_contain_text(RETURNED)
    assert office.get_by_role("link", name="Tổng hợp và trình lãnh đạo").count() == 0


def mend_what_was_returned(officer: Page) -> None:
    officer.goto("/home/")
    expect(officer.locator("main")).to_contain_text(f"Sửa phần bị trả lại: {SHEET}")
    expect(officer.locator("main")).to_contain_text(RETURNED)
    officer.get_by_role("listitem").filter(has_text=SHEET).get_by_role("link").first.click()
    expect(officer.locator("main")).to_contain_text(RETURNED)
    follow(officer, "Về phiếu")
    choose_item(officer, "2.2")
    enter(officer, officer.get_by_label("Hồ sơ trực tuyến"), "450")
    present(officer)


def compile_the_sheet(office: Page) -> None:
    """The meeting is recorded, then the signed parts become one sheet."""
    office.reload()
    follow(office, "Ghi cuộc họp", to="Ghi cuộc họp đối chiếu")
    type_into(office.get_by_label("Ngày họp"), day(0))
    type_into(office.get_by_label("Thành phần"), "Sở Y tế, Sở Tư pháp, Sở Nội vụ")
    type_into(office.get_by_label("Nội dung thống nhất"), "Giữ nguyên các mục sau khi sửa 2.2")
    press(office, "Ghi cuộc họp")
    expect(office.locator("main")).to_contain_text("Giữ nguyên các mục sau khi sửa 2.2")
    follow(office, "Tổng hợp và trình lãnh đạo")
    press(office, "Tổng hợp và trình lãnh đạo")
    expect(office.locator("main")).to_contain_text("Chờ lãnh đạo ký")


def submit(head: Page) -> None:
    head.goto("/home/")
    head.get_by_role("listitem").filter(has_text=f"Nộp cả phiếu: {SHEET}").get_by_role("link").click()
    follow(head, "Ký và nộp phiếu", to="Ký và nộp phiếu")
    type_into(head.get_by_label("Mật khẩu của bạn"), PASSWORD)
    press(head, "Ký và nộp phiếu")
    title(head, "Phiếu xác nhận đã nộp")


def read_the_receipt(head: Page, folder: Path) -> str:
    """The paper is a PDF of this sheet and bears the fingerprint that the page shows."""
    shown = "".join(head.locator(".fingerprint").inner_text().split())
    assert len(shown) == 64
    with pypdfium2.PdfDocument(kept_file(head, "Tải PDF", folder)) as paper:
        words = "".join(page.get_textpage().get_text_range() for page in paper)
    assert "UBND tỉnh" in words
    assert shown in "".join(words.split())
    follow(head, "Đối chiếu", to="Đối chiếu mã kiểm chứng")
    expect(head.locator("main")).to_contain_text("Mã khớp, còn hiệu lực.")
    head.go_back()
    return shown


def withdraw(head: Page) -> None:
    title(head, "Phiếu xác nhận đã nộp")
    receipt = head.url
    follow(head, "Rút phiếu đã nộp")
    type_into(head.get_by_label("Lý do"), "Sửa số liệu mục 2.2")
    press(head, "Rút phiếu")
    head.goto(receipt)
    expect(head.locator("main")).to_contain_text("Lần ký này không còn hiệu lực.")
    expect(head.locator("main")).to_contain_text("Sửa số liệu mục 2.2")
