"""Totals of a table that the text tells otherwise: ``tự chấm 79,57 điểm`` below a table whose column "Điểm tự chấm"
ends in 79,75.

A sentence is of the last row of a table where it tells other totals of it, or says "tổng số" and all words of a
column's head. What it tells under the words of a column is wrong where it is one misprint off, where two totals of the
sentence stand for each other, and where it counts other rows than there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import in_form_of
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of, misprint_between
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.named_counts import telling_words
from parindex.documents.arithmetic.quantities.told_figures import ToldFigure, told_figures
from parindex.documents.arithmetic.references.named_papers import quoted
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.slips import severity_of
from parindex.documents.arithmetic.tables.told_tables import ToldTable
from parindex.documents.printed_text import joined

_NO_TOTAL = (ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.YEAR)
_ALL = re.compile(r"(?<!\w)(?:tổng số|tổng cộng|tổng)(?!\w)")
_COUNTED = re.compile(
    r"(?<!\w)(?:tổng số|tổng cộng|toàn bộ|cả|có|của|tại|ở)\s(?P<count>\d{1,3})\s(?P<noun>[^\W\d_]+)(?!\w)",
    re.IGNORECASE,
)
#: What tells of another time or of a part.
_OTHER = re.compile(r"(?<!\w)(?:tăng|giảm|so với|chênh lệch|năm trước|kế hoạch|mục tiêu|còn lại)(?!\w)")
#: What may tell that a sentence of its own is of another time.
_TIME = re.compile(
    r"(?<!\w)(?:(?:tháng|quý|năm|ngày|tuần|kỳ|giai đoạn)\s\d|\d{1,2}\s(?:tháng|quý|tuần|ngày)(?!\w))", re.IGNORECASE
)
_OPEN, _LEAD = re.compile(r"\([^()]{0,200}\Z"), 40
_BESIDES = re.compile(r"\s{0,2}(?:ngoài ra|bên cạnh đó|riêng)(?!\w)")
#: A total of fewer digits may be told of anything.
_FEWEST_DIGITS = 3
#: Totals in a sentence that bind its count of rows to the table, and how far that may be off.
_FEWEST_BINDING, _NEAR = 2, 2
#: One binds a count of so many rows that is one off, where the sentence says that it is the sum of all.
_ROWS_OF_ALL = 4


@dataclass(frozen=True, slots=True)
class _Totals:
    """The totals of a table by column, and the telling words over each; the titles of its rows in small letters."""

    table: ToldTable
    values: Mapping[int, Fraction]
    texts: Mapping[int, str]
    words: Mapping[int, frozenset[str]]
    titles: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """A figure of the text; ``of``: of which tables it is a total; ``named``: whether its words may name one."""

    told: ToldFigure
    of: frozenset[int]
    named: bool

    def is_total(self, totals: _Totals) -> bool:
        """Whether it is a total of a table."""
        return id(totals) in self.of


def told_totals(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """Totals and counts of rows in the text that the tables have otherwise."""
    totals = [one for table in tables if (one := _totals(table)) is not None]
    if not totals:
        return
    # A long paper has hundreds of tables and thousands of figures: each is looked up once.
    tables_of: dict[Fraction, set[int]] = {}
    for one in totals:
        for value in one.values.values():
            tables_of.setdefault(value, set()).add(id(one))
    by_passage: dict[int, dict[int, list[_Said]]] = {}
    for told in told_figures(text):
        of = frozenset(table for value in told.figure.readings for table in tables_of.get(value, ()))
        by_passage.setdefault(id(told.passage), {}).setdefault(told.sentence.start, []).append(
            _Said(told, of, _may_be_named(told))
        )
    for sentences in by_passage.values():
        telling = [sentence for sentence in sentences.values() if any(one.named or one.of for one in sentence)]
        for one in totals if telling else ():
            if not one.table.may_be_of(telling[0][0].told.passage.text):
                continue
            holding = [said.told for sentence in telling for said in sentence if _is_held(said, one)]
            for sentence in telling:
                yield from _of_sentence(sentence, one, holding)


def _totals(table: ToldTable) -> _Totals | None:
    """The totals of a table with one row of them, in which nothing is known to be wrong."""
    printed = table.printed
    last = [at for at, row in enumerate(printed.rows) if row.role is RowRole.TOTAL]
    if len(last) != 1 or last[0] in table.doubted or not table.rows:
        return None
    amounts = {
        column: amount
        for column in range(printed.width)
        if printed.kind(column) not in _NO_TOTAL and (amount := printed.amount(last[0], column)) is not None
    }
    words = {column: telling_words(printed.titles[column]) for column in amounts}
    return _Totals(
        table, {column: one.value for column, one in amounts.items()},
        {column: one.text for column, one in amounts.items()}, words,
        [joined(printed.rows[at].title).lower() for at in table.rows],
    )  # fmt: skip


def _is_held(one: _Said, totals: _Totals) -> bool:
    """Whether a figure is a total of the table, and no accident."""
    return one.is_total(totals) and len(one.told.digits) >= _FEWEST_DIGITS


def _of_sentence(said: Sequence[_Said], totals: _Totals, around: Sequence[ToldFigure]) -> Iterator[StatementFinding]:
    """What a sentence tells otherwise; ``around``: the totals that its paragraph tells rightly."""
    meant = {id(one.told): column for one in said if one.named and (column := _column(one.told, totals)) is not None}
    right = {id(one.told) for one in said if one.is_total(totals)}
    sentence = [one.told for one in said]
    if not (meant or right) or any(title in sentence[0].sentence.lowered for title in totals.titles):
        return
    swapped = [
        one
        for one in sentence
        for other in sentence
        if id(one) in meant and id(other) in meant and meant[id(one)] != meant[id(other)]
        if one.figure.value == totals.values[meant[id(other)]] != totals.values[meant[id(one)]] == other.figure.value
    ]
    for one in sentence:
        column = meant.get(id(one))
        if column is None or (one not in swapped and (id(one) in right or not _is_off(one, column, totals, around))):
            continue
        yield _finding(one, column, totals)
    summed = bool(right) and _ALL.search(sentence[0].passage.text.lower()) is not None
    binding = {one.told.digits for one in said if _is_held(one, totals)}
    yield from _counted(sentence[0], totals, len(binding), summed=summed)


def _may_be_named(one: ToldFigure) -> bool:
    """Whether the words of a figure may name a column: no part of a fraction, nothing of another time."""
    return one.figure.over is None and len(one.digits) >= _FEWEST_DIGITS and not _is_otherwise(one)


def _column(one: ToldFigure, totals: _Totals) -> int | None:
    """The column whose words all stand by a figure, none or several of which leave it open."""
    fits = [
        column
        for column, words in totals.words.items()
        if words and words <= one.near and one.figure.percent == ("%" in totals.texts[column])
    ]
    most = max((len(totals.words[column]) for column in fits), default=0)
    fits = [column for column in fits if len(totals.words[column]) == most]
    return fits[0] if len(fits) == 1 else None


def _is_otherwise(one: ToldFigure) -> bool:
    """Whether words before a figure, or before the bracket that it stands in, make it another one."""
    if _OTHER.search(" ".join(one.before)):
        return True
    sentence = one.sentence
    opened = _OPEN.search(sentence.lowered, sentence.start, one.figure.start)
    if opened is None:
        return False
    return _OTHER.search(sentence.lowered, max(0, opened.start() - _LEAD), one.figure.start) is not None


def _is_off(one: ToldFigure, column: int, totals: _Totals, holding: Sequence[ToldFigure]) -> bool:
    all_of_it = _ALL.search(" ".join(reversed(one.before))) is not None
    misprint = misprint_between(one.digits, digits_of(totals.texts[column])) is not None
    of_time = _TIME.search(one.passage.text, one.sentence.start, one.sentence.end) is not None
    apart = of_time or _is_of_other(one)
    beside = any(other.sentence is one.sentence or (other.unit == one.unit and not apart) for other in holding)
    return misprint and (beside or all_of_it)


def _is_of_other(one: ToldFigure) -> bool:
    """Whether a sentence of its own names a body that the figure is of: "Ngoài ra, Trung tâm Y tế tiếp nhận 9.142"."""
    return bool(one.body) or _BESIDES.match(one.sentence.lowered, one.sentence.start) is not None


def _counted(first: ToldFigure, totals: _Totals, binding: int, *, summed: bool) -> Iterator[StatementFinding]:
    """A count of all rows, in a sentence with totals of the table."""
    rows = totals.table.rows
    found = _COUNTED.search(first.passage.text, first.sentence.start, first.sentence.end)
    if found is None:
        return
    off = abs(int(found["count"]) - len(rows))
    of_all = summed and off == 1 and len(rows) >= _ROWS_OF_ALL
    if not of_all and (binding < _FEWEST_BINDING or not 0 < off <= _NEAR):
        return
    if all(title.startswith(f"{found['noun'].lower()} ") for title in totals.titles):
        yield StatementFinding(
            StatementKind.COUNT, Severity.WRONG_FIGURE, Sure.LIKELY, first.passage.place_at(found.start("count")),
            quoted(first.passage.text, found.start(), found.end()), found["count"],
            str(len(rows)).rjust(len(found["count"]), "0"), "count_differs", {"noun": "", "row": "", "column": ""},
        )  # fmt: skip


def _finding(one: ToldFigure, column: int, totals: _Totals) -> StatementFinding:
    printed, figure = totals.table.printed, one.figure
    return StatementFinding(
        StatementKind.SAME_QUANTITY, severity_of(printed, column), Sure.LIKELY, one.passage.place_at(figure.start),
        quoted(one.passage.text, figure.start, figure.end), figure.digits, in_form_of(figure, totals.values[column]),
        "table_says_otherwise", {"row": "", "column": printed.titles[column]},
    )  # fmt: skip
