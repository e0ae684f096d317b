"""Two people in one item: both texts are shown, neither loses a word, and figures of a colleague are seen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from parindex.database.models import AuditRecord
from parindex.usecases import audit_log
from tests.factories.world import World
from tests.journeys.conftest import Open, Watch
from tests.journeys.item_page import CUT, entry, eventually, figure, item, saved


def both_open(made: World, open_browser: Open) -> tuple[Page, Page]:
    """The item before two people of one unit."""
    mine, theirs = open_browser(made.people["owner"]), open_browser(made.people["colleague"])
    mine.goto(item(made))
    theirs.goto(item(made))
    return mine, theirs


@pytest.mark.both
def test_two_browsers_edit_one_item(made: World, open_browser: Open, watch: Watch) -> None:
    """Both texts stand side by side; neither loses a word, and each choice does what it says."""
    watch.expect("409")
    mine, theirs = both_open(made, open_browser)
    theirs.locator("#explanation").press_sequentially("Tổng số hồ sơ đúng hạn: 188")
    saved(theirs)
    mine.locator("#explanation").press_sequentially("Tổng số hồ sơ đúng hạn: 178")
    block = mine.locator(".conflict")
    expect(block).to_contain_text("Colleague đã sửa ô này lúc")
    expect(block.locator("mark")).to_have_text(["188", "178"])
    expect(mine.locator("#explanation")).to_have_value("Tổng số hồ sơ đúng hạn: 178")
    expect(mine.locator("#save")).to_contain_text("1 ô có hai bản")
    assert entry(made).explanation.endswith("188")
    block.get_by_role("button", name="Thay bằng bản của tôi").click()
    saved(mine)
    expect(block).to_have_count(0)
    assert entry(made).explanation.endswith("178")
    texts = [one.after for one in AuditRecord.objects.filter(action="edit_entry").order_by("sequence")]
    assert any("188" in one for one in texts)
    assert any("178" in one for one in texts)
    assert all(not one.broken for one in audit_log.verify())


def test_the_servers_text_is_kept(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expect("409")
    mine, theirs = both_open(made, open_browser)
    theirs.get_by_label("Hồ sơ tiếp nhận").fill("1200")
    theirs.get_by_label("Hồ sơ tiếp nhận").press("Tab")
    saved(theirs)
    mine.get_by_label("Hồ sơ tiếp nhận").fill("1300")
    mine.get_by_label("Hồ sơ đúng hạn").fill("900")
    mine.get_by_label("Hồ sơ đúng hạn").press("Tab")
    mine.get_by_role("button", name="Giữ bản trên máy chủ").click()
    expect(mine.get_by_label("Hồ sơ tiếp nhận")).to_have_value("1.200")
    expect(mine.locator(".conflict")).to_have_count(0)
    eventually(lambda: (figure(made, "received"), figure(made, "on_time")) == ("1200", "900"), mine)


def test_without_script_the_conflict_has_both_texts(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expect("409")
    mine = open_browser(made.people["owner"], script=False)
    mine.goto(item(made))
    theirs = open_browser(made.people["colleague"], script=False)
    theirs.goto(item(made))
    theirs.locator("#explanation").fill("Của đồng nghiệp")
    theirs.get_by_role("button", name="Xong mục này").click()
    mine.locator("#explanation").fill("Của tôi")
    mine.get_by_role("button", name="Xong mục này").click()
    expect(mine.locator(".errors")).to_contain_text("Chưa lưu được 1 ô")
    expect(mine.locator("#explanation")).to_have_value("Của tôi")
    expect(mine.locator(".conflict")).to_contain_text("Của đồng nghiệp")
    mine.get_by_role("button", name="Sửa lại từ hai bản").click()
    mine.locator("#explanation").fill("Của tôi và của đồng nghiệp")
    mine.get_by_role("button", name="Xong mục này").click()
    assert entry(made).explanation == "Của tôi và của đồng nghiệp"


def test_both_texts_are_edited_on_from(made: World, open_browser: Open, watch: Watch) -> None:
    """Neither text is lost: both stand in the field, and what stands there is stored as it is by one button."""
    watch.expect("409")
    mine, theirs = both_open(made, open_browser)
    theirs.locator("#explanation").press_sequentially("Bản của đồng nghiệp: 188")
    saved(theirs)
    mine.locator("#explanation").press_sequentially("Bản của tôi: 178")
    mine.get_by_role("button", name="Sửa lại từ hai bản").click()
    expect(mine.locator("#save")).to_have_text(re.compile("Sửa xong ô này thì tự lưu"))
    expect(mine.locator("#explanation")).to_have_value("Bản của tôi: 178\nBản của đồng nghiệp: 188")
    mine.get_by_role("button", name="Lưu như đang có").click()
    saved(mine)
    expect(mine.locator(".conflict")).to_have_count(0)
    assert entry(made).explanation == "Bản của tôi: 178\nBản của đồng nghiệp: 188"
    mine.locator("#explanation").press_sequentially("!")
    eventually(lambda: entry(made).explanation.endswith("188!"), mine)


def test_what_is_edited_on_from_both_saves_itself(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expect("409")
    mine, theirs = both_open(made, open_browser)
    theirs.locator("#explanation").press_sequentially("188")
    saved(theirs)
    mine.locator("#explanation").press_sequentially("178")
    mine.get_by_role("button", name="Sửa lại từ hai bản").click()
    mine.locator("#explanation").press_sequentially(" hồ sơ")
    saved(mine)
    expect(mine.locator(".conflict")).to_have_count(0)
    assert entry(made).explanation == "178\n188 hồ sơ"


def test_the_network_comes_back_while_two_texts_wait(made: World, open_browser: Open, watch: Watch) -> None:
    watch.expect("409", *CUT)
    mine, theirs = both_open(made, open_browser)
    theirs.locator("#explanation").press_sequentially("188")
    saved(theirs)
    mine.locator("#explanation").press_sequentially("178")
    expect(mine.locator("#save")).to_contain_text("1 ô có hai bản")
    mine.context.set_offline(True)
    expect(mine.locator("#save")).to_contain_text("Mất mạng")
    mine.context.set_offline(False)
    expect(mine.locator("#save")).to_contain_text("1 ô có hai bản")
    expect(mine.locator("#explanation")).to_have_value("178")


def test_figures_of_a_colleague_come_into_fields_at_rest(made: World, open_browser: Open, watch: Watch) -> None:
    """Points that follow from a colleague's figures never stand beside empty fields."""
    watch.expect("409")
    mine, theirs = both_open(made, open_browser)
    theirs.get_by_label("Hồ sơ tiếp nhận").fill("1200")
    theirs.get_by_label("Hồ sơ đúng hạn").fill("900")
    theirs.get_by_label("Hồ sơ đúng hạn").press("Tab")
    eventually(lambda: figure(made, "on_time") == "900", theirs)
    mine.locator("#explanation").press_sequentially("Của tôi")
    saved(mine)
    expect(mine.get_by_label("Hồ sơ tiếp nhận")).to_have_value("1.200")
    expect(mine.get_by_label("Hồ sơ đúng hạn")).to_have_value("900")
    expect(mine.locator("[id='slot.figure.received']")).to_contain_text("Colleague ghi 1.200 lúc")
    mine.get_by_label("Hồ sơ đúng hạn").fill("950")  # what was taken over is known: no conflict
    mine.get_by_label("Hồ sơ đúng hạn").press("Tab")
    eventually(lambda: figure(made, "on_time") == "950", mine)
    expect(mine.locator(".conflict")).to_have_count(0)
    theirs.get_by_label("Hồ sơ tiếp nhận").fill("1300")
    theirs.get_by_label("Hồ sơ tiếp nhận").press("Tab")
    eventually(lambda: figure(made, "received") == "1300", theirs)
    mine.get_by_label("Hồ sơ tiếp nhận").press_sequentially("9")  # at work here: it is said, and nothing is replaced
    expect(mine.locator(".conflict")).to_contain_text("1.300")
    expect(mine.locator("[id='figure.received']")).to_have_value(re.compile("9"))
