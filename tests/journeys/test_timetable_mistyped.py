"""A mistyped deadline: the page before anything is done, and the page of a form that came too late, as they look."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from parindex.database.models import Phase
from tests.factories.world import World, now
from tests.journeys import looks
from tests.journeys.conftest import Open, Watch
from tests.journeys.steps import day, press


def test_a_deadline_in_the_past_is_seen_before_it_holds(made: World, open_browser: Open) -> None:
    before = Phase.objects.get(cycle=made.cycle).ends_at
    office = open_browser(made.people["standing_office"])
    office.goto(f"/cycles/{made.cycle.pk}/timetable/")
    office.locator("[name=ends]").first.fill(day(-3))
    office.get_by_label("Lý do thay đổi").fill("Theo công văn")
    press(office, "Ghi mốc thời gian")
    expect(office.locator("h1")).to_have_text("Xác nhận mốc thời gian")
    expect(office.locator("main")).to_contain_text("2 phiếu chưa nộp bị khóa")
    assert looks.faults(office) == []
    press(office, "Sửa lại")
    expect(office.locator("[name=ends]").first).to_have_value(day(-3))
    office.locator("[name=ends]").first.fill(day(30))
    press(office, "Ghi mốc thời gian")
    expect(office.locator("main")).to_contain_text("Đã ghi mốc thời gian.")
    after = Phase.objects.get(cycle=made.cycle).ends_at
    assert before is not None
    assert after is not None
    assert after > before


def test_who_comes_second_sees_both(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expected = ["409"]
    office = open_browser(made.people["standing_office"])
    office.goto(f"/cycles/{made.cycle.pk}/timetable/")
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now() + timedelta(days=50))
    office.locator("[name=title]").first.fill("Tôi đặt tên khác")
    office.get_by_label("Lý do thay đổi").fill("Theo công văn")
    press(office, "Ghi mốc thời gian")
    expect(office.locator(".errors")).to_contain_text("Chưa ghi: người khác đã sửa")
    expect(office.locator("[name=title]").first).to_have_value("Tôi đặt tên khác")
    assert looks.faults(office) == []
