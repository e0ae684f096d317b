"""The time that a head names: the points of last year, or those before a change, are not the points that count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parindex.documents.printed_text import folded

_PAST = re.compile(
    r"\bnam (truoc|ngoai|cu|lien truoc|lien ke)\b|\b(ky|lan|dot) (truoc|cu)\b|\bdiem( so)? cu\b|truoc day"
)
_NEW = re.compile(r"\bmoi\b|hien hanh|nam nay|ky nay|sau (sua doi|dieu chinh)")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def is_past(head: str) -> bool:
    """Whether a head says that its column is of an earlier time ("Tự chấm của năm trước", "Điểm cũ")."""
    return bool(_PAST.search(folded(head)))


def year_of(head: str) -> int | None:
    """The last year that a head names."""
    return max(map(int, _YEAR.findall(head)), default=None)


def newest(heads: Sequence[str]) -> list[int]:
    """The positions of the heads of the latest time: new over old, no year over a year, a later year over an earlier
    one.
    """
    ranks = [(not is_past(head), bool(_NEW.search(folded(head))), year_of(head) or 9999) for head in heads]
    return [at for at, rank in enumerate(ranks) if rank == max(ranks)]
