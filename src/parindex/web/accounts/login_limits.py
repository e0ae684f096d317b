"""How many wrong passwords are too many: for a name from one address, for a name from everywhere, from one address.

The first limit is low: it stops guessing, and whoever reaches it locks only themselves out. The wider ones stop who
guesses from many addresses, or many names; they are high, because they lock others out as well. An address adds no
more to the count of a name than the first limit, so that it takes many addresses to lock somebody out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, Sum
from django.http import HttpRequest


class Limit(StrEnum):
    """Which limit was reached."""

    NAME_AND_ADDRESS = "name_and_address"
    NAME = "name"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Reached:
    """A limit that was reached, with how many wrong passwords."""

    limit: Limit
    failures: int


class LoginLimits(AxesDatabaseHandler):
    """Counts as django-axes does, and more widely; ``request.login_limit`` tells which limit was reached."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The failures that count against the first limit: one that reaches a wider limit reaches the first."""
        counted: int = super().get_failures(request, credentials)
        reached = Reached(Limit.NAME_AND_ADDRESS, counted) if counted >= settings.AXES_FAILURE_LIMIT else None
        reached = reached or _wider(request, credentials)
        request.login_limit = reached  # type: ignore[attr-defined]
        return max(counted, settings.AXES_FAILURE_LIMIT) if reached else counted


def _wider(request: HttpRequest, credentials: dict[str, Any] | None) -> Reached | None:
    """One query; wrong codes of the second factor, which have no address, are counted elsewhere."""
    name = Q(username=get_client_username(request, credentials))
    address = Q(ip_address=request.axes_ip_address)  # type: ignore[attr-defined]
    recent = AccessAttempt.objects.filter(
        name | address, attempt_time__gte=get_cool_off_threshold(request), ip_address__isnull=False
    )
    found = recent.aggregate(
        name=Sum("failures_since_start", filter=name), address=Sum("failures_since_start", filter=address)
    )
    if (found["name"] or 0) >= settings.LOGIN_FAILURES_OF_A_NAME:
        return Reached(Limit.NAME, found["name"])
    if (found["address"] or 0) >= settings.LOGIN_FAILURES_OF_AN_ADDRESS:
        return Reached(Limit.ADDRESS, found["address"])
    return None
