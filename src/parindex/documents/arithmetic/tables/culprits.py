"""One fault, one finding: the cell that breaks several sums, differences and ratios is the one that is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from parindex.documents.arithmetic.tables.amounts import printed_like
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.slips import Slip

_Cell = tuple[int, int]


def single_faults(table: PrintedTable, slips: Sequence[Slip]) -> list[Slip]:
    """The slips, those that one cell explains made one slip of that cell.

    A cell explains several statements where each of them asks for the same other figure in it.
    """
    left = _told_once(slips)
    out: list[Slip] = []
    while True:
        counted = Counter(cell for slip in left for cell in _cells(slip))
        best = max(counted, key=lambda cell: (counted[cell], _is_target(cell, left)), default=None)
        if best is None or counted[best] < 2:
            return out + left
        group = [slip for slip in left if best in _cells(slip)]
        made = _explained(table, best, group)
        if made is None:
            made = next((one for cell, one in _others(table, counted, left) if cell != best), None)
            if made is None:
                return out + left
            group = [slip for slip in left if (made.row, made.column) in _cells(slip)]
        out.append(made)
        left = [slip for slip in left if slip not in group]


def _told_once(slips: Sequence[Slip]) -> list[Slip]:
    """The slips without those that say the same of the next column: a figure that is printed twice is no second proof
    against its parts.
    """
    kept: list[Slip] = []
    for slip in slips:
        if slip.gap is None or not any(_says(slip) == _says(one) for one in kept):
            kept.append(slip)
    return kept


def _says(slip: Slip) -> tuple[object, ...]:
    return slip.row, slip.kind, slip.stated, slip.found, slip.parts.keys()


def _others(table: PrintedTable, counted: Counter[_Cell], left: Sequence[Slip]) -> Iterator[tuple[_Cell, Slip]]:
    """Other cells that explain two statements or more, those that explain most first."""
    for cell, count in counted.most_common(40):
        if count >= 2:
            made = _explained(table, cell, [slip for slip in left if cell in _cells(slip)])
            if made is not None:
                yield cell, made


def _cells(slip: Slip) -> set[_Cell]:
    return {(slip.row, slip.column), *slip.parts}


def _is_target(cell: _Cell, slips: Sequence[Slip]) -> bool:
    return any((slip.row, slip.column) == cell for slip in slips)


def _explained(table: PrintedTable, cell: _Cell, group: Sequence[Slip]) -> Slip | None:
    """The slip of a cell that explains the group; None where the statements ask for different figures in it."""
    amount = table.amount(*cell)
    if amount is None:
        return None
    asked = [value for slip in group if (value := _asked(cell, slip, amount.value)) is not None]
    reach = 2 * amount.unit
    if not asked or max(asked) - min(asked) > reach:
        return None
    own = next((slip for slip in group if (slip.row, slip.column) == cell), None)
    if own is not None:
        return own
    first = next((slip for slip in group if _asked(cell, slip, amount.value) is not None), group[0])
    found = printed_like(asked[0], amount)
    facts = {**first.facts, "statements": len(group)}
    return replace(
        first,
        row=cell[0],
        column=cell[1],
        stated=amount.text,
        found=found,
        why="cell_differs",
        facts=facts,
        severity=None,
    )


def _asked(cell: _Cell, slip: Slip, printed: Fraction) -> Fraction | None:
    """What a statement asks a cell to be; None where it does not say."""
    if slip.gap is None:
        return None
    if (slip.row, slip.column) == cell:
        return printed - slip.gap
    weight = slip.parts.get(cell, Fraction(0))
    return printed + slip.gap / weight if weight else None
