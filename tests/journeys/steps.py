"""What somebody does before the screen, as the journeys tell it: go to a room, choose, send, wait for what it says.

Every step waits for a condition on the page, never for time. The database is only read, to compare with what is shown.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import parse_qsl

from playwright.sync_api import Locator, Page, Response, expect

VIETNAM = timezone(timedelta(hours=7))
#: A paper of many pages is read.
READING = 120_000


def room(page: Page, name: str) -> None:
    """Take an entry of the menu; on a phone it is behind one link."""
    entry = page.get_by_role("navigation").get_by_role("link", name=name, exact=True)
    if not entry.first.is_visible():
        page.get_by_role("link", name="Menu").click()
    entry.first.click()


def title(page: Page, words: str) -> None:
    """The page is called so."""
    expect(page.locator("h1")).to_contain_text(words)


def follow(page: Page, link: str, *, to: str = "") -> None:
    """Press a link, and see the page that it promises."""
    page.get_by_role("link", name=link).first.click()
    if to:
        title(page, to)


def press(page: Page, button: str) -> None:
    """Press a button of the page."""
    page.locator("main").get_by_role("button", name=button).first.click()


def type_into(field: Locator, words: str) -> None:
    """Type key by key into what stands there."""
    field.click()
    field.fill("")
    field.press_sequentially(words)


def enter(page: Page, field: Locator, words: str) -> None:
    """Type into a field of an item, and wait until these very words have been taken."""

    def carries(answer: Response) -> bool:
        asked = answer.request
        sent = parse_qsl(asked.post_data or "") if asked.method == "POST" else []
        return any(value.replace(".", "") == words.replace(".", "") for _, value in sent)

    with page.expect_response(carries):
        type_into(field, words)
        field.press("Tab")
    saved(page)


def saved(page: Page) -> None:
    """The item says that all is stored; on one that was stored before it has said so all the time."""
    expect(page.locator("#save")).to_contain_text("Đã lưu lúc")


def day(days: int) -> str:
    """A day from today, as people here write it."""
    today: date = datetime.now(tz=VIETNAM).date()
    return f"{today + timedelta(days=days):%d/%m/%Y}"


def kept_file(page: Page, link: str, folder: Path) -> Path:
    """Press a link that gives a file, and keep it."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).first.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def cell(page: Page, row: str, column: str) -> Locator:
    """A cell of a table by the head of its row and the name of its column."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=row)).locator(f"td[data-l='{column}']")
