"""One grade in words: its title and its band, whichever of the two comes first.

"Tốt: từ 90 điểm trở lên", "Khá từ 80 đến dưới 90 điểm", "dưới 65% xếp loại Yếu". Titles that no list knows ("Hoàn thành
tốt nhiệm vụ") are read only where the paper speaks of grades, and only before a band and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.criteria_tables.option_ranges import read_range
from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import folded, joined
from parindex.domain.values import parse_number

_P = r"(\d{1,4}(?:[.,]\d{1,4})?)"
_WORDS = (
    r"(?:xuất sắc|rất tốt|tốt|khá|trung bình khá|trung bình yếu|trung bình|đạt yêu cầu|đạt|không đạt|chưa đạt|yếu|kém"
    r"|(?-i:[A-EĐ]))"
)
_QUOTED = rf"[\"“'‘]?(?P<title>{_WORDS})[\"”'’]?"
_LEVEL = r"(?:(?:xếp|phân|đạt|được|bị) )*(?:(?:loại|mức|hạng|nhóm|bậc) )*"
#: How a band begins: "từ 80", "đạt từ 80%", "điểm số dưới 65", "≥ 90".
_OPENS = (
    r"(?:(?:có|đạt|nếu|khi|là|được|tổng|số|chỉ số|điểm|kết quả|tỷ lệ|trong khoảng)\s+)*"
    r"(?:(?:từ|dưới|trên|hơn|đến|không quá|ít nhất|tối thiểu)\b|[≥≤<>]|\d)"
)
#: What stands before the words of an item of a list: "- ", "a) ", "3. ".
_MARK = re.compile(r"^(?:[-–+•*·]\s*|\((?:[a-eđ]|\d{1,2})\)\s*|(?:[a-eđ]|\d{1,2}(?:\.\d{1,2})*)[).]\s+|\s+)+")
_LAST = re.compile(rf"(?:^|(?<=[\s\"“'‘:(–-])){_QUOTED}\)?\s*[.;,]*$", re.IGNORECASE)
#: What joins a band with the title after it.
_LINK = re.compile(r"(?:(?:xếp|loại|mức|hạng|đạt)[^\"“”'‘’:\d]{0,30}|[:=–-])\s*$", re.IGNORECASE)
_FIRST = re.compile(rf"^{_LEVEL}{_QUOTED}\s*(?:[:(–-]\s*|(?<=[\s\"”'’])(?={_OPENS}))(?P<rest>.*\d.*)$", re.IGNORECASE)
_UNLISTED = re.compile(
    rf"^(?:(?:loại|mức|hạng|nhóm) )*[\"“'‘]?(?P<title>[^\W\d_][^\d:;(–\"“”]{{1,60}}?)[\"”'’]?\s*"
    rf"(?:[:(–]\s*|\s-\s|(?<=[\s\"”'’]))(?P<rest>{_OPENS}.*)$",
    re.IGNORECASE,
)
#: Words that no title has: they announce the grades, or say what is graded.
_NO_TITLE = re.compile(r"\b(?:xep|phan) (?:loai|hang|muc)|\b(?:nhu sau|theo|tieu chi|chi so|diem|cach|ty le|hoac)\b")
#: A longer sentence is none: a file without line breaks.
_LONGEST = 2_000
_BAND_ENDS = re.compile(r"^[^;:]{0,80}?\d[\d.,]*\s*(?:%|diem|/)?[^;:]{0,20}$")
_UNIT = re.compile(r"%|\bdiem\b")
_LOWER = re.compile(rf"(?:tu|>=|≥|dat)\s*{_P}\s*(%|diem)?")
_UPPER = re.compile(rf"(?:duoi|<|nho hon)\s*{_P}\s*(%|diem)?")
_UP_TO = re.compile(rf"^(?:dat )?(?:den|toi)\s*{_P}\s*(%|diem)?")
#: Where one grade ends and the next begins in a sentence that lists them.
_NEXT = re.compile(
    rf"(?:[;,./]\s+(?:và\s+)?|\s+và\s+)(?=(?:\(?[a-eđ\d]\)\s*)?{_LEVEL}[\"“'‘]?{_WORDS}[\"”'’]?\s*(?:[:(–]|\s{_OPENS}))"
    r"|(?<=\)),\s+(?:và\s+)?(?=[^\W\d_])",
    re.IGNORECASE,
)
_NEXT_BAND = re.compile(rf"[,.]\s+(?:và\s+)?(?={_OPENS})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedGrade:
    """One grade as printed: its band, None where it is open to that side, and its line.

    ``listed``: its title is one of the words that grades commonly have.
    """

    title: str
    low: Fraction | None
    low_closed: bool
    high: Fraction | None
    high_closed: bool
    line: Paragraph
    high_places: int = 0
    listed: bool = True


def grades_in(line: Paragraph, *, unlisted: bool) -> tuple[list[PrintedGrade], list[str]]:
    """The grades of a line, and its pieces that state a band but no grade.

    ``unlisted``: the paper speaks of grades here, so that titles may be any words.
    """
    grades: list[PrintedGrade] = []
    rest: list[str] = []
    whole = joined(line.text)
    for text in _pieces(whole if len(whole) <= _LONGEST else ""):
        grade = _grade(Paragraph(text, line.place), unlisted)
        if grade is not None:
            grades.append(grade)
        elif states_band(text):
            rest.append(text)
    return grades, rest


def states_band(text: str) -> bool:
    """Whether a text holds a range of points or per cents, with an end of its own."""
    band = read_range(text)
    return band is not None and band.low != band.high and _UNIT.search(folded(text)) is not None


def _pieces(text: str) -> Iterator[str]:
    for part in re.split(r";\s*", text):
        start = 0
        for cut in sorted([*_NEXT.finditer(part), *_NEXT_BAND.finditer(part)], key=re.Match.start):
            if cut.start() < start or (cut.re is _NEXT_BAND and not _LAST.search(part[start : cut.start()])):
                continue
            yield _MARK.sub("", part[start : cut.start()])
            start = cut.end()
        if part[start:].strip():
            yield _MARK.sub("", part[start:]).strip()


def _grade(piece: Paragraph, unlisted: bool) -> PrintedGrade | None:
    """The grade of a piece, else of what stands behind a colon in it ("Xếp loại: Tốt từ 90 điểm")."""
    starts = [0, *(found.end() for found in re.finditer(r":\s*", piece.text))]
    for start in starts:
        text = _MARK.sub("", piece.text[start:])
        found = _title_and_band(text, unlisted)
        grade = _printed(*found, Paragraph(text, piece.place)) if found else None
        if grade is not None:
            return grade
    return None


def _title_and_band(text: str, unlisted: bool) -> tuple[str, str, bool] | None:
    """The title of a grade, the words of its band, and whether the title is a listed one."""
    last = _LAST.search(text)
    before = text[: last.start()].rstrip(" \"“'‘(") if last else ""
    link = _LINK.search(before)
    if last is not None and link is not None and re.search(r"\d", before[: link.start()]):
        return last["title"], before[: link.start()], True
    first = _FIRST.match(text)
    if first is not None:
        return first["title"], first["rest"], True
    other = _UNLISTED.match(text) if unlisted else None
    if other is None or _NO_TITLE.search(folded(other["title"])):
        return None
    plain = states_band(other["rest"]) and _BAND_ENDS.match(folded(other["rest"]))
    return (other["title"].strip(), other["rest"], False) if plain else None


def _printed(title: str, condition: str, listed: bool, line: Paragraph) -> PrintedGrade | None:
    condition = re.sub(r"/\s*100\b", "", condition)
    band = read_range(condition)
    if band is not None and not band.fractions and band.low != band.high:
        size = 100 if band.is_share else 1
        low, high = (None if edge is None else edge * size for edge in (band.low, band.high))
        printed = re.findall(r"\d+(?:[.,](\d+))?", condition)
        return PrintedGrade(title, low, band.low_closed, high, band.high_closed, line, len(printed[-1]), listed)
    words = folded(condition)
    lower, upper = _LOWER.search(words), _UPPER.search(words) or _UP_TO.search(words)
    if lower is None and upper is None:
        return None
    edges = [parse_number(edge[1]) if edge else None for edge in (lower, upper)]
    closed = upper is not None and upper.re is _UP_TO
    return PrintedGrade(title, edges[0], lower is not None, edges[1], closed, line, listed=listed)
