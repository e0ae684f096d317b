"""Grades of the rows of a table against the bands that the paper tells: ``Xuất sắc (từ 15 điểm trở lên)`` under a table
with a row ``13,0 | Xuất sắc``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.prose.rules.grade_bands import GRADES, GradeBand, grade_of, told_bands
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.slips import Slip, finding
from parindex.documents.arithmetic.tables.told_tables import ToldTable
from parindex.documents.printed_text import joined

#: A column is what the grades go by where so many rows have the grade that the bands give them, for each that has not.
_FEWEST, _FOR_EACH_OTHER = 2, 4
_POINTS = re.compile(r"\b(?:diem|chi so|ty le|ti le|ket qua|tong)\b|%")
_NO_POINTS = (ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.YEAR, ColumnKind.MAXIMUM)
#: A row of grades and values: which grade, which value.
_Graded = Mapping[int, tuple[str, Fraction]]


def told_grades(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The rows whose grade is not that of their figure, where the bands of the text hold for the other rows."""
    graded = [(table, _grade_columns(table)) for table in tables]
    if not any(columns for _, columns in graded):
        return
    bands = told_bands(passage.text for passage in text)
    for table, columns in graded if bands else ():
        for column in columns:
            yield from _of_column(table, column, bands)


def _grade_columns(table: ToldTable) -> list[int]:
    return [
        column for column in range(table.printed.width)
        if sum(_grade(table, row, column) in GRADES for row in table.rows) >= _FEWEST
    ]  # fmt: skip


def _grade(table: ToldTable, row: int, column: int) -> str:
    cells = table.printed.rows[row].cells
    return joined(cells[column].text).lower().removeprefix("loại ") if column < len(cells) else ""


def _of_column(table: ToldTable, column: int, bands: Sequence[GradeBand]) -> Iterator[StatementFinding]:
    printed = table.printed
    told: list[tuple[int, list[StatementFinding]]] = []
    for by in range(printed.width):
        if by == column or printed.kind(by) in _NO_POINTS or not _POINTS.search(printed.heads[by]):
            continue
        values = {
            row: (grade, amount.value) for row in table.rows
            if (grade := _grade(table, row, column)) in GRADES and (amount := printed.amount(row, by)) is not None
        }  # fmt: skip
        for percent in (False, True):
            used = [band for band in bands if band.percent is percent]
            right, apart = _apart(values, used)
            told.append((right, [_finding(table, (row, column, by), values[row][1], used) for row in apart]))
    # Of several columns the grades go by the one that gives most of them.
    yield from max(told, key=lambda one: (one[0], -len(one[1])), default=(0, []))[1]


def _apart(values: _Graded, bands: Sequence[GradeBand]) -> tuple[int, list[int]]:
    """How many rows have the grade that the bands give them, and those of another, where these are few."""
    told = {band.grade for band in bands}
    right = [row for row, (grade, value) in values.items() if grade in told and grade_of(value, bands).lower() == grade]
    apart = [row for row, (grade, value) in values.items() if any(band.excludes(grade, value) for band in bands)]
    return len(right), apart if len(right) >= max(_FEWEST, _FOR_EACH_OTHER * len(apart)) else []


def _finding(
    table: ToldTable, cell: tuple[int, int, int], value: Fraction, bands: Sequence[GradeBand]
) -> StatementFinding:
    row, column, by = cell
    amount = table.printed.amount(row, by)
    stated = joined(table.printed.rows[row].cells[column].text)
    slip = Slip(
        row, column, StatementKind.RULE_POINTS, Sure.LIKELY, stated, grade_of(value, bands), "grade_apart",
        {"value": amount.text if amount is not None else ""}, Severity.CHANGES_SCORE,
    )  # fmt: skip
    return finding(table.printed, slip)
