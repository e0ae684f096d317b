"""Cells that the text tells otherwise, by the words of their row and of their column: ``hồ sơ đang giải quyết là 1.448
hồ sơ`` beside ``đã giải quyết 42.067 hồ sơ`` over a table whose last row has 42.067 and 1.358 there.

The sentence must tell another cell of the row rightly; then a figure is wrong that is one misprint from its cell, and
any other that is as long where the paper nowhere tells the right one. An amount that is its cell in another unit only
needs no other figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import (
    MisprintKind,
    digits_of,
    misprint_between,
    neighbours_exchanged,
    with_another_digit,
)
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.told_figures import told_figures
from parindex.documents.arithmetic.references.named_papers import quoted
from parindex.documents.arithmetic.tables.slips import severity_of
from parindex.documents.arithmetic.tables.told_claims import BINDING, OTHERWISE, Claim, claims_by_row, sentences
from parindex.documents.arithmetic.tables.told_columns import NamedColumn
from parindex.documents.arithmetic.tables.told_rows import ToldRow, ToldRows
from parindex.documents.arithmetic.tables.told_tables import ToldTable
from parindex.documents.arithmetic.tables.told_units import SCALES, is_money, unit_finding

#: One digit that is another is a misprint in so many digits; any other figure is no further off.
_FEWEST_OTHER, _FAR = 3, Fraction(1, 4)
#: So many digits of an amount in another unit are no accident.
_FEWEST_SCALED, _THOUSAND = 3, 1000


class _Binding(Enum):
    """Where other figures are told rightly of the row, or of its table."""

    NONE = 0
    PARAGRAPH = 1
    SENTENCE = 2


def told_cells(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The figures of the text that a table has otherwise in the cell that they are told of."""
    rows = ToldRows(tables)
    if not rows:
        return
    told = told_figures(text)
    known = frozenset(one.figure.value for one in told)
    for passage, inside in sentences(told):
        totals = rows.totals_of(one.figure for sentence in inside for one in sentence)
        claimed = [claims_by_row(passage, sentence, rows, totals) for sentence in inside]
        bound = {id(row.table) for claims in claimed for row, ones in claims.items() if any(one.binds for one in ones)}
        for claims in claimed:
            for row, ones in claims.items():
                if row.at not in row.table.doubted:
                    yield from _of_row(row, ones, known, near=id(row.table) in bound)


def _of_row(
    row: ToldRow, claims: Sequence[Claim], known: frozenset[Fraction], *, near: bool
) -> Iterator[StatementFinding]:
    """What a sentence tells otherwise of a row; ``near``: its paragraph tells something of the table rightly."""
    right = [one for one in claims if one.is_right]
    told = {one.column for one in right if one.column is not None}
    years = row.years.union(one.year for one in right)
    in_sentence = any(one.binds for one in right)
    binding = _Binding.SENTENCE if in_sentence else _Binding.PARAGRAPH if near else _Binding.NONE
    for one in claims:
        if one.is_right or not one.is_known:
            continue
        scale = _other_scale(one)
        if scale is not None and row.scale is not None:
            yield unit_finding(one.told.passage, one.figure, scale, row.scale)
        elif (not one.year or one.year in years) and one.column not in told:
            cell = _meant(one, binding, known)
            if cell is not None:
                yield _finding(one, *cell)


def _meant(one: Claim, binding: _Binding, known: frozenset[Fraction]) -> tuple[int, Fraction] | None:
    """The column of the cell that a figure is told of, and what it has. The maximum that a figure stands over binds it
    to its row, too.
    """
    figure, row, column = one.figure, one.row, one.column
    maximum = figure.over is not None and _is_maximum(row, figure.over)
    if row.has_anywhere(figure) or (figure.over is not None and not maximum):
        return None
    in_sentence = binding is _Binding.SENTENCE
    if column is None:
        return _nearly(one, maximum=maximum) if maximum or in_sentence else None
    value = row.value(figure, column.at)
    if value is None or _is_rounded(figure, value):
        return None
    bound = maximum or in_sentence or (binding is _Binding.PARAGRAPH and not row.is_total and _is_long(one))
    if bound and _is_misprint(one, value):
        return column.at, value
    far = abs(figure.readings[0] - value) > _FAR * value or len(_digits(figure, value)) != len(one.told.digits)
    told = value * figure.scale in known or value in known
    return (column.at, value) if in_sentence and _is_long(one) and not far and not told else None


