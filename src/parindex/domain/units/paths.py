"""Where each unit stands in the tree in the course of time: its path from the root, and from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from parindex.domain.units.records import UnitRecord

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DatedPath:
    """``path`` is the codes from the root down while ``record`` holds, from ``first`` to ``last`` (None: open)."""

    record: UnitRecord
    path: str
    first: date
    last: date | None


def is_within(path: str, above: str) -> bool:
    """Whether the unit at ``path`` is the one at ``above`` or below it (``a/b`` is in ``a``, ``ab`` is not)."""
    return path == above or path.startswith(above + "/")


def dated_paths(records: Iterable[UnitRecord]) -> list[DatedPath]:
    """Every record, split where its path changes because a unit above it moves; in the order of records, then of time.

    Where a parent does not hold, the unit is a root for so long, and so is a unit of a circle: no unit may be without
    a place because of a mistake that :mod:`parindex.domain.units.check` reports.
    """
    ordered = list(records)
    versions: dict[str, list[UnitRecord]] = {}
    for record in sorted(ordered, key=lambda one: one.first):
        versions.setdefault(record.code, []).append(record)
    found: list[DatedPath] = []
    for record in ordered:
        found.extend(_of_record(record, versions))
    return found


def _of_record(record: UnitRecord, versions: Mapping[str, Sequence[UnitRecord]]) -> list[DatedPath]:
    found: list[DatedPath] = []
    day = record.first
    while day <= record.last:
        codes, until = _upwards(record, day, versions)
        path = "/".join(reversed(codes))
        last = None if until == date.max else until
        if found and found[-1].path == path:
            found[-1] = DatedPath(record, path, found[-1].first, last)
        else:
            found.append(DatedPath(record, path, day, last))
        if last is None:
            break
        day = last + _DAY
    return found


def _upwards(record: UnitRecord, day: date, versions: Mapping[str, Sequence[UnitRecord]]) -> tuple[list[str], date]:
    """The codes from ``record`` up to its root on ``day``, and the last day on which none of them changes."""
    codes, until = [record.code], record.last
    above = record.parent
    while above is not None and above not in codes:
        known = versions.get(above, ())
        here = next((one for one in known if one.holds_on(day)), None)
        if here is None:
            starts = [one.first for one in known if one.first > day]
            return codes, min(until, min(starts) - _DAY) if starts else until
        codes.append(above)
        until = min(until, here.last)
        above = here.parent
    return codes, until
