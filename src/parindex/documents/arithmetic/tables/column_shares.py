"""Shares of the total of a column: under a row of 100 % each row's share is its figure over the total's.

Which column is shared out in which is seen from the rows; columns side by side that are built alike ("Số lượng",
"Tỷ trọng" for each group) prove each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.tables.amounts import Amount, printed_like
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.rounding_habits import habit_of
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks

_NOT_SHARED = (ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.YEAR, ColumnKind.RATIO)
_HUNDRED = Fraction(100)
#: Rows that must hold in all columns that are built alike, for one that does not, and in the column itself.
_FEWEST = 4
_HELD_FOR_ONE = 3
_OWN = 2


@dataclass(slots=True)
class _Shared:
    """A column of shares, the column that it shares out, the row of the total, and the rows that hold and do not."""

    shares: int
    of: int
    total: int
    holding: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)

    def amounts(self, table: PrintedTable, row: int) -> tuple[Amount, Amount, Amount]:
        """The part, its share and the whole of a row that was tried."""
        cells = (row, self.of), (row, self.shares), (self.total, self.of)
        part, share, whole = (found for cell in cells if (found := table.amount(*cell)) is not None)
        return part, share, whole


def check_shares(checks: TableChecks) -> None:
    """Finds shares of a total that the column beside them contradicts."""
    tried = list(_tried(checks.table))
    for one in tried:
        alike = [other for other in tried if other.shares - other.of == one.shares - one.of]
        holding = sum(len(other.holding) for other in alike)
        broken = sum(len(other.broken) for other in alike)
        if holding < max(_FEWEST, _HELD_FOR_ONE * broken) or len(one.holding) < max(_OWN, len(one.broken)):
            continue
        checks.checked["ratios"] += len(one.holding) + len(one.broken)
        checks.slips += [_slip(checks.table, one, row) for row in one.broken]


def _tried(table: PrintedTable) -> Iterator[_Shared]:
    """Every column of shares with the nearest column that its shares may be of."""
    totals = [at for at, row in enumerate(table.rows) if row.role is RowRole.TOTAL]
    for shares in range(1, table.width):
        total = next((at for at in totals if (one := table.amount(at, shares)) and one.value == _HUNDRED), None)
        if total is None or not _is_shares(table, shares):
            continue
        for of in sorted(range(table.width), key=lambda at: (abs(at - shares), at)):
            whole = table.amount(total, of)
            if of != shares and whole is not None and whole.value > 0 and table.kind(of) not in _NOT_SHARED:
                shared = _held(table, _Shared(shares, of, total), whole)
                if len(shared.holding) >= max(_OWN, len(shared.broken)):
                    yield shared
                    break


def _is_shares(table: PrintedTable, column: int) -> bool:
    amounts = [one for at in range(len(table.rows)) if (one := table.amount(at, column)) is not None]
    signs = 2 * sum(one.percent for one in amounts) > len(amounts)
    named = table.kind(column) is ColumnKind.RATIO or "co cau" in table.heads[column]
    return (signs or named) and all(0 <= one.value <= _HUNDRED for one in amounts)


def _held(table: PrintedTable, shared: _Shared, whole: Amount) -> _Shared:
    amounts = [one for at in range(len(table.rows)) if (one := table.amount(at, shared.of)) is not None]
    habit = habit_of(amounts, table.heads[shared.of])
    for at, row in enumerate(table.rows):
        part, share = table.amount(at, shared.of), table.amount(at, shared.shares)
        if at == shared.total or row.role is not RowRole.DATA or part is None or share is None or part.value <= 0:
            continue
        step = Fraction(0) if habit.exact else habit.unit(part) / 2
        if _is_share(part, whole, share, step):
            shared.holding.append(at)
        elif not any(_is_share(part, one, share, step) for one in amounts if one.value > part.value):
            # What is a share of a group above stands under that group.
            shared.broken.append(at)
    return shared


def _is_share(part: Amount, whole: Amount, share: Amount, step: Fraction) -> bool:
    """Whether a share is that of a part in a whole, each rounded by ``step``; the share may have been cut."""
    spread = (step + step * part.value / whole.value) / whole.value * _HUNDRED
    return abs(part.value / whole.value * _HUNDRED - share.value) < share.unit + spread


def _slip(table: PrintedTable, shared: _Shared, row: int) -> Slip:
    part, share, whole = shared.amounts(table, row)
    found = part.value / whole.value * _HUNDRED
    facts = {"operands": [part.text, whole.text], "rows": len(shared.holding)}
    shown = printed_like(found, share, places=max(share.places, 1))
    cells = {(row, shared.of): Fraction(0)}
    return Slip(
        row, shared.shares, StatementKind.RATIO, Sure.CERTAIN, share.text, shown, "share_of_total_differs", facts,
        parts=cells, gap=share.value - found,
    )  # fmt: skip
