"""Reading the audit log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from parindex.database.models import AuditRecord, UnitVersion
from parindex.database.queries.units import below


def records(
    *,
    chain: str = "",
    unit_paths: Collection[str] | None = None,
    action: str = "",
    actor: str = "",
    since: date | None = None,
    until: date | None = None,
    object_kind: str = "",
    object_id: str = "",
) -> QuerySet[AuditRecord]:
    """Records, newest first. ``unit_paths`` limits them to units there (None: no limit); each filter may be empty."""
    found = AuditRecord.objects.select_related("chain")
    if chain:
        found = found.filter(chain__key=chain)
    if unit_paths is not None:
        within = Q(pk__in=[])
        for path in unit_paths:
            within |= below(path)
        found = found.filter(unit__in=UnitVersion.objects.filter(within).values("unit"))
    if action:
        found = found.filter(action=action)
    if actor:
        found = found.filter(actor_name__icontains=actor)
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lte=until)
    if object_kind and object_id:
        found = found.filter(object_kind=object_kind, object_id=object_id)
    return found.order_by("-at", "-pk")
