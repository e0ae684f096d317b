"""Which section of the prose speaks of which table.

By the table that it names ("tại Bảng 2"), else by the bodies that both speak of (cấp sở, cấp xã), else by the numbers
that it declares, else by the words of the title, else by order; where order alone decided the table carries a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parindex.documents.decisions.sections import Section
from parindex.documents.decisions.subjects import subjects
from parindex.documents.papers import PaperTable
from parindex.documents.printed_text import folded
from parindex.domain.criteria import codes
from parindex.domain.criteria.criteria_set import Declared
from parindex.domain.errors import Problem

#: Words that every heading of this kind has.
_STOP = frozenset(
    (
        *("cac", "cua", "va", "chi", "so", "cchc", "bo", "tieu", "xac", "dinh", "bang", "nam"),
        *("cai", "cach", "hanh", "chinh", "theo", "kem", "quyet"),
    )
)
_ROMAN = {"i": 1, "v": 5, "x": 10}

Assigned = list[tuple[Section | None, tuple[Problem, ...]]]


def assigned(tables: Sequence[PaperTable], sections: Sequence[Section]) -> Assigned:
    """For each table its section, with the doubt ``prose_attached`` (table, by) where only the order speaks for it."""
    chosen: dict[int, Section] = {}
    free = list(sections)
    # The surest ground first for all tables: a table must not take by order what names another one.
    for choice in (_named, _same_subject, _by_numbers, _by_words):
        for at, table in enumerate(tables):
            section = choice(table, [each for each in free if _may(table, each)]) if at not in chosen else None
            if section is not None:
                chosen[at] = section
                free.remove(section)
    alone = len(tables) == len(sections) == 1
    doubts: dict[int, Problem] = {}
    for at, table in enumerate(tables):
        left = free if alone else [each for each in free if _may(table, each)]
        if at not in chosen and left:
            chosen[at] = left[0]
            free.remove(left[0])
            if not alone:
                doubts[at] = Problem("prose_attached", left[0].place, {"table": table.place.table, "by": "order"})
    return [(chosen.get(at), (doubts[at],) if at in doubts else ()) for at in range(len(tables))]


def _may(table: PaperTable, section: Section) -> bool:
    """Whether nothing says that the section speaks of another table."""
    own, named = _numbered(table.place.table or ""), _numbered(section.mention)
    if own and named and own[0] == named[0] and own != named:
        return False
    bodies = subjects(table.title)
    return own == named or not (bodies and section.subjects) or bool(bodies & section.subjects)


def _named(table: PaperTable, free: Sequence[Section]) -> Section | None:
    own = _numbered(table.place.table or "")
    return _only([each for each in free if own and own == _numbered(each.mention)])


def _same_subject(table: PaperTable, free: Sequence[Section]) -> Section | None:
    bodies = subjects(table.title)
    return _only([each for each in free if bodies and bodies == each.subjects]) or _only(
        [each for each in free if bodies & each.subjects]
    )


def _by_numbers(table: PaperTable, free: Sequence[Section]) -> Section | None:
    return _only([each for each in free if same_numbers(table, each.declared)])


def _by_words(table: PaperTable, free: Sequence[Section]) -> Section | None:
    words = set(folded(table.title).split()) - _STOP
    scored = sorted(((len(words & each.words), -at) for at, each in enumerate(free)), reverse=True)
    if scored and scored[0][0] > 1 and (len(scored) == 1 or scored[0][0] > scored[1][0]):
        return free[-scored[0][1]]
    return None


def _only(found: Sequence[Section]) -> Section | None:
    return found[0] if len(found) == 1 else None


def _numbered(name: str) -> tuple[str, int] | None:
    """("phu luc", 2) for "Phụ lục II", "phụ lục số 02"; None for a name without a number."""
    found = re.match(r"(bang|bieu|phu luc|mau)(?: so)?\s*:?\s*(?:(\d{1,2})|([ivx]{1,5}))\b", folded(name))
    if found is None:
        return None
    if found[2]:
        return found[1], int(found[2])
    values = [_ROMAN[letter] for letter in found[3]]
    return found[1], sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def same_numbers(table: PaperTable, declared: Declared) -> bool:
    """Whether the table has the declared number of areas and of one level more."""
    depths = [codes.depth(row.code) for row in table.rows]
    stated = (declared.areas, declared.criteria, declared.subcriteria)
    alike = sum(number is not None and number == depths.count(level) for level, number in enumerate(stated, start=1))
    return alike >= 2
