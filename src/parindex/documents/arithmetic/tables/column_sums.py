"""Sums down a column: groups against the rows under them, totals against the rows, groups and totals they cover.

A total may stand above, below or between its rows, and cover all rows, those of its group, or the totals of groups. It
is wrong only where it is none of these, and only in a column that adds up elsewhere, or where the same rows add up in
another column. Rows behind dashes may be some of the parts: they are held against their row only where they add up in
another column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import misprint_between
from parindex.documents.arithmetic.tables.amounts import Amount, printed_like
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import NO_CODE, CodeStyle, RowRole
from parindex.documents.arithmetic.tables.partial_totals import covered_part
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.rounding_habits import (
    ColumnHabit,
    Fit,
    are_exact,
    habit_of,
    mean_fit,
    sum_fit,
)
from parindex.documents.arithmetic.tables.slips import CellAt, Slip, Statement, TableChecks
from parindex.documents.printed_text import folded

#: A sum of figures of so many units that holds to the last digit is no chance.
_LARGE = 100
#: All, in per cents.
_WHOLE = Fraction(100)
NOT_ADDED = (ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.YEAR)
#: What stands above some of the parts of the row before it.
_SOME = re.compile(r"^trong (?:so )?do\b")
_NUMBERED = (CodeStyle.DOTTED, CodeStyle.LETTERED, CodeStyle.NUMBER)
#: So many means show that one that differs is wrong.
FEWEST_MEANS = 5
_Fit = Callable[[Amount, Sequence[Amount], ColumnHabit], Fit]


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed figure and the rows that it is held against."""

    row: int
    total: Amount
    rows: tuple[int, ...]
    fit: Fit
    is_total: bool
    #: A cell under it is empty: what it lacks cannot be told.
    has_gaps: bool = False
    #: The rows under it may be some of its parts.
    is_open: bool = False

    @property
    def found(self) -> Fraction:
        """What the rows add up to."""
        return self.total.value - self.fit.gap


def check_sums(checks: TableChecks) -> None:
    """Finds the sums of each column that do not hold."""
    table = checks.table
    columns = [column for column in range(table.width) if table.kind(column) not in NOT_ADDED]
    by_column = {column: Column(table, column) for column in columns}
    held = {
        (one.row, one.rows)
        for made in by_column.values()
        for one in made.sums
        if one.is_total and one.fit.holds and tells(one, made.amounts)
    }
    for made in by_column.values():
        made.settle(held)
    proven = {
        (one.row, one.rows)
        for made in by_column.values()
        for one in made.sums
        if one.fit.is_exact and one.total.value >= _LARGE * one.total.unit and tells(one, made.amounts)
    }
    adding = {column for column, made in by_column.items() if made.adds_up()}
    for column, made in by_column.items():
        accepted = column in adding or made.is_like(by_column, adding)
        slips = list(made.slips(proven, accepted=accepted))
        if accepted or slips:
            checks.checked["sums"] += len(made.sums)
            checks.slips += slips
            checks.holding += made.holding(made.sums, sum_fit)


