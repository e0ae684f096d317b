"""What a workbook says of a sheet besides its values: hidden rows and columns, merges, formulas without a result.

It is scanned before the values are read: a single cell at the far end of a sheet makes the range between it and the
table larger than any memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from parindex.documents.readers import limits
from parindex.documents.readers.sheet_cells import cell_name
from parindex.domain.errors import Place

#: First and last row and column of a merged cell, from 0.
Merge = tuple[tuple[int, int], tuple[int, int]]
#: First and last of a run of rows or columns, from 0.
Run = tuple[int, int]
#: A range with fewer filled cells than one in so many is not a large table but two things far apart.
_SPARSE = 10


@dataclass(slots=True)
class SheetLayout:
    """One sheet; ``unknown`` cells are formulas whose result the file does not hold."""

    hidden_rows: list[Run] = field(default_factory=list)
    hidden_columns: list[Run] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    unknown: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Extent:
    """The range that the filled cells of a sheet span, as far as they were seen.

    ``whole_rows``: the reader of the format keeps the empty cells before the first column as well. ``most``: so many
    cells the range may have, else the limit for papers.
    """

    path: Path
    place: Place
    whole_rows: bool = False
    first_row: int = -1
    first_column: int = 0
    last_row: int = 0
    last_column: int = 0
    filled: int = 0
    most: int | None = None

    def take(self, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        """A filled cell, or ``rows`` × ``columns`` of them.

        Raises :class:`~parindex.domain.errors.InvalidInput`: ``cell_far_away`` (facts ``first``, ``found``,
        ``limit``), ``too_many_cells``.
        """
        if self.first_row < 0:
            self.first_row, self.first_column = row, 0 if self.whole_rows else column
        self.first_row, self.first_column = min(self.first_row, row), min(self.first_column, column)
        self.last_row = max(self.last_row, row + rows - 1)
        self.last_column = max(self.last_column, column + columns - 1)
        self.filled += rows * columns
        width = self.last_column - self.first_column + 1
        most = self.most or limits.MAX_CELLS
        size = width * (self.last_row - self.first_row + 1)
        if size <= most and width <= limits.MAX_COLUMNS:
            return
        if self.filled * _SPARSE >= size:
            raise limits.refused(self.path, "too_many_cells", place=self.place, limit=most)
        found = cell_name(row + rows - 1, column + columns - 1)
        place = Place(file=self.place.file, sheet=self.place.sheet, cell=found)
        first = cell_name(self.first_row, self.first_column)
        raise limits.refused(self.path, "cell_far_away", place=place, first=first, found=found, limit=most)
