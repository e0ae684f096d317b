"""What everybody may read: publications whose embargo has ended, and the results of units through the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from parindex.database.models import Cycle, OutsideResult, Publication, UnitResult
from parindex.database.queries.prepared import prepared
from parindex.database.queries.publication_bundles import shown_fingerprint, with_bundles


@dataclass(frozen=True, slots=True)
class OwnPublications:
    """The publications of a cycle's owner that are public, and the one of the cycle that counts now.

    ``current`` is None before the first is public; ``awaited`` is when it will be, where that is decided.
    """

    current: Publication | None
    public: Sequence[Publication]
    awaited: Publication | None

    def versions_of(self, cycle: int) -> list[Publication]:
        """The publications of a cycle, the first one first."""
        return [one for one in self.public if one.cycle_id == cycle]

    @property
    def stamp(self) -> tuple[tuple[int, int, str], ...]:
        """What pages follow from: every publication that is public, what was kept from the public since, and which
        bundle holds both.
        """
        return tuple((one.pk, withheld_count(one), shown_fingerprint(one)) for one in self.public)

    @property
    def latest(self) -> list[Publication]:
        """The publication that counts now of each cycle, by year."""
        found = {one.cycle_id: one for one in self.public}
        return sorted(found.values(), key=lambda one: (one.cycle.year, one.cycle_id))


@prepared
def _of_owner(cycle: int) -> QuerySet[Publication]:
    return with_bundles().filter(cycle__owner__cycles=cycle).order_by("cycle_id", "number")


def publications_around(cycle_id: int, at: datetime) -> OwnPublications:
    """One query: every publication of the owner of a cycle, those under embargo told apart."""
    rows = _of_owner(cycle=cycle_id)
    public = [one for one in rows if one.public_from <= at]
    own = [one for one in public if one.cycle_id == cycle_id]
    awaited = [one for one in rows if one.cycle_id == cycle_id and one.public_from > at]
    return OwnPublications(own[-1] if own else None, public, awaited[0] if awaited else None)


def withheld_count(publication: Publication) -> int:
    """How many texts of its cycle were kept from the public when a publication was read."""
    return publication.withheld or 0  # type: ignore[attr-defined]  # annotated


def all_publications() -> list[Publication]:
    """Every publication of every owner, the latest year first; those under embargo too, which only show their date."""
    return list(
        Publication.objects.select_related("cycle", "finalisation")
        .defer("finalisation__minutes", "log_heads", "difference")
        .order_by("-cycle__year", "cycle__owner_path", "cycle__title", "cycle_id", "number")
    )


def owner_name(cycle: Cycle) -> str:
    """What the owner of a cycle was called when it was opened."""
    versions = list(cycle.owner.versions.order_by("valid_from"))
    opened = localdate(cycle.opened_at or cycle.created_at)
    valid = [one for one in versions if one.valid_from <= opened and (one.valid_to is None or opened <= one.valid_to)]
    return (valid or versions)[-1].name if versions else cycle.owner.code


def ranked_rows(publication: Publication) -> list[UnitResult]:
    """The results of all units without their detail, in the order of groups and sheets, each with the key of its unit
    (``unit_id``). One query.
    """
    rows = UnitResult.objects.filter(finalisation=publication.finalisation_id).defer("detail")
    return list(rows.annotate(unit_id=F("sheet__unit_id")).order_by("group_code", "position", "pk"))


def details_of_group(publication: Publication, group: str, *, ranked: bool = False) -> Iterator[UnitResult]:
    """The results of a group with their details, one after the other, in order; ``ranked``: only those with a rank."""
    rows = UnitResult.objects.filter(finalisation=publication.finalisation_id, group_code=group)
    if ranked:
        rows = rows.filter(rank__isnull=False)
    yield from rows.order_by("position", "pk").iterator(chunk_size=50)


def results_through_years(publications: Sequence[Publication], unit_code: str) -> list[UnitResult]:
    """The results of a unit in these publications, without their detail."""
    finalisations = [one.finalisation_id for one in publications]
    rows = UnitResult.objects.filter(finalisation__in=finalisations, unit_code=unit_code)
    return list(rows.defer("detail").select_related("finalisation"))


@prepared
def outside_results(code: str) -> QuerySet[OutsideResult]:
    """What others have published of a unit, and was not withdrawn; the latest year first."""
    return OutsideResult.objects.filter(unit__code=code, withdrawn_at=None).order_by("-year", "pk")


def ranks_by_group(publication: Publication) -> list[tuple[str, int | None]]:
    """Group and rank of every unit. One query."""
    rows = UnitResult.objects.filter(finalisation=publication.finalisation_id).order_by()
    return list(rows.values_list("group_code", "rank"))


def ranked_in_group(publication: Publication, group: str) -> list[int]:
    """The ranks of a group. One query."""
    rows = UnitResult.objects.filter(finalisation=publication.finalisation_id, group_code=group, rank__isnull=False)
    return [rank for rank in rows.order_by("rank").values_list("rank", flat=True) if rank is not None]
