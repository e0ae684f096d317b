"""The foot of every page: whom to ask, and in the demonstration what is invented."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.factories.world import World

Person = Callable[[str], Client]


def footer(page: str) -> str:
    found = re.search(r"<footer.*?</footer>", page, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("address", ["/", "/login/", "/help/", "/home/", "/khong-co/"])
def test_whom_to_ask_stands_on_every_page(made: World, as_person: Person, settings: Any, address: str) -> None:
    settings.CONTACT = "Sở Nội vụ <0215 3825 000>"
    client = as_person("owner") if address == "/home/" else Client()
    assert "Liên hệ: Sở Nội vụ &lt;0215 3825 000&gt;" in footer(client.get(address).text)


def test_nothing_stands_there_where_nothing_is_set(made: World, settings: Any) -> None:
    settings.CONTACT, settings.DEMO = "", False
    foot = footer(Client().get("/login/").text)
    assert "Liên hệ" not in foot
    assert "Dùng thử" not in foot


def test_the_demonstration_says_what_is_invented(made: World, settings: Any) -> None:
    settings.DEMO = True
    assert "bộ tiêu chí, số liệu và điểm đã công bố là thật" in footer(Client().get("/login/").text)
