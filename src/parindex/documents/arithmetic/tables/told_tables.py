"""Tables as the text of a paper speaks of them: rows that are counted, years, cells that are known to be wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.slips import Slip

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class ToldTable:
    """A table in each way to read it. ``doubted``: the rows (by position) in which a cell is known to be wrong, with
    how far it may be off; None where nobody knows.
    """

    readings: tuple[PrintedTable, ...]
    doubted: Mapping[int, Sequence[Fraction | None]]

    @classmethod
    def of(cls, table: PrintedTable, slips: Sequence[Slip]) -> ToldTable:
        """The table with what was found in it."""
        doubted: dict[int, list[Fraction | None]] = {}
        for slip in slips:
            doubted.setdefault(slip.row, []).append(slip.gap)
        return cls(tuple(table.by_marks()), doubted)

    @property
    def printed(self) -> PrintedTable:
        """The table where the reading does not matter."""
        return self.readings[0]

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that its head and the lines before it name."""
        table = self.printed
        texts = (*table.titles, *(one.text for one in table.before))
        return frozenset(year for text in texts for year in YEAR.findall(text))

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows that are counted."""
        children = self.printed.children()
        return tuple(
            at for at, row in enumerate(self.printed.rows) if row.role is RowRole.DATA and at not in children
        )  # fmt: skip

    def meant(self, row: int, printed: Fraction) -> list[Fraction] | None:
        """What a figure of a row may be meant to be; None where it may be anything."""
        gaps = self.doubted.get(row, ())
        known = [gap for gap in gaps if gap is not None]
        if len(known) < len(gaps):
            return None
        return [printed, *(printed + sign * gap for gap in known for sign in (1, -1))]

    def may_be_of(self, words: str) -> bool:
        """Whether a statement is of a year of the table, so far as both name years."""
        years = set(YEAR.findall(words))
        return not (years and self.years) or bool(years & self.years)
