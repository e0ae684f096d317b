"""The maximum of a set and the parts of the hundred, as a decision words them.

Points stand with what they are given for in front of them ("tự đánh giá: 70 điểm", "Điểm khảo sát: 10/25") or behind
them ("15 điểm đánh giá qua hồ sơ"). Points over the maximum are a part by themselves; points alone are parts where
several
are named beside each other. What speaks of such points and fits neither is a doubt, never left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from parindex.documents.criteria_tables.row_sources import source_of_note
from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import POINTS_IN_TEXT, folded, joined, number_in_text
from parindex.domain.criteria.criteria_set import Part, Source
from parindex.domain.errors import Place, Problem
from parindex.domain.values import parse_number

_P = rf"{POINTS_IN_TEXT}(?![\d%.,]*\d)(?!\s*%)"
_SHARE = r"(?<![\d.,/-])\d{1,3}(?:[.,]\d{1,4})?\s*%"
_NUMBER = re.compile(rf"(?<![\d/.,-])(?P<points>{_P})(?:\s*/\s*(?P<whole>{_P}))?(?P<unit>\s*(?:diem|d)\b)?")
#: Points with a decimal dot that parts no thousands: "88.5 điểm".
_DECIMAL_DOT = re.compile(r"(?<![\d.,/])(?:\d+\.\d{1,2}|0\.\d+|\d+\.\d{4})(?=\s*(?:diem\b|/\s*\d))")
_TOTAL = re.compile(
    r"thang (?:bang )?diem|\btong (?:so )?(?:cong|diem)|tong cong|diem toi da (?:cua|la|:)|so diem toi da"
)
_COUNTED = re.compile(r"\s*(?:nhom|linh vuc|noi dung|phan|tieu chi|tctp|chi tieu|muc|cau hoi|phieu|nguoi|don vi|ngay)")
_SATISFACTION = re.compile(r"hai long|\bsipas\b")
_SURVEY = re.compile(r"\bd?txhh\b|\bxhh\b|xa hoi hoc|khao sat|dieu tra|lay y kien")
_REPORT = re.compile(
    r"tu (?:cham|danh gia)|tham dinh|bao cao|tai lieu|\btlkc\b|ho so"
    r"|danh gia (?:noi bo|ket qua)|ket qua (?:trien khai|thuc hien)|diem thuc hien"
)
#: Points given or taken case by case are no part of the whole.
_BY_CASE = re.compile(r"\btru\b|\bmoi\b|diem (?:thuong|cong|phat)\b")
_ACHIEVED = re.compile(r"\bdat(?: duoc)?\b:? *\d|\bdat chi so\b|xep thu|tang .{0,12}diem|giam .{0,12}diem")
#: A part as a share of the whole: "chiếm tỷ lệ 60%", "tỷ trọng: 40%", "30% tổng số điểm".
_PER_CENT = re.compile(
    rf"(?:chiem\s*(?:(?:ty le|ty trong)\s*)?(?:la\s*|:\s*)?|ty trong[^%;]{{0,40}}?)(?P<a>{_SHARE})"
    rf"|(?P<b>{_SHARE})\s*(?:tren |cua )?(?:tong |thang )(?:so )?(?:diem)?"
)
_PIECES = re.compile(r"(?<=;)\s+|(?<=[.])\s+(?=[A-ZĐÀ-Ỵ+–-])")
_LEADS = re.compile(
    r"^(?:[-+•*·,;:(\s]|[a-eđ\d][).]\s|phần\s+\S{1,4}\s*[:.]|(?:trong đó|gồm|bao gồm|và|là|có)\b)+", re.IGNORECASE
)
_PART_IDS = {
    Source.REPORT: "report",
    Source.OPINION_SURVEY: "opinion_survey",
    Source.SATISFACTION_INDEX: "satisfaction_index",
    Source.EXTERNAL: "external",
}
_HUNDRED = Fraction(100)
#: Parts of one whole stand at most so many lines from each other and from the whole.
_REACH = 6
#: A longer sentence is none: a file without line breaks, a list of figures.
_LONGEST = 2_000


@dataclass(slots=True)
class DeclaredParts:
    """``max_points`` with its place, the parts with their points and places by id, and what was not understood."""

    max_points: Fraction | None = None
    max_place: Place | None = None
    parts: tuple[Part, ...] = ()
    points: dict[str, Fraction] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    doubts: list[Problem] = field(default_factory=list)
    #: Whether the points are per cent of a whole that is not named.
    per_cent: bool = False


@dataclass(frozen=True, slots=True)
class _Stated:
    """Points in a sentence: ``label`` says what for, ``whole`` is what they are a part of ("80/100")."""

    line: int
    piece: Paragraph
    label: str
    points: Fraction
    whole: Fraction | None
    is_total: bool
    source: Source | None


def read_parts(lines: Sequence[Paragraph]) -> DeclaredParts:
    """The declared maximum and the parts of it that ``lines`` state."""
    dots = any(_DECIMAL_DOT.search(folded(line.text)) for line in lines)
    stated = [each for at, line in enumerate(lines) for each in _stated_in(at, line, dots)]
    out = DeclaredParts()
    total = next((each for each in stated if each.is_total), None)
    if total is not None:
        out.max_points, out.max_place = total.points, total.piece.place
    shares = [each for each in stated if each.whole is not None and each.whole == (out.max_points or _HUNDRED)]
    plain = [each for each in stated if each.whole is None and not each.is_total and each.source is not None]
    taken = shares or _beside_each_other(stated, plain, total)
    per_cents = [] if taken else [each for at, line in enumerate(lines) for each in _per_cents_in(at, line)]
    whole_in_per_cents = _is_whole(per_cents)
    if whole_in_per_cents:
        whole = out.max_points or _HUNDRED
        taken = [replace(each, points=each.points * whole) for each in per_cents]
        out.per_cent = out.max_points is None
    _take(out, taken)
    if out.points and out.max_points is None and not out.per_cent and sum(out.points.values()) == _HUNDRED:
        out.max_points = _HUNDRED
    _doubt(out, stated, taken)
    if not out.points:
        out.doubts += [Problem("prose_not_understood", at, {"text": text}) for at, text in _named(per_cents)]
    return out


def _named_source(words: str) -> Source | None:
    if _BY_CASE.search(words):
        return None
    if _SATISFACTION.search(words):
        return Source.SATISFACTION_INDEX
    if _SURVEY.search(words) or source_of_note(words) is Source.OPINION_SURVEY:
        return Source.OPINION_SURVEY
    return Source.REPORT if _REPORT.search(words) else None


# --- points in sentences ---------------------------------------------------------------------------------------------


def _stated_in(at: int, line: Paragraph, decimal_dots: bool) -> Iterator[_Stated]:
    for text in _PIECES.split(joined(line.text)):
        words = folded(text)
        if len(words) == len(text) <= _LONGEST and not _ACHIEVED.search(words):
            yield from _stated_in_piece(at, Paragraph(text, line.place), words, decimal_dots)


def _stated_in_piece(at: int, piece: Paragraph, words: str, decimal_dots: bool) -> Iterator[_Stated]:
    """Every number of points of a sentence with its label; counts, per cents and dates are none."""
    numbers = [found for found in _NUMBER.finditer(words) if not _COUNTED.match(words, found.end())]
    counts = [found.end() for found in re.finditer(r"\d+", words) if _COUNTED.match(words, found.end())]
    used = 0
    for number, found in enumerate(numbers):
        used = max([used, *(end for end in counts if end < found.start())])
        following = numbers[number + 1].start() if number + 1 < len(numbers) else len(words)
        before, behind = words[used : found.start()], words[found.end() : following]
        is_total = found["whole"] is None and bool(_TOTAL.search(before)) and _named_source(before) is None
        closed = found["unit"] or re.match(r"\s*(?:[;,.:()]|$|trong do|gom)", behind)
        if not (found["unit"] or found["whole"] or (is_total and closed)):
            continue
        start, end = used, found.start()
        goes_on = re.match(r"[^.;:*(]{0,100}", behind)
        if not is_total and _named_source(before) is None and goes_on and _named_source(goes_on[0]) is not None:
            start, end = found.end(), _end_of_label(words, found.end(), following)
        label = piece.text[start:end]
        points = number_in_text(found["points"], decimal_dots=decimal_dots)
        whole = number_in_text(found["whole"], decimal_dots=decimal_dots) if found["whole"] else None
        source = None if is_total else _named_source(words[start:end])
        yield _Stated(at, piece, label, points, whole, is_total, source)
        used = max(found.end(), end)


def _end_of_label(words: str, start: int, following: int) -> int:
    """Where the words behind a number end: at the "và", comma or bracket in front of the next number."""
    cut = re.search(r"(?:\s+va|[,;(])\s*$", words[start:following])
    return start + cut.start() if cut else following


def _per_cents_in(at: int, line: Paragraph) -> Iterator[_Stated]:
    """What a sentence gives a named source as a share of the whole."""
    for text in _PIECES.split(joined(line.text)):
        words = folded(text)
        if len(words) != len(text) or len(text) > _LONGEST or _ACHIEVED.search(words):
            continue
        used = 0
        for found in _PER_CENT.finditer(words):
            start, end = used, found.start()
            used = found.end()
            if _named_source(words[start:end]) is None:  # "60% tổng điểm qua thẩm định"
                start, end = used, _end_of_share(words, used)
            source = _named_source(words[start:end])
            if source is not None:
                share = parse_number((found["a"] or found["b"]).replace(" ", ""))
                yield _Stated(at, Paragraph(text, line.place), text[start:end], share, None, False, source)


def _end_of_share(words: str, start: int) -> int:
    """Where the words behind a share end: in front of the next one."""
    cut = re.search(r"[;,(]|\bva\b", words[start:])
    return start + cut.start() if cut else len(words)


def _is_whole(per_cents: Sequence[_Stated]) -> bool:
    """Whether the shares are those of different sources and make the whole."""
    sources = [each.source for each in per_cents]
    near = bool(per_cents) and per_cents[-1].line - per_cents[0].line <= _REACH
    return (
        near and len(sources) > 1 and len(set(sources)) == len(sources) and sum(each.points for each in per_cents) == 1
    )


def _named(stated: Sequence[_Stated]) -> list[tuple[Place, str]]:
    """The sentences of what was stated, each once."""
    return list(dict.fromkeys((each.piece.place, each.piece.text) for each in stated))


# --- which of them are parts -----------------------------------------------------------------------------------------


def _beside_each_other(stated: Sequence[_Stated], plain: Sequence[_Stated], total: _Stated | None) -> list[_Stated]:
    """Points of different sources near each other and near the total.

    They must make the whole (100 where none is stated) where there is no total, or where other points stand among
    them: a list of areas may name a report or a survey too.
    """
    first = total.line if total is not None else (plain[0].line if plain else 0)
    near = [each for each in plain if abs(each.line - first) <= _REACH]
    sources = {each.source for each in near}
    if len(sources) < 2 or len(sources) < len(near):
        return []
    others = any(each.source is None and not each.is_total and abs(each.line - first) <= _REACH for each in stated)
    whole = total.points if total is not None else _HUNDRED
    surely = total is not None and not others
    return near if surely or sum(each.points for each in near) == whole else []


def _take(out: DeclaredParts, taken: Sequence[_Stated]) -> None:
    parts: list[Part] = []
    for each in taken:
        source = each.source or Source.REPORT
        id_ = _PART_IDS[source]
        if id_ in out.points:
            if out.points[id_] != each.points:
                out.doubts.append(Problem("prose_not_understood", each.piece.place, {"text": each.piece.text}))
            continue
        out.points[id_], out.places[id_] = each.points, each.piece.place
        sources = (Source.REPORT, Source.EXTERNAL) if source is Source.REPORT else (source,)
        parts.append(Part(id_, _title(each), sources))
    out.parts = tuple(parts)


def _title(stated: _Stated) -> str:
    bare = _LEADS.sub("", re.sub(r"^.*\btrong đó\b", "", joined(stated.label), flags=re.IGNORECASE))
    title = re.split(r"\s*(?:tối đa|là\b|:|chiếm)", bare, maxsplit=1)[0].strip(" :,.(-–")
    if title.endswith(")") and title.count(")") > title.count("("):
        title = title[:-1]
    return title or bare or joined(stated.piece.text)


def _doubt(out: DeclaredParts, stated: Sequence[_Stated], taken: Sequence[_Stated]) -> None:
    """Points that speak of the whole or of a part and were taken for neither."""
    known = {doubt.facts["text"] for doubt in out.doubts}
    taken_points = {(each.source, each.points) for each in taken}
    for each in stated:
        other_total = each.is_total and each.points != out.max_points
        left = each.whole is None and each.source is not None and (each.source, each.points) not in taken_points
        if (other_total or left) and each.piece.text not in known:
            known.add(each.piece.text)
            out.doubts.append(Problem("prose_not_understood", each.piece.place, {"text": each.piece.text}))
