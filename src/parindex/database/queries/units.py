"""Reading units: names and places as of a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

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
