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
from parindex.documents.citations.tokens import Piece, Token, cited_date

#: A day without its year: "ngày 31/4", "ngày 31 tháng 4"; any year will do, so 29/2 is one.
_SHORT = re.compile(
    r"ngày\s{1,2}(?P<day>\d{1,2})(?:[/-]|\s{1,2}tháng\s{1,2})(?P<month>\d{1,2})"
    r"(?!\d|\s?[/.,-]\s?\d|\s{0,2}năm|\s{1,2}\d)",
    re.IGNORECASE,
)
#: One that "ngày" does not introduce, where no quotient can be meant: "đến hết 31/11", "từ 30/02 đến 15/3".
_UNNAMED = re.compile(
    r"(?<!\w)(?:từ|đến|trước|sau|hết|vào)\s{1,2}(?P<day>3[01])\s?[/-]\s?(?P<month>\d{1,2})"
    r"(?=\s{0,2}(?:[.,;:)](?!\d)|$|[-–]|(?:đến|tới|hằng năm|hàng năm)(?!\w)))",
    re.IGNORECASE,
)
_FROM = re.compile(r"\btừ\s{1,2}(?:ngày\s{1,2})?$", re.IGNORECASE)
_UNTIL = re.compile(r"\s{0,2}(?:đến|tới)\s{1,2}(?:hết\s{1,2})?(?:ngày\s{1,2})?", re.IGNORECASE)
_LEAP_YEAR = 2000
_MONTHS, _LONGEST_MONTH = 12, 31
_YEAR_DIGITS = (2, 4)


def plain_dates(passage: Passage, citations: Sequence[Citation]) -> tuple[list[StatementFinding], int]:
    """What is wrong with the days of a passage that belong to no citation, and how many days were looked at."""
    taken = [(one.start, one.end) for one in citations]
    dates = [one for one in passage.pieces if one.piece is Piece.DATE]
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
        surely = token.found["named"] or token.found["year_word"] or token.found["sep"] == "/" or _is_near(token)
        told = len(year) != 3 if token.found["named"] or token.found["year_word"] else len(year) in _YEAR_DIGITS
        if surely and told and cited_date(token.found).day is None:
            yield _finding(passage, token.start, token.end, "day_impossible")


def _is_near(token: Token) -> bool:
    """Whether digits with dashes or dots cannot but be a day, though no calendar has it: "31-11-2018"."""
    day, month, year = (token.found[name] for name in ("day", "month", "year_printed"))
    return (
        bool(year)
        and re.fullmatch(r"(?:19|20)\d\d", year) is not None
        and (1 <= int(month) <= _MONTHS and 1 <= int(day) <= _LONGEST_MONTH)
    )


def _short(passage: Passage) -> Iterator[StatementFinding]:
    for found in (*_SHORT.finditer(passage.text), *_UNNAMED.finditer(passage.text)):
        if found.re is _UNNAMED and not 1 <= int(found["month"]) <= _MONTHS:
            continue
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
