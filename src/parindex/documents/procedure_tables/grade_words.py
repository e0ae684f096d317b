"""Grades as tables write them: whole, shortened, with letters lost; and the bands of the decree."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache

from parindex.documents.printed_text import folded
from parindex.domain.criteria.criteria_set import Grade

#: The grades of agencies for handling procedures, of 18 points, closed at the lower edge (report 401/BC-UBND of 2022
#: grades 15,00 "Xuất sắc"); other papers state their own.
LEGAL = (
    Grade("Xuất sắc", Fraction(15)),
    Grade("Tốt", Fraction(12)),
    Grade("Khá", Fraction(9)),
    Grade("Trung bình", Fraction(6)),
    Grade("Yếu", Fraction(0)),
)
LEGAL_TOTAL = 18
_SHORT = {"xs": "Xuất sắc", "t": "Tốt", "k": "Khá", "tb": "Trung bình", "y": "Yếu", "kem": "Kém", "dat": "Đạt"}
_WHOLE = {
    **{folded(grade.title): grade.title for grade in LEGAL},
    "kem": "Kém",
    "dat": "Đạt",
    "khong dat": "Không đạt",
    "hoan thanh xuat sac": "Xuất sắc",
    "hoan thanh tot": "Tốt",
}
_LEAD = re.compile(r"^(dat |xep )?(loai|muc)( dat)?:? ")
_ALIKE = 0.75
#: The word of a head that is like "tot".
_HEAD = "total"
_LONGEST = 30


@lru_cache(maxsize=4096)
def grade_word(text: str) -> str:
    """The grade that a cell names, in its whole word; "" where it names none."""
    words = _LEAD.sub("", folded(text)).strip(" .;,")
    if words in _WHOLE or words in _SHORT:
        return _WHOLE.get(words) or _SHORT[words]
    if not 4 <= len(words) <= _LONGEST or not words[0].isalpha() or words == _HEAD:
        return ""
    near = max(_WHOLE, key=lambda whole: SequenceMatcher(None, whole, words).ratio())
    return _WHOLE[near] if SequenceMatcher(None, near, words).ratio() >= _ALIKE else ""
