"""The page of an item as the journeys use it: its address, what is stored, what a browser says of a cut line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.db import OperationalError
from playwright.sync_api import Page, expect

from parindex.database.models import Entry, Figure
from tests.factories.world import World

TEXT = "Năm 2025 đơn vị đã giải quyết đúng hạn 900 hồ sơ trên tổng số 1.200 hồ sơ tiếp nhận."
#: What the browser says when its network is cut.
CUT = (
    "ERR_INTERNET_DISCONNECTED",
    "Failed to load resource",
    "sendError",
    "htmx:sendError",
    "htmx:afterRequest",
    "failed: ",
)


def item(made: World, code: str = "2.1") -> str:
    return f"/sheets/{made.sheet.pk}/items/{code}/"


def entry(made: World, code: str = "2.1") -> Entry:
    return Entry.objects.get(sheet=made.sheet, item_code=code)


def figure(made: World, measure: str) -> str:
    found = Figure.objects.filter(unit=made.department, measure=measure, year=2025).first()
    return found.value if found else ""


def eventually(is_so: Callable[[], bool], page: Page) -> None:
    """Wait until the server has it."""
    for _ in range(50):
        with suppress(OperationalError):  # the server writes at this very moment
            if is_so():
                return
        page.wait_for_timeout(100)
    raise AssertionError("it was never stored")


def saved(page: Page) -> None:
    expect(page.locator("#save")).to_contain_text("Đã lưu lúc")
