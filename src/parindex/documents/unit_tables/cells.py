"""Cells as values and back: days, decisions, lists of codes, and text that no spreadsheet takes for a formula."""

from __future__ import annotations

import re
from datetime import date

from parindex.documents.printed_text import clean

_DAY_FIRST = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})")
#: As a spreadsheet's own date is read, with the midnight that some programs store.
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_IN_WORDS = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_DECISION_DAY = re.compile(r"[,;]?\s*\bngày\s+(.+)$", re.IGNORECASE)
_DECISION_KIND = re.compile(r"(?:quyết định|nghị quyết|nghị định|luật|văn bản)?\s*(?:số\s*:?)?\s*(?=\d)", re.IGNORECASE)
#: What a spreadsheet may take for a formula (OWASP, CSV injection), behind apostrophes that are there already.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_BETWEEN_CODES = re.compile(r"[;,\s]+")


def one_line(text: str) -> str:
    """A text of one line: composed, without invisible characters, one blank between words."""
    return " ".join(clean(text).split())


def day_of(text: str) -> date | None:
    """The day that ``text`` says: 01/07/2025, 2025-07-01, ngày 1 tháng 7 năm 2025; None where it says none."""
    if found := _DAY_FIRST.fullmatch(text):
        day, _, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _IN_WORDS.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def day_text(day: date | None) -> str:
    """``01/07/2025``; nothing for none."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if day is not None else ""


def decision_of(text: str) -> tuple[str, str]:
    """Number with symbol, and the day as written: "Quyết định số 12/QĐ-UBND ngày 01/02/2020" is "12/QĐ-UBND" and
    "01/02/2020"; the day is empty where none is named."""
    day = _DECISION_DAY.search(text)
    number = text[: day.start()] if day else text
    kind = _DECISION_KIND.match(number)
    return number[kind.end() if kind else 0 :].strip(" ,;"), day[1].strip() if day else ""


def codes_of(text: str) -> tuple[str, ...]:
    """The codes that a cell lists, in their order."""
    return tuple(code for code in _BETWEEN_CODES.split(text) if code)


def guarded(text: str) -> str:
    """``text`` for a CSV file: with an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """``text`` as it was before :func:`guarded`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
