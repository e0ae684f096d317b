"""What differs between two outcomes of the same cycle: a publication and its correction, or what was stored and what is
computed anew. Exact: texts of exact numbers are equal exactly where the numbers are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from parindex.domain.publication.recomputation import GroupOutcome, ItemOutcome, UnitOutcome

_NO_ITEM = ("", "")


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """One item: what it counted as and its points, before and after; ("", "") where one side does not have it."""

    code: str
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class UnitDifference:
    """One unit with something that changed; ``before`` or ``after`` is None where that side does not have it."""

    group: str
    code: str
    name: str
    before: UnitOutcome | None
    after: UnitOutcome | None
    items: tuple[ItemDifference, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """What changed of index, points, maximum, grade, rank; items apart."""
        if self.before is None or self.after is None:
            return ()
        names = (one.name for one in fields(UnitOutcome))
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))


def difference(before: Sequence[GroupOutcome], after: Sequence[GroupOutcome]) -> tuple[UnitDifference, ...]:
    """Every unit with a change, in the order of ``after``; then the units that stand in ``before`` alone."""
    old = {one.code: one for one in before}
    new = {one.code: one for one in after}
    empty = GroupOutcome("", (), {})
    found: list[UnitDifference] = []
    for code, group in new.items():
        found += _of_group(code, old.get(code, empty), group)
    for code, group in old.items():
        if code not in new:
            found += _of_group(code, group, empty)
    return tuple(found)


def _of_group(code: str, before: GroupOutcome, after: GroupOutcome) -> Iterator[UnitDifference]:
    rows = {unit.code: at for at, unit in enumerate(before.units)}
    codes = dict.fromkeys([*after.items, *before.items])
    pairs = [(one, before.items.get(one), after.items.get(one)) for one in codes]
    moved = [pair for pair in pairs if pair[1] != pair[2] or before.units != after.units]
    for now, unit in enumerate(after.units):
        was = rows.pop(unit.code, None)
        earlier = None if was is None else before.units[was]
        items = tuple(_items(moved, was, now))
        if earlier != unit or items:
            yield UnitDifference(code, unit.code, unit.name, earlier, unit, items)
    for gone, was in rows.items():
        unit = before.units[was]
        yield UnitDifference(code, gone, unit.name, unit, None, tuple(_items(moved, was, None)))


def _items(
    pairs: Sequence[tuple[str, ItemOutcome | None, ItemOutcome | None]], was: int | None, now: int | None
) -> Iterator[ItemDifference]:
    for code, before, after in pairs:
        one, other = _cell(before, was), _cell(after, now)
        if one != other:
            yield ItemDifference(code, one, other)


def _cell(item: ItemOutcome | None, row: int | None) -> tuple[str, str]:
    return _NO_ITEM if item is None or row is None else (item.states[row], item.points[row])
