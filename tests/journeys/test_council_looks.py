"""Pages of an appraisal as they look to who does something on them: forms, what a form says when it fails, votes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from parindex.database.models import AppraisalLevel
from parindex.domain.review.opinions import Blindness, OpinionKind
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.asked_world import ask, asked_world
from tests.journeys.conftest import Open, Watch
from tests.journeys.looks import faults
from tests.journeys.steps import day, press

pytestmark = pytest.mark.usefixtures("transactional_db")


def item(world: AppraisalWorld, code: str) -> str:
    return f"/appraisals/{world.made.sheet.pk}/{code}/"


def test_an_item_before_its_appraiser(open_browser: Open, watch: Watch) -> None:
    """The form, with each choice; two on one item."""
    watch.expect("409", "422")
    world = appraisal_world(needed=2)
    AppraisalLevel.objects.update(blindness=Blindness.ALWAYS)
    page = open_browser(world.people["appraiser"])
    page.goto(item(world, "2.1"))
    assert faults(page) == []
    page.keyboard.press("3")
    assert faults(page) == []
    page.locator("[data-next]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    world.say("second_appraiser", "2.1", OpinionKind.ACCEPT)
    page.keyboard.press("2")
    page.get_by_label("Điểm thẩm định").fill("1,25")
    page.get_by_label("Lý do (").fill("Số liệu chưa khớp")
    page.locator("[data-next]").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    assert faults(page) == []
    page.locator("[data-next]").click()
    expect(page.locator("main")).to_contain_text("Đã ghi mục 2.1: điều chỉnh.")
    page.goto(item(world, "2.1"))
    expect(page.locator("#y-kien")).to_be_visible()
    assert faults(page) == []


def test_an_item_before_the_chair(open_browser: Open) -> None:
    """Opinions differ: the decision with its minutes, and a vote from its beginning to its end."""
    world = appraisal_world(needed=2)
    world.say("appraiser", "2.1", OpinionKind.ADJUST)
    world.say("second_appraiser", "2.1", OpinionKind.ACCEPT)
    page = open_browser(world.people["chair"])
    page.goto("/appraisals/")
    assert faults(page) == []
    page.goto(item(world, "2.1"))
    page.get_by_text("Đưa ra biểu quyết").first.click()
    assert faults(page) == []
    page.get_by_label("Điểm đề nghị").fill("1")
    page.get_by_label("Lý do của đề nghị").fill("Theo báo cáo năm")
    press(page, "Đưa ra biểu quyết")
    expect(page.locator("#ballot-member")).to_be_visible()
    assert faults(page) == []


def test_the_matrix_with_a_cell_open(open_browser: Open) -> None:
    world = appraisal_world()
    world.say("second_appraiser", "2.1", OpinionKind.ADJUST)
    page = open_browser(world.people["chair"])
    matrix = f"/cycles/{world.made.cycle.pk}/matrix/"
    for address in (f"{matrix}?area=2&cell={world.made.sheet.pk}-2.1", f"{matrix}?by=change", f"{matrix}?view=list"):
        page.goto(address)
        expect(page.locator("table").first).to_be_visible()
        assert faults(page) == []


def test_questions_before_secretary_and_unit(open_browser: Open) -> None:
    world = asked_world()
    ask(world, "1.1")
    secretary = open_browser(world.people["secretary"])
    questions = f"/cycles/{world.made.cycle.pk}/questions/"
    secretary.goto(questions)
    assert faults(secretary) == []
    officer = open_browser(world.people["owner"])
    for address in ("/home/", f"/sheets/{world.made.sheet.pk}/items/2.2/", f"/sheets/{world.made.sheet.pk}/items/2.1/"):
        officer.goto(address)
        assert faults(officer) == []
    world.say("second_appraiser", "2.1", OpinionKind.ASK, world.made.other_sheet)
    secretary.goto(questions)
    secretary.get_by_label("Hạn trả lời").fill(day(5))
    press(secretary, "Xem lại và gửi")
    expect(secretary.locator("h1")).to_contain_text("Gửi 1 câu hỏi tới 1 đơn vị?")
    assert faults(secretary) == []
