"""The prose around the tables: declared numbers, parts of the hundred, grades, legal basis, timetable, year.

A decision with two tables has two sections that speak of them: :mod:`parindex.documents.decisions.attachment` says
which belongs to which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parindex.documents.decisions.attachment import assigned
from parindex.documents.decisions.basis import read_legal_basis, read_year
from parindex.documents.decisions.sections import Section, read_sections
from parindex.documents.decisions.timetable import read_timetable
from parindex.documents.papers import PaperTable, Paragraph
from parindex.documents.printed_text import in_capitals, joined

_ENDS = re.compile(r"[.;:!?”\"’)/]$")
_LIST_MARK = re.compile(r"^(?:[-–+*•·(]|\d{1,2}(?:\.\d{1,2})*[.)]\s|[IVX]{1,5}[.)]\s|[a-eđ]\)\s|Điều \d|Số\b|Bảng \d)")
_LONG_LINE = 60
_LONGEST_PARAGRAPH = 3_000


def attach(tables: Sequence[PaperTable], paragraphs: Sequence[Paragraph]) -> tuple[PaperTable, ...]:
    """The tables with what the prose says of each."""
    paragraphs = whole_sentences(paragraphs)
    sections = read_sections(paragraphs)
    basis = read_legal_basis(paragraphs)
    timetable = read_timetable(paragraphs)
    year = read_year(paragraphs, basis)
    chosen = assigned(tables, sections)
    out = []
    for table, (section, doubts) in zip(tables, chosen, strict=True):
        table = replace(table, legal_basis=basis, timetable=timetable, year=year, doubts=(*table.doubts, *doubts))
        out.append(table if section is None else _with_section(table, section, sections))
    return tuple(out)


def _with_section(table: PaperTable, section: Section, sections: Sequence[Section]) -> PaperTable:
    """The table with its section; grades that only one section states hold for all."""
    stated = [other.grades for other in sections if other.grades]
    grades = section.grades or (stated[0] if len(stated) == 1 else ())
    doubts = (*table.doubts, *section.doubts)
    return replace(table, declared=section.declared, parts=section.parts, grades=grades, doubts=doubts)


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
