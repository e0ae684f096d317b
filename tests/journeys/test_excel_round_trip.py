"""An officer takes the sheet along as a workbook, fills it offline, hands it in, and takes over what differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import Page, expect

from parindex.database.models import Entry, Figure, HandedWorkbook
from tests.factories.world import World
from tests.journeys.conftest import Open, Watch
from tests.journeys.steps import follow, kept_file, press, title

ITEMS, FIGURES = "Phiếu chấm điểm", "Số liệu"
#: Columns that are filled: a figure; points and explanation of an item.
VALUE, POINTS, EXPLANATION = "E", "F", "G"


def test_taken_along_filled_and_taken_over(made: World, open_browser: Open, watch: Watch, tmp_path: Path) -> None:
    watch.expect("422")
    officer = open_browser(made.people["owner"])
    book = take_along(officer, tmp_path)
    wrong = filled(book, (FIGURES, "Hồ sơ tiếp nhận", VALUE, "một nghìn"), (ITEMS, "1.2", POINTS, 7))
    hand_in(officer, book)
    told_by_row_and_cell(officer, wrong)
    filled(book, (FIGURES, "Hồ sơ tiếp nhận", VALUE, 1200), (FIGURES, "Hồ sơ đúng hạn", VALUE, 900))
    filled(book, (ITEMS, "1.2", POINTS, 1.5), (ITEMS, "1.2", EXPLANATION, "Hai sáng kiến"))
    hand_in(officer, book)
    see_what_differs(officer)
    assert not Figure.objects.filter(unit=made.department).exclude(value="").exists()
    press(officer, "Ghi những thay đổi đã chọn")
    expect(officer.locator("main")).to_contain_text("Đã ghi")
    stored = Figure.objects.filter(unit=made.department).exclude(value="").order_by("measure")
    assert list(stored.values_list("measure", "value")) == [("on_time", "900"), ("received", "1200")]
    entry = Entry.objects.get(sheet=made.sheet, item_code="1.2")
    assert (entry.self_points, entry.explanation) == ("1.5", "")
    assert HandedWorkbook.objects.exclude(applied_at=None).count() == 1


def take_along(officer: Page, folder: Path) -> Path:
    officer.goto("/home/")
    officer.get_by_role("link", name="Mở phiếu").first.click()
    officer.get_by_role("navigation", name="Vị trí").get_by_role("link", name="Sở Y tế").click()
    follow(officer, "Excel", to="Nhập bằng Excel")
    return kept_file(officer, "Tải phiếu", folder)


def filled(book: Path, *cells: tuple[str, str, str, Any]) -> list[str]:
    """Write values where a row says what it is about; where they stand."""
    opened, places = openpyxl.load_workbook(book), []
    for sheet, about, column, value in cells:
        row = next(one[0].row for one in opened[sheet].iter_rows() if about in (one[0].value, one[1].value))
        opened[sheet][f"{column}{row}"] = value
        places.append(f"{column}{row}")
    opened.save(book)
    return places


def hand_in(officer: Page, book: Path) -> None:
    officer.get_by_label("Tệp phiếu").set_input_files(book)
    press(officer, "Gửi tệp, xem thay đổi")


def told_by_row_and_cell(officer: Page, places: list[str]) -> None:
    """Every wrong cell by its place, and nothing is taken over."""
    told = officer.locator(".wrongs li")
    expect(officer.get_by_role("alert")).to_contain_text("Chưa có gì được ghi vào phiếu.")
    expect(told).to_have_count(len(places))
    for place in places:
        expect(officer.locator(".wrongs")).to_contain_text(place)
    expect(officer.locator(".wrongs")).to_contain_text("một nghìn")


def see_what_differs(officer: Page) -> None:
    """Before anything is stored: each change with what is stored and what the file says; one of them is left out."""
    title(officer, "Thay đổi trong tệp")
    expect(officer.locator("main")).to_contain_text("Chưa có gì được ghi.")
    expect(officer.locator("tbody tr")).to_have_count(4)
    line = officer.get_by_role("row").filter(has_text="Hai sáng kiến")
    line.get_by_role("checkbox").uncheck()
