"""Points above their maximum or below nought, and shares above the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.tables.amounts import Amount, Marks
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.slips import CellAt, Slip, Statement, TableChecks
from parindex.domain.values import number_text

_NOT_POINTS = (
    ColumnKind.NUMBER,
    ColumnKind.RANK,
    ColumnKind.GRADE,
    ColumnKind.YEAR,
    ColumnKind.DIFFERENCE,
    ColumnKind.MAXIMUM,
)
_IN_HEAD = re.compile(r"\btoi da:? (?:la )?(\d{1,4}(?:[.,]\d{1,2})?)(?! ?%)|\((\d{1,4}(?:[.,]\d{1,2})?) ?(?:d|diem)\)")
_SHARES = re.compile(r"\b(?:hai long|dung han|dat chuan|so hoa|truc tuyen|dong y)\b")
_TAKEN_OFF = re.compile(r"\b(?:trừ|phạt)\b", re.IGNORECASE)
_FEWEST = 5
_HUNDRED = Fraction(100)


def check_limits(checks: TableChecks) -> None:
    """Finds points that no rule can give and shares of more than all."""
    table = checks.table
    maxima = [at for at in range(table.width) if table.kind(at) is ColumnKind.MAXIMUM]
    for column in range(table.width):
        if table.kind(column) in _NOT_POINTS or column in maxima:
            continue
        amounts = {
            at: one
            for at, row in enumerate(table.rows)
            if row.title and row.role in (RowRole.DATA, RowRole.TOTAL) and (one := table.amount(at, column)) is not None
        }
        if len(amounts) < _FEWEST:
            continue
        limits = _limits(checks, column, amounts, maxima) or _of_row(checks, column, amounts)
        if limits:
            checks.checked["points"] += len(limits)
            _above(checks, column, amounts, limits)
        elif _SHARES.search(table.heads[column]) and _are_shares(table.heads[column], amounts):
            _above(checks, column, amounts, dict.fromkeys(amounts, _Limit(_HUNDRED)))


@dataclass(frozen=True, slots=True)
class _Limit:
    """The most that a cell may have, and the cell that says so."""

    most: Fraction
    told_in: CellAt | None = None


def _limits(checks: TableChecks, column: int, amounts: dict[int, Amount], maxima: list[int]) -> dict[int, _Limit]:
    """The most that each row of a column may have: in the column of maxima left of it, or in its head."""
    table = checks.table
    stated = _IN_HEAD.search(table.heads[column])
    if stated:
        most = Fraction((stated[1] or stated[2]).replace(",", "."))
        rows = [at for at in amounts if table.rows[at].role is RowRole.DATA]
        return dict.fromkeys(rows, _Limit(most))
    left = [at for at in maxima if at < column]
    points = "diem" in table.heads[column] or table.kind(column) in (ColumnKind.POINTS, ColumnKind.PLAIN)
    if not left or not points or _has_per_cents(amounts):
        return {}
    return {at: _Limit(one.value, (at, left[-1])) for at in amounts if (one := table.amount(at, left[-1])) is not None}


def _of_row(checks: TableChecks, column: int, amounts: dict[int, Amount]) -> dict[int, _Limit]:
    """The most that each row may have in a table with one row of maxima."""
    rows = [at for at, row in enumerate(checks.table.rows) if row.role is RowRole.MAXIMUM]
    most = checks.table.amount(rows[0], column) if len(rows) == 1 else None
    return dict.fromkeys(amounts, _Limit(most.value)) if most is not None else {}


def _has_per_cents(amounts: dict[int, Amount]) -> bool:
    return any(one.percent for one in amounts.values())


def _are_shares(head: str, amounts: dict[int, Amount]) -> bool:
    return "%" in head or "ty le" in head or "ti le" in head or _has_per_cents(amounts)


def _above(checks: TableChecks, column: int, amounts: dict[int, Amount], limits: dict[int, _Limit]) -> None:
    """Rows outside their limits, where nearly all rows keep them."""
    outside = [at for at, limit in limits.items() if not _keeps(checks, at, amounts[at], limit)]
    if 10 * len(outside) > len(limits) and not (len(outside) == 1 and len(limits) >= _FEWEST):
        return
    for at in outside:
        amount, most = amounts[at], limits[at].most
        shares = most == _HUNDRED and bool(_SHARES.search(checks.table.heads[column]))
        why = "share_outside" if shares else "points_below_zero" if amount.value < 0 else "points_above_maximum"
        found = number_text(most).replace(".", Marks.COMMA)
        severity = Severity.WRONG_FIGURE if shares else Severity.CHANGES_SCORE
        kind = StatementKind.RATIO if shares else StatementKind.RULE_POINTS
        statement = _statement((at, column), amount, limits[at])
        checks.slips.append(Slip(at, column, kind, Sure.CERTAIN, amount.text, found, why, {}, severity, statement))


def _keeps(checks: TableChecks, row: int, amount: Amount, limit: _Limit) -> bool:
    """Whether points keep their limit; what is taken off may be printed with a minus, or its limit may."""
    if limit.most < 0 or _TAKEN_OFF.search(checks.table.rows[row].title):
        return abs(amount.value) <= abs(limit.most)
    return 0 <= amount.value <= limit.most


def _statement(cell: CellAt, printed: Amount, limit: _Limit) -> Statement:
    """A figure and its limit, as one of them would have to be."""

    def holds(at: CellAt, amount: Amount) -> bool:
        return 0 <= amount.value <= limit.most if at == cell else 0 <= printed.value <= amount.value

    return Statement((cell, *([limit.told_in] if limit.told_in else [])), holds, lambda _: None, exactly=False)
