"""Rows that follow from two others of the same table, column by column: ``Hồ sơ đang giải quyết`` is what was received
less what was solved, ``Tỷ lệ đúng hạn (%)`` is one row over another.

The title says that a row is what is left, or a rate; of which two rows is seen from the columns in which it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.tables import relations
from parindex.documents.arithmetic.tables.amounts import Amount, printed_like
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.relations import Candidate, Relation
from parindex.documents.arithmetic.tables.rounding_habits import ColumnHabit, Fit
from parindex.documents.arithmetic.tables.slips import CellAt, Slip, Statement, TableChecks
from parindex.documents.printed_text import folded

_REST = re.compile(r"\b(?:con lai|dang (?:giai quyet|xu ly|thuc hien)|chua|ton dong|chenh lech|ket du|boi chi)\b")
_RATE = re.compile(r"^(?:ty le|ti le|ty trong|muc do hoan thanh)\b|^%")
_NOT_HELD = (
    ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.RATIO, ColumnKind.MEAN, ColumnKind.DIFFERENCE,
)  # fmt: skip
#: In longer tables a row follows from two others by chance.
_MOST_ROWS = 16
#: A row holds in so many columns; one is enough for a figure of so many digits that follows from rows this near.
_FEWEST, _DIGITS, _NEAR = 2, 3, 4
#: A rate that is off by less than so many of its last place follows in another way, which is nearly the same.
_FAR = 5


@dataclass(frozen=True, slots=True)
class _Held:
    """A row that follows from two others: the columns in which it does, and in which it does not; how far it is ``off``
    by rounding in all of the former.
    """

    made: Candidate
    holding: tuple[int, ...]
    broken: tuple[int, ...]
    off: Fraction


def check_between_rows(checks: TableChecks) -> None:
    """Finds the rest or the rate that the two rows contradict which it follows from in the other columns."""
    table = checks.table
    rows = [at for at, row in enumerate(table.rows) if row.role in (RowRole.DATA, RowRole.TOTAL)]
    if len(rows) > _MOST_ROWS or any(table.kind(at) is ColumnKind.MAXIMUM for at in range(table.width)):
        return  # beside maxima stand points: "Tỷ lệ hồ sơ đúng hạn" names an item
    columns = [at for at in range(1, table.width) if table.kind(at) not in _NOT_HELD and "%" not in table.heads[at]]
    for row in rows:
        if table.rows[row].role is not RowRole.DATA:
            continue
        found = [one for made in _candidates(table, row, rows) if (one := _held(table, made, columns)) is not None]
        best = max(found, key=lambda one: (not one.broken, len(one.holding), -one.off), default=None)
        if best is not None:
            _say(checks, best)


def _candidates(table: PrintedTable, row: int, rows: Sequence[int]) -> Iterator[Candidate]:
    """How a row with such a title may follow from others: as a rate of two, as the rest of two or of the next three."""
    title = folded(table.rows[row].title)
    others = [at for at in rows if at != row]
    if _RATE.search(title):
        for pair in permutations(others, 2):
            yield Candidate(Relation.RATIO, row, pair, 100)
            yield Candidate(Relation.SHARE, row, pair, 100)
            yield Candidate(Relation.LEFT, row, pair, 100)
    elif _REST.search(title):
        yield from (Candidate(Relation.DIFFERENCE, row, pair) for pair in permutations(others, 2))
        near = [at for at in others if abs(rows.index(at) - rows.index(row)) <= _NEAR]
        for whole in near:
            parts = combinations([at for at in near if at != whole], 2)
            yield from (Candidate(Relation.DIFFERENCE, row, (whole, *pair)) for pair in parts)


def _held(table: PrintedTable, made: Candidate, columns: Sequence[int]) -> _Held | None:
    """The columns in which a row follows so from others, where these are all but one at the most."""
    tried = {at: fit for at in columns if (fit := _fit(table, made, at)) is not None}
    holding = tuple(at for at, fit in tried.items() if fit.holds)
    broken = tuple(at for at, fit in tried.items() if not fit.holds)
    if len(broken) > 1 or not _is_shown(table, made, holding):
        return None
    if made.relation is not Relation.DIFFERENCE and any(
        abs(tried[at].gap) < _FAR * _unit(table, made, at) for at in broken
    ):
        return None
    return _Held(made, holding, broken, sum((abs(tried[at].gap) for at in holding), Fraction(0)))


def _unit(table: PrintedTable, made: Candidate, column: int) -> Fraction:
    """One in the last place of the figure that follows."""
    amount = table.amount(made.target, column)
    return amount.unit if amount is not None else Fraction(0)


def _is_shown(table: PrintedTable, made: Candidate, holding: Sequence[int]) -> bool:
    told = [_amounts(table, made, at) for at in holding]
    telling = [one for one in told if one is not None and relations.tells(made, one[0], one[1:])]
    if len(telling) >= _FEWEST:
        return True
    return _is_near(table, made) and any(len(digits_of(one[0].text)) >= _DIGITS for one in telling)


def _is_near(table: PrintedTable, made: Candidate) -> bool:
    """Whether the three rows stand beside each other, those under them left out."""
    beside = [at for at, row in enumerate(table.rows) if row.parent == table.rows[made.target].parent]
    places = [beside.index(at) if at in beside else len(table.rows) for at in (made.target, *made.operands)]
    return max(places) - min(places) <= _NEAR


def _amounts(table: PrintedTable, made: Candidate, column: int) -> list[Amount] | None:
    """The figures of a column in the row that follows and the two others; None where one is missing."""
    found = [table.amount(at, column) for at in (made.target, *made.operands)]
    return None if None in found else [one for one in found if one is not None]


def _fit(table: PrintedTable, made: Candidate, column: int) -> Fit | None:
    amounts = _amounts(table, made, column)
    return None if amounts is None else _fit_of(made, amounts)


def _fit_of(made: Candidate, amounts: Sequence[Amount]) -> Fit | None:
    """How the first figure stands to the others that it follows from; None where nothing does."""
    habits = [ColumnHabit(one.places, exact=True) for one in amounts]
    return relations.fit(made, amounts[0], amounts[1:], habits[1:], habits[0])


def _say(checks: TableChecks, held: _Held) -> None:
    table, made = checks.table, held.made
    is_rate = made.relation is not Relation.DIFFERENCE
    kind = StatementKind.RATIO if is_rate else StatementKind.DIFFERENCE
    checks.checked["ratios" if kind is StatementKind.RATIO else "differences"] += len(held.holding) + len(held.broken)
    checks.holding += [_statement(table, made, column) for column in held.holding]
    for column in held.broken:
        stated, *operands = _amounts(table, made, column) or []
        found = relations.expected(made, operands)
        shown = printed_like(found, stated, places=max(stated.places, 1) if is_rate else None)
        names = [table.rows[at].title for at in made.operands]
        facts = {"whole": names[0], "part": ", ".join(names[1:]), "operands": [one.text for one in operands]}
        statement, gap = _statement(table, made, column), stated.value - found
        why = "between_rows_ratio" if is_rate else "between_rows_difference"
        checks.slips.append(
            Slip(made.target, column, kind, Sure.LIKELY, stated.text, shown, why, facts, None, statement, gap)
        )


def _statement(table: PrintedTable, made: Candidate, column: int) -> Statement:
    """The three figures of a column, as one of them would have to be."""
    amounts = _amounts(table, made, column) or []
    cells = tuple((at, column) for at in (made.target, *made.operands))

    def holds(cell: CellAt, amount: Amount) -> bool:
        fit = _fit_of(made, [amount if at == cell else one for at, one in zip(cells, amounts, strict=True)])
        return fit is not None and fit.holds

    def asks(cell: CellAt) -> Fraction | None:
        if cell == cells[0]:
            return relations.expected(made, amounts[1:])
        return relations.asked(made, amounts[1:], amounts[0], cells.index(cell) - 1)

    return Statement(cells, holds, asks, exactly=made.relation is Relation.DIFFERENCE)
