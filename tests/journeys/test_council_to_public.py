"""From the decision that makes a council to a correction that everybody reads: office, two appraisers, secretary, the
officer and the leader of a unit that is asked, the chair, the public; each before a browser of their own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import Page, expect

from parindex.database.models import (
    AppraisalLevel,
    AuditRecord,
    Council,
    Entry,
    GivenPoints,
    ItemAppraisal,
    Publication,
    ScoreSheet,
    User,
)
from parindex.database.models.appraisals import GivenBy
from parindex.domain.review.opinions import AppraisalState, Blindness
from parindex.usecases import audit_log
from parindex.usecases.publishing import announce_due
from tests.factories.appraisal_world import submitted_world
from tests.factories.world import PASSWORD, World, now
from tests.journeys import council_steps as council
from tests.journeys.conftest import Open, Watch
from tests.journeys.council_steps import ACCEPT, ADJUST, ASK, recorded, say
from tests.journeys.steps import day, follow, press, title

HEALTH, JUSTICE = "Sở Y tế", "Sở Tư pháp"
#: Who comes onto the council: their names, and where they work. None of them has a role before.
CHAIR, SECRETARY, LAWYER, ECONOMIST = "Vũ Thị Chủ Trì", "Đỗ Văn Thư Ký", "Lê Thị Pháp Lý", "Trần Văn Kinh Tế"
QUESTION = "Báo cáo quý ghi 450 hồ sơ trực tuyến. Đề nghị nêu rõ chênh lệch."
ANSWER = "Đơn vị nhập thiếu quý IV; số đúng là 450."


@pytest.fixture
def submitted(transactional_db: None) -> World:  # noqa: ARG001
    """Both departments have submitted, the points of the survey are there, and there is no council."""
    made = submitted_world()
    places = {CHAIR: made.province, SECRETARY: made.office, LAWYER: made.other_department, ECONOMIST: made.province}
    for number, (name, place) in enumerate(places.items()):
        made.people[name] = User.objects.create_user(f"council{number}", PASSWORD, full_name=name, unit=place)
    for sheet, points in ((made.sheet, "2.4"), (made.other_sheet, "1.95")):
        GivenPoints.objects.create(
            entry=Entry.objects.get(sheet=sheet, item_code="3.1"), given_by=GivenBy.SURVEY, points=points,
            standard_error="0.05", source="Điều tra năm 2025", recorded_by=made.people["survey_staff"],
            recorded_at=now(),
        )  # fmt: skip
    return made


@pytest.fixture
def days_pass(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the application think that days have passed."""
    real = timezone.now

    def passed(days: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(days=days))

    return passed


@pytest.mark.both
def test_from_the_council_to_the_public(
    submitted: World, open_browser: Open, watch: Watch, days_pass: Callable[[int], None], tmp_path: Path
) -> None:
    watch.expect("409", "422")  # two on one item; a decision without its minutes
    people = submitted.people
    compose(submitted, open_browser(people["standing_office"]))
    lawyer, economist = open_browser(people[LAWYER]), open_browser(people[ECONOMIST])
    through_the_queue(submitted, lawyer)
    blind_until_spoken(economist)
    both_on_one_item(submitted, lawyer, economist)
    council.send_questions(open_browser(people[SECRETARY]), HEALTH)
    explained_and_signed(submitted, open_browser)
    settled(submitted, lawyer, economist)
    chair = open_browser(people[CHAIR])
    council.decide(chair, HEALTH, "1.2", "0,75", "Sáng kiến chỉ áp dụng ở một phòng")
    council.finalise(chair)
    council.publish(chair, day(1))
    anybody = open_browser()
    nothing_yet(submitted, anybody)
    days_pass(2)
    assert announce_due(at=timezone.now()) == 1
    read_by_everybody(submitted, anybody, tmp_path)
    council.correct(open_browser(people[CHAIR]), submitted.cycle, HEALTH, "1.2", "0,5", "Cộng trùng một sáng kiến")
    correction_is_shown(submitted, open_browser())
    logged()


def compose(made: World, office: Page) -> None:
    """Chair, secretary, two appraisers; everything assigned to both; begun."""
    council.make_council(office, made.cycle, CHAIR)
    council.seat(office, SECRETARY, "Thư ký")
    for name in (LAWYER, ECONOMIST):
        council.seat(office, name, "Thành viên")
    council.two_opinions(office)
    follow(office, "Phân công", to="Phân công thẩm định")
    for name in (LAWYER, ECONOMIST):
        council.assign_everything(office, name)
    office.goto(f"/cycles/{made.cycle.pk}/council/")
    expect(office.locator("main")).to_contain_text("Mọi mục của mọi phiếu đều có người thẩm định.")
    council.begin_appraisal(office)
    assert state(made, "1.1") == AppraisalState.WAITING


