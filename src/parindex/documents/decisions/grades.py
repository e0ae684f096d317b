"""The grades that a decision prints, line by line or in one sentence, and where their bands do not fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from parindex.documents.criteria_tables.option_ranges import read_range
from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import folded, joined
from parindex.domain.criteria.criteria_set import Grade
from parindex.domain.errors import Problem
from parindex.domain.values import parse_number

_P = r"(\d{1,3}(?:[.,]\d{1,4})?)"
_BULLET = re.compile(r"^[-+•*·\s]*(?:[a-eđ][).]\s+)?")
_WORDS = r"(xuất sắc|rất tốt|tốt|khá|trung bình khá|trung bình|đạt|không đạt|yếu|kém|chưa đạt|[A-EĐ])"
_LAST = re.compile(
    rf"(?:xếp|loại|mức|đạt)[^\"“”'‘’:]{{0,30}}[\"“'‘:]?\s*(?P<title>{_WORDS})\b[\"”'’.;,]*\s*$", re.IGNORECASE
)
_FIRST = re.compile(
    rf"^(?:xếp |loại |mức |hạng |nhóm )*[\"“'‘]?(?P<title>{_WORDS})[\"”'’]?\s*[:(–-]\s*(?P<rest>.*\d.*)$", re.IGNORECASE
)
_LOWER = re.compile(rf"(?:tu|>=|≥|dat)\s*{_P}\s*(%|diem)?")
_UPPER = re.compile(rf"(?:duoi|<|nho hon)\s*{_P}\s*(%|diem)?")
#: Where one grade ends and the next begins in a sentence that lists them.
_NEXT = re.compile(
    rf"[;,./]\s+(?:và\s+)?(?=(?:loại |mức |hạng |nhóm )?[\"“'‘]?{_WORDS}[\"”'’]?\s*[:(–])", re.IGNORECASE
)
_LEAD = re.compile(rf"^.{{0,80}}?:\s*(?=(?:loại |mức |hạng |nhóm )?[\"“'‘]?{_WORDS}[\"”'’]?\s*[:(])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedGrade:
    """One grade as printed: its band, None where it is open to that side, and its line."""

    title: str
    low: Fraction | None
    low_closed: bool
    high: Fraction | None
    high_closed: bool
    line: Paragraph
    high_places: int = 0


def read_grades(lines: Sequence[Paragraph]) -> tuple[tuple[Grade, ...], list[Problem]]:
    """The first run of grades with their lower edges, best first, and the doubts.

    The lowest grade mostly has no lower edge and begins at 0. Doubts: ``grades_gap`` and ``grades_overlap`` (``above``
    and ``below``: the two lines; ``lower``: where the upper band begins; ``upper``: where the lower one ends; ``step``:
    only figures between two that may be printed are left out), ``grade_edge_open`` where a grade begins above its edge
    ("trên 85"): sets know closed lower edges only.
    """
    printed = _first_run(lines)
    if len(printed) < 2:
        return (), []
    ordered = sorted(printed, key=lambda grade: -(grade.low or Fraction(0)))
    return tuple(Grade(each.title, each.low or Fraction(0)) for each in ordered), list(_doubts(ordered))


def _first_run(lines: Sequence[Paragraph]) -> list[PrintedGrade]:
    grades: list[PrintedGrade] = []
    missed = 0
    for line in lines:
        found = [grade for piece in _pieces(line) if (grade := _grade(piece)) is not None]
        titles = {grade.title.lower() for grade in grades}
        if any(grade.title.lower() in titles for grade in found):
            break
        grades += found
        missed = 0 if found else missed + 1
        if grades and missed > 1:
            break
    return grades


def _pieces(line: Paragraph) -> Iterator[Paragraph]:
    text = _BULLET.sub("", _BULLET.sub("", joined(line.text)))
    pieces = [text] if _LAST.search(text) else _cut(text)
    for piece in pieces:
        if piece:
            yield Paragraph(piece, line.place)


def _cut(text: str) -> list[str]:
    listed = _LEAD.sub("", text)
    cuts = list(_NEXT.finditer(listed))
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(listed)]
    return [listed[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _grade(piece: Paragraph) -> PrintedGrade | None:
    text = piece.text
    found, condition = _LAST.search(text), ""
    if found is not None:
        condition = text[: found.start()]
    else:
        found = _FIRST.match(text)
        if found is None:
            return None
        condition = found["rest"]
    title = found["title"].strip()
    condition = re.sub(r"/\s*100\b", "", condition)
    band = read_range(condition)
    if band is not None and not band.fractions and band.low != band.high:
        size = 100 if band.is_share else 1
        low, high = (None if edge is None else edge * size for edge in (band.low, band.high))
        printed = re.findall(r"\d+(?:[.,](\d+))?", condition)
        return PrintedGrade(title, low, band.low_closed, high, band.high_closed, piece, len(printed[-1]))
    words = folded(condition)
    lower, upper = _LOWER.search(words), _UPPER.search(words)
    if lower is None and upper is None:
        return None
    edges = [parse_number(edge[1]) if edge else None for edge in (lower, upper)]
    return PrintedGrade(title, edges[0], lower is not None, edges[1], False, piece)


def _doubts(ordered: Sequence[PrintedGrade]) -> Iterator[Problem]:
    for above, below in pairwise(ordered):
        kind = _fit(above, below)
        if kind:
            facts: dict[str, object] = {"above": above.line.text, "below": below.line.text}
            facts |= {"lower": above.low, "upper": below.high}
            if kind == "grades_gap":
                facts["step"] = below.high_closed and _is_next(below, above)
            yield Problem(kind, below.line.place, facts)
    for grade in ordered:
        if grade.low is not None and not grade.low_closed:
            edge: dict[str, object] = {"title": grade.title, "lower": grade.low, "text": grade.line.text}
            yield Problem("grade_edge_open", grade.line.place, edge)


def _fit(above: PrintedGrade, below: PrintedGrade) -> str:
    """``grades_gap``, ``grades_overlap``, or "" where one band begins where the other ends."""
    if above.low is None or below.high is None:
        return ""
    if below.high > above.low or (below.high == above.low and below.high_closed and above.low_closed):
        return "grades_overlap"
    if below.high == above.low:
        return "" if below.high_closed or above.low_closed else "grades_gap"
    # "đến 89,99" below "từ 90" leaves nothing between figures of that many places; "đến 89" leaves out 89,5.
    return "" if below.high_closed and below.high_places and _is_next(below, above) else "grades_gap"


def _is_next(below: PrintedGrade, above: PrintedGrade) -> bool:
    """Whether the upper band begins at the figure after the end of the lower one, at the places printed."""
    return above.low is not None and above.low - (below.high or 0) == Fraction(1, 10**below.high_places)
