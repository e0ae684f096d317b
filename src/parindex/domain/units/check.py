"""Every contradiction in a dated tree of units at once.

=============================  =========================================================================
kind                           what is wrong; facts
=============================  =========================================================================
unit_ends_before_it_begins     a version has no day on which it holds; ``first``, ``last``
unit_versions_overlap          two versions of one unit on one day; ``unit``, ``day``
unit_parent_unknown            no unit has the code of the parent; ``unit``, ``parent``
unit_parent_not_valid          on ``day`` the unit is there and its parent is not; ``unit``, ``parent``
unit_parent_circle             on ``day`` the way up comes back; ``units`` of the circle
unit_tree_too_deep             more than ``limit`` levels above a unit; ``unit``
unit_name_twice                another unit has the name under the same parent on ``day``; ``name``, ``other``
succession_of_itself           a unit succeeds itself; ``unit``
succession_twice               the same succession is given again; ``predecessor``, ``successor``
succession_unit_unknown        a successor or predecessor is no unit; ``unit``
succession_without_decision    number or date of the decision is missing; ``predecessor``, ``successor``
succession_overlaps            both hold on ``day`` and no reason is given; ``predecessor``, ``successor``
=============================  =========================================================================

``day`` is the first such day; None where it is so from the beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from parindex.domain.errors import Place, Problem
from parindex.domain.units.records import Succession, UnitRecord, plain_name

#: Nation, ministry or province, department, division, team: real trees have some six levels.
MAX_LEVELS = 32

#: Where the cell of a field of the record, or of the succession, at a position stands.
PlaceOf = Callable[[int, str], Place]


@dataclass(slots=True)
class _Check:
    """The records in their order, by code in the order of time, and what was found so far."""

    records: Sequence[UnitRecord]
    place_of: PlaceOf
    versions: dict[str, list[UnitRecord]] = field(default_factory=dict)
    found: list[tuple[int, Problem]] = field(default_factory=list)

    def add(self, kind: str, at: int, column: str, **facts: Any) -> None:
        self.found.append((at, Problem(kind, self.place_of(at, column), facts)))


def check_units(
    records: Sequence[UnitRecord],
    successions: Sequence[Succession] = (),
    *,
    record_place: PlaceOf | None = None,
    succession_place: PlaceOf | None = None,
) -> list[Problem]:
    """The problems of ``records`` in their order, then those of ``successions``; see the table of this module.

    ``record_place`` and ``succession_place`` say where a field stands (:class:`UnitRecord`, :class:`Succession`);
    without them a place is the code of the unit. A version that is reversed is looked at no further.
    """
    check = _Check(records, record_place or (lambda at, _: Place(code=records[at].code)))
    _find_reversed(check)
    for record in sorted(records, key=lambda one: one.first):
        if not record.is_reversed:
            check.versions.setdefault(record.code, []).append(record)
    _find_overlaps(check)
    _find_lost_parents(check)
    _find_circles(check)
    _find_equal_names(check)
    ordered = [problem for _, problem in sorted(check.found, key=lambda one: one[0])]
    place = succession_place or (lambda at, _: Place(code=successions[at].successor))
    return ordered + list(_problems_of_successions(successions, check.versions, place))


def _said(day: date) -> date | None:
    return None if day == date.min else day


def _find_reversed(check: _Check) -> None:
    for at, record in enumerate(check.records):
        if record.is_reversed:
            check.add("unit_ends_before_it_begins", at, "valid_to", first=record.first, last=record.last)


def _find_overlaps(check: _Check) -> None:
    for at, _ in _overlaps(check.records, lambda record: record.code, same=True):
        record = check.records[at]
        check.add("unit_versions_overlap", at, "valid_from", unit=record.code, day=_said(record.first))


def _find_equal_names(check: _Check) -> None:
    for at, other in _overlaps(check.records, lambda one: (one.parent, plain_name(one.name)), same=False):
        record = check.records[at]
        check.add(
            "unit_name_twice", at, "name", name=record.name, other=check.records[other].code, day=_said(record.first)
        )


def _overlaps(
    records: Sequence[UnitRecord], key: Callable[[UnitRecord], object], *, same: bool
) -> Iterator[tuple[int, int]]:
    """Each record with one of the same key that began before it and still holds: of the same code, or of another.

    Of those that began before, only the one that holds longest matters, and the longest of another code: a sweep over
    thousands of equal names costs no more than sorting them.
    """
    groups: dict[object, list[int]] = {}
    for at, record in enumerate(records):
        if not record.is_reversed:
            groups.setdefault(key(record), []).append(at)
    for group in groups.values():
        longest: dict[str, int] = {}
        for at in sorted(group, key=lambda one: (records[one].first, one)):
            code = records[at].code
            other = next((one for found, one in longest.items() if (found == code) is same), None)
            if other is not None and records[other].last >= records[at].first:
                yield at, other
            longest = _two_longest(records, {**longest, code: _longer(records, longest.get(code, at), at)})


def _longer(records: Sequence[UnitRecord], one: int, other: int) -> int:
    return one if records[one].last >= records[other].last else other


def _two_longest(records: Sequence[UnitRecord], longest: dict[str, int]) -> dict[str, int]:
    """The two codes that hold longest, the longest first."""
    ordered = sorted(longest.items(), key=lambda pair: records[pair[1]].last, reverse=True)
    return dict(ordered[:2])


def _find_lost_parents(check: _Check) -> None:
    for at, record in enumerate(check.records):
        if record.parent is None or record.is_reversed:
            continue
        if record.parent not in check.versions:
            check.add("unit_parent_unknown", at, "parent", unit=record.code, parent=record.parent)
            continue
        day = _first_day_without(record, check.versions[record.parent])
        if day is not None:
            check.add("unit_parent_not_valid", at, "parent", unit=record.code, parent=record.parent, day=_said(day))


def _first_day_without(record: UnitRecord, parents: Iterable[UnitRecord]) -> date | None:
    """The first day of ``record`` on which none of ``parents``, in the order of time, holds."""
    day = record.first
    for parent in parents:
        if parent.first > day:
            return day
        if parent.last >= record.last:
            return None
        day = max(day, parent.last + timedelta(days=1))
    return day


def _find_circles(check: _Check) -> None:
    """A circle begins on the first day of one of its records, so the way up is walked from each record on that day."""
    told: set[tuple[frozenset[str], date]] = set()
    for at, record in enumerate(check.records):
        if record.is_reversed:
            continue
        way = [record.code]
        above = record.parent
        while above is not None and above != record.code and len(way) <= MAX_LEVELS:
            way.append(above)
            above = _parent_on(check.versions, above, record.first)
        if above == record.code:
            if (frozenset(way), record.first) not in told:
                check.add("unit_parent_circle", at, "parent", units=way, day=_said(record.first))
            told.add((frozenset(way), record.first))
        elif above is not None and len(set(way)) == len(way):
            check.add("unit_tree_too_deep", at, "parent", unit=record.code, limit=MAX_LEVELS)


def _parent_on(versions: Mapping[str, list[UnitRecord]], code: str, day: date) -> str | None:
    return next((one.parent for one in versions.get(code, ()) if one.holds_on(day)), None)


def _problems_of_successions(
    successions: Sequence[Succession], versions: Mapping[str, list[UnitRecord]], place_of: PlaceOf
) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for at, one in enumerate(successions):
        pair = {"predecessor": one.predecessor, "successor": one.successor}
        if one.predecessor == one.successor:
            yield Problem("succession_of_itself", place_of(at, "predecessor"), {"unit": one.successor})
            continue
        if (one.predecessor, one.successor) in seen:
            yield Problem("succession_twice", place_of(at, "predecessor"), pair)
            continue
        seen.add((one.predecessor, one.successor))
        if not one.decision.is_complete:
            yield Problem("succession_without_decision", place_of(at, "decision"), pair)
        unknown = [name for name, code in pair.items() if code not in versions]
        for name in unknown:
            yield Problem("succession_unit_unknown", place_of(at, name), {"unit": pair[name]})
        day = None if unknown or one.overlap else _shared_day(versions[one.predecessor], versions[one.successor])
        if day is not None:
            yield Problem("succession_overlaps", place_of(at, "overlap"), {**pair, "day": _said(day)})


def _shared_day(predecessor: Iterable[UnitRecord], successor: Iterable[UnitRecord]) -> date | None:
    """The first day on which a record of each holds."""
    begun: dict[bool, date] = {}
    sides = [(one.first, False, one.last) for one in predecessor] + [(one.first, True, one.last) for one in successor]
    for first, side, last in sorted(sides):
        if (not side) in begun and begun[not side] >= first:
            return first
        begun[side] = max(begun.get(side, last), last)
    return None
