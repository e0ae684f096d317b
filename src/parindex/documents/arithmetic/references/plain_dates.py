"""Days in running text that no calendar has, and spans of time that end before they begin."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted
from parindex.documents.citations.citation import Citation
from parindex.documents.citations.tokens import Piece, Token, cited_date, tokens

#: A day without its year: "ngày 31/4", "ngày 31 tháng 4"; any year will do, so 29/2 is one.
_SHORT = re.compile(
    r"ngày\s{1,2}(?P<day>\d{1,2})(?:/|\s{1,2}tháng\s{1,2})(?P<month>\d{1,2})(?!\d|[/.,]\d|\s{0,2}năm|\s{1,2}\d)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\btừ\s{1,2}(?:ngày\s{1,2})?$", re.IGNORECASE)
_UNTIL = re.compile(r"\s{0,2}(?:đến|tới)\s{1,2}(?:hết\s{1,2})?(?:ngày\s{1,2})?", re.IGNORECASE)
_LEAP_YEAR = 2000
_YEAR_DIGITS = (2, 4)


def plain_dates(passage: Passage, citations: Sequence[Citation]) -> tuple[list[StatementFinding], int]:
    """What is wrong with the days of a passage that belong to no citation, and how many days were looked at."""
    taken = [(one.start, one.end) for one in citations]
    dates = [one for one in tokens(passage.text) if one.piece is Piece.DATE]
    free = [one for one in dates if not _is_taken(one, taken)]
    found = [*_impossible(passage, free), *_short(passage), *_backwards(passage, dates)]
    return found, len(free)


def _is_taken(token: Token, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a day belongs to a citation; they stand in their order."""
    at = bisect_right(taken, (token.start, sys.maxsize)) - 1
    return at >= 0 and token.start < taken[at][1]


def _impossible(passage: Passage, dates: Sequence[Token]) -> Iterator[StatementFinding]:
    for token in dates:
        year = token.found["year_printed"] or token.found["year_word"]
        surely = token.found["named"] or token.found["year_word"] or token.found["sep"] == "/"
        told = len(year) != 3 if token.found["named"] or token.found["year_word"] else len(year) in _YEAR_DIGITS
        if surely and told and cited_date(token.found).day is None:
            yield _finding(passage, token.start, token.end, "day_impossible")


def _short(passage: Passage) -> Iterator[StatementFinding]:
    for found in _SHORT.finditer(passage.text):
        try:
            date(_LEAP_YEAR, int(found["month"]), int(found["day"]))
        except ValueError:
            yield _finding(passage, found.start("day"), found.end(), "day_impossible")


def _backwards(passage: Passage, dates: Sequence[Token]) -> Iterator[StatementFinding]:
    for first, last in zip(dates, dates[1:], strict=False):
        if not _UNTIL.fullmatch(passage.text, first.end, last.start):
            continue
        start, end = cited_date(first.found).day, cited_date(last.found).day
        named = _FROM.search(passage.text[max(0, first.start - 16) : first.start])
        if named and start is not None and end is not None and end < start:
            yield _finding(passage, first.start, last.end, "span_backwards", Sure.LIKELY)


def _finding(passage: Passage, start: int, end: int, why: str, sure: Sure = Sure.CERTAIN) -> StatementFinding:
    text = passage.text
    return StatementFinding(
        StatementKind.IMPOSSIBLE_DATE, Severity.SLIP, sure, passage.place_at(start), quoted(text, start, end),
        text[start:end].removeprefix("ngày").strip(), "", why,
    )  # fmt: skip
