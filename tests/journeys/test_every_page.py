"""Every page of the URLconf, seen by somebody who may see it, in both languages, on a desk and on a phone.

The pages and who may see them come from ``tests/integration/web/rights.yaml``, so that a new page is looked at as soon
as it has its rights.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response

from parindex.database.models import User
from parindex.domain.review.roles import Role
from tests.factories.rights_given import GIVEN
from tests.factories.rights_world import RightsWorld
from tests.integration.web.rights import VISITOR, Row, Who, rows
from tests.integration.web.test_rights_matrix import address_of
from tests.journeys import looks
from tests.journeys.conftest import DESKTOP, PHONE, Open, Watch

#: Who is asked to look, where several may.
PREFERRED = (
    Role.UNIT_OFFICER, Role.STANDING_OFFICE, Role.UNIT_LEADER, Role.ADMINISTRATOR, Role.AUDITOR, Role.CHAIR,
    Role.APPRAISER, Role.SECRETARY, Role.SURVEY_STAFF,
)  # fmt: skip


def viewer(row: Row) -> Who:
    """Nobody in particular where that is enough, else the first role that may."""
    if VISITOR in row.may:
        return VISITOR
    return next((str(role), "own") for role in PREFERRED if (str(role), "own") in row.may)


PAGES = [row for row in rows() if row.method == "GET" and row.may]


def person(rights: RightsWorld, who: Who) -> User | None:
    """The account behind a role."""
    return None if who == VISITOR else rights.people[Role(who[0]), who[1]]


@pytest.fixture
def address(rights: RightsWorld, row: Row) -> str:
    """Where the page is in this world."""
    for given in row.given:
        GIVEN[given](rights)
    return address_of(rights, row) + (f"?{row.query}" if row.query else "")


def shown(page: Page, address: str, watch: Watch) -> Response | None:
    """The page at an address; None where it is a file to keep, or leads on to a page for somebody else."""
    answer = page.request.get(address)
    leads_on = answer.status == 403 and not answer.url.endswith(address)
    if leads_on or not answer.headers["content-type"].startswith("text/html"):
        return None
    if answer.status == 401:
        watch.expect("401")
    return page.goto(address)


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_is_accessible(
    rights: RightsWorld, row: Row, address: str, open_browser: Open, watch: Watch, language: str
) -> None:
    page = open_browser(person(rights, viewer(row)), language=language)
    if shown(page, address, watch) is None:
        return
    assert page.locator("html").get_attribute("lang") == language
    found = {"sideways": looks.sideways(page), "tables without caption": looks.tables_without_caption(page)}
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        found[f"small at {width}"] = looks.small_targets(page)
        found[f"axe at {width}"] = looks.axe_findings(page)
    assert {kind: one for kind, one in found.items() if one} == {}


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_a_page_keeps_to_policy_and_weight(
    rights: RightsWorld, row: Row, address: str, open_browser: Open, watch: Watch
) -> None:
    page = open_browser(person(rights, viewer(row)))
    loaded: list[Response] = []
    page.on("response", lambda one: loaded.append(one))
    answer = shown(page, address, watch)
    if answer is None:
        return
    assert looks.forbidden_markup(answer.text(), urlsplit(answer.url).netloc) == []
    assert page.request.get(address).headers["content-encoding"] == "gzip"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    sizes = {one.url: looks.wire_size(one.body(), one.headers["content-type"]) for one in loaded if one.status == 200}
    assert sum(sizes.values()) <= looks.FIRST_VISIT, sizes
    assert sum(size for url, size in sizes.items() if "/static/" not in url) <= looks.LATER_VISIT, sizes
