"""Answers of a survey that the text adds up otherwise than the table has them: ``hài lòng trở lên về thái độ phục vụ
1.051/1.164 phiếu; về cơ sở vật chất 998/1.164 phiếu`` where the first two answers are 588 + 463 of 1.164 in the one
block of the table, and 397 + 561 in the other.

Blocks have the same answers and a total each. A sentence that tells the sum of some of them for one block tells the
same answers of the next; what it tells there is wrong where no run of answers has that sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.named_counts import telling_words
from parindex.documents.arithmetic.references.named_papers import quoted
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.told_tables import ToldTable
from parindex.documents.printed_text import joined

_FULL_STOP = re.compile(r"[.!?](?=\s|$)")
#: A block is named by so many of its words, more than any other block; it has so many answers.
_FEWEST_WORDS, _FEWEST_ANSWERS, _MOST_ANSWERS = 2, 3, 8
_FEWEST_BLOCKS = 2
#: A figure that is further off is told of something else.
_FAR = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class _Block:
    """The answers of one question: its words, the counts of its answers, and their total."""

    title: str
    words: frozenset[str]
    counts: tuple[Fraction, ...]
    total: Fraction
    column: str

    def runs(self, value: Fraction) -> frozenset[tuple[int, int]]:
        """Which answers in a row add up to a value."""
        size = len(self.counts)
        spans = ((one, other) for one in range(size) for other in range(one + 1, size + 1))
        return frozenset(span for span in spans if sum(self.counts[slice(*span)]) == value)


def told_blocks(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The sums of answers in the text that the tables have otherwise."""
    for table in tables:
        blocks = [] if table.doubted else _blocks(table.printed)
        if len(blocks) < _FEWEST_BLOCKS or len({len(one.counts) for one in blocks}) > 1:
            continue
        for passage in text:
            for told in _told(passage, blocks):
                yield from _of_sentence(passage, told)


def _blocks(table: PrintedTable) -> list[_Block]:
    """The blocks of a table that each end in their total."""
    out: list[_Block] = []
    start = 0
    for at, row in enumerate(table.rows):
        if row.role is not RowRole.TOTAL:
            continue
        made = _block(table, range(start, at), at)
        if made is not None:
            out.append(made)
        start = at + 1
    return out


def _block(table: PrintedTable, rows: range, total: int) -> _Block | None:
    if not _FEWEST_ANSWERS <= len(rows) <= _MOST_ANSWERS:
        return None
    for column in range(table.width):
        amounts = [table.amount(at, column) for at in (*rows, total)]
        values = [one.value for one in amounts if one is not None and not one.percent]
        if len(values) == len(amounts) and sum(values[:-1]) == values[-1] > 0 and values[-1].denominator == 1:
            title = joined(table.rows[rows[0]].title)
            return _Block(title, telling_words(title), tuple(values[:-1]), values[-1], table.titles[column])
    return None


def _told(passage: Passage, blocks: Sequence[_Block]) -> Iterator[list[tuple[TextFigure, _Block]]]:
    """The counts of each sentence that stand over the total of the block which the words before them name."""
    totals = {one.total for one in blocks}
    whole = [one for one in passage.figures if one.over is not None and one.over.value in totals and not one.places[0]]
    if len(whole) < _FEWEST_BLOCKS:
        return
    lowered, start = passage.text.lower(), 0
    if len(lowered) != len(passage.text):
        return
    for end in (*(found.end() for found in _FULL_STOP.finditer(lowered)), len(lowered)):
        past, told = start, []
        for one in (each for each in whole if start <= each.start < end):
            block = _named(lowered[past : one.start], blocks)
            past = one.end
            if block is not None and one.over is not None and one.over.value == block.total:
                told.append((one, block))
        if told:
            yield told
        start = end


def _named(words: str, blocks: Sequence[_Block]) -> _Block | None:
    """The block of which words name more than of any other."""
    own = telling_words(words)
    ranked = sorted(((len(own & one.words), at) for at, one in enumerate(blocks)), reverse=True)
    (most, at), (next_most, _) = ranked[:_FEWEST_BLOCKS]
    return blocks[at] if most >= _FEWEST_WORDS and most > next_most else None


def _of_sentence(passage: Passage, told: Sequence[tuple[TextFigure, _Block]]) -> Iterator[StatementFinding]:
    runs = [block.runs(figure.value) for figure, block in told]
    right = frozenset.intersection(*(one for one in runs if one)) if any(runs) else frozenset()
    if len(right) != 1:
        return
    span = slice(*next(iter(right)))
    for (figure, block), own in zip(told, runs, strict=True):
        meant = sum(block.counts[span], Fraction(0))
        if not own and abs(figure.value - meant) <= _FAR * meant:
            yield StatementFinding(
                StatementKind.SAME_QUANTITY, Severity.WRONG_FIGURE, Sure.LIKELY, passage.place_at(figure.start),
                quoted(passage.text, figure.start, figure.end), figure.digits, in_form_of(figure, meant),
                "table_says_otherwise", {"row": block.title, "column": block.column},
            )  # fmt: skip
