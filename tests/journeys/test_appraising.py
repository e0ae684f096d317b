"""An appraiser goes through the queue by keyboard: adjusting, recording, undoing; no script is needed either."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from parindex.database.models import Opinion
from parindex.domain.review.opinions import AppraisalState
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.journeys.conftest import Open


@pytest.fixture
def world(transactional_db: None) -> AppraisalWorld:  # noqa: ARG001
    """Two appraisers; one opinion is enough."""
    return appraisal_world()


def test_the_queue_by_keyboard(world: AppraisalWorld, open_browser: Open) -> None:
    page = open_browser(world.people["appraiser"])
    page.goto("/appraisals/")
    page.get_by_role("link", name="Thẩm định Sở Y tế").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1.1 Kế hoạch cải cách hành chính")
    expect(page.locator("html")).to_have_class("runs-script")  # else the key comes before who listens to it
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text("1.2 Sáng kiến")
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1)).to_have_text("1.1 Kế hoạch cải cách hành chính")
    page.keyboard.press("2")
    points = page.get_by_label("Điểm thẩm định")
    expect(points).to_be_editable()
    expect(page.get_by_label("Câu hỏi cho đơn vị")).to_be_hidden()
    points.fill("0,5")
    page.get_by_label("Lý do (").fill("Chỉ có dự thảo, j k 1 2 3")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã ghi mục 1.1: điều chỉnh.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("1.2 Sáng kiến")
    assert world.appraisal("1.1").state == AppraisalState.ADJUSTED
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1.1 Kế hoạch cải cách hành chính")
    assert Opinion.objects.get().withdrawn_at is not None
    page.keyboard.press("l")
    expect(page.get_by_text("Mục 1.1 để sau")).to_be_visible()


def test_accepting_grants_the_claim_and_asking_hides_the_points(world: AppraisalWorld, open_browser: Open) -> None:
    page = open_browser(world.people["appraiser"])
    page.goto(f"/appraisals/{world.made.sheet.pk}/2.1/")
    points = page.get_by_label("Điểm thẩm định")
    expect(points).to_have_value("1,5")
    expect(points).not_to_be_editable()
    page.keyboard.press("3")
    expect(points).to_be_hidden()
    page.get_by_label("Câu hỏi cho đơn vị").fill("Đề nghị nêu cách tính")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã ghi mục 2.1: yêu cầu giải trình.")).to_be_visible()
    assert world.appraisal("2.1").state == AppraisalState.ASKED


def test_another_document_leaves_what_was_typed(world: AppraisalWorld, open_browser: Open) -> None:
    page = open_browser(world.people["appraiser"])
    page.goto(f"/appraisals/{world.made.sheet.pk}/1.1/")
    page.get_by_label("Lý do (").fill("Đang gõ")
    with page.expect_response(lambda answer: "doc=" in answer.url):
        page.get_by_role("link", name="Kế hoạch", exact=True).click()
    expect(page.get_by_label("Lý do (")).to_have_value("Đang gõ")


def test_without_script(world: AppraisalWorld, open_browser: Open) -> None:
    page = open_browser(world.people["appraiser"], script=False)
    page.goto(f"/appraisals/{world.made.sheet.pk}/")
    page.get_by_role("radio", name="Điều chỉnh").check()
    page.get_by_label("Điểm thẩm định").fill("0,5")
    page.get_by_label("Lý do (").fill("Thiếu văn bản")
    page.get_by_role("button", name="Ghi, sang 1.2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1.2 Sáng kiến")
    assert world.appraisal("1.1").points == "0.5"
