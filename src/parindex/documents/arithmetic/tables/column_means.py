"""Means of a column: a last row of the means of all rows above it, and groups and totals that are means.

Columns prove each other: where the row of means holds in most of them, one in which it does not is wrong, unless its
figure follows from others of its row.
"""

from __future__ import annotations

from collections.abc import Sequence

from parindex.documents.arithmetic.tables.column_sums import NOT_ADDED, Column, Sum
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.rounding_habits import mean_fit
from parindex.documents.arithmetic.tables.slips import TableChecks

#: Columns in which a row of means must hold, for each in which it does not.
_FEWEST, _FOR_EACH = 2, 2
_FEWEST_ROWS = 3


def check_means(checks: TableChecks) -> None:
    """Finds the means that do not hold; what follows from others of its row is held against these."""
    table = checks.table
    columns = [Column(table, at) for at in range(table.width) if table.kind(at) not in NOT_ADDED]
    told = {one.cells[0] for one in checks.holding}
    for made in columns:
        if made.averages():
            checks.checked["sums"] += len(made.sums)
            checks.slips += [slip for slip in made.broken_means() if (slip.row, slip.column) not in told]
    for at, row in enumerate(table.rows):
        if row.role is RowRole.MEAN:
            _check_row(checks, columns, at)


def _check_row(checks: TableChecks, columns: Sequence[Column], at: int) -> None:
    """Finds the means of one row that do not hold, by what it is the mean of in most columns."""
    told = {one.cells[0] for one in checks.holding}
    tried = [
        [(made, mean) for made in columns if (mean := _mean(made, at, rows)) is not None]
        for rows in _covered(checks.table, at)
    ]
    best = max(tried, key=lambda one: sum(mean.fit.holds for _, mean in one), default=[])
    held = [(made, mean) for made, mean in best if mean.fit.holds]
    broken = [(made, mean) for made, mean in best if not mean.fit.holds and (at, made.column) not in told]
    if len(held) < max(_FEWEST, _FOR_EACH * len(broken)):
        return
    checks.checked["sums"] += len(best)
    checks.slips += [made.slip(mean, why="table_mean_differs") for made, mean in broken]
    checks.holding += [made.statement(mean, mean_fit) for made, mean in held]


def _covered(table: PrintedTable, at: int) -> list[list[int]]:
    """The rows that a row of means may be of: all, or those since the one before it."""
    children = table.children()
    leaves = [one for one, row in enumerate(table.rows) if row.role is RowRole.DATA and one not in children]
    tops = [one for one in children.get(None, []) if table.rows[one].role is RowRole.DATA]
    before = max((one for one in range(at) if table.rows[one].role is RowRole.MEAN), default=-1)
    return [leaves, tops, [one for one in leaves if before < one < at]]


def _mean(made: Column, at: int, rows: Sequence[int]) -> Sum | None:
    """The mean of a column in a row; None where it says nothing, a figure below it is missing, or it is their sum: how
    many were asked in all may stand in a row of means.
    """
    stated = made.amounts.get(at)
    parts = [made.amounts[one] for one in rows if one in made.amounts]
    if stated is None or len(parts) < max(_FEWEST_ROWS, len(rows)) or len({one.value for one in parts}) == 1:
        return None
    if stated.value == sum(one.value for one in parts):
        return None
    return Sum(at, stated, tuple(rows), mean_fit(stated, parts, made.habit), True)
