"""What the form does not show for what is chosen is not sent with it; what it asks again stays in sight."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from parindex.database.models import Opinion
from parindex.domain.review.opinions import OpinionKind
from parindex.usecases.opinions import Said, decide
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now
from tests.journeys.conftest import Open, Watch


@pytest.fixture
def world(transactional_db: None) -> AppraisalWorld:  # noqa: ARG001
    """Two appraisers; one opinion is enough."""
    return appraisal_world()


def test_what_was_typed_for_another_choice_is_not_sent(world: AppraisalWorld, open_browser: Open) -> None:
    page = open_browser(world.people["appraiser"])
    page.goto(f"/appraisals/{world.made.sheet.pk}/1.2/")
    page.get_by_role("radio", name="Điều chỉnh").check()
    page.get_by_label("Điểm thẩm định").fill("0,1")
    page.get_by_role("radio", name="Yêu cầu giải trình").check()
    page.get_by_label("Câu hỏi cho đơn vị").fill("Đề nghị nêu cách tính")
    page.get_by_role("radio", name="Đồng ý", exact=False).first.check()
    page.get_by_label("Lý do (").fill("Đã đối chiếu")
    expect(page.get_by_label("Điểm thẩm định")).to_have_value("1")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã ghi mục 1.2: đồng ý.")).to_be_visible()
    assert list(Opinion.objects.values_list("kind", "points", "reason")) == [("accept", "1", "Đã đối chiếu")]


def test_the_button_of_a_stale_page_stays_in_sight(world: AppraisalWorld, open_browser: Open, watch: Watch) -> None:
    watch.expect("409")
    page = open_browser(world.people["appraiser"])
    page.goto(f"/appraisals/{world.made.sheet.pk}/1.2/")
    stands, said = world.appraisal("1.2"), Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu", minutes="Biên bản 1")
    decide(by=world.session("chair"), at=now(), entry_id=stands.pk, said=said, seen=stands.version)
    page.get_by_label("Lý do (").fill("Đã đối chiếu")
    page.locator("#decide [data-next]").click()
    expect(page.get_by_role("alertdialog")).to_contain_text("Điều chỉnh 0,5")
    button, keys = page.locator("#decide [data-next]").bounding_box(), page.locator("#keys").bounding_box()
    assert button is not None
    assert keys is not None
    assert button["y"] + button["height"] <= keys["y"]
