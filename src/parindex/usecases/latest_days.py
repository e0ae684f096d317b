"""How far ahead a deadline may lie: further, it is a slip of the pen."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max

from parindex.database.models import Phase
from parindex.domain.review.refusal import Refusal

#: No deadline lies further behind the last phase of its cycle than this.
FURTHEST = timedelta(days=2 * 365)


def check_not_too_far(cycle_id: int, until: datetime, at: datetime) -> None:
    """Refused (``extension_too_far``) with the last day that can be meant. One query."""
    latest = Phase.objects.filter(cycle=cycle_id).aggregate(ends=Max("ends_at"))["ends"]
    last = max(filter(None, (latest, at))) + FURTHEST
    if until > last:
        raise Refusal("extension_too_far", until=until, last=last)
