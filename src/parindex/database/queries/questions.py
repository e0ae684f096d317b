"""What units have asked the standing office beside items and nobody has answered: it follows from who wrote last."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.timezone import localdate

from parindex.database.models import Comment, RoleGrant, UnitVersion
from parindex.database.models.entries import Audience
from parindex.domain.review.roles import Role


def _is_office_of(unit: str, path: str) -> Exists:
    """Whether the author of a comment was of the standing office of ``unit``, which stands at ``path``, when writing
    it; a role above that names the units below counts, and one where the place of a unit that has ended was taken.
    """
    today = localdate()
    stands = UnitVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today)
    gone = ~Exists(stands.filter(unit=OuterRef(OuterRef(unit))))
    followed = Q(unit__follows__predecessor=OuterRef(unit), unit__follows__takes_over=True) & gone
    held = RoleGrant.objects.alias(place=ExpressionWrapper(OuterRef(path), CharField())).filter(
        Q(ended_at=None) | Q(ended_at__gt=OuterRef("at")),
        Q(unit=OuterRef(unit))
        | followed
        | Q(subtree=True, place__startswith=Concat("unit__versions__path", Value("/"))),
        user=OuterRef("author"),
        role=Role.STANDING_OFFICE,
    )
    return Exists(held)


def asked() -> QuerySet[Comment]:
    """What units said to the standing office.

    Who compiles the sheet of a body answers the units that lead its items, and asks the owner of the cycle about those
    that the body enters itself.
    """
    said = Comment.objects.filter(audience=Audience.STANDING_OFFICE).annotate(
        by_owner=_is_office_of("entry__sheet__cycle__owner", "entry__sheet__cycle__owner_path"),
        by_body=_is_office_of("entry__sheet__unit", "entry__sheet__unit_path"),
    )
    own = Q(entry__part__lead_unit=F("entry__sheet__unit"))
    return said.filter(by_owner=False).exclude(Q(by_body=True) & ~own)


def waiting(offices: Collection[str]) -> QuerySet[Comment]:
    """The questions that wait for the standing offices at ``offices`` (paths), the oldest first, in running cycles."""
    later = Comment.objects.filter(entry=OuterRef("entry"), audience=Audience.STANDING_OFFICE, pk__gt=OuterRef("pk"))
    mine = Q(entry__sheet__cycle__owner_path__in=offices) | Q(entry__sheet__unit_path__in=offices, by_body=False)
    running = Q(entry__sheet__cycle__state__in=("open", "appraisal"))
    return asked().filter(mine, running, ~Exists(later)).order_by("at", "pk")


def asked_since(owner: int, unit: int | None, since: datetime) -> QuerySet[Comment]:
    """What people of ``unit`` asked in the cycles of ``owner`` since a moment."""
    return asked().filter(entry__sheet__cycle__owner=owner, author__unit=unit, at__gte=since)
