"""What the forms of results send, and who sends them."""

from __future__ import annotations

from django.test import Client
from tests.factories.world import World

MINUTES = {"minutes_number": "12/BB-HĐTĐ", "minutes_date": "02/03/2026", "minutes": "Thống nhất kết quả."}
DECISION = {"decision_number": "345/QĐ-UBND", "decision_date": "05/03/2026", "public_from": ""}


def logged_in(made: World, name: str) -> Client:
    """The browser of a person of the world."""
    client = Client()
    client.force_login(made.people[name])
    return client


def address(made: World, act: str = "") -> str:
    """The page of the results of a cycle, or of an act on them."""
    return f"/cycles/{made.cycle.pk}/results/{act}"
