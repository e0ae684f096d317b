"""The auditor reads everything, what was before and after and why, and can change nothing."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from parindex.database.models import AuditRecord
from tests.factories.world import World
from tests.journeys.conftest import Open, Watch
from tests.journeys.steps import enter, follow, press, room, title

#: What the auditor may press: leaving, looking for something, taking a list away, which the log tells.
HARMLESS = re.compile("Đăng xuất|Lọc|Mở$|Tìm|Tắt phím tắt|Bật phím tắt|Xuất Excel")
#: Addresses of acts; what is answered there is a refusal.
ACTS = ("/cycles/{cycle}/timetable/", "/cycles/{cycle}/prepare/", "/accounts/new/", "/parts/{part}/sign/")


def test_an_auditor_reads_and_changes_nothing(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expect("403")
    officer = open_browser(made.people["owner"])
    enter_a_figure(officer, made)
    auditor = open_browser(made.people["auditor"])
    before = AuditRecord.objects.count()
    read_the_log(auditor)
    only_read(auditor, made)
    refused(auditor, made)
    assert AuditRecord.objects.count() == before


def enter_a_figure(officer: Page, made: World) -> None:
    officer.goto(f"/sheets/{made.sheet.pk}/items/2.1/")
    for value in ("1200", "1300"):
        enter(officer, officer.get_by_label("Hồ sơ tiếp nhận"), value)


def read_the_log(auditor: Page) -> None:
    """Who did what, what stood there before and after, and the code that holds the rows together."""
    auditor.goto("/home/")
    room(auditor, "Nhật ký")
    auditor.get_by_label("Việc").select_option(label="sửa mục")
    press(auditor, "Lọc")
    rows = auditor.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Owner")
    rows.first.get_by_role("link").first.click()
    title(auditor, "Bản ghi")
    change = auditor.get_by_role("row").filter(has_text="1300")
    expect(change).to_contain_text("1200")
    own, above = (auditor.locator(".hash").nth(number).inner_text() for number in (0, 1))
    follow(auditor, "Về nhật ký", to="Nhật ký")
    auditor.get_by_role("link", name=re.compile(r"^\d\d:\d\d ngày")).nth(1).click()
    title(auditor, "Bản ghi")
    assert own != above
    expect(auditor.locator(".hash").first).to_have_text(above)


def only_read(auditor: Page, made: World) -> None:
    """No page of the sheet and of the cycle has something to press that would change it."""
    for address in (
        f"/sheets/{made.sheet.pk}/items/2.1/",
        f"/sheets/{made.sheet.pk}/submit/",
        f"/cycles/{made.cycle.pk}/",
    ):
        auditor.goto(address)
        buttons = auditor.locator("main button:not([aria-disabled=true]):visible").all_inner_texts()
        assert [words.strip() for words in buttons if words.strip() and not HARMLESS.search(words)] == []
        assert auditor.locator("main textarea:not([readonly])").count() == 0
    auditor.goto(f"/sheets/{made.sheet.pk}/items/2.1/")
    expect(auditor.get_by_label("Hồ sơ tiếp nhận")).not_to_be_editable()


def refused(auditor: Page, made: World) -> None:
    """Addresses of acts, typed by hand, are answered with a refusal that says why."""
    part = made.sheet.parts.get().pk
    for address in ACTS:
        answer = auditor.goto(address.format(cycle=made.cycle.pk, part=part))
        assert answer is not None
        assert answer.status == 403, address
        expect(auditor.locator("main form[method=post]")).to_have_count(0)
