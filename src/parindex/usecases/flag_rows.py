"""Flags as rows beside their entries: stored, gone, counted with where the entry stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from parindex.database.models import Flag, ItemAppraisal
from parindex.database.queries.flags import StoredFlag, stored_flags
from parindex.database.queries.key_pieces import pieces
from parindex.domain.review.flags import ASKS_REASON, FoundFlag, gravest

BATCH = 500


def row_of(entry: int, flag: FoundFlag, at: datetime) -> Flag:
    """A flag of an entry, not stored yet."""
    return Flag(
        entry_id=entry, kind=flag.kind.value, key=flag.key, severity=flag.severity.value, facts=facts_text(flag.facts),
        raised_at=at,
    )  # fmt: skip


def facts_text(facts: Mapping[str, object]) -> str:
    """The facts of a flag as they are stored: two texts are equal where the facts are."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def counts(severities: Sequence[str]) -> tuple[int, str]:
    """How many open flags ask for a reason, and the gravest of all that are open."""
    return sum(one in ASKS_REASON for one in severities), gravest(severities) or ""


def by_entry(flags: Iterable[StoredFlag]) -> dict[int, list[StoredFlag]]:
    """Flags by the key of their entry."""
    found: dict[int, list[StoredFlag]] = {}
    for one in flags:
        found.setdefault(one.entry_id, []).append(one)
    return found


def write_flags(made: Sequence[Flag], gone: Sequence[int], at: datetime) -> None:
    """Store new flags, and that others are gone."""
    for keys in pieces(gone):
        Flag.objects.filter(pk__in=keys).update(gone_at=at)
    Flag.objects.bulk_create(made, batch_size=BATCH)


def write_counts(counted: Mapping[int, tuple[int, str]]) -> None:
    """Entries with the same counts are written together."""
    alike: dict[tuple[int, str], list[int]] = {}
    for entry, now in counted.items():
        alike.setdefault(now, []).append(entry)
    for (flags, worst), entries in alike.items():
        for keys in pieces(entries):
            ItemAppraisal.objects.filter(pk__in=keys).update(flags=flags, worst=worst)


def recount(entries: Iterable[int]) -> None:
    """Count the open flags of some entries anew."""
    keys = sorted(set(entries))
    counted = dict.fromkeys(keys, counts([]))
    for entry, flags in by_entry(stored_flags(Q(entry__in=keys))).items():
        counted[entry] = counts([one.severity for one in flags if not one.is_dismissed])
    write_counts(counted)
