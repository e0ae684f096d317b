"""People whom a form of a council names."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from parindex.database.models import Cycle, User
from parindex.database.models.councils import CouncilMember
from parindex.database.queries.units import below, names_and_paths, versions_on
from parindex.domain.review.refusal import Refusal

#: So many people are offered; others can be typed.
_OFFERED = 300


def candidates(cycle: Cycle, day: date) -> list[tuple[str, str]]:
    """Accounts of the owner and of the units right below it that are not on the council yet: what is typed for each,
    and who that is. Three queries.
    """
    near = versions_on(day).filter(below(cycle.owner_path))
    depth = cycle.owner_path.count("/") + 1
    units = [unit for unit, path in near.values_list("unit", "path") if path.count("/") <= depth]
    seated = CouncilMember.objects.filter(council__cycle=cycle, left_at=None).values("user")
    people = list(
        User.objects.filter(unit__in=units, is_active=True)
        .exclude(pk__in=seated)
        .order_by("full_name", "pk")[:_OFFERED]
    )
    names = names_and_paths({one.unit_id for one in people if one.unit_id is not None}, day)
    return [
        (one.username, f"{one.full_name}, {names[one.unit_id][0]}" if one.unit_id is not None else one.full_name)
        for one in people
    ]


def person_named(typed: str) -> User:
    """The account that somebody means by username, address or full name; refused (``person_not_found``) where none or
    several are meant.
    """
    wanted = " ".join(typed.split())[:150]
    people = User.objects.filter(is_active=True)
    found = list(people.filter(Q(username__iexact=wanted) | Q(email__iexact=wanted)).exclude(username="")[:2])
    if not found:
        found = list(people.filter(full_name__iexact=wanted)[:2])
    if len(found) != 1:
        raise Refusal("person_not_found", typed=wanted)
    return found[0]
