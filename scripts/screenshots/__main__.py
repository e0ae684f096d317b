"""``python -m scripts.screenshots FOLDER``: every page at both sizes, as somebody who has it on the way.

Starts the demonstration on a folder of its own, logs in as each demo account and follows the links of the pages, one
page for each address of the URLconf; ``--all`` keeps every account's own view of a page. What no link leads to is told
at the end.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

SIZES = {"desktop": (1366, 768), "phone": (390, 844)}
EXECUTABLES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
#: Pages of one address that are looked at before the next address: links of a long list lead to the same page.
DEPTH = 40


def main() -> int:
    """Serve, walk, take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m scripts.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--all", action="store_true", help="a page once for every account that comes by")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="parindex-screenshots-"))
    port = _free_port()
    environment = {**os.environ, "PARINDEX_DEMO": "1", "PARINDEX_HOME": str(home)}
    command = [sys.executable, "-m", "parindex", "serve", "--demo", "--home", str(home), "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}"
        os.environ |= {"PARINDEX_DEMO": "1", "PARINDEX_HOME": str(home)}  # the addresses are those of the server
        _wait(base)
        taken = _take(base, options.folder, every=options.all)
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home)
    missing = sorted(set(_names()) - {name for name, _ in taken})
    print(f"{len(taken)} pages; no link led to: {', '.join(missing)}")
    return 0


def _take(base: str, folder: Path, *, every: bool) -> set[tuple[str, str]]:
    """The addresses that were reached, with the account that reached them ("" where one is enough)."""
    found = next((path for name in EXECUTABLES if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("no browser: install Chromium (Debian: apt-get install chromium)")
    taken: set[tuple[str, str]] = set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for account in (None, *_accounts(browser, base)):
            context = browser.new_context(base_url=base, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
            page = context.new_page()
            start = _log_in(page, account)
            for name, address in _walk(page, start):
                key = (name, account or "visitor") if every else (name, "")
                if key in taken:
                    continue
                taken.add(key)
                _picture(page, address, folder / ("-".join(filter(None, (name, key[1])))))
            context.close()
        browser.close()
    return taken


def _accounts(browser: Browser, base: str) -> list[str]:
    page = browser.new_page(base_url=base)
    page.goto("/")
    values = page.locator("button[name=account]").evaluate_all("all => all.map(one => one.value)")
    page.close()
    return [str(value) for value in values]


def _log_in(page: Page, account: str | None) -> str:
    page.goto("/")
    if account is None:
        return "/"
    page.locator(f"button[name=account][value='{account}']").click()
    return "/home/"


def _walk(page: Page, start: str) -> Iterator[tuple[str, str]]:
    """Every address that links lead to, breadth first, with its name; few pages of the same name."""
    from django.urls import Resolver404, resolve

    waiting, known, often = [start], {start}, dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        try:
            name = resolve(urlsplit(address).path).url_name or ""
        except Resolver404:
            continue
        often[name] = often.get(name, 0) + 1
        if often[name] > DEPTH:
            continue
        answer = page.request.get(address)
        if answer.status >= 400 or not answer.headers["content-type"].startswith("text/html"):
            continue
        links = _Links(answer.text())
        yield name, address
        for link in links.found:
            target = urljoin(address, link).partition("#")[0]
            if target.startswith("/") and target not in known and not target.startswith(("/language/", "/logout/")):
                known.add(target)
                if often.get(_name_of(target), 0) < 2:
                    waiting.append(target)


class _Links(HTMLParser):
    """Where the links of a page lead, without showing it: most pages that are walked over are in a picture already."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") if tag == "a" else None
        if address:
            self.found.append(address)


def _name_of(address: str) -> str:
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def _picture(page: Page, address: str, path: Path) -> None:
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        page.screenshot(path=f"{path}-{size}.png", full_page=True)


def _names() -> list[str]:
    """The name of every address that shows a page."""
    from django.urls import get_resolver

    return sorted(key for key in get_resolver().reverse_dict if isinstance(key, str))


def _free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def _wait(base: str) -> None:
    for _ in range(1200):
        try:
            urllib.request.urlopen(base + "/", timeout=5).read()
            break
        except OSError:
            time.sleep(0.2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parindex.config.settings")
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
