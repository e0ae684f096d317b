"""Flags that say what the council judged otherwise what was claimed alike: looked at whenever what is granted moves.

Entries are alike where item, group, claim and points by the rule are the same. What is looked at stands on other
sheets, which the act does not hold: so this comes behind its record, never before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from parindex.database.models import Entry, ItemAppraisal
from parindex.database.models.entries import EntryState
from parindex.database.queries.flags import (
    GRANTED,
    granted_alike,
    granted_counts,
    judged_flags,
)
from parindex.domain.review.judged_alike import Judged, judged_differently, minority
from parindex.usecases.flag_rows import facts_text, recount, row_of, write_flags

#: What is granted now: whether anything is, and the points.
Grant = tuple[bool, str]


def grant_of(one: ItemAppraisal) -> Grant:
    """What the council grants an entry: points of a lower level count only once the item is settled."""
    return one.state in GRANTED, one.points if one.state in GRANTED else ""


@transaction.atomic(savepoint=False)
def refresh_judged(entries: Iterable[Entry], at: datetime) -> None:
    """Look anew at whether what is claimed as ``entries`` claim it was judged alike, after something was granted there
    or taken back.

    Two queries for each claim where nothing has changed. An entry that somebody else holds is passed over, and looked
    at when that one is done. Those that are held from now on are on sheets of others, who may wait for the head of the
    log: the caller has it already.
    """
    alike: dict[tuple[int, str, str, str], Entry] = {}
    for one in entries:
        if one.state != EntryState.PENDING:  # others give its points, so that nothing of it is claimed alike
            alike.setdefault((one.sheet.group_id, one.item_code, one.points, one.rule_points), one)
    for one in alike.values():
        _refresh(one, at)


def _refresh(entry: Entry, at: datetime) -> None:
    alike: dict[str, Any] = {
        "sheet": entry.sheet_id, "item": entry.item_code, "points": entry.points, "rule_points": entry.rule_points,
    }  # fmt: skip
    flagged = minority(dict(granted_counts(**alike)))
    stand = {key: (pk, facts) for pk, key, facts in judged_flags(**alike)}
    if not flagged and not stand:
        return
    rows = [Judged(*row) for row in granted_alike(**alike)] if flagged else []
    found = judged_differently(rows, has_rule=bool(entry.rule_points))
    changed = {
        key for key in stand.keys() | found.keys()
        if key not in stand or key not in found or stand[key][1] != facts_text(found[key].facts)
    }  # fmt: skip
    free = set(_held(changed))
    gone = [stand[key][0] for key in sorted(free & stand.keys())]
    write_flags([row_of(key, found[key], at) for key in sorted(free & found.keys())], gone, at)
    recount(free)


def _held(entries: Collection[int]) -> list[int]:
    """Those of ``entries`` that nobody else holds, held now."""
    rows = ItemAppraisal.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=sorted(entries))
    return list(rows.order_by("pk").values_list("pk", flat=True))
