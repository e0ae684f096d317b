"""Who appraises whole sheets: the assignments read once for all sheets that are alike, not item by item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from parindex.domain.review.assignments import Assignment, Recusals, SheetPlace

#: What is assigned of a sheet: level, node ("" for all items) and who really appraises it there, None for nobody.
Line = tuple[int, str, int | None]
#: The nodes above each item of a set, in reading order.
Items = Mapping[str, Sequence[str]]
#: Who appraises each item, by level; items that nobody has are left out.
Plan = Mapping[int, Mapping[str, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class _Base:
    """The assignments of some sheets, in the order of the table, and who is named there."""

    lines: tuple[Assignment, ...]
    members: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class AssignmentPlans:
    """The assignments of a council, sorted by what sheets they are of.

    Most sheets of a group have the same lines, and most members may appraise them; so what is made of lines and
    members is made once.
    """

    assignments: Sequence[Assignment]
    recusals: Recusals
    _by_place: dict[tuple[int | None, int | None], list[tuple[int, Assignment]]] = field(default_factory=dict)
    _bases: dict[tuple[int | None, int | None], _Base] = field(default_factory=dict)
    #: With the items that each was made of, so that no other set takes their place in memory.
    _plans: dict[tuple[int, tuple[Line, ...]], tuple[Items, Plan]] = field(default_factory=dict)
    #: The same plans, found without going through the lines again.
    _known: dict[tuple[int, int, tuple[int | None, ...]], Plan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for order, one in enumerate(self.assignments):
            self._by_place.setdefault((one.group, one.sheet), []).append((order, one))

    def plan_of(self, place: SheetPlace, items: Items) -> Plan:
        """Who appraises each item of a sheet by level."""
        if place.led:
            return self._plan_of_parts(place, items)
        base = self._base_of(place)
        who = tuple(self.recusals.free_of(one, place.units) for one in base.members)
        short = (id(items), id(base), who)
        if short not in self._known:
            really = dict(zip(base.members, who, strict=True))
            lines = tuple((one.level, one.node, really[one.member]) for one in base.lines)
            key = (id(items), lines)
            if key not in self._plans:
                self._plans[key] = (items, plan_of_lines(lines, items))
            self._known[short] = self._plans[key][1]
        return self._known[short]

    def _base_of(self, place: SheetPlace) -> _Base:
        """The lines of a sheet; sheets of a group without lines of their own share them."""
        alone = any((group, place.sheet) in self._by_place for group in (None, place.group))
        key = (place.group, place.sheet if alone else None)
        if key not in self._bases:
            found: list[tuple[int, Assignment]] = []
            for group in (None, place.group):
                for sheet in {None, key[1]}:
                    found += self._by_place.get((group, sheet), ())
            lines = tuple(one for _, one in sorted(found, key=lambda one: one[0]))
            self._bases[key] = _Base(lines, tuple(dict.fromkeys(one.member for one in lines)))
        return self._bases[key]

    def _plan_of_parts(self, place: SheetPlace, items: Items) -> Plan:
        """Of a sheet in parts: each item as its own unit lets it be appraised."""
        places: dict[str, list[str]] = {}
        for code in items:
            places.setdefault(place.led.get(code, ""), []).append(code)
        merged: dict[int, dict[str, tuple[int, ...]]] = {}
        for codes in places.values():
            found = self.plan_of(place.of_item(codes[0]), items)
            for level, who in found.items():
                merged.setdefault(level, {}).update((code, who[code]) for code in codes if code in who)
        return {level: who for level, who in sorted(merged.items()) if who}


def plan_of_lines(lines: Iterable[Line], items: Items) -> Plan:
    """Who appraises each item by level where these are the lines of a sheet; where one says nobody, nobody does."""
    plan: dict[int, dict[str, dict[int, None]]] = {}
    below: dict[str, list[str]] = {"": list(items)}
    for code, above in items.items():
        for node in (code, *above):
            below.setdefault(node, []).append(code)
    for level, node, member in lines:
        if member is not None:
            for code in below.get(node, ()):
                plan.setdefault(level, {}).setdefault(code, {})[member] = None
    return {
        level: {code: tuple(found[code]) for code in items if code in found} for level, found in sorted(plan.items())
    }
