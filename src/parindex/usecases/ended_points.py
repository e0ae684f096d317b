"""Why given points count no more: withdrawn, by whom and why, as the log has it; or others came in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from parindex.database.models import AuditRecord, GivenPoints
from parindex.database.queries.key_pieces import pieces


@dataclass(frozen=True, slots=True)
class Ending:
    """When points ended and who ended them, "" where nobody knows; ``reason`` of what was withdrawn, ``instead`` the
    points that came in their place.
    """

    at: datetime
    name: str = ""
    reason: str = ""
    instead: GivenPoints | None = None


def endings(rows: Iterable[GivenPoints]) -> Mapping[int, Ending]:
    """How those of ``rows`` that count no more have ended, by their keys. Two queries, none where all count."""
    over = [(one, one.withdrawn_at) for one in rows if one.withdrawn_at is not None]
    came: dict[tuple[int, str, datetime], GivenPoints] = {}
    for some in pieces({one.entry_id for one, _ in over}):
        others = GivenPoints.objects.filter(entry__in=some).select_related("recorded_by")
        came |= {(one.entry_id, one.given_by, one.recorded_at): one for one in others}
    withdrawn: dict[str, AuditRecord] = {}
    for some in pieces(one.pk for one, _ in over):
        log = AuditRecord.objects.filter(object_kind="given_points", object_id__in=[str(pk) for pk in some])
        withdrawn |= {row.object_id: row for row in log.filter(action="withdraw_given_points").order_by("sequence")}
    found = {}
    for one, at in over:
        row, instead = withdrawn.get(str(one.pk)), came.get((one.entry_id, one.given_by, at))
        if row is not None:
            found[one.pk] = Ending(at, row.actor_name, row.reason)
        elif instead is not None:
            found[one.pk] = Ending(at, instead.recorded_by.full_name, instead=instead)
        else:
            found[one.pk] = Ending(at)
    return found
