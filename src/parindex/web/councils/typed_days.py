"""Days as forms of councils carry them."""

from __future__ import annotations

from datetime import date, datetime

from parindex.domain.review.refusal import Refusal
from parindex.wording.moments import VIET_NAM

#: Years in which papers are dated.
_YEARS = (1945, 2100)


def day_in(typed: str) -> date:
    """The day that is typed as ngày/tháng/năm; refused (``not_a_day``, ``day_out_of_range``) for anything else."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            found = datetime.strptime(typed.strip()[:40], form).replace(tzinfo=VIET_NAM).date()
        except ValueError:
            continue
        if not _YEARS[0] <= found.year <= _YEARS[1]:
            raise Refusal("day_out_of_range", typed=typed[:40], first=_YEARS[0], last=_YEARS[1])
        return found
    raise Refusal("not_a_day", typed=typed[:40])
