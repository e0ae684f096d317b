"""The prose around the tables: declared numbers, parts of the hundred, grades, legal basis, timetable, year.

A decision with two tables has two sections that speak of them: :mod:`parindex.documents.decisions.attachment` says
which belongs to which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parindex.documents.decisions.attachment import assigned, same_numbers
from parindex.documents.decisions.basis import read_legal_basis, read_year
from parindex.documents.decisions.cited import without_cited
from parindex.documents.decisions.sections import Section, counts_in, read_sections
from parindex.documents.decisions.timetable import read_timetable
from parindex.documents.papers import PaperTable, Paragraph
from parindex.documents.printed_text import in_capitals, joined
from parindex.domain.criteria import codes
from parindex.domain.criteria.criteria_set import Declared
from parindex.domain.errors import Problem

_ENDS = re.compile(r"[.;:!?”\"’)/]$")
_LIST_MARK = re.compile(
    r"^(?:[-–+*•·(]|\d{1,2}(?:\.\d{1,2})*[.)]\s|[IVX]{1,5}[.)]\s|[a-eđ]\)\s|Điều \d|Số\b|Bảng \d"
    r"|(?:Căn cứ|Xét|Theo đề nghị|Thực hiện)\s)"
)
_LONG_LINE = 60
_LONGEST_PARAGRAPH = 3_000


def attach(
    tables: Sequence[PaperTable], paragraphs: Sequence[Paragraph]
) -> tuple[tuple[PaperTable, ...], tuple[Problem, ...]]:
    """The tables with what the prose says of each, and the doubts about prose that fits no table.

    A section that no table takes is a doubt itself (``prose_unattached``): its numbers are compared with nothing.
    """
    paragraphs = whole_sentences(paragraphs)
    basis = read_legal_basis(paragraphs)
    own, cited = without_cited(paragraphs, [each.number for each in basis], lambda words: _fits(tables, words))
    sections = read_sections(own)
    timetable = read_timetable(paragraphs)
    year = read_year(paragraphs, basis)
    chosen = assigned(tables, sections)
    out = []
    for table, (section, doubts) in zip(tables, chosen, strict=True):
        table = replace(table, legal_basis=basis, timetable=timetable, year=year, doubts=(*table.doubts, *doubts))
        out.append(_with_total_place(table if section is None else _with_section(table, section, sections)))
    used = [id(section) for section, _ in chosen]
    left = [section for section in sections if id(section) not in used]
    unattached = [Problem("prose_unattached", section.place) for section in left if section.declared != Declared()]
    return tuple(out), (*cited, *unattached, *(doubt for section in left for doubt in section.doubts))


def _with_section(table: PaperTable, section: Section, sections: Sequence[Section]) -> PaperTable:
    """The table with its section; grades that only one section states hold for all."""
    stated = [other.grades for other in sections if other.grades]
    grades = section.grades or (stated[0] if len(stated) == 1 else ())
    doubts = (*table.doubts, *section.doubts)
    declared = _in_points(section.declared, table) if section.per_cent else section.declared
    return replace(table, declared=declared, parts=section.parts, grades=grades, doubts=doubts)


def _fits(tables: Sequence[PaperTable], words: str) -> bool | None:
    """Whether a table has the numbers that a sentence declares; None where it declares none."""
    declared = counts_in(words)
    return None if declared is None else any(same_numbers(table, declared) for table in tables)


def _in_points(declared: Declared, table: PaperTable) -> Declared:
    """Parts that the prose states in per cent, in points of the table: of its total, else of its areas together."""
    areas = [row.max_points for row in table.rows if codes.depth(row.code) == 1 and row.outside is None]
    known = [points for points in areas if points is not None]
    whole = table.printed_total or (sum(known) if areas and len(known) == len(areas) else 100)
    return replace(declared, parts={part: points * whole / 100 for part, points in declared.parts.items()})


def _with_total_place(table: PaperTable) -> PaperTable:
    """The table with the place of its total row among those of the declared numbers, for what contradicts it."""
    if table.printed_total is None:
        return table
    places = {**table.declared.places, "printed_total": table.total_place}
    return replace(table, declared=replace(table.declared, places=places))


def whole_sentences(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines of a page put together to paragraphs: a line that breaks off goes on in the next one.

    A line breaks off where it ends without a mark and the next one begins no list item, no heading, and, unless
    the line is long, no
    sentence.
    """
    out: list[Paragraph] = []
    for line in lines:
        text = joined(line.text)
        if out and len(out[-1].text) < _LONGEST_PARAGRAPH and _breaks_off(out[-1].text, text):
            out[-1] = replace(out[-1], text=f"{out[-1].text} {text}")
        elif text:
            out.append(replace(line, text=text))
    return out


def _breaks_off(text: str, after: str) -> bool:
    if not after or _ENDS.search(text) or _LIST_MARK.match(after) or in_capitals(text) or in_capitals(after):
        return False
    return after[0].islower() or len(text) >= _LONG_LINE
