"""Every page of the URLconf, seen by somebody who may see it, in both languages, on a desk and on a phone.

The pages and who may see them come from ``tests/integration/web/rights.yaml``, so that a new page is looked at as soon
as it has its rights. Pages that need the same to have happened, and that the same person sees, are looked at in one
world; each in a browser that has never been here, or has forgotten all that it had from here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, Response

from parindex.database.models import User
from parindex.domain.review.roles import Role
from tests.factories.rights_given import rights_after
from tests.factories.rights_world import RightsWorld
from tests.integration.web.rights import VISITOR, Row, Who, rows
from tests.integration.web.test_rights_matrix import address_of
from tests.journeys import axe, looks
from tests.journeys.conftest import DESKTOP, LANGUAGE_COOKIE, PHONE, Open, Watch, log_in

#: Who is asked to look, where several may.
PREFERRED = (
    Role.UNIT_OFFICER, Role.STANDING_OFFICE, Role.UNIT_LEADER, Role.ADMINISTRATOR, Role.AUDITOR, Role.CHAIR,
    Role.APPRAISER, Role.SECRETARY, Role.SURVEY_STAFF,
)  # fmt: skip
#: The folder where pictures are kept (``make screenshots``); "": none are taken.
SHOTS = os.environ.get("PARINDEX_SHOTS", "")
#: Pages of one test, so that two workers share them evenly.
AT_ONCE = 6


#: A page of its own, made for bundles, with its own policy and both languages: test_verifier_page.py looks at it.
VERIFIER = "public_verifier"


def viewer(row: Row) -> Who:
    """Nobody in particular where that is enough, else the first role that may."""
    if VISITOR in row.may:
        return VISITOR
    return next((str(role), "own") for role in PREFERRED if (str(role), "own") in row.may)


class Visit(NamedTuple):
    """Somebody sees some pages after something has happened."""

    who: Who
    given: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """How a test calls it."""
        return " ".join([self.who[0], *self.given, f"from {self.rows[0].url}"])


def visits() -> Iterator[Visit]:
    """Every page that somebody may see, once."""
    seen = (row for row in rows() if row.method == "GET" and row.may and row.url != VERIFIER)
    pages = sorted(seen, key=lambda row: (viewer(row), row.given))
    for (who, given), same in groupby(pages, key=lambda row: (viewer(row), row.given)):
        found = tuple(same)
        for start in range(0, len(found), AT_ONCE):
            yield Visit(who, given, found[start : start + AT_ONCE])


VISITS = list(visits())


def person(rights: RightsWorld, who: Who) -> User | None:
    """The account behind a role."""
    return None if who == VISITOR else rights.people[Role(who[0]), who[1]]


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
@pytest.mark.usefixtures("transactional_db")
def test_every_page(visit: Visit, open_browser: Open, watch: Watch) -> None:
    rights = rights_after(*visit.given)
    found = {}
    user = person(rights, visit.who)
    page = open_browser(user)
    for row in visit.rows:
        address = address_of(rights, row) + (f"?{row.query.format(**rights.places)}" if row.query else "")
        forget(page, watch.home)
        log_in(page.context, user, watch.home)
        faults = look(page, address, watch, row)
        faults["browser says"], watch.said = watch.unexpected(), []
        found[row.name] = {kind: one for kind, one in faults.items() if one}
    assert {name: faults for name, faults in found.items() if faults} == {}


def forget(page: Page, home: str) -> None:
    """Files, cookies and whatever pages have kept: a browser that is started anew for each page takes twice as long."""
    if page.url.startswith(home):
        page.evaluate("() => sessionStorage.clear()")
        page.goto("about:blank")
    page.context.clear_cookies()
    tools = page.context.new_cdp_session(page)
    tools.send("Storage.clearDataForOrigin", {"origin": home, "storageTypes": "all"})
    tools.send("Network.clearBrowserCache")
    for is_off in (True, False):  # files that the last page had in memory
        tools.send("Network.setCacheDisabled", {"cacheDisabled": is_off})
    tools.detach()
    looks.resize(page, *DESKTOP)


def look(page: Page, address: str, watch: Watch, row: Row) -> dict[str, list[str]]:
    """What is wrong with a page, by kind; nothing where it is a file to keep, or leads on to a page for others."""
    loaded: list[Response] = []
    shown = opened(page, address, loaded)
    leads_on = shown is not None and shown.status == 403 and not shown.url.endswith(address)
    if shown is None or leads_on or not shown.headers["content-type"].startswith("text/html"):
        watch.said = []  # of a picture, the browser's own page; of what leads on, that it was refused here
        return {}
    watch.expected = ["401"] if shown.status == 401 else []
    found = kept_to_policy(shown) | {"weight": too_heavy(loaded)} | accessible(page)
    if SHOTS:
        take_pictures(page, Path(SHOTS).resolve() / re.sub(r"\W+", "-", row.name).strip("-"))
    page.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": "en", "url": watch.home}])
    page.goto(address)
    return found | in_english(page)


def opened(page: Page, address: str, loaded: list[Response]) -> Response | None:
    """The page with all that it loads; None for a file that the browser keeps instead of showing it."""

    def listen(answer: Response) -> None:
        loaded.append(answer)

    page.on("response", listen)
    try:
        return page.goto(address)
    except Error as failed:
        if "Download is starting" not in failed.message:
            raise
        return None
    finally:
        page.remove_listener("response", listen)


def take_pictures(page: Page, path: Path) -> None:
    """The page at both sizes, for who looks at it."""
    for size, (width, height) in {"desktop": DESKTOP, "phone": PHONE}.items():
        looks.resize(page, width, height)
        page.screenshot(path=f"{path}-{size}.png", full_page=True)


def accessible(page: Page) -> dict[str, list[str]]:
    """What axe and a finger find at the sizes of a desk and of a phone, and what a narrow window finds."""
    found = worded(page, "vi")
    for width in looks.at_every_width(page):
        found[f"vi: sideways at {width}"] = looks.too_wide(page)
        if width in looks.JUDGED:
            found[f"small at {width}"] = looks.small_targets(page)
            found[f"axe at {width}"] = axe.findings(page, colours=width == DESKTOP[0])  # the same colours
    return found


def in_english(page: Page) -> dict[str, list[str]]:
    """What other words change: what fits, what is named; the same markup, colours and sizes are looked at once."""
    found = worded(page, "en")
    for width in looks.at_every_width(page, reversed(looks.WIDTHS)):  # from where the window was left
        found[f"en: sideways at {width}"] = looks.too_wide(page)
    return found


def worded(page: Page, language: str) -> dict[str, list[str]]:
    """What a page says of its language, and what it leaves unnamed."""
    return {
        f"{language}: language": [one for one in [page.evaluate("document.documentElement.lang")] if one != language],
        f"{language}: tables without caption": looks.tables_without_caption(page),
    }


def kept_to_policy(answer: Response) -> dict[str, list[str]]:
    """What the content policy forbids, and what is said of it."""
    source, headers = answer.text(), answer.headers
    policy = headers["content-security-policy"]
    return {
        "forbidden markup": looks.forbidden_markup(source, urlsplit(answer.url).netloc),
        "not compressed": [] if headers.get("content-encoding") == "gzip" else [str(headers)],
        "policy": [] if policy.startswith("default-src 'none'; script-src 'self'") else [policy],
    }


def too_heavy(loaded: list[Response]) -> list[str]:
    """What the first visit and a later one weigh, where that is too much."""
    sizes = {one.url: looks.wire_size(one.body(), one.headers["content-type"]) for one in loaded if one.status == 200}
    page = sum(size for url, size in sizes.items() if "/static/" not in url)
    return [] if sum(sizes.values()) <= looks.FIRST_VISIT and page <= looks.LATER_VISIT else [str(sizes)]
