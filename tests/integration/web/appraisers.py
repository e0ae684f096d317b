"""Browsers of the people of a council, and what they send."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld


def browser(world: AppraisalWorld, name: str) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def address(world: AppraisalWorld, code: str, act: str = "", *, other: bool = False) -> str:
    """The address of an item of the sheet of Sở Y tế (``other``: of Sở Tư pháp), or of an act on it."""
    sheet = world.made.other_sheet if other else world.made.sheet
    return f"/appraisals/{sheet.pk}/{code}/{act}"


def form_of(page: Any) -> dict[str, str]:
    """What the decision form of a page sends beside what is typed."""
    return dict(re.findall(r'<input type="hidden" name="(seen|next|known)" value="([^"]*)"', page.text))
