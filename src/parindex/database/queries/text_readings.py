"""What was read of explanations, many at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from parindex.database.models import TextReading
from parindex.database.queries.prepared import prepared

#: As many digests as one query asks for: those of a sheet, those of many. Two lengths, so that SQL is written twice.
_FEW, _MANY = 100, 500


@prepared
def _kept(digests: list[str], reader: str) -> QuerySet[TextReading, tuple[str, str]]:
    rows = TextReading.objects.filter(digest__in=digests, reader=reader)
    return rows.order_by().values_list("digest", "reading")


def kept_readings(digests: Collection[str], reader: str) -> dict[str, str]:
    """The readings that ``reader`` made of texts, by digest; one query for every 500 (of up to 100, one)."""
    ordered = sorted(digests)
    at_once = _FEW if len(ordered) <= _FEW else _MANY
    found: dict[str, str] = {}
    for at in range(0, len(ordered), at_once):
        some = ordered[at : at + at_once]
        some += some[-1:] * (at_once - len(some))
        found.update(_kept(digests=some, reader=reader))
    return found


def keep_readings(readings: Mapping[str, str], reader: str, at: datetime) -> None:
    """Keep what ``reader`` read of texts, by digest; in the place of what another reader made of them."""
    rows: Iterable[TextReading] = (
        TextReading(digest=digest, reader=reader, reading=reading, read_at=at)
        for digest, reading in sorted(readings.items())  # in one order: who writes the same texts waits, none deadlocks
    )
    TextReading.objects.bulk_create(
        rows, batch_size=_MANY, update_conflicts=True, unique_fields=["digest"],
        update_fields=["reader", "reading", "read_at"],
    )  # fmt: skip
