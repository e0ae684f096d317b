"""The timetable of a paper: what happens between which dates, from the section about progress ("Tiến độ thực hiện")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import folded, joined
from parindex.domain.criteria.criteria_set import Phase

_SECTION = re.compile(r"^(?P<number>(?:[IVX]{1,5}|\d{1,2})(?:\.\d{1,2})*)[.)]\s+(?P<title>\S.*)$")
_ABOUT = re.compile(r"tien do|thoi gian (thuc hien|to chuc|danh gia)|lo trinh|ke hoach thoi gian|thoi han")
_LETTER = re.compile(r"^(?P<letter>[a-eđ])\s*[).]\s+(?P<title>\S.*)$")
_D = r"(?P<{0}d>\d{{1,2}})\s*[/.-]\s*(?P<{0}m>\d{{1,2}})\s*[/.-]\s*(?P<{0}y>\d{{4}})"
_DAY = re.compile(r"(?:ngày\s*)?" + _D.format("a"))
_LONG_DAY = re.compile(r"ngày\s*(?P<ad>\d{1,2})\s*tháng\s*(?P<am>\d{1,2})\s*năm\s*(?P<ay>\d{4})", re.IGNORECASE)
_SPAN = re.compile(
    r"từ\s*(?:ngày\s*)?" + _D.format("a") + r"\s*(?:đến|-|–)\s*(?:hết\s*)?(?:ngày\s*)?" + _D.format("b"), re.IGNORECASE
)
_QUARTER = re.compile(r"quý\s+(?P<quarter>IV|I{1,3}|[1-4])\s*(?:năm\s*|/\s*)(?P<year>\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"tháng\s*(?P<month>\d{1,2})\s*(?:năm\s*|/\s*)(?P<year>\d{4})", re.IGNORECASE)
_BEFORE = re.compile(
    r"(chậm nhất|trước|đến hết|hết|không quá|hoàn thành (?:trước|trong)?|kết thúc)\s*"
    r"(?:là\s*)?(?:vào\s*)?(?:ngày|tháng|quý)?\s*$",
    re.IGNORECASE,
)
_ROMAN_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_TITLE_LENGTH = 160


def read_timetable(paragraphs: Sequence[Paragraph]) -> tuple[Phase, ...]:
    """The phases of the section about progress, in reading order; each dated sentence is one. None without such
    a section.
    """
    out: list[Phase] = []
    inside, upper, number, letter, heading = False, "", "", "", ""
    for paragraph in paragraphs:
        text = joined(paragraph.text)
        section = _SECTION.match(text)
        if section is not None and len(text) < 200:
            roman = section["number"][0] in "IVX"
            upper = section["number"] if roman else upper
            inside = bool(_ABOUT.search(folded(section["title"]))) and not (roman and "," in section["title"])
            number, letter, heading = ("" if roman else section["number"]), "", ""
            continue
        if not inside:
            continue
        lettered = _LETTER.match(text)
        if lettered is not None:
            letter, text = lettered["letter"], lettered["title"]
            heading = text if not list(_spans(text)) else ""
        reference = ".".join(part for part in (upper, number, letter) if part)
        out.extend(_phases(text, heading, reference))
    return tuple(out)


def _phases(text: str, heading: str, reference: str) -> Iterator[Phase]:
    for sentence in re.split(r"(?<=[^\d\s])\.\s+|(?<=\d{4})\.\s+|;\s+", text):
        spans = list(_spans(sentence))
        if spans:
            starts, ends = spans[0]
            title = heading or sentence.strip(" .-+")
            yield Phase(
                title if len(title) <= _TITLE_LENGTH else title[: _TITLE_LENGTH - 1] + "…", starts, ends, reference
            )


def _spans(text: str) -> Iterator[tuple[date | None, date | None]]:
    """The periods that a sentence names: a span of days, a last day, a quarter, a month."""
    span = _SPAN.search(text)
    if span is not None:
        first, last = _day(span, "a"), _day(span, "b")
        if first is not None and last is not None:
            yield first, last
            return
    for pattern in (_LONG_DAY, _DAY):
        found = pattern.search(text)
        day = _day(found, "a") if found else None
        if found is not None and day is not None:
            yield (None, day) if _BEFORE.search(text[: found.start()]) else (day, day)
            return
    found = _QUARTER.search(text)
    if found is not None:
        quarter = _ROMAN_QUARTERS.get(found["quarter"].upper()) or int(found["quarter"])
        yield _period(text, found.start(), int(found["year"]), 3 * quarter - 2, 3 * quarter)
        return
    found = _MONTH.search(text)
    if found is not None and 1 <= int(found["month"]) <= 12:
        yield _period(text, found.start(), int(found["year"]), int(found["month"]), int(found["month"]))


def _period(text: str, at: int, year: int, first: int, last: int) -> tuple[date | None, date]:
    end = date(year + last // 12, last % 12 + 1, 1) - timedelta(days=1)
    return (None if _BEFORE.search(text[:at]) else date(year, first, 1)), end


def _day(found: re.Match[str], prefix: str) -> date | None:
    try:
        return date(int(found[f"{prefix}y"]), int(found[f"{prefix}m"]), int(found[f"{prefix}d"]))
    except ValueError:
        return None