def _digits(figure: TextFigure, value: Fraction) -> str:
    """The digits of a cell as the figure would be printed."""
    return digits_of(in_form_of(figure, value))


def _is_long(one: Claim) -> bool:
    return len(one.told.digits) >= BINDING


def _is_misprint(one: Claim, value: Fraction) -> bool:
    kind = misprint_between(one.told.digits, _digits(one.figure, value))
    return kind is MisprintKind.EXCHANGED or (kind is not None and len(one.told.digits) >= _FEWEST_OTHER)


def _is_rounded(figure: TextFigure, value: Fraction) -> bool:
    """Whether a figure with zeros at its end may be a cell rounded to them."""
    digits = digits_of(figure.digits)
    zeros = 0 if figure.places[0] else len(digits) - len(digits.rstrip("0"))
    return zeros > 0 and abs(figure.readings[0] - value) < 10**zeros


def _is_maximum(row: ToldRow, over: TextFigure) -> bool:
    """Whether what stands below a stroke is the maximum of the row: "11,50/13,00 điểm"."""
    return any(column.maximum and row.value(over, column.at) in over.readings for column in row.columns)


def _nearly(one: Claim, *, maximum: bool) -> tuple[int, Fraction] | None:
    """The one cell of the row that a figure without words of a column has with two neighbouring digits exchanged; over
    the maximum of the row, also with one that is another.
    """
    figure, row = one.figure, one.row
    if not _is_long(one) or OTHERWISE.search(one.led):
        return None
    near = frozenset(map(digits_of, neighbours_exchanged(figure.digits)))
    if maximum:
        near |= frozenset(map(digits_of, with_another_digit(figure.digits)))
    found = {
        column.at: value
        for column in row.columns
        if column.percent == figure.percent and not column.maximum and _may_be_of(column, one.year)
        if (value := row.value(figure, column.at)) is not None and _digits(figure, value) in near
    }
    return next(iter(found.items())) if len(found) == 1 else None


def _may_be_of(column: NamedColumn, year: str) -> bool:
    return not (column.year and year) or column.year == year


def _other_scale(one: Claim) -> int | None:
    """The scale in which an amount is a cell of the row, a thousand times off its own, in which no cell has it."""
    figure, row, column = one.figure, one.row, one.column
    if figure.over is not None or len(digits_of(figure.digits).strip("0")) < _FEWEST_SCALED or row.scale is None:
        return None
    if not is_money(one.told.passage, figure) or (column is None and OTHERWISE.search(one.led)):
        return None
    places = [column.at] if column is not None else [each.at for each in row.columns]
    cells = [cell for at in places if (cell := row.value(figure, at)) is not None]
    step = figure.step() / figure.scale
    for times, scale in (
        (Fraction(_THOUSAND), figure.scale * _THOUSAND), (Fraction(1, _THOUSAND), figure.scale // _THOUSAND),
    ):  # fmt: skip
        if scale in SCALES and any(abs(cell / times - figure.readings[0]) < step for cell in cells):
            return None if row.has_anywhere(figure) else scale
    return None


def _finding(one: Claim, column: int, value: Fraction) -> StatementFinding:
    printed, figure, passage = one.row.table.printed, one.figure, one.told.passage
    facts = {"row": "" if one.row.is_total else printed.rows[one.row.at].title, "column": printed.titles[column]}
    return StatementFinding(
        StatementKind.SAME_QUANTITY, severity_of(printed, column), Sure.LIKELY, passage.place_at(figure.start),
        quoted(passage.text, figure.start, figure.end), figure.digits, in_form_of(figure, value),
        "table_says_otherwise", facts,
    )  # fmt: skip
