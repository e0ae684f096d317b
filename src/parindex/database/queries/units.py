"""Reading units: names and places as of a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from parindex.database.models import UnitVersion


def versions_on(day: date) -> QuerySet[UnitVersion]:
    """The version of every unit that is valid on ``day``."""
    return UnitVersion.objects.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


def below(path: str) -> Q:
    """The condition for versions at ``path`` or below it."""
    return Q(path=path) | Q(path__startswith=path + "/")


def names_and_paths(units: Collection[int], day: date) -> dict[int, tuple[str, str]]:
    """Name and path of each unit on ``day``; of a unit that is closed the last ones, of a later one the first ones."""
    found: dict[int, tuple[str, str]] = {}
    rows = UnitVersion.objects.filter(unit__in=units).order_by("unit", "valid_from")
    for unit, name, path, first in rows.values_list("unit", "name", "path", "valid_from"):
        if first <= day or unit not in found:
            found[unit] = (name, path)
    return found


def path_of(unit: int | None, day: date) -> str:
    """The path of a unit on ``day``, as :func:`names_and_paths`; "" for none."""
    return "" if unit is None else names_and_paths([unit], day)[unit][1]


def latest_on(day: date) -> QuerySet[UnitVersion]:
    """The version of every unit that has begun by ``day``: the one that holds, or the last one of a closed unit."""
    later = UnitVersion.objects.filter(
        unit=OuterRef("unit"), valid_from__lte=day, valid_from__gt=OuterRef("valid_from")
    )
    return UnitVersion.objects.filter(~Exists(later), valid_from__lte=day)


def within(paths: Collection[str]) -> Q:
    """The condition for versions at any of ``paths`` or below them."""
    found = Q(pk=None)
    for path in paths:
        found |= below(path)
    return found


#: No unit is called by more; a longer pattern is one that databases refuse.
LONGEST_NAME = 300


def unit_named(typed: str, day: date) -> UnitVersion | None:
    """The unit of ``day`` that somebody means by its code or its name; None where none or several are meant."""
    wanted = " ".join(typed.split())
    if not wanted or len(wanted) > LONGEST_NAME:
        return None
    exact = versions_on(day).filter(unit__code__iexact=wanted).first()
    if exact is not None:
        return exact
    named = list(versions_on(day).filter(Q(name__iexact=wanted) | Q(short_name__iexact=wanted)).order_by("pk")[:2])
    return named[0] if len(named) == 1 else None
