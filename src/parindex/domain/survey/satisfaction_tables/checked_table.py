"""A printed satisfaction table while it is checked: what was found in place of what is printed, and what is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, SatisfactionTable
from parindex.domain.survey.satisfaction_tables.table_rollup import Way, compared
from parindex.domain.values import number_text

#: The cell that a finding is about, where it is that of no year.
_COLUMN_OF: dict[str, int | str] = {
    "satisfaction_difference": "difference",
    "satisfaction_number": "label",
    "satisfaction_item_repeated": "title",
}


@dataclass(slots=True)
class CheckedTable:
    """A table while it is checked: ``values`` with what was found in place of what is printed."""

    table: SatisfactionTable
    way: Way
    values: list[list[Fraction | None]]
    #: Rows of which an item or a group is lost, as the numbers show; how many items and groups are.
    incomplete: set[int] = field(default_factory=set)
    lost: Counter[RowLevel] = field(default_factory=Counter)

    def name(self, year: int) -> str:
        """The year of a column; "" where the table names none."""
        return str(self.table.years[year] or "")

    def find(self, kind: str, at: int, stated: object, found: object, /, **facts: Any) -> Finding:
        """A finding on row ``at``, at the cell of the figure that it is about (``column``)."""
        row = self.table.rows[at]
        cell = row.cells.get(facts.pop("column", _COLUMN_OF.get(kind, ""))) or row.place.cell
        place = replace(row.place, code=row.code or None, cell=cell)
        severity = facts.pop("severity", Severity.ERROR)
        facts |= {"title": row.title, "level": row.level.value}
        return Finding(kind, severity, place, row.code, _text(stated), _text(found), facts)

    def wrong(self, year: int, rows: Sequence[int]) -> list[int]:
        """Which of ``rows`` have a figure in a column that is not the mean of the values as they stand."""
        found = {at: (stated, due) for at, of, stated, due in compared(self.table, self.way, self.values) if of == year}
        known = [at for at in rows if at in found and at not in self.incomplete]
        return [at for at in known if found[at][0] != found[at][1]]


def _text(value: object) -> str | None:
    if isinstance(value, Fraction):
        return number_text(value)
    return None if value is None else str(value)
