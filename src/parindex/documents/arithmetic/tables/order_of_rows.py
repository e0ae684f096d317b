"""Ranks and grades of rows against the figures that they go by.

Which column a rank goes by is seen from the rows; ties may share a rank or have ranks one after another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks
from parindex.documents.printed_text import joined

_FEWEST_RANKED = 5
_FEWEST_GRADED = 8
#: Rows are held against each other: longer tables are data and no table of a report.
_MOST_ROWS = 400
#: So many rows of another grade must lie between a row and those of its grade.
_DEEP = 2
_Group = int | None


@dataclass(frozen=True, slots=True)
class _Order:
    """Rows by one column: which of its ranks hold."""

    column: int
    broken: tuple[int, ...]
    due: Mapping[int, str]


def check_order(checks: TableChecks) -> None:
    """Finds ranks and grades that the figures contradict."""
    table = checks.table
    for column in range(table.width):
        if table.kind(column) is ColumnKind.RANK:
            _check_ranks(checks, column)
        elif table.kind(column) is ColumnKind.GRADE:
            _check_grades(checks, column)


def _check_ranks(checks: TableChecks, column: int) -> None:
    table = checks.table
    ranks = {
        at: int(one.value)
        for at in _rows(table)
        if (one := table.amount(at, column)) is not None and _is_rank(one.value)
    }
    if not _FEWEST_RANKED <= len(ranks) <= _MOST_ROWS:
        return
    tried = [
        order
        for other in range(table.width)
        if other != column and table.kind(other) not in (ColumnKind.NUMBER, ColumnKind.RANK)
        for order in _orders(checks, ranks, other)
    ]
    best = min(tried, key=lambda one: len(one.broken), default=None)
    if best is None or 4 * len(best.broken) > len(ranks):
        return
    checks.checked["points"] += len(ranks)
    for at in best.broken:
        facts = {"by": table.titles[best.column]}
        severity = Severity.CHANGES_SCORE
        checks.slips.append(
            Slip(
                at,
                column,
                StatementKind.RANK_CHANGE,
                Sure.CERTAIN,
                str(ranks[at]),
                best.due[at],
                "rank_differs",
                facts,
                severity,
            )
        )


def _rows(table: PrintedTable) -> list[int]:
    return [at for at, row in enumerate(table.rows) if row.role is RowRole.DATA]


def _is_rank(value: Fraction) -> bool:
    return value.denominator == 1 and value >= 1


def _orders(checks: TableChecks, ranks: Mapping[int, int], by: int) -> Iterator[_Order]:
    """The ranks by one column, from the top or from the bottom, in the table or in each group."""
    table = checks.table
    doubted = {slip.row for slip in checks.slips if slip.column == by or (slip.row, by) in slip.parts}
    values = {at: one.value for at in ranks if (one := table.amount(at, by)) is not None and at not in doubted}
    if len(values) < _FEWEST_RANKED or len(set(values.values())) < 3:
        return
    unknown = len(ranks) - len(values)
    in_groups: tuple[Mapping[int, _Group], ...] = (
        dict.fromkeys(values),
        {at: table.rows[at].parent for at in values},
    )
    for groups in in_groups:
        for sign in (1, -1):
            for dense in (False, True):
                broken, due = [], {}
                for at, value in values.items():
                    beside = [other for one, other in values.items() if groups[one] == groups[at]]
                    better = [other for other in beside if sign * (other - value) > 0]
                    first = 1 + (len(set(better)) if dense else len(better))
                    last = first + (0 if dense else beside.count(value) - 1) + unknown
                    due[at] = str(first)
                    if not first <= ranks[at] <= last:
                        broken.append(at)
                yield _Order(by, tuple(broken), due)


def _check_grades(checks: TableChecks, column: int) -> None:
    table = checks.table
    grades = {
        at: joined(table.rows[at].cells[column].text) for at in _rows(table) if column < len(table.rows[at].cells)
    }
    grades = {at: grade for at, grade in grades.items() if grade and table.amount(at, column) is None}
    names = set(grades.values())
    if not _FEWEST_GRADED <= len(grades) <= _MOST_ROWS or not 2 <= len(names) <= 6:
        return
    by_column: list[dict[int, Fraction]] = []
    for by in range(table.width):
        values = {at: one.value for at in grades if (one := table.amount(at, by)) is not None}
        doubted = any(by in (slip.column, *(column for _, column in slip.parts)) for slip in checks.slips)
        if len(values) == len(grades) and len(set(values.values())) >= len(names) and not doubted:
            by_column.append(values)
    checks.checked["points"] += len(grades) if by_column else 0
    if any(_in_bands(values, grades) for values in by_column):
        return
    # Several columns may each have one row out of its band: only what one of them alone shows is said.
    shown = {row for values in by_column for row in _out_of_band(values, grades)}
    if len(shown) == 1:
        _say_grade(checks, shown.pop(), column, by_column, grades)


def _out_of_band(values: Mapping[int, Fraction], grades: Mapping[int, str]) -> list[int]:
    """The one row without which every grade is a stretch of values, where it lies deep in another grade."""
    apart = [at for at in grades if _in_bands({k: v for k, v in values.items() if k != at}, grades)]
    deep = [at for at in apart if _depth(at, values, grades) >= _DEEP]
    return deep if len(deep) == 1 else []


def _in_bands(values: Mapping[int, Fraction], grades: Mapping[int, str]) -> bool:
    """Whether each grade is a stretch of values of its own."""
    ordered = sorted(values, key=lambda at: values[at])
    runs: list[str] = []
    for at in ordered:
        if not runs or runs[-1] != grades[at]:
            runs.append(grades[at])
    return len(runs) == len(set(runs))


def _depth(row: int, values: Mapping[int, Fraction], grades: Mapping[int, str]) -> int:
    """How many rows of other grades lie between a row and the nearest one of its own grade."""
    own = [at for at in values if grades[at] == grades[row] and at != row]
    if not own:
        return 0
    nearest = min(own, key=lambda at: abs(values[at] - values[row]))
    low, high = sorted((values[row], values[nearest]))
    return sum(low < value < high for at, value in values.items() if grades[at] != grades[row])


def _say_grade(
    checks: TableChecks, row: int, column: int, by_column: Sequence[Mapping[int, Fraction]], grades: Mapping[int, str]
) -> None:
    values = next(one for one in by_column if row in _out_of_band(one, grades))
    nearest = min((at for at in values if at != row), key=lambda at: abs(values[at] - values[row]))
    kind, severity = StatementKind.RULE_POINTS, Severity.CHANGES_SCORE
    checks.slips.append(
        Slip(row, column, kind, Sure.LIKELY, grades[row], grades[nearest], "grade_differs", {}, severity)
    )
