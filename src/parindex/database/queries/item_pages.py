"""What the page of one item reads, prepared: each is one query."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery

from parindex.database.models import (
    Citation,
    Comment,
    Entry,
    Figure,
    NotAssessedProposal,
    NotAssessedRequest,
    RoleGrant,
    ScoreSheet,
    SetReplacement,
)
from parindex.database.models.entries import Audience
from parindex.database.queries.figure_origins import is_taken
from parindex.database.queries.prepared import prepared
from parindex.database.queries.score_sheets import sheets


@prepared
def sheet_by_id(sheet: int) -> QuerySet[ScoreSheet]:
    """A sheet with what its pages need beside it, and when its set was last replaced inside the year."""
    replaced = SetReplacement.objects.filter(group=OuterRef("group_id")).order_by("-pk").values("replaced_at")
    return sheets().filter(pk=sheet).annotate(replaced_at=Subquery(replaced[:1]))


@prepared
def entry_of_item(sheet: int, code: str) -> QuerySet[Entry]:
    """The entry of an item with its part."""
    return Entry.objects.filter(sheet=sheet, item_code=code).select_related("part").order_by()


@prepared
def figures_of_measures(unit: int, measures: list[str]) -> QuerySet[Figure]:
    """The figures of a unit, of every year, each with whether it was taken of a signed bundle."""
    return Figure.objects.filter(unit=unit, measure__in=measures).annotate(is_taken=is_taken()).order_by("pk")


@prepared
def comments_on(entry: int, units: list[int], audiences: list[str]) -> QuerySet[Comment]:
    """What was said about an entry; inside a unit only what people of ``units`` said.

    An item that has moved to another lead unit leaves the talk inside the former one behind.
    """
    ours = Q(author__in=RoleGrant.objects.filter(unit__pk__in=units).values("user"))
    said = Comment.objects.filter(entry=entry, audience__in=audiences)
    return said.filter(ours | ~Q(audience=Audience.UNIT)).order_by("at", "pk")


@prepared
def entry_of_year(unit: int, owner: int, year: int, code: str) -> QuerySet[Entry]:
    """The entry of an item in the last sheet of a unit in the cycles on a set of a year, with its sheet."""
    rows = Entry.objects.filter(
        item_code=code, sheet__unit=unit, sheet__group__set_version__year=year, sheet__cycle__owner=owner
    ).select_related("sheet", "sheet__cycle", "sheet__group", "sheet__group__set_version")
    return rows.defer("sheet__group__set_version__content").order_by("-sheet")[:1]


@prepared
def last_request(entry: int) -> QuerySet[NotAssessedRequest]:
    """The last request that an entry leaves the maximum, with who asked, who decided, and whether it is withheld from
    the public.
    """
    rows = NotAssessedRequest.objects.filter(entry=entry).select_related("requested_by", "decided_by", "withheld")
    return rows.order_by("-pk")[:1]


@prepared
def proposal_of(group: int, kind: str, code: str) -> QuerySet[NotAssessedProposal]:
    """What the standing office proposes about an item for units of a kind."""
    return NotAssessedProposal.objects.filter(group=group, unit_kind=kind, item_code=code).order_by("pk")


@prepared
def citations_in(entry: int) -> QuerySet[Citation]:
    """What an entry cites, with the documents that are there."""
    return Citation.objects.filter(entry=entry).select_related("document").order_by("by_hand", "position", "pk")


@prepared
def citations_elsewhere(sheet: int, entry: int, numbers: list[str]) -> QuerySet[Citation]:
    """Where other entries of a sheet cite the same numbers."""
    rows = Citation.objects.filter(entry__sheet=sheet, number_key__in=numbers).exclude(entry=entry)
    return rows.select_related("entry").order_by("pk")
