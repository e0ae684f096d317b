"""One fault, one finding: the cell that breaks several sums, differences and ratios is the one that is wrong.

Of a statement that does not hold any cell may be misprinted. The one is told that, were it another figure, would make
most statements hold and break none of those that hold; of one statement alone what it follows from is believed, unless
two digits that changed places in another cell explain all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.documents.arithmetic.misprints import (
    MisprintKind,
    digits_of,
    misprint_between,
    neighbours_exchanged,
    with_another_digit,
)
from parindex.documents.arithmetic.tables.amounts import Amount, printed_like
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.slips import CellAt, Slip, Statement

#: Cells of a statement alone that are tried for digits that changed places, and the digits that tell it.
_MOST_CELLS, _TELLING = 8, 3


@dataclass(frozen=True, slots=True)
class _Option:
    """Another figure in a cell: the slips that it mends, the statements that it breaks, and what the misprint is."""

    cell: CellAt
    printed: Amount
    amount: Amount
    mended: tuple[Slip, ...]
    broken: int
    misprint: MisprintKind | None
    is_target: bool

    @property
    def worth(self) -> tuple[int, int, bool]:
        """The higher, the better it explains what does not hold."""
        exchanged = self.misprint is MisprintKind.EXCHANGED and len(digits_of(self.amount.text)) >= _TELLING
        return len(self.mended) - self.broken, exchanged, self.is_target


def single_faults(table: PrintedTable, slips: Sequence[Slip], holding: Sequence[Statement]) -> list[Slip]:
    """The slips, those that one cell explains made one slip of that cell; ``holding``: the statements that hold."""
    left = _told_once(slips)
    doubted = {cell for slip in left for cell in slip.cells}
    beside: dict[CellAt, list[Statement]] = {}
    for one in holding:
        for cell in doubted.intersection(one.cells):
            beside.setdefault(cell, []).append(one)
    out: list[Slip] = []
    while True:
        options = [option for cell in _cells(left) for option in _options(table, cell, left, beside.get(cell, ()))]
        best = max(options, key=lambda one: one.worth, default=None)
        if best is None or not _explains(best, options):
            return out + left
        out.append(_told(best))
        left = [slip for slip in left if slip not in best.mended]


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
    return slip.row, slip.kind, slip.stated, slip.found, frozenset(slip.cells[1:])


def _cells(slips: Sequence[Slip]) -> dict[CellAt, None]:
    """The cells of statements that do not hold, in reading order of the slips."""
    return dict.fromkeys(cell for slip in slips if slip.statement is not None for cell in slip.cells)


def _options(
    table: PrintedTable, cell: CellAt, slips: Sequence[Slip], beside: Sequence[Statement]
) -> Iterator[_Option]:
    """The figures that a cell may be meant to be, each with what it would mend and break."""
    printed = table.amount(*cell)
    own = [(slip, slip.statement) for slip in slips if slip.statement is not None and cell in slip.cells]
    if printed is None:
        return
    alone = len(own) == 1 and own[0][1].cells[0] != cell
    if alone and len(own[0][1].cells) > _MOST_CELLS:
        return
    is_target = any(statement.cells[0] == cell for _, statement in own)
    for amount, misprint in _meant(table, cell, printed, [statement for _, statement in own]).items():
        mended = tuple(slip for slip, statement in own if statement.holds(cell, amount))
        broken = sum(not one.holds(cell, amount) for one in beside)
        if mended:
            yield _Option(cell, printed, amount, mended, broken, misprint, is_target)


def _meant(
    table: PrintedTable, cell: CellAt, printed: Amount, statements: Sequence[Statement]
) -> dict[Amount, MisprintKind | None]:
    """The figures that a cell may be meant to be: what its statements ask, and its misprints where they leave it
    open.
    """
    out: dict[Amount, MisprintKind | None] = {}
    digits = digits_of(printed.text)
    for one in statements:
        asked = one.asks(cell)
        if asked is not None:
            model = _model(table, cell, printed, asked)
            places = model.places
            text = printed_like(asked, model, places=places)
            out[_amount(printed, text, places)] = misprint_between(digits, digits_of(text))
    if not any(one.exactly for one in statements) and len(digits) >= _TELLING:
        out |= {_amount(printed, text): MisprintKind.EXCHANGED for text in neighbours_exchanged(printed.text)}
        if len(statements) > 1:
            out |= {_amount(printed, text): MisprintKind.OTHER for text in with_another_digit(printed.text)}
    return {amount: kind for amount, kind in out.items() if amount.value != printed.value}


def _model(table: PrintedTable, cell: CellAt, printed: Amount, asked: Fraction) -> Amount:
    """A figure in whose form to print what a cell is asked to be: its own, or, where noughts are not printed ("4" by
    "2.5"), one of its column with as many decimals as that needs.
    """
    column = [one for at in range(len(table.rows)) if (one := table.amount(at, cell[1])) is not None]
    more = sorted((one for one in column if one.places > printed.places), key=lambda one: one.places)
    tried = [printed, *more]
    return next((one for one in tried if (asked * 10**one.places).denominator == 1), printed)


def _amount(printed: Amount, text: str, places: int | None = None) -> Amount:
    places = printed.places if places is None else places
    value = Fraction(int(digits_of(text) or 0), 10**places)
    value = -value if "-" in text or printed.text.startswith("(") else value
    return replace(printed, value=value, places=places, text=text)


def _explains(best: _Option, options: Sequence[_Option]) -> bool:
    """Whether an option is better than what the first cell of each statement says of itself."""
    if len(best.mended) > 1:
        return best.broken < len(best.mended)
    if best.is_target or best.broken or best.worth[:1] < (1,):
        return False
    rivals = [one for one in options if one.mended == best.mended and one.cell != best.cell]
    target = [one for one in rivals if one.is_target]
    if best.worth[1] and not any(one.misprint for one in target):
        return not any(one.worth >= best.worth for one in rivals)
    return bool(target) and all(one.broken for one in rivals)


def _told(best: _Option) -> Slip:
    """The slip of the cell: its own, where something was said of it."""
    own = [slip for slip in best.mended if (slip.row, slip.column) == best.cell]
    told = next((slip for slip in own if slip.gap is not None or len(best.mended) == 1), None)
    if told is not None:
        return told
    first, count = next((slip for slip in best.mended if slip.gap is not None), best.mended[0]), len(best.mended)
    row, column = best.cell
    kind, why = (own or [first])[0].kind, "cell_differs" if count > 1 else "cell_misprinted"
    stated, found, facts = best.printed.text, best.amount.text, {**first.facts, "statements": count}
    return replace(
        first, row=row, column=column, kind=kind, stated=stated, found=found, why=why, facts=facts, severity=None
    )
