"""Grades of rows against the figures that they go by: each grade is a stretch of the values of some column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks
from parindex.documents.printed_text import joined

_FEWEST_GRADED = 8
#: Longer tables are data and no table of a report.
_MOST_ROWS = 400
#: So many rows of another grade must lie between a row and those of its grade.
_DEEP = 2


def check_grades(checks: TableChecks) -> None:
    """Finds the grade that the figures contradict."""
    for column in range(checks.table.width):
        if checks.table.kind(column) is ColumnKind.GRADE:
            _check_grades(checks, column)


def _check_grades(checks: TableChecks, column: int) -> None:
    table = checks.table
    rows = [at for at, row in enumerate(table.rows) if row.role is RowRole.DATA]
    grades = {at: joined(table.rows[at].cells[column].text) for at in rows if column < len(table.rows[at].cells)}
    grades = {at: grade for at, grade in grades.items() if grade and table.amount(at, column) is None}
    names = set(grades.values())
    if not _FEWEST_GRADED <= len(grades) <= _MOST_ROWS or not 2 <= len(names) <= 6:
        return
    by_column: list[dict[int, Fraction]] = []
    for by in range(table.width):
        values = {at: one.value for at in grades if (one := table.amount(at, by)) is not None}
        doubted = any(by == column for slip in checks.slips for _, column in slip.cells)
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
