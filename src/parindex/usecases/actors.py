"""The person behind an account, as rights see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.utils.timezone import localdate

from parindex.database.models import RoleGrant, UnitVersion, User
from parindex.domain.review.roles import Actor, Grant, Role


@dataclass(frozen=True, slots=True)
class Session:
    """Who acts from where: the account, the rights behind it, the network address that the log keeps."""

    user: User
    actor: Actor
    address: str = ""


def session_of(user: User, at: datetime, address: str = "") -> Session:
    """The rights of ``user`` on the day of ``at``: one query for grants, with the path of each unit as of that day."""
    on = localdate(at)
    current = Q(unit__versions__valid_from__lte=on) & (
        Q(unit__versions__valid_to=None) | Q(unit__versions__valid_to__gte=on)
    )
    rows = (
        RoleGrant.objects.filter(current, user=user, ended_at=None)
        .annotate(path=F("unit__versions__path"))
        .values_list("role", "path", "subtree", "cycle_id")
    )
    grants = tuple(Grant(Role(role), path, subtree, cycle) for role, path, subtree, cycle in rows)
    return Session(user, Actor(user.pk, user.full_name, _own_path(user, at), grants), address)


def _own_path(user: User, at: datetime) -> str:
    """The path of the unit that employs ``user`` on the day of ``at``; "" where it has none."""
    if user.unit_id is None:
        return ""
    version = (
        UnitVersion.objects.filter(unit_id=user.unit_id, valid_from__lte=localdate(at))
        .filter(Q(valid_to=None) | Q(valid_to__gte=localdate(at)))
        .values_list("path", flat=True)
        .first()
    )
    return version or ""
