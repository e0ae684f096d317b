"""Rows that lost a figure or have one twice, so that all figures right of it stand one column off.

A row is taken for such a one only where its figures, put back into their columns, make right what the other rows show
of these columns, and are of the kind of figures that stand there (whole, or with decimals).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.tables.amounts import Amount
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.rebuilt_rows import is_rebuilt
from parindex.documents.arithmetic.tables.relations import Candidate
from parindex.documents.arithmetic.tables.row_relations import RowFigures, accepted_relations, fit_of_row
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks

#: So many figures must be of the wrong kind, or relations broken, and none once the row is set right, where no relation
#: proves it.
_ODD = 2
_FEWEST_ROWS = 4
_Row = Mapping[int, Amount | None]


@dataclass(frozen=True, slots=True)
class _Moved:
    """The figures of a row put back: ``at`` is the column that it lost, or that has the figure of the one before it
    once more (``again``); ``sources``: the column that the figure of each one stands in, None where it is lost.
    """

    at: int
    again: bool
    sources: Mapping[int, int | None]

    @property
    def lost(self) -> int | None:
        """The column whose figure the row lacks."""
        return None if self.again else self.at

    def row(self, table: PrintedTable, row: int) -> _Row:
        """The row as it would be."""
        return {at: None if by is None else table.amount(row, by) for at, by in self.sources.items()}


@dataclass(frozen=True, slots=True)
class _Judged:
    """How many relations of a row hold and do not; how many of its figures are of another kind than their column's."""

    holding: int
    broken: int
    strange: int


def check_shifts(checks: TableChecks) -> None:
    """Finds rows whose figures stand one column off, and sets them right."""
    table = checks.table.by_marks()[0]
    figures = RowFigures(table)
    data = [at for at, row in enumerate(table.rows) if row.role in (RowRole.DATA, RowRole.TOTAL)]
    if len(figures.columns) < 3 or len(data) < _FEWEST_ROWS:
        return
    places = {column: _places(figures, column) for column in figures.columns}
    printed = {row: {at: figures.by_column[at].get(row) for at in figures.columns} for row in data}
    moves = {row: list(_moves(figures, printed[row])) for row in data}
    doubted = [row for row in data if moves[row] and _is_odd(figures, places, printed[row])]
    relations = [one.made for one in accepted_relations(figures)] if doubted else []
    for row in doubted:
        before = _judged(figures, relations, places, printed[row])
        judged = [(one, _judged(figures, relations, places, one.row(table, row))) for one in moves[row]]
        moved = []
        if before.broken or before.strange >= _ODD:
            moved = [one for one, after in judged if _proves(before, after, one)]
        if not moved:
            moved = [one for one, _ in judged if is_rebuilt(figures, relations, row, one.lost, one.row(table, row))]
        if moved:
            checks.slips.append(_slip(checks, row, moved))


def _is_odd(figures: RowFigures, places: Mapping[int, bool | None], row: _Row) -> bool:
    """Whether a row looks as if it stood off its columns: its last figure is missing, or one is of another kind."""
    last = figures.columns[-1]
    missing = row[last] is None and 2 * len(figures.by_column[last]) > len(figures.table.rows)
    return missing or _strange(places, row) > 0


def _strange(places: Mapping[int, bool | None], row: _Row) -> int:
    return sum(one is not None and places[at] is (not one.places) for at, one in row.items())


def _places(figures: RowFigures, column: int) -> bool | None:
    """Whether the figures of a column have decimals; None where some have and some have not."""
    counted = [one.places > 0 for one in figures.by_column[column].values()]
    with_decimals = sum(counted)
    if len(counted) < _FEWEST_ROWS:
        return None
    if with_decimals <= 1:
        return False
    return True if with_decimals >= len(counted) - 1 else None


def _judged(
    figures: RowFigures, relations: Sequence[Candidate], places: Mapping[int, bool | None], row: _Row
) -> _Judged:
    fits = [fit for made in relations if (fit := _fit(figures, made, row)) is not None]
    holding = sum(fits)
    return _Judged(holding, len(fits) - holding, _strange(places, row))


def _fit(figures: RowFigures, made: Candidate, row: _Row) -> bool | None:
    """Whether a relation holds in a row; None where a figure that it needs is missing."""
    target, operands = row.get(made.target), [one for at in made.operands if (one := row.get(at)) is not None]
    if target is None or len(operands) < len(made.operands):
        return None
    fit = fit_of_row(figures, made, target, operands)
    return fit.holds if fit is not None else None


def _moves(figures: RowFigures, printed: _Row) -> Iterator[_Moved]:
    """The row with one figure put in or taken out at each of its columns, if these stand side by side."""
    columns = [at for at in figures.columns if at]  # ranks in the first column, before the names, stay there
    if columns != list(range(columns[0], columns[-1] + 1)):
        return
    fixed: dict[int, int | None] = {at: at for at in figures.columns if not at}
    for place, column in enumerate(columns):
        one, before = printed[column], printed[columns[place - 1]]
        if place and one is not None and before is not None and one.text == before.text:
            sources = {at: at if at < column else at + 1 for at in columns}
            yield _Moved(column, True, fixed | sources)
        if printed[columns[-1]] is None:
            lost = {at: at if at < column else at - 1 if at > column else None for at in columns}
            yield _Moved(column, False, fixed | lost)


def _proves(before: _Judged, after: _Judged, moved: _Moved) -> bool:
    """Whether a row that was put back shows that it was one column off."""
    if after.broken or after.strange > before.strange:
        return False
    # A row that has lost a figure has none at its end, and figures of another kind than their columns.
    odd = before.strange and before.strange + before.broken >= _ODD
    by_kinds = bool(odd) and not (moved.again or after.strange or after.holding < before.holding)
    return by_kinds or (after.holding > 0 and before.broken > 0)


def _slip(checks: TableChecks, row: int, moved: Sequence[_Moved]) -> Slip:
    """The slip of a row, which is set right; what more than one way to put it back leaves open is doubted."""
    table, first = checks.table, moved[0]
    alike = [one for one in moved if one.again == first.again]
    printed = {column: table.figure(row, column) for column in (*first.sources, max(first.sources) + 1)}
    for column in first.sources:
        sources = {one.sources[column] for one in alike}
        source = sources.pop() if len(sources) == 1 else None
        table.set_figure(row, column, printed[source] if source is not None else None)
        if source is None or printed[source] is None:
            table.doubt(row, column)
    twice = printed[first.at] if first.again else None
    stated = twice.comma.text if twice is not None else ""
    kind = StatementKind.DOUBLED_COLUMN if first.again else StatementKind.LOST_COLUMN
    why = "row_cell_twice" if first.again else "row_cell_lost"
    return Slip(row, first.at, kind, Sure.CERTAIN, stated, "", why, {}, Severity.WRONG_FIGURE)
