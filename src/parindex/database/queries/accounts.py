"""Reading accounts: what each person holds where, in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from parindex.database.models import RoleGrant
from parindex.database.queries.units import names_and_paths
from parindex.domain.review.roles import Grant, Role


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person holds: as rights see it, and as a page shows it."""

    id: int
    grant: Grant
    unit_id: int
    unit_name: str
    cycle_title: str


def held_by(users: Collection[int], day: date) -> Mapping[int, list[Held]]:
    """The roles of each of ``users`` that are not ended; two queries."""
    rows = list(
        RoleGrant.objects.filter(user__in=users, ended_at=None)
        .select_related("cycle")
        .order_by("user", "role", "unit__code", "pk")
    )
    units = names_and_paths({row.unit_id for row in rows}, day)
    found: dict[int, list[Held]] = {user: [] for user in users}
    for row in rows:
        name, path = units[row.unit_id]
        grant = Grant(Role(row.role), path, row.subtree, row.cycle_id)
        found[row.user_id].append(Held(row.pk, grant, row.unit_id, name, row.cycle.title if row.cycle else ""))
    return found
