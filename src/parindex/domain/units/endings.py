"""When units end: after which days, by which decision, and whose work a change of the tree hands on.

A unit ends with a version that no other one continues. It ends, like it was founded, by a decision that can be found;
a version that another one follows ends by the decision of that one.

=============================  =========================================================================
kind                           what is wrong; facts
=============================  =========================================================================
unit_ends_without_decision     number or date of the decision that ends it is missing; ``unit``, ``day``
unit_ending_without_day        a decision ends it and no last day is given; ``unit``
=============================  =========================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from parindex.domain.errors import Place, Problem
from parindex.domain.units.records import Decision, Succession, UnitRecord

_DAY = timedelta(days=1)
PlaceOf = Callable[[int, str], Place]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a unit; ``ending``: the decision by which the unit ends with it."""

    record: UnitRecord
    ending: Decision = field(default_factory=Decision)


def last_days(records: Iterable[UnitRecord]) -> frozenset[tuple[str, date]]:
    """Each unit with the days after which it does not hold."""
    held: dict[str, list[UnitRecord]] = {}
    for one in records:
        if not one.is_reversed:
            held.setdefault(one.code, []).append(one)
    return frozenset(
        (code, last)
        for code, versions in held.items()
        for last in [one.valid_to for one in versions]
        if last is not None and not any(other.holds_on(last + _DAY) for other in versions)
    )


def check_endings(
    before: Iterable[Version], after: Sequence[Version], *, place: PlaceOf | None = None
) -> list[Problem]:
    """The units that end in ``after`` and not by a decision; see the table of this module. Nothing is said of those
    that ended without one already ``before``.

    ``place`` says where a field of a version stands; without it a place is the code of the unit.
    """
    known = [one for one in before if not one.ending.is_complete]
    tolerated = {(one.record.code, one.record.valid_to) for one in known}
    at = place or (lambda number, _: Place(code=after[number].record.code))
    return list(_problems(last_days(one.record for one in after) - tolerated, after, at))


def _problems(new: frozenset[tuple[str, date]], after: Sequence[Version], place: PlaceOf) -> Iterator[Problem]:
    for number, one in enumerate(after):
        code, last = one.record.code, one.record.valid_to
        if last is None and one.ending != Decision():
            yield Problem("unit_ending_without_day", place(number, "valid_to"), {"unit": code})
        if last is not None and (code, last) in new and not one.ending.is_complete:
            yield Problem("unit_ends_without_decision", place(number, "ending"), {"unit": code, "day": last})


def decided_by_successions(version: Version, successions: Iterable[tuple[Succession, date | None]]) -> Decision:
    """The decision that ends a version: its own, else that by which another unit took its place the day after.

    ``successions`` with the day from which the successor holds.
    """
    last = version.record.valid_to
    if version.ending != Decision() or last is None:
        return version.ending
    found = (
        one.decision
        for one, first in successions
        if one.predecessor == version.record.code and first == last + _DAY and one.takes_over is not False
    )
    return next(found, Decision())


def handed_on(
    before: tuple[Sequence[UnitRecord], Iterable[Succession]], after: tuple[Sequence[UnitRecord], Iterable[Succession]]
) -> frozenset[str]:
    """The units whose work is handed on, or handed back, by a change: they end otherwise, or others follow them.

    A unit that goes on keeps its work, whoever is recorded as its successor; who was given a part follows nobody.
    """
    was, now = (_followed(records, successions) for records, successions in (before, after))
    return frozenset(code for code in was.keys() | now.keys() if was.get(code) != now.get(code))


def _followed(records: Sequence[UnitRecord], successions: Iterable[Succession]) -> Mapping[str, object]:
    """Of the units that end: the days, and who follows."""
    days: dict[str, set[date]] = {}
    for code, last in last_days(records):
        days.setdefault(code, set()).add(last)
    pairs = [one for one in successions if one.takes_over is not False]
    return {code: (some, {one.successor for one in pairs if one.predecessor == code}) for code, some in days.items()}
