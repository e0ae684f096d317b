"""Rows without codes and dashes that are the parts of the row above them: told by their figures.

"Tổng thu", "Thu nội địa", "Thu xuất nhập khẩu": rows stand under the one above where they add up to it to the last
digit, in one column under a title that speaks of a total, in two under any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import CodeStyle, RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.table_rows import TableRow
from parindex.documents.printed_text import folded

_FEWEST_PARTS, _MOST_PARTS = 2, 12
_FEWEST_COLUMNS = 2
#: A sum of so many units of its last place is no chance.
_LARGE = 100
_NOT_ADDED = (ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.YEAR)


def with_unmarked_groups(table: PrintedTable) -> PrintedTable:
    """The table with the rows that are parts of the one above them put under it."""
    reading = table.by_marks()[0]
    columns = [at for at in range(table.width) if table.kind(at) not in _NOT_ADDED]
    rows = list(table.rows)
    at = 0
    while at < len(rows) - _FEWEST_PARTS:
        count = _parts(reading, columns, rows, at)
        for part in range(at + 1, at + 1 + count):
            rows[part] = replace(rows[part], parent=at)
        at += count + 1
    return table if rows == list(table.rows) else replace(table, rows=tuple(rows))


def _parts(table: PrintedTable, columns: Sequence[int], rows: Sequence[TableRow], at: int) -> int:
    """How many rows below the one at ``at`` are its parts."""
    if rows[at].role is not RowRole.DATA or rows[at].code.style is CodeStyle.DASH:
        return 0
    needed = 1 if folded(rows[at].title).startswith("tong ") else _FEWEST_COLUMNS
    left = {
        column: one.value for column in columns if _is_large(table, at, column) and (one := table.amount(at, column))
    }
    parts = dict.fromkeys(left, 0)
    for count, row in enumerate(rows[at + 1 : at + 1 + _MOST_PARTS], start=1):
        if row.role is not RowRole.DATA or row.code.style is not CodeStyle.NONE:
            return 0
        for column in left:
            amount = table.amount(at + count, column)
            left[column] -= amount.value if amount is not None else Fraction(0)
            parts[column] += amount is not None and amount.value != 0
        if sum(not left[column] and parts[column] >= _FEWEST_PARTS for column in left) >= needed:
            return count
    return 0


def _is_large(table: PrintedTable, row: int, column: int) -> bool:
    amount = table.amount(row, column)
    return amount is not None and amount.value >= _LARGE * amount.unit and not amount.percent
