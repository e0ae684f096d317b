"""Columns of marks ("x") that a total counts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.tables.amounts import printed_like
from parindex.documents.arithmetic.tables.labels import MARKS, RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks

#: Rows that a table of marks has at the least.
_FEWEST = 3
#: A total that is farther off counts something else.
_MOST_OFF = 2


def check_marks(checks: TableChecks) -> None:
    """Finds the total of a column of marks that is not how many there are."""
    table = checks.table
    totals = [at for at, row in enumerate(table.rows) if row.role is RowRole.TOTAL]
    rows = [at for at, row in enumerate(table.rows) if row.role is not RowRole.TOTAL]
    if len(totals) != 1 or len(rows) < _FEWEST:
        return
    told = [(column, count, amount) for column in range(1, table.width) if (count := _marks(table, column, rows))
            and (amount := table.amount(totals[0], column)) is not None]  # fmt: skip
    checks.checked["sums"] += len(told)
    broken = [(column, count, amount) for column, count, amount in told if amount.value != count]
    for column, count, amount in broken:
        if 2 * len(broken) > len(told) or abs(amount.value - count) > _MOST_OFF:
            continue
        facts, found = {"count": len(rows)}, printed_like(Fraction(count), amount)
        why = "total_differs"
        checks.slips.append(Slip(totals[0], column, StatementKind.TOTAL, Sure.LIKELY, amount.text, found, why, facts))


def _marks(table: PrintedTable, column: int, rows: Sequence[int]) -> int:
    """How many rows have a mark in a column; 0 where others hold something else."""
    texts = [row.cells[column].text.strip() for at in rows if column < len((row := table.rows[at]).cells)]
    return sum(map(bool, texts)) if all(text in MARKS or not text for text in texts) else 0
