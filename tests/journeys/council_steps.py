"""What a council, a unit that was asked, and the chair do before the screen, from the decision to the correction."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from parindex.database.models import Cycle
from tests.factories.world import PASSWORD
from tests.journeys.steps import cell, day, enter, follow, kept_file, press, room, title, type_into

#: Which key chooses which opinion.
ACCEPT, ADJUST, ASK = "1", "2", "3"
MINUTES = "Hội đồng thống nhất kết quả."


# --- the standing office -------------------------------------------------------------------------------------------


def make_council(office: Page, cycle: Cycle, chair: str) -> None:
    """The decision with its chair; two opinions an item."""
    office.goto(f"/cycles/{cycle.pk}/")
    follow(office, "Hội đồng thẩm định", to="Hội đồng thẩm định")
    follow(office, "Lập hội đồng", to="Lập hội đồng thẩm định")
    type_into(office.get_by_label("Số quyết định"), "88/QĐ-UBND")
    type_into(office.get_by_label("Ngày quyết định"), day(-3))
    type_into(office.get_by_label("Chủ tịch hội đồng"), chair)
    press(office, "Lập hội đồng")
    expect(office.locator("main")).to_contain_text("theo Quyết định số 88/QĐ-UBND")


def seat(office: Page, person: str, role: str) -> None:
    """Somebody comes onto the council."""
    follow(office, "Thêm người", to="Thêm người vào hội đồng")
    type_into(office.get_by_label("Ai", exact=True), person)
    office.get_by_label("Vai trò").select_option(label=role)
    press(office, "Thêm vào hội đồng")
    title(office, "Hội đồng thẩm định")
    expect(cell(office, person, "Vai trò")).to_have_text(role)


def two_opinions(office: Page) -> None:
    """An item needs two opinions."""
    follow(office, "Sửa các cấp", to="Cấp thẩm định")
    type_into(office.get_by_label("Số ý kiến cần có").first, "2")
    press(office, "Ghi các cấp")
    title(office, "Hội đồng thẩm định")


def assign_everything(office: Page, person: str) -> None:
    """Every item of every unit; what it changes is shown before."""
    office.get_by_label("Người", exact=True).select_option(label=person)
    office.get_by_label("Mọi mục của mọi đơn vị").check()
    press(office, "Xem trước")
    expect(office.locator("main")).to_contain_text("Nếu ghi")
    press(office, "Ghi phân công")
    row = office.get_by_role("table", name="Bảng phân công").get_by_role("row").filter(has_text=person)
    expect(row).to_have_count(1)


def begin_appraisal(office: Page) -> None:
    """What is submitted goes over to the council."""
    follow(office, "Bắt đầu thẩm định", to="Bắt đầu thẩm định")
    expect(office.locator("main")).to_contain_text("2 phiếu đã nộp sang thẩm định.")
    press(office, "Bắt đầu thẩm định")
    expect(office.locator("main")).to_contain_text("Thẩm định")


# --- an appraiser -------------------------------------------------------------------------------------------------


def open_queue(page: Page, unit: str) -> None:
    """From the menu to the first item that waits."""
    page.goto("/home/")
    room(page, "Thẩm định")
    follow(page, f"Thẩm định {unit}")
    expect(page.locator("#decide")).to_be_visible()


def at_item(page: Page, code: str) -> None:
    """The page shows this item, and listens to keys."""
    page.wait_for_url(f"**/{code}/**")
    expect(page.locator("h1 .code")).to_have_text(code)
    expect(page.locator("html")).to_have_class("runs-script")


def say(page: Page, code: str, key: str, *, points: str = "", reason: str = "", question: str = "") -> None:
    """One opinion, by keys alone: what, how many points, why; recorded."""
    at_item(page, code)
    page.keyboard.press(key)
    for label, words in (("Điểm thẩm định", points), ("Lý do (", reason), ("Câu hỏi cho đơn vị", question)):
        if words:
            tab_to(page, label)
            page.keyboard.press("ControlOrMeta+A")
            page.keyboard.type(words)
    page.keyboard.press("Control+Enter")


def tab_to(page: Page, label: str) -> None:
    """Press Tab until the field has the focus."""
    field = page.locator("#decide").get_by_label(label)
    for _ in range(12):
        if field.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {label}")


def recorded(page: Page, code: str, opinion: str) -> None:
    """The page says so, wherever it has gone on to."""
    expect(page.locator("main")).to_contain_text(f"Đã ghi mục {code}: {opinion}.")


# --- questions and answers -------------------------------------------------------------------------------------------


def send_questions(secretary: Page, unit: str) -> None:
    """Everything that the council asks, in one round, answered within five days."""
    secretary.goto("/home/")
    follow(secretary, "Xem, gửi", to="Câu hỏi của hội đồng")
    expect(secretary.get_by_label(unit)).to_be_checked()
    type_into(secretary.get_by_label("Hạn trả lời"), day(5))
    press(secretary, "Xem lại và gửi")
    title(secretary, "Gửi 1 câu hỏi tới 1 đơn vị?")
    press(secretary, "Gửi câu hỏi")
    expect(secretary.locator("main")).to_contain_text("Đã gửi 1 câu hỏi tới 1 đơn vị")


def explain(officer: Page, code: str, label: str, value: str, words: str) -> None:
    """The item that was asked about can be changed again; an answer is written."""
    officer.goto("/home/")
    officer.get_by_role("link", name=re.compile("^Giải trình")).click()
    officer.wait_for_url("**/items/**")
    expect(officer.locator("#save")).to_be_attached()
    officer.locator(".tree").get_by_role("link", name=code).first.click()
    officer.wait_for_url(f"**/items/{code}/**")
    expect(officer.locator("main")).to_contain_text("Hội đồng mở lại mục này để giải trình bổ sung")
    enter(officer, officer.get_by_label(label), value)
    type_into(officer.get_by_label("Giải trình bổ sung"), words)
    officer.get_by_role("button", name="Lưu giải trình").click()
    expect(officer.locator("body")).to_contain_text("Đã lưu giải trình.")


def only_read(officer: Page, code: str, label: str) -> None:
    """An item that nobody asked about stays as it was submitted."""
    officer.goto(re.sub(r"/items/.*", f"/items/{code}/", officer.url))
    expect(officer.get_by_label(label)).not_to_be_editable()


def present(officer: Page) -> None:
    """The officer hands the sheet to the leader again."""
    officer.goto("/home/")
    follow(officer, "Kiểm tra, trình ký", to="Kiểm tra trước khi nộp")
    follow(officer, "Trình lãnh đạo ký")
    press(officer, "Trình lãnh đạo ký")
    expect(officer.locator("main")).to_contain_text("Chờ lãnh đạo ký")


def sign_again(leader: Page) -> None:
    """The leader signs what was explained."""
    leader.goto("/home/")
    follow(leader, "Xem, ký")
    follow(leader, "Ký và nộp phiếu", to="Ký và nộp phiếu")
    type_into(leader.get_by_label("Mật khẩu của bạn"), PASSWORD)
    press(leader, "Ký và nộp phiếu")
    title(leader, "Phiếu xác nhận đã nộp")


# --- the chair ----------------------------------------------------------------------------------------------------


def decide(chair: Page, unit: str, code: str, points: str, reason: str) -> None:
    """Where opinions differ, the chair decides, with minutes."""
    chair.goto("/home/")
    follow(chair, "Quyết định", to="Thẩm định")
    chair.get_by_role("region", name="Chờ chủ tịch quyết định").get_by_role("link", name=unit).click()
    follow(chair, f"Thẩm định mục {code}")
    at_item(chair, code)
    expect(chair.locator("#decide")).to_contain_text("Ý kiến các thành viên khác nhau.")
    say(chair, code, ADJUST, points=points, reason=reason)
    expect(chair.get_by_role("alert")).to_contain_text("biên bản")
    type_into(chair.locator("#decide").get_by_label("Biên bản"), "Biên bản số 3 ngày 02/03: lấy 0,75 điểm.")
    chair.keyboard.press("Control+Enter")
    recorded(chair, code, "điều chỉnh")


def finalise(chair: Page) -> None:
    """With minutes; what is frozen is shown before."""
    chair.goto("/home/")
    follow(chair, "Chốt kết quả", to="Chốt kết quả")
    minutes(chair)
    press(chair, "Xem trước khi chốt")
    expect(chair.locator("main")).to_contain_text("Kết quả sẽ chốt")
    press(chair, "Chốt kết quả")
    expect(chair.locator("main")).to_contain_text("Chưa công bố.")


def publish(chair: Page, public_from: str) -> None:
    """By a decision, under an embargo."""
    follow(chair, "Công bố kết quả", to="Công bố kết quả")
    decision(chair, "345/QĐ-UBND")
    type_into(chair.get_by_label("Được xem từ"), public_from)
    press(chair, "Xem trước khi công bố")
    expect(chair.locator("main")).to_contain_text("chưa ai ngoài hội đồng, cơ quan thường trực và kiểm toán xem được")
    press(chair, "Công bố")
    expect(chair.locator("main")).to_contain_text("chưa được xem")


def correct(chair: Page, cycle: Cycle, unit: str, code: str, points: str, reason: str) -> None:
    """A wrong item, its right points, and what that changes, before it is published."""
    chair.goto(f"/cycles/{cycle.pk}/results/")
    follow(chair, "Đính chính", to="Đính chính kết quả đã công bố")
    chair.get_by_label("Đơn vị, dòng 1").select_option(label=unit)
    type_into(chair.get_by_label("Mã mục, dòng 1"), code)
    type_into(chair.get_by_label("Điểm đúng, dòng 1"), points)
    type_into(chair.get_by_label("Lý do, dòng 1"), reason)
    type_into(chair.get_by_label("Lý do đính chính"), reason)
    minutes(chair)
    decision(chair, "400/QĐ-UBND")
    press(chair, "Xem thay đổi")
    expect(chair.locator("main")).to_contain_text("Sẽ khác bản đang công bố ở")
    press(chair, "Công bố đính chính")
    expect(chair.locator("main")).to_contain_text("Lần 2: 400/QĐ-UBND")


def minutes(chair: Page) -> None:
    """Number, day and words of the minutes."""
    type_into(chair.get_by_label("Số biên bản"), "12/BB-HĐTĐ")
    type_into(chair.get_by_label("Ngày biên bản"), day(0))
    type_into(chair.get_by_label("Nội dung biên bản"), MINUTES)


def decision(chair: Page, number: str) -> None:
    """Number and day of the decision that publishes."""
    type_into(chair.get_by_label("Số quyết định công bố"), number)
    type_into(chair.get_by_label("Ngày quyết định"), day(0))


# --- the public ---------------------------------------------------------------------------------------------------


def files_of(anybody: Page, folder: Path) -> dict[str, bytes]:
    """What the page of open data gives, by name."""
    follow(anybody, "Dữ liệu mở", to="Dữ liệu mở")
    names = ("units.csv", "results.json", "results.xlsx", "datapackage.zip", "snapshot.json")
    return {name: kept_file(anybody, name, folder).read_bytes() for name in names}
