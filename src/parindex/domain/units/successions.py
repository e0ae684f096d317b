"""Whether a successor has taken the place of its predecessor, or was given a part of it.

Who has taken a place goes on with the work of the unit that ended. A unit that goes on keeps its work, whoever was
given a part of it: while it holds, only that somebody was given a part can be said. When it ends, what is said of a
succession counts; of those of which nothing is said, the days decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from parindex.domain.units.records import UnitRecord


def takes_over(said: bool | None, begun: date | None, ended: date | None) -> bool | None:
    """Whether the place of a unit whose last day is ``ended`` was taken by a decision that made a successor on
    ``begun`` (None: by one that made no version of it); None while the unit goes on and nobody says that it was a part.

    Whoever was there before it ended was given a part.
    """
    if ended is None:
        return None if said is None or said else False
    if said is not None:
        return said
    return begun is None or begun > ended


def last_days_known(records: Iterable[UnitRecord]) -> dict[str, date | None]:
    """Of each unit, the last day of its last version; None where that still holds."""
    last: dict[str, UnitRecord] = {}
    for one in records:
        if one.code not in last or one.first >= last[one.code].first:
            last[one.code] = one
    return {code: one.valid_to for code, one in last.items()}
