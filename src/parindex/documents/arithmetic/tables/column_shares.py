"""Shares of the total of a column: under a row of 100 % each row's share is its figure over the total's.

Which column is shared out in which is seen from the rows; columns side by side that are built alike ("Số lượng",
"Tỷ trọng" for each group) prove each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.tables.amounts import Amount, printed_like
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.rounding_habits import ColumnHabit, habit_of
from parindex.documents.arithmetic.tables.slips import CellAt, Slip, Statement, TableChecks

_NOT_SHARED = (ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.YEAR, ColumnKind.RATIO)
_HUNDRED = Fraction(100)
#: What the whole is printed as.
_WHOLES = (_HUNDRED, Fraction(1))
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
    scale: Fraction
    habit: ColumnHabit
    holding: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)

    def amounts(self, table: PrintedTable, row: int) -> tuple[Amount, Amount, Amount]:
        """The share, its part and the whole of a row that was tried."""
        cells = (row, self.shares), (row, self.of), (self.total, self.of)
        share, part, whole = (found for cell in cells if (found := table.amount(*cell)) is not None)
        return share, part, whole

    def step(self, part: Amount) -> Fraction:
        """By how much a part may be rounded."""
        return Fraction(0) if self.habit.exact else self.habit.unit(part) / 2


def check_shares(checks: TableChecks) -> None:
    """Finds shares of a total that the column beside them contradicts."""
    tried = list(_tried(checks.table))
    for one in tried:
        alike = [other for other in tried if other.shares - other.of == one.shares - one.of]
        holding = sum(len(other.holding) for other in alike)
        broken = sum(len(other.broken) for other in alike)
        shown = holding >= max(_FEWEST, _HELD_FOR_ONE * broken) and len(one.holding) >= max(_OWN, len(one.broken))
        if not shown and not _makes_whole(checks.table, one):
            continue
        checks.checked["ratios"] += len(one.holding) + len(one.broken)
        checks.slips += [_slip(checks.table, one, row) for row in one.broken if not _evens_out(checks.table, one, row)]
        checks.holding += [_statement(checks.table, one, row) for row in one.holding]


def _makes_whole(table: PrintedTable, shared: _Shared) -> bool:
    """Whether the one share that does not hold, were it right, would make all of them add up to the whole."""
    if len(shared.broken) != 1 or len(shared.holding) < _OWN:
        return False
    amounts = [shared.amounts(table, row) for row in (*shared.holding, *shared.broken)]
    printed = sum((share.value for share, _, _ in amounts), Fraction(0))
    _, part, whole = amounts[-1]
    mended = printed - amounts[-1][0].value + part.value / whole.value * shared.scale
    reach = len(amounts) * amounts[-1][0].unit
    return abs(mended - shared.scale) <= reach < abs(printed - shared.scale)


def _evens_out(table: PrintedTable, shared: _Shared, row: int) -> bool:
    """Whether the one share that does not hold takes up what rounding left of the whole in the others, so that all add
    up to it.
    """
    amounts = [shared.amounts(table, at) for at in (*shared.holding, *shared.broken)]
    share, part, whole = shared.amounts(table, row)
    left = abs(share.value - part.value / whole.value * shared.scale)
    adds_up = sum((one.value for one, _, _ in amounts), Fraction(0)) == shared.scale
    return adds_up and len(shared.broken) == 1 and 2 * left <= (len(amounts) + 1) * share.unit


def _tried(table: PrintedTable) -> Iterator[_Shared]:
    """Every column of shares with the nearest column that its shares may be of."""
    totals = [at for at, row in enumerate(table.rows) if row.role is RowRole.TOTAL]
    for shares in range(1, table.width):
        wholes = ((at, one.value) for at in totals if (one := table.amount(at, shares)) is not None)
        total, scale = next(((at, one) for at, one in wholes if one in _WHOLES), (None, _HUNDRED))
        if total is None or not _is_shares(table, shares, scale):
            continue
        for of in sorted(range(table.width), key=lambda at: (abs(at - shares), at)):
            whole = table.amount(total, of)
            if of != shares and whole is not None and whole.value > 0 and table.kind(of) not in _NOT_SHARED:
                amounts = [one for at in range(len(table.rows)) if (one := table.amount(at, of)) is not None]
                habit = habit_of(amounts, table.heads[of])
                shared = _held(table, _Shared(shares, of, total, scale, habit), amounts, whole)
                if len(shared.holding) >= max(_OWN, len(shared.broken)):
                    yield shared
                    break


def _is_shares(table: PrintedTable, column: int, scale: Fraction) -> bool:
    amounts = [one for at in range(len(table.rows)) if (one := table.amount(at, column)) is not None]
    signs = 2 * sum(one.percent for one in amounts) > len(amounts)
    named = table.kind(column) is ColumnKind.RATIO or "co cau" in table.heads[column]
    return (signs or named) and all(0 <= one.value <= scale for one in amounts)


def _held(table: PrintedTable, shared: _Shared, amounts: Sequence[Amount], whole: Amount) -> _Shared:
    for at, row in enumerate(table.rows):
        part, share = table.amount(at, shared.of), table.amount(at, shared.shares)
        if at == shared.total or row.role is not RowRole.DATA or part is None or share is None or part.value <= 0:
            continue
        step = shared.step(part)
        if _is_share(part, whole, share, step, shared.scale):
            shared.holding.append(at)
        elif not any(_is_share(part, one, share, step, shared.scale) for one in amounts if one.value > part.value):
            # What is a share of a group above stands under that group.
            shared.broken.append(at)
    return shared


def _is_share(part: Amount, whole: Amount, share: Amount, step: Fraction, scale: Fraction) -> bool:
    """Whether a share is that of a part in a whole, each rounded by ``step``; the share may have been cut."""
    spread = (step + step * part.value / whole.value) / whole.value * scale
    return abs(part.value / whole.value * scale - share.value) < share.unit + spread


def _statement(table: PrintedTable, shared: _Shared, row: int) -> Statement:
    """The share of a row, its part and the whole, as one of them would have to be."""
    cells = (row, shared.shares), (row, shared.of), (shared.total, shared.of)
    printed = dict(zip(cells, shared.amounts(table, row), strict=True))
    step = shared.step(printed[cells[1]])

    def holds(cell: CellAt, amount: Amount) -> bool:
        share, part, whole = ({**printed, cell: amount}[one] for one in cells)
        return whole.value > 0 and _is_share(part, whole, share, step, shared.scale)

    def asks(cell: CellAt) -> Fraction | None:
        share, part, whole = (printed[one].value for one in cells)
        if cell == cells[0]:
            return part / whole * shared.scale
        if cell == cells[1]:
            return share / shared.scale * whole
        return part * shared.scale / share if share else None

    return Statement(cells, holds, asks, exactly=False)


def _slip(table: PrintedTable, shared: _Shared, row: int) -> Slip:
    share, part, whole = shared.amounts(table, row)
    found = part.value / whole.value * shared.scale
    facts = {"operands": [part.text, whole.text], "rows": len(shared.holding)}
    shown = printed_like(found, share, places=max(share.places, 1))
    return Slip(
        row, shared.shares, StatementKind.RATIO, Sure.CERTAIN, share.text, shown, "share_of_total_differs", facts,
        statement=_statement(table, shared, row), gap=share.value - found,
    )  # fmt: skip
