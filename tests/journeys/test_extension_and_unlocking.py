"""The deadline has passed: a unit asks for more time, the standing office answers and unlocks, and the unit goes on.

The reasons of both are read by the other one.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from parindex.database.models import AuditRecord, Entry, Phase, ScoreSheet
from parindex.usecases.submissions import lock_overdue
from tests.factories.world import World, now
from tests.journeys.conftest import Open
from tests.journeys.steps import day, enter, follow, press, room, title, type_into

ASKED, ANSWERED, UNLOCKED = (
    "Mất điện ba ngày cuối",
    "Có văn bản của điện lực",
    "Theo Công văn số 12/SNV ngày 05/01/2026",
)


@pytest.fixture
def late(made: World) -> World:
    """Time has passed: the phase is over, and what was not submitted is locked."""
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now() - timedelta(hours=1))
    assert lock_overdue(at=now()) == 2
    return made


def test_after_the_deadline(late: World, open_browser: Open) -> None:
    officer, office = open_browser(late.people["owner"]), open_browser(late.people["standing_office"])
    only_read(officer, late)
    ask_for_more_time(officer)
    answer(office)
    unlock(office)
    go_on(officer, late)
    assert Entry.objects.get(sheet=late.sheet, item_code="1.2").explanation == "Viết trong thời gian gia hạn"
    assert ScoreSheet.objects.get(pk=late.other_sheet.pk).state == "locked"
    reasons = dict(AuditRecord.objects.exclude(reason="").values_list("action", "reason"))
    assert reasons["ask_for_extension"] == ASKED
    assert (reasons["decide_extension"], reasons["unlock"]) == (ANSWERED, UNLOCKED)


def only_read(officer: Page, late: World) -> None:
    officer.goto("/home/")
    expect(officer.locator("main")).to_contain_text("Phiếu đã khóa: Sở, ngành năm 2025")
    officer.goto(f"/sheets/{late.sheet.pk}/items/1.2/")
    expect(officer.locator("main")).to_contain_text("Chỉ để xem.")
    expect(officer.locator("#explanation")).not_to_be_editable()


def ask_for_more_time(officer: Page) -> None:
    officer.goto("/home/")
    follow(officer, "Xin gia hạn", to="Xin gia hạn")
    type_into(officer.get_by_label("Xin đến ngày"), day(5))
    type_into(officer.get_by_label("Lý do"), ASKED)
    press(officer, "Gửi đề nghị")
    expect(officer.locator(".note--ok")).to_be_visible()


def answer(office: Page) -> None:
    """From the first page to the answer."""
    office.goto("/home/")
    office.get_by_role("listitem").filter(has_text="1 đơn vị xin gia hạn").get_by_role("link").click()
    expect(office.locator("main")).to_contain_text(ASKED)
    follow(office, "Trả lời Sở Y tế", to="Sở Y tế xin gia hạn")
    office.get_by_label("Đồng ý gia hạn").check()
    office.get_by_label("Đồng ý thì mở khóa phiếu luôn").uncheck()  # here the two are done one after the other
    type_into(office.get_by_label("Lý do"), ANSWERED)
    press(office, "Gửi trả lời")
    expect(office.get_by_role("row").filter(has_text="Sở Y tế")).to_contain_text("gia hạn")


def unlock(office: Page) -> None:
    """The sheet that was locked at the deadline is opened again, that one alone, and not without a reason."""
    room(office, "Kỳ đánh giá")
    follow(office, "Sở, ngành năm 2025")
    office.get_by_label("Chọn Sở Y tế").check()
    press(office, "Mở khóa phiếu")
    title(office, "Mở khóa phiếu")
    expect(office.locator("main")).to_contain_text("1 đơn vị: Sở Y tế")
    type_into(office.get_by_label("Lý do"), UNLOCKED)
    press(office, "Mở khóa phiếu")
    expect(office.get_by_role("row").filter(has_text="Sở Y tế")).not_to_contain_text("Đã khóa")
    expect(office.get_by_role("row").filter(has_text="Sở Tư pháp")).to_contain_text("Đã khóa")


def go_on(officer: Page, late: World) -> None:
    """The unit sees its new deadline and why, and writes."""
    officer.goto("/home/")
    expect(officer.locator("main")).to_contain_text(day(5))
    expect(officer.locator("main")).to_contain_text(UNLOCKED)
    follow(officer, "Nhật ký", to="Nhật ký")
    expect(officer.get_by_role("row").filter(has_text=ANSWERED)).to_have_count(1)
    officer.goto(f"/sheets/{late.sheet.pk}/items/1.2/")
    enter(officer, officer.locator("#explanation"), "Viết trong thời gian gia hạn")
