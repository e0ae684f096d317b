"""What a section of prose declares about its table: counts by level and by area, the parts of the hundred, the
grades.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from parindex.documents.criteria_tables.row_sources import source_of_note
from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import folded, joined
from parindex.domain.criteria.criteria_set import AreaDeclaration, Declared, Grade, Part, Source
from parindex.domain.errors import Place
from parindex.domain.values import parse_number

_N = r"(\d{1,3})"
_P = r"(\d{1,3}(?:[.,]\d{1,4})?)"
_AREAS = re.compile(rf"{_N} (?:linh vuc|noi dung|phan|nhom)\b")
_CRITERIA = re.compile(rf"{_N} tieu chi\b(?! thanh phan)")
_SUBCRITERIA = re.compile(rf"{_N} (?:tieu chi thanh phan|tctp|tieu chi con|chi tieu)\b")
_ITEMS = re.compile(rf"{_N} (?:muc|noi dung|tieu chi) (?:duoc |tu |de )?(?:cham diem|danh gia)")
_LEVEL = re.compile(r"\d{1,3} (?:lĩnh vực|nội dung|tiêu chí)", re.IGNORECASE)
_AREA_LINE = re.compile(
    r"^(?:[-+•*·]\s*)*(?:(?:lĩnh vực|phần|nội dung)\s+\S{1,4}\s*[:.]\s*|\d{1,2}[.)]\s*|\(\d{1,2}\)\s*)?"
    r"(?P<title>[^:]{4,200}?)\s*[:(,]\s*(?:gồm |có )?(?P<rest>\d{1,3} tiêu chí.*)$",
    re.IGNORECASE,
)
_SCALE = re.compile(
    rf"(?:(?:thang diem|tong diem|tong so diem).{{0,120}}?(?:toi da)?(?: la)?:? |toi da(?: la)?:? ){_P}(?: diem|$)"
)
_SHARE = re.compile(rf"{_P}\s*/\s*{_P}\s*(?:diem)?")
_PLAIN_PART = re.compile(rf"(?:toi da(?: la)?|la|chiem|:)\s*:?\s*{_P} diem")
_ACHIEVED = re.compile(r"\bdat(?: duoc)?\b:? *\d|\bdat chi so\b|xep thu|tang .{0,12}diem|giam .{0,12}diem")
_BULLET = re.compile(r"^[-+•*·\s]*(?:[a-eđ][).]\s+)?")
_GRADE_WORDS = r"(xuất sắc|rất tốt|tốt|khá|trung bình khá|trung bình|đạt|không đạt|yếu|kém|chưa đạt|[A-EĐ])"
_GRADE_LINE = re.compile(
    rf"(?:xếp|loại|mức|đạt)[^\"“”'‘’:]{{0,30}}[\"“'‘:]?\s*(?P<title>{_GRADE_WORDS})\b[\"”'’.;,]*\s*$", re.IGNORECASE
)
_GRADE_FIRST = re.compile(
    rf"^(?:xếp |loại |mức |hạng )*[\"“'‘]?(?P<title>{_GRADE_WORDS})[\"”'’]?\s*[:(–-]\s*(?P<rest>.*\d.*)$", re.IGNORECASE
)
_GRADE_LOWER = re.compile(rf"(?:tu|>=|≥|dat)\s*{_P}\s*(%|diem)?")
_GRADE_UPPER = re.compile(rf"(?:duoi|<|nho hon)\s*{_P}\s*(%|diem)?")
_MENTION = re.compile(r"\b((?:bang|bieu|phu luc|mau)(?: so)? (?:\d{1,2}|[ivx]{1,5}))\b")
_PART_TITLES = {
    Source.REPORT: "report",
    Source.OPINION_SURVEY: "opinion_survey",
    Source.SATISFACTION_INDEX: "satisfaction_index",
    Source.EXTERNAL: "external",
}
_HUNDRED = Fraction(100)


@dataclass(slots=True)
class Section:
    """One declaration of a structure with what follows it, up to the next; ``mention`` is the first table it
    names ("bang 2").
    """

    place: Place
    mention: str = ""
    words: frozenset[str] = frozenset()
    declared: Declared = field(default_factory=Declared)
    parts: tuple[Part, ...] = ()
    grades: tuple[Grade, ...] = ()


def read_sections(paragraphs: Sequence[Paragraph]) -> list[Section]:
    """The sections that declare a structure, in reading order.

    A section begins at the sentence that counts areas and criteria. A paper without one may still declare parts
    and grades: then
    there is one section.
    """
    starts = [at for at, paragraph in enumerate(paragraphs) if _declares_structure(folded(paragraph.text))]
    if not starts:
        section = _section(paragraphs, declares=False) if paragraphs else None
        return (
            [section]
            if section is not None and (section.parts or section.grades or section.declared.max_points)
            else []
        )
    ends = [*starts[1:], len(paragraphs)]
    return [_section(paragraphs[start:end], declares=True) for start, end in zip(starts, ends, strict=True)]


def _declares_structure(words: str) -> bool:
    return bool(_AREAS.search(words) and _CRITERIA.search(words))


def _section(lines: Sequence[Paragraph], *, declares: bool) -> Section:
    first = lines[0]
    words = folded(first.text)
    section = Section(first.place, words=frozenset(re.findall(r"\w+", words)))
    section.mention = next((found[1] for line in lines if (found := _MENTION.search(folded(line.text)))), "")
    max_points, scale_place, parts, points, part_places = _read_parts(lines)
    places = {f"parts/{id_}": place for id_, place in part_places.items()}
    if scale_place is not None:
        places["max_points"] = scale_place
    by_area = _read_areas(lines) if declares else ()
    if declares:
        places |= dict.fromkeys(("areas", "criteria", "subcriteria"), first.place)
    section.declared = Declared(
        areas=_number(_AREAS, words) if declares else None,
        criteria=_number(_CRITERIA, words) if declares else None,
        subcriteria=_number(_SUBCRITERIA, words) if declares else None,
        items=_number(_ITEMS, words) if declares else None,
        max_points=max_points,
        parts=points,
        by_area=by_area,
        places=places,
    )
    section.parts = parts
    section.grades = _read_grades(lines)
    return section


def _number(pattern: re.Pattern[str], words: str) -> int | None:
    found = pattern.search(words)
    return int(found[1]) if found else None


# --- areas ---------------------------------------------------------------------------------------------------------


def _read_areas(lines: Sequence[Paragraph]) -> tuple[AreaDeclaration, ...]:
    """The list that counts criteria area by area, right after the sentence that declares the whole."""
    out: list[AreaDeclaration] = []
    missed = 0
    for line in lines[1:]:
        found = _AREA_LINE.match(joined(line.text))
        if found is None:
            missed += 1
            if out and missed > 1:
                break
            continue
        missed = 0
        words = folded(found["rest"])
        points = re.search(rf"{_P} diem", words)
        out.append(
            AreaDeclaration(
                found["title"].strip(),
                _number(_CRITERIA, words),
                _number(_SUBCRITERIA, words),
                parse_number(points[1]) if points else None,
                line.place,
            )
        )
    return tuple(out)


# --- parts of the hundred ------------------------------------------------------------------------------------------

Parts = tuple[Fraction | None, Place | None, tuple[Part, ...], dict[str, Fraction], dict[str, Place]]


def _read_parts(lines: Sequence[Paragraph]) -> Parts:
    """The declared maximum, and the parts whose points over that maximum are stated ("80/100 điểm")."""
    maximum: Fraction | None = None
    scale_place: Place | None = None
    parts: list[Part] = []
    points: dict[str, Fraction] = {}
    places: dict[str, Place] = {}
    for line in _sentences(lines):
        words = folded(line.text)
        if _ACHIEVED.search(words):
            continue
        share = _SHARE.search(words)
        if share is None or parse_number(share[2]) != (maximum or _HUNDRED):
            scale = _SCALE.search(words)
            if maximum is None and scale is not None and "thang diem" in words:
                maximum, scale_place = parse_number(scale[1]), line.place
            continue
        source = source_of_part(words)
        id_ = _PART_TITLES[source]
        if id_ in points:
            continue
        points[id_] = parse_number(share[1])
        places[id_] = line.place
        sources = (Source.REPORT, Source.EXTERNAL) if source is Source.REPORT else (source,)
        parts.append(Part(id_, _part_title(line.text), sources))
    if parts and maximum is None and sum(points.values()) == _HUNDRED:
        maximum = _HUNDRED
    return maximum, scale_place, tuple(parts), points, places


def _sentences(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The lines, each cut at semicolons: papers list the parts in one sentence as well as line by line."""
    for line in lines:
        for piece in re.split(r";\s+", joined(line.text)):
            if piece:
                yield Paragraph(piece, line.place)