class Column:
    """One column of a table with everything in it that may be a sum."""

    def __init__(self, table: PrintedTable, column: int) -> None:
        self.table, self.column = table, column
        self.amounts = {at: one for at in range(len(table.rows)) if (one := table.amount(at, column)) is not None}
        self.habit = habit_of(list(self.amounts.values()), table.heads[column])
        self.children = table.children()
        self.tried: dict[int, list[Sum]] = {}
        self.sums = [*self._groups(sum_fit), *self._totals(sum_fit)]
        if are_exact([one.fit for one in self.sums]):
            self.habit = ColumnHabit(self.habit.places, exact=True)
            self.sums = [*self._groups(sum_fit), *self._totals(sum_fit)]

    # --- what is a sum of what ---------------------------------------------------------------------------------------

    def _groups(self, fit: _Fit) -> Iterator[Sum]:
        """Rows with rows under them, each against these."""
        for parent, below in self.children.items():
            total = self.amounts.get(parent) if parent is not None else None
            if parent is None or total is None:
                continue
            rows = self._filled(below)
            if rows:
                parts = [self.amounts[at] for at in rows]
                gaps = len(rows) < len(self._all(below)) or self._are_doubted((parent, *rows)) or self._breaks_off(rows)
                is_open = self.table.rows[below[0]].code.style in (CodeStyle.DASH, CodeStyle.NONE)
                is_open = is_open or any(
                    _SOME.match(folded(one.title)) for one in self.table.rows[parent + 1 : below[0]]
                )
                yield Sum(parent, total, tuple(rows), fit(total, parts, self.habit), False, gaps, is_open)

    def _breaks_off(self, rows: Sequence[int]) -> bool:
        """Whether a group has but the last row of the table: the others may stand in the next one."""
        return len(rows) == 1 and rows[0] == len(self.table.rows) - 1

    def _are_doubted(self, rows: Sequence[int]) -> bool:
        return any(self.table.is_unknown(at, self.column) for at in rows)

    def _filled(self, rows: Sequence[int]) -> list[int]:
        """The rows with a figure; where a heading has none, those under it."""
        return [at for at in self._all(rows) if at in self.amounts]

    def _all(self, rows: Sequence[int]) -> list[int]:
        out: list[int] = []
        for at in rows:
            if at in self.amounts or at not in self.children:
                out.append(at)
            else:
                out += self._all(self.children[at])
        return out

    def _totals(self, fit: _Fit) -> Iterator[Sum]:
        """Rows called totals, each against the best of what it may cover."""
        for at, row in enumerate(self.table.rows):
            total = self.amounts.get(at)
            if row.role is RowRole.TOTAL and total is not None:
                gaps = any(self.table.is_unknown(one, self.column) for one in range(len(self.table.rows)))
                tried = [
                    Sum(at, total, tuple(rows), fit(total, [self.amounts[one] for one in rows], self.habit), True, gaps)
                    for rows in self._coverages(at)
                    if rows
                ]
                if tried:
                    self.tried[at] = tried
                    yield next((one for one in tried if one.fit.holds), tried[0])

    def _coverages(self, at: int) -> Iterator[list[int]]:
        """What a total in row ``at`` may cover: all groups, all rows, those before or after it, the totals there."""
        rows = self.table.rows
        totals = [one for one, row in enumerate(rows) if row.role is RowRole.TOTAL and one in self.amounts]
        tops = self._filled(self.children.get(None, []))
        leaves = [one for one in self.amounts if rows[one].role is RowRole.DATA and one not in self.children]
        before = max((one for one in totals if one < at), default=-1)
        after = min((one for one in totals if one > at), default=len(rows))
        heading = max((one for one in range(at) if rows[one].role is RowRole.HEADING), default=-1)
        next_heading = min((o for o in range(at + 1, len(rows)) if rows[o].role is RowRole.HEADING), default=len(rows))
        for low, high in (
            (-1, len(rows)),
            (before, at),
            (at, after),
            (heading, at),
            (at, next_heading),
            (-1, at),
            (at, len(rows)),
        ):
            for covered in (tops, leaves):
                yield [one for one in covered if low < one < high and one != at]
        yield [one for one in totals if one < at]
        yield [one for one in totals if one > at]
        yield [*(one for one in totals if one < at), *(one for one in tops if before < one < at)]

    def settle(self, held: set[tuple[int, tuple[int, ...]]]) -> None:
        """Holds each total that is right of no rows against those that it covers in other columns."""
        self.sums = [
            next((other for other in self.tried[one.row] if (other.row, other.rows) in held), one)
            if one.is_total and not one.fit.holds
            else one
            for one in self.sums
        ]

    # --- whether it adds up ------------------------------------------------------------------------------------------

    def adds_up(self) -> bool:
        """Whether the column is one of sums: most of what may be a sum is one."""
        telling = [one for one in self.sums if tells(one, self.amounts)]
        holding = sum(one.fit.holds for one in telling)
        broken = sum(not one.fit.holds and not one.has_gaps and not one.is_open for one in telling)
        return holding >= max(2, 2 * broken - 1) and not self._is_percents()

    def is_like(self, others: dict[int, Column], adding: set[int]) -> bool:
        """Whether the column adds up as the ones beside it do: its few sums are theirs, and it is of their kind."""
        if self._is_percents() or not self.sums or self.averages() or self._is_of_shares():
            return False
        own = {one.row for one in self.sums}
        like = [one for one in adding if own & {other.row for other in others[one].sums if other.fit.holds}]
        if like and self._is_near():
            return True
        holding = [
            one
            for one in others.values()
            if any(s.is_total and s.fit.holds and tells(s, one.amounts) for s in one.sums)
        ]
        return (bool([one for one in holding if one is not self]) and self._is_near()) or self._stands_alone(others)

    def _is_of_shares(self) -> bool:
        """Whether the column has shares that are no parts of one whole, by its head."""
        shares = "%" in self.table.heads[self.column] or self.table.kind(self.column) is ColumnKind.RATIO
        return shares and not any(_WHOLE in (one.total.value, one.found) for one in self.sums)

    def _stands_alone(self, others: dict[int, Column]) -> bool:
        """The only column of figures, or the only one with a total, under a row called so that lies above every row and
        near their sum.
        """
        beside = [one for one in others.values() if one is not self and len(one.amounts) >= 2]
        totals = [one for one in self.sums if one.is_total]
        if len(totals) != 1 or len(totals[0].rows) < 3 or not self._is_near():
            return False
        return not beside or (_is_close(totals[0]) and not any(totals[0].row in one.amounts for one in beside))

    def _is_near(self) -> bool:
        """Whether what does not hold is still of the size of a sum."""
        for one in self.sums:
            largest = max((self.amounts[at].value for at in one.rows), default=Fraction(0))
            if one.is_open or one.fit.holds or len(one.rows) == 1:
                continue
            if not (one.total.value >= largest and _same_size(one)):
                return False
        return True

    def averages(self) -> bool:
        """Whether the figures of groups and totals are means."""
        means = self._means()
        telling = [one for one in means if len(one.rows) > 1]
        return len(telling) >= 1 and 2 * sum(one.fit.holds for one in telling) > len(telling)

    def _means(self) -> list[Sum]:
        return [*self._groups(mean_fit), *self._totals(mean_fit)]

    def _is_percents(self) -> bool:
        shown = sum(one.percent for one in self.amounts.values())
        return 2 * shown > len(self.amounts)

    # --- what is wrong -----------------------------------------------------------------------------------------------

    def slips(self, proven: set[tuple[int, tuple[int, ...]]], *, accepted: bool) -> Iterator[Slip]:
        """The sums that do not hold, each fault once: all in an ``accepted`` column, else those of rows that are
        ``proven`` to add up in another one.
        """
        broken = {
            one.row: one
            for one in self.sums
            if not one.fit.holds
            and not one.has_gaps
            and (self._is_proven(one, proven) or (accepted and not one.is_open))
        }
        for one in broken.values():
            above = self.table.rows[one.row].parent
            explained = any(
                other.fit.gap == -one.fit.gap and one.row != other.row and other.row in one.rows
                for other in broken.values()
            )
            if not explained and above != one.row:
                yield self.slip(one)

    def _is_proven(self, one: Sum, proven: set[tuple[int, tuple[int, ...]]]) -> bool:
        """Whether the same rows add up in another column, and here but for what is of the size of a misprint."""
        if (one.row, one.rows) not in proven or len(one.rows) < 2 or "%" in self.table.heads[self.column]:
            return False
        return not self._is_percents() and not self.averages() and _is_close(one)

    def broken_means(self) -> Iterator[Slip]:
        """The one mean of groups or totals that does not hold, where many do."""
        means = [one for one in self._means() if not one.has_gaps]
        broken = [one for one in means if not one.fit.holds]
        if len(broken) == 1 and len(means) >= FEWEST_MEANS:
            yield self.slip(broken[0], why="table_mean_differs")

    def holding(self, sums: Sequence[Sum], fit: _Fit) -> Iterator[Statement]:
        """The sums or means that hold."""
        return (self.statement(one, fit) for one in sums if one.fit.holds)

    def statement(self, one: Sum, fit: _Fit) -> Statement:
        """A total and its parts, as one of them would have to be."""
        cells = tuple((at, self.column) for at in (one.row, *one.rows))
        share = Fraction(1, len(one.rows)) if fit is mean_fit else Fraction(1)

        def holds(cell: CellAt, amount: Amount) -> bool:
            total, *parts = (amount if at == cell else self.amounts[at[0]] for at in cells)
            return fit(total, parts, self.habit).holds

        def asks(cell: CellAt) -> Fraction | None:
            return (
                one.total.value - one.fit.gap if cell == cells[0] else self.amounts[cell[0]].value + one.fit.gap / share
            )

        return Statement(cells, holds, asks)

    def slip(self, one: Sum, why: str = "") -> Slip:
        """What is said of a sum or mean that does not hold."""
        kind = StatementKind.TOTAL if one.is_total else StatementKind.PARENT_SUM
        part = covered_part(self.table, self.column, one.rows, one.total.value) if one.is_total else None
        if not one.is_total and self.table.rows[one.row].code.style not in _NUMBERED:
            kind = StatementKind.TABLE_SUM
        if part is not None:
            kind = StatementKind.PARTIAL_TOTAL
        found = printed_like(one.found, one.total)
        facts = {"count": len(one.rows), "without": part or ()}
        group = "group_sum_differs" if self.table.rows[one.row].code is not NO_CODE else "rows_below_differ"
        why = why or ("total_of_a_part" if part else "total_differs" if one.is_total else group)
        statement = self.statement(one, mean_fit if why == "table_mean_differs" else sum_fit)
        near = abs(one.fit.gap) <= 2 * self.habit.unit(one.total) and self.habit.places > 0 and not self.habit.exact
        sure = Sure.LIKELY if near else Sure.CERTAIN
        return Slip(one.row, self.column, kind, sure, one.total.text, found, why, facts, None, statement, one.fit.gap)


def tells(one: Sum, amounts: dict[int, Amount]) -> bool:
    """Whether a sum says something: of two figures that are not zero, or of one row under a group."""
    return sum(amounts[at].value != 0 for at in one.rows) >= 2 or (not one.is_total and len(one.rows) == 1)


def _same_size(one: Sum) -> bool:
    """Whether a printed sum is of the size of the found one."""
    return _is_close(one) or 2 * one.total.value > one.found


def _is_close(one: Sum) -> bool:
    """Whether a printed sum lies within a fifth of the found one, or is a misprint of it."""
    found, stated = one.found, one.total.value
    digits = [str(abs(value.numerator * 10**6 // value.denominator)) for value in (found, stated)]
    misprint = sorted(digits[0]) == sorted(digits[1]) or misprint_between(*digits) is not None
    return abs(found - stated) * 5 <= abs(found) or misprint
