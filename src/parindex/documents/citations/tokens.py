"""The pieces that citations are made of: numbers with symbols, dates, pages and sections.

Every repetition is bounded and no two parts of a pattern can take the same letters, so that the time grows with the
length of the text and with nothing else, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from parindex.documents.citations.citation import KIND_OF_CODE, CitedDate, number_key

_DASH = "[-\u2010-\u2015\u2212]"
_PART = r"[A-ZĐƯ][A-ZĐƯ&]{0,14}\d{0,2}"
#: A space on one side of a dash is a line that was broken there; on both sides the dash parts words.
_JOINT = rf"(?:\s{{1,2}}{_DASH}|{_DASH}\s{{0,2}})"
_SLASH = r"\s{0,2}/\s{0,2}"
#: Codes by which a number is known that lost its slash: "1236QĐ-UBND".
_CODES = "QĐ|BC|KH|TB|TTR|NQ|HD|KL"
_NUMBER = (
    r"(?<![\w/])(?P<digits>\d{1,6}[A-ZĐ]?)(?:"
    rf"{_SLASH}(?P<year>(?:19|20)\d\d){_SLASH}(?P<with_year>{_PART}(?:{_JOINT}{_PART}){{0,4}})"
    rf"|{_SLASH}(?P<joined>{_PART}(?:{_JOINT}{_PART}){{1,4}})"
    rf"|{_SLASH}(?P<single>{_PART})"
    rf"|{_DASH}(?P<party>[A-ZĐƯ]{{2,5}}/[A-ZĐƯ]{{2,8}})"
    rf"|\s?(?P<slashless>(?:{_CODES}){_DASH}{_PART}(?:{_DASH}{_PART}){{0,2}})"
    r")(?![\w/])"
)
_DATE = (
    r"(?P<named>ngày\s{0,3})?(?<![\d/])(?P<day>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?"
    r"(?P<year_printed>\d{2,5})(?![\d/])"
    r"|ngày\s{1,3}(?P<day_word>\d{1,2})\s{1,3}tháng\s{1,3}(?P<month_word>\d{1,2})\s{1,3}năm\s{1,3}(?P<year_word>\d{2,5})"
    r"(?!\d)"
)
_SECTION_WORDS = (
    "tiểu mục|mục|phần|chương|điểm|khoản|điều|đoạn|khổ|ý|biểu số|biểu|bảng|phụ lục số|phụ lục|gạch đầu dòng|dòng"
)
_VALUE = r"(?:\d{1,4}(?:\.\d{1,3}){0,4}[a-zđ]?|[IVXLC]{1,6}|[a-zđ])(?![\w/])"
#: A number that goes on a list of pages stands before a mark, another section or a name, never before a thing counted.
_LISTED = (
    rf"(?:\d{{1,4}}(?:\.\d{{1,3}}){{0,4}}|[IVXLC]{{1,6}}|[a-zđ])(?![\w/])(?=\s{{0,3}}(?:[,;.):(–-]|$|và\b|của\b|tại\b|kèm\b"
    rf"|ban hành\b|trang\b|{_SECTION_WORDS}|(?-i:[A-ZĐ])))"
)
_LOCATOR = (
    rf"(?<!\w)(?P<word>trang|tr\.|{_SECTION_WORDS})(?:\s{{1,3}}|(?=\d))(?:thứ\s{{1,3}}|số\s{{1,3}})?"
    rf"(?P<values>{_VALUE}(?:\s{{0,2}}(?:[,;–-]|và|đến)\s{{0,2}}{_LISTED}){{0,12}})"
)
#: What a piece can begin with, so that other letters are passed over quickly.
_FIRST = "[\\dhntmpcđkýbgd]"
_TOKEN = re.compile(
    rf"(?={_FIRST})(?:(?P<link>https?://\S{{1,2000}})|(?P<number>{_NUMBER})|(?P<date>{_DATE})|(?P<locator>{_LOCATOR}))",
    re.IGNORECASE,
)
_LAST_PAGE = 5_000
_MOST_PAGES = 50


class Piece(Enum):
    """What a token is."""

    NUMBER = "number"
    DATE = "date"
    LOCATOR = "locator"


_PIECES = {piece.value: piece for piece in Piece}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a citation, from ``start`` to ``end``."""

    piece: Piece
    start: int
    end: int
    found: re.Match[str]


def tokens(text: str) -> Iterator[Token]:
    """The pieces in reading order; what stands in a web address is none."""
    for found in _TOKEN.finditer(text):
        piece = _PIECES.get(found.lastgroup or "")
        if piece is not None:
            yield Token(piece, found.start(), found.end(), found)


def printed_number(found: re.Match[str]) -> str:
    """The number as it should be printed: no spaces, one kind of dash, capitals unless capitals and small are mixed."""
    symbol = next(found[name] for name in ("with_year", "joined", "single", "party", "slashless") if found[name])
    symbol = re.sub(_DASH, "-", "".join(symbol.split()))
    if symbol == symbol.lower():
        symbol = symbol.upper()
    year = f"{found['year']}/" if found["year"] else ""
    return f"{found['digits']}{'-' if found['party'] else '/'}{year}{symbol}"


def stands_alone(found: re.Match[str]) -> bool:
    """Whether a number is surely one without "số" or a kind before it: not "10/UBND", not "3/xa-phuong"."""
    symbol = found["with_year"] or found["joined"] or found["party"] or found["slashless"] or ""
    first = re.split(rf"\s|{_DASH}|/", symbol)[0]
    return bool(symbol) and (symbol == symbol.upper() or number_key(first) in KIND_OF_CODE)


def cited_date(found: re.Match[str]) -> CitedDate:
    """The date of a token; years of two digits are of this century."""
    day, month, year = (
        found[name] or found[f"{name.removesuffix('_printed')}_word"] for name in ("day", "month", "year_printed")
    )
    short = len(year) == 2
    try:
        value = date(int(year) + (2000 if short else 0), int(month), int(day)) if len(year) in (2, 4) else None
    except ValueError:
        value = None
    return CitedDate(f"{day}/{month}/{year}", value, two_digit_year=short)


def pages_of(found: re.Match[str]) -> tuple[int, ...]:
    """The pages that a token names ("trang 7-9" is three); none for a section."""
    if not found["word"].lower().startswith("tr"):
        return ()
    pages: list[int] = []
    for part in re.split(r"[,;]|và", found["values"]):
        ends = [int(one) for one in re.findall(r"\d{1,4}", part)]
        if not ends or max(ends) > _LAST_PAGE:
            continue
        first, last = ends[0], ends[-1]
        pages.extend(range(first, last + 1) if first <= last < first + _MOST_PAGES else ends)
    return tuple(dict.fromkeys(pages))[:_MOST_PAGES]


def section_of(found: re.Match[str]) -> str:
    """The section as printed on one line, "" for pages."""
    if found["word"].lower().startswith("tr"):
        return ""
    printed = " ".join(found[0].split())
    return printed[:1].lower() + printed[1:]
