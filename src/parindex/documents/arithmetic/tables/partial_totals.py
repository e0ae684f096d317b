"""Totals that cover only a part of their column: which groups are left out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from parindex.documents.arithmetic.tables.printed_tables import PrintedTable

#: So many groups may be left out, of so many.
_MOST_LEFT_OUT = 3
_MOST_GROUPS = 24


def covered_part(table: PrintedTable, column: int, rows: Sequence[int], stated: Fraction) -> tuple[str, ...] | None:
    """The rows without which a total is right, by code or title; None where leaving out no few rows makes it right.

    Tried: few of the rows that it is held against, and the rows of which another column of points says nothing (0 or
    empty), such as what a survey scores.
    """
    values = {at: one.value for at in rows if (one := table.amount(at, column)) is not None and one.value}
    gap = sum(values.values(), Fraction(0)) - stated
    if gap <= 0 or len(values) < 3:
        return None
    for count in range(1, min(_MOST_LEFT_OUT, len(values) - 2) + 1):
        if len(values) > _MOST_GROUPS:
            break
        for left_out in combinations(values, count):
            if sum((values[at] for at in left_out), Fraction(0)) == gap:
                return tuple(_name(table, at) for at in left_out)
    return _scored_elsewhere(table, column, gap)


def _scored_elsewhere(table: PrintedTable, column: int, gap: Fraction) -> tuple[str, ...] | None:
    children = table.children()
    leaves = [at for at, _ in enumerate(table.rows) if at not in children and table.amount(at, column) is not None]
    for other in range(table.width):
        if other == column:
            continue
        filled = {at for at in leaves if (one := table.amount(at, other)) is not None and one.value}
        without = [
            at for at in leaves if at not in filled and (one := table.amount(at, column)) is not None and one.value
        ]
        missing = sum((one.value for at in without if (one := table.amount(at, column)) is not None), Fraction(0))
        if filled and without and missing == gap:
            return tuple(_name(table, at) for at in without)
    return None


def _name(table: PrintedTable, row: int) -> str:
    return table.rows[row].code.text or table.rows[row].title
