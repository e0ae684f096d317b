"""A snapshot: everything that a result follows from, as frozen values, one column a figure or an item.

Every column has a text per unit, in the order of the units of its group; "" is: nothing there. Numbers are exact texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import InvalidValue
from parindex.domain.scoring.score_sheet import EntryState, Origin

#: A text per unit.
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrozenUnit:
    """A unit as it was called when the cycle was opened; ``ranked`` is False for one outside the ranking."""

    code: str
    name: str
    ranked: bool = True


@dataclass(frozen=True, slots=True)
class FrozenItem:
    """What stood on the sheets for one item: the state of each entry, typed points by origin (those alone that somebody
    has), standard errors of survey points, why an item is not assessed.
    """

    states: tuple[EntryState, ...]
    typed: Mapping[Origin, Texts] = field(default_factory=dict)
    errors: Texts = ()
    reasons: Texts = ()


@dataclass(frozen=True, slots=True)
class FrozenGroup:
    """Units that are ranked together: their yardstick with its fingerprint, their figures by measure and year, their
    items. Raises :class:`InvalidValue` for a column that has not one value per unit (``column_length``), for items that
    are not those of the set (``items_of_other_set``), for two units of one code (``unit_of_group_twice``).
    """

    code: str
    title: str
    criteria_set: CriteriaSet
    set_fingerprint: str
    units: tuple[FrozenUnit, ...]
    figures: Mapping[tuple[str, int], Texts]
    items: Mapping[str, FrozenItem]

    def __post_init__(self) -> None:
        if list(self.items) != [node.code for node in self.criteria_set.items()]:
            raise InvalidValue("items_of_other_set", group=self.code)
        twice = _first_twice([unit.code for unit in self.units])
        if twice is not None:
            raise InvalidValue("unit_of_group_twice", group=self.code, unit=twice)
        for name, column in self._columns():
            if len(column) != len(self.units):
                raise InvalidValue("column_length", column=name, values=len(column), units=len(self.units))

    def _columns(self) -> list[tuple[str, tuple[object, ...]]]:
        found: list[tuple[str, tuple[object, ...]]] = [(name, one) for (name, _), one in self.figures.items()]
        for code, item in self.items.items():
            found.append((code, item.states))
            found += [(code, one) for one in (*item.typed.values(), item.errors, item.reasons) if one]
        return found


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A cycle as it was finalised; ``owner`` is the code of the unit that ran it. Raises :class:`InvalidValue`
    (``group_twice``) for two groups of one code: everything about a group is found by it.
    """

    title: str
    year: int
    owner: str
    groups: tuple[FrozenGroup, ...]

    def __post_init__(self) -> None:
        twice = _first_twice([group.code for group in self.groups])
        if twice is not None:
            raise InvalidValue("group_twice", group=twice)


def _first_twice(codes: Sequence[str]) -> str | None:
    """The first code that has stood before."""
    seen: set[str] = set()
    return next((one for one in codes if one in seen or seen.add(one)), None)  # type: ignore[func-returns-value]
