"""Score sheets: what was claimed, measured, surveyed and granted for every item of every unit.

Claims are never overwritten: self, external, survey and appraised points stand side by side, each with the decimals
that it was written with, and the state of the entry beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from parindex.domain.errors import InvalidValue
from parindex.domain.units import Unit
from parindex.domain.values import Mask, Numbers, Rounding


class EntryState(IntEnum):
    """What the sheet says of one item. ``NO_ENTRY``: the sheet has no line for it, so figures and rule decide."""

    NO_ENTRY = -1
    UNANSWERED = 0
    ANSWERED = 1
    NOT_ASSESSED_REQUESTED = 2
    NOT_ASSESSED = 3
    PENDING = 4


class Origin(IntEnum):
    """Where the points of an item come from, in rising precedence."""

    NONE = 0
    RULE = 1
    SELF = 2
    SURVEY = 3
    EXTERNAL = 4
    APPRAISED = 5


@dataclass(frozen=True, slots=True, eq=False)
class PointsColumn:
    """Typed points of one item over all units, kept as written.

    ``places[i]`` is how many decimals row i was written with: a rule's value must round to the typed points at these
    places.
    """

    numbers: Numbers
    present: Mask
    places: NDArray[np.int8]

    def agrees(self, row: int, value: Fraction) -> bool:
        """Whether ``value`` rounds (half up) to the points of ``row`` at the places written."""
        return Rounding(int(self.places[row])).apply(value) == self.numbers.row(row)


#: Typed points by item code; an item without a column has none of that origin.
PointsTable = Mapping[str, PointsColumn]


@dataclass(frozen=True, slots=True, eq=False)
class ScoreSheets:
    """The sheets of all units of a cycle.

    ``state[i, u]`` is the :class:`EntryState` of item ``items[i]`` for unit ``units[u]``. ``reasons`` holds the
    reason of a not-assessed entry or of an adjustment, by (item, unit id); ``survey_errors`` the standard errors of
    survey points by (item, unit id).
    """

    units: tuple[Unit, ...]
    items: tuple[str, ...]
    state: NDArray[np.int8]
    typed: Mapping[Origin, PointsTable] = field(default_factory=dict)
    reasons: Mapping[tuple[str, str], str] = field(default_factory=dict)
    survey_errors: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    survey_sources: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.state.shape != (len(self.items), len(self.units)):
            raise InvalidValue("sheet_shape", items=len(self.items), units=len(self.units), shape=self.state.shape)

    @classmethod
    def empty(cls, units: tuple[Unit, ...], items: tuple[str, ...]) -> ScoreSheets:
        """Sheets on which nothing has been entered: figures and rules decide everything."""
        return cls(units, items, np.full((len(items), len(units)), EntryState.NO_ENTRY, dtype=np.int8))

    def points(self, origin: Origin, item: str) -> PointsColumn | None:
        """The typed points of one origin; None where nobody typed any for the item."""
        return self.typed.get(origin, {}).get(item)

    def row_of(self, unit: str) -> int:
        """The row of a unit by its id; raises :class:`InvalidValue` (``unknown_unit``)."""
        for row, one in enumerate(self.units):
            if one.id == unit:
                return row
        raise InvalidValue("unknown_unit", unit=unit)
