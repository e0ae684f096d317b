"""Rows of shares below a row of counts: ``Tỷ lệ (%)`` has 100 under the whole, their share under each of its parts."""

from __future__ import annotations

import re
from fractions import Fraction

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.tables.amounts import Amount, printed_like
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.slips import CellAt, Slip, Statement, TableChecks
from parindex.documents.printed_text import folded

_SHARES = re.compile(r"^(?:ty le|ti le|ty trong|co cau)\b.{0,30}$|^%$")
_NOT_SHARED = (ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.RATIO, ColumnKind.MEAN)
_HUNDRED = Fraction(100)
#: Shares that must hold beside one that does not.
_FEWEST = 2


def check_share_rows(checks: TableChecks) -> None:
    """Finds the share of a row of shares that the counts above contradict."""
    table = checks.table
    for row, below in enumerate(table.rows):
        above = row - 1
        if row and _SHARES.search(folded(below.title)) and table.rows[above].role is not RowRole.HEADING:
            _check_row(checks, row, above)


def _check_row(checks: TableChecks, row: int, above: int) -> None:
    table = checks.table
    columns = [at for at in range(1, table.width) if table.kind(at) not in _NOT_SHARED]
    both = {
        at: (share, count)
        for at in columns
        if (share := table.amount(row, at)) is not None and (count := table.amount(above, at)) is not None
    }
    counts = [at for at in columns if table.amount(above, at) is not None]
    wholes = [at for at, (share, _) in both.items() if share.value == _HUNDRED]
    if not wholes and counts and counts[0] not in both:
        wholes = [counts[0]]  # under the whole itself there may be none
    whole = table.amount(above, wholes[0]) if wholes else None
    if whole is None or whole.value <= 0:
        return
    shares = {at: pair for at, pair in both.items() if at != wholes[0] and pair[1].value <= whole.value}
    holding = [at for at, (share, count) in shares.items() if _is_share(share, count, whole)]
    broken = [at for at in shares if at not in holding]
    if len(holding) < _FEWEST or len(broken) > 1:
        return
    checks.checked["ratios"] += len(shares)
    checks.holding += [_statement((row, at), (above, at), (above, wholes[0]), table) for at in holding]
    for at in broken:
        share, count = shares[at]
        found = count.value / whole.value * _HUNDRED
        shown = printed_like(found, share, places=max(share.places, 1))
        statement = _statement((row, at), (above, at), (above, wholes[0]), table)
        facts = {"operands": [count.text, whole.text], "rows": len(holding)}
        kind, why = StatementKind.RATIO, "row_ratio_differs"
        checks.slips.append(
            Slip(row, at, kind, Sure.LIKELY, share.text, shown, why, facts, None, statement, share.value - found)
        )


def _is_share(share: Amount, count: Amount, whole: Amount) -> bool:
    return whole.value > 0 and abs(count.value / whole.value * _HUNDRED - share.value) < share.unit


def _statement(share: CellAt, count: CellAt, whole: CellAt, table: PrintedTable) -> Statement:
    """A share, its count and the whole, as one of them would have to be."""
    cells = (share, count, whole)
    printed = {at: one for at in cells if (one := table.amount(*at)) is not None}

    def holds(cell: CellAt, amount: Amount) -> bool:
        meant = {**printed, cell: amount}
        return _is_share(*(meant[at] for at in cells))

    def asks(cell: CellAt) -> Fraction | None:
        part, of, all_of = (printed[at].value for at in cells)
        if cell == share:
            return of / all_of * _HUNDRED
        if cell == count:
            return part * all_of / _HUNDRED
        return of * _HUNDRED / part if part else None

    return Statement(cells, holds, asks, exactly=False)
