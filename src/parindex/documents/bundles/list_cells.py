"""The rows of the lists of a bundle against the snapshot: which item of which unit a row is about, what a number is."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from parindex.documents.results.snapshots import MOST_CHARACTERS, StoredSnapshot
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.errors import InvalidValue, Place, Problem
from parindex.domain.publication.snapshot import FrozenGroup, FrozenItem
from parindex.domain.values import Rounding, exact_number, number_text

#: So many characters of what stands there are shown.
SHOWN = 60


class Cells:
    """What the snapshot says of one item of one unit."""

    def __init__(self, stored: StoredSnapshot) -> None:
        self._groups: dict[str, FrozenGroup] = {one.code: one for one in stored.snapshot.groups}
        self._rows = {code: {u.code: at for at, u in enumerate(one.units)} for code, one in self._groups.items()}
        self._nodes: dict[tuple[str, str], Node] = {
            (code, node.code): node for code, one in self._groups.items() for node in one.criteria_set.items()
        }

    def find(self, group: str, unit: str, item: str) -> tuple[FrozenItem, int] | None:
        """The columns of the item and the row of the unit; None where there is no such cell."""
        row = self._rows.get(group, {}).get(unit)
        found = self._groups[group].items.get(item) if row is not None else None
        return None if found is None or row is None else (found, row)

    def node(self, group: str, item: str) -> Node:
        """The item of a cell that there is, as the criteria set declares it."""
        return self._nodes[group, item]

    def step(self, group: str) -> Rounding | None:
        """The rounding of the items of a group that there is, where its set declares one."""
        return self._groups[group].criteria_set.rounding.item


def cell_problem(kind: str, path: str, group: str, unit: str, item: str, **facts: object) -> Problem:
    """A problem of one cell, in the list at ``path``."""
    return Problem(kind, Place(file=path, code=item), {"group": group, "unit": unit, "item": item, **facts})


@lru_cache(maxsize=4096)
def listed_number(text: str) -> Fraction | None:
    """None for what is no number as the format writes it, or a longer one."""
    try:
        found = exact_number(text) if len(text) <= MOST_CHARACTERS else None
    except InvalidValue:
        return None
    return found if found is not None and number_text(found) == text else None