def through_the_queue(made: World, lawyer: Page) -> None:
    """Accept, adjust, take it back, adjust again, ask; the hands never leave the keys."""
    council.open_queue(lawyer, HEALTH)
    say(lawyer, "1.1", ACCEPT)
    recorded(lawyer, "1.1", "đồng ý")
    say(lawyer, "1.2", ADJUST, points="0,25", reason="Chưa có quyết định công nhận")
    recorded(lawyer, "1.2", "điều chỉnh")
    press(lawyer, "Hoàn tác")
    expect(lawyer.locator("main")).to_contain_text("Đã hoàn tác ý kiến về mục 1.2")
    say(lawyer, "1.2", ADJUST, points="0,5", reason="Mới công nhận cấp cơ sở")
    recorded(lawyer, "1.2", "điều chỉnh")
    council.at_item(lawyer, "2.1")
    lawyer.keyboard.press("j")
    say(lawyer, "2.2", ASK, question=QUESTION)
    recorded(lawyer, "2.2", "yêu cầu giải trình")
    assert state(made, "2.2") == AppraisalState.ASKED
    council.at_item(lawyer, "2.1")


def blind_until_spoken(economist: Page) -> None:
    """What the other has said is shown when one has spoken oneself."""
    council.open_queue(economist, HEALTH)
    council.at_item(economist, "1.1")
    economist.keyboard.press("j")
    council.at_item(economist, "1.2")
    expect(economist.locator("main")).not_to_contain_text("Mới công nhận cấp cơ sở")
    expect(economist.locator("main")).to_contain_text("Ý kiến của thành viên khác hiện sau khi bạn cho ý kiến")
    say(economist, "1.2", ACCEPT)
    recorded(economist, "1.2", "đồng ý")
    economist.goto(economist.url.replace("/2.1/", "/1.2/"))
    expect(economist.locator("main")).to_contain_text("Mới công nhận cấp cơ sở")
    economist.keyboard.press("k")
    say(economist, "1.1", ACCEPT)
    recorded(economist, "1.1", "đồng ý")


def both_on_one_item(made: World, lawyer: Page, economist: Page) -> None:
    """Both have 2.1 open, and all see all: who comes second is told, and what was typed stays beside it."""
    for member in (lawyer, economist):  # a page that still reads ahead holds the tables of a database in memory
        member.wait_for_load_state("networkidle")
    AppraisalLevel.objects.update(blindness=Blindness.ALWAYS)
    Council.objects.update(version=F("version") + 1)  # as every change of a council: pages ask for it anew
    for member in (lawyer, economist):
        member.reload()
        council.at_item(member, "2.1")
    say(lawyer, "2.1", ACCEPT)
    expect(lawyer.locator("main")).to_contain_text("Đã ghi mục 2.1: đồng ý.")
    say(economist, "2.1", ADJUST, points="1,25", reason="Trừ hồ sơ quá hạn của quý I")
    block = economist.get_by_role("alertdialog")
    expect(block).to_contain_text("Mục này đã có ý kiến khác sau khi bạn mở trang. Chưa ghi gì của bạn.")
    expect(block).to_contain_text("1,25")
    expect(block).to_contain_text("Trừ hồ sơ quá hạn của quý I")
    expect(economist.get_by_label("Lý do (")).to_have_value("Trừ hồ sơ quá hạn của quý I")
    assert state(made, "2.1") == AppraisalState.WAITING
    say(economist, "2.1", ACCEPT)
    recorded(economist, "2.1", "đồng ý")
    assert state(made, "2.1") == AppraisalState.ACCEPTED


def explained_and_signed(made: World, open_browser: Open) -> None:
    """The unit changes what it was asked about and nothing else; its leader signs again."""
    officer = open_browser(made.people["owner"])
    council.explain(officer, "2.2", "Hồ sơ trực tuyến", "450", ANSWER)
    council.only_read(officer, "2.1", "Hồ sơ đúng hạn")
    council.present(officer)
    council.sign_again(open_browser(made.people["leader"]))
    assert state(made, "2.2") == AppraisalState.EXPLAINED


