"""Figures of a row that the text tells of another year than their column: ``chỉ tiêu lớp kỹ năng số, năm 2025 mở được
26 lớp`` where the row has 21 under "Thực hiện 2025" and 26 under "Thực hiện 2024".

A sentence is of the one row whose words it has; two columns are of two years where their heads differ by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import in_form_of
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.dated_figures import DatedFigure, dated_figures
from parindex.documents.arithmetic.quantities.named_counts import telling_words
from parindex.documents.arithmetic.references.named_papers import quoted
from parindex.documents.arithmetic.tables.told_tables import YEAR, ToldTable

#: A row is meant where a sentence has so many of its words, and no other row has as many.
_FEWEST_WORDS, _OF_WORDS = 3, Fraction(2, 3)
_FEWEST_DIGITS = 2


def told_years(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The figures of the text that the row has under another year."""
    columns = [(table, pairs) for table in tables if (pairs := _pairs(table))]
    if not columns:
        return
    for one in dated_figures(text):
        if not one.year or len(digits_of(one.figure.digits)) < _FEWEST_DIGITS:
            continue
        for table, pairs in columns:
            row = _row(table, one.words)
            meant = None if row is None or row in table.doubted else _meant(table, row, pairs, one)
            if meant is not None:
                yield _finding(one, *meant, table)


def _pairs(table: ToldTable) -> list[tuple[int, int]]:
    """The columns of two years of one thing, each pair both ways."""
    printed = table.printed
    forms: dict[int, tuple[str, str]] = {}
    for column, title in enumerate(printed.titles):
        years = YEAR.findall(title)
        if len(years) == 1:
            forms[column] = (" ".join(YEAR.sub("#", title).lower().split()), years[0])
    return [
        (one, other) for one in forms for other in forms
        if forms[one][0] == forms[other][0] and forms[one][1] != forms[other][1]
    ]  # fmt: skip


def _row(table: ToldTable, words: frozenset[str]) -> int | None:
    """The one row whose words a sentence has."""
    best: list[tuple[int, int]] = []
    for at in table.rows:
        own = telling_words(table.printed.rows[at].title)
        shared = len(own & words)
        if shared >= _FEWEST_WORDS and shared >= _OF_WORDS * len(own):
            best.append((shared, at))
    best.sort(reverse=True)
    return best[0][1] if best and (len(best) == 1 or best[0][0] > best[1][0]) else None


def _meant(
    table: ToldTable, row: int, pairs: Sequence[tuple[int, int]], one: DatedFigure
) -> tuple[Fraction, int] | None:
    """What the row has for the year that is told, where it has the figure for another year only."""
    printed = table.printed
    having = [
        column for column in range(printed.width)
        if (amount := printed.amount(row, column)) is not None and amount.value in one.figure.readings
    ]  # fmt: skip
    if len(having) != 1:
        return None
    for wrong, right in pairs:
        amount = printed.amount(row, right)
        if wrong == having[0] and str(one.year) in printed.titles[right] and amount is not None:
            return amount.value, right
    return None


def _finding(one: DatedFigure, value: Fraction, column: int, table: ToldTable) -> StatementFinding:
    figure, text = one.figure, one.passage.text
    return StatementFinding(
        StatementKind.SAME_QUANTITY, Severity.WRONG_FIGURE, Sure.LIKELY, one.passage.place_at(figure.start),
        quoted(text, figure.start, figure.end), figure.digits, in_form_of(figure, value), "table_says_otherwise",
        {"row": "", "column": table.printed.titles[column]},
    )  # fmt: skip
