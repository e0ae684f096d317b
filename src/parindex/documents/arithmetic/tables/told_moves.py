"""Places that the text says a unit of a table rose or fell by: ``Xã An Khê và xã Mỹ Lộc cùng tăng 02 bậc`` below a
table with the ranks of two years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.told_tables import ToldTable
from parindex.documents.printed_text import joined

_MOVED = re.compile(
    r"(?<!không )(?<!\w)(?:tăng|lên|vượt|cải thiện|nâng|thăng|giảm|tụt|xuống|sụt|rớt|lùi)(?: lên| xuống| thêm| được)?"
    r"\s(?P<by>\d{1,2})\s?(?:bậc|hạng|thứ hạng|thứ bậc|vị trí)(?!\w)",
    re.IGNORECASE,
)
#: What a move is not told of the whole table by; two ranks beside it are held against it where they stand.
_OTHER = re.compile(
    r"(?<!\w)(?:chỉ số thành phần|lĩnh vực|tiêu chí|nội dung|trục"
    r"|(?:từ|hạng|thứ) (?:hạng |thứ |vị trí ){0,2}\d{1,3})(?!\w)",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"[.;:](?=\s)|(?<!\w)(?:còn|riêng|trong khi)(?!\w)")
_REACH, _FEWEST_LETTERS, _RANK_COLUMNS = 200, 5, 2
_Moves = Mapping[str, int]


def told_moves(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The moves of named rows that the ranks of the table do not give."""
    moves = [(table, found) for table in tables if (found := _moves(table))]
    for passage in text if moves else ():
        end = 0
        for moved in _MOVED.finditer(passage.text):
            begin = max(end, moved.start() - _REACH)
            end = moved.end()
            begins = [one.end() for one in _BEGINS.finditer(passage.text, begin, moved.start())]
            clause = passage.text[begins[-1] if begins else begin : moved.start()]
            if _OTHER.search(clause):
                continue
            for table, found in moves:
                if table.may_be_of(passage.text) or not table.years:
                    yield from _of_clause(passage, moved, clause.lower(), found)


def _moves(table: ToldTable) -> dict[str, int]:
    """By how many places each row of a table with two columns of ranks moved, by its name."""
    printed = table.printed
    ranks = [column for column in range(printed.width) if printed.kind(column) is ColumnKind.RANK]
    if len(ranks) != _RANK_COLUMNS:
        return {}
    out: dict[str, int] = {}
    for at in table.rows:
        pair = [printed.amount(at, column) for column in ranks]
        name = joined(printed.rows[at].title).lower()
        told = [one.value for one in pair if one is not None and not one.places]
        if len(told) == _RANK_COLUMNS and at not in table.doubted and sum(map(str.isalpha, name)) >= _FEWEST_LETTERS:
            out[name] = abs(int(told[0] - told[1]))
    return out


def _of_clause(passage: Passage, moved: re.Match[str], clause: str, moves: _Moves) -> Iterator[StatementFinding]:
    """What is said of the rows that a clause names, where none or not all of them moved by so many places."""
    named = [name for name in moves if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", clause)]
    apart = [name for name in named if moves[name] != int(moved["by"])]
    if not apart:
        return
    found = {moves[name] for name in apart}
    yield StatementFinding(
        StatementKind.RANK_CHANGE, Severity.WRONG_FIGURE, Sure.LIKELY, passage.place_at(moved.start("by")),
        quoted(passage.text, moved.start(), moved.end()), moved["by"],
        str(found.pop()).rjust(len(moved["by"]), "0") if len(found) == 1 else "", "table_says_otherwise",
        {"row": apart[0], "column": ""},
    )  # fmt: skip
