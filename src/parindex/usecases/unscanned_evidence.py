"""Evidence that is signed before the virus scanner has spoken, and what is found in it afterwards.

Signing is never refused for it: a scanner that is down must not cost a unit its deadline. Whoever signs is told, the
log says which documents had not been scanned, and what is found later is named as the cause.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from parindex.database.models import Attachment, Submission
from parindex.database.models.evidence import ScanState
from parindex.database.queries.evidence import of_last_version

#: What no scanner has let through yet.
UNSCANNED = (ScanState.QUARANTINED, ScanState.TOO_LARGE)


@dataclass(frozen=True, slots=True)
class Unscanned:
    """A document that proves an item and that nobody can open; ``is_beyond_scanner``: nor ever will, as it is."""

    code: str
    document: str
    is_beyond_scanner: bool


def unscanned_of(sheet: int, part: int | None) -> list[Unscanned]:
    """In reading order, a document once an item, by the version that counts. One query."""
    rows = _attached(sheet, part).filter(removed_at=None).annotate(scan=of_last_version("file__scan"))
    rows = rows.filter(scan__in=UNSCANNED).order_by("entry__position", "pk")
    found = rows.values_list("entry__item_code", "document__title", "scan")
    return list(dict.fromkeys(Unscanned(code, title, scan == ScanState.TOO_LARGE) for code, title, scan in found))


@dataclass(frozen=True, slots=True)
class Infected:
    """A document that was taken off a signed item, because a virus was found in it."""

    code: str
    document: str


def infected_since(submission: Submission) -> list[Infected]:
    """What the scanner has taken off since this was signed; only it takes off without a name. One query."""
    rows = _attached(submission.sheet_id, submission.part_id)
    rows = rows.filter(added_at__lte=submission.submitted_at, removed_at__gt=submission.submitted_at, removed_by=None)
    found = rows.order_by("entry__position", "pk").values_list("entry__item_code", "document__title")
    return [Infected(code, title) for code, title in found]


def differs_otherwise(signed: str, now: str, infected: Sequence[Infected]) -> bool:
    """Whether two claims differ in more than the evidence of the items that lost an infected document."""
    codes = {one.code for one in infected}

    def without(claim: str) -> object:
        data = json.loads(claim)
        for item in data["items"]:
            if item["code"] in codes:
                item["evidence"] = []
        return data

    return without(signed) != without(now)


def _attached(sheet: int, part: int | None) -> QuerySet[Attachment]:
    rows = Attachment.objects.filter(entry__sheet=sheet)
    return rows if part is None else rows.filter(entry__part=part)
