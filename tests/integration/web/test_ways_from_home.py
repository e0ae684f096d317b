"""What the first page promises a role, and what its rights open, has a way from the menu or from one's own work."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.world import World

from parindex.database.models import RoleGrant, ScoreSheet, SheetPart
from parindex.domain.review.roles import Role
from parindex.web.layout.menu import ROOMS

Person = Callable[[str], Client]
#: Somebody with each role, and the pages that its line on the first page speaks of.
PROMISED = {
    Role.ADMINISTRATOR: ("administrator", ("/accounts/", "/units/")),
    Role.STANDING_OFFICE: (
        "standing_office", ("/sets/", "/cycles/", "/cycles/{cycle}/", "/sheets/", "/accounts/", "/log/")
    ),
    Role.UNIT_OFFICER: ("owner", ("/sheets/", "/sheets/{sheet}/", "/documents/", "/sets/")),
    Role.UNIT_LEADER: ("leader", ("/sheets/", "/sheets/{sheet}/", "/documents/", "/sets/", "/accounts/")),
    Role.APPRAISER: ("appraiser", ("/cycles/", "/sheets/")),
    Role.CHAIR: ("chair", ("/cycles/", "/sheets/", "/sets/")),
    Role.SECRETARY: ("secretary", ("/cycles/", "/sheets/", "/sets/")),
    Role.SURVEY_STAFF: ("survey_staff", ("/sets/", "/sets/versions/{version}/", "/sets/versions/{version}/rows/7/")),
    Role.AUDITOR: ("auditor", ("/sheets/", "/log/", "/cycles/", "/sets/")),
}  # fmt: skip


def links(client: Client, address: str) -> set[str]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return {found.split("?")[0].split("#")[0] for found in re.findall(r'href="(/[^"]*)"', answer.text)}


def test_every_role_is_looked_at(made: World) -> None:
    assert set(PROMISED) == set(Role)


@pytest.mark.parametrize("role", list(Role))
def test_what_is_promised_is_linked_and_opens(made: World, as_person: Person, role: Role) -> None:
    name, promised = PROMISED[role]
    client = as_person(name)
    linked = links(client, "/home/")
    if "/accounts/" in linked:
        linked |= links(client, "/accounts/")  # the units stand beside the accounts
    for address in promised:
        where = address.format(cycle=made.cycle.pk, sheet=made.sheet.pk, version=made.version.pk)
        assert where in linked, where
        assert client.get(where, follow=True).status_code == 200, where


@pytest.mark.parametrize("role", list(Role))
def test_at_most_six_entries(role: Role) -> None:
    assert sum(role in roles or key == "home" for key, _, _, roles in ROOMS) <= 6


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_offers_nothing_that_is_refused(made: World, as_person: Person, role: Role) -> None:
    client = as_person(PROMISED[role][0])
    page = client.get("/home/").text
    menu = page.split('id="menu"', 1)[1].split("</nav>", 1)[0]
    found = re.findall(r'href="(/[^"]*)"', menu)
    assert found
    assert [(one, client.get(one).status_code) for one in found] == [(one, 200) for one in found]


def test_an_appraiser_comes_to_the_submitted_sheets(made: World, as_person: Person) -> None:
    SheetPart.objects.filter(sheet=made.sheet).update(state="submitted")
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state="submitted")
    client = as_person("appraiser")
    assert "/sheets/" in links(client, "/home/")
    assert any(one.startswith(f"/sheets/{made.sheet.pk}/") for one in links(client, "/sheets/"))


def test_who_runs_surveys_finds_the_items_at_home(made: World, as_person: Person) -> None:
    page = as_person("survey_staff").get("/home/").text
    assert "1 mục chấm từ điều tra" in page
    assert "Điều tra lãnh đạo" in page
    assert "Điều tra lãnh đạo" not in as_person("chair").get("/home/").text
    grant = RoleGrant.objects.get(user=made.people["survey_staff"])
    grant.unit = made.department  # a leader gives the role at the own unit: the set is the one of the owner above
    grant.save()
    assert "1 mục chấm từ điều tra" in as_person("survey_staff").get("/home/").text
    made.cycle.state = "published"
    made.cycle.save()
    assert "chấm từ điều tra" not in as_person("survey_staff").get("/home/").text


def test_an_administrator_learns_what_is_theirs(made: World, as_person: Person) -> None:
    page = as_person("administrator").get("/home/").text
    assert "Khi kỳ đánh giá mở" not in page
    assert "giao vai trò và gửi lời mời" in page
    RoleGrant.objects.create(
        user=made.people["administrator"], role=Role.SURVEY_STAFF, unit=made.province, granted_at=made.cycle.created_at
    )
    assert "giao vai trò và gửi lời mời" not in as_person("administrator").get("/home/").text
