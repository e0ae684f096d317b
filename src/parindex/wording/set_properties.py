"""The properties of a criteria set itself in words: what it declares, how it rounds, grades and ranks."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.criteria_set import (
    Declared,
    Grade,
    Identity,
    IndexDeclaration,
    Measure,
    Part,
    RoundingSteps,
    Source,
    Total,
)
from parindex.domain.units import UnitGroup
from parindex.wording import numbers, rule_words, terms
from parindex.wording.language import mark, text

NAMES = {
    "title": mark("tên bộ"),
    "year": mark("năm"),
    "level": mark("cấp"),
    "declared": mark("cơ cấu văn bản nêu"),
    "parts": mark("các phần điểm"),
    "rounding": mark("bước làm tròn"),
    "grades": mark("xếp loại"),
    "unit_groups": mark("nhóm đối tượng"),
    "measures": mark("chỉ tiêu số liệu"),
    "identities": mark("đẳng thức số liệu"),
    "totals": mark("tổng riêng"),
    "forms": mark("cột của phiếu"),
    "feeds": mark("số liệu cho bộ khác"),
    "index": mark("cách lập chỉ số"),
    "printed_total": mark("tổng điểm in"),
}
_COUNTS = {
    "areas": mark("{count} lĩnh vực"),
    "criteria": mark("{count} tiêu chí"),
    "subcriteria": mark("{count} tiêu chí thành phần"),
    "items": mark("{count} mục được chấm điểm"),
}
#: Titles that are named one by one; of more the number is told.
_MOST = 8


def name(of: str) -> str:
    """The property in words."""
    return text(NAMES[of]) if of in NAMES else of


def values(of: str, old: Any, new: Any) -> tuple[str, str]:
    """Both values of a property in words; of long lists only what the other has not."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return _others(old, new), _others(new, old)
    if isinstance(old, tuple) and isinstance(new, tuple) and of not in ("grades", "unit_groups", "parts"):
        return (
            _listed([_one(one) for one in old if one not in new]),
            _listed([_one(one) for one in new if one not in old]),
        )
    return _value(old), _value(new)


def _others(these: Mapping[str, Any], those: Mapping[str, Any]) -> str:
    """What is otherwise in ``these`` than in ``those``."""
    return _listed([_one(value) for key, value in these.items() if those.get(key) != value])


def _value(value: Any) -> str:
    if isinstance(value, Declared):
        return _declared(value)
    if isinstance(value, RoundingSteps):
        return _rounding(value)
    if isinstance(value, IndexDeclaration):
        return _index(value)
    if isinstance(value, tuple):
        return _listed([_one(one) for one in value])
    return _one(value)


def _one(value: Any) -> str:
    if isinstance(value, Grade):
        return f"{value.title} ≥ {numbers.percent_text(value.lower)}"
    if isinstance(value, Measure | Part | UnitGroup | Total):
        return f"“{value.title}”"
    if isinstance(value, Identity):
        return f"{' + '.join(value.left)} {'≤' if value.at_most else '='} {' + '.join(value.right)}"
    if isinstance(value, Fraction):
        return numbers.points_text(value)
    return "–" if value is None or value == "" else str(value)


def _declared(value: Declared) -> str:
    found = [text(words, count=count) for key, words in _COUNTS.items() if (count := getattr(value, key)) is not None]
    if value.max_points is not None:
        found.append(text("{points} điểm", points=numbers.points_text(value.max_points)))
    found += [f"{_part(part)} {numbers.points_text(points)}" for part, points in value.parts.items()]
    if value.by_area:
        found.append(text("số riêng của {count} lĩnh vực", count=len(value.by_area)))
    return ", ".join(found) or "–"


def _part(of: str) -> str:
    """A part by the source that it has its name from; another by its id."""
    return terms.source(Source(of)) if of in set(Source) else of


def _rounding(value: RoundingSteps) -> str:
    steps = ((mark("từng mục {step}"), value.item), (mark("chỉ số {step}"), value.index))
    found = [text(words, step=rule_words.rounding_words(step)) for words, step in steps if step is not None]
    return "; ".join(found) or text("không làm tròn")


def _index(value: IndexDeclaration) -> str:
    limits = (
        (mark("điểm thưởng tối đa {points}"), value.bonus_cap),
        (mark("điểm trừ tối đa {points}"), value.penalty_cap),
        (mark("chỉ số tối đa {points}%"), value.cap),
        (mark("đồng hạng khi chênh không quá {points}%"), value.tie_tolerance or None),
    )
    found = [text(words, points=numbers.points_text(points)) for words, points in limits if points is not None]
    if value.absent_parts:
        found.append(text("không đo phần: {parts}", parts=", ".join(value.absent_parts)))
    return "; ".join(found) or "–"


def _listed(words: list[str]) -> str:
    more = len(words) - _MOST
    shown = "; ".join(words[:_MOST])
    return (shown + (" " + text("và {count} nữa", count=more) if more > 0 else "")) or "–"
