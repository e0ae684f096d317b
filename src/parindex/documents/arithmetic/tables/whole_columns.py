"""Columns that a table has twice, or that it lacks though a formula needs them: ``(1) | (2) | (3) | (5) |
(6)=(4)-(5)``; "Hạng 2019" and "Thay đổi hạng" below "Thay đổi hạng = Hạng 2018 - Hạng 2019".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.named_columns import missing_operand
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.told_tables import YEAR, ToldTable
from parindex.documents.printed_text import folded, joined

#: So many rows, and different figures among them, are alike by no accident.
_FEWEST_ROWS, _FEWEST_FIGURES = 3, 3
#: "Thay đổi hạng = Hạng 2018 - Hạng 2019".
_FORMULA = re.compile(
    r"(?P<made>(?:[^=:.;,]|\.(?=\d)){3,60}?)\s=\s(?P<whole>[^=:.;,+]{3,60}?)\s[-–−]\s(?P<part>[^=:.;,+]{3,60}?)\s?(?=[.;,]|$)"
)
_LONGEST = 1_000
_SHOWN = 160


def told_heads(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The columns that stand twice side by side, and those that a formula of the head or of the text names in vain."""
    formulas: list[re.Match[str]] | None = None
    for table in (one.printed for one in tables):
        twice = [at for at in range(1, table.width) if _stands_twice(table, at)]
        if len(twice) == 1:
            yield _finding(table, twice[0], "column_twice", StatementKind.DOUBLED_COLUMN, table.titles[twice[0]], "")
        missing = missing_operand(table.heads)
        if missing is not None:
            at, number, formula = missing
            yield _finding(table, at, "column_lost", StatementKind.LOST_COLUMN, formula, f"({number})")
            continue
        if len(set(YEAR.findall(" ".join(table.heads)))) < len(("before", "now")):
            continue
        if formulas is None:
            formulas = list(_formulas(each.text for each in text))
        yield from _lacks_year(table, [*_formulas(line.text for line in table.before), *formulas])


def _stands_twice(table: PrintedTable, at: int) -> bool:
    """Whether a column has the head and in every row the figure of the one before it."""
    if not folded(table.titles[at]) or table.titles[at] != table.titles[at - 1]:
        return False
    if not any(letter.isalpha() for letter in table.titles[at]):
        return False
    figures = set()
    for row in table.rows:
        if row.role in (RowRole.NOTE, RowRole.HEADING):
            continue
        if len(row.cells) <= at or row.cells[at].covered or row.cells[at - 1].covered:
            return False
        one, other = (joined(row.cells[place].text) for place in (at - 1, at))
        if one != other:
            return False
        figures.add(one)
    numbers = sum(table.amount(row, at) is not None for row in range(len(table.rows)))
    return numbers >= _FEWEST_ROWS and len(figures) >= _FEWEST_FIGURES


def _formulas(texts: Iterable[str]) -> Iterator[re.Match[str]]:
    """The differences that lines of text define, each as it stands there."""
    for text in texts:
        if " = " in text and len(text) <= _LONGEST:
            yield from _FORMULA.finditer(joined(text))


def _lacks_year(table: PrintedTable, formulas: Sequence[re.Match[str]]) -> Iterator[StatementFinding]:
    """The column of one year that a difference is made of, where the table has that of the other year, the difference,
    and other columns of both years.
    """
    heads = {head: at for at, head in enumerate(table.heads) if head}
    years = set(YEAR.findall(" ".join(table.heads)))
    for found in formulas:
        made, names = folded(found["made"]).strip(), {name: folded(found[name]).strip() for name in ("whole", "part")}
        absent = [name for name, head in names.items() if head not in heads]
        if made not in heads or len(absent) != 1:
            continue
        other = names["part" if absent[0] == "whole" else "whole"]
        own = YEAR.findall(names[absent[0]])
        alike = YEAR.sub("", names[absent[0]]) == YEAR.sub("", other)
        if alike and len(own) == 1 and own[0] in years and abs(heads[made] - heads[other]) == 1:
            lost, formula = found[absent[0]].strip(), found[0].strip()
            yield _finding(table, heads[made], "column_lost", StatementKind.LOST_COLUMN, formula, f"“{lost}”")
            return


def _finding(
    table: PrintedTable, column: int, why: str, kind: StatementKind, stated: str, found: str
) -> StatementFinding:
    row = table.rows[0]
    place = row.cells[column].place if column < len(row.cells) else row.place
    head = " ".join(title for title in table.titles if title)
    text = head if len(head) <= _SHOWN else head[:_SHOWN].rsplit(" ", 1)[0] + "…"
    facts = {"row": "", "column": table.titles[column]}
    return StatementFinding(kind, Severity.SLIP, Sure.LIKELY, place, text, stated, found, why, facts)