def settled(made: World, lawyer: Page, economist: Page) -> None:
    """What differs since the own opinion is shown; then everything else is accepted, on the own unit by the other."""
    for page in (lawyer, economist):
        council.open_queue(page, HEALTH)
        council.at_item(page, "2.2")
        expect(page.locator("main")).to_contain_text(ANSWER)
        if page is lawyer:
            differs = page.get_by_role("region", name="Thay đổi từ ý kiến trước của bạn")
            expect(differs.locator("mark")).to_have_text([",5", "300", "450"])
        say(page, "2.2", ACCEPT, reason="Số 450 khớp báo cáo quý")
        recorded(page, "2.2", "đồng ý")
    assert state(made, "2.2") == AppraisalState.ACCEPTED
    lawyer.goto(f"/appraisals/{made.other_sheet.pk}/1.1/")
    expect(lawyer.locator("main")).to_contain_text("Bạn không thẩm định đơn vị mình")
    economist.goto(f"/appraisals/{made.other_sheet.pk}/?list=1")
    follow(economist, "không có cảnh báo", to="Đồng ý các mục không có cảnh báo")
    press(economist, "Đồng ý các mục đã chọn")
    expect(economist.locator("main")).to_contain_text("Đã đồng ý 1 mục không có cảnh báo.")
    for code in ("1.2", "2.1", "2.2"):
        say(economist, code, ACCEPT)
    expect(economist.locator("main")).to_contain_text("Không còn mục nào của phiếu này chờ bạn.")
    assert ScoreSheet.objects.get(pk=made.other_sheet.pk).state == "appraised"


def nothing_yet(made: World, anybody: Page) -> None:
    """Under embargo there is the moment alone."""
    anybody.goto(f"/results/{made.cycle.pk}/")
    expect(anybody.locator("main")).to_contain_text("Kết quả công bố lúc")
    assert HEALTH not in anybody.locator("main").inner_text()


def read_by_everybody(made: World, anybody: Page, folder: Path) -> None:
    """Ranking, profile, the derivation of an item, the files."""
    anybody.goto("/results/")
    follow(anybody, made.cycle.title, to="Chỉ số cải cách hành chính năm 2025")
    first = anybody.get_by_role("table", name="Xếp hạng").get_by_role("row").nth(1)
    expect(first).to_contain_text(HEALTH)
    expect(first).to_contain_text("71,50%")
    follow(anybody, HEALTH, to=HEALTH)
    expect(anybody.locator("main")).to_contain_text("Đạt 7,15 trên 10 điểm.")
    anybody.goto(f"{anybody.url}1.2/")
    title(anybody, "Vì sao mục 1.2 được 0,75 điểm")
    expect(anybody.locator("main")).to_contain_text("Sáng kiến chỉ áp dụng ở một phòng")
    assert not [name for name in (CHAIR, LAWYER, ECONOMIST) if name in anybody.content()]
    anybody.goto(f"/results/{made.cycle.pk}/")
    files = council.files_of(anybody, folder)
    assert json.loads(files["results.json"])["units"][0]["index"] == "71.5"
    assert HEALTH in files["units.csv"].decode()
    assert files["results.xlsx"][:2] == files["datapackage.zip"][:2] == b"PK"


def correction_is_shown(made: World, anybody: Page) -> None:
    """Never silently: what it was, what it is, why; the first version can still be read."""
    anybody.goto(f"/results/{made.cycle.pk}/")
    expect(anybody.locator("main")).to_contain_text("Đã đính chính ngày")
    expect(anybody.locator("main")).to_contain_text("Cộng trùng một sáng kiến")
    follow(anybody, "Xem giá trị trước và sau")
    differences = anybody.get_by_role("table", name="Giá trị trước và sau đính chính")
    expect(differences.locator("del").first).to_have_text("71,50%")
    expect(differences.locator("ins").first).to_have_text("69,00%")
    anybody.goto(f"/results/{made.cycle.pk}/versions/1/")
    expect(anybody.locator("main")).to_contain_text("Đây là lần công bố 1, không còn hiệu lực.")
    expect(anybody.locator("main")).to_contain_text("71,50%")
    assert Publication.objects.count() == 2


def logged() -> None:
    """Every step stands in the log, whole."""
    acts = set(AuditRecord.objects.values_list("action", flat=True))
    assert {
        "make_council", "add_council_member", "begin_appraisal", "give_opinion", "take_back_opinion", "ask",
        "write_answer", "decide_item", "finalise_cycle", "publish", "correct_publication",
    } <= acts  # fmt: skip
    assert all(not one.broken for one in audit_log.verify())


def state(made: World, code: str) -> str:
    """Where an item of the department stands."""
    return ItemAppraisal.objects.get(sheet=made.sheet, item_code=code).state
