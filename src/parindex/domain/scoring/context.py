"""What a rule is evaluated on: the figures, the year that counts as this year, and the groups of the units."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.scoring.outcome import Branches, NoPoints
from parindex.domain.values import Mask, Numbers

#: A year from here on is a calendar year; below it is an offset to the year of the cycle (0, −1 …).
FIRST_CALENDAR_YEAR = 1900


def shifted(year: int, by: int) -> int:
    """Year ``by`` seen from year ``year``; each is an offset or a calendar year."""
    return by if by >= FIRST_CALENDAR_YEAR else year + by


@dataclass(frozen=True, slots=True)
class Shared:
    """What is worked out once for all rules of a context: the rows of each group and comparisons within groups."""

    groups: list[NDArray[np.intp]] = field(default_factory=list)
    compared: dict[Hashable, tuple[Numbers, Branches | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The figures seen from ``year``.

    ``cycle`` is the year of the cycle itself (None: ``year``): a figure that is missing there is the officer's
    omission, one of another year is not. ``carried`` is True while a rule is evaluated on the year before because
    nothing arose.
    """

    figures: Figures
    year: int
    cycle: int | None = None
    carried: bool = False
    shared: Shared = field(default_factory=Shared)

    @property
    def rows(self) -> int:
        """How long every column is."""
        return self.figures.rows

    def at(self, year: int) -> Context:
        """The same figures seen from another year (an offset or a calendar year)."""
        if year == 0:
            return self
        return replace(self, year=shifted(self.year, year), cycle=self._cycle())

    def earlier(self) -> Context:
        """The year before, for a rule that carries its result over; once only."""
        return replace(self.at(-1), carried=True)

    def column(self, measure: str) -> FigureColumn:
        """The figures of ``measure`` in the year of this context."""
        return self.figures.column(measure, self.year)

    def choice(self, measure: str) -> ChoiceColumn:
        """The choices of ``measure`` in the year of this context."""
        return self.figures.choice(measure, self.year)

    @property
    def missing(self) -> NoPoints:
        """The reason that a missing figure of this year gives."""
        return NoPoints.MISSING if self.year == self._cycle() else NoPoints.NO_EARLIER

    def absent(self, present: Mask) -> Branches:
        """The reason per row: 0 where the figure is present."""
        return np.asarray((present.view(np.int8) - 1) * np.int8(-self.missing))

    def groups(self) -> list[NDArray[np.intp]]:
        """The rows of each unit group."""
        if not self.shared.groups:
            self.shared.groups.extend(self.figures.group_rows.values())
        return self.shared.groups

    def _cycle(self) -> int:
        return self.year if self.cycle is None else self.cycle
