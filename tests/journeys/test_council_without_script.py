"""The council by plain forms: a browser without JavaScript goes through the queue, asks and answers, finalises and
publishes, and appraises several items at once.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from parindex.database.models import Publication
from parindex.domain.review.opinions import AppraisalState
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.published_world import appraised_world
from tests.journeys import council_steps as council
from tests.journeys.conftest import PHONE, Open, Watch
from tests.journeys.steps import day, follow, press, title, type_into

QUESTION, ANSWER = "Đề nghị nêu rõ cách tính", "Tính theo sổ theo dõi của bộ phận một cửa."


@pytest.fixture
def world(transactional_db: None) -> AppraisalWorld:  # noqa: ARG001
    """Two appraisers; one opinion is enough."""
    return appraisal_world()


def test_a_question_and_its_answer(world: AppraisalWorld, open_browser: Open, watch: Watch) -> None:
    """On a phone: everything of the form is there, whatever is chosen; the unit answers and signs."""
    watch.expect("422")  # a question without words
    people = world.people
    appraiser = open_browser(people["appraiser"], script=False, size=PHONE)
    appraiser.goto("/appraisals/")
    follow(appraiser, "Thẩm định Sở Y tế", to="1.1")
    follow(appraiser, "Danh sách, 4 mục chờ tôi", to="Sở Y tế")
    follow(appraiser, "2.2", to="2.2")
    ask(appraiser, "")
    expect(appraiser.get_by_role("alert")).to_contain_text("câu hỏi")
    ask(appraiser, QUESTION)
    council.recorded(appraiser, "2.2", "yêu cầu giải trình")
    press(appraiser, "Hoàn tác")
    ask(appraiser, QUESTION)
    council.send_questions(open_browser(people["secretary"], script=False, size=PHONE), "Sở Y tế")
    officer = open_browser(people["owner"], script=False, size=PHONE)
    officer.goto(f"/sheets/{world.made.sheet.pk}/items/2.2/")
    officer.get_by_label("Giải trình bổ sung").fill(ANSWER)
    officer.get_by_role("button", name="Lưu giải trình").click()
    council.present(officer)
    council.sign_again(open_browser(people["leader"], script=False, size=PHONE))
    assert world.appraisal("2.2").state == AppraisalState.EXPLAINED
    appraiser.goto(f"/appraisals/{world.made.sheet.pk}/2.2/")
    expect(appraiser.locator("main")).to_contain_text(ANSWER)
    expect(appraiser.locator("main")).to_contain_text("Đơn vị trả lời, không sửa điểm, số liệu")


def ask(page: Page, words: str) -> None:
    page.get_by_role("radio", name="Yêu cầu giải trình").check()
    page.get_by_label("Câu hỏi cho đơn vị").fill(words)
    page.locator("#decide [data-next]").click()


def test_several_at_once_and_the_matrix(world: AppraisalWorld, open_browser: Open) -> None:
    page = open_browser(world.people["second_appraiser"], script=False)
    page.goto(f"/appraisals/accept/items/{world.made.sheet.group_id}/1.1/")
    page.get_by_label("Chọn Sở Tư pháp").uncheck()
    press(page, "Đồng ý các mục đã chọn")
    expect(page.locator("main")).to_contain_text("Đã đồng ý 1 mục không có cảnh báo.")
    assert world.appraisal("1.1").state == AppraisalState.ACCEPTED
    assert world.appraisal("1.1", world.made.other_sheet).state == AppraisalState.WAITING
    page.goto(f"/cycles/{world.made.cycle.pk}/matrix/")
    page.locator("table.heat tbody td a").first.click()
    expect(page.get_by_role("complementary", name="Ô đang chọn")).to_contain_text("1.1")
    follow(page, "Mở mục", to="1.1")


@pytest.mark.usefixtures("transactional_db")
def test_finalising_publishing_correcting(open_browser: Open, watch: Watch) -> None:
    watch.expect("422")  # an embargo that has ended before it begins
    world = appraised_world()
    chair = open_browser(world.people["chair"], script=False)
    council.finalise(chair)
    follow(chair, "Công bố kết quả", to="Công bố kết quả")
    council.decision(chair, "345/QĐ-UBND")
    type_into(chair.get_by_label("Được xem từ"), day(-30))
    press(chair, "Xem trước khi công bố")
    expect(chair.locator("#public_from-error")).to_be_visible()
    type_into(chair.get_by_label("Được xem từ"), "")
    press(chair, "Xem trước khi công bố")
    expect(chair.locator("main")).to_contain_text("Ai cũng xem được ngay")
    press(chair, "Công bố")
    title(chair, "Kết quả kỳ đánh giá")
    council.correct(chair, world.made.cycle, "Sở Tư pháp", "2.2", "1", "Nhập lại nhầm")
    anybody = open_browser(script=False, size=PHONE)
    anybody.goto("/results/")
    follow(anybody, "Sở, ngành năm 2025", to="Chỉ số cải cách hành chính năm 2025")
    expect(anybody.locator("main")).to_contain_text("Đã đính chính ngày")
    follow(anybody, "Xem giá trị trước và sau")
    expect(anybody.locator("ins").first).to_be_visible()
    assert Publication.objects.count() == 2
