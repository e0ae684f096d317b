"""Rows that a wrong reading put into the title of another one: their code, words and points stand in its middle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parindex.documents.criteria_tables.drafts import short
from parindex.documents.papers import PaperRow
from parindex.domain.criteria import codes
from parindex.domain.errors import Problem

_POINTS = r"\d{1,3}(?:[.,]\d{1,4})?"
_ROW = re.compile(
    rf"(?<=\s)(?P<code>\d{{1,2}}(?:\.\d{{1,2}}){{0,5}})[.)]?\s+(?P<rest>[A-ZĐÀ-Ỹ][^\d]{{3,200}}?\s(?P<points>{_POINTS}))(?=\s|$)"
)
#: What makes a code before it the code of another paper's part: "theo mục 1.2".
_CITED = re.compile(r"(?:mục|điểm|khoản|điều|tiêu chí|phụ lục|biểu|bảng|số|ngày|tháng|năm|quý)\s+$", re.IGNORECASE)
#: Points and who gives them, in the middle of a title: the cells of another row.
_CELLS = re.compile(rf"(?<=\s){_POINTS}\s+(?:Tự chấm|ĐTXHH|Điều tra XHH|XHH|SIPAS)(?=\s|$)")


def swallowed(rows: Sequence[PaperRow]) -> Iterator[Problem]:
    """A doubt for each title that goes on with a row that can follow on it and that the table does not have."""
    known = {row.code for row in rows} | {row.printed_code for row in rows}
    for row in rows:
        own = row.printed_code or row.code
        lost = [found for found in _ROW.finditer(row.title) if _is_row(found, row.title, known, own)]
        for found in lost:
            facts = {"code": found["code"], "text": short(found[0])}
            yield Problem("row_passed_over", row.place, facts)
        if not lost and _CELLS.search(row.title):
            yield Problem("row_bounds_unsure", row.place, {"codes": [row.code]})


def _is_row(found: re.Match[str], title: str, known: set[str], own: str) -> bool:
    code = found["code"]
    return code not in known and code in _due(own) and not _CITED.search(title[: found.start()])


def _due(code: str) -> set[str]:
    """The codes that may come next, one of them left out at most."""
    out = {f"{code}.1"}
    level: str | None = code
    while level:
        following = codes.next_sibling(level)
        if following is not None:
            out |= {following, f"{following}.1", codes.next_sibling(following) or ""}
        level = codes.parent(level)
    return out
