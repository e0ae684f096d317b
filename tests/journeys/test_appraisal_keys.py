"""Keys of those who appraise: one letter an act, never in a field, not where they are switched off; and the matrix, one
stop of Tab with arrows inside.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from playwright.sync_api import Page, expect

from parindex.database.models import Attachment, Document, DocumentVersion, Opinion, StoredFile
from parindex.usecases.evidence_files import place_of
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now
from tests.journeys.conftest import Open
from tests.journeys.council_steps import at_item
from tests.papers.evidence_files import pdf

pytestmark = pytest.mark.usefixtures("own_folders")
_FOCUSED = "() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"


@pytest.fixture
def world(transactional_db: None) -> AppraisalWorld:  # noqa: ARG001
    """Two appraisers; one opinion is enough."""
    return appraisal_world()


def prove(world: AppraisalWorld, code: str, path: Path, place: str) -> None:
    """A document of three pages on an item, cited at one of them."""
    pages = [((72, 72, f"{path.stem}, trang {number}"),) for number in (1, 2, 3)]
    data, owner = pdf(path, pages).read_bytes(), world.people["owner"]
    sha256 = hashlib.sha256(data).hexdigest()
    storages["evidence"].save(place_of(sha256), ContentFile(data))
    file = StoredFile.objects.create(
        sha256=sha256, size=len(data), content_type="application/pdf", pages=3, stored_at=now()
    )
    document = Document.objects.create(
        unit=world.made.department, title=path.stem, created_by=owner, created_at=now()
    )  # fmt: skip
    DocumentVersion.objects.create(
        document=document, number=1, file=file, name=path.name, uploaded_by=owner, uploaded_at=now()
    )
    Attachment.objects.create(
        entry=world.entry(code), document=document, added_by=owner, added_at=now(), page=place
    )  # fmt: skip


def opened(page: Page, world: AppraisalWorld, code: str) -> None:
    """An item of the sheet of Sở Y tế, listening to keys."""
    page.goto(f"/appraisals/{world.made.sheet.pk}/{code}/")
    at_item(page, code)


def test_documents_by_key(world: AppraisalWorld, open_browser: Open, tmp_path: Path) -> None:
    prove(world, "2.1", tmp_path / "bao-cao-quy.pdf", "2")
    prove(world, "2.1", tmp_path / "bao-cao-nam.pdf", "3")
    page = open_browser(world.people["appraiser"])
    opened(page, world, "2.1")
    paper = page.locator("#paper")
    expect(paper).to_contain_text("Trang 2/3")  # the cited page is open
    page.get_by_label("Trang trước").click()
    expect(paper).to_contain_text("Trang 1/3")
    page.locator("h1").click()
    page.keyboard.press("g")
    expect(paper).to_contain_text("Trang 2/3")
    expect(paper.locator("[aria-current]")).to_have_text("bao-cao-quy")
    page.keyboard.press("e")
    expect(paper.locator("[aria-current]")).to_have_text("bao-cao-nam")
    expect(paper).to_contain_text("Trang 3/3")
    page.keyboard.press("e")
    expect(paper.locator("[aria-current]")).to_have_text("bao-cao-quy")
    expect(page.locator("#paper img")).not_to_have_js_property("naturalWidth", 0)  # the picture of the page has come


def test_opinions_by_key(world: AppraisalWorld, open_browser: Open) -> None:
    page = open_browser(world.people["appraiser"])
    opened(page, world, "2.1")
    points, reason, question = (page.get_by_label(one) for one in ("Điểm thẩm định", "Lý do (", "Câu hỏi cho đơn vị"))
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="Điều chỉnh")).to_be_checked()
    expect(page.get_by_role("radio", name="Điều chỉnh")).to_be_focused()
    expect(points).to_be_editable()
    points.fill("0,5")
    page.keyboard.press("3")  # in a field it is a figure
    expect(points).to_have_value("0,53")
    expect(page.get_by_role("radio", name="Điều chỉnh")).to_be_checked()
    reason.click()
    page.keyboard.type("jkegl123?/")
    expect(reason).to_have_value("jkegl123?/")
    at_item(page, "2.1")
    page.locator("h1").click()
    page.keyboard.press("3")
    expect(question).to_be_visible()
    expect(points).to_be_hidden()
    page.keyboard.press("1")
    expect(points).to_have_value("1,5")
    expect(points).not_to_be_editable()
    page.keyboard.press("2")
    expect(points).to_have_value("0,53")  # what was typed is not lost by a look at something else
    assert not Opinion.objects.exists()


def test_help_list_and_the_switch(world: AppraisalWorld, open_browser: Open) -> None:
    page = open_browser(world.people["appraiser"])
    opened(page, world, "1.2")
    keys = page.get_by_role("region", name="Phím tắt")
    page.keyboard.press("/")
    expect(page.locator(".queue a[aria-current]")).to_be_focused()
    page.keyboard.press("?")
    expect(keys.get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(keys).to_contain_text("Phím một chữ: tắt")
    page.locator("h1").click()
    for key in ("j", "2", "l"):
        page.keyboard.press(key)
    at_item(page, "1.2")
    expect(page.get_by_role("radio", name="Điều chỉnh")).not_to_be_checked()
    page.reload()
    expect(keys).to_contain_text("Phím một chữ: tắt")
    keys.get_by_role("button").click()
    page.locator("h1").click()
    page.keyboard.press("j")
    at_item(page, "2.1")


def test_the_matrix_is_one_stop_of_tab(world: AppraisalWorld, open_browser: Open) -> None:
    page = open_browser(world.people["appraiser"])
    page.goto(f"/cycles/{world.made.cycle.pk}/matrix/?area=2")
    grid = page.get_by_role("table", name="Điểm thẩm định: hàng là đơn vị, cột là mục")
    cells = grid.locator("tbody td > a")
    expect(cells).to_have_count(4)
    assert cells.evaluate_all("(all) => all.map((one) => one.tabIndex)") == [0, -1, -1, -1]
    cells.first.focus()
    for key, at in (("ArrowRight", 1), ("ArrowRight", 1), ("ArrowDown", 3), ("Home", 2), ("End", 3), ("ArrowUp", 1)):
        page.keyboard.press(key)
        expect(cells.nth(at)).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUSED) not in cells.evaluate_all(
        "(all) => all.map((one) => one.getAttribute('aria-label'))"
    )
    page.keyboard.press("Shift+Tab")
    expect(cells.nth(1)).to_be_focused()
    label = page.evaluate(_FOCUSED)
    page.keyboard.press("Enter")
    picked = page.get_by_role("complementary", name="Ô đang chọn")
    expect(picked).to_contain_text("2.2")
    expect(grid.locator(".is-picked > a")).to_have_attribute("aria-label", label)
    assert grid.locator("[tabindex='0']").count() == 1
