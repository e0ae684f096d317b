"""Rows that a table has twice or has lost: the totals tell it, beside the numbers of the rows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks
from parindex.documents.printed_text import folded

#: Rows are alike in so many figures; a total says something of so many rows and columns.
_FEWEST_FIGURES, _FEWEST_ROWS, _FEWEST_COLUMNS = 2, 3, 2
_NOT_ADDED = (
    ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.YEAR, ColumnKind.RATIO, ColumnKind.MEAN,
)  # fmt: skip


def check_missing_rows(checks: TableChecks) -> None:
    """Finds the row that stands twice where the total counts it once, and the number that is left out where the total
    counts more than the rows.
    """
    table = checks.table
    totals = [at for at, row in enumerate(table.rows) if row.role is RowRole.TOTAL]
    tops = [at for at in table.children().get(None, []) if table.rows[at].role is RowRole.DATA]
    if len(totals) != 1 or len(tops) < _FEWEST_ROWS:
        return
    over = _over(table, totals[0], tops)
    if len(over) < _FEWEST_COLUMNS:
        return
    for one, again in zip(tops, tops[1:], strict=False):
        if _are_alike(table, one, again) and all(over[at] == -_value(table, again, at) for at in over):
            checks.slips.append(_slip(again, "row_twice", table.rows[one].title))
        elif _skips(table, one, again) and all(gap > 0 for gap in over.values()):
            checks.slips.append(_slip(totals[0], "row_left_out", table.rows[one].code.text))


def _over(table: PrintedTable, total: int, rows: list[int]) -> dict[int, Fraction]:
    """By how much the total is above what its rows add up to, in each column in which all of them have a figure."""
    out: dict[int, Fraction] = {}
    for column in range(1, table.width):
        whole = table.amount(total, column)
        if whole is None or whole.percent or "%" in table.heads[column] or table.kind(column) in _NOT_ADDED:
            continue
        if all(table.amount(at, column) is not None for at in rows):
            out[column] = whole.value - sum((_value(table, at, column) for at in rows), Fraction(0))
    return out


def _value(table: PrintedTable, row: int, column: int) -> Fraction:
    found = table.amount(row, column)
    return found.value if found is not None else Fraction(0)


def _are_alike(table: PrintedTable, one: int, other: int) -> bool:
    """Whether two rows have the same title and the same figures."""
    if not table.rows[one].title or folded(table.rows[one].title) != folded(table.rows[other].title):
        return False
    pairs = [(table.amount(one, at), table.amount(other, at)) for at in range(1, table.width)]
    told = [(a.value, b.value) for a, b in pairs if a is not None and b is not None]
    return len(told) >= _FEWEST_FIGURES and all(a == b for a, b in told)


def _skips(table: PrintedTable, one: int, other: int) -> bool:
    """Whether the number between the numbers of two rows is left out, and no other number of the table is odd."""
    numbers = [table.rows[at].code.numbers for at in (one, other)]
    return all(len(each) == 1 for each in numbers) and numbers[1][0] == numbers[0][0] + 2 and _rises(table)


def _rises(table: PrintedTable) -> bool:
    numbers = list(_numbers(table))
    steps = [after - before for before, after in zip(numbers, numbers[1:], strict=False)]
    return sorted(steps)[:-1] == [1] * (len(steps) - 1)


def _numbers(table: PrintedTable) -> Iterator[int]:
    for at in table.children().get(None, []):
        yield from table.rows[at].code.numbers[:1]


def _slip(row: int, why: str, beside: str) -> Slip:
    facts = {"beside": beside}
    return Slip(row, 0, StatementKind.TOTAL, Sure.CERTAIN, "", "", why, facts)
