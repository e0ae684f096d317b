"""How many bodies or things the text says that a table has rows of, where it tells a total of the table beside
(``tổng số công chức của 12 cơ quan, đơn vị là 518 người`` over ten rows that make 518), or the head of the table names
what is counted as the text does (``Phiếu khảo sát gồm 05 nội dung`` over four rows of "Nội dung khảo sát").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted
from parindex.documents.arithmetic.tables.counted_rows import ITEMS, NOUNS, counts_of_rows, names_rows
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.told_tables import ToldTable
from parindex.documents.printed_text import folded

_COUNT = rf"(?<![\d/.,])(?P<count>0?[1-9]\d{{0,2}})\s(?P<noun>{NOUNS})(?![\w/])"
_FIGURE = r"(?P<figure>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{3,9}(?:,\d+)?)(?![\d.,]*\d|\s?%)"
_WORDS = r"[^\d.;:()]{1,60}?"
#: "của 12 cơ quan, đơn vị là 518 người", "518 công chức của 12 cơ quan"; "gồm 05 nội dung".
_WITH_TOTAL = (
    re.compile(rf"{_COUNT}{_WORDS}(?:la|co|dat|duoc|:)\s(?:tong(?: so| cong)? )?{_FIGURE}"),
    re.compile(rf"{_FIGURE}\s{_WORDS}\b(?:cua|tai|o|cho|thuoc)\s(?:ca )?{_COUNT}"),
)
_MADE_OF = re.compile(rf"\b(?:gom|co|ve|doi voi|theo)\s{_COUNT.replace(NOUNS, ITEMS)}")
#: "Phụ lục này có 12 cơ quan, đơn vị được giao chỉ tiêu", "Bảng trên gồm 06 đơn vị thuộc huyện": of all that it has.
_THIS = re.compile(
    rf"\b(?:phu luc|bang|bieu|danh sach)(?: so \d{{1,2}})? (?:nay|tren|o tren|tren day|neu tren)"
    rf"\s(?:co|(?P<all>gom|liet ke|gom co))\s(?:tong (?:so|cong) |tat ca )?{_COUNT}"
    r"(?:, [a-z]+(?: [a-z]+)?){0,3}"
    r"(?=\s?[.;]|$|, chia (?:thanh|lam|theo)"
    r"| duoc giao (?:chi tieu|bien che|nhiem vu|ke hoach|von|du toan)(?:[.,;]|$)"
    r"|(?(all)\s(?:thuoc|cua|truc thuoc)\b|[.;]))"
)
#: A count of some of the rows, or at another time.
_SOME = re.compile(r"\b(?:trong do|con lai|nam truoc|cung ky|nam \d{4}|so voi|chua|khong|them|hon|gan|moi)\b")
#: A row for more than one.
_MANY = re.compile(r"\b(?:con lai|khac|cac|nhung)\b")
_FEWEST_ROWS, _LONGEST, _PARTS = 3, 4_000, 8


def rows_in_text(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The counts in the text that no count of the rows is, of the table that they are bound to."""
    counted = [table for table in tables if _may_be_counted(table)]
    for passage in text if counted else ():
        words = folded(passage.text)
        if len(words) != len(passage.text) or len(words) > _LONGEST:
            continue
        said: set[int] = set()
        for pattern in (*_WITH_TOTAL, _MADE_OF, _THIS):
            for found in pattern.finditer(words):
                of = [one for one in counted if _is_of(one, words, found, alone=len(tables) == 1)]
                near = _near(of[0], int(found["count"])) if len(of) == 1 else None
                if near is not None and found.start("count") not in said:
                    said.add(found.start("count"))
                    yield _finding(passage, found, near)


def _may_be_counted(table: ToldTable) -> bool:
    """Whether each row is one of what is counted."""
    rows = [row for row in table.printed.rows if row.role is RowRole.DATA]
    return len(rows) >= _FEWEST_ROWS and not any(_MANY.search(folded(row.title)) for row in rows)


def _is_of(table: ToldTable, words: str, found: re.Match[str], *, alone: bool) -> bool:
    """Whether a count is of the rows of a table, by the total beside it, or by the words of the head; or it is told of
    "this table", and there is no other (``alone``).
    """
    if _SOME.search(words, max(0, found.start() - 30), found.end()) or not names_rows(table.printed, found["noun"]):
        return False
    if "figure" in found.re.groupindex:
        value = Fraction(found["figure"].replace(".", "").replace(",", "."))
        return value in _totals(table)
    if found.re is _THIS:
        return alone
    begins = max(words.rfind(mark, 0, found.start()) for mark in ".;") + 1
    sentence = set(re.findall(r"\w+", words[begins : found.end() + len(found["noun"])]))
    heads = [head for head in table.printed.heads[:2] if re.search(rf"\b{found['noun']}\b", head)]
    return any(set(head.split()) - set(found["noun"].split()) and set(head.split()) <= sentence for head in heads)


def _totals(table: ToldTable) -> set[Fraction]:
    """The figures of the rows with totals."""
    printed = table.printed
    rows = [at for at, row in enumerate(printed.rows) if row.role is RowRole.TOTAL and at not in table.doubted]
    amounts = (printed.amount(at, column) for at in rows for column in range(printed.width))
    return {one.value for one in amounts if one is not None}


def _near(table: ToldTable, count: int) -> int | None:
    """The number of rows, where none of its counts is the one told, and it is near."""
    possible = counts_of_rows(table.printed)
    numbered = [row for row in table.printed.rows if row.code.numbers and len(row.code.numbers) == 1]
    rows = len(numbered) if numbered else max(possible)
    if count in possible or count < _FEWEST_ROWS or rows not in possible:
        return None
    return rows if abs(rows - count) <= max(2, count // _PARTS) else None


def _finding(passage: Passage, found: re.Match[str], near: int) -> StatementFinding:
    printed = str(near).rjust(len(found["count"]), "0") if found["count"].startswith("0") else str(near)
    return StatementFinding(
        StatementKind.COUNT, Severity.WRONG_FIGURE, Sure.LIKELY, passage.place_at(found.start("count")),
        quoted(passage.text, found.start(), found.end()), found["count"], printed, "count_differs",
        {"noun": passage.text[found.start("noun") : found.end("noun")], "row": "", "column": ""},
    )  # fmt: skip
