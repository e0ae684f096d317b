"""The tree of units as it stood on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from parindex.domain.units.records import UnitRecord


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A unit at its place in the tree: ``depth`` is 0 for a root, ``children`` are codes in the order of records."""

    record: UnitRecord
    depth: int
    children: tuple[str, ...] = ()


def records_on(records: Iterable[UnitRecord], day: date) -> dict[str, UnitRecord]:
    """The version of every unit that holds on ``day``, by code; of versions that overlap the first."""
    found: dict[str, UnitRecord] = {}
    for record in records:
        if record.holds_on(day):
            found.setdefault(record.code, record)
    return found


def tree_on(records: Iterable[UnitRecord], day: date) -> tuple[TreeNode, ...]:
    """Every unit of ``day``, parents before their children.

    A unit whose parent does not hold on that day is a root; so is the first unit of a circle, for no unit may be
    missing from the tree because of a mistake that :mod:`parindex.domain.units.check` reports.
    """
    valid = records_on(records, day)
    children = _children(valid)
    placed: set[str] = set()
    nodes: list[TreeNode] = []
    roots = [code for code, record in valid.items() if record.parent not in valid]
    for code in (*roots, *valid):
        nodes.extend(_downwards(code, valid, children, placed))
    return tuple(nodes)


def subtree_on(records: Iterable[UnitRecord], code: str, day: date) -> tuple[UnitRecord, ...]:
    """``code`` and all units below it on ``day``, parents before children; nothing where it does not hold."""
    valid = records_on(records, day)
    if code not in valid:
        return ()
    return tuple(node.record for node in _downwards(code, valid, _children(valid), set()))


def ancestors_on(records: Iterable[UnitRecord], code: str, day: date) -> tuple[UnitRecord, ...]:
    """The units above ``code`` on ``day``, the nearest first; a circle is walked once."""
    valid = records_on(records, day)
    above: dict[str, UnitRecord] = {}
    here = valid.get(code)
    while here is not None and here.parent in valid and here.parent not in above and here.parent != code:
        here = valid[here.parent]
        above[here.code] = here
    return tuple(above.values())


def _children(valid: Mapping[str, UnitRecord]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    for code, record in valid.items():
        if record.parent is not None and record.parent in valid:
            children.setdefault(record.parent, []).append(code)
    return children


def _downwards(
    code: str, valid: Mapping[str, UnitRecord], children: Mapping[str, list[str]], placed: set[str]
) -> Iterator[TreeNode]:
    """``code`` and what is below it, without units already ``placed``; no recursion, however deep."""
    waiting = [(code, 0)]
    while waiting:
        here, depth = waiting.pop()
        if here in placed:
            continue
        placed.add(here)
        below = tuple(child for child in children.get(here, ()) if child not in placed)
        yield TreeNode(valid[here], depth, below)
        waiting.extend((child, depth + 1) for child in reversed(below))
