"""What the prose of a paper says of its evaluation tables: how many units have which grade, and the bands of grades."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.printed_text import folded
from parindex.documents.procedure_tables.grade_words import grade_word
from parindex.documents.running_text import RunningText
from parindex.domain.criteria.criteria_set import Grade
from parindex.domain.procedures.printed_table import EvaluationTable, GradeCount
from parindex.domain.values import parse_number

_GRADE = r"(?P<grade>hoan thanh xuat sac|xuat sac|tot|kha|trung binh|yeu|kem)\b"
_WHO = r"(?:co quan|don vi|so\b|huyen|xa\b|ubnd|dia phuong)"
#: "17/18 đơn vị đạt loại Xuất sắc", "01 đơn vị xếp loại Tốt".
_COUNTED = re.compile(
    rf"(?<![\d,./])(?P<stated>\d{{1,3}})(?:\s*/\s*(?P<of>\d{{1,3}}))?\s+{_WHO}[^.;:/\d%]{{0,60}}?"
    rf"(?:loai|muc|xep|dat)\s+(?P<more>tu\s+)?(?:loai |muc )?{_GRADE}(?P<better> tro len)?"
)
#: "Xuất sắc: 17/18 đơn vị".
_LISTED = re.compile(
    rf"\b{_GRADE}\s*(?:\([^)]*\)\s*)?(?::|la|co|gom)\s*(?P<stated>\d{{1,3}})(?:\s*/\s*(?P<of>\d{{1,3}}))?\s+{_WHO}"
)
#: "100% các cơ quan chuyên môn thuộc UBND tỉnh được xếp loại từ Tốt trở lên".
_ALL = re.compile(
    rf"\b100\s?%\s+(?P<who>[^.;:%\d]{{3,140}}?)\s+(?:duoc|deu|xep|dat)\b[^.;:%\d]{{0,60}}?{_GRADE} tro len"
)
_EDGE = r"(?:(?:tu|>=|≥)\s*(?P<from>\d{1,3}(?:[.,]\d{1,2})?)|(?:duoi|<)\s*(?P<below>\d{1,3}(?:[.,]\d{1,2})?))"
_BANDS = (
    re.compile(
        rf"\b{_GRADE}\s*(?:[:(]|khi|neu|la)?\s*(?:co\s+)?(?:tong )?(?:so )?(?:diem )?(?:dat )?{_EDGE}(?P<unit>\s*%)?"
    ),
    re.compile(
        rf"{_EDGE}(?P<unit>\s*%)?(?:(?!\),)[^.;%]){{0,40}}?(?:loai|muc|xep|:|danh gia)\s*(?:loai |muc )?[\"“]?{_GRADE}"
    ),
)
_WHOLE_TABLE = re.compile(r"\b(toan tinh|tong so|tat ca|tat ca cac|ca tinh)\b")
_LEAST_OVERLAP = 0.3
_SAME_COUNT = 0.5
#: The sentence may count rows that the table has lost.
_NEAR_COUNT = 0.4
_MOST_LOST = 3


@dataclass(frozen=True, slots=True)
class Home:
    """A group of a table (None: the whole table) that a count may be about."""

    table: int
    group: int | None
    words: frozenset[str]
    units: int


def counts(text: RunningText, tables: Sequence[EvaluationTable]) -> list[list[GradeCount]]:
    """The counts of each table that the prose states."""
    out: list[list[GradeCount]] = [[] for _ in tables]
    homes = list(_homes(tables))
    taken: set[int] = set()
    for pattern in (_ALL, _COUNTED, _LISTED):
        for found in text.find(pattern):
            facts = found.groupdict()
            of = int(facts["of"]) if facts.get("of") else None
            home = _home(text.sentence(found.start(), found.end()), of, homes)
            if home is None or found.end() in taken:
                continue
            taken.add(found.end())
            everyone = pattern is _ALL
            out[home.table].append(
                GradeCount(
                    grade_word(found["grade"]),
                    home.units if everyone else int(found["stated"]),
                    home.units if everyone else of,
                    text.place(found.start()),
                    home.group,
                    or_better=everyone or bool(facts.get("better")),
                )
            )
    return out


def _homes(tables: Sequence[EvaluationTable]) -> Iterator[Home]:
    for number, table in enumerate(tables):
        for at, group in enumerate(table.groups):
            words = _words(group.title or (table.title if len(table.groups) == 1 else ""))
            yield Home(number, at, words, len(group.units))
        if len(table.groups) > 1:
            yield Home(number, None, frozenset(), len(table.units))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", folded(text)) if len(word) > 1)


def _home(sentence: str, of: int | None, homes: Sequence[Home]) -> Home | None:
    """The group whose heading a sentence repeats; where it gives a number of units, that number counts too."""
    said = _words(sentence)

    def likeness(home: Home) -> float:
        overlap = len(home.words & said) / len(home.words) if home.words else 0.0
        if home.group is None and _WHOLE_TABLE.search(sentence):
            overlap = 0.9
        short = -1 if of is None else of - home.units
        return overlap + (_SAME_COUNT if short == 0 else _NEAR_COUNT if 0 < short <= _MOST_LOST else 0.0)

    best = max(homes, key=likeness, default=None)
    if best is not None and len(homes) == 1:
        return best
    return best if best is not None and likeness(best) >= _LEAST_OVERLAP else None


def bands(text: RunningText, total: Fraction | None) -> tuple[Grade, ...]:
    """The bands of grades that the prose states, from the highest down, in points; none where it states fewer than two.

    ``total`` turns edges in per cent into points.
    """
    lower: dict[str, Fraction] = {}
    for pattern in _BANDS:
        for found in text.find(pattern):
            edge = parse_number(found["from"]) if found["from"] else Fraction(0)
            if found["unit"] and total is None:
                continue
            lower.setdefault(grade_word(found["grade"]), edge * total / 100 if found["unit"] and total else edge)
        if len(lower) > 1:
            break
        lower.clear()
    edges = sorted(lower.items(), key=lambda pair: -pair[1])
    if len({edge for _, edge in edges}) != len(edges) or (total is not None and edges and edges[0][1] > total):
        return ()
    return tuple(Grade(title, edge) for title, edge in edges)
