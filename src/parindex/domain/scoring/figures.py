"""The figures that units report: one exact column per measure and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from parindex.domain.units import Unit
from parindex.domain.values import Mask, Numbers


@dataclass(frozen=True, slots=True, eq=False)
class FigureColumn:
    """One measure over all units: the numbers, and which of them have been entered (missing is not zero)."""

    numbers: Numbers
    present: Mask
    all_present: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "all_present", bool(self.present.all()))


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceColumn:
    """One choice over all units: ``chosen[i]`` is a position in ``keys``, or −1 where nothing has been chosen."""

    keys: tuple[str, ...]
    chosen: NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Figures:
    """Every figure of every unit, by measure and year.

    ``units`` gives the row order of every column. A list measure stands in ``numbers`` with the count of its accepted
    entries. A measure without a column has been entered by nobody. ``blocks`` is how many columns of all units stand
    end to end in every column here (one, but for :mod:`parindex.domain.scoring.batches`).
    """

    year: int
    units: tuple[Unit, ...]
    numbers: Mapping[tuple[str, int], FigureColumn] = field(default_factory=dict)
    choices: Mapping[tuple[str, int], ChoiceColumn] = field(default_factory=dict)
    blocks: int = 1

    @property
    def rows(self) -> int:
        """How long every column is."""
        return len(self.units) * self.blocks

    def column(self, measure: str, year: int) -> FigureColumn:
        """The figures of ``measure`` in ``year``; a column of which nothing is present where nobody entered any."""
        found = self.numbers.get((measure, year))
        if found is not None:
            return found
        nothing = np.zeros(self.rows, dtype=np.int64)
        return FigureColumn(Numbers.fixed(nothing, 0, 0), np.zeros(self.rows, dtype=bool))

    def choice(self, measure: str, year: int) -> ChoiceColumn:
        """The choices of ``measure`` in ``year``; −1 everywhere where nobody chose."""
        found = self.choices.get((measure, year))
        return found if found is not None else ChoiceColumn((), np.full(self.rows, -1, dtype=np.int16))

    @cached_property
    def group_rows(self) -> dict[str, NDArray[np.intp]]:
        """The rows of each unit group, in row order."""
        known: dict[str, int] = {}
        codes = [known.setdefault(unit.group, len(known)) for unit in self.units]
        order = np.argsort(np.array(codes, dtype=np.intp), kind="stable")
        ends = np.cumsum(np.bincount(np.array(codes, dtype=np.intp), minlength=len(known)))
        return dict(zip(known, np.split(order, ends), strict=False))  # the last piece, behind the last end, is empty

    @cached_property
    def ranked(self) -> Mask:
        """The units that take part in the ranking of their group."""
        return np.array([unit.ranked for unit in self.units], dtype=bool)
