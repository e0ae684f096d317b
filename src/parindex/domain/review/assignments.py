"""Who appraises what: by item, by unit or evenly by load; nobody appraises the own unit or one declared in conflict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from parindex.domain.review.roles import Grant
from parindex.domain.units.paths import is_within


@dataclass(frozen=True, slots=True)
class Assignment:
    """One line of the table: ``member`` (an account) appraises at ``level`` what it names.

    ``node``: an item or anything above it in the tree, "" for all; ``group``: the unit group, None for all; ``sheet``:
    one sheet, None for all.
    """

    member: int
    level: int
    node: str = ""
    group: int | None = None
    sheet: int | None = None

    def covers(self, place: SheetPlace, nodes: Collection[str]) -> bool:
        """Whether an item of a sheet is meant; ``nodes``: the item and all nodes above it."""
        return (
            (not self.node or self.node in nodes)
            and self.group in (None, place.group)
            and self.sheet in (None, place.sheet)
        )


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A sheet as assignments see it: its group and the paths of the units that it is of.

    ``led``: the items that other units lead, with their paths; nobody appraises what their own unit leads.
    """

    sheet: int
    group: int
    units: tuple[str, ...]
    led: Mapping[str, str] = field(default_factory=dict, compare=False)

    def of_item(self, code: str) -> SheetPlace:
        """The sheet as an item of it sees it: of the body, and of the unit that leads the item."""
        lead = self.led.get(code)
        if lead is None or lead in self.units:
            return self if not self.led else SheetPlace(self.sheet, self.group, self.units)
        return SheetPlace(self.sheet, self.group, (*self.units, lead))


@dataclass(frozen=True, slots=True)
class Recusals:
    """Who may not appraise which units: ``employers`` are the paths where members work, ``conflicts`` those declared,
    ``entered`` the roles by which they enter or sign for units.

    ``substitutes``: who stands in for a member there, named by the chair. The owner employs the whole council, so
    being employed by the owner itself (``owner``), or below it, is no reason against the owner's own sheet.
    """

    owner: str
    employers: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    conflicts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    entered: Mapping[int, tuple[Grant, ...]] = field(default_factory=dict)
    substitutes: Mapping[int, int] = field(default_factory=dict)

    def recused(self, member: int, units: Iterable[str]) -> bool:
        """Whether a member may not appraise what is of one of ``units``."""
        theirs, declared = self.employers.get(member, ()), self.conflicts.get(member, ())
        entered = self.entered.get(member, ())
        return any(
            (unit != self.owner and any(is_within(path, unit) for path in theirs))
            or any(is_within(unit, path) for path in declared)
            or any(grant.reaches(unit) for grant in entered)
            for unit in units
        )

    def free_of(self, member: int, units: Collection[str]) -> int | None:
        """Who appraises what is of ``units`` where ``member`` is assigned: they, their substitute, or nobody."""
        for who in (member, self.substitutes.get(member)):
            if who is not None and not self.recused(who, units):
                return who
        return None


def assigned_to(
    assignments: Sequence[Assignment], place: SheetPlace, nodes: Collection[str], level: int, recusals: Recusals
) -> tuple[int, ...]:
    """The members who appraise an item of a sheet at a level, in the order of the table, substitutes in the place of
    those who may not. Empty: nobody; then the chair decides.
    """
    found: dict[int, None] = {}
    for one in assignments:
        if one.level != level or not one.covers(place, nodes):
            continue
        if (who := recusals.free_of(one.member, place.units)) is not None:
            found[who] = None
    return tuple(found)


def spread_evenly(
    loads: Mapping[int, int], members: Sequence[int], barred: Mapping[int, Collection[int]]
) -> dict[int, int]:
    """Give each sheet to one member so that loads are as even as they can be: the largest sheet first, to whoever has
    least so far (of several the first of ``members``).

    ``loads``: items of each sheet; ``barred``: the sheets that a member may not appraise. A sheet that nobody may
    appraise is left out. No sheet is split, so the loads differ by at most the largest sheet where nobody is barred.
    """
    given: dict[int, int] = {}
    so_far = dict.fromkeys(members, 0)
    for sheet in sorted(loads, key=lambda one: (-loads[one], one)):
        free = [member for member in members if sheet not in barred.get(member, ())]
        if not free:
            continue
        least = min(free, key=lambda member: so_far[member])
        given[sheet], so_far[least] = least, so_far[least] + loads[sheet]
    return given
