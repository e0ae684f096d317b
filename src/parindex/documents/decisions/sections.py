"""What a section of prose declares about its table: counts by level and by area, the parts of the hundred, the
grades.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parindex.documents.criteria_tables.captions import is_numbered
from parindex.documents.decisions.counts import in_digits
from parindex.documents.decisions.grades import read_grades
from parindex.documents.decisions.parts import read_parts
from parindex.documents.decisions.subjects import subjects
from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import POINTS_IN_TEXT, folded, joined, number_in_text
from parindex.domain.criteria.criteria_set import AreaDeclaration, Declared, Grade, Part
from parindex.domain.errors import Place, Problem

_N = r"(\d{1,3})"
_AREAS = re.compile(rf"{_N} (?:linh vuc|noi dung|phan|nhom)\b")
_CRITERIA = re.compile(rf"{_N} tieu chi\b(?! thanh phan)")
_SUBCRITERIA = re.compile(rf"{_N} (?:tieu chi thanh phan|tctp|tieu chi con|chi tieu)\b")
_ITEMS = re.compile(rf"{_N} (?:muc|noi dung|tieu chi) (?:duoc |tu |de )?(?:cham diem|danh gia)")
_AREA_LINE = re.compile(
    r"^(?:[-+•*·]\s*)*(?:(?:lĩnh vực|phần|nội dung)\s+[^\s\"“”'‘’]{1,4}\s*[:.]\s*|\d{1,2}[.)]\s*|\(\d{1,2}\)\s*)?"
    r"(?:lĩnh vực\s+(?=[\"“'‘]))?[\"“'‘]?(?P<title>[^:\"“”]{4,200}?)[\"”'’]?\s*(?:[:(,]\s*(?:gồm |có )?|\s(?:gồm|có)\s)"
    r"(?P<rest>\d{1,3} tiêu chí.*)$",
    re.IGNORECASE,
)
#: One number alone declares a structure where the sentence is about the set: "Bộ tiêu chí có 2 lĩnh vực".
_OF_SET = re.compile(
    r"\b(?:bo (?:tieu chi|chi so)|chi so (?:cchc|cai cach hanh chinh|par index)|(?:co|cau) (?:cau|truc))\b[^.;]{0,80}"
    r"\b(?:gom|co|thanh|voi)\b:?\s*\d{1,3} (?:(?:nhom )?(?:linh vuc|tieu chi)|nhom (?:noi dung|tieu chi))\b"
)
_FEWEST_AREA_LINES = 2
#: The heading of a section stands at most so many lines above the sentence that declares its structure.
_HEADING_REACH = 3
#: The scale of the whole stands at most so many lines above that sentence.
_SCALE_REACH = 6
_CAPTION = re.compile(r"(?:bang|bieu|phu luc|mau)(?: so)? (?:\d{1,2}|[ivx]{1,5}) *\(?(?:kem theo|ban hanh)")
_MENTION = re.compile(r"\b((?:bang|bieu|phu luc|mau)(?: so)? (?:\d{1,2}|[ivx]{1,5}))\b")


@dataclass(slots=True)
class Section:
    """One declaration of a structure with what follows it, up to the next.

    ``mention`` is the first table it names ("bang 2"); ``subjects`` are the kinds of bodies that it speaks of.
    """

    place: Place
    mention: str = ""
    words: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    declared: Declared = field(default_factory=Declared)
    parts: tuple[Part, ...] = ()
    grades: tuple[Grade, ...] = ()
    doubts: tuple[Problem, ...] = ()
    #: Whether the parts are stated in per cent of a whole that the prose does not name.
    per_cent: bool = False


def read_sections(paragraphs: Sequence[Paragraph]) -> list[Section]:
    """The sections that declare a structure, in reading order.

    A section begins at the sentence that counts areas and criteria, where no sentence does at one that counts either.
    A paper without one may still declare parts, grades or the criteria of each area: then there is one section.
    """
    words = [in_digits(folded(paragraph.text)) for paragraph in paragraphs]
    starts = [at for at, line in enumerate(words) if _declares_structure(line)]
    starts = starts or [at for at, line in enumerate(words) if _OF_SET.search(line)][:1]
    if not starts:
        section = _section(paragraphs, declares=False) if paragraphs else None
        return [section] if section is not None and _says_something(section) else []
    ends = [*starts[1:], len(paragraphs)]
    sections = [_section(paragraphs[start:end], declares=True) for start, end in zip(starts, ends, strict=True)]
    for section, begins, after in zip(sections, starts, [0, *(start + 1 for start in starts)], strict=False):
        section.subjects = _subjects(paragraphs[max(after, begins - _HEADING_REACH) : begins + 1])
    if "max_points" not in sections[0].declared.places and starts[0]:
        # The scale of the whole paper may be stated before the structure of its first set.
        above = _section(paragraphs[max(0, starts[0] - _SCALE_REACH) : ends[0]], declares=False)
        _take_parts(sections[0], above)
    if starts[0] and not any(section.grades for section in sections):
        grades, doubts = read_grades(paragraphs[: starts[0]])
        sections[0].grades = grades
        sections[0].doubts = (*sections[0].doubts, *doubts)
    return sections


def _says_something(section: Section) -> bool:
    declared = section.declared
    return bool(section.parts or section.grades or declared.max_points or declared.by_area or section.doubts)


def _take_parts(section: Section, above: Section) -> None:
    """Give ``section`` the maximum and the parts that were read together with the lines above it."""
    declared = above.declared
    if "max_points" not in declared.places:
        return
    kept = {name: place for name, place in section.declared.places.items() if not name.startswith("parts/")}
    section.declared = replace(
        section.declared, max_points=declared.max_points, parts=declared.parts, places={**kept, **declared.places}
    )
    section.per_cent = above.per_cent
    section.parts, section.grades, section.doubts = above.parts, section.grades or above.grades, above.doubts


def _subjects(lines: Sequence[Paragraph]) -> frozenset[str]:
    """The bodies that the declaring sentence names, else the nearest line above it."""
    return next((found for line in reversed(lines) if (found := subjects(line.text))), frozenset())


def _cites(line: Paragraph) -> bool:
    """Whether a line may cite a table: the caption of a table does not."""
    return not is_numbered(line.text) and not _CAPTION.match(folded(line.text))


def _declares_structure(words: str) -> bool:
    return bool(_AREAS.search(words) and _CRITERIA.search(words))


def _section(lines: Sequence[Paragraph], *, declares: bool) -> Section:
    first = lines[0]
    words = in_digits(folded(first.text))
    section = Section(first.place, words=frozenset(re.findall(r"\w+", words)))
    section.mention = next(
        (found[1] for line in lines if _cites(line) and (found := _MENTION.search(folded(line.text)))), ""
    )
    stated = read_parts(lines)
    places = {f"parts/{id_}": place for id_, place in stated.places.items()}
    if stated.max_place is not None:
        places["max_points"] = stated.max_place
    by_area = _read_areas(lines[1:]) if declares else _areas_alone(lines)
    if declares:
        places |= dict.fromkeys(("areas", "criteria", "subcriteria"), first.place)
    section.declared = Declared(
        areas=_number(_AREAS, words) if declares else None,
        criteria=_number(_CRITERIA, words) if declares else None,
        subcriteria=_number(_SUBCRITERIA, words) if declares else None,
        items=_number(_ITEMS, words) if declares else None,
        max_points=stated.max_points,
        parts=stated.points,
        by_area=by_area,
        places=places,
    )
    section.parts, section.per_cent = stated.parts, stated.per_cent
    section.grades, grade_doubts = read_grades(lines)
    section.doubts = (*stated.doubts, *grade_doubts)
    return section


def counts_in(words: str) -> Declared | None:
    """The numbers of areas, criteria and subcriteria of a folded sentence; None where it declares no structure."""
    words = in_digits(words)
    if not (_declares_structure(words) or _OF_SET.search(words)):
        return None
    return Declared(_number(_AREAS, words), _number(_CRITERIA, words), _number(_SUBCRITERIA, words))


def _number(pattern: re.Pattern[str], words: str) -> int | None:
    found = pattern.search(words)
    return int(found[1]) if found else None


# --- areas ---------------------------------------------------------------------------------------------------------


def _areas_alone(lines: Sequence[Paragraph]) -> tuple[AreaDeclaration, ...]:
    """Lines that count the criteria of areas where no sentence declares the whole; at least two, else none."""
    first = next((at for at, line in enumerate(lines) if _AREA_LINE.match(joined(line.text))), len(lines))
    found = _read_areas(lines[first:])
    return found if len(found) >= _FEWEST_AREA_LINES else ()


def _read_areas(lines: Sequence[Paragraph]) -> tuple[AreaDeclaration, ...]:
    """The list that counts criteria area by area, right after the sentence that declares the whole."""
    out: list[AreaDeclaration] = []
    missed = 0
    for line in lines:
        found = _AREA_LINE.match(joined(line.text))
        if found is None:
            missed += 1
            if out and missed > 1:
                break
            continue
        missed = 0
        words = folded(found["rest"])
        points = re.search(rf"({POINTS_IN_TEXT}) diem", words)
        out.append(
            AreaDeclaration(
                found["title"].strip(),
                _number(_CRITERIA, words),
                _number(_SUBCRITERIA, words),
                number_in_text(points[1]) if points else None,
                line.place,
            )
        )
    return tuple(out)
