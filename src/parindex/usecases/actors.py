"""The person behind an account, as rights see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from parindex.database.models import User
from parindex.database.queries.accounts import grants_on, path_on
from parindex.domain.review.roles import Actor, Grant, Role


@dataclass(frozen=True, slots=True)
class Session:
    """Who acts from where: the account, the rights behind it, the network address that the log keeps."""

    user: User
    actor: Actor
    address: str = ""


def session_of(user: User, at: datetime, address: str = "") -> Session:
    """The rights of ``user`` on the day of ``at``, with the path of each unit as of that day: two queries."""
    day = localdate(at)
    grants = tuple(
        Grant(Role(role), path, subtree, cycle) for role, path, subtree, cycle in grants_on(user=user.pk, day=day)
    )
    own = path_on(unit=user.unit_id, day=day) if user.unit_id is not None else []
    return Session(user, Actor(user.pk, user.full_name, own[0][0] if own else "", grants), address)
