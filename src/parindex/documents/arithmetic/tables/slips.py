"""From a cell that does not add up to a finding: place, statement, figures in the form of the paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.tables.amounts import Amount
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.printed_text import joined

#: Letters of a statement that are shown.
_SHOWN = 160


#: A row and a column.
CellAt = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """What some cells of a table say together: the first follows from the others.

    ``holds(cell, amount)``: whether it holds if one of them were ``amount``; ``asks(cell)``: what that one must be, by
    the others as they are printed; None where no figure makes it hold. ``exactly``: what is asked is one figure, not
    the middle of those that rounding leaves open.
    """

    cells: tuple[CellAt, ...]
    holds: Callable[[CellAt, Amount], bool]
    asks: Callable[[CellAt], Fraction | None]
    exactly: bool = True


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure of a table that does not add up: the row and column it stands in, and what is said of it.

    ``statement``: what does not hold, where that is told of several cells; ``gap``: the printed figure less the found
    one. One wrong cell may break several statements.
    """

    row: int
    column: int
    kind: StatementKind
    sure: Sure
    stated: str
    found: str
    why: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity | None = None
    statement: Statement | None = None
    gap: Fraction | None = None

    @property
    def cells(self) -> tuple[CellAt, ...]:
        """The cells that the slip may lie in."""
        return self.statement.cells if self.statement is not None else ((self.row, self.column),)


@dataclass(slots=True)
class TableChecks:
    """What was found in one table, and how much was held against what; ``holding``: the statements that hold."""

    table: PrintedTable
    slips: list[Slip] = field(default_factory=list)
    holding: list[Statement] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)


def finding(table: PrintedTable, slip: Slip) -> StatementFinding:
    """The finding of a slip."""
    row = table.rows[slip.row]
    cell = row.cells[slip.column] if slip.column < len(row.cells) else row.cells[0]
    place = replace(cell.place, code=row.code.text or None) if cell.place.as_data() else row.place
    severity = slip.severity or severity_of(table, slip.column)
    facts = {"row": row.title, "column": table.titles[slip.column], **slip.facts}
    return StatementFinding(
        slip.kind, severity, slip.sure, place, row_text(table, slip.row), slip.stated, slip.found, slip.why, facts
    )


def severity_of(table: PrintedTable, column: int) -> Severity:
    """What a wrong figure of a column spoils: points change a score."""
    points = table.kind(column) in (ColumnKind.POINTS, ColumnKind.MAXIMUM) or "diem" in table.heads[column]
    return Severity.CHANGES_SCORE if points else Severity.WRONG_FIGURE


def row_text(table: PrintedTable, row: int) -> str:
    """A row as printed, its cells side by side."""
    text = " ".join(words for cell in table.rows[row].cells if (words := joined(cell.text)))
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + "…"
