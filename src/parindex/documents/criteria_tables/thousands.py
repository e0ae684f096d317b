"""Points of a thousand and more with a dot in them: "1.200" is 1200 in one paper and 1,2 in another.

A paper has one way to write numbers. What else stands in its columns of points decides: commas for decimals, decimal
dots, and the sums that come out right. Where nothing does, a doubt says how the numbers were read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.documents.criteria_tables.head_words import Column
from parindex.documents.criteria_tables.heads import Head, Row, find_head, guessed_head
from parindex.documents.criteria_tables.row_cells import TOTAL
from parindex.documents.papers import Block, Cell, Grid
from parindex.documents.printed_text import THOUSANDS, has_thousands, joined, read_points
from parindex.domain.criteria import codes
from parindex.domain.errors import Problem

_POINTS = frozenset(
    {
        Column.MAX_POINTS,
        Column.OPTION_POINTS,
        Column.SELF_POINTS,
        Column.APPRAISED_POINTS,
        Column.OTHER_APPRAISAL,
    }
)
_TEXTS = frozenset({Column.TITLE, Column.OPTIONS})
_UNIT = re.compile(r"\s*(?:điểm|đ)?\s*[.;]?$", re.IGNORECASE)
_SAID = re.compile(rf"(?<![\d.,/]){THOUSANDS}(?=\s*(?:điểm\b|đ\b)|\s*[.;]?$)", re.IGNORECASE | re.MULTILINE)
#: Beside numbers of this size "1.200" is hardly 1,2.
_LARGE = 100


@dataclass(frozen=True, slots=True)
class _Number:
    """A cell of points: what it prints, the code of its row ("" for the total), and its column."""

    text: str
    code: str
    column: Column
    cell: Cell

    @property
    def is_open(self) -> bool:
        """Whether its dot may part thousands; a number that the file stores as one leaves nothing open."""
        return has_thousands(self.text) and not self.cell.is_number

    def value(self, *, thousands: bool) -> Fraction | None:
        return read_points(self.text.replace(".", "") if thousands and self.is_open else self.text)


def settled(blocks: Sequence[Block]) -> tuple[list[Block], list[Problem]]:
    """The blocks with the dots between thousands taken out of their points, and the doubt ``thousands_unsure``
    (``text``, ``count``, ``read``) where nothing in the paper says whether that is what they are.
    """
    if not any(_may_hold_thousands(block) for block in blocks):
        return list(blocks), []
    parts = list(_rows(blocks))
    numbers = [number for _, head, row in parts for number in _numbers(head, row)]
    asked = [number for number in numbers if number.is_open]
    if not asked:
        return list(blocks), []
    decided = _decided(numbers)
    thousands = _beside_large(numbers) if decided is None else decided
    doubts = []
    if decided is None:
        facts = {"text": asked[0].text, "count": len(asked), "read": asked[0].value(thousands=thousands)}
        doubts.append(Problem("thousands_unsure", asked[0].cell.place, facts))
    return (_without_dots(blocks, parts) if thousands else list(blocks)), doubts


def _may_hold_thousands(block: Block) -> bool:
    return isinstance(block, Grid) and any(
        has_thousands(_bare(cell.text)) and not cell.is_number for row in block.rows for cell in row
    )


def _bare(text: str) -> str:
    return _UNIT.sub("", joined(text))


def _rows(blocks: Sequence[Block]) -> Iterator[tuple[int, Head, Row]]:
    """Every row of the tables with its head, and the position of its block."""
    last: Head | None = None
    for at, block in enumerate(blocks):
        if not isinstance(block, Grid):
            continue
        head, start = find_head(block.rows), 0
        if head is None:
            last = guessed_head(block.rows) or last
        while head is not None or start < len(block.rows):
            end = head.first if head is not None else len(block.rows)
            if last is not None:
                yield from ((at, last, row) for row in block.rows[start:end])
            if head is None:
                break
            last, start = head, head.first + head.rows
            head = find_head(block.rows, start)


def _numbers(head: Head, row: Row) -> Iterator[_Number]:
    code_at, title_at = head.column(Column.CODE), head.column(Column.TITLE)
    code = joined(row[code_at].text).rstrip(".") if code_at is not None and code_at < len(row) else ""
    title = joined(row[title_at].text) if title_at is not None and title_at < len(row) else ""
    if not code and not TOTAL.match(title):
        code = "?"  # an option, or a row whose code stands elsewhere: in no sum
    for at, column in head.columns.items():
        text = _bare(row[at].text) if column in _POINTS and at < len(row) else ""
        if text and (read_points(text) is not None or has_thousands(text)):
            yield _Number(text, code, column, row[at])


def _decided(numbers: Sequence[_Number]) -> bool | None:
    """Whether dots part thousands by what else the columns hold; None where nothing tells."""
    texts = [number.text for number in numbers if not number.cell.is_number]
    if any(text.count(".") > 1 or ("." in text and "," in text) for text in texts):
        return True
    commas = any("," in text for text in texts)
    decimal_dots = any("." in text and not has_thousands(text) for text in texts)
    if commas is not decimal_dots:
        return commas
    as_thousands, as_decimals = (_sums(numbers, thousands=thousands) for thousands in (True, False))
    return None if as_thousands == as_decimals else as_thousands > as_decimals


def _sums(numbers: Sequence[_Number], *, thousands: bool) -> int:
    """How many rows have what the rows right below them add up to."""
    right = 0
    for column in {number.column for number in numbers}:
        own = [(number.code, number.value(thousands=thousands) or Fraction(0)) for number in numbers
               if number.column is column and number.code != "?"]  # fmt: skip
        below: dict[str, Fraction] = {}
        for code, value in own:
            if code:
                below[codes.parent(code) or ""] = below.get(codes.parent(code) or "", Fraction(0)) + value
        right += sum(below.get(code) == value for code, value in own)
    return right


def _beside_large(numbers: Sequence[_Number]) -> bool:
    known = [number.value(thousands=False) or Fraction(0) for number in numbers if not number.is_open]
    return max(known, default=Fraction(0)) >= _LARGE


def _without_dots(blocks: Sequence[Block], parts: Sequence[tuple[int, Head, Row]]) -> list[Block]:
    rows: dict[int, list[Row]] = {}
    heads = {id(row): head for _, head, row in parts}
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            rows[at] = [_row(heads[id(row)], row) if id(row) in heads else row for row in block.rows]
    return [
        replace(block, rows=tuple(tuple(row) for row in rows[at])) if isinstance(block, Grid) else block
        for at, block in enumerate(blocks)
    ]


def _row(head: Head, row: Row) -> Row:
    return tuple(_cell(head.columns.get(at), cell) for at, cell in enumerate(row))


def _cell(column: Column | None, cell: Cell) -> Cell:
    if column in _POINTS and has_thousands(_bare(cell.text)) and not cell.is_number:
        return replace(cell, text=cell.text.replace(".", ""))
    if column in _TEXTS:
        return replace(cell, text=_SAID.sub(lambda found: found[0].replace(".", ""), cell.text))
    return cell
