"""The facts of a problem as words of its sentence: numbers printed, codes named, lists joined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from parindex.domain.errors import InvalidValue
from parindex.domain.index.item_states import ItemState
from parindex.domain.review.roles import Role
from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.scoring.score_sheet import Origin
from parindex.domain.values import parse_number
from parindex.wording import reason_words, roles, terms
from parindex.wording.column_names import column_word
from parindex.wording.language import mark, text
from parindex.wording.numbers import number, points_text

#: What a value should have been, by the name that schema and rules use.
EXPECTED = {
    "number": mark("một số, ví dụ 0,5 hoặc 80%"),
    "count": mark("một số nguyên không âm"),
    "year": mark("một năm, ví dụ 2024"),
    "date": mark("một ngày, ví dụ 2024-12-13"),
    "identifier": mark("một mã (chữ cái không dấu đứng đầu; sau đó chữ cái không dấu, chữ số, - hoặc _)"),
    "name": mark("một mã câu hỏi (chữ cái không dấu hoặc _ đứng đầu; sau đó chữ cái không dấu, chữ số hoặc _)"),
    "choice": mark("một mã lựa chọn (chữ cái không dấu, chữ số hoặc _)"),
    "language": mark("một mã ngôn ngữ, ví dụ vi hoặc en"),
    "rounding": mark("số chữ số khi làm tròn, từ 0 đến 12"),
    "text": mark("một đoạn văn bản"),
    "string": mark("một đoạn văn bản"),
    "object": mark("một nhóm khóa: giá trị"),
    "array": mark("một danh sách"),
    "boolean": "true / false",
}
#: The kinds of measures.
MEASURE_KINDS = {
    "number": mark("số liệu dạng số"),
    "choice": mark("số liệu lựa chọn"),
    "list": mark("số liệu liệt kê"),
}
#: Facts that are codes, and their words.
_CODES: dict[str, tuple[type[Enum], Callable[[Any], str]]] = {
    "origin": (Origin, terms.origin),
    "state": (ItemState, terms.item_state),
    "reason": (NoPoints, reason_words.no_points),
    "role": (Role, roles.role),
}
_POINTS = ("points", "max_points", "rule_points")
_SIZES = ("bytes", "limit", "count", "rows")
_LIST_MAX = 12


def words_of(facts: Mapping[str, Any]) -> dict[str, str]:
    """Every fact as text, by name."""
    return {name: _word(name, value) for name, value in facts.items()}


def _word(name: str, value: Any) -> str:
    if name == "expected" and value in EXPECTED:
        return text(EXPECTED[value])
    if isinstance(value, str) and name in _CODES and value.upper() in (known := _CODES[name])[0].__members__:
        return known[1](known[0][value.upper()])
    if name == "column" and isinstance(value, str):
        return column_word(value)
    if name in _POINTS:
        return _points(value)
    if isinstance(value, Fraction):
        return points_text(value)
    if isinstance(value, date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    if isinstance(value, bool):
        return text("có") if value else text("không")
    if isinstance(value, int) and name in _SIZES:
        return number(value)
    if isinstance(value, list | tuple | set | frozenset):
        numbers = any(isinstance(one, Fraction) for one in value)
        listed = [points_text(one) if isinstance(one, Fraction) else str(one) for one in value]
        return ("; " if numbers else ", ").join(listed[:_LIST_MAX]) + (" …" if len(listed) > _LIST_MAX else "")
    return "" if value is None else str(value)


def _points(value: Any) -> str:
    try:
        return points_text(parse_number(value))
    except InvalidValue:
        return str(value)
