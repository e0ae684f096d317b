"""Sums down a column: groups against the rows under them, totals against the rows, groups and totals they cover.

A total may stand above, below or between its rows, and cover all rows, those of its group, or the totals of groups. It
is wrong only where it is none of these, and only in a column that adds up elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.tables.amounts import Amount, printed_like
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import CodeStyle, RowRole
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
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks

_NOT_ADDED = (ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.YEAR)
#: So many means show that one that differs is wrong.
_FEWEST_MEANS = 5
_Fit = Callable[[Amount, Sequence[Amount], ColumnHabit], Fit]


@dataclass(frozen=True, slots=True)
class _Sum:
    """A printed figure and the rows that it is held against."""

    row: int
    total: Amount
    rows: tuple[int, ...]
    fit: Fit
    is_total: bool
    #: A cell under it is empty: what it lacks cannot be told.
    has_gaps: bool = False

    @property
    def found(self) -> Fraction:
        """What the rows add up to."""
        return self.total.value - self.fit.gap


def check_sums(checks: TableChecks) -> None:
    """Finds the sums of each column that do not hold."""
    table = checks.table
    columns = [column for column in range(table.width) if table.kind(column) not in _NOT_ADDED]
    by_column = {column: _Column(table, column) for column in columns}
    adding = {column for column, made in by_column.items() if made.adds_up()}
    for column, made in by_column.items():
        if column in adding or made.is_like(by_column, adding):
            checks.checked["sums"] += len(made.sums)
            checks.slips += made.slips()
        elif made.averages():
            checks.checked["sums"] += len(made.sums)
            checks.slips += made.mean_slips()


class _Column:
    """One column of a table with everything in it that may be a sum."""

    def __init__(self, table: PrintedTable, column: int) -> None:
        self.table, self.column = table, column
        self.amounts = {at: one for at in range(len(table.rows)) if (one := table.amount(at, column)) is not None}
        self.habit = habit_of(list(self.amounts.values()), table.heads[column])
        self.children = table.children()
        self.sums = [*self._groups(sum_fit), *self._totals(sum_fit)]
        if are_exact([one.fit for one in self.sums]):
            self.habit = ColumnHabit(self.habit.places, exact=True)
            self.sums = [*self._groups(sum_fit), *self._totals(sum_fit)]

    # --- what is a sum of what ---------------------------------------------------------------------------------------

    def _groups(self, fit: _Fit) -> Iterator[_Sum]:
        """Rows with rows under them, each against these."""
        for parent, below in self.children.items():
            total = self.amounts.get(parent) if parent is not None else None
            if parent is None or total is None:
                continue
            rows = self._filled(below)
            if rows:
                parts = [self.amounts[at] for at in rows]
                gaps = len(rows) < len(self._all(below)) or self._are_doubted((parent, *rows)) or self._breaks_off(rows)
                yield _Sum(parent, total, tuple(rows), fit(total, parts, self.habit), False, gaps)

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

    def _totals(self, fit: _Fit) -> Iterator[_Sum]:
        """Rows called totals, each against the best of what it may cover."""
        for at, row in enumerate(self.table.rows):
            total = self.amounts.get(at)
            if row.role is RowRole.TOTAL and total is not None:
                tried = [
                    _Sum(at, total, tuple(rows), fit(total, [self.amounts[one] for one in rows], self.habit), True)
                    for rows in self._coverages(at)
                    if rows
                ]
                if tried:
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

    # --- whether it adds up ------------------------------------------------------------------------------------------

    def adds_up(self) -> bool:
        """Whether the column is one of sums: most of what may be a sum is one."""
        telling = [one for one in self.sums if _tells(one, self.amounts)]
        holding = sum(one.fit.holds for one in telling)
        broken = sum(not one.fit.holds and not one.has_gaps for one in telling)
        return holding >= max(2, 2 * broken - 1) and not self._is_percents()

    def is_like(self, others: dict[int, _Column], adding: set[int]) -> bool:
        """Whether the column adds up as the ones beside it do: its few sums are theirs, and it is of their kind."""
        if self._is_percents() or not self.sums or self.averages():
            return False
        own = {one.row for one in self.sums}
        like = [one for one in adding if own & {other.row for other in others[one].sums if other.fit.holds}]
        if like and self._is_near():
            return True
        holding = [
            one
            for one in others.values()
            if any(s.is_total and s.fit.holds and _tells(s, one.amounts) for s in one.sums)
        ]
        return (bool([one for one in holding if one is not self]) and self._is_near()) or self._stands_alone(others)

    def _stands_alone(self, others: dict[int, _Column]) -> bool:
        """The only column of figures, under a row called a total that lies above every row and near their sum."""
        beside = [one for one in others.values() if one is not self and len(one.amounts) >= 2]
        totals = [one for one in self.sums if one.is_total]
        return not beside and len(totals) == 1 and len(totals[0].rows) >= 3 and self._is_near()

    def _is_near(self) -> bool:
        """Whether what does not hold is still of the size of a sum."""
        for one in self.sums:
            largest = max((self.amounts[at].value for at in one.rows), default=Fraction(0))
            if not one.fit.holds and len(one.rows) > 1 and not (one.total.value >= largest and _same_size(one)):
                return False
        return True

    def averages(self) -> bool:
        """Whether the figures of groups and totals are means."""
        means = [*self._groups(mean_fit), *self._totals(mean_fit)]
        telling = [one for one in means if len(one.rows) > 1]
        return len(telling) >= 1 and 2 * sum(one.fit.holds for one in telling) > len(telling)

    def _is_percents(self) -> bool:
        shown = sum(one.percent for one in self.amounts.values())
        return 2 * shown > len(self.amounts)

    # --- what is wrong -----------------------------------------------------------------------------------------------

    def slips(self) -> Iterator[Slip]:
        """The sums that do not hold, each fault once."""
        broken = {one.row: one for one in self.sums if not one.fit.holds and not one.has_gaps}
        for one in broken.values():
            above = self.table.rows[one.row].parent
            explained = any(
                other.fit.gap == -one.fit.gap and one.row != other.row and other.row in one.rows
                for other in broken.values()
            )
            if not explained and above != one.row:
                yield self._slip(one)

    def mean_slips(self) -> Iterator[Slip]:
        """The one mean that does not hold."""
        means = [one for one in (*self._groups(mean_fit), *self._totals(mean_fit)) if not one.has_gaps]
        broken = [one for one in means if not one.fit.holds]
        if len(broken) == 1 and len(means) >= _FEWEST_MEANS:
            yield self._slip(broken[0], why="table_mean_differs")

    def _slip(self, one: _Sum, why: str = "") -> Slip:
        kind = StatementKind.TOTAL if one.is_total else StatementKind.PARENT_SUM
        part = covered_part(self.table, self.column, one.rows, one.total.value) if one.is_total else None
        if not one.is_total and self.table.rows[one.row].code.style not in (CodeStyle.DOTTED, CodeStyle.NUMBER):
            kind = StatementKind.TABLE_SUM
        if part is not None:
            kind = StatementKind.PARTIAL_TOTAL
        found = printed_like(one.found, one.total)
        facts = {"count": len(one.rows), "without": part or ()}
        why = why or ("total_of_a_part" if part else "total_differs" if one.is_total else "group_sum_differs")
        share = Fraction(1, len(one.rows)) if why == "table_mean_differs" else Fraction(1)
        parts = {(at, self.column): share for at in one.rows}
        near = abs(one.fit.gap) <= 2 * self.habit.unit(one.total) and self.habit.places > 0 and not self.habit.exact
        sure = Sure.LIKELY if near else Sure.CERTAIN
        return Slip(one.row, self.column, kind, sure, one.total.text, found, why, facts, None, parts, one.fit.gap)


def _tells(one: _Sum, amounts: dict[int, Amount]) -> bool:
    """Whether a sum says something: of two figures that are not zero, or of one row under a group."""
    return sum(amounts[at].value != 0 for at in one.rows) >= 2 or (not one.is_total and len(one.rows) == 1)


def _same_size(one: _Sum) -> bool:
    """Whether a printed sum lies within a fifth of the found one, or has its digits in another order."""
    found, stated = one.found, one.total.value
    digits = [sorted(str(abs(value.numerator * 10**6 // value.denominator))) for value in (found, stated)]
    return abs(found - stated) * 5 <= abs(found) or digits[0] == digits[1] or 2 * stated > found
