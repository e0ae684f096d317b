"""A printed table of satisfaction: items in groups and parts, a figure per year, and the difference between two years.

Everything stands as printed; what follows from the items is found by :mod:`.table_rollup`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from parindex.domain.errors import Place


class RowLevel(StrEnum):
    """What a row is: an item, a group of items, a part of groups, or all of them together."""

    ITEM = "item"
    GROUP = "group"
    PART = "part"
    OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class SatisfactionRow:
    """One row. ``label`` is its number or letter as printed ("", "II", "A", "14"), ``code`` names it in findings.

    ``values`` are its figures by column of years, in per cent; ``parent`` is the position of the row above it.
    ``cells`` names the cells of a spreadsheet: of the figures by their column, of ``difference``, ``label``, ``title``;
    ``unread`` holds, by the same names, what stands in the place of a figure and is none ("NaN", "KĐG", a dash).
    """

    code: str
    label: str
    title: str
    place: Place
    level: RowLevel
    values: tuple[Fraction | None, ...]
    difference: Fraction | None = None
    parent: int | None = None
    cells: Mapping[int | str, str] = field(default_factory=dict, compare=False, repr=False)
    unread: Mapping[int | str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that the prose states of the table.

    ``what``: ``overall`` (per cent in ``year``), ``difference`` (of the overall figure), ``groups`` (how many groups
    there are, of the whole or of a part), ``items`` (how many items), ``rising`` or ``falling`` (how many items did).
    ``part`` is the position of the row of the part that it is about, where the text names it.
    """

    what: str
    value: Fraction
    place: Place
    year: int | None = None
    part: int | None = None


@dataclass(frozen=True, slots=True)
class SatisfactionTable:
    """A whole table. ``years`` are its columns from left to right; ``later`` and ``earlier`` are the positions of the
    two that the differences are between (None: there are no differences).

    ``places`` are the decimals that figures and differences are printed with.
    """

    title: str
    place: Place
    years: tuple[int | None, ...]
    rows: tuple[SatisfactionRow, ...]
    places: int
    difference_places: int = 0
    later: int | None = None
    earlier: int | None = None
    stated: tuple[Stated, ...] = ()
    #: The items below each row, filled when first asked for.
    _below: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def of(self, level: RowLevel) -> tuple[int, ...]:
        """The positions of the rows of ``level``."""
        return tuple(at for at, row in enumerate(self.rows) if row.level is level)

    def items_below(self, at: int) -> tuple[int, ...]:
        """The positions of the items that row ``at`` is the mean of: those below it, all for the overall row."""
        if not self._below:
            items = self.of(RowLevel.ITEM)
            whole = self.of(RowLevel.OVERALL)
            self._below.update(
                dict.fromkeys(whole, items) | {one: () for one in range(len(self.rows)) if one not in whole}
            )
            for item in items:
                for one in self.above(item):
                    self._below[one] = (*self._below[one], item)
        return self._below[at]

    def above(self, at: int) -> tuple[int, ...]:
        """The positions of the rows that row ``at`` stands below, the nearest first, without the overall row."""
        out: list[int] = []
        parent = self.rows[at].parent
        while parent is not None:
            out.append(parent)
            parent = self.rows[parent].parent
        return tuple(out)

    def children(self, at: int) -> tuple[int, ...]:
        """The positions of the rows directly below row ``at``; of the overall row those that stand below nothing."""
        if self.rows[at].level is not RowLevel.OVERALL:
            return tuple(below for below, row in enumerate(self.rows) if row.parent == at)
        return tuple(
            top for top, row in enumerate(self.rows) if row.parent is None and row.level is not RowLevel.OVERALL
        )