def source_of_part(words: str) -> Source:
    """Whose points a declared part holds, by its words: a survey that is named, else what the unit reports."""
    found = source_of_note(words)
    return found if found in (Source.SATISFACTION_INDEX, Source.OPINION_SURVEY) else Source.REPORT


def _part_title(text: str) -> str:
    bare = _BULLET.sub("", joined(text))
    title = re.split(r"\s*(?:tối đa|là\b|:|\d{1,3}(?:[.,]\d+)?\s*/)", bare, maxsplit=1)[0].strip(" :,-–")
    return title or bare


# --- grades --------------------------------------------------------------------------------------------------------


def _read_grades(lines: Sequence[Paragraph]) -> tuple[Grade, ...]:
    """The first run of lines that name a grade and its lower edge; the last grade has none and begins at 0."""
    grades: list[Grade] = []
    missed = 0
    for line in lines:
        grade = _grade(_BULLET.sub("", _BULLET.sub("", joined(line.text))))
        if grade is not None:
            if any(grade.title.lower() == other.title.lower() for other in grades):
                break
            grades.append(grade)
            missed = 0
        elif grades:
            missed += 1
            if missed > 1:
                break
    ordered = sorted(grades, key=lambda grade: -grade.lower)
    return tuple(ordered) if len(ordered) > 1 else ()


def _grade(text: str) -> Grade | None:
    found, condition = _GRADE_LINE.search(text), ""
    if found is not None:
        condition = text[: found.start()]
    else:
        found = _GRADE_FIRST.match(text)
        if found is None:
            return None
        condition = found["rest"]
    words = folded(condition)
    lower, upper = _GRADE_LOWER.search(words), _GRADE_UPPER.search(words)
    if lower is None and upper is None:
        return None
    return Grade(found["title"].strip(), parse_number(lower[1]) if lower else Fraction(0))
