"""Rows that a table has twice or has lost: the totals tell it, beside the numbers of the rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.tables.amounts import Amount, printed_like
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import CodeStyle, RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.relations import Relation, expected
from parindex.documents.arithmetic.tables.row_relations import RowFigures, accepted_relations
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks
from parindex.documents.printed_text import folded

#: Rows are alike in so many figures; a total says something of so many rows and columns.
_FEWEST_FIGURES, _FEWEST_ROWS, _FEWEST_COLUMNS, _FEWEST_BELOW = 2, 3, 2, 2
_NOT_ADDED = (
    ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.YEAR, ColumnKind.RATIO, ColumnKind.MEAN,
)  # fmt: skip
#: What a table has in a cell of which there is none.
_NOTHING = ("", "-", "–", "−", "—")
#: Rows that nothing adds up.
_RATE = re.compile(r"^(?:ty le|ti le|ty trong|co cau|trung binh|binh quan|so sanh|%)")
_LINEAR = (Relation.SUM, Relation.DIFFERENCE)
#: What the lines above a table say where it has but some of its rows.
_CHOICE = re.compile(r"\b(?:mot so|tieu bieu|dien hinh|noi bat|chu yeu|trich|dan dau|cao nhat|thap nhat|trong do)\b")


def check_missing_rows(checks: TableChecks) -> None:
    """Finds the row that stands twice where the total counts it once, the one that the total leaves out in every
    column, and the one that is missing where the total counts more than the rows; of each group the same.
    """
    table = checks.table
    children = table.children()
    totals = [at for at, row in enumerate(table.rows) if row.role is RowRole.TOTAL]
    tops = _counted(table, children.get(None, []))
    if len(totals) == 1 and len(tops) >= _FEWEST_ROWS:
        _check_total(checks, totals[0], tops)
    # A row without figures may have them in one cell, or under it.
    groups = {
        at: _counted(table, below)
        for at, below in children.items()
        if at is not None and all(table.rows[one].role is RowRole.DATA for one in below)
    }
    over = {at: _over(table, at, below) for at, below in groups.items() if len(below) >= _FEWEST_BELOW}
    wrong = [at for at, gaps in over.items() if sum(gap != 0 for gap in gaps.values()) >= _FEWEST_COLUMNS]
    if len(wrong) != 1 or table.rows[wrong[0]].role is not RowRole.DATA or _is_choice(table):
        return
    group = wrong[0]
    right = [at for at, gaps in over.items() if len(gaps) >= _FEWEST_COLUMNS and not any(gaps.values())]
    told = _beside(table, over[group], group, groups[group])
    needed = len(("this", "that")) if table.rows[groups[group][0]].code.style is CodeStyle.DASH else 1
    if told is None and len(right) >= needed:
        told = _lost(table, over[group], group, groups[group])
    if told is not None:
        _tell(checks, told, group, over[group])


def _check_total(checks: TableChecks, total: int, tops: Sequence[int]) -> None:
    table = checks.table
    over = _over(table, total, tops)
    if sum(gap != 0 for gap in over.values()) < _FEWEST_COLUMNS:
        return
    told = _beside(table, over, total, tops)
    if told is None and not any(slip.row == total for slip in checks.slips):
        told = _left_out(table, over, total, tops) or _lost(table, over, total, tops)
    if told is not None:
        _tell(checks, told, total, over)


def _counted(table: PrintedTable, rows: Sequence[int]) -> list[int]:
    """The rows that a total counts; one called "Tỷ lệ hồ sơ đúng hạn" has points of its own beside a maximum."""
    data = [at for at in rows if table.rows[at].role is RowRole.DATA]
    of_points = any(table.kind(at) is ColumnKind.MAXIMUM for at in range(table.width))
    return [at for at in data if of_points or not _RATE.search(folded(table.rows[at].title))]


def _tell(checks: TableChecks, told: Slip, total: int, over: Mapping[int, Fraction]) -> None:
    """Tells of the row, and no more of the sums that only follow from it."""
    left = [one for one in checks.slips if one.row != total or one.gap is None or one.gap != over.get(one.column)]
    checks.slips[:] = [*left, told]


def _beside(table: PrintedTable, over: Mapping[int, Fraction], total: int, tops: Sequence[int]) -> Slip | None:
    """The slip of a row that stands twice, or of a number that is left out."""
    for one, again in zip(tops, tops[1:], strict=False):
        if _are_alike(table, one, again) and all(over[at] == -_value(table, again, at) for at in over):
            return _slip(again, "row_twice", table.rows[one].title)
        if _skips(table, one, again, tops) and all(gap > 0 for gap in over.values()):
            return _slip(total, "row_left_out", table.rows[one].code.text)
    return None


def _left_out(table: PrintedTable, over: Mapping[int, Fraction], total: int, tops: Sequence[int]) -> Slip | None:
    """The slip of a total that is less than its rows by one and the same row in every column."""
    rows = [at for at in tops if all(gap == -_value(table, at, column) for column, gap in over.items())]
    if len(rows) != 1:
        return None
    column = next(at for at, gap in over.items() if gap)
    stated = table.amount(total, column)
    assert stated is not None
    facts = {"without": (table.rows[rows[0]].title or table.rows[rows[0]].code.text,), "count": len(tops)}
    found = printed_like(stated.value - over[column], stated)
    kind = StatementKind.PARTIAL_TOTAL
    return Slip(total, column, kind, Sure.CERTAIN, stated.text, found, "total_of_a_part", facts, gap=over[column])


def _lost(table: PrintedTable, over: Mapping[int, Fraction], total: int, tops: Sequence[int]) -> Slip | None:
    """The slip of a total that is more than its rows by what is a row itself: less than all of them, and with the sums
    and differences of its columns. Rows that are a choice of all are no table of all.
    """
    values = {column: [_value(table, at, column) for at in tops] for column in over}
    numbers = _numbers(table, tops)
    counted = not numbers or numbers in (list(range(first, first + len(numbers))) for first in (1, 2))
    if _is_choice(table) or not counted or not all(_may_be_a_row(gap, values[column]) for column, gap in over.items()):
        return None
    if not _is_a_row(table, over):
        return None
    first = next(at for at, gap in over.items() if gap)
    stated = table.amount(total, first)
    assert stated is not None
    found = printed_like(stated.value - over[first], stated)
    facts = {"columns": sum(gap != 0 for gap in over.values())}
    kind = StatementKind.TOTAL
    return Slip(total, first, kind, Sure.LIKELY, stated.text, found, "rows_lost", facts, gap=over[first])


def _is_choice(table: PrintedTable) -> bool:
    """Whether the lines above a table say that it has but some of its rows."""
    return any(_CHOICE.search(folded(line.text)) for line in table.before)


def _may_be_a_row(gap: Fraction, values: Sequence[Fraction]) -> bool:
    """Whether a gap has the sign of the figures of its column, and is less than all of them."""
    low = min(Fraction(0), *values)
    return (gap >= 0 or low < 0) and abs(gap) <= sum((abs(one) for one in values), Fraction(0))


def _is_a_row(table: PrintedTable, over: Mapping[int, Fraction]) -> bool:
    """Whether what is left over has the sums and differences that the rows show."""
    figures = RowFigures(table)
    shown = [one.made for one in accepted_relations(figures) if one.made.relation in _LINEAR]
    held = [made for made in shown if made.columns <= set(over)]
    amounts = {column: Amount(gap, 0, "") for column, gap in over.items()}
    return bool(held) and all(
        expected(made, [amounts[at] for at in made.operands]) == amounts[made.target].value for made in held
    )


def _over(table: PrintedTable, total: int, rows: Sequence[int]) -> dict[int, Fraction]:
    """By how much the total is above what its rows add up to, in each column in which all of them have a figure, or
    none.
    """
    out: dict[int, Fraction] = {}
    for column in range(1, table.width):
        whole = table.amount(total, column)
        if whole is None or whole.percent or "%" in table.heads[column] or table.kind(column) in _NOT_ADDED:
            continue
        values = [_value(table, at, column) for at in rows]
        if min(values) >= 0 and max(values) > whole.value:
            continue  # what one row is above is no sum of them
        if all(table.amount(at, column) is not None or _is_nothing(table, at, column) for at in rows):
            out[column] = whole.value - sum(values, Fraction(0))
    return out


def _is_nothing(table: PrintedTable, row: int, column: int) -> bool:
    """Whether a cell says that there is none: it is empty, or holds a dash."""
    cells = table.rows[row].cells
    text = cells[column].text.strip() if column < len(cells) else ""
    return text in _NOTHING and not table.is_unknown(row, column)


def _value(table: PrintedTable, row: int, column: int) -> Fraction:
    found = table.amount(row, column)
    return found.value if found is not None else Fraction(0)


def _are_alike(table: PrintedTable, one: int, other: int) -> bool:
    """Whether two rows have the same title and the same figures."""
    if not table.rows[one].title or folded(table.rows[one].title) != folded(table.rows[other].title):
        return False
    pairs = [(table.amount(one, at), table.amount(other, at)) for at in range(1, table.width)]
    told = [(a.value, b.value) for a, b in pairs if a is not None and b is not None]
    return len(told) >= _FEWEST_FIGURES and all(a == b for a, b in told)


def _skips(table: PrintedTable, one: int, other: int, rows: Sequence[int]) -> bool:
    """Whether the number between the numbers of two rows is left out, no other number of the rows is odd, and no row
    that nothing adds up has it.
    """
    first, last = (table.rows[at].code.numbers for at in (one, other))
    beside = bool(first) and len(first) == len(last) and first[:-1] == last[:-1] and last[-1] == first[-1] + 2
    numbers = _numbers(table, rows)
    steps = [after - before for before, after in zip(numbers, numbers[1:], strict=False)]
    between = table.rows[one + 1 : other]
    due = (*first[:-1], first[-1] + 1) if first else ()
    stands = any(row.code.numbers == due for row in between)
    return beside and not stands and sorted(steps)[:-1] == [1] * (len(steps) - 1)


def _numbers(table: PrintedTable, rows: Sequence[int]) -> list[int]:
    """The last numbers of the codes of rows."""
    return [numbers[-1] for at in rows if (numbers := table.rows[at].code.numbers)]


def _slip(row: int, why: str, beside: str) -> Slip:
    facts = {"beside": beside}
    return Slip(row, 0, StatementKind.TOTAL, Sure.CERTAIN, "", "", why, facts)
