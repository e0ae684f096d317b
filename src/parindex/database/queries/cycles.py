"""Reading cycles: which ones a person may see, because they oversee them or a unit of theirs takes part."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from parindex.database.models import Cycle, ScoreSheet, SheetPart
from parindex.database.queries.score_sheets import cycle_facts, sheets
from parindex.domain.review.permissions import check_can_see_cycle
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Actor, Grant, Role

#: The roles with which one takes part in a cycle of somebody else: by a part that one leads, or a sheet of one's body.
_LEADING = frozenset({Role.UNIT_OFFICER, Role.UNIT_LEADER})
_OF_BODY = _LEADING | {Role.STANDING_OFFICE}


def seen_cycles(actor: Actor) -> list[Cycle]:
    """The cycles whose title, notice and timetable this person may see, the latest year first; one query."""
    found = (
        Cycle.objects.annotate(takes_part=Exists(_sheets(actor).filter(cycle=OuterRef("pk"))))
        .filter(Q(takes_part=True) | _held("owner_path", actor.grants))
        .order_by("-year", "title", "pk")
    )
    return [
        one
        for one in found
        if refusal(check_can_see_cycle, actor, cycle_facts(one, one.owner_path), takes_part=one.takes_part) is None
    ]


def own_sheets(actor: Actor, cycle: Cycle) -> list[ScoreSheet]:
    """The sheets of a cycle that this person takes part in; one query."""
    mine = _sheets(actor).filter(cycle=cycle).values("pk")
    return list(sheets().filter(pk__in=mine).order_by("position", "pk"))


def _sheets(actor: Actor) -> QuerySet[ScoreSheet]:
    leading = _held("lead_path", [grant for grant in actor.grants if grant.role in _LEADING])
    parts = SheetPart.objects.filter(leading, sheet=OuterRef("pk"))
    body = _held("unit_path", [grant for grant in actor.grants if grant.role in _OF_BODY])
    return ScoreSheet.objects.filter(body | Exists(parts))


def _held(column: str, grants: Iterable[Grant]) -> Q:
    """The condition for paths that one of the roles reaches."""
    found = Q(pk=None)
    for grant in grants:
        found |= Q(**{column: grant.path})
        if grant.subtree:
            found |= Q(**{f"{column}__startswith": grant.path + "/"})
    return found
