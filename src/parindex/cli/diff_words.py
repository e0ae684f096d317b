"""``parindex diff`` for a reader: what was added, what is gone, what changed, and how the sets differ as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from parindex.cli import terminal
from parindex.cli.diff_data import Compared, plain
from parindex.domain.criteria.comparison import Aspect, Difference, Pair, SetComparison, SetDifference, Side
from parindex.domain.criteria.criteria_set import CriteriaSet, Source
from parindex.wording import numbers, places, set_properties, terms
from parindex.wording.language import mark, text
from parindex.wording.rule_words import rule_data_words

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


def diff_words(old: Compared, new: Compared, compared: SetComparison) -> str:
    """The comparison for a reader."""
    width = terminal.width()
    sets = (old.criteria_set, new.criteria_set)
    blocks = ["\n".join([*_set_words("A", old, width), *_set_words("B", new, width)])]
    if compared.is_empty:
        return "\n\n".join([*blocks, text("Hai bộ tiêu chí như nhau.")])
    blocks.append(
        text(
            "{added} mục thêm, {gone} bỏ, {moved} đổi mã, {renamed} đổi tên, {points} đổi điểm, {rules} đổi quy tắc.",
            added=len(compared.added),
            gone=len(compared.gone),
            moved=len(compared.moved),
            renamed=len(compared.renamed),
            points=len(compared.changed_in(Aspect.POINTS)),
            rules=len(compared.changed_in(Aspect.RULE)),
        )
    )
    for title, sides, sign in ((text("Thêm"), compared.added, "+"), (text("Bỏ"), compared.gone, "−")):
        if sides:
            blocks.append("\n".join([title, *(_side_words(side, sign, width) for side in sides)]))
    if compared.changed:
        lines = (line for pair in compared.changed for line in _pair_words(pair, sets, width))
        blocks.append("\n".join([text("Thay đổi"), *lines]))
    if compared.set_differences:
        lines = (_property_words(one, width) for one in compared.set_differences)
        blocks.append("\n".join([text("Khác ở cấp bộ"), *lines]))
    return "\n\n".join(blocks)


def _set_words(name: str, one: Compared, width: int) -> Iterator[str]:
    """The title of a set; of a paper also what was read, with how many doubts."""
    yield terminal.wrapped(f"{name}: {one.criteria_set.title}", width)
    if one.paper is not None:
        rows = sum(1 for _ in one.criteria_set.walk())
        where = places.place_text(one.paper)
        read = text("Đã đọc {where}: {rows} dòng, {doubts} chỗ chưa chắc.", where=where, rows=rows, doubts=one.doubts)
        yield terminal.wrapped(read, width, "   ", "   ")


def _code(code: str) -> str:
    """A code in its column; a longer one with a space after it."""
    return terminal.padded(code, 8) if len(code) < 8 else f"{code} "


def _side_words(side: Side, sign: str, width: int) -> str:
    node = side.node
    words = f"{node.title} ({terms.level(side.level)}, {numbers.points_text(node.max_points)})"
    return terminal.wrapped(words, width, " " * 12, f"  {sign} {_code(node.code)}")


def _pair_words(pair: Pair, sets: Sets, width: int) -> Iterator[str]:
    code = pair.new.node.code if not pair.moved else f"{pair.old.node.code} → {pair.new.node.code}"
    yield terminal.wrapped(pair.new.node.title, width, " " * 12, f"  ~ {_code(code)}")
    for one in pair.differences:
        if one.aspect is not Aspect.CODE:
            yield terminal.wrapped(_difference_words(one, pair, sets), width, " " * 16, " " * 12)


def _difference_words(one: Difference, pair: Pair, sets: Sets) -> str:
    old, new = _value(one.old), _value(one.new)
    if one.aspect is Aspect.RULE:
        old, new = (
            _rule(data, side, of) for data, side, of in zip((one.old, one.new), (pair.old, pair.new), sets, strict=True)
        )
    return f"{text(_ASPECTS[one.aspect])}: {old} → {new}"


def _rule(data: Mapping[str, Any] | None, side: Side, of: CriteriaSet) -> str:
    """A rule in words; one that cannot be used as the data it is."""
    if data is None:
        return "–"
    most = side.node.max_points
    return (most is not None and rule_data_words(data, most, of.year or 0, of.measures)) or _value(data)


def _property_words(one: SetDifference, width: int) -> str:
    old, new = set_properties.values(one.name, one.old, one.new)
    return terminal.wrapped(f"{set_properties.name(one.name)}: {old} → {new}", width, " " * 16, " " * 12)


def _value(value: Any) -> str:
    if value is None or value == "" or value == ():
        return "–"
    if isinstance(value, Fraction):
        return numbers.points_text(value)
    if isinstance(value, Source):
        return terms.source(value)
    if isinstance(value, bool):
        return text("có") if value else text("không")
    return f"“{value}”" if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False)
