"""Reading units: names and places as of a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from parindex.database.models import UnitVersion


def versions_on(day: date) -> QuerySet[UnitVersion]:
    """The version of every unit that is valid on ``day``."""
    return UnitVersion.objects.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


def below(path: str) -> Q:
    """The condition for versions at ``path`` or below it."""
    return Q(path=path) | Q(path__startswith=path + "/")
