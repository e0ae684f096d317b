"""Reading accounts: what each person holds where, in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from parindex.database.models import RoleGrant, UnitSuccession, UnitVersion, User
from parindex.database.models.councils import Council, CouncilMember
from parindex.database.queries.prepared import prepared
from parindex.database.queries.units import below, latest_on, names_and_paths
from parindex.domain.review.account_permissions import offices_below
from parindex.domain.review.roles import Actor, Grant, Role


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


@prepared
def grants_on(user: int, day: date) -> QuerySet[RoleGrant, tuple[int, int, str, str | None, bool, int | None, bool]]:
    """Every role of a person: key, unit, role, path of ``day`` (None: the unit does not hold), whether units below are
    meant, cycle, and whether the unit has taken anything over from others.
    """
    current = Q(unit__versions__valid_from__lte=day) & (
        Q(unit__versions__valid_to=None) | Q(unit__versions__valid_to__gte=day)
    )
    grants = RoleGrant.objects.filter(user=user, ended_at=None).annotate(
        current=FilteredRelation("unit__versions", condition=current), path=F("current__path"), follows=_follows("unit")
    )
    return grants.order_by("pk").values_list("pk", "unit_id", "role", "path", "subtree", "cycle_id", "follows")


def _follows(unit: str) -> Exists:
    return Exists(UnitSuccession.objects.filter(successor=OuterRef(unit), takes_over=True))


@prepared
def seats_in_councils(user: int) -> QuerySet[Council, tuple[int, str | None]]:
    """Every cycle that has a council, and as what this person sits on it; None: they do not."""
    mine = CouncilMember.objects.filter(council=OuterRef("pk"), user=user, left_at=None)
    rows = Council.objects.annotate(seat=Subquery(mine.values("role")[:1]))
    return rows.order_by("pk").values_list("cycle_id", "seat")


def cycles_of(grant: Grant, column: str) -> Q:
    """The condition that a role counts in the cycle that ``column`` names, as :meth:`Grant.counts_in` says of one."""
    wanted = Q() if grant.cycle is None else Q(**{column: grant.cycle})
    return wanted & ~Q(**{f"{column}__in": sorted(grant.closed)}) if grant.closed else wanted


@prepared
def standing_grants(user: int) -> QuerySet[User, tuple[int | None]]:
    """The keys of the roles that a person holds; None for none, and no row where the account is not in use."""
    standing = FilteredRelation("grants", condition=Q(grants__ended_at=None))
    rows = User.objects.filter(pk=user, is_active=True).annotate(standing=standing)
    return rows.order_by().values_list("standing__pk")


@prepared
def path_on(unit: int, day: date) -> QuerySet[UnitVersion, tuple[str, bool]]:
    """Where a unit stands on ``day``, or stood last, and whether it has taken anything over; no row before it began."""
    begun = UnitVersion.objects.filter(unit=unit, valid_from__lte=day).annotate(follows=_follows("unit"))
    return begun.order_by("-valid_from").values_list("path", "follows")[:1]


def offices_on(day: date) -> frozenset[str]:
    """The paths of the units that have a standing office of their own; one query."""
    holding = RoleGrant.objects.filter(role=Role.STANDING_OFFICE, cycle=None, ended_at=None, user__is_active=True)
    units = latest_on(day).filter(unit__in=holding.values("unit"))
    return frozenset(units.order_by("path").values_list("path", flat=True))


def kept_below(grant: Grant, offices: Collection[str]) -> Q:
    """The condition for versions of the units whose people a standing office keeps by this role."""
    found = below(grant.path)
    for one in offices_below(grant, offices):
        found &= ~below(one)
    return found


def parents_kept(actor: Actor, offices: Collection[str]) -> Q:
    """The condition for versions of units to put others below, as ``check_can_put_units_below`` says."""
    if Role.ADMINISTRATOR in actor.roles:
        return ~Q(pk=None)
    found = Q(pk=None)
    for grant in actor.grants:
        if grant.role is Role.STANDING_OFFICE:
            found |= kept_below(grant, offices)
    return found


def kept_units(actor: Actor, offices: Collection[str]) -> Q:
    """The condition for versions of the units whose people somebody keeps, as ``check_can_manage_accounts`` says."""
    found = parents_kept(actor, offices)
    for grant in actor.grants:
        if grant.role is Role.UNIT_LEADER:
            found |= below(grant.path) if grant.subtree else Q(path=grant.path)
    return found
