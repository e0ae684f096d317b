"""Sums of points and of maxima over items, as formulas on the row of a unit.

Sums add what the cells show, in doubles, and are then rounded to the decimals that such a sum can have at most: that
takes away the hair by which doubles err, and nothing else. Where the points of an item need not end, a sum is shown as
the doubles give it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.bundles.live_workbook import words
from parindex.documents.bundles.live_workbook.formula_columns import (
    DETAIL_ROW,
    OUTSIDE_ROW,
    PART_ROW,
    ROW,
    FormulaSheet,
)
from parindex.documents.bundles.live_workbook.item_formulas import ItemPoints
from parindex.domain.values import decimal_places

#: The most decimals that a sum in doubles surely has right.
MOST_PLACES = 10
_UNANSWERED = words.ITEM_STATES["unanswered"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A formula and what it gives on each row."""

    text: str
    values: list[Fraction]


class Sums:
    """Sums over the items of a group on its sheet of points."""

    def __init__(self, items: Sequence[ItemPoints], points: FormulaSheet, limits: Sequence[Fraction | None]) -> None:
        """``limits``: constants that sums are limited to (None: no limit)."""
        self.items, self._points = items, points
        found = [*(one.places for one in items), *(decimal_places(one) for one in limits if one is not None)]
        self.places = max([6, *(MOST_PLACES + 1 if one is None else one for one in found)])
        self.is_open = self.places > MOST_PLACES
        self.places = min(self.places, MOST_PLACES)
        maxima = [decimal_places(one.plan.max_points) for one in items]
        self.max_places = max([2, *(12 if one is None else one for one in maxima)])

    # --- stretches of items, for the nodes of the tree ---------------------------------------------------------------

    def points_of(self, first: int, last: int) -> Shown:
        """The points of the items from ``first`` to ``last``."""
        return self._rounded(f"SUM({self._stretch(first, last)})", range(first, last + 1))

    def maxima_of(self, first: int, last: int) -> Shown:
        """The maxima of those items that count."""
        counting = self._counting(self._stretch(first, last), self._heads(DETAIL_ROW, first, last))
        return Shown(f"ROUND(SUMPRODUCT({counting}),{self.max_places})", self._maxima(range(first, last + 1)))

    # --- items by what stands in their heads -------------------------------------------------------------------------

    def points_where(self, row: int, number: int) -> Shown:
        """The points of the items with ``number`` in a row of their heads."""
        every = len(self.items) - 1
        heads, cells = self._heads(row, 0, every), self._stretch(0, every)
        return self._rounded(f"SUMIF({heads},{number},{cells})", self._at(row, number))

    def maxima_where(self, row: int, number: int, *, inside: bool = False) -> Shown:
        """The maxima of such items that count; ``inside``: of those inside the hundred."""
        every = len(self.items) - 1
        among = f"({self._heads(row, 0, every)}={number})*"
        if inside:
            among += f"({self._heads(OUTSIDE_ROW, 0, every)}=0)*"
        text = among + self._counting(self._stretch(0, every), self._heads(DETAIL_ROW, 0, every))
        positions = [at for at in self._at(row, number) if not inside or self._outside(at) == 0]
        return Shown(f"ROUND(SUMPRODUCT({text}),{self.max_places})", self._maxima(positions))

    def inside_part(self, number: int) -> Shown:
        """The points of the items of a part that count inside the hundred."""
        every = len(self.items) - 1
        cells = self._stretch(0, every)
        among = f"{self._heads(PART_ROW, 0, every)},{number},{self._heads(OUTSIDE_ROW, 0, every)},0"
        positions = [at for at in self._at(PART_ROW, number) if self._outside(at) == 0]
        return self._rounded(f"SUMIFS({cells},{among})", positions)

    def points_of_cells(self, positions: Sequence[int]) -> Shown:
        """The points of some items."""
        cells = [self.items[at].cell for at in positions]
        listed = "+".join(f"SUM({','.join(cells[at : at + 200])})" for at in range(0, len(cells), 200)) or "0"
        return self._rounded(listed, positions)

    def answered(self) -> str:
        """How many items have points."""
        return f"COUNT({self._stretch(0, len(self.items) - 1)})"

    # --- parts -------------------------------------------------------------------------------------------------------

    def _stretch(self, first: int, last: int) -> str:
        left = self._points.cell(first)
        return f"{left}:{self._points.letters(last)}{ROW}" if last > first else left

    def _heads(self, row: int, first: int, last: int) -> str:
        letters = self._points.letters
        return f"\1p\2{letters(first)}${row}:{letters(last)}${row}"

    @staticmethod
    def _counting(cells: str, maxima: str) -> str:
        return f'(ISNUMBER({cells})+({cells}="{_UNANSWERED}"))*{maxima}'

    def _outside(self, at: int) -> object:
        return self._points.columns[at].head.outside

    def _at(self, row: int, number: int) -> list[int]:
        head: Callable[[int], object] = self._outside
        if row == PART_ROW:
            head = lambda at: self._points.columns[at].head.part  # noqa: E731
        return [at for at in range(len(self.items)) if head(at) == number]

    def _rounded(self, text: str, positions: Sequence[int] | range) -> Shown:
        columns = [self.items[at].values for at in positions]
        rows = len(self.items[0].values)
        found = [[one[row] for one in columns] for row in range(rows)]
        values = [sum((one for one in row if isinstance(one, Fraction)), Fraction(0)) for row in found]
        return Shown(text if self.is_open else f"ROUND({text},{self.places})", values)

    def _maxima(self, positions: Sequence[int] | range) -> list[Fraction]:
        columns = [(self.items[at].values, self.items[at].plan.max_points) for at in positions]
        rows = len(self.items[0].values)
        return [
            sum(
                (most for values, most in columns if isinstance(values[row], Fraction) or values[row] == _UNANSWERED),
                Fraction(0),
            )
            for row in range(rows)
        ]
