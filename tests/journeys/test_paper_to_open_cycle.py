"""The standing office reads the paper of decision 2270, mends and freezes it, and opens a cycle; the units see it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

import parindex
from parindex.database.models import CriteriaSetVersion, Cycle, ScoreSheet
from tests.factories.world import World
from tests.journeys.conftest import Open
from tests.journeys.steps import READING, day, enter, follow, press, room, title, type_into

PAPER = Path(parindex.__file__).parent / "data" / "papers" / "2270-QD-UBND.txt"
NOTICE = "Các sở nhập phiếu trước hạn; hỏi Sở Nội vụ khi cần."


def test_from_the_paper_to_an_open_cycle(made: World, open_browser: Open) -> None:
    office = open_browser(made.people["standing_office"])
    hand_in_the_paper(office)
    mend_the_errors(office)
    confirm_the_matters(office)
    give_a_rule(office)
    fingerprint = freeze(office)
    frozen = CriteriaSetVersion.objects.get(fingerprint=fingerprint)
    assert (frozen.state, frozen.table_number) == ("frozen", 1)
    open_a_cycle(office, fingerprint)
    assert Cycle.objects.get(title="Sở, ngành năm 2024").state == "open"
    assert ScoreSheet.objects.filter(cycle__title="Sở, ngành năm 2024").count() == 2
    officer = open_browser(made.people["owner"])
    see_it_as_a_unit(officer)


def hand_in_the_paper(office: Page) -> None:
    office.goto("/home/")
    room(office, "Bộ tiêu chí")
    office.get_by_label("Văn bản chính thức hoặc tệp YAML").set_input_files(PAPER)
    press(office, "Đọc văn bản")
    expect(office.locator("h1")).to_have_text("Kiểm tra bộ tiêu chí trước khi khóa", timeout=READING)
    expect(office).to_have_url(re.compile(r"/sets/versions/\d+/check/$"))
    expect(office.get_by_role("alert")).to_contain_text("còn 3 lỗi phải sửa và 8 điều chưa xác nhận")
    expect(office.locator("article.finding h3")).to_contain_text(["Lỗi 1.", "Lỗi 2.", "Lỗi 3."])


def mend_the_errors(office: Page) -> None:
    """As is proposed; one of them is taken back and done otherwise."""
    for number in (1, 2, 3):
        finding = office.locator(f"#f{number}")
        finding.get_by_role("button", name="Ghi cách sửa").click()
        expect(finding).to_contain_text(f"Lỗi {number}, đã sửa.")
    expect(office.locator("#f1")).to_contain_text("Đổi mã dòng 38 thành 2.3.2")
    office.locator("#f1").get_by_role("button", name="Hoàn tác").click()
    expect(office.get_by_role("alert")).to_contain_text("còn 1 lỗi phải sửa")
    finding = office.locator("#f1")
    finding.get_by_label("Dùng mã khác").check()
    type_into(finding.locator("[name='other_code.code']"), "2.3.2")
    type_into(finding.get_by_label("Ghi chú"), "Theo thứ tự của bảng")
    finding.get_by_role("button", name="Ghi cách sửa").click()
    expect(office.get_by_role("alert")).to_contain_text("còn 0 lỗi phải sửa")


def confirm_the_matters(office: Page) -> None:
    """Take what is proposed where it is proposed, type what only a person knows."""
    for left in range(8, 0, -1):
        expect(office.get_by_role("alert")).to_contain_text(f"{left} điều chưa xác nhận")
        row = office.locator("tr[id^=f]").filter(has=office.locator("form[action*=check] details, details form")).first
        propose = row.get_by_role("button", name="Nhận đề xuất")
        if propose.count():
            propose.click()
            continue
        row.locator("summary").click()
        row.get_by_role("radio").first.check()
        row.get_by_role("button", name="Ghi cách sửa").click()
    expect(office.locator("main")).to_contain_text("Không còn gì phải sửa.")


def give_a_rule(office: Page) -> None:
    """An item gets a way of computing; figures that are tried show the points as they are typed."""
    follow(office, "Xem cả bảng và sửa từng mục")
    office.get_by_role("row").filter(has_text="1.1.2").get_by_role("link").click()
    title(office, "Mức độ hoàn thành kế hoạch CCHC")
    office.get_by_role("combobox", name="Cách tính điểm", exact=True).select_option(label="điểm theo tỷ lệ")
    type_into(office.locator("[id='rule.of.0.new']"), "Nhiệm vụ hoàn thành")
    type_into(office.locator("[id='rule.to.0.new']"), "Nhiệm vụ phải làm")
    type_into(office.get_by_label("Mức đạt điểm tối đa"), "80%")
    type_into(office.get_by_label("Điều khoản nêu cách tính"), "Hướng dẫn chấm điểm, mục 1.1.2")
    press(office, "Tính thử")
    type_into(office.get_by_label("Nhiệm vụ phải làm, 2024"), "20")
    type_into(office.get_by_label("Nhiệm vụ hoàn thành, 2024"), "8")
    expect(office.locator("#example-result")).to_contain_text("0,5 trên 1 điểm")
    press(office, "Ghi")
    expect(office.locator("main")).to_contain_text("Đã ghi")
    follow(office, "Về trang đối chiếu", to="Kiểm tra bộ tiêu chí")


def choose_frozen(office: Page) -> None:
    """Of the sets only those that are frozen can be chosen; Bảng 2 still has errors."""
    choices = office.get_by_label("Bộ tiêu chí", exact=True)
    names = choices.locator("option").all_inner_texts()
    wanted = [name for name in names if "2024" in name]
    assert len(wanted) == 1, names
    choices.select_option(label=wanted[0])


def freeze(office: Page) -> str:
    follow(office, "Khóa Bảng 1 và lấy dấu vân tay", to="Khóa bộ tiêu chí")
    press(office, "Khóa và lấy dấu vân tay")
    expect(office.locator("main")).to_contain_text("Đã khóa bộ tiêu chí")
    shown = office.locator("code.fingerprint").inner_text()
    assert re.fullmatch("[0-9a-f]{64}", shown)
    return shown


def open_a_cycle(office: Page, fingerprint: str) -> None:
    room(office, "Kỳ đánh giá")
    follow(office, "Lập kỳ mới", to="Lập kỳ đánh giá")
    type_into(office.get_by_label("Tên kỳ"), "Sở, ngành năm 2024")
    type_into(office.get_by_label("Năm đánh giá"), "2024")
    type_into(office.get_by_label("Thông báo khi mở kỳ"), NOTICE)
    press(office, "Lập kỳ, sang bước chuẩn bị")
    follow(office, "Thêm nhóm", to="Thêm nhóm đơn vị")
    type_into(office.get_by_label("Tên nhóm"), "Sở, ngành")
    choose_frozen(office)
    office.get_by_label("Sở Y tế").check()
    office.get_by_label("Sở Tư pháp").check()
    press(office, "Thêm nhóm")
    expect(office.get_by_role("row").filter(has_text="Sở, ngành")).to_contain_text(fingerprint[:12])
    follow(office, "Sửa mốc thời gian", to="Mốc thời gian")
    phases = [("Tự đánh giá, nộp phiếu", -1, 20), ("Thẩm định", 10, 40)]  # they may overlap
    for line, (kind, first, last) in enumerate(phases, start=1):
        type_into(office.get_by_label(f"Tên giai đoạn, dòng {line}"), kind)
        office.get_by_label(f"Loại, dòng {line}").select_option(label=kind)
        type_into(office.get_by_label(f"Từ ngày, dòng {line}"), day(first))
        type_into(office.get_by_label(f"Đến ngày, dòng {line}"), day(last))
    press(office, "Ghi mốc thời gian")
    expect(office.get_by_role("row").filter(has_text="Thẩm định")).to_contain_text(day(40)[:5])
    follow(office, "Mở kỳ", to="Mở kỳ đánh giá")
    press(office, "Mở kỳ")
    title(office, "Tiến độ kỳ đánh giá năm 2024")
    expect(office.get_by_role("table")).to_contain_text("Sở Y tế")


def see_it_as_a_unit(officer: Page) -> None:
    """The unit sees the notice and its sheet; the rule of the item is there in words."""
    officer.goto("/home/")
    expect(officer.locator("main")).to_contain_text("Nhập phiếu: Sở, ngành năm 2024")
    expect(officer.locator("main")).to_contain_text(NOTICE)
    task = officer.get_by_role("listitem").filter(has_text="Nhập phiếu: Sở, ngành năm 2024")
    task.get_by_role("link", name="Bắt đầu").click()
    officer.locator(".tree").get_by_role("link", name="1.1.2").click()
    title(officer, "Mức độ hoàn thành kế hoạch CCHC")
    expect(officer.locator("main")).to_contain_text("Hướng dẫn chấm điểm, mục 1.1.2")
    enter(officer, officer.get_by_label("Nhiệm vụ phải làm"), "20")
    enter(officer, officer.get_by_label("Nhiệm vụ hoàn thành"), "8")
    expect(officer.locator("#points")).to_contain_text("0,5")
