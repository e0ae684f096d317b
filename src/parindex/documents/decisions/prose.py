"""The prose around the tables: declared numbers, parts of the hundred, grades, legal basis, timetable, year.

A decision with two tables has two sections that speak of them. Each section is attached to the table it names ("tại
Bảng 2"), else by
the numbers that it declares, else by order; where that is thin the table carries a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parindex.documents.decisions.basis import read_legal_basis, read_year
from parindex.documents.decisions.sections import Section, read_sections
from parindex.documents.decisions.timetable import read_timetable
from parindex.documents.papers import PaperTable, Paragraph
from parindex.documents.printed_text import folded, in_capitals, joined
from parindex.domain.criteria import codes
from parindex.domain.criteria.criteria_set import Declared
from parindex.domain.errors import Problem

_ENDS = re.compile(r"[.;:!?”\"’)/]$")
_LIST_MARK = re.compile(r"^(?:[-–+*•·(]|\d{1,2}(?:\.\d{1,2})*[.)]\s|[IVX]{1,5}[.)]\s|[a-eđ]\)\s|Điều \d|Số\b|Bảng \d)")
_LONG_LINE = 60
_LONGEST_PARAGRAPH = 3_000
#: Words that every heading of this kind has.
_STOP = frozenset(
    (
        *("cac", "cua", "va", "chi", "so", "cchc", "bo", "tieu", "xac", "dinh", "bang", "nam"),
        *("cai", "cach", "hanh", "chinh", "theo", "kem", "quyet"),
    )
)


def attach(tables: Sequence[PaperTable], paragraphs: Sequence[Paragraph]) -> tuple[PaperTable, ...]:
    """The tables with what the prose says of each."""
    paragraphs = whole_sentences(paragraphs)
    sections = read_sections(paragraphs)
    basis = read_legal_basis(paragraphs)
    timetable = read_timetable(paragraphs)
    year = read_year(paragraphs, basis)
    chosen = _assigned(tables, sections)
    out = []
    for table, (section, doubts) in zip(tables, chosen, strict=True):
        table = replace(table, legal_basis=basis, timetable=timetable, year=year, doubts=(*table.doubts, *doubts))
        out.append(table if section is None else _with_section(table, section, sections))
    return tuple(out)


def _with_section(table: PaperTable, section: Section, sections: Sequence[Section]) -> PaperTable:
    """The table with its section; grades that only one section states hold for all."""
    stated = [other.grades for other in sections if other.grades]
    grades = section.grades or (stated[0] if len(stated) == 1 else ())
    return replace(table, declared=section.declared, parts=section.parts, grades=grades)


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


# --- which section speaks of which table ---------------------------------------------------------------------------


def _assigned(
    tables: Sequence[PaperTable], sections: Sequence[Section]
) -> list[tuple[Section | None, tuple[Problem, ...]]]:
    """For each table its section, and how sure that is."""
    free = list(sections)
    out: list[tuple[Section | None, tuple[Problem, ...]]] = []
    for table in tables:
        section, how = _best(table, free, alone=len(tables) == len(sections) == 1)
        doubts: tuple[Problem, ...] = ()
        if section is not None:
            free.remove(section)
            if how not in ("named", "alone"):
                doubts = (Problem("prose_attached", section.place, {"table": table.place.table, "by": how}),)
        out.append((section, doubts))
    return out


def _best(table: PaperTable, free: Sequence[Section], *, alone: bool) -> tuple[Section | None, str]:
    if alone and free:
        return free[0], "alone"
    short = folded(table.place.table or "")
    named = [section for section in free if short and short == section.mention]
    if len(named) == 1:
        return named[0], "named"
    unnamed = [section for section in free if not section.mention]
    if not unnamed:
        return None, ""
    numbers = [section for section in unnamed if _same_numbers(table, section.declared)]
    if len(numbers) == 1:
        return numbers[0], "numbers"
    words = set(folded(table.title).split()) - _STOP
    scored = sorted(((len(words & section.words), -at) for at, section in enumerate(unnamed)), reverse=True)
    if scored[0][0] > 1 and (len(scored) == 1 or scored[0][0] > scored[1][0]):
        return unnamed[-scored[0][1]], "words"
    return unnamed[0], "order"


def _same_numbers(table: PaperTable, declared: Declared) -> bool:
    """Whether the table has the declared number of areas and of one level more."""
    depths = [codes.depth(row.code) for row in table.rows]
    stated = (declared.areas, declared.criteria, declared.subcriteria)
    alike = sum(number is not None and number == depths.count(level) for level, number in enumerate(stated, start=1))
    return alike >= 2
