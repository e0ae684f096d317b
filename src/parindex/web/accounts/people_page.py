"""What the list of accounts shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import localdate

from parindex.database.models import RoleGrant, User
from parindex.database.queries.accounts import Held, held_by, kept_units, offices_on
from parindex.database.queries.units import latest_on, names_and_paths
from parindex.domain.review.roles import Actor, Role
from parindex.usecases.lock_outs import all_locked_names
from parindex.web.typed_numbers import asked_page

PAGE = 100
STATES = ("active", "invited", "locked", "deactivated")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything unknown is left out."""

    state: str = ""
    role: str = ""
    search: str = ""
    page: int = 1

    def query(self, **changes: object) -> str:
        """The address of the same list with some of it changed."""
        words: dict[str, object] = {"state": self.state, "role": self.role, "search": self.search, "page": self.page}
        words.update(changes)
        return "?" + urlencode({name: value for name, value in words.items() if value and (name, value) != ("page", 1)})


def filters_of(asked: MultiValueDict[str, str]) -> Filters:
    """The filters of an address."""
    return Filters(
        state=state if (state := asked.get("state") or "") in STATES else "",
        role=role if (role := asked.get("role") or "") in set(Role) else "",
        search=" ".join((asked.get("search") or "").split())[:100],
        page=asked_page(asked.get("page")),
    )


@dataclass(frozen=True, slots=True)
class Person:
    """One account of the list; ``state`` is one of :data:`STATES`."""

    user: User
    unit_name: str
    roles: Sequence[Held]
    state: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The accounts that somebody manages: how many in which state, and one page of them."""

    people: Sequence[Person]
    counts: dict[str, int]
    filters: Filters
    found: int
    pages: int

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return (self.filters.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.people) - 1


def visible_accounts(actor: Actor, at: datetime) -> QuerySet[User]:
    """The accounts of units below one's own, and of people from elsewhere who hold a role there."""
    if Role.ADMINISTRATOR in actor.roles:
        return User.objects.all()
    day = localdate(at)
    units = latest_on(day).filter(kept_units(actor, offices_on(day))).values("unit")
    holding = RoleGrant.objects.filter(user=OuterRef("pk"), ended_at=None, unit__in=units)
    return User.objects.filter(Q(unit__in=units) | Exists(holding))


def people_page(actor: Actor, filters: Filters, at: datetime) -> PeoplePage:
    """Nine queries or fewer, however many accounts there are."""
    locked = all_locked_names(at)
    conditions = {
        "active": Q(is_active=True),
        "invited": Q(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX, is_demo=False, last_login=None),
        "locked": Q(is_active=True, username__in=locked),
        "deactivated": Q(is_active=False),
    }
    seen = visible_accounts(actor, at)
    counts = seen.aggregate(**{name: Count("pk", filter=condition) for name, condition in conditions.items()})
    asked = seen
    if filters.state:
        asked = asked.filter(conditions[filters.state])
    if filters.role:
        asked = asked.filter(Exists(RoleGrant.objects.filter(user=OuterRef("pk"), ended_at=None, role=filters.role)))
    if filters.search:
        asked = asked.filter(_matches(filters.search, at))
    found = asked.count()
    start = (filters.page - 1) * PAGE
    users = list(asked.order_by("full_name", "pk")[start : start + PAGE])
    day = localdate(at)
    held = held_by([user.pk for user in users], day)
    names = names_and_paths({user.unit_id for user in users if user.unit_id}, day)
    people = [
        Person(user, names[user.unit_id][0] if user.unit_id else "", held[user.pk], state_of(user, locked))
        for user in users
    ]
    return PeoplePage(people, counts, filters, found, max(1, -(-found // PAGE)))


def _matches(search: str, at: datetime) -> Q:
    # SQLite compares letters beyond ASCII exactly: the usual ways of writing them are all asked for.
    found = Q()
    for words in {search, search.lower(), search.capitalize(), search.title()}:
        named = latest_on(localdate(at)).filter(Q(name__icontains=words) | Q(short_name__icontains=words))
        found |= Q(full_name__icontains=words) | Q(unit__in=named.values("unit"))
    return found | Q(username__icontains=search) | Q(email__icontains=search)


def state_of(user: User, locked: set[str]) -> str:
    """The state that matters most."""
    if not user.is_active:
        return "deactivated"
    if user.username in locked:
        return "locked"
    return "active" if user.is_in_use else "invited"
