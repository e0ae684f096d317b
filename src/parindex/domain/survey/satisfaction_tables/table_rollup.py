"""The roll-up over items of a printed satisfaction table: group, part and overall are means of their items.

The ministry's way, exact on the figures of 2023 and 2024: a group is the simple mean of its items; the parts and the
whole are means of *all their items*, not of groups or parts; half-up to the printed decimals. Other tables may average
groups or parts, as printed or before rounding, or cut instead of rounding: what most of their rows follow is taken
(:func:`way_of`). Only item figures exist, so that there is no interval.

A mean of groups is right where it is that of the groups as printed or as their items give them: a group that is
printed wrongly makes nothing above it wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, SatisfactionTable
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
    """How a table is rolled up: what parts and the whole are means of, how means are rounded, and whether those below
    are taken before rounding (``exact``).
    """

    parts: Averaged = Averaged.ITEMS
    overall: Averaged = Averaged.ITEMS
    mode: RoundingMode = RoundingMode.HALF_UP
    exact: bool = False


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
    values = _rolled(table, way, [row.values for row in table.rows])
    differences = tuple(difference(table, row) for row in values)
    return RolledUp(way, tuple(map(tuple, values)), differences)


def _rolled(table: SatisfactionTable, way: Way, figures: Figures) -> list[list[Fraction | None]]:
    """All figures from those of the items, level by level."""
    step = Rounding(table.places, way.mode)
    values = [list(row) for row in figures]
    for at in sorted(range(len(table.rows)), key=lambda at: _RANK[table.rows[at].level]):
        if table.rows[at].level is not RowLevel.ITEM:
            values[at] = [_mean(table, at, year, way, values) for year in range(len(table.years))]
            if not way.exact:
                values[at] = _rounded(step, values[at])
    if not way.exact:
        return values
    items = set(table.of(RowLevel.ITEM))
    return [row if at in items else _rounded(step, row) for at, row in enumerate(values)]


def _rounded(step: Rounding, row: Sequence[Fraction | None]) -> list[Fraction | None]:
    return [None if value is None else step.apply(value) for value in row]


#: Items first, then what is made of them.
_RANK = {RowLevel.ITEM: 0, RowLevel.GROUP: 1, RowLevel.PART: 2, RowLevel.OVERALL: 3}


def difference(table: SatisfactionTable, values: Sequence[Fraction | None]) -> Fraction | None:
    """The later figure less the earlier one, rounded to the decimals of the printed differences."""
    if table.later is None or table.earlier is None:
        return None
    later, earlier = values[table.later], values[table.earlier]
    if later is None or earlier is None:
        return None
    return Rounding(table.difference_places).apply(later - earlier)


def _mean(table: SatisfactionTable, at: int, year: int, way: Way, values: Figures) -> Fraction | None:
    """The figure of a group, a part or the whole out of ``values``; None where one of them is missing."""
    below = [values[one][year] for one in averaged(table, at, way)]
    known = [value for value in below if value is not None]
    if not known or len(known) < len(below):
        return None
    return sum(known, Fraction(0)) / len(known)


def averaged(table: SatisfactionTable, at: int, way: Way) -> tuple[int, ...]:
    """The rows that row ``at`` is the mean of."""
    level = table.rows[at].level
    over = {RowLevel.PART: way.parts, RowLevel.OVERALL: way.overall}.get(level, Averaged.ITEMS)
    if over is Averaged.ITEMS:
        return table.items_below(at)
    if over is Averaged.CHILDREN:
        return table.children(at)
    return table.of(RowLevel.GROUP)


def way_of(table: SatisfactionTable) -> Way:
    """The way that most printed figures of a table follow; the ministry's where others explain no more.

    Figures that are no per cents tell nothing.
    """
    parts = _best(table, RowLevel.PART, [Way(parts=over, mode=mode) for mode in RoundingMode for over in _OF_PARTS])
    overall = _best(
        table, RowLevel.OVERALL, [Way(overall=over, mode=mode) for mode in RoundingMode for over in Averaged]
    )
    ways = [Way(parts.parts, overall.overall, mode, exact) for mode in RoundingMode for exact in (False, True)]
    return max(ways, key=lambda way: sum(_fits(table, level, way) for level in RowLevel))


_OF_PARTS = (Averaged.ITEMS, Averaged.CHILDREN)


def _best(table: SatisfactionTable, level: RowLevel, ways: Sequence[Way]) -> Way:
    """The first of ``ways`` unless another explains two figures more, or something where the first explains nothing."""
    fits = {way: _fits(table, level, way) for way in ways}
    best, usual = max(ways, key=fits.__getitem__), ways[0]
    return best if fits[best] >= fits[usual] + _EVIDENCE or not fits[usual] else usual


def _fits(table: SatisfactionTable, level: RowLevel, way: Way) -> int:
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
    """Every printed mean with what it should be: row, column, stated, found out of ``values`` (the printed ones).

    Where the figures below it are means too, either those printed or those found may give it.
    """
    figures = values if values is not None else [row.values for row in table.rows]
    rolled = _rolled(table, way, figures)
    step = Rounding(table.places, way.mode)
    for at, row in enumerate(table.rows):
        if row.level is RowLevel.ITEM:
            continue
        for year, stated in enumerate(row.values):
            printed = None if way.exact else _mean(table, at, year, way, figures)
            options = [rolled[at][year], None if printed is None else step.apply(printed)]
            known = [one for one in options if one is not None]
            if stated is not None and known:
                yield at, year, stated, stated if stated in known else known[0]
