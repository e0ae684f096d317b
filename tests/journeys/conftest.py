"""A real browser before the running application: Debian's Chromium, driven by Playwright.

Whatever the browser says besides (a message in the console, a breach of the content policy, a request that fails or
goes to another host) fails the test at its end, unless the test has said that it must come.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import FileResponse
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from parindex.database.models import User
from tests.factories.rights_world import RightsWorld, rights_world
from tests.factories.world import World, world
from tests.journeys import axe

# Playwright's loop runs in the thread of the test; rows are read there between two acts of the browser.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

EXECUTABLES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
DESKTOP, PHONE = (1366, 768), (390, 844)
#: Milliseconds until something counts as never: a machine with much to do is slow, which is no fault of a page.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LANGUAGE_COOKIE = "parindex_language"


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    """How often somebody may sign in a minute is counted in the cache; people of other tests have the same keys."""
    cache.clear()


@pytest.fixture(autouse=True)
def _sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server of tests sends head and body of an answer, and every 4 KiB of a file, one by one; between two it would
    wait until the browser says that the first has come, which the browser does not do at once: 40 ms a file.
    """
    monkeypatch.setattr(QuietWSGIRequestHandler, "disable_nagle_algorithm", True)
    monkeypatch.setattr(FileResponse, "block_size", 1 << 20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as Debian has it; where there is none, tests fail, because what they prove is then unknown."""
    found = next((path for name in EXECUTABLES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(f"no browser: none of {', '.join(EXECUTABLES)} is installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        # One process for all pages of a context: else each that follows about:blank starts a new one.
        arguments = ["--no-sandbox", "--disable-gpu", "--process-per-site"]
        running = playwright.chromium.launch(executable_path=found, args=arguments)
        yield running
        running.close()


@dataclass
class Watch:
    """What the browser said; ``expected`` are patterns of what a test provokes."""

    home: str
    said: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, *patterns: str) -> None:
        """Let these messages pass."""
        self.expected.extend(patterns)

    def follow(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        context.on("page", self._listen)
        context.on("requestfailed", self._failed)
        context.on("request", self._asked)
        context.on("response", self._answered)

    def _listen(self, page: Page) -> None:
        page.on("console", self._spoke)
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))

    def _spoke(self, message: ConsoleMessage) -> None:
        self.said.append(f"{message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a page that was left before all of it had come
            self.said.append(f"failed: {request.url} {request.failure}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.said.append(f"foreign: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.said.append(f"answer: {response.status} {response.request.method} {response.url}")

    def unexpected(self) -> list[str]:
        """What nobody announced."""
        return [one for one in self.said if not any(re.search(pattern, one) for pattern in self.expected)]


Open = Callable[..., Page]


@pytest.fixture
def watch(live_server) -> Iterator[Watch]:  # type: ignore[no-untyped-def]
    """Everything that any browser of this test says."""
    watching = Watch(live_server.url)
    yield watching
    assert watching.unexpected() == []


@pytest.fixture
def open_browser(live_server, browser: Browser, watch: Watch) -> Iterator[Open]:  # type: ignore[no-untyped-def]
    """A browser of its own for a person (None: nobody is logged in), on a blank page."""
    contexts: list[BrowserContext] = []

    def opened(
        user: User | None = None, size: tuple[int, int] = DESKTOP, language: str = "vi", script: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": size[0], "height": size[1]}, java_script_enabled=script,
            locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        context.add_init_script(axe.IN_EVERY_PAGE)
        contexts.append(context)
        watch.follow(context)
        log_in(context, user, live_server.url, language)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    for thread in threading.enumerate():  # an answer that is still being made would read the next test's database
        if "process_request_thread" in thread.name:
            thread.join(10)


def log_in(context: BrowserContext, user: User | None, home: str, language: str = "vi") -> None:
    """A new session for somebody (None: nobody), in a language."""
    cookies = {LANGUAGE_COOKIE: language}
    if user is not None:
        cookies[settings.SESSION_COOKIE_NAME] = session_cookie(user)
    context.add_cookies([{"name": key, "value": value, "url": home} for key, value in cookies.items()])


def session_cookie(user: User) -> str:
    """The cookie of somebody who has just logged in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def made(transactional_db: None) -> World:  # noqa: ARG001
    """The small world, stored so that the server sees it."""
    return world()


@pytest.fixture
def rights(transactional_db: None) -> RightsWorld:  # noqa: ARG001
    """The world with three people for every role."""
    return rights_world()


@pytest.fixture
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Evidence of a test lies in its own folder."""
    storages = {name: dict(one) for name, one in settings.STORAGES.items()}
    storages["evidence"]["OPTIONS"] = {**storages["evidence"]["OPTIONS"], "location": tmp_path / "evidence"}
    settings.STORAGES = storages
    settings.PAGE_IMAGES = tmp_path / "pages"
