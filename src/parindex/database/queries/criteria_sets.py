"""Reading criteria sets: versions with their owner, one query each unless said otherwise."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from parindex.database.models import CriteriaSetVersion, FindingDecision, OfficialPaper, UnitVersion
from parindex.database.models.criteria_sets import SetState
from parindex.database.queries.units import versions_on
from parindex.domain.review.permissions import check_can_read_drafts, check_can_read_sets
from parindex.domain.review.roles import Actor


def set_versions(day: date) -> QuerySet[CriteriaSetVersion]:
    """Versions with paper and owner; ``owner_path`` and ``owner_name`` are those of ``day``."""
    owners = versions_on(day).filter(unit=OuterRef("criteria_set__owner")).order_by("-valid_from")
    return CriteriaSetVersion.objects.select_related(
        "criteria_set", "criteria_set__started_from", "paper", "paper__file", "created_by", "frozen_by"
    ).annotate(owner_path=Subquery(owners.values("path")[:1]), owner_name=Subquery(owners.values("name")[:1]))


def papers(day: date) -> QuerySet[OfficialPaper]:
    """Papers with their owner as of ``day``."""
    owners = versions_on(day).filter(unit=OuterRef("owner")).order_by("-valid_from")
    return OfficialPaper.objects.select_related("file", "uploaded_by").annotate(
        owner_path=Subquery(owners.values("path")[:1]), owner_name=Subquery(owners.values("name")[:1])
    )


def check_can_read_version(actor: Actor, version: CriteriaSetVersion) -> None:
    """Frozen versions are read by everybody of the owner, drafts by who writes or audits them."""
    path: str = version.owner_path or ""  # type: ignore[attr-defined]
    if version.state == SetState.FROZEN:
        check_can_read_sets(actor, path)
    else:
        check_can_read_drafts(actor, path)


def of_one_reading(version: CriteriaSetVersion, day: date) -> list[CriteriaSetVersion]:
    """The versions that were made together from one paper, in the order of its tables."""
    if version.paper_id is None:
        return list(set_versions(day).filter(pk=version.pk))
    together = Q(paper=version.paper_id, created_at=version.created_at)
    return list(set_versions(day).filter(together).order_by("table_number", "pk"))


def decisions_of(versions: Collection[int]) -> list[FindingDecision]:
    """Everything that was decided and edited in drafts, oldest first."""
    return list(
        FindingDecision.objects.filter(version__in=versions)
        .select_related("decided_by", "undone_by")
        .order_by("decided_at", "pk")
    )


def readable_owners(actor: Actor, day: date) -> QuerySet[UnitVersion]:
    """Units that own sets which this person may read, frozen ones at least."""
    wanted = Q(pk__in=[])
    for grant in actor.grants:
        steps = grant.path.split("/")
        above = ["/".join(steps[: at + 1]) for at in range(len(steps))]
        wanted |= Q(path__in=above) | Q(path__startswith=grant.path + "/")
    return versions_on(day).filter(wanted, unit__criteria_sets__isnull=False).distinct().order_by("path")
