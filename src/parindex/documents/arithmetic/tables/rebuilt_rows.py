"""Rows whose figures stand one column off, proven by what they were: the figure that a row lost follows from the
others, and with it the row has the sums, differences and ratios of the other rows, or its column adds up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.tables.amounts import Amount
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.relations import Candidate, Relation, asked, expected
from parindex.documents.arithmetic.tables.row_relations import RowFigures, fit_of_row

_EXACT = (Relation.SUM, Relation.DIFFERENCE, Relation.PRODUCT)
#: So many statements about the row hold with the figures put back that do not as it is printed.
_FEWEST = 2
Row = Mapping[int, Amount | None]


def is_rebuilt(figures: RowFigures, relations: Sequence[Candidate], row: int, lost: int | None, back: Row) -> bool:
    """Whether a row with its figures put ``back`` holds where the printed row does not; ``lost``: the column whose
    figure it lacks.
    """
    tried = [back] if lost is None else [{**back, lost: one} for one in _meant(figures, relations, lost, back)]
    return any(_is_proven(figures, relations, row, one, solved=lost is not None) for one in tried)


def _is_proven(figures: RowFigures, relations: Sequence[Candidate], row: int, back: Row, *, solved: bool) -> bool:
    """Whether relations and sums of columns hold with the figures put back; ``solved``: one relation was used to find
    a figure, so that it proves nothing; a row without its last figure is odd as it is printed.
    """
    printed = {at: figures.by_column[at].get(row) for at in figures.columns}
    fits = [(_holds(figures, made, back), _holds(figures, made, printed)) for made in relations]
    sums = [(_adds_up(figures, row, at, back), _adds_up(figures, row, at, printed)) for at in figures.columns]
    after, before = zip(*fits, *sums, strict=True)
    if not fits or False in after[: len(fits)]:
        return False
    told = sum(one is True and other is not True for one, other in zip(after, before, strict=True))
    is_wrong = solved or False in before
    return told >= _FEWEST and is_wrong and after.count(True) > before.count(True)


def _meant(figures: RowFigures, relations: Sequence[Candidate], lost: int, back: Row) -> Iterator[Amount]:
    """The figures that a relation leaves for the lost one."""
    for made in relations:
        others = [back.get(at) for at in (made.target, *made.operands) if at != lost]
        if made.relation not in _EXACT or lost not in made.columns or None in others:
            continue
        known = {at: one for at in made.columns if (one := back.get(at)) is not None}
        operands = [known.get(at, Amount(Fraction(0), 0, "")) for at in made.operands]
        if lost == made.target:
            value: Fraction | None = expected(made, operands)
        else:
            value = asked(made, operands, known[made.target], made.operands.index(lost))
        places = figures.habits[lost].places
        if value is not None and value >= 0 and (value * 10**places).denominator == 1:
            yield Amount(value, places, "")


def _holds(figures: RowFigures, made: Candidate, row: Row) -> bool | None:
    """Whether a relation holds in a row; None where a figure that it needs is missing."""
    target, operands = row.get(made.target), [one for at in made.operands if (one := row.get(at)) is not None]
    if target is None or len(operands) < len(made.operands):
        return None
    fit = fit_of_row(figures, made, target, operands)
    return fit.holds if fit is not None else None


def _adds_up(figures: RowFigures, row: int, column: int, back: Row) -> bool | None:
    """Whether a column adds up to the last digit with the figure of a row; None where nothing says so."""
    table, own = figures.table, back.get(column)
    total = table.rows[row].parent
    if total is None:
        totals = [at for at, one in enumerate(table.rows) if one.role is RowRole.TOTAL]
        total = totals[0] if len(totals) == 1 else None
    whole = table.amount(total, column) if total is not None else None
    beside = [at for at in table.children().get(table.rows[row].parent, []) if at != row]
    amounts = [one for at in beside if (one := table.amount(at, column)) is not None]
    if own is None or whole is None or not own.value or not beside or len(amounts) < len(beside):
        return None
    return sum((one.value for one in amounts), own.value) == whole.value
