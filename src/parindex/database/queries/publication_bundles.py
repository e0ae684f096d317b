"""The bundle of a publication that counts now: the last that was made of it, unless words were kept from the public
since.
"""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from parindex.database.models import Publication, PublicationBundle
from parindex.database.queries.withheld_texts import count_withheld


def of_last_bundle(field: str, publication: str) -> Subquery:
    """A field of the last bundle, beside rows that name their publication ``publication``; None for none."""
    rows = PublicationBundle.objects.filter(publication=OuterRef(publication)).order_by("-number")
    return Subquery(rows.values(field)[:1])


def shown_fingerprint(publication: Publication) -> str:
    """The fingerprint of the bundle that counts, "" where there is none; of a publication that was read with
    :func:`of_last_bundle` and :func:`count_withheld`. No query.
    """
    fingerprint, made_with = publication.bundle, publication.bundle_withheld  # type: ignore[attr-defined]  # annotated
    return str(fingerprint) if fingerprint and made_with == (publication.withheld or 0) else ""  # type: ignore[attr-defined]


def with_bundles() -> QuerySet[Publication]:
    """Publications with what :func:`shown_fingerprint` asks of them, without snapshots and minutes."""
    rows = Publication.objects.select_related("cycle", "finalisation__snapshot").defer(
        "finalisation__snapshot__content", "finalisation__minutes", "log_heads", "difference"
    )
    return rows.annotate(
        withheld=count_withheld("cycle"), bundle=of_last_bundle("fingerprint", "pk"),
        bundle_withheld=of_last_bundle("withheld", "pk"),
    )  # fmt: skip


def bundles_of(publication: Publication) -> list[PublicationBundle]:
    """Every bundle that was made of a publication, the last one first. One query."""
    return list(PublicationBundle.objects.filter(publication=publication).order_by("-number"))


def current_bundle(publication: Publication) -> PublicationBundle | None:
    """The bundle that counts now; None while it has still to be made. Two queries."""
    withheld = Publication.objects.filter(pk=publication.pk).values_list(count_withheld("cycle"), flat=True).get()
    last = next(iter(bundles_of(publication)), None)
    return last if last is not None and last.withheld == (withheld or 0) else None
