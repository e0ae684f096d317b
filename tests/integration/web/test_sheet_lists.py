"""The list of score sheets: its filters, and nonsense in its address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.world import World

pytestmark = pytest.mark.both

Person = Callable[[str], Client]


def test_the_list_of_sheets_has_its_filters_in_the_address(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    assert "2 phiếu" in client.get("/sheets/").text
    one = client.get("/sheets/", {"q": "y tế"}).text
    assert "1 phiếu" in one
    assert "Sở Tư pháp" not in one
    assert "Không có phiếu nào khớp" in client.get("/sheets/", {"state": "submitted"}).text
    assert "Sở Tư pháp" not in as_person("owner").get("/sheets/").text
    assert "Chưa có phiếu nào" in as_person("appraiser").get("/sheets/").text.replace("Sở Tư pháp", "")


@pytest.mark.parametrize("asked", [{"cycle": "x"}, {"from": "-1"}, {"from": "9" * 30}, {"state": "<b>"}, {"q": "%"}])
def test_nonsense_in_the_address_of_the_list(made: World, as_person: Person, asked: dict[str, str]) -> None:
    assert as_person("standing_office").get("/sheets/", asked).status_code == 200
