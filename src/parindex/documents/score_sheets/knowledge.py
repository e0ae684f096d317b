"""What is known of the columns of one score sheet, and one reading of one of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from parindex.documents.score_sheets.columns import NUMBERS, Column
from parindex.documents.score_sheets.words import WordEvidence
from parindex.domain.values import parse_number

Cells = Mapping[Column, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of the columns: widths (0: not yet), words, whether opinions name their level."""

    columns: tuple[Column, ...]
    widths: Mapping[Column, int] = field(default_factory=dict)
    #: How much wider than learnt a column may be: less where it was learnt from many lines.
    slacks: Mapping[Column, int] = field(default_factory=dict)
    words: WordEvidence = field(default_factory=WordEvidence)
    has_leads: bool = True
    #: What speaks against a cell going on with a word never met after its last.
    pair_weight: int = 0

    @property
    def texts(self) -> tuple[Column, ...]:
        """The columns of text: title, explanation, opinion."""
        return tuple(column for column in self.columns if column not in NUMBERS and column is not Column.CODE)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a row: ``cells`` has the lines of each column page by page; ``cost`` is what speaks against it."""

    cost: int
    cells: Cells

    def lines(self, column: Column) -> tuple[str, ...]:
        """The printed lines of one cell over all pages."""
        return tuple(line for piece in self.cells.get(column, ()) for line in piece)

    def text(self, column: Column) -> str:
        """The words of one cell."""
        return " ".join(self.lines(column))


def points(reading: Reading, column: Column) -> Fraction | None:
    """The points of a column; None where it is empty."""
    text = reading.text(column)
    return parse_number(text) if text else None
