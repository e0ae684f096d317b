"""Rows of ranks: ``Xếp hạng`` below the points of bodies that stand side by side, a column each."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks

#: So many bodies must be ranked for one that is out of order; two of so many may have changed places.
_FEWEST, _FEWEST_OF_TWO = 5, 8


def check_rank_rows(checks: TableChecks) -> None:
    """Finds the rank of a row of ranks that the row contradicts which all others go by."""
    table = checks.table
    for row, below in enumerate(table.rows):
        if below.role is not RowRole.NOTE:
            continue
        ranks = {
            at: int(one.value) for at in range(1, table.width)
            if (one := table.amount(row, at)) is not None and one.value >= 1 and not one.places
        }  # fmt: skip
        # Ranks of other bodies may be left out; those of all are no more than there are.
        if len(ranks) < _FEWEST or max(ranks.values()) > len(ranks):
            continue
        apart = [
            found for by in range(len(table.rows)) if by != row and (found := _apart(table, by, ranks)) is not None
        ]
        checks.checked["points"] += len(ranks) if apart else 0
        best = min(apart, key=len, default={})
        if apart.count(best) == 1 or len(best) == 1:
            checks.slips += [_slip(table, row, at, due) for at, due in best.items()]


def _apart(table: PrintedTable, by: int, ranks: Mapping[int, int]) -> dict[int, int] | None:
    """The columns whose rank is another by the figures of a row, with that rank; None where it is no such row."""
    values = {at: one.value for at in ranks if (one := table.amount(by, at)) is not None}
    if len(values) < len(ranks) or 2 * len(set(values.values())) < len(values):
        return None
    tried = [_out_of_order(values, ranks, sign, dense) for sign in (1, -1) for dense in (False, True)]
    best = min(tried, key=len)
    return best if len(best) <= (2 if len(ranks) >= _FEWEST_OF_TWO else 1) else None


def _out_of_order(values: Mapping[int, Fraction], ranks: Mapping[int, int], sign: int, dense: bool) -> dict[int, int]:
    """The columns whose rank is another; equal figures may share one or follow each other."""
    out: dict[int, int] = {}
    for at, value in values.items():
        above = [other for other in values.values() if sign * other > sign * value]
        due = 1 + (len(set(above)) if dense else len(above))
        last = due if dense else due + list(values.values()).count(value) - 1
        if not due <= ranks[at] <= last:
            out[at] = due
    return out


def _slip(table: PrintedTable, row: int, column: int, due: int) -> Slip:
    stated = table.amount(row, column)
    kind, severity, facts = StatementKind.RANK_CHANGE, Severity.CHANGES_SCORE, {"by": ""}
    text = stated.text if stated is not None else ""
    return Slip(row, column, kind, Sure.LIKELY, text, str(due), "rank_differs", facts, severity)
