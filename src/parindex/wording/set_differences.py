"""What differs between two criteria sets, in words: of a pair of rows, and of the sets themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from parindex.documents.criteria_sets.plain_values import plain
from parindex.domain.criteria.comparison import Aspect, Difference, Pair, SetComparison, SetDifference, Side
from parindex.domain.criteria.criteria_set import CriteriaSet, Outside, Source
from parindex.wording import numbers, set_properties, terms
from parindex.wording.language import mark, text
from parindex.wording.rule_words import rule_data_words

#: The old set and the new one.
Sets = tuple[CriteriaSet, CriteriaSet]
_ASPECTS = {
    Aspect.CODE: mark("mã"),
    Aspect.TITLE: mark("tên"),
    Aspect.POINTS: mark("điểm tối đa"),
    Aspect.RULE: mark("quy tắc"),
    Aspect.SURVEY: mark("cách lấy điểm từ khảo sát"),
    Aspect.SOURCE: mark("nguồn điểm"),
    Aspect.PART: mark("phần điểm"),
    Aspect.EVIDENCE: mark("tài liệu kiểm chứng"),
    Aspect.BONUS: mark("điểm thưởng"),
    Aspect.OUTSIDE: mark("ngoài thang điểm"),
}


def summary(compared: SetComparison) -> str:
    """How much differs: ``3 mục thêm, 1 bỏ, …``."""
    return text(
        "{added} mục thêm, {gone} bỏ, {moved} đổi mã, {renamed} đổi tên, {points} đổi điểm, {rules} đổi quy tắc.",
        added=len(compared.added),
        gone=len(compared.gone),
        moved=len(compared.moved),
        renamed=len(compared.renamed),
        points=len(compared.changed_in(Aspect.POINTS)),
        rules=len(compared.changed_in(Aspect.RULE)),
    )


def difference_words(one: Difference, pair: Pair, sets: Sets) -> str:
    """One aspect of a pair: ``điểm tối đa: 1,75 → 2``."""
    old, new = _value(one.old), _value(one.new)
    if one.aspect is Aspect.RULE:
        old, new = (
            _rule(data, side, of) for data, side, of in zip((one.old, one.new), (pair.old, pair.new), sets, strict=True)
        )
    if one.aspect is Aspect.PART:
        old, new = (_part(part, of) for part, of in zip((one.old, one.new), sets, strict=True))
    return f"{text(_ASPECTS[one.aspect])}: {old} → {new}"


def _rule(data: Mapping[str, Any] | None, side: Side, of: CriteriaSet) -> str:
    """A rule in words; one that cannot be used as the data it is."""
    if data is None:
        return "–"
    most = side.node.max_points
    return (most is not None and rule_data_words(data, most, of.year or 0, of.measures)) or _value(data)


def _part(part: str, of: CriteriaSet) -> str:
    """A part of the points by its title, or by the source that it has its name from."""
    titles = {each.id: each.title for each in of.parts if each.title}
    if part in titles:
        return f"“{titles[part]}”"
    return terms.source(Source(part)) if part in set(Source) else _value(part)


def property_words(one: SetDifference) -> str:
    """A property of the sets: ``năm: 2024 → 2025``."""
    old, new = set_properties.values(one.name, one.old, one.new)
    return f"{set_properties.name(one.name)}: {old} → {new}"


def _value(value: Any) -> str:
    if value is None or value == "" or value == ():
        return "–"
    if isinstance(value, Fraction):
        return numbers.points_text(value)
    if isinstance(value, Source):
        return terms.source(value)
    if isinstance(value, Outside):
        return terms.outside(value)
    if isinstance(value, bool):
        return text("có") if value else text("không")
    return f"“{value}”" if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False)
