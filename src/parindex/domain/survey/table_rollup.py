"""The roll-up over items of a printed satisfaction table: group, part and overall are means of their items.

The ministry's way, exact on the figures of 2023 and 2024: a group is the simple mean of its items; the parts and the
whole are means of *all their items*, not of groups or parts; half-up to the printed decimals. Other tables may average
groups or parts, or cut instead of rounding: what most of their rows follow is taken (:func:`way_of`). Only item figures
exist, so that there is no interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from parindex.domain.survey.printed_table import Level, SatisfactionTable
from parindex.domain.values import Rounding, RoundingMode

#: Another way than the usual one must explain so many figures more.
_EVIDENCE = 2
#: The figures of all rows: by row, by column of years.
Figures = Sequence[Sequence[Fraction | None]]


class Averaged(StrEnum):
    """What the figure of a part or of the whole is the mean of."""

    ITEMS = "items"
    GROUPS = "groups"
    CHILDREN = "children"


@dataclass(frozen=True, slots=True)
class Way:
    """How a table is rolled up: what parts and the whole are means of, and how means are rounded."""

    parts: Averaged = Averaged.ITEMS
    overall: Averaged = Averaged.ITEMS
    mode: RoundingMode = RoundingMode.HALF_UP


@dataclass(frozen=True, slots=True)
class RolledUp:
    """What the items give: ``values`` by row and column (an item's own figure), ``differences`` by row; None where a
    figure is missing.
    """

    way: Way
    values: tuple[tuple[Fraction | None, ...], ...]
    differences: tuple[Fraction | None, ...]


def roll_up(table: SatisfactionTable, way: Way | None = None) -> RolledUp:
    """Every row from the items of the table, by ``way`` (default: the one that the table follows)."""
    way = way or way_of(table)
    printed = [row.values for row in table.rows]
    values = [list(row) for row in printed]
    for at in sorted(range(len(table.rows)), key=lambda at: _RANK[table.rows[at].level]):
        if table.rows[at].level is not Level.ITEM:
            values[at] = [mean(table, at, year, way, values) for year in range(len(table.years))]
    differences = tuple(difference(table, row) for row in values)
    return RolledUp(way, tuple(map(tuple, values)), differences)


#: Items first, then what is made of them.
_RANK = {Level.ITEM: 0, Level.GROUP: 1, Level.PART: 2, Level.OVERALL: 3}


def difference(table: SatisfactionTable, values: Sequence[Fraction | None]) -> Fraction | None:
    """The later figure less the earlier one, rounded to the decimals of the printed differences."""
    if table.later is None or table.earlier is None:
        return None
    later, earlier = values[table.later], values[table.earlier]
    if later is None or earlier is None:
        return None
    return Rounding(table.difference_places).apply(later - earlier)


def mean(table: SatisfactionTable, at: int, year: int, way: Way, values: Figures) -> Fraction | None:
    """The figure of a group, a part or the whole out of ``values``; None where one of them is missing."""
    below = [values[one][year] for one in _averaged(table, at, way)]
    known = [value for value in below if value is not None]
    if not known or len(known) < len(below):
        return None
    return Rounding(table.places, way.mode).apply(sum(known, Fraction(0)) / len(known))


def _averaged(table: SatisfactionTable, at: int, way: Way) -> tuple[int, ...]:
    """The rows that row ``at`` is the mean of."""
    level = table.rows[at].level
    over = {Level.PART: way.parts, Level.OVERALL: way.overall}.get(level, Averaged.ITEMS)
    if over is Averaged.ITEMS:
        return table.items_below(at)
    if over is Averaged.CHILDREN:
        return table.children(at)
    return table.of(Level.GROUP)


def way_of(table: SatisfactionTable) -> Way:
    """The way that most printed figures of a table follow; the ministry's where others explain no more.

    Figures that are no per cents tell nothing.
    """
    parts = _best(table, Level.PART, [Way(parts=over, mode=mode) for mode in RoundingMode for over in _OF_PARTS])
    overall = _best(table, Level.OVERALL, [Way(overall=over, mode=mode) for mode in RoundingMode for over in Averaged])
    modes = [Way(parts.parts, overall.overall, mode) for mode in RoundingMode]
    return max(modes, key=lambda way: sum(_fits(table, level, way) for level in Level))


_OF_PARTS = (Averaged.ITEMS, Averaged.CHILDREN)


def _best(table: SatisfactionTable, level: Level, ways: Sequence[Way]) -> Way:
    """The first of ``ways`` unless another explains two figures more, or something where the first explains nothing."""
    fits = {way: _fits(table, level, way) for way in ways}
    best, usual = max(ways, key=fits.__getitem__), ways[0]
    return best if fits[best] >= fits[usual] + _EVIDENCE or not fits[usual] else usual


def _fits(table: SatisfactionTable, level: Level, way: Way) -> int:
    """How many printed figures of ``level`` are the means that ``way`` makes of the printed figures below them."""
    values = [
        [value if value is not None and 0 <= value <= 100 else None for value in row.values] for row in table.rows
    ]
    return sum(
        stated == found for at, _, stated, found in compared(table, way, values) if table.rows[at].level is level
    )


def compared(
    table: SatisfactionTable, way: Way, values: Figures | None = None
) -> Iterator[tuple[int, int, Fraction, Fraction]]:
    """Every printed mean with what it should be: row, column, stated, found out of ``values`` (the printed ones)."""
    figures = values if values is not None else [row.values for row in table.rows]
    for at, row in enumerate(table.rows):
        if row.level is Level.ITEM:
            continue
        for year, stated in enumerate(row.values):
            found = mean(table, at, year, way, figures)
            if stated is not None and found is not None:
                yield at, year, stated, found
